//! The music of a show: `[sound]` in its podcast.toml.

use std::fs;
use std::path::Path;

use docbao::decode::Decoder;
use hound::{SampleFormat, WavSpec, WavWriter};

use super::show::Show;

/// A tone in a WAV file of 8 kHz.
fn tone(path: &Path, seconds: u32, hertz: f64) {
    let sample_format = SampleFormat::Int;
    let spec = WavSpec { channels: 2, sample_rate: 8000, bits_per_sample: 16, sample_format };
    let mut wav = WavWriter::create(path, spec).unwrap();
    for n in 0..seconds * 8000 {
        let wave = (std::f64::consts::TAU * hertz * f64::from(n) / 8000.0).sin();
        (0..2).for_each(|_| wav.write_sample((9000.0 * wave) as i16).unwrap());
    }
    wav.finalize().unwrap();
}

/// A show with one article and these settings of its music, in a table that `init` wrote.
fn show(settings: &str) -> Show {
    let show = Show::with_days(&[4]);
    tone(&show.path("nhac-hieu.wav"), 4, 1000.0);
    tone(&show.path("nhac-nen.wav"), 6, 2000.0);
    set(&show, settings);
    show
}

fn set(show: &Show, settings: &str) {
    let toml = show.read("podcast.toml");
    let (head, tail) = toml.split_once("[sound]\n").unwrap();
    let rest = tail.find("#: outro").unwrap();
    show.write("podcast.toml", format!("{head}[sound]\n{settings}{}", &tail[rest..]));
}

/// What a build with a cache says: episodes made, up to date, and utterances spoken.
fn build(show: &Show) -> (u64, u64, u64) {
    let build = ["podcast", "build", "--voice", "tone", "--rate", "3", "--cache", "kept", "--json"];
    let output = show.run(&[&build[..], &["--now", "2024-04-01T00:00:00Z"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let total = |name: &str| report["totals"][name].as_u64().unwrap();
    (total("made"), total("up_to_date"), total("spoken"))
}

/// The file of the sound of the only episode.
fn sound(show: &Show) -> String {
    let url = show.feed("feed.xml").items[0].enclosure.clone().unwrap().url;
    url.strip_prefix(super::show::BASE).unwrap().to_owned()
}

fn seconds(path: &Path) -> f64 {
    let mut decoder = Decoder::open(path).unwrap();
    let (mut samples, rate) = (0, f64::from(decoder.sample_rate()));
    while let Some(next) = decoder.read().unwrap() {
        samples += next.len();
    }
    samples as f64 / rate
}

#[test]
fn music_counts_in_the_feed_and_a_new_jingle_speaks_nothing_again() {
    let show =
        show("intro = \"nhac-hieu.wav\"\noutro = \"nhac-hieu.wav\"\nbed = \"nhac-nen.wav\"\n");
    let (made, _, spoken) = build(&show);
    assert!(made == 1 && spoken > 0);
    let file = sound(&show);
    let length = seconds(&show.path("public").join(&file));
    let feed = show.feed("feed.xml");
    let written = feed.items[0].itunes_ext.as_ref().unwrap().duration.clone().unwrap();
    let written: f64 =
        written.split(':').fold(0.0, |sum, part| sum * 60.0 + part.parse::<f64>().unwrap());
    assert!((written - length).abs() <= 1.0, "{written} {length}");
    let vtt = show.read(&format!("public/{}", file.replace(".mp3", ".vtt")));
    let first = vtt.lines().find(|line| line.contains("-->")).unwrap();
    assert!(first.starts_with("00:00:02.500 ") || first.starts_with("00:02.500 "), "{first}");
    let check = show.run(&["podcast", "check", "--strict"]);
    let said = String::from_utf8_lossy(&check.stdout);
    assert!(check.status.success(), "{said}");

    assert_eq!(build(&show), (0, 1, 0));
    fs::rename(show.path("nhac-hieu.wav"), show.path("hieu.wav")).unwrap();
    set(&show, "intro = \"hieu.wav\"\noutro = \"hieu.wav\"\nbed = \"nhac-nen.wav\"\n");
    assert_eq!(build(&show), (0, 1, 0), "the same music under another name");
    tone(&show.path("hieu.wav"), 5, 1500.0);
    assert_eq!(build(&show), (1, 0, 0), "other music");
    assert_ne!(sound(&show), file, "what the feed names is never changed");
    let longer = seconds(&show.path("public").join(sound(&show))) - length;
    assert!((1.9..2.1).contains(&longer), "{longer} s longer");
}

#[test]
fn chapters_and_the_page_count_the_music() {
    let show = show("intro = \"nhac-hieu.wav\"\n");
    fs::remove_file(show.path("tin-4.txt")).unwrap();
    let front = "---\ntitle: Tin\ndate: 2024-03-07\n---\n";
    let text = "# Tin\n\n## Sáng\n\nTrời mưa.\n\n## Chiều\n\nTrời nắng.\n";
    show.write("tin.md", format!("{front}{text}"));
    build(&show);
    let file = sound(&show);
    let json = show.read(&format!("public/{}", file.replace(".mp3", ".chapters.json")));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let time = |at: usize, name: &str| json["chapters"][at][name].as_f64().unwrap();
    let vtt = show.read(&format!("public/{}", file.replace(".mp3", ".vtt")));
    let cues = vtt.lines().filter_map(|line| Some(line.split_once(" --> ")?.0));
    let seconds = |time: &str| {
        time.split(':').fold(0.0, |sum, part| sum * 60.0 + part.parse::<f64>().unwrap())
    };
    let cues: Vec<f64> = cues.map(seconds).collect();
    assert!(cues[0] >= 2.5, "{cues:?}");
    // The first begins with the intro, the second with its first word.
    assert_eq!(time(0, "startTime"), 0.0);
    let second = time(1, "startTime");
    assert!(cues.iter().any(|cue| (cue - second).abs() < 0.002), "{second} of {cues:?}");
    let page = show.read(&format!("public/{}", file.replace(".mp3", ".html")));
    let first = format!("{}", (cues[0] * 1000.0).round());
    assert!(page.contains(&first), "{first} is not in the page");
}

#[test]
fn what_is_wrong_with_the_music_stops_the_build_with_its_line() {
    let show = show("intro = \"nhac-hieu.wav\"\n");
    build(&show);
    let published = show.published();
    fs::write(show.path("text.wav"), "Mưa to.").unwrap();
    for (settings, reason) in [
        ("outro = \"no.mp3\"\n", "`outro`: ./no.mp3 cannot be read"),
        ("bed = \"text.wav\"\n", "`bed`: ./text.wav cannot be played"),
        ("bed = \"nhac-nen.wav\"\ncrossfade = 4\n", "at least twice as long as `crossfade`"),
    ] {
        set(&show, settings);
        let line = show.read("podcast.toml").lines().position(|it| it == "[sound]").unwrap() + 2;
        let output = show.try_build(&[]);
        let said = String::from_utf8_lossy(&output.stderr).replace("./", "");
        assert_eq!(output.status.code(), Some(1), "{said}");
        let expected = reason.replace("./", "");
        assert!(said.contains(&format!("podcast.toml, line {line}: ")), "{said}");
        assert!(said.contains(&expected), "{said}");
        assert!(show.published() == published);
    }
}

#[test]
fn the_placeholder_is_named_until_there_is_another() {
    let show = show("intro = \"jingle.wav\"\n");
    let named = |said: &str| {
        said.contains("jingle.wav is the placeholder that `docbao podcast init` wrote")
    };
    let check = || {
        let output = show.run(&["podcast", "check", "--strict"]);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    build(&show);
    let (code, said) = check();
    assert!(code == Some(1) && named(&said), "{said}");
    fs::copy(show.path("nhac-hieu.wav"), show.path("jingle.wav")).unwrap();
    build(&show);
    let (code, said) = check();
    assert!(code == Some(0) && !named(&said), "{said}");
}
