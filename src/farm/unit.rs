//! What is sent to workers: one article.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use crate::files::{PathBelow, bounded};
use crate::job::Context;
use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::message::Message;
use crate::model::request::{Request, Source, Target};

/// The largest article that is sent, in bytes. Queues have a smaller bound of their own.
const LARGEST: u64 = 64 << 20;

/// One article: what is asked for, with the bytes of its file, and where below the place of outputs what
/// comes of it goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    version: u32,
    /// What identifies its outputs: where it is the same, the same bytes come out under the same names.
    pub key: Digest,
    /// What is asked for. Its files are named below the place of outputs; a source that is a file is
    /// without its bytes.
    request: Request,
    /// The bytes of the source's file, in Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    upload: Option<String>,
}

impl Unit {
    const VERSION: u32 = 1;

    /// The unit of a request, whose files are named below the place of outputs. The file of its source is
    /// read, and its voices are opened, for the key.
    ///
    /// # Errors
    /// Of kind `Read` if the source cannot be read; of kind `Request` if it is several articles, has music, or an
    /// output is no file below a folder; as [`Context::key`].
    pub fn new(context: &Context, mut request: Request) -> Result<Unit, Error> {
        if !request.design.is_empty() {
            return Err(Error::request(
                "music is a file of this machine, and is not sent to workers",
            ));
        }
        let name = request.source.name();
        let (digest, upload) = match &request.source {
            Source::File(path) => {
                let bytes =
                    bounded::read(path, LARGEST).map_err(|cause| Error::read(path, cause))?;
                (Digest::of(&bytes), Some(BASE64_STANDARD.encode(bytes)))
            }
            Source::Text { text, .. } => (Digest::of(text.as_bytes()), None),
            Source::Address(address) => (Digest::of(address.as_bytes()), None),
            Source::Bytes { .. } | Source::Several(_) | Source::Part { .. } => {
                let reason =
                    format!("{name} is not one article of a file of its own or an address");
                return Err(Error::request(reason));
            }
        };
        if upload.is_some() {
            request.source = Source::Bytes { name, bytes: Vec::new() };
        }
        let files = names(&request)?;
        let key = context.key(&request, &digest)?;
        // Articles that are alike have outputs of their own.
        let names: Vec<&[u8]> = files.iter().map(|name| name.as_str().as_bytes()).collect();
        let key = Digest::of_parts(&[&[&key.bytes()[..]], &names[..]].concat());
        Ok(Unit { version: Unit::VERSION, key, request, upload })
    }

    /// The unit in these bytes.
    ///
    /// # Errors
    /// Of kind `Request` if there is none, or one of another version, or one that writes elsewhere than
    /// below a folder.
    pub fn read(bytes: &[u8]) -> Result<Unit, Error> {
        let wrong = |reason: String| Error::request(format!("this is no unit of work: {reason}"));
        let unit: Unit = serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
        if unit.version != Unit::VERSION || unit.request.version != Request::VERSION {
            return Err(wrong("it is of another version of docbao".to_owned()));
        }
        names(&unit.request)?;
        Ok(unit)
    }

    /// Its bytes.
    ///
    /// # Errors
    /// Of kind `Request` if a setting cannot be written as JSON.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(self).map_err(|error| {
            Error::request(format!("the request cannot be written as JSON: {error}"))
        })
    }

    /// The name of its article in messages.
    #[must_use]
    pub fn name(&self) -> String {
        self.request.source.name()
    }

    /// The names of its outputs, the main one first.
    ///
    /// # Errors
    /// Of kind `Request` if one is no path below a folder.
    pub fn files(&self) -> Result<Vec<PathBelow>, Error> {
        names(&self.request)
    }

    /// The request, with its source whole and its files in a folder.
    ///
    /// # Errors
    /// Of kind `Request` if the bytes of the source are damaged, or a name leads out of the folder.
    pub fn request(&self, folder: &Path) -> Result<Request, Error> {
        let mut request = self.request.clone();
        if let (Source::Bytes { bytes, .. }, Some(upload)) = (&mut request.source, &self.upload) {
            *bytes = BASE64_STANDARD.decode(upload).map_err(|error| {
                Error::request(format!("the article is not in Base64: {error}"))
            })?;
        }
        for (output, name) in request.outputs.files.iter_mut().zip(self.files()?) {
            output.target = Target::File(name.in_folder(folder));
        }
        Ok(request)
    }
}

fn names(request: &Request) -> Result<Vec<PathBelow>, Error> {
    let name = |target: &Target| {
        let Target::File(path) = target else {
            return Err(Message::from("an output is no file"));
        };
        let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
        PathBelow::parse(parts.ok_or("the name of an output is not Unicode")?.join("/"))
    };
    let names = request.outputs.files.iter().map(|output| name(&output.target));
    let names: Vec<PathBelow> = names.collect::<Result<_, _>>().map_err(Error::request)?;
    match names.is_empty() {
        true => Err(Error::request("there is no output")),
        false => Ok(names),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::design::{Music, Role};
    use crate::model::request::{Content, Output};

    fn request(source: Source, path: &str) -> Request {
        let mut request = Request::new(source);
        let target = Target::File(path.into());
        request.outputs.files.push(Output { target, content: Content::audio("wav") });
        request
    }

    #[test]
    fn a_unit_carries_its_article_and_names_what_is_below_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "Mưa.").unwrap();
        let context = Context::default();
        let unit = |path: &str| Unit::new(&context, request(Source::File(file.clone()), path));
        let one = unit("tin/a.wav").unwrap();
        let read = Unit::read(&one.bytes().unwrap()).unwrap();
        assert_eq!(read, one);
        let whole = read.request(Path::new("out")).unwrap();
        assert_eq!(whole.outputs.main_sound().unwrap(), Path::new("out/tin/a.wav"));
        let Source::Bytes { name, bytes } = whole.source else { panic!() };
        assert_eq!((name, &bytes[..]), (one.name(), "Mưa.".as_bytes()));
        assert_ne!(unit("khac/a.wav").unwrap().key, one.key, "it goes elsewhere");
        assert_eq!(unit("tin/a.wav").unwrap().key, one.key);
        for path in ["../a.wav", "/a.wav", "a/../b.wav"] {
            assert!(unit(path).is_err(), "{path}");
        }
        let mut with_music = request(Source::File(file.clone()), "a.wav");
        let music = Music::of(Role::Intro, file.clone(), None).unwrap();
        with_music.design.music.insert(Role::Intro, music);
        let error = Unit::new(&context, with_music).unwrap_err().to_string();
        assert!(error.contains("not sent to workers"), "{error}");
        let elsewhere = String::from_utf8(one.bytes().unwrap()).unwrap();
        let elsewhere = elsewhere.replace("tin/a.wav", "../../a.wav");
        assert!(Unit::read(elsewhere.as_bytes()).unwrap_err().to_string().contains("leads out"));
        for bytes in [&b""[..], b"{}", b"\xff"] {
            assert!(Unit::read(bytes).is_err());
        }
    }
}
