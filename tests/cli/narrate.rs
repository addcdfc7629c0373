//! An article becomes speech: files, folders, voices, errors.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{ARTICLE, docbao, fails, names, path, short_article, stderr, stdout, succeeds, text};

#[test]
fn an_article_becomes_speech_with_marks() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "mua.txt");
    let (wav, marks) = (path(&folder, "mua.wav"), path(&folder, "mua.json"));
    let output = docbao(&["narrate", text(&article), "-o", text(&wav), "--marks", text(&marks)]);
    succeeds(&output);
    let reader = hound::WavReader::open(&wav).unwrap();
    assert!(reader.spec().sample_rate >= 22_050);
    assert_eq!((reader.spec().channels, reader.spec().bits_per_sample), (1, 16));
    let seconds = f64::from(reader.duration()) / f64::from(reader.spec().sample_rate);
    assert!((4.0..20.0).contains(&seconds), "{seconds} s");
    let loudest = reader.into_samples::<i16>().map(|s| s.unwrap().unsigned_abs()).max().unwrap();
    assert!(loudest > 3000, "the loudest sample is {loudest}");

    let marks: serde_json::Value = serde_json::from_slice(&fs::read(&marks).unwrap()).unwrap();
    let sentences = marks["sentences"].as_array().unwrap();
    assert_eq!(sentences.len(), 4);
    let source = fs::read_to_string(&article).unwrap();
    let mut last_end = 0.0;
    for sentence in sentences {
        for word in sentence["words"].as_array().unwrap() {
            let (start, end) =
                (word["start_ms"].as_f64().unwrap(), word["end_ms"].as_f64().unwrap());
            assert!(start >= last_end && end > start, "{word}");
            last_end = end;
            let span = |key: &str| word["span"][key].as_u64().unwrap() as usize;
            assert_eq!(&source[span("start")..span("end")], word["text"].as_str().unwrap());
        }
    }
    assert!(last_end < seconds * 1000.0);
    let second = &sentences[1]["words"];
    let date = second.as_array().unwrap().iter().find(|word| word["text"] == "5/3").unwrap();
    assert_eq!(date["spoken"], "ngày năm tháng ba");
}

#[test]
fn the_sound_is_the_same_at_any_number_of_jobs_and_on_every_run() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "mua.txt");
    let sound = |jobs: &str, name: &str| {
        let wav = path(&folder, name);
        succeeds(&docbao(&["narrate", text(&article), "-o", text(&wav), "--jobs", jobs]));
        fs::read(wav).unwrap()
    };
    let once = sound("1", "1.wav");
    assert!(once == sound("1", "2.wav"), "a second run differs");
    assert!(once == sound("2", "3.wav"), "2 jobs differ");
    assert!(once == sound("7", "4.wav"), "7 jobs differ");
}

#[test]
fn rate_and_pauses_change_the_length() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "mua.txt");
    let seconds = |arguments: &[&str]| {
        let wav = path(&folder, "x.wav");
        let mut all = vec!["narrate", text(&article), "-o", text(&wav), "--voice", "tone"];
        all.extend(arguments);
        succeeds(&docbao(&all));
        let reader = hound::WavReader::open(&wav).unwrap();
        f64::from(reader.duration()) / f64::from(reader.spec().sample_rate)
    };
    let normal = seconds(&[]);
    assert!(seconds(&["--rate", "1.5"]) < 0.85 * normal);
    assert!(seconds(&["--rate", "0.7"]) > 1.2 * normal);
    let longer = seconds(&["--pause", "title=3200"]);
    // How much of it is heard depends on what the pause parts.
    assert!((1.3..2.7).contains(&(longer - normal)), "{longer} against {normal}");
}

#[test]
fn a_folder_becomes_a_folder_and_one_bad_article_stops_nothing() {
    let folder = TempDir::new().unwrap();
    short_article(&folder, "a.txt");
    short_article(&folder, "b.txt");
    fs::write(path(&folder, "empty.txt"), "").unwrap();
    fs::write(path(&folder, "notes.rtf"), "not an article").unwrap();
    let out = path(&folder, "out");
    let arguments = ["narrate", text(folder.path()), "-o", text(&out), "--voice", "tone"];
    let output = docbao(&[&arguments[..], &["--json", "--no-cache"]].concat());
    fails(&output, 1, &["empty.txt"]);
    assert_eq!(names(&out), [".docbao", "a.wav", "b.wav"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["done"].as_array().unwrap().len(), 2);
    assert!(report["failed"][0]["input"].as_str().unwrap().ends_with("empty.txt"));
}

#[test]
fn what_is_not_read_is_listed_and_the_policy_can_be_set() {
    let folder = TempDir::new().unwrap();
    let wav = path(&folder, "x.wav");
    let output = docbao(&["narrate", ARTICLE, "-o", text(&wav), "--voice", "tone"]);
    succeeds(&output);
    let told = format!("{ARTICLE}: 9 parts not read, `docbao explain {ARTICLE}` shows them");
    assert!(stderr(&output).contains(&told), "{}", stderr(&output));
    assert!(stderr(&output).contains("100,550"), "the doubtful reading is reported");
    let arguments = ["narrate", ARTICLE, "-o", text(&wav), "--voice", "tone", "--verbose"];
    let output = docbao(&arguments);
    succeeds(&output);
    for kind in
        ["dateline not read", "caption not read", "repetition not read", "boilerplate not read"]
    {
        assert!(stderr(&output).contains(kind), "{}", stderr(&output));
    }
    assert!(stderr(&output).contains("100,550"), "the doubtful reading is reported");
    let with = docbao(&["normalize", ARTICLE, "--read", "dateline,captions", "--skip", "title"]);
    succeeds(&with);
    assert!(stdout(&with).starts_with("ngày hai mươi ba tháng mười năm hai nghìn"));
    assert!(stdout(&with).contains("chú thích ảnh: Ông Lê Xuân Huy (người đứng phát biểu)"));
    let without = docbao(&["normalize", ARTICLE]);
    assert!(!stdout(&without).contains("người đứng phát biểu"));
}

#[test]
fn a_voice_is_chosen_by_its_name() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "a.txt");
    let spoken = |voice: &str| {
        let wav = path(&folder, voice);
        succeeds(&docbao(&["narrate", text(&article), "-o", text(&wav), "--voice", voice]));
        fs::read(wav).unwrap()
    };
    let (low, high) = (spoken("bac"), spoken("bac-nu"));
    assert_eq!(low.len(), high.len(), "the voices keep one time");
    assert_ne!(low, high);
}

#[test]
fn bad_input_is_reported_and_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "out");
    fs::create_dir(&out).unwrap();
    let wav = out.join("x.wav");
    let narrate = |input: &Path| docbao(&["narrate", text(input), "-o", text(&wav)]);

    fails(&narrate(&path(&folder, "none.txt")), 1, &["none.txt", "cannot read"]);
    let empty = path(&folder, "empty.txt");
    fs::write(&empty, " \n\t\n").unwrap();
    fails(&narrate(&empty), 1, &["empty.txt"]);
    let picture = path(&folder, "picture.txt");
    fs::write(&picture, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01").unwrap();
    fails(&narrate(&picture), 1, &["picture.txt", "PNG"]);
    let article = short_article(&folder, "mua.txt");
    fails(
        &docbao(&["narrate", text(&article), "-o", text(&wav), "--voice", "nobody"]),
        1,
        &["nobody", "bac"],
    );
    fails(
        &docbao(&["narrate", text(&article), "-o", text(&wav), "--dialect", "west"]),
        2,
        &["west", "south"],
    );
    fails(&docbao(&["narrate", text(&article), "-o", text(&wav), "--rate", "9"]), 2, &["0.5 to 3"]);
    fails(
        &docbao(&["narrate", text(&article), "-o", text(&wav), "--read", "advert"]),
        2,
        &["advert", "caption"],
    );
    fails(
        &docbao(&["narrate", text(&article), "-o", text(&wav), "--pause", "comma=3"]),
        2,
        &["comma", "phrase"],
    );
    let captions = ["narrate", text(&article), "-o", "-", "--captions", "vtt"];
    fails(&docbao(&captions), 2, &["standard output", "--captions"]);
    fails(&docbao(&["narrate", text(&article)]), 2, &["--output"]);
    assert_eq!(names(&out), [] as [&str; 0]);

    let nowhere = path(&folder, "no/such/folder/x.wav");
    fails(&docbao(&["narrate", text(&article), "-o", text(&nowhere)]), 1, &["x.wav"]);
    let under_a_file = article.join("x.wav");
    fails(&docbao(&["narrate", text(&article), "-o", text(&under_a_file)]), 1, &["x.wav"]);
}

#[test]
fn two_articles_of_one_name_fail_and_others_are_made() {
    let folder = TempDir::new().unwrap();
    let other = path(&folder, "other");
    fs::create_dir(&other).unwrap();
    let first = short_article(&folder, "mua.txt");
    fs::copy(&first, other.join("mua.txt")).unwrap();
    let out = path(&folder, "out");
    let twin = other.join("mua.txt");
    let third = short_article(&folder, "nang.txt");
    let articles = [text(&first), text(&twin), text(&third)];
    let output =
        docbao(&[&["narrate", "-o", text(&out), "--voice", "tone"][..], &articles].concat());
    fails(&output, 1, &["mua.wav", articles[0], articles[1]]);
    assert_eq!(names(&out), [".docbao", "nang.wav"]);
}

#[test]
fn standard_output_gets_what_a_file_gets() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("mua.txt");
    fs::write(&article, "Sáng nay trời mưa to.").unwrap();
    for format in ["wav", "opus"] {
        let file = folder.path().join("mua").with_extension(format);
        let voice = ["--voice", "tone", "--format", format];
        let narrate = ["narrate", text(&article), "-o"];
        let to_file = docbao(&[&narrate[..], &[text(&file)], &voice[..]].concat());
        assert!(to_file.status.success(), "{}", String::from_utf8_lossy(&to_file.stderr));
        let sound = docbao(&[&narrate[..], &["-"], &voice[..]].concat());
        assert!(sound.status.success(), "{}", String::from_utf8_lossy(&sound.stderr));
        assert!(!sound.stdout.is_empty() && sound.stdout == fs::read(&file).unwrap(), "{format}");
    }
}

#[test]
fn a_cache_that_cannot_be_opened_stops_nothing() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "a.txt");
    let cache = path(&folder, "cache");
    fs::write(&cache, "a file").unwrap();
    let wav = path(&folder, "a.wav");
    let mut all = vec!["narrate", text(&article), "-o", text(&wav), "--voice", "tone"];
    all.extend(["--cache", text(&cache)]);
    let output = docbao(&all);
    succeeds(&output);
    assert!(wav.exists() && stderr(&output).contains("note: there is no cache"));
    fails(&docbao(&["cache", "--cache", text(&cache), "clear"]), 1, &[text(&cache)]);
    assert_eq!(fs::read_to_string(&cache).unwrap(), "a file");
}
