//! Jobs: articles that become files while their clients come and go.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use serde_json::{Value, json};

use crate::server::{Answer, Server};

const TEXT: &str = "Bão số ba\n\nSáng 12/3, xã họp. Mưa to ở miền núi, nước sông lên nhanh.";

fn started(folder: &Path, args: &[&str]) -> Server {
    let folder = folder.to_str().unwrap();
    Server::start(&[&["--jobs-folder", folder], args].concat())
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&answer.body)))
}

fn submit(server: &Server, asked: &Value) -> Value {
    let answer = server.ask("POST", "/v1/jobs", None, asked.to_string().as_bytes());
    let job = json_of(&answer);
    assert_eq!(answer.status, 201, "{job}");
    job
}

fn address(job: &Value) -> &str {
    job["address"].as_str().unwrap()
}

/// What became of a job, once it is over, and the names of its events.
fn wait(server: &Server, job: &Value) -> (Value, Vec<String>) {
    let events = server.ask("GET", job["events"].as_str().unwrap(), None, b"");
    assert_eq!((events.status, &*events.content_type), (200, "text/event-stream"));
    let text = String::from_utf8(events.body).unwrap();
    let names = text.lines().filter_map(|line| line.strip_prefix("event: "));
    let names = names.map(str::to_owned).collect();
    let answer = server.ask("GET", address(job), None, b"");
    (json_of(&answer), names)
}

fn sound(server: &Server, job: &Value) -> Vec<u8> {
    let file = job["files"][0]["address"].as_str().unwrap();
    let answer = server.ask("GET", file, None, b"");
    assert_eq!(answer.status, 200);
    answer.body
}

#[test]
fn a_job_is_followed_and_its_files_are_those_of_a_narration() {
    let folder = tempfile::tempdir().unwrap();
    let server = started(folder.path(), &[]);
    let asked = json!({
        "source": {"text": TEXT},
        "voice": "bac-nu",
        "outputs": [
            {"kind": "audio", "format": "wav", "name": "tin.wav"},
            {"kind": "captions", "format": "vtt"},
            {"kind": "script"},
        ],
    });
    let job = submit(&server, &asked);
    let (job, events) = wait(&server, &job);
    assert_eq!(job["state"], "done", "{job}");
    assert_eq!(events.last().unwrap(), "done");
    assert!(events.iter().all(|name| ["queued", "progress", "done"].contains(&&**name)));
    assert!(job["produced"]["speech_seconds"].as_f64().unwrap() > 2.0);
    let file = |at: usize| {
        let file = &job["files"][at];
        let answer = server.ask("GET", file["address"].as_str().unwrap(), None, b"");
        assert_eq!(answer.status, 200);
        assert_eq!(answer.content_type, file["content_type"].as_str().unwrap());
        answer.body
    };
    let narrated = folder.path().join("tin.wav");
    let source = folder.path().join("tin.txt");
    std::fs::write(&source, TEXT).unwrap();
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_docbao"));
    program.env("DOCBAO_LANG", "en");
    program.args(["narrate", "--no-config", "--voice", "bac-nu", "-o"]).arg(&narrated).arg(&source);
    assert!(program.output().unwrap().status.success());
    assert!(file(0) == std::fs::read(&narrated).unwrap());
    assert!(file(1).starts_with(b"WEBVTT"));
    let script = crate::schemas::described("script", &file(2));
    assert_eq!(script["utterances"][0]["words"][0]["said"], "Bão");

    // Players ask for parts.
    let whole = file(0);
    let path = job["files"][0]["address"].as_str().unwrap();
    let part = server.ask_with("GET", path, "Range: bytes=10-99\r\n", b"");
    assert_eq!((part.status, &part.body[..]), (206, &whole[10..100]));
    let none = server.ask_with("GET", path, "Range: bytes=99999999-\r\n", b"");
    assert_eq!(none.status, 416);

    let list = json_of(&server.ask("GET", "/v1/jobs", None, b""));
    assert_eq!(list["data"][0]["id"], job["id"]);
    assert_eq!(server.ask("DELETE", address(&job), None, b"").status, 204);
    for path in [address(&job), path, job["events"].as_str().unwrap()] {
        assert_eq!(server.ask("GET", path, None, b"").status, 404, "{path}");
    }
    assert_eq!(json_of(&server.ask("GET", "/v1/jobs", None, b""))["data"], json!([]));
}

/// The value of a counter, by its name and labels.
fn counted(server: &Server, name: &str) -> f64 {
    let text = String::from_utf8(server.ask("GET", "/metrics", None, b"").body).unwrap();
    let mut values = text.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let value = values.next().unwrap_or_else(|| panic!("no {name} in\n{text}"));
    value.parse().unwrap()
}

#[test]
fn of_a_text_with_a_word_changed_only_that_sentence_is_spoken() {
    const TEXTS: [&str; 2] = [
        "Mưa to ở miền núi. Nước sông lên nhanh. Trẻ em nghỉ học.",
        "Mưa to ở miền núi. Nước sông rút nhanh. Trẻ em nghỉ học.",
    ];
    let made = |server: &Server, text: &str| {
        let wav = json!([{"kind": "audio", "format": "wav"}]);
        let job = submit(server, &json!({"source": {"text": text}, "outputs": wav}));
        let (job, _) = wait(server, &job);
        assert_eq!(job["state"], "done", "{job}");
        let number = |name: &str| job["produced"][name].as_u64().unwrap();
        (sound(server, &job), number("utterances"), number("from_cache"))
    };
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = started(folder.path(), &[]);
    assert_eq!(made(&server, TEXTS[0]).1, 3);
    let (changed, _, from_cache) = made(&server, TEXTS[1]);
    assert_eq!(from_cache, 2);
    for (name, expected) in [
        ("docbao_jobs_submitted_total", 2.0),
        ("docbao_jobs_finished_total{state=\"done\"}", 2.0),
        ("docbao_jobs_utterances_total{source=\"cache\"}", 2.0),
        ("docbao_jobs_utterances_total{source=\"voice\"}", 4.0),
        ("docbao_jobs_waiting{state=\"queued\"}", 0.0),
        ("docbao_jobs_waiting{state=\"running\"}", 0.0),
    ] {
        assert_eq!(counted(&server, name), expected, "{name}");
    }
    assert!(counted(&server, "docbao_jobs_speech_seconds_total") > 5.0);
    // It is there after a restart, and the sound is that of a server without a cache.
    server.kill();
    let server = started(folder.path(), &[]);
    assert!(made(&server, TEXTS[1]) == (changed.clone(), 3, 3));
    let without = started(other.path(), &["--jobs-cache", "0"]);
    assert!(made(&without, TEXTS[1]) == (changed.clone(), 3, 0));
    assert!(made(&without, TEXTS[1]) == (changed, 3, 0));
    assert!(!other.path().join("cache").exists());
}

#[test]
fn the_cache_of_jobs_is_bounded() {
    const LIMIT: u64 = 60_000;
    let folder = tempfile::tempdir().unwrap();
    let server = started(folder.path(), &["--jobs-cache", &LIMIT.to_string()]);
    let text = "Mưa to ở miền núi. Nước sông lên nhanh. Trẻ em nghỉ học. Xe không qua được cầu.";
    let (job, _) = wait(&server, &submit(&server, &json!({"source": {"text": text}})));
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_docbao"));
    program.env("DOCBAO_LANG", "en");
    program.args(["cache", "--no-config", "--json", "--cache"]).arg(folder.path().join("cache"));
    let usage: Value = serde_json::from_slice(&program.output().unwrap().stdout).unwrap();
    let bytes = usage["bytes"].as_u64().unwrap();
    assert!(bytes > 0 && bytes <= LIMIT, "{usage}");
    assert!(usage["entries"].as_u64() < job["produced"]["utterances"].as_u64(), "{usage}");
}

#[test]
fn a_killed_server_goes_on_with_its_jobs() {
    let folder = tempfile::tempdir().unwrap();
    let wav = json!([{"kind": "audio", "format": "wav"}]);
    let long = json!({"source": {"text": "Mưa to ở miền núi. ".repeat(80)}, "outputs": wav});
    let short = json!({"source": {"text": TEXT}, "outputs": wav});
    let server = started(folder.path(), &[]);
    let jobs = [&short, &long, &long, &short].map(|asked| submit(&server, asked));
    wait(&server, &jobs[0]);
    // One is done, others are worked on, others wait.
    server.kill();
    let server = started(folder.path(), &[]);
    let done = jobs.each_ref().map(|job| wait(&server, job).0);
    for job in &done {
        assert_eq!(job["state"], "done", "{job}");
    }
    assert!(sound(&server, &done[1]) == sound(&server, &done[2]));
    assert!(sound(&server, &done[0]) == sound(&server, &done[3]));
    // It is one server's.
    let (code, said) = Server::refused(&["--jobs-folder", folder.path().to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(said.contains("another docbao is at work"), "{said}");
    server.kill();
    let left = |folder: &Path| {
        let names = std::fs::read_dir(folder).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with(".docbao-")).count()
    };
    drop(started(folder.path(), &[]));
    assert_eq!(left(folder.path()), 0);
}

#[test]
fn a_request_that_is_sent_again_is_one_job() {
    let folder = tempfile::tempdir().unwrap();
    let asked = json!({"source": {"text": TEXT}}).to_string();
    let send = |server: &Server, key: &str, asked: &str| {
        let field = format!("Idempotency-Key: {key}\r\n");
        let answer = server.ask_with("POST", "/v1/jobs", &field, asked.as_bytes());
        (answer.status, json_of(&answer)["id"].clone())
    };
    let server = started(folder.path(), &[]);
    let (status, first) = send(&server, "a", &asked);
    assert_eq!(status, 201);
    assert_eq!(send(&server, "a", &asked), (200, first.clone()));
    assert_eq!(send(&server, "a", &asked.replace("Bão", "Lũ")).0, 422);
    let (status, other) = send(&server, "b", &asked);
    assert!(status == 201 && other != first);
    server.kill();
    let server = started(folder.path(), &[]);
    assert_eq!(send(&server, "a", &asked), (200, first));
}

#[test]
fn a_job_that_is_cancelled_is_gone_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let server = started(folder.path(), &[]);
    let long = json!({"source": {"text": "Mưa to ở miền núi. ".repeat(5000)}});
    // Two are worked on, one waits.
    let jobs = [0, 1, 2].map(|_| submit(&server, &long));
    let mut follow = TcpStream::connect(server.address()).unwrap();
    let path = jobs[0]["events"].as_str().unwrap();
    write!(follow, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains("\"spoken\":") {
        let mut some = [0; 1000];
        let count = follow.read(&mut some).unwrap();
        assert!(count > 0);
        seen.extend_from_slice(&some[..count]);
    }
    let all =
        ["queued", "running"].map(|state| format!("docbao_jobs_waiting{{state=\"{state}\"}}"));
    assert_eq!(all.each_ref().map(|name| counted(&server, name)), [1.0, 2.0]);
    for job in &jobs {
        assert_eq!(server.ask("DELETE", address(job), None, b"").status, 204);
        assert_eq!(server.ask("DELETE", address(job), None, b"").status, 404);
    }
    assert_eq!(counted(&server, "docbao_jobs_finished_total{state=\"cancelled\"}"), 3.0);
    let mut rest = String::new();
    follow.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("event: cancelled"), "{rest}");
    // Their place is free for others.
    let (job, _) = wait(&server, &submit(&server, &json!({"source": {"text": "Mưa."}})));
    assert_eq!(job["state"], "done");
    server.kill();
    let server = started(folder.path(), &[]);
    let list = json_of(&server.ask("GET", "/v1/jobs", None, b""));
    assert_eq!(list["data"].as_array().unwrap().len(), 1, "{list}");
}

#[cfg(unix)]
#[test]
fn a_server_that_stops_ends_the_events_of_a_job_and_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = started(folder.path(), &[]);
    let job = submit(&server, &json!({"source": {"text": "Mưa to ở miền núi. ".repeat(5000)}}));
    let mut follow = TcpStream::connect(server.address()).unwrap();
    let path = job["events"].as_str().unwrap();
    write!(follow, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    follow.read_exact(&mut [0; 100]).unwrap();
    server.interrupt();
    let mut rest = Vec::new();
    follow.read_to_end(&mut rest).unwrap();
    // It is not cut off.
    assert!(rest.ends_with(b"0\r\n\r\n"));
    assert!(server.wait().success());
    let server = started(folder.path(), &[]);
    let job = json_of(&server.ask("GET", address(&job), None, b""));
    assert!(["queued", "running"].contains(&job["state"].as_str().unwrap()), "{job}");
}

#[test]
fn what_cannot_be_done_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let server = started(folder.path(), &["--most-jobs", "2"]);
    let empty = submit(&server, &json!({"source": {"text": "☂ ☂"}}));
    let (job, events) = wait(&server, &empty);
    assert_eq!(
        (&job["state"], events.last().map(String::as_str)),
        (&json!("failed"), Some("failed"))
    );
    assert!(job["error"].as_str().unwrap().contains("nothing to read aloud"), "{job}");
    let file = json!({"file": {"name": "a.docx", "base64": "AAAA"}});
    let (job, _) = wait(&server, &submit(&server, &json!({"source": file})));
    assert_eq!(job["state"], "failed", "{job}");
    // A strict job is refused for its doubtful readings.
    let strict = json!({"source": {"text": "Ông XQZKW đến."}, "strictness": "unknown"});
    let (job, _) = wait(&server, &submit(&server, &strict));
    assert_eq!(job["state"], "refused", "{job}");
    assert!(job["findings"][0]["source"].is_string());
    assert_eq!(counted(&server, "docbao_jobs_finished_total{state=\"failed\"}"), 2.0);
    assert_eq!(counted(&server, "docbao_jobs_finished_total{state=\"refused\"}"), 1.0);
    // The oldest of those that are over made room.
    assert_eq!(server.ask("GET", address(&empty), None, b"").status, 404);

    let post = |asked: &str| server.ask("POST", "/v1/jobs", None, asked.as_bytes()).status;
    for asked in ["", "{", "[]", "{}", r#"{"source": {"address": "http://localhost"}}"#] {
        assert_eq!(post(asked), 400, "{asked}");
    }
    let waits =
        || json_of(&server.ask("GET", "/v1/jobs", None, b""))["data"].as_array().unwrap().len();
    let long = json!({"source": {"text": "Mưa to. ".repeat(5000)}}).to_string();
    assert_eq!((post(&long), post(&long), post(&long)), (201, 201, 429));
    assert_eq!(waits(), 2);
    for path in ["/v1/jobs/x", "/v1/jobs/../../etc", "/v1/jobs/%2e%2e", "/v1/jobs/x/files/%2e%2e"] {
        assert_eq!(server.ask("GET", path, None, b"").status, 404, "{path}");
    }
}

#[test]
fn jobs_are_off_unless_they_have_a_folder_and_need_the_token() {
    let server = Server::start(&[]);
    for (method, path) in [("POST", "/v1/jobs"), ("GET", "/v1/jobs"), ("GET", "/v1/jobs/x")] {
        assert_eq!(server.ask(method, path, None, b"{}").status, 404, "{method} {path}");
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().to_str().unwrap();
    let server = Server::start_with(&["--jobs-folder", folder], Some("a"));
    assert_eq!(server.ask("GET", "/v1/jobs", None, b"").status, 401);
    assert_eq!(server.ask("GET", "/v1/jobs", Some("a"), b"").status, 200);
}
