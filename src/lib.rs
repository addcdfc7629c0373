//! docbao turns Vietnamese articles into narration: an article goes in, speech comes out, offline.
//!
//! A string becomes a file:
//!
//! ```
//! # fn main() -> Result<(), docbao::Error> {
//! # let folder = std::env::temp_dir();
//! # let path = folder.join(format!("docbao-doc-{}.wav", std::process::id()));
//! let text = "Hôm nay, 18/02/2019, Hà Nội 25°C.";
//! docbao::Request::text(text).output(&path)?.perform()?;
//! # std::fs::remove_file(path).unwrap();
//! # Ok(())
//! # }
//! ```
//!
//! Three values are all that goes from one part to another: a [`Request`] says what is asked for, a
//! [`Script`] what is to be said, a [`Take`] what was said. They are plain data (serde), so they can
//! be stored and sent. [`perform`] does a request in a [`Context`], which keeps voices open from one
//! request to the next. A doubtful reading is a [`Finding`]; why work cannot continue is an
//! [`Error`], which may have a [`Hint`].
//!
//! The parts can be used by themselves: [`read`] gives an [`Article`], a [`FrontEnd`] its script, a
//! [`Narrator`] the takes, one after another while they are spoken. `examples/` has a program for each,
//! and `docs/architecture.md` is the map.
//!
//! The modules are public for the project's own tests and are not documented here; they may change with
//! every version.

#[doc(hidden)]
pub mod batch;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod decode;
#[cfg(feature = "farm")]
#[doc(hidden)]
pub mod farm;
#[doc(hidden)]
pub mod files;
#[doc(hidden)]
pub mod job;
#[doc(hidden)]
pub mod model;
#[cfg(feature = "podcast")]
#[doc(hidden)]
pub mod podcast;
#[cfg(feature = "serve")]
#[doc(hidden)]
pub mod serve;
#[doc(hidden)]
pub mod sound;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod voice;

pub use crate::job::{
    Context, Kept, Narrator, Outcome, Performed, Produced, Progress, Speech, Watcher, perform,
    perform_on, read,
};
pub use crate::model::article::{Article, Block, BlockKind, Origin};
pub use crate::model::date::PublicationDate;
pub use crate::model::design::{BedUnder, MixSettings, Music, Role, SoundDesign};
pub use crate::model::diag::Span;
pub use crate::model::digest::Digest;
pub use crate::model::edits::Edits;
pub use crate::model::encoding::Encoding;
pub use crate::model::error::{Error, ErrorKind, Hint, HintNames, Place};
pub use crate::model::manner::{Cue, Delivery, Manner, MannerKind};
pub use crate::model::metadata::{Field, FrontMatter, Metadata};
pub use crate::model::pauses::Pauses;
pub use crate::model::phrase::{Dialect, Intonation};
pub use crate::model::place_reading::PlaceReading;
pub use crate::model::reading_options::{
    Addresses, Decimals, Documents, Foreign, LeadingZero, NumberStyle, Options, Passages, Per,
    Profile, Thousand, Years, ZeroTen,
};
pub use crate::model::reading_policy::ReadingPolicy;
pub use crate::model::request::{
    Content, LexiconText, Output, Outputs, ReadingSettings, Request, Source, Target,
};
pub use crate::model::script::{Finding, Script, Skipped};
pub use crate::model::spoken::{Confidence, Mark};
pub use crate::model::tags::{Chapter, Cover, Tags};
pub use crate::model::take::{Take, Times};
pub use crate::model::units::{Hertz, Millis, Semitones};
pub use crate::model::utterance::{BreathGroup, Utterance, UtteranceWord};
pub use crate::model::voice_settings::{PhonemesBy, VoiceSettings};
pub use crate::text::FrontEnd;
pub use crate::text::readers::{Input, READERS, Reader};
pub use crate::voice::{Engine, EngineInfo, Engines};

/// The example of the README is compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
