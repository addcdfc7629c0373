//! What a page may cost, and where it may be.

use std::time::Duration;

/// What a page may cost, and where it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// How long all of it may take, robots.txt and redirects included.
    pub time: Duration,
    /// The most bytes that it may have, counted when they are no longer compressed.
    pub bytes: u64,
    /// Whether it may be in a private network or on this machine.
    pub private_addresses: bool,
}

/// Half a minute, 32 MiB, in the public network only.
impl Default for Limits {
    fn default() -> Limits {
        Limits { time: Duration::from_secs(30), bytes: 32 << 20, private_addresses: false }
    }
}
