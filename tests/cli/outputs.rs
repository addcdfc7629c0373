//! Files for listeners: formats, captions.

use std::fs;

use docbao::sound::formats::Format;
use tempfile::TempDir;

use super::{docbao, fails, names, path, short_article, succeeds, text};

#[test]
fn an_article_becomes_a_file_for_listeners_in_any_format() {
    let folder = TempDir::new().unwrap();
    let article = path(&folder, "a.txt");
    let text_of_it = "Mưa lớn ở miền núi\n\n05/03/2024 06:30\n\nSáng 5/3, mưa to tại 12 xã, nhiều \
        đường ngập sâu trong nước.\n\nDân đã đi tránh từ đêm.\n\nTheo TTXVN\n";
    fs::write(&article, text_of_it).unwrap();
    let seconds =
        |report: &serde_json::Value| report["done"][0]["speech_seconds"].as_f64().unwrap();
    let mut lengths = Vec::new();
    for (name, preset, lufs) in [
        ("a.mp3", None, Some(-16.0)),
        ("a.m4a", Some("spotify"), Some(-14.0)),
        ("a.m4b", None, Some(-16.0)),
        ("a.opus", None, Some(-16.0)),
        ("a.flac", Some("apple"), Some(-16.0)),
        ("a.wav", None, None),
    ] {
        let sound = path(&folder, name);
        if Format::of(&sound).unwrap().check_built().is_err() {
            continue;
        }
        let mut arguments = vec!["narrate", text(&article), "-o", text(&sound), "--json"];
        arguments.extend(preset.iter().flat_map(|preset| ["--loudness", preset]));
        let output = docbao(&arguments);
        succeeds(&output);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let heard = docbao::sound::master::verify(&sound).unwrap();
        if let Some(lufs) = lufs {
            assert!((heard.integrated_lufs - lufs).abs() < 0.5, "{name}: {heard}");
            assert!(heard.true_peak_dbtp <= -1.0, "{name}: {heard}");
        }
        assert_eq!(report["done"][0]["faults"].as_array().unwrap().len(), 0, "{name}");
        let reported = &report["done"][0]["loudness"]["integrated_lufs"];
        assert!((reported.as_f64().unwrap() - heard.integrated_lufs).abs() < 0.1, "{name}");
        assert!((heard.duration_ms / 1000.0 - seconds(&report)).abs() < 0.1, "{name}: {heard}");
        lengths.push(seconds(&report));
    }
    assert!(lengths.iter().all(|length| *length == lengths[0]));
    #[cfg(feature = "mp3")]
    {
        use id3::TagLike;
        let tag = id3::Tag::read_from_path(path(&folder, "a.mp3")).unwrap();
        assert_eq!(tag.title(), Some("Mưa lớn ở miền núi"));
        assert_eq!(tag.artist(), Some("Theo TTXVN"));
        let note = tag.comments().next().unwrap();
        assert!(note.text.contains("Giọng đọc tổng hợp"), "{}", note.text);
    }
}

#[test]
fn captions_are_beside_the_sound_and_keep_its_time() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "a.txt");
    let sound = path(&folder, "a.mp3");
    let narrate = |more: &[&str]| {
        let arguments = ["narrate", text(&article), "-o", text(&sound), "--voice", "tone"];
        succeeds(&docbao(&[&arguments[..], more].concat()));
        let marks = fs::read(path(&folder, "a.json")).unwrap();
        serde_json::from_slice::<serde_json::Value>(&marks).unwrap()
    };
    let marks = narrate(&["--captions", "vtt,srt,lrc,json,transcript,ass,textgrid"]);
    let all = [
        "a.TextGrid",
        "a.ass",
        "a.json",
        "a.lrc",
        "a.mp3",
        "a.srt",
        "a.transcript.json",
        "a.txt",
        "a.vtt",
    ];
    assert_eq!(names(folder.path()), all);
    assert!(fs::read_to_string(path(&folder, "a.vtt")).unwrap().starts_with("WEBVTT"));
    // A preset that puts silence at the start moves every word by that much.
    let later = narrate(&["--captions", "json", "--loudness", "acx"]);
    let first = |marks: &serde_json::Value| marks["sentences"][0]["start_ms"].as_f64().unwrap();
    let heard = docbao::sound::master::verify(&sound).unwrap();
    assert!(first(&marks) < 100.0);
    assert!(
        first(&later) > 500.0 && (first(&later) - heard.lead_silence_ms).abs() < 60.0,
        "{heard}"
    );
}

#[test]
fn impossible_settings_of_a_format_are_reported_before_anything_is_spoken() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "a.txt");
    let picture = path(&folder, "cover.png");
    fs::write(&picture, "no picture").unwrap();
    let sound = path(&folder, "a.mp3");
    for (more, status, words) in [
        (&["--bitrate", "97"][..], 2, &["97 kbit/s", "96"][..]),
        (&["--sample-rate", "44000"], 2, &["44000", "44100"]),
        (&["--loudness", "loud"], 2, &["loud", "apple"]),
        (&["--captions", "sub"], 2, &["sub", "vtt"]),
        (&["--format", "ogg"], 2, &["opus"]),
        (&["--format", "flac"], 2, &["do not agree"]),
        (&["--cover", text(&picture)], 1, &["cover.png", "PNG"]),
        (&["--date", "31/2/2024"], 2, &["2024-05-31"]),
    ] {
        let arguments = ["narrate", text(&article), "-o", text(&sound), "--voice", "tone"];
        fails(&docbao(&[&arguments[..], more].concat()), status, words);
    }
    let flac = path(&folder, "a.flac");
    let arguments = ["narrate", text(&article), "-o", text(&flac), "--bitrate", "96"];
    fails(&docbao(&arguments), 2, &["lose nothing"]);
    let (aiff, out) = (path(&folder, "a.aiff"), path(&folder, "out"));
    let arguments = ["narrate", text(&article), "-o", text(&aiff)];
    fails(&docbao(&arguments), 2, &["a.aiff", ".mp3"]);
    let arguments = ["narrate", text(folder.path()), "-o", text(&out), "--title", "x"];
    fails(&docbao(&arguments), 2, &["--title"]);
    // An article is not written over itself.
    fails(
        &docbao(&["narrate", text(&article), "-o", text(&article), "--format", "wav"]),
        2,
        &["written over"],
    );
    assert_eq!(names(folder.path()), ["a.txt", "cover.png"]);
}
