//! What became of articles: a table for people, JSON for programs.

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::{Failure, stdout};
use crate::cli::language::told;
use crate::job::Produced;
use crate::model::message::{Message, message};
use crate::model::script::Finding;
use crate::model::shown::serialize_path;

/// What became of each article.
#[derive(Default, Serialize)]
pub(super) struct Report {
    pub totals: Totals,
    pub done: Vec<Done>,
    pub refused: Vec<Refused>,
    pub failed: Vec<Failed>,
}

/// Sums over all articles.
#[derive(Default, Serialize)]
pub(super) struct Totals {
    pub articles: usize,
    pub made: usize,
    pub up_to_date: usize,
    pub refused: usize,
    pub failed: usize,
    pub characters: usize,
    /// Length of all speech in seconds.
    pub speech_seconds: f64,
    /// Utterances that were spoken in this run.
    pub spoken: usize,
    /// Utterances of this run whose sound came from the cache.
    pub from_cache: usize,
    pub findings: usize,
    /// Time the run took in seconds.
    pub seconds: f64,
}

/// Whether files were made.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum State {
    Made,
    UpToDate,
}

/// An article whose files are there.
#[derive(Serialize)]
pub(super) struct Done {
    pub input: String,
    #[serde(serialize_with = "serialize_path")]
    pub output: PathBuf,
    pub state: State,
    /// Time it took in seconds.
    pub seconds: f64,
    #[serde(flatten)]
    pub produced: Produced,
}

/// An article that was not spoken because of its doubtful readings.
#[derive(Serialize)]
pub(super) struct Refused {
    pub input: String,
    pub findings: Vec<Finding>,
}

/// An article that could not be done.
#[derive(Serialize)]
pub(super) struct Failed {
    pub input: String,
    pub error: String,
}

impl Report {
    /// How the command ends: with an error if an article failed, or if one was refused.
    pub(super) fn result(&self) -> Result<(), Failure> {
        match (self.failed.is_empty(), self.refused.is_empty()) {
            (false, _) => Err(Failure::Reported),
            (_, false) => Err(Failure::Doubtful),
            _ => Ok(()),
        }
    }

    /// Adds an article whose files are there.
    pub(super) fn add(&mut self, done: Done) {
        let (totals, produced) = (&mut self.totals, &done.produced);
        match done.state {
            State::Made => {
                totals.made += 1;
                totals.spoken += produced.utterances - produced.from_cache;
                totals.from_cache += produced.from_cache;
            }
            State::UpToDate => totals.up_to_date += 1,
        }
        totals.articles += 1;
        totals.characters += produced.characters;
        totals.speech_seconds += produced.speech_seconds;
        totals.findings += produced.findings.len();
        self.done.push(done);
    }

    /// Adds an article that was refused.
    pub(super) fn refuse(&mut self, refused: Refused) {
        self.totals.articles += 1;
        self.totals.refused += 1;
        self.refused.push(refused);
    }

    /// Adds an article that failed.
    pub(super) fn fail(&mut self, failed: Failed) {
        self.totals.articles += 1;
        self.totals.failed += 1;
        self.failed.push(failed);
    }

    /// Prints the table: a line for each article, and the sums.
    pub(super) fn print(&self) -> io::Result<()> {
        let row = |cells: [&str; 6]| cells.map(str::to_owned);
        let mut rows = vec![[
            told!("article"),
            told!("characters"),
            told!("speech"),
            told!("time"),
            told!("doubtful"),
            told!("state"),
        ]];
        rows.extend(self.done.iter().map(|Done { input, state, seconds, produced, .. }| {
            let state = match state {
                State::Made => told!("made"),
                State::UpToDate => told!("up to date"),
            };
            [
                input.clone(),
                produced.characters.to_string(),
                duration(produced.speech_seconds),
                told!("{seconds} s", seconds = format_args!("{seconds:.1}")),
                produced.findings.len().to_string(),
                state,
            ]
        }));
        rows.extend(self.refused.iter().map(|Refused { input, findings }| {
            row([&input[..], "", "", "", &findings.len().to_string(), &told!("not spoken")])
        }));
        let failed = self.failed.iter();
        rows.extend(
            failed.map(|Failed { input, .. }| row([&input[..], "", "", "", "", &told!("failed")])),
        );
        let width = |column: usize| {
            rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default()
        };
        let widths: [usize; 6] = std::array::from_fn(width);
        let mut out = stdout();
        for [article, characters, speech, time, findings, state] in &rows {
            let [a, b, c, d, e, _] = widths;
            writeln!(
                out,
                "{article:a$}  {characters:>b$}  {speech:>c$}  {time:>d$}  {findings:>e$}  {state}"
            )?;
        }
        let Totals { articles, made, up_to_date, refused, failed, spoken, from_cache, .. } =
            self.totals;
        writeln!(
            out,
            "{}",
            told!(
                "{articles} articles, {speech}: {made} made, {up_to_date} up to date{refused}, {failed} \
             failed; {spoken} utterances spoken, {from_cache} from the cache; {seconds} s",
                articles,
                speech = duration(self.totals.speech_seconds),
                made,
                up_to_date,
                refused = match refused {
                    0 => Message::default(),
                    _ => message!(", {refused} not spoken", refused),
                },
                failed,
                spoken,
                from_cache,
                seconds = format_args!("{:.1}", self.totals.seconds)
            )
        )
    }
}

/// A length of speech.
pub(super) fn duration(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        told!("{hours} h {minutes} min", hours, minutes = format_args!("{minutes:02}"))
    } else {
        told!("{minutes} min {seconds} s", minutes, seconds = format_args!("{seconds:02}"))
    }
}
