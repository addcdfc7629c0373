//! From samples to files: mastering, formats, captions, the read-along page, files that appear whole.

#[path = "../support/sound.rs"]
mod sound;
#[path = "../support/mod.rs"]
mod support;

mod audio_formats;
mod captions;
mod design;
mod master;
mod page;
mod write;
