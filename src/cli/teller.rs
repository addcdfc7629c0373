//! What a person reads while articles are worked on, and the report of what became of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use indicatif::ProgressBar;

use super::report::{Done, Failed, Refused, Report, State};
use super::{interrupt, note, print_fault, progress};
use crate::batch::Event;
use crate::cli::language::told;
use crate::job::{Context, Outcome, Produced, Progress};
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::script::{Finding, Skipped};
use crate::model::shown::shown;
use crate::model::source_place::SourcePlace;

/// Shows a person how the work goes, and gathers the report.
pub(super) struct Teller<'a> {
    context: &'a Context,
    /// Whether only errors are printed.
    quiet: bool,
    /// Whether every part that is not read and every doubtful reading is printed.
    verbose: bool,
    /// How many articles there are; 0 if that is not known.
    articles: usize,
    /// How many of them are done.
    done: usize,
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
        let (verbose, articles, done) = (false, 0, 0);
        Teller { context, quiet, verbose, articles, done, bar, report, start: now, since: now }
    }

    /// The same, which prints every part that is not read and every doubtful reading.
    pub(super) fn verbose(self, verbose: bool) -> Teller<'a> {
        Teller { verbose, ..self }
    }

    /// The same, for so many articles.
    pub(super) fn of(self, articles: usize) -> Teller<'a> {
        Teller { articles, ..self }
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

    fn note(&self, message: &Message) {
        if !self.quiet {
            note(message);
        }
    }

    /// Shows a progress bar if a person is watching.
    fn show(&mut self, name: &str, progress: Progress) {
        if self.bar.is_finished() {
            self.bar = progress::bar(!self.quiet, progress::STEPS);
        }
        let name = shortened(&shown(name), LONGEST_NAME);
        let prefix = match self.articles {
            0 | 1 => name,
            articles => told!(
                "{number} of {articles}: {name}",
                number = (self.done + 1).min(articles),
                articles,
                name
            ),
        };
        self.bar.set_prefix(prefix);
        let (what, at, of) = match progress.written {
            0 => (told!("spoken"), progress.spoken as u64, progress.of as u64),
            written => (told!("% written"), written.into(), 100),
        };
        if self.bar.message() != what {
            // Speaking says nothing of how long writing takes.
            self.bar.reset_eta();
            self.bar.set_message(what);
        }
        self.bar.set_length(of);
        self.bar.set_position(at);
    }

    fn done(&mut self, name: &str, sound: Option<&Path>, outcome: Outcome) {
        self.bar.finish_and_clear();
        self.done += 1;
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
                print_fault(&message!(
                    "{name}: not spoken: {count} doubtful readings; give them in a lexicon \
                     (--lexicon) or leave --strict out",
                    name,
                    count
                ));
                self.report.refuse(Refused { input, findings });
            }
            Outcome::Draft => self.note(&message!("{name}: left out, a draft", name)),
            Outcome::Scheduled(date) => {
                self.note(&message!("{name}: left out until {date}", name, date));
            }
            Outcome::Failed(error) => {
                let mut message = super::hints::message(&error);
                if !message.to_string().contains(name) {
                    message = message!("{name}: {message}", name, message);
                }
                print_fault(&message);
                self.report.fail(Failed { input, error: message.to_string() });
            }
        }
        self.context.warnings().iter().for_each(note);
    }

    /// Prints what listeners of an article should know.
    fn note_findings(&self, name: &str, produced: &Produced) {
        for note in &produced.notes {
            self.note(&message!("{name}: {note}", name, note));
        }
        let shown_by = |command: &str| match std::path::Path::new(name).is_file() {
            true => format!("`docbao {command} {name}`"),
            false => format!("`docbao {command}`"),
        };
        let not_read = &produced.not_read;
        if !self.verbose && !not_read.is_empty() {
            let shown_by = shown_by("explain");
            self.note(&match not_read.len() {
                1 => message!("{name}: 1 part not read, {shown_by} shows them", name, shown_by),
                count => {
                    message!(
                        "{name}: {count} parts not read, {shown_by} shows them",
                        name,
                        count,
                        shown_by
                    )
                }
            });
        }
        for Skipped { part, line, kind, reason, text } in not_read.iter().filter(|_| self.verbose) {
            let text = shortened(text, LONGEST_TEXT);
            let name = part.as_deref().unwrap_or(name);
            self.note(&message!(
                "{name}:{line}: {kind} not read, {reason}: {text}",
                name,
                line,
                kind = Message::from(kind.name()),
                reason = Message::from(&**reason),
                text
            ));
        }
        let lines = listed(name, &produced.findings);
        let told = if self.verbose { lines.len() } else { MOST_FINDINGS };
        for line in lines.iter().take(told) {
            self.note(line);
        }
        if lines.len() > told {
            let (more, listed, fixed) =
                (lines.len() - told, shown_by("check"), shown_by("check --fix"));
            self.note(&message!(
                "{name}: {more} more doubtful readings; {listed} lists them, {fixed} mends them",
                name,
                more,
                listed,
                fixed
            ));
        }
        for fault in &produced.faults {
            self.note(&message!(
                "{name}: the sound is not as --loudness asks: {fault}",
                name,
                fault
            ));
        }
    }
}

/// A line for each finding of an article. A guess of a name is the same wherever the name is: what is
/// written and read alike is listed once, with how often it is there.
pub(super) fn listed(file: &str, findings: &[Finding]) -> Vec<Message> {
    let mut same: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in findings {
        *same.entry((&finding.source, &finding.said)).or_default() += 1;
    }
    let lines = findings.iter().filter_map(|finding| {
        match same.remove(&(finding.source.as_str(), finding.said.as_str()))? {
            1 => Some(placed(file, finding)),
            count => Some(message!("{line} ({count} times)", line = placed(file, finding), count)),
        }
    });
    lines.collect()
}

/// A finding with its file, as one line.
pub(super) fn placed(file: &str, finding: &Finding) -> Message {
    let Finding { part, line, column, source, said, message, .. } = finding;
    let part = part.as_deref();
    let place = SourcePlace { part, line: *line, column: *column };
    let file = part.unwrap_or(file);
    let said = if said.is_empty() { message!("nothing") } else { Message::text(said) };
    let line = message!(
        "{file}:{place}: {confidence}: “{source}” is read “{said}”: {message}",
        file,
        place = place.to_string(),
        confidence = Message::from(finding.confidence.name()),
        source,
        said,
        message
    );
    let others: Vec<_> = finding.alternatives.iter().map(|other| format!("“{other}”")).collect();
    match others.is_empty() {
        true => line,
        false => message!("{line}; or {others}", line, others = others.join(", ")),
    }
}

/// The most doubtful readings of an article that are listed if not all are.
const MOST_FINDINGS: usize = 5;

/// The most characters of a text in a list.
const LONGEST_TEXT: usize = 60;

/// The most characters of a name before a progress bar.
const LONGEST_NAME: usize = 40;

/// The start of a text, for a line of a list.
fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
