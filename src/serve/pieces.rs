//! Bytes on their way from whoever speaks to a client.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::timeout;

/// Bytes that wait for a client: so many are made ahead of one that is slow.
const AHEAD: usize = 1 << 20;

/// The largest piece.
const LARGEST: usize = 1 << 16;

/// A client that takes nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Some bytes, which take room until they are dropped.
pub(super) struct Piece {
    pub bytes: Bytes,
    _room: OwnedSemaphorePermit,
}

/// Where whoever speaks puts its bytes.
#[derive(Clone)]
pub(super) struct Pieces {
    pieces: mpsc::UnboundedSender<Piece>,
    room: Arc<Semaphore>,
    runtime: Handle,
}

/// Both ends. It is called inside of the runtime.
pub(super) fn channel() -> (Pieces, mpsc::UnboundedReceiver<Piece>) {
    let (pieces, received) = mpsc::unbounded_channel();
    let room = Arc::new(Semaphore::new(AHEAD));
    (Pieces { pieces, room, runtime: Handle::current() }, received)
}

impl Pieces {
    /// Sends bytes, once there is room for them; on a thread that may wait.
    ///
    /// # Errors
    /// As [`Pieces::offer`].
    pub(super) fn send(&self, bytes: Bytes) -> io::Result<()> {
        self.runtime.block_on(self.offer(bytes))
    }

    /// Sends bytes, once there is room for them.
    ///
    /// # Errors
    /// [`io::ErrorKind::BrokenPipe`] if the client has gone or takes nothing.
    pub(super) async fn offer(&self, mut bytes: Bytes) -> io::Result<()> {
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        while !bytes.is_empty() {
            let piece = bytes.split_to(bytes.len().min(LARGEST));
            let room = Arc::clone(&self.room).acquire_many_owned(piece.len() as u32);
            let Ok(Ok(room)) = timeout(PATIENCE, room).await else { return Err(gone()) };
            self.pieces.send(Piece { bytes: piece, _room: room }).map_err(|_| gone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_made_than_there_is_room_for() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (pieces, mut received) = runtime.block_on(async { channel() });
        let count = 3 * AHEAD / 1000;
        let sender = std::thread::spawn(move || {
            (0..count).try_for_each(|_| pieces.send(Bytes::from(vec![7; 1000])))
        });
        while received.len() < AHEAD / 1000 {
            std::thread::yield_now();
        }
        std::thread::sleep(Duration::from_millis(20));
        assert!(!sender.is_finished());
        assert_eq!(received.len(), AHEAD / 1000);
        let mut bytes = 0;
        while let Some(piece) = received.blocking_recv() {
            bytes += piece.bytes.len();
        }
        assert_eq!(bytes, count * 1000);
        sender.join().unwrap().unwrap();

        let (pieces, received) = runtime.block_on(async { channel() });
        drop(received);
        let error = pieces.send(Bytes::from(vec![7; LARGEST + 1])).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
