//! Strokes that no class before takes for its own: between words a pause, between numbers and the parts of a ratio
//! `trên`.

use super::letters;
use super::lex::Case;
use super::models;
use super::numeral;
use super::paired_codes;
use super::range;
use super::reader::Reader;
use super::tables::Abbreviation;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Mark;

/// Whether a stroke is between the two currencies of a rate: USD/VND. Behind a number they are a price: 21.090 VND/USD.
pub(super) fn is_rate(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.glued_symbol(at) == Some('/')
        && !(at > 1 && reader.lexed.digits(at - 2).is_some())
        && reader.lexed.is_glued(at + 1)
        && at.checked_sub(1).is_some_and(|above| sets::CURRENCY_CODES.has(reader.lexed.word(above)))
        && sets::CURRENCY_CODES.has(reader.lexed.word(at + 1))
}

/// Whether a stroke is between the parts of a ratio: the currencies of a rate, the letters of a
/// formula (s/t), a debt and what it is of (nợ/VCSH), or words after one of ratio (tỷ lệ nợ/vốn).
fn divides(reader: &Reader<'_>, at: usize) -> bool {
    let Some(above) = at.checked_sub(1) else { return false };
    let (above, below) = (reader.lexed.word(above), reader.lexed.word(at + 1));
    let letter = |word: &str| word.len() == 1;
    let glued = reader.lexed.is_glued(at) && reader.lexed.is_glued(at + 1);
    let small = reader.lexed.case(at + 1) == Some(Case::Lower);
    glued
        && (is_rate(reader, at)
            || above == "nợ"
            || is_share_of(reader, at)
            || letter(above) && letter(below) && small
            || small
                && !below.is_empty()
                && names_ratio(reader, at)
                && reader.lexed.symbol(at + 2) != Some('/'))
}

/// Whether what is below a stroke is a whole of which the plain words above it are a part: nợ công/GDP, nợ xấu/tổng dư nợ, hệ
/// số LNST/doanh thu, but not giám đốc/tổng giám đốc.
fn is_share_of(reader: &Reader<'_>, at: usize) -> bool {
    /// The words of a ratio are so many before at most.
    const REACH: usize = 8;
    let lexed = &reader.lexed;
    let (above, below) = (at - 1, at + 1);
    let plain = lexed.case(above) == Some(Case::Lower)
        && reader.is_vietnamese(above)
        && lexed.text(above).chars().nth(1).is_some();
    let short = lexed.case(above) == Some(Case::Upper) && lexed.text(above).len() > 1;
    let led = || reader.mentions_any(at, REACH, &sets::RATIOS);
    // Tên dự án/tổng mức đầu tư/nguồn vốn: columns of a paper
    let listed = || {
        (below..below + REACH).any(|i| lexed.symbol(i) == Some('/'))
            || (at.saturating_sub(REACH)..at).any(|i| lexed.symbol(i) == Some('/'))
    };
    let share = || (below..below + REACH).any(|i| lexed.symbol(i) == Some('%'));
    let total = || {
        lexed.word(below) == "tổng"
            && sets::TOTALS.has(lexed.word(below + 1))
            && !reader.near_before(at, 3, &["tổng"])
            && (led() || share())
    };
    let whole =
        || sets::WHOLES.has(lexed.text(below)) && !sets::NO_PARTS_OF_WHOLES.has(lexed.word(above));
    let base = plain && (whole() || total()) && !listed();
    let revenue = || {
        let named = matches!(
            (lexed.word(below), lexed.word(below + 1)),
            ("doanh", "thu") | ("thu", "nhập")
        ) || lexed.word(below) == "vốn";
        let figure = short
            || sets::FIGURES_OF_MONTHS.has(lexed.word(above))
            || sets::FIGURES_OF_RATIOS.has(lexed.word(above));
        named && (plain || short) && figure && led()
    };
    base || revenue()
}

/// Whether a word of ratio is shortly before: tỷ lệ nợ/vốn, but not 10 suất quà/học bổng.
fn names_ratio(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 3;
    (at.saturating_sub(REACH)..at).any(|i| {
        sets::WEIGHT_OF_PARTS.has(reader.lexed.word(i))
            && i.checked_sub(1).is_none_or(|number| reader.lexed.digits(number).is_none())
    })
}

/// Whether a stroke divides a sum in brackets of what words name by a number: (toán + văn + anh)/3.
fn divides_sum(reader: &Reader<'_>, at: usize) -> bool {
    /// The longest sum, in lexemes.
    const LONGEST: usize = 40;
    let lexed = &reader.lexed;
    let closed = at > 0
        && lexed.is_glued(at)
        && matches!(lexed.symbol(at - 1), Some(')' | ']'))
        && lexed.glued_digits(at + 1).is_some_and(|digits| digits.len() <= 3)
        && !lexed.goes_on(at + 2)
        && !reader.counts_next(at + 2) // combo (vé + nước)/1 người
        && reader.tables.unit(lexed.rest(at + 2)).is_none();
    let term = |i: usize| lexed.case(i).is_some() || lexed.digits(i).is_some();
    closed && {
        let mut depth = 0;
        let before = (at.saturating_sub(LONGEST)..at).rev();
        let mut before =
            before.take_while(|&i| !matches!(lexed.symbol(i), Some(';' | ':' | ',' | '!' | '?')));
        before.any(|i| match lexed.symbol(i) {
            Some(')' | ']') => {
                depth += 1;
                false
            }
            Some('(' | '[') => {
                depth -= 1;
                false
            }
            Some('+') => depth > 0 && term(i + 1) && !lexed.is_glued(i),
            sign => sign == Some('='),
        })
    }
}

/// Whether a stroke is between a length of time and a distance, of which the first to be reached ends a
/// guarantee or calls for care: bảo hành 3 năm/100.000 km.
fn is_between_terms(reader: &Reader<'_>, at: usize) -> bool {
    const DISTANCES: [&str; 2] = ["ki lô mét", "dặm"];
    let time = at > 1
        && matches!(reader.lexed.before(at, 1), "năm" | "tháng")
        && reader.lexed.digits(at - 2).is_some();
    let distance = || {
        let end = numeral::parse(&reader.lexed, at + 1)?.end;
        reader.tables.unit(reader.lexed.rest(end)).filter(|unit| DISTANCES.contains(&unit.spoken))
    };
    time && reader.lexed.glued_digits(at + 1).is_some() && distance().is_some()
}

/// Whether what is below a stroke is a round number of a unit: 5,8L/100km, 20 MPN/100ml.
fn is_consumption(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let round = matches!(lexed.glued_digits(at + 1), Some("10" | "100" | "1000"));
    // ổi có 228mg/100g
    let food = at > 0 && sets::FOUND_IN_FOOD.has(lexed.text(at - 1));
    let unit = || {
        reader.tables.unit(lexed.rest(at + 2)).is_some_and(|unit| {
            unit.symbol.len() > 1 || food && matches!(unit.symbol, "g" | "l" | "L")
        })
    };
    let measured = at > 1
        && lexed.is_glued(at)
        && lexed.case(at - 1).is_some()
        && (lexed.digits(at - 2).is_some() || lexed.case(at - 1) == Some(Case::Upper));
    round && measured && unit()
}

/// Whether those are at `at` whom a case is against or who suffered by it: bị can, bị cáo, bị hại.
fn is_party(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.word(at) == "bị" && matches!(reader.lexed.word(at + 1), "can" | "cáo" | "hại")
}

/// A stroke between words parts alternatives and is not said: nam/nữ, và/hoặc. Between numbers it
/// is `trên`: 4.350/3.900 tỷ; so it is between the parts of a ratio.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> usize {
    let after_number = reader
        .last_word()
        .is_some_and(|word| matches!(word.class, "cardinal" | "decimal" | "unit" | "ordinal"));
    if divides_sum(reader, at) {
        reader.verbalize_as(at, at + 1, "per", Likely, "chia");
        return at + 1;
    }
    if is_consumption(reader, at) {
        reader.verbalize_as(at, at + 1, "per", Likely, "trên");
        return at + 1;
    }
    // 120.000 đồng/1kg: một ki lô gam follows
    let of_one = reader.lexed.glued_digits(at + 1) == Some("1")
        && sets::MONEY_WORDS.has(reader.lexed.before(at, 1))
        && reader.tables.unit(reader.lexed.rest(at + 2)).is_some();
    if of_one {
        reader.pass(at, at + 1, "stroke");
        return at + 1;
    }
    if is_between_terms(reader, at) {
        reader.verbalize_as(at, at + 1, "per", Likely, "hoặc");
        return at + 1;
    }
    // 120mg/5ml: so much of a medicine in so much of a liquid
    let dose = at > 0
        && sets::DOSED.has(reader.lexed.word(at - 1))
        && numeral::parse(&reader.lexed, at + 1)
            .is_some_and(|number| sets::DOSED_IN.has(reader.lexed.word(number.end)));
    if dose {
        reader.verbalize_as(at, at + 1, "per", Likely, "trên");
        return at + 1;
    }
    if paired_codes::are_beside(reader, at)
        || models::is_between(reader, at)
        || ends_index(reader, at)
    {
        return pause(reader, at);
    }
    // 88 kW/6.250 vòng/phút: the speed of an engine at which it has so much power
    let speed = || {
        let end = numeral::parse(&reader.lexed, at + 1)?.end;
        let range = reader.lexed.symbol(end).is_some_and(range::is_dash);
        if range { numeral::parse(&reader.lexed, end + 1).map(|last| last.end) } else { Some(end) }
    };
    let turns = (after_number || reader.lexed.before(at, 1) == "lực")
        && reader.lexed.is_glued(at + 1)
        && speed().is_some_and(|end| {
            let minutes = reader.lexed.symbol(end + 1) == Some('/')
                && sets::MINUTES.has(reader.lexed.word(end + 2));
            sets::TURNS.has(reader.lexed.word(end))
                && (reader.lexed.word(end) == "rpm" || minutes)
                && at > 0
                && sets::ENGINE_UNITS.has(reader.lexed.word(at - 1))
        });
    if turns {
        reader.verbalize_as(at, at + 1, "per", Likely, "tại");
        return at + 1;
    }
    // số ca nhiễm/1 triệu dân
    let of_many = reader.lexed.glued_digits(at + 1).is_some()
        && matches!(reader.lexed.word(at + 2), "triệu" | "vạn")
        && reader.counts_next(at + 3)
        && matches!(reader.lexed.text(at + 1), "1" | "10" | "100");
    if of_many {
        reader.verbalize_as(at, at + 1, "per", Likely, "trên");
        return at + 1;
    }
    // tăng 5,6 điểm/0,34%: the same change in two ways
    let as_share = at > 0
        && reader.lexed.case(at - 1).is_some()
        && numeral::parse(&reader.lexed, at + 1)
            .is_some_and(|number| reader.lexed.symbol(number.end) == Some('%'));
    if as_share {
        return pause(reader, at);
    }
    if is_of_committee(reader, at) {
        reader.pass(at, at + 1, "stroke");
        return at + 1;
    }
    if range::are_ranges(reader, at) {
        return pause(reader, at);
    }
    // 270/ 538 phiếu: white space slipped in
    let slipped = reader.lexed.is_glued(at)
        && reader.lexed.digits(at + 1).is_some()
        && reader.counts_next(at + 2)
        && !matches!(reader.lexed.before(at, 2), "tháng" | "ngày" | "lớp");
    if after_number && (slipped || reader.lexed.glued_digits(at + 1).is_some()) {
        reader.verbalize_as(at, at + 1, "per", Likely, "trên");
        return at + 1;
    }
    // 15A/28 Lê Thánh Tôn
    let house = at >= 2
        && reader.lexed.digits(at - 2).is_some()
        && reader.lexed.is_glued(at - 1)
        && reader.lexed.text(at - 1).len() == 1
        && reader.lexed.glued_digits(at + 1).is_some();
    // 41 vụ/53 đối tượng, 28.614 tàu/102.385 người: two that are counted side by side
    let number = numeral::parse(&reader.lexed, at + 1);
    let counted = number.as_ref().map_or(at + 2, |number| number.end);
    // 156 triệu đồng/120 triệu đồng
    let scale = usize::from(sets::SCALES.has(reader.lexed.word(counted)));
    // 3 bác sĩ/10.000 dân
    let round =
        number.is_some_and(|number| number.grouped && number.integer.trim_end_matches('0') == "1");
    let beside = at > 1
        && reader.lexed.case(at - 1) == Some(Case::Lower)
        && reader.lexed.text(at - 1).chars().nth(1).is_some() // f/1.8
        && reader.lexed.glued_digits(at + 1).is_some()
        && !round
        && (reader.counts_next(counted) || is_party(reader, counted))
        && reader.lexed.word(counted) != "trận"
        && reader.tables.unit(reader.lexed.rest(counted)).is_none()
        && !sets::NOT_BELOW.has(reader.lexed.word(at - 1))
        && reader.lexed.word(at - 1) != reader.lexed.word(counted + scale);
    if beside && !sets::OF_MANY.has(reader.lexed.before(at, 1)) {
        return pause(reader, at);
    }
    // 21 điểm/11 trận
    let counts = at > 0
        && reader.lexed.case(at - 1) == Some(Case::Lower)
        && reader.is_vietnamese(at - 1)
        && reader.lexed.glued_digits(at + 1).is_some();
    if counts || house {
        reader.verbalize_as(at, at + 1, "per", Likely, "trên");
        return at + 1;
    }
    if at > 0 && !reader.lexed.is_glued(at) && !reader.lexed.is_glued(at + 1) {
        return pause(reader, at); // two that are side by side
    }
    let unit = |at: usize| {
        reader.lexed.text(at).len() > 2 && reader.tables.unit(reader.lexed.text(at)).is_some()
    };
    let units = at > 0 && unit(at - 1) && unit(at + 1); // tỷ giá Euro/USD
    if units || divides(reader, at) {
        reader.verbalize_as(at, at + 1, "per", Likely, "trên");
        return at + 1;
    }
    // chuyến bay đến/đi, Đà Nẵng/Vinh, Úc/New Zealand, but not và/hoặc, HIV/AIDS
    // Of words with one letter only those with marks are names: Á, Ý.
    let several = |at: usize| {
        let text = reader.lexed.text(at);
        text.chars().nth(1).is_some() || !text.is_ascii()
    };
    let whole = |at: usize| reader.is_vietnamese(at) && several(at);
    let name = |at: usize| {
        matches!(reader.lexed.case(at), Some(Case::Capital | Case::Mixed)) && several(at)
    };
    let short = |at: usize| reader.lexed.case(at) == Some(Case::Upper) && several(at);
    let words = at > 0
        && (whole(at - 1) && whole(at + 1)
            || name(at - 1) && (name(at + 1) || short(at + 1))
            || short(at - 1) && name(at + 1))
        && reader.lexed.word(at + 1) != "hoặc";
    // CMND/CCCD, CCCD/thẻ ngân hàng
    let in_full =
        |row: &Abbreviation| row.expansion.contains(' ') && !letters::is_spelled(row.expansion);
    let stands_for_words = |i: usize| {
        short(i) && reader.tables.abbreviations(reader.lexed.text(i)).iter().any(in_full)
    };
    let said_in_full = || {
        reader.last_word().is_some_and(|word| {
            word.class == "abbreviation" && !letters::is_spelled(reader.said(word))
        })
    };
    let lower_word = reader.lexed.case(at + 1) == Some(Case::Lower) && whole(at + 1);
    let short_forms = at > 0
        && (short(at - 1) && said_in_full() && (lower_word || stands_for_words(at + 1))
            || whole(at - 1) && stands_for_words(at + 1)); // bão/ATNĐ
    // CVV/CVC: two that are spelled, but not the parts of one code: AN/TPY-2
    let code = reader.lexed.glued_symbol(at + 2) == Some('-')
        && reader.lexed.glued_digits(at + 3).is_some();
    // CNN/SSRS, but not HIV/AIDS, TCP/IP
    let long = |at: usize| reader.lexed.text(at).len() > 2;
    let spelled = at > 0
        && short(at - 1)
        && short(at + 1)
        && !code
        && reader.last_word().is_some_and(|word| {
            word.class == "letters"
                || long(at - 1)
                    && long(at + 1)
                    && is_initialism(reader.said(word))
                    && is_spelled(reader, at + 1)
        });
    let foreign = |i: usize| {
        reader.lexed.case(i) == Some(Case::Lower)
            && reader.lexed.text(i).len() > 3
            && reader.lexed.text(i).is_ascii()
            && !reader.is_vietnamese(i)
    };
    // root/jailbreak, sưởi/thông gió/massage
    let plain = |i: usize| reader.lexed.case(i) == Some(Case::Lower) && whole(i);
    let foreign = at > 0
        && reader.lexed.is_glued(at)
        && reader.lexed.is_glued(at + 1)
        && (foreign(at - 1) && (foreign(at + 1) || plain(at + 1))
            || plain(at - 1) && foreign(at + 1));
    if words || short_forms || spelled || foreign {
        return pause(reader, at);
    }
    reader.pass(at, at + 1, "stroke");
    at + 1
}

/// Whether a stroke is between the number by which a committee is named and whose it is: Ban Chỉ đạo 389/TP.
pub(super) fn is_of_committee(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let numbered = at > 0 && lexed.is_glued(at) && lexed.digits(at - 1).is_some();
    let board = || lexed.before(at, 4) == "ban" && lexed.before(at, 3) == "chỉ";
    let led = match lexed.before(at, 2) {
        "bcđ" => true,
        "đạo" => board(),
        _ => false,
    };
    numbered && led && lexed.is_glued(at + 1) && lexed.case(at + 1) == Some(Case::Upper)
}

/// Whether words are names of two letters or more: the ết of AIDS is a word.
fn is_initialism(said: &str) -> bool {
    said.contains(' ') && letters::is_spelled(said)
}

/// Whether the capitals at an index are said letter by letter, by the table or for want of a row.
fn is_spelled(reader: &Reader<'_>, at: usize) -> bool {
    let written = reader.lexed.text(at);
    let rows = reader.tables.abbreviations(written).iter();
    let mut rows = rows.filter(|row| row.written == written).peekable();
    rows.peek().is_none() || rows.any(|row| is_initialism(row.expansion))
}

/// Whether a stroke ends the index of an item of a list: 1/ Chọn; 2/ Cắt.
pub(super) fn ends_index(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let Some(index) = at.checked_sub(1) else { return false };
    let heads = index == 0 || matches!(lexed.symbol(index - 1), Some(';' | ',' | '.' | ':'));
    let short = lexed.digits(index).is_some_and(|digits| digits.len() <= 2);
    heads
        && short
        && !(index > 0 && lexed.is_glued(index))
        && lexed.is_glued(at)
        && !lexed.is_glued(at + 1)
}

/// Reads a stroke as a pause.
fn pause(reader: &mut Reader<'_>, at: usize) -> usize {
    reader.mark(at, at + 1, Mark::Comma);
    at + 1
}
