//! What each piece of an article is: its head is read first, then where its text ends, then the
//! body between, then what stands after it.

use crate::model::diag::Span;
use crate::model::document::{Block, BlockKind, Document};
use crate::text::readers::front::front_matter;
use crate::text::readers::phrases::{self, Role};
use crate::text::readers::pieces::{Piece, pieces};
use crate::text::readers::policy::ReadingPolicy;
use crate::text::readers::rules::{self, Verdict};
use crate::text::readers::{body, dateline, head, tail};

/// Lines of verse are shorter than this, in characters.
const VERSE: usize = 60;

/// An article on the way to being understood.
pub(super) struct Article<'a> {
    /// Its pieces.
    pub pieces: Vec<Piece<'a>>,
    /// What is known of each piece so far.
    pub verdicts: Vec<Option<Verdict>>,
    /// Which piece is the title.
    pub title: Option<usize>,
    /// Where the text begins, after title, dateline and what stands by them.
    pub body: usize,
    /// Where what follows the text begins.
    pub tail: usize,
    /// Where the readers' comments begin; the number of pieces if there are none.
    pub comments: usize,
    /// Whether it shows that it was taken from a site.
    pub scraped: bool,
    /// Where the line of date and time by the title ends: before it, and after the text of such an
    /// article, stands no verse. 0 if there is none.
    pub stamp: usize,
    /// Whether blank lines part its paragraphs.
    pub airy: bool,
    /// Whether most of its text stands in lines as short as verse.
    short: bool,
}

/// The blocks of an article. Takes time in proportion to its length.
///
/// Whatever the rules make of it, every character that is not white space is in exactly one block,
/// and the blocks are in order. [Front matter](crate::text::readers::front_matter) is never read, except that its
/// title stands in for one that the text itself lacks.
#[must_use]
pub fn article(source: String, policy: &ReadingPolicy) -> Document {
    let front = front_matter(&source);
    let start = front.as_ref().map_or(0, |front| front.end);
    let mut article = Article::new(pieces(&source[start..]));
    head::read(&mut article);
    tail::find(&mut article);
    body::read(&mut article);
    tail::read(&mut article);
    let titled = article.title.is_some();
    let mut blocks = article.blocks(policy);
    if let Some(front) = front {
        for block in &mut blocks {
            block.span = Span::new(block.span.start + start, block.span.end + start);
        }
        let title = front.title_in(&source).filter(|_| !titled);
        blocks.splice(0..0, before_article(&source[..start], title, policy));
    }
    Document { source, blocks }
}

/// The blocks of a front matter: what tells about the article, and its title where the text itself
/// has none.
fn before_article(front: &str, title: Option<Span>, policy: &ReadingPolicy) -> Vec<Block> {
    let about = |from: usize, to: usize| {
        let text = &front[from..to];
        let start = from + text.len() - text.trim_start().len();
        let span = Span::new(start, start + text.trim().len());
        let reason = "front matter, which tells about the article";
        Block { kind: BlockKind::Boilerplate, span, read: false, reason }
    };
    let Some(span) = title else { return vec![about(0, front.len())] };
    let kind = BlockKind::Title;
    let reason = "the title in the front matter of a text without one";
    let title = Block { kind, span, read: policy.reads(kind), reason };
    vec![about(0, span.start), title, about(span.end, front.len())]
}

impl<'a> Article<'a> {
    fn new(pieces: Vec<Piece<'a>>) -> Article<'a> {
        /// Date and time stand within so many lines of the first.
        const HEAD: usize = 12;
        let count = pieces.len();
        let stamped = |piece: &Piece| {
            !piece.stops() && dateline::when(piece.text).is_some_and(|when| when.exact)
        };
        let stamp = pieces.iter().take(HEAD).position(stamped).map_or(0, |at| at + 1);
        let gaps = pieces.iter().skip(1).filter(|piece| piece.gap_before).count();
        let all: usize = pieces.iter().map(|piece| piece.chars).sum();
        let verse: usize = pieces.iter().map(|piece| piece.chars).filter(|&c| c < VERSE).sum();
        Article {
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

    /// Whether the piece at `at` says the title again.
    pub(super) fn repeats_title(&self, at: usize) -> bool {
        self.title.is_some_and(|title| {
            title != at
                && rules::repeats(&self.pieces[at], &self.pieces[title])
                && !self.in_verse(at)
        })
    }

    /// Whether the piece is one of several short lines one under another, as in a poem.
    pub(super) fn in_verse(&self, at: usize) -> bool {
        if at < self.stamp || (self.stamp > 0 && at >= self.tail) {
            return false;
        }
        let short = |piece: &Piece| piece.chars < VERSE && !dateline_like(piece);
        let piece = &self.pieces[at];
        let above = at.checked_sub(1).and_then(|i| self.pieces.get(i));
        let above = above.is_some_and(|above| !piece.gap_before && short(above));
        let below = self.pieces.get(at + 1).is_some_and(|below| !below.gap_before && short(below));
        short(piece) && if self.airy || self.short { above || below } else { above && below }
    }

    fn blocks(self, policy: &ReadingPolicy) -> Vec<Block> {
        let mut blocks = Vec::with_capacity(self.pieces.len() + 1);
        let opening = self.opening();
        for (at, (piece, verdict)) in self.pieces.iter().zip(&self.verdicts).enumerate() {
            let (kind, reason) = verdict.unwrap_or((BlockKind::Paragraph, "running text"));
            let mut push = |kind, span, reason| {
                blocks.push(Block { kind, span, read: policy.reads(kind), reason });
            };
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
            push(kind, span, reason);
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
