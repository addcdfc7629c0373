//! What is read stays as it is, what is too large is refused, and a signal is heeded while files load.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{docbao, fails, path, short_article, text};

/// Runs a command that would write over something it reads, and says what it refuses.
fn keeps(folder: &TempDir, read: &Path, arguments: &[&str]) {
    let before = fs::read(read).unwrap();
    let output = docbao(arguments);
    fails(&output, 2, &["written over", "another name"]);
    assert_eq!(fs::read(read).unwrap(), before, "{arguments:?}");
    let parts = fs::read_dir(folder.path()).unwrap().flatten();
    let parts = parts.filter(|entry| entry.file_name().to_string_lossy().ends_with(".part"));
    assert_eq!(parts.count(), 0, "{arguments:?}");
}

#[test]
fn no_input_is_written_over_by_any_name() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "mua.txt");
    let at = |name: &str| path(&folder, name);
    let write = |name: &str, content: &str| {
        fs::write(at(name), content).unwrap();
        at(name)
    };
    let lexicon = write("own.tsv", "written\tsaid\nmưa\tmưa\n");
    let settings = write("own.toml", "[voice]\nrate = 1.5\n");
    let hard = at("hard.json");
    fs::hard_link(&lexicon, &hard).unwrap();
    let (wav, mua) = (at("mua.wav"), text(&article).to_owned());
    let narrate = ["narrate", &mua, "--voice", "tone", "-o"];
    let to = |more: &[&str]| -> Vec<String> {
        narrate.iter().chain(more).map(|one| (*one).to_owned()).collect()
    };
    let lexical = text(&lexicon);
    for (read, arguments) in [
        (&article, to(&[text(&wav), "--report", &mua])),
        (&article, to(&[text(&wav), "--marks", &mua])),
        (&lexicon, to(&[text(&wav), "--lexicon", lexical, "--report", lexical])),
        (&lexicon, to(&[text(&wav), "--lexicon", lexical, "--marks", text(&hard)])),
        (&settings, to(&[text(&wav), "--config", text(&settings), "--report", text(&settings)])),
    ] {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        keeps(&folder, read, &arguments);
    }
    assert!(!wav.exists());
    keeps(&folder, &article, &["inspect-article", &mua, "--html", &mua]);
    // Sound that a page or a picture is made of.
    fs::copy("samples/binh-luc.txt", at("other.txt")).unwrap();
    let made = docbao(&[
        "narrate",
        &mua,
        "--voice",
        "tone",
        "-o",
        text(&wav),
        "--marks",
        text(&at("m.json")),
    ]);
    assert!(made.status.success());
    let page = ["page", &mua, "--audio", text(&wav), "--marks"];
    let marks = at("m.json");
    keeps(&folder, &marks, &[&page[..], &[text(&marks), "-o", text(&marks)]].concat());
    keeps(&folder, &wav, &[&page[..], &[text(&marks), "-o", text(&wav)]].concat());
    keeps(&folder, &wav, &["inspect", text(&wav), "-o", text(&wav)]);
}

#[cfg(unix)]
#[test]
fn what_has_no_end_is_refused() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "mua.txt");
    let wav = path(&folder, "mua.wav");
    let narrate = ["narrate", text(&article), "--voice", "tone", "-o", text(&wav)];
    for more in [["--lexicon", "/dev/zero"], ["--config", "/dev/zero"], ["--cover", "/dev/zero"]] {
        let output = docbao(&[&narrate[..], &more].concat());
        fails(&output, 1, &["/dev/zero", "larger than"]);
    }
    let link = path(&folder, "feed.xml");
    std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
    fails(&docbao(&["podcast", "check", text(&link)]), 1, &["feed.xml", "larger than"]);
}

#[cfg(unix)]
#[test]
fn a_signal_is_heeded_while_files_load() {
    use std::process::Command;
    use std::time::Duration;

    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "mua.txt");
    let pipe = path(&folder, "pipe.tsv");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let wav = path(&folder, "mua.wav");
    // Nobody ever writes into the pipe, so whoever reads it waits.
    for arguments in [
        &["narrate", text(&article), "--lexicon", text(&pipe)][..],
        &["narrate", text(&pipe)],
        &["page", text(&pipe)],
    ] {
        let status = (1..)
            .find_map(|attempt| {
                let mut child = super::program();
                let mut child = child.args(arguments).args(["-o", text(&wav)]).spawn().unwrap();
                std::thread::sleep(Duration::from_millis(300 * attempt));
                let pid = child.id().to_string();
                assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
                let ended = (0..600).find_map(|_| {
                    std::thread::sleep(Duration::from_millis(100));
                    child.try_wait().unwrap()
                });
                if ended.is_none() {
                    child.kill().unwrap();
                }
                // Killed by the signal itself: it did not listen yet.
                let status = ended.expect("one signal ends it");
                status.code().map(|_| status)
            })
            .unwrap();
        assert_eq!(status.code(), Some(130), "{arguments:?}");
        assert!(!wav.exists());
    }
}
