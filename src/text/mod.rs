//! From the bytes of an article to what is to be said.

mod front_end;
pub mod lexicon;
pub mod lexicon_file;
pub mod normalize;
pub mod orthography;
mod passages;
pub mod readers;
mod scripts;
pub mod segment;
pub mod sentences;
pub mod transliterate;

pub use self::front_end::{FrontEnd, Utterances};
