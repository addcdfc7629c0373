//! Reads a voice's `durations.tsv`: how long each sound lasts, and what makes it longer.

use crate::model::error::Error;
use crate::model::message::Message;
use crate::model::phrase::{Phone, Syllable, Tone};
use crate::model::tables;

const COLUMNS: [&str; 6] = ["part", "phone", "rime", "place", "ms", "count"];
const PARTS: [&str; 4] = ["onset", "glide", "nucleus", "coda"];
const RIMES: [&str; 4] = ["open", "semivowel", "nasal", "stop"];
const PLACES: [&str; 2] = ["medial", "final"];
const ANY: &str = "any";
/// A field that means every phone.
const EVERY: &str = "*";
/// The longest a sound may last, in ms, and the largest factor.
const LONGEST: f32 = 2000.0;
const LARGEST_FACTOR: f32 = 4.0;
const FACTORS: [&str; 5] = ["word_initial", "word_medial", "word_final", "prefinal", "isolated"];

const PHONES: usize = Phone::ALL.len();

/// Milliseconds by rime, then place.
type Cells = [[Option<f32>; PLACES.len()]; RIMES.len()];

/// Where a syllable is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Situation {
    /// Last before a pause.
    pub final_in_group: bool,
    /// Last but one before a pause.
    pub prefinal_in_group: bool,
    /// All that the utterance says.
    pub isolated: bool,
    /// Which syllable of its word it is, from 0.
    pub index: usize,
    /// How many syllables its word has.
    pub length: usize,
}

/// Milliseconds of a syllable's parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Parts {
    pub onset: f32,
    pub glide: f32,
    pub nucleus: f32,
    pub coda: f32,
}

/// A voice's durations at its own rate.
#[derive(Debug, Clone)]
pub(super) struct Durations {
    /// By part, phone, rime, place: every cell filled.
    milliseconds: Vec<[[[f32; PLACES.len()]; RIMES.len()]; PHONES]>,
    /// In the order of [`FACTORS`].
    factors: [f32; FACTORS.len()],
    /// Factor of the rime by tone.
    tones: [f32; Tone::ALL.len()],
}

impl Durations {
    /// Reads a table of the columns `part`, `phone`, `rime`, `place`, `ms`, `count`. The most
    /// specific row wins: first by phone and rime, then by phone, then by rime, then of any phone
    /// (`*`) and rime. Rows of the part `factor` name a factor in `phone` and its value in `ms`;
    /// factors without a row are 1.
    ///
    /// # Errors
    /// Of kind `Table` if a row is bad or is there twice, or a part has no row for any phone.
    pub(super) fn parse(file: &str, text: &str) -> Result<Durations, Error> {
        let mut table = Table {
            own: vec![[Cells::default(); PHONES]; PARTS.len()],
            own_any: vec![[[None; PLACES.len()]; PHONES]; PARTS.len()],
            every: vec![Cells::default(); PARTS.len()],
            every_any: vec![[None; PLACES.len()]; PARTS.len()],
        };
        let mut factors = [1.0; FACTORS.len()];
        let mut tones = [1.0; Tone::ALL.len()];
        let mut end = 1;
        for (line, fields) in tables::rows(file, text, &COLUMNS)? {
            end = line;
            let bad = |reason: String| tables::bad_row(file, line, reason);
            let [part, phone, rime, place, ms, _] = fields[..] else { continue };
            let value: f32 = ms.parse().map_err(|_| bad(format!("not a number: {ms}")))?;
            let most = if part == "factor" { LARGEST_FACTOR } else { LONGEST };
            if !(value > 0.0 && value <= most) {
                return Err(bad(format!("{value} is not above 0 and up to {most}")));
            }
            if part == "factor" {
                let slot = match FACTORS.iter().position(|name| *name == phone) {
                    Some(index) => &mut factors[index],
                    None => phone
                        .strip_prefix("tone")
                        .and_then(|n| n.parse::<usize>().ok()?.checked_sub(1))
                        .and_then(|index| tones.get_mut(index))
                        .ok_or_else(|| bad(format!("no factor {phone}")))?,
                };
                *slot = value;
            } else {
                let slots = table.slots(part, phone, rime, place).map_err(bad)?;
                for slot in slots.into_iter().flatten() {
                    if slot.replace(value).is_some() {
                        return Err(tables::bad_row(file, line, "the same row is here twice"));
                    }
                }
            }
        }
        let milliseconds = table.fill().map_err(|reason| tables::bad_row(file, end, reason))?;
        Ok(Durations { milliseconds, factors, tones })
    }

    /// How long the parts of a syllable last.
    pub(super) fn of(&self, syllable: &Syllable, at: Situation) -> Parts {
        let [word_initial, word_medial, word_final, prefinal, isolated] = self.factors;
        let mut factor = match at {
            Situation { length: 0 | 1, .. } => 1.0,
            Situation { index: 0, .. } => word_initial,
            Situation { index, length, .. } if index + 1 == length => word_final,
            _ => word_medial,
        };
        if at.prefinal_in_group {
            factor *= prefinal;
        }
        if at.isolated {
            factor *= isolated;
        }
        let rime_factor = factor * self.tones[syllable.tone as usize];
        let (rime, place) = (rime_of(syllable), usize::from(at.final_in_group));
        let look = |part: usize, phone: Phone| self.milliseconds[part][phone as usize][rime][place];
        Parts {
            onset: look(0, syllable.onset) * factor,
            glide: if syllable.glide { look(1, Phone::W) * rime_factor } else { 0.0 },
            nucleus: look(2, syllable.nucleus) * rime_factor,
            coda: syllable.coda.map_or(0.0, |coda| look(3, coda) * rime_factor),
        }
    }
}

/// Which of [`RIMES`] a syllable has.
fn rime_of(syllable: &Syllable) -> usize {
    match syllable.coda {
        None => 0,
        Some(Phone::J | Phone::W) => 1,
        Some(_) if syllable.is_stopped() => 3,
        Some(_) => 2,
    }
}

/// Rows as they are read, before the gaps between them are filled.
struct Table {
    own: Vec<[Cells; PHONES]>,
    own_any: Vec<[[Option<f32>; PLACES.len()]; PHONES]>,
    every: Vec<Cells>,
    every_any: Vec<[Option<f32>; PLACES.len()]>,
}

impl Table {
    /// The cells that a row fills: one, or two where its place is `any`.
    fn slots(
        &mut self,
        part: &str,
        phone: &str,
        rime: &str,
        place: &str,
    ) -> Result<[Option<&mut Option<f32>>; 2], String> {
        let find = |names: &[&str], name: &str| names.iter().position(|n| *n == name);
        let part = find(&PARTS, part).ok_or_else(|| format!("no part {part}"))?;
        let rime = match rime {
            ANY => None,
            _ => Some(find(&RIMES, rime).ok_or_else(|| format!("no rime {rime}"))?),
        };
        let phone = match phone {
            EVERY => None,
            _ => {
                let found = Phone::ALL.iter().position(|p| p.symbol() == phone);
                Some(found.ok_or_else(|| format!("no phone {phone}"))?)
            }
        };
        let both = match (phone, rime) {
            (Some(phone), Some(rime)) => &mut self.own[part][phone][rime],
            (Some(phone), None) => &mut self.own_any[part][phone],
            (None, Some(rime)) => &mut self.every[part][rime],
            (None, None) => &mut self.every_any[part],
        };
        let [medial, last] = both;
        Ok(match place {
            "medial" => [Some(medial), None],
            "final" => [None, Some(last)],
            ANY => [Some(medial), Some(last)],
            _ => return Err(format!("no place {place}: medial, final or any")),
        })
    }

    /// Every cell's value from the most specific row there is.
    fn fill(&self) -> Result<Vec<[[[f32; PLACES.len()]; RIMES.len()]; PHONES]>, Message> {
        let mut filled = vec![[[[0.0; PLACES.len()]; RIMES.len()]; PHONES]; PARTS.len()];
        for (part, phones) in filled.iter_mut().enumerate() {
            for (phone, rimes) in phones.iter_mut().enumerate() {
                for (rime, places) in rimes.iter_mut().enumerate() {
                    for (place, cell) in places.iter_mut().enumerate() {
                        // There is but one glide: its rows serve for every phone.
                        let phone = if PARTS[part] == "glide" { Phone::W as usize } else { phone };
                        *cell = self.own[part][phone][rime][place]
                            .or(self.own_any[part][phone][place])
                            .or(self.every[part][rime][place])
                            .or(self.every_any[part][place])
                            .ok_or_else(|| {
                                let (part, place) = (PARTS[part], PLACES[place]);
                                let rime = RIMES[rime];
                                format!("no row for any {part}, rime {rime}, place {place}")
                            })?;
                    }
                }
            }
        }
        Ok(filled)
    }
}
