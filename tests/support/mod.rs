//! What several test files need: case tables, spoken text compared as a listener would, goldens.

#![allow(dead_code)] // each test binary uses its own part

use std::fs;
use std::path::Path;

use docbao::model::article::{Article, Block, BlockKind};
use docbao::model::diag::Span;
use docbao::model::spoken::SpokenText;
use docbao::text::readers::{self, Input};
use docbao::{FrontEnd, ReadingSettings, Utterance};

/// One row of a case file: where it is, and its fields.
pub(crate) struct Case {
    /// `file, line N`.
    pub(crate) place: String,
    /// Its line, from 1.
    pub(crate) line: usize,
    /// The fields, as many as the header names.
    pub(crate) fields: Vec<String>,
    columns: Vec<String>,
}

impl Case {
    /// The field of a column, if the file has it.
    pub(crate) fn get(&self, column: &str) -> Option<&str> {
        let at = self.columns.iter().position(|name| name == column)?;
        Some(&self.fields[at])
    }
}

/// The rows of a case file with these columns.
pub(crate) fn cases(path: &Path, columns: &[&str]) -> Vec<Case> {
    cases_with(path, columns, &[])
}

/// The rows of a case file with these columns and, behind them, those of `optional` that its header
/// names.
pub(crate) fn cases_with(path: &Path, columns: &[&str], optional: &[&str]) -> Vec<Case> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let name = path.file_name().unwrap().to_str().unwrap();
    let header = text.lines().find(|line| !line.is_empty() && !line.starts_with("# "));
    let header: Vec<_> = header.unwrap_or_default().split('\t').collect();
    let more = optional.iter().copied().filter(|column| header.contains(column));
    let columns: Vec<_> = columns.iter().copied().chain(more).collect();
    docbao::model::tables::rows(name, &text, &columns)
        .unwrap_or_else(|error| panic!("{error}"))
        .into_iter()
        .map(|(line, fields)| Case {
            place: format!("{name}, line {line}"),
            line,
            fields: fields.into_iter().map(str::to_owned).collect(),
            columns: columns.iter().map(|&column| column.to_owned()).collect(),
        })
        .collect()
}

/// A text as one paragraph that is read.
pub(crate) fn paragraph(text: &str) -> Article {
    let source = text.trim().to_owned();
    let span = Span::new(0, source.len());
    let block = Block::new(BlockKind::Paragraph, span, "a test");
    let blocks = if source.is_empty() { vec![] } else { vec![block] };
    Article { blocks, text: source, ..Article::default() }
}

/// The article in a file.
pub(crate) fn article(path: &str) -> Article {
    let bytes = fs::read(path).unwrap();
    readers::read(Input { name: path, bytes: bytes.into(), ..Input::default() }).unwrap().remove(0)
}

/// The front end with these settings.
pub(crate) fn front_end(settings: &ReadingSettings) -> FrontEnd {
    FrontEnd::new(settings, &docbao::voice::parametric::phonemize::spelling).unwrap()
}

/// What is said for an article by the usual settings.
pub(crate) fn spoken(article: &Article) -> SpokenText {
    front_end(&ReadingSettings::default()).spoken(article)
}

/// The utterances of an article by the usual settings.
pub(crate) fn utterances(article: &Article) -> Vec<Utterance> {
    front_end(&ReadingSettings::default()).utterances(article).collect()
}

/// What is heard of a line: lower case, no punctuation, single spaces, one place for the tone
/// mark, one form of words that have two (nghìn and ngàn, linh and lẻ, tỷ and tỉ).
pub(crate) fn heard(line: &str) -> String {
    let words = line.to_lowercase();
    let words = words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let words = words.map(|word| match word {
        "ngàn" => "nghìn".to_owned(),
        "lẻ" => "linh".to_owned(),
        "tỉ" => "tỷ".to_owned(),
        _ => older_tone_mark(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// hoà → hòa, thuỷ → thủy; quý stays.
fn older_tone_mark(word: &str) -> String {
    const PAIRS: [(&str, &str); 15] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    for (newer, older) in PAIRS {
        if let Some(head) = word.strip_suffix(newer).filter(|head| !head.ends_with('q')) {
            return format!("{head}{older}");
        }
    }
    word.to_owned()
}

/// Compares a text with a golden file. With `DOCBAO_ACCEPT=1` in the environment the file is
/// written instead, to be read through and committed.
pub(crate) fn golden(name: &str, actual: &str) {
    let path = Path::new("tests/cases/golden").join(name);
    if std::env::var_os("DOCBAO_ACCEPT").is_some() {
        fs::write(&path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path)
        .unwrap_or_else(|e| panic!("{}: {e}; run with DOCBAO_ACCEPT=1", path.display()));
    assert!(!expected.trim().is_empty(), "{name} is empty");
    for (at, (old, new)) in expected.lines().zip(actual.lines()).enumerate() {
        assert_eq!(old, new, "{name}, line {}", at + 1);
    }
    assert_eq!(expected.lines().count(), actual.lines().count(), "lines of {name}");
}
