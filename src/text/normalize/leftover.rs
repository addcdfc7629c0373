//! What the page that a text was taken from put into a paragraph of it: the heading of a list of which nothing is left (Tin bài
//! liên quan:), links (Xem tiếp, » Hà Nội mưa rét), keywords. It is left out where its end is plain, and always reported.

use std::ops::Range;

use super::glued::{self, begins_large, ends_sentence};
use super::lex::Case;
use super::punctuation::closes_guillemets;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::message::message;
use crate::model::spoken::Mark;

/// An article has at least so many words and signs.
const ARTICLE: usize = 24;

/// The title of another article has so many words at least, and ends after so many at most.
const TITLE: Range<usize> = 4..40;

/// Links behind a text are not longer together.
const LINKS: usize = 200;

/// The pieces of a block that are of the page, in their order.
#[derive(Default)]
pub(super) struct Leftovers {
    /// They are left out.
    cut: Vec<Range<usize>>,
    /// Arrows before titles of which nothing shows where they end: only reported.
    arrows: Vec<usize>,
}

impl Leftovers {
    /// Those of the block of a reader.
    pub(super) fn of(reader: &Reader<'_>) -> Leftovers {
        let mut found = Leftovers::default();
        let len = reader.lexed.len();
        if len < ARTICLE {
            return found;
        }
        let mut at = 0;
        while at < len {
            let Some(next) = arrow_end(reader, at) else {
                let cut = heading_in_capitals(reader, at).or_else(|| glued::at(reader, at));
                at = cut.as_ref().map_or(at + 1, |cut| cut.end);
                found.cut.extend(cut);
                continue;
            };
            if let Some(end) = title_end(reader, next) {
                let from = label_before(reader, at);
                found.cut.push(from..end);
                at = end;
            } else {
                if is_stopped(reader, at) && begins_large(reader, next) {
                    found.arrows.push(at);
                }
                at = next;
            }
        }
        if found.cut.last().is_none_or(|last| last.end < len) {
            found.cut.extend(tail(reader));
        }
        found
    }

    /// Leaves out what begins at an index, if anything does, and says so.
    pub(super) fn read(&self, reader: &mut Reader<'_>, at: usize) -> Option<usize> {
        if self.arrows.contains(&at) {
            let end = arrow_end(reader, at).unwrap_or(at + 1);
            let message = message!("what is behind the arrow may be a link of the page it is from");
            reader.warn(at, end, message);
        }
        let range = self.cut.iter().find(|range| range.start == at)?.clone();
        let text = reader.lexed.source(range.start, range.end);
        reader.warn(
            range.start,
            range.end,
            message!("{text} seems to be of the page it is from, and is left out", text),
        );
        reader.pass(range.start, range.end, "leftover");
        let led_to = range.start == 0 || reader.lexed.symbol(range.start - 1) == Some(':');
        if !led_to && !ends_sentence(reader, range.start) {
            reader.mark(range.start, range.end, Mark::Period);
        }
        Some(range.end)
    }
}

/// Where an arrow before a link ends, » or >>, with white space before it and a word behind it.
fn arrow_end(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let end = match lexed.symbol(at) {
        Some('»') if !closes_guillemets(reader, at) => at + 1,
        Some('>') if lexed.glued_symbol(at + 1) == Some('>') => at + 2,
        _ => return None,
    };
    (at > 0 && !lexed.is_glued(at) && lexed.case(end).is_some()).then_some(end)
}

/// Where the titles end that stand behind an arrow: with the block, if no sentence ends among them; behind a question,
/// where Xem thêm: is before it.
fn title_end(reader: &Reader<'_>, from: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let len = lexed.len();
    let labelled = (1..=3).any(|length| {
        lexed.symbol(from + length) == Some(':')
            && sets::LEFTOVER_HEADINGS.has(&words(reader, from, from + length))
    });
    let arrow = from - if lexed.symbol(from - 1) == Some('»') { 1 } else { 2 };
    let opened = is_stopped(reader, arrow) || label_before(reader, arrow) < arrow;
    if !opened || !begins_large(reader, from) {
        return None;
    }
    let bound = len.min(from + LINKS);
    let stop = (from..bound).find(|&i| {
        let last = i + 1 == len;
        let apart = !lexed.is_glued(i + 1) && begins_large(reader, i + 1);
        match lexed.symbol(i) {
            Some('.') => (last || apart) && lexed.case(i - 1) == Some(Case::Lower),
            Some('?' | '!') => labelled && (last || apart),
            _ => false,
        }
    });
    let end = match stop {
        None if bound == len => len,
        Some(stop) if labelled && lexed.symbol(stop) != Some('.') => stop + 1,
        _ => return None,
    };
    let first_title = (from..end).find(|&i| arrow_end(reader, i).is_some()).unwrap_or(end);
    TITLE.contains(&(first_title - from)).then_some(end)
}

/// Whether a sentence ends before an index with a mark of its own: a bracket or a quotation mark alone may be before the arrow of a
/// menu, Cài đặt (Settings) >> Cài đặt chung.
fn is_stopped(reader: &Reader<'_>, at: usize) -> bool {
    let sign = |back: usize| at.checked_sub(back).and_then(|before| reader.lexed.symbol(before));
    let closed = matches!(sign(1), Some('”' | '"' | '’' | ')' | ']'));
    matches!(sign(1), Some('.' | '!' | '?' | '…')) || closed && sign(2) == Some('.')
}

/// Where the label before an arrow begins: Xem thêm » …; the arrow itself if there is none.
fn label_before(reader: &Reader<'_>, at: usize) -> usize {
    let label = at.checked_sub(2);
    label.filter(|&from| sets::LEFTOVER_HEADINGS.has(&words(reader, from, at))).unwrap_or(at)
}

/// The words of a range in small letters, one space between them.
fn words(reader: &Reader<'_>, from: usize, to: usize) -> String {
    (from..to).map(|i| reader.lexed.word(i)).collect::<Vec<_>>().join(" ")
}

/// The heading of a list of other articles, in capitals inside a text that is not: …vì chấn thương TIN LIÊN QUAN …
fn heading_in_capitals(reader: &Reader<'_>, at: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 4;
    let large = |i: usize| reader.lexed.case(i) == Some(Case::Upper);
    if !large(at) || !large(at + 1) || reader.all_capitals || at.checked_sub(1).is_some_and(large) {
        return None;
    }
    // chuyên mục TIN MỚI của đài
    let alone = |end: usize| reader.lexed.case(end) != Some(Case::Lower) && !is_named(reader, at);
    let mut ends = (2..=LONGEST).map(|length| at + length);
    ends.find(|&end| large(end - 1) && sets::LEFTOVER_HEADINGS.has(&words(reader, at, end)))
        .filter(|&end| alone(end))
        .map(|end| at..end)
}

/// What is at the end of the last paragraph.
fn tail(reader: &Reader<'_>) -> Option<Range<usize>> {
    let len = reader.lexed.len();
    let from = reader.lexed.is_last().then(|| {
        heading_or_link(reader)
            .or_else(|| keywords(reader))
            .or_else(|| comments(reader))
            .or_else(|| button(reader))
            .or_else(|| link_here(reader))
    })??;
    Some(from..len)
}

/// Where a heading (Tin bài liên quan:) or a link (Xem tiếp) begins that is the last of the text.
fn heading_or_link(reader: &Reader<'_>) -> Option<usize> {
    const LONGEST: usize = 4;
    let lexed = &reader.lexed;
    let len = lexed.len();
    let heading = lexed.symbol(len - 1) == Some(':');
    let end = len - usize::from(heading);
    let set = if heading { &sets::LEFTOVER_HEADINGS } else { &sets::LEFTOVER_LINKS };
    let from = (2..=LONGEST).map(|length| end - length).find(|&from| {
        lexed.case(from) == Some(Case::Capital) && set.has(&words(reader, from, end))
    })?;
    let sign = |i: usize| matches!(lexed.symbol(i), Some('*' | '>' | '»' | '-'));
    let marked = (0..from).rev().take_while(|&i| sign(i)).last();
    // Nhấn nút Xem tiếp is of the sentence.
    marked.or_else(|| ends_sentence(reader, from).then_some(from))
}

/// Where the number of comments begins that stands behind who wrote the text: DUYÊN DUYÊN 0, Minh Phương 12 bình luận.
fn comments(reader: &Reader<'_>) -> Option<usize> {
    /// A score has another number so near.
    const SCORE: usize = 6;
    let lexed = &reader.lexed;
    let len = lexed.len();
    let counted = lexed.word(len - 1) == "luận" && lexed.word(len - 2) == "bình";
    let from = if counted { len - 3 } else { len - 1 };
    let named = (from - 2..from).all(|i| begins_large(reader, i));
    let none = lexed.digits(from)? == "0" && named;
    let alone = (from - SCORE..from).all(|i| lexed.digits(i).is_none());
    let is_count = none && alone || counted && (named || ends_sentence(reader, from));
    (is_count && !lexed.is_glued(from)).then_some(from)
}

/// Where the keywords of a page begin: Từ khóa: vàng miếng, đấu thầu.
fn keywords(reader: &Reader<'_>) -> Option<usize> {
    /// A page has so many words of them at most.
    const MOST: usize = 24;
    let lexed = &reader.lexed;
    let len = lexed.len();
    let colon =
        (len.saturating_sub(MOST)..len - 1).rev().find(|&i| lexed.symbol(i) == Some(':'))?;
    let open = (colon + 1..len).all(|i| !matches!(lexed.symbol(i), Some('.' | '!' | '?')));
    (1..=2).filter_map(|length| colon.checked_sub(length)).find(|&from| {
        open && begins_large(reader, from)
            && (ends_sentence(reader, from) || begins_large(reader, from - 1))
            && sets::KEYWORD_LABELS.has(&words(reader, from, colon))
    })
}

/// Where a button in capitals is the last of a text that is not: Kim Tuyến PHẢN HỒI.
fn button(reader: &Reader<'_>) -> Option<usize> {
    let from = reader.lexed.len() - 2;
    let large = (from..from + 2).all(|i| reader.lexed.case(i) == Some(Case::Upper));
    let button = sets::LEFTOVER_LINKS.has(&words(reader, from, from + 2));
    // để được PHẢN HỒI is of the sentence
    let apart = ends_sentence(reader, from) || begins_large(reader, from - 1);
    (large && button && apart && !reader.all_capitals).then_some(from)
}

/// Whether the sentence names what is at an index: nhấn nút GỬI BÀI, chuyên mục TIN MỚI.
fn is_named(reader: &Reader<'_>, at: usize) -> bool {
    sets::BUTTON_LEADS.has(reader.lexed.before(at, 1))
}

/// Where a link with all of its words begins, the last of the text and without a stop: Nghe ca khúc mới tại đây.
fn link_here(reader: &Reader<'_>) -> Option<usize> {
    /// It has so many words at most.
    const MOST: usize = 16;
    let lexed = &reader.lexed;
    let len = lexed.len();
    if lexed.word(len - 1) != "đây" || lexed.word(len - 2) != "tại" {
        return None;
    }
    let from = (len - MOST..len - 2).rev().find(|&i| ends_sentence(reader, i))?;
    // Xem ra cuộc sống tốt nhất là tại đây
    let told = (from + 1..len - 2).any(|i| sets::NO_LINK_WORDS.has(lexed.word(i)));
    (begins_large(reader, from) && !told && sets::LINK_VERBS.has(lexed.word(from))).then_some(from)
}
