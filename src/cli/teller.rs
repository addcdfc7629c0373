//! What a person reads while articles are worked on, and the report of what became of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use indicatif::ProgressBar;

use super::report::{Done, Failed, Refused, Report, State};
use super::{interrupt, note, print_fault, progress};
use crate::batch::Event;
use crate::job::{Context, Outcome, Produced, Progress};
use crate::model::error::Error;
use crate::model::script::{Finding, Skipped};
use crate::model::shown::shown;
use crate::model::source_place::SourcePlace;

/// Shows a person how the work goes, and gathers the report.
pub(super) struct Teller<'a> {
    context: &'a Context,
    /// Whether only errors are printed.
    quiet: bool,
    bar: ProgressBar,
    pub report: Report,
    /// When the work began.
    start: Instant,
    /// When the last article was done.
    since: Instant,
}

impl<'a> Teller<'a> {
    /// A teller that prints errors only, or everything.
    pub(super) fn new(context: &'a Context, quiet: bool) -> Teller<'a> {
        let now = Instant::now();
        let (bar, report) = (progress::bar(!quiet, progress::STEPS), Report::default());
        Teller { context, quiet, bar, report, start: now, since: now }
    }

    /// Shows an event; the error of a user who wants to stop.
    pub(super) fn tell(&mut self, event: Event) -> Result<(), Error> {
        interrupt::take_care();
        match event {
            Event::Note(message) => self.note(&message),
            Event::Spoken(name, progress) => self.show(name, progress),
            Event::Done(name, sound, outcome) => self.done(name, sound, outcome),
        }
        interrupt::check()
    }

    /// The report, once the work is over.
    pub(super) fn finish(self) -> Report {
        self.bar.finish_and_clear();
        let mut report = self.report;
        report.totals.seconds = self.start.elapsed().as_secs_f64();
        report
    }

    fn note(&self, message: &dyn std::fmt::Display) {
        if !self.quiet {
            note(message);
        }
    }

    /// Shows a progress bar if a person is watching.
    fn show(&mut self, name: &str, progress: Progress) {
        if self.bar.is_finished() {
            self.bar = progress::bar(!self.quiet, progress::STEPS);
        }
        self.bar.set_prefix(shown(name).into_owned());
        self.bar.set_length(progress.of as u64);
        self.bar.set_position(progress.spoken as u64);
    }

    fn done(&mut self, name: &str, sound: Option<&Path>, outcome: Outcome) {
        self.bar.finish_and_clear();
        let seconds = self.since.elapsed().as_secs_f64();
        self.since = Instant::now();
        let input = name.to_owned();
        let output = sound.map(Path::to_owned).unwrap_or_default();
        match outcome {
            Outcome::Made(produced) => {
                self.note_findings(name, &produced);
                let state = State::Made;
                self.report.add(Done { input, output, state, seconds, produced: *produced });
            }
            Outcome::UpToDate(produced) => {
                let state = State::UpToDate;
                self.report.add(Done { input, output, state, seconds, produced: *produced });
            }
            Outcome::Refused(findings) => {
                for finding in &findings {
                    note(&placed(name, finding));
                }
                let count = findings.len();
                print_fault(&format_args!(
                    "{name}: not spoken: {count} doubtful readings; give them in a lexicon \
                     (--lexicon) or leave --strict out"
                ));
                self.report.refuse(Refused { input, findings });
            }
            Outcome::Draft => self.note(&format_args!("{name}: left out, a draft")),
            Outcome::Scheduled(date) => {
                self.note(&format_args!("{name}: left out until {date}"));
            }
            Outcome::Failed(error) => {
                let mut text = super::hints::text(&error);
                if !text.contains(name) {
                    text = format!("{name}: {text}");
                }
                print_fault(&text);
                self.report.fail(Failed { input, error: text });
            }
        }
        self.context.warnings().iter().for_each(|warning| note(warning));
    }

    /// Prints what listeners of an article should know.
    fn note_findings(&self, name: &str, produced: &Produced) {
        for note in &produced.notes {
            self.note(&format_args!("{name}: {note}"));
        }
        for Skipped { part, line, kind, reason, text } in &produced.not_read {
            let text = shortened(text);
            let name = part.as_deref().unwrap_or(name);
            self.note(&format_args!("{name}:{line}: {kind} not read, {reason}: {text}"));
        }
        for line in listed(name, &produced.findings) {
            self.note(&line);
        }
        for fault in &produced.faults {
            self.note(&format_args!("{name}: the sound is not as --loudness asks: {fault}"));
        }
    }
}

/// A line for each finding of an article. A guess of a name is the same wherever the name is: what is
/// written and read alike is listed once, with how often it is there.
pub(super) fn listed(file: &str, findings: &[Finding]) -> Vec<String> {
    let mut same: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in findings {
        *same.entry((&finding.source, &finding.said)).or_default() += 1;
    }
    let lines = findings.iter().filter_map(|finding| {
        match same.remove(&(finding.source.as_str(), finding.said.as_str()))? {
            1 => Some(placed(file, finding)),
            count => Some(format!("{} ({count} times)", placed(file, finding))),
        }
    });
    lines.collect()
}

/// A finding with its file, as one line.
pub(super) fn placed(file: &str, finding: &Finding) -> String {
    let Finding { part, line, column, source, said, message, .. } = finding;
    let part = part.as_deref();
    let place = SourcePlace { part, line: *line, column: *column };
    let file = part.unwrap_or(file);
    let said = if said.is_empty() { "nothing" } else { said };
    let mut text = format!(
        "{file}:{place}: {}: “{source}” is read “{said}”: {message}",
        finding.confidence.name()
    );
    for (at, other) in finding.alternatives.iter().enumerate() {
        text.push_str(if at == 0 { "; or" } else { "," });
        text.push_str(&format!(" “{other}”"));
    }
    text
}

/// The start of a text, for a line of a list.
fn shortened(text: &str) -> String {
    const LENGTH: usize = 60;
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
