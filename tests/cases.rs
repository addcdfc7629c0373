//! Every row of the case tables of text is a test of its own, named by its file and its line:
//! `cargo test normalize::date::line_12` runs one, `cargo test normalize::date` those of a file.
//!
//! The rows that an `open.txt` beside a table names are known to be wrong still: each must stay
//! wrong, and leaves the list as soon as it is right.

mod support;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use docbao::model::pauses::Pauses;
use docbao::model::phrase::{Dialect, Intonation};
use docbao::model::reading_options::Options;
use docbao::model::utterance::Utterance;
use docbao::text::lexicon::Lexicon;
use docbao::text::normalize::{Normalizer, normalize};
use docbao::text::orthography::parse;
use docbao::text::segment::segment;
use docbao::text::transliterate::{Trust, is_listed, transliterate, trust};
use docbao::voice::parametric::phonemize::Phonemizer;
use libtest_mimic::{Arguments, Failed, Trial};
use support::{Case, heard, paragraph};

/// Whether a row holds, and if not, why.
type Check = fn(&Case) -> Result<(), String>;

/// The tables beside those of the normalizer: path below `tests/cases`, columns, and what each row
/// must hold.
const TABLES: [(&str, &[&str], Check); 8] = [
    ("number_style/cases", &["style", "text", "said", "note"], number_style),
    ("orthography/syllables", &["word", "onset", "glide", "nucleus", "coda", "tone"], orthography),
    ("phonemize/syllables", &["word", "north", "central", "south"], phonemize),
    ("segment/cases", &["text", "shape", "note"], segmentation),
    ("transliterate/held_out", &["word", "said"], held_out_word),
    ("transliterate/sentences", &["text", "said"], sentence),
    ("transliterate/trust", &["word", "trust"], trust_in_word),
    ("transliterate/words", &["word", "said"], foreign_word),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut tests = Vec::new();
    let mut tables = normalizer_tables();
    assert!(tables.len() >= 20, "only {} tables of the normalizer", tables.len());
    tables.extend(TABLES.map(|(table, columns, check)| (table.to_owned(), columns, check)));
    let mut open = OpenRows::default();
    for (table, columns, check) in tables {
        add_rows(&mut tests, &mut open, &table, columns, check);
    }
    assert!(tests.len() >= 2500, "only {} rows were found", tests.len());
    tests.push(Trial::test("open_lists_name_rows", move || open.all_are_rows()));
    tests.push(Trial::test("regular_words_are_read_right", regular_words_are_read_right));
    libtest_mimic::run(&arguments, tests).exit_code()
}

/// A table for each semiotic class or so.
fn normalizer_tables() -> Vec<(String, &'static [&'static str], Check)> {
    let entries = fs::read_dir("tests/cases/normalize").unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "tsv"))
        .map(|path| format!("normalize/{}", path.file_stem().unwrap().to_str().unwrap()))
        .collect();
    names.sort();
    let table = |name| (name, &["text", "said", "note"][..], reading as Check);
    names.into_iter().map(table).collect()
}

/// Adds a test for each row of a table.
fn add_rows(
    tests: &mut Vec<Trial>,
    open: &mut OpenRows,
    table: &str,
    columns: &[&str],
    check: Check,
) {
    let path = Path::new("tests/cases").join(table).with_extension("tsv");
    let group = table.replace('/', "::");
    for case in support::cases_with(&path, columns, &["class", "confidence"]) {
        let is_open = open.contains(path.parent().unwrap(), &case.fields[0]);
        let name = format!("{group}::line_{}", case.line);
        tests.push(Trial::test(name, move || match (check(&case), is_open) {
            (Ok(()), true) => Err("it is right now: take it off open.txt".into()),
            (Err(reason), false) => Err(Failed::from(reason)),
            _ => Ok(()),
        }));
    }
}

/// The first fields of the rows that are known to be wrong still, by folder, and whether a row of
/// the kind was met.
#[derive(Default)]
struct OpenRows(HashMap<PathBuf, HashMap<String, bool>>);

impl OpenRows {
    /// Whether the list of a folder names a row.
    fn contains(&mut self, folder: &Path, first_field: &str) -> bool {
        let listed = self.0.entry(folder.to_owned()).or_insert_with(|| {
            let open = fs::read_to_string(folder.join("open.txt")).unwrap_or_default();
            let lines = open.lines().filter(|line| !line.starts_with("# "));
            lines.map(|line| (line.to_owned(), false)).collect()
        });
        listed.get_mut(first_field).map(|is_met| *is_met = true).is_some()
    }

    fn all_are_rows(&self) -> Result<(), Failed> {
        let listed = self.0.values().flatten();
        match listed.filter(|(_, is_met)| !**is_met).map(|(row, _)| row).next() {
            Some(row) => Err(format!("an open.txt names what is no row: {row}").into()),
            None => Ok(()),
        }
    }
}

/// One of the readings separated by ` | `, as it is heard.
fn accepts(accepted: &str, said: &str) -> Result<(), String> {
    if accepted.split(" | ").any(|reading| heard(reading) == heard(said)) {
        return Ok(());
    }
    Err(format!("  said:     {said}\n  accepted: {accepted}"))
}

/// A text is heard as one of the accepted readings. Where a row names a class, it reads a part of
/// the text; a confidence is that of the least sure word of the class, or else of the text.
fn reading(case: &Case) -> Result<(), String> {
    let document = paragraph(&case.fields[0]);
    let spoken = normalize(&document);
    let line: String = spoken.blocks.iter().map(|block| spoken.line(block)).collect();
    accepts(&case.fields[1], &line)?;
    let class = case.get("class").filter(|class| !class.is_empty());
    let words: Vec<_> =
        spoken.words().filter(|word| class.is_none_or(|class| word.class == class)).collect();
    if words.is_empty() && class.is_some() {
        let classes: Vec<_> = spoken.words().map(|word| word.class).collect();
        return Err(format!("no word is of the class {}: {classes:?}", class.unwrap_or("")));
    }
    let confidence = words.iter().map(|word| word.confidence).min().map(docbao::Confidence::name);
    match case.get("confidence").filter(|expected| !expected.is_empty()) {
        Some(expected) if confidence != Some(expected) => {
            Err(format!("the reading is {}, not {expected}", confidence.unwrap_or("empty")))
        }
        _ => Ok(()),
    }
}

/// A text in a number style is said exactly so.
fn number_style(case: &Case) -> Result<(), String> {
    let settings = case.fields[0]
        .split(' ')
        .map(|setting| setting.replace('-', "_").replace('=', " = '") + "'\n");
    let style = toml::from_str(&settings.collect::<String>()).map_err(|e| e.to_string())?;
    let normalizer = Normalizer::new(Options { style, ..Options::default() }, Lexicon::default());
    let said = normalizer.normalize(&paragraph(&case.fields[1]), &docbao::ReadingPolicy::default());
    let said = said.to_string();
    equal(said.trim_end(), &case.fields[2])
}

fn equal(actual: &str, expected: &str) -> Result<(), String> {
    if actual == expected {
        return Ok(());
    }
    Err(format!("  is:       {actual}\n  expected: {expected}"))
}

/// A word is read as one of the accepted syllables.
fn one_of(accepted: &str, said: &str) -> Result<(), String> {
    if accepted.split(" | ").any(|reading| reading == said) {
        return Ok(());
    }
    Err(format!("  said:     {said}\n  accepted: {accepted}"))
}

fn foreign_word(case: &Case) -> Result<(), String> {
    let said: Vec<_> = case.fields[0].split(' ').map(transliterate).collect();
    equal(&said.join(" "), &case.fields[1])
}

/// The words of a text, signs at their ends left out.
fn sentence(case: &Case) -> Result<(), String> {
    let words = case.fields[0].split(' ');
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    one_of(&case.fields[1], &words.map(transliterate).collect::<Vec<_>>().join(" "))
}

/// What the rules alone make of a word that no row of the program's table may hold.
fn held_out_word(case: &Case) -> Result<(), String> {
    let word = &case.fields[0];
    assert!(!is_listed(word), "{word} is held out of the table");
    one_of(&case.fields[1], &transliterate(word))
}

/// How far the reading of a word is trusted.
fn trust_in_word(case: &Case) -> Result<(), String> {
    let name = match trust(&case.fields[0]) {
        Trust::Listed => "listed",
        Trust::Composed => "composed",
        Trust::Regular => "regular",
        Trust::Guess => "guess",
    };
    equal(name, &case.fields[1])
}

/// Of the words held out of the table whose reading is not called a guess, 95 in 100 are read right.
fn regular_words_are_read_right() -> Result<(), Failed> {
    let path = Path::new("tests/cases/transliterate/held_out.tsv");
    let cases = support::cases_with(path, &["word", "said"], &[]);
    let regular: Vec<_> =
        cases.iter().filter(|case| trust(&case.fields[0]) > Trust::Guess).collect();
    let wrong: Vec<_> = regular
        .iter()
        .filter(|case| held_out_word(case).is_err())
        .map(|case| case.fields[0].as_str())
        .collect();
    if regular.len() < 150 || wrong.len() * 20 > regular.len() {
        return Err(format!("{} of {} are wrong: {wrong:?}", wrong.len(), regular.len()).into());
    }
    Ok(())
}

/// A written syllable has these parts, `-` for none.
fn orthography(case: &Case) -> Result<(), String> {
    const TONES: [&str; 6] = ["ngang", "huyền", "hỏi", "ngã", "sắc", "nặng"];
    let syllable = parse(&case.fields[0]).ok_or("it is no syllable")?;
    let dash = |text: &'static str| if text.is_empty() { "-" } else { text };
    let found = [
        case.fields[0].as_str(),
        dash(syllable.onset.spelling()),
        if syllable.rime.glide { "w" } else { "-" },
        syllable.rime.nucleus.spelling(),
        syllable.rime.coda.map_or("-", |coda| coda.spelling()),
        TONES[usize::from(syllable.tone.number()) - 1],
    ];
    equal(&found.join(" "), &case.fields.join(" "))
}

/// A word sounds so in each dialect.
fn phonemize(case: &Case) -> Result<(), String> {
    for (dialect, expected) in Dialect::ALL.into_iter().zip(&case.fields[1..]) {
        let syllables = Phonemizer::new(dialect).syllables(&case.fields[0]);
        let sounds = syllables.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        equal(&sounds, expected).map_err(|reason| format!("in the {dialect}:\n{reason}"))?;
    }
    Ok(())
}

fn segmentation(case: &Case) -> Result<(), String> {
    let utterances = segment(&normalize(&paragraph(&case.fields[0])), &Pauses::default());
    equal(&shape(&utterances), &case.fields[1])
}

/// Sentences separated by ` ‖ ` with their melody's sign at the end, breath groups by ` | `.
fn shape(utterances: &[Utterance]) -> String {
    let mut shape = String::new();
    for (at, utterance) in utterances.iter().enumerate() {
        let continues = at > 0 && utterances[at - 1].sentence == utterance.sentence;
        shape.push_str(if at == 0 {
            ""
        } else if continues {
            " | "
        } else {
            " ‖ "
        });
        let groups = utterance.groups.iter().map(|group| {
            let words = &utterance.words[group.words.clone()];
            words.iter().map(|word| word.said.as_str()).collect::<Vec<_>>().join(" ")
        });
        shape.push_str(&groups.collect::<Vec<_>>().join(" | "));
        shape.push_str(match utterance.intonation {
            Intonation::Statement => "",
            Intonation::Question => " ?",
            Intonation::Exclamation => " !",
        });
    }
    shape
}
