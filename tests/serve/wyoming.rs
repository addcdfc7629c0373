//! The server as a voice assistant uses it.

use std::net::Shutdown;

use serde_json::{Value, json};

use crate::server::Server;

const WYOMING: [&str; 2] = ["--wyoming", "127.0.0.1:0"];

#[test]
fn voices_are_described() {
    let server = Server::start(&WYOMING);
    let mut assistant = server.wyoming();
    assistant.send_bytes(b"{\"type\": \"describe\", \"version\": \"1.8.0\"}\n");
    let info = assistant.next().unwrap();
    assert_eq!(info.kind, "info");
    let program = &info.data["tts"][0];
    assert_eq!(program["supports_synthesize_streaming"], true);
    let voice = &program["voices"][0];
    assert_eq!((&voice["name"], &voice["languages"]), (&json!("bac-nu-trong"), &json!(["vi"])));
    assert_eq!(voice["installed"], true);
    assert!(voice["attribution"]["name"].as_str().unwrap().contains("FOSD"), "{voice}");
}

#[test]
fn a_text_is_spoken_whole_or_as_it_comes() {
    let server = Server::start(&WYOMING);
    let mut assistant = server.wyoming();
    let text = "Sáng 12/3, TP. Vinh mưa to. Gió cấp 8.";
    assistant.send("synthesize", &json!({"text": text, "voice": {"name": "bac"}}));
    let start = assistant.next().unwrap();
    let format = json!({"rate": 24_000, "width": 2, "channels": 1, "timestamp": 0});
    assert_eq!((&*start.kind, start.data), ("audio-start", format));
    let (whole, end) = assistant.sound();
    assert_eq!(end, "audio-stop");
    let seconds = whole.len() as f64 / 48_000.0;
    assert!((3.0..12.0).contains(&seconds), "{seconds}");

    // On the same connection, as it is written. The first sentence is heard before the second is there.
    assistant.send("synthesize-start", &json!({"voice": {"name": "bac"}}));
    for piece in ["Sáng 12", "/3, TP. Vi", "nh mưa to. "] {
        assistant.send("synthesize-chunk", &json!({"text": piece}));
    }
    assert_eq!(assistant.next().unwrap().kind, "audio-start");
    let first = assistant.next().unwrap();
    assert_eq!(first.kind, "audio-chunk");
    assistant.send("synthesize-chunk", &json!({"text": "Gió cấp 8."}));
    // For servers that take no pieces all of it is sent too.
    assistant.send("synthesize", &json!({"text": text}));
    assistant.send("synthesize-stop", &json!({}));
    let (rest, end) = assistant.sound();
    assert_eq!(end, "audio-stop");
    assert_eq!(assistant.next().unwrap().kind, "synthesize-stopped");
    assert!([first.payload, rest].concat() == whole);

    // What has nothing to say is silent, and the connection stays.
    assistant.send("synthesize", &json!({"text": "☂"}));
    assert_eq!(assistant.sound(), (Vec::new(), "audio-stop".to_owned()));
    assistant.send("ping", &json!({"text": "a"}));
    let pong = assistant.next().unwrap();
    assert_eq!((&*pong.kind, &pong.data["text"]), ("pong", &json!("a")));
    let counted = server.ask("GET", "/metrics", None, b"").body;
    let counted = String::from_utf8(counted).unwrap();
    let line = r#"docbao_requests_total{path="wyoming",status="200"} 3"#;
    assert!(counted.contains(line), "{counted}");
}

#[test]
fn a_client_that_sends_nothing_more_is_answered_to_the_end() {
    let server = Server::start(&WYOMING);
    let mut assistant = server.wyoming();
    assistant.send("synthesize", &json!({"text": "Mưa to."}));
    assistant.shut(Shutdown::Write);
    let (sound, end) = assistant.sound();
    assert!(sound.len() > 10_000);
    assert_eq!(end, "audio-stop");
    assert!(assistant.next().is_none());
}

#[test]
fn what_is_wrong_is_told_and_ends_the_connection() {
    let server = Server::start(&[&WYOMING[..], &["--largest-body", "1000"]].concat());
    let event = |kind: &str, data: &Value| format!("{}\n", json!({"type": kind, "data": data}));
    let long = json!({"text": "Mưa to. ".repeat(50)});
    for (sent, expected) in [
        ("x\n".to_owned(), "cannot be read"),
        ("\n".to_owned(), "cannot be read"),
        ("x".repeat(1 << 17), "longer than"),
        ("{\"type\": \"a\", \"data_length\": 1001}\n".to_owned(), "there may be 1000"),
        ("{\"type\": \"a\", \"payload_length\": 1e12}\n".to_owned(), "cannot be read"),
        ("{\"type\": \"a\", \"payload_length\": 99999999}\n".to_owned(), "there may be"),
        (event("synthesize", &json!({})), "missing field `text`"),
        (event("synthesize", &json!({"text": 7})), "cannot be read"),
        (event("synthesize", &json!({"text": "a", "voice": {"name": "x"}})), "there are bac"),
        (event("synthesize", &json!({"text": "a", "voice": {"name": "/a.onnx"}})), "no voice"),
        (event("synthesize", &json!({"text": "a", "voice": {"language": "en"}})), "there is vi"),
        (event("synthesize", &json!({"text": "a".repeat(1001)})), "longer than"),
        (event("synthesize-chunk", &json!({"text": "a"})), "before synthesize-start"),
        (
            event("synthesize-start", &json!({})) + &event("synthesize-chunk", &long).repeat(3),
            "longer than",
        ),
    ] {
        let mut assistant = server.wyoming();
        assistant.send_bytes(sent.as_bytes());
        let told = loop {
            let event = assistant.next().unwrap_or_else(|| panic!("{sent:.60}"));
            // What was said before stands.
            if !event.kind.starts_with("audio-") {
                break event;
            }
        };
        assert_eq!(told.kind, "error", "{sent:.60}");
        let said = told.data["text"].as_str().unwrap();
        assert!(said.contains(expected), "{sent:.60}: {said}");
        assert!(told.data["code"].is_string());
        while assistant.next().is_some() {}
    }
    // Events for others are left to them.
    let mut assistant = server.wyoming();
    assistant.send("transcribe", &json!({}));
    assistant.send("synthesize", &json!({"text": "Mưa.", "voice": null}));
    assert_eq!(assistant.sound().1, "audio-stop");
}

#[test]
fn places_are_shared_with_other_clients() {
    let server = Server::start(&[&WYOMING[..], &["--most-requests", "1"]].concat());
    let mut first = server.wyoming();
    first.send("synthesize-start", &json!({}));
    first.send("synthesize-chunk", &json!({"text": "Mưa to. "}));
    assert_eq!(first.next().unwrap().kind, "audio-start");
    assert_eq!(server.speak(&json!({"input": "Mưa.", "voice": "bac"})).status, 429);
    let mut second = server.wyoming();
    second.send("synthesize", &json!({"text": "Mưa."}));
    let told = second.next().unwrap();
    assert_eq!((&*told.kind, &told.data["code"]), ("error", &json!("rate_limit_error")));
    first.send("synthesize-stop", &json!({}));
    assert_eq!(first.sound().1, "audio-stop");
    assert_eq!(first.next().unwrap().kind, "synthesize-stopped");
    server.until(&json!({"input": "Mưa.", "voice": "bac"}), 200);
}
