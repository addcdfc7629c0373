//! Stops behind single capitals: of the initials of a name (J. K. Rowling, chị T. khai), or the end of a sentence (tòa A. Sau đó).

use super::initials;
use super::lex::Case;
use super::reader::Reader;
use super::word_sets as sets;

/// Whether a letter is the end of a name of capitals with a hyphen: USB-C.
fn ends_code(reader: &Reader<'_>, letter: usize) -> bool {
    letter > 1
        && reader.lexed.is_glued(letter)
        && reader.lexed.glued_symbol(letter - 1) == Some('-')
        && reader.lexed.case(letter - 2) == Some(Case::Upper)
        && reader.lexed.text(letter - 2).len() > 1
}

/// Whether a word behind initials belongs to the foreign name before them, though it may be a syllable of
/// Vietnamese: Harvard T.H. Chan, but not Harvard T.H. Theo đó.
fn goes_on_with_name(reader: &Reader<'_>, letter: usize) -> bool {
    const MOST: usize = 3;
    let lexed = &reader.lexed;
    let joined = |i: usize| {
        i > 1
            && lexed.is_glued(i)
            && lexed.glued_symbol(i - 1) == Some('.')
            && lexed.case(i - 2) == Some(Case::Upper)
            && lexed.text(i - 2).len() == 1
    };
    let more = (0..MOST).take_while(|&n| letter > 2 * n && joined(letter - 2 * n)).count();
    let Some(name) = (letter - 2 * more).checked_sub(1) else { return false };
    let next = letter + 2;
    lexed.case(name) == Some(Case::Capital)
        && !reader.is_vietnamese(name)
        && lexed.case(next) == Some(Case::Capital)
        && lexed.text(next).is_ascii()
        && !sets::SENTENCE_BEGINNINGS.has(lexed.word(next))
}

/// Whether two initials are the name of a company that goes on with a name of two syllables: Công ty Chăn nuôi C.P. Việt
/// Nam, but not tập đoàn C.P. Lãnh đạo tỉnh.
fn goes_on_with_company(reader: &Reader<'_>, letter: usize) -> bool {
    const REACH: usize = 5;
    let lexed = &reader.lexed;
    let Some(first) = letter.checked_sub(2) else { return false };
    let capital = |i: usize| lexed.case(i) == Some(Case::Capital) && !lexed.is_glued(i);
    lexed.is_glued(letter)
        && lexed.symbol(letter - 1) == Some('.')
        && lexed.case(first) == Some(Case::Upper)
        && lexed.text(first).chars().nth(1).is_none()
        && capital(letter + 2)
        && capital(letter + 3)
        && !sets::FAMILIES.has(lexed.word(letter + 2))
        && !sets::PERSONS.has(lexed.before(first, 1))
        && !initials::opens_sentence(reader, letter + 2, false)
        && reader.near_before(first, REACH, &["ty", "đoàn", "hãng"])
}

/// The stop of J. K. Rowling: after a single capital, before a word that is not a Vietnamese syllable,
/// before another initial, or before a word in lower case.
pub(super) fn is_initial(reader: &Reader<'_>, at: usize) -> bool {
    let Some(letter) = at.checked_sub(1) else { return false };
    let single = |at: usize| {
        reader.lexed.case(at) == Some(Case::Upper)
            && reader.lexed.text(at).chars().count() == 1
            && !(at > 0 && reader.lexed.is_glued(at) && reader.lexed.digits(at - 1).is_some()) // khu 2B
            && !ends_code(reader, at)
    };
    if initials::ends_credit(reader, at) {
        return false; // Ảnh: P.V. Single mới…
    }
    let numbered = letter > 0 && sets::ROMAN_LEADS.has(reader.lexed.before(letter, 1));
    if numbered && reader.last_word().is_some_and(|word| word.class == "roman") {
        return false; // trong quý I. EPS đạt…
    }
    if single(letter) && initials::signs_apart(reader, letter) {
        return true; // …mất mùa. T. Tuyền
    }
    // Ng.T.Lan, C.Tuệ, H.GIANG
    let in_capitals = reader.lexed.case(at + 1) == Some(Case::Upper) && !single(at + 1);
    if single(letter)
        && reader.lexed.is_glued(at + 1)
        && (reader.lexed.case(at + 1) == Some(Case::Capital) || in_capitals)
    {
        return true;
    }
    // Nguyễn Văn A. (36 tuổi): a name kept back goes on.
    if single(letter) && matches!(reader.lexed.symbol(at + 1), Some('(' | ',' | ';')) {
        return true;
    }
    // (em dâu bà Đào Thị T.) giới thiệu, (con chị H.), bé trai
    let closes = matches!(reader.lexed.glued_symbol(at + 1), Some(')' | ']'))
        && (reader.lexed.case(at + 2) == Some(Case::Lower)
            || matches!(reader.lexed.glued_symbol(at + 2), Some(',' | ';')));
    if single(letter) && closes {
        return true;
    }
    // bị cáo Nguyễn Thị H. 12 năm tù, bị cáo L. 7 - 8 năm, chị T. 200.000 đồng
    let number = number_end(reader, at + 1);
    let counted = sets::TIMES_OF_PERSONS.has(reader.lexed.word(number))
        || sets::PERSONS.has(reader.lexed.before(letter, 1))
            && (sets::MONEY_WORDS.has(reader.lexed.word(number))
                || sets::SCALES.has(reader.lexed.word(number)));
    let names_thing = sets::LETTERED_THINGS.has(reader.lexed.before(letter, 1))
        || is_of_degrees(reader, letter)
        || initials::is_network(reader, letter);
    if single(letter)
        && letter > 0
        && !names_thing
        && !reader.lexed.is_glued(at + 1)
        && reader.lexed.digits(at + 1).is_some()
        && counted
    {
        return true;
    }
    // Bà Trần Thị X. - Chủ tịch xã -, Trần Thị X.-UVBTV: who it is follows.
    let dash = matches!(reader.lexed.symbol(at + 1), Some('-' | '–' | '—'));
    let goes_on = reader.lexed.case(at + 2) == Some(Case::Lower);
    if single(letter) && dash && !names_thing && (goes_on || is_person(reader, letter)) {
        return true;
    }
    // Ng. H. Minh, N. K. Thảo
    let apart = !reader.lexed.is_glued(letter);
    let second = letter > 1
        && reader.lexed.glued_symbol(letter - 1) == Some('.')
        && (sets::TWO_LETTER_ONSETS.has(reader.lexed.text(letter - 2))
            || apart && single(letter - 2))
        && (apart || sets::PERSONS.has(reader.lexed.before(letter, 3)))
        && reader.lexed.case(at + 1) == Some(Case::Capital)
        && (reader.lexed.case(at + 2) != Some(Case::Lower)
            || sets::DONE_BY_PERSONS.has(reader.lexed.word(at + 2))) // T. T. Công an: a sentence begins
        && !initials::opens_sentence(reader, at + 1, false);
    if single(letter) && second {
        return true;
    }
    if single(letter) && reader.lexed.case(at + 1) == Some(Case::Lower) {
        return true; // bị can Nguyễn Văn T. khai
    }
    if single(letter) && goes_on_with_name(reader, letter) {
        return true; // Harvard T.H. Chan
    }
    if single(letter) && goes_on_with_company(reader, letter) {
        return true; // Công ty C.P. Việt Nam
    }
    // không bị cấn tay so với Z. Xperia…: the letter names a thing, and the sentence ends.
    // thôn Mã Lầu A. Video: Phong
    let labels = reader.lexed.glued_symbol(at + 2) == Some(':');
    single(letter)
        && !labels
        && (!names_thing || reader.lexed.is_glued(at + 1))
        && matches!(reader.lexed.case(at + 1), Some(Case::Capital | Case::Upper | Case::Mixed))
        && ((single(at + 1) && reader.lexed.symbol(at + 2) == Some('.'))
            || !reader.is_vietnamese(at + 1))
}

/// Whether the letter of a scale of degrees is at `letter`, or that of a litre: 41 độ C, -80°F, 8 mg/L.
fn is_of_degrees(reader: &Reader<'_>, letter: usize) -> bool {
    let lexed = &reader.lexed;
    let scale = matches!(lexed.text(letter), "C" | "F");
    let sign = || letter > 0 && lexed.symbol(letter - 1) == Some('°');
    let word =
        || letter > 1 && lexed.before(letter, 1) == "độ" && lexed.digits(letter - 2).is_some();
    let litre =
        || lexed.text(letter) == "L" && reader.last_word().is_some_and(|word| word.class == "unit");
    scale && (sign() || word()) || litre()
}

/// Whether the letter of a name that is kept back is at `letter`: a person, more of the name or the kind of a
/// place is before it: cô D., Trần Thị D., N.V.D., xã D.
fn is_person(reader: &Reader<'_>, letter: usize) -> bool {
    let Some(before) = letter.checked_sub(1) else { return false };
    let lexed = &reader.lexed;
    let initial = lexed.glued_symbol(before) == Some('.')
        && before > 0
        && lexed.case(before - 1) == Some(Case::Upper)
        && lexed.text(before - 1).chars().nth(1).is_none();
    let word = lexed.word(before);
    let named = lexed.case(before) == Some(Case::Capital) && reader.is_vietnamese(before)
        || lexed.case(before) == Some(Case::Upper) && lexed.text(before).chars().nth(1).is_none();
    initial
        || named
        || sets::PERSONS.has(word)
        || sets::AGED.has(word)
        || sets::DIVISIONS_OF_COUNTRY.has(word)
}

/// The index after a number at `at`, its groups and the end of a range with it: 200.000, 7 - 8.
fn number_end(reader: &Reader<'_>, at: usize) -> usize {
    let lexed = &reader.lexed;
    let mut end = at + 1;
    loop {
        let grouped = matches!(lexed.glued_symbol(end), Some('.' | ','))
            && lexed.glued_digits(end + 1).is_some();
        let range = matches!(lexed.symbol(end), Some('-' | '–')) && lexed.digits(end + 1).is_some();
        if !grouped && !range {
            return end;
        }
        end += 2;
    }
}
