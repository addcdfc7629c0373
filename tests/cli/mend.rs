//! `docbao check --fix`: doubtful readings are mended in a terminal.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use tempfile::TempDir;

use super::terminal::Terminal;
use super::{docbao, fails, names, path, program, stdout, succeeds, text};

const TEXT: &str =
    "Sản lượng\n\nTổ chức QAZX có 100,550 tấn. Ông XQZKW vắng mặt.\n\nQAZX đã họp.\n";

/// A folder with a doubtful article and a player that keeps what it gets.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(path(&folder, "a.txt"), TEXT).unwrap();
    let player = path(&folder, "player");
    fs::write(
        &player,
        "#!/bin/sh\ncat > heard.part; mv heard.part \"heard.$(ls | grep -c heard)\"\n",
    )
    .unwrap();
    fs::set_permissions(&player, PermissionsExt::from_mode(0o755)).unwrap();
    folder
}

fn command(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = program();
    command.current_dir(folder).args(arguments).env("DOCBAO_PLAYER", "./player");
    command.args(["--voice", "tone"]).env("XDG_CONFIG_HOME", path(folder, "config"));
    command
}

fn fix(folder: &TempDir, arguments: &[&str]) -> Terminal {
    Terminal::start(&mut command(folder, &[&["check", "--fix", "a.txt"], arguments].concat()))
}

/// What is said of the article.
fn said(folder: &TempDir) -> String {
    let mut command = program();
    command.current_dir(folder).args(["normalize", "a.txt"]);
    let output = command.env("XDG_CONFIG_HOME", path(folder, "config")).output().unwrap();
    stdout(&output).to_owned()
}

#[test]
fn readings_are_shown_heard_chosen_and_kept() {
    let folder = folder();
    let mut terminal = fix(&folder, &["--to", "project"]);
    let shown = terminal.expect("> ");
    for part in ["1 of 3", "a.txt:3:9", "unknown", "Tổ chức", "[QAZX]", " có 100,550 tấn", "Enter"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(shown.contains("1  quy a dét ích   (as it is read now)"), "{shown}");
    // The sentence as it is read now, and as it would be.
    terminal.type_line("h");
    terminal.expect("> ");
    terminal.type_line("h ka zét ích xì");
    terminal.expect("> ");
    let heard = |number: &str| fs::read(path(&folder, number)).unwrap().len();
    assert!(heard("heard.1") < heard("heard.2"), "{} {}", heard("heard.1"), heard("heard.2"));
    assert!(!path(&folder, "docbao.lexicon.tsv").exists());
    // What cannot be is asked again.
    for wrong in ["7", "x", "ka 2"] {
        terminal.type_line(wrong);
        terminal.expect("> ");
    }
    terminal.type_line("ka zét");
    terminal.expect("kept: “QAZX” is read “ka zét”");
    // It is on disk before the next question is answered.
    terminal.expect("[100,550]");
    let shown = terminal.expect("> ");
    assert!(shown.contains("2  một trăm phẩy năm năm không"), "{shown}");
    let kept = fs::read_to_string(path(&folder, "docbao.lexicon.tsv")).unwrap();
    assert!(kept.starts_with("written\tsaid\n") && kept.ends_with("\nQAZX\tka zét\n"), "{kept}");
    terminal.type_line("2");
    // The guess is right: it is kept, so that it is not asked about again.
    terminal.expect("[XQZKW]");
    terminal.expect("> ");
    terminal.type_line("1");
    let (status, last) = terminal.end();
    assert!(status.success() && last.contains("3 readings kept in docbao.lexicon.tsv"), "{last}");
    let text = said(&folder);
    assert!(text.contains("ka zét có một trăm phẩy năm năm không tấn"), "{text}");
    succeeds(&command(&folder, &["check", "a.txt"]).output().unwrap());
    let (status, last) = fix(&folder, &[]).end();
    assert!(status.success() && last.contains("nothing is doubtful"), "{last}");
}

#[test]
fn one_can_skip_go_back_take_back_and_end() {
    let folder = folder();
    let own = "# Của tôi\nsaid\tnote\twritten\nmét xi\tcầu thủ\tMessi\n";
    fs::write(path(&folder, "own.tsv"), own).unwrap();
    let mut terminal = fix(&folder, &["--to", "own.tsv"]);
    terminal.expect("[QAZX]");
    terminal.expect("> ");
    terminal.type_line("");
    terminal.expect("[100,550]");
    terminal.expect("> ");
    terminal.type_line("b");
    terminal.expect("[QAZX]");
    terminal.expect("> ");
    terminal.type_line("ka zét");
    terminal.expect("[100,550]");
    terminal.expect("> ");
    // Back to what was kept, which is changed and taken out.
    terminal.type_line("b");
    let shown = terminal.expect("> ");
    assert!(shown.contains("kept: ka zét"), "{shown}");
    terminal.type_line("ka dét");
    terminal.expect("[100,550]");
    terminal.expect("> ");
    terminal.type_line("b");
    terminal.expect("kept: ka dét");
    terminal.expect("> ");
    let kept = fs::read_to_string(path(&folder, "own.tsv")).unwrap();
    assert!(kept.starts_with(own) && kept.ends_with("\nka dét\t\tQAZX\n"), "{kept}");
    terminal.type_line("u");
    terminal.expect("[QAZX]");
    terminal.expect("> ");
    let kept = fs::read_to_string(path(&folder, "own.tsv")).unwrap();
    assert!(kept.starts_with(own) && !kept.contains("QAZX"), "{kept}");
    terminal.type_line("");
    terminal.expect("[100,550]");
    terminal.expect("> ");
    terminal.type_line("1");
    terminal.expect("[XQZKW]");
    terminal.expect("> ");
    terminal.type_line("q");
    let (status, last) = terminal.end();
    assert_eq!(status.code(), Some(3), "{last}");
    assert!(last.contains("1 readings kept in own.tsv"), "{last}");
}

#[test]
fn what_is_kept_counts_in_the_next_article_and_in_yours_without_a_project() {
    let folder = folder();
    fs::write(path(&folder, "b.txt"), "Tin\n\nNhóm QAZX và XYZWQ gặp nhau.\n").unwrap();
    let mut terminal =
        Terminal::start(&mut command(&folder, &["check", "--fix", "a.txt", "b.txt"]));
    for (piece, answer) in
        [("[QAZX]", "ka zét"), ("[100,550]", "1"), ("[XQZKW]", "1"), ("[XYZWQ]", "1")]
    {
        terminal.expect(piece);
        terminal.expect("> ");
        terminal.type_line(answer);
    }
    let (status, last) = terminal.end();
    assert!(status.success() && last.contains("4 readings kept in"), "{last}");
    assert_eq!(names(&path(&folder, "config/docbao")), ["lexicon.tsv"]);
    assert!(said(&folder).contains("ka zét"));
}

#[test]
fn without_a_terminal_the_way_out_is_told() {
    let folder = folder();
    let output = command(&folder, &["check", "--fix", "a.txt"]).output().unwrap();
    fails(&output, 2, &["terminal", "docbao check FILE", "--write names.tsv"]);
}

#[test]
fn a_table_of_the_readings_is_a_lexicon() {
    let folder = folder();
    fs::create_dir(path(&folder, "news")).unwrap();
    fs::rename(path(&folder, "a.txt"), path(&folder, "news/a.txt")).unwrap();
    fs::write(path(&folder, "news/b.md"), "Nhóm QAZX họp.\n").unwrap();
    let news = path(&folder, "news");
    for name in ["names.tsv", "names.csv"] {
        let table = path(&folder, name);
        let output = docbao(&["check", text(&news), "--write", text(&table)]);
        assert_eq!(output.status.code(), Some(3), "{}", super::stderr(&output));
        assert!(stdout(&output).contains("3 readings") && stdout(&output).contains("--lexicon"));
        let written = fs::read_to_string(&table).unwrap();
        let mark = if name.ends_with("csv") { "," } else { "\t" };
        let lines: Vec<_> = written.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines[0], ["written", "said", "times", "others", "place"].join(mark));
        // Those first that are there most often.
        let first = ["QAZX", "quy a dét ích", "3"].join(mark);
        assert!(lines[1].starts_with(&first), "{written}");
        assert!(lines[1].ends_with(":3:9"), "{written}");
        // As it is, it settles everything; corrected, it says something else.
        let lexicon = ["--lexicon", text(&table)];
        succeeds(&docbao(&[&["check", text(&news)], &lexicon[..]].concat()));
        fs::write(&table, written.replace("quy a dét ích", "ka zét")).unwrap();
        let article = path(&folder, "news/a.txt");
        let output = docbao(&[&["normalize", text(&article)], &lexicon[..]].concat());
        assert!(stdout(&output).contains("ka zét"), "{}", stdout(&output));
        // Corrections are not written over.
        let again = docbao(&["check", text(&news), "--write", text(&table)]);
        fails(&again, 2, &[name, "corrections"]);
    }
}
