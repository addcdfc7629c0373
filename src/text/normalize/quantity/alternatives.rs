//! Sizes and standards with strokes between them: 32/64GB, 60/120Hz, 2,4/5 GHz, 12V/7Ah, Wi-Fi
//! a/b/g/n/ac. The strokes are not said.

use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Mark;
use crate::text::normalize::numeral::{self, Numeral};
use crate::text::normalize::reader::Reader;
use crate::text::normalize::tables::{Spacing, Unit};
use crate::text::normalize::unit;
use crate::text::normalize::word_sets as sets;
use crate::text::transliterate;

/// A screen or a wheel has so many inches at least; smaller numbers are parts of one.
const SMALLEST_SCREEN: u16 = 10;

/// Where a number begins, the number, and its unit with the index after it.
type Size<'a> = (usize, Numeral<'a>, Option<(Unit, usize)>);

/// More sizes than this are not read as one list.
const MOST: usize = 6;

/// Reads sizes of which the last has its unit, or the letters of the standards of wireless networks.
pub(in crate::text::normalize) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if reader.lexed.digits(at).is_some() {
        sensor(reader, at).or_else(|| sizes(reader, at))
    } else {
        standards(reader, at)
    }
}

/// 1/2,3 inch, cảm biến 1/2.3: the size of a camera's sensor.
fn sensor(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 6;
    let one =
        reader.lexed.digits(at) == Some("1") && reader.lexed.glued_symbol(at + 1) == Some('/');
    let below = numeral::parse(&reader.lexed, at + 2).filter(|below| below.fraction.is_some());
    let below = below.filter(|_| one && reader.lexed.is_glued(at + 2))?;
    let end = below.end;
    let unit =
        unit::after_number(reader, end, Some(&below)).filter(|(unit, _)| unit.spoken == "inh");
    let named = || reader.near_phrase(at, REACH, ["cảm", "biến"]) && !reader.lexed.goes_on(end);
    (unit.is_some() || named()).then_some(())?;
    reader.verbalize(at, end, "fraction", Likely, |out| {
        out.push("một phần");
        below.verbalize(out);
    });
    Some(unit::verbalize(reader, end, unit))
}

/// 32/64GB: numbers with strokes between, then a unit; or 12V/7Ah, each with its own.
fn sizes(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let mut parts: Vec<Size<'_>> = Vec::new();
    let mut next = at;
    while parts.len() < MOST {
        let number = numeral::parse(&reader.lexed, next)?;
        let measure = measure(reader, number.end);
        let end = measure.map_or(number.end, |(_, end)| end);
        parts.push((next, number, measure));
        if reader.lexed.glued_symbol(end) != Some('/')
            || reader.lexed.glued_digits(end + 1).is_none()
        {
            break;
        }
        next = end + 1;
    }
    let (_, _, last) = parts.last()?;
    let (unit, _) = last.filter(|_| parts.len() > 1)?;
    let screen = |number: &Numeral<'_>| {
        number.integer.parse::<u16>().is_ok_and(|inches| inches >= SMALLEST_SCREEN)
    };
    if unit.spoken == "inh" && !parts.iter().all(|(_, number, _)| screen(number)) {
        return None; // 3/4 inch
    }
    // 118/15A is a house; 12V/7Ah has a unit with each.
    if unit.symbol.len() == 1 && parts[0].2.is_none() {
        return None;
    }
    // 2,4/5 GHz: with a pause it would be heard as one number
    let decimal = parts.len() == 2
        && parts[0].1.fraction.is_some()
        && parts[0].2.is_none()
        // 4,5/10 GB: so much of all
        && (unit.spoken == "gi ga héc"
            || unit.symbol.starts_with('G') && reader.near_before(at - 1, 2, &sets::WIRELESS));
    let mut end = at;
    for (from, number, measure) in parts {
        if from > at && decimal {
            reader.verbalize_as(from - 1, from, "stroke", Likely, "hoặc");
        } else if from > at {
            reader.mark(from - 1, from, Mark::Comma);
        }
        reader.verbalize(from, number.end, "cardinal", Likely, |out| number.verbalize(out));
        end = unit::verbalize(reader, number.end, measure);
    }
    Some(end)
}

/// The unit of a size at `at`. The K of a picture (8K/30fps) is said by its name.
fn measure(reader: &Reader<'_>, at: usize) -> Option<(Unit, usize)> {
    let frames = reader.lexed.text(at) == "K"
        && reader.lexed.is_glued(at)
        && reader.lexed.glued_symbol(at + 1) == Some('/')
        && matches!(reader.lexed.text(at + 3), "fps" | "Hz");
    if frames {
        return Some((Unit { symbol: "K", spoken: "ca", spacing: Spacing::Glued }, at + 1));
    }
    let found = reader
        .tables
        .unit(reader.lexed.rest(at))
        .filter(|unit| sets::DEVICE_SIZES.has(unit.symbol) || unit.spoken == "inh")?;
    Some((found, reader.lexed.after(at, found.symbol.len())?))
}

/// a/b/g/n/ac after Wi-Fi or 802.11 (IEEE 802.11).
fn standards(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let standard = |at: usize| sets::WIRELESS_STANDARDS.has(reader.lexed.text(at));
    let follows = |sign: usize| {
        reader.lexed.glued_symbol(sign) == Some('/')
            && reader.lexed.is_glued(sign + 1)
            && standard(sign + 1)
    };
    let mut end = at + 1;
    while end < at + 2 * MOST && follows(end) {
        end += 2;
    }
    let numbered = reader.lexed.digits(at.wrapping_sub(1)) == Some("11");
    let named =
        numbered || (at.saturating_sub(4)..at).any(|i| sets::WIRELESS.has(reader.lexed.word(i)));
    let listed = end > at + 1 || numbered;
    if !standard(at) || !named || !listed || reader.lexed.goes_on(end) {
        return None;
    }
    for letter in (at..end).step_by(2) {
        if letter > at {
            reader.pass(letter - 1, letter, "stroke");
        }
        let name = transliterate::spell_letters(reader.lexed.text(letter));
        reader.verbalize_as(letter, letter + 1, "letters", Likely, &name);
    }
    Some(end)
}
