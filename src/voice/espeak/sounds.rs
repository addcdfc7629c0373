//! What espeak-ng's Vietnamese voices say for a syllable, from four tables.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::model::error::Error;
use crate::model::phrase::{Dialect, Tone};
use crate::model::tables;
use crate::text::orthography::{self, Coda, Nucleus, Onset, WrittenSyllable};

const ONSETS_FILE: &str = "src/voice/espeak/tables/onsets.tsv";
const RIMES_FILE: &str = "src/voice/espeak/tables/rimes.tsv";
const EXCEPTIONS_FILE: &str = "src/voice/espeak/tables/exceptions.tsv";
const WEAK_FILE: &str = "src/voice/espeak/tables/weak.tsv";

/// The sign of a tone in espeak-ng's IPA: huyền, hỏi, ngã and nặng have figures, and sắc, its 3, comes
/// out as the sound that is written so.
fn tone_sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Ngang => "",
        Tone::Huyen => "2",
        Tone::Hoi => "4",
        Tone::Nga => "5",
        Tone::Sac => "ɜ",
        Tone::Nang => "6",
    }
}

/// Sounds whose form depends on the tone.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Form {
    /// In the tones that have a sign, `_` in its place.
    signed: String,
    /// In the level tone.
    level: String,
}

impl Form {
    /// Reads a cell: `ˈaː_n`, or `ˈə_w/ˈə1w`.
    fn read(cell: &str) -> Result<Form, &'static str> {
        let (signed, level) = match cell.split_once('/') {
            Some((signed, level)) => (signed, level.to_owned()),
            None => (cell, cell.replacen('_', "", 1)),
        };
        let places = signed.matches('_').count();
        if signed.is_empty() || level.is_empty() || places > 1 || level.contains(['_', '/']) {
            return Err("a cell is sounds with one _ at most, and after a stroke those of ngang");
        }
        Ok(Form { signed: signed.to_owned(), level })
    }

    fn write(&self, tone: Tone, ipa: &mut String) {
        match tone {
            Tone::Ngang => ipa.push_str(&self.level),
            _ => ipa.push_str(&self.signed.replace('_', tone_sign(tone))),
        }
    }
}

/// By dialect.
type ByDialect<T> = [T; Dialect::ALL.len()];

/// By nucleus, whether that is an i written y, and coda.
type Rimes = HashMap<(Nucleus, bool, Option<Coda>), ByDialect<Form>>;

/// What all tables hold.
#[derive(Debug)]
pub struct Sounds {
    /// By place in [`Onset::ALL`].
    onsets: Vec<ByDialect<String>>,
    rimes: Rimes,
    /// Words in lower case, without tone mark or with it; `None` where onset and rime say it.
    exceptions: HashMap<String, ByDialect<Option<Form>>>,
    /// Words with secondary stress.
    weak: HashSet<String>,
}

/// The tables, read once.
pub(super) static SOUNDS: LazyLock<Sounds> =
    LazyLock::new(|| load().expect("the embedded tables are read in a test"));

/// Reads the embedded tables.
///
/// # Errors
/// Of kind `Table` if a row has an unknown letter, no such sounds or a word that is no syllable, or
/// an onset or a rime is missing or is there twice.
pub fn load() -> Result<Sounds, Error> {
    Ok(Sounds {
        onsets: read_onsets(include_str!("tables/onsets.tsv"))?,
        rimes: read_rimes(include_str!("tables/rimes.tsv"))?,
        exceptions: read_exceptions(include_str!("tables/exceptions.tsv"))?,
        weak: read_weak(include_str!("tables/weak.tsv"))?,
    })
}

impl Sounds {
    /// Writes the phonemes of a syllable that is spelled so. The spelling counts where espeak-ng
    /// hears a difference between hoạ and họa.
    pub(super) fn syllable(
        &self,
        spelled: &str,
        written: WrittenSyllable,
        dialect: Dialect,
        ipa: &mut String,
    ) {
        let start = ipa.len();
        if let Some(form) = self.exception(spelled, written, dialect) {
            form.write(written.tone, ipa);
        } else {
            let rime = written.rime;
            let form = self.rimes.get(&(rime.nucleus, written.written_y, rime.coda));
            let form = form.or_else(|| self.rimes.get(&(rime.nucleus, false, rime.coda)));
            ipa.push_str(&self.onsets[written.onset as usize][dialect as usize]);
            if rime.glide {
                ipa.push('w');
            }
            if let Some(form) = form {
                form[dialect as usize].write(written.tone, ipa);
            }
        }
        if self.weak.contains(&written.to_string())
            && let Some(at) = ipa[start..].find(STRESS)
        {
            ipa.replace_range(start + at..start + at + STRESS.len(), WEAK_STRESS);
        }
    }

    fn exception(
        &self,
        spelled: &str,
        written: WrittenSyllable,
        dialect: Dialect,
    ) -> Option<&Form> {
        let of = |word: &str| self.exceptions.get(word)?[dialect as usize].as_ref();
        let unmarked = || WrittenSyllable { tone: Tone::Ngang, ..written }.to_string();
        of(&spelled.to_lowercase()).or_else(|| of(&unmarked()))
    }
}

/// The signs of primary and secondary stress.
const STRESS: &str = "ˈ";
const WEAK_STRESS: &str = "ˌ";

/// The three cells of a row after `letters` columns.
fn cells<T>(
    fields: &[&str],
    letters: usize,
    read: impl Fn(&str) -> Result<T, &'static str>,
) -> Result<ByDialect<T>, &'static str> {
    let [north, central, south] = fields[letters..] else { return Err("a cell is missing") };
    Ok([read(north)?, read(central)?, read(south)?])
}

fn read_onsets(text: &str) -> Result<Vec<ByDialect<String>>, Error> {
    let mut onsets = vec![None; Onset::ALL.len()];
    for (line, fields) in tables::rows(ONSETS_FILE, text, &["onset", "north", "central", "south"])?
    {
        let bad = |reason| tables::bad_row(ONSETS_FILE, line, format!("{}: {reason}", fields[0]));
        let nothing = |field: &str| field.trim_start_matches('-').to_owned();
        let onset = Onset::spelled(&nothing(fields[0])).ok_or_else(|| bad("no such onset"))?;
        let sounds = cells(&fields, 1, |cell| Ok(nothing(cell))).map_err(bad)?;
        if onsets[onset as usize].replace(sounds).is_some() {
            return Err(bad("is there twice"));
        }
    }
    let missing = || tables::bad_row(ONSETS_FILE, 1, "an onset is missing");
    onsets.into_iter().map(|onset| onset.ok_or_else(missing)).collect()
}

fn read_rimes(text: &str) -> Result<Rimes, Error> {
    let mut rimes = HashMap::new();
    let columns = ["nucleus", "coda", "north", "central", "south"];
    for (line, fields) in tables::rows(RIMES_FILE, text, &columns)? {
        let bad = |reason| {
            tables::bad_row(RIMES_FILE, line, format!("{} {}: {reason}", fields[0], fields[1]))
        };
        let written_y = fields[0] == "y";
        let letters = if written_y { Nucleus::I.spelling() } else { fields[0] };
        let nucleus = Nucleus::spelled(letters).ok_or_else(|| bad("no such nucleus"))?;
        let coda = match fields[1] {
            "-" => None,
            letters => Some(Coda::spelled(letters).ok_or_else(|| bad("no such coda"))?),
        };
        let forms = cells(&fields, 2, Form::read).map_err(bad)?;
        if rimes.insert((nucleus, written_y, coda), forms).is_some() {
            return Err(bad("is there twice"));
        }
    }
    for rime in orthography::rimes() {
        if !rimes.contains_key(&(rime.nucleus, false, rime.coda)) {
            let reason = format!("{:?} {:?} is missing", rime.nucleus, rime.coda);
            return Err(tables::bad_row(RIMES_FILE, 1, reason));
        }
    }
    Ok(rimes)
}

fn read_exceptions(text: &str) -> Result<HashMap<String, ByDialect<Option<Form>>>, Error> {
    let mut exceptions = HashMap::new();
    let columns = ["word", "north", "central", "south"];
    for (line, fields) in tables::rows(EXCEPTIONS_FILE, text, &columns)? {
        let bad =
            |reason| tables::bad_row(EXCEPTIONS_FILE, line, format!("{}: {reason}", fields[0]));
        // quich is written for quích and quịch.
        if orthography::parse_unmarked_stop(fields[0]).is_none() {
            return Err(bad("no such syllable"));
        }
        let form = |cell: &str| (cell != "=").then(|| Form::read(cell)).transpose();
        let forms = cells(&fields, 1, form).map_err(bad)?;
        if exceptions.insert(fields[0].to_owned(), forms).is_some() {
            return Err(bad("is there twice"));
        }
    }
    Ok(exceptions)
}

fn read_weak(text: &str) -> Result<HashSet<String>, Error> {
    let mut weak = HashSet::new();
    for (line, fields) in tables::rows(WEAK_FILE, text, &["word"])? {
        let bad = |reason| tables::bad_row(WEAK_FILE, line, format!("{}: {reason}", fields[0]));
        let written = orthography::parse(fields[0]).ok_or_else(|| bad("no such syllable"))?;
        if !weak.insert(written.to_string()) {
            return Err(bad("is there twice"));
        }
    }
    Ok(weak)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason<T>(result: Result<T, Error>) -> String {
        result.err().unwrap().to_string()
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        let table = |row: &str| format!("onset\tnorth\tcentral\tsouth\nb\tb\tb\tb\n{row}\n");
        for (row, expected) in [
            ("w\tw\tw\tw", "src/voice/espeak/tables/onsets.tsv, line 3: w: no such onset"),
            ("b\tb\tb\tb", "line 3: b: is there twice"),
            ("c\tk\tk\tk", "an onset is missing"),
            ("c\tk\tk", "line 3: 3 fields where the header has 4"),
        ] {
            let error = reason(read_onsets(&table(row)));
            assert!(error.contains(expected), "{error}");
        }
        let table = |row: &str| {
            format!("nucleus\tcoda\tnorth\tcentral\tsouth\na\t-\tˈaː_\tˈaː_\tˈaː_\n{row}\n")
        };
        for (row, expected) in [
            ("x\t-\ta\ta\ta", "src/voice/espeak/tables/rimes.tsv, line 3: x -: no such nucleus"),
            ("a\tx\ta\ta\ta", "line 3: a x: no such coda"),
            ("a\tm\ta_m_\ta\ta", "line 3: a m: a cell is sounds"),
            ("a\tm\ta_m/a_m\ta\ta", "line 3: a m: a cell is sounds"),
            ("a\tm\t\ta\ta", "line 3: a m: a cell is sounds"),
            ("a\t-\ta\ta\ta", "line 3: a -: is there twice"),
            ("a\tm\ta_m\ta_m\ta_m", "is missing"),
        ] {
            let error = reason(read_rimes(&table(row)));
            assert!(error.contains(expected), "{error}");
        }
        let table = |row: &str| format!("word\tnorth\tcentral\tsouth\ngi\tz\t=\t=\n{row}\n");
        for (row, expected) in [
            ("ab\t=\t=\t=", "src/voice/espeak/tables/exceptions.tsv, line 3: ab: no such syllable"),
            ("gi\t=\t=\t=", "line 3: gi: is there twice"),
            ("hu\t=\tw__\t=", "line 3: hu: a cell is sounds"),
        ] {
            let error = reason(read_exceptions(&table(row)));
            assert!(error.contains(expected), "{error}");
        }
        for (row, expected) in [
            ("ab", "src/voice/espeak/tables/weak.tsv, line 3: ab: no such syllable"),
            ("và", "line 3: và: is there twice"),
        ] {
            let error = reason(read_weak(&format!("word\nvà\n{row}\n")));
            assert!(error.contains(expected), "{error}");
        }
    }
}
