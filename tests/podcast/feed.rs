//! What is in a feed.

use std::fs;

use super::show::{BASE, Show, png};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const PODCAST: &str = "https://podcastindex.org/namespace/1.0";

/// The attribute of the first element with this name.
fn attribute(
    node: roxmltree::Node,
    namespace: &str,
    name: &str,
    attribute: &str,
) -> Option<String> {
    let found = node.descendants().find(|node| node.has_tag_name((namespace, name)))?;
    found.attribute(attribute).map(str::to_owned)
}

#[test]
fn a_feed_reader_finds_every_field() {
    let show = Show::new("kind = \"serial\"\n");
    show.write("a.png", png(1400, 1400, 2));
    let front = "---\ntitle: \"Mưa & <gió>\"\ndescription: Tóm tắt & hết.\nauthor: Theo TTXVN\n\
                 link: https://example.org/mua?a=1&b=2\nseason: 2\nepisode: 7\ntype: trailer\n\
                 explicit: true\nimage: a.png\nguid: mua-1\n---\n";
    show.write("a.txt", format!("{front}{}", super::show::article(5, "mưa")));
    show.article("b.txt", 4, "nắng");
    show.build(&[]);
    let feed = show.feed("feed.xml");
    assert_eq!((feed.title.as_str(), feed.link.as_str()), ("Tin sáng", BASE));
    assert_eq!(feed.description, "Tin tức mỗi sáng, đọc từ các bài báo trong ngày.");
    assert_eq!(feed.language.as_deref(), Some("vi"));
    assert_eq!(feed.last_build_date.as_deref(), Some("Tue, 5 Mar 2024 06:30:00 +0700"));
    assert_eq!(feed.image.as_ref().unwrap().url, format!("{BASE}cover.png"));
    let itunes = feed.itunes_ext.as_ref().unwrap();
    assert_eq!(itunes.author.as_deref(), Some("Ban biên tập"));
    assert_eq!(itunes.explicit.as_deref(), Some("false"));
    assert_eq!(itunes.image.as_deref(), Some(&format!("{BASE}cover.png")[..]));
    assert_eq!(itunes.categories[0].text, "News");
    assert_eq!(itunes.categories[0].subcategory.as_ref().unwrap().text, "Daily News");
    let owner = itunes.owner.as_ref().unwrap();
    assert_eq!(owner.email.as_deref(), Some("podcast@docbao.internal"));

    let [mua, nang] = &feed.items[..] else { panic!("{:?}", feed.items) };
    assert_eq!(mua.title.as_deref(), Some("Mưa & <gió>"));
    assert_eq!(mua.description.as_deref(), Some("Tóm tắt & hết."));
    assert_eq!(mua.link.as_deref(), Some("https://example.org/mua?a=1&b=2"));
    let guid = mua.guid.as_ref().unwrap();
    assert_eq!((guid.value.as_str(), guid.permalink), ("mua-1", false));
    assert_eq!(mua.pub_date.as_deref(), Some("Tue, 5 Mar 2024 06:30:00 +0700"));
    assert!(mua.content.as_ref().unwrap().contains("<p>Tóm tắt &amp; hết.</p>"));
    let itunes = mua.itunes_ext.as_ref().unwrap();
    let reported = (&itunes.season, &itunes.episode, &itunes.episode_type, &itunes.explicit);
    let reported = [reported.0, reported.1, reported.2, reported.3]
        .map(|value| value.as_deref().unwrap().to_owned());
    assert_eq!(reported, ["2", "7", "trailer", "true"]);
    assert_eq!(itunes.image.as_deref(), Some(&format!("{BASE}episodes/a.png")[..]));
    assert_eq!(itunes.author.as_deref(), Some("Theo TTXVN"));

    assert_eq!(nang.title.as_deref(), Some("Tin ngày 4"));
    assert_eq!(
        nang.description.as_deref(),
        Some("Hôm nay trời nắng ở khắp nơi, nhiều nơi trên 4 mm.")
    );
    assert_eq!(nang.link.as_deref(), Some(&format!("{BASE}episodes/b.html")[..]));
    let itunes = nang.itunes_ext.as_ref().unwrap();
    assert_eq!((&itunes.season, &itunes.episode), (&None, &None));
    for (item, name) in [(mua, "a"), (nang, "b")] {
        let sound = item.enclosure.as_ref().unwrap();
        let file = sound.url.strip_prefix(BASE).unwrap();
        assert_eq!(file, format!("episodes/{name}.mp3"));
        let real = fs::metadata(show.path("public").join(file)).unwrap().len();
        assert_eq!((sound.length.parse(), sound.mime_type.as_str()), (Ok(real), "audio/mpeg"));
        let seconds: u64 =
            item.itunes_ext.as_ref().unwrap().duration.as_ref().unwrap().parse().unwrap();
        assert!((2..30).contains(&seconds), "{seconds}");
    }
}

#[test]
fn the_tags_of_the_podcast_namespace_are_there() {
    let show = Show::new("");
    let toml =
        show.read("podcast.toml").replace("#: [audio]", "[audio]").replace("#: formats", "formats");
    show.write("podcast.toml", toml);
    show.write("a.txt", "Tin mưa\n\n05/03/2024\n\nHôm nay trời mưa to ở khắp nơi, nhiều nơi ngập nặng.\n\nMiền Bắc\n\n\
        Hà Nội mưa từ sáng sớm đến tận chiều tối hôm nay.\n\nMiền Nam\n\nSài Gòn nắng cả ngày và chỉ mưa vào buổi đêm.\n");
    show.build(&[]);
    let text = show.read("public/feed.xml");
    let xml = roxmltree::Document::parse(&text).unwrap();
    let channel = xml.root_element().first_element_child().unwrap();
    let of_channel = |name: &str| {
        let mut found = channel.children().filter(|node| node.has_tag_name((PODCAST, name)));
        found.next().and_then(|node| node.text()).map(str::to_owned)
    };
    // UUIDv5 of docbao.internal/podcast/feed.xml, as Python's uuid.uuid5 gives it.
    assert_eq!(of_channel("guid").as_deref(), Some("2d868150-6d8a-59f1-a8b1-90f4e84e264a"));
    assert_eq!(of_channel("locked").as_deref(), Some("yes"));
    assert_eq!(of_channel("medium").as_deref(), Some("podcast"));
    assert_eq!(of_channel("txt").as_deref(), Some("true"));
    assert_eq!(attribute(channel, ATOM, "link", "rel").as_deref(), Some("self"));
    assert_eq!(attribute(channel, ATOM, "link", "href"), Some(format!("{BASE}feed.xml")));

    let item = channel.children().find(|node| node.has_tag_name("item")).unwrap();
    let transcripts: Vec<_> = item
        .children()
        .filter(|node| node.has_tag_name((PODCAST, "transcript")))
        .map(|node| {
            (
                node.attribute("url").unwrap().strip_prefix(BASE).unwrap(),
                node.attribute("type").unwrap(),
            )
        })
        .collect();
    assert_eq!(
        transcripts,
        [
            ("episodes/a.vtt", "text/vtt"),
            ("episodes/a.srt", "application/x-subrip"),
            ("episodes/a.transcript.json", "application/json"),
        ]
    );
    assert!(show.read("public/episodes/a.vtt").starts_with("WEBVTT"));
    assert!(show.read("public/episodes/a.vtt").contains("mưa to"));
    let segments: serde_json::Value =
        serde_json::from_str(&show.read("public/episodes/a.transcript.json")).unwrap();
    assert!(segments["segments"].as_array().unwrap().len() > 5);

    assert_eq!(
        attribute(item, PODCAST, "chapters", "type").as_deref(),
        Some("application/json+chapters")
    );
    let chapters: serde_json::Value =
        serde_json::from_str(&show.read("public/episodes/a.chapters.json")).unwrap();
    assert_eq!(chapters["version"], "1.2.0");
    let titles: Vec<_> = chapters["chapters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, ["Tin mưa", "Miền Bắc", "Miền Nam"]);
    assert_eq!(chapters["chapters"][0]["startTime"], 0.0);

    let opus = fs::read(show.path("public/episodes/a.opus")).unwrap();
    assert_eq!(
        attribute(item, PODCAST, "alternateEnclosure", "type").as_deref(),
        Some("audio/ogg")
    );
    assert_eq!(
        attribute(item, PODCAST, "alternateEnclosure", "length"),
        Some(opus.len().to_string())
    );
    assert_eq!(attribute(item, PODCAST, "source", "uri"), Some(format!("{BASE}episodes/a.opus")));
    let integrity = attribute(item, PODCAST, "integrity", "value").unwrap();
    assert!(integrity.starts_with("sha256-") && integrity.len() == 7 + 44, "{integrity}");
    let sound = || {
        let check = show.run(&["podcast", "check", "--strict"]);
        assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
    };
    sound();
    // Without headings there are no chapters.
    show.article("a.txt", 5, "mưa");
    show.build(&[]);
    assert!(!show.read("public/feed.xml").contains("podcast:chapters"));
    assert!(!show.path("public/episodes/a.2.chapters.json").exists());
    sound();
}

#[test]
fn long_feeds_have_pages() {
    let show = Show::new("page_size = 40\n");
    for number in 0..101 {
        let (day, hour) = (1 + number / 24, number % 24);
        show.write(
            &format!("{number:03}.txt"),
            format!("---\ntitle: Tin {number}\ndate: 2024-03-{day:02} {hour:02}:00\n---\nTin.\n"),
        );
    }
    let said = show.build(&["-q"]);
    assert_eq!(said, "");
    let mut titles = Vec::new();
    let old: Vec<String> = (1..4).map(|number| show.later_page(number)).collect();
    for (name, count) in old.iter().zip([40, 40, 21]) {
        let page = show.feed(name);
        assert_eq!(page.items.len(), count, "{name}");
        titles.extend(page.items.into_iter().map(|item| item.title.unwrap()));
    }
    let expected: Vec<_> = (0..101).rev().map(|number| format!("Tin {number}")).collect();
    assert_eq!(titles, expected);
    let check = show.run(&["podcast", "check", "--loudness", "none", "--json"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
    let report: serde_json::Value = serde_json::from_slice(&check.stdout).unwrap();
    assert_eq!((&report["pages"], &report["episodes"]), (&3.into(), &101.into()));
    assert_eq!(report["faults"], serde_json::json!([]));

    // Fewer episodes, fewer pages.
    (0..30).for_each(|number| fs::remove_file(show.path(&format!("{number:03}.txt"))).unwrap());
    show.build(&["-q"]);
    let second = show.later_page(2);
    assert_eq!(show.feed(&second).items.len(), 31);
    assert!(!show.read(&format!("public/{second}")).contains("rel=\"next\""));

    // Players may have the first page of the edition before: its others stay, and older ones go.
    let there = |name: &String| show.path("public").join(name).exists();
    assert!(old.iter().all(there));
    show.build(&["-q"]);
    assert!(old.iter().all(there), "nothing has changed");
    fs::remove_file(show.path("030.txt")).unwrap();
    show.build(&["-q"]);
    assert!(there(&second) && there(&show.later_page(2)) && !there(&old[1]) && !there(&old[2]));
}

#[test]
fn drafts_and_what_is_yet_to_come_are_left_out() {
    let show = Show::with_days(&[4, 5]);
    show.write("draft.txt", format!("---\ndraft: true\n---\n{}", super::show::article(3, "mưa")));
    let titles = |now: &str| {
        let output = show.try_build(&["--now", now]);
        assert!(output.status.success(), "{output:?}");
        let titles: Vec<_> =
            show.feed("feed.xml").items.into_iter().map(|i| i.title.unwrap()).collect();
        (titles, String::from_utf8(output.stderr).unwrap())
    };
    let (found, notes) = titles("2024-03-04T23:29:59Z");
    assert_eq!(found, ["Tin ngày 4"]);
    assert!(notes.contains("tin-5.txt: left out until 2024-03-05T06:30:00+07:00"), "{notes}");
    assert!(notes.contains("draft.txt: left out, a draft"), "{notes}");
    assert!(!show.path("public/episodes/tin-5.mp3").exists());
    assert_eq!(titles("2024-03-04T23:30:00Z").0, ["Tin ngày 5", "Tin ngày 4"]);
}

#[test]
fn the_same_articles_give_the_same_bytes() {
    let (one, two) = (Show::with_days(&[4, 5]), Show::with_days(&[5, 4]));
    one.build(&["--jobs", "1"]);
    two.build(&["--now", "2025-01-01T00:00:00Z"]);
    let published = one.published();
    assert!(published.len() == 14, "{:?}", published.keys());
    assert!(published == two.published());
    assert_eq!(one.read("episodes.toml"), two.read("episodes.toml"));
    let before = fs::metadata(one.path("public/feed.xml")).unwrap().modified().unwrap();
    let said = one.build(&[]);
    assert!(said.contains("0 made, 2 up to date"), "{said}");
    let after = fs::metadata(one.path("public/feed.xml")).unwrap().modified().unwrap();
    assert_eq!(before, after, "what has not changed is not written");
    one.build(&["--force"]);
    assert!(published == one.published());
}

#[test]
fn an_example_is_written_and_never_over_another() {
    let show = Show(tempfile::tempdir().unwrap());
    let output = show.run(&["podcast", "build", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("docbao podcast init ."),
        "{output:?}"
    );
    assert!(show.run(&["podcast", "init", "new/show"]).status.success());
    let toml = show.read("new/show/podcast.toml");
    let again = show.run(&["podcast", "init", "new/show"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("stays as it is"), "{again:?}");
    assert_eq!(show.read("new/show/podcast.toml"), toml);
    // The picture is one that can be published, and `check` says that it should not be.
    show.write("new/show/a.txt", super::show::article(4, "mưa"));
    let build = show.run(&["podcast", "build", "new/show", "--voice", "tone", "--no-cache"]);
    assert!(build.status.success(), "{build:?}");
    let check = show.run(&["podcast", "check", "new/show/public"]);
    let said = String::from_utf8_lossy(&check.stdout);
    assert!(check.status.success(), "{said}");
    for fault in [
        "cover.png: warning: is the placeholder that `docbao podcast init` wrote",
        "jingle.wav is the placeholder that `docbao podcast init` wrote",
        "https://example.org/podcast/feed.xml is a placeholder",
        "podcast@example.org is a placeholder",
    ] {
        assert!(said.contains(fault), "{fault}: {said}");
    }
    show.write("other/cover.png", "mine");
    assert!(show.run(&["podcast", "init", "other"]).status.success());
    assert_eq!(show.read("other/cover.png"), "mine");
    assert!(show.path("other/jingle.wav").is_file());
}

#[test]
fn the_voice_is_set_in_podcast_toml_and_the_command_line_overrides_it() {
    let length = |rate: &str, arguments: &[&str]| {
        let show = Show::with_days(&[4]);
        let toml = show.read("podcast.toml");
        show.write("podcast.toml", format!("{toml}\n[voice]\nvoice = \"tone\"\nrate = {rate}\n"));
        let build = ["podcast", "build", "--no-cache", "--no-config"];
        let output = show.run(&[&build[..], arguments].concat());
        assert!(output.status.success(), "{output:?}");
        show.feed("feed.xml").items[0]
            .itunes_ext
            .as_ref()
            .unwrap()
            .duration
            .as_ref()
            .unwrap()
            .parse::<f64>()
            .unwrap()
    };
    let (slow, fast) = (length("0.6", &[]), length("3", &[]));
    assert!(slow > 2.0 * fast, "{slow} {fast}");
    assert_eq!(length("3", &["--rate", "0.6"]), slow);
    let show = Show::with_days(&[4]);
    let toml = show.read("podcast.toml");
    show.write("podcast.toml", format!("{toml}\n[voice]\nrate = 9\n"));
    let output = show.run(&["podcast", "build"]);
    let reported = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(reported.contains("podcast.toml, line") && reported.contains("0.5 to 3"), "{reported}");
}

#[test]
fn what_was_decided_of_an_article_beats_what_it_says() {
    let show = Show::with_days(&[5, 6]);
    let beside = "tin-5.txt.docbao.json";
    show.write(
        beside,
        r#"{"title": "Khác", "author": "Lan", "date": "2024-03-07T08:00:00+07:00",
            "link": "https://example.org/khac", "edits": {"blocks": {"3": false}}}"#,
    );
    show.build(&[]);
    let feed = show.feed("feed.xml");
    let [first, other] = &feed.items[..] else { panic!("{:?}", feed.items) };
    assert_eq!(
        (first.title.as_deref(), other.title.as_deref()),
        (Some("Khác"), Some("Tin ngày 6"))
    );
    assert_eq!(first.pub_date.as_deref(), Some("Thu, 7 Mar 2024 08:00:00 +0700"));
    assert_eq!(first.link.as_deref(), Some("https://example.org/khac"));
    let itunes = first.itunes_ext.as_ref().unwrap();
    assert_eq!(itunes.author.as_deref(), Some("Lan"));
    let transcripts = fs::read_dir(show.path("public/episodes")).unwrap();
    let transcripts = transcripts.map(|entry| entry.unwrap().path());
    let transcripts = transcripts.filter(|path| path.extension().is_some_and(|it| it == "vtt"));
    let texts: Vec<_> = transcripts.map(|path| fs::read_to_string(path).unwrap()).collect();
    let warned = texts.iter().filter(|text| text.contains("đề phòng")).count();
    assert_eq!((texts.len(), warned), (2, 1), "{texts:?}");
    // It is up to date until something else is decided.
    assert!(show.build(&[]).contains("up to date"));
    show.write(beside, r#"{"tittle": "Khác"}"#);
    let output = show.try_build(&[]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && told.contains("unknown field `tittle`"), "{told}");
    // What was published stays.
    assert_eq!(show.feed("feed.xml").items.len(), 2);
}
