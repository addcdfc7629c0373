//! The real program: what it writes, what it says, and with which status it ends.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const ARTICLE: &str = "samples/binh-luc.txt";

/// The program, without settings of whoever runs the tests.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
    command.env("XDG_CONFIG_HOME", "/nonexistent").env_remove("DOCBAO_CACHE");
    command.env("DOCBAO_VOICES", "/nonexistent");
    command
}

fn docbao(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

fn docbao_with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = program()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn succeeds(output: &Output) {
    assert!(output.status.success(), "{}", stderr(output));
}

/// The program fails with this status, says all of `words`, and leaves nothing but what is named.
fn fails(output: &Output, status: i32, words: &[&str]) {
    assert_eq!(output.status.code(), Some(status), "{}", stderr(output));
    for word in words {
        assert!(stderr(output).contains(word), "`{word}` is not in: {}", stderr(output));
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn path(folder: &TempDir, name: &str) -> PathBuf {
    folder.path().join(name)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A short article of two paragraphs in a file.
fn short_article(folder: &TempDir, name: &str) -> PathBuf {
    let file = path(folder, name);
    let article =
        "Mưa lớn ở miền núi\n\nSáng 5/3, mưa to tại 12 xã. Đường ngập.\n\nDân đã đi tránh.\n";
    fs::write(&file, article).unwrap();
    file
}

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
    assert!((longer - normal - 2.0).abs() < 0.05, "{longer} against {normal}");
}

#[test]
fn a_folder_becomes_a_folder_and_one_bad_article_stops_nothing() {
    let folder = TempDir::new().unwrap();
    short_article(&folder, "a.txt");
    short_article(&folder, "b.txt");
    fs::write(path(&folder, "empty.txt"), "").unwrap();
    fs::write(path(&folder, "notes.md"), "not an article").unwrap();
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
    for kind in
        ["dateline not read", "caption not read", "repetition not read", "boilerplate not read"]
    {
        assert!(stderr(&output).contains(kind), "{}", stderr(&output));
    }
    assert!(stderr(&output).contains("100,550"), "the doubtful reading is told");
    let with = docbao(&["normalize", ARTICLE, "--read", "dateline,captions", "--skip", "title"]);
    succeeds(&with);
    assert!(stdout(&with).starts_with("ngày hai mươi ba tháng mười năm hai nghìn"));
    assert!(stdout(&with).contains("người đứng phát biểu"));
    let without = docbao(&["normalize", ARTICLE]);
    assert!(!stdout(&without).contains("người đứng phát biểu"));
}

#[test]
fn lines_are_normalized_one_by_one() {
    let output =
        docbao_with_input(&["normalize", "--lines"], "Có 21 em.\n\nNăm 2024\r\n".as_bytes());
    succeeds(&output);
    assert_eq!(stdout(&output), "Có hai mươi mốt em.\n\nNăm hai nghìn không trăm hai mươi tư\n");
}

#[test]
fn every_stage_can_be_looked_at() {
    let input = "Đội U23 thắng 2-0. Vui!".as_bytes();
    let segments = docbao_with_input(&["segment"], input);
    succeeds(&segments);
    assert!(stdout(&segments).starts_with("0. Đội U hai mươi ba thắng hai không. |"));
    let sounds = docbao_with_input(&["phonemize"], input);
    succeeds(&sounds);
    assert!(stdout(&sounds).starts_with("ɗ.o.j6 ʔ.u1"), "{}", stdout(&sounds));
    let southern = docbao_with_input(&["phonemize", "--dialect", "south"], "Vui".as_bytes());
    assert!(stdout(&southern).starts_with("j.u.j1"), "{}", stdout(&southern));
    let espeak = docbao_with_input(&["phonemize", "--notation", "espeak"], input);
    succeeds(&espeak);
    assert!(stdout(&espeak).starts_with("ɗˈo6j ˈu"), "{}", stdout(&espeak));
    let espeak = ["phonemize", "--notation", "espeak", "--json", "--dialect", "south"];
    let json = docbao_with_input(&espeak, "Vui, Messi?".as_bytes());
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json[0][0]["words"][0]["ipa"], "ʝˈuj");
    assert_eq!(json[0][1]["words"][0]["said"], "Messi");
    assert_eq!(json[0][1]["sign"], "?");
    let reasons = docbao_with_input(&["explain"], input);
    succeeds(&reasons);
    assert!(stdout(&reasons).contains("1:15\t2-0\thai không\tscore\tsure"), "{}", stdout(&reasons));
    let json = docbao_with_input(&["explain", "--json"], input);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let word = &json["words"][4];
    assert_eq!((&word["source"], &word["said"]), (&"2-0".into(), &"hai không".into()));
    assert_eq!(word["confidence"], "sure");
}

#[test]
fn voices_are_listed() {
    let output = docbao(&["voices"]);
    succeeds(&output);
    let first = stdout(&output).lines().nth(1).unwrap();
    assert!(first.starts_with("bac ") && first.contains("  built in     north"), "{first}");
    assert_eq!(docbao(&["voices", "list"]).stdout, output.stdout);
    let json = docbao(&["voices", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&json[0]["name"], &json[1]["name"]), (&"bac".into(), &"bac-nu".into()));
    let state = |name: &str| {
        let mut voices = json.as_array().unwrap().iter();
        voices.find(|voice| voice["name"] == name).unwrap()["state"].clone()
    };
    assert_eq!(
        (state("bac"), state("vi_VN-vivos-x_low")),
        ("built-in".into(), "installable".into())
    );
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
fn bad_input_is_told_and_leaves_nothing_behind() {
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
    fails(&docbao(&["narrate", text(&article), "-o", "-"]), 2, &["standard output"]);
    fails(&docbao(&["narrate", text(&article)]), 2, &["--output"]);
    assert_eq!(names(&out), [] as [&str; 0]);

    let nowhere = path(&folder, "no/such/folder/x.wav");
    fails(&docbao(&["narrate", text(&article), "-o", text(&nowhere)]), 1, &["x.wav"]);
    let under_a_file = article.join("x.wav");
    fails(&docbao(&["narrate", text(&article), "-o", text(&under_a_file)]), 1, &["x.wav"]);
}

#[test]
fn two_articles_of_one_name_are_refused() {
    let folder = TempDir::new().unwrap();
    let other = path(&folder, "other");
    fs::create_dir(&other).unwrap();
    let first = short_article(&folder, "mua.txt");
    fs::copy(&first, other.join("mua.txt")).unwrap();
    let out = path(&folder, "out");
    let twin = other.join("mua.txt");
    let output =
        docbao(&["narrate", text(&first), text(&twin), "-o", text(&out), "--voice", "tone"]);
    fails(&output, 2, &["mua.wav"]);
    assert!(!out.exists());
}

#[test]
fn help_is_there_for_every_command() {
    for command in ["narrate", "normalize", "segment", "phonemize", "explain", "voices", "inspect"]
    {
        let output = docbao(&["help", command]);
        succeeds(&output);
        assert!(stdout(&output).contains("Usage: docbao"), "{command}");
    }
    assert!(stdout(&docbao(&["--help"])).contains("Exit status"));
}

/// A folder with an article that has an unknown abbreviation, a foreign name and an open comma.
fn doubtful_article(folder: &TempDir) -> PathBuf {
    let file = path(folder, "a.txt");
    let article = "Tin vắn\n\nQKZX xã An Hoà có 100,550 tấn thóc.\n\nMessi nhận 105.000 đồng.\n";
    fs::write(&file, article).unwrap();
    file
}

#[test]
fn check_lists_what_is_doubtful_with_its_place_and_ends_with_3() {
    let folder = TempDir::new().unwrap();
    let article = doubtful_article(&folder);
    let output = docbao(&["check", text(&article)]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let place = format!("{}:3:1: unknown: “QKZX”", article.display());
    assert!(stdout(&output).contains(&place), "{}", stdout(&output));
    assert!(stdout(&output).contains("or “một trăm phẩy năm năm không”"), "{}", stdout(&output));

    let output = docbao(&["check", "--level", "unknown", "--json", text(&article)]);
    assert_eq!(output.status.code(), Some(3));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = found.as_array().unwrap();
    assert!(found.iter().all(|finding| finding["confidence"] == "unknown"), "{found:?}");
    assert_eq!((&found[0]["line"], &found[0]["column"]), (&3.into(), &1.into()));

    let sure = short_article(&folder, "b.txt");
    succeeds(&docbao(&["check", text(&sure)]));
    fails(&docbao(&["check", text(&sure), "no-such-file.txt"]), 1, &["no-such-file.txt"]);
    fails(&docbao(&["check", "--level", "some", text(&sure)]), 2, &["unknown, doubtful"]);
}

#[test]
fn strict_narration_refuses_what_is_doubtful_until_a_lexicon_settles_it() {
    let folder = TempDir::new().unwrap();
    let article = doubtful_article(&folder);
    let (wav, lexicon) = (path(&folder, "a.wav"), path(&folder, "own.tsv"));
    let arguments = ["narrate", text(&article), "-o", text(&wav), "--voice", "tone", "--strict"];
    fails(&docbao(&arguments), 3, &["QKZX", "100,550", "--lexicon"]);
    assert_eq!(names(folder.path()), ["a.txt"]);

    fs::write(
        &lexicon,
        "written\tsaid\nQKZX\t/k.w.a1-x.u1/\n100,550\tmột trăm phẩy năm năm\nMessi\tmét xi\n",
    )
    .unwrap();
    let settled = [&arguments[..], &["--lexicon", text(&lexicon)]].concat();
    succeeds(&docbao(&settled));
    assert_eq!(names(folder.path()), ["a.txt", "a.wav", "own.tsv"]);
    let output = docbao(&["normalize", text(&article), "--lexicon", text(&lexicon)]);
    assert!(
        stdout(&output).contains("qua khu xã An Hoà có một trăm phẩy năm năm tấn"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_lexicon_is_a_table_or_a_pls_file_and_its_faults_have_places() {
    let folder = TempDir::new().unwrap();
    let article = path(&folder, "a.txt");
    fs::write(&article, "Đội an hòa thắng. Đội AN HÒA thua. An Hòa 2 mới.\n").unwrap();
    let pls = path(&folder, "own.pls");
    fs::write(&pls, "<lexicon version=\"1.0\" alphabet=\"ipa\" xml:lang=\"vi\">\n<lexeme><grapheme>An Hoà</grapheme><alias>an hòa xã</alias></lexeme></lexicon>").unwrap();
    let output = docbao(&["normalize", text(&article), "--lexicon", text(&pls)]);
    succeeds(&output);
    assert_eq!(stdout(&output), "Đội an hòa thắng. Đội AN HÒA thua. an hòa xã hai mới.\n");

    let table = path(&folder, "own.tsv");
    fs::write(&table, "written\tsaid\tcase\tbefore\nan hòa\tx\tany\tđội\n").unwrap();
    let output = docbao(&["normalize", text(&article), "--lexicon", text(&table)]);
    assert_eq!(stdout(&output), "Đội x thắng. Đội x thua. An Hòa hai mới.\n");

    fs::write(&table, "written\tsaid\nTP\tthành phố 1\n").unwrap();
    fails(
        &docbao(&["normalize", text(&article), "--lexicon", text(&table)]),
        1,
        &["own.tsv, line 2"],
    );
    fs::write(&pls, "<lexicon>").unwrap();
    fails(
        &docbao(&["normalize", text(&article), "--lexicon", text(&pls)]),
        1,
        &["own.pls, line 1"],
    );
}

#[test]
fn settings_come_from_the_file_and_the_command_line_beats_it() {
    let folder = TempDir::new().unwrap();
    fs::write(path(&folder, "own.tsv"), "written\tsaid\nQK\tquân khu\n").unwrap();
    let settings = path(&folder, "docbao.toml");
    fs::write(
        &settings,
        "lexicon = [\"own.tsv\"]\n[reading]\nthousand = \"ngàn\"\nyears = \"short\"\n",
    )
    .unwrap();
    let article = "QK thu 105.000 đồng năm 2021, 02 đợt, 5,61%.";
    fs::write(path(&folder, "a.txt"), article).unwrap();
    let normalize = |arguments: &[&str]| {
        let mut command = program();
        command.current_dir(folder.path()).args(["normalize", "a.txt"]).args(arguments);
        command.output().unwrap()
    };
    let said = "quân khu thu một trăm linh năm ngàn đồng năm hai ngàn hai mươi mốt, hai đợt, năm phẩy sáu mươi mốt phần trăm.\n";
    assert_eq!(stdout(&normalize(&[])), said);
    let said = "quân khu thu một trăm lẻ năm nghìn đồng năm hai nghìn hai mươi mốt, không hai đợt, năm phẩy sáu một phần trăm.\n";
    let arguments = [
        "--thousand",
        "nghìn",
        "--zero-ten",
        "lẻ",
        "--leading-zero",
        "say",
        "--decimals",
        "digits",
    ];
    assert_eq!(stdout(&normalize(&arguments)), said);

    fs::write(&settings, "[reading]\nyear = \"short\"\n").unwrap();
    fails(&normalize(&[]), 1, &["docbao.toml, line 2", "years"]);
    fails(&normalize(&["--config", "other.toml"]), 1, &["other.toml"]);
}

#[test]
fn doubts_of_single_lines_are_told_with_their_line() {
    let lines = "Trời đẹp.\nTổ chức QKZX ra đời.\n";
    let output = docbao_with_input(&["normalize", "--lines"], lines.as_bytes());
    succeeds(&output);
    assert_eq!(stdout(&output).lines().count(), 2);
    assert!(stderr(&output).contains("standard input:2:9: "), "{}", stderr(&output));
}

#[test]
fn foreign_words_are_kept_respelled_or_spelled() {
    for (how, said) in [
        ("keep", "Messi đến check-in.\n"),
        ("respell", "mét xi đến chếch in.\n"),
        ("spell", "mờ e ét ét i đến xê hát e xê ca i nờ.\n"),
    ] {
        let output =
            docbao_with_input(&["normalize", "--foreign", how], "Messi đến check-in.".as_bytes());
        assert_eq!(stdout(&output), said, "{how}");
    }
}

#[test]
fn a_profile_chooses_among_readings() {
    for (profile, said) in [
        ("news", "ban tổ chức họp, một đến hai.\n"),
        ("finance", "bít coi họp, một đến hai.\n"),
        ("sport", "ban tổ chức họp, một hai.\n"),
    ] {
        let output =
            docbao_with_input(&["normalize", "--profile", profile], "BTC họp, 1-2.".as_bytes());
        assert_eq!(stdout(&output), said, "{profile}");
    }
}

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
        let mut arguments = vec!["narrate", text(&article), "-o", text(&sound), "--json"];
        arguments.extend(preset.iter().flat_map(|preset| ["--loudness", preset]));
        let output = docbao(&arguments);
        succeeds(&output);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let heard = docbao::master::verify(&sound).unwrap();
        if let Some(lufs) = lufs {
            assert!((heard.integrated_lufs - lufs).abs() < 0.5, "{name}: {heard}");
            assert!(heard.true_peak_dbtp <= -1.0, "{name}: {heard}");
        }
        assert_eq!(report["done"][0]["faults"].as_array().unwrap().len(), 0, "{name}");
        let told = &report["done"][0]["loudness"]["integrated_lufs"];
        assert!((told.as_f64().unwrap() - heard.integrated_lufs).abs() < 0.1, "{name}");
        assert!((heard.duration_ms / 1000.0 - seconds(&report)).abs() < 0.1, "{name}: {heard}");
        lengths.push(seconds(&report));
    }
    assert!(lengths.iter().all(|length| *length == lengths[0]));
    let tag = id3::Tag::read_from_path(path(&folder, "a.mp3")).unwrap();
    use id3::TagLike;
    assert_eq!(tag.title(), Some("Mưa lớn ở miền núi"));
    assert_eq!(tag.artist(), Some("Theo TTXVN"));
    let note = tag.comments().next().unwrap();
    assert!(note.text.contains("Giọng đọc tổng hợp"), "{}", note.text);
}

#[test]
fn captions_stand_beside_the_sound_and_keep_its_time() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "a.txt");
    let sound = path(&folder, "a.mp3");
    let narrate = |more: &[&str]| {
        let arguments = ["narrate", text(&article), "-o", text(&sound), "--voice", "tone"];
        succeeds(&docbao(&[&arguments[..], more].concat()));
        let marks = fs::read(path(&folder, "a.json")).unwrap();
        serde_json::from_slice::<serde_json::Value>(&marks).unwrap()
    };
    let marks = narrate(&["--captions", "vtt,srt,lrc,json,transcript"]);
    let all = ["a.json", "a.lrc", "a.mp3", "a.srt", "a.transcript.json", "a.txt", "a.vtt"];
    assert_eq!(names(folder.path()), all);
    assert!(fs::read_to_string(path(&folder, "a.vtt")).unwrap().starts_with("WEBVTT"));
    // A preset that puts silence before all puts every word later by as much.
    let later = narrate(&["--captions", "json", "--loudness", "acx"]);
    let first = |marks: &serde_json::Value| marks["sentences"][0]["start_ms"].as_f64().unwrap();
    let heard = docbao::master::verify(&sound).unwrap();
    assert!(first(&marks) < 100.0);
    assert!(
        first(&later) > 500.0 && (first(&later) - heard.lead_silence_ms).abs() < 60.0,
        "{heard}"
    );
}

#[test]
fn what_a_format_cannot_be_is_told_before_anything_is_spoken() {
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
        (&["--format", "flac", "--bitrate", "96"], 2, &["lose nothing"]),
        (&["--cover", text(&picture)], 1, &["cover.png", "PNG"]),
        (&["--date", "5/3/2024"], 2, &["2024-05-31"]),
    ] {
        let arguments = ["narrate", text(&article), "-o", text(&sound), "--voice", "tone"];
        fails(&docbao(&[&arguments[..], more].concat()), status, words);
    }
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

/// What of a page stands between two strings.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

#[test]
fn a_page_holds_the_article_and_its_sound() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "mua.txt");
    let html = path(&folder, "mua.html");
    let output = docbao(&["page", text(&article), "-o", text(&html), "--voice", "tone"]);
    succeeds(&output);
    assert_eq!(stdout(&output), format!("{}\n", html.display()));
    assert_eq!(names(folder.path()), ["mua.html", "mua.txt"]);
    let page = fs::read_to_string(&html).unwrap();
    assert!(page.contains("<h1><span class=\"s\"><span>Mưa</span> <span>lớn</span>"));
    assert!(page.contains(" src=\"data:audio/mpeg;base64,") || !cfg!(feature = "mp3"));
    let times: Vec<f64> =
        serde_json::from_str(between(&page, "type=\"application/json\">", "</script>")).unwrap();
    assert_eq!(
        times.len(),
        2 * (page.matches("<span").count()
            - page.matches("<span class").count()
            - page.matches("<span id").count())
    );
    assert!(times.is_sorted());

    // The same again from a narration that is there.
    let (wav, marks) = (path(&folder, "mua.wav"), path(&folder, "mua.json"));
    let spoken = ["narrate", text(&article), "-o", text(&wav), "--voice", "tone"];
    succeeds(&docbao(&[&spoken[..], &["--marks", text(&marks)]].concat()));
    let given = ["page", text(&article), "-o", text(&html), "--audio", text(&wav)];
    let given = [&given[..], &["--marks", text(&marks)]].concat();
    succeeds(&docbao(&given));
    let from_marks = fs::read_to_string(&html).unwrap();
    assert!(from_marks.contains(" src=\"data:audio/wav;base64,UklGR"));
    let article_of = |page: &str| between(page, "<article", "</article>").to_owned();
    assert_eq!(article_of(&from_marks), article_of(&page));
    succeeds(&docbao(&[&given[..], &["--link-audio"]].concat()));
    assert!(fs::read_to_string(&html).unwrap().contains(" src=\"./mua.wav\""));
}

#[test]
fn several_articles_become_pages_and_one_bad_one_stops_nothing() {
    let folder = TempDir::new().unwrap();
    let (a, b) = (short_article(&folder, "a.txt"), short_article(&folder, "b.txt"));
    let empty = path(&folder, "empty.txt");
    fs::write(&empty, "").unwrap();
    let out = path(&folder, "out");
    let common = ["-o", text(&out), "--voice", "tone", "--no-cache", "--link-audio"];
    let output = docbao(
        &[
            &["page", text(&a), text(&empty), text(&b)],
            &common[..],
            &["--format", "opus", "--captions", "vtt"],
        ]
        .concat(),
    );
    fails(&output, 1, &["empty.txt"]);
    assert_eq!(names(&out), ["a.html", "a.opus", "a.vtt", "b.html", "b.opus", "b.vtt"]);
    let page = fs::read_to_string(out.join("b.html")).unwrap();
    assert!(page.contains(" src=\"./b.opus\""));

    fails(&docbao(&[&["page", text(&a), text(&a)], &common[..]].concat()), 2, &["both"]);
}

#[test]
fn a_page_from_other_marks_or_without_them_is_refused() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "mua.txt");
    let (wav, marks, html) =
        (path(&folder, "a.wav"), path(&folder, "a.json"), path(&folder, "a.html"));
    let page = ["page", text(&article), "-o", text(&html), "--audio", text(&wav)];
    fails(&docbao(&page), 2, &["--marks"]);
    fs::write(&wav, "sound").unwrap();
    let golden = fs::read_to_string("tests/cases/captions/mua.json").unwrap();
    fs::write(&marks, golden).unwrap();
    let with_marks = [&page[..], &["--marks", text(&marks)]].concat();
    fails(&docbao(&with_marks), 1, &["a.json", "another text"]);
    assert_eq!(names(folder.path()), ["a.json", "a.wav", "mua.txt"]);
    let twice = [&with_marks[..], &[text(&article)]].concat();
    fails(&docbao(&twice), 2, &["one article"]);
}

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
    for (picture, height) in [(&one, 612), (&two, 1224)] {
        let file = std::io::BufReader::new(fs::File::open(picture).unwrap());
        let mut reader = png::Decoder::new(file).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (836, height));
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
        let measured = &measured[0];
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
    let told = stdout(&output);
    assert!(told.contains("0.50 s at 44100 Hz") && told.contains("f0 150 Hz"), "{told}");
    assert!(told.contains("pauses: none"), "{told}");
}

#[test]
fn what_is_no_recording_is_told_and_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let wav = path(&folder, "a.wav");
    tone_wav(&wav, tone_spec(24_000, 1, 16));
    let picture = path(&folder, "out.png");
    let inspect = |file: &Path, more: &[&str]| {
        docbao(&[&["inspect", text(file), "-o", text(&picture)], more].concat())
    };
    let words = path(&folder, "words.wav");
    fs::write(&words, "this is no sound at all, only some words").unwrap();
    fails(&inspect(&words, &[]), 1, &["words.wav", "not a WAV file"]);
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
