//! Numbers with points that name a version, a section or an address, and are not measured: bản 2.0, mục 1.2, 192.168.1.1.

use super::decimal::{is_listed_measure, is_side};
use super::identifier::is_long_code;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Token;
use crate::text::normalize::lex::Case;
use crate::text::normalize::numeral::{self, Numeral};
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;
use crate::text::normalize::{number, range, unit};

/// Whether a number with a decimal point names a version or section (bản 2.0, mục 1.2, iOS 17.4):
/// it ends in a zero, or is after a word that such numbers follow or after a foreign name.
pub(super) fn is_version(reader: &Reader<'_>, at: usize, number: &Numeral<'_>) -> bool {
    if !number.point {
        return false;
    }
    let before = reader.lexed.before(at, 1);
    // One UI 6.1: a syllable in capitals is a name, too.
    let case = reader.lexed.case(at.wrapping_sub(1));
    let capitals = case == Some(Case::Upper) && reader.lexed.text(at - 1).len() > 1;
    let foreign = case.is_some_and(|case| case != Case::Lower) && !reader.is_vietnamese(at - 1);
    let quantity = matches!(reader.lexed.symbol(number.end), Some('%' | '‰' | '°'))
        || sets::DECIMAL_AFTER.has(reader.lexed.word(number.end));
    let measured = reader.lexed.is_glued(number.end)
        && sets::GLUED_MEASURES.has(reader.lexed.text(number.end));
    // Camera 1.9MP
    let unit = reader.lexed.is_glued(number.end)
        && reader
            .tables
            .unit(reader.lexed.rest(number.end))
            .is_some_and(|unit| unit.symbol.len() > 1);
    let measured = measured || unit;
    if measured || unit::is_inch(reader, number.end) || is_factor(reader, at, number.end) {
        return false; // rộng 3.0m, màn hình 6.7", stent 3.0x28mm, crop 1.5x
    }
    let named =
        (foreign || capitals) && !quantity && before != "ph" && !is_side(reader, number.end);
    let scaled = sets::SCALES.has(reader.lexed.word(number.end));
    let numbered = sets::VERSION_LEADS.has(before);
    if reader.lexed.text(number.end) == "L" && reader.lexed.is_glued(number.end) {
        return false; // động cơ 2.0L
    }
    let unit = number.fraction == Some("0")
        && !named
        && !numbered
        && (measures(reader, at, number.end) || is_range_measured(reader, number.end));
    if unit {
        return false; // 8.0 m/s, 3.0 độ Richter, gấp 2.0 lần, 2.0–4.0m
    }
    let heads_a_list = at == 0 && reader.lexed.glued_symbol(number.end) == Some('.');
    let channels = reader.lexed.word(number.end) == "kênh"; // loa 2.1 kênh
    !scaled
        && !is_listed_measure(reader, number.end)
        && (heads_a_list || number.fraction == Some("0") || named || numbered || channels)
}

/// Whether a unit is behind the number from `at` to `end`, or lần behind what grows (gấp 2.0 lần), or degrees of an earthquake.
fn measures(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let before = lexed.before(at, 1);
    let degrees =
        matches!(lexed.word(end + 1), "richter" | "c") || matches!(before, "mạnh" | "lớn");
    reader.tables.unit(lexed.rest(end)).is_some()
        || lexed.word(end) == "lần" && sets::GROWS.has(before)
        || lexed.word(end) == "độ" && degrees
}

/// Whether the other end of a range is at `at`, behind its dash, and measured.
fn is_range_measured(reader: &Reader<'_>, at: usize) -> bool {
    let dash = reader.lexed.symbol(at).is_some_and(range::is_dash);
    dash && numeral::parse(&reader.lexed, at + 1)
        .is_some_and(|other| reader.tables.unit(reader.lexed.rest(other.end)).is_some())
}

/// Whether an x touches the number from `at` to `end` and makes it a factor: 3.0x28, 1.5x. The editions of a car have
/// letters too.
fn is_factor(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let times =
        matches!(reader.lexed.text(end), "x" | "X" | "×") || reader.lexed.symbol(end) == Some('×');
    let alone = || {
        reader.lexed.text(end) != "X"
            && !reader.lexed.goes_on(end + 1)
            && !unit::is_of_car(reader, at)
    };
    times && reader.lexed.is_glued(end) && (reader.lexed.glued_digits(end + 1).is_some() || alone())
}

/// Digits with points that are not a numeral: versions, section numbers, addresses of machines. Said
/// number by number, those of an account digit by digit.
pub(super) fn read_dotted(reader: &mut Reader<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while matches!(reader.lexed.glued_symbol(end), Some('.' | ','))
        && reader.lexed.glued_digits(end + 1).is_some()
    {
        end += 2;
    }
    let written = reader.lexed.source(at, end);
    let address = written.split('.').count() == 4
        && written.split('.').all(|part| part.parse::<u16>().is_ok_and(|part| part < 256))
        && (reader.near_before(at, 3, &["ip", "địa"])
            || reader.last_tokens(3).any(|t| matches!(t, Token::Word(w) if w.class == "dotted")));
    let account = written.split('.').all(|part| part.len() >= 3) && is_long_code(reader, at);
    reader.verbalize(at, end, "dotted", Likely, |out| {
        for (i, part) in written.split(['.', ',']).enumerate() {
            if i > 0 && !account {
                out.push("chấm");
            }
            if account || address || part.starts_with('0') || part.len() > 3 {
                number::one_by_one(part, out);
            } else {
                number::cardinal(part, out);
            }
        }
    });
    end
}
