//! A connection: its events in, its events out.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{mpsc, watch};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::event::{self, Event};
use super::info::info;
use super::session::{Session, VoiceAsked};
use crate::serve::connections::Bounds;
use crate::serve::patient::Patient;
use crate::serve::pieces::{self, Piece, Pieces};
use crate::serve::refusal::Refusal;
use crate::serve::state::Shared;

/// How long a client may send no event.
const IDLE: Duration = Duration::from_secs(300);

/// How long an event may take once it has begun.
const EVENT: Duration = Duration::from_secs(60);

/// A client's connection.
pub(super) struct Connection {
    shared: Arc<Shared>,
    client: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
    stop: watch::Receiver<bool>,
}

/// The data of `synthesize`.
#[derive(Deserialize)]
struct Synthesize {
    text: String,
    #[serde(default)]
    voice: Option<VoiceAsked>,
}

/// The data of `synthesize-start`.
#[derive(Deserialize)]
struct Start {
    #[serde(default)]
    voice: Option<VoiceAsked>,
}

/// The data of `synthesize-chunk`.
#[derive(Deserialize)]
struct Chunk {
    text: String,
}

impl Connection {
    /// The connection on a stream. It ends when `stop` says so and nothing is being spoken.
    pub(super) fn new(
        stream: TcpStream,
        shared: Arc<Shared>,
        stop: watch::Receiver<bool>,
    ) -> Connection {
        let (client, writer) = stream.into_split();
        Connection { shared, client: BufReader::new(client), writer, stop }
    }

    /// Answers until the client goes or does what it must not.
    pub(super) async fn run(self) {
        let Connection { shared, client, writer, stop } = self;
        let (out, pieces) = pieces::channel();
        let mut sending = pin!(send(writer, pieces));
        let answering = async move {
            let mut answering = Answering { shared, client, stop, out, session: None };
            if let Err(refusal) = answering.run().await {
                let data = json!({"text": refusal.message(), "code": refusal.kind()});
                let _ = answering.out.offer(event::bytes("error", &data, b"")).await;
            }
        };
        tokio::select! {
            // Nobody takes what is answered.
            () = &mut sending => {}
            // What was answered is sent to its end.
            () = answering => sending.await,
        }
    }
}

/// Sends all pieces.
async fn send(writer: OwnedWriteHalf, mut pieces: mpsc::UnboundedReceiver<Piece>) {
    let mut writer = Patient::new(writer, Bounds::USUAL.answer);
    while let Some(piece) = pieces.recv().await {
        if writer.write_all(&piece.bytes).await.is_err() {
            return;
        }
    }
    let _ = writer.shutdown().await;
}

/// The side of a connection that reads.
struct Answering {
    shared: Arc<Shared>,
    client: BufReader<OwnedReadHalf>,
    stop: watch::Receiver<bool>,
    out: Pieces,
    /// A text that is being written.
    session: Option<Session>,
}

impl Answering {
    async fn run(&mut self) -> Result<(), Refusal> {
        while let Some(event) = self.next().await? {
            self.answer(event).await?;
            if self.session.as_ref().is_some_and(Session::is_over) {
                self.finish().await?;
            }
        }
        Ok(())
    }

    /// The next event; `None` if there is none any more.
    async fn next(&mut self) -> Result<Option<Event>, Refusal> {
        let begun = timeout(IDLE, self.client.fill_buf());
        let begun = if self.session.is_some() {
            begun.await
        } else {
            tokio::select! {
                begun = begun => begun,
                _ = self.stop.wait_for(|is_over| *is_over) => return Ok(None),
            }
        };
        match begun {
            Ok(Ok([]) | Err(_)) => return Ok(None),
            Ok(Ok(_)) => {}
            Err(_) => return Err(Refusal::field("type", "no event came for a long time")),
        }
        // As bodies of requests over HTTP, so many are read at once.
        let Ok(Ok(_place)) = timeout(EVENT, self.shared.uploads.acquire()).await else {
            return Err(Refusal::busy("many requests are being read; ask again later"));
        };
        let largest = self.shared.largest;
        match timeout(EVENT, event::read(&mut self.client, largest)).await {
            Ok(read) => read.map_err(|reason| Refusal::field("type", reason)),
            Err(_) => Err(Refusal::field("type", "an event takes too long")),
        }
    }

    async fn answer(&mut self, event: Event) -> Result<(), Refusal> {
        let wrong = |reason| Refusal::field("data", reason);
        match &*event.kind {
            "describe" => {
                let data = spawn_blocking(info).await.map_err(|_| Refusal::failed())?;
                self.send("info", &data).await
            }
            "ping" => {
                let data: Value = event.data().map_err(wrong)?;
                self.send("pong", &data).await
            }
            // Clients that send a text in pieces send all of it too, for servers that take no pieces.
            "synthesize" if self.session.is_some() => Ok(()),
            "synthesize" => {
                let Synthesize { text, voice } = event.data().map_err(wrong)?;
                let voice = voice.unwrap_or_default();
                let mut session = Session::start(&self.shared, voice, false, self.out.clone())?;
                session.add(text).await?;
                session.finish().await
            }
            "synthesize-start" => {
                self.finish().await?;
                let Start { voice } = event.data().map_err(wrong)?;
                let voice = voice.unwrap_or_default();
                let session = Session::start(&self.shared, voice, true, self.out.clone())?;
                self.session = Some(session);
                Ok(())
            }
            "synthesize-chunk" => {
                let Chunk { text } = event.data().map_err(wrong)?;
                match &mut self.session {
                    Some(session) => session.add(text).await,
                    None => Err(wrong("a piece of a text came before synthesize-start".to_owned())),
                }
            }
            "synthesize-stop" => self.finish().await,
            // Events for other kinds of programs.
            _ => Ok(()),
        }
    }

    /// Ends the text that is being written, and waits until it is spoken.
    async fn finish(&mut self) -> Result<(), Refusal> {
        match self.session.take() {
            Some(session) => session.finish().await,
            None => Ok(()),
        }
    }

    async fn send(&self, kind: &str, data: &Value) -> Result<(), Refusal> {
        // If the client has gone, the connection ends by that.
        let _ = self.out.offer(event::bytes(kind, data, b"")).await;
        Ok(())
    }
}
