//! Readings that are chosen in the studio.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{TEXT, document, piece, place, post, script, speak};
use crate::server::Server;

#[test]
fn readings_are_kept_in_the_users_file_and_nothing_in_it_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("riêng.tsv");
    let own = "# Của tôi\nwritten\tsaid\tcase\nMessi\tmét xi\tany\n\n# hết\n";
    fs::write(&path, own).unwrap();
    let args = ["--lexicon-file", path.to_str().unwrap()];
    let server = Server::start(&args);
    let kept = |written: &str, said: Value, status: u16| {
        post(&server, "/v1/studio/lexicon", &json!({"written": written, "said": said}), status)
    };
    assert_eq!(kept("XQZKW", json!("ích cu"), 200), json!({"lexicon": null}));
    let plain = document(TEXT, &json!({}));
    let own_piece = |text: &str| {
        let piece = piece(&script(&server, &plain), text);
        (piece["said"].clone(), piece["class"].clone(), piece["confidence"].clone())
    };
    let lexicon = |said: &str| (json!(said), json!("lexicon"), json!("sure"));
    assert_eq!(own_piece("XQZKW"), lexicon("ích cu"));
    kept("HĐND", json!("hội đồng"), 200);
    kept("XQZKW", json!("quốc"), 200);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with(own), "{text}");
    let rows: Vec<_> = text[own.len()..].lines().filter(|line| !line.starts_with("# ")).collect();
    assert_eq!(rows, ["XQZKW\tquốc", "HĐND\thội đồng"]);
    // Whoever uses the file otherwise reads the same.
    let read = std::process::Command::new(env!("CARGO_BIN_EXE_docbao"))
        .env("DOCBAO_LANG", "en")
        .args(["normalize", "--no-config", "--lexicon"])
        .arg(&path)
        .arg({
            let article = folder.path().join("a.txt");
            fs::write(&article, "Ông XQZKW ở HĐND gặp MESSI.").unwrap();
            article
        })
        .output()
        .unwrap();
    let read = String::from_utf8(read.stdout).unwrap();
    assert!(read.contains("Ông quốc ở hội đồng gặp mét xi"), "{read}");

    // It is forgotten again; a row of the user's is not touched.
    kept("XQZKW", Value::Null, 200);
    assert_eq!(own_piece("XQZKW").1, "letters");
    kept("XQZKW", json!("số 1"), 400);
    let refused = kept("XQZKW", json!(""), 400);
    assert!(refused["error"]["message"].as_str().unwrap().contains("is not words"), "{refused}");
    let before = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{before}# nữa\nABC\ta bê xê\n")).unwrap();
    kept("HĐND", json!("hát đê nờ dê"), 200);
    let after = fs::read_to_string(&path).unwrap();
    assert_eq!(after, format!("{before}# nữa\nABC\ta bê xê\n").replace("hội đồng", "hát đê nờ dê"));
    // A page cannot bring readings of its own as well.
    let mut with = plain.clone();
    with["lexicon"] = json!("written\tsaid\n");
    post(&server, "/v1/studio/script", &with, 400);
    // A new server has them.
    drop(server);
    let server = Server::start(&args);
    assert_eq!(piece(&script(&server, &plain), "HĐND")["said"], "hát đê nờ dê");
    for (name, text, expected) in
        [("a.pls", "<lexicon/>", "name a .tsv file"), ("a.tsv", "a\tb\n", "names the columns")]
    {
        let wrong = folder.path().join(name);
        fs::write(&wrong, text).unwrap();
        let (code, said) = Server::refused(&["--lexicon-file", wrong.to_str().unwrap()]);
        assert!(code == 1 || code == 2, "{code}");
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn many_readings_at_once_are_all_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.tsv");
    let server = Server::start(&["--lexicon-file", path.to_str().unwrap()]);
    std::thread::scope(|scope| {
        for at in 0..16u8 {
            let server = &server;
            scope.spawn(move || {
                let written = format!("X{}", char::from(b'A' + at));
                let asked = json!({"written": written, "said": "a"});
                post(server, "/v1/studio/lexicon", &asked, 200);
            });
        }
    });
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().filter(|line| line.ends_with("\ta")).count(), 16, "{text}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn without_a_file_the_page_keeps_the_readings() {
    let server = Server::start(&[]);
    let asked = json!({"written": "XQZKW", "said": "ích cu"});
    let kept = post(&server, "/v1/studio/lexicon", &asked, 200);
    let lexicon = kept["lexicon"].as_str().unwrap();
    let mut with = document(TEXT, &json!({}));
    let before = speak(&server, &with, place(&script(&server, &with), "Ông"));
    with["lexicon"] = json!(lexicon);
    assert_eq!(piece(&script(&server, &with), "XQZKW")["said"], "ích cu");
    let after = speak(&server, &with, place(&script(&server, &with), "Ông"));
    assert_ne!(after.0.len(), before.0.len());
    let asked = json!({"lexicon": lexicon, "written": "XQZKW", "said": null});
    let kept = post(&server, "/v1/studio/lexicon", &asked, 200);
    assert!(!kept["lexicon"].as_str().unwrap().contains("XQZKW"));
    // Another client's readings are not this one's.
    assert_eq!(piece(&script(&server, &document(TEXT, &json!({}))), "XQZKW")["class"], "letters");
}

#[test]
fn a_corrected_word_is_heard_soon() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.tsv");
    let server = Server::start(&["--lexicon-file", path.to_str().unwrap()]);
    let text =
        format!("{TEXT}\n\n{}", "Người dân đã dọn bùn, dựng lại nhà và chợ ở 12 xã. ".repeat(80));
    let plain = document(&text, &json!({}));
    let at = place(&script(&server, &plain), "Ông");
    let mut times = Vec::new();
    for said in ["ích cu", "quốc", "ích quy dét", "a bê", "xê đê"] {
        let since = Instant::now();
        post(&server, "/v1/studio/lexicon", &json!({"written": "XQZKW", "said": said}), 200);
        let (sound, _) = speak(&server, &plain, at);
        times.push(since.elapsed());
        assert!(sound.len() > 12_000);
    }
    times.sort();
    // 300 ms are promised of a release build on an idle machine; of this one on a busy machine, that it does
    // not grow with the length of the article's sound, which takes many seconds to speak.
    assert!(times[0] < Duration::from_secs(2), "{times:?}");
}
