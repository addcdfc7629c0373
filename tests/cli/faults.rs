//! What the system refuses: files that cannot be opened or read. The message names the file, nothing is
//! partial, and what is not concerned is done.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::program;
use crate::kills::{assert_whole, leftovers, tree};
use crate::limits::limited;

/// A folder with articles in `articles`.
fn project() -> TempDir {
    let root = TempDir::new().unwrap();
    fs::create_dir(root.path().join("articles")).unwrap();
    for number in 1..4 {
        let text = format!("Bản tin {number}\n\nSáng nay mưa to.\n");
        fs::write(root.path().join(format!("articles/{number}.txt")), text).unwrap();
    }
    root
}

fn narrate(root: &Path) -> Command {
    let mut command = program();
    command.current_dir(root).args(["narrate", "articles", "-o", "out", "--no-cache"]);
    command.args(["--voice", "tone", "--format", "flac", "--captions", "vtt,srt"]);
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn too_few_open_files_are_told_and_leave_nothing_partial() {
    let root = project();
    let out = root.path().join("out");
    assert!(narrate(root.path()).output().unwrap().status.success());
    let whole = tree(&out);
    let mut failed = 0;
    // The least with which a program starts at all, and ever more.
    for most in 5..64 {
        fs::remove_dir_all(&out).unwrap();
        let output = limited(&narrate(root.path()), &format!("-n {most}")).output().unwrap();
        let said = stderr(&output);
        assert_whole(&tree(&out), &[&whole]);
        assert!(leftovers(root.path()).is_empty(), "{most}: {said}");
        if output.status.success() {
            assert!(tree(&out) == whole);
            break;
        }
        failed += 1;
        assert_eq!(output.status.code(), Some(1), "{most}: {said}");
        assert!(said.contains("Too many open files"), "{most}: {said}");
        for name in ["articles/1.txt", "articles/3.txt", "cannot write out/1."] {
            assert!(said.contains(name), "{most}: {said}");
        }
    }
    assert!((1..50).contains(&failed), "{failed}");
}

/// A file that is there and cannot be read, not even by root: memory that is nobody's.
#[cfg(target_os = "linux")]
const UNREADABLE: &str = "/proc/self/mem";

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_is_named() {
    let root = project();
    symlink(UNREADABLE, root.path().join("bad.txt")).unwrap();
    let article = "articles/1.txt";
    let cases: [&[&str]; 7] = [
        &["normalize", "bad.txt"],
        &["narrate", "bad.txt", "-o", "a.wav"],
        &["narrate", article, "-o", "a.wav", "--lexicon", "bad.txt"],
        &["narrate", article, "-o", "a.mp3", "--cover", "bad.txt"],
        &["--config", "bad.txt", "normalize", article],
        &["page", "bad.txt", "-o", "a.html"],
        &["voices", "--catalogue", "bad.txt"],
    ];
    for arguments in cases {
        let output = program().current_dir(root.path()).args(arguments).output().unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("cannot read bad.txt"), "{arguments:?}: {said}");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2, "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_article_that_cannot_be_read_stops_no_other() {
    let root = project();
    symlink(UNREADABLE, root.path().join("articles/2b.txt")).unwrap();
    let output = narrate(root.path()).output().unwrap();
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot read articles/2b.txt"), "{said}");
    let made = tree(&root.path().join("out"));
    assert_eq!(made.keys().filter(|path| path.extension().is_some_and(|e| e == "flac")).count(), 3);
    assert!(!made.keys().any(|path| path.starts_with("2b")));
}
