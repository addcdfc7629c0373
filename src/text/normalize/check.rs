//! What a person should look at before the text is spoken: the doubtful readings, with what else
//! they could be. Where candidates were weighed, the others are the alternatives.

use std::borrow::Cow;
use std::collections::HashMap;

use super::number;
use super::tables::Tables;
use super::verbalization::Verbalization;
use crate::model::article::Article;
use crate::model::diag::Warning;
use crate::model::reading_options::NumberStyle;
use crate::model::script::Finding;
use crate::model::source_place::SourcePlaces;
use crate::model::spoken::{Confidence, Decision, SpokenText, Word};
use crate::text::transliterate;

/// The readings that are no surer than `level`, in the order of the text. What was warned of counts
/// as doubtful.
pub(super) fn findings(
    document: &Article,
    spoken: &SpokenText,
    style: NumberStyle,
    level: Confidence,
    places: &mut SourcePlaces<'_>,
) -> Vec<Finding> {
    let mut warned: HashMap<usize, &Warning> = HashMap::new();
    for warning in &spoken.warnings {
        if let Some(span) = warning.span {
            warned.entry(span.start).or_insert(warning);
        }
    }
    let mut decisions = spoken.decisions.iter().peekable();
    let mut found = Vec::new();
    for word in spoken.words().filter(|word| word.source.start < word.source.end) {
        let ends_before = |decision: &&Decision| decision.source.end <= word.source.start;
        while decisions.next_if(ends_before).is_some() {}
        let decision = decisions.peek().filter(|one| one.source.start <= word.source.start);
        if decision.is_some_and(|one| one.source.start < word.source.start) {
            continue; // its first word tells of the whole
        }
        let warning = warned.get(&word.source.start);
        let confidence = match warning {
            Some(_) => word.confidence.min(Confidence::Doubtful),
            None => word.confidence,
        };
        if confidence > level {
            continue;
        }
        let span = decision.map_or(word.source, |decision| decision.source.to(word.source));
        let source = span.of(&document.text);
        let (said, alternatives) = match decision {
            Some(decision) => (
                decision.candidates[decision.chosen].said.clone(),
                decision.others().map(|other| other.said.clone()).collect(),
            ),
            None => {
                let said = said(spoken, word);
                let alternatives = alternatives(source, &said, word.class, style);
                (said, alternatives)
            }
        };
        let message = match warning {
            Some(warning) => warning.message.clone(),
            None => reason(word).to_string().into(),
        };
        let place = places.at(span.start);
        found.push(Finding {
            part: place.part.map(str::to_owned),
            line: place.line,
            column: place.column,
            span,
            source: source.replace('\n', " "),
            said,
            class: Cow::Borrowed(word.class),
            confidence,
            message,
            alternatives,
        });
    }
    found
}

fn said(spoken: &SpokenText, word: &Word) -> String {
    let said = spoken.said(word);
    if word.class.ends_with("word") { syllables(said) } else { said.to_owned() }
}

/// Words as Vietnamese syllables.
fn syllables(words: &str) -> String {
    words.split(' ').map(transliterate::transliterate).collect::<Vec<_>>().join(" ")
}

/// Why a reading without a warning of its own is not sure.
fn reason(word: &Word) -> &'static str {
    match (word.class, word.confidence) {
        ("respelled word", _) => "no table knows the word; its letters' sounds are a guess",
        ("address", Confidence::Doubtful) => "a part of the address is a guess",
        (_, Confidence::Unknown) => "no rule or table knows it; the reading is a guess",
        (_, Confidence::Doubtful) => "two readings are plausible",
        ("abbreviation", _) => "it stands for several things; this is the usual one",
        _ => "the usual reading; another is conceivable",
    }
}

/// What else a piece of the source could be, by its shape.
fn alternatives(source: &str, said: &str, class: &str, style: NumberStyle) -> Vec<String> {
    let words = |write: &dyn Fn(&mut Verbalization)| verbalized(style, write);
    let mut found = Vec::new();
    if source.starts_with(char::is_alphabetic) {
        found.extend(other_expansions(source));
        let letters = transliterate::spell_letters(source);
        if matches!(class, "letters" | "letter") {
            found.push(syllables(&source.to_lowercase()));
        } else if class != "word" && source.chars().all(char::is_alphanumeric) {
            found.push(letters);
        }
        if let Some(value) = number::roman(source) {
            found.push(words(&|out| number::cardinal(&value.to_string(), out)));
        }
    } else if let Some((whole, part)) = comma(source) {
        found.push(words(&|out| number::cardinal(&format!("{whole}{part}"), out)));
        found.push(words(&|out| {
            number::cardinal(whole, out);
            out.push("phẩy");
            number::fraction(part, out);
        }));
    } else if source.len() > 1 && source.bytes().all(|b| b.is_ascii_digit()) {
        found.push(words(&|out| number::cardinal(source, out)));
        found.push(words(&|out| number::one_by_one(source, out)));
    }
    let mut seen = vec![said.to_lowercase()];
    found.retain(|reading| {
        let new = !reading.is_empty() && !seen.contains(&reading.to_lowercase());
        seen.push(reading.to_lowercase());
        new
    });
    found
}

/// What the table has for an abbreviation.
fn other_expansions(source: &str) -> Vec<String> {
    let first = source.find(|c: char| !c.is_alphanumeric()).map_or(source, |end| &source[..end]);
    let written = source.trim_end_matches('.');
    let rows = Tables::get().abbreviations(first).iter().filter(|row| row.written == written);
    rows.map(|row| row.expansion.to_owned()).collect()
}

/// `A,BBB` or `A.BBB`: digits that a sign parts, which may be that of decimals or of groups.
fn comma(source: &str) -> Option<(&str, &str)> {
    let (whole, part) = source.split_once([',', '.'])?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (digits(whole) && digits(part) && part.len() == 3).then_some((whole, part))
}

fn verbalized(style: NumberStyle, write: impl FnOnce(&mut Verbalization)) -> String {
    let mut out = Verbalization::new(style);
    write(&mut out);
    out.into_string()
}
