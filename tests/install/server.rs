//! A server of files on the loopback interface that does what it is told, right or wrong.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// Path and query, or host and port for a proxy.
    pub target: String,
    headers: BTreeMap<String, String>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

/// What it answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Response {
    pub status: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// Bytes of the body after which the connection ends.
    pub cut: Option<usize>,
    /// Whether the connection stays open, silent, where it would end.
    pub hang: bool,
}

impl Response {
    pub(crate) fn new(status: &'static str, body: &[u8]) -> Response {
        let headers = vec![("Content-Length", body.len().to_string())];
        Response { status, headers, body: body.to_vec(), ..Response::default() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Response {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn cut(self, at: usize) -> Response {
        Response { cut: Some(at), ..self }
    }
}

/// A file as a good server gives it: with an entity tag, and in parts to who asks for them.
pub(crate) fn file(request: &Request, bytes: &[u8], tag: &str) -> Response {
    let from = request.header("range").and_then(|range| {
        let from = range.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok()?;
        request.header("if-range").is_none_or(|if_range| if_range == tag).then_some(from)
    });
    let response = match from {
        Some(from) if from >= bytes.len() => Response::new("416 Range Not Satisfiable", b""),
        Some(from) => Response::new("206 Partial Content", &bytes[from..])
            .with("Content-Range", &format!("bytes {from}-{}/{}", bytes.len() - 1, bytes.len())),
        None => Response::new("200 OK", bytes),
    };
    response.with("ETag", tag)
}

/// How it answers, knowing how often this target was asked for before.
type Answer = dyn Fn(&Request, usize) -> Response + Send + Sync;

pub(crate) struct Server {
    address: String,
    answer: Arc<Mutex<Arc<Answer>>>,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    pub(crate) fn start(
        answer: impl Fn(&Request, usize) -> Response + Send + Sync + 'static,
    ) -> Server {
        Server::listen(Arc::new(answer), None)
    }

    /// One that is encrypted, with the certificate in `tls`, of localhost.
    pub(crate) fn encrypted(
        answer: impl Fn(&Request, usize) -> Response + Send + Sync + 'static,
    ) -> Server {
        let certificate = CertificateDer::from_pem_file("tests/install/tls/server.pem").unwrap();
        let key = PrivateKeyDer::from_pem_file("tests/install/tls/server.key").unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        Server::listen(Arc::new(answer), Some(Arc::new(config)))
    }

    fn listen(answer: Arc<Answer>, tls: Option<Arc<ServerConfig>>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let answer = Arc::new(Mutex::new(answer));
        let (log, current) = (Arc::clone(&seen), Arc::clone(&answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answer = Arc::clone(&current.lock().unwrap());
                let (log, tls) = (Arc::clone(&log), tls.clone());
                thread::spawn(move || match tls {
                    Some(config) => {
                        let connection = ServerConnection::new(config).unwrap();
                        let mut stream = StreamOwned::new(connection, stream);
                        serve(&mut stream, &*answer, &log);
                        stream.conn.send_close_notify();
                        let _ = stream.flush();
                    }
                    None => serve(&mut { stream }, &*answer, &log),
                });
            }
        });
        Server { address, answer, seen }
    }

    /// Has it answer otherwise from now on.
    pub(crate) fn now(&self, answer: impl Fn(&Request, usize) -> Response + Send + Sync + 'static) {
        *self.answer.lock().unwrap() = Arc::new(answer);
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn port(&self) -> &str {
        self.address.rsplit(':').next().unwrap()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// The requests so far for targets that end so.
    pub(crate) fn seen(&self, end: &str) -> Vec<Request> {
        let seen = self.seen.lock().unwrap();
        seen.iter().filter(|request| request.target.ends_with(end)).cloned().collect()
    }
}

/// Serves one request, or what is asked for through a proxy. An error is a client that went away.
fn serve(stream: &mut (impl Read + Write), answer: &Answer, log: &Mutex<Vec<Request>>) {
    while let Some(request) = read(stream) {
        let before = {
            let mut log = log.lock().unwrap();
            let same = |other: &&Request| other.target == request.target;
            let before = log.iter().filter(same).count();
            log.push(request.clone());
            before
        };
        let response = answer(&request, before);
        let tunnel = response.status.ends_with("Connection Established");
        if send(stream, &response).is_none() || !tunnel {
            return;
        }
    }
}

fn send(stream: &mut impl Write, response: &Response) -> Option<()> {
    let mut head = format!("HTTP/1.1 {}\r\n", response.status);
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).ok()?;
    let body = &response.body[..response.cut.unwrap_or(response.body.len())];
    stream.write_all(body).ok()?;
    stream.flush().ok()?;
    if response.hang {
        thread::sleep(Duration::from_secs(600));
    }
    Some(())
}

fn read(stream: &mut impl Read) -> Option<Request> {
    let mut lines = BufReader::with_capacity(1, stream).lines().map_while(Result::ok);
    let target = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers = lines.take_while(|line| !line.is_empty()).filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    });
    Some(Request { target, headers: headers.collect() })
}

/// A port that nobody listens on.
pub(crate) fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
