//! `episodes.toml`: who each episode is. Players know an episode by its GUID and nothing else; so the
//! GUID, and the name of its files, are given once and kept, whatever happens to the article.
//!
//! An article is known again, in this order:
//! 1. by the `guid` in its front matter;
//! 2. by its file, if at least half of its text is still there;
//! 3. by its text in another file: all of it, or at least half of it under the same day (renamed,
//!    or renamed and revised);
//! 4. by its file alone, if the text was rewritten under the same day, or a fifth of it is left.
//!
//! What fits none of these is a new episode. So a file that is used again for another day's article
//! is a new episode, as is a copy beside its original.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

use super::guid;
use super::publish;
use super::sketch::Sketch;
use crate::files::{FileStem, bounded};
use crate::model::error::Error;
use crate::model::message::message;

/// The name of the file, beside `podcast.toml`.
pub(super) const FILE_NAME: &str = "episodes.toml";

const HEAD: &str = "\
# Who each episode is: docbao writes this file, and players know the episodes by what is in it.
# Keep it with the articles, also in version control.

";

/// A text that is at least so like another is a revision of it.
const REVISED: f64 = 0.5;
/// At this likeness or more, something of a text is left.
const LEFT: f64 = 0.2;

/// What is known of a show's episodes.
#[derive(Debug)]
pub(super) struct Register {
    path: PathBuf,
    content: RegisterFile,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RegisterFile {
    /// The `podcast:guid`.
    show: Option<Uuid>,
    #[serde(default, rename = "episode")]
    episodes: Vec<KnownEpisode>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownEpisode {
    guid: String,
    /// What its files are called, without extension.
    name: FileStem,
    /// The article, below the folder of the show.
    file: String,
    /// The day it was published.
    date: String,
    text: String,
}

/// An article as it is now.
pub(super) struct SeenArticle<'a> {
    /// Its file below the folder of the show, with `/` between names.
    pub file: &'a str,
    /// The day it was published.
    pub day: String,
    /// Its text.
    pub sketch: Sketch,
    /// The GUID its front matter gives it.
    pub guid: Option<&'a str>,
}

/// Who an article is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    pub guid: String,
    /// What its files are called, without extension.
    pub name: FileStem,
}

impl Register {
    /// The register of a folder; an empty one if there is none yet.
    ///
    /// # Errors
    /// [`ErrorKind::Read`](crate::model::error::ErrorKind::Read);
    /// [`ErrorKind::Table`](crate::model::error::ErrorKind::Table) if it is not as it was written.
    pub(super) fn load(folder: &Path) -> Result<Register, Error> {
        let path = folder.join(FILE_NAME);
        let stored = match bounded::read_text(&path, bounded::LISTS) {
            Ok(stored) => stored,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(cause) => return Err(Error::read(path, cause)),
        };
        let content: RegisterFile = toml::from_str(&stored).map_err(|error| {
            let before = error.span().map_or("", |span| &stored[..span.start]);
            let reason = message!(
                "{message}; put the file back as docbao wrote it: players know the episodes by it",
                message = error.message()
            );
            let line = before.matches('\n').count() + 1;
            Error::table(path.display().to_string(), line, reason)
        })?;
        Ok(Register { path, content })
    }

    /// The identifier of the show: the one that is set, or once given, or else that of its feed's
    /// URL.
    pub(super) fn show(&mut self, set: Option<Uuid>, feed_url: &str) -> Uuid {
        let known = set.or(self.content.show);
        *self.content.show.insert(known.unwrap_or_else(|| guid::of_show(feed_url)))
    }

    /// Who each article is; what is new and what has changed is added to the register.
    pub(super) fn identify(&mut self, show: &Uuid, seen: &[SeenArticle]) -> Vec<Identity> {
        let known: Vec<Sketch> = self
            .content
            .episodes
            .iter()
            .map(|entry| entry.text.parse().unwrap_or_default())
            .collect();
        let entries = &mut self.content.episodes;
        let mut of: Vec<Option<usize>> = vec![None; seen.len()];
        let mut free: BTreeSet<usize> = (0..entries.len()).collect();
        let mut take = |at: usize, entry: usize, of: &mut Vec<Option<usize>>| {
            if of[at].is_none() && free.remove(&entry) {
                of[at] = Some(entry);
            }
        };
        for (at, article) in seen.iter().enumerate() {
            let given = |entry: &KnownEpisode| article.guid == Some(entry.guid.as_str());
            if let Some(entry) = entries.iter().position(given) {
                take(at, entry, &mut of);
            }
        }
        let likeness = |at: usize, entry: usize| seen[at].sketch.likeness(&known[entry]);
        let unnamed: Vec<usize> = (0..seen.len()).filter(|&at| seen[at].guid.is_none()).collect();
        let file_of = |at: usize, entries: &[KnownEpisode]| {
            entries.iter().position(|entry| entry.file == seen[at].file)
        };
        for &at in &unnamed {
            if let Some(entry) = file_of(at, entries).filter(|&e| likeness(at, e) >= REVISED) {
                take(at, entry, &mut of);
            }
        }
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for &at in unnamed.iter().filter(|&&at| of[at].is_none()) {
            for (entry, stored) in entries.iter().enumerate() {
                let like = likeness(at, entry);
                if seen[at].sketch == known[entry]
                    || (like >= REVISED && stored.date == seen[at].day)
                {
                    pairs.push((like, at, entry));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, at, entry) in pairs {
            take(at, entry, &mut of);
        }
        for &at in &unnamed {
            let same =
                |&entry: &usize| entries[entry].date == seen[at].day || likeness(at, entry) >= LEFT;
            if let Some(entry) = file_of(at, entries).filter(same) {
                take(at, entry, &mut of);
            }
        }
        let identities = seen.iter().zip(of).map(|(article, entry)| {
            let at = entry.unwrap_or_else(|| {
                let name = new_name(article.file, entries);
                let guid = article.guid.map(str::to_owned);
                let guid =
                    guid.unwrap_or_else(|| guid::of_episode(show, name.as_str()).to_string());
                let (file, date, text) = (String::new(), String::new(), String::new());
                entries.push(KnownEpisode { guid, name, file, date, text });
                entries.len() - 1
            });
            let entry = &mut entries[at];
            article.file.clone_into(&mut entry.file);
            entry.date.clone_from(&article.day);
            entry.text = article.sketch.to_string();
            Identity { guid: entry.guid.clone(), name: entry.name.clone() }
        });
        identities.collect()
    }

    /// The GUID of the episode that was last in a file.
    pub(super) fn guid(&self, file: &str) -> Option<&str> {
        let mut entries = self.content.episodes.iter();
        entries.find(|entry| entry.file == file).map(|entry| entry.guid.as_str())
    }

    /// What the files of the episode are called that was last in a file.
    pub(super) fn name(&self, file: &str) -> Option<&str> {
        let mut entries = self.content.episodes.iter();
        entries.find(|entry| entry.file == file).map(|entry| entry.name.as_str())
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Saves the register.
    ///
    /// # Errors
    /// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write).
    pub(super) fn save(&self) -> Result<(), Error> {
        let failed = |cause| Error::write(self.path.clone(), cause);
        let text = toml::to_string(&self.content).map_err(|e| failed(io::Error::other(e)))?;
        publish::file(&self.path, format!("{HEAD}{text}").as_bytes())
    }
}

/// A name for the files of a new episode that no other has.
fn new_name(file: &str, entries: &[KnownEpisode]) -> FileStem {
    let stem = slug(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
    let taken = |name: &FileStem| entries.iter().any(|entry| entry.name == *name);
    let numbered = (2..).map(|n| format!("{stem}-{n}"));
    let names = std::iter::once(stem.clone()).chain(numbered);
    let mut stems = names.map_while(|name| FileStem::parse(name).ok());
    // A slug is a stem, and one of the endless numbers is free.
    stems.find(|name| !taken(name)).expect("a slug is a name")
}

/// A path in letters that need no escaping anywhere: `2024/Mưa lớn` becomes `2024-mua-lon`.
fn slug(path: &str) -> String {
    /// Longer names are cut: with an extension and a `-2` they stay below the 255 bytes of file
    /// systems.
    const LONGEST: usize = 100;
    let plain = path.nfd().filter(|c| !is_combining_mark(*c));
    let plain = plain.map(|c| if matches!(c, 'đ' | 'Đ') { 'd' } else { c.to_ascii_lowercase() });
    let mut slug = String::new();
    for c in plain {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "episode".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const SHOW: Uuid = Uuid::from_u128(1);

    fn words(seed: usize) -> String {
        (0..80).map(|n| format!("từ{} ", seed * 1000 + n)).collect()
    }

    /// A text of which so many words in 80 are others.
    fn revised(seed: usize, others: usize) -> String {
        let tail: String = (0..others).map(|n| format!("khác{n} ")).collect();
        let kept: Vec<String> =
            words(seed).split(' ').take(80 - others).map(str::to_owned).collect();
        format!("{} {tail}", kept.join(" "))
    }

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn identify(&self, articles: &[(&str, &str, &str)]) -> Vec<String> {
            let mut register = Register::load(self.0.path()).unwrap();
            let seen: Vec<SeenArticle> = articles
                .iter()
                .map(|(file, day, text)| SeenArticle {
                    file,
                    day: (*day).to_owned(),
                    sketch: Sketch::of(text),
                    guid: None,
                })
                .collect();
            let found = register.identify(&SHOW, &seen);
            register.save().unwrap();
            found.into_iter().map(|identity| identity.guid).collect()
        }
    }

    #[test]
    fn an_article_is_known_again_whatever_happens_to_it() {
        let (a, b, c, a2) = (words(1), words(2), words(3), revised(1, 10));
        let first = [("a.txt", "2024-03-05", &a[..]), ("b.txt", "2024-03-06", &b[..])];
        // What happened to both articles, and which of the two GUIDs each has then; 9 is a new one.
        type Case<'a> = (&'a str, Vec<(&'a str, &'a str, &'a str)>, &'a [usize]);
        let cases: [Case; 10] = [
            ("nothing", first.to_vec(), &[0, 1]),
            ("revised", vec![("a.txt", "2024-03-05", &a2), first[1]], &[0, 1]),
            ("renamed", vec![("new/x.txt", "2024-03-05", &a), first[1]], &[0, 1]),
            ("renamed and revised", vec![("x.txt", "2024-03-05", &a2), first[1]], &[0, 1]),
            ("swapped", vec![("b.txt", "2024-03-05", &a), ("a.txt", "2024-03-06", &b)], &[0, 1]),
            ("rewritten", vec![("a.txt", "2024-03-05", &c), first[1]], &[0, 1]),
            ("another day's in the file", vec![("a.txt", "2024-03-07", &c), first[1]], &[9, 1]),
            ("copied", vec![first[0], first[1], ("copy.txt", "2024-03-05", &a)], &[0, 1, 9]),
            (
                "like another day's that is gone",
                vec![("x.txt", "2024-03-07", &a2), first[1]],
                &[9, 1],
            ),
            (
                "another one in the old file",
                vec![("a.txt", "2024-03-05", &c), ("x.txt", "2024-03-05", &a)],
                &[9, 0],
            ),
        ];
        for (what, then, expected) in cases {
            let folder = Folder(tempfile::tempdir().unwrap());
            let before = folder.identify(&first);
            let after = folder.identify(&then);
            let of = |guid: &String| before.iter().position(|known| known == guid).unwrap_or(9);
            assert_eq!(after.iter().map(of).collect::<Vec<_>>(), expected, "{what}");
            let unique: BTreeSet<_> = after.iter().collect();
            assert_eq!(unique.len(), after.len(), "{what}");
            assert_eq!(folder.identify(&then), after, "{what}, seen again");
        }
    }

    #[test]
    fn an_article_that_was_away_is_the_same() {
        let folder = Folder(tempfile::tempdir().unwrap());
        let (a, b) = (words(1), words(2));
        let both = [("a.txt", "2024-03-05", &a[..]), ("b.txt", "2024-03-06", &b[..])];
        let before = folder.identify(&both);
        assert_eq!(folder.identify(&both[1..]), before[1..]);
        assert_eq!(folder.identify(&both), before);
    }

    #[test]
    fn a_lost_register_gives_the_same_again_where_nothing_was_renamed() {
        let (a, day) = (words(1), "2024-03-05");
        let fresh = || Folder(tempfile::tempdir().unwrap()).identify(&[("a.txt", day, &a)]);
        assert_eq!(fresh(), fresh());
    }

    #[test]
    fn the_guid_of_the_front_matter_wins() {
        let folder = tempfile::tempdir().unwrap();
        let identify = |guid: Option<&str>| {
            let mut register = Register::load(folder.path()).unwrap();
            let (day, sketch) = ("2024-03-05".to_owned(), Sketch::of("mưa"));
            let found =
                register.identify(&SHOW, &[SeenArticle { file: "a.txt", day, sketch, guid }]);
            register.save().unwrap();
            found[0].guid.clone()
        };
        assert_eq!(identify(Some("https://example.org/1")), "https://example.org/1");
        assert_eq!(identify(None), "https://example.org/1", "it is kept");
        assert_eq!(identify(Some("2")), "2");
    }

    #[test]
    fn the_show_keeps_its_identifier_when_it_moves() {
        let folder = tempfile::tempdir().unwrap();
        let show = |set, url| {
            let mut register = Register::load(folder.path()).unwrap();
            let show = register.show(set, url);
            register.save().unwrap();
            show
        };
        let first = show(None, "https://podnews.net/rss");
        assert_eq!(first.to_string(), "9b024349-ccf0-5f69-a609-6b82873eab3c");
        assert_eq!(show(None, "https://example.org/feed.xml"), first);
        assert_eq!(show(Some(SHOW), "https://example.org/feed.xml"), SHOW);
    }

    #[test]
    fn a_damaged_register_is_reported_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE_NAME), "# x\n\n[[episode]]\nguid = 1\n").unwrap();
        let error = Register::load(folder.path()).unwrap_err().to_string();
        assert!(
            error.contains("episodes.toml, line 4") && error.contains("put the file"),
            "{error}"
        );
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_reported_with_its_line() {
        for name in ["/tmp/x", "../../x", "a/b", ".x", "a\\\\b", ""] {
            let folder = tempfile::tempdir().unwrap();
            let text = format!(
                "[[episode]]\nguid = \"1\"\nname = \"{name}\"\nfile = \"a\"\ndate = \"\"\ntext = \"\"\n"
            );
            fs::write(folder.path().join(FILE_NAME), text).unwrap();
            let error = Register::load(folder.path()).unwrap_err().to_string();
            assert!(error.contains("episodes.toml, line 3"), "{name}: {error}");
        }
    }

    #[test]
    fn names_are_plain_and_unique() {
        assert_eq!(slug("2024/Mưa lớn Đà Nẵng"), "2024-mua-lon-da-nang");
        assert_eq!(slug("…"), "episode");
        assert_eq!(slug(&"ã".repeat(300)), "a".repeat(100));
        let entry = |name: &str| KnownEpisode {
            guid: String::new(),
            name: FileStem::parse(name).unwrap(),
            file: String::new(),
            date: String::new(),
            text: String::new(),
        };
        assert_eq!(new_name("Mưa.txt", &[entry("mua"), entry("mua-2")]).as_str(), "mua-3");
    }
}
