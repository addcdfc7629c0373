//! `docbao lexicon`, and the lexicons that are found without being named.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{fails, path, program, stdout, succeeds};

/// The program in a folder, with settings of its user in `config` of it.
fn at(folder: &TempDir, below: &str) -> Command {
    let mut command = program();
    command.current_dir(path(folder, below)).env("XDG_CONFIG_HOME", path(folder, "config"));
    command
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    at(folder, "").args(arguments).output().unwrap()
}

#[test]
fn a_reading_that_is_added_counts_everywhere_from_now_on() {
    let folder = TempDir::new().unwrap();
    let added = run(&folder, &["lexicon", "add", "QAZX", "ka zét"]);
    succeeds(&added);
    assert!(stdout(&added).contains("config/docbao/lexicon.tsv: “QAZX” is read “ka zét”"));
    let test = run(&folder, &["lexicon", "test", "QAZX", "ông Messi"]);
    let mut lines = stdout(&test).lines();
    let first = lines.next().unwrap();
    assert!(first.starts_with("QAZX\tka zét\t") && first.ends_with("lexicon.tsv"), "{first}");
    assert_eq!(lines.next(), Some("ông Messi\tông Messi\tword, foreign word"));
    fs::write(path(&folder, "a.txt"), "Tổ chức QAZX họp.\n").unwrap();
    let normalize = |arguments: &[&str]| {
        stdout(&run(&folder, &[&["normalize", "a.txt"], arguments].concat())).to_owned()
    };
    assert_eq!(normalize(&[]), "Tổ chức ka zét họp.\n");
    assert_eq!(normalize(&["--no-lexicon"]), "Tổ chức quy a dét ích họp.\n");
    fails(&run(&folder, &["lexicon", "add", "QAZX", "ka 2"]), 1, &["write numbers in words"]);
    succeeds(&run(&folder, &["lexicon", "remove", "QAZX"]));
    assert_eq!(normalize(&[]), "Tổ chức quy a dét ích họp.\n");
}

#[test]
fn the_nearer_lexicon_beats_the_farther_and_explain_says_which_it_was() {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(path(&folder, "site/news")).unwrap();
    fs::write(path(&folder, "site/docbao.toml"), "").unwrap();
    fs::write(path(&folder, "site/news/a.txt"), "Tổ chức QAZX họp.\n").unwrap();
    let add = |said: &str, to: &str| {
        let mut command = at(&folder, "site");
        let output = command.args(["lexicon", "add", "QAZX", said, "--to", to]).output().unwrap();
        succeeds(&output);
        stdout(&output).to_owned()
    };
    let explained = |arguments: &[&str]| {
        let mut command = at(&folder, "");
        let command = command.args(["explain", "site/news/a.txt"]).args(arguments);
        let output = command.output().unwrap();
        let line = stdout(&output).lines().find(|line| line.contains("\tQAZX\t")).unwrap();
        line.split('\t').skip(2).map(str::to_owned).collect::<Vec<_>>()
    };
    add("của tôi", "user");
    let own = explained(&[]);
    assert_eq!((&*own[0], &*own[1]), ("của tôi", "lexicon"));
    assert!(own[3].ends_with("config/docbao/lexicon.tsv"), "{own:?}");
    // Made beside the settings of the project, and found above the article from anywhere.
    assert!(add("của báo", "project").starts_with("docbao.lexicon.tsv: "));
    let site = ["của báo", "lexicon", "sure", "site/docbao.lexicon.tsv"];
    assert_eq!(explained(&[]), site);
    fs::write(path(&folder, "named.csv"), "written,said\nQAZX,\"đã nêu\"\n").unwrap();
    assert_eq!(explained(&["--lexicon", "named.csv"])[0], "đã nêu");
    assert_eq!(explained(&["--lexicon", "named.csv"])[3], "named.csv");
    assert_eq!(explained(&["--no-lexicon"])[1], "letters");
    // A project of its own inside has none yet.
    fs::write(path(&folder, "site/news/docbao.toml"), "").unwrap();
    assert_eq!(explained(&[])[0], "của tôi");
    fs::remove_file(path(&folder, "site/news/docbao.toml")).unwrap();

    let mut command = at(&folder, "site/news");
    let listed = command.args(["lexicon", "list"]).output().unwrap();
    let lines: Vec<_> = stdout(&listed).lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].contains("docbao.lexicon.tsv:3\tQAZX\tcủa báo"), "{lines:?}");
    assert!(lines[1].contains("lexicon.tsv:3\tQAZX\tcủa tôi"), "{lines:?}");
}

#[test]
fn each_article_of_a_run_has_the_lexicon_of_its_own_project() {
    let folder = TempDir::new().unwrap();
    for (name, said) in [("one", "mót"), ("two", "hai")] {
        fs::create_dir(path(&folder, name)).unwrap();
        fs::write(path(&folder, name).join("a.txt"), "Nhóm QAZX họp.\n").unwrap();
        let lexicon = format!("written\tsaid\nQAZX\t{said}\n");
        fs::write(path(&folder, name).join("docbao.lexicon.tsv"), lexicon).unwrap();
    }
    let run = |arguments: &[&str]| {
        let mut command = at(&folder, "");
        let command = command.args(["narrate", ".", "-o", "out", "--voice", "tone", "--no-cache"]);
        let output =
            command.args(["--captions", "json", "--json"]).args(arguments).output().unwrap();
        succeeds(&output);
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()["totals"].clone()
    };
    assert_eq!(run(&[])["made"], 2);
    for (name, said) in [("one", "mót"), ("two", "hai")] {
        let captions = fs::read_to_string(path(&folder, "out").join(name).join("a.json")).unwrap();
        assert!(captions.contains(&format!("\"{said}\"")), "{captions}");
    }
    // A changed lexicon makes its articles again, and no others.
    assert_eq!(run(&[])["up_to_date"], 2);
    fs::write(path(&folder, "one/docbao.lexicon.tsv"), "written\tsaid\nQAZX\tba\n").unwrap();
    let totals = run(&[]);
    assert_eq!((&totals["made"], &totals["up_to_date"]), (&1.into(), &1.into()));
}

#[test]
fn readings_of_spreadsheets_are_imported_all_or_none() {
    let folder = TempDir::new().unwrap();
    let utf16: Vec<u8> = "\u{feff}written\tsaid\r\nQAZX\tka zét\r\n\"A \"\"B\"\"\"\ta bê\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(path(&folder, "excel.txt"), utf16).unwrap();
    fs::write(path(&folder, "names.csv"), "\u{feff}\"written\";\"said\"\nHĐXX;hội đồng xét xử\n")
        .unwrap();
    for (file, count) in [("excel.txt", "2 readings"), ("names.csv", "1 readings")] {
        let output = run(&folder, &["lexicon", "import", file, "--to", "project"]);
        succeeds(&output);
        assert!(stdout(&output).contains(count), "{}", stdout(&output));
    }
    let kept = fs::read_to_string(path(&folder, "docbao.lexicon.tsv")).unwrap();
    let rows: Vec<_> = kept.lines().skip(2).collect();
    assert_eq!(rows, ["QAZX\tka zét", "A \"B\"\ta bê", "HĐXX\thội đồng xét xử"]);
    fs::write(path(&folder, "bad.csv"), "written,said\nX,ích\nY,i 2\n").unwrap();
    let output = run(&folder, &["lexicon", "import", "bad.csv", "--to", "project"]);
    fails(&output, 1, &["bad.csv, line 3"]);
    fs::write(path(&folder, "when.csv"), "written,said,after\nCT,chỉ thị,số\n").unwrap();
    let output = run(&folder, &["lexicon", "import", "when.csv", "--to", "project"]);
    fails(&output, 1, &["when.csv, line 2", "after số", "--lexicon"]);
    // What is not ours to write into is not changed.
    let output = run(&folder, &["lexicon", "add", "X", "ích", "--to", "names.csv"]);
    fails(&output, 2, &["names.csv", "docbao lexicon import names.csv"]);
    assert_eq!(fs::read_to_string(path(&folder, "docbao.lexicon.tsv")).unwrap(), kept);
    fs::write(path(&folder, "latin.csv"), b"written,said\nA,\xe0\n").unwrap();
    fails(&run(&folder, &["lexicon", "import", "latin.csv"]), 1, &["latin.csv", "CSV UTF-8"]);
}
