//! What is no voice, or not the voice it should be.

use std::fs;

use super::server::{Response, Server, file};
use super::{CONFIG, Place, good, model, with_config};

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
