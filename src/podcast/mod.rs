//! A folder of articles that becomes a podcast.

mod article;
mod category;
mod date;
mod feed;
mod guid;
mod item;
mod register;
mod show;
mod sketch;
