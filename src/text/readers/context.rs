//! What the pieces of an article are in view of one another: what is said twice, stands above the title or
//! among links, and where the texts of pictures are the story.

use std::collections::HashSet;

use crate::model::article::BlockKind;
use crate::text::readers::dateline;
use crate::text::readers::draft::Draft;
use crate::text::readers::phrases::{self, Role};
use crate::text::readers::pieces::Piece;
use crate::text::readers::rules::{self, Verdict};
use crate::text::readers::similar;
use crate::text::readers::words::words;

/// Links of a few words that stand alone: buttons in the text, keywords below it.
pub(super) fn buttons(draft: &mut Draft, links: &[bool]) {
    let is_text = |at: &usize| {
        let is_kept = draft.verdicts[*at].is_none_or(|(kind, _)| {
            matches!(kind, BlockKind::Paragraph | BlockKind::List | BlockKind::Quote)
        });
        is_kept && draft.pieces[*at].is_prose()
    };
    let last = (0..draft.pieces.len()).rev().find(is_text).unwrap_or(draft.pieces.len());
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
pub(super) fn said_before(draft: &mut Draft) {
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

/// Quotations that repeat words of the text, set apart for the eye.
pub(super) fn set_apart(draft: &mut Draft) {
    /// Shorter words may be said twice on purpose.
    const FEWEST: usize = 6;
    /// An article sets no more of them apart.
    const MOST: usize = 40;
    let is_quote = |at: &usize| {
        matches!(draft.verdicts[*at], Some((BlockKind::Quote, _)))
            && draft.pieces[*at].words >= FEWEST
            && !draft.pieces[*at].key.is_empty()
    };
    let quotes: Vec<usize> = (0..draft.pieces.len()).filter(is_quote).take(MOST).collect();
    if quotes.is_empty() {
        return;
    }
    let is_text = |at: &usize| {
        matches!(draft.verdicts[*at], None | Some((BlockKind::Paragraph | BlockKind::Sapo, _)))
    };
    let texts: Vec<String> = (0..draft.pieces.len())
        .filter(is_text)
        .map(|at| format!(" {} ", words(draft.pieces[at].text).0))
        .collect();
    for at in quotes {
        let quote = format!(" {} ", draft.pieces[at].key.0);
        if texts.iter().any(|text| text.contains(&quote)) {
            draft.verdicts[at] = Some((BlockKind::Repetition, "repeats words of the text"));
        }
    }
}

/// Where the texts of pictures hold the story and hardly anything else does, they are the text.
pub(super) fn picture_story(draft: &mut Draft) {
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
pub(super) fn first_heading_is_title(draft: &mut Draft) {
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
pub(super) fn above_the_title(draft: &mut Draft) {
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
        draft.verdicts[again] = Some((BlockKind::Repetition, rules::REPEATS_TITLE));
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
pub(super) fn among_links(draft: &mut Draft) {
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

/// Headings that only lists of other articles, notes and the like follow are the site's.
pub(super) fn headings_of_nothing(draft: &mut Draft) {
    let mut is_site = true;
    for (piece, verdict) in draft.pieces.iter().zip(&mut draft.verdicts).rev() {
        match verdict {
            Some((BlockKind::Related | BlockKind::Boilerplate | BlockKind::Footnote, _)) => {
                is_site = true;
            }
            Some((BlockKind::Heading | BlockKind::Paragraph, _)) if is_site => {
                let is_heading = matches!(verdict, Some((BlockKind::Heading, _)));
                is_site = is_heading || phrases::opens_site_text(piece);
                if is_site {
                    *verdict = Some((
                        BlockKind::Boilerplate,
                        "a heading with nothing of the article below",
                    ));
                }
            }
            _ => is_site = false,
        }
    }
}
