//! What files are called and made of, and what is told in few words.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{docbao, fails, names, path, program, short_article, stderr, stdout, succeeds};

fn run(folder: &TempDir, arguments: &[&str]) -> std::process::Output {
    let mut command = program();
    command.current_dir(folder).args(arguments).args(["--voice", "tone"]).output().unwrap()
}

fn report(folder: &TempDir, arguments: &[&str]) -> Value {
    let output = run(folder, &[arguments, &["--json"]].concat());
    succeeds(&output);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The titles of the chapters of the only file of a report.
fn chapters(report: &Value) -> Vec<&str> {
    let chapters = report["done"][0]["chapters"].as_array().unwrap();
    chapters.iter().map(|chapter| chapter["title"].as_str().unwrap()).collect()
}

#[test]
fn a_name_of_a_file_is_one_file_whatever_goes_into_it() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(path(&folder, "book")).unwrap();
    for (name, title) in [("2", "Hai"), ("10", "Mười"), ("1", "Một")] {
        let text = format!("---\ntitle: {title}\n---\n\nMưa to ở xã {title}.\n");
        fs::write(path(&folder, &format!("book/{name}.md")), text).unwrap();
    }
    let output = if cfg!(feature = "mp3") { "two.mp3" } else { "two.opus" };
    let made = report(&folder, &["narrate", "book/10.md", "book/2.md", "-o", output]);
    assert_eq!(chapters(&made), ["Mười", "Hai"]);
    assert!(path(&folder, output).is_file());
    // As a shell fills `book/*` in, and as nobody but a person orders them.
    let shell = ["narrate", "book/1.md", "book/10.md", "book/2.md", "-o", "x.m4b"];
    assert_eq!(chapters(&report(&folder, &shell)), ["Một", "Hai", "Mười"]);
    let person = ["narrate", "book/10.md", "book/1.md", "book/2.md", "-o", "x.m4b"];
    assert_eq!(chapters(&report(&folder, &person)), ["Mười", "Một", "Hai"]);
    let told = run(&folder, &shell);
    assert!(stderr(&told).contains("order of their numbers: book/1.md to book/10.md"));
    let made = report(&folder, &["narrate", "book", "-o", "x.m4b"]);
    assert_eq!(chapters(&made), ["Một", "Hai", "Mười"]);
    assert!(path(&folder, "x.m4b").is_file());

    // Neither a folder that is called so, nor a format that is not written here, becomes a folder.
    fs::create_dir(path(&folder, "y.opus")).unwrap();
    for (name, words) in [("y.opus", "is a folder"), ("z.aiff", ".opus"), ("z.mp4", ".m4a")] {
        let output = run(&folder, &["narrate", "book", "-o", name]);
        assert_ne!(output.status.code(), Some(0));
        assert!(stderr(&output).contains(words), "{name}: {}", stderr(&output));
    }
    assert_eq!(names(&path(&folder, "y.opus")), [""; 0]);
    assert!(!path(&folder, "z.aiff").exists() && !path(&folder, "z.mp4").exists());
}

#[test]
fn a_format_and_a_name_that_do_not_agree_are_an_error() {
    let folder = TempDir::new().unwrap();
    short_article(&folder, "a.txt");
    let output = run(&folder, &["narrate", "a.txt", "-o", "a.wav", "--format", "flac"]);
    fails(&output, 2, &["--format flac", "a.wav", "WAV", "end in .flac"]);
    succeeds(&run(&folder, &["narrate", "a.txt", "-o", "a.flac", "--format", "flac"]));
    succeeds(&run(&folder, &["narrate", "a.txt", "-o", "a.sound", "--format", "flac"]));
    assert_eq!(
        fs::read(path(&folder, "a.flac")).unwrap(),
        fs::read(path(&folder, "a.sound")).unwrap()
    );
}

#[test]
fn dates_are_taken_as_papers_print_them() {
    let folder = TempDir::new().unwrap();
    short_article(&folder, "a.txt");
    let make = |name: &str, date: &str| {
        succeeds(&run(&folder, &["narrate", "a.txt", "-o", name, "--date", date]));
        fs::read(path(&folder, name)).unwrap()
    };
    assert_eq!(make("a.flac", "13/02/2025"), make("b.flac", "2025-02-13"));
    let output = run(&folder, &["narrate", "a.txt", "-o", "c.flac", "--date", "31/02/2025"]);
    fails(&output, 2, &["31/02/2025", "31/5/2024"]);
}

#[test]
fn the_front_matter_says_whose_voice_it_is_and_the_command_line_beats_it() {
    let folder = TempDir::new().unwrap();
    let text = "Mưa lớn ở miền núi, đường ngập.\n";
    fs::write(path(&folder, "plain.md"), text).unwrap();
    fs::write(path(&folder, "own.md"), format!("---\nvoice: tone\nrate: 1,5\n---\n{text}"))
        .unwrap();
    let make = |article: &str, arguments: &[&str]| {
        let mut command = program();
        command.current_dir(&folder).args(["narrate", article, "-o", "x.wav", "--quiet"]);
        succeeds(&command.args(arguments).output().unwrap());
        fs::read(path(&folder, "x.wav")).unwrap()
    };
    let own = make("own.md", &[]);
    assert_eq!(own, make("plain.md", &["--voice", "tone", "--rate", "1.5"]));
    assert_eq!(make("own.md", &["--rate", "1"]), make("plain.md", &["--voice", "tone"]));
    let bac = make("own.md", &["--voice", "bac"]);
    assert_eq!(bac, make("plain.md", &["--voice=bac", "--rate", "1.5"]));
    // A settings file is for all articles, and gives way.
    fs::write(path(&folder, "docbao.toml"), "[voice]\nvoice = \"bac\"\nrate = 2.0\n").unwrap();
    assert_eq!(make("own.md", &[]), own);
    fs::remove_file(path(&folder, "docbao.toml")).unwrap();
    // A path is no name: a text of somebody's opens no files.
    for (line, words) in [("voice: ../x.onnx", "is not the name"), ("rate: fast", "0.5 to 3")] {
        fs::write(path(&folder, "own.md"), format!("---\ntitle: x\n{line}\n---\n{text}")).unwrap();
        let output =
            docbao(&["narrate", super::text(&path(&folder, "own.md")), "-o", "/dev/null.wav"]);
        fails(&output, 1, &["own.md, line 3", words]);
    }
}

#[test]
fn other_files_of_a_folder_are_told() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(path(&folder, "news")).unwrap();
    short_article(&folder, "news/a.txt");
    for name in ["b.jpg", "c.JPG", "d.xlsx", "docbao.toml", "docbao.lexicon.tsv", "README"] {
        fs::write(path(&folder, &format!("news/{name}")), "written\tsaid\n").unwrap();
    }
    let expected = "note: news: files that are no articles are left out: 1 .JPG, 1 .jpg, 1 .xlsx and 1 \
                    without an ending\n";
    let output = run(&folder, &["narrate", "news", "-o", "out"]);
    succeeds(&output);
    assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    let output = run(&folder, &["check", "news"]);
    assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    let output = run(&folder, &["narrate", "news", "-o", "out", "--quiet"]);
    assert_eq!(stderr(&output), "");
}

#[test]
fn notes_are_short_unless_all_are_asked_for() {
    let folder = TempDir::new().unwrap();
    let names: Vec<String> = (b'A'..=b'H').map(|c| format!("QZ{}X", char::from(c))).collect();
    let text =
        format!("Tin\n\n5/3/2024, 06:30\n\nNhóm {}.\n\nẢnh: Lan\n", names.join(" họp. Nhóm "));
    fs::write(path(&folder, "a.txt"), text).unwrap();
    let told = |arguments: &[&str]| {
        let output = run(&folder, &[&["narrate", "a.txt", "-o", "a.wav"], arguments].concat());
        succeeds(&output);
        stderr(&output).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let short = told(&[]);
    let has = |lines: &[String], words: &str| lines.iter().filter(|it| it.contains(words)).count();
    assert_eq!(
        has(&short, "a.txt: 2 parts not read, `docbao explain a.txt` shows them"),
        1,
        "{short:?}"
    );
    assert_eq!(has(&short, "is read “"), 5, "{short:?}");
    let rest = "a.txt: 3 more doubtful readings; `docbao check a.txt` lists them, `docbao check --fix a.txt`";
    assert_eq!(has(&short, rest), 1, "{short:?}");
    let all = told(&["--verbose"]);
    assert_eq!((has(&all, "is read “"), has(&all, "not read, ")), (8, 2), "{all:?}");
    assert!(told(&["--quiet"]).is_empty());
}

#[test]
fn an_option_of_another_name_and_a_voice_that_is_not_there_are_told_what_helps() {
    let folder = TempDir::new().unwrap();
    short_article(&folder, "a.txt");
    for (given, meant) in [
        ("--speed", "--rate"),
        ("--language", "--lang"),
        ("--out", "--output"),
        ("--subtitles", "--captions"),
        ("--bit_rate", "--bitrate"),
    ] {
        let output = run(&folder, &["narrate", "a.txt", "-o", "a.wav", given, "1"]);
        fails(&output, 2, &[given, &format!("'{meant}'")]);
    }
    assert!(!stderr(&docbao(&["normalize", "--speed", "1"])).contains("--rate"));
    for name in ["vi_VN-vivos-x_low", "vivos"] {
        let output = docbao(&["say", "a", "--voice", name]);
        fails(&output, 1, &["not installed", "`docbao voices install vi_VN-vivos-x_low`"]);
    }
    fails(&docbao(&["say", "a", "--voice", "nobody"]), 1, &["there is no voice nobody"]);
    assert_eq!(
        stdout(&docbao(&["normalize", super::text(&path(&folder, "a.txt"))])).lines().count(),
        3
    );
}

#[cfg(unix)]
#[test]
fn the_progress_bar_counts_articles_and_what_is_written() {
    use super::terminal::Terminal;
    let folder = TempDir::new().unwrap();
    fs::create_dir(path(&folder, "news")).unwrap();
    for name in ["a", "b", "c"] {
        let text = "Mưa lớn ở miền núi, đường ngập sâu.\n\n".repeat(200);
        fs::write(path(&folder, &format!("news/{name}.txt")), text).unwrap();
    }
    let mut command = program();
    command.current_dir(&folder).args(["narrate", "news", "-o", "out", "--format", "opus"]);
    let mut terminal = Terminal::start(command.args(["--voice", "tone", "--no-cache"]));
    terminal.expect("1 of 3: news/a.txt");
    terminal.expect("% written");
    terminal.expect("2 of 3: news/b.txt");
    terminal.expect("3 of 3: news/c.txt");
    assert!(terminal.end().0.success());
}
