//! Voices of servers that have OpenAI's speech interface (`POST …/audio/speech`): utterances are sent as
//! the words that are said, with their punctuation, and sound comes back.
//!
//! `address` reads the name of such a voice, `words` makes the text that is sent, `client` asks, again
//! where that may help, `sound` decodes what comes, and `assemble` sets the silence and finds the words
//! in it. Nobody here knows how the server speaks, so the times of words are estimated.

mod address;
mod assemble;
mod client;
mod engine;
mod places;
mod sound;
mod words;

pub(super) use self::engine::open;
