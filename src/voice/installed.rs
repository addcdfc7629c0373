//! Where the voices are that the user has installed: a folder of models, each `NAME.onnx` with its
//! configuration `NAME.onnx.json` beside it, as Piper has them.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

/// The environment variable that names another folder for voices.
pub const FOLDER_VARIABLE: &str = "DOCBAO_VOICES";

/// The most characters of a voice's name.
const LONGEST_NAME: usize = 100;

/// The folder of installed voices, which need not be there: what `DOCBAO_VOICES` says, or else
/// `docbao/voices` in the folder for the user's data (on Linux, `~/.local/share`). `None` where the
/// user has no folder.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let named = std::env::var_os(FOLDER_VARIABLE).filter(|folder| !folder.is_empty());
    let own = || Some(etcetera::choose_base_strategy().ok()?.data_dir().join("docbao/voices"));
    named.map(PathBuf::from).or_else(own)
}

/// The model of an installed voice; `None` if there is none of this name.
#[must_use]
pub fn installed(name: &str) -> Option<PathBuf> {
    let model = folder()?.join(format!("{name}.onnx"));
    (is_name(name) && model.is_file()).then_some(model)
}

/// Whether a name is that of the file of a Piper voice's model.
pub(super) fn is_model(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("onnx"))
}

/// Whether a voice may be called so: letters of English, digits, `_`, `-` and `.`, a letter or digit
/// first, 100 characters at most. So a name is never a path.
#[must_use]
pub fn is_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_path() {
        for name in ["vi_VN-vais1000-medium", "bac", "2", "ngoc.huyen"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", ".", "..", "../a", "a/b", "a\\b", "C:a", "-a", ".a", "a b", "giọng"] {
            assert!(!is_name(name), "{name}");
        }
        assert!(is_name(&"a".repeat(LONGEST_NAME)) && !is_name(&"a".repeat(LONGEST_NAME + 1)));
    }
}
