//! The real program: what it writes, what it says, and with which status it ends.

mod batch;
mod book;
#[cfg(unix)]
mod faults;
#[cfg(feature = "net")]
mod fetch;
#[cfg(unix)]
mod hear;
mod help;
#[cfg(feature = "inspect")]
mod inspect;
mod json;
mod language;
mod lexicon;
#[cfg(unix)]
mod mend;
mod music;
mod names;
mod naming;
mod narrate;
mod outputs;
mod page;
mod parts;
mod reading;
mod roles;
mod safety;
mod settings;
mod shown;

#[path = "../support/kills.rs"]
mod kills;
#[path = "../support/limits.rs"]
mod limits;
#[path = "../support/schemas.rs"]
mod schemas;
#[cfg(unix)]
#[path = "../support/terminal.rs"]
mod terminal;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

pub(crate) const ARTICLE: &str = "samples/binh-luc.txt";

/// The program, without settings of whoever runs the tests.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
    command.env("DOCBAO_LANG", "en");
    command.env("XDG_CONFIG_HOME", "/nonexistent").env_remove("DOCBAO_CACHE");
    command.env("DOCBAO_VOICES", "/nonexistent").env_remove("DOCBAO_PLAYER");
    command
}

pub(crate) fn docbao(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

pub(crate) fn docbao_with_input(arguments: &[&str], input: &[u8]) -> Output {
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

pub(crate) fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub(crate) fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

pub(crate) fn succeeds(output: &Output) {
    assert!(output.status.success(), "{}", stderr(output));
}

/// The program fails with this status, and its message contains all of `words`.
pub(crate) fn fails(output: &Output, status: i32, words: &[&str]) {
    assert_eq!(output.status.code(), Some(status), "{}", stderr(output));
    for word in words {
        assert!(stderr(output).contains(word), "`{word}` is not in: {}", stderr(output));
    }
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub(crate) fn path(folder: &TempDir, name: &str) -> PathBuf {
    folder.path().join(name)
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A short article of two paragraphs in a file.
pub(crate) fn short_article(folder: &TempDir, name: &str) -> PathBuf {
    let file = path(folder, name);
    let article =
        "Mưa lớn ở miền núi\n\nSáng 5/3, mưa to tại 12 xã. Đường ngập.\n\nDân đã đi tránh.\n";
    fs::write(&file, article).unwrap();
    file
}

#[test]
fn voices_are_listed() {
    let output = docbao(&["voices"]);
    succeeds(&output);
    let first = stdout(&output).lines().nth(1).unwrap();
    assert!(
        first.starts_with("bac-nu-trong ") && first.contains("  built in     north"),
        "{first}"
    );
    assert_eq!(docbao(&["voices", "list"]).stdout, output.stdout);
    let json = docbao(&["voices", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let json = &json["voices"];
    assert_eq!((&json[0]["name"], &json[1]["name"]), (&"bac-nu-trong".into(), &"bac".into()));
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
fn help_is_there_for_every_command() {
    let inspect = cfg!(feature = "inspect").then_some("inspect");
    let commands = ["narrate", "normalize", "segment", "phonemize", "explain", "voices"];
    for command in commands.into_iter().chain(inspect) {
        let output = docbao(&["help", command]);
        succeeds(&output);
        assert!(stdout(&output).contains("Usage: docbao"), "{command}");
    }
    assert!(stdout(&docbao(&["--help"])).contains("Exit status"));
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
