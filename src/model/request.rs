//! `Request`: what is asked for, as data. It is the same whether a command line, a settings file, a
//! show, a server or a queue asks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::address::without_passwords;
use crate::model::design::{MixSettings, Role, SoundDesign};
use crate::model::digest::Digest;
use crate::model::edits::Edits;
use crate::model::encoding::Encoding;
use crate::model::error::Error;
pub use crate::model::lexicon_text::LexiconText;
use crate::model::message::message;
use crate::model::pauses::Pauses;
use crate::model::reading_options::Options;
use crate::model::reading_policy::ReadingPolicy;
use crate::model::roles;
use crate::model::shared;
use crate::model::shown;
use crate::model::spoken::Confidence;
use crate::model::tags::Tags;
use crate::model::voice_settings::VoiceSettings;

/// What is asked for: an article, how it is read and spoken, and what files it becomes.
///
/// The names of voices, formats and loudness presets are checked when the request is performed, by the
/// rooms that know them; so a request can be made, stored and sent by a program that does not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Request {
    /// The version of this form, [`Request::VERSION`].
    pub version: u32,
    /// The article.
    pub source: Source,
    /// How it is read.
    #[serde(default)]
    pub reading: ReadingSettings,
    /// Who speaks, and how.
    #[serde(default)]
    pub voice: VoiceSettings,
    /// Who speaks parts of it instead, by their roles: a language such as `en`, `question` and `answer` of an
    /// interview, a speaker by name, a kind of block such as `quote`, an article of several such as
    /// `item 2`, a part of one such as `item 2 quote`; in lower case.
    #[serde(default)]
    pub voices: BTreeMap<String, VoiceSettings>,
    /// What it becomes.
    #[serde(default)]
    pub outputs: Outputs,
    /// The music around and under the speech.
    #[serde(default)]
    pub design: SoundDesign,
    /// What its files say about themselves; what is not given is taken from the article.
    #[serde(default)]
    pub tags: Tags,
    /// An article is refused if a reading is not surer than this.
    #[serde(default)]
    pub strictness: Option<Confidence>,
    /// What of this the front matter of an article may change.
    #[serde(default)]
    pub heeded: Heeded,
}

/// What the front matter of an article may say of its narrator; by default nothing, for a text may come from
/// anybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Heeded {
    /// Whose voice it is, by its name: `voice: bac-nu`.
    pub voice: bool,
    /// How fast it speaks: `rate: 1.2`.
    pub rate: bool,
    /// Who speaks parts of it: `voices:` with entries such as `quote: bac-nu`.
    pub voices: bool,
    /// The roles whose voices it may not change.
    pub decided: BTreeSet<String>,
}

/// Where an article comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// A page of the web, by its address, `http://` or `https://`; it is fetched when it is read.
    Address(String),
    /// A text that comes with the request.
    Text {
        /// Its name in messages.
        name: String,
        /// The text.
        text: String,
    },
    /// The bytes of a file, in whatever format and encoding.
    Bytes {
        /// Its name in messages; its ending says something of the format.
        name: String,
        /// All of them.
        bytes: Vec<u8>,
    },
    /// Several articles that become one, such as the chapters of a book.
    Several(Vec<Source>),
    /// One of the articles in a source that has several, such as a chapter of a book.
    Part {
        /// The source.
        #[serde(with = "shared")]
        of: Arc<Source>,
        /// Which of its articles, from 1.
        number: usize,
    },
}

impl Source {
    /// The files that it names.
    #[must_use]
    pub fn files(&self) -> Vec<&Path> {
        match self {
            Source::File(path) => vec![path],
            Source::Several(sources) => sources.iter().flat_map(Source::files).collect(),
            Source::Part { of, .. } => of.files(),
            Source::Address(_) | Source::Text { .. } | Source::Bytes { .. } => Vec::new(),
        }
    }

    /// Its name in messages; an address is without a password.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Source::File(path) => shown::path(path),
            Source::Address(address) => without_passwords(address).into_owned(),
            Source::Text { name, .. } | Source::Bytes { name, .. } => name.clone(),
            Source::Several(sources) => match &sources[..] {
                [] => "no article".to_owned(),
                [only] => only.name(),
                [first, others @ ..] => format!("{} and {} more", first.name(), others.len()),
            },
            Source::Part { of, number } => format!("{}, article {number}", of.name()),
        }
    }
}

/// How an article is read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadingSettings {
    /// The encoding of its text; `None` if it is to be recognized.
    pub encoding: Option<Encoding>,
    /// Which parts of it are read.
    pub parts: ReadingPolicy,
    /// How it is read where good newsreaders differ.
    pub options: Options,
    /// The user's lexicons; a later one beats an earlier one.
    pub lexicons: Vec<LexiconText>,
    /// What a person has decided of this article: blocks, and how its sentences are spoken.
    pub edits: Edits,
    /// How long the silences are.
    pub pauses: Pauses,
    /// Languages whose passages are said as they are written, because a voice of the request speaks
    /// them; see [`Request::voice_for`].
    pub languages: Vec<String>,
    /// Whether whole sentences between quotation marks are parts of their own, because a voice of the
    /// request speaks them; see [`Request::voice_for`].
    pub quotes: bool,
    /// Whether subtitles are heard when they are shown, each within its time, and faster than usual
    /// where it must be.
    pub fit: bool,
    /// Whether an address may be one of a private network or of this machine, or be sent on to such. A
    /// program that takes requests from others sets this itself.
    pub allow_private_addresses: bool,
}

/// What an article becomes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Outputs {
    /// The preset of loudness; `None` is what is usual for the first format of sound.
    pub loudness: Option<String>,
    /// The files. The first sound, or book with sound in it, is the main one: it takes its name last,
    /// so that every sound has its captions.
    pub files: Vec<Output>,
}

impl Outputs {
    /// The names of the files, in their order.
    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.iter().filter_map(|output| match &output.target {
            Target::File(path) => Some(path),
            Target::Kept(_) => None,
        })
    }

    /// The file with the main sound in it, if it is one.
    #[must_use]
    pub fn main_sound(&self) -> Option<&PathBuf> {
        let is_sound = |output: &&Output| {
            matches!(output.content, Content::Audio { .. } | Content::Book { .. })
        };
        match &self.files.iter().find(is_sound)?.target {
            Target::File(path) => Some(path),
            Target::Kept(_) => None,
        }
    }
}

/// A file that an article becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Where it goes.
    pub target: Target,
    /// What is in it.
    pub content: Content,
}

/// Where an output goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Target {
    /// A file of this name, which appears when it is whole.
    File(PathBuf),
    /// It is handed back under this name.
    Kept(String),
}

impl Target {
    /// Its name in messages.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Target::File(path) => shown::path(path),
            Target::Kept(name) => name.clone(),
        }
    }
}

/// What an output is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[non_exhaustive]
pub enum Content {
    /// The sound.
    Audio {
        /// The name of its format: `mp3`.
        format: String,
        /// Samples per second; `None` is what is usual for the format.
        #[serde(default)]
        sample_rate: Option<u32>,
        /// Its bitrate in kbit/s; `None` is what is usual for the format.
        #[serde(default)]
        bitrate: Option<u32>,
    },
    /// A book to read along, an EPUB with the text and the sound in it.
    Book {
        /// The title of the book of an article that has none.
        title: String,
        /// Samples per second of its sound; `None` is what is usual for the sound of books.
        #[serde(default)]
        sample_rate: Option<u32>,
        /// The bitrate of its sound in kbit/s; `None` is what is usual for the sound of books.
        #[serde(default)]
        bitrate: Option<u32>,
    },
    /// Captions, or when every word is heard.
    Captions {
        /// The name of their format: `vtt`.
        format: String,
    },
    /// The script: all that is said, and what should be known of it, as JSON.
    Script,
    /// A page to read along. It holds the main sound, which is no book, if that is [`Target::Kept`],
    /// and links to it if it is a file. Others that are smaller and that not every browser plays, such
    /// as Opus, come before it in the same way.
    Page {
        /// The title of the page of an article that has none.
        title: String,
    },
}

impl Content {
    /// The sound in this format, as is usual for it.
    #[must_use]
    pub fn audio(format: &str) -> Content {
        Content::Audio { format: format.to_owned(), sample_rate: None, bitrate: None }
    }
}

/// The parts of a request that its outputs depend on, with a digest in place of every file's content.
#[derive(Serialize)]
struct Canonical<'a> {
    version: u32,
    source: &'a Digest,
    engine: &'a Digest,
    encoding: Option<Encoding>,
    parts: ReadingPolicy,
    options: Options,
    lexicons: Vec<(&'a str, Digest)>,
    edits: &'a Edits,
    pauses: Pauses,
    languages: &'a [String],
    quotes: bool,
    fit: bool,
    voice: &'a VoiceSettings,
    voices: &'a BTreeMap<String, VoiceSettings>,
    loudness: Option<&'a str>,
    outputs: Vec<(Option<String>, &'a Content)>,
    /// The content of each file of music; how they are mixed counts only if there are any.
    music: Vec<(Role, Digest)>,
    mix: Option<MixSettings>,
    tags: Tags,
    cover: Option<Digest>,
    strictness: Option<Confidence>,
}

impl Request {
    /// The version of this form.
    pub const VERSION: u32 = 1;

    /// A request for an article, read and spoken in the usual way, with no outputs yet.
    #[must_use]
    pub fn new(source: Source) -> Request {
        Request {
            version: Request::VERSION,
            source,
            reading: ReadingSettings::default(),
            voice: VoiceSettings::default(),
            voices: BTreeMap::new(),
            outputs: Outputs::default(),
            design: SoundDesign::default(),
            tags: Tags::default(),
            strictness: None,
            heeded: Heeded::default(),
        }
    }

    /// A request for the article in a text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Request {
        Request::new(Source::Text { name: "text".to_owned(), text: text.into() })
    }

    /// A request for the article in a file.
    #[must_use]
    pub fn file(path: impl Into<PathBuf>) -> Request {
        Request::new(Source::File(path.into()))
    }

    /// A request for the article at an address of the web.
    #[must_use]
    pub fn address(address: impl Into<String>) -> Request {
        Request::new(Source::Address(address.into()))
    }

    /// The request with another voice for a part of the article: a language by its tag, such as `en`,
    /// whose passages are then said as they are written, `question` or `answer` of an interview, a
    /// speaker by name, a kind of block, such as `heading`, or `quote`, which is also whole sentences
    /// between quotation marks; or by what these are also called, such as `trích` (see [`roles()`]).
    ///
    /// [`roles()`]: crate::model::roles::roles
    #[must_use]
    pub fn voice_for(mut self, part: &str, voice: VoiceSettings) -> Request {
        for role in roles::roles(part) {
            self.add_voice(&role, voice.clone());
        }
        self
    }

    /// Has a voice speak a role, as [`Request::voice_for`] does.
    pub fn add_voice(&mut self, role: &str, voice: VoiceSettings) {
        let is_known = || self.reading.languages.iter().any(|known| known == role);
        if roles::is_language(role) && !is_known() {
            self.reading.languages.push(role.to_owned());
        }
        self.reading.quotes |= roles::is_quote(role);
        self.voices.insert(role.to_owned(), voice);
    }

    /// What identifies the outputs: where it is the same, the same bytes come out. It is the digest of
    /// the request's canonical form: JSON of every setting and of the names of the files without their
    /// folders, with `source`, the digest of the article's bytes, in place of the source, those of music
    /// in place of its files, and `engine`, that of the voice and of the program that speaks.
    ///
    /// # Errors
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) if a setting cannot be written as JSON,
    /// such as a name that is not Unicode.
    pub fn key(&self, source: &Digest, engine: &Digest) -> Result<Digest, Error> {
        // What the article asks for is in its bytes.
        let Request {
            version,
            source: _,
            reading,
            voice,
            voices,
            outputs,
            design,
            tags,
            strictness,
            heeded: _,
        } = self;
        // Where an article may be fetched from changes nothing in what is made of it.
        let ReadingSettings {
            encoding,
            parts,
            options,
            lexicons,
            edits,
            pauses,
            languages,
            quotes,
            fit,
            allow_private_addresses: _,
        } = reading;
        let output = |output: &'_ Output| match &output.target {
            Target::File(path) => path.file_name().map(|name| name.to_string_lossy().into_owned()),
            Target::Kept(_) => None,
        };
        let canonical = Canonical {
            version: *version,
            source,
            engine,
            encoding: *encoding,
            parts: *parts,
            options: *options,
            lexicons: lexicons.iter().map(|one| (one.name(), one.digest())).collect(),
            edits,
            pauses: *pauses,
            languages,
            quotes: *quotes,
            fit: *fit,
            voice,
            voices,
            loudness: outputs.loudness.as_deref(),
            outputs: outputs.files.iter().map(|file| (output(file), &file.content)).collect(),
            music: design.music.iter().map(|(role, music)| (*role, music.digest)).collect(),
            mix: (!design.is_empty()).then_some(design.mix),
            cover: tags.cover.as_ref().map(|cover| Digest::of(&cover.bytes)),
            tags: Tags { cover: None, ..tags.clone() },
            strictness: *strictness,
        };
        let json = serde_json::to_vec(&canonical);
        json.map(|json| Digest::of(&json)).map_err(|error| {
            Error::request(message!(
                "the request cannot be written as JSON: {error}",
                error = error.to_string()
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::block::BlockKind;
    use crate::model::design::Music;
    use crate::model::diag::Span;
    use crate::model::manner::Manner;
    use crate::model::units::Millis;

    /// A request for a file of sound, or of captions.
    fn with(mut request: Request, path: &str) -> Request {
        let content = match path.rsplit_once('.') {
            Some((_, "vtt")) => Content::Captions { format: "vtt".to_owned() },
            _ => Content::audio("mp3"),
        };
        request.outputs.files.push(Output { target: Target::File(path.into()), content });
        request
    }

    /// An intro in this file, with this content.
    fn music(path: &str, content: &[u8]) -> SoundDesign {
        let music = Music { path: path.into(), digest: Digest::of(content), place: None };
        SoundDesign { music: BTreeMap::from([(Role::Intro, music)]), ..SoundDesign::default() }
    }

    fn key(request: &Request) -> Digest {
        request.key(&Digest::of(b"source"), &Digest::of(b"engine")).unwrap()
    }

    #[test]
    fn the_key_knows_every_setting_and_no_folder() {
        let request = with(Request::text("Mưa."), "out/a.mp3");
        assert_eq!(key(&request), key(&with(Request::file("b.txt"), "elsewhere/a.mp3")));
        let mut unused = request.clone();
        unused.design.mix.crossfade = 3.0;
        assert_eq!(key(&request), key(&unused), "nothing is mixed");
        let other = |change: fn(&mut SoundDesign)| {
            let mut request = Request { design: music("a.wav", b"do"), ..request.clone() };
            change(&mut request.design);
            key(&request)
        };
        assert_eq!(other(|_| ()), other(|design| *design = music("c/b.wav", b"do")));
        assert_ne!(other(|_| ()), other(|design| design.mix.bed_level = -20.0));
        let mut fetched = with(Request::address("https://example.org/a"), "a.mp3");
        fetched.reading.allow_private_addresses = true;
        assert_eq!(key(&request), key(&fetched));
        type Change = fn(&mut Request);
        let changes: [Change; 18] = [
            |request| request.reading.encoding = Some(Encoding::Vni),
            |request| request.reading.parts = ReadingPolicy::default().skip(&[BlockKind::Title]),
            |request| request.reading.lexicons.push(LexiconText::new("a.tsv", "a\tb")),
            |request| {
                request.reading.edits.blocks.insert(3, false);
            },
            |request| {
                request.reading.edits.pauses.insert(3, Millis(70.0));
            },
            |request| {
                let span = Span::new(0, 3);
                request.reading.edits.manners.push(Manner::part(span, "lan"));
            },
            |request| request.reading.pauses.title.0 += 1.0,
            |request| request.voice.rate = 1.5,
            |request| request.reading.fit = true,
            |request| *request = request.clone().voice_for("en", VoiceSettings::of("a.onnx")),
            |request| request.outputs.loudness = Some("acx".to_owned()),
            |request| request.design = music("a.wav", b"do"),
            |request| request.design = music("a.wav", b"re"),
            |request| request.outputs.files[0].target = Target::File("b.mp3".into()),
            |request| *request = with(request.clone(), "a.vtt"),
            |request| request.tags.title = Some("Mưa".to_owned()),
            |request| request.strictness = Some(Confidence::Doubtful),
            |request| request.version += 1,
        ];
        let mut keys = vec![key(&request)];
        for change in changes {
            let mut changed = request.clone();
            change(&mut changed);
            keys.push(key(&changed));
        }
        keys.push(request.key(&Digest::of(b"other"), &Digest::of(b"engine")).unwrap());
        keys.push(request.key(&Digest::of(b"source"), &Digest::of(b"other")).unwrap());
        let count = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }

    #[test]
    fn a_request_is_data() {
        let book = Arc::new(Source::File("sach.epub".into()));
        let chapter = Request::new(Source::Part { of: book, number: 3 });
        let json = serde_json::to_string(&chapter).unwrap();
        assert!(
            json.contains(r#""source":{"part":{"of":{"file":"sach.epub"},"number":3}}"#),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<Request>(&json).unwrap(), chapter);
        assert_eq!(chapter.source.name(), "sach.epub, article 3");
        assert_eq!(chapter.source.files(), [Path::new("sach.epub")]);
        let mut request = with(with(Request::text("Mưa."), "a.mp3"), "a.vtt");
        request.reading.lexicons.push(LexiconText::new("a.tsv", "a\tb"));
        let json = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<Request>(&json).unwrap(), request);
        let address = r#"{"version":1,"source":{"address":"https://example.org/a"}}"#;
        let asked = serde_json::from_str::<Request>(address).unwrap();
        assert_eq!(asked, Request::address("https://example.org/a"));
        assert_eq!(asked.source.name(), "https://example.org/a");
        let least = r#"{"version":1,"source":{"text":{"name":"text","text":"Mưa."}}}"#;
        assert_eq!(serde_json::from_str::<Request>(least).unwrap(), Request::text("Mưa."));
    }
}
