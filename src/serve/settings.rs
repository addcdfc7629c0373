//! How a server serves.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::model::request::Request;

/// Where a server keeps jobs.
#[derive(Debug, Clone)]
pub struct JobSettings {
    /// The folder, which is made if it is not there.
    pub folder: PathBuf,
    /// How long a job is kept after it is over.
    pub keep: Duration,
    /// How many jobs there are at most. Of those that are over, the oldest make room for new ones.
    pub most: usize,
    /// How large the cache of utterances may grow, in bytes, which is in the folder too; 0 for none.
    pub cache_limit: u64,
}

/// How a server serves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where it listens for programs that speak Wyoming; `None` if it does not. That protocol has no tokens:
    /// whoever reaches the address may use it.
    pub wyoming: Option<SocketAddr>,
    /// The token that clients must give; `None` lets everybody in.
    pub token: Option<String>,
    /// Where it keeps jobs; `None` if it takes none.
    pub jobs: Option<JobSettings>,
    /// Whether it fetches articles from addresses, for jobs and the studio.
    pub addresses: bool,
    /// Whether it has a studio: a page on which articles are looked through, corrected and rendered.
    pub studio: bool,
    /// The file in which the studio keeps readings, tab-separated values; `None` if its page keeps them.
    pub lexicon: Option<PathBuf>,
    /// The folder of a show in which the studio publishes; `None` if it publishes nothing.
    #[cfg(feature = "podcast")]
    pub show: Option<PathBuf>,
    /// How texts are read and spoken where a request does not say; its source is not read.
    pub manner: Request,
    /// How many requests are spoken at once; more are refused.
    pub most_requests: usize,
    /// The largest body of a request, in bytes.
    pub largest_body: usize,
    /// How long a request may be spoken.
    pub longest_request: Duration,
    /// Names by which clients may reach it, besides `localhost` and addresses. If there are any, or it
    /// listens on this machine only, requests for other names are refused.
    pub names: Vec<String>,
    /// The origin of pages that may use it from a browser, such as `https://example.org`, or `*`.
    pub origin: Option<String>,
}
