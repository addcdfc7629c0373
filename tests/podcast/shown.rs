//! What a show says is shown, and not obeyed; its page runs nothing of it; names need not be Unicode.

use super::show::Show;

/// Whether a terminal or a player would obey something in a text.
fn is_obeyed(text: &str) -> bool {
    text.contains(|c: char| {
        (c.is_control() && !"\n\t".contains(c))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

#[test]
fn feeds_and_pages_have_nothing_that_is_obeyed() {
    let show = Show::with_days(&[1]);
    let toml = show.read("podcast.toml");
    let line = toml.lines().find(|line| line.starts_with("title = ")).unwrap();
    let title = r#"title = "Tin\u001b[31m \u202e\u009b""#;
    show.write("podcast.toml", toml.replacen(line, title, 1));
    let said = show.build(&[]);
    let published = show.published();
    let mut texts = 0;
    for (name, bytes) in &published {
        let ending = name.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if ["xml", "html", "json", "vtt", "srt"].contains(&ending) {
            let text = String::from_utf8(bytes.clone()).unwrap();
            assert!(!is_obeyed(&text), "{}: {}", name.display(), text.escape_debug());
            assert!(!text.contains("\\u001b"), "{}", name.display());
            texts += 1;
        }
    }
    assert!(texts >= 3 && !is_obeyed(&said));
    assert_eq!(show.feed("feed.xml").title, "Tin\u{fffd}[31m \u{fffd}\u{fffd}");
}

#[test]
fn the_page_of_a_show_runs_its_own_script_only() {
    let show = Show::with_days(&[1]);
    show.build(&[]);
    let page = show.read("public/index.html");
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
                  script-src 'sha256-";
    let (before, rest) = page.split_once(policy).unwrap();
    assert!(!before.contains("<style") && !before.contains("<link"));
    use base64::Engine;
    for (element, directive) in [("script", ""), ("style", "style-src 'sha256-")] {
        let (_, digest) = rest.split_once(directive).unwrap();
        let (digest, _) = digest.split_once('\'').unwrap();
        let (_, text) = page.split_once(&format!("<{element}>")).unwrap();
        let (text, _) = text.split_once(&format!("</{element}>")).unwrap();
        let own = docbao::model::digest::Digest::of(text.as_bytes());
        let own = base64::engine::general_purpose::STANDARD.encode(own.bytes());
        assert_eq!(digest, own, "{element}");
    }
    for allowed in ["img-src 'self'", "media-src 'self'", "base-uri 'none'", "form-action 'none'"] {
        assert!(rest.contains(allowed), "{allowed}");
    }
    assert_eq!(page.matches("<script").count(), 1);
    let (markup, _) = page.split_once("<script>").unwrap();
    let (_, markup) = markup.split_once("</style>").unwrap();
    assert!(!markup.contains(" style=") && !markup.contains(" on"));
}

#[cfg(target_os = "linux")]
#[test]
fn articles_whose_names_are_not_unicode_are_episodes() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let show = Show::with_days(&[1, 2]);
    for (day, name) in [(1, &b"\xff\xfe.txt"[..]), (2, b"\xfe\xff.txt")] {
        let path = show.path("").join(OsStr::from_bytes(name));
        std::fs::rename(show.path(&format!("tin-{day}.txt")), path).unwrap();
    }
    let output = show.try_build(&["--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
    let known = show.known();
    assert_eq!(known.len(), 2);
    assert!(show.build(&[]).contains("2 episodes"));
    assert_eq!(show.known(), known);
    let output = show.run(&["podcast", "check", "public", "--json"]);
    serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
    assert_ne!(output.status.code(), Some(101));
}
