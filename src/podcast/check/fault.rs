//! What is wrong, and where.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

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
    pub message: String,
}

impl Fault {
    pub(super) fn new(
        level: Level,
        file: &Path,
        line: Option<usize>,
        message: impl Into<String>,
    ) -> Fault {
        Fault { file: file.to_owned(), line, level, article: None, message: message.into() }
    }
}

/// `file:line: error: “article”: what is wrong`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        let level = if self.level == Level::Error { "error" } else { "warning" };
        write!(f, " {level}: ")?;
        if let Some(article) = &self.article {
            write!(f, "“{article}”: ")?;
        }
        f.write_str(&self.message)
    }
}
