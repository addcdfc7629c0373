//! Punctuation that is heard as a pause or a melody: stops, commas, brackets, quotation marks and ellipses; what a
//! dash is, is in `dash.rs`.

use super::dash;
use super::initials;
use super::lex::Case;
use super::reader::Reader;
use super::stroke;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::{Mark, Token};
use crate::text::transliterate;

/// Reads a sign, or a run of signs that are one mark.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    match reader.lexed.symbol(at)? {
        '.' if is_of_unit(reader, at) => {
            reader.pass(at, at + 1, "stop");
            Some(at + 1)
        }
        '.' => Some(stops(reader, at)),
        '…' => Some(ellipsis(reader, at)),
        '?' | '!' => Some(exclamations(reader, at)),
        ',' | '，' | '、' => Some(single(reader, at, Mark::Comma)),
        ';' => Some(single(reader, at, Mark::Semicolon)),
        ':' if is_of_model(reader, at) => {
            reader.pass(at, at + 1, "sign of a name");
            Some(at + 1)
        }
        ':' => Some(single(reader, at, Mark::Colon)),
        '[' if is_note(reader, at) => {
            reader.pass(at, at + 3, "footnote");
            Some(at + 3)
        }
        '(' if stage_name(reader, at).is_some() => {
            let name = stage_name(reader, at)?;
            reader.verbalize_as(at, at + 4, "foreign word", Likely, &name);
            Some(at + 4)
        }
        '(' if is_noted(reader, at) => {
            reader.pass(at, at + 5, "footnote");
            Some(at + 5)
        }
        '(' if is_raised_note(reader, at) => {
            reader.pass(at, at + 3, "footnote");
            Some(at + 3)
        }
        '(' | '[' | '{' => Some(single(reader, at, Mark::OpenBracket)),
        ')' | ']' | '}' => Some(single(reader, at, Mark::CloseBracket)),
        '“' | '«' | '‘' | '„' => Some(single(reader, at, Mark::OpenQuote)),
        // » Tin một » Tin hai: it closes nothing.
        '»' if !reader.lexed.is_glued(at) && !closes_guillemets(reader, at) => {
            Some(headline_mark(reader, at, at + 1))
        }
        '”' | '»' | '’' => Some(close_quote(reader, at)),
        '"' | '\'' | '″' => Some(straight_quote(reader, at)),
        '+' if at == 0
            && (reader.lexed.case(1).is_some()
                || reader.lexed.digits(1).is_some() && reader.lexed.symbol(2) != Some('%'))
            && !reader.lexed.is_glued(1) =>
        {
            reader.pass(at, at + 1, "bullet");
            Some(at + 1)
        }
        '-' | '–' | '—' | '−' => dash::read(reader, at),
        '/' => Some(stroke::read(reader, at)),
        _ => None,
    }
}

/// Whether a » closes the quotation of a « before it, as French has them with white space inside: « Không ai thắng » là tựa bài.
pub(super) fn closes_guillemets(reader: &Reader<'_>, at: usize) -> bool {
    /// A quotation has so many words and signs at most.
    const LONGEST: usize = 200;
    let quote = |i: usize| reader.lexed.symbol(i).filter(|sign| matches!(sign, '«' | '»'));
    (at.saturating_sub(LONGEST)..at).rev().find_map(quote) == Some('«')
}

/// Whether a stop is that of a unit cut short, as the comma behind it tells: 10 USD/oz., còn bạc.
fn is_of_unit(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.glued_symbol(at + 1), Some(',' | ';'))
        && reader.lexed.is_glued(at)
        && reader.last_word().is_some_and(|word| word.class == "unit")
}

/// A sign before a headline: a bullet before the first, the end of a sentence before the others.
pub(super) fn headline_mark(reader: &mut Reader<'_>, at: usize, end: usize) -> usize {
    let opens = at == 0 || matches!(reader.last_token(), Some(Token::Mark(..)));
    if opens {
        reader.pass(at, end, "bullet");
    } else {
        reader.mark(at, end, Mark::Period);
    }
    end
}

/// `[1]` that touches the word before it points to a note.
fn is_note(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.is_glued(at)
        && reader.lexed.glued_digits(at + 1).is_some()
        && reader.lexed.glued_symbol(at + 2) == Some(']')
}

/// `( [1] )` points to a note, too.
fn is_noted(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    lexed.symbol(at + 1) == Some('[')
        && lexed.glued_digits(at + 2).is_some()
        && lexed.glued_symbol(at + 3) == Some(']')
        && lexed.symbol(at + 4) == Some(')')
}

/// `(1)` that touches the mark or the quotation before it points to a note: “…”(1).
fn is_raised_note(reader: &Reader<'_>, at: usize) -> bool {
    let marked = at.checked_sub(1).and_then(|before| reader.lexed.symbol(before));
    reader.lexed.is_glued(at)
        && matches!(marked, Some('”' | '"' | '»' | '.' | '…' | '!' | '?'))
        && reader.lexed.glued_digits(at + 1).is_some_and(|digits| digits.len() <= 2)
        && reader.lexed.glued_symbol(at + 2) == Some(')')
}

fn single(reader: &mut Reader<'_>, at: usize, mark: Mark) -> usize {
    reader.mark(at, at + 1, mark);
    at + 1
}

/// A stop; `./.` at the end of an official text; two stops or more are an ellipsis. A stop between
/// lower-case letters (gi.ết) or after the initial of a foreign name is not heard.
fn stops(reader: &mut Reader<'_>, at: usize) -> usize {
    if reader.lexed.glued_symbol(at + 1) == Some('/')
        && reader.lexed.glued_symbol(at + 2) == Some('.')
    {
        reader.mark(at, at + 3, Mark::Period);
        return at + 3;
    }
    if matches!(reader.lexed.glued_symbol(at + 1), Some('.' | '…')) {
        return ellipsis(reader, at);
    }
    let leads = !reader.lexed.is_glued(at)
        && reader.lexed.is_glued(at + 1)
        && at > 0
        && reader.lexed.case(at - 1).is_some()
        && reader.lexed.case(at + 1) == Some(Case::Upper)
        && reader.lexed.text(at + 1).is_ascii()
        && !reader.is_vietnamese(at + 1);
    if leads || is_point(reader, at) {
        reader.verbalize_as(at, at + 1, "sign", Likely, "chấm"); // nền tảng .NET
        return at + 1;
    }
    let inside = reader.lexed.is_glued(at + 1) && reader.lexed.case(at + 1) == Some(Case::Lower);
    // U.23, QL.14: a short name and its number.
    let before_number = reader.lexed.glued_digits(at + 1).is_some()
        && reader.lexed.is_glued(at)
        && at.checked_sub(1).is_some_and(|name| {
            let upper = reader.lexed.case(name) == Some(Case::Upper);
            // Vol.3, No.1
            let short = sets::SHORTENED_NUMBERED.has(reader.lexed.word(name));
            upper && reader.lexed.text(name).len() <= 3 || short
        });
    // Gen.G, Character.AI: the letters belong to the foreign name before them.
    let of_name = reader.lexed.is_glued(at)
        && reader.lexed.is_glued(at + 1)
        && reader.lexed.case(at + 1) == Some(Case::Upper)
        && (reader.lexed.text(at + 1).len() == 1 || reader.lexed.text(at + 1) == "AI")
        && reader.lexed.glued_symbol(at + 2) != Some('.')
        && at.checked_sub(1).is_some_and(|name| {
            reader.lexed.case(name) == Some(Case::Capital)
                && reader.lexed.text(name).len() > 2
                && reader.lexed.text(name).is_ascii()
                && !reader.is_vietnamese(name)
        });
    // HN.T&T: letters on both sides.
    let upper = |i: usize| reader.lexed.case(i) == Some(Case::Upper);
    let between = reader.lexed.is_glued(at)
        && reader.lexed.is_glued(at + 1)
        && upper(at + 1)
        && at.checked_sub(1).is_some_and(upper)
        && (reader.lexed.text(at - 1).chars().count() <= 3 || is_part_of_code(reader, at));
    // 18 đ. mỗi lượt: the sentence goes on.
    let of_unit = reader.lexed.word(at.wrapping_sub(1)) == "đ"
        && reader.last_word().is_some_and(|word| word.class == "unit")
        && reader.lexed.case(at + 1) == Some(Case::Lower);
    // A.-M. Lagrange: the letters of a double name.
    let double = reader.lexed.glued_symbol(at + 1) == Some('-')
        && at.checked_sub(1).is_some_and(|i| upper(i) && reader.lexed.text(i).len() == 1)
        && upper(at + 2)
        && reader.lexed.text(at + 2).len() == 1;
    // Sơn Tùng ft. Snoop Dogg
    let featured = sets::FEATURED.has(reader.lexed.before(at, 1))
        && (at < 2 || reader.lexed.digits(at - 2).is_none()) // 6 ft. Anh
        && reader.lexed.is_glued(at)
        && reader.lexed.case(at + 1).is_some();
    // APT. của Rosé: the stop belongs to the title, and the sentence goes on
    let titled = !reader.lexed.is_glued(at + 1)
        && reader.lexed.case(at + 1) == Some(Case::Lower)
        && at.checked_sub(1).is_some_and(|i| upper(i) && reader.lexed.text(i).len() > 2)
        && sets::AFTER_TITLES.has(reader.lexed.word(at + 1));
    let stays =
        titled || inside || double || before_number || between || of_name || of_unit || featured;
    if stays || is_initial(reader, at) {
        reader.pass(at, at + 1, "stop inside a name");
        return at + 1;
    }
    single(reader, at, Mark::Period)
}

/// The name of which a bracket has the first letter, if together they are a word that is known: (S)TRONG.
fn stage_name(reader: &Reader<'_>, at: usize) -> Option<String> {
    let lexed = &reader.lexed;
    let upper = |i: usize| lexed.is_glued(i) && lexed.case(i) == Some(Case::Upper);
    let (letter, rest) = (lexed.text(at + 1), lexed.text(at + 3));
    let parted = upper(at + 1)
        && letter.len() == 1
        && lexed.glued_symbol(at + 2) == Some(')')
        && upper(at + 3)
        && rest.len() > 2;
    parted.then_some(())?;
    let name = format!("{letter}{}", rest.to_lowercase());
    transliterate::is_listed(&name.to_lowercase()).then_some(name)
}

/// Whether the stop at `at` is the point of a number: of the aperture F1.4, of the calibre .38.
fn is_point(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 4;
    let lexed = &reader.lexed;
    let Some(after) = lexed.glued_digits(at + 1) else { return false };
    let of_code = at > 1
        && lexed.is_glued(at)
        && lexed.glued_digits(at - 1).is_some()
        && lexed.case(at - 2) == Some(Case::Upper)
        && after.len() <= 2;
    let of_calibre = !lexed.is_glued(at)
        && after.len() == 2
        && !reader.counts_next(at + 2)
        && reader.near_before(at, REACH, &sets::CALIBRES);
    of_code || of_calibre
}

/// Whether the stop at `at` parts the letters of a code that a number ends: mã số UMNH.IP.6084.
fn is_part_of_code(reader: &Reader<'_>, at: usize) -> bool {
    const PARTS: usize = 4;
    let lexed = &reader.lexed;
    let stop = |i: usize| lexed.glued_symbol(i) == Some('.') && lexed.is_glued(i + 1);
    let end = (0..PARTS)
        .map(|part| at + 2 * part)
        .take_while(|&i| stop(i) && lexed.case(i + 1) == Some(Case::Upper))
        .count();
    let last = at + 2 * end;
    lexed.text(at - 1).is_ascii() && stop(last) && lexed.glued_digits(last + 1).is_some()
}

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
fn is_initial(reader: &Reader<'_>, at: usize) -> bool {
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

fn ellipsis(reader: &mut Reader<'_>, at: usize) -> usize {
    let end = reader.run(at, |sign| matches!(sign, '.' | '…'));
    reader.mark(at, end, Mark::Ellipsis);
    end
}

/// A run of ? and ! is one mark: a question if there is a ? in it. That of a name is not heard.
fn exclamations(reader: &mut Reader<'_>, at: usize) -> usize {
    let end = reader.run(at, |sign| matches!(sign, '?' | '!' | '.'));
    if end == at + 1 && is_of_name(reader, at) {
        reader.pass(at, end, "sign of a name");
        return end;
    }
    let question = reader.lexed.source(at, end).contains('?');
    reader.mark(at, end, if question { Mark::Question } else { Mark::Exclamation });
    end
}

/// Whether a colon joins a small letter and capitals to the name of a model: e:HEV.
fn is_of_model(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    lexed.is_glued(at)
        && lexed.is_glued(at + 1)
        && at > 0
        && lexed.text(at - 1).len() == 1
        && lexed.case(at - 1) == Some(Case::Lower)
        && lexed.case(at + 1) == Some(Case::Upper)
}

/// Whether a sign is the end of a foreign name, as the sentence goes on behind it: Yahoo! Mail.
fn is_of_name(reader: &Reader<'_>, at: usize) -> bool {
    let foreign = |i: usize| {
        matches!(reader.lexed.case(i), Some(Case::Capital | Case::Mixed))
            && reader.lexed.text(i).is_ascii()
            && !reader.is_vietnamese(i)
    };
    let named = reader.lexed.is_glued(at) && at.checked_sub(1).is_some_and(foreign);
    let quoted =
        reader.last_tokens(4).any(|token| matches!(token, Token::Mark(Mark::OpenQuote, _)));
    named
        && !quoted
        && !reader.lexed.is_glued(at + 1)
        && (reader.lexed.case(at + 1) == Some(Case::Lower) || foreign(at + 1))
}

/// A straight quotation mark opens where a word touches it only on its right.
fn straight_quote(reader: &mut Reader<'_>, at: usize) -> usize {
    let touches_left = reader.lexed.is_glued(at)
        && !matches!(
            reader.last_token(),
            Some(Token::Mark(Mark::OpenBracket | Mark::OpenQuote | Mark::Dash, _))
        );
    let opens = !touches_left && reader.lexed.is_glued(at + 1);
    if opens { single(reader, at, Mark::OpenQuote) } else { close_quote(reader, at) }
}

/// The mark that ends a quotation. Where whoever said it follows without a comma (…rất mệt” ông giải thích), a
/// pause is heard all the same.
fn close_quote(reader: &mut Reader<'_>, at: usize) -> usize {
    /// A shorter quotation may be a part of the sentence around it.
    const SENTENCE: usize = 5;
    let is_word = |token: &&Token| matches!(token, Token::Word(_));
    let told = reader.lexed.case(at + 1) == Some(Case::Lower)
        && sets::SPEAKERS.has(reader.lexed.word(at + 1))
        && reader.last_tokens(SENTENCE).filter(is_word).count() == SENTENCE;
    single(reader, at, Mark::CloseQuote);
    if told {
        reader.mark(at, at + 1, Mark::Comma);
    }
    at + 1
}
