//! Settings files, completions and manual pages: all from the same definitions as the command line.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A project's folder and a user's settings folder.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        let place = Place(TempDir::new().unwrap());
        place.write("project/a.txt", "QK thu 105.000 đồng năm 2021.\n");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
        command.env("DOCBAO_LANG", "en");
        command.current_dir(self.path("project")).env("XDG_CONFIG_HOME", self.path("user"));
        command.env_remove("DOCBAO_CACHE").args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(&[&["normalize", "a.txt"], arguments].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What the program says about a settings file.
    fn error(&self, text: &str) -> String {
        self.write("project/docbao.toml", text);
        let output = self.run(&["normalize", "a.txt"]);
        assert_eq!(output.status.code(), Some(1), "{text}: {}", stderr(&output));
        stderr(&output).to_owned()
    }
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[test]
fn the_command_line_beats_the_project_and_the_project_beats_the_user() {
    let place = Place::new();
    place.write("user/docbao/docbao.toml", "[reading]\nthousand = \"ngàn\"\nyears = \"short\"\n");
    assert!(place.said(&[]).ends_with("năm ngàn đồng năm hai ngàn hai mươi mốt.\n"));
    place.write("project/docbao.toml", "[reading]\nthousand = \"nghìn\"\n");
    assert!(place.said(&[]).ends_with("năm nghìn đồng năm hai nghìn hai mươi mốt.\n"));
    let said = place.said(&["--thousand", "ngàn", "--years", "full"]);
    assert!(said.ends_with("năm ngàn đồng năm hai ngàn không trăm hai mươi mốt.\n"), "{said}");
    place.write("other.toml", "[reading]\nzero-ten = \"lẻ\"\n");
    // It takes the place of the project's, wherever it is given.
    let said = "Quân khu thu một trăm lẻ năm ngàn đồng năm hai ngàn hai mươi mốt.\n";
    assert_eq!(place.said(&["--config", "../other.toml"]), said);
    let before = place.run(&["--config=../other.toml", "normalize", "a.txt"]);
    assert_eq!(String::from_utf8(before.stdout).unwrap(), said);
    let said = place.said(&["--no-config"]);
    assert!(said.contains("linh năm nghìn đồng năm hai nghìn không trăm"), "{said}");
}

#[test]
fn paths_are_relative_to_their_file_and_repeated_options_add_up() {
    let place = Place::new();
    place.write("user/docbao/docbao.toml", "lexicon = \"../user.tsv\"\n");
    place.write("user/user.tsv", "written\tsaid\nQK\tmột\nđồng\tđồng bạc\n");
    place.write("project/docbao.toml", "lexicon = [\"lexicons/own.tsv\"]\n");
    place.write("project/lexicons/own.tsv", "written\tsaid\nQK\thai\n");
    assert!(place.said(&[]).starts_with("hai thu một trăm linh năm nghìn đồng bạc"));
    place.write("project/last.tsv", "written\tsaid\nQK\tba\n");
    let said = place.said(&["--lexicon", "last.tsv"]);
    assert!(said.starts_with("ba thu một trăm linh năm nghìn đồng bạc"), "{said}");
    place.write("other/docbao.toml", "[voice]\nvoice-for = { en = \"./joe\" }\n");
    let output =
        place.run(&["narrate", "a.txt", "-o", "a.wav", "--config", "../other/docbao.toml"]);
    assert!(!output.status.success());
    assert!(stderr(&output).contains("../other/./joe"), "{}", stderr(&output));
}

#[test]
fn every_kind_of_option_can_be_set() {
    let place = Place::new();
    place.write(
        "project/docbao.toml",
        "output = \"out.wav\"\njson = true\nquiet = false\nstrict = \"unknown\"\njobs = 1\n\
         report = \"report.json\"\nlexicon = \"own.tsv\"\n\
         [reading]\nskip = [\"captions\", \"bylines\"]\n\
         [voice]\nvoice = \"tone\"\nrate = 2\npitch = -2.5\npause = { sentence = 0, title = 10 }\n\
         [cache]\ncache = \"kept\"\ncache-limit = \"1MB\"\n",
    );
    place.write("project/own.tsv", "written\tsaid\nQK\tquân khu\n");
    // From another folder: what the file names is beside it.
    let settings = place.path("project/docbao.toml");
    let mut command = place.command(&["narrate", "project/a.txt", "--config"]);
    let output = command.arg(settings).current_dir(place.path("")).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let fast = report["totals"]["speech_seconds"].as_f64().unwrap();
    for name in ["out.wav", "report.json", "kept/utterances-4"] {
        assert!(place.path("project").join(name).exists(), "{name}");
    }
    let output = place.run(&["narrate", "a.txt", "--rate", "1", "-o", "slow.wav"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["totals"]["speech_seconds"].as_f64().unwrap() > 1.5 * fast);
    // Settings for other commands do not matter to this one.
    assert!(place.said(&[]).starts_with("quân khu"));
    assert!(place.run(&["voices"]).status.success());
}

#[test]
fn the_environment_beats_the_file() {
    let place = Place::new();
    place.write("project/docbao.toml", "[cache]\ncache = \"file\"\n");
    let shown = |command: &mut Command| {
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        let shown: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        PathBuf::from(shown["folder"].as_str().unwrap())
    };
    let arguments = ["cache", "--json"];
    assert!(shown(&mut place.command(&arguments)).ends_with("file"));
    let mut command = place.command(&arguments);
    assert!(shown(command.env("DOCBAO_CACHE", "environment")).ends_with("environment"));
    let arguments = ["cache", "--json", "--cache", "line"];
    let mut command = place.command(&arguments);
    assert!(shown(command.env("DOCBAO_CACHE", "environment")).ends_with("line"));
}

#[test]
fn what_is_not_known_is_an_error_with_its_line_that_teaches() {
    let place = Place::new();
    for (text, words) in [
        ("\n[reading]\n\nyear = \"short\"\n", &["line 4", "`year` in [reading]", "years"][..]),
        ("[reading]\nprofile = \"spot\"\n", &["line 2", "'spot'", "sport"]),
        ("[voice]\nrate = 9\n", &["line 2", "0.5 to 3"]),
        ("rate = 1\n", &["line 1", "belongs in the table [voice]"]),
        ("[voice]\nlexicon = \"a.tsv\"\n", &["line 2", "head of the file"]),
        ("[vocie]\nspeed = 1\n", &["line 2", "no table [vocie]", "[voice]"]),
        ("colour = 1\n", &["line 1", "no setting `colour`", "lexicon", "[reading]"]),
        ("quiet = 3\n", &["line 1", "true or false"]),
        ("jobs = true\n", &["line 1", "not a switch"]),
        ("jobs = 0\n", &["line 1", "1..=256"]),
        ("[voice]\npause = { comma = 3 }\n", &["line 2", "phrase"]),
        ("[voice]\nrate = { a = 1 }\n", &["line 2", "no values with names"]),
        ("[voice\n", &["line 1"]),
        ("config = \"x.toml\"\n", &["line 1", "no setting `config`"]),
        ("lexicon = \"none.tsv\"\n", &["cannot read none.tsv"]),
    ] {
        let error = place.error(text);
        for word in words {
            assert!(error.contains(word), "{text}: `{word}` is not in: {error}");
        }
    }
    // Help is available all the same.
    assert!(place.run(&["normalize", "--help"]).status.success());
    assert!(place.run(&["help", "normalize"]).status.success());
}

#[test]
fn the_cache_is_shown_trimmed_and_cleared() {
    let place = Place::new();
    let cache = |arguments: &[&str]| {
        let output = place.run(&[&["cache", "--cache", "c", "--json"], arguments].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        let shown: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (shown["entries"].as_u64().unwrap(), shown["bytes"].as_u64().unwrap())
    };
    assert_eq!(cache(&[]), (0, 0));
    assert!(!place.path("project/c").exists(), "looking makes nothing");
    place.write("project/a.txt", "Một câu. Hai câu. Ba câu. Bốn câu.\n");
    let narrate = ["narrate", "a.txt", "-o", "a.wav", "--voice", "tone", "--cache", "c"];
    assert!(place.run(&narrate).status.success());
    let (entries, bytes) = cache(&[]);
    assert_eq!(entries, 4);
    assert_eq!(cache(&["trim"]), (entries, bytes));
    let (left, _) = cache(&["trim", "--to", &(bytes - 1).to_string()]);
    assert_eq!(left, 3);
    assert!(place.run(&[&narrate[..], &["--cache-limit", "1kB"]].concat()).status.success());
    assert!(cache(&[]).1 <= 1000, "a run keeps to the limit");
    assert_eq!(cache(&["clear"]), (0, 0));
    let output = place.run(&["cache", "--cache", "c", "trim", "--to", "much"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = place.run(&["completions", shell]);
        assert!(output.status.success());
        let script = String::from_utf8(output.stdout).unwrap();
        for word in ["narrate", "lexicon", "completions"] {
            assert!(script.contains(word), "{shell} has no {word}");
        }
    }
    assert!(place.run(&["man", "pages"]).status.success());
    let page = |name: &str| fs::read_to_string(place.path("project/pages").join(name)).unwrap();
    assert!(page("docbao.1").contains("Exit status"));
    assert!(page("docbao-narrate.1").contains("\\-\\-lexicon"));
    assert!(page("docbao-cache-trim.1").contains("\\-\\-to"));
    let output = place.run(&["man"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), page("docbao.1"));
}
