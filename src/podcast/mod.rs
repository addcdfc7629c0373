//! A folder of articles that becomes a podcast: a folder of files that any web server can offer.
//!
//! [`Show::load`] reads what the show says of itself, [`build()`] makes its folder, [`check()`] finds
//! out whether a folder is fit to be published. `register` keeps what players know each episode by,
//! `metadata` what the feed says of it; `bulletin` makes one episode of several articles; `companion` writes the page where it is read along. `feed` and
//! `page` are written last, so that what is published is whole whenever a build is stopped. `records` of
//! the build are beside what is published.

mod address;
mod articles;
mod artwork;
mod build;
mod bulletin;
mod bulletin_settings;
mod bulletins;
mod category;
mod chapters;
mod check;
mod companion;
mod date;
mod decided;
mod design;
mod episode;
mod feed;
mod guid;
mod init;
mod item;
mod jingle;
mod markup;
mod metadata;
mod page;
mod prune;
mod publish;
mod put_in;
mod records;
mod register;
mod request;
mod show;
mod sketch;
mod stock;

pub use build::{BuildSummary, build};
pub use check::{CheckReport, Fault, Level, check};
pub use decided::Decided;
pub use design::ShowDesign;
pub use init::init;
pub use prune::{left_behind, remove_left_behind};
pub use put_in::{PutIn, put_in};
pub use request::BuildRequest;
pub use show::{FILE_NAME, Show};
