//! `docbao explain`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::json::{Kind, print_json};
use super::read_args::ReadArgs;
use super::{Failure, buffered_stdout, source};
use crate::cli::language::{known, told};
use crate::model::article::{Article, BlockKind};
use crate::model::diag::Span;
use crate::model::pauses::Pauses;
use crate::model::reading_policy::ReadingPolicy;
use crate::model::source_place::{SourcePlace, SourcePlaces};
use crate::model::spoken::{Candidate, Confidence, Decision, SpokenText, Word};

/// Explain how an article is read: every word with its source, what is said for it, its semiotic
/// class (date, money, abbreviation…), and how sure the reading is.
///
/// First come the parts of the article, with the reason why each is read or not. Then, for every
/// piece of the source: line and column, the source, what is said, the semiotic class that read it
/// and the confidence (sure, likely, doubtful or unknown), separated by tabs; for a reading of a lexicon,
/// the lexicon follows. With --why, what the doubtful
/// pieces could be follows, with the evidence that decided.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  docbao explain bai.txt\n  docbao explain bai.txt --why")]
pub(super) struct Explain {
    /// The article: a file, the address of a page (https://…), or `-` for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Add, for every piece that could be several things, what it could be, how probable each is, and
    /// what speaks for the likeliest and for the next.
    #[arg(long)]
    why: bool,
    /// Print JSON for programs.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    read: ReadArgs,
}

/// The explanation of an article.
#[derive(Serialize)]
struct Explanation<'a> {
    blocks: Vec<ExplainedBlock<'a>>,
    words: Vec<ExplainedWord<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    decisions: Vec<ExplainedDecision<'a>>,
}

#[derive(Serialize)]
struct ExplainedDecision<'a> {
    #[serde(flatten)]
    place: SourcePlace<'a>,
    text: &'a str,
    #[serde(flatten)]
    decision: &'a Decision,
}

#[derive(Serialize)]
struct ExplainedBlock<'a> {
    kind: BlockKind,
    read: bool,
    reason: &'a str,
    line: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct ExplainedWord<'a> {
    #[serde(flatten)]
    place: SourcePlace<'a>,
    span: Span,
    source: &'a str,
    said: &'a str,
    class: &'static str,
    confidence: Confidence,
    /// The lexicon that the reading is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    lexicon: Option<&'a str>,
}

impl Explain {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let front_end = self.read.front_end_of(&self.file, Pauses::default())?;
        let article = source::article(&self.file, front_end.settings())?;
        let spoken =
            if self.why { front_end.explained(&article) } else { front_end.spoken(&article) };
        let explanation = explain(&article, &spoken, &front_end.settings().parts, self.why);
        if self.json {
            return print_json(Kind::Explanation, &explanation);
        }
        let mut out = buffered_stdout();
        for block in &explanation.blocks {
            let read = if block.read { told!("read") } else { told!("not read") };
            let text = block.text.replace('\n', " ");
            writeln!(
                out,
                "# {}",
                told!(
                    "line {line}: {kind}, {read}: {reason}: {text}",
                    line = block.line,
                    kind = known(block.kind.name()),
                    read,
                    reason = known(block.reason),
                    text
                )
            )?;
        }
        for word in &explanation.words {
            let source = word.source.replace('\n', " ");
            let (place, confidence) = (word.place, word.confidence.name());
            write!(out, "{place}\t{source}\t{}\t{}\t{confidence}", word.said, word.class)?;
            match word.lexicon {
                Some(lexicon) => writeln!(out, "\t{lexicon}")?,
                None => writeln!(out)?,
            }
        }
        for decision in &explanation.decisions {
            write_decision(&mut out, decision)?;
        }
        out.flush()?;
        Ok(())
    }
}

/// Writes what a piece could be, the likeliest first, with what speaks for the first two.
fn write_decision(out: &mut impl Write, explained: &ExplainedDecision<'_>) -> io::Result<()> {
    let ExplainedDecision { place, text, decision } = explained;
    writeln!(
        out,
        "# {}",
        told!("{place} could be several things: {text}", place = place.to_string(), text)
    )?;
    let chosen = &decision.candidates[decision.chosen];
    for (rank, candidate) in [chosen].into_iter().chain(decision.others()).enumerate() {
        let Candidate { kind, said, probability, evidence } = candidate;
        writeln!(out, "{place}\t{kind}\t{said}\t{probability:.3}")?;
        if rank < 2 {
            let mut evidence: Vec<_> = evidence.iter().filter(|one| one.weight != 0.0).collect();
            evidence.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
            for one in evidence {
                writeln!(out, "\t{}\t{:+.2}", one.name, one.weight)?;
            }
        }
    }
    Ok(())
}

fn explain<'a>(
    article: &'a Article,
    spoken: &'a SpokenText,
    parts: &ReadingPolicy,
    why: bool,
) -> Explanation<'a> {
    let mut places = SourcePlaces::of(article);
    let blocks = article.blocks.iter().map(|block| ExplainedBlock {
        kind: block.kind,
        read: article.is_read(block, parts),
        reason: &block.reason,
        line: places.at(block.span.start).line,
        text: article.text_of(block),
    });
    let blocks = blocks.collect();
    let words = spoken.words().map(|word: &Word| ExplainedWord {
        place: places.at(word.source.start),
        span: word.source,
        source: word.source.of(&article.text),
        said: spoken.said(word),
        class: word.class,
        confidence: word.confidence,
        lexicon: spoken.lexicon_of(word),
    });
    let words = words.collect();
    let mut places = SourcePlaces::of(article);
    let decisions = spoken.decisions.iter().filter(|_| why).map(|decision| {
        let (place, text) = (places.at(decision.source.start), decision.source.of(&article.text));
        ExplainedDecision { place, text, decision }
    });
    Explanation { blocks, words, decisions: decisions.collect() }
}
