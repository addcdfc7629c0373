//! `docbao inspect`.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::json::{Kind, list, print_json};
use super::{Failure, stdout};
use crate::cli::language::told;
use crate::files::{AtomicFile, keep_inputs};
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::units::Hertz;
use crate::sound::inspect::{
    Measurements, Picture, PitchTrack, Recording, Search, Stretch, Style, Subject, Tier, pitch,
};

/// The most files of one picture: its height is limited too.
const MOST_FILES: usize = 12;

/// Measure recordings and draw what is heard: waveform, spectrogram and pitch.
///
/// With -o the picture is a PNG file with the recordings below one another on one time scale, to
/// compare a voice with a person. Pauses are shaded in the waveform; over the spectrogram is the intensity;
/// where the pitch is drawn in orange the folds beat unevenly, as in creaky voice. What is said when, the
/// words and phones of a TextGrid, is written below the spectrogram. Without -o, or with --json, the
/// measurements are printed: length, levels, the share of voiced sound, the fundamental frequency
/// (median, and the range that holds the middle 90%) and the pauses.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  docbao inspect bai.wav\n  docbao inspect bai.mp3 --marks bai.TextGrid -o bai.png"
)]
pub(super) struct Inspect {
    /// Sound files: WAV, FLAC, MP3, M4A or Opus of any sample rate; channels are mixed.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The picture to draw, a PNG file.
    #[arg(short, long, value_name = "PNG")]
    output: Option<PathBuf>,
    /// What is said when: a TextGrid, or the marks of docbao (`docbao narrate --captions textgrid` or `--captions
    /// json`). Given several times, one for each recording in order. By default the .TextGrid or the .json
    /// beside a recording, under its name.
    #[arg(long, value_name = "FILE")]
    marks: Vec<PathBuf>,
    /// Print the measurements as JSON for programs.
    #[arg(long)]
    json: bool,
    /// Start here, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 0.0, value_parser = moment)]
    from: f64,
    /// End here, in seconds; by default at the end.
    #[arg(long, value_name = "SECONDS", value_parser = moment)]
    to: Option<f64>,
    /// Draw narrowband spectra (30 ms), which show harmonics, in place of wideband ones (8 ms),
    /// which show formants.
    #[arg(long)]
    narrow: bool,
    /// The highest frequency drawn, in kilohertz; 1 to 24.
    #[arg(long, value_name = "KHZ", default_value_t = 8.0, value_parser = kilohertz)]
    top: f32,
    /// Mark the formants in the spectrogram: five are expected below this many kilohertz, 5 for a
    /// man's voice and 5.5 for a woman's.
    #[arg(long, value_name = "KHZ", value_parser = kilohertz)]
    formants: Option<f32>,
}

fn moment(text: &str) -> Result<f64, Message> {
    match text.parse::<f64>() {
        Ok(value) if (0.0..=1e6).contains(&value) => Ok(value),
        _ => Err("give a time in seconds, 0 or more".into()),
    }
}

fn kilohertz(text: &str) -> Result<f32, Message> {
    match text.parse::<f32>() {
        Ok(value) if (1.0..=24.0).contains(&value) => Ok(value),
        _ => Err("give a number from 1 to 24".into()),
    }
}

/// A recording and all that was measured of it.
struct Inspected {
    name: String,
    recording: Recording,
    track: PitchTrack,
    measurements: Measurements,
    tiers: Vec<Tier>,
}

#[derive(Serialize)]
struct Measured<'a> {
    file: &'a str,
    #[serde(flatten)]
    measurements: &'a Measurements,
}

impl Inspect {
    pub(super) fn run(&self) -> Result<(), Failure> {
        if self.files.len() > MOST_FILES {
            let reason = message!("a picture holds up to {most} files", most = MOST_FILES);
            return Err(Error::request(reason).into());
        }
        if self.to.is_some_and(|to| to <= self.from) {
            return Err(Error::request("--to must be after --from".to_owned()).into());
        }
        if self.marks.len() > self.files.len() {
            let reason = "--marks is given more often than there are recordings";
            return Err(Error::request(reason).into());
        }
        let inspected = self.files.iter().enumerate().map(|(at, file)| self.inspect(file, at));
        let inspected: Result<Vec<_>, Error> = inspected.collect();
        let inspected = inspected?;
        if let Some(output) = &self.output {
            let read = self.files.iter().chain(&self.marks);
            keep_inputs(read.map(PathBuf::as_path), [output.as_path()])?;
            self.draw(&inspected, output)?;
        }
        if self.json {
            let measured = inspected.iter().map(|inspected| Measured {
                file: &inspected.name,
                measurements: &inspected.measurements,
            });
            let recordings: Vec<_> = measured.collect();
            return print_json(Kind::Measurements, &list("recordings", &recordings));
        }
        if self.output.is_none() {
            let mut out = stdout();
            for inspected in &inspected {
                tell(&mut out, &inspected.name, &inspected.measurements)?;
            }
        }
        Ok(())
    }

    fn inspect(&self, file: &Path, at: usize) -> Result<Inspected, Error> {
        let recording = Recording::open(file, Stretch { from: self.from, to: self.to })?;
        let track = pitch(&recording.audio, Search::default());
        let measurements = Measurements::of(&recording.audio, &track);
        let tiers = match self.marks.get(at) {
            Some(marks) => Tier::read(marks)?,
            None if self.output.is_some() => beside(file)?,
            None => Vec::new(),
        };
        Ok(Inspected { name: file.display().to_string(), recording, track, measurements, tiers })
    }

    fn draw(&self, inspected: &[Inspected], output: &Path) -> Result<(), Error> {
        let subjects: Vec<_> = inspected
            .iter()
            .map(|inspected| Subject {
                name: &inspected.name,
                recording: &inspected.recording,
                track: &inspected.track,
                measurements: &inspected.measurements,
                tiers: &inspected.tiers,
            })
            .collect();
        let hertz = |kilohertz: f32| Hertz(1000.0 * kilohertz);
        let style =
            Style { top: hertz(self.top), narrow: self.narrow, formants: self.formants.map(hertz) };
        let picture = Picture::draw(&subjects, style);
        let mut file = AtomicFile::create(output)?;
        let mut buffered = BufWriter::new(&mut file);
        let written = picture.encode(&mut buffered).and_then(|()| buffered.flush());
        drop(buffered);
        written.map_err(|cause| file.error(cause))?;
        file.finish()
    }
}

/// The tiers of the TextGrid beside a recording, under its name, or of the marks; none if neither is there. A file
/// .json may be anything, so one that holds no marks is passed over.
fn beside(file: &Path) -> Result<Vec<Tier>, Error> {
    let grid = file.with_extension("TextGrid");
    if grid.is_file() {
        return Tier::read(&grid);
    }
    let marks = file.with_extension("json");
    Ok(if marks.is_file() { Tier::read(&marks).unwrap_or_default() } else { Vec::new() })
}

/// Prints measurements for a person.
fn tell(out: &mut impl Write, name: &str, measured: &Measurements) -> io::Result<()> {
    let Measurements { seconds, sample_rate, levels, voiced, median_f0, f0_range, pauses } =
        measured;
    writeln!(
        out,
        "{}",
        told!(
            "{name}: {seconds} s at {sample_rate} Hz",
            name,
            seconds = format_args!("{seconds:.2}"),
            sample_rate
        )
    )?;
    writeln!(
        out,
        "  {}",
        told!(
            "level: peak {peak_dbfs} dBFS, RMS {rms_dbfs} dBFS, DC offset {dc_offset}",
            peak_dbfs = format_args!("{:.1}", levels.peak_dbfs),
            rms_dbfs = format_args!("{:.1}", levels.rms_dbfs),
            dc_offset = format_args!("{:.5}", levels.dc_offset)
        )
    )?;
    write!(
        out,
        "  {}",
        told!("voice: {voiced}% of the time", voiced = format_args!("{:.0}", 100.0 * voiced))
    )?;
    if let (Some(median), Some((low, high))) = (median_f0, f0_range) {
        write!(
            out,
            "{}",
            told!(
                ", f0 {median} Hz ({low} to {high} Hz)",
                median = format_args!("{:.0}", median.0),
                low = format_args!("{:.0}", low.0),
                high = format_args!("{:.0}", high.0)
            )
        )?;
    }
    writeln!(out)?;
    let pauses: Vec<_> =
        pauses.iter().map(|pause| format!("{:.2}-{:.2} s", pause.start, pause.end)).collect();
    let listed = if pauses.is_empty() { told!("none") } else { pauses.join(", ") };
    writeln!(out, "  {}", told!("pauses: {listed}", listed))
}
