//! Dates: 18/02/2019, 2019-02-18, ngày 18-2, 24-25/9/2026, tháng 9/2026, quý II/2021.

use super::number;
use super::range;
use super::reader::Reader;
use crate::spoken::Confidence::{Doubtful, Likely, Sure};
use crate::spoken::Token;

/// Words after which day and month are sure to follow.
const DAY_CUES: [&str; 19] = [
    "ngày", "hôm", "sáng", "trưa", "chiều", "tối", "đêm", "khuya", "mùng", "mồng", "rằm", "rạng",
    "nay", "qua", "mai", "kia", "nhật", "phiên", "sinh",
];

/// Words after which day and month may follow, or a fraction.
const TIME_CUES: [&str; 11] =
    ["từ", "đến", "tới", "trước", "sau", "hết", "vào", "dịp", "lễ", "tết", "hạn"];

/// Words after which a fraction or a ratio follows.
const FRACTION_CUES: [[&str; 2]; 6] =
    [["xác", "suất"], ["phân", "số"], ["tỷ", "lệ"], ["tỉ", "lệ"], ["hệ", "số"], ["tỷ", "số"]];

/// Days and months that are names of feasts: New Year's Day, Party, Women's, Youth Union, Reunification,
/// Labour, Children's, Environment, Independence and Teachers' days among them.
const HOLIDAYS: [(&str, &str); 22] = [
    ("30", "4"),
    ("19", "5"),
    ("19", "8"),
    ("20", "10"),
    ("20", "11"),
    ("22", "12"),
    ("26", "3"),
    ("27", "7"),
    ("1", "1"),
    ("3", "2"),
    ("8", "3"),
    ("1", "5"),
    ("7", "5"),
    ("1", "6"),
    ("5", "6"),
    ("6", "1"),
    ("2", "9"),
    ("5", "9"),
    ("7", "7"),
    ("10", "10"),
    ("9", "1"),
    ("1", "12"),
];

/// Words near which such a pair is a feast.
const HOLIDAY_CUES: [&str; 8] = ["khánh", "phóng", "ngày", "lễ", "niệm", "dịp", "tết", "mừng"];

/// Reads a date that starts with digits.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    year_first(reader, at)
        .or_else(|| year_and_month(reader, at))
        .or_else(|| full_date(reader, at))
        .or_else(|| spaced_date(reader, at))
        .or_else(|| months_of_year(reader, at))
        .or_else(|| day_range(reader, at))
        .or_else(|| month_and_year(reader, at))
        .or_else(|| month_beside_year(reader, at))
        .or_else(|| day_and_month(reader, at))
}

/// Reads what starts with a letter: the quarter of Q4/2025 and Q1, the month of T9/2024, the weekday
/// of "sáng T2".
pub(super) fn read_quarter(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if reader.lexed.text(at) == "T" {
        return month_of_letter(reader, at).or_else(|| weekday(reader, at));
    }
    let quarter = reader.lexed.glued_digits(at + 1).filter(|q| matches!(*q, "1" | "2" | "3" | "4"));
    let quarter = quarter.filter(|_| reader.lexed.text(at) == "Q" && !reader.lexed.is_glued(at))?;
    let year = matches!(reader.lexed.glued_symbol(at + 2), Some('/' | '-' | '.'))
        .then(|| reader.lexed.glued_digits(at + 3))
        .flatten()
        .filter(|year| is_year(year));
    let end = at + if year.is_some() { 4 } else { 2 };
    let ends = matches!(reader.lexed.symbol(end), Some('.' | ',' | ';' | ':' | ')' | '!' | '?'));
    if year.is_none() && reader.lexed.word(end).is_empty() && reader.lexed.is_glued(end) && !ends {
        return None;
    }
    let district = year.is_none()
        && (reader.near_before(at, 6, &["đường", "phường", "phố", "hẻm", "trú", "ngụ"])
            || reader.near_after(end, 3, "hcm"));
    if district {
        reader.say(at, end, "date", Doubtful, |out| {
            number::push(out, "quận");
            number::cardinal(quarter, out);
        });
        reader.warn(at, end, format!("Q{quarter} was taken as a district, not as a quarter"));
        return Some(end);
    }
    reader.say(at, end, "date", Likely, |out| {
        number::push(out, "quý");
        push_month(out, quarter);
        if let Some(year) = year {
            number::push(out, "năm");
            number::cardinal(year, out);
        }
    });
    Some(end)
}

/// T9/2024: a month and its year.
fn month_of_letter(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let month = reader.lexed.glued_digits(at + 1).filter(|month| is_day_of("1", month))?;
    reader.lexed.glued_symbol(at + 2).filter(|sign| matches!(sign, '/' | '-' | '.'))?;
    let year = reader.lexed.glued_digits(at + 3).filter(|year| is_year(year))?;
    (!reader.lexed.is_glued(at)).then_some(())?;
    reader.say(at, at + 4, "date", Likely, |out| {
        number::push(out, "tháng");
        push_month_of(out, month, year);
    });
    Some(at + 4)
}

/// T2 to T7 where a time of the day, a week or another day stands beside it; elsewhere they are the
/// names of buildings.
fn weekday(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const CUES: [&str; 9] = ["sáng", "trưa", "chiều", "tối", "đêm", "hôm", "lịch", "ngày", "thứ"];
    let day = reader.lexed.glued_digits(at + 1).filter(|day| ("2"..="7").contains(day))?;
    let end = at + 2;
    let next =
        |at: usize| reader.lexed.text(at) == "T" && reader.lexed.glued_digits(at + 1).is_some();
    let dash = reader.lexed.symbol(end).is_some_and(range::is_dash) && next(end + 1);
    let joined = matches!(reader.lexed.word(end), "đến" | "tới") && next(end + 1);
    let sunday = reader.near_after(end, 2, "cn") || reader.near_after(end, 2, "tuần");
    let listed =
        reader.last_tokens(2).any(|t| matches!(t, Token::Word(word) if word.rule == "weekday"));
    let place = reader.near_before(at, 5, &["ga", "trạm", "tòa", "tháp", "nhà", "cảng"]);
    let cued = dash || joined || sunday || listed || CUES.contains(&reader.lexed.before(at, 1));
    if !cued || place || day.len() != 1 || reader.lexed.is_glued(at) && !listed {
        return None;
    }
    if reader.lexed.is_glued(end) && reader.lexed.symbol(end).is_none() {
        return None;
    }
    let said = reader.lexed.before(at, 1) == "thứ";
    reader.say(at, end, "weekday", Likely, |out| {
        if !said {
            number::push(out, "thứ");
        }
        number::ordinal(day, out);
    });
    Some(end)
}

/// 2019-02-18.
fn year_first(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let year = reader.lexed.digits(at).filter(|year| is_year(year))?;
    let sign = separator(reader, at + 1)?;
    let month = reader.lexed.glued_digits(at + 2).filter(|month| month.len() == 2)?;
    let again = separator(reader, at + 3)?;
    let day = reader.lexed.glued_digits(at + 4).filter(|day| day.len() == 2)?;
    (sign == again && is_day_of(day, month)).then_some(())?;
    say_date(reader, at, at + 5, Sure, day, month, Some(year));
    Some(at + 5)
}

/// 2022-12, where the month is no later year: 2011-12 and 2006-10 are years.
fn year_and_month(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let year = reader.lexed.digits(at).filter(|year| is_year(year))?;
    reader.lexed.glued_symbol(at + 1).filter(|&sign| sign == '-')?;
    let month = reader.lexed.glued_digits(at + 2).filter(|month| month.len() == 2)?;
    let earlier = month < &year[2..] && is_day_of("1", month);
    let goes_on = reader.lexed.is_glued(at + 3)
        && (reader.lexed.symbol(at + 3).is_none() || reader.lexed.is_glued(at + 4));
    if !earlier || goes_on {
        return None;
    }
    let said = reader.lexed.before(at, 1) == "tháng";
    reader.say(at, at + 3, "date", Likely, |out| {
        if !said {
            number::push(out, "tháng");
        }
        push_month_of(out, month, year);
    });
    Some(at + 3)
}

/// 18/02/2019, 18-2-2019, 18.02.2019; with two digits of the year only between strokes.
fn full_date(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let day = reader.lexed.digits(at)?;
    let sign = separator(reader, at + 1)?;
    let month = reader.lexed.glued_digits(at + 2)?;
    let again = separator(reader, at + 3)?;
    let year = reader.lexed.glued_digits(at + 4)?;
    (sign == again && is_day_of(day, month)).then_some(())?;
    let confidence = match year.len() {
        4 if is_year(year) => Sure,
        2 if sign == '/' => Likely,
        _ => return None,
    };
    let century = match year.len() {
        2 if year < "50" => "20",
        2 => "19",
        _ => "",
    };
    say_date(reader, at, at + 5, confidence, day, month, Some(&format!("{century}{year}")));
    Some(at + 5)
}

/// 30 - 4 - 2019: a date whose dashes stand free.
fn spaced_date(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let part = |sign: usize| {
        reader.lexed.symbol(sign).filter(|&s| matches!(s, '-' | '–'))?;
        reader.lexed.digits(sign + 1)
    };
    let (day, month, year) = (reader.lexed.digits(at)?, part(at + 1)?, part(at + 3)?);
    let more = part(at + 5).is_some() || reader.lexed.symbol(at + 5) == Some('/');
    (is_day_of(day, month) && is_year(year) && !more).then_some(())?;
    say_date(reader, at, at + 5, Likely, day, month, Some(year));
    Some(at + 5)
}

/// 6T/2025: so many months of a year.
fn months_of_year(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let months = reader.lexed.digits(at).filter(|&months| is_day_of("1", months))?;
    (reader.lexed.text(at + 1) == "T" && reader.lexed.is_glued(at + 1)).then_some(())?;
    let slash = usize::from(reader.lexed.glued_symbol(at + 2) == Some('/'));
    let year = reader.lexed.glued_digits(at + 2 + slash).filter(|year| is_year(year))?;
    reader.say(at, at + 3 + slash, "date", Likely, |out| {
        number::cardinal(months, out);
        number::push(out, "tháng năm");
        number::cardinal(year, out);
    });
    Some(at + 3 + slash)
}

/// 24-25/9/2026 and 24-25/9: two days of one month.
fn day_range(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let first = reader.lexed.digits(at)?;
    reader.lexed.symbol(at + 1).filter(|&sign| range::is_dash(sign))?;
    let day = reader.lexed.digits(at + 2)?;
    // 18–21-11: the long dash parts the days, the short one day and month.
    let two_dashes = reader.lexed.symbol(at + 1) == Some('–');
    let sign = reader
        .lexed
        .glued_symbol(at + 3)
        .filter(|&sign| matches!(sign, '/' | '.') || (sign == '-' && two_dashes))?;
    let month = reader.lexed.glued_digits(at + 4)?;
    let in_order = first.parse::<u8>().ok()? < day.parse::<u8>().ok()?;
    let year = (reader.lexed.glued_symbol(at + 5) == Some(sign))
        .then(|| reader.lexed.glued_digits(at + 6))
        .flatten()
        .filter(|year| is_year(year));
    if is_year(month) && is_day_of("1", first) && is_day_of("1", day) {
        return month_range(reader, at, [first, day, month]);
    }
    (is_day_of(first, month) && is_day_of(day, month)).then_some(())?;
    (in_order && (sign == '/' || year.is_some() || cue(reader, at) != Cue::None)).then_some(())?;
    let end = at + if year.is_some() { 7 } else { 5 };
    let said_day = says_day(reader, at);
    reader.say(at, end, "date", Sure, |out| {
        if !said_day {
            number::push(out, "ngày");
        }
        number::cardinal(first, out);
        number::push(out, "đến");
        push_date(out, true, day, month, year);
    });
    Some(end)
}

/// 02-03/2000: two months of one year.
fn month_range(
    reader: &mut Reader<'_>,
    at: usize,
    [first, last, year]: [&str; 3],
) -> Option<usize> {
    let said_month = matches!(reader.lexed.before(at, 1), "tháng" | "quý");
    let last_word = if reader.lexed.before(at, 1) == "quý" { "quý" } else { "tháng" };
    reader.say(at, at + 5, "date", Sure, |out| {
        if !said_month {
            number::push(out, "tháng");
        }
        push_month(out, first);
        number::push(out, "đến");
        number::push(out, last_word);
        push_month_of(out, last, year);
    });
    Some(at + 5)
}

/// tháng 9/2026, 9/2026, quý 2/2021.
fn month_and_year(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let month = reader.lexed.digits(at)?;
    let sign = separator(reader, at + 1)?;
    let year = reader.lexed.glued_digits(at + 2).filter(|year| is_year(year))?;
    let before = reader.lexed.before(at, 1);
    let cued = matches!(before, "tháng" | "quý" | "số");
    let numbered = before == "số"; // gói thầu số 4/2024
    let two_digits = month.starts_with('0') // 02.2000 is no decimal
        || (sign == '-' && year > "1899" && year < "2100"); // no range leads from 12 to 2023
    let listed = matches!(before, "và" | "đến") && reader.near_before(at, 3, &["tháng"]);
    // 1/2000 is the scale of a map unless something says that it is a month.
    let scale =
        !cued && !listed && month == "1" && (year.ends_with("000") || year.ends_with("500"));
    let to_month = reader.lexed.glued_symbol(at + 5) == Some('/'); // 12/2023-1/2024
    let goes_on = separator(reader, at + 3).is_some_and(|next| next == sign || !to_month)
        && reader.lexed.glued_digits(at + 4).is_some();
    let quarter = reader.lexed.before(at, 3) == "quý"
        && reader.lexed.digits(at.wrapping_sub(2)).is_some()
        && (before == "và" || reader.lexed.symbol(at - 1) == Some(',')); // quý 3, 4/2023
    if !is_day_of("1", month) || !(sign == '/' || cued || two_digits || listed) || goes_on || scale
    {
        return None;
    }
    let continues = matches!(reader.last_token(), Some(Token::Word(w)) if w.rule == "range");
    let confidence = if cued || continues { Sure } else { Likely };
    reader.say(at, at + 3, "date", confidence, |out| {
        if !cued {
            number::push(out, if quarter { "quý" } else { "tháng" });
        }
        if numbered {
            number::cardinal(month, out);
        } else {
            push_month(out, month);
        }
        number::push(out, "năm");
        number::cardinal(year, out);
    });
    Some(at + 3)
}

/// tháng 1 2024: the year stands beside its month.
fn month_beside_year(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let month = reader.lexed.digits(at).filter(|month| is_day_of("1", month))?;
    let year = reader.lexed.digits(at + 1).filter(|year| is_year(year))?;
    let goes_on = reader.counts_next(at + 2)
        || reader.lexed.is_glued(at + 2)
            && matches!(reader.lexed.symbol(at + 2), None | Some('.' | ',' | '/' | '-' | '%'))
            && reader.lexed.is_glued(at + 3);
    if reader.lexed.before(at, 1) != "tháng" || goes_on {
        return None;
    }
    reader.say(at, at + 2, "date", Likely, |out| {
        push_month_of(out, month, year);
    });
    Some(at + 2)
}

/// 18/2; 18-2 and 18.2 only after a sure cue, or, after a word such as hết or trước, where no range
/// can be meant.
fn day_and_month(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let day = reader.lexed.digits(at)?;
    let sign = separator(reader, at + 1)?;
    let month = reader.lexed.glued_digits(at + 2)?;
    let end = at + 3;
    let goes_on = reader.lexed.glued_symbol(end) == Some(sign)
        && reader.lexed.glued_digits(end + 1).is_some();
    let measured = matches!(reader.lexed.symbol(end), Some('%' | '°' | '=' | '$'))
        || matches!(reader.lexed.word(end), "tháng" | "triệu" | "tỷ" | "tỉ" | "nghìn");
    let fraction = FRACTION_CUES.iter().any(|&cue| reader.near_phrase(at, 8, cue))
        || (day, month) == ("24", "7");
    let numbered = matches!(
        reader.lexed.before(at, 1),
        "lớp" | "tập" | "vòng" | "khối" | "câu" | "tháng" | "quý" | "điều"
    );
    if !is_day_of(day, month) || numbered {
        return None;
    }
    let open = fraction_like(day, month);
    let counts = open && reader.counts_next(end) && is_listed(reader, at);
    if counts && (day == month || !HOLIDAYS.contains(&(day, month))) && !is_day_list(reader, at) {
        return None; // ngày 7/7, 7/7 xã hoàn thành
    }
    let feast = HOLIDAYS.contains(&(day, month)) && !goes_on;
    if feast && matches!(reader.lexed.before(at, 1), "đường" | "phố" | "viện" | "trường")
    {
        // A street or hospital of this name.
        reader.say(at, end, "date", Likely, |out| push_date(out, false, day, month, None));
        return Some(end);
    }
    let victory = matches!(sign, '.' | '/') && reader.follows(at, &["chiến", "thắng"]);
    if feast && (victory || reader.near_before(at, 6, &HOLIDAY_CUES)) {
        say_date(reader, at, end, Likely, day, month, None);
        return Some(end);
    }
    let cued = if starts_range(reader, end, sign) { Cue::Day } else { cue(reader, at) };
    if sign == '-' && reader.follows(at, &["từ", "ngày"]) && !reader.near_after(end, 6, "đến")
    {
        return None; // từ ngày 5-7: from one day to the other
    }
    if fraction && cued != Cue::Day || goes_on || measured || reader.in_address(at) {
        return None;
    }
    let confidence = match (sign, cued) {
        (_, Cue::Day) => Sure,
        ('/', Cue::Time) if !open || !reader.counts_next(end) => Likely,
        ('/', Cue::Time) => return None,
        ('-', Cue::Time) if descends(day, month) && !reader.counts_next(end) => Doubtful,
        ('/', Cue::None) if !open => Doubtful,
        _ => return None,
    };
    if confidence == Doubtful {
        let written = reader.lexed.source(at, end);
        reader.warn(at, end, format!("{written} was taken as day and month"));
    }
    say_date(reader, at, end, confidence, day, month, None);
    Some(end)
}

/// Whether a dash and another day and month stand at `at`: 10/11-16/11.
fn starts_range(reader: &Reader<'_>, at: usize, sign: char) -> bool {
    let date = || {
        reader.lexed.symbol(at).filter(|&dash| range::is_dash(dash) && sign == '/')?;
        let day = reader.lexed.digits(at + 1)?;
        reader.lexed.glued_symbol(at + 2).filter(|&again| again == '/')?;
        let month = reader.lexed.glued_digits(at + 3)?;
        let whole = matches!(reader.lexed.symbol(at + 4), Some('%' | '='));
        (is_day_of(day, month) && !whole).then_some(())
    };
    date().is_some()
}

/// Whether `A-B` goes down, as the ends of a range do not.
fn descends(first: &str, last: &str) -> bool {
    let value = |digits: &str| digits.parse::<u8>().unwrap_or(0);
    value(first) > value(last)
}

/// Whether `A/B` could as well be a part of a whole.
fn fraction_like(above: &str, below: &str) -> bool {
    let value = |digits: &str| digits.parse::<u8>().unwrap_or(0);
    !above.starts_with('0') && !below.starts_with('0') && value(above) <= value(below)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    Day,
    Time,
    None,
}

/// Whether the number at `at` goes on with a list of days: các ngày 3, 5 và 7/10; ngày 30.4 và 1.5.
fn is_listed(reader: &Reader<'_>, at: usize) -> bool {
    let joined = matches!(reader.lexed.before(at, 1), "và" | "hoặc")
        || reader.lexed.symbol(at.wrapping_sub(1)) == Some(',');
    let after_date = || {
        let mut before = reader.last_tokens(2).skip(1);
        matches!(before.next(), Some(Token::Word(word)) if word.rule == "date")
    };
    joined && (reader.near_before(at, 4, &["ngày"]) || after_date())
}

/// Whether bare days stand in the list before `at`: các ngày 3, 5 và 7/10.
fn is_day_list(reader: &Reader<'_>, at: usize) -> bool {
    at >= 2 && reader.lexed.digits(at - 2).is_some() && !reader.lexed.is_glued(at - 2)
}

/// What the words before a number say of a date: a part of the day or `ngày` make it sure.
fn cue(reader: &Reader<'_>, at: usize) -> Cue {
    if let Some(Token::Word(word)) = reader.last_token()
        && word.rule == "range"
        && reader.last_tokens(2).any(|t| matches!(t, Token::Word(w) if w.rule == "date"))
    {
        return Cue::Day;
    }
    let mut back = 1;
    if matches!(reader.lexed.symbol(at.wrapping_sub(1)), Some('(' | ',')) {
        back = 2; // thứ Hai (15/3), sáng nay, 15/3
    }
    let before = reader.lexed.before(at, back);
    if is_listed(reader, at) {
        return Cue::Day;
    }
    let due = reader.lexed.symbol(at.wrapping_sub(1)) == Some(':')
        && reader.near_before(at - 1, 5, &["hạn", "ngày"]); // Hạn nộp: 15-10
    if due {
        return Cue::Day;
    }
    let weekday = matches!(before, "hai" | "ba" | "tư" | "năm" | "sáu" | "bảy")
        && reader.lexed.before(at, back + 1) == "thứ";
    if DAY_CUES.contains(&before) || weekday {
        Cue::Day
    } else if TIME_CUES.contains(&before) && back == 1 {
        Cue::Time
    } else {
        Cue::None
    }
}

fn separator(reader: &Reader<'_>, at: usize) -> Option<char> {
    reader.lexed.glued_symbol(at).filter(|sign| matches!(sign, '/' | '-' | '.' | '–'))
}

/// Four digits from 1000 to 2999.
fn is_year(digits: &str) -> bool {
    digits.len() == 4 && matches!(digits.as_bytes()[0], b'1' | b'2')
}

/// Whether a month of the year has such a day; February has 29.
fn is_day_of(day: &str, month: &str) -> bool {
    const DAYS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if day.len() > 2 || month.len() > 2 {
        return false;
    }
    let (Ok(day), Ok(month)) = (day.parse::<u8>(), month.parse::<usize>()) else { return false };
    (1..=12).contains(&month) && (1..=DAYS[month - 1]).contains(&day)
}

fn say_date(
    reader: &mut Reader<'_>,
    from: usize,
    to: usize,
    confidence: crate::spoken::Confidence,
    day: &str,
    month: &str,
    year: Option<&str>,
) {
    let said_day = says_day(reader, from);
    reader.say(from, to, "date", confidence, |out| push_date(out, !said_day, day, month, year));
}

/// Whether the word before already says that a day follows.
fn says_day(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.before(at, 1), "ngày" | "mùng" | "mồng" | "rằm" | "hôm")
        || is_listed(reader, at) && is_day_list(reader, at)
}

fn push_date(out: &mut String, with_day: bool, day: &str, month: &str, year: Option<&str>) {
    if with_day {
        number::push(out, "ngày");
    }
    number::cardinal(day, out);
    number::push(out, "tháng");
    push_month(out, month);
    if let Some(year) = year {
        number::push(out, "năm");
        number::cardinal(year, out);
    }
}

/// The fourth month is tháng tư.
fn push_month(out: &mut String, month: &str) {
    match month {
        "4" | "04" => number::push(out, "tư"),
        _ => number::cardinal(month, out),
    }
}

/// A month and its year.
fn push_month_of(out: &mut String, month: &str, year: &str) {
    push_month(out, month);
    number::push(out, "năm");
    number::cardinal(year, out);
}
