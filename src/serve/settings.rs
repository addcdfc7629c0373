//! How a server serves.

use std::net::SocketAddr;
use std::time::Duration;

use crate::model::request::Request;

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
