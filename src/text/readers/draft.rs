//! An article while it is analysed: its pieces, and what is known about each so far.

use std::collections::HashSet;

use crate::model::article::{Block, BlockKind};
use crate::model::diag::Span;
use crate::text::readers::credits;
use crate::text::readers::dateline;
use crate::text::readers::phrases::{self, Role};
use crate::text::readers::pictures;
use crate::text::readers::pieces::Piece;
use crate::text::readers::rules::{self, Verdict};
use crate::text::readers::words::words;

/// Lines of verse are shorter than this, in characters.
const VERSE: usize = 60;

/// An article while it is analysed.
pub(super) struct Draft<'a> {
    /// Its pieces.
    pub pieces: Vec<Piece<'a>>,
    /// What is known about each piece so far.
    pub verdicts: Vec<Option<Verdict>>,
    /// Which piece is the title.
    pub title: Option<usize>,
    /// Where the text begins, after title, dateline and what is between them.
    pub body: usize,
    /// Where what follows the text begins.
    pub tail: usize,
    /// Where the readers' comments begin; the number of pieces if there are none.
    pub comments: usize,
    /// Whether it shows that it was taken from a site.
    pub scraped: bool,
    /// Where the line of date and time by the title ends: before it, and after the text of such an
    /// article, there is no verse. 0 if there is no such line.
    pub stamp: usize,
    /// Whether blank lines separate its paragraphs.
    pub airy: bool,
    /// Whether most of its text is in lines as short as verse.
    short: bool,
    /// Whether its words have marks, so that lines without them are not its own.
    marked: bool,
    /// The titles that several pictures have.
    series: HashSet<String>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(pieces: Vec<Piece<'a>>) -> Draft<'a> {
        /// Date and time are within this many lines of the first.
        const HEAD: usize = 12;
        let count = pieces.len();
        let stamped = |piece: &Piece| {
            !piece.stops() && dateline::when(piece.text).is_some_and(|when| when.exact)
        };
        let stamp = pieces.iter().take(HEAD).position(stamped).map_or(0, |at| at + 1);
        let gaps = pieces.iter().skip(1).filter(|piece| piece.gap_before).count();
        let all: usize = pieces.iter().map(|piece| piece.chars).sum();
        let verse: usize = pieces.iter().map(|piece| piece.chars).filter(|&c| c < VERSE).sum();
        Draft {
            verdicts: vec![None; count],
            title: None,
            body: 0,
            tail: count,
            comments: count,
            scraped: pieces.iter().any(rules::is_site_text),
            stamp,
            airy: gaps * 3 >= count,
            short: verse * 2 > all,
            marked: pieces.iter().any(|piece| !piece.text.is_ascii()),
            series: pictures::series(&pieces),
            pieces,
        }
    }

    /// Whether the piece at `at` repeats the title.
    pub(super) fn repeats_title(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        self.title.is_some_and(|title| {
            title != at
                && pictures::repeats(piece, &self.pieces[title])
                && (!self.in_verse(at) || pictures::repeats_with_number(piece, &self.pieces[title]))
        })
    }

    /// What the piece is if it names a picture: the title of the article, or another with the picture's number.
    pub(super) fn names_picture(&self, at: usize) -> Option<Verdict> {
        /// Shorter lines with a number may be parts of a story or rows of a table.
        const WORDS: usize = 6;
        /// The same without marks.
        const UNMARKED: usize = 4;
        if self.repeats_title(at) {
            return Some((BlockKind::Repetition, rules::REPEATS_TITLE));
        }
        let piece = &self.pieces[at];
        let has = |title: &str, words: usize| title.split_whitespace().count() >= words;
        let unmarked = || {
            self.marked && pictures::unmarked(piece).is_some_and(|(title, _)| has(title, UNMARKED))
        };
        // The text of the picture stands right below.
        let above_caption = || {
            let below = self.pieces.get(at + 1);
            below.is_some_and(|below| !below.gap_before && rules::is_caption(below))
        };
        let numbered = || {
            pictures::bare_number(piece).is_some_and(|(title, _)| {
                has(title, WORDS) && (self.series.contains(&words(title).0) || above_caption())
            })
        };
        if unmarked() || numbered() {
            return Some((BlockKind::Caption, rules::NAMES_PICTURE));
        }
        let below_title = self.title.is_some_and(|title| title < at);
        let may_be = below_title
            && self.airy
            && piece.gap_before
            && piece.chars <= rules::SHORT
            && !piece.stops()
            && !piece.leads_on();
        let is_above_credit = may_be
            && self
                .pieces
                .get(at + 1)
                .is_some_and(|below| !below.gap_before && rules::is_bare_credit(below));
        is_above_credit
            .then_some((BlockKind::Caption, "a line right above the credit of its picture"))
    }

    /// Whether the line above names a picture by its number alone: what is below may be text all the same.
    fn is_under_number(&self, at: usize) -> bool {
        let above = at.checked_sub(1).and_then(|above| self.pieces.get(above));
        above.is_some_and(|above| {
            pictures::bare_number(above).or_else(|| pictures::unmarked(above)).is_some()
        })
    }

    /// Whether what stands right below the name of a picture is text of the article all the same: the picture has only a
    /// number, the heading of a part is above it, or there are more sentences than a caption has.
    pub(super) fn is_text_under_picture(&self, at: usize) -> bool {
        /// A caption has so many sentences at most.
        const SENTENCES: usize = 2;
        let piece = &self.pieces[at];
        let headed = || {
            let head = at.checked_sub(2).and_then(|head| self.pieces.get(head));
            head.is_some_and(|head| {
                rules::may_head(head) && !rules::is_of_page(head) && !rules::is_caption(head)
            }) && self.pieces[at - 1].gap_before
                && self.names_picture(at - 2).is_none()
                && !rules::is_caption(piece)
        };
        piece.stops() && (self.is_under_number(at) || piece.stops_inside() >= SENTENCES || headed())
    }

    /// Whether the piece is one of several short lines below one another, as in a poem.
    pub(super) fn in_verse(&self, at: usize) -> bool {
        if at < self.stamp || (self.stamp > 0 && at >= self.tail) {
            return false;
        }
        let short = |piece: &Piece| {
            piece.chars < VERSE && !dateline_like(piece) && !rules::is_of_page(piece)
        };
        let piece = &self.pieces[at];
        let above = at.checked_sub(1).and_then(|i| self.pieces.get(i));
        let above = above.is_some_and(|above| !piece.gap_before && short(above));
        let below = self.pieces.get(at + 1).is_some_and(|below| !below.gap_before && short(below));
        short(piece) && if self.airy || self.short { above || below } else { above && below }
    }

    /// What a short line among others is: a line of verse that another follows, or the last of a stanza.
    pub(super) fn verse(&self, at: usize) -> Verdict {
        let goes_on = self.pieces.get(at + 1).is_some_and(|next| !next.gap_before);
        let goes_on = goes_on && self.in_verse(at + 1) && !self.pieces[at].full_stop();
        let kind = if goes_on { BlockKind::Verse } else { BlockKind::Paragraph };
        (kind, "a short line among others")
    }

    /// The blocks that follow from the verdicts.
    pub(super) fn blocks(self) -> Vec<Block> {
        let mut blocks = Vec::with_capacity(self.pieces.len() + 1);
        let opening = self.opening();
        for (at, (piece, verdict)) in self.pieces.iter().zip(&self.verdicts).enumerate() {
            let (kind, reason) = verdict.unwrap_or((BlockKind::Paragraph, "running text"));
            let mut push = |kind, span, reason| blocks.push(Block::new(kind, span, reason));
            let mut span = piece.span;
            let is_text = matches!(kind, BlockKind::Paragraph | BlockKind::Sapo);
            if let Some(end) = credits::opening(piece.text).filter(|_| is_text) {
                let credit = Span::new(span.start, span.start + piece.text[..end].trim_end().len());
                push(BlockKind::Credit, credit, "whose picture stands beside the text");
                span.start += end;
            }
            let text = &piece.text[span.start - piece.span.start..];
            if let Some(end) = lead(text, kind).filter(|_| Some(at) == opening) {
                let cut = span.start + end;
                push(
                    BlockKind::Dateline,
                    Span::new(span.start, cut),
                    "place or source before the text",
                );
                let rest = &text[end..];
                span.start = cut + (rest.len() - rest.trim_start().len());
            }
            let text = &piece.text[span.start - piece.span.start..];
            let credit =
                (kind == BlockKind::Paragraph).then(|| credits::closing_credit(text)).flatten();
            if let Some(credit) = credit {
                let end = span.start + text[..credit].trim_end().len();
                push(kind, Span::new(span.start, end), reason);
                let credit = Span::new(span.start + credit, span.end);
                push(BlockKind::Credit, credit, "whose picture stands beside the text");
            } else {
                push(kind, span, reason);
            }
        }
        blocks
    }

    /// The first piece of running text, which may open with place and agency; the title if there is nothing else.
    fn opening(&self) -> Option<usize> {
        if self.pieces.len() == 1 {
            return Some(0);
        }
        self.verdicts.iter().position(|verdict| {
            matches!(verdict, None | Some((BlockKind::Sapo | BlockKind::Paragraph, _)))
        })
    }
}

/// Where place and agency end that open a text: `TPO -`. Those of a text of one line, which its title may be, are no words
/// that such a title begins with: `VTV - 50 năm lên sóng`.
fn lead(text: &str, kind: BlockKind) -> Option<usize> {
    /// The shortest opening that is no broadcaster.
    const LEAST: usize = 5;
    /// A title of news has so many words at least.
    const WORDS: usize = 6;
    let end = dateline::lead(text)?;
    if kind != BlockKind::Title {
        return Some(end);
    }
    let opening = text[..end].trim_end_matches(['-', '–', '—', ' ']);
    let is_sure = opening.ends_with(['O', '+', ')']) || opening.chars().count() >= LEAST;
    let rest = text[end..].trim_start();
    (is_sure && rest.starts_with(char::is_uppercase) && rest.split(' ').count() >= WORDS)
        .then_some(end)
}

/// Whether the piece is a dateline or a section label by its form.
pub(super) fn dateline_like(piece: &Piece) -> bool {
    dateline::when(piece.text).is_some() || phrases::is_whole(piece, Role::Section)
}
