//! What each piece of an article is: its head is read first, then where its text ends, then the
//! body between, then what follows it.

use std::borrow::Cow;

use crate::model::article::{Article, Block, BlockKind};
use crate::model::diag::Span;
use crate::model::metadata::FrontMatter;
use crate::text::readers::builder::Look;
use crate::text::readers::draft::Draft;
use crate::text::readers::phrases::{self, Role};
use crate::text::readers::pieces::{Piece, pieces};
use crate::text::readers::rules::{self, Verdict};
use crate::text::readers::{body, front, head, similar, tail};

/// The blocks of an article. Takes time in proportion to its length.
///
/// Whatever the rules decide, every character that is not white space is in exactly one block,
/// and the blocks are in order. The title in a front matter is used where the text has none.
pub(super) fn blocks(text: &str, front: Option<&FrontMatter>) -> Vec<Block> {
    let start = front.map_or(0, |front| front.end);
    let mut draft = Draft::new(pieces(&text[start..]));
    read(&mut draft);
    let titled = draft.title.is_some();
    let mut blocks = draft.blocks();
    if let Some(front) = front {
        for block in &mut blocks {
            block.span = Span::new(block.span.start + start, block.span.end + start);
        }
        let title = front::title_in(front, text).filter(|_| !titled);
        blocks.splice(0..0, before_article(&text[..start], title));
    }
    blocks
}

/// Decides what each piece is that is not decided yet.
fn read(draft: &mut Draft) {
    head::read(draft);
    tail::find(draft);
    body::read(draft);
    tail::read(draft);
}

/// Gives the blocks of an article that a site printed their final kinds. What its markup says stays;
/// where that says only that something is text, the rules for plain text decide. `looks` says how each
/// block looks. A block of several lines becomes one for each line.
pub(super) fn refine(article: &mut Article, looks: &[Look]) {
    let title = article.blocks.first().filter(|first| first.kind == BlockKind::Title);
    let title = title.map(|title| article.line_of(title));
    let mut pieces = Vec::new();
    let mut verdicts = Vec::new();
    for (block, look) in article.blocks.iter().zip(looks) {
        let mut start = block.span.start;
        for (at, line) in article.text_of(block).split('\n').enumerate() {
            let text = line.trim();
            let from = start + (line.len() - line.trim_start().len());
            start += line.len() + 1;
            if !text.is_empty() {
                let span = Span::new(from, from + text.len());
                let piece = Piece::new(&article.text, span, at == 0);
                verdicts.push(by_markup(block, &piece, look, title.as_deref()));
                pieces.push(piece);
            }
        }
    }
    let mut draft = Draft::new(pieces);
    (draft.verdicts, draft.scraped) = (verdicts, true);
    read(&mut draft);
    headings_of_nothing(&mut draft.verdicts);
    article.blocks = draft.blocks();
}

/// Headings that only lists of other articles follow are the site's.
fn headings_of_nothing(verdicts: &mut [Option<Verdict>]) {
    let mut is_site = true;
    for verdict in verdicts.iter_mut().rev() {
        match verdict {
            Some((BlockKind::Related | BlockKind::Boilerplate, _)) => is_site = true,
            Some((BlockKind::Heading, _)) if is_site => {
                *verdict =
                    Some((BlockKind::Boilerplate, "a heading with nothing of the article below"));
            }
            _ => is_site = false,
        }
    }
}

/// What the markup alone says of a piece, if that is enough.
fn by_markup(block: &Block, piece: &Piece, look: &Look, title: Option<&str>) -> Option<Verdict> {
    /// A shorter link may be a name that the text itself needs.
    const LINK_WORDS: usize = 4;
    let reason = match block.reason {
        Cow::Borrowed(reason) => reason,
        Cow::Owned(_) => "as the page says",
    };
    let said = Some((block.kind, reason));
    let is_site = || {
        const ROLES: [Role; 5] =
            [Role::Boilerplate, Role::Related, Role::Comments, Role::Contents, Role::Tags];
        ROLES.iter().any(|&role| phrases::is_whole(piece, role))
    };
    match block.kind {
        BlockKind::Paragraph | BlockKind::List
            if look.style.is_link && piece.words >= LINK_WORDS =>
        {
            Some((BlockKind::Related, "a link to another article"))
        }
        BlockKind::Paragraph => {
            let is_bare = look.place.is_centered || look.style.is_italic || !piece.stops();
            let is_caption = look.place.is_under_picture
                && is_bare
                && !look.style.is_bold
                && piece.chars <= rules::SHORT
                && piece.one_sentence()
                && !piece.leads_on()
                && piece.list_mark().is_none();
            is_caption.then_some((BlockKind::Caption, "a short line right under a picture"))
        }
        // Some sites set opening paragraphs as headings.
        BlockKind::Heading if piece.is_prose() && piece.words > 24 => None,
        BlockKind::Heading if title.is_some_and(|title| similar::is_same(title, piece.text)) => {
            Some((BlockKind::Repetition, "repeats the title"))
        }
        BlockKind::Heading | BlockKind::List | BlockKind::Quote => said.filter(|_| !is_site()),
        _ => said,
    }
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
