//! Measures how loud sound is, as it streams past.

use std::collections::VecDeque;
use std::fmt;

use ebur128::{EbuR128, Mode};
use serde::{Deserialize, Serialize};

use crate::model::error::Error;
use crate::model::message::message;

/// What digital silence is reported as, in dB, LUFS or dBTP: below anything that can be heard or stored
/// in 16 bits, and unlike minus infinity a number in JSON.
pub const SILENCE_DB: f64 = -120.0;

/// Samples below this magnitude (-60 dB of full scale, where ACX draws the line of noise) count as
/// silence at the ends.
const AUDIBLE: f32 = 0.001;

/// The noise floor is the quietest stretch of this many tenths of a second.
const FLOOR_TENTHS: usize = 5;

/// How loud a sound is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Integrated loudness by ITU-R BS.1770-4 and EBU R 128, in LUFS. One channel counts once, as
    /// everywhere.
    pub integrated_lufs: f64,
    /// The highest true peak, measured at four times the sample rate, in dBTP.
    pub true_peak_dbtp: f64,
    /// Loudness range by EBU Tech 3342, in LU; 0 for less than 3 s.
    pub loudness_range: f64,
    /// Root mean square of all samples, in dB of full scale.
    pub rms_db: f64,
    /// The highest sample, in dB of full scale.
    pub peak_db: f64,
    /// Root mean square of the quietest half second, in dB of full scale.
    pub noise_floor_db: f64,
    /// Silence (below -60 dB) before the first sound, in milliseconds.
    pub lead_silence_ms: f64,
    /// Silence after the last sound, in milliseconds.
    pub tail_silence_ms: f64,
    /// Length, in milliseconds.
    pub duration_ms: f64,
}

impl Measured {
    /// What the same sound measures after a gain in dB and with silence added at its ends.
    #[must_use]
    pub(super) fn changed(self, gain_db: f64, (lead_ms, tail_ms): (f64, f64)) -> Measured {
        let louder = |level: f64| {
            if level > SILENCE_DB { (level + gain_db).max(SILENCE_DB) } else { level }
        };
        let duration_ms = self.duration_ms + lead_ms + tail_ms;
        let spread =
            if duration_ms > 0.0 { 10.0 * (self.duration_ms / duration_ms).log10() } else { 0.0 };
        // Half a second of the silence that is added is the new floor.
        let silent = lead_ms.max(tail_ms) >= 100.0 * FLOOR_TENTHS as f64;
        let floor = if silent { SILENCE_DB } else { louder(self.noise_floor_db) };
        Measured {
            integrated_lufs: louder(self.integrated_lufs),
            true_peak_dbtp: louder(self.true_peak_dbtp),
            rms_db: louder(self.rms_db + spread),
            peak_db: louder(self.peak_db),
            noise_floor_db: floor,
            lead_silence_ms: self.lead_silence_ms + lead_ms,
            tail_silence_ms: self.tail_silence_ms + tail_ms,
            duration_ms,
            ..self
        }
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.1} LUFS, true peak {:.1} dBTP, range {:.1} LU, RMS {:.1} dB, floor {:.0} dB",
            self.integrated_lufs,
            self.true_peak_dbtp,
            self.loudness_range,
            self.rms_db,
            self.noise_floor_db
        )
    }
}

/// Measures sound that is handed to it a stretch at a time. It keeps two numbers for every tenth of
/// a second, about 6 MB for ten hours.
#[derive(Debug)]
pub struct Meter {
    loudness: EbuR128,
    rate: u32,
    samples: u64,
    energy: f64,
    first_audible: Option<u64>,
    last_audible: u64,
    tenths: VecDeque<f64>,
    tenth: f64,
    in_tenth: u32,
    quietest: f64,
}

impl Meter {
    /// A meter for mono sound of `rate` samples per second, from 8000 to 192 000.
    ///
    /// # Errors
    /// `ErrorKind::Request` if nothing can be measured at this rate.
    pub fn new(rate: u32) -> Result<Meter, Error> {
        let mode = Mode::I | Mode::LRA | Mode::TRUE_PEAK;
        let loudness = match EbuR128::new(1, rate, mode) {
            Ok(loudness) if (8000..=192_000).contains(&rate) => loudness,
            _ => {
                return Err(Error::request(message!(
                    "loudness cannot be measured at {rate} samples per second: 8000 to 192000 are",
                    rate
                )));
            }
        };
        Ok(Meter {
            loudness,
            rate,
            samples: 0,
            energy: 0.0,
            first_audible: None,
            last_audible: 0,
            tenths: VecDeque::with_capacity(FLOOR_TENTHS),
            tenth: 0.0,
            in_tenth: 0,
            quietest: f64::INFINITY,
        })
    }

    /// Takes the next samples. What is not a number counts as silence.
    pub fn add(&mut self, samples: &[f32]) {
        // It fails only for an odd number of samples of a stereo sound.
        let _ = self.loudness.add_frames_f32(samples);
        for &sample in samples {
            let energy = f64::from(sample) * f64::from(sample);
            self.tenth += energy;
            self.in_tenth += 1;
            if sample.abs() >= AUDIBLE {
                self.first_audible.get_or_insert(self.samples);
                self.last_audible = self.samples + 1;
            }
            self.samples += 1;
            if self.in_tenth == self.rate / 10 {
                self.end_of_tenth();
            }
        }
    }

    fn end_of_tenth(&mut self) {
        self.energy += self.tenth;
        if self.tenths.len() == FLOOR_TENTHS {
            self.tenths.pop_front();
        }
        self.tenths.push_back(self.tenth / f64::from(self.in_tenth));
        if self.tenths.len() == FLOOR_TENTHS {
            let mean = self.tenths.iter().sum::<f64>() / FLOOR_TENTHS as f64;
            self.quietest = self.quietest.min(mean);
        }
        self.tenth = 0.0;
        self.in_tenth = 0;
    }

    /// What was measured.
    #[must_use]
    pub fn finish(mut self) -> Measured {
        // BS.1770-4 knows no loudness of less than a block of 400 ms: the rest of a block is taken
        // as silent.
        let block = u64::from(self.rate) * 2 / 5 + 8;
        if self.samples < block {
            let _ = self.loudness.add_frames_f32(&vec![0.0; (block - self.samples) as usize]);
        }
        let mean = match self.samples {
            0 => 0.0,
            samples => (self.energy + self.tenth) / samples as f64,
        };
        let floor = if self.quietest.is_finite() { self.quietest } else { mean };
        let ms = |samples: u64| samples as f64 * 1000.0 / f64::from(self.rate);
        let level = |db: f64| if db.is_finite() { db.max(SILENCE_DB) } else { SILENCE_DB };
        Measured {
            integrated_lufs: level(self.loudness.loudness_global().unwrap_or(SILENCE_DB)),
            true_peak_dbtp: level(20.0 * self.loudness.true_peak(0).unwrap_or(0.0).log10()),
            loudness_range: self.loudness.loudness_range().unwrap_or(0.0),
            rms_db: level(10.0 * mean.log10()),
            peak_db: level(20.0 * self.loudness.sample_peak(0).unwrap_or(0.0).log10()),
            noise_floor_db: level(10.0 * floor.log10()),
            lead_silence_ms: ms(self.first_audible.unwrap_or(self.samples)),
            tail_silence_ms: ms(self.samples - self.last_audible),
            duration_ms: ms(self.samples),
        }
    }
}
