//! Telephone numbers, read digit by digit: 0912345678, 024.3825.1234, +84 912 345 678, 1900 1234.

use super::lex::Case;
use super::number;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::{Likely, Sure};
use crate::model::spoken::{Mark, Token, Word};

/// Pairs of words that do the same.
const PHRASES: [[&str; 2]; 5] =
    [["soạn", "tin"], ["liên", "hệ"], ["đầu", "số"], ["dây", "nóng"], ["số", "nóng"]];

/// More lexemes than this are not one code of an operator.
const LONGEST_SERVICE: usize = 12;

/// More signs than this in place of digits are not said.
const LONGEST_MASK: usize = 8;

/// Reads a telephone number: a national one (0…), an international one (+84…), a service number
/// (1800…, 1900…), or a short number after a cue (gọi 113).
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    // máy ảnh RX100 II: digits that touch letters are of a code
    let of_code = at > 1
        && reader.lexed.is_glued(at)
        && reader.lexed.case(at - 1) == Some(Case::Upper)
        && reader.lexed.digits(at).is_some_and(|digits| digits.len() <= 3)
        && !reader.lexed.goes_on(at + 1);
    if of_code {
        return None;
    }
    let short = service_code(reader, at)
        .or_else(|| masked(reader, at))
        .or_else(|| of_country(reader, at))
        .or_else(|| two_services(reader, at));
    if let Some(end) = short.or_else(|| prefix(reader, at)) {
        return Some(end);
    }
    if let Some(end) = american(reader, at) {
        return Some(end);
    }
    let bracket = reader.lexed.symbol(at) == Some('(');
    let sign = at + usize::from(bracket);
    let plus = reader.lexed.symbol(sign) == Some('+');
    let first = sign + usize::from(plus);
    let head =
        reader.lexed.digits(first).filter(|_| first == at || reader.lexed.is_glued(first))?;
    let (mut end, mut total) = (first + 1, head.len());
    if bracket {
        // (024) 3825 1234: the area code is in brackets, and a number must follow.
        (reader.lexed.glued_symbol(end) == Some(')') && (plus || head.starts_with('0')))
            .then_some(())?;
        end += 1;
        reader.lexed.digits(end)?;
    }
    while let Some((next, digits)) = next_group(reader, end) {
        // (0229) 3.888.999: the first digit of a number may be alone behind its area.
        let area = head.starts_with('0') && total == head.len();
        // 024.3.7366.491
        let of_city = head.len() == 3 && head.starts_with("02") && digits == "3";
        let least = if area && (bracket || head.len() == 4 || of_city) { 1 } else { 2 };
        // 04.38252525, 028.38375570: what follows an area may be whole.
        let most = if area && head.len() < 4 { 8 } else { 7 };
        if !(least..=most).contains(&digits.len()) || total + digits.len() > 13 {
            break;
        }
        total += digits.len();
        end = next;
    }
    let from = at - usize::from(at > 0 && reader.lexed.symbol(at - 1) == Some(':'));
    let listed =
        reader.last_tokens(3).any(|t| matches!(t, Token::Word(word) if word.class == "phone"));
    let phrased = PHRASES.iter().any(|&phrase| reader.near_phrase(from, 3, phrase));
    let cued = listed || phrased || reader.near_before(from, 3, &sets::PHONE_LEADS);
    let grouped = end > first + 1;
    let year = head.len() == 4 && !grouped && ("15"..="20").contains(&&head[..2]);
    let dialled_next = reader.lexed.before(at, 1) == "gọi" && !reader.counts_next(end);
    let called = dialled_next
        || reader.near_before(at, 3, &["bấm", "hotline"])
        || reader.near_phrase(at, 3, ["dây", "nóng"])
        || reader.near_phrase(at, 3, ["gọi", "số"])
        || reader.near_phrase(at, 3, ["gọi", "đến"])
        || reader.near_phrase(at, 3, ["gọi", "tới"])
        || reader.near_phrase(at, 3, ["tổng", "đài"]);
    // gọi 128,5 triệu
    let decimal = matches!(reader.lexed.glued_symbol(end), Some(',' | '.'))
        && reader.lexed.glued_digits(end + 1).is_some()
        && !sets::EMERGENCY_NUMBERS.has(reader.lexed.text(end + 1));
    let measured = decimal
        || reader.tables.unit(reader.lexed.rest(end)).is_some()
        || sets::NOT_CALLED.has(reader.lexed.word(end));
    let known = match head {
        _ if plus => (9..=13).contains(&total),
        _ if head.starts_with("1800") || head.starts_with("1900") => {
            let kind = total == 4
                && !grouped
                && (called || phrased || reader.near_before(at, 3, &["đài"]))
                && !sets::YEAR_BEFORE_PHONE.has(reader.lexed.before(at, 1));
            let alone = head.len() == 8 && total == 8 && ends_clause(reader, end);
            kind || alone || (8..=10).contains(&total) && (grouped || cued || total > 8)
        }
        _ if head.starts_with('0') => {
            let area = head.len() >= 3 || head.len() == 2 && total == 10 && is_area(reader, first);
            (9..=11).contains(&total) && (head.len() >= 9 || grouped && area)
        }
        _ if head.len() == 3 || head.len() == 4 => {
            let dialled = cued
                && !grouped
                && head.starts_with('1')
                && reader.lexed.glued_symbol(end) != Some('/')
                && !decimal
                && (called || !(year || measured || reader.counts_next(end)));
            let centre = reader.near_phrase(at, 1, ["tổng", "đài"])
                || from < at && reader.near_phrase(from, 9, ["tổng", "đài"]);
            dialled
                || head.len() == 4 && grouped && cued && !measured && (7..=11).contains(&total)
                || !grouped && centre && !year && !measured
                || total == head.len() && !measured && takes_reports(reader, at, end)
                || total == head.len() && takes_messages(reader, at, end)
                || total == head.len() && is_second(reader, at, end) && !year && !measured
                || sets::EMERGENCY_NUMBERS.has(head)
                    && reader.lexed.glued_symbol(end) != Some('/') // nhà số 112/5B
                    && is_rescue(reader, at, end, listed, measured)
        }
        _ => cued && !measured && (7..=11).contains(&total),
    };
    let ends_here = !reader.lexed.is_glued(end) || reader.lexed.symbol(end).is_some();
    if !known || !ends_here {
        return None;
    }
    let confidence = if cued || plus { Sure } else { Likely };
    let written = reader.lexed.source(first, end);
    reader.verbalize(at, end, "phone", confidence, |out| {
        if plus {
            out.push("cộng");
        }
        number::one_by_one(written, out);
    });
    Some(end)
}

/// Whether two digits are the area of a number that follows, as they were until 2017: (04) 3825 2525. Pairs of
/// digits are drawn in a lottery.
fn is_area(reader: &Reader<'_>, at: usize) -> bool {
    let bracket = usize::from(reader.lexed.glued_symbol(at + 1) == Some(')'));
    next_group(reader, at + 1 + bracket).is_some_and(|(_, digits)| digits.len() > 2)
}

/// Whether something is reported to the number at `at`: gọi 113 hoặc báo số 156, nhắn tin 5656. A notice has a number too
/// (thông báo số 156), and so has an issue (tờ báo số 156).
fn takes_reports(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 16;
    let lexed = &reader.lexed;
    let counted = sets::COUNTED_AFTER_PHONE.has(lexed.word(end)) || lexed.word(end) == "lần";
    let called = || {
        lexed.text(at) == "156"
            || sets::EMERGENCY_NUMBERS.has(lexed.text(at))
            || reader.last_tokens(REACH).any(|t| matches!(t, Token::Word(w) if w.class == "phone"))
    };
    let reported = reader.follows(at, &["báo", "số"])
        && !matches!(lexed.before(at, 3), "thông" | "tờ" | "nhật")
        && called();
    let written = lexed.text(at).len() == 4 && reader.follows(at, &["nhắn", "tin"]);
    !counted && (reported || written)
}

/// Whether what is written there is sent to the number at `at`: soạn tin gửi 8099.
fn takes_messages(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let range = at > 1 && reader.lexed.digits(at - 2).is_some(); // từ năm 1856 đến 1881
    !range
        && reader.near_before(at, 1, &sets::SEND_TO)
        && reader.near_before(at, 8, &["soạn", "nhắn"])
        && !sets::COUNTED_AFTER_PHONE.has(reader.lexed.word(end))
}

/// Whether a number to call in need is called and not counted with: cảnh sát 113, trung tâm 115, gọi 114, xe
/// cứu thương 115, số khẩn cấp là 911; 113, 114 và 115.
fn is_rescue(reader: &Reader<'_>, at: usize, end: usize, listed: bool, measured: bool) -> bool {
    let needed = reader.near_before(at, 6, &["số"]) && reader.near_before(at, 9, &sets::NEEDS);
    let named = reader.near_before(at, 1, &sets::EMERGENCY_BODIES) && !reader.counts_next(end);
    let sent = reader.near_before(at, 1, &["thương", "hỏa"]) && !measured;
    // What follows is done by those who are called, or is why they are; else it may be counted: gọi 115 thanh niên.
    let counts = reader.counts_next(end) && !sets::CALL_VERBS.has(reader.lexed.word(end));
    let led = reader.follows(at, &["trung", "tâm"])
        || reader.follows(at, &["cấp", "cứu"])
        || reader.follows(at, &["gọi"]) && !reader.follows(at, &["kêu", "gọi"]);
    // bảo vệ trẻ em 111, ứng dụng Help 114
    let line = reader.lexed.text(at) == "111"
        && reader.follows(at, &["trẻ", "em"])
        && reader.near_phrase(at, 6, ["bảo", "vệ"]);
    let app = reader.lexed.text(at) == "114"
        && (reader.follows(at, &["báo", "cháy"]) || reader.lexed.before(at, 1) == "help");
    let centre = line
        && (reader.near_phrase(at, 10, ["tổng", "đài"])
            || reader.near_phrase(at, 10, ["dây", "nóng"]));
    // tổng đài bảo vệ trẻ em 111 hoạt động, but not 111 cuộc gọi
    let called = centre && !matches!(reader.lexed.word(end), "cuộc" | "trường" | "vụ")
        || (led || line || app) && !measured && !counts;
    // Bệnh viện Nhân dân 115
    let hospital = reader.lexed.text(at) == "115"
        && (reader.follows(at, &["bệnh", "viện"]) || reader.follows(at, &["viện", "nhân", "dân"]))
        && !measured
        && !sets::COUNTED_WHOLE.has(reader.lexed.word(end));
    let joined = reader.lexed.symbol(end) == Some(',') || reader.lexed.word(end) == "và";
    let first = joined
        && sets::EMERGENCY_NUMBERS.has(reader.lexed.text(end + 1))
        && (at == 0 || reader.near_before(at, 2, &sets::EMERGENCY_LEADS));
    hospital || needed && !measured || named || sent || called || listed || first
}

/// Whether a number of a service follows another, joined to it, and nothing is counted by it: gọi 156 hoặc 5656.
fn is_second(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let joined = sets::JOINS.has(reader.lexed.before(at, 1));
    let called = reader.last_tokens(2).any(|token| {
        let service =
            |word: &Word| word.class == "phone" && reader.source_of(word.source).len() < 5;
        matches!(token, Token::Word(word) if service(word))
    });
    joined && called && !reader.counts_next(end)
}

/// 156/5656: two numbers of services with a stroke between them, behind what leads to one.
fn two_services(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let first = lexed.digits(at).filter(|first| first.len() == 3 && first.starts_with('1'))?;
    let second = lexed.glued_digits(at + 2).filter(|second| second.len() == 4)?;
    let led = reader.near_before(at, 4, &sets::PHONE_LEADS)
        || PHRASES.iter().any(|&phrase| reader.near_phrase(at, 4, phrase));
    let free = lexed.glued_symbol(at + 1) == Some('/') && !lexed.goes_on(at + 3);
    let counts = reader.counts_next(at + 3) && !sets::CALL_VERBS.has(reader.lexed.word(at + 3));
    if !free || !led || counts {
        return None;
    }
    reader.verbalize(at, at + 1, "phone", Likely, |out| number::one_by_one(first, out));
    reader.mark(at + 1, at + 2, Mark::Comma);
    reader.verbalize(at + 2, at + 3, "phone", Likely, |out| number::one_by_one(second, out));
    Some(at + 3)
}

/// (84-24) 3832 5541, (84.28) 38.222.333: the code of the country and that of the area in brackets.
fn of_country(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let plus = usize::from(lexed.symbol(at + 1) == Some('+'));
    let country = at + 1 + plus;
    let shape = lexed.symbol(at) == Some('(')
        && lexed.glued_digits(country) == Some("84")
        && matches!(lexed.symbol(country + 1), Some('-' | '.' | '–'))
        && lexed.digits(country + 2).is_some_and(|area| area.len() <= 4)
        && lexed.glued_symbol(country + 3) == Some(')');
    let (mut end, mut total) = (country + 4, 0);
    while shape && total < 7 {
        let (next, digits) = if end == country + 4 {
            (end + 1, lexed.digits(end)?)
        } else {
            next_group(reader, end)?
        };
        total += digits.len();
        end = next;
    }
    if !(7..=9).contains(&total) || lexed.goes_on(end) {
        return None;
    }
    let written = lexed.source(country, end);
    reader.verbalize(at, end, "phone", Likely, |out| {
        if plus > 0 {
            out.push("cộng");
        }
        number::one_by_one(written, out);
    });
    Some(end)
}

/// *101#, *100*2#: what is dialled to ask an operator for something.
fn service_code(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = |at: usize| matches!(reader.lexed.symbol(at), Some('*' | '#'));
    (reader.lexed.symbol(at) == Some('*')).then_some(())?;
    let mut end = at + 1;
    while end < at + LONGEST_SERVICE
        && reader.lexed.is_glued(end)
        && (sign(end) || reader.lexed.digits(end).is_some())
    {
        end += 1;
    }
    (end > at + 2 && reader.lexed.symbol(end - 1) == Some('#')).then_some(())?;
    let written = reader.lexed.source(at, end);
    reader.verbalize(at, end, "phone", Likely, |out| {
        for piece in written.split_inclusive(['*', '#']) {
            number::one_by_one(piece, out);
            match piece.chars().last() {
                Some('*') => out.push("sao"),
                Some('#') => out.push("thăng"),
                _ => {}
            }
        }
    });
    Some(end)
}

/// Whether nothing that could be counted is at `at`.
fn ends_clause(reader: &Reader<'_>, at: usize) -> bool {
    match reader.lexed.symbol(at) {
        Some(sign) => matches!(sign, '.' | ',' | ';' | ')' | '!' | '?'),
        None => reader.lexed.get(at).is_none(),
    }
}

/// 09xxxxxx12, 0908.xxx.217, 20xx: a number some of whose digits are hidden.
fn masked(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if let Some(end) = masked_groups(reader, at) {
        return Some(end);
    }
    reader.lexed.digits(at)?;
    let point = |at: usize| usize::from(reader.lexed.glued_symbol(at) == Some('.'));
    // 024.3943.xxxx
    let second = at + 1 + point(at + 1);
    let grouped = second > at + 1 && reader.lexed.glued_digits(second).is_some();
    let shown = if grouped { second + 1 } else { at + 1 };
    let head = reader.lexed.source(at, shown);
    let hidden = shown + point(shown);
    let mask = reader.lexed.text(hidden);
    if !is_mask(mask) || !reader.lexed.is_glued(hidden) {
        return None;
    }
    let last = hidden + 1 + point(hidden + 1);
    let tail = reader.lexed.glued_digits(last);
    let end = if tail.is_some() { last + 1 } else { hidden + 1 };
    let goes_on = reader.lexed.goes_on(end);
    if goes_on || mask.len() < 3 && tail.is_some() {
        return None; // 20xx is a year left open, 2xx5 a code
    }
    reader.verbalize(at, end, "phone", Likely, |out| {
        number::one_by_one(head, out);
        mask.bytes().for_each(|_| out.push("ích"));
        number::one_by_one(tail.unwrap_or(""), out);
    });
    Some(end)
}

/// 09xx.888.888, 0909 xxx 789, 1900 6xxx: a number in groups some of whose digits are hidden.
fn masked_groups(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    // (028) 3896 xxxx
    let bracket = lexed.symbol(at) == Some('(') && lexed.glued_symbol(at + 2) == Some(')');
    let first = at + usize::from(bracket);
    let service = matches!(lexed.text(at), "1800" | "1900");
    let head =
        lexed.digits(first).filter(|head| head.starts_with('0') && head.len() > 1 || service)?;
    let hides = |i: usize| {
        let letters = lexed.text(i);
        lexed.case(i).is_some() && letters.len() <= LONGEST_MASK && letters.bytes().all(is_hidden)
    };
    let whole = if service { 8..=10 } else { 10..=11 };
    let start = first + 1 + usize::from(bracket);
    let (mut end, mut total, mut hidden) = (start, head.len(), 0);
    while total < *whole.start() {
        let sign = matches!(lexed.glued_symbol(end), Some('.' | '-')) && lexed.is_glued(end + 1);
        let next = end + usize::from(sign);
        // 02 x 1.800.000 đồng: a product
        let times =
            lexed.text(next).len() == 1 && !lexed.is_glued(next) && !lexed.is_glued(next + 1);
        if hides(next) && !times {
            hidden += lexed.text(next).len();
        } else if lexed.digits(next).is_none() {
            break;
        }
        total += lexed.text(next).len();
        end = next + 1;
    }
    if hidden == 0 || !whole.contains(&total) || lexed.goes_on(end) {
        return None;
    }
    let written = lexed.source(at, end);
    reader.verbalize(at, end, "phone", Likely, |out| {
        for sign in written.bytes() {
            if is_hidden(sign) {
                out.push("ích");
            } else if sign.is_ascii_digit() {
                number::one_by_one(&char::from(sign).to_string(), out);
            }
        }
    });
    Some(end)
}

/// (714) 555-0142: a number of North America (North American Numbering Plan).
fn american(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let group = |at: usize, length: usize| lexed.digits(at).filter(|g| g.len() == length);
    let (area, exchange, line) = (group(at + 1, 3)?, group(at + 3, 3)?, group(at + 5, 4)?);
    let shape = lexed.symbol(at) == Some('(')
        && lexed.is_glued(at + 1)
        && lexed.glued_symbol(at + 2) == Some(')')
        && lexed.glued_symbol(at + 4) == Some('-')
        && lexed.is_glued(at + 5);
    // Neither an area nor an exchange begins with 0 or 1.
    let fits = |group: &str| !group.starts_with(['0', '1']);
    if !shape || !fits(area) || !fits(exchange) || lexed.goes_on(at + 6) {
        return None;
    }
    reader.verbalize(at, at + 6, "phone", Likely, |out| {
        [area, exchange, line].into_iter().for_each(|group| number::one_by_one(group, out));
    });
    Some(at + 6)
}

/// Whether letters are in the place of hidden digits.
pub(super) fn is_mask(letters: &str) -> bool {
    (2..=LONGEST_MASK).contains(&letters.len()) && letters.bytes().all(is_hidden)
}

/// Whether a letter is in the place of a digit.
fn is_hidden(letter: u8) -> bool {
    matches!(letter, b'x' | b'X')
}

/// The first digits of numbers: đầu số +84 24.
fn prefix(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    (reader.lexed.symbol(at) == Some('+')).then_some(())?;
    reader.lexed.glued_digits(at + 1).filter(|code| code.len() <= 3)?;
    let area = reader.lexed.digits(at + 2).filter(|area| area.len() <= 3);
    let end = at + 2 + usize::from(area.is_some());
    let goes_on = reader.lexed.digits(end).is_some()
        || reader.lexed.is_glued(end) && reader.lexed.digits(end + 1).is_some();
    // đầu số lạ như +373 (Moldova), +216 (Tunisia)
    let listed = reader
        .last_tokens(12)
        .any(|token| matches!(token, Token::Word(word) if word.class == "phone"));
    if goes_on || !listed && !reader.near_phrase(at, 3, ["đầu", "số"]) {
        return None;
    }
    let written = reader.lexed.source(at, end);
    reader.verbalize(at, end, "phone", Likely, |out| {
        out.push("cộng");
        number::one_by_one(written, out);
    });
    Some(end)
}

/// The group of digits after `at`, separated by a space, a point or a hyphen, and the index after
/// it.
fn next_group<'a>(reader: &Reader<'a>, at: usize) -> Option<(usize, &'a str)> {
    if let Some(digits) = reader.lexed.digits(at) {
        let apart = !reader.lexed.is_glued(at) || reader.lexed.symbol(at - 1) == Some(')');
        return apart.then_some((at + 1, digits));
    }
    reader.lexed.glued_symbol(at).filter(|sign| matches!(sign, '.' | '-'))?;
    reader.lexed.glued_digits(at + 1).map(|digits| (at + 2, digits))
}
