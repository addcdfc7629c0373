//! Documents of the studio that become articles of a show.

use std::fs;

use serde_json::{Value, json};

use super::{TEXT, document, json_of, post};
use crate::server::Server;

/// The head of a picture file: as much as is looked at.
#[cfg(feature = "podcast")]
fn png(size: u32) -> Vec<u8> {
    let head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let size = size.to_be_bytes();
    [&head[..], &size, &size, b"\x08\x02\0\0\0", b"\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82"].concat()
}

#[cfg(feature = "podcast")]
#[test]
fn a_document_is_published_in_a_show_as_it_was_decided() {
    let folder = tempfile::tempdir().unwrap();
    let show = folder.path().join("show");
    let path = show.to_str().unwrap();
    let (code, said) = Server::refused(&["--show", path]);
    assert!(code == 1 && said.contains("podcast.toml"), "{said}");
    let init = std::process::Command::new(env!("CARGO_BIN_EXE_docbao"))
        .env("DOCBAO_LANG", "en")
        .args(["podcast", "init", path])
        .output();
    assert!(init.unwrap().status.success());
    let toml = fs::read_to_string(show.join("podcast.toml")).unwrap();
    fs::write(show.join("podcast.toml"), toml.replace("cover.jpg", "cover.png")).unwrap();
    fs::write(show.join("cover.png"), png(1400)).unwrap();
    fs::write(show.join("lu.txt"), "---\ntitle: Lũ\ndate: 2024-03-05\n---\nNước lên.\n").unwrap();
    let server = Server::start(&["--voice", "tone", "--show", path]);
    assert_eq!(json_of(&server.ask("GET", "/v1/studio", None, b""))["show"], "Tin sáng");

    let mut document = document(TEXT, &json!({"blocks": {"1": false, "2": true}}));
    document["lexicon"] = json!("written\tsaid\nxã\tủy ban xã\n");
    document["job"]["tags"] =
        json!({"title": "Bão số 3", "author": "Lan", "source_url": "https://example.org/bao"});
    let mut asked = json!({"document": document, "date": "2024-09-08T07:30:00+07:00"});
    let published = post(&server, "/v1/studio/publish", &asked, 200);
    assert_eq!(published, json!({"name": "bao-so-3.txt", "scheduled": null, "episodes": 2}));
    let feed = || fs::read_to_string(show.join("public/feed.xml")).unwrap();
    let item = |feed: &str| feed.split("<item>").nth(1).unwrap().to_owned();
    let first = item(&feed());
    for part in ["Bão số 3", "Sun, 8 Sep 2024 07:30:00 +0700", "https://example.org/bao"] {
        assert!(first.contains(part), "{part}: {first}");
    }
    let transcripts = || {
        let names = fs::read_dir(show.join("public/episodes")).unwrap();
        let names = names.map(|entry| entry.unwrap().path());
        let texts = names.filter(|path| path.extension().is_some_and(|ending| ending == "vtt"));
        texts.map(|path| fs::read_to_string(path).unwrap()).collect::<String>()
    };
    let said = transcripts();
    assert!(said.contains("Minh Phương") && !said.contains("HĐND"), "{said}");

    // It is published again under its name, and keeps its date and its place in the feed.
    asked["name"] = published["name"].clone();
    asked["date"] = Value::Null;
    asked["document"]["job"]["tags"]["title"] = json!("Bão số 3 tan");
    let again = post(&server, "/v1/studio/publish", &asked, 200);
    assert_eq!(again, published);
    let second = item(&feed());
    assert!(second.contains("Bão số 3 tan") && second.contains("8 Sep 2024"), "{second}");
    let guid = |item: &str| {
        item.split("<guid").nth(1).unwrap().split("</guid>").next().unwrap().to_owned()
    };
    assert_eq!(guid(&second), guid(&first));

    // Who wants to can follow it.
    asked["document"]["job"]["source"]["text"] = json!(TEXT.replace("mưa to", "gió to"));
    let follow = |asked: &Value| {
        let field = "Accept: text/event-stream\r\n";
        let body = asked.to_string();
        let answer = server.ask_with("POST", "/v1/studio/publish", field, body.as_bytes());
        assert_eq!((answer.status, &*answer.content_type), (200, "text/event-stream"));
        let text = String::from_utf8(answer.body).unwrap();
        let event = |event: &str| {
            let (name, data) =
                event.strip_prefix("event: ").unwrap().split_once("\ndata: ").unwrap();
            (name.to_owned(), serde_json::from_str(data).unwrap())
        };
        text.split_terminator("\n\n").map(event).collect::<Vec<(String, Value)>>()
    };
    let events = follow(&asked);
    let (last, progress) = events.split_last().unwrap();
    assert_eq!(*last, ("published".to_owned(), published));
    assert!(!progress.is_empty());
    for (name, data) in progress {
        assert_eq!((&**name, &data["article"]), ("progress", &json!("bao-so-3.txt")));
        assert!(data["spoken"].as_u64().unwrap() <= data["of"].as_u64().unwrap());
    }
    let mut wrong = asked.clone();
    wrong["name"] = json!("lu.txt");
    let [(name, data)] = &follow(&wrong)[..] else { panic!("one event") };
    assert!(name == "refused" && data["error"]["message"].is_string(), "{data}");

    // Another has a name of its own, and one of tomorrow is not in the feed yet.
    asked["name"] = Value::Null;
    asked["date"] = json!("2999-01-01");
    asked["document"]["job"]["tags"]["title"] = json!("Bão số 3");
    let later = post(&server, "/v1/studio/publish", &asked, 200);
    assert_eq!(later["name"], "bao-so-3-2.txt");
    assert!(later["scheduled"].as_str().unwrap().starts_with("2999-01-01"), "{later}");
    assert_eq!(later["episodes"], 2);

    // What the show's owner wrote is not replaced, and no file elsewhere is written.
    let before = fs::read(show.join("lu.txt")).unwrap();
    for name in ["lu.txt", "../lu.txt", "x.txt", "podcast.toml", ""] {
        asked["name"] = json!(name);
        let refused = post(&server, "/v1/studio/publish", &asked, 400);
        assert!(
            refused["error"]["message"].as_str().unwrap().contains("was published"),
            "{refused}"
        );
    }
    assert_eq!(fs::read(show.join("lu.txt")).unwrap(), before);
    // The show can be built without the server, and nothing is made again.
    let built = std::process::Command::new(env!("CARGO_BIN_EXE_docbao"))
        .env("DOCBAO_LANG", "en")
        .args(["podcast", "build", "--no-config", "--voice", "tone", "--no-cache", path])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&built.stdout);
    assert!(built.status.success() && told.contains("2 episodes"), "{told}");
}

#[test]
fn a_server_without_a_show_publishes_nothing() {
    let server = Server::start(&[]);
    assert_eq!(json_of(&server.ask("GET", "/v1/studio", None, b""))["show"], Value::Null);
    let asked = json!({"document": document(TEXT, &json!({}))});
    post(&server, "/v1/studio/publish", &asked, 404);
}
