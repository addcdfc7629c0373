//! A voice's model, ready to speak what is given to it in numbers.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::thread;

use serde::{Deserialize, Serialize};

use super::assemble::{Assembly, Sound};
use super::ids::Call;
use super::vits::{self, SynthesisParameters, Vits};
use crate::model::digest::Digest;
use crate::model::message::{Message, message};

/// The largest model that is read, in bytes. Piper's largest voices have 114 MB.
const LARGEST_MODEL: u64 = 512 << 20;

/// What a model is opened for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ModelSettings {
    /// Samples per second that it makes.
    pub sample_rate: u32,
    /// How many speakers it must have, at least 1.
    pub speaker_count: u32,
    /// How it is to speak.
    pub parameters: SynthesisParameters,
}

/// What is known of a model that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ModelInfo {
    /// The digest of its file.
    pub digest: Digest,
    /// Whether it says how long each sound is.
    pub gives_lengths: bool,
}

/// A model that is open.
pub(super) struct Model {
    vits: Vits,
    parameters: SynthesisParameters,
    sample_rate: u32,
}

impl Model {
    /// The model in an ONNX file.
    ///
    /// # Errors
    /// What makes it no model of such a voice.
    pub(super) fn open(
        path: &Path,
        settings: &ModelSettings,
    ) -> Result<(Model, ModelInfo), Message> {
        let bytes = read(path)?;
        // The digest takes as long as the rest of the reading.
        let (digest, seen) = thread::scope(|scope| {
            let digest = scope.spawn(|| Digest::of(&bytes));
            let seen = vits::look(&bytes);
            (digest.join(), seen)
        });
        let digest = digest.map_err(|_| "its digest cannot be computed".to_owned())?;
        let &ModelSettings { sample_rate, speaker_count, parameters } = settings;
        let vits = Vits::load(bytes, seen?, sample_rate)?;
        if speaker_count > 1 && !vits.takes_speaker() {
            return Err("it has no input `sid`, though its JSON has speakers".into());
        }
        let info = ModelInfo { digest, gives_lengths: vits.has_parts() };
        Ok((Model { vits, parameters, sample_rate }, info))
    }

    /// Speaks calls one after another; `words` is how many words their utterance has.
    ///
    /// # Errors
    /// What the runtime says, or what is wrong with what it gives.
    pub(super) fn speak(&self, calls: &[Call], words: usize) -> Result<Sound, Message> {
        let mut assembly = Assembly::new(self.sample_rate, words);
        for call in calls {
            let content = format!("{:?}", call.ids);
            let length = self.parameters.length / call.rate;
            let parameters = SynthesisParameters { length, ..self.parameters };
            let spoken = self.vits.speak(&call.ids, parameters, content.as_bytes())?;
            assembly.add(call, &spoken)?;
        }
        Ok(assembly.finish())
    }
}

/// A model's bytes, refused if there are too many.
fn read(path: &Path) -> Result<Vec<u8>, Message> {
    let failed = |error: std::io::Error| message!("it cannot be read: {error}", error);
    let file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    let mut bytes = Vec::with_capacity(size.min(LARGEST_MODEL) as usize);
    file.take(LARGEST_MODEL + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST_MODEL {
        return Err("it is too large for a model of a voice".into());
    }
    Ok(bytes)
}
