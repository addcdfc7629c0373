//! Files that appear whole or not at all, and files from the network.

mod atomic;
pub mod fetch;

pub use self::atomic::{AtomicFile, Sealed, sweep};
