//! Files that appear whole or not at all, and files from the network.

mod atomic;
pub mod fetch;
mod output;

pub use self::atomic::{AtomicFile, Sealed, sweep};
pub use self::output::{Output, WriteFault};
