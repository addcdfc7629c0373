//! A folder of articles that becomes a podcast: a folder of files that any web server can offer.
//!
//! [`Show::load`] reads what the show says of itself, [`build()`] makes its folder, [`check()`] tells whether a
//! folder is fit to be published. `register` knows each episode by what players know it by, and
//! `metadata` what the feed says of it; `feed` and `page` come last, so that whenever a build is stopped, what
//! is published is whole.

mod address;
mod articles;
mod artwork;
mod build;
mod category;
mod chapters;
mod check;
mod date;
mod episode;
mod feed;
mod guid;
mod init;
mod item;
mod markup;
mod metadata;
mod page;
mod publish;
mod register;
mod request;
mod show;
mod sketch;
mod stock;

pub use build::{BuildSummary, build};
pub use check::{CheckReport, Fault, Level, check};
pub use init::init;
pub use request::BuildRequest;
pub use show::{FILE_NAME, Show};
