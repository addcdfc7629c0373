//! How far a job comes, as server-sent events (HTML Living Standard, 9.2).

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use serde_json::json;
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::queue::Status;
use super::record::{ANSWER_VERSION, State};

/// Events come no closer to each other; what happened meanwhile is in the next.
const BETWEEN: Duration = Duration::from_millis(100);

/// A line is sent so often if nothing happens, so that a client that has gone is noticed.
const BEAT: Duration = Duration::from_secs(15);

/// The events of a job, up to the one that says what became of it.
pub(super) fn events(id: String, mut status: watch::Receiver<Status>) -> Body {
    let (sender, events) = mpsc::channel(1);
    tokio::spawn(async move {
        loop {
            let now = *status.borrow_and_update();
            if sender.send(event(&id, now)).await.is_err() || now.state.is_over() {
                return;
            }
            sleep(BETWEEN).await;
            loop {
                match timeout(BEAT, status.changed()).await {
                    Ok(Ok(())) => break,
                    // The job is no longer there.
                    Ok(Err(_)) => return,
                    Err(_) if sender.send(Bytes::from_static(b":\n\n")).await.is_err() => return,
                    Err(_) => {}
                }
            }
        }
    });
    Body::from_stream(ReceiverStream::new(events).map(Ok::<_, io::Error>))
}

fn event(id: &str, Status { state, progress }: Status) -> Bytes {
    let name = if state == State::Running { "progress" } else { state.name() };
    let progress = progress.map(|it| json!({"spoken": it.spoken, "of": it.of}));
    let data =
        json!({"version": ANSWER_VERSION, "id": id, "state": state.name(), "progress": progress});
    Bytes::from(format!("event: {name}\ndata: {data}\n\n"))
}
