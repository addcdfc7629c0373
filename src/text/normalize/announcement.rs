//! What a listener is told before a text that only makes sense beside something to look at.

use super::word_sets as sets;
use crate::model::block::BlockKind;
use crate::model::diag::Span;
use crate::model::spoken::{Confidence, Mark, SpokenText, Token, Word};

/// The class of words that are said before a block.
const CLASS: &str = "announcement";

/// What is said before the caption of a picture.
const CAPTION: &str = "chú thích ảnh";

/// The tokens of what is said before the text of a block of this kind, which begins at `start`; none
/// if nothing is.
pub(super) fn before(
    kind: BlockKind,
    text: &str,
    start: usize,
    spoken: &mut SpokenText,
) -> Option<[Token; 2]> {
    let has_words = text.contains(char::is_alphanumeric);
    if kind != BlockKind::Caption || !has_words || tells(text) {
        return None;
    }
    if !spoken.text.is_empty() {
        spoken.text.push(' ');
    }
    let from = spoken.text.len();
    spoken.text.push_str(CAPTION);
    let source = Span::new(start, start);
    let said = from..spoken.text.len();
    let word = Word { source, spoken: said, class: CLASS, confidence: Confidence::Sure };
    Some([Token::Word(word), Token::Mark(Mark::Colon, source)])
}

/// Whether a caption says itself that it is one: `Ảnh: …`, `Hình 2. …`.
fn tells(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mut words = text.split_whitespace();
    let is_numbered = matches!(words.next(), Some("ảnh" | "hình"))
        && words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    is_numbered || sets::CAPTION_BEGINNINGS.iter().any(|start| text.starts_with(start))
}
