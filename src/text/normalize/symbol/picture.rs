//! Signs that are pictures or are not seen, and what a page leaves in its text: emoji, joiners, tags.

use crate::text::normalize::lex::Case;
use crate::text::normalize::reader::Reader;

/// More signs than this are read as several runs.
pub(super) const LONGEST_RUN: usize = 64;

/// Emoji and what joins them, a run at a time: heard as nothing, for they colour what is said
/// beside them. `<3` is a heart.
pub(super) fn picture(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
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
pub(super) fn tag(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    (lexed.symbol(at) == Some('<')).then_some(())?;
    let name = at + 1 + usize::from(lexed.glued_symbol(at + 1) == Some('/'));
    let named = lexed.is_glued(name)
        && lexed.case(name) == Some(Case::Lower)
        && lexed.text(name).is_ascii()
        && lexed.text(name).len() <= 10;
    named.then_some(())?;
    let after = name + 1 + usize::from(lexed.glued_digits(name + 1).is_some());
    let close = after + usize::from(lexed.glued_symbol(after) == Some('/'));
    (lexed.glued_symbol(close) == Some('>')).then_some(())?;
    reader.pass(at, close + 1, "tag");
    Some(close + 1)
}

/// Marks without a shape of their own: joiners, direction marks, variation selectors.
pub(super) fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || sign.is_control()
}
