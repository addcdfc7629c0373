//! One form of words that are written in several: lower case, the tone mark in its older place.

use crate::text::scripts;

/// A text in lower case with every tone mark in its older place, as [`settle_tone_mark`] puts it.
#[must_use]
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut word = 0;
    for c in text.chars() {
        let letter = scripts::is_alphabetic(c);
        if !letter {
            settle_tone_mark(&mut folded, word);
        }
        scripts::push_lower(&mut folded, c);
        if !letter {
            word = folded.len();
        }
    }
    settle_tone_mark(&mut folded, word);
    folded
}

/// Moves the tone mark of a final oa, oe, uy from its newer to its older place (hoà → hòa), except
/// after q, where u is the glide of the onset (quý). `folded` is in lower case; `word` is where its
/// last word starts.
pub(crate) fn settle_tone_mark(folded: &mut String, word: usize) {
    const NEWER: [(char, char, &str); 15] = [
        ('o', 'à', "òa"),
        ('o', 'á', "óa"),
        ('o', 'ả', "ỏa"),
        ('o', 'ã', "õa"),
        ('o', 'ạ', "ọa"),
        ('o', 'è', "òe"),
        ('o', 'é', "óe"),
        ('o', 'ẻ', "ỏe"),
        ('o', 'ẽ', "õe"),
        ('o', 'ẹ', "ọe"),
        ('u', 'ỳ', "ùy"),
        ('u', 'ý', "úy"),
        ('u', 'ỷ', "ủy"),
        ('u', 'ỹ', "ũy"),
        ('u', 'ỵ', "ụy"),
    ];
    let mut back = folded[word..].chars().rev();
    let (Some(last), Some(glide)) = (back.next(), back.next()) else { return };
    if last.is_ascii() || !matches!(glide, 'o' | 'u') || back.next() == Some('q') {
        return;
    }
    if let Some((.., older)) = NEWER.iter().find(|(g, l, _)| (*g, *l) == (glide, last)) {
        folded.truncate(folded.len() - last.len_utf8() - glide.len_utf8());
        folded.push_str(older);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold_one_by_one() {
        assert_eq!(fold("Hoà-Bình KHOÁ Quý THUỶ 2"), "hòa-bình khóa quý thủy 2");
    }
}
