//! The final kinds of the blocks of a web page: by its markup first, then by the rules for plain text, then
//! by what stands around them.

use std::borrow::Cow;

use crate::model::article::{Article, Block, BlockKind};
use crate::text::readers::builder::Look;
use crate::text::readers::draft::Draft;
use crate::text::readers::phrases::{self, Role};
use crate::text::readers::pieces::{Piece, single_lines};
use crate::text::readers::rules::{self, Verdict};
use crate::text::readers::{classify, context, dateline, similar};

/// Gives the blocks of an article that a site printed their final kinds. What its markup says stays;
/// where that says only that something is text, the rules for plain text decide. `looks` says how each
/// block looks. A block of several lines becomes one for each line.
pub(super) fn blocks(article: &mut Article, looks: &[Look]) {
    let title = article.blocks.first().filter(|first| first.kind == BlockKind::Title);
    let title = title.map(|title| article.line_of(title));
    let mut pieces = Vec::new();
    let mut verdicts = Vec::new();
    let mut links = Vec::new();
    let mut has_prose = false;
    for (block, look) in article.blocks.iter().zip(looks) {
        let lines = single_lines(article.text_of(block));
        for (at, line) in lines.into_iter().enumerate() {
            let span = line.moved(block.span.start);
            let piece = Piece::new(&article.text, span, at == 0);
            let verdict = by_markup(block, &piece, look, title.as_deref());
            let is_label = !has_prose && look.style.is_link && piece.words < 4;
            has_prose |= piece.is_prose();
            verdicts.push(if is_label && verdict.is_none() {
                Some((BlockKind::Dateline, "a section label by the title"))
            } else {
                verdict
            });
            links.push(look.style.is_link);
            pieces.push(piece);
        }
    }
    let mut draft = Draft::new(pieces);
    (draft.verdicts, draft.scraped) = (verdicts, true);
    context::buttons(&mut draft, &links);
    classify::read(&mut draft);
    context::first_heading_is_title(&mut draft);
    context::above_the_title(&mut draft);
    context::among_links(&mut draft);
    context::headings_of_nothing(&mut draft);
    context::said_before(&mut draft);
    context::set_apart(&mut draft);
    context::picture_story(&mut draft);
    article.blocks = draft.blocks();
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
    let is_site = || rules::is_site_text(piece) || phrases::opens_site_text(piece);
    let is_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::List | BlockKind::Heading);
    if look.style.is_jump && matches!(block.kind, BlockKind::Paragraph | BlockKind::List) {
        return Some((BlockKind::Boilerplate, "a link to a place on the page"));
    }
    if is_text && rules::is_address(piece) {
        return Some((BlockKind::Boilerplate, "an address and nothing else"));
    }
    if is_text && phrases::is_count(piece.text) {
        return Some((BlockKind::Boilerplate, "counts that the site shows"));
    }
    let time = || dateline::when(piece.text).filter(|when| when.others == 0 && !piece.stops());
    if is_text && time().is_some() {
        return Some((BlockKind::Dateline, "a date and a time and nothing else"));
    }
    if is_text && rules::is_caption(piece) {
        return Some((BlockKind::Caption, "says it belongs to a picture"));
    }
    if is_text && rules::is_teaser(piece) {
        return Some((BlockKind::Related, "the beginning of another article"));
    }
    match block.kind {
        BlockKind::Byline if phrases::starts_with(piece, Role::Crumb).is_some() => {
            Some((BlockKind::Boilerplate, "about the article"))
        }
        BlockKind::Byline if piece.words == 1 && piece.text.contains('@') => {
            Some((BlockKind::Boilerplate, "an address and nothing else"))
        }
        BlockKind::Sapo if !piece.is_prose() && dateline::when(piece.text).is_some() => {
            Some((BlockKind::Dateline, "about the article, above its text"))
        }
        BlockKind::Sapo if rules::is_link(piece) => {
            Some((BlockKind::Related, "names another article to read"))
        }
        BlockKind::Byline if piece.words > 12 && !rules::is_byline(piece) => {
            Some((BlockKind::Boilerplate, "about the author"))
        }
        BlockKind::Paragraph | BlockKind::List | BlockKind::Heading
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
            Some((BlockKind::Repetition, rules::REPEATS_TITLE))
        }
        BlockKind::Heading | BlockKind::List | BlockKind::Quote => said.filter(|_| !is_site()),
        _ => said,
    }
}
