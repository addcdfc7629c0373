//! The read-along page: what it is made of. How it behaves in a browser is tested in tests/browser.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use docbao::model::article::{Article, Block, BlockKind};
use docbao::model::diag::Span;
use docbao::model::digest::Digest;
use docbao::model::error::ErrorKind;
use docbao::sound::marks::SentenceMark;
use docbao::sound::marks::WordMark;
use docbao::sound::page::{self, Home, LARGEST_EMBEDDED, PageInfo, PageSound};
use proptest::prelude::*;

/// An article, and which of its blocks are read.
struct Read {
    article: Article,
    read: Vec<bool>,
}

/// An article of these blocks, those with `true` read.
fn document(blocks: &[(BlockKind, bool, &str)]) -> Read {
    let mut article = Article::default();
    for &(kind, _, text) in blocks {
        let start = article.text.len();
        article.text.push_str(text);
        let span = Span::new(start, article.text.len());
        article.blocks.push(Block::new(kind, span, "a test"));
        article.text.push_str("\n\n");
    }
    Read { article, read: blocks.iter().map(|(_, read, _)| *read).collect() }
}

/// The marks of an article: a sentence for each block that is read, a second for each word.
fn marks(document: &Read) -> Vec<SentenceMark> {
    let mut now = 0.0;
    let blocks = document.article.blocks.iter().zip(&document.read);
    let read = blocks.filter(|(_, read)| **read).map(|(block, _)| block).enumerate();
    let sentences = read.map(|(sentence, block)| {
        let text = document.article.text_of(block);
        let start_ms = now;
        let words = text.split_whitespace().map(|word| {
            let at = block.span.start + (word.as_ptr() as usize - text.as_ptr() as usize);
            now += 1000.0;
            let span = Span::new(at, at + word.len());
            let (start_ms, end_ms) = (now - 1000.0, now);
            WordMark {
                start_ms,
                end_ms,
                span,
                text: word.to_owned(),
                spoken: "a".to_owned(),
                phones: Vec::new(),
            }
        });
        let words = words.collect();
        let (span, text, spoken) = (block.span, text.to_owned(), String::new());
        SentenceMark {
            sentence,
            start_ms,
            end_ms: now,
            span,
            text,
            spoken,
            words,
            breaths: vec![0],
        }
    });
    sentences.collect()
}

fn page(document: &Read, sound: PageSound) -> String {
    let mut bytes = Vec::new();
    let info = PageInfo { title: "tên-tệp", ..PageInfo::default() };
    page::write(&mut bytes, &document.article, &marks(document), vec![sound], &info).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Sound at this address.
fn linked(address: &str) -> PageSound<'static> {
    PageSound::Linked { address: address.to_owned(), mime: "audio/mpeg" }
}

/// This sound inside a page.
fn embedded<'a>(source: &'a mut &[u8], mime: &'a str) -> PageSound<'a> {
    let length = source.len() as u64;
    PageSound::Embedded { name: "a.wav", source, length, mime }
}

/// What stands between two strings.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

fn article(page: &str) -> &str {
    between(page, "<article id=\"article\">\n", "</article>")
}

#[test]
fn the_article_keeps_its_structure() {
    use BlockKind::*;
    let document = document(&[
        (Dateline, false, "18/02/2019"),
        (Title, true, "Mưa\nlớn"),
        (Sapo, true, "Nước lên."),
        (Caption, false, "Ảnh: An."),
        (Heading, true, "Nguyên nhân"),
        (List, true, "- Một"),
        (List, true, "- Hai"),
        (Quote, true, "“Rừng”"),
        (Related, false, "Tin khác"),
        (Repetition, false, "Mưa lớn"),
        (Boilerplate, true, "Chia sẻ"),
        (Byline, true, "Bình"),
    ]);
    let page = page(&document, linked("./mua.mp3"));
    crate::support::golden("page.article", article(&page));
    assert_eq!(between(&page, "<title>", "</title>"), "Mưa lớn");
    let times = between(&page, "type=\"application/json\">", "</script>");
    let times: Vec<u64> = serde_json::from_str(times).unwrap();
    assert_eq!(times, (0..28_u64).map(|at| at.div_ceil(2) * 1000).collect::<Vec<_>>());
    assert!(page.contains("<source src=\"./mua.mp3\" type=\"audio/mpeg\">"));
}

#[test]
fn an_article_without_a_title_has_the_one_it_is_given() {
    let page = page(&document(&[(BlockKind::Paragraph, true, "Nước rút.")]), linked("a"));
    assert_eq!(between(&page, "<title>", "</title>"), "tên-tệp");
    assert!(article(&page).starts_with("<h1>tên-tệp</h1>\n<p>"));
    let empty = self::page(&document(&[]), linked("a"));
    assert_eq!(article(&empty), "<h1>tên-tệp</h1>\n");
    assert_eq!(between(&empty, "type=\"application/json\">", "</script>"), "[]");
}

#[test]
fn the_policy_allows_just_what_stands_in_the_page() {
    let text = document(&[(BlockKind::Paragraph, true, "Nước rút.")]);
    let embedded = page(&text, embedded(&mut &b"sound"[..], "audio/mpeg"));
    let elsewhere = page(&text, linked("./a.mp3"));
    for (page, media) in [(&embedded, "data:"), (&elsewhere, "'self' file: http: https:")] {
        let digest = |text: &str| STANDARD.encode(Digest::of(text.as_bytes()).bytes());
        let script = digest(between(page, "<script>", "</script>"));
        let style = digest(between(page, "<style>", "</style>"));
        let policy = between(page, "Content-Security-Policy\" content=\"", "\"");
        assert_eq!(
            policy,
            format!(
                "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; \
                 img-src data:; media-src {media}; base-uri 'none'; form-action 'none'"
            )
        );
        assert!(!page.contains(" style=") && !page.contains(" onclick=") && !page.contains("{{"));
        assert!(!page.contains("http://") && !page.contains("https://"), "nothing from elsewhere");
    }
}

#[test]
fn sound_of_any_length_is_embedded_byte_for_byte() {
    let text = document(&[(BlockKind::Paragraph, true, "Nước rút.")]);
    for length in [0, 1, 2, 3, 49_151, 49_152, 49_153, 200_000] {
        let bytes: Vec<u8> = (0..length).map(|at: usize| (at * at % 251) as u8).collect();
        let page = page(&text, embedded(&mut &bytes[..], "audio/ogg"));
        let data = between(&page, " src=\"data:audio/ogg;base64,", "\"");
        assert!(STANDARD.decode(data).unwrap() == bytes, "{length} bytes");
    }
}

#[test]
fn sound_that_is_cut_short_or_too_large_for_a_page_is_refused() {
    let text = document(&[(BlockKind::Paragraph, true, "Nước rút.")]);
    let write = |length| {
        let source: &mut &[u8] = &mut &b"sound"[..];
        let sound = PageSound::Embedded { name: "a.wav", source, length, mime: "audio/wav" };
        let (marks, info) = (marks(&text), PageInfo::default());
        let written = page::write(&mut Vec::new(), &text.article, &marks, vec![sound], &info);
        let fault = written.unwrap_err();
        fault.in_file(Path::new("page.html"))
    };
    let error = write(6);
    assert!(error.kind() == ErrorKind::Read && error.to_string().contains("a.wav"), "{error}");
    let error = write(LARGEST_EMBEDDED + 1);
    assert!(error.kind() == ErrorKind::Input && error.to_string().contains("a.wav"), "{error}");
    let hint = error.hint().unwrap().to_string();
    assert!(hint.starts_with("give `link_audio`"), "{hint}");
}

#[test]
fn an_output_that_is_full_is_an_error_that_names_the_page() {
    let text = document(&[(BlockKind::Paragraph, true, "Nước rút.")]);
    let sound = linked("a.mp3");
    let mut out: &mut [u8] = &mut [0; 100];
    let info = PageInfo::default();
    let written = page::write(&mut out, &text.article, &marks(&text), vec![sound], &info);
    let fault = written.unwrap_err();
    let error = fault.in_file(Path::new("page.html"));
    assert!(error.kind() == ErrorKind::Write && error.to_string().contains("page.html"), "{error}");
}

#[test]
fn addresses_lead_from_the_page_to_the_sound() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path();
    fs::create_dir_all(base.join("âm thanh")).unwrap();
    let page = base.join("page.html");
    for (file, address) in [
        ("a.mp3", "./a.mp3"),
        ("âm thanh/bài 1%?.mp3", "./%C3%A2m%20thanh/b%C3%A0i%201%25%3F.mp3"),
        ("âm thanh/../a:b.mp3", "./a%3Ab.mp3"),
    ] {
        assert_eq!(page::address(&page, &base.join(file)).unwrap(), address);
    }
    let inside = base.join("âm thanh/page.html");
    for file in [base.join("a.mp3"), base.join("không có/a.mp3")] {
        let error = page::address(&inside, &file).unwrap_err();
        assert!(error.kind() == ErrorKind::Request, "{error}");
    }
    assert_eq!(page::address(Path::new("p.html"), Path::new("a.mp3")).unwrap(), "./a.mp3");
}

/// A page as a reader of HTML sees it: its text, without the elements of ours. Fails on any other.
fn shown(mut article: &str) -> String {
    const OURS: [&str; 12] = [
        "h1",
        "/h1",
        "p",
        "/p",
        "span",
        "/span",
        "span class=\"s\"",
        "p class=\"unread\"",
        "ul",
        "/ul",
        "li",
        "/li",
    ];
    let mut text = String::new();
    while let Some((before, rest)) = article.split_once('<') {
        text.push_str(before);
        let (element, rest) = rest.split_once('>').unwrap();
        assert!(OURS.contains(&element), "<{element}>");
        article = rest;
    }
    text.push_str(article);
    assert!(!text.contains(['>', '"', '\'']), "{text}");
    let references = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'")];
    let text = references.iter().fold(text, |text, (from, to)| text.replace(from, to));
    text.replace("&amp;", "&")
}

proptest! {
    #[test]
    fn whatever_an_article_holds_is_text(
        blocks in prop::collection::vec(("[ -~\\x00<>&\"'/!\u{80}-\u{ff}đ]{1,60}", prop::bool::ANY), 0..6)
    ) {
        let blocks: Vec<_> =
            blocks.iter().map(|(text, read)| (BlockKind::Paragraph, *read, text.as_str())).collect();
        let document = document(&blocks);
        let page = page(&document, linked("\"><script>"));
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let expected: String = document.article.text.chars()
            .map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c })
            .collect();
        prop_assert_eq!(words(&shown(article(&page))), words(&format!("tên-tệp {expected}")));
        prop_assert!(page.contains(" src=\"&quot;&gt;&lt;script&gt;\" type="));
    }
}

#[test]
fn a_page_says_where_it_comes_from_and_leads_nowhere_else() {
    let text = document(&[(BlockKind::Paragraph, true, "Nước rút.")]);
    let page = |source| {
        let info = PageInfo {
            title: "Nước",
            source: Some(source),
            home: Some(Home { address: "../index.html", name: "Tin <sáng>" }),
            picture: Some("../cover.png"),
            ..PageInfo::default()
        };
        let mut bytes = Vec::new();
        let sounds = vec![linked("a.opus"), linked("a.mp3")];
        page::write(&mut bytes, &text.article, &marks(&text), sounds, &info).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let whole = page("https://example.org/a?b=1&c=2");
    assert!(whole.contains("<a href=\"https://example.org/a?b=1&amp;c=2\">Bài gốc</a>"));
    assert!(whole.contains("<a class=\"home\" href=\"../index.html\">Tin &lt;sáng&gt;</a>"));
    assert!(whole.contains("href=\"a.mp3\" download>"));
    assert!(whole.contains("img-src data: 'self';"));
    assert!(!page("javascript:alert(1)").contains("javascript:alert"));
}
