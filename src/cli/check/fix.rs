//! The doubtful readings, gone through in a terminal: each is shown in its sentence, heard, and mended.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use super::question::{Answer, HELP, answer, readings};
use crate::cli::hear::PlayerArgs;
use crate::cli::language::{known, said, told};
use crate::cli::lexicons::Projects;
use crate::cli::read_args::ReadArgs;
use crate::cli::{Failure, interrupt, print_error, source, stdout};
use crate::job::{Context, as_article_asks};
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::request::{LexiconText, Request};
use crate::model::script::Finding;
use crate::model::shown::shown;
use crate::model::source_place::SourcePlace;
use crate::model::spoken::Confidence;
use crate::text::FrontEnd;
use crate::text::lexicon::with_reading;
use crate::text::lexicon_file::LexiconFile;
use crate::text::sentences::{sentence_at, span_of};
use crate::voice::parametric::phonemize;

/// How many characters of a sentence are shown on each side of the piece.
const CONTEXT: usize = 300;

/// What the command line says of the articles that are gone through.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// How they are read.
    pub read: &'a ReadArgs,
    /// What is no surer than this is asked about.
    pub level: Confidence,
    /// What plays sentences.
    pub player: &'a PlayerArgs,
}

/// Goes through the readings of some articles; `keep` is the lexicon for what is chosen.
///
/// # Errors
/// Of kind `Request` if there is no terminal; what the lexicon's file says;
/// [`Failure::Doubtful`] if something doubtful is left.
pub(super) fn run(
    asked: Asked<'_>,
    (context, manner): (&Context, &Request),
    files: &[PathBuf],
    keep: &LexiconFile,
) -> Result<(), Failure> {
    let is_input = files.iter().any(|file| source::is_standard_input(file));
    if is_input || !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        let reason = "--fix asks its questions in a terminal, and this is none: `docbao check FILE` lists the \
                      readings, and --write names.tsv puts them into a table to correct, which --lexicon \
                      takes";
        return Err(Error::request(reason).into());
    }
    interrupt::listen();
    let mut session =
        Session { asked, context, keep, kept: BTreeMap::new(), skipped: 0, has_helped: false };
    let mut projects = Projects::default();
    let mut failed = false;
    for file in files {
        match asked.read.article(manner, &mut projects, file) {
            Ok((request, article)) => {
                let name = source::name(file);
                let is_on = session.article(&name, request, &article)?;
                if !is_on {
                    break;
                }
            }
            Err(error) => {
                print_error(&error);
                failed = true;
            }
        }
    }
    let Session { kept, skipped, .. } = session;
    let mut out = stdout();
    match (kept.len(), skipped) {
        (0, 0) => writeln!(out, "{}", told!("nothing is doubtful"))?,
        (0, _) => writeln!(out, "{}", told!("nothing was changed"))?,
        (count, _) => writeln!(
            out,
            "{}",
            told!("{count} readings kept in {keep}", count, keep = keep.name())
        )?,
    }
    match (failed, skipped) {
        (true, _) => Err(Failure::Reported),
        (_, 0) => Ok(()),
        _ => Err(Failure::Doubtful),
    }
}

/// What goes on from question to question.
struct Session<'a> {
    asked: Asked<'a>,
    context: &'a Context,
    keep: &'a LexiconFile,
    /// What was chosen, by written form.
    kept: BTreeMap<String, String>,
    /// How many questions are left without an answer.
    skipped: usize,
    has_helped: bool,
}

/// A question: a reading of an article.
struct Question<'a> {
    /// Which it is, from 1, and of how many.
    number: (usize, usize),
    name: &'a str,
    request: &'a Request,
    article: &'a Article,
    finding: &'a Finding,
}

impl Session<'_> {
    /// Asks about the readings of an article; whether there is to be more after it.
    fn article(
        &mut self,
        name: &str,
        mut request: Request,
        article: &Article,
    ) -> Result<bool, Failure> {
        self.add_kept(&mut request)?;
        let mut findings = self.front_end(&request)?.review(article, self.asked.level).findings;
        // A written form is asked about once.
        let mut seen = BTreeSet::new();
        findings.retain(|finding| seen.insert(written(finding)));
        let mut open: Vec<bool> = vec![true; findings.len()];
        let mut at = 0;
        let mut is_on = true;
        while let Some(finding) = findings.get(at) {
            let number = (at + 1, findings.len());
            let question = Question { number, name, request: &request, article, finding };
            self.show(&question)?;
            match self.ask(&question)? {
                Step::Kept => {
                    open[at] = false;
                    at += 1;
                    self.add_kept(&mut request)?;
                    self.tell_if_beaten(&request, article, finding)?;
                }
                Step::Undone => {
                    open[at] = true;
                    self.add_kept(&mut request)?;
                }
                Step::Next => at += 1,
                Step::Back => at = at.saturating_sub(1),
                Step::End => {
                    is_on = false;
                    break;
                }
            }
        }
        self.skipped += open.iter().filter(|is_open| **is_open).count();
        Ok(is_on)
    }

    /// Puts what is kept by now among the lexicons of a request: in its place, or as the one that beats all.
    fn add_kept(&self, request: &mut Request) -> Result<(), Error> {
        let kept = self.keep.read()?;
        let lexicons = &mut request.reading.lexicons;
        match lexicons.iter_mut().find(|lexicon| lexicon.name() == kept.name()) {
            Some(lexicon) => *lexicon = kept,
            None => lexicons.push(kept),
        }
        Ok(())
    }

    fn front_end(&self, request: &Request) -> Result<Arc<FrontEnd>, Error> {
        self.context.front_end(&request.reading)
    }

    /// Shows a reading in its sentence, and what else it could be.
    fn show(&mut self, question: &Question) -> Result<(), Failure> {
        let Question { number: (number, count), name, article, finding, .. } = question;
        let mut out = stdout();
        let place = finding.part.as_deref().unwrap_or(name);
        let at = SourcePlace { part: None, line: finding.line, column: finding.column };
        let number = told!("{number} of {count}", number, count);
        let (level, message) = (known(finding.confidence.name()), said(&finding.message));
        writeln!(
            out,
            "
{number}  {place}:{at}  {level}: {message}"
        )?;
        let (before, after) = self.around(question)?;
        drop(out);
        let piece = shown(finding.span.of(&article.text)).into_owned();
        let piece = single_spaced(&piece);
        let (on, off) = if is_plain() { ("", "") } else { ("\u{1b}[1;7m", "\u{1b}[0m") };
        let (before, after) = (shown(&before), shown(&after));
        writeln!(io::stdout(), "\n    {before}{on}[{piece}]{off}{after}\n")?;
        let mut out = stdout();
        for (at, said) in readings(finding).iter().enumerate() {
            let said = if said.is_empty() { known("(nothing)") } else { said };
            let now = match at {
                0 => format!("   {}", told!("(as it is read now)")),
                _ => String::new(),
            };
            writeln!(out, "    {}  {said}{now}", at + 1)?;
        }
        if let Some(said) = self.kept.get(&written(finding)) {
            writeln!(out, "    {}", told!("kept: {said}", said))?;
        }
        if !self.has_helped {
            self.has_helped = true;
            writeln!(out, "\n{}", known(HELP))?;
        }
        Ok(())
    }

    /// The sentence before and after the piece, on one line.
    fn around(&self, question: &Question) -> Result<(String, String), Error> {
        let Question { request, article, finding, .. } = question;
        let front_end = self.front_end(request)?;
        let sentence = sentence_at(front_end.utterances(article), finding.span.start);
        let span = span_of(&sentence).unwrap_or(finding.span).to(finding.span);
        let before = &article.text[span.start..finding.span.start];
        let after = &article.text[finding.span.end..span.end];
        let skipped = before.chars().count().saturating_sub(CONTEXT);
        let before = match skipped {
            0 => Cow::Borrowed(before),
            _ => format!("…{}", before.chars().skip(skipped).collect::<String>()).into(),
        };
        let after = match after.char_indices().nth(CONTEXT) {
            None => Cow::Borrowed(after),
            Some((end, _)) => format!("{}…", &after[..end]).into(),
        };
        Ok((one_line(&before), one_line(&after)))
    }

    /// Asks until an answer leads on.
    fn ask(&mut self, question: &Question) -> Result<Step, Failure> {
        let choices = readings(question.finding);
        loop {
            interrupt::at_once();
            let mut out = stdout();
            write!(out, "> ")?;
            out.flush()?;
            drop(out);
            let mut line = String::new();
            let failed = |cause| Error::read("standard input", cause);
            if io::stdin().read_line(&mut line).map_err(failed)? == 0 {
                writeln!(stdout())?;
                return Ok(Step::End);
            }
            match answer(&line, &choices) {
                Answer::Skip => return Ok(Step::Next),
                Answer::Back => return Ok(Step::Back),
                Answer::Quit => return Ok(Step::End),
                Answer::Help => writeln!(stdout(), "{}", known(HELP))?,
                Answer::Unclear(reason) => writeln!(stdout(), "  {}", said(&reason))?,
                Answer::Hear(said) => match self.hear(question, said.as_deref()) {
                    // The user has heard enough of it.
                    Ok(()) | Err(Failure::Stopped) => {}
                    Err(Failure::Error(error)) => print_error(&error),
                    Err(failure) => return Err(failure),
                },
                Answer::Keep(said) => match self.change(question, Some(&said)) {
                    Ok(()) => {
                        let written = written(question.finding);
                        writeln!(
                            stdout(),
                            "  {}",
                            told!("kept: “{written}” is read “{said}”", written, said)
                        )?;
                        return Ok(Step::Kept);
                    }
                    Err(error) => print_error(&error),
                },
                Answer::Undo => match self.change(question, None) {
                    Ok(()) => {
                        writeln!(stdout(), "  {}", told!("no reading is kept for it"))?;
                        return Ok(Step::Undone);
                    }
                    Err(error) => print_error(&error),
                },
            }
        }
    }

    /// Keeps a reading in the lexicon, or takes it out.
    fn change(&mut self, question: &Question, said: Option<&str>) -> Result<(), Error> {
        interrupt::take_care();
        let written = written(question.finding);
        self.keep.change(&written, said)?;
        match said {
            Some(said) => self.kept.insert(written, said.to_owned()),
            None => self.kept.remove(&written),
        };
        Ok(())
    }

    /// Plays the sentence, with this reading of the piece or as it is read now.
    fn hear(&self, question: &Question, said: Option<&str>) -> Result<(), Failure> {
        let Question { request, article, finding, .. } = question;
        let mut request = (*request).clone();
        if let Some(said) = said {
            let text = with_reading("", "", &written(finding), Some(said), &phonemize::spelling)?;
            request.reading.lexicons.push(LexiconText::new("the chosen reading", &text));
        }
        let request = as_article_asks(self.context, &request, article)?;
        let front_end = self.front_end(&request)?;
        let sentence = sentence_at(front_end.utterances(article), finding.span.start);
        let narrator = self.context.narrator(&request)?;
        self.asked.player.speak(&narrator, sentence.into_iter(), |_| Ok(()))
    }

    /// Says so if a reading that was kept does not count where it was asked about.
    fn tell_if_beaten(
        &self,
        request: &Request,
        article: &Article,
        finding: &Finding,
    ) -> Result<(), Failure> {
        let findings = self.front_end(request)?.review(article, Confidence::Sure).findings;
        let here = findings.iter().find(|found| found.span.start == finding.span.start);
        if let Some(here) = here.filter(|found| found.class != "lexicon") {
            let said = &here.said;
            writeln!(
                stdout(),
                "  {}",
                told!(
                    "but here it is still read “{said}”: the written form is part of a longer one",
                    said
                )
            )?;
        }
        Ok(())
    }
}

/// Where an answer leads.
enum Step {
    Kept,
    Undone,
    Next,
    Back,
    End,
}

/// The written form of a reading, as a lexicon has it.
fn written(finding: &Finding) -> String {
    single_spaced(&finding.source)
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text on one line, with a space where it begins or ends with white space.
fn one_line(text: &str) -> String {
    let space = |is_there: bool| if is_there { " " } else { "" };
    let (begins, ends) =
        (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    match single_spaced(text) {
        empty if empty.is_empty() => space(begins).to_owned(),
        text => format!("{}{text}{}", space(begins), space(ends)),
    }
}

/// Whether the user wants no colours (no-color.org).
fn is_plain() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}
