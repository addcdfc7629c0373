//! Builds that fail in part or are stopped: what is published stays whole.

use docbao::batch::Event;
use docbao::podcast::{self, BuildRequest, Show as Settings};
use docbao::voice::TONE;
use docbao::{Context, Error, Outcome, Request, VoiceSettings};

use super::show::{Show, article};

#[test]
fn a_build_that_is_stopped_leaves_the_old_feed_whole() {
    let show = Show::with_days(&[4]);
    show.build(&[]);
    let before = show.read("public/feed.xml");
    show.article("tin-5.txt", 5, "nắng");
    show.article("tin-6.txt", 6, "gió");
    let mut manner = Request::text("");
    manner.voice = VoiceSettings { rate: 3.0, ..VoiceSettings::of(TONE) };
    let context = Context::default();
    let settings = Settings::load(show.0.path()).unwrap();
    let (folder, output) = (show.0.path(), show.path("public"));
    let now = "2024-04-01T00:00:00Z".parse().unwrap();
    let request = BuildRequest {
        skips_failed: false,
        folder,
        output: &output,
        now,
        earlier: false,
        empties: false,
        again: false,
        manner: &manner,
    };
    // After the first new episode, before the second; and between the last one and the feed.
    for stop_at in ["tin-5.txt", "tin-6.txt"] {
        let mut report = |event: Event| match event {
            Event::Done(name, _, outcome) if name.ends_with(stop_at) => match outcome {
                Outcome::Made(_) => Err(Error::stopped()),
                other => panic!("{other:?}"),
            },
            _ => Ok(()),
        };
        let stopped = podcast::build(&context, &settings, &request, &mut report);
        assert!(stopped.is_err_and(|error| error.is_stop()), "{stop_at}");
        assert_eq!(show.read("public/feed.xml"), before, "{stop_at}");
        let check = show.run(&["podcast", "check"]);
        assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
    }
    let made = podcast::build(&context, &settings, &request, &mut |_| Ok(())).unwrap();
    assert_eq!((made.episodes, made.pages), (3, 1));
    assert_eq!(show.feed("feed.xml").items.len(), 3);
}

#[test]
fn a_bad_article_stops_no_other_and_leaves_what_was_published() {
    let show = Show::with_days(&[4, 5]);
    show.build(&[]);
    let before = show.known();
    show.write("tin-4.txt", "\u{0}\u{1}\u{2}\u{3}\u{4}");
    show.write("tin-5.txt", format!("---\ndate: when it rains\n---\n{}", article(5, "mưa to")));
    show.article("tin-6.txt", 6, "gió");
    show.write("undated.txt", "Tin không ngày\n\nTrời mưa to ở khắp mọi nơi.\n\nMai nắng.\n");
    let output = show.try_build(&[]);
    assert_eq!(output.status.code(), Some(1));
    let reported = String::from_utf8_lossy(&output.stderr);
    for reason in
        ["tin-4.txt", "tin-5.txt, line 2: `when it rains` is not a date", "undated.txt", "`date`"]
    {
        assert!(reported.contains(reason), "{reason}: {reported}");
    }
    let mut after = show.known();
    assert!(after.remove("Tin ngày 6").is_some());
    assert_eq!(after, before);

    show.article("tin-5.txt", 5, "mưa to do QAZX báo");
    let output = show.try_build(&["--strict"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("QAZX"), "{output:?}");
    assert_eq!(show.known()["Tin ngày 5"], before["Tin ngày 5"]);
}

/// The files that a feed names for players, with what is in them. Pages are for people, and change where
/// they are.
fn named(show: &Show) -> Vec<(String, Vec<u8>)> {
    let feed = show.read("public/feed.xml");
    let base = "https://docbao.internal/podcast/";
    let addresses = feed.split(base).skip(1).filter_map(|rest| rest.split(['"', '<', '&']).next());
    let files = addresses.filter(|name| name.starts_with("episodes/") && !name.ends_with(".html"));
    files
        .map(|name| (name.to_owned(), std::fs::read(show.path("public").join(name)).unwrap()))
        .collect()
}

#[test]
fn an_update_changes_no_file_that_the_old_feed_names() {
    let show = Show::with_days(&[4, 5]);
    show.build(&[]);
    let (feed, before) = (show.read("public/feed.xml"), named(&show));
    assert!(before.len() >= 8, "{before:?}");
    show.article("tin-4.txt", 4, "nắng to");
    show.write("tin-5.txt", "\u{0}\u{1}\u{2}\u{3}\u{4}");
    // One is made anew, one cannot be read and stays published as it was.
    let output = show.try_build(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert_ne!(show.read("public/feed.xml"), feed);
    let kept = |name: &String| show.path("public").join(name);
    for (name, bytes) in &before {
        assert_eq!(&std::fs::read(kept(name)).unwrap(), bytes, "{name}");
    }
    let after = named(&show);
    assert!(after.iter().any(|(name, _)| name == "episodes/tin-4.2.mp3"), "{after:?}");
    assert!(after.iter().any(|(name, _)| name == "episodes/tin-5.mp3"), "{after:?}");
    // Made again and the same: nobody has to fetch it again.
    show.article("tin-5.txt", 5, "mưa to");
    let feed = show.read("public/feed.xml");
    show.build(&["--force"]);
    assert_eq!(show.read("public/feed.xml"), feed);
    assert!(!show.path("public/episodes/tin-4.3.mp3").exists());
    // The version before the last is gone, the last but one is there for old feeds.
    show.article("tin-4.txt", 4, "gió lớn");
    show.build(&[]);
    let there = |name: &str| show.path("public/episodes").join(name).exists();
    assert!(!there("tin-4.mp3") && there("tin-4.2.mp3") && there("tin-4.3.mp3"));
    assert!(show.run(&["podcast", "check", "--strict"]).status.success());
}

#[test]
fn a_wrong_clock_or_an_empty_folder_unpublishes_nothing() {
    let show = Show::with_days(&[4, 5]);
    show.build(&[]);
    let before = show.published();
    let at = |time: &str, more: &[&str]| show.try_build(&[&["--now", time], more].concat());
    let refused = at("1970-01-01T00:00:00Z", &[]);
    assert_eq!(refused.status.code(), Some(1));
    let reported = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(reported.contains("2024-03-05") && reported.contains("--earlier"), "{reported}");
    assert_eq!(show.published(), before);
    for name in ["tin-4.txt", "tin-5.txt"] {
        show.write(name, format!("---\ndraft: true\n---\n{}", article(4, "mưa")));
    }
    let refused = show.try_build(&[]);
    assert_eq!(refused.status.code(), Some(1));
    let reported = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        reported.contains("no episode to publish") && reported.contains("--empty"),
        "{reported}"
    );
    assert_eq!(show.published(), before);
    show.build(&["--empty"]);
    assert_eq!(show.feed("feed.xml").items.len(), 0);
    let early = Show::with_days(&[4, 5]);
    early.build(&[]);
    early.build(&["--now", "2024-03-05T00:00:00+07:00", "--earlier"]);
    assert_eq!(early.feed("feed.xml").items.len(), 1);
}

#[test]
fn names_and_pictures_lead_to_no_file_outside_the_show() {
    let show = Show::with_days(&[4]);
    show.build(&[]);
    let register = show.read("episodes.toml");
    let outside = tempfile::tempdir().unwrap();
    for name in [format!("{}/x", outside.path().display()), "../../x".to_owned()] {
        show.write("episodes.toml", register.replace("\"tin-4\"", &format!("\"{name}\"")));
        let refused = show.try_build(&[]);
        assert_eq!(refused.status.code(), Some(1));
        let reported = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(reported.contains("episodes.toml, line"), "{reported}");
    }
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    show.write("episodes.toml", register);
    // A record of the feed with a path in it that leads away is no record.
    let feed = show.read(".docbao/public/feed.json");
    show.write(".docbao/public/feed.json", feed.replace("episodes/tin-4.mp3", "../../secret.mp3"));
    show.write("secret.mp3", "secret");
    show.build(&[]);
    assert!(!show.read("public/feed.xml").contains("secret"));
    // A picture of the machine.
    let picture = outside.path().join("own.png");
    std::fs::write(&picture, super::show::png(1400, 1400, 2)).unwrap();
    show.write(
        "tin-6.txt",
        format!("---\nimage: {}\n---\n{}", picture.display(), article(6, "gió")),
    );
    let refused = show.try_build(&[]);
    assert_eq!(refused.status.code(), Some(1));
    let reported = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(reported.contains("outside the folder of the show"), "{reported}");
    assert!(!show.path("public/episodes/tin-6.png").exists());
}
