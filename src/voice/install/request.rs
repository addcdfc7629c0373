//! What is asked for when a voice is to be installed.

use super::catalogue::Entry;
use super::source::Source;
use crate::files::Progress;
use crate::model::error::Error;

/// A voice that is to be installed.
#[derive(Debug, Clone, Copy)]
pub struct InstallRequest<'a> {
    /// The name it gets.
    pub name: &'a str,
    /// Where its files are.
    pub source: &'a Source,
    /// What is known of the voice.
    pub entry: Option<&'a Entry>,
}

/// Is called after every piece of a file, with the file's name and how far it is. An error ends the work.
pub type OnProgress<'a> = dyn FnMut(&str, Progress) -> Result<(), Error> + 'a;
