//! Sound: its level, its files, and what is written beside it.

pub mod book;
pub mod captions;
pub mod design;
pub(crate) mod escape;
pub mod formats;
mod heard;
#[cfg(feature = "inspect")]
pub mod inspect;
pub mod marks;
pub mod master;
mod medium;
pub mod page;
mod resampler;
mod shown;
mod sinc;

pub use self::medium::Medium;
pub(crate) use self::resampler::at_rate;
