//! Signs that are said by their names, and signs that are passed over.

use super::word_sets as sets;
use unicode_normalization::UnicodeNormalization;

use super::changes;
use super::fraction;
use super::lex::Case;
use super::number;
use super::numeral;
use super::punctuation::headline_mark;
use super::range;
use super::reader::Reader;
use super::verbalization::Verbalization;
use crate::model::message::message;
use crate::model::reading_options::{NumberStyle, Profile};
use crate::model::spoken::Confidence::{Doubtful, Likely, Sure};
use crate::model::spoken::{Mark, Token};

/// Reads any sign: minus and plus before numbers, the signs of the table, and compatibility forms
/// (½, ², Ⅳ, ①) by what they stand for. What is left is passed over with a warning.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = reader.lexed.symbol(at)?;
    if sign == '#' && at == 0 {
        let marks = (0..LONGEST_RUN).take_while(|&i| reader.lexed.symbol(i) == Some('#')).count();
        if !reader.lexed.is_glued(marks) {
            reader.pass(0, marks, "heading"); // # Bản tin
            return Some(marks);
        }
    }
    if let Some(said) = plus_of_kind(reader, at, sign) {
        reader.verbalize_as(at, at + 1, "sign", Likely, said);
        return Some(at + 1);
    }
    if sign == '+' && is_of_name(reader, at) {
        reader.verbalize_as(at, at + 1, "foreign word", Likely, "plus"); // Disney+
        return Some(at + 1);
    }
    let before_digits = reader.lexed.is_glued(at + 1) && reader.lexed.digits(at + 1).is_some();
    if let Some(end) = picture(reader, at)
        .or_else(|| tag(reader, at))
        .or_else(|| arrow(reader, at))
        .or_else(|| raised(reader, at))
        .or_else(|| other_digits(reader, at))
        .or_else(|| square_unit(reader, at))
    {
        return Some(end);
    }
    if sign == '*' && is_between_odds(reader, at) {
        reader.mark(at, at + 1, Mark::Comma);
        if reader.lexed.glued_symbol(at + 1) != Some('-') {
            return Some(at + 1);
        }
        reader.verbalize_as(at + 1, at + 2, "minus", Likely, "âm");
        return Some(at + 2);
    }
    if let Some(end) = stars(reader, at).or_else(|| joined(reader, at, sign)) {
        return Some(end);
    }
    let plus_or_minus = sign == '+'
        && reader.lexed.glued_symbol(at + 1) == Some('/')
        && matches!(reader.lexed.glued_symbol(at + 2), Some('-' | '–' | '−'));
    if plus_or_minus {
        reader.verbalize_as(at, at + 3, "sign", Likely, "cộng trừ"); // biên độ +/-5%
        return Some(at + 3);
    }
    let rate = sign == '@' // 4K@60fps
        && reader.lexed.glued_digits(at + 1).is_some()
        && reader.lexed.word(at + 2) == "fps";
    if rate {
        reader.mark(at, at + 1, Mark::Comma);
        return Some(at + 1);
    }
    if sign == '©' && reader.lexed.word(at + 1) == "bản" {
        reader.pass(at, at + 1, "sign"); // © Bản quyền
    } else if matches!(sign, '-' | '–' | '−' | '—') && before_digits {
        let sold = reader.follows(at, &["bán", "ròng"]); // bán ròng -874,5 tỷ đồng
        let said = sold || sets::FALLS.has(reader.lexed.before(at, 1));
        if said || is_slipped_hyphen(reader, at) {
            reader.pass(at, at + 1, "minus"); // said already: âm -5 độ, giảm -6,48%
        } else {
            let said = match () {
                () if is_weight_class(reader, at) => "dưới",
                () if is_change(reader, at) => "giảm",
                () => "âm",
            };
            reader.verbalize_as(at, at + 1, "minus", Likely, said);
        }
    } else if sign == '+' && is_weight_class(reader, at) && reader.near_before(at, 3, &["hạng"]) {
        reader.verbalize_as(at, at + 1, "sign", Likely, "trên"); // hạng +87kg
    } else if sign == '+' && is_change(reader, at) {
        reader.verbalize_as(at, at + 1, "sign", Likely, "tăng");
    } else if sign == '*' && is_mark(reader, at) {
        reader.verbalize_as(at, at + 1, "sign", Likely, "sao"); // A* of an examination
    } else if matches!(sign, '*' | '★' | '☆') && follows_digits(reader, at) {
        reader.verbalize_as(at, at + 1, "sign", Likely, "sao"); // a hotel of 5*
    } else if sign == '|' && at > 0 && !matches!(reader.last_token(), Some(Token::Mark(..))) {
        reader.mark(at, at + 1, Mark::Comma); // two that are side by side
    } else if sign == '>' && at == 0 && heads_line(reader) {
        reader.pass(at, at + 1, "bullet"); // > Bạn đọc có ý kiến gì?
    } else if sign == '>' && is_between_menus(reader, at) {
        reader.mark(at, at + 1, Mark::Comma);
    } else if matches!(sign, '<' | '>') && bounds_a_count(reader, at) {
        reader.verbalize_as(at, at + 1, "sign", Likely, if sign == '<' { "dưới" } else { "trên" });
    } else if sign == '>' && reader.lexed.glued_symbol(at + 1) == Some('>') {
        let end = at + 2 + usize::from(reader.lexed.glued_symbol(at + 2) == Some('>'));
        return Some(headline_mark(reader, at, end)); // >> Xem thêm
    } else if is_note_mark(reader, at, sign) {
        reader.pass(at, at + 1, "footnote");
    } else if let Some(said) = reader.tables.symbol(sign) {
        if said.is_empty() {
            reader.pass(at, at + 1, "sign");
        } else {
            reader.verbalize_listed(at, at + 1, "sign", Sure, said);
        }
    } else if let Some(said) = compatible(sign, reader.options.style) {
        let mixed = at > 0
            && reader.lexed.digits(at - 1).is_some()
            && said.contains(" phần ")
            && reader.last_word().is_some_and(|word| word.class == "cardinal");
        // thương binh ¾: a grade, and no part
        let said = match () {
            () if mixed => format!("và {said}"),
            () if reader.follows_grade(at) => {
                said.replace(" phần tư", " trên bốn").replace(" phần ", " trên ")
            }
            () => said,
        };
        reader.verbalize_as(at, at + 1, "sign", Likely, &said);
    } else if is_invisible(sign) {
        reader.pass(at, at + 1, "sign");
    } else if sign.is_numeric() {
        reader.warn(at, at + 1, message!("the digit {sign} is of a script that is not read", sign));
        reader.verbalize_as(at, at + 1, "sign", Doubtful, "chữ số lạ");
    } else {
        reader.warn(at, at + 1, message!("the sign {sign} has no reading and is not read", sign));
        reader.pass(at, at + 1, "sign");
    }
    Some(at + 1)
}

/// A rating in stars: ★★★★☆.
fn stars(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let run = |from: usize, star: char| {
        (from..from + LONGEST_RUN)
            .take_while(|&i| {
                reader.lexed.symbol(i) == Some(star) && (i == from || reader.lexed.is_glued(i))
            })
            .count()
    };
    let full = run(at, '★');
    let empty = run(at + full, '☆');
    // ★★★ alone, or at the head of a line, parts sections or marks an item.
    let parts = at == 0 && empty == 0;
    if full == 0 || full + empty < 2 || parts || follows_digits(reader, at) {
        return None;
    }
    let end = at + full + empty;
    reader.verbalize(at, end, "rating", Likely, |out| {
        number::cardinal(&full.to_string(), out);
        if empty > 0 {
            out.push("trên");
            number::cardinal(&(full + empty).to_string(), out);
        }
        out.push("sao");
    });
    Some(end)
}

/// Signs of which two make one, and signs between two numbers: >=, <=, !=, 20*30cm, 80*C, 16 + 17/8, 2021_2026.
fn joined(reader: &mut Reader<'_>, at: usize, sign: char) -> Option<usize> {
    let lexed = &reader.lexed;
    let equals = lexed.glued_symbol(at + 1) == Some('=');
    let numbers = follows_digits(reader, at) && lexed.digits(at + 1).is_some();
    let glued = lexed.is_glued(at) && lexed.is_glued(at + 1);
    let short = |i: usize| lexed.digits(i).is_some_and(|digits| digits.len() <= 2);
    let days = || {
        short(at - 1) && short(at + 1) && lexed.glued_symbol(at + 2) == Some('/') && short(at + 3)
    };
    let year = |i: usize| range::year(reader, i).is_some();
    let (end, said) = match sign {
        '>' if equals => (at + 2, "lớn hơn hoặc bằng"),
        '<' if equals => (at + 2, "nhỏ hơn hoặc bằng"),
        '!' if equals && !lexed.is_glued(at) => (at + 2, "khác"),
        '*' if numbers && glued && is_product(reader, at) => (at + 1, "nhân"),
        '*' if follows_digits(reader, at)
            && glued
            && lexed.text(at + 1) == "C"
            && !reader.near_before(at, 4, &["mã", "lỗi"]) =>
        {
            (at + 1, "độ")
        }
        '+' if numbers && days() && tells_days(reader, at) => (at + 1, "và"),
        '#' if lexed.digits(at + 1).is_some() && sets::SCALES.has(lexed.word(at + 2)) => {
            (at + 1, "khoảng") // # 500 tỷ
        }
        '_' if glued && numbers && year(at - 1) && year(at + 1) => (at + 1, "đến"),
        _ => return None,
    };
    reader.verbalize_as(at, end, "sign", Likely, said);
    Some(end)
}

/// Whether the numbers around a plus are days of one month, the first before the second, as a word of days or a date before
/// them tells: các ngày 16 + 17/8.
fn tells_days(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 6;
    let number = |i: usize| reader.lexed.digits(i).and_then(|d| d.parse::<u8>().ok()).unwrap_or(0);
    let fits = number(at - 1) < number(at + 1) && (1..=12).contains(&number(at + 3));
    let dated = reader
        .last_tokens(REACH)
        .any(|token| matches!(token, Token::Word(word) if word.class == "date"));
    fits && (dated || reader.near_before(at, REACH, &sets::DAY_NAMES))
}

/// Whether a star is between two sides of a thing, the second with its unit: 20*30cm. Numbers that are dialled or partly
/// kept back have stars too.
fn is_product(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let side = |i: usize| lexed.digits(i).is_some_and(|d| d.len() <= 3 && !d.starts_with('0'));
    side(at - 1) && side(at + 1) && reader.tables.unit(lexed.rest(at + 2)).is_some()
}

/// Emoji and what joins them, a run at a time: heard as nothing, for they colour what is said
/// beside them. `<3` is a heart.
fn picture(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let heart = lexed.symbol(at) == Some('<')
        && lexed.glued_digits(at + 1) == Some("3")
        && (!lexed.is_glued(at + 2) || ends_heart(reader, at + 2))
        && !reader.counts_next(at + 2)
        && reader.tables.unit(lexed.rest(at + 2)).is_none()
        && at.checked_sub(1).is_some_and(|before| lexed.case(before).is_some());
    if heart {
        reader.pass(at, at + 2, "emoji");
        return Some(at + 2);
    }
    lexed.symbol(at).filter(|&sign| is_picture(sign))?;
    let mut end = at + 1;
    let joins = |sign: char| is_picture(sign) || is_invisible(sign) || sign == '\u{20e3}';
    while end < at + LONGEST_RUN && lexed.symbol(end).is_some_and(joins) {
        end += 1;
    }
    reader.pass(at, end, "emoji");
    Some(end)
}

/// Whether a sign that touches a heart ends it, and does not go on with a number: <3,9 mmol, <3%.
fn ends_heart(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let mark = matches!(lexed.symbol(at), Some('.' | ',' | '!' | '?' | ')' | '"' | '”' | '<'));
    mark && lexed.glued_digits(at + 1).is_none()
}

/// More signs than this are read as several runs.
const LONGEST_RUN: usize = 64;

/// Whether a sign is an emoji (Unicode Standard 16.0: Miscellaneous Symbols, Dingbats, the blocks
/// of pictographs, regional indicators), but none that the table of signs knows.
fn is_picture(sign: char) -> bool {
    matches!(sign, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{26ff}' | '\u{2700}'..='\u{2775}'
        | '\u{2795}'..='\u{27bf}' | '\u{2b05}'..='\u{2b55}' | '\u{231a}'..='\u{231b}'
        | '\u{23e9}'..='\u{23fa}' | '\u{200d}')
        && !matches!(sign, '★' | '☆' | '✓' | '✔' | '➔'..='➾' | '\u{1f100}'..='\u{1f1e5}')
        && !sign.is_alphanumeric()
}

/// A tag of a page that was left in the text: `<b>`, `</p>`, `<br/>`.
fn tag(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    (lexed.symbol(at) == Some('<')).then_some(())?;
    let name = at + 1 + usize::from(lexed.glued_symbol(at + 1) == Some('/'));
    let named = lexed.is_glued(name)
        && lexed.case(name) == Some(super::lex::Case::Lower)
        && lexed.text(name).is_ascii()
        && lexed.text(name).len() <= 10;
    named.then_some(())?;
    let after = name + 1 + usize::from(lexed.glued_digits(name + 1).is_some());
    let close = after + usize::from(lexed.glued_symbol(after) == Some('/'));
    (lexed.glued_symbol(close) == Some('>')).then_some(())?;
    reader.pass(at, close + 1, "tag");
    Some(close + 1)
}

/// An arrow made of signs: at the start of a text a bullet, elsewhere `đến`.
fn arrow(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    matches!(lexed.symbol(at), Some('=' | '-' | '–' | '→' | '⇒' | '➔' | '➜' | '➡')).then_some(())?;
    let mut end = at + 1;
    while end < at + LONGEST_RUN && matches!(lexed.glued_symbol(end), Some('=' | '-')) {
        end += 1;
    }
    if end == at + 1 && matches!(lexed.symbol(at), Some('→' | '⇒' | '➔' | '➜' | '➡')) {
        end = at;
    } else if lexed.glued_symbol(end) != Some('>') {
        return None;
    }
    let opens = at == 0
        || matches!(
            reader.last_token(),
            Some(crate::model::spoken::Token::Mark(crate::model::spoken::Mark::Period, _))
        );
    // Sốt → hạ sốt → theo dõi: what comes next, not where something leads
    let step = end == at
        && lexed.case(end + 1) == Some(Case::Lower)
        && lexed.is_syllable(end + 1)
        && lexed.digits(at.wrapping_sub(1)).is_none();
    // sóng 2-4m → Biển động: what follows from a measure
    let concludes = end == at
        && lexed.case(at + 1) == Some(Case::Capital)
        && reader.last_word().is_some_and(|word| word.class == "unit");
    let answer =
        end == at && matches!(lexed.symbol(at.wrapping_sub(1)), Some('?' | '"' | '”' | '.' | ')'));
    if opens {
        reader.pass(at, end + 1, "bullet");
    } else if step || answer || concludes {
        reader.mark(at, end + 1, Mark::Comma);
    } else {
        reader.verbalize_as(at, end + 1, "arrow", Likely, "đến");
    }
    Some(end + 1)
}

/// A power in raised digits: 10⁻³, x⁴. A lone square or cube has its own name.
fn raised(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let follows = lexed.is_glued(at)
        && at > 0
        && (lexed.digits(at - 1).is_some() || lexed.text(at - 1).chars().count() == 1)
        && lexed.symbol(at - 1).is_none_or(|sign| sign == ')');
    let mut digits = String::new();
    let mut minus = false;
    let mut end = at;
    while end < at + LONGEST_RUN && (end == at || lexed.is_glued(end)) {
        match lexed.symbol(end) {
            Some('⁻') if end == at => minus = true,
            Some('⁺') if end == at => {}
            Some(sign) => match number::raised_digit(sign) {
                Some(digit) => digits.push(digit),
                None => break,
            },
            None => break,
        }
        end += 1;
    }
    let lone = !minus && matches!(digits.as_str(), "2" | "3");
    if !follows || digits.is_empty() || lone {
        return None;
    }
    reader.verbalize(at, end, "power", Likely, |out| {
        out.push(if minus { "mũ trừ" } else { "mũ" });
        number::cardinal(&digits, out);
    });
    Some(end)
}

/// A number in full-width digits or those of another script.
fn other_digits(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let mut digits = String::new();
    let mut end = at;
    while end < at + LONGEST_RUN && (end == at || reader.lexed.is_glued(end)) {
        let Some(digit) = reader.lexed.symbol(end).and_then(other_digit) else { break };
        digits.push(digit);
        end += 1;
    }
    (!digits.is_empty()).then_some(())?;
    reader.verbalize(at, end, "cardinal", Likely, |out| {
        if digits.len() > 15 || digits.len() > 1 && digits.starts_with('0') {
            number::one_by_one(&digits, out);
        } else {
            number::cardinal(&digits, out);
        }
    });
    Some(end)
}

/// The value of a digit that is not ASCII (Unicode Standard 16.0: characters of general category
/// Nd in the scripts of Vietnam's neighbours).
fn other_digit(sign: char) -> Option<char> {
    const ZEROS: [char; 9] = ['０', '٠', '۰', '०', '๐', '໐', '០', '၀', '᠐'];
    let code = u32::from(sign);
    let zero = ZEROS
        .iter()
        .map(|&zero| u32::from(zero))
        .find(|zero| (*zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// A unit in one character: ㎞, ℃, ㎡.
fn square_unit(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = reader.lexed.symbol(at).filter(|sign| matches!(sign, '㌀'..='㏿' | '℉' | '℃'))?;
    let plain: String = [sign].into_iter().nfkc().collect();
    let unit = reader.tables.unit(&plain).filter(|unit| unit.symbol == plain)?;
    reader.verbalize_listed(at, at + 1, "unit", Likely, unit.spoken);
    Some(at + 1)
}

/// Whether a star is between the odds of two who play, where a bet is offered: kèo 0.92*-0.98.
fn is_between_odds(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 24;
    let lexed = &reader.lexed;
    let minus = usize::from(lexed.glued_symbol(at + 1) == Some('-'));
    at > 2
        && lexed.is_glued(at)
        && lexed.digits(at - 1).is_some()
        && lexed.glued_symbol(at - 2) == Some('.')
        && lexed.glued_digits(at + 1 + minus).is_some()
        && fraction::is_offered(reader, at, REACH)
}

/// What a plus is behind the Roman number of a generation or the marker of a cell: thế hệ III+, tế bào CD4+.
fn plus_of_kind(reader: &Reader<'_>, at: usize, sign: char) -> Option<&'static str> {
    let lexed = &reader.lexed;
    let ends = sign == '+'
        && at > 0
        && lexed.is_glued(at)
        && !lexed.goes_on(at + 1)
        && !(lexed.glued_symbol(at + 1).is_some() && lexed.is_glued(at + 2));
    ends.then_some(())?;
    if reader.last_word().is_some_and(|word| word.class == "roman") {
        return Some("cộng");
    }
    let marker = lexed.glued_digits(at - 1).is_some() && lexed.before(at, 2) == "cd";
    marker.then_some("dương")
}

/// Whether a plus is the end of a name: it touches a foreign word, and nothing touches it but a mark.
fn is_of_name(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let word = at.checked_sub(1).is_some_and(|word| {
        lexed.case(word).is_some_and(|case| case != super::lex::Case::Lower)
            && lexed.text(word).chars().nth(1).is_some()
            && !reader.is_vietnamese(word)
    });
    // S22+: a code of letters and digits; not C16+, an age
    let code = at > 1
        && lexed.glued_digits(at - 1).is_some_and(|digits| !matches!(digits, "13" | "16" | "18"))
        && lexed.case(at - 2) == Some(super::lex::Case::Upper)
        && lexed.text(at - 2).is_ascii();
    let ends = !lexed.is_glued(at + 1)
        || lexed
            .symbol(at + 1)
            .is_some_and(|s| matches!(s, '.' | ',' | ')' | ';' | ':' | '"' | '”' | '?' | '!'));
    let money = reader.last_word().is_some_and(|word| word.class == "unit"); // 1 triệu USD+
    lexed.is_glued(at) && (word || code) && ends && !money
}

/// Whether a dash is the hyphen of a name and its number, with a space too many before it: Covid -19. What is
/// measured, and what is in a row of numbers, has a minus.
fn is_slipped_hyphen(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let name = at.checked_sub(1).is_some_and(|name| {
        lexed.case(name).is_some_and(|case| case != super::lex::Case::Lower)
            && !reader.is_vietnamese(name)
            && lexed.text(name).chars().nth(1).is_some()
    });
    let number = lexed.digits(at + 1).is_some_and(|digits| digits.len() <= 3);
    let after = at + 2;
    let measured = lexed.is_glued(after) && lexed.goes_on(after)
        || lexed
            .symbol(after)
            .is_some_and(|sign| !matches!(sign, '.' | ',' | ')' | '?' | '!' | ';'))
        || lexed.digits(after).is_some()
        || sets::MEASURED_BELOW_ZERO.has(lexed.word(after))
        || reader.tables.unit(lexed.rest(after)).is_some()
        || lexed.glued_symbol(after).is_some() && lexed.glued_digits(after + 1).is_some();
    name && number && !measured
}

fn follows_digits(reader: &Reader<'_>, at: usize) -> bool {
    at > 0 && reader.lexed.digits(at - 1).is_some()
}

/// Whether a sign of comparison bounds what is counted rather than compares what was named by a
/// letter or number: trẻ < 5 tuổi, có nơi >300mm.
fn bounds_a_count(reader: &Reader<'_>, at: usize) -> bool {
    let number = reader.lexed.digits(at + 1).is_some();
    let word_before = at.checked_sub(1).is_none_or(|before| {
        reader.lexed.word(before).chars().count() > 1 && reader.is_vietnamese(before)
            || matches!(reader.lexed.symbol(before), Some(',' | ';' | '(' | ':'))
    });
    number && word_before
}

/// Whether a sign is between two names with white space around it, as those of menus of a program are told:
/// Settings > General.
fn is_between_menus(reader: &Reader<'_>, at: usize) -> bool {
    let name = |i: usize| {
        reader.lexed.case(i).is_some_and(|case| case != super::lex::Case::Lower)
            && reader.lexed.text(i).chars().nth(1).is_some()
    };
    let word = |i: usize| reader.lexed.case(i).is_some();
    let free = !reader.lexed.is_glued(at) && !reader.lexed.is_glued(at + 1);
    // Cài đặt > Cài đặt chung: what is after it begins a name
    free && at.checked_sub(1).is_some_and(word) && name(at + 1)
}

/// A raised digit that touches a word in letters points to a note: theo báo cáo¹. After a single
/// letter it is a power (x²).
fn is_note_mark(reader: &Reader<'_>, at: usize, sign: char) -> bool {
    matches!(sign, '¹' | '²' | '³' | '⁴'..='⁹')
        && reader.lexed.is_glued(at)
        && at > 0
        && reader.lexed.word(at - 1).chars().count() > 1
        && (reader.is_vietnamese(at - 1) || number::roman(reader.lexed.text(at - 1)).is_some())
}

/// What a compatibility character stands for: powers, fractions, Roman numerals, digits in
/// circles and full-width forms (Unicode Standard Annex 15, compatibility decomposition).
fn compatible(sign: char, style: NumberStyle) -> Option<String> {
    match sign {
        '²' => return Some("bình phương".to_owned()),
        '³' => return Some("lập phương".to_owned()),
        _ => {}
    }
    let plain: String = [sign].into_iter().nfkc().collect();
    let mut out = Verbalization::new(style);
    if let Some((above, below)) = plain.split_once('⁄') {
        let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(above) || !all_digits(below) {
            return None;
        }
        number::cardinal(above, &mut out);
        out.push("phần");
        number::ordinal_of_parts(below, &mut out);
    } else if let Some(value) = number::roman(&plain.to_uppercase()) {
        number::cardinal(&value.to_string(), &mut out);
    } else {
        let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return None;
        }
        number::cardinal(&digits, &mut out);
    }
    Some(out.into_string())
}

/// Whether the minus at `at` is that of a class of fighters or lifters: judo -48kg, hạng -66 kg.
fn is_weight_class(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.text(at + 2) == "kg"
        && reader.lexed.digits(at + 1).is_some()
        && reader.near_before(at, 10, &sets::SPORTS_OF_WEIGHT)
}

/// Whether a sign and a number alone in brackets say how much a price or an amount has changed: 21.320
/// đồng/lít (-1.040 đồng), 1.250 điểm (+0,8%).
fn is_change(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    // 5.600 đồng/kg (-100)
    let priced = |at: usize| {
        at > 3
            && (lexed.symbol(at - 3) == Some('/') || lexed.word(at - 2) == "đồng")
            && reader.near_before(at - 1, 3, &sets::MONEY_WORDS)
    };
    let alone = || {
        let end = numeral::parse(lexed, at + 1)?.end;
        let counted = sets::MONEY_WORDS.has(lexed.word(end)) || lexed.word(end) == "điểm";
        let after = end + usize::from(counted || lexed.glued_symbol(end) == Some('%'));
        let closes = lexed.symbol(after) == Some(')') && (after > end || priced(at));
        closes.then_some(())
    };
    let opened = at > 1 && lexed.symbol(at - 1) == Some('(') && lexed.is_glued(at);
    // 5% (-2%): what changed is a number, or it is named.
    let of_number = opened
        && (at - 2..at.saturating_sub(1)).chain([at.saturating_sub(3)]).any(|i| {
            lexed.digits(i).is_some() || lexed.symbol(i) == Some('%') || lexed.case(i).is_some()
        });
    // A row of a table has signs before its brackets too: -100 (-1,1%).
    let signed = reader.last_tokens(8).any(|token| match token {
        Token::Word(word) => matches!(reader.said(word), "âm" | "cộng"),
        _ => false,
    });
    // 412.000 tấn, +41% so với cùng kỳ; Nasdaq -0,2%
    let share = !lexed.is_glued(at) || at == 0 || lexed.symbol(at - 1) == Some('(');
    if share && of_share(reader, at) || changes::is_in_bracket(reader, at) {
        return true;
    }
    // VN-Index +12,5 điểm, lãi +15,3% so với cùng kỳ, VN-Index -1,00 điểm
    let of_index = || !lexed.is_glued(at) && changes::is_of_index(reader, at);
    !signed && (of_index() || of_number && alone().is_some() || changes::is_listed(reader, at))
}

/// Whether a line of words is behind the sign that opens it: > Bạn đọc có ý kiến gì?, but not > ULN or > trung bình.
fn heads_line(reader: &Reader<'_>) -> bool {
    let lexed = &reader.lexed;
    lexed.case(1) == Some(Case::Capital) && lexed.case(2).is_some()
}

/// Whether a star is behind a single capital, as in a mark of an examination, and closes no stressed words.
fn is_mark(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    lexed.is_glued(at)
        && at > 0
        && lexed.case(at - 1) == Some(Case::Upper)
        && lexed.text(at - 1).len() == 1
        && !lexed.is_glued(at - 1)
        && !lexed.goes_on(at + 1)
        && reader.near_before(at - 1, 12, &sets::MARK_LEADS)
}

/// Whether a sign and a per cent are compared with what was, or are told in an article about finance.
fn of_share(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let Some(number) = numeral::parse(lexed, at + 1) else { return false };
    let end = number.end + 1;
    let compared = sets::COMPARED.has(lexed.word(end))
        || lexed.word(end) == "so" && lexed.word(end + 1) == "với";
    lexed.symbol(number.end) == Some('%')
        && (compared || reader.options.profile == Profile::Finance)
}

/// Marks without a shape of their own: joiners, direction marks, variation selectors.
fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || sign.is_control()
}
