//! Reads a voice's `tones.tsv`: how each tone runs over the rime.

use crate::model::error::Error;
use crate::model::phrase::{Dialect, Syllable, Tone};
use crate::model::tables;
use crate::voice::parametric::score::PITCH_POINTS;

const COLUMNS: [&str; 7] = ["dialect", "tone", "rime", "place", "f0", "creak", "count"];
/// No contour goes further from the voice's base pitch, in semitones.
const WIDEST: f32 = 24.0;
const OPEN: usize = 0;
const STOPPED: usize = 1;
const MEDIAL: usize = 0;
const FINAL: usize = 1;

/// How a tone runs over the voiced part of a rime (a stop's closure left out), at equally spaced
/// points, ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ToneShape {
    /// Semitones from the voice's base pitch.
    pub semitones: [f32; PITCH_POINTS],
    /// Glottalization, 0 to 1.
    pub creak: [f32; PITCH_POINTS],
}

/// The tones of one dialect.
#[derive(Debug, Clone)]
pub(super) struct Tones {
    /// By tone, then open or stopped, then inside or at the end of a breath group.
    shapes: [[[ToneShape; 2]; 2]; Tone::ALL.len()],
}

impl Tones {
    /// Reads the rows of `dialect` and checks those of all. Columns: `dialect`; `tone`, 1 to 6;
    /// `rime`, `open` or `stop`; `place`, `medial`, `final` or `any`; `f0` and `creak`, eight
    /// values separated by commas; `count`, on how many measured syllables the row rests.
    ///
    /// # Errors
    /// Of kind `Table` if a row is bad or is there twice, or one that is needed is missing: each
    /// tone wants its open contour, sắc and nặng their stopped ones.
    pub(super) fn parse(file: &str, text: &str, dialect: Dialect) -> Result<Tones, Error> {
        let mut found: [[[Option<ToneShape>; 3]; 2]; Tone::ALL.len()] = Default::default();
        let mut end = 1;
        for (line, fields) in tables::rows(file, text, &COLUMNS)? {
            end = line;
            let bad = |reason: String| tables::bad_row(file, line, reason);
            let of: Dialect =
                fields[0].parse().map_err(|e: Error| tables::bad_row(file, line, e.to_string()))?;
            let tone = Tone::ALL.iter().position(|t| t.number().to_string() == fields[1]);
            let tone = tone.ok_or_else(|| bad(format!("no tone {}: 1 to 6", fields[1])))?;
            let rime = ["open", "stop"].iter().position(|r| *r == fields[2]);
            let rime = rime.ok_or_else(|| bad(format!("no rime {}: open or stop", fields[2])))?;
            let place = ["medial", "final", "any"].iter().position(|p| *p == fields[3]);
            let place =
                place.ok_or_else(|| bad(format!("no place {}: medial, final, any", fields[3])))?;
            let points = |field: &str, low: f32, high: f32| {
                points(field, low, high).map_err(|reason| tables::bad_row(file, line, reason))
            };
            let shape = ToneShape {
                semitones: points(fields[4], -WIDEST, WIDEST)?,
                creak: points(fields[5], 0.0, 1.0)?,
            };
            if of == dialect && found[tone][rime][place].replace(shape).is_some() {
                return Err(bad("the same row is here twice".to_owned()));
            }
        }
        let missing = |tone: usize, rime: &str| {
            let reason = format!("no {rime} contour of tone {} for {dialect}", tone + 1);
            tables::bad_row(file, end, reason)
        };
        let flat = ToneShape { semitones: [0.0; PITCH_POINTS], creak: [0.0; PITCH_POINTS] };
        let mut shapes = [[[flat; 2]; 2]; Tone::ALL.len()];
        for (tone, (shapes, found)) in shapes.iter_mut().zip(found).enumerate() {
            let [open, stopped] = found;
            shapes[OPEN] = places(open).ok_or_else(|| missing(tone, "open"))?;
            shapes[STOPPED] = match places(stopped) {
                Some(stopped) => stopped,
                // Only sắc and nặng meet a stop in Vietnamese; a foreign name may break that.
                None if matches!(Tone::ALL[tone], Tone::Sac | Tone::Nang) => {
                    return Err(missing(tone, "stop"));
                }
                None => shapes[OPEN],
            };
        }
        Ok(Tones { shapes })
    }

    /// How a syllable's tone runs, inside or at the end of a breath group.
    pub(super) fn of(&self, syllable: &Syllable, at_end: bool) -> &ToneShape {
        let rime = if syllable.is_stopped() { STOPPED } else { OPEN };
        let place = if at_end { FINAL } else { MEDIAL };
        &self.shapes[syllable.tone as usize][rime][place]
    }
}

/// The medial and the final shape, from what there is of medial, final and any.
fn places([medial, last, any]: [Option<ToneShape>; 3]) -> Option<[ToneShape; 2]> {
    Some([medial.or(any).or(last)?, last.or(any).or(medial)?])
}

/// Eight numbers separated by commas, each within bounds.
fn points(field: &str, low: f32, high: f32) -> Result<[f32; PITCH_POINTS], String> {
    let mut points = [0.0; PITCH_POINTS];
    let mut values = field.split(',');
    for point in &mut points {
        let value = values.next().ok_or_else(|| format!("{field} is not eight numbers"))?;
        *point = value.trim().parse().map_err(|_| format!("not a number: {value}"))?;
        if !(low..=high).contains(point) {
            return Err(format!("{point} is not between {low} and {high}"));
        }
    }
    if values.next().is_some() {
        return Err(format!("{field} is not eight numbers"));
    }
    Ok(points)
}
