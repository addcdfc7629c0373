//! Lengths of time: 1:58,3, 10p, 3p20s, 30s, 9s58, 45+1', 9T.

use super::parts::{
    double_prime, glued_seconds, has_open_apostrophe, has_open_quotation, is_below, is_prime,
    push_span, sixtieths,
};
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Token;
use crate::text::normalize::lex::Case;
use crate::text::normalize::number;
use crate::text::normalize::numeral::{self, Numeral};
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;
use crate::text::transliterate::spell_letters;

/// Lines of a picture, not minutes: 720p.
const PICTURE_LINES: [&str; 6] = ["144", "240", "360", "480", "540", "720"];

/// How many lexemes back a word of matches may be.
const MATCH_REACH: usize = 16;

/// 1:58,3: minutes, seconds and their parts.
pub(super) fn stopwatch(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let minutes = reader.lexed.digits(at).filter(|minutes| minutes.len() <= 2)?;
    let seconds = sixtieths(reader, at + 1)?;
    if let Some(end) = hours_of_race(reader, at) {
        return Some(end);
    }
    reader.lexed.glued_symbol(at + 3).filter(|sign| matches!(sign, '.' | ','))?;
    let parts = reader.lexed.glued_digits(at + 4).filter(|parts| parts.len() <= 3)?;
    // 1:20,775s: the letter is said with the seconds
    let letter = reader.lexed.text(at + 5) == "s"
        && reader.lexed.is_glued(at + 5)
        && !reader.lexed.goes_on(at + 6);
    let end = at + 5 + usize::from(letter);
    let goes_on = matches!(reader.lexed.glued_symbol(end), Some('.' | ',' | ':' | '/' | '-'))
        && reader.lexed.glued_digits(end + 1).is_some();
    let scale = parts == "000"; // bản đồ 1:50.000
    if goes_on || scale || reader.announces_ratio(at) {
        return None;
    }
    let said = reader.lexed.word(end) == "giây";
    reader.verbalize(at, end, "time", Likely, |out| {
        number::cardinal(minutes, out);
        out.push("phút");
        number::cardinal(seconds, out);
        if parts.len() == 3 {
            out.push("giây"); // 1:31.984, as races are timed
            return number::parts(Some(parts), out);
        }
        out.push("phẩy");
        number::fraction(parts, out);
        if !said {
            out.push("giây");
        }
    });
    Some(end)
}

/// 1:31:44.742: how long a race of cars took.
fn hours_of_race(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let hours = reader.lexed.digits(at).filter(|hours| is_below(hours, 25))?;
    let (minutes, seconds) = (sixtieths(reader, at + 1)?, sixtieths(reader, at + 3)?);
    reader.lexed.glued_symbol(at + 5).filter(|sign| matches!(sign, '.' | ','))?;
    let parts = reader.lexed.glued_digits(at + 6).filter(|parts| parts.len() <= 3)?;
    let end = at + 7;
    let goes_on = reader.lexed.goes_on(end)
        || reader.lexed.glued_symbol(end).is_some() && reader.lexed.glued_digits(end + 1).is_some();
    (!goes_on).then_some(())?;
    reader.verbalize(at, end, "time", Likely, |out| {
        number::cardinal(hours, out);
        out.push("giờ");
        number::cardinal(minutes, out);
        out.push("phút");
        number::cardinal(seconds, out);
        if parts.len() == 3 {
            out.push("giây");
            return number::parts(Some(parts), out);
        }
        out.push("phẩy");
        number::fraction(parts, out);
        out.push("giây");
    });
    Some(end)
}

/// 9T, 6T/2023 in the figures of a firm, 11T behind an index: so many months of the year; 12T as a term.
pub(super) fn months(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let months = reader.lexed.digits(at).filter(|months| is_below(months, 61))?;
    let end = at + 2;
    let letter = reader.lexed.text(at + 1) == "T" && reader.lexed.is_glued(at + 1);
    let of_year = reader.lexed.glued_symbol(end) == Some('/')
        && reader.lexed.glued_digits(end + 1).is_some_and(|year| year.len() == 4);
    let listed =
        || reader.last_tokens(12).any(|t| matches!(t, Token::Word(w) if w.class == "months"));
    let quarterly = matches!(months, "3" | "6" | "9" | "12");
    let in_year = is_below(months, 13) && reader.near_before(at, 3, &sets::INDICES);
    // FDI 6T đạt 12 tỷ USD: no tonnes, for nothing is weighed behind it
    let told = is_below(months, 13)
        && sets::FIGURE_VERBS.has(reader.lexed.word(end))
        && reader.near_before(at, 4, &sets::FIGURES_OF_MONTHS);
    let term = reader.lexed.before(at, 1) == "hđ"
        || reader.follows(at, &["hợp", "đồng"])
        || reader.follows(at, &["thử", "việc"]);
    let term = term
        || !reader.counts_next(end)
            && (sets::TERMS_BEFORE_MONTHS.has(reader.lexed.before(at, 1))
                || sets::JOINS.has(reader.lexed.before(at, 1)) && listed());
    let cued = told
        || term
        || quarterly && (of_year || reader.near_before(at, 8, &sets::MONTHS_FIGURES) || listed())
        || in_year
        || reader.near_before(at, 2, &sets::TERMS_OF_MONTHS);
    if !letter || !cued || !of_year && reader.lexed.goes_on(end) {
        return None;
    }
    reader.verbalize(at, end, "months", Likely, |out| {
        number::cardinal(months, out);
        out.push("tháng");
    });
    if !of_year {
        return Some(end);
    }
    let year = reader.lexed.glued_digits(end + 1)?;
    reader.verbalize(end, end + 2, "date", Likely, |out| {
        out.push("năm");
        number::year(year, out);
    });
    Some(end + 2)
}

/// 14' as minutes: after hours, or in the account of a match; 10p, 3p20s, 4'30".
pub(super) fn minutes(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let minutes = reader.lexed.digits(at).filter(|minutes| minutes.len() <= 3)?;
    let letter = matches!(reader.lexed.text(at + 1), "p" | "ph")
        && reader.lexed.is_glued(at + 1)
        && !PICTURE_LINES.contains(&minutes);
    if let Some(end) = locant(reader, at) {
        return Some(end);
    }
    if let Some(end) = added_minutes(reader, at) {
        return Some(end);
    }
    if let Some(end) = feet(reader, at, minutes) {
        return Some(end);
    }
    let prime = is_prime(reader, at + 1) && double_prime(reader, at + 1).is_none();
    if !letter && (!prime || has_open_apostrophe(reader, at)) {
        return None;
    }
    let seconds = glued_seconds(reader, at + 2);
    let end = seconds.map_or(at + 2, |(_, end)| end);
    let goes_on = reader.lexed.goes_on(end);
    let parts = reader.lexed.glued_digits(end).filter(|_| seconds.is_some());
    if letter && goes_on
        || reader.lexed.is_glued(at) && at > 0 && reader.lexed.case(at - 1).is_some()
    {
        return None;
    }
    let said = reader.lexed.before(at, 1) == "phút";
    let end = end + usize::from(parts.is_some());
    // 90'+4: the fourth minute beyond the time of a match.
    let beyond = (prime && reader.lexed.glued_symbol(end) == Some('+'))
        .then(|| reader.lexed.glued_digits(end + 1))
        .flatten();
    // Văn Quyết 58': when it was, behind the name of who did it.
    let named = prime
        && at > 1
        && reader.lexed.case(at - 1) == Some(Case::Capital)
        && !matches!(reader.lexed.word(end), "vĩ" | "kinh")
        && !reader.near_before(at, 3, &sets::EXAMS)
        || prime && is_of_match(reader, at, end);
    if seconds.is_none() && parts.is_none() && (beyond.is_some() || named) {
        let end = end + if beyond.is_some() { 2 } else { 0 };
        reader.verbalize(at, end, "time", Likely, |out| {
            if !said {
                out.push("phút");
            }
            number::cardinal(minutes, out);
            if let Some(beyond) = beyond {
                out.push("cộng");
                number::cardinal(beyond, out);
            }
        });
        return Some(end);
    }
    reader.verbalize(at, end, "time", Likely, |out| {
        if said {
            number::cardinal(minutes, out);
        } else {
            push_span(out, minutes, seconds.map(|(digits, _)| digits));
        }
        number::parts(parts, out);
    });
    Some(end)
}

/// 2'-FL: the place in a molecule where something is bound, as the names of sugars of milk have it.
fn locant(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let place = lexed.digits(at).filter(|digits| digits.len() == 1)?;
    let name = at + 3;
    let bound = matches!(lexed.glued_symbol(at + 1), Some('\'' | '’' | '′'))
        && lexed.glued_symbol(at + 2) == Some('-')
        && lexed.is_glued(name)
        && lexed.text(name).is_ascii();
    let named = match lexed.case(name) {
        Some(Case::Upper) => lexed.text(name).len() == 2 && lexed.text(name).ends_with('L'),
        // 2'-fucosyllactose: no syllable of Vietnamese is as long
        Some(Case::Lower) => lexed.text(name).len() > 7,
        _ => false,
    };
    if !bound || !named || matches!(lexed.before(at, 1), "phút" | "giờ") {
        return None;
    }
    let letters = (lexed.case(name) == Some(Case::Upper)).then(|| spell_letters(lexed.text(name)));
    let end = name + usize::from(letters.is_some());
    reader.verbalize(at, end, "code", Likely, |out| {
        number::cardinal(place, out);
        out.push("phẩy");
        out.push(letters.as_deref().unwrap_or(""));
    });
    Some(end)
}

/// Container 20', cao 6'2": feet, and inches behind them.
fn feet(reader: &mut Reader<'_>, at: usize, feet: &str) -> Option<usize> {
    const REACH: usize = 8;
    // 1.800 USD/40'
    let lexed = &reader.lexed;
    let stroke = |i: usize| lexed.glued_symbol(i) == Some('/');
    let priced = at > 1 && stroke(at - 1) && sets::CURRENCY_CODES.has(lexed.word(at - 2));
    let container = matches!(feet, "10" | "20" | "40" | "45")
        && (priced || reader.near_before(at, REACH, &sets::CONTAINERS));
    let inches = reader
        .lexed
        .glued_digits(at + 2)
        .filter(|inches| is_below(inches, 12) && double_prime(reader, at + 3).is_some());
    let height = is_below(feet, 9) && reader.near_before(at, REACH, &["cao", "tay"]);
    // 40'HC: the kind of container touches its feet
    let kind = container
        && matches!(lexed.glued_symbol(at + 1), Some('\'' | '’' | '′'))
        && lexed.is_glued(at + 2)
        && matches!(lexed.text(at + 2), "DC" | "GP" | "HC" | "HQ" | "RF" | "OT" | "FR");
    let prime = kind || is_prime(reader, at + 1);
    if !prime || !(container || height && inches.is_some()) {
        return None;
    }
    let end = match inches.filter(|_| height) {
        Some(_) => double_prime(reader, at + 3)?,
        None => at + 2,
    };
    reader.verbalize(at, end, "unit", Likely, |out| {
        number::cardinal(feet, out);
        out.push("phít");
        if let Some(inches) = inches.filter(|_| height) {
            number::cardinal(inches, out);
            out.push("inh");
        }
    });
    Some(end)
}

/// 45+1': a minute beyond the time of a half.
fn added_minutes(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let minutes = reader.lexed.digits(at).filter(|minutes| is_below(minutes, 121))?;
    (reader.lexed.glued_symbol(at + 1) == Some('+')).then_some(())?;
    let beyond = reader.lexed.glued_digits(at + 2).filter(|beyond| beyond.len() <= 2)?;
    is_prime(reader, at + 3).then_some(())?;
    let said = reader.lexed.before(at, 1) == "phút";
    reader.verbalize(at, at + 4, "time", Likely, |out| {
        if !said {
            out.push("phút");
        }
        number::cardinal(minutes, out);
        out.push("cộng");
        number::cardinal(beyond, out);
    });
    Some(at + 4)
}

/// Whether the minutes at `at` say when something happened in a match: in a bracket after a name or
/// a word of matches, in the same bracket as another such minute, or at the head of a block.
fn is_of_match(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let heads = at == 0
        && (matches!(lexed.case(end), Some(Case::Capital))
            || lexed.symbol(end).is_some_and(|sign| matches!(sign, '-' | '–' | ':')));
    let open = at.checked_sub(1).filter(|&open| lexed.symbol(open) == Some('('));
    let named = open.and_then(|open| open.checked_sub(1)).is_some_and(|name| {
        matches!(lexed.case(name), Some(Case::Capital | Case::Upper))
            || lexed.digits(name).is_some()
    });
    let told = || (at.saturating_sub(MATCH_REACH)..at).any(|i| sets::MATCH.has(lexed.word(i)));
    let listed = reader.last_tokens(3).any(|token| match token {
        Token::Word(word) if word.class == "time" => reader.said(word).starts_with("phút "),
        _ => false,
    });
    heads || open.is_some() && (named || told()) || listed
}

/// 30s, 9,58s, 2 giờ 15 phút 30", 10"52; a decade is not a length of time (những năm 80s), nor is the
/// number of a make (iPhone 5s) or the size of a screen (55").
pub(super) fn seconds(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let numeral = numeral::parse(&reader.lexed, at).filter(|number| number.integer.len() <= 4)?;
    if let Some(end) = double_prime(reader, numeral.end) {
        return primed_seconds(reader, at, &numeral, end);
    }
    let (sign, end) = (numeral.end, numeral.end + 1);
    let unit = match reader.lexed.text(sign) {
        "s" => "giây",
        "h" if numeral.fraction.is_some() => "giờ",
        "p" if numeral.fraction.is_some() => "phút",
        _ => return None,
    };
    if let Some(end) = hundredths(reader, at, &numeral) {
        return Some(end);
    }
    let letter = reader.lexed.is_glued(sign) || unit == "giây";
    let goes_on = reader.lexed.is_glued(end)
        && !matches!(
            reader.lexed.symbol(end),
            Some('.' | ',' | ';' | ':' | ')' | '!' | '?' | '-' | '/')
        );
    if !letter
        || goes_on
        || reader.lexed.is_glued(at) && at > 0 && reader.lexed.case(at - 1).is_some()
    {
        return None;
    }
    let decade = numeral.fraction.is_none()
        && numeral.integer.ends_with('0')
        && reader.near_before(at, 3, &sets::DECADE_LEADS);
    if decade {
        reader.verbalize(at, end, "cardinal", Likely, |out| numeral.verbalize(out));
        return Some(end);
    }
    // plank 3 x 45s, Tabata 20s/10s: no make
    let timed = numeral.integer.len() == 2
        && (reader.lexed.word(end) == "x"
            || reader.lexed.symbol(end) == Some('/') && reader.lexed.text(end + 2) == "s");
    let exercise = timed || at > 0 && reader.lexed.case(at - 1) == Some(Case::Lower);
    let named = at > 0
        && reader.lexed.case(at - 1).is_some()
        && !reader.is_vietnamese(at - 1)
        && !exercise
        && !sets::FILMS.has(reader.lexed.before(at, 1));
    if named && numeral.fraction.is_none() {
        return None;
    }
    reader.verbalize(at, end, "time", Likely, |out| {
        numeral.verbalize(out);
        out.push(unit);
    });
    Some(end)
}

/// 9s58: seconds and their hundredths, as runners and swimmers are timed.
fn hundredths(reader: &mut Reader<'_>, at: usize, seconds: &Numeral<'_>) -> Option<usize> {
    let sign = seconds.end;
    let fits = seconds.fraction.is_none() && seconds.integer.len() <= 2;
    let letter = reader.lexed.text(sign) == "s" && reader.lexed.is_glued(sign);
    let parts = reader.lexed.glued_digits(sign + 1).filter(|parts| parts.len() <= 2)?;
    let apart = !(reader.lexed.is_glued(at) && at > 0 && reader.lexed.case(at - 1).is_some());
    if !fits || !letter || !apart || reader.lexed.goes_on(sign + 2) {
        return None;
    }
    reader.verbalize(at, sign + 2, "time", Likely, |out| {
        seconds.verbalize(out);
        out.push("giây");
        number::parts(Some(parts), out);
    });
    Some(sign + 2)
}

/// Digits before the sign for seconds that ends at `end`, as seconds or as the size of a screen.
fn primed_seconds(
    reader: &mut Reader<'_>,
    at: usize,
    numeral: &Numeral<'_>,
    end: usize,
) -> Option<usize> {
    // The mark after a year or another long number closes a quotation.
    if numeral.integer.len() > 2 || has_open_quotation(reader, at) {
        return None;
    }
    if reader.near_before(at, 4, &sets::SCREENS) {
        let unit = reader.tables.unit("inch")?.spoken;
        reader.verbalize(at, end, "unit", Likely, |out| {
            numeral.verbalize(out);
            out.push(unit);
        });
        return Some(end);
    }
    let parts = reader.lexed.glued_digits(end).filter(|parts| parts.len() <= 2);
    // 5' + 3"
    let added = at > 0 && reader.lexed.symbol(at - 1) == Some('+');
    let reach = if added { 2 } else { 1 };
    let after_time = reader
        .last_tokens(reach)
        .any(|token| matches!(token, Token::Word(word) if word.class == "time"));
    let cued = after_time || parts.is_some() || reader.near_before(at, 2, &sets::SECONDS_LEADS);
    if !cued {
        return None;
    }
    let end = end + usize::from(parts.is_some());
    reader.verbalize(at, end, "time", Likely, |out| {
        numeral.verbalize(out);
        out.push("giây");
        number::parts(parts, out);
    });
    Some(end)
}
