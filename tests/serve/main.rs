//! Speech over HTTP: the real program on the loopback interface, and clients that do right and wrong.

mod jobs;
#[cfg(all(target_os = "linux", feature = "mp3"))]
mod load;
mod openapi;
mod server;
mod studio;
mod wyoming;

#[path = "../support/schemas.rs"]
mod schemas;

use std::io::{Cursor, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use docbao::decode::Decoder;
use serde_json::{Value, json};

use server::{Answer, Server};

const TEXT: &str = "Sáng 12/3, xã họp. Mưa to.";

/// The seconds of sound in a file.
fn seconds(name: &str, bytes: &[u8]) -> f64 {
    if name == "wav" {
        // Its length is not in its head: it goes on to its end.
        let rate = u32::from_le_bytes(bytes[24..28].try_into().unwrap());
        assert_eq!(&bytes[36..44], b"data\xff\xff\xff\xff");
        return (bytes.len() - 44) as f64 / f64::from(2 * rate);
    }
    let mut decoder = Decoder::new(name, Cursor::new(bytes.to_vec())).unwrap();
    let mut samples = 0;
    while let Some(some) = decoder.read().unwrap() {
        samples += some.len();
    }
    samples as f64 / f64::from(decoder.sample_rate())
}

/// The message of an error in the shape of OpenAI's interface.
fn message(answer: &Answer) -> String {
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    assert!(body["error"]["type"].is_string() && body["error"].get("param").is_some(), "{body}");
    body["error"]["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_text_is_spoken_in_every_format() {
    let server = Server::start(&[]);
    let pcm = server.speak(&json!({"input": TEXT, "voice": "bac", "response_format": "pcm"}));
    assert_eq!((pcm.status, &*pcm.content_type), (200, "audio/pcm"));
    let length = pcm.body.len() as f64 / 48_000.0;
    assert!((2.0..8.0).contains(&length), "{length}");
    for (format, content_type) in [
        ("mp3", "audio/mpeg"),
        ("opus", "audio/ogg"),
        ("aac", "audio/aac"),
        ("flac", "audio/flac"),
        ("wav", "audio/wav"),
    ] {
        let asked = json!({"model": "tts-1", "input": TEXT, "voice": {"id": "onyx"}, "response_format": format});
        let answer = server.speak(&asked);
        assert_eq!((answer.status, &*answer.content_type), (200, content_type), "{format}");
        let heard = seconds(format, &answer.body);
        assert!((heard - length).abs() < 0.2, "{format}: {heard} s and not {length}");
    }
    // As usual, and in another voice.
    let usual = server.speak(&json!({"input": TEXT, "voice": "bac"}));
    assert_eq!(usual.content_type, "audio/mpeg");
    assert_ne!(server.speak(&json!({"input": TEXT, "voice": "nova"})).body, usual.body);
}

#[test]
fn settings_of_a_request_are_heard() {
    let server = Server::start(&[]);
    let length = |asked: Value| {
        let mut whole = json!({"input": TEXT, "voice": "bac", "response_format": "pcm"});
        whole.as_object_mut().unwrap().extend(asked.as_object().unwrap().clone());
        let answer = server.speak(&whole);
        assert_eq!(answer.status, 200, "{asked}: {}", String::from_utf8_lossy(&answer.body));
        answer.body
    };
    let usual = length(json!({}));
    assert_eq!(length(json!({"instructions": "vui", "lang_code": "v", "model": "x"})), usual);
    assert!(length(json!({"speed": 2.0})).len() * 10 < usual.len() * 7);
    // What no voice can do is done as far as one can.
    assert_eq!(length(json!({"speed": 0.25})), length(json!({"speed": 0.5})));
    assert_ne!(length(json!({"dialect": "south"})), usual);
    let longer = length(json!({"lexicon": "written\tsaid\nxã\tủy ban nhân dân xã Bình Lục\n"}));
    assert!(longer.len() > usual.len());
    // All that is given is read, unless it is an article.
    let article =
        "Bão số ba\n\nẢnh: Minh Phương\n\nMưa to ở miền núi phía bắc, nước sông lên nhanh.";
    let all = length(json!({"input": article}));
    assert!(length(json!({"input": article, "article": true})).len() < all.len());
}

#[test]
fn sound_comes_as_events_too() {
    let server = Server::start(&[]);
    let sound = server.speak(&json!({"input": TEXT, "voice": "bac", "response_format": "pcm"}));
    let asked =
        json!({"input": TEXT, "voice": "bac", "response_format": "pcm", "stream_format": "sse"});
    let answer = server.speak(&asked);
    assert_eq!(answer.content_type, "text/event-stream");
    let body = String::from_utf8(answer.body).unwrap();
    let events: Vec<Value> = body
        .split_terminator("\n\n")
        .map(|event| serde_json::from_str(event.strip_prefix("data: ").unwrap()).unwrap())
        .collect();
    let (done, deltas) = events.split_last().unwrap();
    assert_eq!(done["type"], "speech.audio.done");
    // Characters and not bytes; marks and spaces between words are not counted.
    let characters = done["usage"]["input_tokens"].as_u64().unwrap();
    assert!((15..=TEXT.chars().count() as u64).contains(&characters), "{characters}");
    let bytes = deltas.iter().flat_map(|event| {
        assert_eq!(event["type"], "speech.audio.delta");
        BASE64_STANDARD.decode(event["audio"].as_str().unwrap()).unwrap()
    });
    assert!(bytes.collect::<Vec<u8>>() == sound.body);
}

#[test]
fn what_is_wrong_with_a_request_is_told() {
    let server = Server::start(&["--largest-body", "2000"]);
    for (asked, status, expected) in [
        (json!({"voice": "bac"}), 400, "missing field `input`"),
        (json!({"input": " \n"}), 400, "no text in it"),
        (json!({"input": "☂ ☂"}), 400, "nothing to read aloud"),
        (json!({"input": "a", "voice": "nobody"}), 400, "there are bac-nu-trong, bac, bac-nu"),
        (json!({"input": "a", "voice": "/etc/passwd"}), 400, "there is no voice"),
        (json!({"input": "a", "voice": 7}), 400, "no request for speech"),
        (json!({"input": "a", "response_format": "mp4"}), 400, "there are mp3, opus, aac"),
        (json!({"input": "a", "speed": 5}), 400, "from 0.25 to 4"),
        (json!({"input": "a", "dialect": "east"}), 400, "north, central or south"),
        (json!({"input": "a", "lexicon": "x"}), 400, "lexicon"),
        (json!({"input": "a", "stream_format": "x"}), 400, "audio or sse"),
        (json!({"input": "a ".repeat(2000)}), 413, "length limit"),
    ] {
        let answer = server.speak(&asked);
        let said = message(&answer);
        assert_eq!(answer.status, status, "{asked}: {said}");
        assert!(said.contains(expected), "{asked}: {said}");
    }
    for (method, path, status) in
        [("GET", "/v1/audio/speech", 405), ("GET", "/v1/x", 404), ("POST", "/v1/models", 405)]
    {
        let answer = server.ask(method, path, None, b"");
        assert_eq!(answer.status, status, "{method} {path}");
        message(&answer);
    }
}

#[test]
fn voices_and_models_are_listed_without_a_token_and_nothing_else_is() {
    let server = Server::start_with(&[], Some("mật khẩu"));
    let list = |path: &str| -> Value {
        let answer = server.ask("GET", path, None, b"");
        assert_eq!((answer.status, &*answer.content_type), (200, "application/json"), "{path}");
        serde_json::from_slice(&answer.body).unwrap()
    };
    assert_eq!(list("/v1/models")["data"][0]["id"], "docbao");
    assert_eq!(list("/v1/audio/models")["models"][1]["id"], "tts-1");
    assert_eq!(
        list("/v1/audio/voices")["voices"][0],
        json!({"id": "bac-nu-trong", "name": "bac-nu-trong"})
    );
    assert_eq!(list("/v1/audio/voices?shape=names")["voices"][1], "bac");
    assert_eq!(server.ask("GET", "/healthz", None, b"").body, b"ok\n");
    let body = br#"{"input": "Mua.", "voice": "bac"}"#;
    for (path, method) in [("/v1/audio/speech", "POST"), ("/metrics", "GET")] {
        for token in [None, Some("x"), Some("")] {
            let answer = server.ask(method, path, token, body);
            assert_eq!(answer.status, 401, "{path} {token:?}");
            assert!(message(&answer).contains("Bearer"));
        }
        assert_eq!(server.ask(method, path, Some("mật khẩu"), body).status, 200, "{path}");
    }
    let counted = server.ask("GET", "/metrics", Some("mật khẩu"), b"").body;
    let counted = String::from_utf8(counted).unwrap();
    let line = r#"docbao_requests_total{path="/v1/audio/speech",status="401"} 3"#;
    assert!(counted.contains(line) && counted.ends_with("# EOF\n"), "{counted}");
}

#[test]
fn pages_of_others_and_texts_make_it_do_nothing() {
    let server =
        Server::start(&["--allow-private-addresses", "--allow-origin", "https://example.org"]);
    let asked = r#"{"input": "Mưa.", "voice": "bac"}"#;
    for (origin, status) in [
        ("https://example.com", 403),
        ("null", 403),
        ("https://example.org", 200),
        ("chrome-extension://abc", 200),
    ] {
        let field = format!("Origin: {origin}\r\n");
        assert_eq!(
            server.ask_with("POST", "/v1/audio/speech", &field, asked.as_bytes()).status,
            status
        );
    }
    // A text that a file would be a list of pages for is not followed.
    let pages = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    pages.set_nonblocking(true).unwrap();
    let address = pages.local_addr().unwrap();
    let list =
        format!("<?xml version=\"1.0\"?><urlset><url><loc>http://{address}/a</loc></url></urlset>");
    server.speak(&json!({"input": list, "voice": "bac"}));
    assert!(pages.accept().is_err());
}

#[test]
fn names_that_others_can_lead_here_are_refused() {
    let server = Server::start(&["--allow-host", "doc.example.org"]);
    let asked = br#"{"input": "a", "voice": "bac"}"#;
    for (host, status) in [
        ("localhost:8880", 200),
        ("127.0.0.1", 200),
        ("[::1]:8880", 200),
        ("Doc.example.org", 200),
        ("example.org", 403),
        ("127.0.0.1.example.org", 403),
    ] {
        // Such a page comes from where it leads.
        let origin = format!("Origin: http://{host}\r\n");
        let answer = server.ask_host(host, "POST", "/v1/audio/speech", &origin, asked);
        assert_eq!(answer.status, status, "{host}");
        assert_eq!(server.ask_host(host, "GET", "/v1/models", "", b"").status, status, "{host}");
    }
}

#[test]
fn as_many_bodies_are_read_at_once_as_requests_are_spoken() {
    let server = Server::start(&["--most-requests", "1"]);
    let asked = json!({"input": "Mưa.", "voice": "bac"});
    let mut slow = TcpStream::connect(server.address()).unwrap();
    let head = "POST /v1/audio/speech HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{";
    slow.write_all(head.as_bytes()).unwrap();
    let refused = server.until(&asked, 429);
    assert!(message(&refused).contains("being read"), "{}", message(&refused));
    drop(slow);
    server.until(&asked, 200);
}

#[test]
fn a_client_that_takes_nothing_holds_one_place_until_it_goes() {
    let server = Server::start(&["--most-requests", "1"]);
    let long = json!({"input": "Mưa to. ".repeat(3000), "voice": "bac", "response_format": "wav"});
    let mut slow = server.begin(&long.to_string());
    let mut first = [0; 12];
    slow.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    let asked = json!({"input": "Mưa.", "voice": "bac"});
    // Nobody else has a place; lists are answered all the same.
    let refused = server.speak(&asked);
    assert_eq!(refused.status, 429);
    assert!(message(&refused).contains("ask again"), "{}", message(&refused));
    assert_eq!(refused.retry_after.as_deref(), Some("1"));
    assert_eq!(server.ask("GET", "/v1/models", None, b"").status, 200);
    drop(slow);
    server.until(&asked, 200);
}

#[test]
fn what_takes_too_long_is_refused_or_does_not_look_whole() {
    // Nothing was sent yet.
    let server = Server::start(&["--longest-request", "0"]);
    let answer = server.speak(&json!({"input": TEXT, "voice": "bac"}));
    assert_eq!((answer.status, answer.retry_after.as_deref()), (503, Some("1")));
    assert!(message(&answer).contains("in the time that a request has"));

    // Its first words are long sent when the time is over.
    let server = Server::start(&["--longest-request", "5"]);
    let long =
        json!({"input": "Mưa to. ".repeat(20_000), "voice": "bac", "response_format": "wav"});
    let mut answer = Vec::new();
    // However the connection ends.
    let _ = server.begin(&long.to_string()).read_to_end(&mut answer);
    assert!(answer.starts_with(b"HTTP/1.1 200"));
    assert!(!answer.ends_with(b"0\r\n\r\n"));
}

#[test]
fn whatever_is_sent_is_answered_with_a_4xx_and_the_server_lives_on() {
    let server = Server::start(&["--largest-body", "10000"]);
    let seed = format!(
        "POST /v1/audio/speech HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Content-Length: 36\r\nConnection: close\r\n\r\n{}",
        r#"{"input": "\u0041", "voice": "baca"}"#
    );
    let mut number = 7u32;
    let mut random = |below: usize| {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (number >> 8) as usize % below
    };
    for _ in 0..400 {
        let mut bytes = seed.clone().into_bytes();
        for _ in 0..=random(4) {
            let at = random(bytes.len());
            match random(4) {
                0 => bytes[at] = random(256) as u8,
                1 => drop(bytes.remove(at)),
                2 => bytes.truncate(at.max(1)),
                _ => bytes.insert(at, random(256) as u8),
            }
        }
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        // What was refused early need not be taken to its end.
        let _ = stream.write_all(&bytes).and_then(|()| stream.shutdown(std::net::Shutdown::Write));
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let first = String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned();
        let is_refusal =
            first.is_empty() || first.starts_with("HTTP/1.1 4") || first.starts_with("HTTP/1.0 4");
        assert!(is_refusal, "{first}: {}", String::from_utf8_lossy(&bytes));
    }
    assert_eq!(server.speak(&json!({"input": "Mưa.", "voice": "bac"})).status, 200);
}

#[cfg(unix)]
#[test]
fn who_is_being_answered_is_answered_before_it_stops() {
    let server = Server::start(&[]);
    let asked = json!({"input": "Mưa to ở miền núi. ".repeat(20), "voice": "bac", "response_format": "pcm"});
    let whole = server.speak(&asked);
    let mut stream = server.begin(&asked.to_string());
    let mut first = [0; 100];
    stream.read_exact(&mut first).unwrap();
    server.interrupt();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert!(rest.ends_with(b"0\r\n\r\n") && rest.len() > whole.body.len());
    assert!(server.wait().success());
}

#[test]
fn other_machines_need_a_token() {
    for (args, status, expected) in [
        (&["--listen", "0.0.0.0:0"][..], 2, "--without-token"),
        (&["--listen", "0.0.0.0:0", "--token-file", "/dev/null"], 1, "has no token in it"),
        (&["--voice", "nobody"], 1, "there is no voice nobody"),
    ] {
        let (code, said) = Server::refused(args);
        assert_eq!(code, status, "{args:?}: {said}");
        assert!(said.contains(expected), "{args:?}: {said}");
    }
}
