//! Podcasts: the real program builds shows of small articles with the `tone` engine; what comes out is
//! read by a feed reader and an XML parser that had no part in writing it.

mod bulletin;
mod faults;
mod feed;
mod identity;
mod music;
mod pages;
mod show;
mod shown;
mod stops;
mod updates;

#[path = "../support/copies.rs"]
mod copies;
#[path = "../support/kills.rs"]
mod kills;
#[path = "../support/limits.rs"]
mod limits;
