//! `podcast.toml`: what a show says of itself and how its episodes are made.

use std::io;
use std::path::{Path, PathBuf};

use jiff::tz::Offset;
use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;

use super::address::{self, BaseAddress};
use super::bulletin_settings::{BulletinFile, BulletinSettings};
use super::category;
use super::design::{ShowDesign, SoundTable};
use crate::files::bounded;
use crate::model::date::read_zone;
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::sound::formats::{FORMATS, Format};
use crate::sound::master::Preset;

/// The name of the file, in the folder of the articles.
pub const FILE_NAME: &str = "podcast.toml";

/// Texts longer than this many bytes are cut by Apple ("A Podcaster's Guide to RSS", description).
pub(super) const LONGEST_TEXT: usize = 4000;

/// A show.
#[derive(Debug, Clone, PartialEq)]
pub struct Show {
    /// Its name.
    pub title: String,
    /// What it is about, in a few sentences.
    pub description: String,
    /// The language of its episodes as a BCP 47 tag.
    pub language: String,
    /// Apple's category.
    pub category: &'static str,
    /// Apple's subcategory.
    pub subcategory: Option<&'static str>,
    /// Whether it is not for children.
    pub explicit: bool,
    /// Who makes it.
    pub author: String,
    /// The contact for directories.
    pub owner: Owner,
    /// The folder of its articles and of its settings.
    pub folder: PathBuf,
    /// The picture: a JPEG or PNG file.
    pub image: PathBuf,
    /// The address of the folder where the feed is going to be.
    pub base_url: BaseAddress,
    /// The URL of the site; by default that of the folder.
    pub link: String,
    /// The note on copyright.
    pub copyright: Option<String>,
    /// The order in which it is meant to be heard.
    pub kind: ShowKind,
    /// Whether other hosts may not take the feed over.
    pub locked: bool,
    /// The identifier it was given elsewhere before.
    pub guid: Option<String>,
    /// The zone of dates without one.
    pub offset: Offset,
    /// Episodes on a page of the feed.
    pub page_size: usize,
    /// Where listeners can give money.
    pub funding: Option<Funding>,
    /// Where the show is in the big apps.
    pub apps: Vec<App>,
    /// The formats of the sound: the one all players know first, then others to choose.
    pub formats: Vec<Format>,
    /// The preset of loudness.
    pub loudness: Preset,
    /// The music of its episodes.
    pub design: ShowDesign,
    /// How several articles are one episode, if they are.
    pub bulletin: Option<BulletinSettings>,
}

/// The contact for directories.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// A name.
    pub name: String,
    /// An address that is read.
    pub email: String,
}

/// Where a show is in an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// What the app is called.
    pub name: &'static str,
    /// The page of the show there.
    pub url: String,
}

/// The apps, in the order in which the page shows them.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AppsFile {
    apple: Option<Spanned<String>>,
    spotify: Option<Spanned<String>>,
    youtube_music: Option<Spanned<String>>,
    pocket_casts: Option<Spanned<String>>,
}

impl AppsFile {
    fn named(self) -> [(&'static str, Option<Spanned<String>>); 4] {
        [
            ("Apple Podcasts", self.apple),
            ("Spotify", self.spotify),
            ("YouTube Music", self.youtube_music),
            ("Pocket Casts", self.pocket_casts),
        ]
    }
}

/// Where listeners can give money.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Funding {
    /// The page.
    pub url: String,
    /// The label of the button in players.
    pub text: String,
}

/// The order in which a show is meant to be heard (`itunes:type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShowKind {
    /// The newest first; each can be heard by itself.
    Episodic,
    /// From the first to the last.
    Serial,
}

impl ShowKind {
    /// As feeds write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ShowKind::Episodic => "episodic",
            ShowKind::Serial => "serial",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShowFile {
    title: Spanned<String>,
    description: Spanned<String>,
    #[serde(default = "vietnamese")]
    language: Spanned<String>,
    category: Spanned<String>,
    subcategory: Option<Spanned<String>>,
    #[serde(default)]
    explicit: bool,
    author: Spanned<String>,
    image: Spanned<String>,
    base_url: Spanned<String>,
    link: Option<Spanned<String>>,
    copyright: Option<String>,
    #[serde(default = "episodic")]
    kind: ShowKind,
    #[serde(default = "yes")]
    locked: bool,
    guid: Option<Spanned<String>>,
    #[serde(default = "hanoi")]
    utc_offset: Spanned<String>,
    #[serde(default = "hundred")]
    page_size: Spanned<usize>,
    owner: Spanned<Owner>,
    funding: Option<Spanned<Funding>>,
    #[serde(default)]
    apps: AppsFile,
    #[serde(default)]
    audio: AudioSettings,
    #[serde(default)]
    sound: SoundTable,
    bulletin: Option<BulletinFile>,
    // These are settings of the commands, as in docbao.toml.
    #[serde(rename = "lexicon")]
    _lexicon: Option<IgnoredAny>,
    #[serde(rename = "voice")]
    _voice: Option<IgnoredAny>,
    #[serde(rename = "voices")]
    _voices: Option<IgnoredAny>,
    #[serde(rename = "reading")]
    _reading: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct AudioSettings {
    formats: Spanned<Vec<String>>,
    loudness: Spanned<String>,
}

impl Default for AudioSettings {
    fn default() -> AudioSettings {
        AudioSettings {
            formats: plain(vec!["mp3".to_owned()]),
            loudness: plain("apple".to_owned()),
        }
    }
}

fn plain<T>(value: T) -> Spanned<T> {
    Spanned::new(0..0, value)
}

fn vietnamese() -> Spanned<String> {
    plain("vi".to_owned())
}

fn hanoi() -> Spanned<String> {
    plain("+07:00".to_owned())
}

fn hundred() -> Spanned<usize> {
    plain(100)
}

fn episodic() -> ShowKind {
    ShowKind::Episodic
}

fn yes() -> bool {
    true
}

impl Show {
    /// The show of a folder.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::model::error::ErrorKind::Input) if there is no `podcast.toml`;
    /// [`ErrorKind::Read`](crate::model::error::ErrorKind::Read) if it cannot be read; else as
    /// [`Show::parse`].
    pub fn load(folder: &Path) -> Result<Show, Error> {
        let path = folder.join(FILE_NAME);
        let text =
            bounded::read_text(&path, bounded::SETTINGS).map_err(|cause| match cause.kind() {
                io::ErrorKind::NotFound => {
                    let folder = folder.display().to_string();
                    let init =
                        Hint::run(&["podcast", "init", &folder], "to write one to begin with");
                    Error::input(folder, message!("has no {file_name}", file_name = FILE_NAME))
                        .with_hint(init)
                }
                _ => Error::read(path.clone(), cause),
            })?;
        Show::parse(&path, &text)
    }

    /// The show in the text of a `podcast.toml`; `path` is that of the file, and paths in it
    /// are relative to its folder.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::model::error::ErrorKind::Table) with the line of what is no
    /// setting or has no possible value.
    pub fn parse(path: &Path, text: &str) -> Result<Show, Error> {
        let line = |offset: usize| {
            let before = &text.as_bytes()[..offset.min(text.len())];
            before.iter().filter(|byte| **byte == b'\n').count() + 1
        };
        let fault = |offset: usize, reason: Message| {
            Error::table(path.display().to_string(), line(offset), reason)
        };
        let raw: ShowFile = toml::from_str(text).map_err(|error| {
            fault(error.span().map_or(0, |span| span.start), error.message().into())
        })?;
        let at = |place: &Spanned<String>, reason: Message| fault(place.span().start, reason);
        for (name, value) in
            [("title", &raw.title), ("description", &raw.description), ("author", &raw.author)]
        {
            if value.get_ref().trim().is_empty() {
                return Err(at(value, message!("`{name}` is empty; directories ask for it", name)));
            }
        }
        if raw.description.get_ref().len() > LONGEST_TEXT {
            let reason = message!(
                "the description is longer than {longest_text} bytes",
                longest_text = LONGEST_TEXT
            );
            return Err(at(&raw.description, reason));
        }
        if !is_language(raw.language.get_ref()) {
            let reason = "`language` must be a tag such as vi or vi-VN";
            return Err(at(&raw.language, reason.into()));
        }
        let main = category::category(raw.category.get_ref()).map_err(|e| at(&raw.category, e))?;
        let sub = raw.subcategory.as_ref();
        let sub = sub.map(|s| category::subcategory(main, s.get_ref()).map_err(|e| at(s, e)));
        let base_url = BaseAddress::parse(raw.base_url.get_ref());
        let base_url = base_url.map_err(|e| at(&raw.base_url, e))?;
        let link = match &raw.link {
            Some(link) => address::checked(link.get_ref()).map_err(|e| at(link, e))?.to_string(),
            None => base_url.to_string(),
        };
        let offset = read_zone(raw.utc_offset.get_ref()).ok_or_else(|| {
            at(&raw.utc_offset, "`utc_offset` must be a zone such as \"+07:00\"".into())
        })?;
        if *raw.page_size.get_ref() == 0 {
            let reason = "`page_size` must be 1 or more";
            return Err(fault(raw.page_size.span().start, reason.into()));
        }
        let owner = raw.owner.get_ref();
        if owner.name.trim().is_empty() || !is_email(&owner.email) {
            let reason = "[owner] needs a name and an email address that is read: directories \
                          write to it";
            return Err(fault(raw.owner.span().start, reason.into()));
        }
        if let Some(funding) = &raw.funding {
            let url = address::checked(&funding.get_ref().url);
            url.map_err(|e| fault(funding.span().start, e))?;
        }
        if let Some(guid) = &raw.guid {
            uuid::Uuid::parse_str(guid.get_ref()).map_err(|_| {
                at(guid, "`guid` must be the UUID the show was given elsewhere".into())
            })?;
        }
        let mut apps = Vec::new();
        for (name, url) in raw.apps.named() {
            let Some(url) = url else { continue };
            address::checked(url.get_ref()).map_err(|e| at(&url, e))?;
            apps.push(App { name, url: url.into_inner() });
        }
        let formats = formats(raw.audio.formats.get_ref())
            .map_err(|reason| fault(raw.audio.formats.span().start, reason))?;
        let loudness = raw.audio.loudness.get_ref().parse();
        let loudness =
            loudness.map_err(|error: Error| at(&raw.audio.loudness, Message::from(&error)))?;
        let design =
            raw.sound.design(path, line).map_err(|(offset, reason)| fault(offset, reason))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let bulletin = raw.bulletin.map(|bulletin| bulletin.checked(folder, &line, &fault));
        Ok(Show {
            title: raw.title.into_inner().trim().to_owned(),
            description: raw.description.into_inner().trim().to_owned(),
            language: raw.language.into_inner(),
            category: main,
            subcategory: sub.transpose()?,
            explicit: raw.explicit,
            author: raw.author.into_inner(),
            owner: raw.owner.into_inner(),
            folder: folder.to_owned(),
            image: folder.join(raw.image.into_inner()),
            base_url,
            link,
            copyright: raw.copyright,
            kind: raw.kind,
            locked: raw.locked,
            guid: raw.guid.map(|guid| guid.into_inner().to_lowercase()),
            offset,
            page_size: raw.page_size.into_inner(),
            funding: raw.funding.map(Spanned::into_inner),
            apps,
            formats,
            loudness,
            design,
            bulletin: bulletin.transpose()?,
        })
    }
}

/// The formats with these names: each once, and one for every player first.
fn formats(names: &[String]) -> Result<Vec<Format>, Message> {
    let formats = names.iter().map(|name| name.parse());
    let formats: Vec<Format> =
        formats.collect::<Result<_, Error>>().map_err(|error| Message::from(&error))?;
    if !formats.first().is_some_and(|first| first.is_universal()) {
        let names = FORMATS.iter().filter(|format| format.is_universal());
        let names: Vec<_> = names.map(Format::to_string).collect();
        let names = Message::any_of(&names);
        return Err(message!(
            "the first of `formats` must be one that all players can play: {names}",
            names
        ));
    }
    let double = formats.iter().enumerate().find(|(at, format)| formats[..*at].contains(format));
    match double {
        Some((_, format)) => {
            Err(message!("`formats` names {format} twice", format = format.name()))
        }
        None => Ok(formats),
    }
}

/// Whether a text has the form of a BCP 47 language tag.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let main = parts.next().unwrap_or_default();
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    (2..=3).contains(&main.len())
        && letters(main)
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    let sound = |part: &str| !part.is_empty() && !part.contains(['@', ' ', '<', '>']);
    parts.is_some_and(|(name, host)| sound(name) && sound(host) && host.contains('.'))
}

/// The text of a `podcast.toml` to begin with: its settings with what they mean.
pub(super) const EXAMPLE: &str = include_str!("example.toml");

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Show, String> {
        Show::parse(Path::new("show/podcast.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn the_example_is_a_show() {
        let show = parse(EXAMPLE).unwrap();
        assert_eq!((show.category, show.subcategory), ("News", Some("Daily News")));
        assert_eq!(show.base_url.as_str(), "https://example.org/podcast/");
        assert_eq!(show.base_url.join("feed.xml"), "https://example.org/podcast/feed.xml");
        assert_eq!(show.image, Path::new("show/cover.png"));
        // Every setting that is commented out is one too.
        let all: String = EXAMPLE
            .lines()
            .map(|line| line.strip_prefix("#: ").unwrap_or(line))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_ne!(all, EXAMPLE);
        let show = parse(&all).unwrap();
        assert_eq!(show.formats, ["mp3".parse().unwrap(), "opus".parse().unwrap()]);
        assert!(show.funding.is_some() && show.guid.is_some());
        assert_eq!(show.apps.len(), 4);
    }

    #[test]
    fn faults_have_their_line_and_a_way_out() {
        let cases = [
            ("title = \"Tin sáng\"", "title = \"\"", "`title` is empty"),
            ("language = \"vi\"", "language = \"Tiếng Việt\"", "vi-VN"),
            ("category = \"News\"", "category = \"Tin\"", "Technology"),
            ("subcategory = \"Daily News\"", "subcategory = \"Design\"", "Politics"),
            (
                "base_url = \"https://example.org/podcast/\"",
                "base_url = \"example.org\"",
                "https://",
            ),
            (
                "base_url = \"https://example.org/podcast/\"",
                "base_url = \"https://e.org/?x\"",
                "`?`",
            ),
            ("explicit = false", "explicit = \"no\"", "boolean"),
            ("explicit = false", "explict = false", "explict"),
            ("explicit = false", "utc_offset = \"Hà Nội\"", "+07:00"),
            ("explicit = false", "page_size = 0", "1 or more"),
            ("explicit = false", "guid = \"x\"", "UUID"),
            ("explicit = false", "kind = \"daily\"", "episodic"),
            ("explicit = false", "link = \"ftp://example.org\"", "ftp://"),
            ("intro = \"jingle.wav\"", "intro = 3", "string"),
            ("intro = \"jingle.wav\"", "jingle = \"jingle.wav\"", "intro"),
            ("intro = \"jingle.wav\"", "crossfade = -1", "from 0 to 10"),
            ("intro = \"jingle.wav\"", "bed_level = -5", "in pauses"),
            ("intro = \"jingle.wav\"", "bed_under = \"intro\"", "headlines or opening"),
        ];
        for (old, new, reason) in cases {
            let text = EXAMPLE.replace(old, new);
            assert_ne!(text, EXAMPLE, "{old} is not in the example");
            let line = EXAMPLE[..EXAMPLE.find(old).unwrap()].matches('\n').count() + 1;
            let error = parse(&text).unwrap_err();
            let place = format!("show/podcast.toml, line {line}: ");
            assert!(error.starts_with(&place) && error.contains(reason), "{new}: {error}");
        }
        for (new, reason) in [
            ("[audio]\nformats = [\"opus\"]\n", "mp3 or m4a"),
            ("[audio]\nformats = [\"mp3\", \"mp3\"]\n", "twice"),
            ("[audio]\nformats = [\"mp3\", \"ogg\"]\n", "ogg"),
            ("[audio]\nloudness = \"loud\"\n", "spotify"),
            ("[audio]\nformat = \"mp3\"\n", "format"),
            ("[funding]\nurl = \"x\"\ntext = \"y\"\n", "`x`"),
            ("[apps]\nspotify = \"x\"\n", "`x`"),
            ("[apps]\nspotfy = \"https://x\"\n", "spotfy"),
        ] {
            let error = parse(&format!("{EXAMPLE}\n{new}")).unwrap_err();
            assert!(error.contains(reason), "{new}: {error}");
        }
        assert!(parse("").unwrap_err().contains("title"));
        let nobody = EXAMPLE.replace("@example.org", "");
        assert!(parse(&nobody).unwrap_err().contains("[owner]"));
    }
}
