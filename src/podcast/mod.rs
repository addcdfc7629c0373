//! A folder of articles that becomes a podcast.

mod category;
mod date;
mod guid;
mod register;
mod show;
mod sketch;
