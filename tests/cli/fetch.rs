//! Articles from the web: the library and the real program against servers on the loopback interface.

#[allow(dead_code, reason = "the server can do more than these tests ask of it")]
#[path = "../install/server.rs"]
mod server;

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;

use docbao::files::{Limits, Page, page};
use docbao::{Error, ErrorKind, Hint};
use tempfile::TempDir;

use server::{Request, Response, Server, closed_port};

const TITLE: &str = "Mưa lớn ở Lào Cai gây ngập nhiều tuyến đường";

/// A page with an article.
fn html() -> String {
    let paragraph = "<p>Sáng nay, mưa lớn kéo dài ba giờ đã gây ngập nhiều tuyến đường ở thành phố, \
                     người dân phải dắt xe qua những đoạn nước sâu nửa mét.</p>";
    format!(
        "<!doctype html><html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{}\
         </article></body></html>",
        paragraph.repeat(4)
    )
}

fn ok(kind: &str, body: &[u8]) -> Response {
    Response::new("200 OK", body).with("Content-Type", kind)
}

/// A host without a robots.txt.
fn host(answer: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Server {
    Server::start(move |request, _| match request.target.as_str() {
        "/robots.txt" => Response::new("404 Not Found", b""),
        _ => answer(request),
    })
}

/// A host that sends the page with the article, and this robots.txt.
fn host_with_robots(status: &'static str, robots: &'static str) -> Server {
    Server::start(move |request, _| match request.target.as_str() {
        "/robots.txt" => Response::new(status, robots.as_bytes()),
        _ => ok("text/html", html().as_bytes()),
    })
}

fn open() -> Limits {
    Limits { private_addresses: true, ..Limits::default() }
}

fn fetched(url: &str) -> Result<Page, Error> {
    page(url, &open())
}

/// Nothing is fetched, and the message has all these words.
fn refused(result: Result<Page, Error>, words: &[&str]) -> Error {
    let error = result.expect_err("something was fetched");
    assert_eq!(error.kind(), ErrorKind::Download);
    for word in words {
        assert!(error.to_string().contains(word), "`{word}` is not in: {error}");
    }
    error
}

#[test]
fn a_page_comes_with_what_its_server_says() {
    let server = host(|request| match request.target.as_str() {
        "/alt" => Response::new("302 Found", b"").with("Location", "m%E1%BB%9Bi?x=1"),
        _ => ok("Text/HTML; Charset=\"utf-8\"", b"M\xC6\xB0a"),
    });
    let page = fetched(&server.url("alt#muc")).unwrap();
    assert_eq!(page.address, server.url("m%E1%BB%9Bi?x=1"));
    assert_eq!(page.bytes, "Mưa".as_bytes());
    assert_eq!(page.content_type.charset.as_deref(), Some("utf-8"));
    assert_eq!(page.content_type.ending(), Some("html"));
    let [asked] = &server.seen("x=1")[..] else { panic!("asked for more than once") };
    let agent = asked.header("user-agent").unwrap();
    assert!(agent.starts_with(concat!("docbao/", env!("CARGO_PKG_VERSION"), " (")), "{agent}");
    // Its robots.txt is asked for once, for both addresses and later pages.
    fetched(&server.url("khac")).unwrap();
    assert_eq!(server.seen("/robots.txt").len(), 1);
}

#[test]
fn what_is_compressed_is_unpacked_and_counted_unpacked() {
    let server = host(|request| {
        let length = if request.target == "/ngan" { 1000 } else { 200_000 };
        let packed = gzip(&vec![b'a'; length]);
        assert!(packed.len() < 1000);
        ok("text/plain", &packed).with("Content-Encoding", "gzip")
    });
    let limits = Limits { bytes: 1000, ..open() };
    assert_eq!(page(&server.url("ngan"), &limits).unwrap().bytes, [b'a'; 1000]);
    assert_eq!(server.seen("/ngan")[0].header("accept-encoding"), Some("gzip"));
    refused(page(&server.url("dai"), &limits), &["longer than the 1000 bytes"]);
    assert_eq!(fetched(&server.url("dai")).unwrap().bytes.len(), 200_000);
}

/// A text as gzip (RFC 1952), by the compressor of archives.
fn gzip(text: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("a", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(text).unwrap();
    let archive = archive.finish().unwrap();
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let mut archive = zip::ZipArchive::new(archive).unwrap();
    archive.by_index_raw(0).unwrap().read_to_end(&mut packed).unwrap();
    packed.extend(crc32fast::hash(text).to_le_bytes());
    packed.extend((text.len() as u32).to_le_bytes());
    packed
}

#[test]
fn a_page_that_is_too_long_is_not_taken() {
    let server = host(|request| match request.target.as_str() {
        "/hua" => ok("text/html", &[b'a'; 1001]),
        _ => {
            let body = [b'a'; 1001].to_vec();
            let headers = vec![("Content-Type", "text/html".to_owned())];
            Response { status: "200 OK", headers, body, ..Response::default() }
        }
    });
    let limits = Limits { bytes: 1000, ..open() };
    refused(page(&server.url("hua"), &limits), &["longer than the 1000 bytes"]);
    refused(page(&server.url("khong-hua"), &limits), &["longer than the 1000 bytes"]);
    let limits = Limits { bytes: 1001, ..open() };
    assert_eq!(page(&server.url("khong-hua"), &limits).unwrap().bytes.len(), 1001);
}

#[test]
fn a_server_that_never_stops_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 4096];
            let read = stream.read(&mut request).unwrap();
            if request[..read].starts_with(b"GET /robots.txt") {
                let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                continue;
            }
            // Something comes all the time, and after 20 seconds all of it would be there.
            let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 200\r\n\r\n";
            let mut sent = stream.write_all(head);
            for _ in 0..200 {
                sent = sent.and_then(|()| stream.write_all(b"a"));
                if sent.is_err() {
                    break;
                }
                thread::sleep(Duration::from_millis(100));
            }
        }
    });
    let limits = Limits { time: Duration::from_secs(1), ..open() };
    refused(page(&url, &limits), &["not there after 1 seconds"]);
}

#[test]
fn what_a_server_says_is_told() {
    let server = host(|request| match request.target.as_str() {
        "/404" => Response::new("404 Not Found", b""),
        "/403" => Response::new("403 Forbidden", b""),
        "/429" => Response::new("429 Too Many Requests", b"").with("Retry-After", "120"),
        "/503" => Response::new("503 Service Unavailable", b"")
            .with("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT"),
        "/302" => Response::new("302 Found", b""),
        "/anh" => ok("image/png", b"a"),
        "/pdf" => ok("application/pdf; a=b", b"a"),
        "/khong" => Response::new("200 OK", b"a"),
        _ => Response::new("302 Found", b"").with("Location", &request.target),
    });
    for (path, words) in [
        ("404", &["there is no page at this address", "404 Not Found"][..]),
        ("403", &["does not let it be read", "403 Forbidden"]),
        ("429", &["wants fewer requests", "come again after 120 seconds"]),
        ("503", &["too busy", "come again after Wed, 21 Oct 2026 07:28:00 GMT"]),
        ("302", &["does not send it", "302 Found"]),
        ("anh", &["of the type image/png"]),
        ("pdf", &["of the type application/pdf,"]),
        ("vong", &["sent on to another address more than 5 times"]),
    ] {
        refused(fetched(&server.url(path)), words);
    }
    assert_eq!(server.seen("/vong").len(), 6);
    assert_eq!(fetched(&server.url("khong")).unwrap().content_type.media_type, None);
    let nobody = format!("http://127.0.0.1:{}/", closed_port());
    refused(fetched(&nobody), &["robots.txt cannot be had", "refused"]);
    refused(fetched("https://báo.vn/"), &["xn--"]);
}

#[test]
fn robots_txt_is_obeyed() {
    let some =
        "User-agent: *\nDisallow: /rieng/\nAllow: /rieng/mo\n\nUser-agent: other\nDisallow: /";
    let server = host_with_robots("200 OK", some);
    assert!(fetched(&server.url("bai")).is_ok());
    assert!(fetched(&server.url("rieng/mo?x")).is_ok());
    let place = server.url("robots.txt");
    let words = ["`Disallow: /rieng/` in line 2", &place, "does not let programs fetch it"];
    refused(fetched(&server.url("rieng/bai")), &words);
    assert!(server.seen("/rieng/bai").is_empty());

    for (status, is_fetched) in [
        ("404 Not Found", true),
        ("403 Forbidden", true),
        ("500 Internal Server Error", false),
        ("503 Service Unavailable", false),
    ] {
        let server = host_with_robots(status, "User-agent: *\nDisallow: /");
        let result = fetched(&server.url("bai"));
        assert_eq!(result.is_ok(), is_fetched, "{status}");
        assert_eq!(server.seen("/bai").len(), usize::from(is_fetched));
        if !is_fetched {
            refused(result, &["robots.txt cannot be had", status]);
        }
    }
}

#[test]
fn where_a_page_is_sent_on_to_has_rules_of_its_own() {
    let other = host_with_robots("200 OK", "User-agent: docbao\nDisallow: /");
    let to = other.url("bai");
    let server = host(move |_| Response::new("301 Moved Permanently", b"").with("Location", &to));
    refused(fetched(&server.url("bai")), &["sent on to", &other.url("bai"), "`Disallow: /`"]);
    assert!(other.seen("/bai").is_empty());
}

#[test]
fn only_the_first_part_of_a_long_robots_txt_counts() {
    let server = Server::start(|request, _| match request.target.as_str() {
        "/robots.txt" => {
            let filler = "# a\n".repeat(128 << 10);
            let text = format!("User-agent: *\nDisallow: /a\n{filler}Disallow: /b\n");
            Response::new("200 OK", text.as_bytes())
        }
        _ => ok("text/html", b"a"),
    });
    assert!(fetched(&server.url("b")).is_ok());
    refused(fetched(&server.url("a")), &["`Disallow: /a`"]);
}

#[test]
fn private_addresses_are_not_asked() {
    let server = host(|_| ok("text/html", html().as_bytes()));
    let port = server.port();
    for host in ["127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]", "0x7f000001", "0.0.0.0"] {
        let url = format!("http://{host}:{port}/bai");
        let error = refused(page(&url, &Limits::default()), &["the public network only"]);
        let hint = Hint::give("allow_private_addresses", "to fetch it all the same");
        assert_eq!(error.hint(), Some(&hint), "{url}");
    }
    assert!(server.seen("").is_empty());
    assert!(fetched(&server.url("bai")).is_ok());
}

/// The program in a folder, without settings and proxies of whoever runs the tests.
fn docbao(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
    command.env("DOCBAO_LANG", "en");
    command.current_dir(folder).args(arguments);
    command.env("XDG_CONFIG_HOME", "/nonexistent").env("DOCBAO_VOICES", "/nonexistent");
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.env_remove("SSL_CERT_FILE").env_remove("DOCBAO_CACHE");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    docbao(folder, arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn failed(output: &Output, words: &[&str]) {
    assert_eq!(output.status.code(), Some(1), "{}", stderr(output));
    for word in words {
        assert!(stderr(output).contains(word), "`{word}` is not in: {}", stderr(output));
    }
}

fn succeeded(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const ALLOW: &str = "--allow-private-addresses";

#[test]
fn an_article_is_narrated_from_its_address() {
    let folder = TempDir::new().unwrap();
    let server = host(|request| match request.target.as_str() {
        "/cu" => Response::new("301 Moved Permanently", b"").with("Location", "/tin/moi.html"),
        _ => ok("text/html; charset=utf-8", html().as_bytes()),
    });
    let url = server.url("cu");
    let narrate = ["narrate", "--voice", "tone", &url, "-o", "bai.m4a"];
    let output = run(folder.path(), &narrate);
    failed(&output, &[&url, "127.0.0.1 is an address of this machine itself", "; give", ALLOW]);
    assert!(!folder.path().join("bai.m4a").exists());

    succeeded(&run(folder.path(), &[&narrate[..], &[ALLOW]].concat()));
    let sound = fs::read(folder.path().join("bai.m4a")).unwrap();
    let tag = mp4ameta::Tag::read_from(&mut std::io::Cursor::new(&sound)).unwrap();
    assert_eq!(tag.title(), Some(TITLE));
    // The article does not say where it is, so it is where it was found.
    let moved = server.url("tin/moi.html");
    let holds = |text: &str| sound.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds(&moved) && !holds(&url));
}

#[test]
fn a_sitemap_is_the_articles_of_its_pages() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(move |request, _| match request.target.as_str() {
        "/robots.txt" => Response::new("200 OK", b"User-agent: *\nDisallow: /kin"),
        "/sitemap.xml" => {
            let at = request.header("host").unwrap_or_default();
            let url = |name: &str, day: u8| {
                format!("<url><loc>http://{at}/{name}</loc><lastmod>2024-05-0{day}</lastmod></url>")
            };
            let urls = [url("cu", 1), url("kin", 2), url("moi", 3)].concat();
            ok(
                "application/xml",
                format!("<?xml version=\"1.0\"?><urlset>{urls}</urlset>").as_bytes(),
            )
        }
        name => ok("text/html", html().replace(TITLE, &format!("Tin {}", &name[1..])).as_bytes()),
    });
    let arguments =
        ["narrate", &server.url("sitemap.xml"), "-o", "a.m4b", "--voice", "tone", "--json", ALLOW];
    let output = run(folder.path(), &arguments);
    let said = succeeded(&output);
    assert!(
        said.contains("a page of the sitemap is left out") && said.contains("robots.txt"),
        "{said}"
    );
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let report = report.to_string();
    let (new, old) = (report.find("Tin moi"), report.find("Tin cu"));
    assert!(new.is_some() && new < old, "{report}");
}

#[test]
fn several_addresses_give_files_with_the_names_of_their_pages() {
    let folder = TempDir::new().unwrap();
    let server = host(|_| ok("text/html", html().as_bytes()));
    let urls =
        [server.url("tin/M%C6%B0a%20to.html?x=1"), server.url("tin/gia-1.2/"), server.url("")];
    let narrate = [
        "narrate", "--voice", "tone", ALLOW, &urls[0], &urls[1], &urls[2], "-o", "out", "--format",
        "wav",
    ];
    succeeded(&run(folder.path(), &narrate));
    let names = fs::read_dir(folder.path().join("out")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    let of_host = format!("127.0.0.1-{}.wav", server.port());
    assert_eq!(names, [&of_host, "Mưa to.wav", "gia-1.2.wav"]);
    assert!(succeeded(&run(folder.path(), &narrate)).contains("up to date"));
}

#[test]
fn every_command_takes_an_address() {
    let folder = TempDir::new().unwrap();
    let server = host(|_| ok("text/html", html().as_bytes()));
    let url = server.url("bai.html");
    fs::create_dir_all(folder.path().join(&url)).unwrap();
    for command in ["normalize", "segment", "phonemize", "explain"] {
        assert!(!succeeded(&run(folder.path(), &[command, &url, ALLOW])).is_empty(), "{command}");
    }
    assert!(run(folder.path(), &["check", &url, ALLOW]).stderr.is_empty());
    succeeded(&run(folder.path(), &["page", "--voice", "tone", &url, "-o", ".", ALLOW]));
    assert!(fs::read_to_string(folder.path().join("bai.html")).unwrap().contains(TITLE));
    assert_eq!(server.seen("/bai.html").len(), 6);
    let watched = run(folder.path(), &["narrate", &url, "-o", "a.wav", "--watch"]);
    assert_eq!(watched.status.code(), Some(2), "{}", stderr(&watched));
}

#[test]
fn the_encoding_that_a_server_tells_is_believed() {
    let folder = TempDir::new().unwrap();
    // In windows-1258, tone marks are characters of their own.
    let sentence =
        b"Thi\xF2 tr\xFD\xF5\xCCng mua xe trong thanh ph\xF4\xEC, theo tin ghi trong ng\xE0y. ";
    let head = b"<!doctype html><html><head><meta charset=\"iso-8859-2\"></head><body><article>";
    let paragraph = [&b"<p>"[..], &sentence.repeat(3), b"</p>"].concat();
    let text = [&head[..], &paragraph.repeat(3), b"</article></body></html>"].concat();
    let plain = b"Thi\xF2 tr\xFD\xF5\xCCng.";
    let utf8 = "<!doctype html><html><body><p>Thị trường.</p></body></html>";
    let server = host(move |request| match request.target.as_str() {
        "/bao" => ok("text/html; charset=windows-1258", &text),
        "/khong-bao" => ok("text/html", &text),
        "/chu" => ok("text/plain; charset=windows-1258", plain),
        _ => ok("text/html; charset=windows-1258", utf8.as_bytes()),
    });
    let said = |path: &str, more: &[&str]| {
        let url = server.url(path);
        let arguments = [&["normalize", &url, ALLOW, "--read", "title"][..], more].concat();
        succeeded(&run(folder.path(), &arguments)).to_lowercase()
    };
    assert!(said("bao", &[]).contains("thị trường"));
    assert!(!said("khong-bao", &[]).contains("thị trường"));
    assert!(said("chu", &[]).contains("thị trường"));
    assert!(said("utf-8", &[]).contains("thị trường"));
    // What the user says goes before what the server says.
    assert!(!said("bao", &["--encoding", "vni"]).contains("thị trường"));
}

#[test]
fn a_type_says_the_format() {
    let folder = TempDir::new().unwrap();
    let server = host(|request| match request.target.as_str() {
        // A page that does not begin as pages do.
        "/trang" => ok("text/html", b"<p>M\xC6\xB0a to.</p><p>Gi\xC3\xB3 l\xE1\xBB\x9Bn.</p>"),
        "/tin" => {
            let entry = "<item><title>Bão số 3</title><description>Mưa to.</description></item>";
            let feed = format!("<rss version=\"2.0\"><channel>{entry}</channel></rss>");
            ok("application/rss+xml; charset=utf-8", feed.as_bytes())
        }
        _ => ok("text/plain", "**Mưa** to.".as_bytes()),
    });
    let normalize = |path: &str| run(folder.path(), &["normalize", &server.url(path), ALLOW]);
    assert_eq!(succeeded(&normalize("trang")), "Mưa to.\nGió lớn.\n");
    assert_eq!(succeeded(&normalize("bai.md")), "Mưa to.\n");
    assert!(succeeded(&normalize("tin")).contains("Mưa to."));
}

/// What is asked for through a proxy, which is on this machine and yet may be used.
#[test]
fn a_page_that_is_sent_on_to_a_private_address_is_not_followed() {
    let folder = TempDir::new().unwrap();
    let private = host(|_| ok("text/html", html().as_bytes()));
    let to = private.url("bai");
    let proxy = Server::start(move |request, _| match request.target.as_str() {
        "example.org:80" => {
            Response { status: "200 Connection Established", ..Response::default() }
        }
        "/robots.txt" => Response::new("404 Not Found", b""),
        "/ra" => Response::new("302 Found", b"").with("Location", &to),
        "/ten" => Response::new("302 Found", b"").with("Location", "http://localhost/bai"),
        _ => ok("text/html", html().as_bytes()),
    });
    let address = format!("http://{}", proxy.address());
    let normalize = |url: &str, more: &[&str]| {
        let mut command = docbao(folder.path(), &[&["normalize", url][..], more].concat());
        command.env("HTTP_PROXY", &address).env("NO_PROXY", "127.0.0.1").output().unwrap()
    };
    assert!(succeeded(&normalize("http://example.org/bai", &[])).contains("Lào Cai"));
    let away = normalize("http://example.org/ra", &[]);
    failed(&away, &["sent on to", &private.url("bai"), "address of this machine itself", ALLOW]);
    failed(&normalize("http://example.org/ten", &[]), &["localhost is this machine itself"]);
    assert!(private.seen("").is_empty());
    assert!(succeeded(&normalize("http://example.org/ra", &[ALLOW])).contains("Lào Cai"));
}

#[test]
fn what_is_encrypted_stays_so() {
    let folder = TempDir::new().unwrap();
    let open = host(|_| ok("text/html", html().as_bytes()));
    let to = open.url("bai");
    let server = Server::encrypted(move |request, _| match request.target.as_str() {
        "/robots.txt" => Response::new("404 Not Found", b""),
        "/mo" => Response::new("302 Found", b"").with("Location", &to),
        _ => ok("text/html", html().as_bytes()),
    });
    let certificates = fs::canonicalize("tests/install/tls/ca.pem").unwrap();
    let normalize = |path: &str| {
        let url = format!("https://localhost:{}/{path}", server.port());
        let mut command = docbao(folder.path(), &["normalize", &url, ALLOW]);
        command.env("SSL_CERT_FILE", &certificates).output().unwrap()
    };
    assert!(succeeded(&normalize("bai")).contains("Lào Cai"));
    failed(&normalize("mo"), &["sent on to", &open.url("bai"), "not be encrypted"]);
    assert!(open.seen("").is_empty());
}
