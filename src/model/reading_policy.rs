//! Which kinds of blocks are read aloud.

use serde::{Deserialize, Serialize};

use crate::model::block::BlockKind;
use crate::model::error::Error;
use crate::model::message::message;

/// A choice of block kinds to read. The default reads what the author wrote to be read (title,
/// sapo, headings, paragraphs, lists, quotes, byline) and leaves out what is around it
/// (datelines, captions, repetitions, related headlines, site boilerplate).
/// Its serialized form is the list of the kinds that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<BlockKind>", from = "Vec<BlockKind>")]
pub struct ReadingPolicy {
    read: [bool; BlockKind::ALL.len()],
}

impl From<ReadingPolicy> for Vec<BlockKind> {
    fn from(policy: ReadingPolicy) -> Vec<BlockKind> {
        BlockKind::ALL.into_iter().filter(|&kind| policy.reads(kind)).collect()
    }
}

impl From<Vec<BlockKind>> for ReadingPolicy {
    fn from(kinds: Vec<BlockKind>) -> ReadingPolicy {
        ReadingPolicy { read: [false; BlockKind::ALL.len()] }.read(&kinds)
    }
}

impl Default for ReadingPolicy {
    fn default() -> ReadingPolicy {
        ReadingPolicy::all().skip(&[
            BlockKind::Dateline,
            BlockKind::Code,
            BlockKind::Footnote,
            BlockKind::Caption,
            BlockKind::Credit,
            BlockKind::Repetition,
            BlockKind::Related,
            BlockKind::Boilerplate,
        ])
    }
}

impl ReadingPolicy {
    /// Reads everything.
    #[must_use]
    pub fn all() -> ReadingPolicy {
        ReadingPolicy { read: [true; BlockKind::ALL.len()] }
    }

    /// This policy, and these kinds are read too.
    #[must_use]
    pub fn read(self, kinds: &[BlockKind]) -> ReadingPolicy {
        self.with(kinds, true)
    }

    /// This policy, but these kinds are not read. A later call beats an earlier one.
    #[must_use]
    pub fn skip(self, kinds: &[BlockKind]) -> ReadingPolicy {
        self.with(kinds, false)
    }

    /// Whether blocks of this kind are read.
    #[must_use]
    pub fn reads(&self, kind: BlockKind) -> bool {
        BlockKind::ALL.iter().zip(self.read).any(|(&k, read)| k == kind && read)
    }

    fn with(mut self, kinds: &[BlockKind], value: bool) -> ReadingPolicy {
        for (kind, read) in BlockKind::ALL.iter().zip(&mut self.read) {
            if kinds.contains(kind) {
                *read = value;
            }
        }
        self
    }
}

/// The kinds named in a list such as `captions,dateline`: singular or plural, in any case, separated by
/// commas or spaces; `all` names every kind.
///
/// # Errors
/// Of kind `Request`, with the names, if one is not a kind or the list is empty.
pub fn parse_kinds(list: &str) -> Result<Vec<BlockKind>, Error> {
    let known = || BlockKind::ALL.map(BlockKind::name).join(", ");
    let mut kinds = Vec::new();
    for name in list.split([',', ' ']).filter(|name| !name.is_empty()) {
        let lower = name.to_lowercase();
        let kind = BlockKind::ALL
            .into_iter()
            .find(|kind| lower == kind.name() || lower.strip_suffix('s') == Some(kind.name()));
        match kind {
            Some(kind) => kinds.push(kind),
            None if lower == "all" => kinds.extend(BlockKind::ALL),
            None => {
                return Err(Error::request(message!(
                    "`{name}` is not a kind of block. The kinds are {known}, and `all`; join several \
                     with commas, as in `captions,datelines`",
                    name,
                    known = known()
                )));
            }
        }
    }
    if kinds.is_empty() {
        return Err(Error::request(message!(
            "no kind of block is named. The kinds are {known}",
            known = known()
        )));
    }
    Ok(kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_reads_the_author_and_not_the_site() {
        let policy = ReadingPolicy::default();
        assert!(policy.reads(BlockKind::Title) && policy.reads(BlockKind::Byline));
        assert!(!policy.reads(BlockKind::Caption) && !policy.reads(BlockKind::Boilerplate));
    }

    #[test]
    fn the_last_word_wins() {
        let kinds = [BlockKind::Caption];
        assert!(!ReadingPolicy::default().read(&kinds).skip(&kinds).reads(BlockKind::Caption));
        assert!(ReadingPolicy::default().skip(&kinds).read(&kinds).reads(BlockKind::Caption));
    }

    #[test]
    fn kinds_are_named_in_singular_and_plural() {
        use BlockKind::{Byline, Caption, Dateline, List};
        assert_eq!(parse_kinds("captions,dateline").unwrap(), [Caption, Dateline]);
        assert_eq!(parse_kinds("Bylines, LISTS").unwrap(), [Byline, List]);
        assert_eq!(parse_kinds("all").unwrap(), BlockKind::ALL);
        for kind in BlockKind::ALL {
            assert_eq!(parse_kinds(kind.name()).unwrap(), [kind]);
        }
    }

    #[test]
    fn a_wrong_kind_teaches_the_right_ones() {
        let error = parse_kinds("captions,foo").unwrap_err().to_string();
        assert!(error.contains("`foo`") && error.contains("boilerplate"), "{error}");
        assert!(parse_kinds(" , ").is_err());
    }
}
