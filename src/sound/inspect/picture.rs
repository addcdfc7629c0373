//! Draws recordings one below another on one time scale: waveform, spectrogram with intensity, what is said
//! when, pitch; and a legend below them all.

use std::io::{self, Write};

use super::axes::{self, PITCH_TICKS, PitchAxis, TimeSteps};
use super::canvas::{Anchor, Canvas, Colour, HEADING_WIDTH, shade, text_width};
use super::formants::Formants;
use super::levels::{Pause, intensity};
use super::measurements::Measurements;
use super::pitch::{HOP, PitchTrack};
use super::recording::Recording;
use super::spectrogram::{Grid, Spectrogram};
use super::tiers::Tier;
use crate::model::units::{Hertz, Millis};

/// Pixels of the time axis: as many as the longest sound wants at this scale, within bounds.
const PIXELS_PER_SECOND: f64 = 300.0;
const NARROWEST: f64 = 760.0;
const WIDEST: f64 = 1800.0;
/// Room left and right of the plots.
const LEFT: usize = 58;
const RIGHT: usize = 46;
/// Heights of the parts of a panel, from above.
const TITLE: usize = 28;
const WAVE: usize = 64;
const GAP: usize = 6;
const SPECTRUM: usize = 320;
const PITCH: usize = 150;
const AXIS: usize = 38;
/// A tier of what is said, and the legend.
const TIER: usize = 22;
const LEGEND: usize = 26;
const PANEL: usize = TITLE + WAVE + GAP + SPECTRUM + GAP + PITCH + AXIS;

/// The most tiers that are drawn of a recording.
const MOST_TIERS: usize = 4;
/// The softest intensity drawn, in dBFS; the loudest is 0.
const SOFTEST: f32 = -60.0;

/// The levels shown, in dB below the loudest.
const RANGE: f32 = 58.0;
/// Windows of the spectra.
const WIDEBAND: Millis = Millis(8.0);
const NARROWBAND: Millis = Millis(30.0);
/// Below this the periods are so uneven that the pitch is drawn as creaky or doubtful.
const EVEN: f32 = 0.85;
/// Pitches further apart than this from one frame to the next are not joined, in pixels.
const LARGEST_GLIDE: f32 = 14.0;
const INK: Colour = [30, 34, 42];
const FAINT: Colour = [120, 126, 138];
const FRAME: Colour = [176, 181, 190];
const WAVE_INK: Colour = [52, 84, 122];
const PAUSE: Colour = [222, 230, 240];
const PITCH_INK: Colour = [0, 92, 175];
const CREAK_INK: Colour = [214, 96, 12];
const FORMANT_INK: Colour = [214, 36, 36];
const INTENSITY_INK: Colour = [0, 140, 92];

/// How a picture is to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// The highest frequency of the spectrograms, in Hz.
    pub top: Hertz,
    /// Whether spectra are narrowband (30 ms windows, which show harmonics) rather than wideband
    /// (8 ms, which show formants and single periods).
    pub narrow: bool,
    /// Whether formants are marked, where there is voice; found below the frequency given, as in
    /// [`Formants::new`].
    pub formants: Option<Hertz>,
}

impl Default for Style {
    /// Wideband up to 8 kHz.
    fn default() -> Style {
        Style { top: Hertz(8000.0), narrow: false, formants: None }
    }
}

/// A recording to be drawn, measured already.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// What is written above it.
    pub name: &'a str,
    /// The sound and its place in its file.
    pub recording: &'a Recording,
    /// Its pitch.
    pub track: &'a PitchTrack,
    /// Its measurements.
    pub measurements: &'a Measurements,
    /// What is said when, in seconds of its file; the first four are drawn.
    pub tiers: &'a [Tier],
}

/// A finished picture.
#[derive(Debug, Clone)]
pub struct Picture {
    canvas: Canvas,
}

impl Picture {
    /// Draws the subjects, the first one on top. The width grows with the longest of them up to
    /// 1904 pixels; the height is 612 pixels for each, 22 more for each of its tiers, and 26 for the legend.
    #[must_use]
    pub fn draw(subjects: &[Subject<'_>], style: Style) -> Picture {
        let longest = subjects.iter().map(|s| s.measurements.seconds).fold(0.02, f64::max);
        let plot = (longest * PIXELS_PER_SECOND).clamp(NARROWEST, WIDEST).round();
        let tiers = |subject: &Subject<'_>| subject.tiers.len().min(MOST_TIERS);
        let height = |subject| PANEL + TIER * tiers(subject);
        let height = subjects.iter().map(height).sum::<usize>() + LEGEND;
        let canvas = Canvas::new(LEFT + plot as usize + RIGHT, height);
        let scale = plot / longest;
        let mut picture = Picture { canvas };
        let tracks: Vec<_> = subjects.iter().map(|subject| subject.track).collect();
        let pitch = PitchAxis::over(&tracks);
        let mut top = 0;
        for subject in subjects {
            let width = ((subject.measurements.seconds * scale).round() as usize).max(1);
            let panel = Panel { top, width, scale, tiers: tiers(subject) };
            picture.title(panel, subject);
            picture.wave(panel, subject);
            picture.spectrum(panel, subject, style);
            picture.intensity(panel, subject);
            picture.tiers(panel, subject);
            picture.pitch(panel, subject, &pitch);
            picture.time_axis(panel, subject.recording.start);
            top += panel.height();
        }
        picture.legend(top, style);
        picture
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> usize {
        self.canvas.width
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> usize {
        self.canvas.height
    }

    /// Writes the picture as a PNG file.
    ///
    /// # Errors
    /// What `out` says when it cannot be written to.
    pub fn encode(&self, out: impl Write) -> io::Result<()> {
        let (width, height) = (self.canvas.width as u32, self.canvas.height as u32);
        let mut encoder = png::Encoder::new(out, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let cause = |error| match error {
            png::EncodingError::IoError(cause) => cause,
            other => io::Error::other(other),
        };
        let mut writer = encoder.write_header().map_err(cause)?;
        writer.write_image_data(&self.canvas.pixels).map_err(cause)?;
        writer.finish().map_err(cause)
    }

    fn title(&mut self, panel: Panel, subject: &Subject<'_>) {
        let Measurements { levels, sample_rate, median_f0, seconds, .. } = subject.measurements;
        let mut facts = format!(
            "{seconds:.2} s, {sample_rate} Hz, peak {:.1} dBFS, RMS {:.1} dBFS",
            levels.peak_dbfs, levels.rms_dbfs
        );
        if let Some(f0) = median_f0 {
            facts.push_str(&format!(", f0 {:.0} Hz", f0.0));
        }
        let room = self.canvas.width - LEFT - RIGHT;
        let most = room.saturating_sub(8 * facts.len() + 24) / HEADING_WIDTH;
        let name = shortened(subject.name, most);
        let y = panel.top + TITLE / 2 + 1;
        self.canvas.heading(LEFT, y, &name, INK);
        self.canvas.label(self.canvas.width - RIGHT, y, Anchor::Right, &facts, FAINT);
    }

    fn wave(&mut self, panel: Panel, subject: &Subject<'_>) {
        let (left, top) = (LEFT, panel.top + TITLE);
        for Pause { start, end } in &subject.measurements.pauses {
            let column =
                |time: &f64| left + ((time * panel.scale).round() as usize).min(panel.width);
            self.canvas.cover(column(start)..column(end), top..top + WAVE, PAUSE, 1.0);
        }
        let samples = &subject.recording.audio.samples;
        let peak = samples.iter().fold(1e-6f32, |peak, s| peak.max(s.abs()));
        let middle = top as f32 + WAVE as f32 / 2.0;
        let half = WAVE as f32 / 2.0 - 2.0;
        for column in 0..panel.width {
            let part = |column: usize| column * samples.len() / panel.width;
            let from = part(column).min(samples.len().saturating_sub(1));
            let to = part(column + 1).clamp(from + 1, samples.len().max(from + 1));
            let stretch = samples.get(from..to).unwrap_or_default();
            let high = stretch.iter().copied().fold(-1.0f32, f32::max) / peak;
            let low = stretch.iter().copied().fold(1.0f32, f32::min) / peak;
            let (from, to) = ((middle - high * half) as usize, (middle - low * half) as usize);
            self.canvas.cover(left + column..left + column + 1, from..to + 1, WAVE_INK, 1.0);
        }
        self.frame(panel, TITLE, WAVE);
    }

    fn spectrum(&mut self, panel: Panel, subject: &Subject<'_>, style: Style) {
        let window = if style.narrow { NARROWBAND } else { WIDEBAND };
        let grid = Grid { columns: panel.width, rows: SPECTRUM, top: style.top, window };
        let spectrogram = Spectrogram::new(&subject.recording.audio, grid);
        let offset = TITLE + WAVE + GAP;
        let bottom = panel.top + offset + SPECTRUM;
        for column in 0..panel.width {
            for row in 0..SPECTRUM {
                let level = 1.0 + spectrogram.level(column, row) / RANGE;
                let (x, y) = (LEFT + column, bottom - 1 - row);
                self.canvas.blend(x as isize, y as isize, shade(level), 1.0);
            }
        }
        if let Some(ceiling) = style.formants {
            self.formants(panel, subject, ceiling, style.top, bottom);
        }
        self.frame(panel, offset, SPECTRUM);
        let step = if style.top.0 > 12_500.0 { 2 } else { 1 };
        for kilohertz in (0..=(style.top.0 / 1000.0) as usize).step_by(step) {
            let up = kilohertz as f32 * 1000.0 / style.top.0 * SPECTRUM as f32;
            let y = (bottom as f32 - up).min(bottom as f32 - 1.0) as usize;
            self.tick(panel, y, &kilohertz.to_string());
        }
        self.canvas.label(4, panel.top + offset + SPECTRUM / 2, Anchor::Left, "kHz", FAINT);
    }

    /// Draws how loud it is, over the spectrogram.
    fn intensity(&mut self, panel: Panel, subject: &Subject<'_>) {
        let top = panel.top + TITLE + WAVE + GAP;
        let place = |level: f32| {
            let down = (level.clamp(SOFTEST, 0.0) / SOFTEST * (SPECTRUM - 1) as f32) as usize;
            top + down
        };
        let levels = intensity(&subject.recording.audio);
        let mut before = None;
        for column in 0..panel.width {
            let at = (column as f64 / panel.scale * 100.0) as usize;
            let Some(level) = levels.get(at).filter(|level| **level > SOFTEST) else {
                before = None;
                continue;
            };
            let y = place(*level);
            let last = before.replace(y).unwrap_or(y);
            let (from, to) = (last.min(y), last.max(y));
            let x = LEFT + column;
            self.canvas.cover(x..x + 1, from..to + 2, INTENSITY_INK, 0.85);
        }
        for level in [0, -20, -40, -60i16] {
            let y = place(f32::from(level));
            let x = LEFT + panel.width;
            self.canvas.cover(x..x + 5, y..y + 1, FAINT, 1.0);
            let y = y.clamp(top + 5, top + SPECTRUM - 5);
            self.canvas.label(x + 8, y, Anchor::Left, &level.to_string(), INTENSITY_INK);
        }
    }

    /// Writes what is said when.
    fn tiers(&mut self, panel: Panel, subject: &Subject<'_>) {
        let start = subject.recording.start;
        let end = start + panel.width as f64 / panel.scale;
        let column =
            |time: f64| LEFT + ((time.clamp(start, end) - start) * panel.scale).round() as usize;
        for (number, tier) in subject.tiers.iter().take(MOST_TIERS).enumerate() {
            let top = panel.top + panel.below_spectrum() + TIER * number;
            for interval in tier.between(start, end) {
                let (from, to) = (column(interval.start), column(interval.end));
                for x in [from, to] {
                    self.canvas.cover(x..x + 1, top..top + TIER - 2, FRAME, 1.0);
                }
                let room = (to - from).saturating_sub(2);
                if let Some(label) = fitting(&interval.label, room) {
                    let middle = usize::midpoint(from, to) + 1;
                    self.canvas.label(middle, top + TIER / 2 - 1, Anchor::Middle, &label, INK);
                }
            }
            let lines = [top, top + TIER - 2];
            for y in lines {
                self.canvas.cover(LEFT..LEFT + panel.width, y..y + 1, FRAME, 1.0);
            }
            let name = fitting(&tier.name, LEFT - 9).unwrap_or_default();
            self.canvas.label(LEFT - 9, top + TIER / 2, Anchor::Right, &name, FAINT);
        }
    }

    /// Says what the colours mean.
    fn legend(&mut self, top: usize, style: Style) {
        let formants = style.formants.map(|_| (FORMANT_INK, "formants"));
        let items = [
            (WAVE_INK, "waveform"),
            (PAUSE, "pause"),
            (INTENSITY_INK, "intensity, dBFS"),
            (PITCH_INK, "pitch"),
            (CREAK_INK, "uneven pitch"),
        ];
        let (mut x, y) = (LEFT, top + LEGEND / 2 - 4);
        for (colour, name) in items.into_iter().chain(formants) {
            self.canvas.cover(x..x + 12, y - 5..y + 5, colour, 1.0);
            self.canvas.label(x + 18, y, Anchor::Left, name, INK);
            x += 18 + text_width(name) + 16;
        }
    }

    /// Marks formants where there is voice.
    fn formants(
        &mut self,
        panel: Panel,
        subject: &Subject<'_>,
        ceiling: Hertz,
        top: Hertz,
        bottom: usize,
    ) {
        let formants = Formants::new(&subject.recording.audio, ceiling);
        // Marks closer than this would touch.
        let step = ((3.0 / panel.scale / HOP).ceil() as usize).max(1);
        for (index, frame) in subject.track.frames.iter().enumerate().step_by(step) {
            if frame.f0.is_none() {
                continue;
            }
            let time = index as f64 * HOP;
            for formant in formants.at(time) {
                let up = formant.frequency.0 / top.0 * SPECTRUM as f32;
                if up < SPECTRUM as f32 {
                    let x = LEFT as f32 + (time * panel.scale) as f32;
                    self.canvas.disc(x, bottom as f32 - up, 1.0, FORMANT_INK, 0.9);
                }
            }
        }
    }

    fn pitch(&mut self, panel: Panel, subject: &Subject<'_>, axis: &PitchAxis) {
        let offset = panel.below_spectrum() + TIER * panel.tiers;
        let top = panel.top + offset;
        let mut last_tick = usize::MAX;
        for hertz in PITCH_TICKS {
            let Some(up) = axis.place(hertz) else { continue };
            let y = top + PITCH - 1 - (up * (PITCH - 1) as f32) as usize;
            if last_tick.saturating_sub(y) < 13 {
                continue;
            }
            last_tick = y;
            self.canvas.cover(LEFT..LEFT + panel.width, y..y + 1, FRAME, 0.45);
            self.tick(panel, y, &format!("{hertz:.0}"));
        }
        let mut before = None;
        for (index, frame) in subject.track.frames.iter().enumerate() {
            let place = frame.f0.and_then(|f0| axis.place(f0.0)).map(|up| {
                let x = LEFT as f32 + (index as f64 * HOP * panel.scale) as f32;
                (x, (top + PITCH) as f32 - 1.0 - up * (PITCH - 1) as f32)
            });
            if let Some((x, y)) = place {
                let colour = if frame.periodicity < EVEN { CREAK_INK } else { PITCH_INK };
                // A jump is no glide: nothing is drawn across it.
                let near = before.filter(|(_, y0): &(f32, f32)| (y0 - y).abs() < LARGEST_GLIDE);
                let (x0, y0) = near.unwrap_or((x, y));
                let steps = ((x - x0).hypot(y - y0) * 1.5).ceil().max(1.0);
                for step in 1..=steps as usize {
                    let along = step as f32 / steps;
                    let (x, y) = (x0 + (x - x0) * along, y0 + (y - y0) * along);
                    self.canvas.disc(x, y, 1.1, colour, 1.0);
                }
            }
            before = place;
        }
        self.frame(panel, offset, PITCH);
        self.canvas.label(4, top + PITCH / 2, Anchor::Left, "Hz", FAINT);
    }

    fn time_axis(&mut self, panel: Panel, start: f64) {
        let y = panel.top + panel.height() - AXIS;
        let TimeSteps { minor, decimals } = TimeSteps::at(panel.scale);
        let first = (start / minor).ceil() as usize;
        let last = ((start + panel.width as f64 / panel.scale) / minor) as usize;
        for tick in first..=last {
            let time = tick as f64 * minor;
            let x = LEFT + (((time - start) * panel.scale).round() as usize).min(panel.width);
            let major = tick % axes::MINOR_STEPS == 0;
            self.canvas.cover(x..x + 1, y..y + if major { 7 } else { 4 }, FAINT, 1.0);
            if major {
                self.canvas.label(x, y + 15, Anchor::Middle, &format!("{time:.decimals$}"), INK);
            }
        }
        self.canvas.label(LEFT - 24, y + 15, Anchor::Right, "s", FAINT);
    }

    /// A label of a vertical axis with its tick.
    fn tick(&mut self, panel: Panel, y: usize, text: &str) {
        self.canvas.cover(LEFT - 5..LEFT, y..y + 1, FAINT, 1.0);
        let lowest = panel.top + panel.height() - AXIS - 5;
        self.canvas.label(LEFT - 9, y.min(lowest), Anchor::Right, text, INK);
    }

    /// A thin frame around a part of a panel.
    fn frame(&mut self, panel: Panel, offset: usize, height: usize) {
        let (x, y) = (LEFT..LEFT + panel.width, panel.top + offset..panel.top + offset + height);
        self.canvas.cover(x.clone(), y.start..y.start + 1, FRAME, 1.0);
        self.canvas.cover(x.clone(), y.end - 1..y.end, FRAME, 1.0);
        self.canvas.cover(x.start..x.start + 1, y.clone(), FRAME, 1.0);
        self.canvas.cover(x.end - 1..x.end, y, FRAME, 1.0);
    }
}

/// Where a subject is drawn.
#[derive(Clone, Copy)]
struct Panel {
    /// Its first row of pixels.
    top: usize,
    /// Pixels of its plots, which start at [`LEFT`].
    width: usize,
    /// Pixels per second.
    scale: f64,
    /// How many tiers it has.
    tiers: usize,
}

impl Panel {
    fn height(self) -> usize {
        PANEL + TIER * self.tiers
    }

    /// What comes below the spectrogram, from the top of the panel.
    fn below_spectrum(self) -> usize {
        TITLE + WAVE + GAP + SPECTRUM + GAP
    }
}

/// A label, or as much of its start as has room; none where less than three letters have.
fn fitting(label: &str, room: usize) -> Option<String> {
    if text_width(label) <= room {
        return Some(label.to_owned());
    }
    let most = room / text_width("x");
    (most > 3).then(|| label.chars().take(most - 1).chain(['.']).collect())
}

/// The end of a name that is too long, where files differ.
fn shortened(name: &str, most: usize) -> String {
    let length = name.chars().count();
    if length <= most {
        return name.to_owned();
    }
    let end: String = name.chars().skip(length - most.saturating_sub(3).min(length)).collect();
    format!("...{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::audio::Audio;
    use crate::sound::inspect::pitch::{Search, pitch};
    use crate::sound::inspect::tiers::Interval;

    fn drawn(seconds: &[f64], style: Style) -> Picture {
        let recordings: Vec<_> = seconds
            .iter()
            .map(|seconds| {
                let tone = |i: usize| (i as f32 * 0.06).sin() * 0.5;
                let samples = (0..(seconds * 8000.0) as usize).map(tone).collect();
                Recording { audio: Audio { sample_rate: 8000, samples }, start: 3.0 }
            })
            .collect();
        let tracks: Vec<_> =
            recordings.iter().map(|r| pitch(&r.audio, Search::default())).collect();
        let measured: Vec<_> =
            recordings.iter().zip(&tracks).map(|(r, t)| Measurements::of(&r.audio, t)).collect();
        let interval = Interval { start: 3.0, end: 3.4, label: "tiếng".to_owned() };
        let tiers = [Tier { name: "từ".to_owned(), intervals: vec![interval] }];
        let subjects: Vec<_> = (0..seconds.len())
            .map(|i| Subject {
                name: "tên dài của một bản thu",
                recording: &recordings[i],
                track: &tracks[i],
                measurements: &measured[i],
                tiers: &tiers,
            })
            .collect();
        Picture::draw(&subjects, style)
    }

    #[test]
    fn any_length_makes_a_picture_of_bounded_width() {
        for (seconds, width) in [(0.02, 864), (1.0, 864), (4.0, 1304), (60.0, 1904)] {
            let picture = drawn(&[seconds], Style::default());
            assert_eq!((picture.width(), picture.height()), (width, 612 + 22 + 26));
        }
    }

    #[test]
    fn subjects_stand_below_one_another_on_one_scale() {
        let style = Style { narrow: true, formants: Some(Hertz(3900.0)), ..Style::default() };
        let picture = drawn(&[0.5, 2.0], style);
        assert_eq!(picture.height(), 2 * (612 + 22) + 26);
        let inked = |x: usize, y: usize| picture.canvas.pixels[(y * picture.width() + x) * 3] < 250;
        // The spectrogram's tone of 76 Hz at the bottom: the shorter sound ends at a quarter.
        let bottom = TITLE + WAVE + GAP + SPECTRUM - 4;
        let plot = picture.width() - LEFT - RIGHT;
        assert!(inked(LEFT + plot / 8, bottom) && !inked(LEFT + plot / 2, bottom));
        assert!(inked(LEFT + plot / 2, bottom + PANEL + TIER));
    }

    #[test]
    fn long_names_keep_their_ends() {
        assert_eq!(shortened("abc.wav", 7), "abc.wav");
        assert_eq!(shortened("folder/abc.wav", 10), "...abc.wav");
        assert_eq!(shortened("abc", 0), "...");
    }
}
