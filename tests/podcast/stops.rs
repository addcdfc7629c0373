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
    let request = BuildRequest { folder, output: &output, now, again: false, manner: &manner };
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
