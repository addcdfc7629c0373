//! `docbao podcast check` finds what is wrong.

use std::fs;

use super::show::{Show, png};

/// Puts one text for another in a file of what is published.
fn replaced(show: &Show, name: &str, old: &str, new: &str) {
    let path = format!("public/{name}");
    let text = show.read(&path);
    assert!(text.contains(old), "{name} has no {old}");
    show.write(&path, text.replacen(old, new, 1));
}

/// The faults that `check` reports in JSON, and its exit status.
fn faults(show: &Show, arguments: &[&str]) -> (Vec<serde_json::Value>, Option<i32>) {
    let output = show.run(&[&["podcast", "check", "--json"][..], arguments].concat());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    (report["faults"].as_array().unwrap().clone(), output.status.code())
}

type Damage = (&'static str, fn(&Show), &'static str, &'static str, &'static str);

/// What is done to a feed without faults, and then the file, the level and a part of the message
/// that must be reported.
const DAMAGES: &[Damage] = &[
    (
        "no XML",
        |s| replaced(s, "feed.xml", "</item>", "</itm>"),
        "feed.xml",
        "error",
        "not well-formed XML",
    ),
    (
        "no UTF-8",
        |s| s.write("public/feed.xml", b"<rss>\n\xff</rss>"),
        "feed.xml",
        "error",
        "not in UTF-8",
    ),
    ("no RSS", |s| s.write("public/feed.xml", "<html/>"), "feed.xml", "error", "no RSS"),
    (
        "no link to itself",
        |s| replaced(s, "feed.xml", "rel=\"self\"", "rel=\"x\""),
        "feed.xml",
        "error",
        "no link of the feed to itself",
    ),
    (
        "no title",
        |s| replaced(s, "feed.xml", "<title>Tin sáng</title>", ""),
        "feed.xml",
        "error",
        "<title> is missing",
    ),
    (
        "no language",
        |s| replaced(s, "feed.xml", "<language>vi</language>", ""),
        "feed.xml",
        "error",
        "<language>",
    ),
    (
        "no author",
        |s| replaced(s, "feed.xml", "<itunes:author>Ban biên tập</itunes:author>", ""),
        "feed.xml",
        "warning",
        "<itunes:author>",
    ),
    (
        "explicit",
        |s| replaced(s, "feed.xml", "<itunes:explicit>false", "<itunes:explicit>clean"),
        "feed.xml",
        "error",
        "true or false",
    ),
    (
        "category",
        |s| replaced(s, "feed.xml", "text=\"Daily News\"", "text=\"Tin\""),
        "feed.xml",
        "error",
        "no subcategory `Tin`",
    ),
    (
        "show's guid",
        |s| replaced(s, "feed.xml", "<podcast:guid>2", "<podcast:guid>x"),
        "feed.xml",
        "error",
        "must be a UUID",
    ),
    (
        "picture is gone",
        |s| fs::remove_file(s.path("public/cover.png")).unwrap(),
        "feed.xml",
        "error",
        "cannot be read",
    ),
    (
        "picture is no picture",
        |s| s.write("public/cover.png", "GIF89a"),
        "cover.png",
        "error",
        "neither a JPEG nor a PNG",
    ),
    (
        "picture is small",
        |s| s.write("public/cover.png", png(600, 600, 2)),
        "cover.png",
        "error",
        "1400 to 3000",
    ),
    (
        "picture is no square",
        |s| s.write("public/cover.png", png(1400, 1500, 2)),
        "cover.png",
        "error",
        "a square",
    ),
    (
        "picture is gray",
        |s| s.write("public/cover.png", png(1400, 1400, 0)),
        "cover.png",
        "error",
        "RGB",
    ),
    (
        "picture is transparent",
        |s| s.write("public/cover.png", png(1400, 1400, 6)),
        "cover.png",
        "error",
        "transparency",
    ),
    (
        "picture's name",
        |s| s.write("public/cover.png", b"\xff\xd8\xff\xc0\0\x11\x08\x05\x78\x05\x78\x03"),
        "cover.png",
        "error",
        "the extension of another",
    ),
    (
        "no guid",
        |s| {
            replaced(
                s,
                "feed.xml",
                "<guid isPermaLink=\"false\">",
                "<guid isPermaLink=\"false\"/><x>",
            );
        },
        "feed.xml",
        "error",
        "XML",
    ),
    (
        "double guid",
        |s| {
            let guids: Vec<String> =
                s.feed("feed.xml").items.into_iter().map(|i| i.guid.unwrap().value).collect();
            replaced(s, "feed.xml", &guids[1], &guids[0]);
        },
        "feed.xml",
        "error",
        "is that of the episode at",
    ),
    (
        "episode's date",
        |s| replaced(s, "feed.xml", "<pubDate>Mon, 4 Mar", "<pubDate>2024-03-04"),
        "feed.xml",
        "error",
        "RFC 2822",
    ),
    (
        "show's date",
        |s| replaced(s, "feed.xml", "<lastBuildDate>Tue", "<lastBuildDate>Thu"),
        "feed.xml",
        "error",
        "<lastBuildDate>",
    ),
    (
        "order",
        |s| {
            let text = s.read("public/feed.xml");
            let text = text.replace("Mon, 4 Mar 2024", "Wed, 6 Mar 2024");
            s.write("public/feed.xml", text);
        },
        "feed.xml",
        "warning",
        "newer than the episode before it",
    ),
    (
        "duration's form",
        |s| replaced(s, "feed.xml", "<itunes:duration>", "<itunes:duration>PT"),
        "feed.xml",
        "error",
        "HH:MM:SS",
    ),
    (
        "duration is wrong",
        |s| replaced(s, "feed.xml", "<itunes:duration>", "<itunes:duration>9"),
        "feed.xml",
        "error",
        "the sound is",
    ),
    (
        "no enclosure",
        |s| replaced(s, "feed.xml", "<enclosure ", "<podcast:x "),
        "feed.xml",
        "error",
        "0 enclosures",
    ),
    (
        "length",
        |s| replaced(s, "feed.xml", "length=\"", "length=\"9"),
        "feed.xml",
        "error",
        "bytes",
    ),
    (
        "no length",
        |s| replaced(s, "feed.xml", "length=\"", "length=\"x"),
        "feed.xml",
        "error",
        "size of the file",
    ),
    (
        "type",
        |s| replaced(s, "feed.xml", "type=\"audio/mpeg\"", "type=\"audio/mp3\""),
        "feed.xml",
        "error",
        "`type` says audio/mp3",
    ),
    (
        "elsewhere",
        |s| {
            replaced(
                s,
                "feed.xml",
                "docbao.internal/podcast/episodes/tin-5.mp3",
                "example.com/tin-5.mp3",
            );
        },
        "feed.xml",
        "error",
        "is not under https://docbao.internal/podcast/",
    ),
    (
        "sound is gone",
        |s| fs::remove_file(s.path("public/episodes/tin-5.mp3")).unwrap(),
        "feed.xml",
        "error",
        "is not there",
    ),
    (
        "same enclosure",
        |s| replaced(s, "feed.xml", "tin-4.mp3", "tin-5.mp3"),
        "feed.xml",
        "error",
        "the same enclosure",
    ),
    (
        "sound is cut short",
        |s| {
            let path = s.path("public/episodes/tin-5.mp3");
            let bytes = fs::read(&path).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        },
        "feed.xml",
        "error",
        "the sound is",
    ),
    (
        "sound is none",
        |s| s.write("public/episodes/tin-5.mp3", vec![0x55; 5000]),
        "tin-5.mp3",
        "error",
        "cannot be played",
    ),
    (
        "opus is another",
        |s| {
            let path = s.path("public/episodes/tin-5.opus");
            let mut bytes = fs::read(&path).unwrap();
            *bytes.last_mut().unwrap() ^= 1;
            fs::write(path, bytes).unwrap();
        },
        "feed.xml",
        "error",
        "<podcast:integrity>",
    ),
    (
        "no transcript",
        |s| fs::remove_file(s.path("public/episodes/tin-5.vtt")).unwrap(),
        "feed.xml",
        "error",
        "tin-5.vtt is not there",
    ),
    (
        "transcript's type",
        |s| replaced(s, "feed.xml", "type=\"text/vtt\"", "type=\"text/plain\""),
        "feed.xml",
        "error",
        "must be text/vtt",
    ),
    (
        "transcript's head",
        |s| replaced(s, "episodes/tin-5.vtt", "WEBVTT", "VTT"),
        "tin-5.vtt",
        "error",
        "WEBVTT",
    ),
    (
        "transcript is longer than the sound",
        |s| {
            let text = s.read("public/episodes/tin-5.srt");
            s.write(
                "public/episodes/tin-5.srt",
                format!("{text}\n99\n00:50:00,000 --> 00:50:01,000\nx\n"),
            );
        },
        "tin-5.srt",
        "error",
        "goes on until 3001.000 s",
    ),
    (
        "transcript goes back",
        |s| {
            let text = s.read("public/episodes/tin-5.srt");
            s.write(
                "public/episodes/tin-5.srt",
                format!("{text}\n99\n00:00:00,000 --> 00:00:00,100\nx\n"),
            );
        },
        "tin-5.srt",
        "error",
        "back in time",
    ),
    (
        "transcript is no JSON",
        |s| s.write("public/episodes/tin-5.transcript.json", "{\n\"version\": 1}"),
        "tin-5.transcript.json",
        "error",
        "transcript",
    ),
    (
        "nobody's address",
        |s| replaced(s, "feed.xml", "podcast@docbao.internal", "podcast@example.org"),
        "feed.xml",
        "warning",
        "podcast@example.org is a placeholder",
    ),
    (
        "not encrypted",
        |s| replaced(s, "feed.xml", "<link>https://", "<link>http://"),
        "feed.xml",
        "warning",
        "is not encrypted",
    ),
    (
        "no author",
        |s| {
            let author = "<itunes:author>Hà Nội</itunes:author><itunes:episodeType>";
            replaced(s, "feed.xml", "<itunes:episodeType>", author);
        },
        "feed.xml",
        "warning",
        "the author `Hà Nội` is a place",
    ),
    (
        "description is cut",
        |s| replaced(s, "feed.xml", "trên 5 mm.</description>", "trên 5…</description>"),
        "feed.xml",
        "warning",
        "middle of a sentence",
    ),
    (
        "no page",
        |s| fs::remove_file(s.path("public/episodes/tin-5.html")).unwrap(),
        "feed.xml",
        "warning",
        "a page that is not there",
    ),
    (
        "placeholder",
        |s| s.write("public/cover.png", include_bytes!("../../src/podcast/placeholder.png")),
        "cover.png",
        "warning",
        "is the placeholder",
    ),
    (
        "a file nobody names",
        |s| s.write("public/episodes/old.mp3", "x"),
        "old.mp3",
        "warning",
        "no episode names",
    ),
];

#[test]
fn every_fault_is_found() {
    let show = Show::with_days(&[4, 5]);
    let toml =
        show.read("podcast.toml").replace("#: [audio]", "[audio]").replace("#: formats", "formats");
    show.write("podcast.toml", toml);
    show.build(&[]);
    assert_eq!(faults(&show, &["--strict"]), (vec![], Some(0)));
    let whole = show.published();
    for (what, damage, file, level, message) in DAMAGES {
        damage(&show);
        let (found, status) = faults(&show, &[]);
        let is_reported = |fault: &&serde_json::Value| {
            fault["file"].as_str().unwrap().ends_with(file)
                && fault["level"] == *level
                && fault["message"].as_str().unwrap().contains(message)
        };
        assert!(found.iter().any(|fault| is_reported(&fault)), "{what}: {found:#?}");
        assert_eq!(status, Some(i32::from(*level == "error")), "{what}");
        if *level == "warning" {
            assert_eq!(faults(&show, &["--strict"]).1, Some(1), "{what}");
        }
        let _ = fs::remove_file(show.path("public/episodes/old.mp3"));
        for (path, bytes) in &whole {
            fs::write(show.path("public").join(path), bytes).unwrap();
        }
    }
    assert_eq!(faults(&show, &["--strict"]).1, Some(0));
}

#[test]
fn pages_must_hang_together() {
    let show = Show::with_days(&[4, 5, 6]);
    let toml = show.read("podcast.toml");
    show.write("podcast.toml", format!("page_size = 1\n{toml}"));
    show.build(&[]);
    assert_eq!(faults(&show, &["--strict"]), (vec![], Some(0)));
    let whole = show.published();
    let (second, third) = (show.later_page(2), show.later_page(3));
    let (last, not_last) = (format!("{third}\" rel=\"last\""), format!("{second}\" rel=\"last\""));
    let cases: [(&str, &str, &str, &str); 5] = [
        ("feed.xml", "rel=\"first\"", "rel=\"x\"", "`first`"),
        (&second, "rel=\"previous\"", "rel=\"x\"", "`previous`"),
        (&second, &last, &not_last, "`last`"),
        (&third, "rel=\"self\"", "rel=\"next\"", "circle"),
        (&second, "<podcast:guid>2", "<podcast:guid>1", "not that of the first page"),
    ];
    for (file, old, new, message) in cases {
        replaced(&show, file, old, new);
        let (found, status) = faults(&show, &[]);
        let reported =
            |fault: &serde_json::Value| fault["message"].as_str().unwrap().contains(message);
        assert!(found.iter().any(reported), "{new}: {found:#?}");
        assert_eq!(status, Some(1));
        for (path, bytes) in &whole {
            fs::write(show.path("public").join(path), bytes).unwrap();
        }
    }
    fs::remove_file(show.path("public").join(&third)).unwrap();
    let found = faults(&show, &[]).0;
    let reported =
        |f: &serde_json::Value| f["message"].as_str().unwrap().contains("cannot be read");
    assert!(found.iter().any(reported), "{found:#?}");
}

#[test]
fn a_person_gets_file_line_and_way_out() {
    let show = Show::with_days(&[4]);
    show.build(&[]);
    replaced(&show, "feed.xml", "length=\"", "length=\"9");
    let output = show.run(&["podcast", "check", "public/feed.xml"]);
    assert_eq!(output.status.code(), Some(1));
    let reported = String::from_utf8(output.stdout).unwrap();
    let text = show.read("public/feed.xml");
    let line = text[..text.find("<enclosure").unwrap()].matches('\n').count() + 1;
    assert!(
        reported.contains(&format!("feed.xml:{line}: error: “Tin ngày 4”: `length` says 9")),
        "{reported}"
    );
    assert!(
        reported.contains("build the feed again")
            && reported.contains("1 episodes, 1 pages: 1 errors"),
        "{reported}"
    );
    let output = show.run(&["podcast", "check", "none"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("none"), "{output:?}");
    let output = show.run(&["podcast", "check", "--loudness", "loud"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_serial_is_in_one_order_and_faults_name_their_article() {
    let show = Show::new("kind = \"serial\"\n");
    let write = |name: &str, title: &str, date: &str, episode: u32| {
        let front = format!("---\ntitle: {title}\ndate: {date}\nepisode: {episode}\n---\n");
        show.write(name, format!("{front}Hôm nay trời mưa to.\n"));
    };
    write("a.txt", "Một", "2024-03-05 06:00", 1);
    write("b.txt", "Hai", "2024-03-06 06:00", 2);
    show.build(&[]);
    assert_eq!(faults(&show, &["--strict"]), (vec![], Some(0)));
    let told = |message: &str, article: &str| {
        show.build(&[]);
        let (found, status) = faults(&show, &["--strict"]);
        let is_told = |fault: &serde_json::Value| {
            fault["message"].as_str().unwrap().contains(message) && fault["article"] == article
        };
        assert!(found.iter().any(is_told), "{message}: {found:#?}");
        assert_eq!(status, Some(1));
    };
    write("b.txt", "Hai", "2024-03-05 06:00", 2);
    told("published at the same time as “Một”", "Hai");
    write("b.txt", "Hai", "2024-03-06 06:00", 1);
    told("has the season and number of “Hai”", "Một");
    write("b.txt", "Hai", "2024-03-04 06:00", 2);
    told("comes after “Một” by its number, and before it by its date", "Hai");
}
