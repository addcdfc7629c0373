//! Installed voices: the real program against a server on the loopback interface that does right and
//! wrong, and against what can happen on a disk.

mod broken;
mod killed;
mod network;
mod refused;
mod server;

#[path = "../support/kills.rs"]
mod kills;
#[path = "../support/limits.rs"]
mod limits;
#[path = "../support/schemas.rs"]
mod schemas;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use docbao::model::digest::Digest;
use tempfile::TempDir;

use server::{Request, Response, Server, file};

const CONFIG: &str = r#"{"audio": {"sample_rate": 22050, "quality": "medium"}, "num_speakers": 1,
    "language": {"code": "vi_VN"}, "phoneme_id_map": {"_": [0]}}"#;

const COLUMNS: &str = "name\tdialect\tsex\tspeakers\tquality\tsample_rate\tlicence\tcard\tmodel\t\
                       model_bytes\tmodel_sha256\tmodel_md5\tconfig_bytes\tconfig_sha256\t\
                       config_md5\tabout";

/// What has the shape of a model: a version, and a graph of this many bytes, at least 16384.
fn model(length: usize) -> Vec<u8> {
    let low = |shift: usize| (length >> shift & 0x7f) as u8;
    let mut bytes = vec![0x08, 0x08, 0x3a, low(0) | 0x80, low(7) | 0x80, low(14)];
    assert!((1 << 14..1 << 21).contains(&length));
    bytes.extend((0..length).map(|at| (at * at / 7) as u8));
    bytes
}

/// A folder for voices, and other files beside it.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        Place(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A table of one voice, `nu`, at this address, with what is known of its model.
    fn catalogue(&self, url: &str, bytes: &str, sha256: &str, md5: &str) -> String {
        let row = format!(
            "nu\tnorth\tfemale\t1\tmedium\t22050\tCC-BY-4.0\thttps://example.org/card\t{url}\t\
             {bytes}\t{sha256}\t{md5}\t-\t-\t-\tcredit the speaker"
        );
        self.write("catalogue.tsv", format!("{COLUMNS}\n{row}\n"))
    }

    /// The table, with all that can be known of this model.
    fn knowing(&self, url: &str, model: &[u8]) -> String {
        let md5 = format!("{:x}", md5::compute(model));
        self.catalogue(url, &model.len().to_string(), &Digest::of(model).to_string(), &md5)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
        command.env("DOCBAO_LANG", "en");
        command.current_dir(self.0.path()).arg("voices").args(arguments);
        command.env("XDG_CONFIG_HOME", self.path("none")).env("DOCBAO_VOICES", self.path("voices"));
        for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        command.env_remove("SSL_CERT_FILE");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The program fails with this status and says all of `words`; gives what it says.
    fn fails(&self, arguments: &[&str], status: i32, words: &[&str]) -> String {
        failed(&self.run(arguments), status, words)
    }

    /// What is in the folder of voices, the lock left out.
    fn names(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path("voices")) else { return Vec::new() };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| name != ".lock").collect();
        names.sort();
        names
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path("voices").join(name)).unwrap()
    }
}

fn failed(output: &Output, status: i32, words: &[&str]) -> String {
    let said = stderr(output);
    assert_eq!(output.status.code(), Some(status), "{said}");
    for word in words {
        assert!(said.contains(word), "`{word}` is not in: {said}");
    }
    said.to_owned()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// Answers for a model and its configuration; of the model, as `answer` says.
fn with_config(
    answer: impl Fn(&Request, usize) -> Response + Send + Sync + 'static,
) -> impl Fn(&Request, usize) -> Response + Send + Sync + 'static {
    move |request, before| {
        if request.target.ends_with(".json") {
            file(request, CONFIG.as_bytes(), "\"config\"")
        } else {
            answer(request, before)
        }
    }
}

/// A server that has the model `nu.onnx`, and does all right.
fn good(model: &[u8]) -> Server {
    let model = model.to_vec();
    Server::start(with_config(move |request, _| file(request, &model, "\"one\"")))
}

const WHOLE: [&str; 3] = ["nu.installed.json", "nu.onnx", "nu.onnx.json"];

#[test]
fn a_known_voice_is_installed_listed_verified_and_removed() {
    let (place, model) = (Place::new(), model(100_000));
    let server = good(&model);
    let catalogue = place.knowing(&server.url("nu.onnx"), &model);
    let known = ["--catalogue", &catalogue];
    let listed = place.succeeds(&known);
    let line = listed.lines().find(|line| line.starts_with("nu ")).unwrap();
    assert!(line.contains("installable  north    female  22050 Hz"), "{listed}");
    assert!(place.names().is_empty() && server.seen("").is_empty(), "listing fetches nothing");

    let output = place.run(&[&["install", "nu"], &known[..]].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    let licence = "nu: licence CC-BY-4.0; credit the speaker: https://example.org/card";
    assert!(stderr(&output).contains(licence), "{}", stderr(&output));
    assert_eq!(place.names(), WHOLE);
    assert_eq!(place.read("nu.onnx"), model);
    assert_eq!(place.read("nu.onnx.json"), CONFIG.as_bytes());

    let json = place.succeeds(&[&["list", "--json"], &known[..]].concat());
    let json = schemas::described("voices", json.as_bytes());
    let nu = json["voices"].as_array().unwrap().iter().find(|voice| voice["name"] == "nu").unwrap();
    assert_eq!((&nu["state"], &nu["dialect"]), (&"installed".into(), &"north".into()));
    assert_eq!(nu["path"], place.path("voices/nu.onnx").to_str().unwrap());
    let info = place.succeeds(&["info", "nu"]);
    for line in ["sample rate  22050 Hz", "language     vi_VN", "state        installed"] {
        assert!(info.contains(line), "{info}");
    }
    assert_eq!(place.succeeds(&["verify"]), "nu: whole\n");

    // Once more costs no request.
    let requests = server.seen("").len();
    assert_eq!(requests, 2);
    let again = place.succeeds(&[&["install", "nu"], &known[..]].concat());
    assert!(again.contains("was installed already"), "{again}");
    assert_eq!(server.seen("").len(), requests);

    place.succeeds(&["remove", "nu"]);
    assert!(place.names().is_empty());
    place.fails(&["remove", "nu"], 1, &["there is no voice nu"]);
    place.fails(&["info", "nu"], 1, &["there is no voice nu", "bac", "vi_VN-vais1000-medium"]);
}

#[test]
fn damage_is_found_and_put_right() {
    let (place, model) = (Place::new(), model(30_000));
    let server = good(&model);
    let catalogue = place.knowing(&server.url("nu.onnx"), &model);
    let install = ["install", "nu", "--catalogue", &catalogue];
    assert!(place.succeeds(&["verify"]).starts_with("no voice is installed in "));
    place.succeeds(&install);
    let mut damaged = model.clone();
    damaged[20_000] ^= 1;
    place.write("voices/nu.onnx", &damaged);
    place.write("voices/hand.onnx", &model);
    let words = ["nu: nu.onnx is not as it was: its SHA-256 is", "hand.onnx.json is missing"];
    place.fails(&["verify"], 1, &words);
    place.write("voices/hand.onnx.json", CONFIG);
    assert_eq!(place.succeeds(&["verify", "hand"]), "hand: nothing is known to compare it with\n");
    let output = place.run(&["verify", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let json = &schemas::described("voice-check", &output.stdout)["voices"];
    assert_eq!((&json[0]["name"], &json[0]["known"]), (&"hand".into(), &false.into()));
    assert_eq!(json[1]["faults"].as_array().unwrap().len(), 1);
    // What the catalogue knows counts too for a voice that was put there by hand.
    fs::remove_file(place.path("voices/nu.installed.json")).unwrap();
    place.fails(&["verify", "nu", "--catalogue", &catalogue], 1, &["nu.onnx is not as it was"]);
    place.succeeds(&install);
    assert_eq!(place.read("nu.onnx"), model);
    assert_eq!(place.succeeds(&["verify", "nu"]), "nu: whole\n");
    place.write("voices/bad.onnx", "");
    place.write("voices/bad.onnx.json", "{}");
    let listed = place.succeeds(&[]);
    assert!(listed.contains("bad.onnx.json is no configuration of a Piper voice"), "{listed}");
}
