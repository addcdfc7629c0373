//! The signs of life as hospitals note them: M: 88 l/p, HA: 120/70 mmHg, T: 37 độ C.

use super::lex::Case;
use super::numeral;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;

/// The signs of one patient are noted no further apart than this, in lexemes.
const REACH: usize = 24;

/// Reads the letter or two that stand for a sign of life before its value.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let letters = lexed.text(at);
    if !matches!(letters, "M" | "T" | "HA") || lexed.goes_on(at + 1) || lexed.is_glued(at) && at > 0
    {
        return None;
    }
    let colon = usize::from(lexed.glued_symbol(at + 1) == Some(':'));
    let value = at + 1 + colon;
    let end = numeral::parse(lexed, value)?.end;
    let said = match letters {
        "M" => (is_rate(reader, end) && is_pulse(reader, at)).then_some("mạch"),
        "HA" => (colon > 0 && is_pressure(reader, value)).then_some("huyết áp"),
        _ => (is_degree(reader, end) && has_other(reader, at)).then_some("nhiệt độ"),
    }?;
    reader.verbalize_as(at, at + 1, "abbreviation", Likely, said);
    Some(at + 1)
}

/// Whether so many per minute is at `at`: l/p, lần/phút.
pub(super) fn is_rate(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    matches!(lexed.text(at), "l" | "lần")
        && lexed.glued_symbol(at + 1) == Some('/')
        && sets::MINUTES.has(lexed.text(at + 2))
}

/// Whether the two pressures of the blood are at `at`: 120/70.
fn is_pressure(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let number = |i: usize| lexed.digits(i).is_some_and(|digits| matches!(digits.len(), 2 | 3));
    let falls = || {
        lexed.value(at) > lexed.value(at + 2)
            && lexed.value(at).is_some_and(|above| (60..=260).contains(&above))
    };
    number(at) && lexed.glued_symbol(at + 1) == Some('/') && number(at + 2) && falls()
}

/// Whether degrees are at `at`: °C, oC, độ.
fn is_degree(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    matches!(lexed.symbol(at), Some('°' | 'º' | '℃')) || matches!(lexed.word(at), "độ" | "oc")
}

/// Whether another sign of life is noted near: a pulse, a pressure of the blood.
fn has_other(reader: &Reader<'_>, at: usize) -> bool {
    let near = at.saturating_sub(REACH)..(at + REACH).min(reader.lexed.len());
    near.into_iter().any(|i| notes(reader, i))
}

/// Whether the pulse or the pressure of the blood is noted at `at`.
fn notes(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let value = at + 1 + usize::from(lexed.symbol(at + 1) == Some(':'));
    let sign = lexed.case(at) == Some(Case::Upper) || lexed.word(at) == "mạch";
    sign && match lexed.text(at) {
        "HA" => is_pressure(reader, value),
        _ => lexed.digits(value).is_some() && is_rate(reader, value + 1),
    }
}

/// Whether an M is the pulse of a patient, and of no pump.
fn is_pulse(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.text(at) == "M" && !reader.near_before(at, 2, &sets::NO_PATIENTS)
}

/// Whether the number that ends before `at` is noted as a pulse, or with the pressure of the blood behind it:
/// M: 88 l/p; 130 l/p, HA 80/50 mmHg.
pub(super) fn is_noted(reader: &Reader<'_>, at: usize) -> bool {
    /// A comma and the sign of the pressure fit between.
    const BEHIND: usize = 6;
    let lexed = &reader.lexed;
    let Some(value) = at.checked_sub(1).filter(|&i| lexed.digits(i).is_some()) else {
        return false;
    };
    let colon = usize::from(value > 0 && lexed.symbol(value - 1) == Some(':'));
    let led = value
        .checked_sub(1 + colon)
        .is_some_and(|i| is_pulse(reader, i) || colon > 0 && sets::PULSES.has(lexed.word(i)));
    // thở oxy qua mặt nạ 60 l/p, HA 90/60
    let flows = reader.near_before(at, 8, &sets::FLOWS_OF_BODY);
    let fast =
        !flows && lexed.digits(value).is_some_and(|d| d.len() == 3 || d.len() == 2 && d >= "40");
    led || fast && (at + 3..at + 3 + BEHIND).any(|i| lexed.text(i) == "HA" && notes(reader, i))
}
