//! An article while it is analysed: its pieces, and what is known about each so far.

use crate::model::article::{Block, BlockKind};
use crate::model::diag::Span;
use crate::text::readers::dateline;
use crate::text::readers::phrases::{self, Role};
use crate::text::readers::pieces::Piece;
use crate::text::readers::rules::{self, Verdict};

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
            pieces,
        }
    }

    /// Whether the piece at `at` repeats the title.
    pub(super) fn repeats_title(&self, at: usize) -> bool {
        self.title.is_some_and(|title| {
            title != at
                && rules::repeats(&self.pieces[at], &self.pieces[title])
                && !self.in_verse(at)
        })
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
            if let Some(end) = dateline::lead(piece.text).filter(|_| Some(at) == opening) {
                let cut = span.start + end;
                push(
                    BlockKind::Dateline,
                    Span::new(span.start, cut),
                    "place or source before the text",
                );
                let rest = &piece.text[end..];
                span.start = cut + (rest.len() - rest.trim_start().len());
            }
            let text = &piece.text[span.start - piece.span.start..];
            let credit =
                (kind == BlockKind::Paragraph).then(|| phrases::closing_credit(text)).flatten();
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

    /// The first piece of running text, which may open with place and agency.
    fn opening(&self) -> Option<usize> {
        self.verdicts.iter().position(|verdict| {
            matches!(verdict, None | Some((BlockKind::Sapo | BlockKind::Paragraph, _)))
        })
    }
}

/// Whether the piece is a dateline or a section label by its form.
pub(super) fn dateline_like(piece: &Piece) -> bool {
    dateline::when(piece.text).is_some() || phrases::is_whole(piece, Role::Section)
}
