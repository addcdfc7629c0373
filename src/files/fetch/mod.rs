//! The only place that speaks to the network: pages, which are kept in memory, and files over HTTP,
//! fetched into a file that a later run can complete, never more of it than was announced.
//!
//! A download has the name it is given until whoever asked for it has checked it. What is there of it
//! is completed only if the server says that it is still the same file: by its entity tag, in a
//! conditional range request (RFC 9110, sections 13.1.5 and 14). Without such a tag it starts over.

mod address;
mod connection;
mod content_type;
mod guard;
mod http;
mod limits;
mod page;
mod part;
mod permission;
mod robots;
mod visitor;

use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

pub use self::content_type::ContentType;
use self::http::{Client, Event};
pub use self::limits::Limits;
pub use self::page::{Page, page};
use self::part::Part;
use super::transfer::{Progress, Transfer, discard};
use crate::model::error::Error;

/// How often a connection that broke is resumed in one run. Each time must have brought
/// something.
const MOST_RESUMPTIONS: usize = 8;

/// How long is waited for a piece before it is asked whether to go on.
const TICK: Duration = Duration::from_millis(100);

/// Fetches a file. Gives whether bytes of an earlier run are part of it. `on_progress` is called after every
/// piece, and ten times per second while none comes; an error from it ends the download.
///
/// # Errors
/// Of kind `Download` if it cannot be had, of kind `Write` if it cannot be stored, and what `on_progress`
/// gives. What is there stays for a later run, unless that could not complete it.
pub fn fetch(
    transfer: &Transfer,
    on_progress: &mut dyn FnMut(Progress) -> Result<(), Error>,
) -> Result<bool, Error> {
    let client = Client::new(transfer.from).map_err(|reason| failed(transfer, reason))?;
    let mut part = Part::open(transfer.part, transfer.from)?;
    let resumed = part.length() > 0;
    let mut left = MOST_RESUMPTIONS;
    loop {
        let before = part.length();
        let ended = attempt(&client, transfer, &mut part, on_progress);
        match ended {
            Ok(()) => return part.keep().map(|()| resumed),
            Err(End::Broken(_)) if left > 0 && part.can_resume() && part.length() > before => {
                left -= 1;
            }
            Err(end) => {
                if part.can_resume() {
                    part.keep()?;
                } else {
                    discard(transfer.part)?;
                }
                return Err(match end {
                    End::Reported(error) => error,
                    End::Broken(reason) if part.can_resume() => failed(
                        transfer,
                        format!(
                            "{reason}; {} bytes are there, and the same command goes on from them",
                            part.length()
                        ),
                    ),
                    End::Broken(reason) | End::Refused(reason) => failed(transfer, reason),
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
    Reported(Error),
}

impl From<Error> for End {
    fn from(error: Error) -> End {
        End::Reported(error)
    }
}

fn failed(transfer: &Transfer, reason: String) -> Error {
    Error::download(transfer.from, reason)
}

/// One request, and as much of the file as it brings.
fn attempt(
    client: &Client,
    transfer: &Transfer,
    part: &mut Part,
    on_progress: &mut dyn FnMut(Progress) -> Result<(), Error>,
) -> Result<(), End> {
    if part.is_whole() {
        return Ok(());
    }
    let events = client.request(transfer.from, part.range());
    let mut of = transfer.bytes;
    loop {
        on_progress(Progress { done: part.length(), of })?;
        match events.recv_timeout(TICK) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(Event::Head(head)) => {
                if let Err(reason) = check_length(transfer, head.of) {
                    return refused(part, reason);
                }
                of = head.of;
                if head.start == 0 {
                    part.restart(head.origin(transfer.from))?;
                }
            }
            Ok(Event::Bytes(bytes)) if part.length() + bytes.len() as u64 > transfer.most => {
                return refused(part, too_long(transfer));
            }
            Ok(Event::Bytes(bytes)) => part.append(&bytes)?,
            Ok(Event::End) => return Ok(()),
            // What is there is not the start of what the server has.
            Ok(Event::NoRange) if part.length() > 0 => {
                part.restart(None)?;
                return attempt(client, transfer, part, on_progress);
            }
            Ok(Event::NoRange) => return refused(part, "it has no such range".to_owned()),
            Ok(Event::Refused(reason)) => return refused(part, reason),
            Ok(Event::Broken(reason)) => return Err(End::Broken(reason)),
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

fn check_length(transfer: &Transfer, announced: Option<u64>) -> Result<(), String> {
    match (announced, transfer.bytes) {
        (Some(has), Some(known)) if has != known => {
            Err(format!("the server has {has} bytes where the file has {known}"))
        }
        (Some(has), _) if has > transfer.most => Err(too_long(transfer)),
        _ => Ok(()),
    }
}

fn too_long(transfer: &Transfer) -> String {
    format!("it is longer than the {} bytes that such a file may have", transfer.most)
}
