//! The scales that a picture is drawn on, and where they are labelled.

use super::pitch::PitchTrack;

/// Frequencies that may be labels of the pitch axis, in Hz.
pub(super) const PITCH_TICKS: [f32; 13] =
    [50.0, 60.0, 70.0, 80.0, 100.0, 120.0, 150.0, 200.0, 250.0, 300.0, 400.0, 500.0, 600.0];
/// Steps between the labels of the time axis, in seconds; the finest that leaves room is taken.
const TIME_STEPS: [f64; 13] =
    [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0];
/// Pixels that a label of the time axis wants.
const LABEL_ROOM: f64 = 80.0;
/// Unlabelled steps of the time axis between two labels.
pub(super) const MINOR_STEPS: usize = 5;

/// How a time axis is divided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TimeSteps {
    /// Seconds from one tick to the next; every [`MINOR_STEPS`]th has a label.
    pub minor: f64,
    /// Decimals that the labels want.
    pub decimals: usize,
}

impl TimeSteps {
    /// The finest division that leaves room for labels at a number of pixels per second.
    pub(super) fn at(scale: f64) -> TimeSteps {
        let step = TIME_STEPS.into_iter().find(|step| step * scale >= LABEL_ROOM);
        let step = step.unwrap_or(TIME_STEPS[TIME_STEPS.len() - 1]);
        let decimals = if step < 0.1 { 2 } else { usize::from(step < 1.0) };
        TimeSteps { minor: step / MINOR_STEPS as f64, decimals }
    }
}

/// A logarithmic axis for the pitches of several sounds.
pub(super) struct PitchAxis {
    lowest: f32,
    highest: f32,
}

impl PitchAxis {
    /// From three semitones below what is spoken to three above, an octave at least.
    pub(super) fn over(tracks: &[&PitchTrack]) -> PitchAxis {
        let quantile = |part| tracks.iter().filter_map(move |track| track.quantile(part));
        let lowest = quantile(0.01).map(|f0| f0.0).fold(f32::INFINITY, f32::min);
        let highest = quantile(0.99).map(|f0| f0.0).fold(0.0, f32::max);
        if highest == 0.0 {
            return PitchAxis { lowest: 75.0, highest: 300.0 };
        }
        let margin = 2f32.powf(3.0 / 12.0);
        let (lowest, highest) = (lowest / margin, highest * margin);
        let widening = (2.0 * lowest / highest).max(1.0).sqrt();
        PitchAxis { lowest: lowest / widening, highest: highest * widening }
    }

    /// How far up the axis a frequency is, 0 to 1; none beyond its ends.
    pub(super) fn place(&self, hertz: f32) -> Option<f32> {
        let up = (hertz / self.lowest).ln() / (self.highest / self.lowest).ln();
        (0.0..=1.0).contains(&up).then_some(up)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::Hertz;
    use crate::sound::inspect::pitch::PitchFrame;

    #[test]
    fn labels_of_time_have_room() {
        for (scale, minor, decimals) in [(300.0, 0.1, 1), (3.0, 6.0, 0), (9000.0, 0.002, 2)] {
            let steps = TimeSteps::at(scale);
            assert!((steps.minor - minor).abs() < 1e-9, "{scale}: {steps:?}");
            assert_eq!(steps.decimals, decimals);
        }
    }

    #[test]
    fn the_pitch_axis_holds_all_voices_and_an_octave_at_least() {
        let steady = |hertz| {
            let frame = PitchFrame { f0: Some(Hertz(hertz)), periodicity: 1.0 };
            PitchTrack { frames: vec![frame; 9] }
        };
        let (low, high) = (steady(100.0), steady(300.0));
        let both = PitchAxis::over(&[&low, &high]);
        assert!(both.place(100.0).unwrap() > 0.05 && both.place(300.0).unwrap() < 0.95);
        assert_eq!(both.place(50.0), None);
        let one = PitchAxis::over(&[&low]);
        assert!((one.highest / one.lowest - 2.0).abs() < 1e-3);
        assert!(PitchAxis::over(&[]).place(100.0).is_some());
    }
}
