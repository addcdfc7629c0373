//! One job: from a request to its files. [`perform`] shows the order; everything that makes files of
//! an article uses it: a single narration, a folder of them, a feed.

mod arrange;
mod asked;
mod book;
pub mod cache;
mod chapters;
mod clock;
mod context;
mod destination;
mod extent;
mod fetch;
mod fit;
mod items;
mod level;
mod narrate;
mod outcome;
mod perform;
mod plan;
mod read;
mod recording;
mod tags;
mod timeline;
mod times;
mod write;

pub use self::asked::as_article_asks;
pub use self::context::Context;
pub use self::narrate::{Narrator, Speech};
pub use self::outcome::{Kept, Outcome, Performed, Produced, Progress, Watcher};
#[cfg(feature = "podcast")]
pub use self::perform::refusals;
pub use self::perform::{perform, perform_on};
#[cfg(feature = "serve")]
pub use self::read::{page_file, read_bytes, read_text};
pub use self::read::{read, read_all};
