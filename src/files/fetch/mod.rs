//! Files over HTTP: fetched into a file that a later run can go on with, never more of it than was
//! announced.
//!
//! A download stands under the name it is given until whoever asked for it has checked it. What is
//! there of it goes on only if the server says that it is still the same file: by its entity tag, in a
//! conditional range request (RFC 9110, sections 13.1.5 and 14). Without such a tag it starts over.

mod http;
mod part;

use std::path::Path;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use self::http::{Client, Heard};
use self::part::Part;
use crate::model::error::Error;

pub use self::part::discard;

/// How often a connection that broke is taken up again in one run. Each time must have brought
/// something.
const MOST_RESUMPTIONS: usize = 8;

/// How long is waited for a piece before it is asked whether to go on.
const TICK: Duration = Duration::from_millis(100);

/// What is to be fetched.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Its address, `http://` or `https://`.
    pub url: &'a str,
    /// The file it is fetched into. What an earlier run left there is gone on with.
    pub part: &'a Path,
    /// Its length in bytes, where it is known beforehand.
    pub bytes: Option<u64>,
    /// The most bytes that are taken.
    pub most: u64,
}

/// How far a download is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that are there.
    pub done: u64,
    /// Bytes it has in all, where that is known.
    pub of: Option<u64>,
}

/// Fetches a file. Gives whether bytes of an earlier run are part of it. `tell` is called after every
/// piece, and ten times a second while none comes; an error from it ends the download.
///
/// # Errors
/// `ErrorKind::Download` if it cannot be had, `ErrorKind::Write` if it cannot be stored, and what `tell`
/// gives. What is there stays for a later run, unless that could not go on with it.
pub fn fetch(
    wanted: &Wanted,
    tell: &mut dyn FnMut(Progress) -> Result<(), Error>,
) -> Result<bool, Error> {
    let client = Client::new(wanted.url).map_err(|reason| failed(wanted, reason))?;
    let mut part = Part::open(wanted.part, wanted.url)?;
    let resumed = part.have() > 0;
    let mut left = MOST_RESUMPTIONS;
    loop {
        let had = part.have();
        let ended = attempt(&client, wanted, &mut part, tell);
        match ended {
            Ok(()) => return part.keep().map(|()| resumed),
            Err(End::Broken(_)) if left > 0 && part.goes_on() && part.have() > had => left -= 1,
            Err(end) => {
                if part.goes_on() {
                    part.keep()?;
                } else {
                    discard(wanted.part)?;
                }
                return Err(match end {
                    End::Told(error) => error,
                    End::Broken(reason) if part.goes_on() => failed(
                        wanted,
                        format!(
                            "{reason}; {} bytes are there, and the same command goes on from them",
                            part.have()
                        ),
                    ),
                    End::Broken(reason) | End::Refused(reason) => failed(wanted, reason),
                });
            }
        }
    }
}

/// Why an attempt ended without the whole file.
enum End {
    /// The connection did not hold: trying again may help.
    Broken(String),
    /// What the server has is not what is wanted.
    Refused(String),
    /// An error that is already in words.
    Told(Error),
}

impl From<Error> for End {
    fn from(error: Error) -> End {
        End::Told(error)
    }
}

fn failed(wanted: &Wanted, reason: String) -> Error {
    Error::download(wanted.url.to_owned(), reason)
}

/// One request, and as much of the file as it brings.
fn attempt(
    client: &Client,
    wanted: &Wanted,
    part: &mut Part,
    tell: &mut dyn FnMut(Progress) -> Result<(), Error>,
) -> Result<(), End> {
    if part.is_whole() {
        return Ok(());
    }
    let heard = client.ask(wanted.url, part.range());
    let mut of = wanted.bytes;
    loop {
        tell(Progress { done: part.have(), of })?;
        match heard.recv_timeout(TICK) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(Heard::Head(head)) => {
                if let Err(reason) = check_length(wanted, head.of) {
                    return refused(part, reason);
                }
                of = head.of;
                if head.start == 0 {
                    part.restart(head.origin(wanted.url))?;
                }
            }
            Ok(Heard::Bytes(bytes)) if part.have() + bytes.len() as u64 > wanted.most => {
                return refused(part, too_long(wanted));
            }
            Ok(Heard::Bytes(bytes)) => part.append(&bytes)?,
            Ok(Heard::End) => return Ok(()),
            // What is there is not the start of what the server has.
            Ok(Heard::NoRange) if part.have() > 0 => {
                part.restart(None)?;
                return attempt(client, wanted, part, tell);
            }
            Ok(Heard::NoRange) => return refused(part, "it has no such range".to_owned()),
            Ok(Heard::Refused(reason)) => return refused(part, reason),
            Ok(Heard::Broken(reason)) => return Err(End::Broken(reason)),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(End::Broken("the connection broke".to_owned()));
            }
        }
    }
}

/// What is there is of no use.
fn refused(part: &mut Part, reason: String) -> Result<(), End> {
    part.restart(None)?;
    Err(End::Refused(reason))
}

fn check_length(wanted: &Wanted, announced: Option<u64>) -> Result<(), String> {
    match (announced, wanted.bytes) {
        (Some(has), Some(known)) if has != known => {
            Err(format!("the server has {has} bytes where the file has {known}"))
        }
        (Some(has), _) if has > wanted.most => Err(too_long(wanted)),
        _ => Ok(()),
    }
}

fn too_long(wanted: &Wanted) -> String {
    format!("it is longer than the {} bytes that such a file may have", wanted.most)
}
