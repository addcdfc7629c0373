//! What is after the text: author, source, keywords, other headlines, the site's footer, and
//! readers' comments.

use crate::model::article::BlockKind;
use crate::text::readers::dateline;
use crate::text::readers::draft::Draft;
use crate::text::readers::phrases::{self, Role};
use crate::text::readers::pieces::Piece;
use crate::text::readers::rules::{self, Verdict};

/// Finds where the text ends: after its last paragraph or list item that is not from the site, and
/// before the readers' comments.
pub(super) fn find(article: &mut Draft) {
    article.comments = comments(article);
    let mut at = article.comments;
    let mut site_below = article.scraped;
    while at > article.body {
        let piece = &article.pieces[at - 1];
        let is_body = |(kind, _): &Verdict| {
            use BlockKind::{Code, Footnote, List, Quote, Sapo, Table};
            matches!(kind, Code | Footnote | List | Quote | Sapo | Table)
        };
        if article.verdicts[at - 1].as_ref().is_some_and(is_body) {
            break;
        }
        let site = rules::is_site_text(piece) || is_footer(piece, site_below);
        site_below |= site;
        if let Some(list) = linked_list(article, at - 1) {
            at = list;
            continue;
        }
        let text = piece.is_prose() || piece.list_mark().is_some() || rules::is_quote(piece);
        if text && !site && !rules::is_caption(piece) && !rules::is_link(piece) {
            break;
        }
        at -= 1;
    }
    article.tail = at;
}

/// Where readers' comments or the words about the author begin: at a line that says so, where it counts
/// them or, in a text from a site, where at most a third of the text follows. An author's own last part
/// may be headed `Bình luận` too.
fn comments(article: &Draft) -> usize {
    let total: usize = article.pieces.iter().map(|piece| piece.chars).sum();
    let mut before = 0;
    for (at, piece) in article.pieces.iter().enumerate() {
        let counted = piece.text.contains(|c: char| c.is_ascii_digit());
        let is_one = |role| phrases::is_whole(piece, role);
        if at > article.body
            && (is_one(Role::Comments) || is_one(Role::Author))
            && (counted || (article.scraped && (total - before) * 3 <= total))
        {
            return at;
        }
        before += piece.chars;
    }
    article.pieces.len()
}

/// Whether it is part of a footer: a line or short paragraph that begins as footers do, in a text
/// from a site.
fn is_footer(piece: &Piece, from_a_site: bool) -> bool {
    from_a_site && phrases::starts_with(piece, Role::Footer).is_some()
}

/// The first of the list items that end at `last`, if a line above them says they are links or
/// keywords.
fn linked_list(article: &Draft, last: usize) -> Option<usize> {
    let items = article.pieces[article.body..=last]
        .iter()
        .rev()
        .take_while(|piece| piece.list_mark().is_some() && rules::is_headline(piece))
        .count();
    let first = last + 1 - items;
    let above = first.checked_sub(1).filter(|&above| items > 0 && above >= article.body)?;
    let opener = &article.pieces[above];
    (phrases::is_whole(opener, Role::Related) || phrases::is_whole(opener, Role::Tags))
        .then_some(first)
}

/// What the lines after the text have shown so far.
#[derive(Default)]
struct Seen {
    byline: bool,
    site: bool,
    headlines: bool,
    keywords: bool,
}

/// Reads from the end of the text to the end.
pub(super) fn read(article: &mut Draft) {
    let mut seen = Seen::default();
    for at in article.tail..article.comments {
        if article.verdicts[at].is_none() {
            article.verdicts[at] = Some(verdict(article, at, &mut seen));
        }
    }
    let is_author = article
        .pieces
        .get(article.comments)
        .is_some_and(|opener| phrases::is_whole(opener, Role::Author));
    for at in article.comments..article.pieces.len() {
        let reason = match (is_author, at == article.comments) {
            (true, _) => "about the author, and what the site prints after that",
            (false, true) => "opens the readers' comments",
            (false, false) => "a reader's comment",
        };
        article.verdicts[at] = Some((BlockKind::Boilerplate, reason));
    }
}

fn verdict(article: &Draft, at: usize, seen: &mut Seen) -> Verdict {
    let piece = &article.pieces[at];
    if let Some(verdict) = article.names_picture(at) {
        return verdict;
    }
    if rules::is_labelled_address(piece) {
        return (BlockKind::Boilerplate, "an address and nothing else");
    }
    if at > 0
        && article.verdicts[at - 1] == Some((BlockKind::Repetition, rules::REPEATS_TITLE))
        && !piece.gap_before
        && piece.is_prose()
        && !article.is_text_under_picture(at)
    {
        return (BlockKind::Caption, "stands right under the repeated title");
    }
    if rules::is_rule(piece) {
        return (BlockKind::Boilerplate, "a ruled line");
    }
    if let Some(verdict) = site(article, at, seen) {
        seen.site = true;
        return verdict;
    }
    if rules::is_byline(piece) && !seen.site && (rules::is_signed(piece) || !article.in_verse(at)) {
        seen.byline = true;
        return (BlockKind::Byline, "a name or a source after the text");
    }
    if rules::is_caption(piece) {
        return (BlockKind::Caption, "says it belongs to a picture");
    }
    // Under the author's name is where it was printed first.
    let source = article.stamp > 0
        && seen.byline
        && !seen.site
        && matches!(article.verdicts[at - 1], Some((BlockKind::Byline, _)))
        && piece.words <= 5
        && !piece.stops()
        && piece.starts_large();
    if source {
        return (BlockKind::Byline, "a source under the author's name");
    }
    let when = dateline::when(piece.text).filter(|when| when.others <= 2 && !piece.stops());
    if when.is_some() && article.scraped {
        return (BlockKind::Dateline, "date and time after the text");
    }
    if seen.keywords && piece.words <= 5 && !piece.stops() {
        return (BlockKind::Boilerplate, "a keyword");
    }
    let headline = rules::is_headline(piece);
    if seen.headlines && headline {
        return (BlockKind::Related, "a headline under a list of other articles");
    }
    // Without a line that says so, only a line as long as headlines usually are.
    if article.scraped && (seen.byline || seen.site) && headline && piece.words >= 6 {
        return (BlockKind::Related, "a headline after the end of the text");
    }
    if article.in_verse(at) {
        return article.verse(at);
    }
    (BlockKind::Paragraph, "a line after the last full paragraph")
}

/// What the site prints after the text, if the piece is that.
fn site(article: &Draft, at: usize, seen: &mut Seen) -> Option<Verdict> {
    let piece = &article.pieces[at];
    if phrases::is_whole(piece, Role::Related) {
        (seen.headlines, seen.keywords) = (true, false);
        return Some((BlockKind::Boilerplate, "opens a list of other articles"));
    }
    if rules::is_link(piece) {
        return Some((BlockKind::Related, "names another article to read"));
    }
    if piece.text.starts_with('#') && !piece.text.starts_with("# ") && !piece.stops() {
        (seen.headlines, seen.keywords) = (true, true);
        return Some((BlockKind::Boilerplate, "the keywords of the article"));
    }
    let is_last = at + 1 == article.comments;
    let counts = rules::is_counter(piece) && (article.scraped || seen.byline && is_last)
        || phrases::is_count(piece.text) && (article.scraped || seen.byline);
    if counts {
        return Some((BlockKind::Boilerplate, "a number that a button shows"));
    }
    if phrases::is_whole(piece, Role::Tags) {
        (seen.headlines, seen.keywords) = (false, true);
        return Some((BlockKind::Boilerplate, "opens the keywords"));
    }
    let tags = phrases::starts_with(piece, Role::Tags).is_some() && !piece.full_stop();
    if tags && piece.text.contains(':') {
        return Some((BlockKind::Boilerplate, "the keywords of the article"));
    }
    // Single words such as `In` or `A` may end a text; a row of buttons, or one among others, may not.
    if rules::is_site_text(piece) || (phrases::is_row_of_links(piece) && !article.in_verse(at)) {
        return Some((BlockKind::Boilerplate, "the site prints it on every page"));
    }
    if is_footer(piece, article.scraped || seen.site) {
        return Some((BlockKind::Boilerplate, "the site's footer"));
    }
    None
}
