//! The text itself: sapo, headings, paragraphs, lists, quotes, and the captions and links between them.

use std::collections::HashSet;

use crate::model::article::BlockKind;
use crate::text::readers::dateline;
use crate::text::readers::draft::Draft;
use crate::text::readers::phrases::{self, Role};
use crate::text::readers::pieces::{ListMark, Piece};
use crate::text::readers::rules::{self, Verdict};

/// Reads from the end of the head to the start of the tail.
pub(super) fn read(article: &mut Draft) {
    article.scraped |= (article.body..article.tail).any(|at| article.repeats_title(at));
    dashes(article);
    notes(article);
    parts_of_steps(article);
    let mut at = article.body;
    while at < article.tail {
        if article.verdicts[at].is_none() {
            if let Some(end) = contents(article, at) {
                article.verdicts[at..end]
                    .fill(Some((BlockKind::Boilerplate, "the table of contents")));
                at = end;
                continue;
            }
            if let Some(end) = references(article, at) {
                article.verdicts[at] = Some((BlockKind::Boilerplate, "opens the notes"));
                article.verdicts[at + 1..end]
                    .fill(Some((BlockKind::Footnote, "a note or a reference below the text")));
                at = end;
                continue;
            }
            if let Some(end) = links(article, at) {
                article.verdicts[at] =
                    Some((BlockKind::Boilerplate, "opens a list of other articles"));
                article.verdicts[at + 1..end]
                    .fill(Some((BlockKind::Related, "a headline under a list of other articles")));
                at = end;
                continue;
            }
            article.verdicts[at] = Some(verdict(article, at));
        }
        at += 1;
    }
    sapo(article);
}

fn verdict(article: &Draft, at: usize) -> Verdict {
    let piece = &article.pieces[at];
    let previous = at.checked_sub(1).and_then(|i| article.pieces.get(i));
    if rules::is_site_text(piece) {
        return (BlockKind::Boilerplate, "the site prints it on every page");
    }
    let above = |back: usize| at.checked_sub(back).and_then(|i| article.pieces.get(i));
    let introduced = |back: usize| above(back).is_some_and(|above| above.text.ends_with(':'));
    if rules::is_picture(piece) && !introduced(1) || rules::is_labelled_address(piece) {
        return (BlockKind::Boilerplate, "an address and nothing else");
    }
    if article.title.is_some() && phrases::is_count(piece.text) {
        return (BlockKind::Boilerplate, "counts that the site shows");
    }
    let below_picture =
        previous.is_some_and(rules::is_picture) && !piece.gap_before && !introduced(2);
    if article.airy && below_picture && piece.chars <= rules::SHORT && piece.one_sentence() {
        return (BlockKind::Caption, "a short line right under a picture");
    }
    let under = at.checked_sub(1).and_then(|i| article.verdicts[i]).map(|(kind, _)| kind);
    if rules::is_counter(piece) && article.scraped && under == Some(BlockKind::Boilerplate) {
        return (BlockKind::Boilerplate, "a number that a button shows");
    }
    if dateline::when(piece.text).is_some_and(|when| when.stamped && when.others == 0) {
        return (BlockKind::Dateline, "date and time, as a site prints them");
    }
    if rules::is_rule(piece) {
        return (BlockKind::Boilerplate, "a ruled line");
    }
    if rules::is_page_number(piece) {
        return (BlockKind::Boilerplate, "the number of a page");
    }
    if rules::is_link(piece) && (article.scraped || is_lone_arrow(article, at)) {
        return (BlockKind::Related, "names another article to read");
    }
    if let Some(verdict) = article.names_picture(at) {
        return verdict;
    }
    if under_repeated_title(article, at) {
        return (BlockKind::Caption, "stands right under the repeated title");
    }
    if rules::is_caption(piece) {
        return (BlockKind::Caption, "says it belongs to a picture");
    }
    let scene = piece.chars <= 200 && piece.one_sentence() && !piece.text.contains(['“', '"', ':']);
    if article.scraped && scene && phrases::contains(piece, Role::Scene) {
        return (BlockKind::Caption, "says where people stand in a picture");
    }
    // Shorter lines may be said twice on purpose.
    let long = piece.chars >= 60 || rules::is_step(piece);
    if long && previous.is_some_and(|p| p.key.same(&piece.key) && !p.key.is_empty()) {
        return (BlockKind::Repetition, "says again the block before it");
    }
    if rules::is_quote(piece) {
        return (BlockKind::Quote, "quoted from end to end");
    }
    if is_heading(article, at) {
        return (BlockKind::Heading, "a short line without a full stop above a paragraph");
    }
    match piece.list_mark() {
        Some(ListMark::Dash) | None => {}
        Some(_) => return (BlockKind::List, "begins with a list mark"),
    }
    if phrases::starts_with(piece, Role::Speaker).is_some() {
        return (BlockKind::Paragraph, "a turn of an interview");
    }
    if article.in_verse(at) {
        return article.verse(at);
    }
    (BlockKind::Paragraph, "running text")
}

/// Items that begin with a dash are a list if there are several in a row and no question or
/// exclamation is among them; otherwise they are what people say in a story.
fn dashes(article: &mut Draft) {
    let dash =
        |piece: &Piece| piece.list_mark() == Some(ListMark::Dash) && !rules::is_page_number(piece);
    let mut at = article.body;
    while at < article.tail {
        let run = article.pieces[at..article.tail].iter().take_while(|p| dash(p)).count();
        let items = &article.pieces[at..at + run];
        let spoken = items.iter().any(|piece| {
            piece.text.ends_with(['?', '!'])
                || piece.text.contains("? ")
                || piece.text.contains("! ")
        });
        let verdict = if run > 1 && !spoken {
            (BlockKind::List, "begins with a list mark")
        } else {
            (BlockKind::Paragraph, "begins with a dash, as what people say does")
        };
        article.verdicts[at..at + run].fill(Some(verdict));
        at += run + 1;
    }
}

/// Lines at the end of the text that begin with a mark which the text above has too, or that are with
/// such a line under a ruled one, are its notes.
fn notes(article: &mut Draft) {
    let text = &article.pieces[article.body..article.tail];
    if !text.iter().any(|piece| rules::note_mark(piece).is_some()) {
        return;
    }
    let mut marks: HashSet<&str> = HashSet::new();
    let (mut ruled, mut under) = (false, false);
    for at in article.body..article.tail {
        let piece = &article.pieces[at];
        let mark = rules::note_mark(piece);
        let known = mark.is_some_and(|mark| marks.contains(mark));
        // Items of lists begin with the other marks too.
        let sure = mark.is_some_and(|mark| !mark.starts_with(['(', '*']));
        let note = known && (ruled || sure) || under && mark.is_some();
        if note && article.verdicts[at].is_none_or(|(kind, _)| kind != BlockKind::List) {
            article.verdicts[at] = Some((BlockKind::Boilerplate, "a note at the foot of the text"));
        }
        under = note;
        ruled = rules::is_rule(piece) || ruled && mark.is_some();
        if !note {
            marks.extend(rules::marks_inside(piece.text));
        }
    }
}

/// The lines of a step that say again, one after another, what the line above them says: `Bước 1: Trộn bột. Cán mỏng.`
/// and then `Bước 1:`, `Trộn bột.`, `Cán mỏng.`
fn parts_of_steps(article: &mut Draft) {
    let mut at = article.body;
    while at < article.tail {
        at += 1;
        let step = &article.pieces[at - 1];
        if !rules::is_step(step) || step.key.is_empty() {
            continue;
        }
        let mut rest = step.key.0.as_str();
        let mut end = at;
        while let Some(part) = article.pieces.get(end).filter(|_| !rest.is_empty()) {
            let after = rest.strip_prefix(part.key.0.as_str()).filter(|_| !part.key.is_empty());
            let Some(after) = after.filter(|rest| rest.is_empty() || rest.starts_with(' ')) else {
                break;
            };
            rest = after.trim_start();
            end += 1;
        }
        if rest.is_empty() && end > at + 1 {
            article.verdicts[at..end]
                .fill(Some((BlockKind::Repetition, "says again the step before it")));
            at = end;
        }
    }
}

/// The end of the lines that repeat the headings below, if the piece opens a table of contents.
fn contents(article: &Draft, at: usize) -> Option<usize> {
    /// Headings of one article.
    const MOST: usize = 40;
    phrases::is_whole(&article.pieces[at], Role::Contents).then_some(())?;
    let entry = |place: usize| {
        let entry = &article.pieces[place];
        let mut below = article.pieces[place + 1..article.tail].iter();
        below.any(|piece| piece.key.same(&entry.key))
    };
    let last = article.tail.min(at + 1 + MOST);
    let end = (at + 1..last).find(|&place| !entry(place)).unwrap_or(last);
    (end > at + 1).then_some(end)
}

/// The end of the notes or references that follow, if the piece opens such: lines with the mark of a
/// list or a note, or an address.
fn references(article: &Draft, at: usize) -> Option<usize> {
    phrases::is_whole(&article.pieces[at], Role::Notes).then_some(())?;
    let is_note = |piece: &Piece| {
        let text = piece.text;
        piece.list_mark().is_some()
            || rules::note_mark(piece).is_some()
            || text.starts_with('^')
            || text.starts_with("http")
    };
    let below = article.pieces[at + 1..].iter().take_while(|piece| is_note(piece)).count();
    (below > 0).then_some(at + 1 + below)
}

/// The end of the headlines that follow, if the piece opens a list of other articles.
fn links(article: &Draft, at: usize) -> Option<usize> {
    /// Site boxes between paragraphs hold a few links.
    const MOST: usize = 6;
    /// A lone line before a paragraph is a heading unless it is as long as headlines are.
    const HEADLINE: usize = 6;
    let pieces = &article.pieces[..article.tail];
    if !phrases::is_whole(pieces.get(at)?, Role::Related) {
        return None;
    }
    let mut end = at + 1;
    while let Some(piece) = pieces.get(end).filter(|p| rules::is_headline(p) && end - at <= MOST) {
        let heads = piece.gap_before && pieces.get(end + 1).is_none_or(Piece::is_prose);
        if heads && (end > at + 1 || piece.words < HEADLINE) {
            break;
        }
        end += 1;
    }
    (end > at + 1).then_some(end)
}

/// Whether it is a headline behind two arrows, and what is beside it is not quoted so.
fn is_lone_arrow(article: &Draft, at: usize) -> bool {
    let link = |piece: &Piece| piece.text.starts_with(">>") && rules::is_headline(piece);
    let quoted = |at: usize| {
        article.pieces.get(at).is_some_and(|piece| piece.text.starts_with('>') && !link(piece))
    };
    link(&article.pieces[at]) && !quoted(at + 1) && !at.checked_sub(1).is_some_and(quoted)
}

fn under_repeated_title(article: &Draft, at: usize) -> bool {
    let Some(above) = at.checked_sub(1) else { return false };
    let piece = &article.pieces[at];
    // A sapo that is printed twice is no text of a picture, and what is below it may head a part.
    let repeated =
        matches!(article.verdicts[above], Some((_, rules::REPEATS_TITLE | rules::NAMES_PICTURE)))
            && !article.is_text_under_picture(at);
    // Where blank lines separate paragraphs, the caption is the line with none before it. Elsewhere
    // only its length distinguishes it from the next paragraph.
    let close = if article.airy {
        !piece.gap_before && piece.chars <= rules::SHORT
    } else {
        piece.chars <= 160 && piece.one_sentence()
    };
    repeated && close
}

fn is_heading(article: &Draft, at: usize) -> bool {
    let piece = &article.pieces[at];
    if rules::is_numbered_part(piece) {
        return true;
    }
    // The picture of a part may stand between its heading and its text.
    let pictured =
        article.pieces.get(at + 1).is_some_and(|_| article.names_picture(at + 1).is_some());
    let Some(next) = article.pieces.get(at + 1 + usize::from(pictured)) else { return false };
    let introduced = at
        .checked_sub(1)
        .and_then(|i| article.pieces.get(i))
        .is_some_and(|above| above.text.ends_with(':') && !above.text.is_empty());
    let numbered = piece.list_mark() == Some(ListMark::Number);
    let next_numbered = next.list_mark() == Some(ListMark::Number) && !rules::may_head(next);
    let above_text = next.is_prose() || next.list_mark().is_some() || rules::is_quote(next);
    rules::may_head(piece)
        && above_text
        && !introduced
        && !article.in_verse(at)
        && !(numbered && (next_numbered || at + 1 >= article.tail))
}

/// The opening paragraph, which sums up the article: the first paragraph under a title, if more text
/// follows.
fn sapo(article: &mut Draft) {
    if article.title.is_none() {
        return;
    }
    let kind = |at: usize| article.verdicts.get(at).copied().flatten().map(|(kind, _)| kind);
    let body = article.body..article.tail;
    let first = body.clone().find(|&at| {
        !matches!(
            kind(at),
            Some(BlockKind::Caption | BlockKind::Repetition | BlockKind::Boilerplate)
        )
    });
    let Some(first) = first else { return };
    let opens = kind(first) == Some(BlockKind::Paragraph)
        && article.pieces[first].is_prose()
        && article.pieces[first].list_mark().is_none()
        && phrases::starts_with(&article.pieces[first], Role::Speaker).is_none()
        && !article.in_verse(first);
    let more = (first + 1..body.end).any(|at| {
        matches!(
            kind(at),
            Some(BlockKind::Paragraph | BlockKind::Heading | BlockKind::List | BlockKind::Quote)
        )
    });
    if opens && more {
        article.verdicts[first] = Some((BlockKind::Sapo, "the first paragraph under the title"));
    }
}
