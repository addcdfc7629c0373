//! The jobs that there are, and who does them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use axum::http::StatusCode;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::Value;
use tokio::sync::watch;

use super::record::{Idempotency, Record, State, Summary, now_ms};
use super::store::{Store, is_id};
use super::submission::{Submission, read};
use crate::job::{Outcome, Progress, perform_on};
use crate::model::error::Error;
use crate::model::request::Target;
use crate::serve::metrics::JobCounters;
use crate::serve::refusal::Refusal;
use crate::serve::settings::JobSettings;
use crate::serve::workshop::Workshop;

/// The address of the jobs.
pub(in crate::serve) const ADDRESS: &str = "/v1/jobs";

/// The address of the jobs that the studio has submitted, on a server that keeps no others.
pub(in crate::serve) const RENDERS: &str = "/v1/studio/renders";

/// How many jobs are worked on at once. Each is spoken on all processors.
const AT_ONCE: usize = 2;

/// How often jobs are looked at that may be too old.
const OFTEN: Duration = Duration::from_secs(3600);

/// The jobs of a server.
pub(in crate::serve) struct Queue {
    workshop: Arc<Workshop>,
    counters: JobCounters,
    store: Store,
    /// The address of the jobs.
    address: &'static str,
    /// Who speaks jobs has threads of its own, so that those who wait for speech do not wait behind jobs.
    threads: ThreadPool,
    keep_ms: i64,
    most: usize,
    jobs: Mutex<Jobs>,
    /// Is told when there is something to do.
    news: Condvar,
}

struct Jobs {
    /// In the order in which they were asked for.
    by_id: BTreeMap<String, Entry>,
    is_stopped: bool,
}

struct Entry {
    summary: Summary,
    status: watch::Sender<Status>,
}

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Status {
    pub state: State,
    /// Of one that is worked on.
    pub progress: Option<Progress>,
}

impl Status {
    fn of(state: State) -> Status {
        Status { state, progress: None }
    }
}

impl Entry {
    fn new(summary: Summary) -> Entry {
        let status = watch::Sender::new(Status::of(summary.state));
        Entry { summary, status }
    }

    fn told(&self, jobs: &str) -> Value {
        let Status { state, progress } = *self.status.borrow();
        Summary { state, ..self.summary.clone() }.told(jobs, progress)
    }
}

impl Queue {
    /// The jobs in a folder, which clients find at this address. Nothing is done yet.
    ///
    /// # Errors
    /// As [`Store::open`] and [`Store::records`].
    pub(in crate::serve) fn open(
        workshop: Arc<Workshop>,
        counters: JobCounters,
        settings: &JobSettings,
        address: &'static str,
    ) -> Result<Arc<Queue>, Error> {
        let JobSettings { folder, keep, most, .. } = settings;
        let store = Store::open(Path::new(folder))?;
        let threads = ThreadPoolBuilder::new().build().map_err(|error| {
            Error::request(format!("the jobs cannot have threads of their own: {error}"))
        })?;
        let entry = |record: Record| (record.summary.id.clone(), Entry::new(record.summary));
        let by_id = store.records()?.into_iter().map(entry).collect();
        Ok(Arc::new(Queue {
            workshop,
            counters,
            store,
            address,
            threads,
            keep_ms: i64::try_from(keep.as_millis()).unwrap_or(i64::MAX),
            most: *most,
            jobs: Mutex::new(Jobs { by_id, is_stopped: false }),
            news: Condvar::new(),
        }))
    }

    /// Begins to work.
    pub(in crate::serve) fn start(self: &Arc<Queue>) {
        for _ in 0..AT_ONCE {
            let queue = Arc::clone(self);
            thread::spawn(move || queue.work());
        }
    }

    /// Ends the work after the next utterances, and then all events. What is not done is done when the server
    /// starts again.
    pub(in crate::serve) fn stop(&self) {
        let mut jobs = self.jobs();
        jobs.is_stopped = true;
        for entry in jobs.by_id.values_mut() {
            // Who works on a job still has the other sender.
            let status = *entry.status.borrow();
            entry.status = watch::Sender::new(status);
        }
        self.news.notify_all();
    }

    fn jobs(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a job, and does it when it is its turn. If a client has sent it before, that job is given, and
    /// `false`. It writes to disk.
    ///
    /// # Errors
    /// If the key was used for another request, or there are too many jobs.
    pub(in crate::serve) fn submit(
        &self,
        submission: &Submission,
        idempotency: Option<Idempotency>,
    ) -> Result<(Value, bool), Refusal> {
        let mut jobs = self.jobs();
        if let Some(sent) = idempotency {
            let is_same = |known: &Idempotency| known.key == sent.key;
            let mut known = jobs.by_id.values();
            let known = known.find(|entry| entry.summary.idempotency.as_ref().is_some_and(is_same));
            match known {
                Some(entry) if entry.summary.idempotency == Some(sent) => {
                    return Ok((entry.told(self.address), false));
                }
                Some(_) => {
                    let message = "this Idempotency-Key was given with another request";
                    return Err(Refusal::of(StatusCode::UNPROCESSABLE_ENTITY, message));
                }
                None => {}
            }
        }
        self.remove_old(&mut jobs);
        if jobs.by_id.len() >= self.most {
            let over = jobs.by_id.values().find(|entry| entry.summary.state.is_over());
            let Some(id) = over.map(|entry| entry.summary.id.clone()) else {
                let message = format!("{} jobs wait or are worked on; ask again later", self.most);
                return Err(Refusal::busy(message));
            };
            jobs.by_id.remove(&id);
            self.store.remove(&id);
        }
        let summary = Summary {
            id: self.store.new_id(),
            name: submission.request.source.name(),
            created_ms: now_ms(),
            finished_ms: None,
            state: State::Queued,
            files: submission.files.clone(),
            idempotency,
        };
        self.store.create(&Record::new(summary.clone()), submission)?;
        self.counters.submitted();
        let entry = Entry::new(summary.clone());
        let told = entry.told(self.address);
        jobs.by_id.insert(summary.id, entry);
        self.news.notify_one();
        Ok((told, true))
    }

    /// The states of all jobs.
    pub(in crate::serve) fn states(&self) -> Vec<&'static str> {
        self.jobs().by_id.values().map(|entry| entry.summary.state.name()).collect()
    }

    /// All jobs, the newest first.
    pub(super) fn list(&self) -> Vec<Value> {
        self.jobs().by_id.values().rev().map(|entry| entry.told(self.address)).collect()
    }

    /// All that is known of a job; `None` if there is none. It reads from disk.
    ///
    /// # Errors
    /// As [`Store::record`].
    pub(super) fn get(&self, id: &str) -> Result<Option<Value>, Error> {
        let status = {
            let jobs = self.jobs();
            let Some(entry) = jobs.by_id.get(id) else { return Ok(None) };
            *entry.status.borrow()
        };
        let mut record = self.store.record(id)?;
        record.summary.state = status.state;
        Ok(Some(record.told(self.address, status.progress)))
    }

    /// How far a job comes, from now on.
    pub(super) fn follow(&self, id: &str) -> Option<watch::Receiver<Status>> {
        self.jobs().by_id.get(id).map(|entry| entry.status.subscribe())
    }

    /// Where the first file of sound of a job that is done is; `None` if there is none.
    pub(in crate::serve) fn sound(&self, id: &str) -> Option<std::path::PathBuf> {
        let name = {
            let jobs = self.jobs();
            let mut files = jobs.by_id.get(id)?.summary.files.iter();
            files.find(|file| file.content_type.starts_with("audio/"))?.name.clone()
        };
        Some(self.file(id, &name)?.0)
    }

    /// Where a file of a job that is done is, and its media type.
    pub(super) fn file(&self, id: &str, name: &str) -> Option<(std::path::PathBuf, String)> {
        let jobs = self.jobs();
        let summary = &jobs.by_id.get(id)?.summary;
        let file = summary.files.iter().find(|file| file.name == name)?;
        let is_there = summary.state == State::Done;
        is_there.then(|| (self.store.file(id, name), file.content_type.clone()))
    }

    /// Cancels a job that is not over, and removes it and its files. It writes to disk.
    ///
    /// # Errors
    /// If there is none, or that cannot be kept.
    pub(super) fn remove(&self, id: &str) -> Result<(), Refusal> {
        let mut jobs = self.jobs();
        let Some(entry) = jobs.by_id.get(id) else { return Err(unknown(id)) };
        if entry.summary.state == State::Running {
            // Whoever works on it removes its folder.
            let mut record = Record::new(entry.summary.clone());
            record.summary.state = State::Cancelled;
            self.store.save(&record)?;
        } else {
            self.store.remove(id);
        }
        if let Some(entry) = jobs.by_id.remove(id) {
            if !entry.summary.state.is_over() {
                self.counters.finished(State::Cancelled.name(), None);
            }
            entry.status.send_replace(Status::of(State::Cancelled));
        }
        Ok(())
    }

    /// Removes what has been over for too long.
    fn remove_old(&self, jobs: &mut Jobs) {
        let oldest = now_ms().saturating_sub(self.keep_ms);
        jobs.by_id.retain(|id, Entry { summary, .. }| {
            let is_old = summary.finished_ms.is_some_and(|finished| finished < oldest);
            if is_old {
                self.store.remove(id);
            }
            !is_old
        });
    }

    /// Does one job after the other until it is told to stop.
    fn work(&self) {
        while let Some((summary, status)) = self.next() {
            let perform = || self.perform(&summary.id, &status);
            let attempt = AssertUnwindSafe(|| self.threads.install(perform));
            let result = panic::catch_unwind(attempt).unwrap_or_else(|_| {
                Err(Error::program(
                    "docbao",
                    "stopped in the middle of this job, which is a fault of its own",
                ))
            });
            self.workshop.tidy();
            self.finish(&summary, result);
        }
    }

    /// The next job, which is worked on from now on; it waits for one. `None` if all work is to stop.
    fn next(&self) -> Option<(Summary, watch::Sender<Status>)> {
        let mut jobs = self.jobs();
        loop {
            if jobs.is_stopped {
                return None;
            }
            self.remove_old(&mut jobs);
            let mut entries = jobs.by_id.values_mut();
            if let Some(entry) = entries.find(|entry| entry.summary.state == State::Queued) {
                entry.summary.state = State::Running;
                entry.status.send_replace(Status::of(State::Running));
                return Some((entry.summary.clone(), entry.status.clone()));
            }
            jobs = self.news.wait_timeout(jobs, OFTEN).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Does a job.
    fn perform(&self, id: &str, status: &watch::Sender<Status>) -> Result<Outcome, Error> {
        let mut request = self.store.request(id)?;
        for output in &mut request.outputs.files {
            if let Target::File(name) = &mut output.target {
                *name = self.store.file(id, &name.to_string_lossy());
            }
        }
        let article = read(&request, || self.store.upload(id).map(Cow::Owned))?;
        let mut watcher = |progress: Progress| {
            let is_over = status.borrow().state.is_over() || self.jobs().is_stopped;
            if is_over {
                return Err(Error::stopped());
            }
            status.send_replace(Status { state: State::Running, progress: Some(progress) });
            Ok(())
        };
        Ok(perform_on(self.workshop.context(), &request, &article, &mut watcher)?.outcome)
    }

    /// Keeps what became of a job.
    fn finish(&self, summary: &Summary, result: Result<Outcome, Error>) {
        let mut jobs = self.jobs();
        let id = &summary.id;
        let Some(entry) = jobs.by_id.get_mut(id) else {
            // It was cancelled.
            return self.store.remove(id);
        };
        if result.as_ref().is_err_and(Error::is_stop) {
            // It goes on when the server starts again.
            return;
        }
        let record = Record::finished(summary, result);
        if let Err(error) = self.store.save(&record) {
            tracing::warn!(%error, "what became of a job cannot be kept");
        }
        let state = record.summary.state;
        self.counters.finished(state.name(), record.produced.as_deref());
        tracing::info!(job = id, state = state.name(), "a job is over");
        entry.summary = record.summary;
        entry.status.send_replace(Status::of(state));
    }
}

/// There is no such job.
pub(super) fn unknown(id: &str) -> Refusal {
    let message = match is_id(id) {
        true => format!("there is no job {id}"),
        false => "there is no job of this name".to_owned(),
    };
    Refusal::of(StatusCode::NOT_FOUND, message)
}
