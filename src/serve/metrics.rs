//! What is counted, for Prometheus.

use std::fmt;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// The bounds of the classes of first sounds, in seconds.
const FIRST_SOUND: [f64; 9] = [0.02, 0.04, 0.06, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0];

/// The counters of a server.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Vec<(String, String)>, Counter>,
    first_sound: Histogram,
    spoken: Counter<f64, AtomicU64>,
    characters: Counter,
}

impl Metrics {
    /// Counters at zero.
    pub(super) fn new() -> Metrics {
        let mut registry = Registry::with_prefix("docbao");
        let requests = Family::default();
        registry.register("requests", "Requests by path and status", requests.clone());
        let first_sound = Histogram::new(FIRST_SOUND);
        let help = "From a request for speech to its first sound";
        registry.register_with_unit("first_sound", help, Unit::Seconds, first_sound.clone());
        let spoken = Counter::default();
        registry.register_with_unit("spoken", "Speech made", Unit::Seconds, spoken.clone());
        let characters = Counter::default();
        registry.register("characters", "Characters of the texts spoken", characters.clone());
        Metrics { registry, requests, first_sound, spoken, characters }
    }

    /// Counts an answer.
    pub(super) fn answered(&self, path: &str, status: u16) {
        let labels = [("path", path.to_owned()), ("status", status.to_string())];
        let labels = labels.map(|(name, value)| (name.to_owned(), value));
        self.requests.get_or_create(&labels.to_vec()).inc();
    }

    /// Notes how long a client waited for the first sound.
    pub(super) fn first_sound(&self, after: Duration) {
        self.first_sound.observe(after.as_secs_f64());
    }

    /// Counts seconds of speech, and the characters that were spoken.
    pub(super) fn spoken(&self, seconds: f64, characters: usize) {
        self.spoken.inc_by(seconds);
        self.characters.inc_by(characters as u64);
    }

    /// All of it in the text format of Prometheus (OpenMetrics 1.0).
    ///
    /// # Errors
    /// As [`encode`]; a string takes everything.
    pub(super) fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
