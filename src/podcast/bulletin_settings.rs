//! `[bulletin]` of `podcast.toml`: how several articles of a show are one episode.

use std::path::{Path, PathBuf};

use jiff::civil::{Date, Time, Weekday};
use serde::Deserialize;
use toml::Spanned;

use super::address;
use crate::model::error::Error;
use crate::model::message::{Message, message};

/// How several articles of a show are one episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulletinSettings {
    /// The title, with placeholders.
    pub title: String,
    /// Which articles are one.
    pub by: Grouping,
    /// When one is published on its day; midnight, if it is not said.
    pub time: Option<Time>,
    /// What is said first, with placeholders; empty for nothing.
    pub greeting: String,
    /// What is said before the titles of all articles, with placeholders; if it is empty, they are not said
    /// there.
    pub headlines: String,
    /// What is said last, with placeholders; empty for nothing.
    pub farewell: String,
    /// Who speaks: the first article the first of them, and so on in turns. None: the narrator all.
    pub voices: Vec<BulletinVoice>,
}

/// A voice that speaks articles of a bulletin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulletinVoice {
    /// Its name, or its path.
    pub name: String,
    /// The line of `podcast.toml` that names it.
    pub line: usize,
}

/// Which articles are one bulletin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grouping {
    /// Those of a folder in the folder of the show.
    #[default]
    Folder,
    /// Those of a day.
    Day,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BulletinFile {
    title: Option<Spanned<String>>,
    #[serde(default)]
    by: Grouping,
    time: Option<Spanned<String>>,
    greeting: Option<Spanned<String>>,
    headlines: Option<Spanned<String>>,
    farewell: Option<Spanned<String>>,
    #[serde(default)]
    voices: Vec<Spanned<String>>,
}

/// The placeholders of the texts, in Vietnamese and in English.
const PLACEHOLDERS: [[&str; 2]; 4] =
    [["ngày", "date"], ["thứ", "weekday"], ["số tin", "count"], ["chương trình", "show"]];

/// The title of a bulletin for which none is set.
const USUAL_TITLE: &str = "{chương trình} {ngày}";

impl BulletinFile {
    /// The settings, if all of them are possible. Paths of voices are relative to `folder`; `line` gives the
    /// line of an offset of the file, `fault` its error.
    ///
    /// # Errors
    /// What `fault` makes of the place and the reason.
    pub(super) fn checked(
        self,
        folder: &Path,
        line: &dyn Fn(usize) -> usize,
        fault: &dyn Fn(usize, Message) -> Error,
    ) -> Result<BulletinSettings, Error> {
        let text = |given: Option<Spanned<String>>| {
            let Some(given) = given else { return Ok(String::new()) };
            unknown(given.get_ref()).map_err(|reason| fault(given.span().start, reason))?;
            Ok(given.into_inner().trim().to_owned())
        };
        let time = self.time.map(|given| {
            let parsed = given.get_ref().parse::<Time>();
            parsed.map_err(|_| {
                let reason = "`time` must be a time of day such as \"06:00\"".into();
                fault(given.span().start, reason)
            })
        });
        let voices = self.voices.into_iter().map(|voice| BulletinVoice {
            line: line(voice.span().start),
            name: located(folder, voice.get_ref()),
        });
        let title = text(self.title)?;
        Ok(BulletinSettings {
            title: if title.is_empty() { USUAL_TITLE.to_owned() } else { title },
            by: self.by,
            time: time.transpose()?,
            greeting: text(self.greeting)?,
            headlines: text(self.headlines)?,
            farewell: text(self.farewell)?,
            voices: voices.collect(),
        })
    }
}

/// The name of a voice, or its path from the folder of its file.
fn located(folder: &Path, voice: &str) -> String {
    let is_path = voice.contains(['/', '\\']) && address::checked(voice).is_err();
    let path: PathBuf = if is_path { folder.join(voice) } else { voice.into() };
    path.to_string_lossy().into_owned()
}

/// Reports a placeholder that there is not.
fn unknown(text: &str) -> Result<(), Message> {
    for (before, inside) in text.match_indices('{').map(|(at, _)| (at, &text[at + 1..])) {
        let name = inside.split_once('}').map(|(name, _)| name.trim());
        let is_known = name.is_some_and(|name| PLACEHOLDERS.iter().flatten().any(|it| *it == name));
        if !is_known {
            let known: Vec<_> =
                PLACEHOLDERS.iter().map(|[name, _]| format!("{{{name}}}")).collect();
            let shown = name.unwrap_or(&text[before + 1..]);
            return Err(message!(
                "there is no placeholder {{{shown}}}: there are {known}",
                shown,
                known = known.join(", ")
            ));
        }
    }
    Ok(())
}

/// A text with what its placeholders stand for: a day as people write it, `5/3/2024`, the day of the week, the
/// number of articles, the name of the show.
pub(super) fn filled(text: &str, day: Date, count: usize, show: &str) -> String {
    let values = [
        format!("{}/{}/{}", day.day(), day.month(), day.year()),
        weekday(day.weekday()).to_owned(),
        count.to_string(),
        show.to_owned(),
    ];
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('{') {
        let (name, after) = inside.split_once('}').unwrap_or((inside, ""));
        let place = PLACEHOLDERS.iter().position(|names| names.contains(&name.trim()));
        filled.push_str(before);
        filled.push_str(place.map_or("", |place| &values[place]));
        rest = after;
    }
    filled + rest
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "thứ Hai",
        Weekday::Tuesday => "thứ Ba",
        Weekday::Wednesday => "thứ Tư",
        Weekday::Thursday => "thứ Năm",
        Weekday::Friday => "thứ Sáu",
        Weekday::Saturday => "thứ Bảy",
        Weekday::Sunday => "Chủ nhật",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled() {
        let day = Date::constant(2024, 3, 5);
        let text = "{show}, {thứ} ngày {ngày}: { số tin } tin {nothing}.";
        assert_eq!(filled(text, day, 5, "Tin sáng"), "Tin sáng, thứ Ba ngày 5/3/2024: 5 tin .");
        assert_eq!(filled("Chào.", day, 5, ""), "Chào.");
    }

    #[test]
    fn placeholders_that_there_are_not_are_told() {
        assert_eq!(unknown("{ngày} {date} {chương trình}"), Ok(()));
        for text in ["{ngay}", "a { b", "{}"] {
            let reason = unknown(text).unwrap_err().to_string();
            assert!(reason.contains("{ngày}, {thứ}"), "{reason}");
        }
    }
}
