//! Letters and signs after a number that are units only where something near says so: 25t, 27,5đ, 500K, 1,2B, 55".

use crate::model::spoken::{Mark, Token};
use crate::text::normalize::lex::Case;
use crate::text::normalize::numeral::Numeral;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::tables::{Spacing, Unit};
use crate::text::normalize::time;
use crate::text::normalize::vitals;
use crate::text::normalize::word_sets as sets;

/// 120 l/ph of a pulse: so many times, not litres.
pub(super) fn beats(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    let pulse = reader.lexed.text(at) == "l"
        && vitals::is_rate(reader, at)
        && (reader.near_before(at, 3, &sets::PULSES)
            || reader.near_phrase(at, 8, ["nhịp", "thở"])
            || is_breath(reader, at)
            || vitals::is_noted(reader, at))
        && !reader.near_before(at, 3, &["oxy", "ôxy"]); // thở oxy 3 l/ph
    pulse.then_some(Unit { symbol: "l", spoken: "lần", spacing: Spacing::Any })
}

/// Whether it was just said how somebody breathes, a bracket between: thở nhanh (trên 40 l/p).
fn is_breath(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 8;
    let lexed = &reader.lexed;
    (at.saturating_sub(REACH)..at).any(|i| {
        lexed.word(i) == "nhịp"
            || lexed.word(i) == "thở" && matches!(lexed.word(i + 1), "nhanh" | "chậm" | "gấp")
    })
}

/// Whether a hyphen and inches are at `at`: 7.9-inch.
pub(in crate::text::normalize) fn is_hyphened_inch(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.glued_symbol(at) == Some('-')
        && reader.lexed.is_glued(at + 1)
        && matches!(reader.lexed.word(at + 1), "inch" | "inches")
}

/// The inch of 7.9-inch.
pub(super) fn inch_behind_hyphen(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    (reader.lexed.text(at + 1) == "inch" && is_hyphened_inch(reader, at)).then_some(Unit {
        symbol: "-inch",
        spoken: "inh",
        spacing: Spacing::Any,
    })
}

/// The inch of screens and wheels: màn hình 55", 6,7″. Elsewhere the sign closes a quotation.
pub(super) fn inch_sign(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    let symbol = match reader.lexed.glued_symbol(at)? {
        '"' => "\"",
        '”' => "”",
        '″' => "″",
        '\'' if reader.lexed.glued_symbol(at + 1) == Some('\'') => "''",
        _ => return None,
    };
    let opened = reader.last_tokens(24).find_map(|token| match token {
        Token::Mark(Mark::OpenQuote, _) => Some(true),
        Token::Mark(Mark::CloseQuote, _) => Some(false),
        _ => None,
    });
    // Màn hình: 6,9"
    let labelled = (1..=6).any(|back| {
        reader.lexed.symbol(at.wrapping_sub(back)) == Some(':')
            && sets::MEASURED_IN_INCHES.has(reader.lexed.before(at, back + 1))
    });
    // Lưỡi cưa 12" cắt: no quotation mark is before it that it could close.
    let lexemes = if symbol == "''" { 2 } else { 1 };
    let goes_on = reader.lexed.goes_on(at + lexemes);
    let alone = symbol != "”"
        && at > 1
        && !goes_on
        && reader.lexed.digits(at - 1).is_some_and(|digits| digits.len() <= 2)
        && !time::has_open_quotation(reader, at);
    let plain = opened != Some(true)
        && (labelled || reader.near_before(at, 5, &sets::MEASURED_IN_INCHES))
        || alone;
    plain.then_some(Unit { symbol, spoken: "inh", spacing: Spacing::Glued })
}

/// 18k of gold: carats, said by the letter.
pub(super) fn carats(reader: &Reader<'_>, at: usize, number: Option<&Numeral<'_>>) -> Option<Unit> {
    let carats = reader.lexed.text(at) == "k"
        && number.is_some_and(|number| {
            number.fraction.is_none()
                && matches!(number.integer.as_str(), "9" | "10" | "14" | "18" | "22" | "24")
        });
    let lexed = &reader.lexed;
    let priced = lexed.symbol(at + 1) == Some('/') || matches!(lexed.word(at + 1), "một" | "mỗi");
    let thing = || format!("{} {}", lexed.before(at, 3), lexed.before(at, 2));
    let worn =
        carats && !priced && (lexed.before(at, 2) == "nhẫn" || sets::MADE_OF_GOLD.has(&thing()));
    worn.then_some(Unit { symbol: "k", spoken: "ca", spacing: Spacing::Glued })
}

/// 20 tr. đồng, 5,1 tr.TEU: millions, with a stop that ends no sentence.
pub(super) fn stopped_millions(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    let lexed = &reader.lexed;
    let goes_on = match lexed.case(at + 2) {
        Some(Case::Lower) => true,
        case => case.is_some() && lexed.is_glued(at + 2),
    };
    let stopped = lexed.text(at) == "tr" && lexed.glued_symbol(at + 1) == Some('.');
    (stopped && goes_on).then_some(Unit { symbol: "tr.", spoken: "triệu", spacing: Spacing::Any })
}

/// 180 k/ngày, 15 k một chai: thousands apart from their number, before what one of something costs.
pub(super) fn thousands_apart(
    reader: &Reader<'_>,
    at: usize,
    number: Option<&Numeral<'_>>,
) -> Option<Unit> {
    let lexed = &reader.lexed;
    let price = number.is_some_and(|number| number.integer.len() > 1);
    let each = lexed.symbol(at + 1) == Some('/') || matches!(lexed.word(at + 1), "một" | "mỗi");
    let apart = lexed.text(at) == "k" && !lexed.is_glued(at);
    let apart = apart && !reader.near_before(at, 3, &sets::RUNS);
    (apart && price && each)
        .then_some(Unit { symbol: "k", spoken: "nghìn", spacing: Spacing::Any })
}

/// 30.000 t/năm: tonnes apart from their number, above a length of time or an area.
pub(super) fn tonnes_apart(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    let lexed = &reader.lexed;
    let apart = lexed.text(at) == "t" && !lexed.is_glued(at);
    let above = apart
        && lexed.glued_symbol(at + 1) == Some('/')
        && (sets::OCCASIONS.has(lexed.word(at + 2)) || lexed.text(at + 2) == "ha");
    above.then_some(Unit { symbol: "t", spoken: "tấn", spacing: Spacing::Any })
}

/// 500 m 2: a square metre whose raised digit a page has set apart, where nothing is counted by it.
pub(super) fn area_apart(
    reader: &Reader<'_>,
    at: usize,
    number: Option<&Numeral<'_>>,
) -> Option<Unit> {
    let lexed = &reader.lexed;
    let large = number.is_some_and(|number| number.integer.len() > 1 || number.fraction.is_some());
    let ends = lexed.case(at + 2).is_none() && lexed.digits(at + 2).is_none();
    let apart = lexed.text(at) == "m" && !lexed.is_glued(at + 1) && large && ends;
    let (symbol, spoken) = match lexed.digits(at + 1)? {
        "2" => ("m 2", "mét vuông"),
        "3" => ("m 3", "mét khối"),
        _ => return None,
    };
    apart.then_some(Unit { symbol, spoken, spacing: Spacing::Any })
}

/// 1W, 3M, 10Y of what banks lend one another and of bonds: weeks, months and years.
pub(super) fn lending_term(reader: &Reader<'_>, at: usize, number: &Numeral<'_>) -> Option<Unit> {
    /// The market is named so many lexemes before at most.
    const REACH: usize = 40;
    let lexed = &reader.lexed;
    let (symbol, spoken) = match lexed.text(at) {
        "W" => ("W", "tuần"),
        "M" => ("M", "tháng"),
        "Y" => ("Y", "năm"),
        _ => return None,
    };
    let value = number.integer.parse::<u8>().ok().filter(|_| number.fraction.is_none());
    let usual = value.is_some_and(|value| match symbol {
        "W" => (1..=3).contains(&value),
        "M" => matches!(value, 1..=3 | 6 | 9 | 12),
        _ => (1..=30).contains(&value),
    });
    // 6M USD
    let paid = lexed.symbol(at + 1).is_some_and(super::is_currency_sign)
        || sets::PAID_IN_MILLIONS.has(lexed.word(at + 1))
        || sets::COUNTED_IN_MILLIONS.has(lexed.word(at + 1));
    if !usual || paid || !lexed.is_glued(at) || lexed.goes_on(at + 1) || at == 0 {
        return None;
    }
    let overnight = |i: usize| {
        lexed.text(i) == "O" && lexed.text(i + 2) == "N"
            || lexed.text(i) == "ON" && lexed.before(i, 1) == "suất"
    };
    let bonds = || {
        symbol == "Y"
            && [["trái", "phiếu"], ["lợi", "suất"]]
                .into_iter()
                .any(|name| reader.mentions(at, REACH, name))
    };
    let market = reader.mentions(at, REACH, ["kỳ", "hạn"])
        || (at.saturating_sub(REACH)..at).any(overnight)
        || reader.mentions(at, REACH, ["liên", "ngân"])
        || bonds();
    market.then_some(Unit { symbol, spoken, spacing: Spacing::Glued })
}

/// DRAM 16Gb: how much one chip of memory holds, in bits; lãi suất giảm 25bp: hundredths of a percent.
pub(super) fn bits_or_points(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    const REACH: usize = 5;
    const RATE: usize = 12;
    let lexed = &reader.lexed;
    let (symbol, spoken) = match lexed.text(at) {
        "Gb" if reader.near_before(at, REACH, &["dram", "nand"]) => ("Gb", "gi ga bít"),
        "bp" if reader.near_phrase(at, RATE, ["lãi", "suất"])
            || reader.near_phrase(at, RATE, ["lợi", "suất"])
            || reader.near_before(at, RATE, &["fed", "ecb"]) =>
        {
            ("bp", "điểm cơ bản")
        }
        _ => return None,
    };
    lexed.is_glued(at).then_some(Unit { symbol, spoken, spacing: Spacing::Glued })
}

/// 3.457 m 3 /s: a cubic metre whose raised digit a page has set apart.
pub(super) fn flow(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    let lexed = &reader.lexed;
    let cubic = lexed.text(at) == "m"
        && lexed.text(at + 1) == "3"
        && lexed.symbol(at + 2) == Some('/')
        && sets::FLOW_TIMES.has(lexed.text(at + 3));
    let apart = cubic && !lexed.is_glued(at + 1);
    apart.then_some(Unit { symbol: "m 3", spoken: "mét khối", spacing: Spacing::Any })
}

/// The mb of a pressure is no megabyte: khí áp 1012 mb.
pub(super) fn pressure(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    let symbol = match reader.lexed.text(at) {
        "mb" => "mb",
        "mbar" => "mbar",
        _ => return None,
    };
    let spoken = "mi li ba";
    let named = symbol == "mbar" || reader.near_before(at, 8, &sets::PRESSURES);
    named.then_some(Unit { symbol, spoken, spacing: Spacing::Any })
}

/// 6 tr. of a book are pages; 10k of a race are kilometres.
pub(super) fn pages_or_distance(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    /// The publisher and the size of a book are told so many words and marks before its pages.
    const DESCRIPTION: usize = 24;
    let lexed = &reader.lexed;
    // khổ 13x20 cm; 382 tr.
    let describes = |i: usize| match lexed.word(i) {
        "nxb" | "isbn" => true,
        "khổ" => lexed.digits(i + 1).is_some() || lexed.word(i + 1) == "sách",
        _ => false,
    };
    let paid = sets::MONEY_WORDS.has(lexed.word(at + 2)) || lexed.word(at + 2) == "người";
    let described = || !paid && (at.saturating_sub(DESCRIPTION)..at).any(describes);
    // 6 tr., but not the stop that ends the sentence
    let ends = lexed.case(at + 2).is_none_or(|case| case != Case::Lower);
    let stopped = lexed.glued_symbol(at + 1) == Some('.') && !(ends && lexed.is_glued(at));
    // NXB Trẻ, 348tr, 135.000đ: an item of the line that describes a book
    let item = || {
        let beside = |i: usize| matches!(lexed.symbol(i), Some(',' | ';' | '(' | ')' | '-' | '–'));
        at > 1
            && lexed.digits(at - 1).is_some_and(|digits| digits.len() <= 4)
            && beside(at - 2)
            && (at + 1 >= lexed.len()
                || beside(at + 1)
                || lexed.symbol(at + 1) == Some('.') && ends)
            && described()
    };
    let pages = lexed.text(at) == "tr"
        && (item()
            || !lexed.is_glued(at)
                && stopped
                && (reader.near_before(at, 6, &sets::PAGED) || described())
            || reader.near_before(at, 2, &["dày"]));
    // cự ly 5K, 10K và 21K: the list goes on
    let listed = || {
        at > 2
            && (lexed.symbol(at - 2) == Some(',') || sets::JOINS.has(lexed.word(at - 2)))
            && reader.last_tokens(3).any(|token| match token {
                Token::Word(word) => word.class == "unit" && reader.said(word) == "ki lô mét",
                _ => false,
            })
    };
    let race = matches!(lexed.text(at), "k" | "K")
        && lexed.is_glued(at)
        && (listed() || reader.near_before(at, 3, &sets::RUNS))
        && lexed.word(at + 1) != "cây";
    let (symbol, spoken) = match (pages, race) {
        (true, _) if stopped => ("tr.", "trang"),
        (true, _) => ("tr", "trang"),
        (_, true) if lexed.text(at) == "k" => ("k", "ki lô mét"),
        (_, true) => ("K", "ki lô mét"),
        _ => return None,
    };
    Some(Unit { symbol, spoken, spacing: Spacing::Any })
}

/// A capital M or B as English writes millions and billions, after decimals or before what is
/// counted: 1,2B, 5M lượt xem.
pub(super) fn millions_sign(
    reader: &Reader<'_>,
    at: usize,
    number: Option<&Numeral<'_>>,
) -> Option<Unit> {
    let (symbol, spoken) = match reader.lexed.text(at) {
        "M" => ("M", "triệu"),
        "m" => ("m", "triệu"),
        "B" => ("B", "tỷ"),
        _ => return None,
    };
    // 40m euro, 30M$
    let paid = reader.lexed.symbol(at + 1).is_some_and(super::is_currency_sign)
        || sets::PAID_IN_MILLIONS.has(reader.lexed.word(at + 1));
    if reader.lexed.is_glued(at) && paid {
        return Some(Unit { symbol, spoken, spacing: Spacing::Glued });
    }
    if symbol == "m" {
        return None;
    }
    let decimals = number.is_some_and(|number| number.fraction.is_some());
    let counted = sets::COUNTED_IN_MILLIONS.has(reader.lexed.word(at + 1));
    (reader.lexed.is_glued(at) && (decimals || counted)).then_some(Unit {
        symbol,
        spoken,
        spacing: Spacing::Glued,
    })
}

/// Whether a number can be how pure gold is, of which 24 carats are all; prices are rounder (20K).
fn is_of_carats(number: &Numeral<'_>) -> bool {
    let value = number.integer.parse::<u8>().unwrap_or_default();
    match number.fraction {
        Some(_) => (8..24).contains(&value),
        None => matches!(value, 8..=10 | 12 | 14..=18 | 21..=24),
    }
}

/// Whether a number before a K is how pure gold is, which the sentence tells of or which is priced by weight: vàng nữ trang 24K …; loại
/// 18K (75%) …, vàng 610 (14,6K), loại 18K quanh 111 triệu đồng/lượng.
fn is_purity(reader: &Reader<'_>, at: usize) -> bool {
    const BEFORE: usize = 64;
    const BEHIND: usize = 10;
    let lexed = &reader.lexed;
    if at < 2 || sets::SOLD_FOR.has(lexed.before(at, 2)) {
        return false; // bán 20K
    }
    let ends = |i: usize| lexed.symbol(i) == Some('.') && !lexed.is_glued(i + 1);
    let gold = |i: usize| {
        sets::GOLD.has(lexed.word(i)) || lexed.word(i) == "nữ" && lexed.word(i + 1) == "trang"
    };
    let weighed =
        |i: usize| lexed.symbol(i) == Some('/') && matches!(lexed.word(i + 1), "lượng" | "chỉ");
    (at.saturating_sub(BEFORE)..at).rev().take_while(|&i| !ends(i)).any(gold)
        || (at + 1..at + BEHIND).any(weighed)
}

/// A capital K after a round price (500K) is a thousand; after a single digit (4K) it is a name, and
/// after gold (vàng 24K) a carat, and inside a name or a plate (KD-55X75K, 51K-888) a letter.
pub(super) fn thousands_sign(
    reader: &Reader<'_>,
    at: usize,
    number: Option<&Numeral<'_>>,
) -> Option<Unit> {
    if reader.lexed.text(at) != "K" {
        return None;
    }
    // nhiệt độ 320 K, 225 K (-48 độ C)
    let degrees = |i: usize| {
        reader.lexed.word(i) == "độ" || matches!(reader.lexed.symbol(i), Some('°' | '℃'))
    };
    let kelvin = !reader.lexed.is_glued(at)
        && ((at + 1..at + 7).any(degrees)
            || (at.saturating_sub(8)..at).any(degrees)
            || reader.near_phrase(at, 8, ["nhiệt", "độ"])
            || reader.last_tokens(24).any(|token| match token {
                Token::Word(word) => word.class == "unit" && reader.said(word) == "ken vin",
                _ => false,
            }));
    if kelvin {
        return Some(Unit { symbol: "K", spoken: "ken vin", spacing: Spacing::Any });
    }
    // đèn 9W 4000K: the colour of its light; i7 8700K: a chip
    let chip = at > 2 && reader.lexed.text(at - 3) == "i" && reader.lexed.digits(at - 2).is_some();
    let warm = |number: &Numeral<'_>| {
        let kelvin = number.integer.parse::<u32>().unwrap_or_default();
        !number.grouped && (1800..=10_000).contains(&kelvin) && kelvin % 100 == 0
    };
    let lit = || {
        number.is_some_and(warm)
            && reader.near_before(at, 8, &sets::LAMPS)
            && !reader.near_before(at, 5, &sets::SOLD_FOR)
    };
    // quay video 12K, but video 40K lượt xem, giá vé xem video 50K
    let picture = || {
        matches!(reader.lexed.before(at, 2), "video" | "quay" | "giải")
            && number.is_some_and(|number| {
                let told = reader.near_before(at, 4, &["quay"]) && number.integer.len() == 2;
                let known = matches!(number.integer.as_str(), "10" | "12" | "16");
                (told || known) && number.fraction.is_none()
            })
            && !reader.counts_next(at + 1)
            && reader.lexed.symbol(at + 1) != Some('/')
    };
    if reader.lexed.is_glued(at) && (chip || lit() || picture()) {
        return Some(Unit { symbol: "K", spoken: "ca", spacing: Spacing::Glued });
    }
    let before = reader.lexed.before(at, 2);
    // Gold has 24 carats at most. gửi xe với giá 20K, giảm 20K/chỉ
    let gold = |number: &Numeral<'_>| {
        is_of_carats(number)
            && !matches!(before, "tăng" | "giảm")
            && (before != "giá" || matches!(number.integer.as_str(), "14" | "18" | "24"))
            && (reader.near_before(at, 10, &sets::GOLD)
                || reader.near_phrase(at, 8, ["trang", "sức"])
                || reader.near_phrase(at, 8, ["nữ", "trang"])
                || is_purity(reader, at))
    };
    let price = || {
        number.is_some_and(|number| number.integer.len() > 1 && !gold(number))
            && !(at > 1 && reader.lexed.is_glued(at - 1) && reader.lexed.case(at - 2).is_some())
            && !(reader.lexed.glued_symbol(at + 1) == Some('-')
                && reader.lexed.glued_digits(at + 2).is_some()
                && reader.lexed.text(at + 3) != "K") // 350K-500K
            && !reader.near_before(at, 4, &sets::CHIPS) // a chip's name
    };
    let unit = Unit { symbol: "K", spoken: "nghìn", spacing: Spacing::Glued };
    (reader.lexed.is_glued(at) && price()).then_some(unit)
}
