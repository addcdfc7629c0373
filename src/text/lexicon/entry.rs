//! One reading of a lexicon, and the row of a file that gives it.

use std::sync::Arc;

use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::tables::bad_row;
use crate::text::orthography::fold;

/// One reading of a written form, and where it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// As written, in NFC, one or more words separated by single spaces.
    pub written: String,
    /// [`Entry::written`] in lower case, its tone marks in one place.
    pub folded: String,
    /// As said: words of letters separated by single spaces; empty where nothing is to be said.
    pub said: String,
    /// Whether lower case and capitals are distinguished.
    pub exact_case: bool,
    /// Words (in lower case) of which one must be among the three before it; empty: no
    /// condition.
    pub before: Vec<String>,
    /// Words (as written) of which one must be right after it; empty: no condition.
    pub after: Vec<String>,
    /// The name of the lexicon it is in.
    pub lexicon: Arc<str>,
}

/// What an entry is for: its written form and conditions.
pub(super) type Place = (String, bool, Vec<String>, Vec<String>);

impl Entry {
    /// Its place: of entries with the same, only one can hold.
    pub(super) fn place(&self) -> Place {
        let Entry { written, exact_case, before, after, .. } = self;
        (written.clone(), *exact_case, before.clone(), after.clone())
    }
}

/// Spells the sounds of syllables as they are written, if there are such syllables.
pub type SpellSounds<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What a row says, not yet checked.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub line: usize,
    pub written: String,
    pub said: String,
    pub case: String,
    pub before: String,
    pub after: String,
}

impl Row {
    /// The entry, if the row can be understood.
    pub(super) fn entry(self, file: &str, spell: SpellSounds<'_>) -> Result<Entry, Error> {
        let bad = |reason: Message| bad_row(file, self.line, reason);
        let single_spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let written = single_spaced(&self.written);
        if written.is_empty() {
            return Err(bad("the written form is missing".into()));
        }
        let said = single_spaced(&self.said);
        let said = match said.strip_prefix('/').and_then(|said| said.strip_suffix('/')) {
            Some(sounds) => spell(sounds).ok_or_else(|| {
                bad(message!(
                    "/{sounds}/ is not the sounds of Vietnamese syllables, which are written like \
                     /h.a2-n.o.j6/",
                    sounds
                ))
            })?,
            None if said == "-" => String::new(),
            None => said,
        };
        let is_word = |word: &str| word.chars().all(char::is_alphabetic);
        if self.said.trim().is_empty() || !said.split(' ').all(is_word) {
            return Err(bad(message!(
                "`{said}` is not words of letters separated by spaces; write numbers in words, and `-` for \
                 nothing",
                said = self.said
            )));
        }
        let exact_case = match self.case.trim() {
            "" | "exact" => true,
            "any" => false,
            other => return Err(bad(message!("case is `{other}`, not exact or any", other))),
        };
        let list = |text: &str| -> Vec<String> {
            text.split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let before = list(&fold(&self.before));
        let folded = fold(&written);
        let (after, lexicon) = (list(&self.after), file.into());
        Ok(Entry { written, folded, said, exact_case, before, after, lexicon })
    }
}
