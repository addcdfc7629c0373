//! Texts in Vietnamese without its marks: "Thu tuong tham Ha Noi". What the words are cannot be told, so
//! it is reported, once.

use super::web_labels;
use crate::model::article::Article;
use crate::model::diag::Warning;
use crate::model::spoken::SpokenText;

/// Fewer words than this are too few to judge by.
const FEWEST: usize = 20;

/// Reports a text of which nearly all words could be Vietnamese and none has a mark. Of a long document
/// `spoken` is the first stretch.
pub(super) fn report(document: &Article, spoken: &mut SpokenText) {
    let (mut words, mut bare, mut first) = (0, 0, None);
    for word in spoken.words() {
        let written = word.source.of(&document.text);
        if !written.chars().all(char::is_alphabetic) {
            continue;
        }
        if !written.is_ascii() {
            return;
        }
        words += 1;
        bare += usize::from(web_labels::is_bare_syllable(&written.to_lowercase()));
        first = first.or(Some(word.source));
    }
    if words < FEWEST || bare * 10 < words * 9 {
        return;
    }
    let message = "the text is in Vietnamese without its marks; its words are read as written";
    spoken.warnings.push(Warning { message: message.into(), span: first });
}
