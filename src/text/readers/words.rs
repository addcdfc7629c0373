//! Text as it is compared with other text.

use unicode_normalization::UnicodeNormalization;

/// Text reduced to what is compared: letters in lower case and digits, words separated by single spaces, the
/// tone of each word at its end, so that `hoà`, `hòa` and `HÒA` are one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words(pub(super) String);

/// The words of a text.
pub(super) fn words(text: &str) -> Words {
    let mut out = String::with_capacity(text.len());
    let mut tone = None;
    let mut apart = false;
    for c in text.chars().flat_map(char::to_lowercase).nfd() {
        if is_tone(c) {
            tone = Some(c);
        } else if c.is_alphanumeric() || ('\u{300}'..='\u{36F}').contains(&c) {
            if apart && !out.is_empty() {
                out.extend(tone.take());
                out.push(' ');
            }
            apart = false;
            out.push(c);
        } else {
            apart = true;
        }
    }
    out.extend(tone);
    Words(out)
}

/// Whether the combining mark is one of the five tone marks.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

impl Words {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Equal in all but the spaces.
    pub(super) fn same(&self, other: &Words) -> bool {
        let letters = |words: &'_ Words| words.0.len() - words.0.matches(' ').count();
        letters(self) == letters(other)
            && self.0.chars().filter(|&c| c != ' ').eq(other.0.chars().filter(|&c| c != ' '))
    }

    /// Equal but for marks, which these have not: `mua lon` and `mưa lớn`.
    pub(super) fn same_without_marks(&self, other: &Words) -> bool {
        let is_mark = |c: &char| ('\u{300}'..='\u{36F}').contains(c);
        let bare = other.0.chars().filter(|c| !is_mark(c)).map(|c| if c == 'đ' { 'd' } else { c });
        self.0.is_ascii() && self.0.chars().eq(bare)
    }

    /// What follows `start`, if the words begin with it.
    pub(super) fn after(&self, start: &Words) -> Option<&str> {
        let rest = self.0.strip_prefix(start.0.as_str())?;
        rest.strip_prefix(' ').or_else(|| rest.is_empty().then_some(rest))
    }

    /// How many words stand before `end`, if the words end with it and there are any before.
    pub(super) fn before(&self, end: &Words) -> Option<usize> {
        let label = self.0.strip_suffix(end.0.as_str())?.strip_suffix(' ')?;
        Some(label.split(' ').count())
    }

    /// The number of words.
    pub(super) fn len(&self) -> usize {
        self.0.split(' ').filter(|word| !word.is_empty()).count()
    }

    /// Without a count at the end (`Bình luận (12)`).
    pub(super) fn uncounted(&self) -> &str {
        self.0.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ')
    }
}
