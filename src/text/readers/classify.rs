//! What each piece of an article is: its head is read first, then where its text ends, then the
//! body between, then what follows it.

use crate::model::article::{Block, BlockKind};
use crate::model::diag::Span;
use crate::model::metadata::FrontMatter;
use crate::text::readers::draft::Draft;
use crate::text::readers::pieces::{Piece, pieces};
use crate::text::readers::{body, context, dateline, front, head, tail};

/// The blocks of an article. Takes time in proportion to its length.
///
/// Whatever the rules decide, every character that is not white space is in exactly one block,
/// and the blocks are in order. The title in a front matter is used where the text has none.
pub(super) fn blocks(text: &str, front: Option<&FrontMatter>) -> Vec<Block> {
    let start = front.map_or(0, |front| front.end);
    let mut draft = Draft::new(with_stamps_apart(&text[start..]));
    read(&mut draft);
    context::picture_story(&mut draft);
    let titled = draft.title.is_some();
    let mut blocks = draft.blocks();
    if let Some(front) = front {
        for block in &mut blocks {
            block.span = block.span.moved(start);
        }
        let title = front::title_in(front, text).filter(|_| !titled);
        blocks.splice(0..0, before_article(&text[..start], title));
    }
    blocks
}

/// The pieces of a text. Where a site put date and time behind its title, they are a piece of their own.
fn with_stamps_apart(text: &str) -> Vec<Piece<'_>> {
    /// The title is among the first lines.
    const HEAD: usize = 12;
    let mut parted = Vec::new();
    for (at, piece) in pieces(text).into_iter().enumerate() {
        let may_have = at < HEAD && !piece.stops();
        let Some(stamp) = may_have.then(|| dateline::stamp(piece.text)).flatten() else {
            parted.push(piece);
            continue;
        };
        let Span { start, end } = piece.span;
        let title = start + piece.text[..stamp].trim_end().len();
        parted.push(Piece::new(text, Span::new(start, title), piece.gap_before));
        parted.push(Piece::new(text, Span::new(start + stamp, end), false));
    }
    parted
}

/// Decides what each piece is that is not decided yet.
pub(super) fn read(draft: &mut Draft) {
    head::read(draft);
    tail::find(draft);
    body::read(draft);
    tail::read(draft);
}

/// The blocks of a front matter: what it says about the article, and its title if the text itself has
/// none.
fn before_article(front: &str, title: Option<Span>) -> Vec<Block> {
    let about = |from: usize, to: usize| {
        let text = &front[from..to];
        let start = from + text.len() - text.trim_start().len();
        let span = Span::new(start, start + text.trim().len());
        Block::new(BlockKind::Boilerplate, span, "front matter, which tells about the article")
    };
    let Some(span) = title else { return vec![about(0, front.len())] };
    let reason = "the title in the front matter of a text without one";
    let title = Block::new(BlockKind::Title, span, reason);
    vec![about(0, span.start), title, about(span.end, front.len())]
}
