//! The settings file of a project, `docbao.toml`.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::diag::Error;
use crate::normalize::Options;

/// The name under which a project's settings are looked for.
pub const FILE_NAME: &str = "docbao.toml";

/// What a settings file can set; what it leaves out keeps its default.
///
/// ```toml
/// lexicon = ["names.tsv", "terms.pls"]   # beside this file
///
/// [reading]
/// profile = "sport"
/// thousand = "ngàn"
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Files of the user's own readings. In a later file stands what beats an earlier one.
    pub lexicon: Vec<PathBuf>,
    /// How the text is read where newsreaders differ.
    pub reading: Options,
}

impl Config {
    /// The settings in the text of a file; the paths in it are relative to the file's folder.
    ///
    /// # Errors
    /// [`Error::Table`] with the line of what cannot be understood.
    pub fn parse(path: &Path, text: &str) -> Result<Config, Error> {
        let mut config: Config = toml::from_str(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text.as_bytes()[..offset].iter().filter(|&&b| b == b'\n').count() + 1;
            let reason = error.message().to_owned();
            Error::Table { file: path.display().to_string(), line, reason }
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for file in &mut config.lexicon {
            *file = folder.join(&file);
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{Profile, Thousand};

    #[test]
    fn settings_are_read_and_paths_stand_beside_the_file() {
        let text = "lexicon = [\"a.tsv\"]\n[reading]\nprofile = \"sport\"\nthousand = \"ngàn\"\n";
        let config = Config::parse(Path::new("show/docbao.toml"), text).unwrap();
        assert_eq!(config.lexicon, [PathBuf::from("show/a.tsv")]);
        assert_eq!(config.reading.profile, Profile::Sport);
        assert_eq!(config.reading.thousand, Thousand::Ngan);
        assert_eq!(config.reading.years, Options::default().years);
    }

    #[test]
    fn what_is_not_known_is_an_error_with_its_line() {
        for (text, line) in
            [("x = 1\n", 1), ("[reading]\n\nprofile = \"spot\"\n", 3), ("lexicon = [\n", 1)]
        {
            let error = Config::parse(Path::new("docbao.toml"), text).unwrap_err().to_string();
            assert!(error.starts_with(&format!("docbao.toml, line {line}: ")), "{error}");
        }
    }
}
