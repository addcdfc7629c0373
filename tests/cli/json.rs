//! JSON for programs, beside the schemas of `docs/schemas`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::schemas::{described, folder, schema};
use crate::{docbao, names, path, program, stderr, succeeds, text};

/// The commands that print JSON, and what; those of the features that this program was built with.
fn kinds() -> Vec<(&'static str, &'static [&'static str])> {
    let mut kinds: Vec<(&str, &[&str])> = vec![
        ("narrate", &["narration-report"]),
        ("check", &["findings"]),
        ("explain", &["explanation"]),
        ("phonemize", &["phonemes", "espeak-phonemes"]),
        ("lexicon-list", &["readings"]),
        ("voices", &["voices"]),
        ("voices-list", &["voices"]),
        ("voices-info", &["voice"]),
        ("voices-install", &["voice"]),
        ("voices-verify", &["voice-check"]),
        // Prints nothing with --json.
        ("voices-remove", &[]),
        ("cache", &["cache"]),
        ("cache-trim", &["cache"]),
        ("cache-clear", &["cache"]),
    ];
    if cfg!(feature = "inspect") {
        kinds.push(("inspect", &["measurements"]));
    }
    if cfg!(feature = "podcast") {
        kinds.push(("podcast-build", &["narration-report", "pruned-files"]));
        kinds.push(("podcast-bulletin", &["narration-report"]));
        kinds.push(("podcast-check", &["show-check"]));
    }
    if cfg!(feature = "farm") {
        kinds.push(("farm-submit", &["farm-submission"]));
        kinds.push(("farm-status", &["farm-status"]));
        kinds.push(("farm-dead", &["dead-letters"]));
    }
    kinds
}

#[test]
fn every_command_that_prints_json_is_known_here_and_its_schema_is_listed() {
    let folder_of_pages = TempDir::new().unwrap();
    succeeds(&docbao(&["man", text(folder_of_pages.path())]));
    let has_json = |page: &String| {
        let page = fs::read_to_string(folder_of_pages.path().join(page)).unwrap();
        page.contains(r"\-\-json")
    };
    let pages: Vec<_> = names(folder_of_pages.path()).into_iter().filter(has_json).collect();
    let named =
        |page: &String| page.trim_start_matches("docbao-").trim_end_matches(".1").to_owned();
    let have: BTreeSet<_> = pages.iter().map(named).collect();
    let known: BTreeSet<_> = kinds().iter().map(|(command, _)| (*command).to_owned()).collect();
    assert_eq!(have, known);

    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md"));
    let page = page.unwrap();
    for file in names(&folder()) {
        let name = file.strip_suffix(".schema.json").expect("nothing else is in docs/schemas");
        jsonschema::meta::validate(&schema(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(page.contains(&format!("schemas/{file}")), "docs/json.md does not list {file}");
    }
}

#[test]
fn what_commands_print_is_as_its_schema_says() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str, text: &str| fs::write(path(&folder, name), text).unwrap();
    file("a.txt", "Tin vắn\n\nHà Nội, ngày 2/3 - QAZX xã có 100,550 tấn (BTV Huyện), 2-3.\n");
    file("b.txt", "Tin\n\nMưa.\n");
    file("docbao.lexicon.tsv", "written\tsaid\tafter\nMưa\tmưa\t\nA\tb\tc\n");
    let run = |arguments: &[&str], status: i32| {
        let mut command = program();
        command.current_dir(&folder).args(arguments);
        command.env("DOCBAO_VOICES", "voices").env("DOCBAO_CACHE", "cache");
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", stderr(&output));
        output.stdout
    };
    let narrate = ["narrate", "a.txt", "b.txt", "none.txt", "-o", "out", "--voice", "tone"];
    let more = ["--json", "--captions", "json,transcript", "--report", "report.json"];
    let report = described("narration-report", &run(&[&narrate[..], &more].concat(), 1));
    assert_eq!(report["failed"].as_array().unwrap().len(), 1);
    let written = fs::read(path(&folder, "report.json")).unwrap();
    assert_eq!(described("narration-report", &written), report);
    described("marks", &fs::read(path(&folder, "out/a.json")).unwrap());
    let strict = run(&[&narrate[..2], &narrate[4..], &["--json", "--strict"]].concat(), 3);
    let refused = described("narration-report", &strict);
    assert!(!refused["refused"][0]["findings"].as_array().unwrap().is_empty());
    for arguments in
        [&["cache", "--json"][..], &["cache", "trim", "--json"], &["cache", "clear", "--json"]]
    {
        described("cache", &run(arguments, 0));
    }
    described("findings", &run(&["check", "--json", "a.txt", "b.txt"], 3));
    let why = described("explanation", &run(&["explain", "--json", "--why", "a.txt"], 0));
    assert!(!why["decisions"].as_array().unwrap().is_empty());
    described("explanation", &run(&["explain", "--json", "b.txt"], 0));
    described("phonemes", &run(&["phonemize", "--json", "a.txt"], 0));
    let espeak = ["phonemize", "--json", "--notation", "espeak", "a.txt"];
    described("espeak-phonemes", &run(&espeak, 0));
    let readings = described("readings", &run(&["lexicon", "list", "--json"], 0));
    assert_eq!(readings["readings"].as_array().unwrap().len(), 2);
    described("voices", &run(&["voices", "--json"], 0));
    described("voice", &run(&["voices", "info", "bac", "--json"], 0));
    described("voice-check", &run(&["voices", "verify", "--json"], 0));
    #[cfg(feature = "inspect")]
    described("measurements", &run(&["inspect", "--json", "out/a.wav", "out/b.wav"], 0));
    #[cfg(feature = "podcast")]
    {
        fs::create_dir(path(&folder, "show")).unwrap();
        run(&["podcast", "init", "show"], 0);
        let article = "---\ndate: 2024-01-02\n---\nTin vắn\n\nMưa.\n";
        fs::write(path(&folder, "show/a.txt"), article).unwrap();
        let build = ["podcast", "build", "show", "--voice", "tone", "--json"];
        described("narration-report", &run(&build, 0));
        let prune = [&build[..], &["--prune", "--dry-run"]].concat();
        described("pruned-files", &run(&prune, 0));
        let faults =
            described("show-check", &run(&["podcast", "check", "show/public", "--json"], 0));
        assert!(!faults["faults"].as_array().unwrap().is_empty());
        run(&["podcast", "init", "news", "--bulletin"], 0);
        let bulletin =
            ["podcast", "bulletin", "news", "a.txt", "b.txt", "--voice", "tone", "--json"];
        described("narration-report", &run(&bulletin, 0));
    }
}
