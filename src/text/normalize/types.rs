//! Types of cars and aircraft that are known by three digits or four, each said by itself: Porsche 911, Peugeot 408 và 3008,
//! Airbus A321neo, A330.

use super::number;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;

/// A list of types goes on over so many.
const MOST: usize = 6;

/// Reads the digits of a type.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let digits = reader.lexed.digits(at).filter(|digits| matches!(digits.len(), 3 | 4))?;
    (is_airbus(reader, at, digits) || is_car(reader, at, digits)).then_some(())?;
    reader.verbalize(at, at + 1, "code", Likely, |out| number::one_by_one(digits, out));
    Some(at + 1)
}

/// A321, A320neo, A330, but not A350-900 and A320/321, whose numbers are said as such.
fn is_airbus(reader: &Reader<'_>, at: usize, digits: &str) -> bool {
    let lexed = &reader.lexed;
    let after = at + 1;
    let lettered = at > 0
        && lexed.is_glued(at)
        && lexed.text(at - 1) == "A"
        && (at < 2 || !lexed.goes_on(at - 1) && lexed.glued_symbol(at - 1) != Some('-'));
    let joined = matches!(lexed.glued_symbol(after), Some('/' | '-' | '.'))
        && (lexed.glued_digits(after + 1).is_some() || lexed.goes_on(after + 1));
    let suffix = !lexed.goes_on(after) || matches!(lexed.text(after), "neo" | "ceo" | "XLR");
    let flown = || sets::AIRCRAFT.has(lexed.before(at - 1, 1)) || lexed.text(after) == "neo";
    lettered
        && digits.len() == 3
        && digits.starts_with('3')
        && sets::AIRBUSES.has(digits)
        && !joined
        && suffix
        && (flown() || reader.near_before(at - 1, 24, &sets::AIRCRAFT))
}

/// Porsche 911, Peugeot 408, 3008 và 5008, but not 911 mã lực or Ferrari 345 in a table of a race.
fn is_car(reader: &Reader<'_>, at: usize, digits: &str) -> bool {
    let lexed = &reader.lexed;
    let plain = !lexed.goes_on(at + 1)
        && !sets::MULTIPLIERS.has(lexed.word(at + 1))
        && !sets::COUNTED_LONG.has(lexed.word(at + 1))
        && !sets::NOT_BEHIND_TYPES.has(lexed.word(at + 1))
        && lexed.symbol(at + 1) != Some('%')
        && reader.tables.unit(lexed.rest(at + 1)).is_none()
        && !(matches!(lexed.glued_symbol(at + 1), Some('.' | ','))
            && lexed.glued_digits(at + 2).is_some());
    if !plain || lexed.is_glued(at) && lexed.symbol(at.wrapping_sub(1)) != Some('/') {
        return false;
    }
    let joins =
        |i: usize| matches!(lexed.symbol(i), Some(',' | '/')) || sets::JOINS.has(lexed.word(i));
    let mut first = at;
    for _ in 0..MOST {
        let joined = first > 1
            && joins(first - 1)
            && lexed.digits(first - 2).is_some_and(|digits| matches!(digits.len(), 3 | 4));
        if !joined {
            break;
        }
        first -= 2;
    }
    let maker = lexed.before(first, 1);
    sets::MAKERS_OF_TYPES.has(maker) && sets::TYPES_OF_CARS.has(&format!("{maker} {digits}"))
}
