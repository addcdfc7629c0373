//! Punctuation that is heard as a pause or a melody: stops, commas, brackets, quotation marks and ellipses; what a
//! dash is, is in `dash.rs`.

use super::dash;
use super::initial_stops;
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
        '[' if note_end(reader, at).is_some() => {
            let end = note_end(reader, at)?;
            reader.pass(at, end, "footnote");
            Some(end)
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

/// Where a pointer to notes ends: `[1]` that touches the word before it, `[3-5]`, `[2, 7]`. A mathematician's interval has a word
/// before it that says so.
fn note_end(reader: &Reader<'_>, at: usize) -> Option<usize> {
    const MOST: usize = 8;
    let lexed = &reader.lexed;
    let number = |i: usize| lexed.digits(i).is_some_and(|d| d.len() <= 3 && !d.starts_with('0'));
    let mut end = at + 1;
    for _ in 0..MOST {
        number(end).then_some(())?;
        match lexed.symbol(end + 1)? {
            ']' => {
                let several = end > at + 1 && !sets::INTERVAL_LEADS.has(lexed.before(at, 1));
                return (lexed.is_glued(at) || several).then_some(end + 2);
            }
            ',' | '-' | '–' => end += 2,
            _ => return None,
        }
    }
    None
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
    if stays || initial_stops::is_initial(reader, at) {
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
