//! Names of files: as long as file systems hold, alike, not Unicode; and what killed runs left.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{docbao, fails, names, path, program, short_article, stderr, stdout, succeeds, text};

/// A folder `articles` with articles of these names.
fn articles(names: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(path(&folder, "articles")).unwrap();
    for name in names {
        short_article(&folder, &format!("articles/{name}"));
    }
    folder
}

/// The report of `docbao narrate` in a folder, which ends with this status.
fn narrated(folder: &TempDir, status: i32, arguments: &[&str]) -> Value {
    let mut command = program();
    command.current_dir(folder).args(["narrate", "--voice", "tone", "--no-cache", "--json"]);
    let output = command.args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(status), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn names_are_as_long_as_file_systems_hold() {
    let one = format!("{}.txt", "a".repeat(251));
    let folder = articles(&[&one, &format!("{}b.md", "a".repeat(251)), "short.txt"]);
    let run = ["articles", "-o", "out", "--captions", "srt", "--marks", "out"];
    let report = narrated(&folder, 0, &run);
    assert_eq!(report["totals"]["made"], 3, "{report}");
    let made = names(&path(&folder, "out"));
    assert_eq!(made.len(), 1 + 3 * 3, "{made:?}");
    for ending in [".wav", ".srt", ".json"] {
        assert!(made.contains(&format!("short{ending}")));
    }
    let stems = made.iter().filter_map(|name| name.strip_suffix(".wav"));
    for stem in stems {
        assert!(made.contains(&format!("{stem}.srt")) && made.contains(&format!("{stem}.json")));
    }
    assert_eq!(narrated(&folder, 0, &run)["totals"]["up_to_date"], 3);

    let article = path(&folder, "articles").join(&one);
    let article = text(&article);
    let pages = path(&folder, "pages");
    let mut page = vec!["page", article, article, "-o", text(&pages), "--voice", "tone"];
    page.remove(1);
    fs::create_dir(&pages).unwrap();
    succeeds(&docbao(&page));
    assert_eq!(names(&pages).len(), 1);
    succeeds(&docbao(&["check", article]));
}

#[test]
fn articles_that_would_be_one_file_fail_and_the_others_are_made() {
    let folder = articles(&["a.txt", "a.md", "b.txt", "sub-a.txt"]);
    let report = narrated(&folder, 1, &["articles", "-o", "out"]);
    assert_eq!((&report["totals"]["made"], &report["totals"]["failed"]), (&2.into(), &2.into()));
    assert_eq!(names(&path(&folder, "out")), [".docbao", "b.wav", "sub-a.wav"]);
    for (at, name) in ["a.md", "a.txt"].into_iter().enumerate() {
        let error = report["failed"][at]["error"].as_str().unwrap();
        assert!(error.contains(name) && error.contains("out/a.wav"), "{error}");
    }

    // Names that differ in case, or in how accents are written, are two files where they can be.
    let names = ["c.txt", "C.txt", "\u{e9}.txt", "e\u{301}.txt"];
    let folder = articles(&names);
    let there = fs::read_dir(path(&folder, "articles")).unwrap().count();
    let report = narrated(&folder, 0, &["articles", "-o", "out"]);
    assert_eq!(report["totals"]["made"], there);
}

#[test]
fn what_a_killed_run_left_is_swept_by_the_next_that_writes_there() {
    let folder = articles(&["a.txt"]);
    let leave = |below: &str| {
        let left = path(&folder, below).join(".docbao-killed.part");
        fs::create_dir_all(left.parent().unwrap()).unwrap();
        fs::write(&left, "left").unwrap();
        left
    };
    for (left, arguments) in [
        (leave("."), &["narrate", "articles/a.txt", "-o", "a.wav"][..]),
        (leave("x"), &["narrate", "articles/a.txt", "-o", "x/a.wav"]),
        (leave("y"), &["page", "articles/a.txt", "-o", "y/a.html"]),
        (leave("z"), &["narrate", "articles/a.txt", "-o", "a.wav", "--report", "z/a.json"]),
    ] {
        let mut command = program();
        let output =
            command.current_dir(&folder).args(arguments).args(["--voice", "tone"]).output();
        succeeds(&output.unwrap());
        assert!(!left.exists(), "{arguments:?}");
    }
}

/// A name that is not Unicode.
#[cfg(unix)]
fn strange(extension: &str) -> std::ffi::OsString {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec([b"\xff\xfe.", extension.as_bytes()].concat())
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_unicode_are_names() {
    let folder = articles(&["b.txt", "c.txt"]);
    let (from, to) = ("articles/c.txt", Path::new("articles").join(strange("txt")));
    fs::rename(path(&folder, from), folder.path().join(&to)).unwrap();
    let run = ["articles", "-o", "out", "--captions", "srt,json", "--report", "report.json"];
    let report = narrated(&folder, 0, &run);
    assert_eq!(report["totals"]["made"], 2);
    let outputs: Vec<_> = report["done"].as_array().unwrap().iter().map(|d| &d["output"]).collect();
    assert!(outputs.contains(&&"out/\u{FFFD}\u{FFFD}.wav".into()), "{outputs:?}");
    let kept = fs::read(path(&folder, "report.json")).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&kept).unwrap()["totals"]["made"], 2);
    for extension in ["wav", "srt", "json"] {
        assert!(path(&folder, "out").join(strange(extension)).exists(), "{extension}");
    }
    assert_eq!(narrated(&folder, 0, &run)["totals"]["up_to_date"], 2);
    assert_eq!(narrated(&folder, 0, &["articles", "-o", "book.m4b"])["totals"]["made"], 1);
    assert_eq!(narrated(&folder, 0, &["articles", "-o", "book.epub"])["totals"]["made"], 1);
    let run = |arguments: &[&str]| {
        let mut command = program();
        command.current_dir(&folder).args(arguments).arg(&to).output().unwrap()
    };
    for arguments in [
        &["check"][..],
        &["check", "--json"],
        &["explain"],
        &["inspect-article"],
        &["normalize"],
        &["segment"],
        &["phonemize"],
        &["page", "--voice", "tone", "-o", "page.html"],
        &["page", "--voice", "tone", "--link-audio", "-o", "pages", "articles/b.txt"],
        &["narrate", "--voice", "tone", "-o", "one.wav", "--json"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    }
    // The cache, whose folder is named so.
    let mut command = program();
    command.current_dir(&folder).args(["cache", "--json", "--cache"]).arg(strange("x"));
    let shown: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
    assert_eq!(shown["folder"], "\u{FFFD}\u{FFFD}.x");
    // What is missing is told, and so is where.
    let mut command = program();
    let missing = command.current_dir(&folder).args(["check"]).arg(strange("md")).output().unwrap();
    fails(&missing, 1, &["\u{FFFD}\u{FFFD}.md"]);
    assert_eq!(stdout(&missing), "");
}
