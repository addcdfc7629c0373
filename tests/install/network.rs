//! No network, proxies, encryption.

use std::fs;

use super::server::{Response, Server, closed_port, file};
use super::{CONFIG, Place, WHOLE, failed, model, stderr, with_config};

#[test]
fn without_a_network_the_way_out_is_told_and_works() {
    let (place, model) = (Place::new(), model(30_000));
    let nobody = format!("http://127.0.0.1:{}", closed_port());
    let mut command = place.command(&["install", "vi_VN-vais1000-medium"]);
    let output = command.env("HTTPS_PROXY", &nobody).output().unwrap();
    let address = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0/vi/vi_VN/vais1000/\
                   medium/vi_VN-vais1000-medium.onnx";
    let advice = "give --from FILE.onnx, where there is no network here: bring";
    let proxy = format!("through the proxy {}", &nobody[7..]);
    failed(&output, 1, &[address, advice, &proxy, "CC-BY-4.0"]);
    assert!(place.names().is_empty());

    let url = format!("{nobody}/nu.onnx");
    place.fails(
        &["install", "--from", &url],
        1,
        &["refused", &url, "where there is no network here: bring"],
    );

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
fn a_password_is_used_and_neither_shown_nor_kept() {
    let (place, model) = (Place::new(), model(30_000));
    let server = super::good(&model);
    let from = server.url("nu.onnx").replace("http://", "http://lan:secret@");
    let output = place.run(&["install", "--from", &from]);
    assert!(output.status.success(), "{}", stderr(&output));
    let sent = server.seen("nu.onnx").remove(0);
    assert_eq!(sent.header("authorization"), Some("Basic bGFuOnNlY3JldA=="));
    let again = place.run(&["install", "--from", &from, "--json"]);
    crate::schemas::described("voice", &again.stdout);
    let refused = [
        place.run(&["install", "--from", &from.replace(".onnx", ".zip")]),
        place.run(&["install", "x", "--from", &from.replace("http://", "https://")]),
    ];
    assert!(refused.iter().all(|output| !output.status.success()));
    let info = place.run(&["info", "nu"]);
    for output in [&output, &again, &info].into_iter().chain(&refused) {
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + stderr(output);
        assert!(!said.contains("secret"), "{said}");
    }
    for name in place.names() {
        let kept = place.read(&name);
        assert!(!kept.windows(6).any(|bytes| bytes == b"secret"), "{name}");
    }
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
