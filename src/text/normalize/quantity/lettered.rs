//! Numbers with a letter or a sign behind them that is not a unit: 16,0N, 671B tham số, 3N2Đ, 1.000+ rạp,
//! 10,5x.

use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::{Mark, Token};
use crate::text::normalize::lex::Case;
use crate::text::normalize::numeral::{self, Numeral};
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;
use crate::text::normalize::{number, range, unit};

/// Reads such a number, whose digits and signs are `numeral`.
pub(super) fn read(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    degrees(reader, at, numeral)
        .or_else(|| degrees_alone(reader, at, numeral))
        .or_else(|| viscosity(reader, at, numeral))
        .or_else(|| place(reader, at, numeral))
        .or_else(|| or_more(reader, at, numeral))
        .or_else(|| some_tenths(reader, at, numeral))
        .or_else(|| multiple(reader, at, numeral))
        .or_else(|| parameters(reader, at, numeral))
        .or_else(|| thousands(reader, at, numeral))
        .or_else(|| dimensions(reader, at, numeral))
        .or_else(|| side(reader, at, numeral))
        .or_else(|| english_ordinal(reader, at, numeral))
}

/// 21st, 5th: what English puts behind an ordinal is not said.
fn english_ordinal(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    let end = numeral.end + 1;
    let teen =
        numeral.integer.len() > 1 && numeral.integer[..numeral.integer.len() - 1].ends_with('1');
    let suffix = match numeral.integer.chars().last()? {
        '1' if !teen => "st",
        '2' if !teen => "nd",
        '3' if !teen => "rd",
        _ => "th",
    };
    let plain = numeral.fraction.is_none() && !numeral.grouped;
    let glued = reader.lexed.is_glued(numeral.end) && !reader.lexed.goes_on(end);
    if !plain || !glued || reader.lexed.text(numeral.end) != suffix {
        return None;
    }
    if suffix == "th" && is_of_months(reader, at, numeral) {
        reader.verbalize(at, end, "months", Likely, |out| {
            number::cardinal(&numeral.integer, out);
            out.push("tháng");
        });
        return Some(end);
    }
    reader.verbalize(at, end, "ordinal", Likely, |out| number::cardinal(&numeral.integer, out));
    Some(end)
}

/// Whether the th behind a number is short for months: bảo hành 12th, bé 7th. English has its own words on either side.
fn is_of_months(reader: &Reader<'_>, at: usize, numeral: &Numeral<'_>) -> bool {
    let lexed = &reader.lexed;
    let few = numeral.integer.len() <= 2;
    let vietnamese = |i: usize| lexed.case(i) == Some(Case::Lower) && reader.is_vietnamese(i);
    let before = at.checked_sub(1).is_none_or(|i| vietnamese(i) || lexed.case(i).is_none());
    let after = numeral.end + 1;
    let free = lexed.case(after).is_none() && lexed.symbol(after) != Some('"') || vietnamese(after);
    let told = reader.near_before(at, 4, &sets::TERM_LEADS)
        || reader.near_before(at, 4, &sets::CHILDREN)
        || lexed.symbol(after) == Some('/');
    few && before && free && told
}

/// 40o, 38o5: degrees with the letter o for their sign.
fn degrees_alone(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    let lexed = &reader.lexed;
    let letter = numeral.end;
    let tenth = lexed.glued_digits(letter + 1).filter(|digits| digits.len() == 1);
    let end = letter + 1 + usize::from(tenth.is_some());
    let fits = lexed.text(letter) == "o"
        && lexed.is_glued(letter)
        && (2..=3).contains(&(numeral.integer.len() + usize::from(numeral.fraction.is_some())))
        && !lexed.goes_on(end)
        && (at == 0 || !lexed.is_glued(at) || lexed.case(at - 1).is_none());
    fits.then_some(())?;
    reader.verbalize(at, end, "unit", Likely, |out| {
        numeral.verbalize(out);
        out.push("độ");
        if let Some(tenth) = tenth {
            number::cardinal(tenth, out);
        }
    });
    Some(end)
}

/// 16o15': degrees and minutes with the letter o for the sign of degrees.
fn degrees(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    let lexed = &reader.lexed;
    let letter = numeral.end;
    let minutes = lexed.glued_digits(letter + 1).filter(|digits| digits.len() <= 2)?;
    let fits = lexed.is_glued(letter)
        && lexed.text(letter) == "o"
        && numeral.fraction.is_none()
        && numeral.integer.len() <= 3
        && matches!(lexed.glued_symbol(letter + 2), Some('\'' | '’' | '′'));
    fits.then_some(())?;
    reader.verbalize(at, letter + 3, "place", Likely, |out| {
        numeral.verbalize(out);
        out.push("độ");
        number::cardinal(minutes, out);
        out.push("phút");
    });
    Some(letter + 3)
}

/// 10W-40: an oil by how thick it is in the cold and in the heat (SAE J300).
fn viscosity(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    let lexed = &reader.lexed;
    let cold = matches!(numeral.integer.as_str(), "0" | "5" | "10" | "15" | "20" | "25");
    let heat = lexed
        .glued_digits(at + 3)
        .filter(|d| matches!(*d, "16" | "20" | "30" | "40" | "50" | "60"))?;
    let joined = numeral.end == at + 1
        && lexed.text(at + 1) == "W"
        && lexed.is_glued(at + 1)
        && lexed.glued_symbol(at + 2) == Some('-')
        && !lexed.goes_on(at + 4);
    (cold && joined).then_some(())?;
    reader.verbalize(at, at + 4, "code", Likely, |out| {
        number::cardinal(&numeral.integer, out);
        out.push("vê");
        out.push("kép");
        number::cardinal(heat, out);
    });
    Some(at + 4)
}

/// 16,0N, 110,5°E: how far from the equator or from Greenwich, in degrees.
fn place(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    let degree = matches!(reader.lexed.glued_symbol(numeral.end), Some('°' | 'º'));
    let letter = numeral.end + usize::from(degree);
    let pole = unit::pole(reader, letter)?;
    let fits =
        numeral.integer.len() <= 3 && numeral.fraction.map_or(degree, |digits| digits.len() <= 4);
    // 12,5N may be a force; with a number of the other axis behind it, it is a place.
    let pair = || {
        reader.lexed.symbol(letter + 1).filter(|&s| range::is_dash(s) || matches!(s, ',' | ';'))?;
        let other = numeral::parse(&reader.lexed, letter + 2)?.end;
        Some(matches!(reader.lexed.text(other), "E" | "W"))
    };
    let cued = degree
        || pair() == Some(true)
        || reader.near_before(at, 12, &sets::COORDINATE_LEADS)
        || reader.last_tokens(3).any(|t| matches!(t, Token::Word(word) if word.class == "place"));
    if !fits || !cued {
        return None;
    }
    reader.verbalize(at, letter + 1, "place", Likely, |out| {
        numeral.verbalize(out);
        out.push("độ");
        out.push(pole);
    });
    let end = letter + 1;
    let joined = reader.lexed.glued_symbol(end).is_some_and(range::is_dash)
        && reader.lexed.glued_digits(end + 1).is_some();
    if joined {
        reader.mark(end, end + 1, Mark::Comma);
    }
    Some(end + usize::from(joined))
}

/// 671B tham số: how many numbers a model of language has.
fn parameters(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    let scale = match reader.lexed.text(numeral.end) {
        "B" => "tỷ",
        "M" => "triệu",
        "T" => "nghìn tỷ",
        _ => return None,
    };
    let end = numeral.end + 1;
    let counted = reader.lexed.word(end) == "tham" && reader.lexed.word(end + 1) == "số";
    if !reader.lexed.is_glued(numeral.end) || !counted {
        return None;
    }
    reader.verbalize(at, end, "cardinal", Likely, |out| {
        numeral.verbalize(out);
        out.push_styled(scale);
    });
    Some(end)
}

/// 8.990K: thousands of a thousand, said as the whole price.
fn thousands(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    let end = numeral.end + 1;
    let sign =
        matches!(reader.lexed.text(numeral.end), "K" | "k") && reader.lexed.is_glued(numeral.end);
    if !sign || !numeral.grouped || numeral.fraction.is_some() || reader.lexed.goes_on(end) {
        return None;
    }
    let whole = format!("{}000", numeral.integer);
    reader.verbalize(at, end, "cardinal", Likely, |out| number::cardinal(&whole, out));
    Some(end)
}

/// 3mx3m: a length whose unit and the sign of a product are written as one word.
fn side(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    let end = numeral.end + 1;
    let unit = match reader.lexed.text(numeral.end) {
        "mx" | "mX" => "mét",
        "cmx" => "xen ti mét",
        "mmx" => "mi li mét",
        _ => return None,
    };
    if !reader.lexed.is_glued(numeral.end) || reader.lexed.glued_digits(end).is_none() {
        return None;
    }
    reader.verbalize(at, end, "unit", Likely, |out| {
        numeral.verbalize(out);
        out.push(unit);
        out.push("nhân");
    });
    Some(end)
}

/// 2D, 3D: how many dimensions a picture has; the letter has its English name.
fn dimensions(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    let end = numeral.end + 1;
    let letter = reader.lexed.text(numeral.end) == "D" && reader.lexed.is_glued(numeral.end);
    let few = matches!(numeral.integer.as_str(), "2" | "3" | "4") && numeral.end == at + 1;
    let house = reader.near_before(at, 2, &sets::HOUSE_NUMBER_LEADS);
    // 1A, 2C, 3D: answers
    let answer = matches!(reader.lexed.symbol(at.wrapping_sub(1)), Some(',' | ';'))
        && reader.last_tokens(2).any(|t| matches!(t, Token::Word(word) if word.class == "letter"));
    let house = house || answer;
    if !letter || !few || house || reader.lexed.goes_on(end) {
        return None;
    }
    reader.verbalize(at, end, "code", Likely, |out| {
        number::cardinal(&numeral.integer, out);
        out.push("đê");
    });
    Some(end)
}

/// 3N2Đ: the days and nights of a journey.
pub(super) fn days_and_nights(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let days = reader.lexed.digits(at).filter(|digits| digits.len() <= 2)?;
    let nights = reader.lexed.glued_digits(at + 2).filter(|digits| digits.len() <= 2)?;
    let letters = reader.lexed.text(at + 1) == "N"
        && reader.lexed.is_glued(at + 1)
        && matches!(reader.lexed.text(at + 3), "Đ" | "D")
        && reader.lexed.is_glued(at + 3);
    letters.then(|| two_lengths(reader, at, [(days, "ngày"), (nights, "đêm")]))?
}

/// Says two lengths of time from `at` on, each a number and a letter, if nothing touches them.
fn two_lengths(reader: &mut Reader<'_>, at: usize, lengths: [(&str, &str); 2]) -> Option<usize> {
    let end = at + 4;
    (!reader.lexed.goes_on(end)).then_some(())?;
    reader.verbalize(at, end, "unit", Likely, |out| {
        for (number, unit) in lengths {
            number::cardinal(number, out);
            out.push(unit);
        }
    });
    Some(end)
}

/// 32w3d: how old a child is before its birth, in weeks and days.
pub(super) fn weeks_and_days(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let weeks = lexed.digits(at).filter(|weeks| weeks.len() <= 2)?;
    let letter =
        |i: usize, letter: &str| lexed.is_glued(i) && lexed.text(i).eq_ignore_ascii_case(letter);
    let days = lexed.glued_digits(at + 2).filter(|days| days.len() == 1)?;
    (letter(at + 1, "w") && letter(at + 3, "d")).then_some(())?;
    two_lengths(reader, at, [(weeks, "tuần"), (days, "ngày")])
}

/// 1T3L, 1T 3L: the ground floor of a house and those above it.
pub(super) fn storeys(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let part = |i: usize, letter: &str| {
        let digits = lexed.digits(i).filter(|digits| digits.len() == 1)?;
        (lexed.text(i + 1) == letter && lexed.is_glued(i + 1)).then_some(digits)
    };
    let (ground, above) = (part(at, "T")?, part(at + 2, "L")?);
    if ground != "1" || lexed.goes_on(at + 4) {
        return None;
    }
    reader.verbalize(at, at + 4, "unit", Likely, |out| {
        number::cardinal(ground, out);
        out.push("trệt");
        number::cardinal(above, out);
        out.push("lầu");
    });
    Some(at + 4)
}

/// 1.000+ rạp: a round number and more; not a mark of an age (phim 18+).
fn or_more(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    let sign = numeral.end;
    let round = numeral.integer.len() >= 3 && numeral.integer.ends_with('0');
    let counted = |at: usize| {
        !reader.lexed.is_glued(at)
            && reader.lexed.case(at) == Some(Case::Lower)
            && reader.is_vietnamese(at)
    };
    // 5 triệu+ lượt tải, 100k+ lượt
    let scale = match reader.lexed.text(sign) {
        "k" | "K" if reader.lexed.is_glued(sign) => Some("nghìn"),
        "tr" if reader.lexed.is_glued(sign) => Some("triệu"),
        scale => sets::SCALES.has(scale).then_some(scale),
    };
    if let Some(scale) = scale {
        let plus = sign + 1;
        let more = reader.lexed.glued_symbol(plus) == Some('+')
            && counted(plus + 1)
            && reader.counts_next(plus + 1);
        more.then_some(())?;
        reader.verbalize(at, plus + 1, "cardinal", Likely, |out| {
            out.push("hơn");
            numeral.verbalize(out);
            out.push_styled(scale);
        });
        return Some(plus + 1);
    }
    // 3+ năm, 50+ tuổi
    let lasting = sets::LASTING.has(reader.lexed.word(sign + 1));
    // 20+ ngôn ngữ, but not Note 10+ điện thoại
    let listed = numeral.integer.len() == 2
        && numeral.integer.ends_with(['0', '5'])
        && sets::COUNTED_AND_MORE.has(reader.lexed.word(sign + 1))
        && !(at > 0 && reader.lexed.is_glued(at) && reader.lexed.case(at - 1).is_some())
        && !reader.follows_foreign_name(at);
    let fits = round || (lasting || listed) && numeral.fraction.is_none();
    let round = round || listed;
    if reader.lexed.glued_symbol(sign) != Some('+') || !fits || !counted(sign + 1) {
        return None;
    }
    reader.verbalize(at, sign + 1, "cardinal", Likely, |out| {
        out.push(if round { "hơn" } else { "trên" });
        numeral.verbalize(out);
    });
    Some(sign + 1)
}

/// 12,x lần, 6,x%: so many and some tenths that are left open.
fn some_tenths(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    let lexed = &reader.lexed;
    let end = numeral.end + 2;
    let open = numeral.fraction.is_none()
        && matches!(lexed.glued_symbol(numeral.end), Some(',' | '.'))
        && lexed.is_glued(numeral.end + 1)
        && matches!(lexed.text(numeral.end + 1), "x" | "xx")
        && !(at > 0 && lexed.is_glued(at) && lexed.case(at - 1).is_some());
    let measured = || {
        lexed.glued_symbol(end) == Some('%')
            || sets::SCALES.has(lexed.word(end))
            || matches!(lexed.word(end), "lần" | "điểm")
    };
    (open && measured()).then_some(())?;
    reader.verbalize(at, end, "cardinal", Likely, |out| {
        out.push("hơn");
        numeral.verbalize(out);
    });
    Some(end)
}

/// 10,5x where a share is valued: so many times its earnings.
fn multiple(reader: &mut Reader<'_>, at: usize, numeral: &Numeral<'_>) -> Option<usize> {
    let (sign, end) = (numeral.end, numeral.end + 1);
    let times = matches!(reader.lexed.text(sign), "x" | "X") && reader.lexed.is_glued(sign);
    if !times || reader.lexed.goes_on(end) {
        return None;
    }
    // P/E, P/B
    let ratio = (3..=14).any(|back| {
        reader.lexed.before(at, back) == "p"
            && matches!(reader.lexed.before(at, back - 2), "e" | "b")
    });
    let listed = reader.last_tokens(40).any(|token| match token {
        Token::Word(word) => word.class == "unit" && reader.said(word).ends_with(" lần"),
        _ => false,
    });
    let valued =
        numeral.fraction.is_some() && (listed || reader.near_before(at, 10, &sets::VALUED));
    // zoom 5x, tele 3x 10MP: no product, for what follows is apart
    let zoomed = reader.near_before(at, 10, &sets::LENSES)
        || reader.lexed.word(end) == "zoom"
        || reader.lexed.word(end) == "quang" && reader.lexed.word(end + 1) == "học";
    // gấp 10x, tăng 2x
    let grown = sets::GROWS.has(reader.lexed.before(at, 1)) && !reader.lexed.goes_on(end);
    // 1.4x hoặc 2x: a factor, and another beside it
    let again = reader.last_tokens(3).any(|token| match token {
        Token::Word(word) => word.class == "unit" && reader.said(word).ends_with(" lần"),
        _ => false,
    });
    let again = again && (numeral.fraction.is_some() || numeral.integer.as_str() < "6");
    let small = reader.lexed.text(sign) == "x";
    let factor =
        numeral.fraction.is_some() && !numeral.grouped && small && !unit::is_of_car(reader, at);
    if !ratio && !valued && !zoomed && !grown && !factor && !again {
        return None;
    }
    reader.verbalize(at, end, "unit", Likely, |out| {
        numeral.verbalize(out);
        out.push("lần");
    });
    Some(end)
}
