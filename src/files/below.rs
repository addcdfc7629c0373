//! Paths that are read back from files, which anybody may have written.

use crate::model::message::{Message, message};
use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// File systems hold names of so many bytes at most.
const LONGEST_NAME: usize = 255;

/// A path that stays below the folder it is joined to, with `/` between its names: none of them leads up,
/// to a drive or to a device, and none has a character that is not seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PathBelow(String);

impl PathBelow {
    /// The path in a text.
    ///
    /// # Errors
    /// A sentence about what leads out of the folder, or is no name of a file.
    pub fn parse(text: impl Into<String>) -> Result<PathBelow, Message> {
        let text = text.into();
        let fault = text.split('/').find_map(|name| Some((name, fault(name)?)));
        match fault {
            Some((_, reason)) => Err(message!(
                "`{text}` {reason}",
                text = text.escape_debug().to_string(),
                reason = Message::from(reason)
            )),
            None => Ok(PathBelow(text)),
        }
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it is, below a folder.
    #[must_use]
    pub fn in_folder(&self, folder: &Path) -> PathBuf {
        self.0.split('/').fold(folder.to_owned(), |path, name| path.join(name))
    }
}

/// Why a name is not that of a file or folder below another.
fn fault(name: &str) -> Option<&'static str> {
    let reserved = |c: char| matches!(c, '\\' | ':') || c.is_control();
    match name {
        "" => Some("is no path below a folder: a name in it is empty"),
        "." | ".." => Some("leads out of the folder"),
        _ if name.contains(reserved) => Some("has a sign that no name of a file should have"),
        _ if name.len() > LONGEST_NAME => Some("has a name that is too long"),
        _ => None,
    }
}

impl fmt::Display for PathBelow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PathBelow {
    type Error = Message;

    fn try_from(text: String) -> Result<PathBelow, Message> {
        PathBelow::parse(text)
    }
}

impl From<PathBelow> for String {
    fn from(path: PathBelow) -> String {
        path.0
    }
}

/// What the files of one thing are called, without their extensions: one name, and no path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileStem(String);

impl FileStem {
    /// Extensions of so many bytes fit behind it.
    const ROOM: usize = 55;

    /// The stem in a text.
    ///
    /// # Errors
    /// A sentence about what is wrong with it.
    pub fn parse(text: impl Into<String>) -> Result<FileStem, Message> {
        let text = text.into();
        let reason = match fault(&text) {
            Some(reason) => reason,
            None if text.contains('/') => "is a path, not a name",
            None if text.starts_with('.') => "begins with a point, as hidden files do",
            None if text.len() > LONGEST_NAME - FileStem::ROOM => "is too long",
            None => return Ok(FileStem(text)),
        };
        Err(message!(
            "`{text}` {reason}",
            text = text.escape_debug().to_string(),
            reason = Message::from(reason)
        ))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileStem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for FileStem {
    type Error = Message;

    fn try_from(text: String) -> Result<FileStem, Message> {
        FileStem::parse(text)
    }
}

impl From<FileStem> for String {
    fn from(stem: FileStem) -> String {
        stem.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_its_folder() {
        for bad in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            ".",
            "C:\\x",
            "c:x",
            "a\\b",
            "a\0b",
            "a\nb",
        ] {
            assert!(PathBelow::parse(bad).is_err(), "{bad}");
            assert!(FileStem::parse(bad).is_err(), "{bad}");
        }
        assert!(PathBelow::parse("x".repeat(256)).is_err());
        let path = PathBelow::parse("episodes/mưa lớn.mp3").unwrap();
        assert_eq!(path.in_folder(Path::new("/show")), Path::new("/show/episodes/mưa lớn.mp3"));
        assert!(FileStem::parse("a/b").is_err() && FileStem::parse(".a").is_err());
        assert_eq!(FileStem::parse("mua-2").unwrap().as_str(), "mua-2");
    }
}
