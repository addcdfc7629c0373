//! What is counted, for Prometheus.

use std::fmt;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::job::Produced;

/// The bounds of the classes of first sounds, in seconds.
const FIRST_SOUND: [f64; 9] = [0.02, 0.04, 0.06, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0];

/// Counters by the value of one label.
type ByLabel<Value> = Family<Vec<(&'static str, &'static str)>, Value>;

/// The states of jobs that are not over.
const WAITING: [&str; 2] = ["queued", "running"];

/// The counters of jobs.
#[derive(Clone, Default)]
pub(super) struct JobCounters {
    submitted: Counter,
    finished: ByLabel<Counter>,
    utterances: ByLabel<Counter>,
    speech: Counter<f64, AtomicU64>,
    /// Jobs that are not over, by state; it is brought up to date when it is asked for.
    waiting: ByLabel<Gauge>,
}

impl JobCounters {
    fn register(&self, registry: &mut Registry) {
        let jobs = registry.sub_registry_with_prefix("jobs");
        jobs.register("submitted", "Jobs that were taken", self.submitted.clone());
        let help = "Jobs that are over, by what became of them";
        jobs.register("finished", help, self.finished.clone());
        let help = "Utterances in the files of jobs, from the cache or spoken by a voice";
        jobs.register("utterances", help, self.utterances.clone());
        let help = "Speech in the files of jobs";
        jobs.register_with_unit("speech", help, Unit::Seconds, self.speech.clone());
        jobs.register("waiting", "Jobs that are not over, by state", self.waiting.clone());
    }

    /// Counts a job that was taken.
    pub(super) fn submitted(&self) {
        self.submitted.inc();
    }

    /// Counts a job that is over, with what was made.
    pub(super) fn finished(&self, state: &'static str, produced: Option<&Produced>) {
        self.finished.get_or_create(&vec![("state", state)]).inc();
        let Some(produced) = produced else { return };
        self.speech.inc_by(produced.speech_seconds);
        let Produced { utterances, from_cache, .. } = *produced;
        for (source, count) in [("cache", from_cache), ("voice", utterances - from_cache)] {
            self.utterances.get_or_create(&vec![("source", source)]).inc_by(count as u64);
        }
    }
}

/// The counters of a server.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Vec<(String, String)>, Counter>,
    first_sound: Histogram,
    spoken: Counter<f64, AtomicU64>,
    characters: Counter,
    pub jobs: JobCounters,
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
        let jobs = JobCounters::default();
        jobs.register(&mut registry);
        Metrics { registry, requests, first_sound, spoken, characters, jobs }
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

    /// All of it in the text format of Prometheus (OpenMetrics 1.0); `jobs` are the states of those that there
    /// are.
    ///
    /// # Errors
    /// As [`encode`]; a string takes everything.
    pub(super) fn text(
        &self,
        jobs: impl Iterator<Item = &'static str>,
    ) -> Result<String, fmt::Error> {
        let jobs: Vec<_> = jobs.collect();
        for state in WAITING {
            let count = jobs.iter().filter(|of_one| **of_one == state).count();
            self.jobs.waiting.get_or_create(&vec![("state", state)]).set(count as i64);
        }
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
