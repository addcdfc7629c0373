//! Text that others wrote, as it may be shown: on a terminal, in tags, in pages and in feeds.

use std::borrow::Cow;
use std::path::Path;

use serde::Serializer;

/// A text with U+FFFD for each character that is not seen but obeyed, or that no page or feed can hold:
/// control characters, which terminals take for commands (ECMA-48), except new line and tab; those
/// that change the direction of what follows (UAX #9, section 2); and U+FFFE and U+FFFF (XML 1.0,
/// production 2, `Char`).
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    match text.contains(is_hidden) {
        true => Cow::Owned(text.replace(is_hidden, "\u{fffd}")),
        false => Cow::Borrowed(text),
    }
}

/// Whether a character has no place in what is shown.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' | ' '..='~' | '\u{a0}'..='\u{2027}' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => true,
        c => c.is_control(),
    }
}

/// A path as it is named in a line.
#[must_use]
pub fn path(path: &Path) -> String {
    shown(&path.to_string_lossy()).replace(['\n', '\t'], "\u{fffd}")
}

/// Writes a path as a string, with U+FFFD for what is no Unicode in it, which JSON cannot hold.
///
/// # Errors
/// Those of the serializer.
pub fn serialize_path<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&path.to_string_lossy())
}

/// As [`serialize_path`], for a path that may be missing.
///
/// # Errors
/// Those of the serializer.
pub fn serialize_some_path<P: AsRef<Path>, S: Serializer>(
    path: &Option<P>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match path {
        Some(path) => serialize_path(path.as_ref(), serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_obeyed_is_not_shown() {
        for (text, expected) in [
            ("Mưa\n\tto 😀", "Mưa\n\tto 😀"),
            ("\u{1b}[31mđỏ", "\u{fffd}[31mđỏ"),
            ("a\0b\rc\u{7f}d\u{9b}e", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e"),
            ("a\u{202e}b\u{202a}c\u{2066}d\u{2069}", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}"),
            ("\u{ffff}", "\u{fffd}"),
        ] {
            assert_eq!(shown(text), expected);
        }
        assert_eq!(path(Path::new("a\nb/c\u{1b}.txt")), "a\u{fffd}b/c\u{fffd}.txt");
    }
}
