//! Signs that are said by their names, and signs that are passed over.

mod compatibility;
mod picture;

use compatibility::{compatible, is_note_mark, other_digits, raised, square_unit};
use picture::{LONGEST_RUN, is_invisible, picture, tag};

use super::lex::Case;
use super::punctuation::headline_mark;
use super::reader::Reader;
use super::word_sets as sets;
use super::{changes, fraction, number, range, word};
use crate::model::message::message;
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
        word::verbalize_foreign(reader, at, at + 1, "foreign word", Likely, "plus"); // Disney+
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
                () if changes::is_change(reader, at) => "giảm",
                () => "âm",
            };
            reader.verbalize_as(at, at + 1, "minus", Likely, said);
        }
    } else if sign == '+' && is_weight_class(reader, at) && reader.near_before(at, 3, &["hạng"]) {
        reader.verbalize_as(at, at + 1, "sign", Likely, "trên"); // hạng +87kg
    } else if sign == '+' && changes::is_change(reader, at) {
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

/// Whether the minus at `at` is that of a class of fighters or lifters: judo -48kg, hạng -66 kg.
fn is_weight_class(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.text(at + 2) == "kg"
        && reader.lexed.digits(at + 1).is_some()
        && reader.near_before(at, 10, &sets::SPORTS_OF_WEIGHT)
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
