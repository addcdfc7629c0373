//! `PlaceReading`: how words are read at one place of an article.

use serde::{Deserialize, Serialize};

use crate::model::diag::Span;
use crate::model::message::{Message, message};

/// How words are read at one place, because a person has decided it, whatever rules and lexicons say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceReading {
    /// Whole words, as a script gives them; on a part of a word it has no effect.
    pub span: Span,
    /// What is said: words of letters separated by spaces, or `-` for nothing.
    pub said: String,
}

impl PlaceReading {
    /// The words that are said; none for nothing.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.said.split_whitespace().filter(|word| *word != "-")
    }

    /// Checks what is said.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn check(&self) -> Result<(), Message> {
        let said = self.said.trim();
        let is_word = |word: &str| word.chars().all(char::is_alphabetic);
        match said {
            "-" => Ok(()),
            "" => Err("a reading is empty; `-` is nothing".into()),
            _ if said.split_whitespace().all(is_word) => Ok(()),
            _ => Err(message!(
                "the reading `{said}` is not words of letters separated by spaces; write numbers in words",
                said
            )),
        }
    }
}
