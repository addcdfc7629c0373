//! What became of a job.

use std::fs::File;

use serde::{Deserialize, Serialize};

use crate::model::error::Error;
use crate::model::message::Message;
use crate::model::script::{Finding, Skipped};
use crate::model::tags::Chapter;
use crate::sound::master::Measured;

/// How far the work on an article has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Utterances spoken.
    pub spoken: usize,
    /// Utterances in all; 0 while they are not counted yet.
    pub of: usize,
    /// How much of the files is written, in hundredths; 0 until all is spoken.
    pub written: u8,
}

/// Is called with how far the work has come, and may stop it with an error.
pub type Watcher<'a> = dyn FnMut(Progress) -> Result<(), Error> + 'a;

/// What became of an article.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// Its files were made.
    Made(Box<Produced>),
    /// Its files are whole, and as they would come out now.
    UpToDate(Box<Produced>),
    /// It was not spoken because of these readings; older files stay as they were.
    Refused(Vec<Finding>),
    /// It is a draft and must not be published.
    Draft,
    /// It is to be published later, at this time in ISO 8601.
    Scheduled(String),
    /// It could not be done; older files stay as they were.
    Failed(Error),
}

/// What a job gives: its outcome, and the outputs that are not files.
#[derive(Debug)]
pub struct Performed {
    /// What became of the article.
    pub outcome: Outcome,
    /// The outputs that were asked for as [`Target::Kept`](crate::model::request::Target::Kept).
    pub kept: Vec<Kept>,
}

/// An output that is handed back, in a temporary file without a name: it is gone once it is closed.
#[derive(Debug)]
pub struct Kept {
    /// The name it was asked for under.
    pub name: String,
    /// Its content, to be read from the start.
    pub content: File,
}

/// What was made of an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Produced {
    /// Characters of the text that was read, white space at its edges left out.
    pub characters: usize,
    /// Utterances in all.
    pub utterances: usize,
    /// Utterances whose sound came from the cache; the others were spoken.
    pub from_cache: usize,
    /// Length of the sound in seconds.
    pub speech_seconds: f64,
    /// How the finished sound measures: of a format with loss, that of the encoded file.
    pub loudness: Measured,
    /// Where the sound is not as the loudness preset asks, as full sentences.
    pub faults: Vec<Message>,
    /// Its chapters.
    pub chapters: Vec<Chapter>,
    /// Parts of the article that were not read.
    pub not_read: Vec<Skipped>,
    /// What was done to the text that a person should know, as sentences.
    #[serde(default)]
    pub notes: Vec<Message>,
    /// Readings that may be wrong.
    pub findings: Vec<Finding>,
}
