//! What commands end with, and what they print for people: results on standard output, errors and notes on standard error.

use std::io::{self, BufWriter, StdoutLock, Write};

use super::{hints, language};
use crate::model::error::Error;
use crate::model::message::ToValue;
use crate::model::shown::shown;

/// Why a command ends without success.
#[derive(Debug)]
pub(super) enum Failure {
    /// What went wrong, not yet reported.
    Error(Error),
    /// Standard output cannot be written.
    Output(io::Error),
    /// What went wrong was already reported, file by file.
    Reported,
    /// A reading is doubtful, which was already reported.
    Doubtful,
    /// The user stopped it, and there is nothing to say of what is kept.
    Stopped,
    /// The command is to be run again, with its settings read again.
    Again,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Error(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

/// Prints an error on standard error; where even that fails, nobody can read it.
pub(super) fn print_fault<T: ToValue + ?Sized>(error: &T) {
    let _ = writeln!(Shown(io::stderr().lock()), "docbao: {}", language::text(error));
}

/// Prints an error, with its hint in the names of options and commands.
pub(super) fn print_error(error: &Error) {
    print_fault(&hints::message(error));
}

/// Prints something worth knowing on standard error.
pub(super) fn note<T: ToValue + ?Sized>(message: &T) {
    let message = language::text(message);
    let _ = writeln!(
        Shown(io::stderr().lock()),
        "docbao: {}",
        language::told!("note: {message}", message)
    );
}

/// Standard output for people: what names and texts of others hold is shown, and not obeyed.
pub(super) fn stdout() -> Shown<StdoutLock<'static>> {
    Shown(io::stdout().lock())
}

/// As [`stdout`], for much text; it must be flushed at the end.
pub(super) fn buffered_stdout() -> Shown<BufWriter<StdoutLock<'static>>> {
    Shown(BufWriter::new(io::stdout().lock()))
}

/// Writes text without the characters that terminals obey. Each piece that it is given is whole
/// characters, as those of [`write!`] are.
pub(super) struct Shown<W>(pub W);

impl<W: Write> Write for Shown<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        self.0.write_all(shown(&text).as_bytes()).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
