//! Files that appear whole or not at all, and files from the network.

mod atomic;
#[cfg(feature = "net")]
mod fetch;
mod output;
mod transfer;

pub use self::atomic::{AtomicFile, Sealed, sweep};
#[cfg(feature = "net")]
pub use self::fetch::{ContentType, Limits, Page, fetch, page};
pub use self::output::{Output, WriteFault};
pub use self::transfer::{Progress, Transfer, discard};
