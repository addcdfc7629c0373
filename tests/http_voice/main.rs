//! Voices that servers have: the real program against our own server and against one that lies.

mod liar;
mod ours;
#[path = "../serve/server.rs"]
#[allow(dead_code)] // the tests of the server use all of it
mod server;
mod wrong;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use hound::WavReader;
use tempfile::TempDir;

/// The token that servers are given.
pub(crate) const TOKEN: &str = "mat-khau-cua-lan";

/// A folder with an article in it, and what the program makes of that.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new(text: &str) -> Place {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), text).unwrap();
        fs::create_dir(folder.path().join("out")).unwrap();
        Place { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
        command.env("DOCBAO_LANG", "en");
        command.args(args).current_dir(self.folder.path());
        command.env("DOCBAO_VOICE_TOKEN", TOKEN).env("NO_PROXY", "127.0.0.1");
        command.output().unwrap()
    }

    /// Narrates the article in a voice, to `out/a.wav`.
    pub(crate) fn narrate(&self, voice: &str, more: &[&str]) -> Output {
        let args = ["narrate", "--no-config", "a.txt", "-o", "out/a.wav", "--loudness", "none"];
        self.run(&[&args[..], &["--voice", voice], more].concat())
    }

    /// What is in the folder of outputs.
    pub(crate) fn outputs(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path("out"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The samples that were made, and how many there are in a second.
    pub(crate) fn sound(&self) -> (Vec<i16>, u32) {
        let mut wav = WavReader::open(self.path("out/a.wav")).unwrap();
        let rate = wav.spec().sample_rate;
        (wav.samples().map(Result::unwrap).collect(), rate)
    }
}

/// What a run that must succeed printed.
pub(crate) fn told(output: Output) -> String {
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// The error of a run that must fail.
pub(crate) fn failed(output: Output) -> String {
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "it succeeds: {errors}");
    errors
}

/// Whether these bytes are in any file below a folder.
pub(crate) fn is_below(folder: &Path, bytes: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() {
            return is_below(&path, bytes);
        }
        fs::read(path).unwrap().windows(bytes.len()).any(|window| window == bytes)
    })
}
