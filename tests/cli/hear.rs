//! `docbao say` and `docbao play`: what a player gets, and when.

use std::fs;
use std::io::Cursor;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use docbao::decode::Decoder;
use tempfile::TempDir;

use super::{docbao, docbao_with_input, fails, path, program, stderr, stdout, succeeds};

/// A player of this name in a folder, a shell script that finds its arguments in `$@`.
fn player(folder: &TempDir, name: &str, script: &str) -> PathBuf {
    let file = path(folder, name);
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
    file
}

/// The program in a folder, with nothing else on its path.
fn program_in(folder: &TempDir) -> Command {
    let mut command = program();
    command.current_dir(folder).env("PATH", folder.path());
    command
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    program_in(folder).args(arguments).args(["--voice", "tone"]).output().unwrap()
}

/// How many samples are heard in a file of sound.
fn samples(bytes: Vec<u8>) -> usize {
    let mut decoder = Decoder::new("sound", Cursor::new(bytes)).unwrap();
    let mut count = 0;
    while let Ok(Some(samples)) = decoder.read() {
        count += samples.len();
    }
    count
}

/// Waits until something is so.
fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(120), "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}

const THREE: &str = "Mưa lớn.\n\nSáng 5/3, mưa to tại 12 xã. Đường ngập.\n\nDân đã đi tránh.\n";

#[test]
fn a_player_on_the_path_gets_what_is_said() {
    let folder = TempDir::new().unwrap();
    fails(&run(&folder, &["say", "Xin chào."]), 1, &["aplay", "--player", "DOCBAO_PLAYER", "-o"]);
    player(&folder, "aplay", "echo \"$@\" > given; /bin/cat > heard");
    succeeds(&run(&folder, &["say", "Xin", "chào."]));
    let given = fs::read_to_string(path(&folder, "given")).unwrap();
    let rate = given.split("-r ").nth(1).unwrap().split(' ').next().unwrap();
    let raw = fs::read(path(&folder, "heard")).unwrap();
    // The same sound as of a pipe, in another form.
    let wav = run(&folder, &["say", "Xin chào.", "-o", "-"]).stdout;
    assert_eq!(wav[44..], raw[..]);
    assert_eq!(wav[24..28], rate.parse::<u32>().unwrap().to_le_bytes());

    // A player that is named, by an option or by the environment, gets a WAV.
    player(&folder, "own", "/bin/cat > heard");
    succeeds(&run(&folder, &["say", "Xin chào.", "--player", "own"]));
    assert_eq!(fs::read(path(&folder, "heard")).unwrap(), wav);
    let mut command = program_in(&folder);
    let output =
        command.env("DOCBAO_PLAYER", "own").args(["say", "Mưa.", "--voice", "tone"]).output();
    succeeds(&output.unwrap());
    assert_ne!(fs::read(path(&folder, "heard")).unwrap(), wav);
}

#[test]
fn a_player_of_files_gets_one_after_another() {
    let folder = TempDir::new().unwrap();
    fs::write(path(&folder, "a.txt"), THREE).unwrap();
    player(
        &folder,
        "own",
        "/bin/cat \"$1\" > heard.$$; echo $$ >> order; test \"$1\" = \"$DOCBAO_SOUND\"",
    );
    succeeds(&run(&folder, &["play", "a.txt", "--player", "own {file}"]));
    let order = fs::read_to_string(path(&folder, "order")).unwrap();
    let files =
        order.lines().map(|name| fs::read(path(&folder, &format!("heard.{name}"))).unwrap());
    let parts: Vec<usize> = files.map(samples).collect();
    assert!(parts.len() >= 4, "{parts:?}");
    let whole = run(&folder, &["play", "a.txt", "-o", "-"]).stdout;
    assert_eq!(parts.iter().sum::<usize>(), (whole.len() - 44) / 2);
}

#[test]
fn a_player_that_fails_is_told_in_its_words() {
    let folder = TempDir::new().unwrap();
    player(&folder, "own", "/bin/cat > heard; echo 'no sound card' >&2; exit 3");
    let output = run(&folder, &["say", "Xin chào.", "--player", "own"]);
    fails(&output, 1, &["own", "3", "no sound card", "--player"]);
    let output = run(&folder, &["say", "Xin chào.", "--player", "missing"]);
    fails(&output, 1, &["missing", "--player"]);
}

#[test]
fn sound_starts_with_the_first_words_and_not_with_the_whole() {
    let folder = TempDir::new().unwrap();
    // To speak all of this takes many minutes.
    let long = "Sáng nay mưa to tại mười hai xã miền núi, đường ngập sâu.\n\n".repeat(20_000);
    fs::write(path(&folder, "long.txt"), long).unwrap();
    player(&folder, "own", "/usr/bin/head -c 4000 > heard");
    let mut command = program_in(&folder);
    let output = command.args(["play", "long.txt", "--player", "own"]).output().unwrap();
    // Who ends the player has heard enough.
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    assert_eq!(fs::read(path(&folder, "heard")).unwrap().len(), 4000);
}

#[test]
fn a_signal_ends_the_player_and_the_program_at_once() {
    let folder = TempDir::new().unwrap();
    fs::write(path(&folder, "a.txt"), THREE.repeat(50)).unwrap();
    // It takes little and ignores the signal, as if it had much to play.
    player(
        &folder,
        "own",
        "trap '' INT; echo $$ > pid.part; /bin/mv pid.part pid; exec /bin/sleep 1000",
    );
    for feed in ["own", "own {file}"] {
        let mut command = program_in(&folder);
        let command = command.args(["play", "a.txt", "--voice", "tone", "--player", feed]);
        let child = command.stderr(Stdio::piped()).spawn().unwrap();
        let pid_file = path(&folder, "pid");
        wait_for("the player runs", || pid_file.exists());
        let player = fs::read_to_string(&pid_file).unwrap();
        let signal = |name: &str, pid: &str| {
            Command::new("kill").args([name, pid.trim()]).stderr(Stdio::null()).status().unwrap()
        };
        assert!(signal("-INT", &child.id().to_string()).success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
        assert_eq!(stderr(&output), "");
        assert!(!signal("-0", &player).success(), "the player is still there");
        fs::remove_file(&pid_file).unwrap();
    }
}

#[test]
fn standard_output_takes_every_format() {
    let folder = TempDir::new().unwrap();
    let say = |format: &str| {
        let output = run(&folder, &["say", "Xin chào các bạn.", "-o", "-", "--format", format]);
        succeeds(&output);
        output.stdout
    };
    let pcm = say("pcm");
    assert!(pcm.len() > 24_000 && pcm.len().is_multiple_of(2));
    assert_eq!(&say("wav")[..4], b"RIFF");
    let mut formats = vec!["opus", "flac"];
    if cfg!(feature = "mp3") {
        formats.push("mp3");
    }
    for format in formats {
        assert!(samples(say(format)) > 8_000, "{format}");
    }
    fails(&run(&folder, &["say", "a", "-o", "-", "--format", "mp9"]), 2, &["mp9", "opus"]);
    fails(&run(&folder, &["say", "a", "--format", "mp3"]), 2, &["--output"]);
    // A file, mastered as by `narrate`.
    succeeds(&run(&folder, &["say", "Xin chào.", "-o", "a.flac"]));
    assert!(samples(fs::read(path(&folder, "a.flac")).unwrap()) > 8_000);
    let wrong = run(&folder, &["say", "a", "-o", "b.wav", "--format", "mp3"]);
    fails(&wrong, 2, &["b.wav", "--format mp3", "do not agree"]);
    assert!(!path(&folder, "b.wav").exists());
}

#[test]
fn a_text_is_said_whatever_it_would_be_in_an_article() {
    let say = |input: &str| {
        let arguments = ["say", "-", "-o", "-", "--format", "pcm", "--voice", "tone"];
        let output = docbao_with_input(&arguments, input.as_bytes());
        succeeds(&output);
        output.stdout.len()
    };
    // A date alone would be a dateline, which is not read.
    assert!(say("18/02/2019") > 48_000);
    assert!(say("Mưa.") > 0);
    let empty = docbao_with_input(&["say", "-", "-o", "-"], b" \n");
    assert_eq!(empty.status.code(), Some(1));
    assert!(stderr(&empty).contains("nothing"), "{}", stderr(&empty));
    fails(&docbao(&["say"]), 2, &["<TEXT>"]);
    let folder = TempDir::new().unwrap();
    fs::write(path(&folder, "a.txt"), THREE).unwrap();
    let output = run(&folder, &["say", "a.txt", "-o", "-"]);
    succeeds(&output);
    assert!(stderr(&output).contains("`docbao play a.txt`"), "{}", stderr(&output));
}

#[test]
fn a_sentence_is_played_by_its_number_or_from_its_words() {
    let folder = TempDir::new().unwrap();
    fs::write(path(&folder, "a.txt"), THREE).unwrap();
    let play = |arguments: &[&str]| {
        let all = [&["play", "a.txt", "-o", "-", "--format", "pcm"], arguments].concat();
        let output = run(&folder, &all);
        succeeds(&output);
        output.stdout
    };
    let whole = play(&[]);
    let one: Vec<usize> =
        (1..=4).map(|number| play(&["--sentence", &number.to_string()]).len()).collect();
    let sum: usize = one.iter().sum();
    // The first words of what is played are spoken by themselves, which may change a few samples.
    assert!(whole.len().abs_diff(sum) < 4 * 4800, "{} {sum}", whole.len());
    let third = play(&["--from", "đường  NGẬP"]).len();
    assert!(third.abs_diff(one[2] + one[3]) < 4800, "{third} {one:?}");
    // As it is said.
    assert!(play(&["--from", "mười hai xã"]).len() > third);
    for (arguments, words) in
        [(["--sentence", "5"], "has 4 sentences"), (["--from", "nắng to"], "“nắng to”")]
    {
        let output = run(&folder, &[&["play", "a.txt"], &arguments[..]].concat());
        fails(&output, 1, &["a.txt", words]);
    }
    fails(&run(&folder, &["play", "a.txt", "--sentence", "0"]), 2, &["--sentence"]);
}

#[test]
fn a_file_of_sound_is_played_as_it_is() {
    let folder = TempDir::new().unwrap();
    succeeds(&run(&folder, &["say", "Xin chào.", "-o", "a.wav"]));
    player(&folder, "own", "/bin/cat > heard");
    succeeds(&program_in(&folder).args(["play", "a.wav", "--player", "own"]).output().unwrap());
    let heard = fs::read(path(&folder, "heard")).unwrap();
    assert_eq!((heard.len() - 44) / 2, samples(fs::read(path(&folder, "a.wav")).unwrap()));
}

#[test]
fn each_command_has_an_example() {
    let commands = ["add", "remove", "list", "test", "import"].map(|it| format!("lexicon {it}"));
    for command in
        ["say", "play", "check", "lexicon"].map(str::to_owned).into_iter().chain(commands)
    {
        let words: Vec<_> = ["help"].into_iter().chain(command.split(' ')).collect();
        let output = docbao(&words);
        assert!(stdout(&output).contains(&format!("\n  docbao {command}")), "{}", stdout(&output));
    }
}
