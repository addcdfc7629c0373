//! What others wrote is shown, and not obeyed; passwords are not shown at all.

use std::fs;

use tempfile::TempDir;

use super::{docbao, path, program, short_article, stderr, stdout, succeeds, text};

/// A name with a command to a terminal, and a character that turns what follows around.
const NAME: &str = "a\u{1b}[31mb\u{9b}2J\u{202e}c\nd";

/// Whether a terminal or a player would obey something in a text.
fn is_obeyed(text: &str) -> bool {
    text.contains(|c: char| {
        (c.is_control() && !"\n\t".contains(c))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

#[test]
fn a_password_in_an_address_is_not_printed() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "a.wav");
    let address = "https://lan:secret@example.org/a";
    for command in [
        &["narrate", address, "-o", text(&out)][..],
        &["narrate", address, "-o", text(&out), "--json"],
        &["check", address],
        &["page", address, "-o", text(&out)],
    ] {
        let output = docbao(command);
        assert!(!output.status.success());
        let said = format!("{}{}", stdout(&output), stderr(&output));
        assert!(said.contains("example.org/a") && !said.contains("secret"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_are_shown_and_not_obeyed() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, &format!("{NAME}.txt"));
    fs::write(&article, "Mưa\n\nSáng 12/13, qwzk mưa to ở TTTHK.\n").unwrap();
    let other = short_article(&folder, "b.txt");
    let (out, cache) = (path(&folder, NAME), path(&folder, "cache\u{1b}"));
    let (article, other, out) = (text(&article), text(&other), text(&out));
    let wav = format!("{out}.wav");
    let missing = format!("{out}.md");
    let narrate = ["narrate", "--voice", "tone", "--no-cache", "-o"];
    for arguments in [
        &["check", article][..],
        &["check", "--json", article],
        &["explain", article],
        &["inspect-article", article],
        &["normalize", article],
        &["segment", article],
        &["phonemize", article],
        &["check", &missing],
        &["narrate", "--voice", &missing, "-o", "x.wav", article],
        &["cache", "--cache", text(&cache)],
        &["page", "--voice", "tone", "-o", &format!("{out}.html"), article],
        &[&narrate[..], &[&wav, article]].concat(),
        &[&narrate[..], &[&wav, &wav]].concat(),
        &[&narrate[..], &[out, article, other, &missing]].concat(),
        &[&narrate[..], &[out, article, other, "--json"]].concat(),
        &["inspect", &wav],
        &["narrate", "--rate", NAME, "-o", "x.wav", article],
        &["inspect", &wav, "--json"],
    ] {
        let output = docbao(arguments);
        let said = format!("{}{}", stdout(&output), stderr(&output));
        assert!(!said.is_empty() && !is_obeyed(&said), "{arguments:?}: {}", said.escape_debug());
    }
    let page = fs::read_to_string(format!("{out}.html")).unwrap();
    assert!(!is_obeyed(&page));
    // The chapters of articles that have no titles are called as their files.
    fs::write(article, "Sáng nay trời mưa rất to ở miền núi, dân đã đi tránh.").unwrap();
    let book = path(&folder, "book.m4b");
    succeeds(&docbao(&[&narrate[..], &[text(&book), article, other]].concat()));
    let bytes = fs::read(book).unwrap();
    let has = |part: &str| bytes.windows(part.len()).any(|found| found == part.as_bytes());
    assert!(has("[31mb") && !has("\u{1b}[31mb"));
}

#[test]
fn tags_captions_and_books_have_nothing_that_is_obeyed() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "a.txt");
    for format in ["flac", "opus"] {
        let out = path(&folder, &format!("out.{format}"));
        let mut command = program();
        command.args(["narrate", "--voice", "tone", "--title", NAME, "--album", NAME]);
        command.args(["--source-url", "https://lan:secret@example.org/", "--captions", "lrc,vtt"]);
        succeeds(&command.arg(&article).arg("-o").arg(&out).output().unwrap());
        let bytes = fs::read(&out).unwrap();
        let has = |part: &str| bytes.windows(part.len()).any(|found| found == part.as_bytes());
        assert!(has("a\u{fffd}[31mb\u{fffd}2J\u{fffd}c\nd") && has("https://example.org/"));
        assert!(!has("secret"));
        for captions in ["lrc", "vtt"] {
            let captions = fs::read_to_string(out.with_extension(captions)).unwrap();
            assert!(!is_obeyed(&captions), "{}", captions.escape_debug());
        }
    }
}
