//! Short-time spectra, as many as a picture has columns.
//!
//! Koenig, W., Dunn, H. K., Lacy, L. Y. (1946), "The sound spectrograph", JASA 18.

use realfft::RealFftPlanner;

use crate::model::audio::Audio;
use crate::model::units::{Hertz, Millis};

/// The longest step between spectra, in seconds; a column of more time pools several.
const LONGEST_STEP: f64 = 0.005;
/// Spectra are at least this fine, in Hz, whatever the window.
const FINENESS: f64 = 15.0;
/// High frequencies are raised by 6 dB an octave from here, in Hz, for they are weak in speech and
/// carry much of it.
const EMPHASIS: f32 = 300.0;
/// What nothing measures, in dB relative to the loudest.
const NOTHING: f32 = -200.0;

/// How a spectrogram is to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// Columns, from the start of the sound to its end.
    pub columns: usize,
    /// Rows, from 0 Hz to `top`.
    pub rows: usize,
    /// The highest frequency shown.
    pub top: Hertz,
    /// Length of the Hann window: 8 ms shows formants and single periods (a bandwidth of 180 Hz),
    /// 30 ms shows harmonics (48 Hz).
    pub window: Millis,
}

/// Levels over time and frequency.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrogram {
    grid: Grid,
    /// Column by column, each from 0 Hz up, in dB relative to the loudest.
    levels: Vec<f32>,
}

impl Spectrogram {
    /// Analyses a sound. A column that covers more than 5 ms is the mean power of several spectra.
    /// Frequencies above half the sample rate are empty.
    #[must_use]
    pub fn new(audio: &Audio, grid: Grid) -> Spectrogram {
        let rate = f64::from(audio.sample_rate.max(1));
        let window = ((f64::from(grid.window.0) / 1000.0 * rate) as usize).max(4);
        let size = window.max((rate / FINENESS) as usize).next_power_of_two();
        let hann: Vec<f32> = (0..window)
            .map(|i| {
                let turn = std::f32::consts::TAU * (i as f32 + 0.5) / window as f32;
                0.5 - 0.5 * turn.cos()
            })
            .collect();
        let fft = RealFftPlanner::<f32>::new().plan_fft_forward(size);
        let (mut input, mut output) = (fft.make_input_vec(), fft.make_output_vec());
        let mut scratch = fft.make_scratch_vec();
        let width = audio.samples.len() as f64 / grid.columns.max(1) as f64;
        let pooled = (width / rate / LONGEST_STEP).ceil().max(1.0) as usize;
        let mut power = vec![0.0f32; output.len()];
        let mut levels = Vec::with_capacity(grid.columns * grid.rows);
        for column in 0..grid.columns {
            power.fill(0.0);
            for part in 0..pooled {
                let along = column as f64 + (part as f64 + 0.5) / pooled as f64;
                let start = (along * width) as isize - window as isize / 2;
                input.fill(0.0);
                for (at, (slot, weight)) in input.iter_mut().zip(&hann).enumerate() {
                    let place = usize::try_from(start + at as isize).ok();
                    let sample = place.and_then(|place| audio.samples.get(place));
                    *slot = sample.copied().unwrap_or(0.0) * weight;
                }
                // Lengths are the plan's own, the only thing it can complain of.
                if fft.process_with_scratch(&mut input, &mut output, &mut scratch).is_ok() {
                    power.iter_mut().zip(&output).for_each(|(sum, bin)| *sum += bin.norm_sqr());
                }
            }
            let bin = size as f64 / rate;
            levels.extend((0..grid.rows).map(|row| {
                let hertz = (row as f32 + 0.5) / grid.rows as f32 * grid.top.0;
                level(&power, f64::from(hertz) * bin, hertz)
            }));
        }
        let loudest = levels.iter().copied().fold(NOTHING, f32::max);
        levels.iter_mut().for_each(|level| *level = (*level - loudest).max(NOTHING));
        Spectrogram { grid, levels }
    }

    /// Level of a column at a row (0 is the lowest), in dB relative to the loudest place; ≤ 0.
    #[must_use]
    pub fn level(&self, column: usize, row: usize) -> f32 {
        self.levels[column * self.grid.rows + row]
    }
}

/// Emphasized level, in dB, at a place between two bins.
fn level(power: &[f32], place: f64, hertz: f32) -> f32 {
    let below = place as usize;
    let Some(pair) = power.get(below..below + 2) else { return NOTHING };
    let between = pair[0] + (pair[1] - pair[0]) * (place - below as f64) as f32;
    10.0 * between.max(1e-20).log10() + 20.0 * (hertz.max(EMPHASIS) / EMPHASIS).log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_dark_where_and_when_it_sounds() {
        let samples = (0..24_000).map(|i| {
            let tone = (std::f32::consts::TAU * 3000.0 * i as f32 / 24_000.0).sin();
            if i < 12_000 { 0.5 * tone } else { 0.0 }
        });
        let audio = Audio { sample_rate: 24_000, samples: samples.collect() };
        for milliseconds in [8.0, 30.0] {
            let window = Millis(milliseconds);
            let grid = Grid { columns: 100, rows: 80, top: Hertz(8000.0), window };
            let spectrogram = Spectrogram::new(&audio, grid);
            // The row's middle is 50 Hz off the tone.
            assert!(spectrogram.level(25, 30) > -6.0);
            assert!(spectrogram.level(25, 10) < -30.0);
            assert!(spectrogram.level(25, 60) < -30.0);
            assert!(spectrogram.level(75, 30) < -80.0);
        }
    }

    #[test]
    fn what_the_rate_cannot_hold_is_empty() {
        let audio = Audio { sample_rate: 8000, samples: vec![0.5; 800] };
        let grid = Grid { columns: 3, rows: 16, top: Hertz(8000.0), window: Millis(8.0) };
        let spectrogram = Spectrogram::new(&audio, grid);
        assert!(spectrogram.level(1, 12) < -100.0);
        let nothing = Audio { sample_rate: 8000, samples: vec![] };
        assert!(Spectrogram::new(&nothing, grid).level(0, 0) <= 0.0);
    }
}
