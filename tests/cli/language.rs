//! What the program says in Vietnamese, and which language it chooses.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{path, stderr, stdout, succeeds};

/// A folder with articles in which there is something to tell.
fn place() -> TempDir {
    let folder = TempDir::new().unwrap();
    let files = [
        (
            "bai.txt",
            "Mưa lớn ở miền núi\n\nSáng 5/3, mưa to tại 12 xã. Đường ngập.\n\nẢnh: Trần Văn Bình\n\n\
             Dân đã đi tránh.\n",
        ),
        ("nghi.txt", "Mưa\n\nSáng 12/13, qwzk mưa to ở TTTHK, 1,234 người đi tránh.\n"),
        ("khai.txt", "---\ntitle: Mưa\ndate: hôm qua\n---\n\nMưa to.\n"),
        ("tu-dien.csv", "written,said\nQAZX,ka zét\n"),
        (
            "podcast/public/feed.xml",
            "<rss version=\"2.0\"><channel><title>Tin</title></channel></rss>\n",
        ),
        ("sai/docbao.toml", "[voice]\nspeed = 2\n"),
        ("sai/a.txt", "Mưa to.\n"),
    ];
    for (name, text) in files {
        let file = path(&folder, name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

/// The program in a folder, without the language of whoever runs the tests.
fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = super::program();
    command.current_dir(folder).args(arguments);
    for variable in ["DOCBAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(variable);
    }
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().unwrap()
}

/// Compares a text with `cases/languages/vi/NAME`; with `DOCBAO_ACCEPT` in the environment it becomes that.
fn golden(name: &str, text: &str) {
    let file = Path::new("tests/cases/languages/vi").join(name);
    if std::env::var_os("DOCBAO_ACCEPT").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(text == expected, "{} is not what is said now:\n{text}", file.display());
}

#[test]
fn help_errors_and_findings_are_vietnamese() {
    let folder = place();
    for (name, inside, arguments) in [
        ("help", "", &["--help"][..]),
        ("help-narrate", "", &["narrate", "--help"]),
        ("help-lexicon-add", "", &["help", "lexicon", "add"]),
        ("unknown-option", "", &["narrate", "--speed", "2", "bai.txt", "-o", "a.wav"]),
        ("unknown-command", "", &["narrat"]),
        ("missing-argument", "", &["narrate"]),
        ("wrong-value", "", &["narrate", "bai.txt", "-o", "a.wav", "--rate", "9"]),
        ("out-of-range", "", &["narrate", "bai.txt", "-o", "a.wav", "--jobs", "0"]),
        ("conflict", "", &["check", "--json", "--fix", "bai.txt"]),
        ("missing-file", "", &["narrate", "khong.txt", "-o", "a.wav"]),
        ("refused-format", "", &["narrate", "bai.txt", "-o", "a.wma"]),
        ("doubtful", "", &["check", "nghi.txt"]),
        ("explain", "", &["explain", "bai.txt"]),
        ("lexicon", "", &["lexicon", "import", "tu-dien.csv", "--to", "moi.tsv"]),
        ("wrong-setting", "sai", &["normalize", "a.txt"]),
    ] {
        let said = run(&folder.path().join(inside), &[&["--lang", "vi"], arguments].concat());
        let status = said.status.code().unwrap();
        golden(name, &format!("{}{}[{status}]\n", stdout(&said), stderr(&said)));
    }
}

#[test]
fn notes_of_a_narration_are_vietnamese() {
    let folder = place();
    let narrate = ["narrate", "--lang", "vi", "--voice", "tone", "--verbose", "-o", "a.wav"];
    for (name, file) in [("not-read", "bai.txt"), ("doubtful-narrated", "nghi.txt")] {
        let said = run(folder.path(), &[&narrate[..], &[file]].concat());
        succeeds(&said);
        golden(name, stderr(&said));
        assert!(stdout(&said).contains("a.wav: bản đọc 0 phút"), "{}", stdout(&said));
    }
}

#[cfg(feature = "podcast")]
#[test]
fn what_is_wrong_with_a_show_is_told_in_vietnamese() {
    let folder = place();
    let check = run(folder.path(), &["podcast", "check", "podcast/public", "--lang", "vi"]);
    assert_eq!(check.status.code(), Some(1));
    golden("podcast-check", stdout(&check));
    succeeds(&run(folder.path(), &["podcast", "init", "podcast"]));
    fs::copy(path(&folder, "khai.txt"), path(&folder, "podcast/khai.txt")).unwrap();
    let build = ["podcast", "build", "podcast", "--voice", "tone", "--lang", "vi"];
    golden("front-matter", stderr(&run(folder.path(), &build)));
}

#[cfg(feature = "podcast")]
#[test]
fn bulletins_music_and_voices_by_role_are_told_in_vietnamese() {
    let folder = place();
    let files = [
        ("giong.toml", "[voices]\ntrích = \"bac-nu\"\n"),
        ("vai.toml", "[voices]\n\"trích\" = \"khong-co\"\n"),
        ("nhac.toml", "[sound]\nintro = \"khong.wav\"\n"),
        ("cu/podcast.toml", "x = 1\n"),
    ];
    for (name, text) in files {
        let file = path(&folder, name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let narrate = ["narrate", "bai.txt", "-o", "a.wav"];
    let mut told = String::new();
    for arguments in [
        &["podcast", "init", "tin", "--bulletin"][..],
        &["podcast", "init", "cu"],
        &["podcast", "bulletin", "tin", "bai.doc"],
        &["podcast", "bulletin", "tin", "bai.txt", "--date", "mai"],
        &[&narrate[..], &["--config", "giong.toml"]].concat(),
        &[&narrate[..], &["--config", "vai.toml"]].concat(),
        &[&narrate[..], &["--config", "nhac.toml"]].concat(),
        &[&narrate[..], &["--intro", "bai.txt", "--crossfade", "20"]].concat(),
        &[&narrate[..], &["--bed", "tin/jingle.wav", "--bed-pause-level", "-20"]].concat(),
        &[&narrate[..], &["--bed", "tin/jingle.wav", "--crossfade", "5"]].concat(),
        &[&narrate[..], &["--captions", "ssa"]].concat(),
    ] {
        let said = run(folder.path(), &[&["--lang", "vi"], arguments].concat());
        let status = said.status.code().unwrap();
        let line = arguments.join(" ");
        told += &format!("$ docbao {line}\n{}{}[{status}]\n", stdout(&said), stderr(&said));
    }
    golden("bulletins-and-music", &told);
}

#[test]
fn the_command_line_beats_the_environment_that_the_settings_and_those_the_locale() {
    let folder = place();
    let is_vietnamese = |command: &mut Command| {
        let said = command.output().unwrap();
        stderr(&said).contains("không đọc được")
    };
    let check =
        |arguments: &[&str]| program(folder.path(), &[&["check", "x.txt"], arguments].concat());
    assert!(!is_vietnamese(&mut check(&[])));
    for (variables, is_so) in [
        (&[("LANG", "vi_VN.UTF-8")][..], true),
        (&[("LANG", "vi")], true),
        (&[("LANG", "en_US.UTF-8")], false),
        (&[("LANG", "C")], false),
        (&[("LANG", "vie")], false),
        (&[("LANG", "vi_VN"), ("LC_MESSAGES", "en_GB")], false),
        (&[("LANG", "en_GB"), ("LC_MESSAGES", "vi_VN@x")], true),
        (&[("LC_MESSAGES", "en_GB"), ("LC_ALL", "vi-VN")], true),
        (&[("LC_ALL", ""), ("LANG", "vi_VN")], true),
        (&[("LANG", "en_GB"), ("DOCBAO_LANG", "vi")], true),
        (&[("LANG", "vi_VN"), ("DOCBAO_LANG", "")], true),
        (&[("LANG", "vi_VN"), ("DOCBAO_LANG", "en")], false),
    ] {
        let command = &mut check(&[]);
        assert_eq!(is_vietnamese(command.envs(variables.iter().copied())), is_so, "{variables:?}");
    }
    assert!(is_vietnamese(check(&["--lang", "vi"]).env("DOCBAO_LANG", "en")));
    assert!(!is_vietnamese(check(&["--lang=en"]).env("DOCBAO_LANG", "vi")));
    fs::write(path(&folder, "docbao.toml"), "lang = \"vi\"\n").unwrap();
    assert!(is_vietnamese(check(&[]).env("LANG", "en_GB")));
    assert!(!is_vietnamese(check(&[]).env("DOCBAO_LANG", "en")));
    assert!(!is_vietnamese(&mut check(&["--no-config"])));
    // What is no language is told in the one that the rest asks for.
    for (arguments, told) in [
        (&["--lang", "fr"][..], "giá trị 'fr' không hợp lệ cho '--lang <NGÔN_NGỮ>'"),
        (&["--lang", "fr", "--no-config"], "invalid value 'fr' for '--lang <LANGUAGE>'"),
    ] {
        let wrong = check(arguments).output().unwrap();
        assert_eq!(wrong.status.code(), Some(2));
        assert!(stderr(&wrong).contains(told), "{}", stderr(&wrong));
    }
}

#[test]
fn what_programs_read_is_the_same_in_both_languages() {
    let folder = place();
    for arguments in [
        &["check", "--json", "nghi.txt"][..],
        &["explain", "--json", "bai.txt"],
        &["normalize", "nghi.txt"],
        &["segment", "bai.txt"],
        &["cache", "--json", "--cache", "c"],
        &["voices", "--json"],
    ] {
        let in_language = |language: &str| {
            let said = run(folder.path(), &[arguments, &["--lang", language]].concat());
            (said.status.code(), said.stdout)
        };
        assert_eq!(in_language("vi"), in_language("en"), "{arguments:?}");
    }
}

#[test]
fn manual_pages_and_completions_are_vietnamese() {
    let folder = place();
    succeeds(&run(folder.path(), &["man", "--lang", "vi", "man"]));
    let page = fs::read_to_string(path(&folder, "man/docbao-narrate.1")).unwrap();
    for part in [".SH \"TÊN\"", "Đọc bài thành tiếng", "TỆP", "mặc định"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("default"), "{page}");
    let shell = run(folder.path(), &["completions", "--lang", "vi", "fish"]);
    assert!(stdout(&shell).contains("Đọc bài thành tiếng"), "{}", stdout(&shell));
    // What is completed is what is typed.
    assert!(stdout(&shell).contains("-l voice") && stdout(&shell).contains("en\\t"));
    assert!(stdout(&shell).contains("các tầng câu, từ và âm của Praat"), "{}", stdout(&shell));
}
