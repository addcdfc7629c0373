//! Installed voices: the real program against a server on the loopback interface that does right and
//! wrong, and against what can happen on a disk.

mod server;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use docbao::digest::Digest;
use tempfile::TempDir;

use server::{Request, Response, Server, closed_port, file};

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
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let nu = json.as_array().unwrap().iter().find(|voice| voice["name"] == "nu").unwrap();
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
                place.fails(&["install", "--from", &url], 1, &[error, "--from FILE.onnx"]);
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

#[test]
fn what_is_no_voice_never_gets_a_name() {
    let whole = model(50_000);
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 63201294\n";
    let ok = |bytes: &[u8]| Response::new("200 OK", bytes);
    let mut longer = whole.clone();
    longer.extend([0; 1000]);
    let mut other = whole.clone();
    other[40_000] ^= 1;
    let (length, lfs) = (whole.len().to_string(), pointer.len().to_string());
    let page = ok(b"<!doctype html>").with("Content-Type", "text/html; charset=utf-8");
    let endless = Response::new("302 Found", b"").with("Location", "/nu.onnx");
    let elsewhere = Response::new("302 Found", b"").with("Location", "ftp://example.org/nu.onnx");
    let mut unframed = ok(&whole[..30_000]);
    unframed.headers.clear();
    let cases = [
        ("too short", ok(&whole[..40_000]), vec!["has 40000 bytes where the file has", &length]),
        ("too long", ok(&longer), vec!["bytes where the file has", &length]),
        ("another file", ok(&other), vec!["is not the file that is known", "its SHA-256 is"]),
        ("a web page", page, vec!["a web page, not a file"]),
        ("a pointer", ok(pointer), vec![&lfs, "bytes where the file has"]),
        ("cut without a length", unframed, vec!["is no ONNX model, or not a whole one"]),
        ("no file", Response::new("404 Not Found", b"no"), vec!["404 Not Found"]),
        ("no right", Response::new("403 Forbidden", b"no"), vec!["403 Forbidden"]),
        ("sent on for ever", endless, vec!["sent on to another address more than 5 times"]),
        ("sent on to nowhere", elsewhere, vec!["cannot download"]),
        (
            "a range that nobody asked for",
            Response::new("206 Partial Content", &whole),
            vec!["206"],
        ),
        ("nothing", Response { status: "", ..Response::default() }, vec!["cannot download"]),
    ];
    for (what, response, words) in cases {
        let place = Place::new();
        let server = Server::start(with_config(move |_, _| response.clone()));
        let url = server.url("nu.onnx");
        let catalogue = place.knowing(&url, &whole);
        let said = place.fails(&["install", "nu", "--catalogue", &catalogue], 1, &words);
        assert!(said.contains(&url), "{what}: {said}");
        assert!(!said.contains("panicked"), "{what}: {said}");
        let left = [".nu.onnx.json.part", ".nu.onnx.json.part.origin"];
        assert_eq!(place.names(), left, "{what}: only the configuration, which is good, is kept");
    }
}

#[test]
fn digests_are_checked_each_for_itself_and_models_without_any_for_their_shape() {
    let whole = model(50_000);
    let (place, server) = (Place::new(), good(&whole));
    let url = server.url("nu.onnx");
    let zeros = "0".repeat(64);
    let catalogue = place.catalogue(&url, "-", &zeros, "-");
    let install = ["install", "nu", "--catalogue", &catalogue];
    place.fails(&install, 1, &["SHA-256", &zeros, "nothing was installed"]);
    place.catalogue(&url, "-", "-", &zeros[..32]);
    place.fails(&install, 1, &["MD5", &zeros[..32], "nothing was installed"]);
    for (bytes, words) in [
        (&whole[..49_999], "is no ONNX model, or not a whole one"),
        (b"<!doctype html>", "is no ONNX model"),
        (b"", "is no ONNX model"),
    ] {
        let server = good(bytes);
        place.fails(&["install", "--from", &server.url("nu.onnx")], 1, &[words]);
    }
    let left: Vec<_> = place.names().into_iter().filter(|name| !name.contains("json")).collect();
    assert_eq!(left, [] as [&str; 0]);
}

#[test]
fn a_configuration_is_checked_before_the_model_is_fetched() {
    for (config, words) in [
        ("<!doctype html>", "is no configuration of a Piper voice"),
        ("{\"audio\": {\"sample_rate\": 1}}", "missing field `phoneme_id_map`"),
        ("[", "is no configuration of a Piper voice"),
    ] {
        let (place, model) = (Place::new(), model(20_000));
        let server = Server::start(move |request, _| {
            let is_config = request.target.ends_with("nu.onnx.json?download=true");
            file(request, if is_config { config.as_bytes() } else { &model }, "\"one\"")
        });
        let url = server.url("a/nu.onnx?download=true");
        place.fails(&["install", "--from", &url], 1, &[words, "nothing was installed"]);
        assert!(place.names().is_empty(), "{:?}", place.names());
        assert_eq!(server.seen("nu.onnx?download=true").len(), 0);
    }
}

#[test]
fn a_file_without_end_is_not_stored() {
    let (place, endless) = (Place::new(), vec![b' '; 17 << 20]);
    let server = Server::start(move |_, _| Response {
        status: "200 OK",
        body: endless.clone(),
        ..Response::default()
    });
    let url = server.url("nu.onnx");
    place.fails(&["install", "--from", &url], 1, &["longer than the 16777216 bytes"]);
    assert!(place.names().is_empty());
}

#[test]
fn without_a_network_the_way_out_is_told_and_works() {
    let (place, model) = (Place::new(), model(30_000));
    let nobody = format!("http://127.0.0.1:{}", closed_port());
    let mut command = place.command(&["install", "vi_VN-vais1000-medium"]);
    let output = command.env("HTTPS_PROXY", &nobody).output().unwrap();
    let address = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0/vi/vi_VN/vais1000/\
                   medium/vi_VN-vais1000-medium.onnx";
    let advice = "run `docbao voices install vi_VN-vais1000-medium --from FILE.onnx`";
    let proxy = format!("through the proxy {}", &nobody[7..]);
    failed(&output, 1, &[address, advice, &proxy, "CC-BY-4.0"]);
    assert!(place.names().is_empty());

    let url = format!("{nobody}/nu.onnx");
    place.fails(&["install", "--from", &url], 1, &["refused", &url, "--from FILE.onnx"]);

    let brought = place.write("stick/giọng.onnx", &model);
    place.fails(&["install", "--from", &brought], 2, &["cannot be the name"]);
    place.fails(&["install", "nu", "--from", &brought], 1, &["giọng.onnx.json"]);
    place.write("stick/giọng.onnx.json", CONFIG);
    place.succeeds(&["install", "nu", "--from", "stick/giọng.onnx"]);
    assert_eq!(place.names(), WHOLE);
    assert_eq!(place.read("nu.onnx"), model);
    assert_eq!(place.succeeds(&["verify", "nu"]), "nu: whole\n");
    // Of a voice that is known, only the files that are known.
    let name = "vi_VN-vais1000-medium";
    let words = ["giọng.onnx.json is not the file that is known: it has", "instead of 4860"];
    place.fails(&["install", name, "--from", "stick/giọng.onnx"], 1, &words);
    assert_eq!(place.names(), WHOLE);
}

#[test]
fn proxies_are_used_and_understood() {
    let (place, bytes) = (Place::new(), model(30_000));
    let model = bytes.clone();
    let server = Server::start(with_config(move |request, _| match request.target.as_str() {
        "voices.example.org:80" => {
            Response { status: "200 Connection Established", ..Response::default() }
        }
        "refused.example.org:80" => Response::new("403 Forbidden", b""),
        _ => file(request, &model, "\"one\""),
    }));
    let proxy = format!("http://{}", server.address());
    let install = |name: &str, value: &str, url: &str| {
        place.command(&["install", "--from", url]).env(name, value).output().unwrap()
    };
    let url = "http://voices.example.org/nu.onnx";
    failed(&install("ALL_PROXY", "http://", url), 1, &["ALL_PROXY is no address of a proxy"]);
    let refused = install("HTTP_PROXY", &proxy, "http://refused.example.org/nu.onnx");
    failed(&refused, 1, &["the proxy refuses it", server.address()]);
    let output = install("ALL_PROXY", &proxy, url);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(place.read("nu.onnx"), bytes);
    assert_eq!(server.seen("voices.example.org:80").len(), 2);
}

#[test]
fn encrypted_connections_are_checked() {
    let (place, bytes) = (Place::new(), model(30_000));
    let model = bytes.clone();
    let server = Server::encrypted(with_config(move |request, _| {
        if request.target.starts_with("/open/") {
            let away = Response::new("302 Found", b"");
            return away.with("Location", "http://127.0.0.1:9/nu.onnx");
        }
        file(request, &model, "\"one\"")
    }));
    let url = format!("https://localhost:{}/nu.onnx", server.port());
    let install = |certificates: &str, url: &str| {
        let mut command = place.command(&["install", "--from", url]);
        command.env("SSL_CERT_FILE", certificates).output().unwrap()
    };
    let unknown = place.fails(&["install", "--from", &url], 1, &["certificate", "SSL_CERT_FILE"]);
    assert!(unknown.contains(&url), "{unknown}");
    let ours = fs::canonicalize("tests/install/tls/ca.pem").unwrap();
    let ours = ours.to_str().unwrap();
    failed(&install("none.pem", &url), 1, &["SSL_CERT_FILE, none.pem"]);
    failed(&install(&place.write("a.pem", "a"), &url), 1, &["there is no certificate in it"]);
    let open = format!("https://localhost:{}/open/nu.onnx", server.port());
    failed(&install(ours, &open), 1, &["http://127.0.0.1:9/nu.onnx", "not be encrypted"]);
    assert!(!place.names().contains(&"nu.onnx".to_owned()));
    let output = install(ours, &url);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(place.read("nu.onnx"), bytes);
}

#[test]
fn names_and_tables_that_cannot_be_are_refused() {
    let place = Place::new();
    let brought = place.write("nu.onnx", model(20_000));
    place.write("nu.onnx.json", CONFIG);
    for name in ["../nu", "a/b", "a\\b", ".nu", "n u", ""] {
        place.fails(&["install", name, "--from", &brought], 2, &["cannot be the name"]);
        place.fails(&["remove", name], 2, &["cannot be the name"]);
        place.fails(&["verify", name], 1, &["there is no voice"]);
    }
    place.fails(&["remove", "-nu"], 2, &["unexpected argument"]);
    for action in [&["install", "bac", "--from", &brought][..], &["remove", "bac"]] {
        place.fails(action, 1, &["bac is a voice inside the program"]);
    }
    place.fails(&["install"], 2, &["<NAME>"]);
    place.fails(&["install", "nobody"], 1, &["no voice nobody", "vi_VN-vivos-x_low", "--from"]);
    place.fails(&["install", "--from", "nu.zip"], 2, &["ends in .onnx"]);
    place.fails(&["install", "nu", "--from", "none.onnx"], 1, &["none.onnx.json"]);
    fs::create_dir_all(place.path("folder.onnx")).unwrap();
    place.write("folder.onnx.json", CONFIG);
    place.fails(&["install", "--from", "folder.onnx"], 1, &["not a regular file"]);
    let catalogue = place.catalogue("https://example.org/nu.onnx", "many", "-", "-");
    let words = ["catalogue.tsv, line 2: ", "model_bytes: `many` is no number"];
    place.fails(&["list", "--catalogue", &catalogue], 1, &words);
    // The settings may name a table too.
    place.write("docbao.toml", "[voices]\ncatalogue = \"catalogue.tsv\"\n");
    place.fails(&["list"], 1, &words);
    place.fails(&["install", "nu"], 1, &words);
    fs::remove_file(place.path("docbao.toml")).unwrap();

    place.succeeds(&["install", "--from", &brought]);
    let other = place.write("other/nu.onnx", model(21_000));
    place.write("other/nu.onnx.json", CONFIG);
    place.fails(&["install", "--from", &other], 1, &["there is another voice nu already"]);
    place.succeeds(&["install", "nu2", "--from", &other]);
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
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
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
        assert!(start.elapsed() < Duration::from_secs(20), "nothing is fetched");
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

#[cfg(unix)]
#[test]
fn a_stopped_download_goes_on() {
    let (place, model) = (Place::new(), model(60_000));
    let (server, child) = waiting(&place, &model);
    let start = Instant::now();
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    failed(&child.wait_with_output().unwrap(), 130, &["the same command goes on from there"]);
    assert!(start.elapsed() < Duration::from_secs(10), "it waits for the server");
    assert!(!place.names().contains(&"nu.onnx".to_owned()));
    place.succeeds(&["install", "--from", &server.url("nu.onnx")]);
    assert_eq!(place.read("nu.onnx"), model);
    assert_eq!(place.names(), WHOLE);
    let seen = server.seen("nu.onnx");
    assert!(seen.len() == 2 && seen[1].header("range").is_some());
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_what_fitted_is_kept() {
    let (place, model) = (Place::new(), model(200_000));
    let server = good(&model);
    let command = place.command(&["install", "--from", &server.url("nu.onnx")]);
    let mut shell = Command::new("sh");
    // 100 blocks of 512 bytes: no file may be larger.
    shell.args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$@\"", "sh"]);
    shell.arg(command.get_program()).args(command.get_args()).current_dir(place.0.path());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    failed(&shell.output().unwrap(), 1, &["cannot write", ".nu.onnx.part"]);
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
