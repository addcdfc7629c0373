//! Our own server as the one that speaks.

use std::fs;

use serde_json::{Value, json};

use super::server::Server;
use super::{Place, TOKEN, failed, is_below, told};

const TEXT: &str = "Sáng 12/3, xã họp. Mưa to ở miền núi phía bắc, nước sông lên nhanh.\n";

/// The seconds of what was narrated.
fn seconds(place: &Place) -> f64 {
    let (samples, rate) = place.sound();
    samples.len() as f64 / f64::from(rate)
}

fn voice(server: &Server, name: &str) -> String {
    format!("http://{}/v1#{name}", server.address())
}

#[test]
fn an_article_is_narrated_by_another_docbao_once() {
    let server = Server::start_with(&[], Some(TOKEN));
    let place = Place::new(TEXT);
    let more = ["--captions", "vtt", "--cache", "cache", "--json"];
    told(place.narrate("bac", &more));
    let (local, exact) = (seconds(&place), fs::read_to_string(place.path("out/a.vtt")).unwrap());
    let voice = voice(&server, "bac");
    let report = told(place.narrate(&voice, &more));
    let first = place.sound();
    let far = seconds(&place);
    assert!((far - local).abs() < local * 0.1, "{far} s and not {local}");
    let captions = fs::read_to_string(place.path("out/a.vtt")).unwrap();
    assert!(captions.contains("estimated") && !exact.contains("estimated"), "{captions}");
    assert!(captions.contains("Sáng 12/3, xã họp."), "{captions}");
    let from_cache = |report: &str| {
        let report: Value = serde_json::from_str(report).unwrap();
        report["totals"]["from_cache"].clone()
    };
    assert_eq!(from_cache(&report), 0);
    for folder in ["out", "cache"] {
        assert!(!is_below(&place.path(folder), TOKEN.as_bytes()));
    }
    // Nobody is asked for what was spoken before.
    server.kill();
    assert_eq!(from_cache(&told(place.narrate(&voice, &more))), 2);
    assert_eq!(place.sound(), first);
    let error = failed(place.narrate(&voice, &["--cache", "other"]));
    assert!(error.contains("voice bac of http://127.0.0.1:"), "{error}");
    assert!(error.contains("does the server run"), "{error}");
    assert_eq!(place.sound(), first, "what was there is untouched");
}

#[test]
fn a_folder_is_narrated_as_a_settings_file_says() {
    let server = Server::start(&[]);
    let place = Place::new(TEXT);
    fs::create_dir(place.path("bai")).unwrap();
    fs::write(place.path("bai/mot.txt"), "Tin một\n\nMưa to.\n").unwrap();
    fs::write(place.path("bai/hai.txt"), "Tin hai\n\nNắng gắt.\n").unwrap();
    let voice = voice(&server, "bac-nu");
    let settings = format!("[voice]\nvoice = \"{voice}\"\nvoice-requests = 2\n");
    fs::write(place.path("docbao.toml"), settings).unwrap();
    told(place.run(&["narrate", "bai", "-o", "out", "--format", "wav", "--cache", "cache"]));
    assert!(place.outputs().contains(&"mot.wav".to_owned()), "{:?}", place.outputs());
    assert!(place.outputs().contains(&"hai.wav".to_owned()), "{:?}", place.outputs());
}

#[test]
fn a_show_is_narrated_as_its_settings_say() {
    let server = Server::start(&[]);
    let place = Place::new(TEXT);
    told(place.run(&["podcast", "init", "show"]));
    let toml = fs::read_to_string(place.path("show/podcast.toml")).unwrap();
    let toml = toml.replace("cover.jpg", "cover.png");
    let voice = voice(&server, "bac");
    fs::write(place.path("show/podcast.toml"), format!("{toml}\n[voice]\nvoice = \"{voice}\"\n"))
        .unwrap();
    fs::write(place.path("show/cover.png"), png(1400, 1400, 2)).unwrap();
    let article = "Tin một\n\n04/03/2024 06:00\n\nTừ đêm nay, miền Bắc có mưa to đến rất to.\n";
    fs::write(place.path("show/mot.txt"), article).unwrap();
    let now = ["--now", "2024-04-01T00:00:00Z"];
    told(
        place.run(&[&["podcast", "build", "show", "--no-config", "--no-cache"], &now[..]].concat()),
    );
    let feed = fs::read_to_string(place.path("show/public/feed.xml")).unwrap();
    assert!(feed.contains("<title>Tin một</title>") && feed.contains("<enclosure"), "{feed}");
}

/// The head of a picture file: as much as is looked at.
fn png(width: u32, height: u32, colours: u8) -> Vec<u8> {
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let head = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &size, &[8, colours, 0, 0, 0]].concat();
    [&head[..], b"\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82"].concat()
}

#[test]
fn a_server_speaks_with_another_but_only_with_one_of_its_operators() {
    let inner = Server::start(&[]);
    let address = voice(&inner, "bac-nu&model=docbao");
    let jobs = tempfile::tempdir().unwrap();
    let folder = jobs.path().to_str().unwrap();
    let outer = Server::start(&["--voice", &address, "--jobs-folder", folder]);
    let asked = |voice: Value| {
        let mut asked = json!({"input": "Mưa to.", "response_format": "pcm"});
        asked["voice"] = voice;
        outer.speak(&asked)
    };
    let usual = outer.speak(&json!({"input": "Mưa to.", "response_format": "pcm"}));
    assert_eq!(usual.status, 200);
    assert!(usual.body.len() > 24_000, "{} bytes", usual.body.len());
    assert!(asked(json!("bac-nu")).body == usual.body);
    assert!(asked(json!("bac")).body != usual.body);
    let listed = outer.ask("GET", "/v1/audio/voices?shape=names", None, b"").body;
    let listed: Value = serde_json::from_slice(&listed).unwrap();
    assert_eq!(listed["voices"][0], "bac-nu", "the operator's comes first");
    let times = listed["voices"].as_array().unwrap().iter().filter(|name| **name == "bac-nu");
    assert_eq!(times.count(), 1, "{listed}");
    for name in [json!(address), json!({"id": address}), json!("http://127.0.0.1:1/v1#a")] {
        let answer = asked(name.clone());
        assert_eq!(answer.status, 400, "{name}");
        assert!(String::from_utf8(answer.body).unwrap().contains("there is no voice"), "{name}");
    }
    for (field, given) in [
        ("voice", json!(address)),
        ("voice", json!({"name": address})),
        ("voices", json!({"quote": {"name": "http://127.0.0.1:1/v1#a"}})),
    ] {
        let mut job = json!({"source": {"text": "Mưa to."}});
        job[field] = given;
        let answer = outer.ask("POST", "/v1/jobs", None, job.to_string().as_bytes());
        assert_eq!(answer.status, 400, "{job}");
    }
}
