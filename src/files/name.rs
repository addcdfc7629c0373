//! Names of files that are made from other names.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::model::digest::Digest;

/// The longest stem that is kept as it is, in bytes: file systems hold names of 255, and the endings that
/// come behind it have room.
const LONGEST_STEM: usize = 239;

/// What comes between the start of a longer stem and the digits by which it differs from others.
const CUT: char = '~';

/// Hexadecimal digits of the digest of a longer stem.
const DIGITS: usize = 16;

/// The name of a file: this stem with this ending, which begins with its full stop. A stem that would
/// make it longer than file systems hold is cut, and ends in digits of its digest instead.
#[must_use]
pub fn file_name(stem: &OsStr, ending: &str) -> OsString {
    let mut name = match stem.len() <= LONGEST_STEM {
        true => stem.to_owned(),
        false => {
            let text = stem.to_string_lossy();
            let start = &text[..text.floor_char_boundary(LONGEST_STEM - DIGITS - CUT.len_utf8())];
            let digest = Digest::of(stem.as_encoded_bytes()).to_string();
            format!("{start}{CUT}{}", &digest[..DIGITS]).into()
        }
    };
    name.push(ending);
    name
}

/// The path of a file with another extension, which its name has room for: see [`file_name`].
#[must_use]
pub fn with_extension(path: &Path, extension: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default();
    path.with_file_name(file_name(stem, &format!(".{extension}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_and_differ_and_short_ones_are_as_they_are() {
        let name = |stem: &str| file_name(stem.as_ref(), ".opus.json").into_string().unwrap();
        assert_eq!(name("Mưa 1.5"), "Mưa 1.5.opus.json");
        assert_eq!(name(&"a".repeat(239)), format!("{}.opus.json", "a".repeat(239)));
        let long = ["ư".repeat(127), format!("{}a", "ư".repeat(126)), "ư".repeat(120)];
        let names = long.each_ref().map(|stem| name(stem));
        for (at, one) in names.iter().enumerate() {
            assert!(one.len() <= 255 && one.starts_with("ưưư") && one.ends_with(".opus.json"));
            assert!(!names[..at].contains(one), "{one}");
        }
        assert_eq!(names, long.each_ref().map(|stem| name(stem)));
        for (path, expected) in [("a/b.x.txt", "a/b.x.wav"), ("b", "b.wav"), ("a/.b", "a/.b.wav")] {
            assert_eq!(with_extension(Path::new(path), "wav"), Path::new(expected));
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_unicode_fit_too() {
        use std::os::unix::ffi::OsStrExt;
        let long = [0xff; 251];
        let name = file_name(OsStr::from_bytes(&long), ".wav");
        assert!(name.len() <= 255, "{}", name.len());
        assert_ne!(name, file_name(OsStr::from_bytes(&long[..250]), ".wav"));
        assert_eq!(file_name(OsStr::from_bytes(b"\xff"), ".wav").as_bytes(), b"\xff.wav");
    }
}
