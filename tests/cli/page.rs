//! The read-along page.

use std::fs;

use tempfile::TempDir;

use super::{docbao, fails, names, path, short_article, stdout, succeeds, text};

/// The part of a page between two strings.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

#[test]
fn a_page_holds_the_article_and_its_sound() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "mua.txt");
    let html = path(&folder, "mua.html");
    let output = docbao(&["page", text(&article), "-o", text(&html), "--voice", "tone"]);
    succeeds(&output);
    assert_eq!(stdout(&output), format!("{}\n", html.display()));
    assert_eq!(names(folder.path()), ["mua.html", "mua.txt"]);
    let page = fs::read_to_string(&html).unwrap();
    assert!(page.contains("<h1><span class=\"s\"><span>Mưa</span> <span>lớn</span>"));
    assert!(page.contains(" src=\"data:audio/ogg;base64,"));
    let times: Vec<f64> =
        serde_json::from_str(between(&page, "type=\"application/json\">", "</script>")).unwrap();
    assert_eq!(times.len(), 2 * between(&page, "<article", "</article>").matches("<span>").count());
    assert!(times.is_sorted());

    // The same page again, from a narration that exists.
    let (wav, marks) = (path(&folder, "mua.wav"), path(&folder, "mua.json"));
    let spoken = ["narrate", text(&article), "-o", text(&wav), "--voice", "tone"];
    succeeds(&docbao(&[&spoken[..], &["--marks", text(&marks)]].concat()));
    let given = ["page", text(&article), "-o", text(&html), "--audio", text(&wav)];
    let given = [&given[..], &["--marks", text(&marks)]].concat();
    succeeds(&docbao(&given));
    let from_marks = fs::read_to_string(&html).unwrap();
    assert!(from_marks.contains(" src=\"data:audio/wav;base64,UklGR"));
    let article_of = |page: &str| between(page, "<article", "</article>").to_owned();
    assert_eq!(article_of(&from_marks), article_of(&page));
    succeeds(&docbao(&[&given[..], &["--link-audio"]].concat()));
    assert!(fs::read_to_string(&html).unwrap().contains(" src=\"./mua.wav\""));

    // Beside the page there is room for what every browser plays, too.
    let linked = path(&folder, "linked.html");
    let output = ["page", text(&article), "-o", text(&linked), "--voice", "tone", "--link-audio"];
    succeeds(&docbao(&output));
    let page = fs::read_to_string(&linked).unwrap();
    let small = page.find(" src=\"./linked.opus\" type=\"audio/ogg\"").unwrap();
    if cfg!(feature = "mp3") {
        assert!(small < page.find(" src=\"./linked.mp3\" type=\"audio/mpeg\"").unwrap());
    }
    assert!(path(&folder, "linked.opus").is_file());
}

#[test]
fn several_articles_become_pages_and_one_bad_one_stops_nothing() {
    let folder = TempDir::new().unwrap();
    let (a, b) = (short_article(&folder, "a.txt"), short_article(&folder, "b.txt"));
    let empty = path(&folder, "empty.txt");
    fs::write(&empty, "").unwrap();
    let out = path(&folder, "out");
    let common = ["-o", text(&out), "--voice", "tone", "--no-cache", "--link-audio"];
    let output = docbao(
        &[
            &["page", text(&a), text(&empty), text(&b)],
            &common[..],
            &["--format", "opus", "--captions", "vtt"],
        ]
        .concat(),
    );
    fails(&output, 1, &["empty.txt"]);
    assert_eq!(names(&out), ["a.html", "a.opus", "a.vtt", "b.html", "b.opus", "b.vtt"]);
    let page = fs::read_to_string(out.join("b.html")).unwrap();
    assert!(page.contains(" src=\"./b.opus\""));

    fails(&docbao(&[&["page", text(&a), text(&a)], &common[..]].concat()), 1, &["both"]);
}

#[test]
fn a_page_from_other_marks_or_without_them_is_refused() {
    let folder = TempDir::new().unwrap();
    let article = short_article(&folder, "mua.txt");
    let (wav, marks, html) =
        (path(&folder, "a.wav"), path(&folder, "a.json"), path(&folder, "a.html"));
    let page = ["page", text(&article), "-o", text(&html), "--audio", text(&wav)];
    fails(&docbao(&page), 2, &["--marks"]);
    fs::write(&wav, "sound").unwrap();
    let golden = fs::read_to_string("tests/cases/captions/mua.json").unwrap();
    fs::write(&marks, golden).unwrap();
    let with_marks = [&page[..], &["--marks", text(&marks)]].concat();
    fails(&docbao(&with_marks), 1, &["a.json", "another text"]);
    assert_eq!(names(folder.path()), ["a.json", "a.wav", "mua.txt"]);
    let twice = [&with_marks[..], &[text(&article)]].concat();
    fails(&docbao(&twice), 2, &["one article"]);
}
