//! Headings of two lines: `Chương 1` and below it what the chapter is called are one heading.

use crate::model::article::{Article, BlockKind};
use crate::model::diag::Span;
use crate::model::direction::{Direction, DirectionKind};

/// The silence between number and name, in milliseconds.
const PAUSE: u32 = 400;

/// A name with more words is a paragraph.
const NAME_WORDS: usize = 16;

/// Joins the number of a part and its name, where each is a heading.
pub(super) fn join(article: &mut Article) {
    let mut at = 0;
    while at + 1 < article.blocks.len() {
        let (number, name) = (&article.blocks[at], &article.blocks[at + 1]);
        let joins = matches!(number.kind, BlockKind::Heading | BlockKind::Title)
            && name.kind == BlockKind::Heading
            && is_number(article.text_of(number))
            && !is_number(article.text_of(name))
            && article.text_of(name).split_whitespace().count() <= NAME_WORDS;
        if joins {
            let end = number.span.end;
            let span = Span::new(end, end);
            article.directions.push(Direction { span, kind: DirectionKind::Pause(PAUSE) });
            article.blocks[at].span = article.blocks[at].span.to(article.blocks[at + 1].span);
            article.blocks.remove(at + 1);
            let told = article.metadata.title.as_deref();
            let number = article.text[article.blocks[at].span.start..end].trim();
            if told == Some(number) {
                article.metadata.title = Some(article.heading_of(&article.blocks[at]));
            }
        }
        at += 1;
    }
}

/// Whether a text is only the number of a part: `Chương 1`, `Phần II.`, `Hồi thứ nhất`, `3`.
fn is_number(text: &str) -> bool {
    const PARTS: [&str; 9] =
        ["chương", "phần", "hồi", "quyển", "tập", "bài", "kỳ", "mục", "chapter"];
    let lower = text.trim().trim_end_matches(['.', ':']).to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let is_count = |word: &str| {
        word.bytes().all(|b| b.is_ascii_digit())
            || word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'))
    };
    let is_named = |word: &str| {
        const NAMES: [&str; 12] =
            ["nhất", "hai", "ba", "bốn", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "một"];
        NAMES.contains(&word)
    };
    match &words[..] {
        [part, "thứ", number] => PARTS.contains(part) && (is_count(number) || is_named(number)),
        [part, number] => PARTS.contains(part) && (is_count(number) || is_named(number)),
        [number] => is_count(number),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::readers::{Input, read};

    #[test]
    fn a_number_and_a_name_are_one_heading() {
        let text =
            "# Làng\n\n## Chương 1\n\n## Đêm trăng\n\nTrời mưa.\n\n## Chương 2\n\nTrời nắng.\n";
        let input = Input { name: "a.md", bytes: text.as_bytes().into(), ..Input::default() };
        let article = read(input).unwrap().remove(0);
        let headings: Vec<_> = article
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Heading)
            .map(|block| article.heading_of(block))
            .collect();
        assert_eq!(headings, ["Chương 1: Đêm trăng", "Chương 2"]);
        assert_eq!(article.directions.len(), 1);
    }

    #[test]
    fn numbers_of_parts_are_known() {
        for text in ["Chương 1", "PHẦN II.", "Hồi thứ nhất", "3", "Chương mười:"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["Chương trình", "Chương 1: Mưa", "Mưa", "", "Phần lớn"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
