//! The normalizer's data tables, read once and checked as they are read.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::english_words;
use crate::model::error::Error;
use crate::model::tables::{bad_row, rows, words};

/// A reading of an abbreviation, and where it holds.
#[derive(Debug)]
pub(super) struct Abbreviation {
    /// As written.
    pub written: &'static str,
    /// As said.
    pub expansion: &'static str,
    /// Whether a stop after it belongs to it.
    pub stop: bool,
    /// Conditions on what is before it, of which one must hold; empty: none.
    pub before: Vec<&'static str>,
    /// Conditions on what is after it, of which one must hold; empty: none.
    pub after: Vec<&'static str>,
    /// Whether another sense is about as usual as this one, which has no condition.
    pub rivaled: bool,
}

impl Abbreviation {
    /// Whether the row asks for nothing around.
    pub(super) fn is_usual(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }
}

/// A unit of measure or money.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// As written.
    pub symbol: &'static str,
    /// As said.
    pub spoken: &'static str,
    /// Where it may occur.
    pub spacing: Spacing,
}

/// Where a unit may occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spacing {
    /// After a number, apart or not.
    Any,
    /// Only where it touches its number.
    Glued,
    /// Only below a stroke.
    Per,
}

/// Where a spelling of chats may occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChatPlace {
    /// Anywhere.
    Any,
    /// Beside a Vietnamese word.
    Word,
    /// Near another spelling of chats.
    Chat,
    /// A lone letter, among words in lower case.
    Letter,
}

/// All tables.
#[derive(Debug)]
pub(super) struct Tables {
    /// By the first lexeme of the written form; longer forms first, table order within a form.
    abbreviations: HashMap<&'static str, Vec<Abbreviation>>,
    /// By the first character of the symbol; longer symbols first.
    units: HashMap<char, Vec<Unit>>,
    documents: HashMap<&'static str, &'static str>,
    words: HashMap<&'static str, &'static str>,
    symbols: HashMap<char, &'static str>,
    web_labels: HashMap<&'static str, &'static str>,
    chat: HashMap<&'static str, (&'static str, ChatPlace)>,
    lost_tones: HashMap<&'static str, &'static str>,
    initialisms: HashSet<&'static str>,
    /// Words that an abbreviation, a unit, a spelling of chats or a class of foreign words begins with.
    beginnings: HashSet<&'static str>,
}

/// Roman numbers and standards of networks that may pass for syllables.
const OTHER_BEGINNINGS: [&str; 14] =
    ["xi", "vi", "li", "di", "mi", "xii", "vii", "xiv", "xv", "ci", "be", "ad", "ac", "ax"];

impl Tables {
    /// The tables built into the program.
    pub(super) fn get() -> &'static Tables {
        static TABLES: LazyLock<Tables> =
            LazyLock::new(|| Tables::load().expect("the embedded table is read in a test"));
        &TABLES
    }

    fn load() -> Result<Tables, Error> {
        let mut tables = Tables {
            beginnings: HashSet::from_iter(OTHER_BEGINNINGS),
            abbreviations: abbreviations(include_str!("tables/abbreviations.tsv"))?,
            units: units(include_str!("tables/units.tsv"))?,
            documents: pairs(
                "document_types.tsv",
                "abbreviation",
                include_str!("tables/document_types.tsv"),
            )?,
            words: pairs("words.tsv", "word", include_str!("tables/words.tsv"))?,
            web_labels: pairs("web_labels.tsv", "label", include_str!("tables/web_labels.tsv"))?,
            symbols: symbols(include_str!("tables/symbols.tsv"))?,
            chat: chat(include_str!("tables/teencode.tsv"))?,
            lost_tones: pairs("lost_tones.tsv", "written", include_str!("tables/lost_tones.tsv"))?,
            initialisms: initialisms(include_str!("tables/initialisms.tsv"))?,
        };
        let units = tables.units.values().flatten().map(|unit| first_lexeme(unit.symbol));
        let first = tables.abbreviations.keys().chain(tables.chat.keys()).copied().chain(units);
        tables.beginnings.extend(first);
        tables.beginnings.extend(english_words::lookalikes());
        Ok(tables)
    }

    /// Whether an abbreviation, a unit or another spelling begins with a word as it is written.
    pub(super) fn begins(&self, word: &str) -> bool {
        self.beginnings.contains(word)
    }

    /// The readings of abbreviations whose first lexeme is `first`, longest written form first.
    pub(super) fn abbreviations(&self, first: &str) -> &[Abbreviation] {
        self.abbreviations.get(first).map_or(&[], Vec::as_slice)
    }

    /// Whether a whole text is an abbreviation of the table.
    pub(super) fn is_abbreviation(&self, text: &str) -> bool {
        self.abbreviations(first_lexeme(text)).iter().any(|row| row.written == text)
    }

    /// Whether letters are known to be spelled, and nothing else.
    pub(super) fn is_letters(&self, text: &str) -> bool {
        self.initialisms.contains(text)
    }

    /// Whether letters are known to be spelled, or are an abbreviation.
    pub(super) fn is_initialism(&self, text: &str) -> bool {
        self.initialisms.contains(text) || self.is_abbreviation(text)
    }

    /// What a spelling of chats stands for, from its folded form, and where it may occur.
    pub(super) fn chat(&self, folded: &str) -> Option<(&'static str, ChatPlace)> {
        self.chat.get(folded).copied()
    }

    /// The longest unit that `text` starts with, up to the end of its letters and powers.
    pub(super) fn unit(&self, text: &str) -> Option<Unit> {
        self.units.get(&text.chars().next()?)?.iter().copied().find(|unit| {
            text.strip_prefix(unit.symbol).is_some_and(|rest| {
                !unit.symbol.ends_with(|c: char| c.is_alphanumeric())
                    || !rest.starts_with(char::is_alphanumeric)
            })
        })
    }

    /// What a part of a document's number stands for: a type of document (nghị định) or who issued
    /// it (chính phủ).
    pub(super) fn document_part(&self, part: &str) -> Option<&'static str> {
        self.documents.get(part).copied()
    }

    /// What the parts of documents' numbers stand for.
    pub(super) fn document_types(&self) -> impl Iterator<Item = &'static str> {
        self.documents.values().copied()
    }

    /// How a word that is not a Vietnamese syllable is said, from its folded form.
    pub(super) fn word(&self, folded: &str) -> Option<&'static str> {
        self.words.get(folded).copied()
    }

    /// How a part of an address is said, from its lower-case letters.
    pub(super) fn web_label(&self, label: &str) -> Option<&'static str> {
        self.web_labels.get(label).copied()
    }

    /// The syllable that one without its tone mark most likely is, from its folded form.
    pub(super) fn lost_tone(&self, folded: &str) -> Option<&'static str> {
        self.lost_tones.get(folded).copied()
    }

    /// What is said for a symbol; the empty string where it is passed over.
    pub(super) fn symbol(&self, symbol: char) -> Option<&'static str> {
        self.symbols.get(&symbol).copied()
    }
}

/// A spoken form: words of letters separated by single spaces.
fn spoken(file: &str, line: usize, field: &'static str) -> Result<&'static str, Error> {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    if field.split(' ').all(is_word) {
        Ok(field)
    } else {
        Err(bad_row(file, line, format!("`{field}` is not words separated by single spaces")))
    }
}

fn list(field: &'static str) -> Vec<&'static str> {
    field.split(',').filter(|word| !word.is_empty()).collect()
}

fn first_lexeme(written: &str) -> &str {
    let digits = written.starts_with(|c: char| c.is_ascii_digit());
    let outside = |c: char| if digits { !c.is_ascii_digit() } else { !c.is_alphabetic() };
    let end = written.find(outside).unwrap_or(written.len());
    &written[..end]
}

fn abbreviations(text: &'static str) -> Result<HashMap<&'static str, Vec<Abbreviation>>, Error> {
    const FILE: &str = "src/text/normalize/tables/abbreviations.tsv";
    let mut table: HashMap<_, Vec<Abbreviation>> = HashMap::default();
    for (line, row) in rows(FILE, text, &["abbreviation", "expansion", "stop", "before", "after"])?
    {
        let stop = match row[2] {
            "yes" => true,
            "no" => false,
            other => return Err(bad_row(FILE, line, format!("stop is `{other}`, not yes or no"))),
        };
        let (written, expansion) = (row[0], spoken(FILE, line, row[1])?);
        if first_lexeme(written).is_empty() {
            return Err(bad_row(FILE, line, "an abbreviation starts with a letter"));
        }
        let rivaled = row[3] == "?";
        let before = if rivaled { Vec::new() } else { list(row[3]) };
        let capital = |word: &&str| word.starts_with('~') && word.chars().any(char::is_uppercase);
        if let Some(word) = list(row[4]).iter().find(|word| capital(word)) {
            return Err(bad_row(FILE, line, format!("{word} is not in lower case")));
        }
        let entry = Abbreviation { written, expansion, stop, before, after: list(row[4]), rivaled };
        let known = table.entry(first_lexeme(written)).or_default();
        let unconditional = |a: &Abbreviation| a.before.is_empty() && a.after.is_empty();
        if known.iter().any(|a| a.written == written && unconditional(a)) {
            return Err(bad_row(
                FILE,
                line,
                format!("no row for {written} is reached after an unconditional one"),
            ));
        }
        known.push(entry);
    }
    for entries in table.values_mut() {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.written.len()));
    }
    Ok(table)
}

fn units(text: &'static str) -> Result<HashMap<char, Vec<Unit>>, Error> {
    const FILE: &str = "src/text/normalize/tables/units.tsv";
    let mut table: HashMap<char, Vec<Unit>> = HashMap::default();
    for (line, row) in rows(FILE, text, &["symbol", "spoken", "spacing"])? {
        let spacing = match row[2] {
            "any" => Spacing::Any,
            "glued" => Spacing::Glued,
            "per" => Spacing::Per,
            other => {
                let reason = format!("spacing is `{other}`, not any, glued or per");
                return Err(bad_row(FILE, line, reason));
            }
        };
        let unit = Unit { symbol: row[0], spoken: spoken(FILE, line, row[1])?, spacing };
        let Some(first) = unit.symbol.chars().next() else {
            return Err(bad_row(FILE, line, "the symbol is missing"));
        };
        let known = table.entry(first).or_default();
        if known.iter().any(|other| other.symbol == unit.symbol) {
            return Err(bad_row(FILE, line, format!("{} is listed twice", unit.symbol)));
        }
        known.push(unit);
    }
    for entries in table.values_mut() {
        entries.sort_by_key(|unit| std::cmp::Reverse(unit.symbol.len()));
    }
    Ok(table)
}

/// A table of letters alone.
fn initialisms(text: &'static str) -> Result<HashSet<&'static str>, Error> {
    words("src/text/normalize/tables/initialisms.tsv", text, "letters", |letters| {
        let fits = letters.chars().count() > 1 && letters.chars().all(char::is_alphabetic);
        (!fits).then_some("write two letters or more")
    })
    .map(|letters| letters.into_iter().collect())
}

/// A table of two columns, `column` and `spoken`: what is written, and what is said for it.
pub(super) fn pairs(
    name: &str,
    column: &str,
    text: &'static str,
) -> Result<HashMap<&'static str, &'static str>, Error> {
    let file = format!("src/text/normalize/tables/{name}");
    let mut table = HashMap::default();
    for (line, row) in rows(&file, text, &[column, "spoken"])? {
        if column != "abbreviation" && row[0].to_lowercase() != row[0] {
            return Err(bad_row(&file, line, format!("the {column} must be in lower case")));
        }
        if table.insert(row[0], spoken(&file, line, row[1])?).is_some() {
            return Err(bad_row(&file, line, format!("{} is listed twice", row[0])));
        }
    }
    Ok(table)
}

fn chat(text: &'static str) -> Result<HashMap<&'static str, (&'static str, ChatPlace)>, Error> {
    const FILE: &str = "src/text/normalize/tables/teencode.tsv";
    let mut table = HashMap::default();
    for (line, row) in rows(FILE, text, &["written", "spoken", "where"])? {
        let place = match row[2] {
            "any" => ChatPlace::Any,
            "word" => ChatPlace::Word,
            "chat" => ChatPlace::Chat,
            "letter" => ChatPlace::Letter,
            other => {
                let reason = format!("where is `{other}`, not any, word, chat or letter");
                return Err(bad_row(FILE, line, reason));
            }
        };
        if table.insert(row[0], (spoken(FILE, line, row[1])?, place)).is_some() {
            return Err(bad_row(FILE, line, format!("{} is listed twice", row[0])));
        }
    }
    Ok(table)
}

fn symbols(text: &'static str) -> Result<HashMap<char, &'static str>, Error> {
    const FILE: &str = "src/text/normalize/tables/symbols.tsv";
    let mut table = HashMap::default();
    for (line, row) in rows(FILE, text, &["symbol", "spoken"])? {
        let mut characters = row[0].chars();
        let (Some(symbol), None) = (characters.next(), characters.next()) else {
            return Err(bad_row(FILE, line, format!("`{}` is not one character", row[0])));
        };
        let said = if row[1].is_empty() { "" } else { spoken(FILE, line, row[1])? };
        if table.insert(symbol, said).is_some() {
            return Err(bad_row(FILE, line, format!("{symbol} is listed twice")));
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_tables_are_sound() {
        Tables::load().unwrap();
    }

    #[test]
    fn the_longest_unit_wins_and_ends_with_its_letters() {
        let tables = Tables::get();
        let unit = |text| tables.unit(text).map(|unit| unit.symbol);
        assert_eq!(unit("km2 và"), Some("km2"));
        assert_eq!(unit("km/h"), Some("km"));
        assert_eq!(unit("m2"), Some("m2"));
        assert_eq!(unit("mẫu"), None);
        assert_eq!(unit("%,"), Some("%"));
        assert_eq!(unit("kWh"), Some("kWh"));
    }

    #[test]
    fn a_row_that_can_never_hold_is_an_error() {
        let text = "abbreviation\texpansion\tstop\tbefore\tafter\nA\tx\tno\t\t\nA\ty\tno\tz\t\n";
        let error = abbreviations(text).unwrap_err();
        assert!(error.to_string().contains("line 3"), "{error}");
    }
}
