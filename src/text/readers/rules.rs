//! Questions about single pieces that more than one part of the article asks.

use crate::model::article::BlockKind;
use crate::text::readers::credits;
use crate::text::readers::phrases::{self, Role};
use crate::text::readers::pictures;
use crate::text::readers::pieces::{ListMark, Piece};

/// What a piece is, and why.
pub(super) type Verdict = (BlockKind, &'static str);

/// Why a piece is a repetition that says the title once more.
pub(super) const REPEATS_TITLE: &str = "repeats the title";

/// Why a piece is a caption that is no text of its own.
pub(super) const NAMES_PICTURE: &str = "the title of a picture, with its number";

/// Captions and links to other articles are shorter than this, in characters.
pub(super) const SHORT: usize = 300;

/// Whether the site prints it on every page: recognized at any place.
pub(super) fn is_site_text(piece: &Piece) -> bool {
    // Theo dõi Báo Nông thôn trên
    let of_network = piece.lower.starts_with("theo dõi ") && piece.lower.ends_with(" trên");
    let follows = piece.words <= 10 && (of_network || piece.lower.contains("google news"));
    // *Mời bạn đọc ghé chuyên mục Xã hội để xem thêm tin.
    let invites = piece.text.starts_with('*')
        && piece.chars <= SHORT
        && piece.lower.trim_start_matches(['*', ' ']).starts_with("mời ")
        && piece.lower.contains("chuyên mục");
    // 0:00 / 3:45 of a player that has not begun
    let of_player = piece.text.starts_with("0:00") && is_counter(piece);
    // Box: above the text of a box
    let label = piece.lower == "box:";
    phrases::is_whole(piece, Role::Boilerplate) || follows || invites || of_player || label
}

/// Whether it says itself that it belongs to a picture: begins with `Ảnh:` or ends with a credit.
pub(super) fn is_caption(piece: &Piece) -> bool {
    piece.chars <= SHORT
        && (phrases::starts_with(piece, Role::Caption).is_some() && !opens_text(piece)
            || is_lone_cell(piece)
            || pictures::is_numbered(piece)
            || credits::ends_with_credit(piece) && !is_text(piece))
}

/// Whether the credit of a picture stands before a paragraph: `(Ảnh: TTXVN) Mưa lớn từ tối qua…`.
fn opens_text(piece: &Piece) -> bool {
    /// A paragraph has so many words at least.
    const WORDS: usize = 20;
    let text = credits::opening(piece.text).map(|at| &piece.text[at..]);
    piece.stops() && text.is_some_and(|text| text.split_whitespace().count() >= WORDS)
}

/// Whether it says whose a picture is, and nothing else: `Ảnh: Reuters`.
pub(super) fn is_bare_credit(piece: &Piece) -> bool {
    /// A name and an agency have so many words at most.
    const WORDS: usize = 7;
    let label = piece.lower.strip_prefix("ảnh:").or_else(|| piece.lower.strip_prefix("(ảnh:"));
    label.is_some_and(|name| !name.is_empty()) && piece.words <= WORDS
}

/// Whether it is a cell that was alone in its row, as sites set what is under a picture: `Hồ Ba Bể. |`.
fn is_lone_cell(piece: &Piece) -> bool {
    let inside = piece.text.strip_suffix('|').map(|text| text.strip_prefix('|').unwrap_or(text));
    inside.is_some_and(|text| !text.contains('|') && text.contains(char::is_alphanumeric))
}

/// Whether a piece that a credit ends is a paragraph of the text all the same, which the credit of a
/// picture beside it came to stand behind: it has several sentences and more words than are written
/// below a picture.
fn is_text(piece: &Piece) -> bool {
    const SENTENCES: usize = 2;
    const WORDS: usize = 24;
    // A paragraph ends before the credit; the text of a picture need not: …trong nhà ga - Ảnh: REUTERS
    if let Some(credit) = credits::inner_credit(piece.text) {
        return sentences(&piece.text[..credit]) > SENTENCES;
    }
    let text = credits::closing_credit(piece.text).map_or(piece.text, |at| &piece.text[..at]);
    let sentences = sentences(text.trim_end());
    sentences > SENTENCES || sentences == SENTENCES && text.split_whitespace().count() > WORDS
}

/// About how many sentences a text has: marks at the end of a word, before white space and a capital.
fn sentences(text: &str) -> usize {
    let begins = |(at, mark): (usize, &str)| {
        let rest = &text[at + mark.len()..];
        let word = text[..at].rsplit(' ').next().unwrap_or_default();
        // TP., GS., Q.
        let is_short = word.chars().count() <= 3 && word.starts_with(char::is_uppercase);
        !is_short && rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase)
    };
    1 + text.match_indices(['.', '!', '?']).filter(|&found| begins(found)).count()
}

/// Whether it is the beginning of another article, with a link to the rest at its end.
pub(super) fn is_teaser(piece: &Piece) -> bool {
    const LINKS: [&str; 6] =
        ["đọc tiếp", "xem tiếp", "xem chi tiết", "đọc thêm", "tải về", "read more"];
    let text = piece.lower.trim_end_matches(['.', '…', '»', '>', '→', ' ']);
    // A sentence may end so; a link stands after one.
    let stands_alone = |before: &str| {
        let before = before.trim_end();
        before.is_empty() || before.ends_with(['.', '!', '?', '…', ')', '"', '”'])
    };
    piece.chars <= SHORT
        && !piece.stops()
        && LINKS.iter().any(|link| text.strip_suffix(link).is_some_and(stands_alone))
}

/// Whether it shows the place of the page on its site: `Thể thao > Bóng đá`, `Kinh tế | Hạ tầng`.
pub(super) fn is_path(piece: &Piece) -> bool {
    const LONGEST: usize = 80;
    let parts: Vec<&str> = piece.text.split(['>', '»', '›', '|', '/', '→']).collect();
    // No title has arrows or more than two parts: `Thể thao › V.League`.
    let sure = parts.len() > 2 || piece.text.contains(['>', '»', '›', '→']);
    let label = |part: &&str| {
        let words = part.split_whitespace().count();
        let sign = |c| matches!(c, ' ' | '-' | '–' | '&') || sure && matches!(c, '.' | ',');
        words <= 5 && part.chars().all(|c| c.is_alphabetic() || sign(c))
    };
    // USD/VND is no path.
    let apart = sure || piece.text.contains([' ', '\u{A0}']) && !is_glued_stroke(piece.text);
    piece.chars <= LONGEST
        && apart
        && parts.len() >= 2
        && parts.iter().all(label)
        && parts.iter().filter(|part| !part.trim().is_empty()).count() >= 2
        && piece.starts_large()
}

/// Whether all strokes of a text touch a letter on both sides: Tỷ giá USD/VND.
fn is_glued_stroke(text: &str) -> bool {
    let mut parts = text.split('/').peekable();
    let mut strokes = 0;
    while let Some(part) = parts.next() {
        let Some(next) = parts.peek() else { break };
        if part.ends_with(char::is_whitespace) || next.starts_with(char::is_whitespace) {
            return false;
        }
        strokes += 1;
    }
    strokes > 0
}

/// Whether it is a row of menu entries, separated by wide gaps: `Tin tức   Văn bản   Hỏi đáp`.
pub(super) fn is_menu_row(piece: &Piece) -> bool {
    const FEWEST: usize = 3;
    let mut entries = 0;
    for entry in piece.text.replace(['\t', '\u{A0}'], "  ").split("  ").map(str::trim) {
        if entry.is_empty() {
            continue;
        }
        let words = entry.split(' ').count();
        let bare = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '–' | '&' | '+');
        if words > 5 || !entry.chars().all(bare) {
            return false;
        }
        entries += 1;
    }
    entries >= FEWEST
}

/// Whether it is a number that a button of the page shows: how many comments, how long a recording,
/// how fast it is played, which of some pictures (`45`, `1.2K`, `5:12`, `0:00 / 3:45`, `1.5x`, `1/8`).
pub(super) fn is_counter(piece: &Piece) -> bool {
    const LONGEST: usize = 13;
    let is_sign = |c| matches!(c, ':' | '.' | ',' | '/' | ' ' | 'x' | 'K' | 'k' | 'M');
    piece.chars <= LONGEST
        && piece.text.starts_with(|c: char| c.is_ascii_digit())
        && piece.text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'x' | 'K' | 'k' | 'M'))
        && piece.text.chars().all(|c| c.is_ascii_digit() || is_sign(c))
}

/// Whether it is an address of the web and nothing else, or the name of a picture.
pub(super) fn is_address(piece: &Piece) -> bool {
    let begins = ["http://", "https://", "www."].iter().any(|start| piece.lower.starts_with(start));
    begins && piece.words == 1 || is_picture(piece)
}

/// Whether it says where a text is to be found, and nothing else: `Bài viết: http://….html`.
pub(super) fn is_labelled_address(piece: &Piece) -> bool {
    /// A label has so many words at most.
    const LABEL: usize = 3;
    let address = piece.lower.rsplit_once(": ").or_else(|| piece.lower.rsplit_once(":http"));
    address.is_some_and(|(label, address)| {
        let is_address = address.starts_with("http") || address.starts_with("://");
        let of_text = label.starts_with("bài viết") || label.starts_with("link");
        let is_one = !address.contains(' ') && label.split(' ').count() <= LABEL;
        (is_address || address.starts_with("s://")) && of_text && is_one
    })
}

/// Whether it is the name of a picture and nothing else: `z652_ab12.jpg`.
pub(super) fn is_picture(piece: &Piece) -> bool {
    let endings = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".avif", ".svg"];
    piece.words == 1 && endings.iter().any(|ending| piece.lower.ends_with(ending))
}

/// Whether it belongs to a page by its form alone, however its neighbours look: the name of a picture, or what the
/// site counts (`Lượt xem: 4697`).
pub(super) fn is_of_page(piece: &Piece) -> bool {
    is_picture(piece) || phrases::is_count(piece.text)
}

/// The mark that a note at the foot of a text begins with: `[1]`, `¹`, `(1)`, `*`.
pub(super) fn note_mark<'a>(piece: &Piece<'a>) -> Option<&'a str> {
    let mark = piece.text.split(' ').next().filter(|mark| mark.len() < piece.text.len())?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let inside = |open, close| mark.strip_prefix(open).and_then(|m: &str| m.strip_suffix(close));
    let is_mark = inside('[', ']').or_else(|| inside('(', ')')).is_some_and(digits)
        || mark.chars().all(is_raised)
        || matches!(mark, "*" | "**" | "(*)");
    is_mark.then_some(mark)
}

/// Whether it is a raised digit.
fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// The marks inside a text that may point to notes below it.
pub(super) fn marks_inside(text: &str) -> impl Iterator<Item = &str> {
    let bracketed = ['[', '('].into_iter().flat_map(move |open| {
        let close = if open == '[' { ']' } else { ')' };
        text.match_indices(open).skip_while(|(at, _)| *at == 0).filter_map(move |(at, _)| {
            // A number of notes, or an asterisk.
            let end = text[at..].char_indices().take(5).find(|&(_, c)| c == close)?.0;
            Some(&text[at..=at + end])
        })
    });
    let raised = text.match_indices(is_raised).filter(|(at, _)| *at > 0).map(|(_, mark)| mark);
    let star = text.find('*').filter(|at| *at > 0).map(|at| &text[at..=at]);
    bracketed.chain(raised).chain(star)
}

/// Whether it is the number of a page: `- 2 -`, `Trang 2/15`, `Page 3 of 9`.
pub(super) fn is_page_number(piece: &Piece) -> bool {
    const LONGEST: usize = 20;
    let is_number = |text: &str| {
        let text = text.trim();
        !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())
    };
    let dashed = |text: &'_ str| -> Option<String> {
        let inner = text.strip_prefix(['-', '–', '—'])?.strip_suffix(['-', '–', '—'])?;
        Some(inner.to_owned())
    };
    let named = |text: &str| {
        let rest = text.strip_prefix("trang ").or_else(|| text.strip_prefix("page "))?;
        let mut parts = rest.split(['/']).flat_map(|part| part.split(" of "));
        Some(parts.all(is_number))
    };
    piece.chars <= LONGEST
        && (dashed(piece.text).is_some_and(|inner| is_number(&inner))
            || named(&piece.lower).unwrap_or(false))
}

/// Whether it is only signs, like a ruled line.
pub(super) fn is_rule(piece: &Piece) -> bool {
    !piece.text.chars().any(char::is_alphanumeric)
}

/// Whether it is one to three names: two to five capitalized words each, or an initial and a word
/// (`C.Tuệ`).
pub(super) fn is_name(piece: &Piece) -> bool {
    let text = ["(t/h)", "(th)", "(tổng hợp)", "(ghi)", "(thực hiện)"]
        .iter()
        .find_map(|note| {
            piece.lower.ends_with(note).then(|| piece.text.len().checked_sub(note.len()))
        })
        .flatten()
        .and_then(|end| piece.text.get(..end))
        .unwrap_or(piece.text);
    if piece.chars > 70 || text.contains(['?', '!', ':', '"', '“']) {
        return false;
    }
    // A stop belongs only after an initial.
    let initials = text.char_indices().filter(|&(_, c)| c == '.').all(|(at, _)| {
        let before = text[..at].rsplit([' ', '.', ',', '-', '–']).next().unwrap_or("");
        before.chars().count() <= 2
            && before.starts_with(char::is_uppercase)
            && text[at + 1..].trim_start().starts_with(char::is_uppercase)
    });
    if !initials {
        return false;
    }
    let text = text.replace('.', " ");
    let mut names = 0;
    for part in text.split([',', '–', '-', '/', '&', '(', ')', '*']) {
        let words = part.split_whitespace().count();
        if words == 0 {
            continue;
        }
        let capital = |word: &str| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(char::is_alphabetic)
        };
        if !(2..=5).contains(&words) || !part.split_whitespace().all(capital) {
            return false;
        }
        names += 1;
    }
    (1..=3).contains(&names)
}

/// Whether it says who wrote it or where it is from: a name, or a short line such as `Theo TTXVN`.
pub(super) fn is_byline(piece: &Piece) -> bool {
    is_credited(piece) || is_name(piece)
}

/// Whether it is a short line that begins as bylines do: `Theo TTXVN`, `Tin, ảnh: …`.
fn is_credited(piece: &Piece) -> bool {
    let bracketed = piece.text.starts_with('(');
    piece.words <= 10
        && piece.chars <= 80
        && (bracketed || !piece.stops())
        && phrases::starts_with(piece, Role::Byline).is_some_and(|phrase| {
            // `Theo Báo Tin tức`, but not `Theo báo cáo của ngành`.
            let mut words = piece.text.split_whitespace().skip(1);
            phrase != "theo" || words.next().is_some_and(|w| w.starts_with(char::is_uppercase))
        })
}

/// Whether it begins with what only bylines begin with: `Tin, ảnh:`.
pub(super) fn is_signed(piece: &Piece) -> bool {
    is_credited(piece)
        && phrases::starts_with(piece, Role::Byline).is_some_and(|phrase| phrase.ends_with(':'))
}

/// Whether it has the form of a headline: some words, a capital, no full stop.
pub(super) fn is_headline(piece: &Piece) -> bool {
    piece.words >= 4
        && piece.chars <= SHORT
        && sentences(piece.text) <= 2
        && !piece.full_stop()
        && !piece.leads_on()
        && piece.starts_large()
}

/// Whether it names another article on its own line: `Xem thêm: …`, `>> …`.
pub(super) fn is_link(piece: &Piece) -> bool {
    piece.chars <= SHORT
        && !piece.full_stop()
        && (piece.text.starts_with(">>")
            || piece.text.starts_with('»')
            || phrases::starts_with(piece, Role::Related).is_some_and(|phrase| {
                let rest = piece.lower.split_once(phrase).map_or("", |(_, rest)| rest);
                rest.trim_start().starts_with([':', '›', '»', '>']) && rest.len() > 3
            }))
}

/// Whether the piece is quoted as a whole: in quotation marks from end to end, or marked by `>`.
pub(super) fn is_quote(piece: &Piece) -> bool {
    if piece.text.starts_with("> ") {
        return true;
    }
    let mut chars = piece.text.chars();
    let close = match chars.next() {
        Some('“' | '„') => '”',
        Some('"') => '"',
        Some('«') => '»',
        Some('‘') => '’',
        _ => return false,
    };
    let inside = chars.as_str().trim_end_matches(['.', ',', '!', '?', '…']);
    inside.find(close).is_some_and(|at| at + close.len_utf8() == inside.len() && at > 0)
}

/// Whether it is a heading by its first words: `Chương 2`, `Phần II`, `Điều 5`.
pub(super) fn is_numbered_part(piece: &Piece) -> bool {
    let mut words = piece.lower.split_whitespace();
    let part =
        matches!(words.next(), Some("chương" | "phần" | "mục" | "điều" | "bài" | "kỳ" | "hồi"));
    let number = words.next().is_some_and(|word| {
        let word = word.trim_end_matches(['.', ':']);
        !word.is_empty()
            && (word.bytes().all(|b| b.is_ascii_digit())
                || word.chars().all(|c| matches!(c, 'i' | 'v' | 'x')))
    });
    part && number && piece.words <= 20 && !piece.full_stop()
}

/// Whether it is a step of instructions: `Bước 2: …`.
pub(super) fn is_step(piece: &Piece) -> bool {
    let number = piece.lower.strip_prefix("bước ");
    number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether its form allows a heading: short, one line, a capital, no final mark but a question mark.
pub(super) fn may_head(piece: &Piece) -> bool {
    piece.chars <= 120
        && piece.words <= 24
        && !piece.full_stop()
        && !piece.leads_on()
        && !piece.text.ends_with(['!', '"', '”', ')'])
        && !piece.text.starts_with(['"', '“', '(', '['])
        && piece.starts_large()
        && !matches!(piece.list_mark(), Some(ListMark::Dash | ListMark::Bullet | ListMark::Bracket))
        && phrases::starts_with(piece, Role::Speaker).is_none()
}
