//! Wyoming over TCP, the protocol of voice assistants such as Home Assistant's: text in, speech out, while
//! the text is still being written.

mod connection;
mod event;
mod info;
mod sentences;
mod session;

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use self::connection::Connection;
use super::connections::accept;
use super::state::Shared;

/// Connections at once; more wait to be accepted.
const MOST: u32 = 256;

/// Answers until `stop` says so, and then those that are being spoken to.
pub(super) async fn serve(
    listener: TcpListener,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(MOST as usize));
    let stopped = stop.clone();
    let accept_all = async {
        loop {
            let (stream, place) = accept(&listener, &places).await;
            let connection = Connection::new(stream, Arc::clone(&shared), stopped.clone());
            tokio::spawn(async move {
                connection.run().await;
                drop(place);
            });
        }
    };
    tokio::select! {
        () = accept_all => {}
        _ = stop.wait_for(|is_over| *is_over) => {}
    }
    drop(listener);
    // When all places are free, nobody is left.
    let _ = places.acquire_many(MOST).await;
}
