//! Bulletins: from articles to an episode by three commands, and what becomes of it when they change.

use std::fs;
use std::process::Output;

use serde_json::Value;

use super::show::{BASE, Show, png};

/// A build in which only the time is not the real one.
const NOW: [&str; 2] = ["--now", "2024-04-01T00:00:00Z"];

/// An article of a bulletin, with a picture and a link.
fn item(number: u32, news: &str) -> String {
    format!(
        "---\ntitle: Tin {number} về {news}\nlink: https://bao.internal/tin-{number}\nimage: anh-{number}.png\n\
         ---\nHôm nay trời {news} ở xã {number}.\n\nÔng Nam nói: “Chúng tôi đã dọn đồ. Nước còn lên.”\n\n\
         Mai trời nắng.\n"
    )
}

/// A show of bulletins, and five articles beside it.
fn show() -> Show {
    let show = Show::new("");
    fs::remove_file(show.path("podcast.toml")).unwrap();
    assert!(show.run(&["podcast", "init", ".", "--bulletin"]).status.success());
    let toml = show.read("podcast.toml").replace("example.org", "docbao.internal");
    // The jingle of the example is a placeholder, which the check tells.
    show.write("podcast.toml", toml.replace("intro = \"jingle.wav\"", ""));
    show.write("cover.png", png(1400, 1400, 2));
    (1..6).for_each(|number| {
        show.write(&format!("in/tin-{number}.txt"), item(number, "mưa to"));
        show.write(&format!("in/anh-{number}.png"), png(1400, 1400, 2));
    });
    // What is in the show's own folder would be episodes.
    fs::rename(show.path("in"), show.path(".in")).unwrap();
    show
}

fn bulletin(show: &Show, files: &[&str], arguments: &[&str]) -> Output {
    let command =
        ["podcast", "bulletin", ".", "--voice", "tone", "--rate", "3", "--cache", ".cache"];
    let files: Vec<String> = files.iter().map(|file| format!(".in/{file}")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    show.run(&[&command[..], &NOW, arguments, &files].concat())
}

const FIVE: [&str; 5] = ["tin-1.txt", "tin-2.txt", "tin-3.txt", "tin-4.txt", "tin-5.txt"];

fn succeeds(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(show: &Show, name: &str) -> Value {
    serde_json::from_str(&show.read(name)).unwrap()
}

/// The build of what is there, with its report.
fn report(show: &Show, arguments: &[&str]) -> Value {
    let build =
        ["podcast", "build", "--voice", "tone", "--rate", "3", "--cache", ".cache", "--json"];
    let output = show.run(&[&build[..], &NOW, arguments].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)))
}

/// The floor: five articles become a published bulletin by three commands.
#[test]
fn five_articles_are_published_by_three_commands() {
    let show = Show(tempfile::TempDir::new().unwrap());
    (1..6).for_each(|number| {
        show.write(&format!("in/tin-{number}.txt"), item(number, "mưa to"));
        show.write(&format!("in/anh-{number}.png"), png(1400, 1400, 2));
    });
    succeeds(&show.run(&["podcast", "init", "tin-sang", "--bulletin"]));
    let files = FIVE.map(|file| format!("in/{file}"));
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let put = ["podcast", "bulletin", "tin-sang", "--voice", "tone", "--date", "5/3/2024"];
    succeeds(&show.run(&[&put[..], &files].concat()));
    let checked = succeeds(&show.run(&["podcast", "check", "tin-sang/public"]));
    // Nothing but what is not filled in yet.
    let faults: Vec<_> = checked.lines().filter(|line| line.contains(": warning: ")).collect();
    assert!(faults.iter().all(|line| line.contains("placeholder")), "{checked}");
    assert!(checked.contains("1 episodes, 1 pages: 0 errors"), "{checked}");
}

#[test]
fn a_bulletin_has_a_chapter_for_each_article_with_its_picture_and_its_link() {
    let show = show();
    succeeds(&bulletin(&show, &FIVE, &["--date", "2024-03-05"]));
    let chapters = json(&show, "public/episodes/2024-03-05.chapters.json");
    assert_eq!(chapters["title"], "Tin sáng 5/3/2024");
    let chapters = chapters["chapters"].as_array().unwrap();
    let of = |key: &str| chapters.iter().map(|one| one[key].as_str()).collect::<Vec<_>>();
    let titles = [1, 2, 3, 4, 5].map(|number| format!("Tin {number} về mưa to"));
    let titles = titles.iter().map(|title| Some(title.as_str()));
    let titles: Vec<_> = [Some("Mở đầu")].into_iter().chain(titles).chain([Some("Kết")]).collect();
    assert_eq!(of("title"), titles);
    assert_eq!((of("url")[0], of("url")[2]), (None, Some("https://bao.internal/tin-2")));
    let picture = format!("{BASE}episodes/2024-03-05.chapter-2.png");
    assert_eq!((of("img")[2], of("img")[6]), (Some(&*picture), None));
    assert!(show.path("public/episodes/2024-03-05.chapter-2.png").is_file());

    let transcript = show.read("public/episodes/2024-03-05.vtt");
    for part in [
        "Đây là Tin sáng, thứ Ba, ngày 5/3/2024.",
        "Các tin chính:",
        "Hôm nay trời mưa to ở xã 3.",
        "hẹn gặp lại.",
    ] {
        assert!(transcript.contains(part), "{part}: {transcript}");
    }
    // Each title is said twice: among the others, and before its article.
    assert_eq!(transcript.matches("Tin 4 về mưa to").count(), 2);
    let marks = json(&show, ".docbao/public/marks/2024-03-05.json");
    let spoken = marks["sentences"][1]["spoken"].as_str().unwrap();
    assert!(spoken.contains("ngày năm tháng ba năm hai nghìn không trăm hai mươi tư"), "{spoken}");

    let page = show.read("public/episodes/2024-03-05.html");
    assert!(page.contains("<h1>Tin sáng 5/3/2024</h1>"));
    assert_eq!(page.matches("<h2><span class=\"s\"").count(), 5);
    let feed = show.feed("feed.xml");
    let [item] = &feed.items[..] else { panic!("{}", feed.items.len()) };
    let listed = item.description.as_deref().unwrap();
    assert!(listed.starts_with("1. Tin 1 về mưa to.\n2. Tin 2 về mưa to."), "{listed}");
    let link = "<li><a href=\"https://bao.internal/tin-5\">Tin 5 về mưa to</a></li>";
    assert!(item.content.as_deref().unwrap().contains(link));
    assert_eq!(item.pub_date.as_deref(), Some("Tue, 5 Mar 2024 00:00:00 +0700"));
    assert!(show.run(&["podcast", "check", "--strict"]).status.success());
    // A picture that is gone is told, and comes back.
    let picture = show.path("public/episodes/2024-03-05.chapter-2.png");
    fs::remove_file(&picture).unwrap();
    let checked = show.run(&["podcast", "check"]);
    let told = String::from_utf8_lossy(&checked.stdout);
    assert!(told.contains("chapter-2.png, the picture of a chapter, is not there"), "{told}");
    succeeds(&bulletin(&show, &FIVE, &["--date", "2024-03-05"]));
    assert!(picture.is_file());
    // The sound has the same chapters.
    let mp3 = fs::read(show.path("public/episodes/2024-03-05.mp3")).unwrap();
    assert_eq!(mp3.windows(4).filter(|four| four == b"CHAP").count(), 7);
}

#[test]
fn a_corrected_word_speaks_one_sentence_and_the_episode_stays_the_same() {
    let show = show();
    succeeds(&bulletin(&show, &FIVE, &["--date", "2024-03-05"]));
    let guid = |show: &Show| show.known()["Tin sáng 5/3/2024"].0.clone();
    let before = guid(&show);
    let again = succeeds(&bulletin(&show, &FIVE, &["--date", "2024-03-05"]));
    assert!(again.contains("1 up to date"), "{again}");
    assert_eq!(fs::read_dir(show.path("2024-03-05")).unwrap().count(), 10);

    show.write(".in/tin-3.txt", item(3, "mưa to").replace("Mai trời nắng", "Mai trời hửng nắng"));
    let output = bulletin(&show, &["tin-3.txt"], &["--date", "2024-03-05", "--json"]);
    let made: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(made["totals"]["spoken"], 1, "{made}");
    assert!(said(&output).contains("4 more articles are there"), "{}", said(&output));
    assert_eq!(guid(&show), before);
    assert!(show.read("public/episodes/2024-03-05.2.vtt").contains("hửng nắng"));
    // The files of before stay for a week, the pictures of chapters too.
    assert!(show.run(&["podcast", "check"]).status.success());

    // Another day is another episode; one more article comes last, and one can be put first.
    succeeds(&bulletin(&show, &FIVE[..2], &["--date", "2024-03-06"]));
    show.write(".in/moi.txt", item(9, "gió to"));
    show.write(".in/anh-9.png", png(1400, 1400, 2));
    succeeds(&bulletin(&show, &["moi.txt"], &["--date", "2024-03-06"]));
    let titles = |show: &Show| {
        let items = show.feed("feed.xml").items.into_iter();
        items.map(|item| item.description.unwrap()).collect::<Vec<_>>()
    };
    assert!(titles(&show)[0].ends_with("\n3. Tin 9 về gió to."), "{:?}", titles(&show));
    let first = show.read("2024-03-06/03-moi.txt").replacen("---\n", "---\norder: 1\n", 1);
    show.write("2024-03-06/03-moi.txt", first);
    report(&show, &[]);
    assert!(titles(&show)[0].starts_with("1. Tin 9 về gió to."), "{:?}", titles(&show));
    assert_eq!(guid(&show), before);
}

#[test]
fn an_article_that_fails_is_named_and_its_bulletin_stays_unless_it_is_left_out() {
    let show = show();
    succeeds(&bulletin(&show, &FIVE, &["--date", "2024-03-05"]));
    let before = show.published();
    show.write("2024-03-05/02-tin-2.txt", "\u{0}\u{1}\u{2}\u{3}\u{4}");
    let build = ["podcast", "build", "--voice", "tone", "--rate", "3", "--cache", ".cache"];
    let output = show.run(&[&build[..], &NOW].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("02-tin-2.txt"), "{}", said(&output));
    let stays =
        "2024-03-05: stays as it was: an article of it cannot be read aloud; give --skip-failed";
    assert!(said(&output).contains(stays), "{}", said(&output));
    assert!(show.published() == before);
    let output = show.run(&[&build[..], &NOW, &["--skip-failed"]].concat());
    assert_eq!(output.status.code(), Some(1), "it is a failure all the same");
    let listed = show.feed("feed.xml").items[0].description.clone().unwrap();
    assert!(!listed.contains("Tin 2") && listed.contains("4. Tin 5"), "{listed}");
    assert!(show.run(&["podcast", "check"]).status.success());

    // One with a doubtful reading, where that is not taken.
    show.write("2024-03-05/02-tin-2.txt", item(2, "mưa to"));
    show.write("2024-03-05/03-tin-3.txt", item(3, "mưa to").replace("xã 3", "xã QZAX"));
    let published = show.published();
    let output = show.run(&[&build[..], &NOW, &["--strict"]].concat());
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("03-tin-3.txt") && said(&output).contains("QZAX"));
    assert!(show.published() == published);
    let output = show.run(&[&build[..], &NOW, &["--strict", "--skip-failed"]].concat());
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let listed = show.feed("feed.xml").items[0].description.clone().unwrap();
    assert!(listed.contains("2. Tin 2") && !listed.contains("Tin 3"), "{listed}");
}

#[test]
fn articles_of_a_day_are_a_bulletin_and_voices_take_turns() {
    let show = show();
    let toml = show.read("podcast.toml");
    let toml = toml.replace("[bulletin]\n", "[bulletin]\nby = \"day\"\ntime = \"06:30\"\n");
    show.write("podcast.toml", toml.replace("voices = []", "voices = [\"tone\", \"bac\"]"));
    let dated = |number: u32, date: &str| item(number, "mưa").replacen("---\n", date, 1);
    for number in 1..4 {
        fs::copy(
            show.path(&format!(".in/anh-{number}.png")),
            show.path(&format!("anh-{number}.png")),
        )
        .unwrap();
    }
    show.write("a.txt", dated(1, "---\ndate: 2024-03-05\n"));
    show.write("b.txt", dated(2, "---\ndate: 2024-03-05 21:00\n"));
    show.write("c.txt", dated(3, "---\ndate: 2024-03-06\nvoice: bac-nu\n"));
    let build = |arguments: &[&str]| {
        let output =
            show.run(&[&["podcast", "build", "--cache", ".cache"][..], &NOW, arguments].concat());
        succeeds(&output);
        show.published()
    };
    let turns = build(&[]);
    let items = show.feed("feed.xml").items;
    let titles: Vec<_> = items.iter().map(|item| item.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["Tin sáng 6/3/2024", "Tin sáng 5/3/2024"]);
    assert_eq!(items[1].pub_date.as_deref(), Some("Tue, 5 Mar 2024 06:30:00 +0700"));
    // Who is named on the command line speaks all of it.
    let sound = std::path::Path::new("episodes/2024-03-05.mp3");
    let alone = build(&["--voice", "bac"]);
    let other = std::path::Path::new("episodes/2024-03-05.2.mp3");
    assert!(turns[sound] != alone[other], "the voices took turns");
    show.write(
        "podcast.toml",
        show.read("podcast.toml").replace("\"tone\", \"bac\"", "\"bac\", \"nobody\""),
    );
    let output = show.run(&["podcast", "build", "--no-cache"]);
    assert_eq!(output.status.code(), Some(1));
    let line =
        show.read("podcast.toml").lines().position(|line| line.starts_with("voices =")).unwrap()
            + 1;
    let told = format!("podcast.toml, line {line}: `voices: nobody`: there is no voice nobody");
    assert!(said(&output).contains(&told), "{}", said(&output));
    // Files are put in by their dates there, not by a command.
    let output = bulletin(&show, &FIVE, &[]);
    assert!(said(&output).contains("by = \"day\""), "{}", said(&output));
}

#[test]
fn what_was_decided_of_an_article_counts_in_it_alone() {
    let show = show();
    succeeds(&bulletin(&show, &FIVE[..2], &["--date", "2024-03-05"]));
    let sound = |arguments: &[&str]| {
        report(&show, arguments);
        let url = show.known()["Tin sáng 5/3/2024"].1.clone();
        fs::read(show.path(&format!("public/{}", url.strip_prefix(BASE).unwrap()))).unwrap()
    };
    let plain = sound(&[]);
    let decided = "2024-03-05/02-tin-2.txt.docbao.json";
    show.write(decided, r#"{"voice": {"name": "bac", "rate": 3.0}}"#);
    let own = sound(&[]);
    fs::remove_file(show.path(decided)).unwrap();
    let given = sound(&["--voice-for", "bài 2=bac"]);
    assert!(own != plain && own == given);
    assert!(sound(&["--voice-for", "item 1=bac"]) != given);
}

#[test]
fn what_is_not_possible_is_told_with_a_way_out() {
    let show = Show::new("");
    show.write("a.txt", "Mưa to.\n");
    let output = show.run(&["podcast", "bulletin", ".", "a.txt"]);
    assert_eq!(output.status.code(), Some(1));
    let told = said(&output);
    assert!(told.contains("podcast.toml: has no table [bulletin]"), "{told}");
    for (line, words) in [
        ("title = \"{ngay}\"", "there is no placeholder {ngay}: there are {ngày}"),
        ("time = \"sáng\"", "06:00"),
        ("by = \"week\"", "folder"),
    ] {
        let show = Show::new("");
        let toml = show.read("podcast.toml");
        show.write("podcast.toml", format!("{toml}\n[bulletin]\n{line}\n"));
        show.write("a.txt", "Mưa to.\n");
        let output = show.run(&["podcast", "bulletin", ".", "a.txt"]);
        let at = toml.lines().count() + 3;
        let told = said(&output);
        assert!(
            told.contains(&format!("podcast.toml, line {at}")) && told.contains(words),
            "{told}"
        );
    }
    let show = self::show();
    let output = bulletin(&show, &["anh-1.png"], &[]);
    assert!(said(&output).contains("is no file of an article"), "{}", said(&output));
    let output = bulletin(&show, &["nothing.txt"], &[]);
    assert!(said(&output).contains("nothing.txt"), "{}", said(&output));
    assert!(!show.path("public").exists());
}

#[test]
fn roles_of_a_show_are_heard() {
    let show = Show::new("");
    show.write("a.txt", "---\ndate: 2024-03-05\n---\nTin\n\nÔng nói: “Trời mưa to. Gió mạnh.”\n");
    let sound = |settings: &str| {
        let toml = show.read("podcast.toml");
        let base = toml.split("\n[voices]").next().unwrap().to_owned();
        show.write("podcast.toml", format!("{base}\n[voices]\n{settings}\n"));
        show.build(&[]);
        let url = show.known()["Tin"].1.clone();
        fs::read(show.path(&format!("public/{}", url.strip_prefix(BASE).unwrap()))).unwrap()
    };
    let plain = sound("");
    assert!(sound("\"trích\" = \"bac\"") != plain);
    let line = show.read("podcast.toml").lines().position(|line| line == "[voices]").unwrap() + 2;
    let toml = show.read("podcast.toml").replace("= \"bac\"", "= \"nobody\"");
    show.write("podcast.toml", toml);
    let output = show.try_build(&[]);
    let told = format!("podcast.toml, line {line}: `trích = nobody`: there is no voice nobody");
    assert!(said(&output).contains(&told), "{}", said(&output));
}
