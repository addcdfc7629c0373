//! Everything that the program says has its place in every catalogue.

mod sources;

use std::collections::BTreeSet;
use std::fmt::Write;

use clap::CommandFactory;

use self::sources::Sources;
use super::catalogue::{Catalogue, VIETNAMESE};
use super::help;
use crate::cli::Cli;
use crate::model::message::{Piece, Pieces};

/// Texts that read like sentences and are told to nobody: what is put into files, sent to servers and looked for
/// in what others say.
const NOT_SAID: [&str; 13] = [
    " (reads articles aloud for one listener)",
    " is not in ",
    "# Kept by docbao, which changes rows after this line.",
    "# Kept by the studio of docbao, which changes rows after this line.",
    "# Who each episode is: docbao writes this file, and players know the episodes by what is in it.\n# Keep \
     it with the articles, also in version control.\n\n",
    "Giọng đọc do máy tổng hợp (synthetic voice), docbao",
    "Signature: 8a477f597d28d172789f06886806bc55\n# Utterances that docbao has spoken.\n",
    "Thời điểm của từng từ được ước lượng (word times are estimated)",
    "a sketch is hexadecimal digits, eight for each number",
    "h2, h3, p, div, strong, span, td, em",
    "invalid peer certificate",
    "mi li ba",
    "nav, [role=navigation], [role=search], [role=contentinfo], [role=complementary], [role=dialog], dialog, \
     script, style, noscript, template, [itemprop=comment]",
];

/// What the texts of the system, of Rust and of the reader of TOML have in them: they are said as a whole, and are not in the sources.
const OF_OTHERS: [&str; 5] = [
    "(os error ",
    "invalid digit found in string",
    "invalid float literal",
    "invalid socket address syntax",
    "invalid unquoted key, expected letters",
];

/// Tables of the program whose texts are told.
const TABLES: [&str; 6] = [
    "src/text/readers/tables/signatures.tsv",
    "src/voice/install/tables/catalogue.tsv",
    "voices/bac-nu-trong/voice.toml",
    "voices/bac-nu/voice.toml",
    "voices/bac-trong/voice.toml",
    "voices/bac/voice.toml",
];

/// The head of a catalogue.
const HEAD: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: vi\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n";

fn vietnamese() -> Catalogue {
    Catalogue::read(VIETNAMESE).unwrap()
}

fn commands() -> clap::Command {
    let mut root = Cli::command();
    root.build();
    root
}

/// The entries that a catalogue lacks, ready to be put into it.
fn lacking<'a>(catalogue: &Catalogue, needed: impl Iterator<Item = &'a String>) -> String {
    let mut entries = String::new();
    for pattern in needed.filter(|it| it.chars().any(char::is_alphabetic)) {
        let is_bare = words_outside(pattern).is_empty();
        if catalogue.said(pattern).is_none() && !is_bare {
            let _ = write!(entries, "msgid {pattern:?}\nmsgstr \"\"\n\n");
        }
    }
    entries
}

/// What of a pattern is not a placeholder and has letters.
fn words_outside(pattern: &str) -> Vec<&str> {
    let texts = Pieces(pattern).filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Name(_) => None,
    });
    texts.filter(|text| text.chars().any(char::is_alphabetic)).collect()
}

fn names(pattern: &str) -> BTreeSet<&str> {
    let names = Pieces(pattern).filter_map(|piece| match piece {
        Piece::Name(name) => Some(name),
        Piece::Text(_) => None,
    });
    names.collect()
}

#[test]
fn the_help_is_in_every_catalogue() {
    let catalogue = vietnamese();
    let lacking = lacking(&catalogue, help::keys(&commands()).iter());
    assert!(lacking.is_empty(), "vi.po lacks these texts of the help:\n\n{lacking}");
}

#[test]
fn messages_are_in_every_catalogue() {
    let catalogue = vietnamese();
    let sources = Sources::read();
    let of_help = help::keys(&commands());
    let is_said = |text: &&String| {
        !NOT_SAID.contains(&text.as_str())
            && !text.split("\n\n").all(|paragraph| of_help.contains(help::key(paragraph)))
    };
    let sentences = sources.sentences.iter().filter(is_said);
    let needed: BTreeSet<&String> = sources.patterns.iter().chain(sentences).collect();
    let lacking = lacking(&catalogue, needed.into_iter());
    assert!(lacking.is_empty(), "vi.po lacks these messages:\n\n{lacking}");
}

#[test]
fn sentences_are_not_put_together_before_they_are_said() {
    let sources = Sources::read();
    let formatted: Vec<_> = sources.formatted.iter().collect();
    assert!(
        formatted.is_empty(),
        "these are to be messages, by `message!` or `told!`: {formatted:#?}"
    );
}

#[test]
fn catalogues_have_nothing_that_is_not_said_and_the_names_of_the_english() {
    let catalogue = vietnamese();
    let sources = Sources::read();
    let of_help = help::keys(&commands());
    let tables = TABLES.map(|file| std::fs::read_to_string(file).unwrap());
    let is_used = |pattern: &str| {
        sources.all.contains(pattern)
            || of_help.contains(pattern)
            || tables.iter().any(|table| table.contains(pattern))
            || OF_OTHERS.iter().any(|part| pattern.contains(part))
    };
    let mut faults = Vec::new();
    for (pattern, said) in catalogue.entries() {
        if !is_used(pattern) {
            faults.push(format!("nothing says `{pattern}`"));
        }
        if names(pattern) != names(said) {
            faults.push(format!("`{said}` has other names than `{pattern}`"));
        }
    }
    assert!(catalogue.entries().count() > 1000 && faults.is_empty(), "vi.po: {faults:#?}");
}

#[test]
fn what_would_be_missing_is_seen() {
    let catalogue = Catalogue::read(&format!("{HEAD}msgid \"a {{b}}\"\nmsgstr \"{{b}} á\"\n"));
    let catalogue = catalogue.unwrap();
    let lacks = |text: &str| !lacking(&catalogue, [text.to_owned()].iter()).is_empty();
    assert!(lacks("another text") && !lacks("a {b}") && !lacks("{a}: {b}"));
    assert_ne!(names("{a} {b}"), names("{a}"));
    assert!(Catalogue::read(&format!("{HEAD}msgid \"\\q\"\nmsgstr \"b\"\n")).is_err());
}
