//! What each piece of an article is: its head is read first, then where its text ends, then the
//! body between, then what follows it.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::model::article::{Article, Block, BlockKind};
use crate::model::diag::Span;
use crate::model::metadata::FrontMatter;
use crate::text::readers::builder::Look;
use crate::text::readers::draft::Draft;
use crate::text::readers::phrases::{self, Role};
use crate::text::readers::pieces::{Piece, pieces, single_lines};
use crate::text::readers::rules::{self, Verdict};
use crate::text::readers::{body, dateline, front, head, similar, tail};

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
            block.span = block.span.moved(start);
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
    buttons(&mut draft, &links);
    read(&mut draft);
    first_heading_is_title(&mut draft);
    above_the_title(&mut draft);
    among_links(&mut draft);
    headings_of_nothing(&mut draft.verdicts);
    said_before(&mut draft);
    picture_story(&mut draft);
    article.blocks = draft.blocks();
}

/// Links of a few words that stand alone: buttons in the text, keywords below it.
fn buttons(draft: &mut Draft, links: &[bool]) {
    let last = draft.pieces.iter().rposition(Piece::is_prose).unwrap_or(0);
    for (at, verdict) in draft.verdicts.iter_mut().enumerate() {
        let may_be = match verdict {
            None => true,
            // Lists in a text may be of links.
            Some((BlockKind::List | BlockKind::Heading, _)) => at > last,
            Some(_) => false,
        };
        if links[at] && may_be && !draft.pieces[at].stops() {
            *verdict = Some((BlockKind::Boilerplate, "a link that stands alone"));
        }
    }
}

/// What a page says twice: the opening paragraph in a box, the same text for small screens.
fn said_before(draft: &mut Draft) {
    /// Shorter texts may be said twice on purpose.
    const FEWEST: usize = 80;
    let mut said = HashSet::new();
    for (piece, verdict) in draft.pieces.iter().zip(&mut draft.verdicts) {
        let is_text = verdict.is_none_or(|(kind, _)| {
            matches!(kind, BlockKind::Sapo | BlockKind::Paragraph | BlockKind::Quote)
        });
        if is_text
            && piece.chars >= FEWEST
            && !piece.key.is_empty()
            && !said.insert(piece.key.0.clone())
        {
            *verdict = Some((BlockKind::Repetition, "says again what was said before"));
        }
    }
}

/// Where the texts of pictures hold the story and hardly anything else does, they are the text.
fn picture_story(draft: &mut Draft) {
    /// So many pictures make a story.
    const FEWEST: usize = 3;
    /// The texts of pictures hold so many times as many words as the paragraphs.
    const TIMES: usize = 2;
    /// Whole sentences of at least so many words tell something.
    const WORDS: usize = 10;
    let tells = |piece: &Piece, verdict: &Option<Verdict>| {
        matches!(verdict, Some((BlockKind::Caption, _)))
            && piece.words >= WORDS
            && (piece.stops() || !piece.one_sentence())
    };
    let (mut pictures, mut told, mut other) = (0, 0, 0);
    for (piece, verdict) in draft.pieces.iter().zip(&draft.verdicts) {
        match verdict {
            _ if tells(piece, verdict) => (pictures, told) = (pictures + 1, told + piece.words),
            None | Some((BlockKind::Paragraph | BlockKind::List | BlockKind::Quote, _)) => {
                other += piece.words;
            }
            _ => {}
        }
    }
    if pictures < FEWEST || told < TIMES * other {
        return;
    }
    for (piece, verdict) in draft.pieces.iter().zip(&mut draft.verdicts) {
        if tells(piece, verdict) {
            *verdict = Some((BlockKind::Paragraph, "the text of a picture, which tells the story"));
        }
    }
}

/// Where a page names no title, the first heading above its text is that, and what is above it is the
/// site's.
fn first_heading_is_title(draft: &mut Draft) {
    let is = |verdict: &Option<Verdict>, wanted: BlockKind| {
        verdict.is_some_and(|(kind, _)| kind == wanted)
    };
    if draft.verdicts.iter().any(|verdict| is(verdict, BlockKind::Title)) {
        return;
    }
    let prose = draft.pieces.iter().position(Piece::is_prose).unwrap_or(draft.pieces.len());
    let first = (0..prose).find(|&at| is(&draft.verdicts[at], BlockKind::Heading));
    if let Some(first) = first {
        draft.title = Some(first);
        draft.verdicts[first] = Some((BlockKind::Title, "the first heading of the text"));
        for verdict in &mut draft.verdicts[..first] {
            *verdict = Some((BlockKind::Boilerplate, "above the title on the page"));
        }
    }
}

/// What a page has above its title is the site's, and so are lines about the article between the title
/// and the text.
fn above_the_title(draft: &mut Draft) {
    /// So many lines right under the opening paragraph may be about the article.
    const UNDER: usize = 8;
    let Some(title) = draft.title else { return };
    let first_prose = draft.pieces.iter().skip(title + 1).position(Piece::is_prose);
    let end = first_prose.map_or(draft.pieces.len(), |at| title + 1 + at);
    // The page shows its title again where the text begins.
    let again = (title + 1..draft.pieces.len() / 2)
        .find(|&at| similar::is_same(draft.pieces[title].text, draft.pieces[at].text));
    if let Some(again) = again {
        for at in title + 1..again {
            if !matches!(draft.verdicts[at], Some((BlockKind::Sapo, _))) {
                draft.verdicts[at] = Some((BlockKind::Boilerplate, "above the title on the page"));
            }
        }
        draft.verdicts[again] = Some((BlockKind::Repetition, "repeats the title"));
    }
    // Some sites print them under the opening paragraph.
    let second = draft.pieces.iter().skip(end + 1).position(Piece::is_prose);
    let under = second.map_or(end, |lines| end + 1 + lines.min(UNDER));
    for at in title + 1..under {
        let piece = &draft.pieces[at];
        let is_undecided = draft.verdicts[at].is_none_or(|(kind, _)| {
            matches!(kind, BlockKind::Paragraph | BlockKind::List)
                || kind == BlockKind::Heading && at < end
        });
        let is_about = phrases::starts_with(piece, Role::Crumb).is_some()
            || dateline::when(piece.text).is_some()
            || phrases::is_whole(piece, Role::Edge)
            || rules::is_counter(piece);
        if is_undecided && is_about && piece.words <= 14 {
            draft.verdicts[at] = Some((BlockKind::Dateline, "about the article, above its text"));
        }
    }
}

/// At the end of a page, short texts among links to other articles belong to those.
fn among_links(draft: &mut Draft) {
    /// Links are this share of the end.
    const SHARE: f64 = 0.35;
    /// A longer text is the article's.
    const LONGEST: usize = 40;
    let is_site = |verdict: &Option<Verdict>| {
        matches!(
            verdict,
            Some((BlockKind::Related | BlockKind::Boilerplate | BlockKind::Dateline, _))
        )
    };
    let (mut links, mut all, mut cut) = (0usize, 0usize, draft.pieces.len());
    let mut was_site = true;
    for at in (0..draft.pieces.len()).rev() {
        let site = is_site(&draft.verdicts[at]);
        // Summaries stand alone under their links; two texts in a row are the article's.
        if !site && (draft.pieces[at].words > LONGEST || !was_site) {
            break;
        }
        was_site = site;
        all += 1;
        links += usize::from(site);
        if site && links >= 2 && links as f64 >= SHARE * all as f64 {
            cut = at;
        }
    }
    for verdict in draft.verdicts.iter_mut().skip(cut).filter(|verdict| !is_site(verdict)) {
        if !matches!(
            verdict,
            Some((BlockKind::Byline | BlockKind::Caption | BlockKind::Footnote, _))
        ) {
            *verdict = Some((BlockKind::Related, "stands among links to other articles"));
        }
    }
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
        if rules::is_site_text(piece) {
            return true;
        }
        const ROLES: [Role; 5] =
            [Role::Boilerplate, Role::Related, Role::Comments, Role::Contents, Role::Tags];
        ROLES.iter().any(|&role| phrases::is_whole(piece, role))
    };
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
