//! Initials: the first letters of a person's name are letters, and stand for nothing else.

use super::english;
use super::lex::Case;
use super::reader::Reader;
use super::tables::Abbreviation;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::text::transliterate;

/// The name of an author has so many words at most.
const LONGEST_NAME: usize = 4;

/// The first letters of a name that is kept back: anh Tr., chị Ng., Nguyễn Văn Th.
pub(super) fn read_two(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let before = lexed.before(at, 1);
    let named = lexed.case(at.wrapping_sub(1)) == Some(Case::Capital);
    let stopped =
        sets::TWO_LETTER_ONSETS.has(lexed.text(at)) && lexed.glued_symbol(at + 1) == Some('.');
    // La Gi: what is a syllable is the end of a name
    let of_name = named && reader.is_vietnamese(at);
    let kept_back =
        lexed.case(at) != Some(Case::Upper) && (named || sets::PERSONS.has(before)) && !of_name;
    // Nh.Thạch, TR.T.
    let of_author = lexed.is_glued(at + 2)
        && matches!(lexed.case(at + 2), Some(Case::Capital | Case::Upper))
        && reader.tables.abbreviations(lexed.text(at)).iter().all(|row| {
            let listed = row.written.contains('.') && lexed.rest(at).starts_with(row.written);
            lexed.text(at + 2).chars().nth(1).is_none() && !listed // Tr.V.T, but not Th.S
        });
    // thấy Th. khả nghi, Đ.H.Th. (sinh năm 2008)
    let small = lexed.case(at) == Some(Case::Capital);
    let after_initial = at > 1
        && lexed.is_glued(at)
        && lexed.symbol(at - 1) == Some('.')
        && lexed.case(at - 2) == Some(Case::Upper)
        && lexed.text(at - 2).chars().nth(1).is_none();
    let goes_on =
        lexed.case(at + 2) == Some(Case::Lower) || lexed.glued_symbol(at + 2) == Some(',');
    let masked = small && at > 0 && !reader.is_vietnamese(at) && (after_initial || goes_on);
    let kept_back = kept_back || masked;
    (stopped && (kept_back || of_author)).then_some(())?;
    let inside = lexed.case(at + 2) == Some(Case::Lower)
        || matches!(lexed.symbol(at + 2), Some('(' | ',' | ';'))
        || lexed.is_glued(at + 2) && lexed.case(at + 2).is_some(); // Ng.T.Lan
    let initial = |i: usize| {
        lexed.case(i) == Some(Case::Upper)
            && lexed.text(i).chars().nth(1).is_none()
            && lexed.glued_symbol(i + 1) == Some('.')
    };
    // Ng. H. Minh
    let before_initial = initial(at + 2) && lexed.case(at + 4) == Some(Case::Capital);
    let family = is_nguyen(reader, at);
    let end = at + 1 + usize::from(inside || before_initial || family);
    let said = match kept_back {
        _ if family => "Nguyễn".to_owned(),
        true => transliterate::spell_letters(lexed.text(at)),
        false => format!("{}ờ", lexed.text(at).to_lowercase()),
    };
    reader.verbalize_as(at, end, "letters", Likely, &said);
    Some(end)
}

/// Whether Ng. is the family Nguyễn, the commonest by far: more of the name than one syllable or letters follows:
/// Ng.Thị V., Ng.V.Khanh, Ng.Mai Hương.
fn is_nguyen(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let name = |i: usize| lexed.case(i) == Some(Case::Capital) && reader.is_vietnamese(i);
    let letter =
        |i: usize| lexed.case(i) == Some(Case::Upper) && lexed.text(i).chars().nth(1).is_none();
    let middle = name(at + 2)
        && matches!(lexed.word(at + 2), "thị" | "văn")
        && (lexed.is_glued(at + 2) || name(at + 3) || letter(at + 3)); // bà Ng. Thị trường tăng
    let initial = letter(at + 2) && lexed.glued_symbol(at + 3) == Some('.') && name(at + 4);
    let syllables = lexed.is_glued(at + 2) && name(at + 2) && (name(at + 3) || letter(at + 3));
    lexed.text(at).eq_ignore_ascii_case("ng") && (middle || initial || syllables)
}

/// Whether the one letter or two at `at` sign an article or a picture: they stand at its end or after
/// Ảnh: and nothing follows but a source (CT (Theo Reuters), P.Hậu).
pub(super) fn is_signature(reader: &Reader<'_>, at: usize) -> bool {
    let Some(end) = signature_end(reader, at) else { return false };
    let lexed = &reader.lexed;
    let source =
        lexed.symbol(end) == Some('(') && sets::SOURCES_IN_BRACKETS.has(lexed.word(end + 1));
    let full_stop = usize::from(lexed.symbol(end) == Some('.'));
    let last = end + full_stop == lexed.len() || source;
    let Some(before) = at.checked_sub(1) else {
        return last && lexed.ends_article();
    };
    let ends_sentence = |i: usize| match lexed.symbol(i) {
        Some('.') => {
            i > 0
                && (matches!(lexed.case(i - 1), Some(Case::Lower | Case::Capital))
                    || matches!(lexed.symbol(i - 1), Some('”' | '"' | ')' | '.')))
        }
        symbol => matches!(symbol, Some('!' | '?' | '…' | '”' | '"')),
    };
    let credit = lexed.symbol(before) == Some(':') && sets::CREDITS.has(lexed.before(before, 1));
    let closed = matches!(lexed.symbol(end), Some(')' | ',' | '-' | '–'));
    let after_name = lexed.ends_article()
        && before <= LONGEST_NAME
        && (0..before).all(|i| lexed.case(i) == Some(Case::Capital)); // Mi Ly (TH)
    let bracket = lexed.symbol(before) == Some('(')
        && lexed.symbol(end) == Some(')')
        && end + 1 == lexed.len()
        && (after_name || before.checked_sub(1).is_none_or(ends_sentence));
    credit && (last || closed) || bracket || last && ends_sentence(before) && !lexed.is_glued(at)
}

/// Whether the stop at `at` is the last of initials behind Ảnh: and the like.
pub(super) fn ends_credit(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let single =
        |i: usize| lexed.case(i) == Some(Case::Upper) && lexed.text(i).chars().count() == 1;
    let mut first = at;
    while first >= 2
        && at - first <= 2 * LONGEST_NAME
        && lexed.glued_symbol(first) == Some('.')
        && single(first - 1)
    {
        first -= 2;
    }
    // `first` is the lexeme before the initials.
    let initials = (at - first) / 2;
    initials > 1
        && !lexed.is_glued(at + 1)
        && lexed.symbol(first) == Some(':')
        && sets::CREDITS.has(lexed.before(first, 1))
}

/// Whether a letter, apart from the name behind its stop, signs the article that ends there: T. Tuyền.
pub(super) fn signs_apart(reader: &Reader<'_>, letter: usize) -> bool {
    let lexed = &reader.lexed;
    let last = letter + 3 == lexed.len()
        && matches!(lexed.case(letter + 2), Some(Case::Capital | Case::Upper));
    let after_sentence = letter.checked_sub(1).is_some_and(|before| {
        matches!(lexed.symbol(before), Some('.' | '!' | '?' | '…' | '”' | '"' | ')'))
    });
    last && after_sentence
}

/// Where initials end: CT, P.Hậu, T.H - N.T.
fn signature_end(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let is_short =
        |i: usize| lexed.case(i) == Some(Case::Upper) && lexed.text(i).chars().count() <= 2;
    let mut end = at;
    loop {
        if !is_short(end) {
            return None;
        }
        let is_pair = lexed.text(end).chars().count() == 2;
        end += 1;
        while lexed.glued_symbol(end) == Some('.')
            && lexed.is_glued(end + 1)
            && matches!(lexed.case(end + 1), Some(Case::Upper | Case::Capital))
        {
            if is_pair && !sets::TWO_LETTER_ONSETS.has(lexed.text(end - 1)) {
                return None; // TP.HCM
            }
            end += 2;
        }
        let goes_on = matches!(lexed.symbol(end), Some('-' | '–' | '&')) && is_short(end + 1);
        if !goes_on {
            return Some(end);
        }
        end += 1;
    }
}

/// Whether a single letter with a stop is an abbreviation. Where its context says so, it may be
/// before anything (anh T. khai); otherwise it is before a number (Q.1) or a place of two syllables
/// (P.Bến Nghé), and no name before it may make it an initial. Before one syllable it is the initial
/// of a person (P.Hậu).
pub(super) fn is_abbreviation(
    reader: &Reader<'_>,
    row: &Abbreviation,
    at: usize,
    end: usize,
) -> bool {
    let lexed = &reader.lexed;
    let conditional = !row.is_usual();
    let initial =
        |i: usize| lexed.case(i) == Some(Case::Upper) && lexed.text(i).chars().count() == 1;
    let after_initial = at > 1
        && lexed.is_glued(at)
        && lexed.symbol(at - 1) == Some('.')
        && (initial(at - 2) || sets::TWO_LETTER_ONSETS.has(lexed.text(at - 2)));
    let before_initial =
        lexed.is_glued(end + 1) && initial(end + 1) && !begins_name(reader, end + 1);
    if after_initial || before_initial && lexed.glued_symbol(end) == Some('.') {
        return false; // chị T.T.H, ảnh: T.H
    }
    if lexed.glued_symbol(end) != Some('.') {
        return false;
    }
    // ở cùng chị T. tại khách sạn: a person is right before, and no name or number of a place behind it.
    let of_place = lexed.case(end + 1).is_some_and(|case| case != Case::Lower)
        || lexed.glued_digits(end + 1).is_some();
    if !of_place && is_person(reader, at) {
        return false;
    }
    if transliterate::spell_letters(row.written) == row.expansion {
        return conditional && lexed.case(end + 1) == Some(Case::Lower);
    }
    if lexed.digits(end + 1).is_some() {
        return conditional || sets::NUMBERED_DIVISIONS.has(row.expansion);
    }
    // Ảnh: H.Giang
    let credit =
        at > 1 && lexed.symbol(at - 1) == Some(':') && sets::CREDITS.has(lexed.before(at - 1, 1));
    if credit || is_signature(reader, at) {
        return false;
    }
    let place = sets::DIVISIONS_OF_COUNTRY.has(row.expansion);
    if place && sets::SEVERAL.has(lexed.before(at, 1)) {
        return true;
    }
    // ở xã X. Người dân kể lại: a place is kept back; nằm ở bảng Q. Ngày mai họ gặp…: a group has that letter.
    let kind_before = sets::DIVISIONS_OF_COUNTRY.has(lexed.before(at, 1));
    let ends = opens_sentence(reader, end + 1, true)
        || kind_before
            && !lexed.is_glued(end + 1)
            && lexed.case(end + 1) == Some(Case::Capital)
            && lexed.case(end + 2) == Some(Case::Lower);
    // đăng trên mạng xã hội X. HLV nói rằng…: the network ends a sentence.
    if place && (ends || is_network(reader, at)) {
        return false;
    }
    let is_name = |i: usize| lexed.case(i).is_some_and(|case| case != Case::Lower);
    let named = at > 0
        && is_name(at - 1)
        && !sets::PLACE_LEADS.has(lexed.before(at, 1))
        && !(row.expansion == "phường" && sets::WARD_LEADS.has(lexed.before(at, 1)))
        && reader.tables.abbreviations(lexed.text(at - 1)).is_empty();
    // Đ. Trần Hưng Đạo: no initial is before a family.
    let street = row.expansion == "đường"
        && sets::FAMILIES.has(lexed.word(end + 1))
        && !sets::MIDDLE_NAMES.has(lexed.word(end + 2));
    let two_syllables = is_name(end + 2) && (at > 0 || !is_name(end + 3) || street);
    // Riêng H.Mù Cang Chải: the word before begins the sentence, and no family is called so.
    let named = named
        && !(place
            && two_syllables
            && lexed.case(at - 1) == Some(Case::Capital)
            && english::begins_sentence(reader, at - 1)
            && !sets::PERSONS.has(lexed.word(at - 1))
            && !sets::AGED.has(lexed.word(at - 1))
            && !sets::MIDDLE_NAMES.has(lexed.word(end + 1))
            && !sets::FAMILIES.has(lexed.word(at - 1)));
    let ward = || row.expansion == "phường" && is_ward(reader, at, end + 1);
    // Dân P.Ô Chợ Dừa
    let begins = row.expansion == "phường" && begins_name(reader, end + 1);
    is_name(end + 1) && (begins || !named && (conditional || two_syllables || ward()))
}

/// Whether a word for a person is right before `at`.
fn is_person(reader: &Reader<'_>, at: usize) -> bool {
    let before = reader.lexed.before(at, 1);
    sets::PERSONS.has(before)
        || sets::AGED.has(before)
        || reader.follows(at, &["nghi", "phạm"])
        || reader.follows(at, &["thủ", "phạm"])
}

/// Whether the X at `at` is the network: mạng xã hội X.
pub(super) fn is_network(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.text(at) == "X" && sets::X_LEADS.has(reader.lexed.before(at, 1))
}

/// Whether one letter at `at` is the first syllable of a place: Ô Chợ Dừa.
fn begins_name(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let syllable = |i: usize| {
        !lexed.is_glued(i) && lexed.case(i) == Some(Case::Capital) && reader.is_vietnamese(i)
    };
    reader.is_vietnamese(at) && syllable(at + 1) && syllable(at + 2)
}

/// Whether a P before a name of one syllable, or letters of one, is a ward: who governs it or a word of places is
/// before it, or its district behind it: UBND P.Láng, P.VTS, Q.3.
fn is_ward(reader: &Reader<'_>, at: usize, name: usize) -> bool {
    /// A ward has so many syllables at most.
    const LONGEST: usize = 3;
    let lexed = &reader.lexed;
    let led = sets::WARD_LEADS.has(lexed.before(at, 1)) || reader.follows(at, &["công", "an"]);
    let comma = (name + 1..=name + LONGEST).find(|&i| lexed.symbol(i) == Some(','));
    let district = comma.is_some_and(|comma| {
        lexed.text(comma + 1) == "Q" || matches!(lexed.word(comma + 1), "quận" | "tp" | "thành")
    });
    led || district
}

/// Whether the word at `at` begins a sentence and no name: it is one of those that do, and no second syllable of a
/// name follows (Bà quê ở Huế, but not Bà Rịa; Năm 2020). Behind a place it may be one that a person is called by.
pub(super) fn opens_sentence(reader: &Reader<'_>, at: usize, after_place: bool) -> bool {
    let lexed = &reader.lexed;
    let (word, next) = (lexed.word(at), at + 1);
    let year =
        word == "năm" && (lexed.digits(next).is_some() || sets::YEARS_TOLD.has(lexed.word(next)));
    let opens = sets::SENTENCE_OPENERS.has(word)
        || after_place && sets::SENTENCE_OPENERS_AFTER_PLACES.has(word);
    lexed.case(at) == Some(Case::Capital)
        && !lexed.is_glued(at)
        && (year || opens && lexed.case(next) != Some(Case::Capital))
}
