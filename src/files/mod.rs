//! Files that appear whole or not at all, and files from the network.

mod atomic;
#[cfg(feature = "net")]
mod backoff;
mod below;
pub mod bounded;
#[cfg(feature = "net")]
mod fetch;
mod folding;
mod guard;
mod name;
mod output;
mod transfer;

pub use self::atomic::{AtomicFile, Sealed, publish, sweep};
#[cfg(feature = "net")]
pub use self::backoff::pause;
pub use self::below::{FileStem, PathBelow};
#[cfg(feature = "net")]
pub use self::fetch::{Call, CallFault, ContentType, Limits, Page, Reply, Services, fetch, page};
pub use self::folding::Folding;
pub use self::guard::keep_inputs;
pub use self::name::{file_name, with_extension};
pub use self::output::{Output, WriteFault};
pub use self::transfer::{Progress, Transfer, discard};
