//! Recordings, drawn and measured.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{docbao, fails, names, path, stdout, succeeds, text};

/// Writes a WAV file of a tone of 150 Hz and half a second of silence after it.
fn tone_wav(path: &Path, spec: hound::WavSpec) {
    let mut wav = hound::WavWriter::create(path, spec).unwrap();
    let rate = spec.sample_rate;
    for at in 0..rate * 3 / 2 {
        let turn = std::f32::consts::TAU * 150.0 * at as f32 / rate as f32;
        let value = if at < rate { 0.4 * (turn.sin() + 0.5 * (2.0 * turn).sin()) } else { 0.0 };
        for _ in 0..spec.channels {
            match spec.sample_format {
                hound::SampleFormat::Float => wav.write_sample(value).unwrap(),
                hound::SampleFormat::Int => {
                    let full = ((1i64 << (spec.bits_per_sample - 1)) - 1) as f32;
                    wav.write_sample((value * full) as i32).unwrap();
                }
            }
        }
    }
    wav.finalize().unwrap();
}

fn tone_spec(sample_rate: u32, channels: u16, bits: u16) -> hound::WavSpec {
    let sample_format = hound::SampleFormat::Int;
    hound::WavSpec { channels, sample_rate, bits_per_sample: bits, sample_format }
}

#[test]
fn recordings_are_drawn_one_below_another() {
    let folder = TempDir::new().unwrap();
    let (a, b) = (path(&folder, "a.wav"), path(&folder, "b.wav"));
    tone_wav(&a, tone_spec(24_000, 1, 16));
    tone_wav(&b, tone_spec(8000, 2, 24));
    let (one, two) = (path(&folder, "one.png"), path(&folder, "two.png"));
    let output = docbao(&["inspect", text(&a), "-o", text(&one)]);
    succeeds(&output);
    assert_eq!(stdout(&output), "");
    let arguments = ["inspect", text(&a), text(&b), "--narrow", "--formants", "5", "--to", "1.2"];
    succeeds(&docbao(&[&arguments[..], &["--json", "-o", text(&two)]].concat()));
    for (picture, height) in [(&one, 612 + 26), (&two, 1224 + 26)] {
        let file = std::io::BufReader::new(fs::File::open(picture).unwrap());
        let mut reader = png::Decoder::new(file).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (864, height));
        let dark = pixels.chunks(3).filter(|pixel| pixel[1] < 100).count();
        let share = dark as f64 / (pixels.len() / 3) as f64;
        assert!((0.005..0.5).contains(&share), "{share} of the picture is dark");
    }
    assert_eq!(names(folder.path()), ["a.wav", "b.wav", "one.png", "two.png"]);
}

#[test]
fn recordings_of_any_kind_are_measured() {
    let folder = TempDir::new().unwrap();
    let float =
        hound::WavSpec { sample_format: hound::SampleFormat::Float, ..tone_spec(44_100, 1, 32) };
    let kinds = [
        tone_spec(8000, 1, 8),
        tone_spec(16_000, 2, 16),
        tone_spec(48_000, 1, 24),
        tone_spec(22_050, 3, 32),
        float,
    ];
    for spec in kinds {
        let wav = path(&folder, "x.wav");
        tone_wav(&wav, spec);
        let output = docbao(&["inspect", text(&wav), "--json"]);
        succeeds(&output);
        let measured: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let measured = &measured["recordings"][0];
        let near = |key: &str, want: f64, by: f64| {
            let have = measured[key].as_f64().unwrap();
            assert!((have - want).abs() < by, "{key} of {spec:?}: {have}, not {want}");
        };
        near("seconds", 1.5, 1e-6);
        near("sample_rate", f64::from(spec.sample_rate), 0.1);
        near("median_f0", 150.0, 0.5);
        near("voiced", 0.66, 0.03);
        near("peak_dbfs", -5.7, 0.3);
        near("rms_dbfs", -11.8, 0.3);
        near("dc_offset", 0.0, 0.005);
        let pauses = measured["pauses"].as_array().unwrap();
        assert_eq!(pauses.len(), 1, "{pauses:?}");
        assert!((pauses[0]["start"].as_f64().unwrap() - 1.0).abs() < 0.02);
    }
    let wav = path(&folder, "x.wav");
    let output = docbao(&["inspect", text(&wav), "--from", "0.25", "--to", "0.75"]);
    succeeds(&output);
    let printed = stdout(&output);
    assert!(printed.contains("0.50 s at 44100 Hz") && printed.contains("f0 150 Hz"), "{printed}");
    assert!(printed.contains("pauses: none"), "{printed}");
}

#[test]
fn what_we_speak_is_drawn_with_what_is_said_in_any_format() {
    let folder = TempDir::new().unwrap();
    let article = path(&folder, "a.txt");
    fs::write(&article, "Tin\n\nMưa lớn ở Quảng Ngãi.\n").unwrap();
    let size = |name: &str, more: &[&str]| {
        let (sound, picture) = (path(&folder, name), path(&folder, "a.png"));
        succeeds(&docbao(&[&["inspect", text(&sound), "-o", text(&picture)], more].concat()));
        let file = std::io::BufReader::new(fs::File::open(&picture).unwrap());
        let reader = png::Decoder::new(file).read_info().unwrap();
        fs::remove_file(&picture).unwrap();
        (reader.info().width, reader.info().height)
    };
    for ending in ["wav", "flac", "m4a", "opus", "mp3"] {
        if ending == "mp3" && !cfg!(feature = "mp3") {
            continue;
        }
        let sound = path(&folder, &format!("a.{ending}"));
        let narrate = ["narrate", text(&article), "-o", text(&sound), "-q"];
        succeeds(&docbao(&[&narrate[..], &["--captions", "textgrid,json", "--no-cache"]].concat()));
        // Sentences, words and phones.
        assert_eq!(size(&format!("a.{ending}"), &[]).1, 612 + 3 * 22 + 26, "{ending}");
        let (grid, marks) = (path(&folder, "a.TextGrid"), path(&folder, "a.json"));
        let words = fs::read_to_string(&grid).unwrap();
        assert!(words.contains("name = \"phones\"") && words.contains("\"Quảng\""), "{words}");
        fs::remove_file(grid).unwrap();
        assert_eq!(size(&format!("a.{ending}"), &[]).1, 612 + 22 + 26);
        assert_eq!(size(&format!("a.{ending}"), &["--marks", text(&marks)]).1, 612 + 22 + 26);
        fs::remove_file(marks).unwrap();
        assert_eq!(size(&format!("a.{ending}"), &[]).1, 612 + 26);
    }
    let wav = path(&folder, "a.wav");
    let marks = path(&folder, "a.txt");
    let bad = docbao(&["inspect", text(&wav), "--marks", text(&marks)]);
    fails(&bad, 1, &["a.txt", "TextGrid"]);
    let twice = ["--marks", text(&marks), "--marks", text(&marks)];
    fails(&docbao(&[&["inspect", text(&wav)], &twice[..]].concat()), 2, &["--marks"]);
}

#[test]
fn what_is_not_a_recording_is_reported_and_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let wav = path(&folder, "a.wav");
    tone_wav(&wav, tone_spec(24_000, 1, 16));
    let picture = path(&folder, "out.png");
    let inspect = |file: &Path, more: &[&str]| {
        docbao(&[&["inspect", text(file), "-o", text(&picture)], more].concat())
    };
    let words = path(&folder, "words.wav");
    fs::write(&words, "this is no sound at all, only some words").unwrap();
    fails(&inspect(&words, &[]), 1, &["words.wav", "cannot be played"]);
    let cut = path(&folder, "cut.wav");
    fs::write(&cut, &fs::read(&wav).unwrap()[..20_000]).unwrap();
    fails(&inspect(&cut, &[]), 1, &["cut.wav", "cut off"]);
    fails(&inspect(&path(&folder, "none.wav"), &[]), 1, &["none.wav"]);
    fails(&inspect(folder.path(), &[]), 1, &["folder"]);
    fails(&inspect(&wav, &["--from", "9"]), 1, &["a.wav", "1.50 s"]);
    fails(&inspect(&wav, &["--from", "1", "--to", "0.5"]), 2, &["--to", "--from"]);
    fails(&inspect(&wav, &["--top", "90"]), 2, &["1 to 24"]);
    let nowhere = path(&folder, "no/such/out.png");
    let output = docbao(&["inspect", text(&wav), "-o", text(&nowhere)]);
    fails(&output, 1, &["out.png", "cannot write"]);
    assert_eq!(names(folder.path()), ["a.wav", "cut.wav", "words.wav"]);
}
