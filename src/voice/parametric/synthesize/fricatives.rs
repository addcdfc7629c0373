//! Gives fricatives and aspirates the noise that they have above 6 kHz.
//!
//! The recordings that the model learnt from end there, and so does what it makes of them; what makes an s
//! sharp lies higher. How loud the noise is up there follows from how loud it is below.

use super::fast_math::exp;
use super::frames::{BANDS, Frame, ORDER};
use super::loudness;
use super::phone_table;
use crate::model::error::Error;
use crate::model::phrase::Phone;

const FILE: &str = "src/voice/parametric/synthesize/tables/fricatives.tsv";
const TEXT: &str = include_str!("tables/fricatives.tsv");
/// The onsets that are noise, or end with it.
const NOISY: [Phone; 9] = {
    use Phone::*;
    [F, S, Sh, X, Th, Ch, Tr, Z, R]
};
/// Where the noise below is measured: the middles of equal parts of 3.5 to 5.5 kHz.
const BELOW: [f32; 4] = [3750.0, 4250.0, 4750.0, 5250.0];

/// Knows the noise of each onset.
#[derive(Debug, Clone)]
pub(super) struct Fricatives {
    /// By phone: how much louder, in nepers, the noise above 6 kHz is than that below.
    above: Vec<Option<f32>>,
    below: [[f32; ORDER]; BELOW.len()],
}

impl Fricatives {
    /// The program's own table.
    ///
    /// # Errors
    /// Of kind `Table` if a row is bad or is there twice, or an onset has none.
    pub(super) fn built_in() -> Result<Fricatives, Error> {
        let levels = phone_table::read(FILE, TEXT, &NOISY)?;
        let nepers = |level: f32| level / 20.0 * std::f32::consts::LN_10;
        let above = levels.into_iter().map(|level| level.map(nepers)).collect();
        Ok(Fricatives { above, below: BELOW.map(loudness::place) })
    }

    /// Sets the noise above 6 kHz of an onset's frames.
    pub(super) fn sharpen(&self, phone: Phone, onset: &mut [Frame]) {
        let Some(above) = self.above[phone as usize] else { return };
        for frame in onset {
            let power = |place: &[f32; ORDER]| exp(2.0 * loudness::amplitude(place, frame));
            let below = self.below.iter().map(power).sum::<f32>() / BELOW.len() as f32;
            frame.sharpness = (libm::logf(below) / 2.0 + above).max(Frame::DULL);
            // What is up there is noise, in voiced sounds too.
            frame.aperiodicity[BANDS - 1] = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_above_follows_noise_below() {
        let fricatives = Fricatives::built_in().unwrap();
        let sharpness = |phone: Phone, loudness: f32| {
            let mut frame = Frame::SILENT;
            frame.mel_cepstrum[0] = loudness;
            fricatives.sharpen(phone, std::slice::from_mut(&mut frame));
            frame.sharpness
        };
        let level = fricatives.above[Phone::S as usize].unwrap();
        assert!((sharpness(Phone::S, -3.0) - (-3.0 + level)).abs() < 1e-4);
        assert!(sharpness(Phone::X, -3.0) < sharpness(Phone::S, -3.0));
        assert_eq!(sharpness(Phone::S, -90.0), Frame::DULL);
        assert_eq!(sharpness(Phone::M, -3.0), Frame::DULL);
    }
}
