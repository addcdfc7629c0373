//! Two numbers and a sign that the words beside them settle, so that nothing is weighed: lần thứ 7 - 10, mở cửa 24/7,
//! tỷ lệ chọi 1/8, ISO 898-1, lớp 5/2.

use super::shape::{Pair, Sign};
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Mark;
use crate::text::normalize::lex::Case;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::weigh::Kind;
use crate::text::normalize::word_sets as sets;
use crate::text::normalize::{date, fraction, number, vehicles};

/// ngày thứ 4-5, lần thứ 7 - 10: two places in an order, the first of them behind thứ; đợt phát hành thứ 2/3: a place among
/// so many.
pub(super) fn ordinals(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    let value = |digits: &str| digits.parse::<u16>().ok();
    let (first, second) = (value(pair.first)?, value(pair.second)?);
    let dash = matches!(pair.sign, Sign::Hyphen | Sign::Dash);
    let among = pair.sign == Sign::Stroke && sets::ROUNDS.has(reader.lexed.before(pair.at, 2));
    if !(dash || among) || first >= second || reader.lexed.before(pair.at, 1) != "thứ" {
        return None;
    }
    let (at, sign, end) = (pair.at, pair.at + 1, pair.end());
    reader.verbalize(at, sign, "ordinal", Likely, |out| number::ordinal(pair.first, out));
    if among {
        reader.verbalize(sign, end, "ordinal", Likely, |out| {
            out.push("trên");
            number::cardinal(pair.second, out);
        });
        return Some(end);
    }
    if first + 1 == second {
        reader.mark(sign, sign + 1, Mark::Comma);
    } else {
        reader.verbalize_as(sign, sign + 1, "range", Likely, "đến");
    }
    reader.verbalize(sign + 1, end, "ordinal", Likely, |out| {
        out.push("thứ");
        number::ordinal(pair.second, out);
    });
    Some(end)
}

/// hỗ trợ 24/7, mở cửa 7/7 ngày, 7/7, 24/24: all hours of so many days of the week, where no word says that a day
/// follows.
pub(super) fn always(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    const REACH: usize = 6;
    let (at, end) = (pair.at, pair.end());
    let lexed = &reader.lexed;
    let days = pair.second == "7" && matches!(pair.first, "24" | "7");
    if pair.sign != Sign::Stroke || !days {
        return None;
    }
    let before = lexed.before(at, 1);
    let dated =
        before == "cả" || sets::DAY_LEADS.has(before) || sets::DAY_OR_FRACTION_LEADS.has(before);
    // 7/7, 24/24 and 24/24, 7/7
    let hours = |i: usize| {
        lexed.text(i) == "24" && lexed.symbol(i + 1) == Some('/') && lexed.text(i + 2) == "24"
    };
    let beside = hours(end) || hours(end + 1) || at > 3 && (hours(at - 3) || hours(at - 4));
    let counted = pair.first == "7" && lexed.word(end) == "ngày";
    let share = sets::COUNTED_WHOLE.has(lexed.word(end)); // hỗ trợ 24/7 hộ
    // giao dịch 24/7, mở cửa 24/7; a list of days has another stroke beside it
    let done = pair.first == "24"
        && sets::DONE_AT_ALL_HOURS.has(before)
        && !reader.near_before(at, REACH, &["phiên", "họp", "nghị"]) // phiên giao dịch 24/7
        && !date::is_in_list(reader, pair)
        && !date::starts_range(reader, pair);
    let always = beside || counted || done || reader.near_before(at, REACH, &sets::ALWAYS_OPEN);
    if dated || share || !always {
        return None;
    }
    reader.verbalize(at, end, "fraction", Likely, |out| {
        number::cardinal(pair.first, out);
        out.push("trên");
        number::cardinal(pair.second, out);
    });
    Some(end)
}

/// Tỷ lệ chọi 1/8: how many there are for one place; thương binh hạng 1/4: a grade.
pub(super) fn odds(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    const REACH: usize = 8;
    let one = pair.sign == Sign::Stroke && pair.first == "1";
    let before = reader.lexed.before(pair.at, 1);
    let dated = || {
        sets::DAY_LEADS.has(before)
            || sets::PARTS_OF_DAY_AND_DAY.has(before)
            || reader.near_before(pair.at, 2, &sets::CHANGE_VERBS)
    };
    let chosen = || one && !dated() && reader.near_phrase(pair.at, REACH, ["lệ", "chọi"]);
    // thương binh hạng 1/4
    let grade = || pair.sign == Sign::Stroke && reader.follows_grade(pair.at);
    (chosen() || grade()).then_some(())?;
    reader.verbalize(pair.at, pair.end(), "fraction", Likely, |out| {
        pair.verbalize(Kind::Ratio, false, out);
    });
    Some(pair.end())
}

/// Trình độ văn hóa: 9/12, học vấn lớp 3/10: so many grades of all that the schools have, or had.
pub(super) fn schooling(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    /// The word of schooling is so near before.
    const REACH: usize = 5;
    let (at, end) = (pair.at, pair.end());
    let value = |digits: &str| digits.parse::<u8>().ok();
    let grades = pair.sign == Sign::Stroke
        && matches!(pair.second, "10" | "12")
        && value(pair.first).is_some_and(|grade| grade > 0) // the 0 of none is a share
        && value(pair.first) <= value(pair.second);
    let told = |[first, second]: [&str; 2]| reader.mentions(at, REACH, [first, second]);
    let schooled = grades
        && !reader.lexed.is_glued(at)
        && (sets::BEFORE_GRADES.has(reader.lexed.before(at, 1))
            || at > 0 && reader.lexed.symbol(at - 1) == Some(':'))
        && [["học", "vấn"], ["văn", "hóa"], ["văn", "hoá"], ["trình", "độ"]].into_iter().any(told);
    schooled.then_some(())?;
    reader.verbalize(at, end, "fraction", Likely, |out| pair.verbalize(Kind::Ratio, false, out));
    Some(end)
}

/// 8/11 nhóm tăng, 1/11 nhóm đứng giá: one of as many as are told beside it is no part of a whole.
pub(super) fn one_of_as_many(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    const REACH: usize = 16;
    const FEWEST: usize = 11; // 2/5 diện tích, 1/5 dân số: parts
    let (at, end) = (pair.at, pair.end());
    let lexed = &reader.lexed;
    let one = pair.sign == Sign::Stroke
        && pair.first == "1"
        && pair.second.parse::<usize>().is_ok_and(|all| all >= FEWEST)
        && reader.counts_next(end);
    let noun = |i: usize| lexed.word(i + 3) == lexed.word(end) && lexed.case(i + 3).is_some();
    let same = |&i: &usize| {
        lexed.digits(i).is_some_and(|other| other != "1")
            && lexed.glued_symbol(i + 1) == Some('/')
            && lexed.glued_digits(i + 2) == Some(pair.second)
            && noun(i)
    };
    let around = || (at.saturating_sub(REACH)..at).chain(end..end + REACH);
    (one && around().any(|i| same(&i))).then_some(())?;
    reader.verbalize(at, end, "fraction", Likely, |out| pair.verbalize(Kind::Ratio, false, out));
    Some(end)
}

/// Tài xỉu 2 3/4, ống 1 3/4 inch: a number and a part, where a bet is offered or an inch is behind.
pub(super) fn mixed_number(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    let (at, end) = (pair.at, pair.end());
    let part = pair.sign == Sign::Stroke
        && matches!(pair.second, "2" | "4" | "8")
        && pair.first.len() == 1
        && pair.first < pair.second;
    let lexed = &reader.lexed;
    let whole = part
        && at > 0
        && !lexed.is_glued(at)
        && lexed.digits(at - 1).is_some_and(|digits| digits.len() <= 2);
    if !whole {
        return None;
    }
    let inch = || matches!(lexed.word(end), "inch" | "inches" | "in");
    (fraction::is_offered(reader, at, 12) || inch()).then_some(())?;
    reader.verbalize(at, end, "fraction", Likely, |out| {
        out.push("và");
        pair.verbalize(Kind::Part, false, out);
    });
    Some(fraction::read_unit(reader, end))
}

/// Máy bay 737/787: two types of aircraft, each said digit by digit.
pub(super) fn aircraft(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    const REACH: usize = 4;
    let types = pair.sign == Sign::Stroke
        && vehicles::is_boeing(pair.first)
        && vehicles::is_boeing(pair.second);
    (types && reader.near_before(pair.at, REACH, &sets::AIRCRAFT)).then_some(())?;
    let (at, sign, end) = (pair.at, pair.at + 1, pair.end());
    reader.verbalize(at, sign, "digits", Likely, |out| number::one_by_one(pair.first, out));
    reader.mark(sign, sign + 1, Mark::Comma);
    reader.verbalize(sign + 1, end, "digits", Likely, |out| number::one_by_one(pair.second, out));
    Some(end)
}

/// lớp 5/2, lớp 4/1, 4/2 và 4/3: the grade of a class and its number. What ends with 10 or 12 may be so many of all the grades
/// (học vấn lớp 9/12), as may what is counted.
pub(super) fn class_of_school(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    const MOST: usize = 8;
    const STEP: usize = 4;
    let lexed = &reader.lexed;
    let value = |digits: &str| digits.parse::<u8>().ok().filter(|_| !digits.starts_with('0'));
    let (grade, class) = (value(pair.first)?, value(pair.second)?);
    let fits = grade <= 12 && (1..=20).contains(&class) && !matches!(class, 10 | 12);
    if pair.sign != Sign::Stroke || !fits {
        return None;
    }
    let mut first = pair.at;
    for _ in 0..MOST {
        let joined = first >= STEP
            && (lexed.symbol(first - 1) == Some(',') || sets::JOINS.has(lexed.word(first - 1)))
            && lexed.digits(first - 2).is_some()
            && lexed.glued_symbol(first - 3) == Some('/')
            && lexed.digits(first - STEP).is_some();
        if !joined {
            break;
        }
        first -= STEP;
    }
    // tan lớp 5/2: a day; cả lớp 2/3 đi muộn, 3 lớp 1/2 số em: a part
    let before = first.checked_sub(2);
    let other = before.is_some_and(|before| {
        sets::BEFORE_NO_CLASS.has(lexed.word(before)) || lexed.digits(before).is_some()
    });
    // học sinh lớp 10/2 nghỉ học, lớp 9/3, lớp 10/2
    let pupil = before.is_some_and(|before| {
        matches!(lexed.word(before), "sinh" | "hs" | "nhiệm")
            || before > STEP
                && lexed.digits(before - 1).is_some()
                && lexed.glued_symbol(before - 2) == Some('/')
                && lexed.before(before, STEP) == "lớp"
    });
    let (next, second) = (lexed.word(pair.end()), lexed.word(pair.end() + 1));
    // lớp 6/2 Trường THCS; tầng lớp 1/3 dân số, phủ lớp 1/3 đất
    let small = lexed.case(pair.end()) == Some(Case::Lower);
    let counts = small
        && (next == "số"
            || sets::PARTED_WHOLES.has(next)
            || sets::COUNTED_WHOLE.has(next) && (next != "học" || second == "sinh"));
    let layer = before.is_some_and(|before| sets::LAYERS.has(lexed.word(before)));
    let counted = !pupil && counts || date::is_feast(pair);
    (lexed.before(first, 1) == "lớp" && !other && !layer && !counted).then_some(())?;
    let (at, sign, end) = (pair.at, pair.at + 1, pair.end());
    reader.verbalize(at, sign, "code", Likely, |out| number::cardinal(pair.first, out));
    if pair.runs_together() {
        reader.mark(sign, sign + 1, Mark::Comma); // lớp 10/2 is not lớp 12
    }
    reader.verbalize(sign + 1, end, "code", Likely, |out| number::cardinal(pair.second, out));
    Some(end)
}

/// Whether two numbers are the sizes that a model is sold in: Air Blade 125/160. Nothing is counted by them.
fn are_sizes_of_model(reader: &Reader<'_>, pair: &Pair<'_>) -> bool {
    let size = |digits: &str| digits.len() == 3 && digits.ends_with(['0', '5']);
    let ends = !matches!(reader.lexed.case(pair.end()), Some(Case::Lower))
        || sets::JOINS.has(reader.lexed.word(pair.end()));
    size(pair.first)
        && size(pair.second)
        && pair.first < pair.second
        && ends
        && reader.follows_foreign_name(pair.at)
}

/// ISO 898-1, DIN 931-1: a standard and its part; phân DAP 18-46; the lottery Power 6/55, Air Blade 125/160: names
/// with two numbers.
pub(super) fn numbers_of_name(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    let before = reader.lexed.before(pair.at, 1);
    let glued = reader.lexed.is_glued(pair.at + 1);
    let named = match pair.sign {
        Sign::Hyphen | Sign::Dash => sets::STANDARD_BODIES.has(before) || before == "dap",
        Sign::Stroke => sets::LOTTERIES.has(before) || are_sizes_of_model(reader, pair),
        _ => false,
    };
    (named && glued).then(|| fraction::tell_apart(reader, pair.at, pair.end()))?;
    Some(pair.end())
}

/// Giai đoạn 2/2-3/3/2026: two equal numbers that are a day, for a whole date ends the term that they begin.
pub(super) fn begins_term(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    const REACH: usize = 3;
    let (at, end) = (pair.at, pair.end());
    let house = || reader.near_before(at, REACH, &sets::HOUSE_LEADS);
    (pair.first == pair.second && date::is_possible(pair) && !house()).then_some(())?;
    date::starts_range(reader, pair).then_some(())?;
    let whole = reader.lexed.glued_symbol(end + 4) == Some('/')
        && reader.lexed.glued_digits(end + 5).is_some_and(|year| matches!(year.len(), 2 | 4));
    (whole || reader.near_before(at, REACH, &["đoạn", "dịp", "đợt"])).then_some(())?;
    let says_day = date::says_day(reader, at);
    reader.verbalize(at, end, "date", Likely, |out| pair.verbalize(Kind::Date, says_day, out));
    Some(end)
}
