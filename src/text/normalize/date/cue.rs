//! The words and signs around two numbers that say whether they are a day and a month.

use crate::model::spoken::Token;
use crate::text::normalize::lex::Case;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;

/// Days and months that are names of feasts: New Year's Day, Party, Women's, Youth Union, Reunification,
/// Labour, Children's, Environment, Independence and Teachers' days among them.
pub(super) const FEASTS: [(&str, &str); 22] = [
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Day,
    Time,
    None,
}

/// What the words before a number say of a date: a part of the day or `ngày` make it sure.
pub(super) fn cue(reader: &Reader<'_>, at: usize) -> Cue {
    if let Some(Token::Word(word)) = reader.last_token()
        && word.class == "range"
        && reader.last_tokens(2).any(is_date)
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
    let weekday = sets::WEEKDAYS.has(before) && reader.lexed.before(at, back + 1) == "thứ";
    // công chiếu 22.8, khai mạc ngày 5-12, hạn chót 15.10
    let opens = reader.near_before(at, 3, &sets::OPENINGS) && back == 1;
    if sets::DAY_LEADS.has(before) || weekday || opens {
        Cue::Day
    } else if sets::DAY_OR_FRACTION_LEADS.has(before) && back == 1 {
        Cue::Time
    } else {
        Cue::None
    }
}

/// Whether the number at `at` goes on with a list of days: các ngày 3, 5 và 7/10; ngày 30.4 và 1.5.
pub(super) fn is_listed(reader: &Reader<'_>, at: usize) -> bool {
    let joined = matches!(reader.lexed.before(at, 1), "và" | "hoặc")
        || reader.lexed.symbol(at.wrapping_sub(1)) == Some(',');
    let after_date = || reader.last_tokens(2).nth(1).is_some_and(is_date);
    joined && (reader.near_before(at, 4, &["ngày"]) || after_date())
}

/// Whether what was said is a date.
pub(super) fn is_date(token: &Token) -> bool {
    matches!(token, Token::Word(word) if word.class == "date")
}

/// Whether bare days are in the list before `at`: các ngày 3, 5 và 7/10.
pub(super) fn is_day_list(reader: &Reader<'_>, at: usize) -> bool {
    at >= 2 && reader.lexed.digits(at - 2).is_some() && !reader.lexed.is_glued(at - 2)
}

/// Whether the word before already says that a day follows.
pub(in crate::text::normalize) fn says_day(reader: &Reader<'_>, at: usize) -> bool {
    sets::DAY_NAMES.has(reader.lexed.before(at, 1))
        || is_listed(reader, at) && is_day_list(reader, at)
        || names_feast(reader, at)
}

/// Whether the name of a feast is before its day: Ngày Quốc tế Lao động 1/5, ngày Nhà giáo Việt Nam 20/11.
fn names_feast(reader: &Reader<'_>, at: usize) -> bool {
    const LONGEST: usize = 5;
    let lexed = &reader.lexed;
    let Some(before) = at.checked_sub(1).filter(|&i| lexed.case(i).is_some()) else {
        return false;
    };
    let start = (0..=LONGEST)
        .map_while(|back| before.checked_sub(back))
        .take_while(|&i| lexed.case(i).is_some())
        .find(|&i| lexed.word(i) == "ngày");
    start.is_some_and(|i| {
        i < before
            && lexed.case(i + 1) == Some(Case::Capital)
            && !matches!(lexed.word(i + 1), "hội" | "thứ" | "chủ")
    })
}
