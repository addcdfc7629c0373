//! A folder of articles that becomes a podcast.

mod article;
mod artwork;
mod category;
mod check;
mod date;
mod feed;
mod guid;
mod item;
mod page;
mod register;
mod show;
mod sketch;
