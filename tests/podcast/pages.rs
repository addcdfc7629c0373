//! The pages of a show for people, and what is beside them.

use std::fs;

use super::show::{BASE, Show};

#[test]
fn every_episode_has_a_page_that_stays_where_it_is() {
    let show = Show::with_days(&[4, 5]);
    let toml = show.read("podcast.toml");
    let formats = toml.replace("#: [audio]", "[audio]").replace("#: formats", "formats");
    show.write("podcast.toml", formats);
    show.build(&[]);
    let page = show.read("public/episodes/tin-4.html");
    let small = page.find("src=\"tin-4.opus\" type=\"audio/ogg\"").unwrap();
    assert!(small < page.find("src=\"tin-4.mp3\" type=\"audio/mpeg\"").unwrap());
    for part in [
        "<a class=\"home\" href=\"../index.html\">Tin sáng</a>",
        "data-picture=\"../cover.png\"",
        &format!("<meta property=\"og:url\" content=\"{BASE}episodes/tin-4.html\">"),
        &format!("<meta property=\"og:audio\" content=\"{BASE}episodes/tin-4.mp3\">"),
        "<span>mưa</span> <span>to</span>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let feed = show.feed("feed.xml");
    let address = format!("{BASE}episodes/tin-4.html");
    assert_eq!(feed.items[1].link.as_deref(), Some(&*address));
    assert!(feed.items[1].content.as_deref().unwrap().contains(&address));
    let index = show.read("public/index.html");
    assert!(index.contains("<a class=\"read\" href=\"episodes/tin-4.html\">"), "{index}");
    // Corrected: the sound has another name, the page has not.
    show.article("tin-4.txt", 4, "nắng to");
    show.build(&[]);
    let page = show.read("public/episodes/tin-4.html");
    assert!(page.contains("src=\"tin-4.2.mp3\"") && page.contains("<span>nắng</span>"));
    // An article that can no longer be read keeps its page.
    show.write("tin-4.txt", "\u{0}\u{1}\u{2}\u{3}\u{4}");
    assert_eq!(show.try_build(&[]).status.code(), Some(1));
    assert_eq!(show.read("public/episodes/tin-4.html"), page);
    assert!(show.run(&["podcast", "check", "--strict"]).status.success());
}

#[test]
fn the_page_of_a_show_leads_to_the_apps_and_has_the_order_of_its_show() {
    let show = Show::with_days(&[4, 5]);
    let toml = show.read("podcast.toml");
    let apps = "[apps]\nspotify = \"https://open.spotify.com/show/0\"\n";
    show.write("podcast.toml", format!("{toml}\n{apps}"));
    show.build(&[]);
    let page = show.read("public/index.html");
    for part in [
        "<a class=\"button\" href=\"https://open.spotify.com/show/0\">Spotify</a>",
        &format!("<meta property=\"og:image\" content=\"{BASE}cover.png\">"),
        &format!("readonly value=\"{BASE}feed.xml\""),
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("Pocket Casts"));
    let is_first = |page: &str, day: u32, other: u32| {
        let place = |day| page.find(&format!("<article id=\"tin-{day}\"")).unwrap();
        place(day) < place(other)
    };
    assert!(is_first(&page, 5, 4));
    show.write("podcast.toml", format!("kind = \"serial\"\n{toml}"));
    show.build(&[]);
    assert!(is_first(&show.read("public/index.html"), 4, 5));
    // What a browser shows of the feed itself.
    let feed = show.read("public/feed.xml");
    let style = "<?xml-stylesheet type=\"text/css\" href=\"feed.css\"?>";
    assert!(feed.contains(style) && show.read("public/feed.css").contains("rss::before"));
}

#[test]
fn records_are_beside_what_is_published_and_come_from_where_they_were() {
    let show = Show::with_days(&[4]);
    show.build(&[]);
    assert!(show.path(".docbao/public/feed.json").is_file());
    let hidden = show.published().into_keys().find(|path| path.to_string_lossy().contains("/."));
    assert_eq!(hidden, None);
    assert!(!show.path("public/.docbao").exists());
    // A folder that an earlier version made.
    fs::rename(show.path(".docbao/public"), show.path("public/.docbao")).unwrap();
    let check = show.run(&["podcast", "check", "--strict"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
    let said = show.build(&[]);
    assert!(said.contains("1 up to date"), "{said}");
    assert!(!show.path("public/.docbao").exists());
    assert!(show.path(".docbao/public/feed.json").is_file());
}

#[test]
fn what_no_article_makes_any_more_is_listed_and_removed() {
    let show = Show::with_days(&[4, 5, 6]);
    show.build(&[]);
    fs::remove_file(show.path("tin-4.txt")).unwrap();
    show.write("tin-6.txt", "\u{0}\u{1}\u{2}\u{3}\u{4}");
    show.write("public/episodes/own.txt", "mine");
    assert_eq!(show.try_build(&[]).status.code(), Some(1));
    let before = show.published();
    let files = ["html", "mp3", "srt", "transcript.json", "vtt"];
    let lines = |output: &std::process::Output, what: &str| {
        let said = String::from_utf8(output.stdout.clone()).unwrap();
        let lines = said.lines().filter_map(|line| line.strip_prefix(what));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let gone = files.map(|ending| format!("./public/episodes/tin-4.{ending}"));
    let listed = show.try_build(&["--prune", "--dry-run"]);
    assert_eq!(listed.status.code(), Some(0), "{listed:?}");
    assert_eq!(lines(&listed, "would remove "), gone);
    assert!(show.published() == before);
    let removed = show.try_build(&["--prune"]);
    assert_eq!(lines(&removed, "removed "), gone, "{removed:?}");
    let after = show.published();
    assert_eq!(after.len(), before.len() - files.len());
    // What cannot be read now, and what is not ours, stays.
    assert!(show.path("public/episodes/tin-6.mp3").is_file());
    assert!(show.path("public/episodes/own.txt").is_file());
    let alone = show.run(&["podcast", "build", "--dry-run"]);
    assert_eq!(alone.status.code(), Some(2));
}
