//! The real program with a Piper voice.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use super::tiny_voice::{RATE, Tiny};

const ARTICLE: &str =
    "Mưa lớn ở miền núi\n\nSáng 5/3, mưa to (rất to) tại 12 xã. Đường ngập…\n\nDân đã đi tránh.\n";

struct Desk {
    folder: TempDir,
    voice: String,
}

impl Desk {
    fn new(tiny: &Tiny, language: &str) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let voice = tiny.write(folder.path(), "tiny", language).to_str().unwrap().to_owned();
        fs::write(folder.path().join("mua.txt"), ARTICLE).unwrap();
        Desk { folder, voice }
    }

    /// `docbao narrate mua.txt -o OUT` with this voice, and what came of it.
    fn narrate(&self, out: &str, more: &[&str]) -> Output {
        self.command(out, more).output().unwrap()
    }

    fn command(&self, out: &str, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
        command.env("DOCBAO_LANG", "en");
        command
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .env_remove("DOCBAO_CACHE")
            .current_dir(self.folder.path())
            .args(["narrate", "mua.txt", "-o", out, "--voice", &self.voice])
            .args(more);
        command
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.path().join(name)).unwrap()
    }

    fn marks(&self, name: &str) -> Value {
        serde_json::from_slice(&self.bytes(name)).unwrap()
    }
}

fn succeeds(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn says(output: &Output, status: i32, words: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{said}");
    for word in words {
        assert!(said.contains(word), "`{word}` is not in: {said}");
    }
}

#[test]
fn a_narration_is_the_same_at_any_number_of_jobs_and_out_of_the_cache() {
    let desk = Desk::new(&Tiny::default(), "vi");
    for (out, more) in [
        ("a.wav", &["--jobs", "1", "--captions", "json,vtt"][..]),
        ("b.wav", &["--jobs", "4", "--cache", "cache", "--captions", "json,vtt"][..]),
        ("c.wav", &["--jobs", "2", "--cache", "cache", "--captions", "json,vtt"][..]),
    ] {
        succeeds(&desk.narrate(out, more));
    }
    for other in ["b", "c"] {
        for ending in ["wav", "json", "vtt"] {
            let [one, two] = ["a", other].map(|name| desk.bytes(&format!("{name}.{ending}")));
            assert!(one == two, "{other}.{ending}");
        }
    }
    let reader = hound::WavReader::open(desk.folder.path().join("a.wav")).unwrap();
    assert_eq!(reader.spec().sample_rate, RATE);
}

#[test]
fn marks_say_how_their_times_are_known_and_ascend() {
    for (tells_lengths, times) in [(true, "model"), (false, "estimated")] {
        let desk = Desk::new(&Tiny { tells_lengths, ..Tiny::default() }, "vi");
        succeeds(&desk.narrate("a.mp3", &["--captions", "json,vtt,srt,lrc,transcript"]));
        let marks = desk.marks("a.json");
        assert_eq!(marks["times"], times);
        let words = marks["sentences"].as_array().unwrap().iter();
        let words: Vec<&Value> = words.flat_map(|s| s["words"].as_array().unwrap()).collect();
        assert!(words.len() > 15, "{}", words.len());
        let mut last = 0.0;
        for word in words {
            let [start, end] = ["start_ms", "end_ms"].map(|key| word[key].as_f64().unwrap());
            assert!(last <= start && start < end, "{word}");
            last = end;
        }
        let told = String::from_utf8(desk.bytes("a.vtt")).unwrap().contains("ước lượng");
        assert_eq!(told, !tells_lengths);
    }
}

#[test]
fn pauses_are_those_that_are_asked_for() {
    let desk = Desk::new(&Tiny::default(), "vi");
    let gap = |pause: &str| {
        succeeds(&desk.narrate("a.wav", &["--marks", "a.json", "--pause", pause]));
        let marks = desk.marks("a.json");
        let sentences = marks["sentences"].as_array().unwrap().iter();
        let words: Vec<_> = sentences.flat_map(|s| s["words"].as_array().unwrap()).collect();
        // Behind a bracket, which espeak-ng passes over.
        let at = words.iter().position(|word| word["spoken"] == "tại").unwrap();
        words[at]["start_ms"].as_f64().unwrap() - words[at - 1]["end_ms"].as_f64().unwrap()
    };
    // A single pause is longer or shorter than the usual one by what it parts, which is the same here.
    let [short, long] = [200.0, 500.0].map(|pause| {
        let found = gap(&format!("phrase={pause}"));
        assert!((0.65 * pause..1.35 * pause).contains(&found), "{found} for {pause}");
        found
    });
    assert!((long - 2.5 * short).abs() < 8.0, "{short} and {long}");
}

#[test]
fn what_a_voice_cannot_do_is_told() {
    let desk = Desk::new(&Tiny { speakers: 2, ..Tiny::default() }, "vi");
    succeeds(&desk.narrate("a.wav", &["--speaker", "s1", "--noise", "0", "--noise-width", "1"]));
    says(&desk.narrate("b.wav", &["--pitch", "2"]), 2, &["the pitch of", "leave out", "pitch"]);
    says(
        &desk.narrate("b.wav", &["--dialect", "south"]),
        2,
        &["taught the dialect north", "leave out", "dialect"],
    );
    says(&desk.narrate("b.wav", &["--speaker", "x"]), 2, &["no speaker x: there are s0, s1"]);
    says(&desk.narrate("b.wav", &["--noise", "9"]), 2, &["give a number from 0 to 2"]);
    says(
        &desk.narrate("b.wav", &["--phonemizer", "espeak-ng"]),
        2,
        &["speaks Vietnamese", "leave out", "phonemizer"],
    );
    says(
        &desk.narrate("b.wav", &["--voice", "bac", "--noise", "0"]),
        2,
        &["are for Piper voices, and bac is none"],
    );
    assert!(!desk.folder.path().join("b.wav").exists());
}

#[test]
fn a_voice_that_asks_for_too_much_memory_is_an_error_with_its_name() {
    for sizes in [[1 << 12, 1 << 17], [1 << 31, 1 << 20]] {
        let desk = Desk::new(&Tiny { swells: sizes, ..Tiny::default() }, "vi");
        let output = desk.narrate("a.wav", &[]);
        says(&output, 1, &["tiny fails: it asks for more memory than a voice needs"]);
        assert!(!desk.folder.path().join("a.wav").exists());
    }
}

#[test]
fn a_voice_of_another_language_needs_espeak_ng() {
    let desk = Desk::new(&Tiny::default(), "en-us");
    says(
        &desk.narrate("a.wav", &[]),
        1,
        &["speaks en-us", "Vietnamese only", "phonemizer", "espeak-ng"],
    );
    let mut command = desk.command("a.wav", &["--phonemizer", "espeak-ng"]);
    let output = command.env("PATH", "/nonexistent").output().unwrap();
    says(&output, 1, &["espeak-ng: is not installed"]);
}

#[test]
#[ignore = "needs espeak-ng"]
fn espeak_ng_lets_a_voice_of_another_language_speak() {
    let desk = Desk::new(&Tiny::default(), "en-us");
    succeeds(&desk.narrate("a.wav", &["--phonemizer", "espeak-ng"]));
}

#[test]
#[ignore = "needs espeak-ng"]
fn a_passage_in_english_is_spoken_by_an_english_voice() {
    let desk = Desk::new(&Tiny::default(), "en-us");
    let article =
        "Ông nói: Ladies and gentlemen, don't forget the first summer fair. Ai cũng cười.";
    fs::write(desk.folder.path().join("a.txt"), article).unwrap();
    let spoken = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_docbao"))
            .env("DOCBAO_LANG", "en")
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .current_dir(desk.folder.path())
            .args(["narrate", "a.txt", "-o", "a.wav", "--marks", "a.json"])
            .args(more)
            .output()
            .unwrap();
        succeeds(&output);
        let marks = fs::read(desk.folder.path().join("a.json")).unwrap();
        let marks: Value = serde_json::from_slice(&marks).unwrap();
        let sentences = marks["sentences"].as_array().unwrap().clone();
        let spoken = sentences.iter().map(|one| one["spoken"].as_str().unwrap().to_owned());
        (spoken.collect::<Vec<_>>().join(" "), output)
    };
    let (said, output) = spoken(&["--voice-for", &format!("en={}", desk.voice)]);
    assert!(said.contains("Ladies and gentlemen don't forget the first summer fair"), "{said}");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("another language"));
    let (_, output) = spoken(&[]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("another language (en)"));
}

#[test]
fn a_voice_of_letters_reads_them() {
    let desk = Desk::new(&Tiny::default(), "vi");
    let json = desk.voice.clone() + ".json";
    let text = fs::read_to_string(&json).unwrap();
    fs::write(&json, text.replacen('{', "{\"phoneme_type\": \"text\", ", 1)).unwrap();
    let output = desk.narrate("a.wav", &[]);
    succeeds(&output);
    says(&output, 0, &["voice tiny has no phoneme", "it is left out"]);
}

#[test]
fn a_folder_is_kept_up_to_date_by_the_voice_too() {
    let desk = Desk::new(&Tiny::default(), "vi");
    let articles = desk.folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    fs::copy(desk.folder.path().join("mua.txt"), articles.join("mua.txt")).unwrap();
    let run = |voice: &Path, more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_docbao"))
            .env("DOCBAO_LANG", "en")
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .current_dir(desk.folder.path())
            .args(["narrate", "articles", "-o", "out", "--cache", "cache", "--json", "--voice"])
            .arg(voice)
            .args(more)
            .output()
            .unwrap();
        succeeds(&output);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let count = |name: &str| report["totals"][name].as_u64().unwrap();
        (count("made"), count("up_to_date"), count("spoken"), count("from_cache"))
    };
    let voice = Path::new(&desk.voice).to_owned();
    let (made, _, spoken, _) = run(&voice, &[]);
    assert_eq!((made, spoken), (1, 4));
    assert_eq!(run(&voice, &[]), (0, 1, 0, 0));
    assert_eq!(run(&voice, &["--rate", "1.1"]), (1, 0, 4, 0));
    let other = Tiny { weight: 0.9, ..Tiny::default() }.write(desk.folder.path(), "tiny", "vi");
    assert_eq!(run(&other, &[]), (1, 0, 4, 0));
}
