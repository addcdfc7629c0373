//! What a domain of news reads differently: data of `tables/profiles.tsv`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::model::error::Error;
use crate::model::reading_options::Profile;
use crate::model::tables::{bad_row, rows};

/// The readings of all domains.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    expansions: HashMap<Profile, HashMap<&'static str, &'static str>>,
    dash_is_score: HashSet<Profile>,
}

impl Profiles {
    /// Those built into the program.
    pub(super) fn get() -> &'static Profiles {
        static PROFILES: LazyLock<Profiles> = LazyLock::new(|| {
            load(include_str!("tables/profiles.tsv")).expect("the embedded table is read in a test")
        });
        &PROFILES
    }

    /// What an abbreviation is in a domain where nothing around it says otherwise.
    pub(super) fn expansion(&self, profile: Profile, written: &str) -> Option<&'static str> {
        self.expansions.get(&profile)?.get(written).copied()
    }

    /// Whether a dash between two small numbers is that of a score.
    pub(super) fn dash_is_score(&self, profile: Profile) -> bool {
        self.dash_is_score.contains(&profile)
    }
}

fn load(text: &'static str) -> Result<Profiles, Error> {
    const FILE: &str = "src/text/normalize/tables/profiles.tsv";
    let mut profiles = Profiles::default();
    for (line, row) in rows(FILE, text, &["profile", "kind", "written", "said"])? {
        let profile: Profile =
            row[0].parse().map_err(|error| bad_row(FILE, line, format!("{error}")))?;
        match (row[1], row[2], row[3]) {
            ("abbreviation", written, said)
                if said.split(' ').all(|w| !w.is_empty() && w.chars().all(char::is_alphabetic)) =>
            {
                let known = profiles.expansions.entry(profile).or_default();
                if known.insert(written, said).is_some() {
                    return Err(bad_row(FILE, line, format!("{written} is listed twice")));
                }
            }
            ("dash", "-", "score") => {
                profiles.dash_is_score.insert(profile);
            }
            (kind, ..) => {
                let reason = format!("`{kind}` is neither an abbreviation in words nor a dash");
                return Err(bad_row(FILE, line, reason));
            }
        }
    }
    Ok(profiles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_is_sound() {
        let profiles = Profiles::get();
        assert_eq!(profiles.expansion(Profile::Sport, "CK"), Some("chung kết"));
        assert_eq!(profiles.expansion(Profile::News, "CK"), None);
        assert!(profiles.dash_is_score(Profile::Sport));
    }

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        for row in ["spot\tdash\t-\tscore", "sport\tx\t-\tscore", "sport\tabbreviation\tA\tb 1"] {
            let text = format!("profile\tkind\twritten\tsaid\n{row}\n").leak();
            let error = load(text).unwrap_err().to_string();
            assert!(error.contains("line 2"), "{error}");
        }
    }
}
