//! What makes two names the same for a file system.

use std::path::Path;

use tempfile::Builder;
use unicode_normalization::UnicodeNormalization;

use super::atomic::{PREFIX, SUFFIX};

/// What a file system does not tell apart in names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Folding {
    /// Whether `A` is `a`.
    pub case: bool,
    /// Whether `é` as one character is `e` with an accent behind it.
    pub forms: bool,
}

impl Folding {
    /// That of the file system of a folder, which is tried with a temporary file; where that is not
    /// possible, it is taken to tell all names apart.
    #[must_use]
    pub fn of(folder: &Path) -> Folding {
        let composed = format!("{PREFIX}é-");
        let Ok(file) = Builder::new().prefix(&composed).suffix(SUFFIX).tempfile_in(folder) else {
            return Folding::default();
        };
        let name = file.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_there = |name: String| folder.join(name).symlink_metadata().is_ok();
        Folding { case: is_there(name.to_uppercase()), forms: is_there(name.nfd().collect()) }
    }

    /// A path in the form that all paths have which are the same for the file system.
    #[must_use]
    pub fn fold(self, path: &Path) -> Vec<u8> {
        let Some(text) = path.to_str().filter(|_| self != Folding::default()) else {
            return path.as_os_str().as_encoded_bytes().to_vec();
        };
        let cased = if self.case { text.to_lowercase() } else { text.to_owned() };
        let formed = if self.forms { cased.nfc().collect() } else { cased };
        formed.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_where_the_file_system_says_so() {
        let (small, capital, apart) = ("đá/é.wav", "ĐÁ/É.wav", "đa\u{301}/e\u{301}.wav");
        for (case, forms, same) in
            [(false, false, [false; 2]), (true, false, [true, false]), (false, true, [false, true])]
        {
            let folding = Folding { case, forms };
            let fold = |path: &str| folding.fold(Path::new(path));
            assert_eq!([capital, apart].map(|path| fold(path) == fold(small)), same, "{folding:?}");
        }
    }

    #[test]
    fn a_folder_is_tried_and_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let folding = Folding::of(folder.path());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        std::fs::write(folder.path().join("x"), "").unwrap();
        assert_eq!(folding.case, folder.path().join("X").exists());
        assert_eq!(Folding::of(&folder.path().join("missing")), Folding::default());
    }
}
