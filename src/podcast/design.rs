//! `[sound]` of a `podcast.toml`: the music of a show.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use crate::model::design::{MixSettings, Music, Role, SoundDesign};
use crate::model::error::{Error, Place};
use crate::model::message::{Message, message};

/// The table as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SoundTable {
    intro: Option<Spanned<String>>,
    outro: Option<Spanned<String>>,
    sting: Option<Spanned<String>>,
    bed: Option<Spanned<String>>,
    crossfade: Option<Spanned<f32>>,
    jingle_level: Option<Spanned<f32>>,
    sting_overlap: Option<Spanned<f32>>,
    bed_level: Option<Spanned<f32>>,
    bed_pause_level: Option<Spanned<f32>>,
    bed_under: Option<Spanned<String>>,
}

/// The music of a show, and where its settings name it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShowDesign {
    files: BTreeMap<Role, (PathBuf, Place)>,
    mix: MixSettings,
}

impl SoundTable {
    /// The music that it names, in the folder of the settings; `line` gives the line of a byte of `file`.
    ///
    /// # Errors
    /// The byte where a value begins that is not possible, and why it is not.
    pub(super) fn design(
        self,
        file: &Path,
        line: impl Fn(usize) -> usize,
    ) -> Result<ShowDesign, (usize, Message)> {
        let folder = file.parent().unwrap_or(Path::new(""));
        let named = [
            (Role::Intro, self.intro),
            (Role::Outro, self.outro),
            (Role::Sting, self.sting),
            (Role::Bed, self.bed),
        ];
        let mut files = BTreeMap::new();
        for (role, name) in named {
            let Some(name) = name else { continue };
            let place =
                Place { name: file.display().to_string(), line: Some(line(name.span().start)) };
            files.insert(role, (folder.join(name.get_ref()), place));
        }
        let mut mix = MixSettings::default();
        let numbers = [
            ("crossfade", self.crossfade, &mut mix.crossfade),
            ("jingle_level", self.jingle_level, &mut mix.jingle_level),
            ("sting_overlap", self.sting_overlap, &mut mix.sting_overlap),
            ("bed_level", self.bed_level, &mut mix.bed_level),
            ("bed_pause_level", self.bed_pause_level, &mut mix.bed_pause_level),
        ];
        let mut places = BTreeMap::new();
        for (name, given, value) in numbers {
            if let Some(given) = given {
                places.insert(name, given.span().start);
                *value = given.into_inner();
            }
        }
        if let Some(under) = self.bed_under {
            let wrong =
                |reason: Message| (under.span().start, message!("`bed_under`: {reason}", reason));
            mix.bed_under = under.get_ref().parse().map_err(wrong)?;
        }
        mix.check().map_err(|(name, reason)| {
            // What is not given itself is only wrong beside another one that is.
            let place = places.get(name).or(places.values().next()).copied();
            (place.unwrap_or_default(), reason)
        })?;
        Ok(ShowDesign { files, mix })
    }
}

impl ShowDesign {
    /// The music, whose files are read for what identifies them.
    ///
    /// # Errors
    /// As [`Music::of`].
    pub fn open(&self) -> Result<SoundDesign, Error> {
        let music = self.files.iter().map(|(role, (path, place))| {
            Ok((*role, Music::of(*role, path.clone(), Some(place.clone()))?))
        });
        Ok(SoundDesign { music: music.collect::<Result<_, Error>>()?, mix: self.mix })
    }

    /// Its files.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.values().map(|(path, _)| path.as_path())
    }
}
