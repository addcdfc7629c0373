//! Sound and marks to files. A file appears under its name only when it is whole: it is written
//! under another name in the same folder and renamed at the end.

mod atomic;
mod audio;
mod captions;
mod heard;
mod marks;
pub mod page;
mod text;

pub use atomic::{AtomicFile, Sealed, sweep};
pub use audio::{AudioWriter, Encoding, Format, WavWriter, create, from_pcm16, to_pcm16};
pub use captions::{CaptionInfo, Captions, MarkSink};
pub use marks::{MarksWriter, SentenceMark, WordMark, milliseconds, read_marks};
