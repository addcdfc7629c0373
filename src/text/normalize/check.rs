//! What a person should look at before the text is spoken: the doubtful readings, with what else
//! they could be.

use std::borrow::Cow;
use std::collections::HashMap;

use super::number;
use super::tables::Tables;
use super::verbalization::Verbalization;
use crate::model::article::Article;
use crate::model::diag::{Places, Warning};
use crate::model::reading_options::NumberStyle;
use crate::model::script::Finding;
use crate::model::spoken::{Confidence, SpokenText, Word};
use crate::text::transliterate;

/// The readings that are no surer than `level`, in the order of the text. What was warned of counts
/// as doubtful.
pub(super) fn findings(
    document: &Article,
    spoken: &SpokenText,
    style: NumberStyle,
    level: Confidence,
) -> Vec<Finding> {
    let mut warned: HashMap<usize, &Warning> = HashMap::new();
    for warning in &spoken.warnings {
        if let Some(span) = warning.span {
            warned.entry(span.start).or_insert(warning);
        }
    }
    let mut places = Places::new(&document.text);
    spoken
        .words()
        .filter(|word| word.source.start < word.source.end)
        .filter_map(|word| {
            let warning = warned.get(&word.source.start);
            let confidence = match warning {
                Some(_) => word.confidence.min(Confidence::Doubtful),
                None => word.confidence,
            };
            (confidence <= level).then(|| {
                let source = word.source.of(&document.text);
                let said = said(spoken, word);
                let alternatives = alternatives(source, &said, word.class, style);
                let message = match warning {
                    Some(warning) => warning.message.clone(),
                    None => reason(word).to_owned(),
                };
                let (line, column) = places.at(word.source.start);
                Finding {
                    part: None,
                    line,
                    column,
                    span: word.source,
                    source: source.replace('\n', " "),
                    said,
                    class: Cow::Borrowed(word.class),
                    confidence,
                    message,
                    alternatives,
                }
            })
        })
        .collect()
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
    } else if let Some((left, sign, right)) = two_numbers(source) {
        found.extend(readings_of_two(left, sign, right, style));
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

/// `A,B`, `A/B` or `A-B`: two runs of digits and the sign between them.
fn two_numbers(source: &str) -> Option<(&str, char, &str)> {
    let (at, sign) = source.char_indices().find(|(_, c)| !c.is_ascii_digit())?;
    let (left, right) = (&source[..at], &source[at + sign.len_utf8()..]);
    let all_digits = !right.is_empty() && right.bytes().all(|b| b.is_ascii_digit());
    (!left.is_empty() && all_digits).then_some((left, sign, right))
}

fn readings_of_two(left: &str, sign: char, right: &str, style: NumberStyle) -> Vec<String> {
    let words = |write: &dyn Fn(&mut Verbalization)| verbalized(style, write);
    let joined = |word: &str| {
        words(&|out| {
            number::cardinal(left, out);
            out.push(word);
            number::cardinal(right, out);
        })
    };
    match sign {
        ',' | '.' if right.len() == 3 => vec![
            words(&|out| number::cardinal(&format!("{left}{right}"), out)),
            words(&|out| {
                number::cardinal(left, out);
                out.push("phẩy");
                number::fraction(right, out);
            }),
        ],
        '/' | '.' | '-' | '–' => {
            let date = words(&|out| {
                out.push("ngày");
                number::cardinal(left, out);
                out.push("tháng");
                number::ordinal_of_parts(right, out);
            });
            let is_below = |digits: &str, bound: u32| {
                digits.parse::<u32>().is_ok_and(|value| (1..=bound).contains(&value))
            };
            let mut readings = Vec::new();
            if is_below(left, 31) && is_below(right, 12) {
                readings.push(date);
            }
            if sign == '/' {
                readings.extend([joined("phần"), joined("trên")]);
            } else if sign != '.' {
                readings.extend([joined("đến"), joined("")]);
            }
            readings
        }
        _ => Vec::new(),
    }
}

fn verbalized(style: NumberStyle, write: impl FnOnce(&mut Verbalization)) -> String {
    let mut out = Verbalization::new(style);
    write(&mut out);
    out.into_string()
}
