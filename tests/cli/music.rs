//! Music around and under speech: options, settings, books, folders that are kept up to date.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use docbao::decode::Decoder;
use hound::{SampleFormat, WavSpec, WavWriter};
use tempfile::TempDir;

use super::{fails, path, program, short_article, stdout, succeeds, text};

/// A tone of so many seconds in a WAV file of 8 kHz.
fn tone(path: &Path, seconds: f64, hertz: f64, strength: f64) {
    let sample_format = SampleFormat::Int;
    let spec = WavSpec { channels: 1, sample_rate: 8000, bits_per_sample: 16, sample_format };
    let mut wav = WavWriter::create(path, spec).unwrap();
    for n in 0..(seconds * 8000.0) as u32 {
        let wave = (std::f64::consts::TAU * hertz * f64::from(n) / 8000.0).sin();
        wav.write_sample((strength * 32767.0 * wave) as i16).unwrap();
    }
    wav.finalize().unwrap();
}

/// A folder with two articles and music.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        let place = Place(TempDir::new().unwrap());
        short_article(&place.0, "a.txt");
        let second = "Giá vàng tăng\n\nVàng tăng một triệu đồng.\n";
        fs::write(place.path("b.txt"), second).unwrap();
        tone(&place.path("intro.wav"), 4.0, 1000.0, 0.3);
        tone(&place.path("sting.wav"), 2.0, 2000.0, 0.3);
        tone(&place.path("outro.wav"), 3.0, 3000.0, 0.3);
        tone(&place.path("bed.wav"), 5.0, 2500.0, 0.3);
        place
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        path(&self.0, name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    /// Narrates by a tone, with these options besides.
    fn narrate(&self, arguments: &[&str]) -> Output {
        self.command(&["narrate", "--voice", "tone", "--rate", "2", "--json"])
            .args(arguments)
            .output()
            .unwrap()
    }

    /// The length of a sound in seconds.
    fn seconds(&self, name: &str) -> f64 {
        seconds(Decoder::open(&self.path(name)).unwrap())
    }
}

fn seconds(mut decoder: Decoder) -> f64 {
    let (mut samples, rate) = (0, f64::from(decoder.sample_rate()));
    while let Some(next) = decoder.read().unwrap() {
        samples += next.len();
    }
    samples as f64 / rate
}

fn report(output: &Output) -> serde_json::Value {
    succeeds(output);
    serde_json::from_str(stdout(output)).unwrap()
}

const JINGLES: [&str; 8] =
    ["--intro", "intro.wav", "--outro", "outro.wav", "--sting", "sting.wav", "--crossfade", "1"];

/// The times at which the cues of WebVTT begin, in milliseconds.
fn cues(vtt: &str) -> Vec<f64> {
    let starts = vtt.lines().filter_map(|line| Some(line.split_once(" --> ")?.0));
    let ms = |time: &str| {
        let parts = time.split(':').map(|part| part.parse::<f64>().unwrap());
        parts.fold(0.0, |sum, part| sum * 60.0 + part) * 1000.0
    };
    starts.map(ms).collect()
}

#[test]
fn captions_chapters_and_length_count_the_music() {
    let place = Place::new();
    let files = ["a.txt", "b.txt", "-o", "one.mp3", "--captions", "vtt,srt,lrc,json"];
    let made = report(&place.narrate(&[&files[..], &JINGLES].concat()));
    let seconds = made["done"][0]["speech_seconds"].as_f64().unwrap();
    assert!((place.seconds("one.mp3") - seconds).abs() < 0.01);
    let cues = cues(&fs::read_to_string(place.path("one.vtt")).unwrap());
    assert!((cues[0] - 3000.0).abs() < 2.0, "{cues:?}");
    let chapters = made["done"][0]["chapters"].as_array().unwrap();
    let second = chapters[1]["start_ms"].as_f64().unwrap();
    assert_eq!(chapters[0]["start_ms"], 0.0);
    assert!(cues.iter().any(|cue| (cue - second).abs() < 2.0), "{second} of {cues:?}");
    let marks = fs::read_to_string(place.path("one.json")).unwrap();
    let marks: serde_json::Value = serde_json::from_str(&marks).unwrap();
    assert_eq!(marks["sample_rate"], 44_100);
    let lrc = fs::read_to_string(place.path("one.lrc")).unwrap();
    assert!(lrc.contains("[00:03.00]"), "{lrc}");
    let srt = fs::read_to_string(place.path("one.srt")).unwrap();
    assert!(srt.contains("00:00:03,00"), "{srt}");
    report(&place.narrate(&[&["a.txt", "b.txt", "-o", "one.m4b"][..], &JINGLES].concat()));
    let tag = mp4ameta::Tag::read_from_path(place.path("one.m4b")).unwrap();
    let starts: Vec<_> = tag.chapter_track().iter().map(|it| it.start.as_secs_f64()).collect();
    assert!(starts[0] == 0.0 && (starts[1] * 1000.0 - second).abs() <= 1.0, "{starts:?}");
    #[cfg(feature = "mp3")]
    {
        let tag = id3::Tag::read_from_path(place.path("one.mp3")).unwrap();
        let starts: Vec<_> = tag.chapters().map(|it| f64::from(it.start_time)).collect();
        assert!(starts[0] == 0.0 && (starts[1] - second).abs() <= 1.0, "{starts:?}");
    }
}

#[test]
fn a_book_has_its_music_in_the_sound_of_its_chapters() {
    let place = Place::new();
    let lengths = |arguments: &[&str]| {
        let files = ["a.txt", "b.txt", "-o", "x.epub"];
        report(&place.narrate(&[&files[..], arguments].concat()));
        let file = fs::File::open(place.path("x.epub")).unwrap();
        let mut zip = zip::ZipArchive::new(file).unwrap();
        let ending = if cfg!(feature = "mp3") { "mp3" } else { "m4a" };
        [1, 2].map(|number| {
            let mut found = zip.by_name(&format!("EPUB/chapter-{number}.{ending}")).unwrap();
            let mut sound = tempfile::tempfile().unwrap();
            std::io::copy(&mut found, &mut sound).unwrap();
            seconds(Decoder::new("chapter", sound).unwrap())
        })
    };
    let (plain, music) = (lengths(&[]), lengths(&JINGLES));
    // The intro is by itself for 3 s; the sting opens the second chapter, and the outro ends it.
    let (first, second) = (music[0] - plain[0], music[1] - plain[1]);
    assert!((2.8..3.1).contains(&first), "{first} s");
    assert!((3.2..4.5).contains(&second), "{second} s");
}

#[test]
fn what_is_wrong_with_music_names_file_setting_and_line() {
    let place = Place::new();
    tone(&place.path("silent.wav"), 1.0, 1000.0, 0.0);
    fs::write(place.path("text.wav"), "Mưa to.").unwrap();
    fs::create_dir(place.path("music")).unwrap();
    for (settings, words) in [
        ("intro = \"no.wav\"", ["docbao.toml, line 3: `intro`: no.wav cannot be read", ""]),
        ("outro = \"silent.wav\"", ["docbao.toml, line 3: `outro`: silent.wav is silent", ""]),
        ("sting = \"text.wav\"", ["docbao.toml, line 3: `sting`: text.wav cannot be played", ""]),
        ("bed = \"music\"", ["docbao.toml, line 3: `bed`: music", ""]),
        ("crossfade = 11", ["docbao.toml, line 3: ", "from 0 to 10"]),
        ("bed-under = \"intro\"", ["docbao.toml, line 3: ", "headlines or opening"]),
    ] {
        fs::write(place.path("docbao.toml"), format!("[sound]\n\n{settings}\n")).unwrap();
        fails(&place.narrate(&["a.txt", "-o", "a.wav"]), 1, &words);
        // Others have nothing to do with it.
        if words[1].is_empty() {
            succeeds(&place.command(&["normalize", "a.txt"]).output().unwrap());
        }
    }
    fs::remove_file(place.path("docbao.toml")).unwrap();
    let narrate = |arguments: &[&str]| {
        let files = ["a.txt", "-o", "a.wav"];
        place.narrate(&[&files[..], arguments].concat())
    };
    fails(&narrate(&["--intro", "no.wav"]), 1, &["no.wav: cannot be read", "`intro`"]);
    fails(&narrate(&["--bed-level", "-5"]), 2, &["`bed_pause_level` is -10"]);
    fails(&narrate(&["--bed-level", "7"]), 2, &["from -40 to 6"]);
    fails(&place.narrate(&["a.txt", "-o", "intro.wav", "--intro", "intro.wav"]), 2, &["intro.wav"]);
    let subtitles = "1\n00:00:01,000 --> 00:00:03,000\nMưa to.\n";
    fs::write(place.path("a.srt"), subtitles).unwrap();
    let fitted = place.narrate(&["a.srt", "-o", "a.wav", "--fit", "--intro", "intro.wav"]);
    fails(&fitted, 1, &["leave no room for an intro", "--fit"]);
    assert!(!place.path("a.wav").exists());
}

#[test]
fn a_folder_is_made_anew_when_the_content_of_its_music_changes_and_nothing_is_spoken_again() {
    let place = Place::new();
    let cache = place.path("kept");
    let run = |intro: &str, more: &[&str]| {
        let files = ["a.txt", "b.txt", "-o", "out", "--cache", text(&cache), "--intro", intro];
        let made = report(&place.narrate(&[&files[..], more].concat()));
        let total = |name: &str| made["totals"][name].as_u64().unwrap();
        (total("made"), total("up_to_date"), total("spoken"))
    };
    let (made, _, spoken) = run("intro.wav", &[]);
    assert!(made == 2 && spoken > 0);
    assert_eq!(run("intro.wav", &[]), (0, 2, 0));
    fs::rename(place.path("intro.wav"), place.path("hieu.wav")).unwrap();
    assert_eq!(run("hieu.wav", &[]), (0, 2, 0), "the same content under another name");
    let before = fs::read(place.path("out/a.wav")).unwrap();
    tone(&place.path("hieu.wav"), 4.0, 1500.0, 0.3);
    assert_eq!(run("hieu.wav", &[]), (2, 0, 0), "another content under the same name");
    assert_ne!(fs::read(place.path("out/a.wav")).unwrap(), before);
    assert_eq!(run("hieu.wav", &["--crossfade", "0.5"]), (2, 0, 0));
    assert_eq!(run("hieu.wav", &["--crossfade", "0.5", "--bed", "bed.wav"]), (2, 0, 0));
    // What is wrong with it is said once, before anything is made.
    let wrong = place.narrate(&["a.txt", "b.txt", "-o", "new", "--bed", "a.txt"]);
    fails(&wrong, 1, &["a.txt: cannot be played: ", "`bed`"]);
}
