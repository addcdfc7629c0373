//! Faces made of signs: :)) =D ^^ T_T :3. They colour what is said beside them and are not said.

use super::lex::Case;
use super::reader::Reader;
use crate::model::spoken::{Mark, Token};

/// Faces, the longer before those that they begin with. Source: usage of Vietnamese chats and comments.
const FACES: [&str; 37] = [
    "T_T", "^_^", "^.^", "^^", "-_-", ">_<", ">.<", "@_@", "o_o", "O_O", ":'(", ":-)", ":-(",
    ":-D", ";-)", "=))", ":))", ":((", "=((", "=)", ":)", ":(", "=(", ";)", ";;)", ":D", "=D",
    ":P", ":p", ":X", ":x", ":3", ":v", ":V", ":*", ":O", ":o",
];

/// Whether a face begins with a byte: one look for the many words that are none.
const BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let mut face = 0;
    while face < FACES.len() {
        begins[FACES[face].as_bytes()[0] as usize] = true;
        face += 1;
    }
    begins
};

/// More signs than this are not one face.
const LONGEST: usize = 16;

/// Reads a face that nothing but white space or the mark of a sentence touches.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let first = *lexed.text(at).as_bytes().first()?;
    if !BEGINS[usize::from(first)] {
        return None;
    }
    let rest = lexed.rest(at);
    let face = FACES.iter().find(|face| rest.starts_with(**face))?;
    let mut end = lexed.after(at, face.len())?;
    let mouth = lexed.text(end - 1);
    while end < at + LONGEST && lexed.is_glued(end) && lexed.text(end) == mouth {
        end += 1; // :))))
    }
    let drawn = face.len() > 2 || end > at + 2 || !face.ends_with([')', '(']);
    let closes =
        |i: usize| lexed.symbol(i).is_some_and(|s| matches!(s, '.' | ',' | '!' | '?' | '”' | '"'));
    let ends = !lexed.is_glued(end) || closes(end);
    // The bracket of "(xem hình:)" belongs to the one before.
    let starts = at == 0 && !face.starts_with(':')
        || at > 0 && (!lexed.is_glued(at) || face.ends_with(')') && drawn);
    let numbered = lexed.digits(end - 1).is_some()
        && at.checked_sub(1).is_some_and(|before| lexed.case(before).is_none());
    if !ends || !starts || numbered {
        return None;
    }
    // ấm lòng ^.^ Đây là…: it stands in the place of a stop.
    let next = !lexed.is_glued(end) && lexed.case(end) == Some(Case::Capital);
    if next && matches!(reader.last_token(), Some(Token::Word(_))) {
        reader.mark(at, end, Mark::Period);
    } else {
        reader.pass(at, end, "emoticon");
    }
    Some(end)
}
