//! What is known of a job.

use std::time::SystemTime;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::job::{Outcome, Produced, Progress};
use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::script::Finding;

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    /// It waits for its turn.
    Queued,
    /// It is worked on. On disk it is still queued.
    Running,
    /// Its files are there.
    Done,
    /// It was not spoken because of doubtful readings.
    Refused,
    /// It could not be done.
    Failed,
    /// A client has cancelled it, and it is being removed.
    Cancelled,
}

impl State {
    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Running => "running",
            State::Done => "done",
            State::Refused => "refused",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more becomes of it.
    pub(super) fn is_over(self) -> bool {
        !matches!(self, State::Queued | State::Running)
    }
}

/// The version of what clients are told of jobs, as `docs/schemas` describes it. It goes up when a field goes
/// away or means something else.
pub(super) const ANSWER_VERSION: u32 = 1;

/// A file that a job makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::serve) struct FileInfo {
    pub name: String,
    /// Its media type.
    pub content_type: String,
}

/// By what a client knows that it has sent the same request before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::serve) struct Idempotency {
    /// The digest of its key.
    pub key: Digest,
    /// The digest of the request.
    pub request: Digest,
}

/// What is known of every job at any time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Summary {
    pub id: String,
    /// The name of its article.
    pub name: String,
    /// When it was asked for, in milliseconds from the start of 1970.
    pub created_ms: i64,
    /// When it was over.
    pub finished_ms: Option<i64>,
    pub state: State,
    pub files: Vec<FileInfo>,
    pub idempotency: Option<Idempotency>,
}

/// All that is known of a job: its file on disk.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Record {
    pub version: u32,
    #[serde(flatten)]
    pub summary: Summary,
    /// What was made, if it is done.
    pub produced: Option<Box<Produced>>,
    /// Why it was refused.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// Why it failed.
    pub error: Option<String>,
}

/// Milliseconds from the start of 1970.
pub(super) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    since.as_millis() as i64
}

/// A time in RFC 3339.
fn shown(ms: i64) -> Value {
    Timestamp::from_millisecond(ms).map_or(Value::Null, |time| time.to_string().into())
}

impl Summary {
    /// What clients are told; `jobs` is the address of all jobs, `progress` that of a job that is worked on.
    pub(super) fn told(&self, jobs: &str, progress: Option<Progress>) -> Value {
        let address = format!("{jobs}/{}", self.id);
        let file = |file: &FileInfo| {
            let address = format!("{address}/files/{}", file.name);
            json!({"name": file.name, "content_type": file.content_type, "address": address})
        };
        json!({
            "object": "job",
            "version": ANSWER_VERSION,
            "id": self.id,
            "name": self.name,
            "state": self.state.name(),
            "created": shown(self.created_ms),
            "finished": self.finished_ms.map_or(Value::Null, shown),
            "progress": progress.map(|it| json!({"spoken": it.spoken, "of": it.of})),
            "files": self.files.iter().map(file).collect::<Vec<_>>(),
            "address": address,
            "events": format!("{address}/events"),
        })
    }
}

impl Record {
    /// The version of this form.
    pub(super) const VERSION: u32 = 1;

    /// A job that waits for its turn.
    pub(super) fn new(summary: Summary) -> Record {
        let version = Record::VERSION;
        Record { version, summary, produced: None, findings: Vec::new(), error: None }
    }

    /// The job, over now.
    pub(super) fn finished(summary: &Summary, result: Result<Outcome, Error>) -> Record {
        let mut record = Record::new(summary.clone());
        record.summary.finished_ms = Some(now_ms());
        record.summary.state = match result {
            Ok(Outcome::Made(produced) | Outcome::UpToDate(produced)) => {
                record.produced = Some(produced);
                State::Done
            }
            Ok(Outcome::Refused(findings)) => {
                record.findings = findings;
                State::Refused
            }
            Ok(Outcome::Failed(error)) | Err(error) => {
                record.error = Some(error.summary().to_string());
                State::Failed
            }
            Ok(Outcome::Draft | Outcome::Scheduled(_)) => {
                record.error = Some("it is not to be published now".to_owned());
                State::Failed
            }
        };
        record
    }

    /// What clients are told, as by [`Summary::told`].
    pub(super) fn told(&self, jobs: &str, progress: Option<Progress>) -> Value {
        let mut told = self.summary.told(jobs, progress);
        told["produced"] = json!(self.produced);
        told["findings"] = json!(self.findings);
        told["error"] = json!(self.error);
        told
    }
}
