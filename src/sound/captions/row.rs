//! What a format of captions is: a row of the table.

use std::io::{self, Write};

use super::info::CaptionInfo;
use crate::sound::marks::SentenceMark;

/// Captions or marks on their way into an output: they take the sentences of a narration in order.
pub trait MarkSink {
    /// Takes the next sentence.
    ///
    /// # Errors
    /// As the output, for example if the disk is full.
    fn write(&mut self, sentence: &SentenceMark) -> io::Result<()>;

    /// Completes what was written.
    ///
    /// # Errors
    /// As [`MarkSink::write`].
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Starts writing to an output, for sound of so many samples per second.
pub(super) type Start =
    for<'a> fn(&'a mut dyn Write, u32, &CaptionInfo) -> io::Result<Box<dyn MarkSink + 'a>>;

/// A format of captions.
pub(super) struct Row {
    /// Its name.
    pub name: &'static str,
    /// How the names of its files end, without the full stop.
    pub extension: &'static str,
    /// Its media type.
    pub mime: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether it says when each sound of a word is heard.
    pub has_phones: bool,
    pub start: Start,
}
