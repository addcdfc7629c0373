//! Short names of troops, a letter and a number, where the army is spoken of: f372 is a division, e921 a regiment, d15 a battalion,
//! c3 a company.

use super::number;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;

/// Reads the letter and the number of troops. Behind the words for the letter it is not said again: Sư đoàn f372.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let level = level(lexed.text(at))?;
    let digits = lexed.glued_digits(at + 1).filter(|digits| digits.len() <= 3)?;
    let sign = matches!(lexed.glued_symbol(at + 2), Some('/' | '-' | '(' | '=' | '+'));
    let joined = sign || lexed.goes_on(at + 2) || lexed.goes_on(at + 3) && lexed.is_glued(at + 2);
    let (first, second) = level.split_once(' ')?;
    let named = lexed.before(at, 1) == second && lexed.before(at, 2) == first;
    if lexed.is_glued(at) || joined || !(named || speaks_of_troops(reader, at)) {
        return None;
    }
    reader.verbalize(at, at + 2, "code", Likely, |out| {
        if !named {
            out.push(level);
        }
        number::cardinal(digits, out);
    });
    Some(at + 2)
}

/// What a letter stands for.
fn level(letter: &str) -> Option<&'static str> {
    Some(match letter {
        "f" => "sư đoàn",
        "e" => "trung đoàn",
        "d" => "tiểu đoàn",
        "c" => "đại đội",
        _ => return None,
    })
}

/// Whether words of the army are near.
fn speaks_of_troops(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 24;
    reader.mentions_any(at + REACH, 2 * REACH, &sets::TROOPS)
}
