//! What engines are opened with, besides the settings of a request.

use std::path::PathBuf;
use std::time::Duration;

/// How a server that speaks is asked: for voices whose name is an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpBounds {
    /// How many requests a voice has open at once, at least 1. More are never asked than there are
    /// threads that speak.
    pub requests: usize,
    /// How long an answer may take, and how long after the first request for an utterance another may
    /// begin because that one failed.
    pub time: Duration,
}

/// Four requests, two minutes.
impl Default for HttpBounds {
    fn default() -> HttpBounds {
        HttpBounds { requests: 4, time: Duration::from_secs(120) }
    }
}

/// What engines are opened with.
#[derive(Debug, Default)]
pub(super) struct Means {
    /// The program that runs models of neural voices.
    pub worker: Option<PathBuf>,
    /// How servers are asked.
    #[cfg_attr(not(feature = "net"), allow(dead_code))] // without a network nobody is
    pub http: HttpBounds,
}
