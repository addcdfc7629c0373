//! What the requests of a server share.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::metrics::Metrics;
use crate::job::Context;
use crate::model::digest::Digest;
use crate::model::request::Request;

/// What all requests share.
pub(super) struct Shared {
    pub context: Context,
    /// How texts are read and spoken where a request does not say.
    pub manner: Request,
    /// The digest of the token that clients must give, if they must.
    pub token: Option<Digest>,
    /// The origin of web pages that may use it.
    pub origin: Option<String>,
    /// How many requests are spoken at once.
    pub most: usize,
    pub places: Arc<Semaphore>,
    /// How long a request may be spoken.
    pub longest: Duration,
    pub metrics: Metrics,
}
