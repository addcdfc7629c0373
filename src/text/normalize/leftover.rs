//! What the page that a text was taken from had below it, at the end of the last paragraph: the heading of a list of which nothing is
//! left (Tin bài liên quan:), a link that goes on (Xem tiếp). It is not read.

use super::lex::Case;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::message::message;

/// An article has at least so many words and signs.
const ARTICLE: usize = 24;

/// Where it begins; where the block ends if there is none.
pub(super) fn begins(reader: &Reader<'_>) -> usize {
    const LONGEST: usize = 4;
    let lexed = &reader.lexed;
    let len = lexed.len();
    if len < ARTICLE || !lexed.is_last() {
        return len;
    }
    let heading = lexed.symbol(len - 1) == Some(':');
    let end = len - usize::from(heading);
    let set = if heading { &sets::LEFTOVER_HEADINGS } else { &sets::LEFTOVER_LINKS };
    let found = (2..=LONGEST).map(|length| end - length).find(|&from| {
        let words: Vec<&str> = (from..end).map(|i| lexed.word(i)).collect();
        lexed.case(from) == Some(Case::Capital) && set.has(&words.join(" "))
    });
    let sign = |i: usize| matches!(lexed.symbol(i), Some('*' | '>' | '»' | '-'));
    // Nhấn nút Xem tiếp is of the sentence.
    let ends = |i: usize| {
        matches!(lexed.symbol(i), Some('.' | '!' | '?' | '…' | '”' | '"' | '’' | ')' | ']'))
    };
    let from = found.and_then(|from| {
        let marked = (0..from).rev().take_while(|&i| sign(i)).last();
        marked.or_else(|| (from > 0 && ends(from - 1)).then_some(from))
    });
    from.unwrap_or(len)
}

/// Leaves it out, if it begins at `at`, and says so.
pub(super) fn read(reader: &mut Reader<'_>, at: usize, begins: usize) -> Option<usize> {
    let end = reader.lexed.len();
    if at != begins {
        return None;
    }
    let text = reader.lexed.source(at, end);
    reader.warn(
        at,
        end,
        message!("{text} at the end seems to be of the page it is from, and is left out", text),
    );
    reader.pass(at, end, "leftover");
    Some(end)
}
