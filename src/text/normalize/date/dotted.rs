//! A day and its month with a point between them, where it is no decimal: từ 25.10 đến 3.11, tính đến
//! 12.5, and any after a preposition of time in a text that writes its days so.

use super::parts::is_day_of;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Token;
use crate::text::normalize::lex::Case;
use crate::text::normalize::reader::Reader;

/// How far to either side it is looked how the text writes its days, in lexemes.
const AROUND: usize = 400;

/// Reads such a day.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let (day, month) = day_at(reader, at)?;
    let end = at + 3;
    let before = reader.lexed.before(at, 1);
    let until = || {
        let joined = matches!(reader.lexed.word(end), "đến" | "tới") || is_dash(reader, end);
        day_at(reader, end + 1).filter(|_| joined)
    };
    // 25.10 đến 3.11 goes up as days and down as decimals.
    let opens = until().is_some_and(|(last, last_month)| {
        let later = value(last_month) > value(month);
        later && value(last) < value(day)
    });
    let closes = matches!(before, "đến" | "tới") && {
        let mut earlier = reader.last_tokens(2).skip(1);
        matches!(earlier.next(), Some(Token::Word(word)) if word.class == "date")
    };
    let counted_up = matches!(before, "đến" | "tới")
        && reader.lexed.before(at, 2) == "tính"
        && matches!(reader.lexed.symbol(end), Some(',' | ')'));
    let bracketed = reader.lexed.symbol(at.wrapping_sub(1)) == Some('(')
        && reader.lexed.symbol(end) == Some(')')
        && month.len() == 2
        && (at.saturating_sub(10)..at).any(|i| reader.lexed.word(i) == "ngày");
    let timed = matches!(before, "từ" | "đến" | "tới" | "trước" | "sau" | "vào" | "hết")
        && reader.lexed.case(end) != Some(Case::Lower)
        && writes_days_so(reader, at);
    if !(opens || closes || counted_up || bracketed || timed) {
        return None;
    }
    super::verbalize_date(reader, at, end, Likely, day, month, None);
    Some(end)
}

/// The day and the month at `at`, nothing measured and no third number behind them.
fn day_at<'a>(reader: &Reader<'a>, at: usize) -> Option<(&'a str, &'a str)> {
    let day = reader.lexed.digits(at)?;
    (reader.lexed.glued_symbol(at + 1) == Some('.')).then_some(())?;
    let month = reader.lexed.glued_digits(at + 2)?;
    let end = at + 3;
    let goes_on = match reader.lexed.glued_symbol(end) {
        Some('.' | ',') => reader.lexed.glued_digits(end + 1).is_some(),
        sign => reader.lexed.goes_on(end) || matches!(sign, Some('%' | '°' | '$' | '/')),
    };
    let measured = reader.tables.unit(reader.lexed.rest(end)).is_some()
        || matches!(reader.lexed.word(end), "triệu" | "tỷ" | "tỉ" | "nghìn" | "điểm" | "lần");
    (is_day_of(day, month) && !goes_on && !measured).then_some((day, month))
}

fn is_dash(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.symbol(at), Some('-' | '–'))
}

fn value(digits: &str) -> u8 {
    digits.parse().unwrap_or(0)
}

/// Whether a day with a point is written after the word for one near `at`.
fn writes_days_so(reader: &Reader<'_>, at: usize) -> bool {
    let last = reader.lexed.len().min(at + AROUND);
    (at.saturating_sub(AROUND)..last).any(|i| {
        i != at
            && matches!(reader.lexed.before(i, 1), "ngày" | "sáng" | "chiều" | "tối" | "hôm")
            && day_at(reader, i).is_some()
    })
}
