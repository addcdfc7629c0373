//! What is said for a piece of the source, while it is put together.

use crate::model::reading_options::{NumberStyle, Thousand, ZeroTen};

/// Words separated by single spaces. Numbers (see [`number`](super::number)) are put into words in
/// the user's style; what the author wrote is said as it is written.
#[derive(Debug, Default)]
pub(super) struct Verbalization {
    text: String,
    style: NumberStyle,
}

impl Verbalization {
    /// No words yet.
    pub(super) fn new(style: NumberStyle) -> Verbalization {
        Verbalization { text: String::new(), style }
    }

    /// How numbers are put into words.
    pub(super) fn style(&self) -> NumberStyle {
        self.style
    }

    /// The words so far.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The words.
    pub(super) fn into_string(self) -> String {
        self.text
    }

    /// Takes the words away, to begin again.
    pub(super) fn clear(&mut self) {
        self.text.clear();
    }

    /// Appends words as they are; none where `words` is empty.
    pub(super) fn push(&mut self, words: &str) {
        if !self.text.is_empty() && !words.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(words);
    }

    /// Appends words that a table or a class gives, not the author: a thousand among them is said
    /// in the user's style.
    pub(super) fn push_styled(&mut self, words: &str) {
        for word in words.split(' ') {
            match word {
                "nghìn" => self.push_thousand(),
                word => self.push(word),
            }
        }
    }

    /// Appends the word for a thousand.
    pub(super) fn push_thousand(&mut self) {
        self.push(match self.style.thousand {
            Thousand::Nghin => "nghìn",
            Thousand::Ngan => "ngàn",
        });
    }

    /// Appends the word for an empty ten.
    pub(super) fn push_zero_ten(&mut self) {
        self.push(match self.style.zero_ten {
            ZeroTen::Linh => "linh",
            ZeroTen::Le => "lẻ",
        });
    }
}
