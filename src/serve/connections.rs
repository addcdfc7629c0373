//! The connections of a listener: how many there are, and how long each may do nothing.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;

use super::patient::Patient;

/// How long nothing is accepted after the system had no more room for a connection.
const BREATH: Duration = Duration::from_secs(1);

/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// What connections may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// How many there are at once; more wait to be accepted.
    pub most: usize,
    /// How long a client may take for the head of a request, and how long a connection may wait for one.
    pub head: Duration,
    /// How long a client may take nothing of an answer.
    pub answer: Duration,
}

impl Bounds {
    /// Those of a server.
    pub(super) const USUAL: Bounds =
        Bounds { most: 1024, head: Duration::from_secs(30), answer: Duration::from_secs(60) };
}

/// Answers requests over HTTP until `stop` is over, and then those that are being answered.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    bounds: Bounds,
    stop: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(bounds.most));
    let open = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(bounds.head).max_buf_size(LONGEST_HEAD);
    let accept_all = async {
        loop {
            let (stream, place) = accept(&listener, &places).await;
            let stream = TokioIo::new(Patient::new(stream, bounds.answer));
            let service = TowerToHyperService::new(router.clone());
            let connection = open.watch(http.serve_connection(stream, service));
            tokio::spawn(async move {
                // What is wrong with a connection is its client's.
                let _ = connection.await;
                drop(place);
            });
        }
    };
    tokio::select! {
        () = accept_all => {}
        () = stop => {}
    }
    drop(listener);
    open.shutdown().await;
}

/// The next connection, and its place among those that are open.
pub(super) async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    // Nobody closes it.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Each piece is sent at once; where that cannot be had, it comes a little later.
                let _ = stream.set_nodelay(true);
                return (stream, place);
            }
            Err(error) if is_the_clients(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection can be accepted");
                sleep(BREATH).await;
            }
        }
    }
}

/// Whether a connection was not accepted because its client had gone.
fn is_the_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;

    use super::*;

    const BOUNDS: Bounds =
        Bounds { most: 2, head: Duration::from_millis(200), answer: Duration::from_millis(200) };

    /// A server, and what ends it.
    async fn started() -> (std::net::SocketAddr, oneshot::Sender<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        async fn endless() -> Body {
            let bytes = || Ok::<_, io::Error>(axum::body::Bytes::from(vec![0; 1 << 16]));
            Body::from_stream(tokio_stream::iter(std::iter::repeat_with(bytes)))
        }
        let router =
            Router::new().route("/", get(|| async { "yes" })).route("/endless", get(endless));
        let (told, stop) = oneshot::channel();
        let stop = async { drop(stop.await) };
        tokio::spawn(serve(listener, router, BOUNDS, stop));
        (address, told)
    }

    #[tokio::test]
    async fn clients_that_do_nothing_are_given_up_and_free_their_places() {
        let (address, _told) = started().await;
        // One sends nothing, one half a head, two take nothing, and one more waits for a place.
        let mut clients = Vec::new();
        let endless = "GET /endless HTTP/1.1\r\nHost: a\r\n\r\n";
        for sent in ["", "GET / HTTP/1.1\r\nHost", endless, endless] {
            let mut client = TcpStream::connect(address).await.unwrap();
            client.write_all(sent.as_bytes()).await.unwrap();
            clients.push(client);
        }
        let mut last = TcpStream::connect(address).await.unwrap();
        last.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        last.read_to_string(&mut answer).await.unwrap();
        assert!(answer.ends_with("yes"), "{answer}");
        drop(clients);
    }
}
