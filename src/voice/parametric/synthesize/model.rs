//! The kinds of acoustic model that a voice may have, told apart by the version of their files.

use crate::model::error::Error;
use crate::voice::parametric::score::Note;

use super::acoustic::{self, Acoustic};
use super::frames::Frame;
use super::network::Reader;
use super::taught::{self, Taught};

/// A voice's acoustic model.
#[derive(Debug, Clone)]
pub(super) enum Model {
    /// Learnt from recordings of many speakers.
    Recorded(Box<Acoustic>),
    /// Learnt from clean speech of one voice.
    Taught(Box<Taught>),
}

impl Model {
    /// Reads a model file; `name` is what messages call it.
    ///
    /// # Errors
    /// Of kind `Voice` if it is no model file, is damaged, or was made for another program.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Model, Error> {
        let mut file = Reader { name, bytes };
        match file.version()? {
            acoustic::VERSION => Ok(Model::Recorded(Box::new(Acoustic::read(name, bytes)?))),
            taught::VERSION => Ok(Model::Taught(Box::new(Taught::read(name, bytes)?))),
            version => Err(file.damaged(&format!(
                "the model file is of version {version}, this program reads {} and {}",
                acoustic::VERSION,
                taught::VERSION
            ))),
        }
    }

    /// How many coefficients of its frames' mel-cepstra count.
    pub(super) fn order(&self) -> usize {
        match self {
            Model::Recorded(_) => acoustic::ORDER,
            Model::Taught(_) => taught::ORDER,
        }
    }

    /// The frames of a run of notes between pauses, with a margin of silence before and after.
    pub(super) fn frames(&self, notes: &[Note]) -> Vec<Frame> {
        match self {
            Model::Recorded(model) => model.frames(notes),
            Model::Taught(model) => model.frames(notes),
        }
    }
}
