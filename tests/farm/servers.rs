//! The queue and the store of objects of the tests, on the loopback interface.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long is waited for a server.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program of the tests: what the environment says, or that which .ci/run installs.
fn program(variable: &str, name: &str) -> PathBuf {
    let usual = || PathBuf::from("target/farm/bin").join(name);
    std::env::var_os(variable).map_or_else(usual, PathBuf::from)
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn wait_for(port: u16, child: &mut Child) {
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(child.try_wait().unwrap().is_none(), "the server has ended");
        assert!(begun.elapsed() < PATIENCE, "the server does not listen");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A NATS server with JetStream, which keeps what it has when it is started anew.
pub(crate) struct Nats {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl Nats {
    pub(crate) fn start() -> Nats {
        let (port, folder) = (free_port(), tempfile::tempdir().unwrap());
        let child = Nats::spawn(port, &folder);
        Nats { child, port, folder }
    }

    fn spawn(port: u16, folder: &TempDir) -> Child {
        let program = program("DOCBAO_NATS_SERVER", "nats-server");
        let mut command = Command::new(&program);
        command.args(["-a", "127.0.0.1", "-p", &port.to_string(), "-js", "-sd"]).arg(folder.path());
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let mut child = child.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        wait_for(port, &mut child);
        child
    }

    /// Ends it as a crash would, and starts it again.
    pub(crate) fn restart(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.child = Nats::spawn(self.port, &self.folder);
    }

    pub(crate) fn address(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A store of objects with the interface of S3, and a bucket `tin` in it that everybody may use.
pub(crate) struct Objects {
    child: Child,
    port: u16,
}

impl Objects {
    pub(crate) fn start() -> Objects {
        let port = free_port();
        let program = program("DOCBAO_MOTO_SERVER", "moto_server");
        let mut command = Command::new(&program);
        command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let mut child = child.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        wait_for(port, &mut child);
        let objects = Objects { child, port };
        assert_eq!(objects.ask("PUT", "/tin", b"").0, 200);
        objects
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks for something, and gives the status and the body.
    pub(crate) fn ask(&self, method: &str, path: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        // Whose bucket it is the server sees in the signature, which it does not check.
        let who = "AWS4-HMAC-SHA256 Credential=lan/20260101/us-east-1/s3/aws4_request, \
                   SignedHeaders=host, Signature=0";
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: {who}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.port,
            body.len()
        )
        .unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer[end + 4..].to_vec())
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
