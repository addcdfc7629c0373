//! A server of speech on the loopback interface that answers what a test wants, right or wrong.

use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use hound::{SampleFormat, WavSpec, WavWriter};
use serde_json::Value;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// The request line and the fields, in lower case.
    pub head: String,
    pub body: Value,
}

impl Seen {
    pub(crate) fn input(&self) -> &str {
        self.body["input"].as_str().unwrap()
    }
}

/// How it answers a request that came after so many.
type Answer = dyn Fn(&Seen, usize, &mut TcpStream) + Send + Sync;

pub(crate) struct Liar {
    port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Liar {
    pub(crate) fn start(
        answer: impl Fn(&Seen, usize, &mut TcpStream) + Send + Sync + 'static,
    ) -> Liar {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, answer): (_, Arc<Answer>) = (Arc::clone(&seen), Arc::new(answer));
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                thread::spawn(move || {
                    let Some(request) = request(&mut stream) else { return };
                    let before = {
                        let mut log = log.lock().unwrap();
                        log.push(request.clone());
                        log.len() - 1
                    };
                    answer(&request, before, &mut stream);
                });
            }
        });
        Liar { port, seen }
    }

    /// Its address for speech.
    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// The name of a voice of it.
    pub(crate) fn voice(&self) -> String {
        format!("{}#lan", self.base())
    }

    /// What was asked for so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

fn request(stream: &mut TcpStream) -> Option<Seen> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        head += &format!("{}:{value}\n", name.to_ascii_lowercase());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Seen { head, body: serde_json::from_slice(&body).unwrap() })
}

/// Answers with a whole body of a known length.
pub(crate) fn answer(stream: &mut TcpStream, status: &str, fields: &str, body: &[u8]) {
    // Who asked may be gone.
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\n{fields}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .and_then(|()| stream.write_all(body));
}

/// Answers with a WAV file.
pub(crate) fn sound(stream: &mut TcpStream, wav: &[u8]) {
    answer(stream, "200 OK", "Content-Type: audio/wav\r\n", wav);
}

/// A tone of 220 Hz at half of full scale that lasts so many seconds, with silence of a fifth of a second at
/// both ends.
pub(crate) fn tone(seconds: f64, spec: WavSpec) -> Vec<u8> {
    let rate = f64::from(spec.sample_rate);
    let (silence, length) = ((rate / 5.0) as usize, (seconds * rate) as usize);
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = WavWriter::new(&mut bytes, spec).unwrap();
    for at in 0..length + 2 * silence {
        let is_heard = (silence..silence + length).contains(&at);
        let wave = (at as f64 / rate * 220.0 * std::f64::consts::TAU).sin();
        let sample = if is_heard { 0.5 * wave } else { 0.0 };
        for _ in 0..spec.channels {
            match spec.sample_format {
                SampleFormat::Float => writer.write_sample(sample as f32).unwrap(),
                SampleFormat::Int => {
                    let full = f64::from(1u32 << (spec.bits_per_sample - 1));
                    writer.write_sample((sample * (full - 1.0)) as i32).unwrap();
                }
            }
        }
    }
    writer.finalize().unwrap();
    bytes.into_inner()
}

/// The usual file: mono, 24,000 samples of 16 bits a second.
pub(crate) const USUAL: WavSpec = WavSpec {
    channels: 1,
    sample_rate: 24_000,
    bits_per_sample: 16,
    sample_format: SampleFormat::Int,
};
