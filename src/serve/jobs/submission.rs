//! What a client asks for as a job, and the request that makes of it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::record::FileInfo;
use crate::job;
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::request::{Content, Output, Outputs, ReadingSettings, Request, Source, Target};
use crate::model::spoken::Confidence;
use crate::model::tags::Tags;
use crate::model::voice_settings::VoiceSettings;
use crate::serve::refusal::Refusal;
use crate::serve::voices;
use crate::sound::Medium;
use crate::sound::captions::Captions;
use crate::sound::formats::{self, Encoding};

/// The most files of a job.
const MOST_FILES: usize = 16;

/// The longest name of a file, in bytes.
const LONGEST_NAME: usize = 100;

/// A job as a client asks for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::serve) struct Asked {
    source: SourceAsked,
    /// Settings of reading that differ from the server's.
    #[serde(default)]
    reading: Map<String, Value>,
    #[serde(default)]
    voice: Option<VoiceAsked>,
    /// Who speaks parts of the article instead.
    #[serde(default)]
    voices: BTreeMap<String, VoiceAsked>,
    /// The files; the usual sound if there are none.
    #[serde(default)]
    outputs: Vec<OutputAsked>,
    #[serde(default)]
    loudness: Option<String>,
    #[serde(default)]
    tags: Tags,
    #[serde(default)]
    strictness: Option<Confidence>,
}

/// Where the article comes from.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SourceAsked {
    Text(String),
    Address(String),
    /// A file in Base64; its name says something of its format.
    File {
        name: String,
        base64: String,
    },
}

/// A voice by its name, or with settings that differ from the server's.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum VoiceAsked {
    Name(String),
    Settings(Map<String, Value>),
}

/// A file.
#[derive(Debug, Deserialize)]
struct OutputAsked {
    #[serde(default)]
    name: Option<String>,
    #[serde(flatten)]
    content: Content,
}

/// A job that can be kept and done.
pub(in crate::serve) struct Submission {
    /// Its files are named, without a folder; a file that was sent is without its bytes.
    pub request: Request,
    /// The file that was sent.
    pub upload: Option<Vec<u8>>,
    pub files: Vec<FileInfo>,
}

impl Asked {
    /// What it means; the folder of voices may be read. `manner` is how the server reads and speaks,
    /// `addresses` whether it may fetch articles.
    ///
    /// # Errors
    /// If something cannot be done.
    pub(in crate::serve) fn submission(
        self,
        manner: &Request,
        addresses: bool,
    ) -> Result<Submission, Refusal> {
        let mut upload = None;
        let source = match self.source {
            SourceAsked::Text(text) if text.trim().is_empty() => {
                return Err(Refusal::field("source", "there is no text in it"));
            }
            SourceAsked::Text(text) => Source::Text { name: "text".to_owned(), text },
            SourceAsked::Address(_) if !addresses => {
                return Err(Refusal::field("source", "this server fetches no articles"));
            }
            SourceAsked::Address(address) => Source::Address(address),
            SourceAsked::File { name, base64 } => {
                let bytes = BASE64_STANDARD.decode(base64).map_err(|error| {
                    Refusal::field("source", format!("the file is not in Base64: {error}"))
                })?;
                upload = Some(bytes);
                Source::Bytes { name, bytes: Vec::new() }
            }
        };
        let mut request = Request { source, ..manner.clone() };
        request.reading = merged(&manner.reading, self.reading, "reading")?;
        // What a client must not decide.
        let ReadingSettings { allow_private_addresses, languages, quotes, .. } = &manner.reading;
        request.reading.allow_private_addresses = *allow_private_addresses;
        request.reading.languages.clone_from(languages);
        request.reading.quotes = *quotes;
        if let Some(asked) = self.voice {
            request.voice = asked.settings(manner, "voice")?;
        }
        for (part, asked) in self.voices {
            let settings = asked.settings(manner, "voices")?;
            request = request.voice_for(&part, settings);
        }
        let (outputs, files) = outputs(self.outputs, self.loudness)?;
        request.outputs = outputs;
        request.tags = self.tags;
        request.strictness = self.strictness.or(manner.strictness);
        Ok(Submission { request, upload, files })
    }
}

impl Submission {
    /// Its article.
    ///
    /// # Errors
    /// As [`read`].
    pub(in crate::serve) fn article(&self) -> Result<Article, Error> {
        read(&self.request, || Ok(Cow::Borrowed(self.upload.as_deref().unwrap_or_default())))
    }
}

/// The article of a request; `upload` gives the file that was sent with it.
///
/// # Errors
/// As [`job::read`], and what `upload` gives.
pub(super) fn read<'a>(
    request: &Request,
    upload: impl FnOnce() -> Result<Cow<'a, [u8]>, Error>,
) -> Result<Article, Error> {
    let encoding = request.reading.encoding;
    match &request.source {
        Source::Bytes { name, .. } => job::read_bytes(name, &upload()?, encoding),
        Source::Text { name, text } => job::read_bytes(name, text.as_bytes(), None),
        source => job::read(source, &request.reading),
    }
}

impl VoiceAsked {
    fn settings(self, manner: &Request, field: &'static str) -> Result<VoiceSettings, Refusal> {
        let (name, mut given) = match self {
            VoiceAsked::Name(name) => (Some(name), Map::new()),
            VoiceAsked::Settings(mut given) => match given.remove("name") {
                None => (None, given),
                Some(Value::String(name)) => (Some(name), given),
                Some(_) => return Err(Refusal::field(field, "the name of a voice is a text")),
            },
        };
        let usual = &manner.voice;
        let base = match name.map(|name| voices::voice(manner, &name)).transpose()? {
            Some(name) if name != usual.name => {
                let VoiceSettings { rate, dialect, .. } = *usual;
                VoiceSettings { rate, dialect, ..VoiceSettings::of(&name) }
            }
            _ => usual.clone(),
        };
        // Which programs are run is not for clients to say.
        given.remove("phonemizer");
        let settings: VoiceSettings = merged(&base, given, field)?;
        settings.check()?;
        Ok(settings)
    }
}

/// Settings with those that are given in their place.
fn merged<T: serde::Serialize + DeserializeOwned>(
    base: &T,
    given: Map<String, Value>,
    field: &'static str,
) -> Result<T, Refusal> {
    let wrong = |error: serde_json::Error| Refusal::field(field, format!("{field}: {error}"));
    let mut settings = serde_json::to_value(base).map_err(wrong)?;
    merge(&mut settings, Value::Object(given));
    serde_json::from_value(settings).map_err(wrong)
}

fn merge(base: &mut Value, given: Value) {
    match (base, given) {
        (Value::Object(base), Value::Object(given)) => {
            for (name, value) in given {
                merge(base.entry(name).or_insert(Value::Null), value);
            }
        }
        (base, given) => *base = given,
    }
}

/// The files of a job, and what clients are told of them.
fn outputs(
    mut asked: Vec<OutputAsked>,
    loudness: Option<String>,
) -> Result<(Outputs, Vec<FileInfo>), Refusal> {
    if asked.is_empty() {
        let content = Content::audio(formats::usual().name());
        asked.push(OutputAsked { name: None, content });
    }
    if asked.len() > MOST_FILES {
        let message = format!("{} files are asked for: there may be {MOST_FILES}", asked.len());
        return Err(Refusal::field("outputs", message));
    }
    if !asked.iter().any(|one| matches!(one.content, Content::Audio { .. } | Content::Book { .. }))
    {
        return Err(Refusal::field("outputs", "no file of sound is asked for"));
    }
    let mut outputs = Outputs { loudness, files: Vec::new() };
    let mut files = Vec::new();
    let mut names = HashSet::new();
    for OutputAsked { name, content } in asked {
        let (usual_name, content_type) = about(&content)?;
        let name = name.unwrap_or(usual_name);
        if !is_file_name(&name) {
            let message = format!(
                "{name:?} is no name of a file: up to {LONGEST_NAME} letters of ASCII, digits, hyphens, \
                 underscores and full stops, the first no full stop"
            );
            return Err(Refusal::field("outputs", message));
        }
        if !names.insert(name.to_ascii_lowercase()) {
            let message = format!("two files have the name {name}: give each its own");
            return Err(Refusal::field("outputs", message));
        }
        files.push(FileInfo { name: name.clone(), content_type: content_type.to_owned() });
        outputs.files.push(Output { target: Target::File(PathBuf::from(name)), content });
    }
    Ok((outputs, files))
}

/// The usual name of a file, and its media type.
fn about(content: &Content) -> Result<(String, &'static str), Error> {
    Ok(match content {
        Content::Audio { format, sample_rate, bitrate } => {
            let format = format.parse()?;
            Encoding::new(format, *sample_rate, *bitrate)?;
            (format!("sound.{}", format.extensions()[0]), format.mime())
        }
        Content::Book { sample_rate, bitrate, .. } => {
            Encoding::new(Medium::Book.format(), *sample_rate, *bitrate)?;
            ("book.epub".to_owned(), "application/epub+zip")
        }
        Content::Captions { format } => {
            let format: Captions = format.parse()?;
            (format!("captions.{}", format.extension()), format.mime())
        }
        Content::Page { .. } => ("page.html".to_owned(), "text/html; charset=utf-8"),
        Content::Script => ("script.json".to_owned(), "application/json"),
    })
}

fn is_file_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=LONGEST_NAME).contains(&name.len()) && !name.starts_with('.') && name.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn submitted(asked: &Value) -> Result<Submission, String> {
        let asked: Asked = serde_json::from_value(asked.clone()).map_err(|e| e.to_string())?;
        let manner = Request::text("");
        asked.submission(&manner, false).map_err(|refusal| refusal.message().to_owned())
    }

    #[test]
    fn a_job_asks_for_what_a_request_does() {
        let asked = json!({
            "source": {"text": "Mưa."},
            "reading": {"options": {"style": {"thousand": "ngàn"}}},
            "voice": {"name": "nova", "rate": 1.5},
            "voices": {"quote": "bac"},
            "outputs": [
                {"kind": "audio", "format": "flac"},
                {"kind": "captions", "format": "vtt", "name": "a.vtt"},
                {"kind": "script"},
            ],
            "tags": {"title": "Tin"},
            "strictness": "unknown",
        });
        let Submission { request, upload, files } = submitted(&asked).unwrap();
        assert_eq!(upload, None);
        assert_eq!((&*request.voice.name, request.voice.rate), ("bac-nu", 1.5));
        assert_eq!(request.voices["quote"].name, "bac");
        assert_ne!(request.reading.options, ReadingSettings::default().options);
        assert_eq!(request.strictness, Some(Confidence::Unknown));
        let names: Vec<_> = files.iter().map(|file| &*file.name).collect();
        assert_eq!(names, ["sound.flac", "a.vtt", "script.json"]);
        let file = json!({"source": {"file": {"name": "a.md", "base64": "IyBB"}}});
        let Submission { request, upload, .. } = submitted(&file).unwrap();
        assert_eq!(request.source, Source::Bytes { name: "a.md".to_owned(), bytes: Vec::new() });
        assert_eq!(upload.as_deref(), Some(&b"# A"[..]));
    }

    #[test]
    fn what_no_client_may_ask_for_is_refused() {
        let with = |name: &str, value: Value| {
            let mut asked = json!({"source": {"text": "Mưa."}});
            asked[name] = value;
            asked
        };
        for (asked, expected) in [
            (json!({}), "missing field `source`"),
            (json!({"source": {"text": " "}}), "no text in it"),
            (json!({"source": {"path": "/etc/passwd"}}), "unknown variant"),
            (json!({"source": {"address": "https://example.org"}}), "fetches no articles"),
            (json!({"source": {"file": {"name": "a", "base64": "?"}}}), "not in Base64"),
            (with("x", json!(1)), "unknown field `x`"),
            (with("voice", json!("/tmp/a.onnx")), "there is no voice"),
            (with("voice", json!({"name": "../a"})), "there is no voice"),
            (with("voice", json!({"rate": 9})), "rate is 9"),
            (with("voice", json!({"x": 9})), "unknown field `x`"),
            (with("voices", json!({"quote": "x"})), "there is no voice"),
            (with("reading", json!({"x": 1})), "unknown field `x`"),
            (with("outputs", json!([{"kind": "captions", "format": "vtt"}])), "no file of sound"),
            (with("outputs", json!([{"kind": "audio", "format": "x"}])), "no audio format x"),
            (
                with("outputs", json!([{"kind": "audio", "format": "wav", "name": "../a"}])),
                "no name",
            ),
            (with("outputs", json!([{"kind": "audio", "format": "wav", "name": ".a"}])), "no name"),
            (
                with("outputs", json!(vec![json!({"kind": "audio", "format": "wav"}); 2])),
                "two files",
            ),
            (
                with("outputs", json!(vec![json!({"kind": "audio", "format": "wav"}); 17])),
                "there may be 16",
            ),
        ] {
            let error = submitted(&asked).err().unwrap_or_else(|| panic!("{asked}"));
            assert!(error.contains(expected), "{asked}: {error}");
        }
        let asked = with("reading", json!({"allow_private_addresses": true}));
        assert!(!submitted(&asked).unwrap().request.reading.allow_private_addresses);
    }
}
