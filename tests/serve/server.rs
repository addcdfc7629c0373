//! The program `docbao serve`, and what it answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// A server on a port of its own, which ends with the value.
pub(crate) struct Server {
    program: Child,
    address: SocketAddr,
    wyoming: Option<SocketAddr>,
}

/// An answer as a client has it.
pub(crate) struct Answer {
    pub status: u16,
    pub content_type: String,
    pub retry_after: Option<String>,
    head: String,
    pub body: Vec<u8>,
}

fn program(args: &[&str]) -> Command {
    command(env!("CARGO_BIN_EXE_docbao"), args)
}

fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(["serve", "--no-config", "--listen", "127.0.0.1:0"]).args(args);
    command.env_remove("DOCBAO_TOKEN").stderr(Stdio::piped());
    command
}

impl Server {
    /// Starts a server for everybody on this machine.
    pub(crate) fn start(args: &[&str]) -> Server {
        Server::start_with(args, None)
    }

    /// Starts a server that asks for a token.
    pub(crate) fn start_with(args: &[&str], token: Option<&str>) -> Server {
        let mut program = program(args);
        Server::started(args, program.envs(token.map(|token| ("DOCBAO_TOKEN", token))))
    }

    /// Starts a server that is another program.
    #[cfg(all(target_os = "linux", feature = "mp3"))]
    pub(crate) fn start_program(program: &str, args: &[&str]) -> Server {
        Server::started(args, &mut command(program, args))
    }

    /// The bytes of memory that it has.
    #[cfg(all(target_os = "linux", feature = "mp3"))]
    pub(crate) fn memory(&self) -> f64 {
        let status = format!("/proc/{}/status", self.program.id());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1024.0
    }

    /// Starts a server whose temporary files are in this folder.
    #[cfg(unix)]
    pub(crate) fn start_in(args: &[&str], folder: &Path) -> Server {
        Server::started(args, program(args).env("TMPDIR", folder))
    }

    fn started(args: &[&str], program: &mut Command) -> Server {
        let mut program = program.spawn().unwrap();
        let mut log = BufReader::new(program.stderr.take().unwrap());
        let mut next = |before: &str, after: char| {
            let mut line = String::new();
            log.read_line(&mut line).unwrap();
            let address = line.split_once(before).and_then(|(_, rest)| rest.split_once(after));
            address.unwrap_or_else(|| panic!("{line}")).0.parse().unwrap()
        };
        let address = next("http://", '/');
        let wyoming = args.contains(&"--wyoming").then(|| next("tcp://", ' '));
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Server { program, address, wyoming }
    }

    /// The exit status of a server that does not start, and what it says.
    pub(crate) fn refused(args: &[&str]) -> (i32, String) {
        let output = program(args).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// A connection for a voice assistant.
    pub(crate) fn wyoming(&self) -> Assistant {
        let stream = TcpStream::connect(self.wyoming.unwrap()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        Assistant { stream: BufReader::new(stream) }
    }

    /// Asks for speech.
    pub(crate) fn speak(&self, asked: &Value) -> Answer {
        self.ask("POST", "/v1/audio/speech", None, asked.to_string().as_bytes())
    }

    /// Asks for speech again and again until it is answered with this status.
    pub(crate) fn until(&self, asked: &Value, status: u16) -> Answer {
        for _ in 0..2000 {
            let answer = self.speak(asked);
            if answer.status == status {
                return answer;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("it is never answered with {status}");
    }

    /// Sends a request for speech, and reads nothing of the answer.
    pub(crate) fn begin(&self, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(
            stream,
            "POST /v1/audio/speech HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        stream
    }

    /// Sends a request.
    pub(crate) fn ask(&self, method: &str, path: &str, token: Option<&str>, body: &[u8]) -> Answer {
        let token =
            token.map_or(String::new(), |token| format!("Authorization: bearer {token}\r\n"));
        self.ask_with(method, path, &token, body)
    }

    /// Sends a request with these fields in its head, each with its line end.
    pub(crate) fn ask_with(&self, method: &str, path: &str, fields: &str, body: &[u8]) -> Answer {
        self.ask_host("localhost", method, path, fields, body)
    }

    /// Sends a request to a host of this name.
    pub(crate) fn ask_host(
        &self,
        host: &str,
        method: &str,
        path: &str,
        fields: &str,
        body: &[u8],
    ) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\n{fields}Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        )
        .unwrap();
        // A body that is too long is not taken to its end.
        let _ = stream.write_all(body);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    /// Tells it to stop.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self) {
        let pid = self.program.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    }

    /// Ends it as a crash would.
    pub(crate) fn kill(mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }

    /// Waits until it has ended.
    #[cfg(unix)]
    pub(crate) fn wait(mut self) -> ExitStatus {
        self.program.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Answer {
    fn of(bytes: &[u8]) -> Answer {
        let end =
            bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let field = |name: &str| field(&head, name);
        let mut body = bytes[end + 4..].to_vec();
        if field("transfer-encoding").is_some() {
            body = unchunked(&body);
        }
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            content_type: field("content-type").unwrap_or_default(),
            retry_after: field("retry-after"),
            head,
            body,
        }
    }

    /// A field of its head.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        field(&self.head, name)
    }
}

fn field(head: &str, name: &str) -> Option<String> {
    let mut fields = head.lines().filter_map(|line| line.split_once(": "));
    fields.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
}

/// A client that speaks Wyoming.
pub(crate) struct Assistant {
    stream: BufReader<TcpStream>,
}

/// An event of Wyoming.
pub(crate) struct Event {
    pub kind: String,
    pub data: Value,
    pub payload: Vec<u8>,
}

impl Assistant {
    /// Sends an event, its data after the line.
    pub(crate) fn send(&mut self, kind: &str, data: &Value) {
        let data = data.to_string();
        let line = json!({"type": kind, "version": "1.8.0", "data_length": data.len()});
        self.send_bytes(format!("{line}\n{data}").as_bytes());
    }

    /// Closes one side of the connection.
    pub(crate) fn shut(&self, side: Shutdown) {
        self.stream.get_ref().shutdown(side).unwrap();
    }

    /// Sends bytes, if they are taken.
    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let _ = self.stream.get_mut().write_all(bytes);
    }

    /// The next event; `None` once the server has closed the connection.
    pub(crate) fn next(&mut self) -> Option<Event> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line: Value = serde_json::from_str(&line).unwrap();
        let mut bytes = |name: &str| {
            let mut bytes = vec![0; line[name].as_u64().unwrap_or_default() as usize];
            self.stream.read_exact(&mut bytes).unwrap();
            bytes
        };
        let data = bytes("data_length");
        let data =
            if data.is_empty() { Value::Null } else { serde_json::from_slice(&data).unwrap() };
        let kind = line["type"].as_str().unwrap().to_owned();
        Some(Event { kind, data, payload: bytes("payload_length") })
    }

    /// The sound of the next text, and the event after its last piece.
    pub(crate) fn sound(&mut self) -> (Vec<u8>, String) {
        let mut sound = Vec::new();
        while let Some(event) = self.next() {
            match &*event.kind {
                "audio-start" => assert!(sound.is_empty()),
                "audio-chunk" => sound.extend(event.payload),
                kind => return (sound, kind.to_owned()),
            }
        }
        panic!("the connection is closed");
    }
}

/// A body that was sent in pieces (RFC 9112, 7.1), which must end as one does.
fn unchunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = bytes.windows(2).position(|two| two == b"\r\n").expect("a piece has a length");
        let length =
            usize::from_str_radix(std::str::from_utf8(&bytes[..end]).unwrap(), 16).unwrap();
        bytes = &bytes[end + 2..];
        if length == 0 {
            return body;
        }
        body.extend_from_slice(&bytes[..length]);
        bytes = &bytes[length + 2..];
    }
}
