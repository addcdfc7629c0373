//! Neural voices as Piper has them: a VITS model in an ONNX file, with a JSON beside it.
//!
//! A [`Line`] of phonemes becomes numbers (`ids`), the model makes a sound of them part by part
//! (`vits`), and `assemble` sets the silences that the line asks for. `docs/piper.md` tells what was
//! measured.

mod alone;
mod assemble;
mod buffers;
mod config;
mod generator;
mod ids;
mod noise;
mod onnx;
mod parts;
mod runtime;
mod vits;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

pub use self::config::{Config, Phonemes};
use self::vits::{Manner, Vits};
use crate::model::audio::{Audio, Times, Voiced};
use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::units::Millis;

/// The generation of this engine's sound: raised with every change that gives the same line another
/// sound.
const GENERATION: u32 = 1;

/// The largest model that is read, in bytes. Piper's largest voices have 114 MB.
const LARGEST_MODEL: u64 = 512 << 20;

/// The largest JSON that is read, in bytes.
const LARGEST_JSON: u64 = 4 << 20;

/// Words that are said in one breath, as phonemes.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Each word's place in its utterance, and its phonemes: of a voice of espeak-ng's phonemes its
    /// IPA, syllables apart by spaces.
    pub words: Vec<(usize, String)>,
    /// The sign that closes it. A clause that no sign closes runs on into the next.
    pub sign: Option<char>,
    /// Silence that follows a sign.
    pub pause: Millis,
}

/// An utterance as phonemes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Its clauses in order.
    pub clauses: Vec<Clause>,
}

/// How a voice is asked to speak.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// Who speaks, by name or number, where the voice has several speakers.
    pub speaker: Option<String>,
    /// How much the sound varies, 0 to 2; `None` is the voice's own.
    pub noise: Option<f32>,
    /// How much the lengths of sounds vary, 0 to 2; `None` is the voice's own.
    pub noise_width: Option<f32>,
}

/// A voice, ready to speak.
pub struct Piper {
    name: String,
    config: Config,
    vits: Vits,
    manner: Manner,
    digest: Digest,
    /// Phonemes that the voice does not know, and those that were told.
    unknown: Mutex<(BTreeSet<String>, BTreeSet<String>)>,
}

impl Piper {
    /// The voice in an ONNX file, with the JSON of the same name and `.json` behind it; `rate` is its
    /// speed as a factor of its own.
    ///
    /// # Errors
    /// [`Error::Read`] if a file cannot be read; [`Error::Voice`] if one is no voice's;
    /// [`Error::Usage`] if the settings ask for a speaker that is not there.
    pub fn open(path: &Path, settings: &Settings, rate: f32) -> Result<Piper, Error> {
        let (config, json) = config_of(path)?;
        let bytes = read(path, LARGEST_MODEL)?;
        let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let manner = Manner {
            noise: settings.noise.unwrap_or(config.noise),
            length: config.length / rate,
            noise_width: settings.noise_width.unwrap_or(config.noise_width),
            speaker: speaker(&name, &config, settings.speaker.as_deref())?,
        };
        let refused = |why| Error::voice(format!("{}: {why}", path.display()));
        // The digest takes as long as the rest of the reading.
        let (of_model, seen) = rayon::join(|| Digest::of(&bytes), || vits::look(&bytes));
        let vits = Vits::load(
            &path.display().to_string(),
            bytes,
            seen.map_err(refused)?,
            config.sample_rate,
        )
        .map_err(refused)?;
        let digest = Digest::of_parts(&[
            &GENERATION.to_le_bytes(),
            runtime::RUNTIME.as_bytes(),
            of_model.bytes(),
            json.as_bytes(),
            format!("{manner:?}").as_bytes(),
        ]);
        if config.speaker_count > 1 && !vits.takes_speaker() {
            return Err(refused("it has no input `sid`, though its JSON has speakers".to_owned()));
        }
        Ok(Piper { name, config, vits, manner, digest, unknown: Mutex::default() })
    }

    /// What its JSON says.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Its name, that of its file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What identifies the voice, the engine and how it speaks.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// How the times of its words are known.
    #[must_use]
    pub fn times(&self) -> Times {
        if self.vits.has_parts() { Times::Model } else { Times::Estimated }
    }

    /// All that its sound of a line depends on besides [`Piper::digest`], as bytes.
    #[must_use]
    pub fn content(&self, line: &Line) -> Vec<u8> {
        format!("{:?}", self.calls(line)).into_bytes()
    }

    /// Speaks a line; `words` is how many words its utterance has.
    ///
    /// # Errors
    /// [`Error::Voice`] if the model cannot, or gives what is no sound.
    pub fn speak(&self, line: &Line, words: usize) -> Result<Voiced, Error> {
        let mut assembly = assemble::Assembly::new(self.config.sample_rate, words);
        for call in self.calls(line) {
            let content = format!("{:?}", call.ids);
            let spoken = self.vits.speak(&call.ids, self.manner, content.as_bytes());
            spoken
                .and_then(|spoken| assembly.add(&call, &spoken))
                .map_err(|why| Error::voice(format!("voice {} fails: {why}", self.name)))?;
        }
        let (samples, words) = assembly.finish();
        Ok(Voiced { audio: Audio { sample_rate: self.config.sample_rate, samples }, words })
    }

    /// What a user should know and was not yet told, as sentences.
    pub fn complaints(&self) -> Vec<String> {
        let mut unknown = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        let (found, told) = &mut *unknown;
        let new: Vec<String> = found.difference(told).cloned().collect();
        told.extend(new.iter().cloned());
        let sentence = |phoneme: &String| {
            let codes: Vec<_> =
                phoneme.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
            let (name, codes) = (&self.name, codes.join(" "));
            format!("voice {name} has no phoneme `{phoneme}` ({codes}): it is left out")
        };
        new.iter().map(sentence).collect()
    }

    fn calls(&self, line: &Line) -> Vec<ids::Call> {
        ids::calls(&self.config, line, &mut |phoneme| {
            let mut unknown = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
            if !unknown.0.contains(phoneme) {
                unknown.0.insert(phoneme.to_owned());
            }
        })
    }
}

/// The JSON beside a voice's model, and its text.
fn config_of(model: &Path) -> Result<(Config, String), Error> {
    let mut path = model.as_os_str().to_owned();
    path.push(".json");
    let path = PathBuf::from(path);
    let label = path.display().to_string();
    let bytes = match read(&path, LARGEST_JSON) {
        Err(error) if error.is_not_found() => {
            let missing = "is missing; a Piper voice is an .onnx file and a .json file beside it";
            return Err(Error::voice(format!("{label} {missing}")));
        }
        bytes => bytes?,
    };
    let text =
        String::from_utf8(bytes).map_err(|_| Error::voice(format!("{label} is not UTF-8 text")))?;
    Ok((Config::parse(&label, &text)?, text))
}

/// The number of the speaker who is asked for.
fn speaker(voice: &str, config: &Config, asked: Option<&str>) -> Result<u32, Error> {
    let Some(asked) = asked else { return Ok(config.usual_speaker) };
    let by_name = config.speakers.get(asked).copied();
    let by_number = || asked.parse().ok().filter(|number| *number < config.speaker_count);
    by_name.or_else(by_number).ok_or_else(|| {
        let count = config.speaker_count;
        Error::request(match (count, config.speakers.len()) {
            (1, _) => format!("voice {voice} has one speaker only; leave --speaker out"),
            (_, 0) => format!("voice {voice} has no speaker {asked}: give 0 to {}", count - 1),
            _ => {
                const SHOWN: usize = 20;
                let mut names: Vec<_> =
                    config.speakers.keys().take(SHOWN).map(String::as_str).collect();
                if config.speakers.len() > SHOWN {
                    names.push("…");
                }
                let (names, last) = (names.join(", "), count - 1);
                format!("voice {voice} has no speaker {asked}: there are {names}, or 0 to {last}")
            }
        })
    })
}

/// A file's bytes, refused if there are too many.
fn read(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let failed = |cause| Error::read(path.to_owned(), cause);
    let file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    let mut bytes = Vec::with_capacity(size.min(most) as usize);
    file.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > most {
        let path = path.display();
        return Err(Error::voice(format!("{path} is too large for a file of a voice")));
    }
    Ok(bytes)
}
