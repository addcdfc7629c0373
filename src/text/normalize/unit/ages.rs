//! The letters of ages and lengths of time behind a number: 25t of a person, thai 32w, and what else these letters are there.

use super::letters::{bits_or_points, lending_term};
use crate::model::spoken::Token;
use crate::text::normalize::lex::Case;
use crate::text::normalize::numeral::Numeral;
use crate::text::normalize::profiles::Profiles;
use crate::text::normalize::range;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::tables::{Spacing, Unit};
use crate::text::normalize::word_sets as sets;

/// 25t in a bracket after a person is an age; 27,5đ are marks of an examination; the T of 3,5T is a
/// tonne, but not that of a name (Xiaomi 14T).
pub(super) fn years_or_marks(
    reader: &Reader<'_>,
    at: usize,
    number: Option<&Numeral<'_>>,
) -> Option<Unit> {
    let (number, lexed) = (number?, &reader.lexed);
    if let Some(term) = lending_term(reader, at, number) {
        return Some(term);
    }
    if let Some(unit) = bits_or_points(reader, at) {
        return Some(unit);
    }
    if !matches!(lexed.text(at), "t" | "T" | "đ" | "w" | "W") {
        return None;
    }
    let small = number.fraction.is_none() && number.integer.len() <= 2;
    let age = lexed.text(at) == "t" && small && at > 1 && is_age(reader, at);
    // 3 năm 6t tù, bé 2 tuổi 6t, thai 7t
    let of_year = lexed.text(at) == "t"
        && small
        && matches!(lexed.before(at, 2), "năm" | "tuổi" | "thai")
        && (lexed.before(at, 2) == "thai" || lexed.before(at, 3).is_empty());
    // thai 32w
    let weeks = matches!(lexed.text(at), "w" | "W")
        && small
        && reader.near_before(at, 6, &["thai", "sản", "bầu"]);
    if weeks {
        let symbol = if lexed.text(at) == "w" { "w" } else { "W" };
        return Some(Unit { symbol, spoken: "tuần", spacing: Spacing::Glued });
    }
    // No price has parts of a đồng.
    let scored = number.fraction.is_some()
        || Profiles::get().dash_is_score(reader.options.profile)
        || reader.near_before(at, 6, &sets::SCORED_IN_MARKS)
        // Hà Nội FC (32đ)
        || at > 2 && lexed.symbol(at - 2) == Some('(') && reader.near_before(at - 2, 6, &sets::SCORED_IN_MARKS)
        // được 18 đ. môn toán
        || matches!(lexed.word(at + 2), "môn" | "khối")
        // HAGL có 18đ: nothing costs so little, but what is given away costs 0đ
        || small
            && number.integer != "0"
            && lexed.is_glued(at)
            && lexed.symbol(at + 1) != Some('/')
            && !reader.near_before(at, 8, &sets::CHEAP);
    let marks = lexed.text(at) == "đ"
        && scored
        && !number.grouped
        && number.integer.len() <= 3
        && !reader.near_before(at, 4, &sets::PRICED);
    // chị H.T.K (27T, trú xã A)
    let bracket = at > 2
        && lexed.symbol(at - 2) == Some('(')
        && matches!(lexed.case(at - 3), Some(Case::Capital | Case::Upper))
        && matches!(lexed.symbol(at + 1), Some(',' | ')' | ';'));
    let letter = lexed.text(at) == "T";
    let young = letter && small && (bracket || reader.near_before(at, 5, &sets::CHILDREN));
    // HĐ góp xe 12T: a term, whatever carries
    let term = reader.near_before(at, 5, &sets::TERMS);
    let carried = reader.near_before(at, 3, &sets::CARRIERS)
        || number.integer.len() > 2 && reader.counts_next(at + 1)
        || follows_decimals(reader, at);
    let tonnes = letter
        && (number.fraction.is_some()
            || number.grouped
            || reader.near_before(at, 3, &sets::FREIGHT)
            || carried && !term);
    if letter && let Some(spoken) = scale_or_storeys(reader, at, number) {
        let spacing = Spacing::Glued;
        return lexed.is_glued(at).then_some(Unit { symbol: "T", spoken, spacing });
    }
    let young = young && (bracket || !carried);
    // kỳ hạn 12T, bảo hành 24T
    let months = letter && small && !tonnes && term
        || letter && number.fraction.is_none() && is_age_in_months(reader, at);
    let (symbol, spoken) = match (age, marks, tonnes) {
        _ if months => ("T", "tháng"),
        _ if of_year => ("t", "tháng"),
        (true, ..) => ("t", "tuổi"),
        _ if young => ("T", "tuổi"),
        (_, true, _) => ("đ", "điểm"),
        (.., true) => ("T", "tấn"),
        _ => return None,
    };
    let stopped = spoken == "điểm" && lexed.glued_symbol(at + 1) == Some('.');
    let spacing = if stopped { Spacing::Any } else { Spacing::Glued };
    (lexed.is_glued(at) || stopped).then_some(Unit { symbol, spoken, spacing })
}

/// Whether the age at `at` is told in months, by what is done with small children or a year behind it: bé 18T tiêm
/// sởi, trẻ 6T-5t.
fn is_age_in_months(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 8;
    let lexed = &reader.lexed;
    let near = at.saturating_sub(REACH)..at + REACH;
    let of_years = |i: usize| {
        i > at
            && lexed.digits(i - 1).is_some()
            && (lexed.text(i) == "t" && lexed.is_glued(i) || lexed.word(i) == "tuổi")
    };
    let child = reader.near_before(at, 5, &sets::CHILDREN);
    child && near.clone().any(|i| sets::INFANT_CARE.has(lexed.word(i)) || of_years(i))
        || reader.near_before(at, REACH, &["tiêm", "vắc"])
}

/// Whether the t at `at`, behind a number, is of years of age: of a person who was named before, or beside
/// another age, and not of goods or what carries them.
fn is_age(reader: &Reader<'_>, at: usize) -> bool {
    const LIST: usize = 8;
    let lexed = &reader.lexed;
    if sets::GOODS.has(lexed.word(at + 1)) {
        return false; // anh Nam 8t lúa
    }
    // 10 nam (18-30t)
    let range = at > 3
        && lexed.symbol(at - 2).is_some_and(range::is_dash)
        && lexed.symbol(at - 4) == Some('(')
        && reader.near_before(at - 4, 3, &sets::AGED);
    // Kình ngư 17t cao 1m83; phụ nữ nên khám từ 40t.
    let next = lexed.word(at + 1);
    let of_body = next != "cao" || lexed.text(at + 2) == "1";
    let from = lexed.before(at, 2) == "từ" && (next == "trở" || lexed.case(at + 1).is_none());
    let told = sets::AFTER_AGES.has(next) && of_body
        || from && (reader.near_before(at, 8, &sets::AGED) || reader.near_before(at, 8, &["khám"]));
    let person = lexed.symbol(at - 2) == Some('(')
        || range
        || told && !reader.near_before(at, 5, &sets::WEIGHED)
        || sets::CHILD_WORDS.has(lexed.before(at, 2))
        || is_apposition(reader, at - 2)
        || reader.near_before(at, 5, &sets::AGED);
    let carried = || reader.near_before(at, 5, &sets::WEIGHED);
    let named = lexed.case(at - 2) == Some(Case::Capital) && reader.is_vietnamese(at - 2);
    let bound = sets::AGE_BOUNDS.has(lexed.before(at, 2));
    let again = || {
        reader.last_tokens(LIST).any(|token| match token {
            Token::Word(word) => word.class == "unit" && reader.said(word) == "tuổi",
            _ => false,
        })
    };
    person || (named || bound || again()) && !carried()
}

/// Whether the comma at `at` is between a name, or a letter for one, and what is told of it: ông K., 67t.
fn is_apposition(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let stop = usize::from(lexed.symbol(at.wrapping_sub(1)) == Some('.'));
    let name = at.checked_sub(1 + stop).and_then(|name| lexed.case(name));
    lexed.symbol(at) == Some(',') && matches!(name, Some(Case::Capital | Case::Upper))
}

/// What a capital T behind a number is where neither weight nor age is told: 12T đồng, 3,4T USD, 1,5T lương, chung cư
/// 18T.
fn scale_or_storeys(reader: &Reader<'_>, at: usize, number: &Numeral<'_>) -> Option<&'static str> {
    const REACH: usize = 4;
    let lexed = &reader.lexed;
    let dollars = lexed.glued_symbol(at + 1) == Some('$') || lexed.text(at + 1) == "USD";
    let storeys = number.fraction.is_none()
        && number.integer.len() <= 2
        && (sets::STOREYED.has(lexed.before(at, 2))
            || reader.near_before(at, REACH, &sets::STOREYED) && !reader.counts_next(at + 1));
    match lexed.word(at + 1) {
        _ if dollars => Some("nghìn tỷ"),
        "đồng" => Some("tỷ"),
        "lương" => Some("tháng"),
        _ if storeys => Some("tầng"),
        _ => None,
    }
}

/// Whether a dash and a number with decimals are before the number of the unit at `at`: 1,5-2T.
fn follows_decimals(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    at > 4
        && lexed.symbol(at - 2).is_some_and(range::is_dash)
        && lexed.digits(at - 3).is_some()
        && matches!(lexed.glued_symbol(at - 4), Some(',' | '.'))
        && lexed.digits(at - 5).is_some()
}
