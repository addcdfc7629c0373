//! Connections and disks that fail, and programs that are stopped.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::limits::limited;

use super::server::{Request, Response, Server, file};
use super::{CONFIG, Place, WHOLE, failed, good, model, with_config};

/// A server whose connections broke after so many bytes of the model, and what was fetched then.
fn broken(place: &Place, model: &[u8], at: usize) -> Server {
    let bytes = model.to_vec();
    let server = Server::start(with_config(move |request, before| {
        file(request, &bytes, "\"one\"").cut(if before == 0 { at } else { 0 })
    }));
    let url = server.url("nu.onnx");
    let said = place.fails(&["install", "--from", &url], 1, &[&url, "the same command goes on"]);
    assert!(said.contains(&format!("{at} bytes are there")), "{said}");
    assert!(!place.names().contains(&"nu.onnx".to_owned()));
    assert_eq!(place.read(".nu.onnx.part"), model[..at]);
    server
}

/// The ranges of the model that a server was asked for.
fn ranges(server: &Server) -> Vec<Option<String>> {
    let seen = server.seen("nu.onnx");
    seen.iter().map(|request| request.header("range").map(str::to_owned)).collect()
}

#[test]
fn a_connection_that_breaks_is_taken_up_again() {
    let (place, model) = (Place::new(), model(300_000));
    let bytes = model.clone();
    let server = Server::start(with_config(move |request, before| {
        let response = file(request, &bytes, "\"one\"");
        if before < 2 { response.cut(100_000) } else { response }
    }));
    let catalogue = place.knowing(&server.url("nu.onnx"), &model);
    place.succeeds(&["install", "nu", "--catalogue", &catalogue]);
    assert_eq!(place.read("nu.onnx"), model);
    assert_eq!(place.names(), WHOLE);
    let seen = server.seen("nu.onnx");
    let ranges: Vec<_> = seen.iter().map(|request| request.header("range")).collect();
    assert_eq!(ranges, [None, Some("bytes=100000-"), Some("bytes=200000-")]);
    assert_eq!(seen[1].header("if-range"), Some("\"one\""));
    assert_eq!(seen[1].header("accept-encoding"), Some("identity"));
}

#[test]
fn a_later_run_goes_on_only_with_the_same_file() {
    let first = model(200_000);
    let mut second = first.clone();
    second[150_000] ^= 1;
    type Case = (&'static str, fn(&Request, &[u8]) -> Response, Vec<u8>, Option<&'static str>);
    let cases: [Case; 6] = [
        ("a good server", |r, bytes| file(r, bytes, "\"one\""), first.clone(), None),
        ("another file", |r, bytes| file(r, bytes, "\"two\""), second.clone(), None),
        (
            "one that ignores ranges",
            |_, bytes| Response::new("200 OK", bytes).with("ETag", "\"one\""),
            first.clone(),
            None,
        ),
        (
            "one that gives another range",
            |r, bytes| match r.header("range") {
                Some(_) => Response::new("206 Partial Content", &bytes[1000..]).with(
                    "Content-Range",
                    &format!("bytes 1000-{}/{}", bytes.len() - 1, bytes.len()),
                ),
                None => file(r, bytes, "\"one\""),
            },
            first.clone(),
            None,
        ),
        (
            "one that has no such range",
            |r, bytes| match r.header("range") {
                Some(_) => Response::new("416 Range Not Satisfiable", b""),
                None => file(r, bytes, "\"one\""),
            },
            first.clone(),
            None,
        ),
        (
            "one that is broken",
            |_, _| Response::new("503 Service Unavailable", b""),
            first.clone(),
            Some("503 Service Unavailable"),
        ),
    ];
    for (what, answer, bytes, error) in cases {
        let place = Place::new();
        let server = broken(&place, &first, 120_000);
        let before = (ranges(&server).len(), server.seen(".json").len());
        let sent = bytes.clone();
        server.now(move |request, _| answer(request, &sent));
        let url = server.url("nu.onnx");
        match error {
            None => {
                place.succeeds(&["install", "--from", &url]);
                assert!(place.read("nu.onnx") == bytes, "{what}");
                assert_eq!(place.names(), WHOLE, "{what}");
                assert_eq!(server.seen(".json").len(), before.1, "{what}: that was there");
            }
            Some(error) => {
                place.fails(
                    &["install", "--from", &url],
                    1,
                    &[error, "where there is no network here: bring"],
                );
                assert!(!place.names().contains(&"nu.onnx".to_owned()), "{what}");
            }
        }
        assert_eq!(ranges(&server)[before.0].as_deref(), Some("bytes=120000-"), "{what}");
    }
}

#[test]
fn what_was_damaged_on_disk_is_fetched_anew() {
    let (place, model) = (Place::new(), model(200_000));
    let server = broken(&place, &model, 120_000);
    let before = ranges(&server).len();
    let part = place.path("voices/.nu.onnx.part");
    let mut damaged = fs::read(&part).unwrap();
    damaged[60_000] ^= 1;
    fs::write(&part, damaged).unwrap();
    let bytes = model.clone();
    server.now(move |request, _| file(request, &bytes, "\"one\""));
    let catalogue = place.knowing(&server.url("nu.onnx"), &model);
    place.succeeds(&["install", "nu", "--catalogue", &catalogue]);
    assert_eq!(place.read("nu.onnx"), model);
    assert_eq!(ranges(&server)[before..], [Some("bytes=120000-".to_owned()), None]);
}

/// A server that sends half of the model and then nothing, and a run that waits for the rest.
fn waiting(place: &Place, model: &[u8]) -> (Server, std::process::Child) {
    let bytes = model.to_vec();
    let server = Server::start(with_config(move |request, before| {
        let response = file(request, &bytes, "\"one\"");
        if before > 0 {
            return response;
        }
        Response { cut: Some(bytes.len() / 2), hang: true, ..response }
    }));
    let mut command = place.command(&["install", "--from", &server.url("nu.onnx")]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let part = place.path("voices/.nu.onnx.part");
    let start = Instant::now();
    while fs::metadata(&part).map_or(0, |found| found.len()) < model.len() as u64 / 2 {
        assert!(start.elapsed() < Duration::from_secs(600), "nothing is fetched");
        thread::sleep(Duration::from_millis(10));
    }
    (server, child)
}

#[test]
fn two_at_once_do_not_meet() {
    let (place, model) = (Place::new(), model(60_000));
    let (server, mut child) = waiting(&place, &model);
    let url = server.url("nu.onnx");
    place.fails(&["install", "--from", &url], 1, &["another docbao is at work in"]);
    place.fails(&["remove", "nu"], 1, &["another docbao is at work in"]);
    child.kill().unwrap();
    child.wait().unwrap();
    // A killed run keeps nobody away, and what it had is gone on with.
    place.succeeds(&["install", "--from", &url]);
    assert_eq!(place.read("nu.onnx"), model);
    let range = format!("bytes={}-", model.len() / 2);
    assert_eq!(server.seen("nu.onnx")[1].header("range"), Some(range.as_str()));
}

#[test]
fn a_stopped_download_goes_on() {
    let (place, model) = (Place::new(), model(60_000));
    let (server, child) = waiting(&place, &model);
    let start = Instant::now();
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    failed(&child.wait_with_output().unwrap(), 130, &["the same work continues from there"]);
    // Not even a silent server is waited for. Waiting would take 30 seconds; only time shows that it is
    // not done, and it takes a hundredth of this.
    assert!(start.elapsed() < Duration::from_secs(25), "it waits for the server");
    assert!(!place.names().contains(&"nu.onnx".to_owned()));
    place.succeeds(&["install", "--from", &server.url("nu.onnx")]);
    assert_eq!(place.read("nu.onnx"), model);
    assert_eq!(place.names(), WHOLE);
    let seen = server.seen("nu.onnx");
    assert!(seen.len() == 2 && seen[1].header("range").is_some());
}

#[test]
fn a_full_disk_is_told_and_what_fitted_is_kept() {
    let (place, model) = (Place::new(), model(200_000));
    let server = good(&model);
    let command = place.command(&["install", "--from", &server.url("nu.onnx")]);
    // 100 blocks of 512 bytes: no file may be larger.
    let output = limited(&command, "-f 100").output().unwrap();
    failed(&output, 1, &["cannot write", ".nu.onnx.part"]);
    assert_eq!(place.read(".nu.onnx.part"), model[..51_200]);
    place.succeeds(&["install", "--from", &server.url("nu.onnx")]);
    assert_eq!(place.read("nu.onnx"), model);
    assert_eq!(server.seen("nu.onnx")[1].header("range"), Some("bytes=51200-"));
}

#[test]
fn where_nothing_may_be_written_that_is_told() {
    let place = Place::new();
    let brought = place.write("nu.onnx", model(20_000));
    place.write("nu.onnx.json", CONFIG);
    place.write("voices", "a file");
    place.fails(&["install", "--from", &brought], 1, &["cannot write", "voices"]);
    assert_eq!(fs::read(place.path("voices")).unwrap(), b"a file");
}
