//! Numbers of houses with letters before them: K1/29 Nguyễn Văn Linh, H12/5. K is kiệt and H hẻm, as they
//! are written in Đà Nẵng and Huế.

use super::lex::Case;
use super::number;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::text::transliterate;

/// The number of a house has at most so many parts.
const MOST: usize = 4;

/// No part of it has more digits.
const LONGEST: usize = 4;

/// Reads the number of a house that begins with a letter.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let mut parts = vec![part(reader, at)?];
    let mut end = at + 2;
    if lexed.is_glued(at) && at > 0 && lexed.symbol(at - 1).is_none() {
        return None;
    }
    while parts.len() <= MOST && lexed.glued_symbol(end) == Some('/') && lexed.is_glued(end + 1) {
        let lettered = lexed.digits(end + 1).is_none();
        parts.push(if lettered {
            part(reader, end + 1)?
        } else {
            ("", lexed.digits(end + 1).filter(|digits| digits.len() <= LONGEST)?)
        });
        end += 2 + usize::from(lettered);
    }
    let street = lexed.case(end) == Some(Case::Capital) && reader.is_vietnamese(end)
        || sets::STREETS.has(lexed.word(end));
    let announced = reader.near_before(at, 3, &sets::HOUSE_LEADS);
    let whole = (2..=MOST).contains(&parts.len()) && !lexed.goes_on(end);
    // T9/2014 and Q2/2014 are of a year.
    let year = parts.get(1).is_some_and(|(_, digits)| digits.len() == LONGEST);
    if !whole || year || !(street || announced && matches!(parts[0].0, "K" | "H")) {
        return None;
    }
    reader.verbalize(at, end, "address code", Likely, |out| {
        for (i, (letter, digits)) in parts.iter().enumerate() {
            if i > 0 {
                out.push("trên");
            }
            match *letter {
                "K" => out.push("kiệt"),
                "H" => out.push("hẻm"),
                "" => {}
                letter => out.push(&transliterate::spell_letters(letter)),
            }
            number::cardinal(digits, out);
        }
    });
    Some(end)
}

/// A letter and the number that touches it.
fn part<'a>(reader: &Reader<'a>, at: usize) -> Option<(&'a str, &'a str)> {
    let letter = reader.lexed.text(at);
    let single = reader.lexed.case(at) == Some(Case::Upper) && letter.len() == 1;
    let digits = reader.lexed.glued_digits(at + 1).filter(|digits| digits.len() <= LONGEST)?;
    single.then_some((letter, digits))
}
