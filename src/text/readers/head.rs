//! What is before the text: title, dateline, section, author, and the site's menu.

use crate::model::article::BlockKind;
use crate::text::readers::dateline;
use crate::text::readers::draft::{Draft, dateline_like};
use crate::text::readers::phrases::{self, Role};
use crate::text::readers::rules::{self, Verdict};

const SECTION: &str = "a section label by the title";

/// Reads from the first piece to the first that belongs to the text.
pub(super) fn read(article: &mut Draft) {
    /// A menu may come first, line by line.
    const LONGEST: usize = 40;
    for at in 0..article.pieces.len().min(LONGEST) {
        if let Some((kind, _)) = article.verdicts[at] {
            match kind {
                BlockKind::Title => article.title = Some(at),
                BlockKind::Boilerplate
                | BlockKind::Byline
                | BlockKind::Caption
                | BlockKind::Credit
                | BlockKind::Dateline
                | BlockKind::Related => {}
                _ => break,
            }
            article.body = at + 1;
            continue;
        }
        let Some(verdict) = verdict(article, at) else { break };
        match verdict.0 {
            BlockKind::Title => {
                if let Some(before) = article.title.replace(at) {
                    let menu = |verdict: &Option<Verdict>| {
                        verdict.is_some_and(|(kind, _)| kind == BlockKind::Boilerplate)
                    };
                    article.verdicts[before] = Some(if before + 1 == at {
                        (BlockKind::Dateline, SECTION)
                    } else if before == 0 && article.verdicts[1..at].iter().all(menu) {
                        (BlockKind::Boilerplate, "the site's name above its menu")
                    } else {
                        (BlockKind::Paragraph, "a line above the menu and the title")
                    });
                }
            }
            BlockKind::Dateline => article.scraped = true,
            _ => {}
        }
        article.verdicts[at] = Some(verdict);
        article.body = at + 1;
    }
}

fn verdict(article: &Draft, at: usize) -> Option<Verdict> {
    let piece = &article.pieces[at];
    let titled = article.title.is_some();
    if phrases::starts_with(piece, Role::Crumb).is_some() && piece.chars <= 120 && !piece.stops() {
        return Some((BlockKind::Boilerplate, "the path of the page on its site"));
    }
    if rules::is_path(piece) && article.pieces.len() > at + 2 {
        return Some((BlockKind::Boilerplate, "the path of the page on its site"));
    }
    if rules::is_rule(piece) {
        return Some((BlockKind::Boilerplate, "a ruled line"));
    }
    if rules::is_site_text(piece) || phrases::is_row_of_links(piece) {
        return Some((BlockKind::Boilerplate, "the site prints it on every page"));
    }
    if rules::is_menu_row(piece) {
        return Some((BlockKind::Boilerplate, "a row of the site's menu"));
    }
    // No section has the number 0.
    if rules::is_counter(piece) && (article.scraped || titled && piece.text == "0") {
        return Some((BlockKind::Boilerplate, "a number that a button shows"));
    }
    // (VTC News) - on a line of its own, or above the text that it opens
    let opens =
        || article.pieces.get(at + 1).is_some_and(|next| dateline::lead(next.text).is_some());
    let may_credit = || titled && (article.scraped || piece.text.starts_with('(')) || opens();
    if phrases::names(piece.text, Role::Agency) && may_credit() {
        return Some((BlockKind::Dateline, "whom the text is from"));
    }
    if let Some(verdict) = article.names_picture(at) {
        return Some(verdict);
    }
    let section = phrases::is_whole(piece, Role::Section);
    if section && (titled || may_title(article, at + 1)) {
        return Some((BlockKind::Dateline, SECTION));
    }
    let when = dateline::when(piece.text).filter(|_| !piece.stops());
    if when.is_some_and(|when| titled || when.exact || when.others == 0) {
        return Some((BlockKind::Dateline, "date and time by the title"));
    }
    if !titled {
        return may_title(article, at)
            .then_some((BlockKind::Title, "a short line without a full stop that opens the text"));
    }
    // What was taken for the title may have been the first line of a menu.
    let menu = at.checked_sub(1).and_then(|i| article.verdicts[i]).is_some_and(|(kind, reason)| {
        kind == BlockKind::Boilerplate || (kind == BlockKind::Dateline && reason == SECTION)
    });
    let dated = is_dated(article, at);
    let names_author =
        article.title.is_some_and(|title| article.pieces[title].words > 5) && rules::is_name(piece);
    if menu && dated && !names_author && may_title(article, at) {
        return Some((BlockKind::Title, "a short line between the menu and the date"));
    }
    if dated && label_above(article, at) && may_title(article, at) {
        return Some((BlockKind::Title, "a line under a label and above the date"));
    }
    if rules::is_caption(piece) {
        return Some((BlockKind::Caption, "says it belongs to a picture"));
    }
    if rules::is_byline(piece) && !article.in_verse(at) {
        return Some((BlockKind::Byline, "a name or a source by the title"));
    }
    None
}

/// Whether a line of date and time is right below.
fn is_dated(article: &Draft, at: usize) -> bool {
    article.pieces.get(at + 1).is_some_and(|next| {
        dateline::when(next.text).is_some_and(|when| when.exact) && !next.stops()
    })
}

/// Whether what was taken for the title is a label of a few words right above a longer line.
fn label_above(article: &Draft, at: usize) -> bool {
    const LABEL: usize = 4;
    article.title.is_some_and(|title| {
        let label = &article.pieces[title];
        title + 1 == at && label.words <= LABEL && article.pieces[at].words > 2 * label.words
    })
}

/// Whether the piece has the form and the place of a title.
fn may_title(article: &Draft, at: usize) -> bool {
    let Some(piece) = article.pieces.get(at) else { return false };
    let formed = piece.chars <= 250
        && piece.words <= 50
        && piece.starts_large()
        && piece.list_mark().is_none()
        && (piece.one_sentence() || is_dated(article, at))
        && !piece.leads_on()
        && phrases::starts_with(piece, Role::Speaker).is_none();
    if !formed {
        return false;
    }
    let Some(next) = article.pieces.get(at + 1) else { return !piece.stops() };
    if dateline_like(next) {
        return true;
    }
    // The first of several short lines may open a poem without a title.
    let ends_otherwise = next.full_stop() || rules::is_byline(next);
    !piece.full_stop() && (ends_otherwise || !article.in_verse(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::readers::plain;

    #[test]
    fn a_title_may_begin_with_a_word_of_a_path() {
        let first = |line: &str| {
            let text = format!("{line}\n\nCác ngân hàng lớn đều có lãi.\n\nNhà đầu tư vui mừng.\n");
            plain::article(text).blocks[0].kind
        };
        for title in [
            "Xếp hạng đại học 2025: ba trường vào nhóm đầu",
            "Vai trò của người cha trong gia đình",
            "Bỏ qua nỗi sợ để sống vui",
            "Lượt xem phim Việt tăng mạnh dịp Tết",
            "Danh mục thuốc được bảo hiểm chi trả",
            "Bỏ qua đến ba lần cơ hội, đội khách vẫn thắng",
            "Vai trò, trách nhiệm của người đứng đầu",
        ] {
            assert_eq!(first(title), BlockKind::Title, "{title}");
        }
        for path in [
            "Xếp hạng: 5 / 5",
            "Xếp hạng 5/5",
            "Lượt xem: 1234",
            "Bỏ qua nội dung chính",
            "Bỏ qua tới nội dung chính",
            "Bỏ qua điều hướng",
            "Danh mục : Tin tức",
        ] {
            assert_eq!(first(path), BlockKind::Boilerplate, "{path}");
        }
    }
}
