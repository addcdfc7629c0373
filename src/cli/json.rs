//! JSON for programs: every document that commands write is a kind with a version, and `docs/schemas` has
//! the schema of each.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;

use super::Failure;
use crate::model::shown::is_hidden;

/// What JSON documents commands write. The schema of a kind is `docs/schemas/NAME.schema.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// What became of articles: `narrate --json`, `narrate --report`, `podcast build --json`.
    NarrationReport,
    /// Doubtful readings: `check --json`.
    Findings,
    /// Every word and how it is read: `explain --json`.
    Explanation,
    /// The sounds of sentences: `phonemize --json`.
    Phonemes,
    /// The same as Piper's voices take them: `phonemize --notation espeak --json`.
    EspeakPhonemes,
    /// Own readings: `lexicon list --json`.
    Readings,
    /// The voices: `voices --json`.
    Voices,
    /// One voice: `voices info --json`, `voices install --json`.
    Voice,
    /// Whether installed voices are whole: `voices verify --json`.
    VoiceCheck,
    /// What is in the cache: `cache --json`.
    Cache,
    /// Measurements of recordings: `inspect --json`.
    #[cfg(feature = "inspect")]
    Measurements,
    /// What is wrong with a show: `podcast check --json`.
    #[cfg(feature = "podcast")]
    ShowCheck,
    /// Files that pruning removes: `podcast build --prune --dry-run --json`.
    #[cfg(feature = "podcast")]
    PrunedFiles,
    /// What was put into a queue: `farm submit --json`.
    #[cfg(feature = "farm")]
    FarmSubmission,
    /// How many articles are in a queue: `farm status --json`.
    #[cfg(feature = "farm")]
    FarmStatus,
    /// Articles that could not be done: `farm dead --json`.
    #[cfg(feature = "farm")]
    DeadLetters,
}

impl Kind {
    /// The version of its form. It goes up when a field goes away or means something else; fields and
    /// values that are added do not change it.
    fn version(self) -> u32 {
        1
    }
}

/// A document: its version, and its fields.
#[derive(Serialize)]
struct Document<'a, T> {
    version: u32,
    #[serde(flatten)]
    fields: &'a T,
}

/// Writes a document, which is an object, to standard output.
pub(super) fn print_json(kind: Kind, fields: &impl Serialize) -> Result<(), Failure> {
    writeln!(io::stdout(), "{}", json_text(kind, fields)?)?;
    Ok(())
}

/// The fields of a document that is a list: its items under a name.
pub(super) fn list<'a, T>(name: &'a str, items: &'a [T]) -> BTreeMap<&'a str, &'a [T]> {
    BTreeMap::from([(name, items)])
}

/// A document, which is an object, with codes for the characters that terminals obey; they are in strings
/// only.
pub(super) fn json_text(kind: Kind, fields: &impl Serialize) -> io::Result<String> {
    let text = serde_json::to_string_pretty(&Document { version: kind.version(), fields })?;
    let code = |c: char| match is_hidden(c) {
        true => format!("\\u{:04x}", u32::from(c)),
        false => c.to_string(),
    };
    Ok(if text.contains(is_hidden) { text.chars().map(code).collect() } else { text })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::Value;

    use super::*;

    #[test]
    fn json_is_the_same_with_codes_for_what_terminals_obey() {
        let text = "a\u{1b}b\u{9b}c\u{202e}\u{7f}“đ”";
        let json = json_text(Kind::Voices, &list("voices", &[text])).unwrap();
        assert!(json.contains(r#""a\u001bb\u009bc\u202e\u007f“đ”""#), "{json}");
        let value: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value, serde_json::json!({"version": 1, "voices": [text]}));
    }

    #[test]
    fn every_kind_has_a_schema_of_its_version() {
        for kind in Kind::value_variants() {
            let name = kind.to_possible_value().unwrap();
            let name = format!("docs/schemas/{}.schema.json", name.get_name());
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
            let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
            let schema: Value = serde_json::from_slice(&text).unwrap();
            assert_eq!(schema["properties"]["version"]["const"], kind.version(), "{name}");
        }
    }
}
