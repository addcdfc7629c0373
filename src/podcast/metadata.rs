//! What a feed says of an episode: what its article says of itself, and what only the front matter of
//! an episode says.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::address;
use super::date::PublicationTime;
use super::show::{LONGEST_TEXT, Show};
use crate::model::article::{Article, BlockKind};
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::metadata::{Field, FrontMatter};
use crate::model::reading_policy::ReadingPolicy;

/// What an episode is in its show (`itunes:episodeType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum EpisodeKind {
    /// An episode.
    #[default]
    Full,
    /// A preview of the show or of an episode.
    Trailer,
    /// Something extra, such as an interview.
    Bonus,
}

impl EpisodeKind {
    /// As feeds write it.
    #[must_use]
    pub(super) fn name(self) -> &'static str {
        match self {
            EpisodeKind::Full => "full",
            EpisodeKind::Trailer => "trailer",
            EpisodeKind::Bonus => "bonus",
        }
    }
}

/// What a feed says of an episode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct EpisodeMetadata {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Who wrote the article.
    pub author: Option<String>,
    /// When it is published.
    pub date: PublicationTime,
    /// The address of the article on the web.
    pub link: Option<String>,
    /// The identifier it was given elsewhere before.
    pub guid: Option<String>,
    /// The number of its season, from 1.
    pub season: Option<u32>,
    /// Its number in the season, from 1.
    pub episode: Option<u32>,
    /// What it is in the show.
    pub kind: EpisodeKind,
    /// A picture of its own: a JPEG or PNG file. Its path is not published.
    #[serde(skip)]
    pub image: Option<PathBuf>,
    /// Whether it is not for children, where it differs from the show.
    pub explicit: Option<bool>,
    /// The articles of a bulletin.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ListedItem>,
}

/// An article of a bulletin, as its feed lists it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ListedItem {
    pub title: String,
    /// The address of the article on the web.
    pub link: Option<String>,
    /// Its path below the folder of the show, which is not published.
    pub file: String,
}

/// What an article of a bulletin says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ItemMetadata {
    /// Its title.
    pub title: String,
    /// When it was published, if it says so.
    pub date: Option<PublicationTime>,
    /// The address of the article on the web.
    pub link: Option<String>,
    /// A picture: a JPEG or PNG file.
    pub image: Option<PathBuf>,
    /// Whether it is not for children.
    pub explicit: Option<bool>,
    /// Its place in its bulletin, before those that give none.
    pub order: Option<u32>,
}

/// The names of the entries that are used. Others are for other programs.
const KEYS: [&str; 16] = [
    "title",
    "description",
    "author",
    "date",
    "link",
    "guid",
    "season",
    "episode",
    "type",
    "image",
    "explicit",
    "draft",
    "order",
    "voice",
    "voices",
    "rate",
];

/// The metadata of an episode, and notes on entries that are not used; `None` for a draft. `path` is
/// the file of the article; paths of pictures are relative to its folder.
///
/// # Errors
/// [`ErrorKind::Table`](crate::model::error::ErrorKind::Table) with the line of a front matter that
/// cannot be understood; [`ErrorKind::Input`](crate::model::error::ErrorKind::Input) if there is no title
/// or no date.
pub(super) fn read(
    path: &Path,
    article: &Article,
    parts: &ReadingPolicy,
    show: &Show,
) -> Result<(Option<EpisodeMetadata>, Vec<Message>), Error> {
    let (item, notes) = read_item(path, article, show)?;
    let Some(item) = item else { return Ok((None, notes)) };
    let none = FrontMatter::default();
    let front = Front::of(article, &none)?;
    let said = &article.metadata;
    let description = said.description.clone().or_else(|| opening(article, parts));
    let metadata = EpisodeMetadata {
        description: shortened(&description.unwrap_or_else(|| item.title.clone())),
        title: item.title,
        author: said.author(),
        date: item.date.ok_or_else(|| no_date(front.name))?,
        link: item.link,
        guid: front.text("guid"),
        season: front.number("season")?,
        episode: front.number("episode")?,
        kind: front.kind()?,
        image: item.image,
        explicit: item.explicit,
        items: Vec::new(),
    };
    Ok((Some(metadata), notes))
}

/// The metadata of an article of a bulletin, and notes, as [`read`] gives them for an episode. It needs no
/// date.
///
/// # Errors
/// As [`read`], but for the date.
pub(super) fn read_item(
    path: &Path,
    article: &Article,
    show: &Show,
) -> Result<(Option<ItemMetadata>, Vec<Message>), Error> {
    let none = FrontMatter::default();
    let front = Front::of(article, &none)?;
    let notes = front.mistyped();
    if front.switch("draft")? == Some(true) {
        return Ok((None, notes));
    }
    let said = &article.metadata;
    let folder = path.parent().unwrap_or(Path::new(""));
    let metadata = ItemMetadata {
        title: said.title.clone().ok_or_else(|| front.no_title())?,
        date: said.date.and_then(|date| PublicationTime::new(&date, show.offset)),
        link: front.link()?,
        image: said.cover.as_ref().map(|image| folder.join(image)),
        explicit: front.switch("explicit")?,
        order: front.number("order")?,
    };
    Ok((Some(metadata), notes))
}

/// The error of an article of this name that has no date.
pub(super) fn no_date(name: &str) -> Error {
    let reason = "has no `date`; its text opens with no whole date either. Write, for example, `date: \
                  2024-03-05 06:30` in a front matter between lines of ---. The time of the file does not \
                  count: it changes when files are copied";
    Error::input(name, reason)
}

/// Whether two names differ by one typing mistake: a letter too many, too few or wrong, or two
/// letters swapped.
fn is_typo(written: &str, meant: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (written.chars().collect(), meant.chars().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - end], &b[..b.len() - end]) {
        ([], []) => false,
        ([first, second], [third, fourth]) => first == fourth && second == third,
        (a, b) => a.len() <= 1 && b.len() <= 1,
    }
}

/// The text of the block that says what the article is about.
fn opening(article: &Article, parts: &ReadingPolicy) -> Option<String> {
    let of = |kind| article.read(parts).find(|block| block.kind == kind);
    of(BlockKind::Sapo).or_else(|| of(BlockKind::Paragraph)).map(|block| article.line_of(block))
}

/// A description within the limit of directories, cut between sentences, or else between words.
pub(super) fn shortened(text: &str) -> String {
    if text.len() <= LONGEST_TEXT {
        return text.to_owned();
    }
    let mut end = LONGEST_TEXT - '…'.len_utf8();
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let kept = &text[..end];
    let mut ends = kept.rmatch_indices(['.', '!', '?']).map(|(at, sign)| at + sign.len());
    let whole = ends.find(|at| kept[*at..].starts_with(char::is_whitespace));
    if let Some(end) = whole.filter(|end| *end > LONGEST_TEXT / 2) {
        return kept[..end].to_owned();
    }
    let kept = kept.rsplit_once(char::is_whitespace).map_or(kept, |(kept, _)| kept);
    format!("{kept}…")
}

/// A front matter whose faults are reported with the name of its file.
struct Front<'a> {
    name: &'a str,
    front: &'a FrontMatter,
}

impl<'a> Front<'a> {
    /// That of an article; `none` if it has none.
    ///
    /// # Errors
    /// If it cannot be understood.
    fn of(article: &'a Article, none: &'a FrontMatter) -> Result<Front<'a>, Error> {
        let name = &article.origin.name;
        let front = Front { name, front: article.front_matter.as_ref().unwrap_or(none) };
        match front.front.faults.first() {
            Some((line, reason)) => Err(front.fault(*line, reason.clone())),
            None => Ok(front),
        }
    }

    /// Notes on entries whose names look like typing mistakes.
    fn mistyped(&self) -> Vec<Message> {
        let notes = self.front.fields.iter().filter_map(|field| {
            let meant = KEYS.iter().find(|key| is_typo(&field.key, key))?;
            let (name, line, key) = (self.name, field.line, &field.key);
            let is_other = KEYS.contains(&&*field.key);
            let note = message!(
                "{name}:{line}: `{key}` is not used; if it should be, write `{meant}`",
                name,
                line,
                key,
                meant
            );
            (!is_other).then_some(note)
        });
        notes.collect()
    }

    fn no_title(&self) -> Error {
        let reason =
            "has no title; open it with a line of its own, or with `title:` in a front matter";
        Error::input(self.name, reason)
    }

    fn fault(&self, line: usize, reason: Message) -> Error {
        Error::table(self.name.to_owned(), line, reason)
    }

    fn text(&self, key: &str) -> Option<String> {
        self.front.field(key).map(Field::text)
    }

    fn parsed<T>(
        &self,
        key: &str,
        parse: impl Fn(&str) -> Option<T>,
        expected: &str,
    ) -> Result<Option<T>, Error> {
        let Some(field) = self.front.field(key) else { return Ok(None) };
        let value = field.text();
        let parsed = parse(&value).ok_or_else(|| {
            self.fault(
                field.line,
                message!(
                    "`{key}` must be {expected}, and `{value}` is not",
                    key,
                    expected = Message::from(expected),
                    value
                ),
            )
        });
        parsed.map(Some)
    }

    fn switch(&self, key: &str) -> Result<Option<bool>, Error> {
        let parse = |text: &str| match text.to_lowercase().as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => None,
        };
        self.parsed(key, parse, "true or false")
    }

    fn number(&self, key: &str) -> Result<Option<u32>, Error> {
        let parse = |text: &str| text.parse().ok().filter(|&number| number > 0);
        self.parsed(key, parse, "a number from 1")
    }

    fn link(&self) -> Result<Option<String>, Error> {
        let parse = |text: &str| address::checked(text).ok().map(|link| link.to_string());
        self.parsed("link", parse, "a web address such as https://example.org/bai-bao")
    }

    fn kind(&self) -> Result<EpisodeKind, Error> {
        let kinds = [EpisodeKind::Full, EpisodeKind::Trailer, EpisodeKind::Bonus];
        let parse = |text: &str| kinds.into_iter().find(|kind| kind.name() == text);
        Ok(self.parsed("type", parse, "full, trailer or bonus")?.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::podcast::show::EXAMPLE;
    use crate::text::readers::{self, Input};

    fn show() -> Show {
        Show::parse(Path::new("podcast.toml"), EXAMPLE).unwrap()
    }

    fn read_text(text: &str) -> Result<(Option<EpisodeMetadata>, Vec<Message>), String> {
        let input = Input { name: "a.txt", bytes: text.as_bytes().into(), ..Input::default() };
        let article = readers::read(input).unwrap().remove(0);
        let parts = ReadingPolicy::default();
        read(Path::new("show/a.txt"), &article, &parts, &show()).map_err(|e| e.to_string())
    }

    fn metadata(text: &str) -> EpisodeMetadata {
        read_text(text).unwrap().0.unwrap()
    }

    const ARTICLE: &str = "Mưa lớn ở miền Bắc\n\n05/03/2024 06:30\n\nTừ đêm nay, các tỉnh miền Bắc \
        có mưa to đến rất to, nhiều nơi trên 100 mm.\n\nNgười dân cần đề phòng lũ quét và sạt lở đất \
        ở vùng núi.\n\nTheo TTXVN\n";

    #[test]
    fn an_article_says_what_it_is() {
        let found = metadata(ARTICLE);
        assert_eq!(found.title, "Mưa lớn ở miền Bắc");
        assert_eq!(found.date.to_string(), "2024-03-05T06:30:00+07:00");
        assert!(found.description.starts_with("Từ đêm nay"), "{found:?}");
        assert_eq!(found.author.as_deref(), Some("Theo TTXVN"));
        assert_eq!((found.kind, found.season, found.explicit), (EpisodeKind::Full, None, None));
    }

    #[test]
    fn the_front_matter_beats_the_article() {
        let front = "---\ntitle: Tin mưa\ndescription: >\n  Mưa\n  to.\nauthor: [An, Bình]\ndate: \
            2024-03-06\nlink: https://example.org/mua\nguid: mua-1\nseason: 2\nepisode: 3\ntype: \
            bonus\nimage: mua.png\nexplicit: yes\nlayout: post\ndrfat: true\n---\n";
        let text = format!("{front}{ARTICLE}");
        let found = metadata(&text);
        assert_eq!((found.title.as_str(), found.description.as_str()), ("Tin mưa", "Mưa to."));
        assert_eq!(found.author.as_deref(), Some("An, Bình"));
        assert_eq!(found.date.to_string(), "2024-03-06T00:00:00+07:00");
        assert_eq!((found.season, found.episode), (Some(2), Some(3)));
        assert_eq!(found.image.as_deref(), Some(Path::new("show/mua.png")));
        assert_eq!((found.kind, found.explicit), (EpisodeKind::Bonus, Some(true)));
        assert_eq!(found.guid.as_deref(), Some("mua-1"));
        let notes = read_text(&text).unwrap().1;
        assert_eq!(notes.len(), 1);
        assert!(notes[0].to_string().starts_with("a.txt:16: `drfat`"), "{notes:?}");
        assert!(is_typo("titel", "title") && is_typo("dat", "date") && is_typo("datee", "date"));
        assert!(!is_typo("date", "date") && !is_typo("tags", "date") && !is_typo("", "date"));
    }

    #[test]
    fn faults_have_their_line_and_a_way_out() {
        for (text, reason) in [
            ("---\ndate: today\n---\nMưa\n", "a.txt, line 2: `today` is not a date"),
            ("---\ntitle: Mưa\n---\nTrời mưa.\n", "has no `date`"),
            ("---\ndate: 2024-03-05\n---\ntrời mưa từ sáng.\n", "has no title"),
            ("---\ndate: 2024-03-05\ndraft: maybe\n---\nMưa\n", "line 3: `draft` must be true"),
            ("---\nseason: 0\n---\nMưa\n\n5/3/2024\n\nTrời mưa.\n", "from 1"),
            ("---\ntype: extra\n---\nMưa\n\n5/3/2024\n\nTrời mưa.\n", "bonus"),
            ("---\nlink: mua.html\n---\nMưa\n\n5/3/2024\n\nTrời mưa.\n", "web address"),
            ("---\ntitle: \"x\n---\nMưa\n", "line 2"),
        ] {
            let error = read_text(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
        assert_eq!(read_text("---\ndraft: true\n---\ntrời mưa.\n").unwrap().0, None);
    }

    #[test]
    fn descriptions_are_cut_between_words() {
        let cut = shortened(&"mưa ".repeat(2000));
        assert!(cut.len() <= LONGEST_TEXT && cut.ends_with("mưa…"), "{}", cut.len());
        let cut = shortened(&"Mưa rất to. ".repeat(1000));
        assert!(cut.len() <= LONGEST_TEXT && cut.ends_with("to."), "{}", cut.len());
        assert_eq!(shortened("mưa"), "mưa");
    }
}
