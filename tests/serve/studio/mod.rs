//! The studio: what its page asks, and that nothing is lost.

mod lexicon;
mod renders;
mod show;

use std::io::Cursor;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use docbao::decode::Decoder;
use serde_json::{Value, json};

use crate::server::{Answer, Server};

const TEXT: &str = "Bão số ba\n\nSáng 12/3, HĐND xã họp phiên thứ 2. Ông XQZKW nói mưa to.\n\nẢnh: Minh Phương\n\n\
                    Nước đã rút khỏi 12 xã.";

fn json_of(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&answer.body)))
}

/// Asks for something, which is answered with this status.
fn post(server: &Server, path: &str, body: &Value, status: u16) -> Value {
    let answer = server.ask("POST", path, None, body.to_string().as_bytes());
    let said = json_of(&answer);
    assert_eq!(answer.status, status, "{path} {body}: {said}");
    said
}

/// A document of this text with these edits.
fn document(text: &str, edits: &Value) -> Value {
    json!({"job": {"source": {"text": text}, "reading": {"edits": edits}}})
}

fn script(server: &Server, document: &Value) -> Vec<Value> {
    let said = post(server, "/v1/studio/script", document, 200);
    said["sentences"].as_array().unwrap().clone()
}

/// The text of a sentence as it is written.
fn written(sentence: &Value) -> String {
    let pieces = sentence["pieces"].as_array().unwrap();
    pieces.iter().map(|piece| piece["text"].as_str().unwrap()).collect()
}

/// The piece of a script with this text.
fn piece(sentences: &[Value], text: &str) -> Value {
    let mut pieces = sentences.iter().flat_map(|it| it["pieces"].as_array().unwrap());
    pieces.find(|piece| piece["text"] == text).unwrap_or_else(|| panic!("{text}")).clone()
}

/// The place of a sentence whose text begins so.
fn place(sentences: &[Value], text: &str) -> u64 {
    let sentence = sentences.iter().find(|sentence| written(sentence).starts_with(text)).unwrap();
    sentence["span"]["start"].as_u64().unwrap()
}

/// The sound of the sentence at a place, and what is told of it.
fn speak(server: &Server, document: &Value, at: u64) -> (Vec<f32>, Value) {
    let spoken = post(server, "/v1/studio/speech", &json!({"document": document, "at": at}), 200);
    let bytes = BASE64_STANDARD.decode(spoken["audio"].as_str().unwrap()).unwrap();
    let mut decoder = Decoder::new("wav", Cursor::new(bytes)).unwrap();
    let mut samples = Vec::new();
    while let Some(some) = decoder.read().unwrap() {
        samples.extend_from_slice(some);
    }
    let seconds = samples.len() as f64 / f64::from(decoder.sample_rate());
    assert!((spoken["seconds"].as_f64().unwrap() - seconds).abs() < 0.01);
    (samples, spoken)
}

#[test]
fn the_page_is_one_file_that_may_ask_its_own_server_only() {
    let server = Server::start(&[]);
    let page = server.ask("GET", "/studio", None, b"");
    assert_eq!((page.status, &*page.content_type), (200, "text/html; charset=utf-8"));
    let policy = page.field("content-security-policy").unwrap();
    for rule in ["default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'"] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    let text = String::from_utf8(page.body).unwrap();
    for outside in ["src=\"", "href=\"http", "url(", "@import"] {
        assert!(!text.contains(outside), "{outside}");
    }
    let lead = server.ask("GET", "/", None, b"");
    assert_eq!((lead.status, lead.field("location").as_deref()), (307, Some("/studio")));
}

#[test]
fn there_is_a_studio_on_this_machine_unless_it_is_off_and_it_needs_the_token() {
    let off = Server::start(&["--studio", "off"]);
    let open = Server::start(&["--listen", "0.0.0.0:0", "--without-token"]);
    for (method, path) in [("GET", "/studio"), ("GET", "/v1/studio"), ("POST", "/v1/studio/script")]
    {
        assert_eq!(off.ask(method, path, None, b"{}").status, 404, "{path}");
        assert_eq!(open.ask(method, path, None, b"{}").status, 404, "{path}");
    }
    let server = Server::start_with(&[], Some("a"));
    assert_eq!(server.ask("GET", "/studio", None, b"").status, 200);
    for (method, path) in [
        ("GET", "/v1/studio"),
        ("POST", "/v1/studio/article"),
        ("POST", "/v1/studio/script"),
        ("POST", "/v1/studio/speech"),
        ("POST", "/v1/studio/lexicon"),
        ("POST", "/v1/studio/publish"),
        ("POST", "/v1/studio/renders"),
        ("GET", "/v1/studio/renders/x"),
        ("GET", "/v1/studio/renders/x/waveform"),
    ] {
        assert_eq!(server.ask(method, path, None, b"{}").status, 401, "{path}");
        assert_ne!(server.ask(method, path, Some("a"), b"{}").status, 401, "{path}");
    }
}

#[test]
fn blocks_are_read_as_they_are_chosen() {
    let server = Server::start(&[]);
    let usual = document(TEXT, &json!({}));
    let article = post(&server, "/v1/studio/article", &usual, 200);
    let kinds = |article: &Value| {
        let blocks = article["blocks"].as_array().unwrap().iter();
        let shown =
            blocks.map(|it| (it["kind"].clone(), it["read"] == true, it["usually_read"] == true));
        shown.collect::<Vec<_>>()
    };
    let kind = |name: &str, read: bool, usually: bool| (json!(name), read, usually);
    assert_eq!(article["title"], "Bão số ba");
    let expected = [
        kind("title", true, true),
        kind("sapo", true, true),
        kind("caption", false, false),
        kind("paragraph", true, true),
    ];
    assert_eq!(kinds(&article), expected);
    assert!(article["blocks"][2]["reason"].as_str().unwrap().contains("picture"));
    let all: String = script(&server, &usual).iter().map(written).collect();
    assert!(all.contains("HĐND") && !all.contains("Minh Phương"), "{all}");

    let other = document(TEXT, &json!({"blocks": {"1": false, "2": true}}));
    let article = post(&server, "/v1/studio/article", &other, 200);
    assert_eq!(kinds(&article)[1..3], [kind("sapo", false, true), kind("caption", true, false)]);
    let all: String = script(&server, &other).iter().map(written).collect();
    assert!(!all.contains("HĐND") && all.contains("Minh Phương"), "{all}");
    // The same comes out of a job.
    let words = |document: &Value| {
        let mut document = document.clone();
        document["job"]["outputs"] =
            json!([{"kind": "audio", "format": "wav"}, {"kind": "captions", "format": "srt"}]);
        let job = rendered(&server, &document);
        String::from_utf8(file(&server, &job, 1)).unwrap()
    };
    let (before, after) = (words(&usual), words(&other));
    assert!(before.contains("HĐND") && !before.contains("Minh Phương"), "{before}");
    assert!(!after.contains("HĐND") && after.contains("Minh Phương"), "{after}");
}

#[test]
fn every_kind_of_file_comes_in() {
    let server = Server::start(&[]);
    let page = "<html><head><title>Bão</title></head><body><article><h1>Bão số ba</h1><p>Mưa to ở miền núi \
                phía bắc, nước sông lên nhanh.</p></article></body></html>";
    for (name, bytes) in [("a.txt", TEXT), ("a.md", "# Bão số ba\n\nMưa."), ("a.html", page)] {
        let file = json!({"name": name, "base64": BASE64_STANDARD.encode(bytes)});
        let document = json!({"job": {"source": {"file": file}}});
        let article = post(&server, "/v1/studio/article", &document, 200);
        assert_eq!(article["title"], "Bão số ba", "{name}");
        assert!(!script(&server, &document).is_empty(), "{name}");
    }
}

#[test]
fn doubtful_pieces_are_marked_and_have_alternatives() {
    let server = Server::start(&[]);
    let sentences = script(&server, &document(TEXT, &json!({})));
    let texts: Vec<_> = sentences.iter().map(written).collect();
    assert_eq!(texts[0], "Bão số ba");
    assert_eq!(texts[1].trim(), "Sáng 12/3, HĐND xã họp phiên thứ 2.");
    let unknown = piece(&sentences, "XQZKW");
    assert_eq!(unknown["confidence"], "unknown");
    assert!(unknown["message"].as_str().unwrap().contains("not known"));
    let abbreviation = piece(&sentences, "HĐND");
    assert_eq!(abbreviation["said"], "Hội đồng nhân dân");
    assert!(!abbreviation["alternatives"].as_array().unwrap().is_empty());
    assert_eq!(piece(&sentences, "mưa")["confidence"], "sure");
}

#[test]
fn one_sentence_is_spoken_and_changed() {
    let server = Server::start(&[]);
    let plain = document(TEXT, &json!({}));
    let sentences = script(&server, &plain);
    let at = place(&sentences, "Ông");
    let (usual, spoken) = speak(&server, &plain, at);
    assert!((24_000..24_000 * 6).contains(&usual.len()), "{}", usual.len());
    let words = spoken["words"].as_array().unwrap();
    assert_eq!(words.len(), 5);
    let times: Vec<_> = words.iter().map(|word| word["start_ms"].as_f64().unwrap()).collect();
    assert!(times.is_sorted() && times[0] < 50.0 && times[4] > 500.0, "{times:?}");
    // Only it is spoken, wherever in it the place is.
    assert_eq!(speak(&server, &plain, at + 8).0, usual);
    assert_ne!(speak(&server, &plain, place(&sentences, "Nước")).0, usual);

    let (start, end) = (at, spoken["span"]["end"].as_u64().unwrap());
    let span = json!({"start": start, "end": end});
    let edited = |edits: &Value| {
        let mut document = document(TEXT, edits);
        document["job"]["voices"] = json!({"voice bac-nu": "bac-nu"});
        speak(&server, &document, at).0
    };
    let faster = edited(&json!({"manners": [{"span": span, "kind": {"rate": 150}}]}));
    assert!(faster.len() * 10 < usual.len() * 9, "{} and {}", faster.len(), usual.len());
    let other = edited(&json!({"manners": [{"span": span, "kind": {"part": "voice bac-nu"}}]}));
    assert_ne!(other, usual);
    let silence = |pause: u32| edited(&json!({"pauses": {end.to_string(): pause}})).len();
    assert_eq!(silence(2000) - silence(0), 48_000);

    // What is changed in one sentence is heard in the render too, and nowhere else.
    let seconds = |edits: &Value| {
        let mut document = document(TEXT, edits);
        document["job"]["outputs"] = json!([{"kind": "audio", "format": "wav"}]);
        rendered(&server, &document)["produced"]["speech_seconds"].as_f64().unwrap()
    };
    let longer = seconds(&json!({"pauses": {end.to_string(): 5000}}));
    let shorter = seconds(&json!({"pauses": {end.to_string(): 0}}));
    assert!((longer - shorter - 5.0).abs() < 0.01, "{longer} and {shorter}");
}

#[test]
fn a_reading_is_for_its_place_alone() {
    const TEXT: &str = "HĐND xã họp. Ông XQZKW nói HĐND họp 12/3 tại TP.HCM: giá 5,5 tỷ, tăng 3%.";
    let server = Server::start(&[]);
    let plain = script(&server, &document(TEXT, &json!({})));
    let said = |edits: &Value| {
        let mut document = document(TEXT, edits);
        document["lexicon"] = json!("written\tsaid\nHĐND\thội đồng\n");
        let sentences = script(&server, &document);
        let pieces = sentences.iter().flat_map(|it| it["pieces"].as_array().unwrap());
        let said: Vec<_> = pieces.filter_map(|it| Some(it["said"].as_str()?.to_owned())).collect();
        said.join(" ")
    };
    let at = |edits: &[(&Value, &str)]| {
        let reading = |(span, said): &(&Value, &str)| json!({"span": span, "said": said});
        json!({"readings": edits.iter().map(reading).collect::<Vec<_>>()})
    };
    let usual = said(&json!({}));
    assert!(usual.starts_with("hội đồng xã họp") && usual.contains("nói hội đồng họp"), "{usual}");
    let second = plain[1]["pieces"].as_array().unwrap().iter().find(|it| it["text"] == "HĐND");
    let second = &second.unwrap()["span"];
    let here = said(&at(&[(second, "các vị")]));
    assert!(here.starts_with("hội đồng xã họp") && here.contains("nói các vị họp"), "{here}");
    let silent = said(&at(&[(second, "-")]));
    assert!(silent.contains("nói họp") || silent.contains("nói  họp"), "{silent}");
    // Every piece of a script can be read otherwise, each alone and all together.
    let all: Vec<_> = plain.iter().flat_map(|it| it["pieces"].as_array().unwrap()).collect();
    let spans: Vec<_> = all.iter().map(|it| &it["span"]).filter(|it| it.is_object()).collect();
    assert!(spans.len() > 10);
    for span in &spans {
        assert_eq!(said(&at(&[(span, "lốp bốp")])).matches("lốp bốp").count(), 1, "{span}");
    }
    let both: Vec<_> = spans.iter().map(|span| (*span, "lốp bốp")).collect();
    assert_eq!(said(&at(&both)), vec!["lốp bốp"; spans.len()].join(" "));
    // What is heard and what is rendered follow it.
    let place = plain[1]["span"]["start"].as_u64().unwrap();
    let (usual, _) = speak(&server, &document(TEXT, &json!({})), place);
    let (here, _) = speak(&server, &document(TEXT, &at(&[(second, "các vị")])), place);
    assert_ne!(usual, here);
    let mut wanted = document(TEXT, &at(&[(second, "các vị")]));
    wanted["job"]["outputs"] = json!([{"kind": "audio", "format": "wav"}, {"kind": "script"}]);
    let job = rendered(&server, &wanted);
    let script: Value = serde_json::from_slice(&file(&server, &job, 1)).unwrap();
    let words = script["utterances"].as_array().unwrap().iter();
    let words = words.flat_map(|it| it["words"].as_array().unwrap());
    let words: Vec<_> = words.filter_map(|word| word["said"].as_str()).collect();
    assert!(words.join(" ").contains("nói các vị họp"), "{words:?}");
    for (span, said) in [(second, "12"), (second, ""), (&json!({"start": 0, "end": 9000}), "lũ")] {
        post(&server, "/v1/studio/script", &document(TEXT, &at(&[(span, said)])), 400);
    }
    let twice = at(&[(second, "lũ"), (second, "bão")]);
    let refused = post(&server, "/v1/studio/script", &document(TEXT, &twice), 400);
    assert!(refused["error"]["message"].as_str().unwrap().contains("the same words"), "{refused}");
}

/// What became of a document that was rendered.
fn rendered(server: &Server, document: &Value) -> Value {
    let job = post(server, "/v1/studio/renders", document, 201);
    let events = server.ask("GET", job["events"].as_str().unwrap(), None, b"");
    assert_eq!((events.status, &*events.content_type), (200, "text/event-stream"));
    let job = json_of(&server.ask("GET", job["address"].as_str().unwrap(), None, b""));
    assert_eq!(job["state"], "done", "{job}");
    job
}

fn file(server: &Server, job: &Value, at: usize) -> Vec<u8> {
    let answer = server.ask("GET", job["files"][at]["address"].as_str().unwrap(), None, b"");
    assert_eq!(answer.status, 200);
    answer.body
}

#[test]
fn what_cannot_be_done_is_told() {
    let server = Server::start(&["--largest-body", "20000"]);
    let plain = document(TEXT, &json!({}));
    let long = document(&"Mưa to. ".repeat(4000), &json!({}));
    for path in ["/v1/studio/article", "/v1/studio/script", "/v1/studio/renders"] {
        post(&server, path, &json!({}), 400);
        post(&server, path, &json!({"job": {}}), 400);
        post(&server, path, &json!({"job": {"source": {"text": " "}}}), 400);
        post(&server, path, &json!({"job": {"source": {"text": "a"}}, "x": 1}), 400);
        post(&server, path, &json!({"job": {"source": {"address": "https://example.org"}}}), 400);
        post(&server, path, &document(TEXT, &json!({"blocks": {"9": true}})), 400);
        post(&server, path, &document(TEXT, &json!({"x": 9})), 400);
        post(&server, path, &long, 413);
    }
    let other = json!({"span": {"start": 0, "end": 5}, "kind": {"rate": 900}});
    let refused =
        post(&server, "/v1/studio/script", &document(TEXT, &json!({"manners": [other]})), 400);
    assert!(refused["error"]["message"].as_str().unwrap().contains("from 50 to 200"), "{refused}");
    for at in [5_000_000, place(&script(&server, &plain), "Nước") - 5] {
        let refused =
            post(&server, "/v1/studio/speech", &json!({"document": plain, "at": at}), 400);
        assert!(refused["error"]["message"].as_str().unwrap().contains("no sentence"), "{refused}");
    }
    post(&server, "/v1/studio/speech", &json!({"document": plain}), 400);
    let endless = document(&"mưa ".repeat(2000), &json!({}));
    let refused = post(&server, "/v1/studio/speech", &json!({"document": endless, "at": 9}), 400);
    assert!(refused["error"]["message"].as_str().unwrap().contains("2000 syllables"), "{refused}");
    let mut voice = plain.clone();
    voice["job"]["voice"] = json!("nobody");
    post(&server, "/v1/studio/speech", &json!({"document": voice, "at": 0}), 400);
    let mut lexicon = plain.clone();
    lexicon["lexicon"] = json!("x");
    post(&server, "/v1/studio/script", &lexicon, 400);
    post(&server, "/v1/studio/renders", &lexicon, 400);
    for (written, said) in [("", "a"), ("# a", "a"), ("a", "1")] {
        post(&server, "/v1/studio/lexicon", &json!({"written": written, "said": said}), 400);
    }
    let server = Server::start(&[]);
    let book = document(&"Mưa to ở miền núi. ".repeat(60_000), &json!({}));
    let refused = post(&server, "/v1/studio/script", &book, 413);
    assert!(refused["error"]["message"].as_str().unwrap().contains("KiB of text"), "{refused}");
    // Pages of others may not use it.
    let field = "Origin: https://example.com\r\n";
    let body = plain.to_string();
    assert_eq!(server.ask_with("POST", "/v1/studio/script", field, body.as_bytes()).status, 403);
}

#[cfg(feature = "net")]
#[test]
fn an_address_is_fetched_once_and_then_sent_as_a_file() {
    let pages = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/tin/bao?x=1", pages.local_addr().unwrap());
    let page = "<html><head><title>Bão</title><meta charset='utf-8'></head><body><article><h1>Bão số ba</h1>\
                <p>Mưa to ở miền núi phía bắc, nước sông lên nhanh.</p></article></body></html>";
    let seen = serve(pages, page);
    let asked = json!({"job": {"source": {"address": address}}});
    let refused = Server::start(&[]);
    post(&refused, "/v1/studio/article", &asked, 400);
    let public = Server::start(&["--allow-addresses"]);
    post(&public, "/v1/studio/article", &asked, 502);
    let server = Server::start(&["--allow-addresses", "--allow-private-addresses"]);
    let article = post(&server, "/v1/studio/article", &asked, 200);
    assert_eq!(article["title"], "Bão số ba");
    assert_eq!(article["address"], address);
    let document = json!({"job": {"source": article["source"]}});
    assert_eq!(article["source"]["file"]["name"], address.replace("?x=1", ".html"));
    assert!(!script(&server, &document).is_empty());
    let again = post(&server, "/v1/studio/article", &document, 200);
    assert_eq!(again["blocks"], article["blocks"]);
    post(&server, "/v1/studio/script", &asked, 400);
    let seen = seen.lock().unwrap();
    assert_eq!(seen.iter().filter(|path| path.starts_with("/tin")).count(), 1, "{seen:?}");
}

/// A site with this page everywhere but for `robots.txt`; gives what was asked of it.
#[cfg(feature = "net")]
fn serve(
    listener: std::net::TcpListener,
    page: &'static str,
) -> std::sync::Arc<std::sync::Mutex<Vec<String>>> {
    use std::io::{BufRead, BufReader, Write};
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let told = std::sync::Arc::clone(&seen);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let first = lines.next().unwrap().unwrap();
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let path = first.split(' ').nth(1).unwrap().to_owned();
            let (status, body) = match &*path {
                "/robots.txt" => ("404 Not Found", ""),
                _ => ("200 OK", page),
            };
            told.lock().unwrap().push(path);
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    seen
}
