//! The program espeak-ng, run for languages that are not ours. Nothing of it is linked.

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};
use std::thread;

use crate::model::error::Error;
use crate::model::message::{Message, message};

/// The name of the program, looked for on the path.
pub const PROGRAM: &str = "espeak-ng";

/// What espeak-ng says for a text in the language of one of its voices (`en-us`, `de`, `vi`): the
/// IPA of each clause, words separated by spaces, in order. It decides where a clause ends; a text
/// without punctuation is commonly one. Marks of a change of language, such as `(en)`, are left out,
/// as Piper leaves them out.
///
/// In languages with tones the program shows a sign for the tone that is not written too (`1` and `7`
/// in Vietnamese), which the library does not hand to Piper; for Vietnamese use
/// [`phonemes`](super::phonemes).
///
/// # Errors
/// Of kind `Program` if the program is not installed or fails, or has no such voice.
pub fn clauses(voice: &str, text: &str) -> Result<Vec<String>, Error> {
    clauses_of(PROGRAM, voice, text)
}

fn clauses_of(program: &str, voice: &str, text: &str) -> Result<Vec<String>, Error> {
    let fault = |reason: Message| Error::program(program.to_owned(), reason);
    if !is_voice_name(voice) {
        return Err(fault(message!("`{voice}` is no name of a voice", voice)));
    }
    let mut child = Command::new(program)
        .args(["-q", "--ipa", "-b", "1", "--stdin", "-v", voice])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| fault(why_not_started(program, &error)))?;
    let stdin = child.stdin.take();
    // Written beside the reading, so that neither waits for the other however long the text. A
    // program that has ended does not take it; its own words say why.
    let output = thread::scope(|scope| {
        scope.spawn(|| stdin.map(|mut stdin| stdin.write_all(text.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(|error| fault(message!("cannot be read: {error}", error)))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        let words: Vec<_> = words.split_whitespace().collect();
        let (status, words) = (output.status, words.join(" "));
        return Err(fault(message!(
            "fails for the voice `{voice}` ({status}): {words}",
            voice,
            status = status.to_string(),
            words
        )));
    }
    let ipa = String::from_utf8(output.stdout)
        .map_err(|_| fault("its answer is no UTF-8 text".into()))?;
    let clauses = ipa.lines().map(|line| without_flags(line.trim()));
    Ok(clauses.filter(|clause| !clause.is_empty()).collect())
}

fn why_not_started(program: &str, error: &std::io::Error) -> Message {
    match error.kind() {
        ErrorKind::NotFound => message!(
            "is not installed; install it (Debian and Ubuntu: apt install {program}), or take a \
             Vietnamese voice, which needs no other program",
            program
        ),
        _ => message!("cannot be started: {error}", error),
    }
}

/// Whether a name can be one of espeak-ng's voices: never a path or an option.
fn is_voice_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+'))
}

/// The clause without what is in brackets.
fn without_flags(clause: &str) -> String {
    let mut kept = String::with_capacity(clause.len());
    let mut rest = clause;
    while let Some((before, flag)) = rest.split_once('(') {
        let Some((_, after)) = flag.split_once(')') else { break };
        kept.push_str(before);
        rest = after;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(program: &str, voice: &str) -> String {
        clauses_of(program, voice, "hello").unwrap_err().to_string()
    }

    #[test]
    fn flags_of_languages_are_left_out() {
        for (clause, kept) in [
            ("vˈaː2 (en)fˈeɪs(vi) bˈaː6n", "vˈaː2 fˈeɪs bˈaː6n"),
            ("(en)vˈiːəʊ(vi)", "vˈiːəʊ"),
            ("mˈɔ(t", "mˈɔ(t"),
            ("mˈɔ6", "mˈɔ6"),
        ] {
            assert_eq!(without_flags(clause), kept);
        }
    }

    #[test]
    fn a_program_that_is_not_there_is_an_error_with_the_way_out() {
        let error = fault("no-such-espeak", "en");
        assert!(error.starts_with("no-such-espeak: is not installed; install it"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_fails_is_an_error() {
        let error = fault("false", "en");
        assert!(error.starts_with("false: fails for the voice `en`"), "{error}");
    }

    #[test]
    fn no_path_and_no_option_passes_for_a_voice() {
        for voice in ["", "-w", "../vi", "/etc/passwd", "en us", "+f2"] {
            assert!(fault("no-such-espeak", voice).contains("is no name of a voice"), "{voice}");
        }
        assert!(["en-us", "vi-vn-x-south", "en+f2", "cmn"].into_iter().all(is_voice_name));
    }
}
