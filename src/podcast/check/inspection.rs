//! What every check needs, and what it has found.

use std::path::{Path, PathBuf};

use super::fault::{Fault, Level};
use crate::model::message::Message;
use crate::podcast::address::BaseAddress;

/// A feed's folder, and what is wrong with it.
pub(super) struct Inspection {
    pub folder: PathBuf,
    /// The address of the folder, if the feed has a link to itself.
    pub base: Option<BaseAddress>,
    /// Whether the show is to be heard from its first episode on.
    pub is_serial: bool,
    pub faults: Vec<Fault>,
}

impl Inspection {
    pub(super) fn report(
        &mut self,
        level: Level,
        file: &Path,
        line: Option<usize>,
        message: impl Into<Message>,
    ) {
        self.faults.push(Fault::new(level, file, line, message));
    }

    /// The path of the file with this address, if it is below the folder.
    pub(super) fn local(&self, address: &str) -> Option<PathBuf> {
        self.base.as_ref()?.below(address).map(|below| self.folder.join(below))
    }

    /// The folder as messages name it.
    pub(super) fn base(&self) -> &str {
        self.base.as_ref().map_or("the folder of the feed", BaseAddress::as_str)
    }
}
