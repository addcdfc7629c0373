//! The input stage: decoding, blocks of articles, and what holds for any text.
//!
//! A case is `cases/input/<name>.txt` with the expected blocks in `<name>.blocks`, the text form of
//! `Document`. After a change that is meant, `ACCEPT=1 cargo test --test input` writes them anew;
//! read the difference before committing it.

use std::fs;
use std::path::{Path, PathBuf};

use docbao::document::{BlockKind, Document};
use docbao::input::{self, Encoding, ReadingPolicy, article, decode, detect, skipped};
use proptest::prelude::*;

fn blocks(text: &str) -> Document {
    article(text.to_owned(), &ReadingPolicy::default())
}

fn check(text: &Path, expected: &Path) -> Result<(), String> {
    let source = decode("case", &fs::read(text).unwrap(), None).unwrap();
    let found = blocks(&source).to_string();
    if std::env::var_os("ACCEPT").is_some() {
        fs::write(expected, &found).unwrap();
    }
    let wanted = fs::read_to_string(expected).unwrap_or_default();
    let differs = |(found, wanted): &(&str, &str)| found != wanted;
    if found == wanted {
        return Ok(());
    }
    let first = found.lines().zip(wanted.lines()).find(differs);
    Err(format!("{}: found, then wanted: {first:#?}", text.display()))
}

#[test]
fn every_case_gives_its_blocks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/input");
    let mut texts: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    texts.sort();
    assert!(texts.len() >= 16, "the cases are gone");
    let failures: Vec<_> =
        texts.iter().filter_map(|t| check(t, &t.with_extension("blocks")).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_sample_gives_its_blocks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected = root.join("tests/cases/input/sample-binh-luc.blocks");
    check(&root.join("samples/binh-luc.txt"), &expected).unwrap();
}
