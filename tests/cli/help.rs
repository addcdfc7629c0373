//! What helps on the command line: examples, completions, manual pages.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use tempfile::TempDir;

use crate::{docbao, names, path, program, stderr, stdout, succeeds, text};

/// The commands, as their words; none for the program itself.
fn commands() -> Vec<Vec<String>> {
    let pages = TempDir::new().unwrap();
    succeeds(&docbao(&["man", text(pages.path())]));
    let words = |page: String| {
        let name = page.trim_end_matches(".1").replace("inspect-article", "inspect article");
        let words = name.split('-').skip(1);
        words.map(|word| word.replace("inspect article", "inspect-article")).collect()
    };
    names(pages.path()).into_iter().map(words).collect()
}

fn help(command: &[String]) -> String {
    let output = program().args(command).arg("--help").output().unwrap();
    succeeds(&output);
    stdout(&output).to_owned()
}

#[test]
fn every_command_has_an_example_whose_options_it_knows() {
    let commands = commands();
    assert!(commands.len() > 25, "{commands:?}");
    for command in &commands {
        let page = help(command);
        let shown = page.lines().filter_map(|line| line.strip_prefix("  docbao "));
        let shown: Vec<_> = shown.collect();
        let own = command.join(" ");
        assert!(shown.iter().any(|it| it.starts_with(&own)), "{command:?} has no example: {page}");
        for example in shown {
            let words: Vec<_> = example.split_whitespace().collect();
            let named = commands.iter().filter(|other| {
                other.len() <= words.len()
                    && other.iter().zip(&words).all(|(one, word)| one == word)
            });
            let page = help(named.max_by_key(|other| other.len()).unwrap());
            let options = words.iter().filter(|word| word.starts_with("--"));
            for option in options {
                assert!(page.contains(*option), "{command:?}: {example}: {option}");
            }
        }
    }
}

/// What bash completes for these words, the last one unfinished.
#[cfg(unix)]
fn completed(script: &std::path::Path, words: &[&str]) -> BTreeSet<String> {
    let ask = r#"
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        _docbao docbao "${COMP_WORDS[$COMP_CWORD]}" "${COMP_WORDS[$((COMP_CWORD - 1))]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let mut bash = Command::new("bash");
    let output = bash.args(["-c", ask, "bash"]).arg(script).args(words).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output).lines().map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn bash_completes_voices_formats_and_captions() {
    let folder = TempDir::new().unwrap();
    fs::write(path(&folder, "rieng.onnx"), "").unwrap();
    fs::write(path(&folder, "rieng.onnx.json"), "{}").unwrap();
    let mut command = program();
    command.env("DOCBAO_VOICES", folder.path()).args(["completions", "bash"]);
    let script = path(&folder, "docbao.bash");
    fs::write(&script, command.output().unwrap().stdout).unwrap();
    let set =
        |words: &[&str]| -> BTreeSet<String> { words.iter().map(|&it| it.to_owned()).collect() };
    let voices = set(&["bac", "bac-nu", "bac-nu-trong", "bac-trong", "rieng"]);
    for command in ["narrate", "say", "page", "segment"] {
        assert_eq!(completed(&script, &["docbao", command, "--voice", ""]), voices, "{command}");
    }
    let begun = completed(&script, &["docbao", "play", "--voice", "bac-"]);
    assert_eq!(begun, set(&["bac-nu", "bac-nu-trong", "bac-trong"]));
    let formats = set(&["wav", "flac", "mp3", "m4a", "m4b", "opus", "epub"]);
    assert_eq!(completed(&script, &["docbao", "narrate", "--format", ""]), formats);
    let streams = set(&["mp3", "opus", "aac", "flac", "wav", "pcm"]);
    assert_eq!(completed(&script, &["docbao", "say", "--format", ""]), streams);
    let captions: BTreeSet<String> =
        docbao::sound::captions::FORMATS.iter().map(ToString::to_string).collect();
    assert_eq!(completed(&script, &["docbao", "narrate", "--captions", ""]), captions);
    let dialects = set(&["north", "central", "south"]);
    assert_eq!(completed(&script, &["docbao", "narrate", "--dialect", ""]), dialects);
    assert!(completed(&script, &["docbao", "podcast", ""]).contains("build"));
    // What is in no list is taken all the same: a voice may be a file or an address.
    let output = docbao(&["say", "a", "--voice", "none-such", "-o", text(&path(&folder, "a.wav"))]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("none-such"), "{}", stderr(&output));
}
