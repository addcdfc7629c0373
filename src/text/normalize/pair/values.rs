//! Two numbers that the word before them tells: values between two bounds, ratios in a row, the day of a price.

use super::shape::{Pair, Sign};
use super::{Kind, date};
use crate::model::reading_options::Profile;
use crate::model::spoken::Confidence::Likely;
use crate::text::normalize::lex::Case;
use crate::text::normalize::number;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;

/// pH 6-9, Android 8-9, Mach 10-12, AQI 150-200, cỡ M 10-12: from one value, version or size to a greater one, which are no
/// score and no day.
pub(super) fn range(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    let value = |digits: &str| digits.parse::<u16>().ok();
    let dash = matches!(pair.sign, Sign::Hyphen | Sign::Dash);
    let rises = dash && value(pair.first) < value(pair.second);
    let lexed = &reader.lexed;
    let before = lexed.before(pair.at, 1);
    // cỡ M 10-12: the letter of a size
    let sized = || {
        let letter = pair.at - 1;
        lexed.text(letter).len() == 1
            && lexed.case(letter) == Some(Case::Upper)
            && sets::SIZED_BY_LETTER.has(lexed.before(letter, 1))
    };
    // độ pH 6-9, pH từ 6-9
    let valued = || {
        sets::VALUED_OR_VERSIONED.has(before)
            || before == "từ" && lexed.before(pair.at, 2) == "ph"
            || pair.at > 0 && sized()
    };
    // sự kiện iPhone 7-9, lịch thi TOEIC 10-12
    let day = || {
        matches!(before, "iphone" | "toeic")
            && date::is_possible(pair)
            && reader.near_before(pair.at, 6, &["kiện", "lịch", "mắt"])
    };
    // UV 11-13h: hours
    (rises && !lexed.goes_on(pair.end()) && valued() && !day()).then_some(())?;
    let (at, sign, end) = (pair.at, pair.at + 1, pair.end());
    reader.verbalize(at, sign, "cardinal", Likely, |out| number::cardinal(pair.first, out));
    reader.verbalize_as(sign, sign + 1, "range", Likely, "đến");
    reader.verbalize(sign + 1, end, "cardinal", Likely, |out| number::cardinal(pair.second, out));
    Some(end)
}

/// Tỷ lệ 2:1, tỷ lệ 10:3, 100:15 và 2:1: so many to so many, each of a row as the others are. Those of a picture (16:9) are
/// weighed when alone, and so are those of a match.
pub(super) fn told_ratio(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    const MOST: usize = 6;
    const STEP: usize = 4;
    if pair.sign != Sign::Colon {
        return None;
    }
    let lexed = &reader.lexed;
    let joins = |i: usize| lexed.symbol(i) == Some(',') || sets::JOINS.has(lexed.word(i));
    let like = |i: usize| {
        lexed.digits(i).is_some()
            && lexed.glued_symbol(i + 1) == Some(':')
            && lexed.glued_digits(i + 2).is_some()
    };
    let mut first = pair.at;
    for _ in 0..MOST {
        if !(first >= STEP && joins(first - 1) && like(first - STEP)) {
            break;
        }
        first -= STEP;
    }
    let row = first < pair.at || joins(pair.end()) && like(pair.end() + 1);
    let told = || matches!(lexed.before(first, 2), "tỷ" | "tỉ") && lexed.before(first, 1) == "lệ";
    // thắng với tỷ lệ 2:1 và 3:0: scores
    let scored = || {
        reader.options.profile == Profile::Sport && !row
            || reader.near_before(first, 4, &["thắng", "thua", "hòa"])
    };
    let picture = || {
        matches!((pair.first, pair.second), ("16" | "21", "9") | ("9", "16"))
            || matches!((pair.first, pair.second), ("4", "3") | ("3", "4"))
    };
    ((row || !picture()) && told() && !scored()).then_some(())?;
    let (at, end) = (pair.at, pair.end());
    reader.verbalize(at, end, "fraction", Likely, |out| {
        pair.verbalize(Kind::ColonRatio, false, out);
    });
    Some(end)
}

/// 81 USD mỗi thùng hôm 7/10 rồi giảm: behind hôm is a day, whatever is counted before. Mỗi hôm 1/2 viên is none.
pub(super) fn day_of_price(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    let (at, end) = (pair.at, pair.end());
    let lexed = &reader.lexed;
    let day = pair.sign == Sign::Stroke
        && lexed.before(at, 1) == "hôm"
        && date::is_possible(pair)
        && !matches!(lexed.before(at, 2), "mỗi" | "có" | "một")
        && !matches!(lexed.word(end), "viên" | "bát" | "thìa");
    day.then_some(())?;
    let says_day = date::says_day(reader, at);
    reader.verbalize(at, end, "date", Likely, |out| pair.verbalize(Kind::Date, says_day, out));
    Some(end)
}
