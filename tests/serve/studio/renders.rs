//! Documents of the studio that become files.

use serde_json::{Value, json};

use super::{TEXT, document, file, json_of, rendered};
use crate::server::Server;

#[test]
fn a_document_is_rendered_without_a_folder_for_jobs_and_its_waveform_is_drawn() {
    let server = Server::start(&[]);
    let mut document = document(TEXT, &json!({}));
    document["job"]["outputs"] = json!([
        {"kind": "captions", "format": "json", "name": "words.json"},
        {"kind": "audio", "format": "wav"},
        {"kind": "page", "title": "Bão"},
        {"kind": "book", "title": "Bão"},
    ]);
    let job = rendered(&server, &document);
    assert!(job["address"].as_str().unwrap().starts_with("/v1/studio/renders/"), "{job}");
    let sound = file(&server, &job, 1);
    assert!(sound.starts_with(b"RIFF"));
    let words: Value = serde_json::from_slice(&file(&server, &job, 0)).unwrap();
    assert_eq!(words["sentences"][0]["text"], "Bão số ba");
    let path = format!("/v1/studio/renders/{}/waveform", job["id"].as_str().unwrap());
    let shape = json_of(&server.ask("GET", &path, None, b""));
    let seconds = job["produced"]["speech_seconds"].as_f64().unwrap();
    assert!((shape["seconds"].as_f64().unwrap() - seconds).abs() < 0.1, "{shape}");
    let peaks: Vec<_> =
        shape["peaks"].as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).collect();
    assert!((500..=1200).contains(&peaks.len()), "{}", peaks.len());
    assert!(peaks.iter().any(|&peak| peak > 20) && peaks.iter().any(|&peak| peak <= 1));
    assert!(peaks.iter().all(|&peak| peak <= 100));
    // Other jobs there are none, and this one can be taken away.
    assert_eq!(server.ask("GET", "/v1/jobs", None, b"").status, 404);
    let address = job["address"].as_str().unwrap();
    assert_eq!(server.ask("DELETE", address, None, b"").status, 204);
    assert_eq!(server.ask("GET", address, None, b"").status, 404);
    assert_eq!(server.ask("GET", &path, None, b"").status, 404);
}

#[test]
fn with_a_folder_for_jobs_a_render_is_one_of_them_and_lives_on() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["--jobs-folder", folder.path().to_str().unwrap()];
    let server = Server::start(&args);
    let options = json_of(&server.ask("GET", "/v1/studio", None, b""));
    assert_eq!(options["keeps_renders"], true);
    let job = rendered(&server, &document(TEXT, &json!({})));
    let address = job["address"].as_str().unwrap();
    assert!(address.starts_with("/v1/jobs/"), "{job}");
    let sound = file(&server, &job, 0);
    server.kill();
    let server = Server::start(&args);
    assert_eq!(json_of(&server.ask("GET", address, None, b""))["state"], "done");
    assert!(file(&server, &job, 0) == sound);
}

#[cfg(unix)]
#[test]
fn the_temporary_folder_goes_with_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let left = |folder: &std::path::Path| std::fs::read_dir(folder).unwrap().count();
    let server = Server::start_in(&[], folder.path());
    assert_eq!(left(folder.path()), 1);
    assert_eq!(server.ask("GET", "/healthz", None, b"").status, 200);
    server.interrupt();
    assert!(server.wait().success());
    assert_eq!(left(folder.path()), 0);
}
