//! Two numbers with a stroke or a colon between them: 1/2 diện tích, 17/17 chỉ tiêu, tỷ lệ 1:5.

use super::lex::Case;
use super::number;
use super::numeral;
use super::pair::shape::Pair;
use super::reader::Reader;
use super::verbalization::Verbalization;
use super::word_sets as sets;
use super::{range, unit};
use crate::model::spoken::Confidence::{Likely, Sure};
use crate::model::spoken::Mark;

/// Reads `A/B` and `A:B`.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let settled = range::read_prices(reader, at)
        .or_else(|| range_of_many(reader, at))
        .or_else(|| decimal_ratio(reader, at))
        .or_else(|| standard(reader, at));
    if let Some(end) = settled {
        return Some(end);
    }
    let above = reader.lexed.digits(at)?;
    let sign = reader.lexed.glued_symbol(at + 1)?;
    let below = reader.lexed.glued_digits(at + 2)?;
    if let Some(end) = chance(reader, at) {
        return Some(end);
    }
    let long = above.len() > 7 || below.len() > 7;
    if !matches!(sign, '/' | ':' | '⁄') || long || range::are_ranges(reader, at + 1) {
        return None;
    }
    let end = at + 3;
    let chained = reader.lexed.glued_symbol(end) == Some(sign);
    let signed = matches!(reader.lexed.glued_symbol(end), Some('.' | ','));
    if (chained || signed) && reader.lexed.glued_digits(end + 1).is_some() {
        return chain(reader, at, sign);
    }
    if sign == '/' && is_season(above, below) {
        reader.verbalize(at, at + 1, "cardinal", Likely, |out| number::year(above, out));
        reader.mark(at + 1, at + 2, Mark::Comma);
        reader.verbalize(at + 2, end, "cardinal", Likely, |out| {
            if below.starts_with('0') && below != "00" {
                out.push_zero_ten(); // 2007/08
            }
            number::cardinal(below, out);
        });
    } else if sign == '/' && is_school_year(above, below) {
        reader.verbalize(at, end, "range", Likely, |out| {
            number::year(above, out);
            out.push("đến");
            number::year(below, out);
        });
    } else if sign == '/'
        && is_recent(above)
        && is_recent(below)
        && reader.near_before(at, 2, &["sinh"])
    {
        tell_apart(reader, at, end); // sinh năm 1960/2020
    } else if sign == '/' && is_issue(reader, at, above, below) {
        reader.verbalize(at, end, "document number", Likely, |out| {
            number::cardinal(above, out);
            out.push("năm");
            number::year(below, out);
        });
    } else if sign == '/' && is_edition(reader, at, above, below) {
        reader.verbalize(at, at + 1, "cardinal", Likely, |out| number::cardinal(above, out));
        reader.mark(at + 1, at + 2, Mark::Comma);
        reader.verbalize(at + 2, end, "date", Likely, |out| {
            out.push("năm");
            number::year(below, out);
        });
    } else if sign != ':' && is_part(above, below) {
        reader.verbalize(at, end, "fraction", Likely, |out| {
            number::cardinal(above, out);
            out.push("phần");
            number::cardinal(below, out);
        });
    } else {
        let confidence = if above == below { Sure } else { Likely };
        reader.verbalize(at, end, "fraction", confidence, |out| {
            number::cardinal(above, out);
            out.push("trên");
            number::cardinal(below, out);
        });
    }
    Some(read_unit(reader, end))
}

/// Reads the unit behind a fraction, if there is one.
pub(super) fn read_unit(reader: &mut Reader<'_>, end: usize) -> usize {
    if reader.lexed.text(end) == "h" && reader.lexed.is_glued(end) {
        reader.verbalize_as(end, end + 1, "unit", Sure, "giờ"); // 24/24h
        return end + 1;
    }
    let ends = !reader.lexed.goes_on(end + 1);
    if reader.lexed.text(end) == "s" && reader.lexed.is_glued(end) && ends {
        reader.verbalize_as(end, end + 1, "unit", Sure, "giây"); // 1/60s
        return end + 1;
    }
    let unit = unit::after_number(reader, end, None);
    unit::verbalize(reader, end, unit)
}

/// 1,5:1 and 9,5/10: a ratio or a mark that begins with a decimal.
fn decimal_ratio(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let first = numeral::parse_decimal(&reader.lexed, at)?;
    let sign = reader.lexed.glued_symbol(first.end).filter(|sign| matches!(sign, ':' | '/'))?;
    reader.lexed.glued_digits(first.end + 1)?;
    let short = |term: &numeral::Numeral<'_>| term.fraction.is_none_or(|part| part.len() < 3);
    let second = ratio_term(reader, first.end + 1, sign)?;
    let end = second.end;
    let goes_on = reader.lexed.glued_symbol(end) == Some(sign)
        && reader.lexed.glued_digits(end + 1).is_some();
    if goes_on || sign == '/' && !short(&first) {
        return None; // 5.000/10.000 is not a decimal
    }
    // chấp 0.5/1, tài xỉu 2.5/3: a bet between the two
    if sign == '/' && first.point && is_offered(reader, at, 12) {
        reader.verbalize(at, first.end, "decimal", Likely, |out| push_term(&first, out));
        reader.mark(first.end, first.end + 1, Mark::Comma);
        reader.verbalize(first.end + 1, end, "decimal", Likely, |out| push_term(&second, out));
        return Some(end);
    }
    reader.verbalize(at, end, "decimal", Likely, |out| {
        push_term(&first, out);
        out.push("trên");
        push_term(&second, out);
    });
    let unit = unit::after_number(reader, end, None);
    Some(unit::verbalize(reader, end, unit))
}

/// Whether a bet is offered before `at`: kèo, chấp, tài xỉu.
pub(super) fn is_offered(reader: &Reader<'_>, at: usize, reach: usize) -> bool {
    let lexed = &reader.lexed;
    (at.saturating_sub(reach)..at).any(|i| {
        sets::BETS.has(lexed.word(i)) || lexed.word(i) == "tài" && lexed.word(i + 1) == "xỉu"
    })
}

/// 2-3/1.000 ca, 12-15/1.000 dân: between two counts of so many hundreds or thousands.
fn range_of_many(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let dash = |at: usize| lexed.glued_symbol(at).is_some_and(range::is_dash);
    lexed.digits(at).filter(|first| first.len() <= 3)?;
    // 0,5-1/1.000
    let part = matches!(lexed.glued_symbol(at + 1), Some(',' | '.'))
        && lexed.glued_digits(at + 2).is_some_and(|part| part.len() <= 2);
    let sign = at + if part { 3 } else { 1 };
    (dash(sign) && lexed.is_glued(sign + 1)).then_some(())?;
    let first = numeral::parse(lexed, at)?;
    let second = numeral::parse(lexed, sign + 1)?;
    let stroke = second.end;
    (first.end == sign && lexed.glued_symbol(stroke) == Some('/') && lexed.is_glued(stroke + 1))
        .then_some(())?;
    let all = numeral::parse(lexed, stroke + 1)?;
    let round = all.fraction.is_none()
        && all.integer.len() > 2
        && all.integer.strip_prefix('1')?.bytes().all(|digit| digit == b'0');
    let rises = range::value(&first) < range::value(&second);
    (round && rises && !lexed.goes_on(all.end)).then_some(())?;
    reader.verbalize(at, sign, "cardinal", Likely, |out| first.verbalize(out));
    reader.verbalize_as(sign, sign + 1, "range", Likely, "đến");
    reader.verbalize(sign + 1, all.end, "fraction", Likely, |out| {
        second.verbalize(out);
        out.push("trên");
        all.verbalize(out);
    });
    Some(all.end)
}

/// 1/8,5: one of so many, of which the number below has a decimal comma.
fn chance(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let above = reader.lexed.digits(at)?;
    let decimals = reader.lexed.glued_digits(at + 4).filter(|digits| digits.len() <= 2)?;
    let whole = reader.lexed.digits(at + 2)?;
    let comma = reader.lexed.symbol(at + 1) == Some('/')
        && reader.lexed.glued_symbol(at + 3) == Some(',')
        && !reader.lexed.goes_on(at + 5);
    // 1/2,3 inch is the size of a sensor, 2/3,4 a row of numbers
    if !comma || above != "1" {
        return None;
    }
    reader.verbalize(at, at + 5, "fraction", Likely, |out| {
        out.push("một trên");
        number::cardinal(whole, out);
        out.push("phẩy");
        number::fraction(decimals, out);
    });
    Some(at + 5)
}

/// ISO 9001:2015, TCVN 7957:2008, TCVN 5729-1997: a standard and its year, said one after the other.
fn standard(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let serial = reader.lexed.digits(at).filter(|serial| serial.len() <= 6)?;
    let year = range::year(reader, at + 2)?;
    let named = match reader.lexed.symbol(at + 1)? {
        ':' => {
            let glued = reader.lexed.is_glued(at + 1) && reader.lexed.is_glued(at + 2);
            glued && reader.near_before(at, 3, &sets::STANDARD_BODIES)
        }
        // A word between, and it is a range of years.
        sign => range::is_dash(sign) && sets::STANDARD_BODIES.has(reader.lexed.before(at, 1)),
    };
    if !named {
        return None;
    }
    reader.verbalize(at, at + 1, "fraction", Likely, |out| {
        if serial.starts_with('0') {
            number::one_by_one(serial, out);
        } else {
            number::cardinal(serial, out);
        }
    });
    reader.mark(at + 1, at + 2, Mark::Comma);
    reader.verbalize(at + 2, at + 3, "fraction", Likely, |out| number::year(year, out));
    Some(at + 3)
}

/// 2024/25: a season that begins in one year and ends in the next.
fn is_season(above: &str, below: &str) -> bool {
    match (above.parse::<u32>(), below.parse::<u32>()) {
        (Ok(first), Ok(last)) => {
            (1900..2200).contains(&first) && below.len() == 2 && last == (first + 1) % 100
        }
        _ => false,
    }
}

/// số 41/2018: the number of an issue or a paper and its year.
fn is_issue(reader: &Reader<'_>, at: usize, above: &str, below: &str) -> bool {
    is_recent(below) && above.len() <= 4 && reader.lexed.before(at, 1) == "số"
}

/// SEA Games 30/2019, lần thứ 24/2022: which of a row of events it was, and its year.
fn is_edition(reader: &Reader<'_>, at: usize, above: &str, below: &str) -> bool {
    let Some(name) = at.checked_sub(1) else { return false };
    let named = matches!(reader.lexed.case(name), Some(Case::Capital | Case::Upper))
        && !reader.lexed.is_glued(at)
        && !reader.is_vietnamese(name);
    is_recent(below) && above.len() <= 2 && (named || reader.lexed.word(name) == "thứ")
}

/// Whether digits are a year of the last century or of this one.
fn is_recent(digits: &str) -> bool {
    digits.len() == 4 && matches!(&digits[..2], "19" | "20")
}

/// 2023/2024: one year and the next.
fn is_school_year(above: &str, below: &str) -> bool {
    let year = |digits: &str| digits.parse::<u32>().ok().filter(|y| (1900..2200).contains(y));
    matches!((year(above), year(below)), (Some(first), Some(second)) if second == first + 1)
}

/// `1:2:3`, `1:50.000`, `30/2/2024`: numbers said one after another, `trên` between them.
fn chain(reader: &mut Reader<'_>, at: usize, sign: char) -> Option<usize> {
    let mut terms = vec![ratio_term(reader, at, sign)?];
    let mut end = terms[0].end;
    while reader.lexed.glued_symbol(end) == Some(sign)
        && reader.lexed.glued_digits(end + 1).is_some()
    {
        let term = ratio_term(reader, end + 1, sign)?;
        end = term.end;
        terms.push(term);
    }
    // Tỷ lệ chọi 1/2,3 is no part of a whole.
    let ratio = reader.announces_ratio(at) || reader.near_before(at, 6, &["chọi"]);
    let part = sign == '/' && terms.len() == 2 && terms[0].integer == "1" && !ratio;
    // (76/89/87), KDA 5/1/9, iPhone 12/13/14 Pro: numbers of a kind, one after the other; 1:1:1:5 as well. A house has
    // such numbers too.
    let named = matches!(reader.lexed.case(end), Some(Case::Capital | Case::Upper))
        && !reader.follows_foreign_name(at);
    let divided = reader.lexed.symbol(end) == Some(',')
        && sets::ADDRESS_PARTS.has(reader.lexed.word(end + 1));
    let street = named
        || divided
        || sets::STREETS.has(reader.lexed.word(end))
        || reader.near_before(at, 3, &sets::HOUSE_LEADS);
    let short = |term: &numeral::Numeral<'_>| {
        term.fraction.is_none() && !term.grouped && term.integer.len() <= 4
    };
    let dated = sign == '/' && terms.last().is_some_and(|last| is_recent(&last.integer));
    let tally = terms.len() > 2
        && terms.iter().all(short)
        && (is_in_brackets(reader, at, end) || !street && !dated);
    if tally {
        tell_apart(reader, at, end);
        return Some(read_unit(reader, end));
    }
    reader.verbalize(at, end, "fraction", Likely, |out| {
        for (i, term) in terms.iter().enumerate() {
            if i > 0 {
                out.push(if part { "phần" } else { "trên" });
            }
            push_term(term, out);
        }
    });
    Some(end)
}

/// Whether a bracket opens before `at` and closes at `end`.
pub(super) fn is_in_brackets(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    at > 0 && reader.lexed.symbol(at - 1) == Some('(') && reader.lexed.symbol(end) == Some(')')
}

/// Says the numbers of a tally, with a short pause for each sign between them.
pub(super) fn tell_apart(reader: &mut Reader<'_>, at: usize, end: usize) {
    for i in at..end {
        match reader.lexed.digits(i) {
            Some(digits) => {
                reader.verbalize(i, i + 1, "cardinal", Likely, |out| number::cardinal(digits, out));
            }
            None => reader.mark(i, i + 1, Mark::Comma),
        }
    }
}

/// Appends a term; nothing is measured by it, and so its point is said as it is written.
fn push_term(term: &numeral::Numeral<'_>, out: &mut Verbalization) {
    term.verbalize_with(if term.point { "chấm" } else { "phẩy" }, out);
}

/// A term of a ratio. A comma in it is a decimal sign (1:1,618); a point before three digits groups
/// (1:50.000).
fn ratio_term<'a>(reader: &Reader<'a>, at: usize, sign: char) -> Option<numeral::Numeral<'a>> {
    let decimal = || numeral::parse_decimal(&reader.lexed, at).filter(|term| !term.point);
    (sign == ':').then(decimal).flatten().or_else(|| numeral::parse(&reader.lexed, at))
}

/// Whether one of thousands is meant (1/1000) rather than so many out of so many (1500/2000), or the
/// number and year of a paper (15/2021).
fn is_part(above: &str, below: &str) -> bool {
    let (Ok(above), Ok(below)) = (above.parse::<u32>(), below.parse::<u32>()) else {
        return false;
    };
    let year = (1900..2100).contains(&below) && !(above == 1 && below == 2000);
    0 < above && above < below && !year && (above == 1 || matches!(below, 1000 | 10_000))
}

/// Whether a pair can be a part of a whole.
pub(super) fn is_part_possible(pair: &Pair<'_>) -> bool {
    !pair.first.starts_with('0') && !pair.second.starts_with('0') && pair.second != "1"
}

/// Appends a pair as a part of a whole.
pub(super) fn push_part(out: &mut Verbalization, pair: &Pair<'_>) {
    number::cardinal(pair.first, out);
    out.push("phần");
    number::ordinal_of_parts(pair.second, out);
}
