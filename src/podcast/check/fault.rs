//! What is wrong, and where.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::model::message::{Message, message};
use crate::model::shown::serialize_path;

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Directories or players refuse it, or play it wrong.
    Error,
    /// It works, but is not what is asked for.
    Warning,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// The file.
    #[serde(serialize_with = "serialize_path")]
    pub file: PathBuf,
    /// The line, from 1, where the file has lines.
    pub line: Option<usize>,
    /// How bad it is.
    pub level: Level,
    /// The title of the article that it concerns, if it is one article.
    pub article: Option<String>,
    /// What is wrong and what to do about it, as full sentences.
    pub message: Message,
}

impl Fault {
    pub(super) fn new(
        level: Level,
        file: &Path,
        line: Option<usize>,
        message: impl Into<Message>,
    ) -> Fault {
        Fault { file: file.to_owned(), line, level, article: None, message: message.into() }
    }
}

impl Fault {
    /// `file:line: error: “article”: what is wrong`.
    #[must_use]
    pub fn told(&self) -> Message {
        let level = match self.level {
            Level::Error => message!("error"),
            Level::Warning => message!("warning"),
        };
        let file = self.file.display();
        let place = match self.line {
            Some(line) => format!("{file}:{line}"),
            None => file.to_string(),
        };
        let message = &self.message;
        match &self.article {
            Some(article) => {
                message!("{place}: {level}: “{article}”: {message}", place, level, article, message)
            }
            None => message!("{place}: {level}: {message}", place, level, message),
        }
    }
}

/// As [`Fault::told`], in English.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.told(), f)
    }
}
