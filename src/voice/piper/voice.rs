//! A Piper voice: its files, how it is asked to speak, and its sound.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::config::Config;
use super::line::Line;
use super::vits::{SynthesisParameters, Vits};
use super::{assemble, ids, runtime, vits};
use crate::model::digest::Digest;
use crate::model::error::{Error, Hint};
use crate::model::take::Times;
use crate::model::voice_settings::VoiceSettings;

/// The generation of this engine's sound: raised with every change that gives the same line another
/// sound.
const GENERATION: u32 = 1;

/// The largest model that is read, in bytes. Piper's largest voices have 114 MB.
const LARGEST_MODEL: u64 = 512 << 20;

/// The largest JSON that is read, in bytes.
const LARGEST_JSON: u64 = 4 << 20;

/// What a voice makes of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Sound {
    /// The samples, pauses included; full scale is ±1.
    pub samples: Vec<f32>,
    /// The samples at which each word begins and ends; they ascend.
    pub words: Vec<Range<u64>>,
}

/// A voice, ready to speak.
pub struct Piper {
    name: String,
    config: Config,
    vits: Vits,
    parameters: SynthesisParameters,
    digest: Digest,
    /// Phonemes that the voice does not know, and those that were reported.
    unknown: Mutex<(BTreeSet<String>, BTreeSet<String>)>,
}

impl Piper {
    /// The voice in an ONNX file, with the JSON of the same name and `.json` behind it. Of the settings
    /// it uses the rate, the speaker and the noise.
    ///
    /// # Errors
    /// Of kind `Read` if a file cannot be read; of kind `Voice` if one is not that of a voice; of kind
    /// `Request` if the settings ask for a speaker that is not there.
    pub fn open(path: &Path, settings: &VoiceSettings) -> Result<Piper, Error> {
        let (config, json) = config_of(path)?;
        let bytes = read(path, LARGEST_MODEL)?;
        let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let parameters = SynthesisParameters {
            noise: settings.noise.unwrap_or(config.noise),
            length: config.length / settings.rate,
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
            format!("{parameters:?}").as_bytes(),
        ]);
        if config.speaker_count > 1 && !vits.takes_speaker() {
            return Err(refused("it has no input `sid`, though its JSON has speakers".to_owned()));
        }
        Ok(Piper { name, config, vits, parameters, digest, unknown: Mutex::default() })
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
    /// Of kind `Voice` if the model cannot, or gives what is no sound.
    pub fn speak(&self, line: &Line, words: usize) -> Result<Sound, Error> {
        let mut assembly = assemble::Assembly::new(self.config.sample_rate, words);
        for call in self.calls(line) {
            let content = format!("{:?}", call.ids);
            let spoken = self.vits.speak(&call.ids, self.parameters, content.as_bytes());
            spoken
                .and_then(|spoken| assembly.add(&call, &spoken))
                .map_err(|why| Error::voice(format!("voice {} fails: {why}", self.name)))?;
        }
        let (samples, words) = assembly.finish();
        Ok(Sound { samples, words })
    }

    /// What a user should know and was not yet reported, as sentences.
    pub fn warnings(&self) -> Vec<String> {
        let mut unknown = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        let (found, reported) = &mut *unknown;
        let new: Vec<String> = found.difference(reported).cloned().collect();
        reported.extend(new.iter().cloned());
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
        let error = Error::request(match (count, config.speakers.len()) {
            (1, _) => format!("voice {voice} has one speaker only"),
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
        });
        if count == 1 { error.with_hint(Hint::omit(&["speaker"])) } else { error }
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
