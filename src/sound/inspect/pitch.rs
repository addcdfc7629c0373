//! Tracks the fundamental frequency (f0).
//!
//! After Talkin, D. (1995), "A robust algorithm for pitch tracking (RAPT)", in Speech Coding and
//! Synthesis: the peaks of the normalized cross-correlation of the low-passed signal are candidates,
//! and dynamic programming finds the cheapest way through them and through "unvoiced". The two
//! windows that are correlated lie evenly around the frame, so that a glide is not measured late.
//! In creaky voice, where every other period is alike, the cost of long periods keeps the track from
//! falling an octave, and [`PitchFrame::periodicity`] says how uneven the periods are.

use crate::model::audio::Audio;
use crate::model::units::Hertz;
use crate::sound::resampler::Resampler;

/// Seconds from one frame to the next.
pub const HOP: f64 = 0.005;

/// Rate of the analysis, in samples per second.
const RATE: f64 = 8000.0;
/// What lies above is taken out, in Hz (half of its power is gone at 2000 Hz): what is left are the
/// lower harmonics, where speech is most periodic.
const STOPBAND: f64 = 2120.0;
/// Length of the correlated windows, in samples of [`RATE`] (12 ms).
const WINDOW: usize = 96;
/// Samples over which the mean is taken out, which is a high-pass at about 25 Hz.
const MEAN_SPAN: usize = 320;
/// Candidates of a frame, the unvoiced one not counted.
const CANDIDATES: usize = 7;
/// No correlation below this is a candidate.
const LEAST_CORRELATION: f32 = 0.25;
/// Sound this much below the loud parts (as a ratio of amplitudes, -50 dB) is not voice.
const FLOOR: f64 = 0.003;
/// How much of its correlation the longest period loses; shorter ones lose less.
const LONG_PERIOD_COST: f32 = 0.3;
/// How much less unvoiced costs than the frame's best correlation: more makes less voiced.
const UNVOICED_BIAS: f32 = 0.05;
/// Cost of the onset or end of voicing: a single frame alone is seldom worth it.
const VOICING_CHANGE_COST: f32 = 0.3;
/// Cost of a change of the period by a factor of e from one frame to the next.
const GLIDE_COST: f32 = 3.0;
/// Cost of a jump by an octave, which creak may force.
const OCTAVE_COST: f32 = 0.45;

/// Where fundamental frequencies are looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Search {
    /// The lowest, at least 40 Hz.
    pub lowest: Hertz,
    /// The highest, at most 1000 Hz.
    pub highest: Hertz,
}

impl Default for Search {
    /// 60 to 500 Hz, which holds the speech of women and men, creak included.
    fn default() -> Search {
        Search { lowest: Hertz(60.0), highest: Hertz(500.0) }
    }
}

/// One moment of a pitch track.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PitchFrame {
    /// Fundamental frequency; none where it is unvoiced.
    pub f0: Option<Hertz>,
    /// How alike neighbouring periods are, 0 to 1: the correlation at the period, or where it is
    /// unvoiced the highest at any. Modal vowels have more than 0.95.
    pub periodicity: f32,
}

/// The pitch of a sound over time.
#[derive(Debug, Clone, PartialEq)]
pub struct PitchTrack {
    /// Frames [`HOP`] seconds apart, the first one at the start of the sound.
    pub frames: Vec<PitchFrame>,
}

impl PitchTrack {
    /// The frames from a time up to another, both in seconds.
    #[must_use]
    pub fn between(&self, from: f64, to: f64) -> &[PitchFrame] {
        let index = |time: f64| ((time / HOP).ceil().max(0.0) as usize).min(self.frames.len());
        &self.frames[index(from)..index(to).max(index(from))]
    }

    /// Part of the frames that are voiced, 0 to 1.
    #[must_use]
    pub fn voiced(&self) -> f32 {
        let voiced = self.frames.iter().filter(|frame| frame.f0.is_some()).count();
        voiced as f32 / self.frames.len().max(1) as f32
    }

    /// The fundamental frequency that a part (0 to 1) of the voiced frames do not pass; none where
    /// nothing is voiced.
    #[must_use]
    pub fn quantile(&self, part: f32) -> Option<Hertz> {
        let mut voiced: Vec<f32> =
            self.frames.iter().filter_map(|frame| frame.f0).map(|f0| f0.0).collect();
        voiced.sort_by(f32::total_cmp);
        let last = voiced.len().checked_sub(1)?;
        Some(Hertz(voiced[(part.clamp(0.0, 1.0) * last as f32).round() as usize]))
    }
}

/// A way through the frames so far that ends at a candidate.
#[derive(Clone, Copy)]
struct Node {
    /// Period in samples of [`RATE`]; 0 is unvoiced.
    period: f32,
    /// Correlation there.
    correlation: f32,
    /// Cost of the cheapest way here.
    cost: f32,
    /// Which candidate of the frame before it comes from.
    from: u8,
}

/// Tracks the pitch of a sound.
#[must_use]
pub fn pitch(audio: &Audio, search: Search) -> PitchTrack {
    let periods = Periods::new(audio, search);
    let frames = (audio.samples.len() as f64 / f64::from(audio.sample_rate.max(1)) / HOP) as usize;
    let mut ways: Vec<Vec<Node>> = Vec::with_capacity(frames);
    let mut correlations = Vec::new();
    for frame in 0..frames {
        let mut nodes = periods.candidates((frame as f64 * HOP * RATE) as usize, &mut correlations);
        let before = ways.last();
        for node in &mut nodes {
            let local = node.cost;
            if let Some((from, cost)) = before.and_then(|before| cheapest(before, node)) {
                node.from = from as u8;
                node.cost = cost + local;
            }
        }
        ways.push(nodes);
    }
    PitchTrack { frames: trace(&ways) }
}

/// Which way to a node is the cheapest, and its cost up to there.
fn cheapest(before: &[Node], node: &Node) -> Option<(usize, f32)> {
    let costs = before.iter().map(|from| {
        from.cost
            + match (from.period > 0.0, node.period > 0.0) {
                (true, true) => {
                    let change = (node.period / from.period).ln().abs();
                    let octave = OCTAVE_COST + GLIDE_COST * (change - std::f32::consts::LN_2).abs();
                    (GLIDE_COST * change).min(octave)
                }
                (false, false) => 0.0,
                _ => VOICING_CHANGE_COST,
            }
    });
    costs.enumerate().min_by(|a, b| a.1.total_cmp(&b.1))
}

/// Follows the cheapest way back from its end.
fn trace(ways: &[Vec<Node>]) -> Vec<PitchFrame> {
    let mut frames = Vec::with_capacity(ways.len());
    let Some(last) = ways.last() else { return frames };
    let costs = last.iter().map(|node| node.cost).enumerate();
    let mut at = costs.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(index, _)| index);
    for nodes in ways.iter().rev() {
        let node = nodes[at];
        let f0 = (node.period > 0.0).then(|| Hertz((RATE / f64::from(node.period)) as f32));
        frames.push(PitchFrame { f0, periodicity: node.correlation.clamp(0.0, 1.0) });
        at = usize::from(node.from);
    }
    frames.reverse();
    frames
}

/// The signal, ready to be correlated at any place.
struct Periods {
    samples: Vec<f32>,
    /// Sum of the squares of all samples before each.
    energy: Vec<f64>,
    /// Samples of silence set before the signal.
    margin: usize,
    shortest: usize,
    longest: usize,
    /// Energy of a window of sound that is as good as silent.
    floor: f64,
}

impl Periods {
    fn new(audio: &Audio, search: Search) -> Periods {
        let shortest = (RATE / f64::from(search.highest.0.clamp(50.0, 1000.0))) as usize;
        let longest = (RATE / f64::from(search.lowest.0.clamp(40.0, 500.0))).ceil() as usize;
        let longest = longest.max(shortest + 2);
        let margin = WINDOW + longest;
        let low = Resampler::below(audio.sample_rate.max(1), RATE as u32, STOPBAND);
        let signal = without_mean(&low.whole(&audio.samples));
        let mut samples = vec![0.0; margin];
        samples.extend(signal);
        samples.extend(std::iter::repeat_n(0.0, 2 * margin));
        let mut energy = Vec::with_capacity(samples.len() + 1);
        let mut sum = 0.0;
        energy.push(sum);
        for sample in &samples {
            sum += f64::from(*sample) * f64::from(*sample);
            energy.push(sum);
        }
        let mut windows: Vec<f64> = (0..samples.len().saturating_sub(WINDOW))
            .step_by(WINDOW)
            .map(|start| energy[start + WINDOW] - energy[start])
            .collect();
        windows.sort_by(f64::total_cmp);
        let loud = windows.get(windows.len() * 19 / 20).copied().unwrap_or(0.0);
        let floor = (loud * FLOOR * FLOOR).max(1e-12);
        Periods { samples, energy, margin, shortest, longest, floor }
    }

    /// Normalized cross-correlation of the windows around a place at a distance of `period`.
    fn correlation(&self, center: usize, period: usize) -> f32 {
        let first = center + self.margin - (WINDOW + period) / 2;
        let second = first + period;
        let dot: f32 = self.samples[first..first + WINDOW]
            .iter()
            .zip(&self.samples[second..second + WINDOW])
            .map(|(a, b)| a * b)
            .sum();
        let energy = |at: usize| self.energy[at + WINDOW] - self.energy[at] + self.floor;
        (f64::from(dot) / (energy(first) * energy(second)).sqrt()) as f32
    }

    /// The unvoiced candidate and the best voiced ones, each with its own cost.
    fn candidates(&self, center: usize, values: &mut Vec<f32>) -> Vec<Node> {
        values.clear();
        values.extend((self.shortest - 1..=self.longest + 1).map(|p| self.correlation(center, p)));
        let mut nodes = Vec::with_capacity(CANDIDATES + 1);
        let mut best = 0.0f32;
        for index in 1..values.len() - 1 {
            let (before, here, after) = (values[index - 1], values[index], values[index + 1]);
            if here < LEAST_CORRELATION || here < before || here <= after {
                continue;
            }
            let (offset, correlation) = vertex(before, here, after);
            let period = (self.shortest - 1 + index) as f32 + offset;
            let kept = correlation * (1.0 - LONG_PERIOD_COST * period / self.longest as f32);
            best = best.max(correlation);
            nodes.push(Node { period, correlation, cost: 1.0 - kept, from: 0 });
        }
        nodes.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        nodes.truncate(CANDIDATES);
        let unvoiced = Node { period: 0.0, correlation: best, cost: best - UNVOICED_BIAS, from: 0 };
        nodes.insert(0, unvoiced);
        nodes
    }
}

/// Place (-0.5 to 0.5) and height of the peak of the parabola through three points.
fn vertex(before: f32, here: f32, after: f32) -> (f32, f32) {
    let bend = before - 2.0 * here + after;
    if bend >= -1e-9 {
        return (0.0, here);
    }
    let offset = ((before - after) / (2.0 * bend)).clamp(-0.5, 0.5);
    (offset, here - 0.25 * (before - after) * offset)
}

/// The signal less its running mean.
fn without_mean(samples: &[f32]) -> Vec<f32> {
    let mut sums = Vec::with_capacity(samples.len() + 1);
    let mut sum = 0.0f64;
    sums.push(sum);
    for sample in samples {
        sum += f64::from(*sample);
        sums.push(sum);
    }
    let mean = |at: usize| {
        let (from, to) =
            (at.saturating_sub(MEAN_SPAN / 2), (at + MEAN_SPAN / 2).min(samples.len()));
        ((sums[to] - sums[from]) / (to - from).max(1) as f64) as f32
    };
    samples.iter().enumerate().map(|(at, sample)| sample - mean(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST_RATE: u32 = 24_000;

    /// A buzz of 30 harmonics whose pitch at each moment is given.
    fn buzz(seconds: f64, f0: impl Fn(f64) -> f64) -> Audio {
        let mut phase = 0.0;
        let samples = (0..(seconds * f64::from(TEST_RATE)) as usize).map(|i| {
            phase += f0(i as f64 / f64::from(TEST_RATE)) / f64::from(TEST_RATE);
            let tone = |n: i32| (std::f64::consts::TAU * phase * f64::from(n)).sin() / f64::from(n);
            (0.1 * (1..=30).map(tone).sum::<f64>()) as f32
        });
        Audio { sample_rate: TEST_RATE, samples: samples.collect() }
    }

    /// White noise of a linear congruential generator.
    fn noise(count: usize, amplitude: f32) -> Vec<f32> {
        let mut state = 1u32;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            amplitude * (state as f32 / u32::MAX as f32 - 0.5)
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    #[test]
    fn steady_buzzes_have_their_pitch() {
        for hertz in [65.0, 90.0, 118.0, 147.3, 190.0, 266.0, 380.0, 470.0] {
            let track = pitch(&buzz(0.6, |_| hertz), Search::default());
            for frame in track.between(0.05, 0.55) {
                let have = frame.f0.map_or(0.0, |f0| f64::from(f0.0));
                assert!((have / hertz - 1.0).abs() < 0.004, "{hertz} Hz: {frame:?}");
                assert!(frame.periodicity > 0.97, "{hertz} Hz: {frame:?}");
            }
        }
    }

    #[test]
    fn a_glide_is_followed_without_delay() {
        // 12 semitones in 0.4 s, up and down: faster than any tone.
        for (from, octaves) in [(110.0, 1.0), (320.0, -1.0)] {
            let at = |time: f64| from * (octaves * time / 0.4f64).exp2();
            let track = pitch(&buzz(0.4, at), Search::default());
            for (index, frame) in track.frames.iter().enumerate().skip(6).take(68) {
                let want = at(index as f64 * HOP);
                let have = frame.f0.map_or(0.0, |f0| f64::from(f0.0));
                assert!((have / want - 1.0).abs() < 0.02, "{want} Hz: {frame:?}");
            }
        }
    }

    #[test]
    fn noise_and_silence_are_unvoiced() {
        let audio = Audio { sample_rate: TEST_RATE, samples: noise(48_000, 0.5) };
        assert!(pitch(&audio, Search::default()).voiced() < 0.03);
        let silent = Audio { sample_rate: TEST_RATE, samples: vec![0.0; 24_000] };
        let track = pitch(&silent, Search::default());
        assert_eq!((track.voiced(), track.quantile(0.5)), (0.0, None));
        let nothing = Audio { sample_rate: TEST_RATE, samples: vec![] };
        assert!(pitch(&nothing, Search::default()).frames.is_empty());
    }

    #[test]
    fn some_noise_does_not_break_the_track() {
        let mut audio = buzz(0.5, |_| 130.0);
        let whole = audio.samples.len();
        audio.samples.iter_mut().zip(noise(whole, 0.15)).for_each(|(s, n)| *s += n + 0.05);
        let track = pitch(&audio, Search::default());
        assert!(track.voiced() > 0.9);
        let median = track.quantile(0.5).unwrap().0;
        assert!((median - 130.0).abs() < 1.0, "{median}");
    }

    #[test]
    fn creak_is_less_periodic_and_does_not_fall_an_octave() {
        // Pulses through a resonance; every other period is longer, its pulse weaker.
        let pulses = |alternation: f64, weakening: f32| {
            let mut samples = vec![0.0f32; 14_400];
            let (mut at, mut weak) = (0.0, false);
            while at < samples.len() as f64 - 400.0 {
                let gain = if weak { 1.0 - weakening } else { 1.0 };
                for i in 0..400 {
                    let time = i as f32 / TEST_RATE as f32;
                    let ring = (-450.0 * time).exp() * (std::f32::consts::TAU * 600.0 * time).sin();
                    samples[at as usize + i] += 0.4 * gain * ring;
                }
                at += 240.0 * (1.0 + if weak { -alternation } else { alternation });
                weak = !weak;
            }
            pitch(&Audio { sample_rate: TEST_RATE, samples }, Search::default())
        };
        let mean = |track: &PitchTrack| {
            let frames = track.between(0.05, 0.5);
            frames.iter().map(|frame| frame.periodicity).sum::<f32>() / frames.len() as f32
        };
        let (modal, creaky) = (pulses(0.0, 0.0), pulses(0.05, 0.3));
        assert!(mean(&creaky) < mean(&modal) - 0.05, "{} {}", mean(&creaky), mean(&modal));
        for track in [modal, creaky] {
            let median = track.quantile(0.5).unwrap().0;
            assert!((median - 100.0).abs() < 6.0, "{median}");
        }
    }
}
