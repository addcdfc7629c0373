//! Files of servers, or the rest of them, as events.

use std::io::Read;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::Duration;

use ureq::http::{Response, StatusCode, header};
use ureq::{Agent, Body};

use super::connection::{self, MOST_REDIRECTS};
use super::part::Origin;
use crate::model::message::{Message, message};

/// How long nothing may come from a server.
const PATIENCE: Duration = Duration::from_secs(30);

/// How much is read at once, and how many such pieces may wait to be taken.
const PIECE: usize = 64 << 10;
const AHEAD: usize = 4;

/// Asks servers for files.
#[derive(Clone)]
pub(super) struct Client {
    agent: Agent,
}

/// What comes from a server.
pub(super) enum Event {
    /// It sends the file, or the rest of it.
    Head(Head),
    /// The next bytes.
    Bytes(Vec<u8>),
    /// All of it was sent.
    End,
    /// It does not have the range that was asked for.
    NoRange,
    /// It does not send the file, for this reason.
    Refused(Message),
    /// The connection cannot be had or broke, for this reason.
    Broken(Message),
}

/// What is said of a file before its bytes come.
pub(super) struct Head {
    /// The place in the file where they begin.
    pub start: u64,
    /// Length of the whole file, where the server says it.
    pub of: Option<u64>,
    /// The strong entity tag of the file.
    tag: Option<String>,
}

impl Head {
    /// What lets a later request complete the file.
    pub(super) fn origin(self, url: &str) -> Option<Origin> {
        let (bytes, tag) = self.of.zip(self.tag)?;
        Some(Origin { url: url.to_owned(), tag, bytes })
    }
}

impl Client {
    /// A client for this address. Where it is encrypted, so is everything it is sent on to.
    pub(super) fn new(url: &str) -> Result<Client, Message> {
        let config = connection::config()?
            .user_agent(concat!("docbao/", env!("CARGO_PKG_VERSION")))
            // Ranges count in the bytes of the file itself.
            .accept_encoding("identity")
            .https_only(url.starts_with("https://"))
            .max_redirects(MOST_REDIRECTS)
            .timeout_resolve(Some(PATIENCE))
            .timeout_connect(Some(PATIENCE))
            .timeout_per_read(Some(PATIENCE))
            .timeout_per_write(Some(PATIENCE))
            .build();
        Ok(Client { agent: config.new_agent() })
    }

    /// Asks for a file, or for its rest if so many bytes of it are there. What comes is received on a
    /// thread of its own, so that who listens may leave at any time; the thread then ends with the next
    /// piece, or when it has waited for one too long.
    pub(super) fn request(&self, url: &str, have: Option<(u64, &Origin)>) -> Receiver<Event> {
        let (sender, receiver) = mpsc::sync_channel(AHEAD);
        let (client, url) = (self.clone(), url.to_owned());
        let have = have.map(|(have, origin)| (have, origin.clone()));
        thread::spawn(move || client.receive(&url, have, &sender));
        receiver
    }

    fn receive(&self, url: &str, have: Option<(u64, Origin)>, sender: &SyncSender<Event>) {
        let mut request = self.agent.get(url);
        if let Some((have, origin)) = &have {
            request = request.header(header::RANGE, format!("bytes={have}-"));
            request = request.header(header::IF_RANGE, &origin.tag);
        }
        let response = match request.call() {
            Ok(response) => response,
            Err(error) => {
                let _ = sender.send(Event::Broken(self.describe(error)));
                return;
            }
        };
        let head = head(&response, have);
        let goes_on = matches!(head, Event::Head(_));
        if sender.send(head).is_err() || !goes_on {
            return;
        }
        let mut body = response.into_body().into_reader();
        loop {
            let mut piece = vec![0; PIECE];
            let event = match body.read(&mut piece) {
                Ok(0) => Event::End,
                Ok(read) => {
                    piece.truncate(read);
                    Event::Bytes(piece)
                }
                Err(error) => Event::Broken(self.describe(error.into())),
            };
            let goes_on = matches!(event, Event::Bytes(_));
            if sender.send(event).is_err() || !goes_on {
                return;
            }
        }
    }

    fn describe(&self, error: ureq::Error) -> Message {
        let waited = message!("nothing came for {seconds} seconds", seconds = PATIENCE.as_secs());
        connection::describe(error, self.agent.config().proxy(), &waited)
    }
}

/// What a response means for who asked for the rest of a file.
fn head(response: &Response<Body>, have: Option<(u64, Origin)>) -> Event {
    let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
    let tag = text(header::ETAG).filter(|tag| tag.starts_with('"')).map(str::to_owned);
    match (response.status(), have) {
        (StatusCode::OK, _) => {
            let kind = text(header::CONTENT_TYPE).unwrap_or_default();
            if kind.to_ascii_lowercase().starts_with("text/html") {
                let what = "the server sends a web page, not a file: is the address right, and \
                            does the server want a name and a password?";
                return Event::Refused(what.to_string().into());
            }
            let of = text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
            Event::Head(Head { start: 0, of, tag })
        }
        (StatusCode::PARTIAL_CONTENT, Some((start, origin))) => {
            let wanted = format!("bytes {start}-{}/{}", origin.bytes - 1, origin.bytes);
            if text(header::CONTENT_RANGE) != Some(wanted.as_str()) {
                return Event::NoRange;
            }
            Event::Head(Head { start, of: Some(origin.bytes), tag })
        }
        (StatusCode::RANGE_NOT_SATISFIABLE, Some(_)) => Event::NoRange,
        (status, _) => {
            Event::Refused(message!("the server says {status}", status = status.to_string()))
        }
    }
}
