//! `SoundDesign`: the music around and under the speech of a narration.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::digest::Digest;
use crate::model::error::{Error, Place};
use crate::model::message::{Message, message};
use crate::model::shown;

/// What a piece of music is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Before the speech.
    Intro,
    /// After it.
    Outro,
    /// Between two items of a recording of several articles.
    Sting,
    /// Under the speech.
    Bed,
}

impl Role {
    /// All of them, in the order of their declaration.
    pub const ALL: [Role; 4] = [Role::Intro, Role::Outro, Role::Sting, Role::Bed];

    /// The name of its setting.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Role::Intro => "intro",
            Role::Outro => "outro",
            Role::Sting => "sting",
            Role::Bed => "bed",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A file of music, and what identifies its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Music {
    /// Where it is.
    pub path: PathBuf,
    /// The digest of its bytes: another file with the same bytes is the same music.
    pub digest: Digest,
    /// The settings file and the line that names it, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl Music {
    /// The music in a file, which is read for its digest.
    ///
    /// # Errors
    /// As [`Music::error`], if it cannot be read.
    pub fn of(role: Role, path: PathBuf, place: Option<Place>) -> Result<Music, Error> {
        match Digest::of_file(&path) {
            Ok((digest, _)) => Ok(Music { path, digest, place }),
            Err(cause) => {
                let music = Music { path, digest: Digest::default(), place };
                Err(music.error(role, message!("cannot be read: {cause}", cause)))
            }
        }
    }

    /// What is wrong with it in a role, with the setting and the line that names it.
    #[must_use]
    pub fn error(&self, role: Role, reason: impl Into<Message>) -> Error {
        let (path, role, reason) = (shown::path(&self.path), role.name(), reason.into());
        match &self.place {
            Some(Place { name, line: Some(line) }) => {
                let reason = message!("`{role}`: {path} {reason}", role, path, reason);
                Error::table(name.clone(), *line, reason)
            }
            _ => Error::input(path, message!("{reason} (it is the `{role}`)", reason, role)),
        }
    }
}

/// Which speech has a bed under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BedUnder {
    /// All of it.
    #[default]
    All,
    /// The title of each article.
    Headlines,
    /// What the recording opens with: the title, the dateline and the opening paragraph of its first
    /// article; of a first part without such, all of that part, or the first block if there are no parts.
    Opening,
}

impl BedUnder {
    /// All of them, in the order of their declaration.
    pub const ALL: [BedUnder; 3] = [BedUnder::All, BedUnder::Headlines, BedUnder::Opening];

    /// The name in settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            BedUnder::All => "all",
            BedUnder::Headlines => "headlines",
            BedUnder::Opening => "opening",
        }
    }
}

impl std::str::FromStr for BedUnder {
    type Err = Message;

    fn from_str(name: &str) -> Result<BedUnder, Message> {
        let found = BedUnder::ALL.into_iter().find(|one| one.name() == name);
        found.ok_or_else(|| "give all, headlines or opening".into())
    }
}

/// How music and speech are put together. Levels are those of integrated loudness (EBU R 128), in LU
/// above that of the speech.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MixSettings {
    /// How long music and speech overlap at the ends of the speech, and how long a bed fades and
    /// overlaps with itself where it begins anew, in seconds.
    pub crossfade: f32,
    /// The level of the intro, the outro and the stings.
    pub jingle_level: f32,
    /// By how much a sting begins before the speech ends and ends after the next begins, in seconds.
    pub sting_overlap: f32,
    /// The level of the bed under speech.
    pub bed_level: f32,
    /// The level of the bed in long pauses.
    pub bed_pause_level: f32,
    /// Which speech has the bed under it.
    pub bed_under: BedUnder,
}

impl Default for MixSettings {
    fn default() -> MixSettings {
        MixSettings {
            crossfade: 1.5,
            jingle_level: -3.0,
            sting_overlap: 0.0,
            bed_level: -18.0,
            bed_pause_level: -10.0,
            bed_under: BedUnder::All,
        }
    }
}

impl MixSettings {
    /// What [`MixSettings::crossfade`] may be, in seconds.
    pub const CROSSFADE: RangeInclusive<f32> = 0.0..=10.0;

    /// What a level may be, in LU above the speech.
    pub const LEVEL: RangeInclusive<f32> = -40.0..=6.0;

    /// What [`MixSettings::sting_overlap`] may be, in seconds.
    pub const OVERLAP: RangeInclusive<f32> = 0.0..=5.0;

    /// Whether every number is within its range.
    ///
    /// # Errors
    /// The name of the setting, and why its value is not possible.
    pub fn check(&self) -> Result<(), (&'static str, Message)> {
        for (name, value, range) in [
            ("crossfade", self.crossfade, MixSettings::CROSSFADE),
            ("jingle_level", self.jingle_level, MixSettings::LEVEL),
            ("sting_overlap", self.sting_overlap, MixSettings::OVERLAP),
            ("bed_level", self.bed_level, MixSettings::LEVEL),
            ("bed_pause_level", self.bed_pause_level, MixSettings::LEVEL),
        ] {
            if !range.contains(&value) {
                let (least, most) = range.into_inner();
                let reason = message!(
                    "`{name}` is {value}: it must be a number from {least} to {most}",
                    name,
                    value,
                    least,
                    most
                );
                return Err((name, reason));
            }
        }
        if self.bed_pause_level < self.bed_level {
            let (pause, level) = (self.bed_pause_level, self.bed_level);
            let reason = message!(
                "`bed_pause_level` is {pause}, and `bed_level` {level}: in pauses a bed is not softer \
                 than under speech",
                pause,
                level
            );
            return Err(("bed_pause_level", reason));
        }
        Ok(())
    }
}

/// The music around and under the speech; without any, the speech is by itself.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SoundDesign {
    /// The files, each once at most.
    pub music: BTreeMap<Role, Music>,
    /// How they are put together with the speech.
    pub mix: MixSettings,
}

impl SoundDesign {
    /// Whether there is no music.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.music.is_empty()
    }

    /// The files of the music.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.music.values().map(|music| music.path.as_path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_names_the_file_and_the_setting() {
        let missing = PathBuf::from("nhạc/hiệu.wav");
        let place = Place { name: "podcast.toml".to_owned(), line: Some(7) };
        let error = Music::of(Role::Sting, missing.clone(), Some(place)).unwrap_err().to_string();
        assert!(
            error.starts_with("podcast.toml, line 7: `sting`: nhạc/hiệu.wav cannot be read: "),
            "{error}"
        );
        let error = Music::of(Role::Bed, missing, None).unwrap_err().to_string();
        assert!(error.starts_with("nhạc/hiệu.wav: ") && error.contains("`bed`"), "{error}");
    }

    #[test]
    fn numbers_out_of_their_range_are_refused() {
        let usual = MixSettings::default;
        assert!(usual().check().is_ok());
        for (mix, name) in [
            (MixSettings { crossfade: -1.0, ..usual() }, "crossfade"),
            (MixSettings { crossfade: f32::NAN, ..usual() }, "crossfade"),
            (MixSettings { jingle_level: 7.0, ..usual() }, "jingle_level"),
            (MixSettings { sting_overlap: 6.0, ..usual() }, "sting_overlap"),
            (MixSettings { bed_level: -41.0, ..usual() }, "bed_level"),
            (MixSettings { bed_pause_level: -20.0, ..usual() }, "bed_pause_level"),
        ] {
            let (setting, reason) = mix.check().unwrap_err();
            let reason = reason.to_string();
            assert!(setting == name && reason.contains(name), "{setting}: {reason}");
        }
    }

    #[test]
    fn names_are_read_back() {
        for one in BedUnder::ALL {
            assert_eq!(one.name().parse(), Ok(one));
        }
        assert!("intro".parse::<BedUnder>().unwrap_err().to_string().contains("opening"));
        let json = r#"{"music":{},"mix":{"bed_under":"headlines"}}"#;
        let design: SoundDesign = serde_json::from_str(json).unwrap();
        assert_eq!(design.mix.bed_under, BedUnder::Headlines);
        assert!(design.is_empty());
    }
}
