//! From an article to its files.

mod about;
pub mod cache;
mod clock;
mod encode;
mod extent;
pub mod pipeline;
pub mod produce;
mod report;
mod studio;
