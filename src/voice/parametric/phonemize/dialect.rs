//! The sounds of a written syllable in a dialect, from two tables.

use std::sync::LazyLock;

use crate::model::error::Error;
use crate::model::phrase::{Dialect, Phone, Syllable, Tone};
use crate::model::tables;
use crate::text::orthography::{self, Coda, Nucleus, Onset, WrittenSyllable};

const ONSETS_FILE: &str = "src/voice/parametric/phonemize/tables/onsets.tsv";
const RIMES_FILE: &str = "src/voice/parametric/phonemize/tables/rimes.tsv";

/// Codas, and none.
const CODA_COUNT: usize = Coda::ALL.len() + 1;

/// An onset in one dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OnsetSound {
    phone: Phone,
    /// Whether a glide after it stays separate from it.
    keeps_glide: bool,
}

/// A nucleus and coda in one dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RimeSound {
    nucleus: Phone,
    coda: Option<Phone>,
    /// Whether a glide written before it is said.
    keeps_glide: bool,
}

/// How one dialect says every onset and rime, by place in [`Onset::ALL`], [`Nucleus::ALL`] and
/// [`Coda::ALL`]; without a glide first, with one second.
#[derive(Debug)]
pub struct Sounds {
    onsets: Vec<[OnsetSound; 2]>,
    rimes: Vec<[RimeSound; 2]>,
}

impl Sounds {
    /// The sounds of a syllable. Every syllable that can be written has some.
    pub(super) fn realize(&self, written: WrittenSyllable, dialect: Dialect) -> Syllable {
        let glide = usize::from(written.rime.glide);
        let onset = self.onsets[written.onset as usize][glide];
        let rime = self.rimes[rime_index(written.rime.nucleus, written.rime.coda)][glide];
        Syllable {
            onset: onset.phone,
            glide: written.rime.glide && onset.keeps_glide && rime.keeps_glide,
            nucleus: rime.nucleus,
            coda: rime.coda,
            tone: match (dialect, written.tone) {
                (Dialect::Central | Dialect::Southern, Tone::Nga) => Tone::Hoi,
                (_, tone) => tone,
            },
        }
    }
}

fn rime_index(nucleus: Nucleus, coda: Option<Coda>) -> usize {
    nucleus as usize * CODA_COUNT + coda.map_or(0, |coda| coda as usize + 1)
}

/// The sounds of a dialect, read once.
pub(super) fn sounds(dialect: Dialect) -> &'static Sounds {
    static SOUNDS: LazyLock<[Sounds; 3]> =
        LazyLock::new(|| Dialect::ALL.map(|d| load(d).expect("the embedded tables are tested")));
    &SOUNDS[dialect as usize]
}

/// Reads the embedded tables for a dialect.
///
/// # Errors
/// Of kind `Table` if a row has an unknown letter or symbol, or an onset is missing.
pub fn load(dialect: Dialect) -> Result<Sounds, Error> {
    let onsets = read_onsets(include_str!("tables/onsets.tsv"), dialect)?;
    let rimes = read_rimes(include_str!("tables/rimes.tsv"), dialect)?;
    Ok(Sounds { onsets, rimes })
}

/// The column of a dialect, after as many columns of letters.
fn column(dialect: Dialect, letters: usize) -> usize {
    letters + dialect as usize
}

fn phone(symbol: &str) -> Option<Phone> {
    Phone::ALL.iter().copied().find(|phone| phone.symbol() == symbol)
}

fn read_onsets(text: &str, dialect: Dialect) -> Result<Vec<[OnsetSound; 2]>, Error> {
    let mut sounds: Vec<[Option<OnsetSound>; 2]> = vec![[None; 2]; Onset::ALL.len()];
    for (line, fields) in tables::rows(ONSETS_FILE, text, &["onset", "north", "central", "south"])?
    {
        let bad = |reason| tables::bad_row(ONSETS_FILE, line, format!("{}: {reason}", fields[0]));
        let cell = fields[column(dialect, 1)];
        let (symbol, keeps_glide) = match cell.strip_suffix(".w") {
            Some(symbol) => (symbol, true),
            None => (cell, false),
        };
        let phone = phone(symbol).ok_or_else(|| bad("no such phone"))?;
        let slot = match fields[0] {
            "-" => &mut sounds[Onset::None as usize][0],
            "o" => &mut sounds[Onset::None as usize][1],
            "qu" => &mut sounds[Onset::C as usize][1],
            letters => {
                let onset = Onset::spelled(letters).ok_or_else(|| bad("no such onset"))?;
                if onset != Onset::C {
                    sounds[onset as usize][1] = Some(OnsetSound { phone, keeps_glide: true });
                }
                &mut sounds[onset as usize][0]
            }
        };
        if slot.replace(OnsetSound { phone, keeps_glide }).is_some() {
            return Err(bad("is there twice"));
        }
    }
    let missing = || tables::bad_row(ONSETS_FILE, 1, "an onset is missing");
    sounds
        .into_iter()
        .map(|[plain, glided]| Ok([plain.ok_or_else(missing)?, glided.ok_or_else(missing)?]))
        .collect()
}

fn read_rimes(text: &str, dialect: Dialect) -> Result<Vec<[RimeSound; 2]>, Error> {
    let mut sounds: Vec<[Option<RimeSound>; 2]> = vec![[None; 2]; Nucleus::ALL.len() * CODA_COUNT];
    let columns = ["nucleus", "coda", "north", "central", "south"];
    for (line, fields) in tables::rows(RIMES_FILE, text, &columns)? {
        let bad = |reason| {
            let rime = format!("{} {}: {reason}", fields[0], fields[1]);
            tables::bad_row(RIMES_FILE, line, rime)
        };
        let (after_glide, letters) = match fields[0].strip_prefix('w') {
            Some(letters) => (true, letters),
            None => (false, fields[0]),
        };
        let nucleus = Nucleus::spelled(letters).ok_or_else(|| bad("no such nucleus"))?;
        let coda = match fields[1] {
            "-" => None,
            letters => Some(Coda::spelled(letters).ok_or_else(|| bad("no such coda"))?),
        };
        let cell = fields[column(dialect, 2)];
        let (said_glide, symbols) = match cell.strip_prefix("w.") {
            Some(symbols) => (true, symbols),
            None => (false, cell),
        };
        let mut phones = symbols.split('.').map(phone);
        let sound = match (phones.next(), phones.next(), phones.next()) {
            (Some(Some(nucleus)), coda @ (None | Some(Some(_))), None) => {
                RimeSound { nucleus, coda: coda.flatten(), keeps_glide: said_glide || !after_glide }
            }
            _ => return Err(bad("a cell has a phone or two with a point between them")),
        };
        let [plain, glided] = &mut sounds[rime_index(nucleus, coda)];
        let filled = if after_glide {
            glided.replace(sound).is_some()
        } else {
            plain.replace(sound).is_some()
        };
        if filled {
            return Err(bad("is there twice"));
        }
    }
    for rime in orthography::rimes() {
        if sounds[rime_index(rime.nucleus, rime.coda)][0].is_none() {
            let reason = format!("{:?} {:?} is missing", rime.nucleus, rime.coda);
            return Err(tables::bad_row(RIMES_FILE, 1, reason));
        }
    }
    // No rime has the pairs that are still empty.
    let unused = RimeSound { nucleus: Phone::A, coda: None, keeps_glide: true };
    Ok(sounds
        .into_iter()
        .map(|[plain, glided]| [plain.unwrap_or(unused), glided.or(plain).unwrap_or(unused)])
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sound() {
        for dialect in Dialect::ALL {
            load(dialect).unwrap();
        }
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        let onsets = |row: &str| format!("onset\tnorth\tcentral\tsouth\nb\tɓ\tɓ\tɓ\n{row}\n");
        for (row, reason) in [
            ("w\tw\tw\tw", "line 3: w: no such onset"),
            ("c\tq\tk\tk", "line 3: c: no such phone"),
            ("b\tɓ\tɓ\tɓ", "line 3: b: is there twice"),
            ("c\tk\tk\tk", "an onset is missing"),
        ] {
            let error = read_onsets(&onsets(row), Dialect::Northern).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
        let rimes =
            |row: &str| format!("nucleus\tcoda\tnorth\tcentral\tsouth\na\t-\ta\ta\ta\n{row}\n");
        for (row, reason) in [
            ("x\t-\ta\ta\ta", "line 3: x -: no such nucleus"),
            ("a\tx\ta\ta\ta", "line 3: a x: no such coda"),
            ("a\tm\ta.m.m\ta\ta", "line 3: a m: a cell has"),
            ("a\tm\tq\ta\ta", "line 3: a m: a cell has"),
            ("a\t-\ta\ta\ta", "line 3: a -: is there twice"),
            ("a\tm\ta.m\ta.m\ta.m", "is missing"),
        ] {
            let error = read_rimes(&rimes(row), Dialect::Northern).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
