//! `docbao inspect-article`.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use askama::Template;
use clap::Args;

use super::read_args::ReadArgs;
use super::{Failure, source};
use crate::cli::language::{known, told};
use crate::files::{AtomicFile, keep_inputs};
use crate::model::article::{Article, Block, BlockKind};
use crate::model::error::Error;
use crate::model::manner::MannerKind;
use crate::model::message::Message;
use crate::model::pauses::Pauses;
use crate::model::request::Source;
use crate::model::script::Finding;
use crate::model::source_place::SourcePlaces;
use crate::model::spoken::{Confidence, SpokenText};
use crate::text::FrontEnd;

/// Show what was found in an article: its parts, what each is and why, and whether it is read.
///
/// On a terminal, what is read is shown in colour and what is not read is dimmed. --html writes a page
/// for a browser, with the text of each part beside what is said for it and what is doubtful in it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  docbao inspect-article bai.txt\n  docbao inspect-article https://… --html bai.html"
)]
pub(super) struct InspectArticle {
    /// The article: a file, the address of a page (https://…), or `-` for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Write a page instead of lines.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
}

/// The codes of colours on a terminal (ECMA-48, 8.3.117): headings bold, the rest of what is read as it
/// is, what is not read dim, labels green or yellow.
const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const GREEN: &str = "\x1b[32m";
const YELLOW: &str = "\x1b[33m";
const PLAIN: &str = "\x1b[0m";

/// A part of the article as it is shown.
struct Shown<'a> {
    line: usize,
    kind: BlockKind,
    is_read: bool,
    reason: &'a str,
    text: &'a str,
    /// What is said for it.
    said: String,
    /// Who speaks parts of it, where the article says so.
    speakers: Vec<&'a str>,
    findings: Vec<&'a Finding>,
}

/// What the template of the page is filled with.
#[derive(Template)]
#[template(path = "inspect_article.html")]
struct ArticlePage<'a> {
    name: &'a str,
    facts: &'a [(&'static str, String)],
    parts: &'a [Shown<'a>],
    notes: &'a [Message],
    /// Words that are read, and all words.
    words: (usize, usize),
}

impl InspectArticle {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let front_end = self.read.front_end_of(&self.file, Pauses::default())?;
        let article = source::article(&self.file, front_end.settings())?;
        let spoken = front_end.spoken(&article);
        let review = front_end.review(&article, Confidence::Doubtful);
        let parts = shown(&article, &front_end, &spoken, &review.findings);
        match &self.html {
            Some(path) => {
                let lexicons = self.read.lexicons([&Source::File(self.file.clone())]);
                let read = lexicons.iter().chain([&self.file]);
                keep_inputs(read.map(PathBuf::as_path), [path.as_path()])?;
                write_page(path, &article, &parts, &review.notes)?;
            }
            None => print(&article, &parts)?,
        }
        Ok(())
    }
}

/// The parts of an article, in order.
fn shown<'a>(
    article: &'a Article,
    front_end: &FrontEnd,
    spoken: &SpokenText,
    findings: &'a [Finding],
) -> Vec<Shown<'a>> {
    let mut places = SourcePlaces::of(article);
    let mut said = spoken.blocks.iter();
    let part = |block: &'a Block| {
        let is_read = article.is_read(block, &front_end.settings().parts);
        let said = if is_read { said.next().map(|block| spoken.line(block)) } else { None };
        let inside = |place: usize| (block.span.start..block.span.end).contains(&place);
        let speakers = article.manners.iter().filter(|manner| inside(manner.span.start));
        let speakers = speakers.filter_map(|manner| match &manner.kind {
            MannerKind::Part(name) | MannerKind::Language(name) => Some(&**name),
            _ => None,
        });
        Shown {
            line: places.at(block.span.start).line,
            kind: block.kind,
            is_read,
            reason: &block.reason,
            text: article.text_of(block),
            said: said.unwrap_or_default(),
            speakers: speakers.collect(),
            findings: findings.iter().filter(|finding| inside(finding.span.start)).collect(),
        }
    };
    article.blocks.iter().map(part).collect()
}

/// What the article says of itself: names and values.
fn facts(article: &Article) -> Vec<(&'static str, String)> {
    let metadata = &article.metadata;
    let authors = (!metadata.authors.is_empty()).then(|| metadata.authors.join(", "));
    let facts = [
        ("title", metadata.title.clone()),
        ("authors", authors),
        ("date", metadata.date.map(|date| date.to_string())),
        ("language", metadata.language.clone()),
        ("section", metadata.section.clone()),
        ("address", metadata.address.clone()),
        ("collection", metadata.collection.clone()),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The words of what is read, and of all parts.
fn words(parts: &[Shown]) -> (usize, usize) {
    let count = |part: &Shown| part.text.split_whitespace().count();
    let read = parts.iter().filter(|part| part.is_read).map(count).sum();
    (read, parts.iter().map(count).sum())
}

fn print(article: &Article, parts: &[Shown]) -> Result<(), Failure> {
    let stdout = io::stdout();
    // https://no-color.org
    let has_colour =
        stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
    let code = |code: &'static str| if has_colour { code } else { "" };
    let mut out = BufWriter::new(stdout.lock());
    for (name, value) in facts(article) {
        writeln!(out, "{}{}:{} {value}", code(DIM), known(name), code(PLAIN))?;
    }
    for part in parts {
        let (colour, read) =
            if part.is_read { (GREEN, told!("read")) } else { (YELLOW, told!("not read")) };
        let (kind, line, reason) = (known(part.kind.name()), part.line, known(part.reason));
        let speakers: String = part.speakers.iter().map(|name| format!(" [{name}]")).collect();
        let label = format!("{line}: {kind}, {read}{speakers}");
        writeln!(
            out,
            "\n{}{label}{}  {}{reason}{}",
            code(colour),
            code(PLAIN),
            code(DIM),
            code(PLAIN)
        )?;
        let look = match (part.is_read, part.kind) {
            (false, _) => DIM,
            (true, BlockKind::Title | BlockKind::Heading) => BOLD,
            (true, _) => PLAIN,
        };
        writeln!(out, "{}{}{}", code(look), part.text, code(PLAIN))?;
        for finding in &part.findings {
            let Finding { source, said, message, .. } = finding;
            writeln!(
                out,
                "  {}{}{}",
                code(YELLOW),
                told!("“{source}” is read “{said}”: {message}", source, said, message),
                code(PLAIN)
            )?;
        }
    }
    let (read, all) = words(parts);
    writeln!(out, "\n{}", told!("{read} of {all} words are read", read, all))?;
    out.flush()?;
    Ok(())
}

fn write_page(
    path: &Path,
    article: &Article,
    parts: &[Shown],
    notes: &[Message],
) -> Result<(), Error> {
    let page = ArticlePage {
        name: &article.origin.name,
        facts: &facts(article),
        parts,
        notes,
        words: words(parts),
    };
    let mut file = AtomicFile::create(path)?;
    let written = page.write_into(&mut file).map_err(io::Error::other);
    written.map_err(|cause| file.error(cause))?;
    file.finish()?;
    Ok(())
}
