//! A parametric voice: the data that makes the program sound like someone. A leaf that `prosody` and
//! `synthesize` read, each its own files.
//!
//! A voice is a folder under `voices/`: `voice.toml` says what it is and names its other files.
//! Some voices are built in; any folder of the same shape can be opened in their place.

mod manifest;
mod registry;

use std::borrow::Cow;
use std::fs;
use std::io::Read;
use std::path::Path;

pub use self::manifest::{Creak, Manifest, Pitch, Room};
use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::message::message;

/// The largest file of a voice that is read.
const LARGEST_FILE: u64 = 256 << 20;

/// A text file of a voice and what to call it in messages.
#[derive(Debug, Clone)]
pub struct VoiceTable {
    /// The file's name, its voice's before it: `bac/tones.tsv`.
    pub name: String,
    /// What it says.
    pub text: Cow<'static, str>,
}

/// A voice, its files read but their insides not yet checked: `prosody` checks the tables and the
/// engine its model.
#[derive(Debug, Clone)]
pub struct Voice {
    /// What `voice.toml` says.
    pub manifest: Manifest,
    /// How long its sounds last.
    pub durations: VoiceTable,
    /// How its tones run.
    pub tones: VoiceTable,
    /// The weights of its acoustic model.
    pub model: Cow<'static, [u8]>,
}

impl Voice {
    /// Names of the built-in voices, the default one first.
    #[must_use]
    pub fn list() -> Vec<&'static str> {
        registry::BUILT_IN.iter().map(|voice| voice.name).collect()
    }

    /// A built-in voice by its name, or the voice in a folder if `name` holds a path separator
    /// or is a folder's.
    ///
    /// # Errors
    /// Of kind `Voice` if there is no such voice, with the names of those there are; otherwise
    /// as [`Voice::open`].
    pub fn load(name: &str) -> Result<Voice, Error> {
        match registry::BUILT_IN.iter().find(|voice| voice.name == name) {
            Some(files) => Voice::from_files(files.name, |file| {
                let found = files.files.iter().find(|(name, _)| *name == file);
                let missing =
                    || Error::voice(message!("voice {name} has no file {file}", name, file));
                found.map(|(_, bytes)| Cow::Borrowed(*bytes)).ok_or_else(missing)
            }),
            None if name.contains(['/', '\\']) || Path::new(name).is_dir() => {
                Voice::open(Path::new(name))
            }
            None => {
                let names = Voice::list().join(", ");
                Err(Error::voice(message!(
                    "there is no voice {name}: built in are {names}; others can be installed; or give \
                     the path of a voice's folder, or of a Piper voice's model (.onnx)",
                    name,
                    names
                )))
            }
        }
    }

    /// What identifies it: the digest of all it is made of.
    #[must_use]
    pub fn digest(&self) -> Digest {
        // The manifest's debug form has every field, with its numbers in full.
        let manifest = format!("{:?}", self.manifest);
        Digest::of_parts(&[
            manifest.as_bytes(),
            self.durations.text.as_bytes(),
            self.tones.text.as_bytes(),
            &self.model,
        ])
    }

    /// The voice in a folder.
    ///
    /// # Errors
    /// Of kind `Read` if a file cannot be read; of kind `Voice` if one is too large, is not
    /// UTF-8 text where it must be, or `voice.toml` says something it cannot.
    pub fn open(folder: &Path) -> Result<Voice, Error> {
        let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy();
        Voice::from_files(&name, |file| read(&folder.join(file)).map(Cow::Owned))
    }

    /// Reads `voice.toml` and the files it names.
    fn from_files(
        name: &str,
        read: impl Fn(&str) -> Result<Cow<'static, [u8]>, Error>,
    ) -> Result<Voice, Error> {
        let table = |file: &str| -> Result<VoiceTable, Error> {
            let label = format!("{name}/{file}");
            let text = match read(file)? {
                Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
                Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
            };
            match text {
                Some(text) => Ok(VoiceTable { name: label, text }),
                None => Err(Error::voice(message!("{label} is not UTF-8 text", label))),
            }
        };
        let manifest = table(manifest::FILE)?;
        let manifest = Manifest::parse(&manifest.name, &manifest.text)?;
        Ok(Voice {
            durations: table(&manifest.files.durations)?,
            tones: table(&manifest.files.tones)?,
            model: read(&manifest.files.model)?,
            manifest,
        })
    }
}

/// A file's bytes, refused if there are too many.
fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |cause| Error::read(path, cause);
    let file = fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST_FILE {
        let path = path.display();
        return Err(Error::voice(message!("{path} is too large for a file of a voice", path)));
    }
    Ok(bytes)
}
