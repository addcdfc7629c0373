//! The program espeak-ng, run for languages that are not ours.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::diag::Error;

/// The name of the program, looked for on the path.
pub const PROGRAM: &str = "espeak-ng";

/// What espeak-ng says for a text: the IPA of each clause, words apart by spaces, in order.
///
/// # Errors
/// [`Error::Command`] if the program is not installed or fails, or has no such voice.
pub fn clauses(voice: &str, text: &str) -> Result<Vec<String>, Error> {
    let fault = |reason: String| Error::Command { command: PROGRAM.to_owned(), reason };
    let mut child = Command::new(PROGRAM)
        .args(["-q", "--ipa", "-b", "1", "--stdin", "-v", voice])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| fault(format!("cannot be started: {error}")))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(text.as_bytes()).map_err(|error| fault(error.to_string()))?;
    }
    let output = child.wait_with_output().map_err(|error| fault(error.to_string()))?;
    if !output.status.success() {
        return Err(fault(format!("fails for the voice `{voice}`")));
    }
    let ipa = String::from_utf8(output.stdout).map_err(|error| fault(error.to_string()))?;
    Ok(ipa.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect())
}
