//! What is asked over HTTP: pages and answers of services, which are kept in memory, and files, fetched
//! into a file that a later run can complete, never more of it than was announced.
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
mod pace;
mod page;
mod part;
mod permission;
mod robots;
mod service;
mod visitor;

use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

pub use self::content_type::ContentType;
use self::http::{Client, Event};
pub use self::limits::Limits;
use self::pace::{Pace, Watch};
pub use self::page::{Page, page};
use self::part::Part;
pub use self::service::{Call, CallFault, Reply, Services};
use super::transfer::{Progress, Transfer, discard};
use crate::model::address::without_passwords;
use crate::model::error::Error;
use crate::model::message::{Message, message};

/// How often a connection that broke is resumed in one run. Each time must have brought
/// something.
const MOST_RESUMPTIONS: usize = 8;

/// How long is waited for a piece before it is asked whether to go on.
const TICK: Duration = Duration::from_millis(100);

/// Fetches a file. Gives whether bytes of an earlier run are part of it. `on_progress` is called after every
/// piece, and ten times per second while none comes; an error from it ends the download. One that comes
/// at less than 1 kB per second, or takes more than six hours, is given up.
///
/// # Errors
/// Of kind `Download` if it cannot be had, of kind `Write` if it cannot be stored, and what `on_progress`
/// gives. What is there stays for a later run, unless that could not complete it.
pub fn fetch(
    transfer: &Transfer,
    on_progress: &mut dyn FnMut(Progress) -> Result<(), Error>,
) -> Result<bool, Error> {
    fetch_at(transfer, pace::USUAL, on_progress)
}

/// As [`fetch`], not slower than this.
fn fetch_at(
    transfer: &Transfer,
    pace: Pace,
    on_progress: &mut dyn FnMut(Progress) -> Result<(), Error>,
) -> Result<bool, Error> {
    let client = Client::new(transfer.from).map_err(|reason| failed(transfer, reason))?;
    let mut part = Part::open(transfer.part, &without_passwords(transfer.from))?;
    let mut watch = Watch::new(pace, Instant::now());
    let resumed = part.length() > 0;
    let mut left = MOST_RESUMPTIONS;
    loop {
        let before = part.length();
        watch.start(Instant::now(), before);
        let ended = attempt(&client, transfer, &mut part, &mut watch, on_progress);
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
                    End::Broken(reason) | End::Slow(reason) if part.can_resume() => failed(
                        transfer,
                        message!(
                            "{reason}; {length} bytes are there, and the same command goes on from them",
                            reason,
                            length = part.length()
                        ),
                    ),
                    End::Broken(reason) | End::Slow(reason) | End::Refused(reason) => {
                        failed(transfer, reason)
                    }
                });
            }
        }
    }
}

/// Why an attempt ended without the whole file.
enum End {
    /// The connection did not hold: trying again may help.
    Broken(Message),
    /// It comes too slowly: trying again at once would not help.
    Slow(Message),
    /// What the server has is not what is wanted.
    Refused(Message),
    /// An error that is already in words.
    Reported(Error),
}

impl From<Error> for End {
    fn from(error: Error) -> End {
        End::Reported(error)
    }
}

fn failed(transfer: &Transfer, reason: Message) -> Error {
    Error::download(transfer.from, reason)
}

/// One request, and as much of the file as it brings.
fn attempt(
    client: &Client,
    transfer: &Transfer,
    part: &mut Part,
    watch: &mut Watch,
    on_progress: &mut dyn FnMut(Progress) -> Result<(), Error>,
) -> Result<(), End> {
    if part.is_whole() {
        return Ok(());
    }
    let events = client.request(transfer.from, part.range());
    let mut of = transfer.bytes;
    loop {
        on_progress(Progress { done: part.length(), of })?;
        watch.check(Instant::now(), part.length()).map_err(End::Slow)?;
        match events.recv_timeout(TICK) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(Event::Head(head)) => {
                if let Err(reason) = check_length(transfer, head.of) {
                    return refused(part, reason);
                }
                of = head.of;
                if head.start == 0 {
                    part.restart(head.origin(&without_passwords(transfer.from)))?;
                    watch.start(Instant::now(), 0);
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
                return attempt(client, transfer, part, watch, on_progress);
            }
            Ok(Event::NoRange) => return refused(part, "it has no such range".into()),
            Ok(Event::Refused(reason)) => return refused(part, reason),
            Ok(Event::Broken(reason)) => return Err(End::Broken(reason)),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(End::Broken("the connection broke".into()));
            }
        }
    }
}

/// What is there is of no use.
fn refused(part: &mut Part, reason: Message) -> Result<(), End> {
    part.restart(None)?;
    Err(End::Refused(reason))
}

fn check_length(transfer: &Transfer, announced: Option<u64>) -> Result<(), Message> {
    match (announced, transfer.bytes) {
        (Some(has), Some(known)) if has != known => {
            Err(message!("the server has {has} bytes where the file has {known}", has, known))
        }
        (Some(has), _) if has > transfer.most => Err(too_long(transfer)),
        _ => Ok(()),
    }
}

fn too_long(transfer: &Transfer) -> Message {
    message!("it is longer than the {most} bytes that such a file may have", most = transfer.most)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// The address of a server that sends a file of a million bytes, a few at a time, for ever.
    fn slow_server() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let _ = stream.read(&mut [0; 4096]);
                let head = "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 1000000\r\n\r\n";
                let mut sent = stream.write_all(head.as_bytes());
                while sent.is_ok() {
                    thread::sleep(Duration::from_millis(10));
                    sent = stream.write_all(b"abc");
                }
            }
        });
        format!("http://lan:secret@{address}/a")
    }

    #[test]
    fn a_server_that_sends_little_is_not_waited_for() {
        let from = slow_server();
        let soon = Duration::from_millis(300);
        let ever = Duration::from_secs(100_000);
        for (pace, reason) in [
            (Pace { time: ever, least: 1_000_000, window: soon }, "it comes too slowly"),
            (Pace { time: soon, least: 0, window: ever }, "it was not all there after 0.3 seconds"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let part = folder.path().join("a.part");
            let transfer = Transfer { from: &from, part: &part, bytes: None, most: 1 << 20 };
            let error = fetch_at(&transfer, pace, &mut |_| Ok(())).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
            assert!(error.contains("the same command goes on"), "{error}");
            let origin = std::fs::read_to_string(folder.path().join("a.part.origin")).unwrap();
            assert!(!error.contains("secret") && !origin.contains("secret"), "{error}: {origin}");
        }
    }
}
