//! A Piper voice: its files, how it is asked to speak, and its sound.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::assemble::Sound;
use super::config::Config;
use super::ids;
use super::line::Line;
use super::model::{Model, ModelSettings};
use super::process::ModelProcess;
use super::runtime;
use super::vits::SynthesisParameters;
use crate::model::digest::Digest;
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::model::take::Times;
use crate::model::voice_settings::VoiceSettings;

/// The generation of this engine's sound: raised with every change that gives the same line another
/// sound.
const GENERATION: u32 = 1;

/// The largest JSON that is read, in bytes.
const LARGEST_JSON: u64 = 4 << 20;

/// Where a model is run.
enum Backend {
    /// In this process.
    Here(Model),
    /// In a process of its own.
    Process(ModelProcess),
}

/// A voice, ready to speak.
pub struct Piper {
    name: String,
    config: Config,
    backend: Backend,
    times: Times,
    digest: Digest,
    /// Phonemes that the voice does not know, and those that were reported.
    unknown: Mutex<(BTreeSet<String>, BTreeSet<String>)>,
}

impl Piper {
    /// The voice in an ONNX file, with the JSON of the same name and `.json` behind it. Of the settings
    /// it uses the rate, the speaker and the noise. The model is run by `worker` in a process of its
    /// own, or without one in this process
    /// ([`Engines::with_worker`](crate::voice::Engines::with_worker)).
    ///
    /// # Errors
    /// Of kind `Read` if a file cannot be read; of kind `Voice` if one is not that of a voice; of kind
    /// `Request` if the settings ask for a speaker that is not there.
    pub fn open(
        path: &Path,
        settings: &VoiceSettings,
        worker: Option<&Path>,
    ) -> Result<Piper, Error> {
        let (config, json) = config_of(path)?;
        let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let parameters = SynthesisParameters {
            noise: settings.noise.unwrap_or(config.noise),
            length: config.length / settings.rate,
            noise_width: settings.noise_width.unwrap_or(config.noise_width),
            speaker: speaker(&name, &config, settings.speaker.as_deref())?,
        };
        File::open(path).map_err(|cause| Error::read(path, cause))?;
        let (sample_rate, speaker_count) = (config.sample_rate, config.speaker_count);
        let of_model = ModelSettings { sample_rate, speaker_count, parameters };
        let opened = match worker {
            Some(program) => ModelProcess::open(program, path, of_model)
                .map(|(process, info)| (Backend::Process(process), info)),
            None => Model::open(path, &of_model).map(|(model, info)| (Backend::Here(model), info)),
        };
        let (backend, info) =
            opened.map_err(|why| Error::voice(format!("{}: {why}", path.display())))?;
        let digest = Digest::of_parts(&[
            &GENERATION.to_le_bytes(),
            runtime::RUNTIME.as_bytes(),
            runtime::processor().as_bytes(),
            info.digest.bytes(),
            json.as_bytes(),
            format!("{parameters:?}").as_bytes(),
        ]);
        let times = if info.gives_lengths { Times::Model } else { Times::Estimated };
        Ok(Piper { name, config, backend, times, digest, unknown: Mutex::default() })
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
        self.times
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
        let calls = self.calls(line);
        let spoken = match &self.backend {
            Backend::Here(model) => model.speak(&calls, words),
            Backend::Process(process) => process.speak(calls, words),
        };
        spoken.map_err(|why| {
            Error::voice(message!("voice {name} fails: {why}", name = self.name, why))
        })
    }

    /// What a user should know and was not yet reported, as sentences.
    pub fn warnings(&self) -> Vec<Message> {
        let mut unknown = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        let (found, reported) = &mut *unknown;
        let new: Vec<String> = found.difference(reported).cloned().collect();
        reported.extend(new.iter().cloned());
        let sentence = |phoneme: &String| {
            let codes: Vec<_> =
                phoneme.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
            let (name, codes) = (&self.name, codes.join(" "));
            message!(
                "voice {name} has no phoneme `{phoneme}` ({codes}): it is left out",
                name,
                phoneme,
                codes
            )
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
            return Err(Error::voice(message!(
                "{label} is missing; a Piper voice is an .onnx file and a .json file beside it",
                label
            )));
        }
        bytes => bytes?,
    };
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::voice(message!("{label} is not UTF-8 text", label)))?;
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
            (1, _) => message!("voice {voice} has one speaker only", voice),
            (_, 0) => message!(
                "voice {voice} has no speaker {asked}: give 0 to {count}",
                voice,
                asked,
                count = count - 1
            ),
            _ => {
                const SHOWN: usize = 20;
                let mut names: Vec<_> =
                    config.speakers.keys().take(SHOWN).map(String::as_str).collect();
                if config.speakers.len() > SHOWN {
                    names.push("…");
                }
                let (names, last) = (names.join(", "), count - 1);
                message!(
                    "voice {voice} has no speaker {asked}: there are {names}, or 0 to {last}",
                    voice,
                    asked,
                    names,
                    last
                )
            }
        });
        if count == 1 { error.with_hint(Hint::omit(&["speaker"])) } else { error }
    })
}

/// A file's bytes, refused if there are too many.
fn read(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let failed = |cause| Error::read(path, cause);
    let file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    let mut bytes = Vec::with_capacity(size.min(most) as usize);
    file.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > most {
        let path = path.display();
        return Err(Error::voice(message!("{path} is too large for a file of a voice", path)));
    }
    Ok(bytes)
}
