//! Books to read along, and books that become files for each of their chapters.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use docbao::decode::Decoder;
use roxmltree::{Document, Node, ParsingOptions};
use tempfile::TempDir;
use zip::{CompressionMethod, ZipArchive};

use super::{ARTICLE, docbao, fails, names, path, stdout, succeeds, text};

/// A picture of one white pixel: PNG as base64.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==";

/// An article with all that can be in one, in Markdown; `title` must be on one line.
fn rich_article(title: &str) -> String {
    format!(
        "---\nauthor: [Lan Mẫu, Minh & Hoa]\ndate: 2024-03-05\n---\n\n# {title}\n\nMưa to ở 12 xã. \
         Đường ngập sâu 30cm.\n\n## Nguyên nhân &lt;b&gt;\n\n- Rừng thưa.\n- Suối cạn.\n\n> Nước về rất \
         nhanh.\n\n| Xã | Mưa |\n|---|---|\n| Mẫu | 120 |\n| Mới | 90 |\n\n## Việc cần làm\n\n1. Dọn \
         bùn.\n2. Sửa đường.\n\n<figure><img src=\"a.jpg\"><figcaption>Cây đổ ở xã \
         Mẫu</figcaption></figure>\n\nDân đã đi tránh.\n"
    )
}

/// An article with verse in it.
const POEM: &str = "Bài thơ\n\nTrời mưa bong bóng\nMẹ gánh rau về\nĐường làng trơn lắm\nCon ra đứng \
    chờ\n\nMai trời lại nắng\nMẹ phơi áo hồng\nCon ra sau vườn\nNhặt hoa rụng trắng\n";

/// A book that was written, unpacked.
struct Book {
    /// Its files in their order: name, whether it is stored as it is, content.
    files: Vec<(String, bool, Vec<u8>)>,
}

impl Book {
    fn open(path: &Path) -> Book {
        let bytes = fs::read(path).unwrap();
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip", "OCF, 4.3");
        let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let files = (0..zip.len()).map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let is_stored = file.compression() == CompressionMethod::Stored;
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), is_stored, content)
        });
        Book { files: files.collect() }
    }

    fn bytes(&self, name: &str) -> &[u8] {
        let found = self.files.iter().find(|(path, ..)| path.strip_prefix("EPUB/") == Some(name));
        &found.unwrap_or_else(|| panic!("{name} is not in the book")).2
    }

    fn text(&self, name: &str) -> &str {
        std::str::from_utf8(self.bytes(name)).unwrap()
    }

    fn document(&self, name: &str) -> Document<'_> {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        Document::parse_with_options(self.text(name), options)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// What the package says under a name: of an element, or of a `meta` with this property.
    fn said(&self, name: &str) -> Vec<String> {
        let package = self.document("package.opf");
        let is_it = |node: &Node| {
            node.tag_name().name() == name
                || (node.attribute("property") == Some(name) && !node.has_attribute("refines"))
        };
        let found = package.descendants().filter(is_it);
        found.map(|node| node.text().unwrap_or_default().to_owned()).collect()
    }

    /// Holds everything true that must be so of any book; gives the number of its chapters.
    fn check(&self) -> usize {
        let (name, is_stored, _) = &self.files[0];
        assert_eq!((name.as_str(), *is_stored), ("mimetype", true));
        let package = self.document("package.opf");
        let items = || package.descendants().filter(|node| node.has_tag_name_of("item"));
        let named: BTreeSet<_> = items().map(|item| item.attribute("href").unwrap()).collect();
        let below = self.files.iter().filter_map(|(name, ..)| name.strip_prefix("EPUB/"));
        let there: BTreeSet<_> = below.filter(|name| *name != "package.opf").collect();
        assert_eq!(named, there);

        let by_id: BTreeMap<_, _> =
            items().map(|item| (item.attribute("id").unwrap(), item)).collect();
        let mut sum = 0;
        let mut chapters = 0;
        for itemref in package.descendants().filter(|node| node.has_tag_name_of("itemref")) {
            chapters += 1;
            let item = by_id[itemref.attribute("idref").unwrap()];
            let Some(overlay) = item.attribute("media-overlay") else { continue };
            let length = self.check_overlay(
                item.attribute("href").unwrap(),
                by_id[overlay].attribute("href").unwrap(),
            );
            let refines = format!("#{overlay}");
            let said = package.descendants().find(|it| it.attribute("refines") == Some(&refines));
            assert_eq!(ms(said.unwrap().text().unwrap()), length);
            sum += length;
        }
        assert_eq!(self.said("media:duration").iter().map(|it| ms(it)).sum::<u64>(), sum);
        for name in ["nav.xhtml", "package.opf"] {
            assert!(!self.text(name).contains("{{"), "{name}");
        }
        chapters
    }

    /// Holds the times of a chapter true; gives the length of its sound, as the times have it.
    fn check_overlay(&self, page: &str, overlay: &str) -> u64 {
        let (page_file, overlay_file) = (self.document(page), self.document(overlay));
        let ids: Vec<_> = page_file.descendants().filter_map(|it| it.attribute("id")).collect();
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{page}");
        let mut heard = Vec::new();
        let mut end = 0;
        let mut sound = "";
        for par in overlay_file.descendants().filter(|it| it.has_tag_name_of("par")) {
            let parts: Vec<_> = par.children().filter(Node::is_element).collect();
            let [text, audio] = parts[..] else { panic!("{overlay}: a par with {parts:?}") };
            assert!(text.has_tag_name_of("text") && audio.has_tag_name_of("audio"));
            let (file, id) = text.attribute("src").unwrap().split_once('#').unwrap();
            assert_eq!(file, page);
            heard.push(ids.iter().position(|it| *it == id).expect("the sentence is in the text"));
            sound = audio.attribute("src").unwrap();
            let begin = ms(audio.attribute("clipBegin").unwrap());
            assert_eq!(begin, end, "{overlay}: without a seam");
            end = ms(audio.attribute("clipEnd").unwrap());
            assert!(end > begin, "{overlay}");
        }
        assert!(heard.is_sorted() && !heard.is_empty(), "in the order of the text");
        let sentences = ids.iter().filter(|id| id.starts_with('s')).count();
        assert_eq!(heard.len(), sentences, "every sentence that is shown as such is heard");
        let file = self.files.iter().find(|(name, ..)| name.ends_with(sound)).unwrap();
        assert!(file.1, "sound is stored as it is");
        let length = length_ms(self.bytes(sound));
        assert!((0.0..1.0).contains(&(length - end as f64)), "{end} of {length} ms");
        end
    }
}

/// Whether a node is an element of this name, in whatever namespace.
trait OfName {
    fn has_tag_name_of(&self, name: &str) -> bool;
}

impl OfName for Node<'_, '_> {
    fn has_tag_name_of(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

/// The length of a sound when it is decoded, in milliseconds.
fn length_ms(bytes: &[u8]) -> f64 {
    let mut decoder = Decoder::new("sound", Cursor::new(bytes.to_vec())).unwrap();
    let mut samples = 0;
    while let Some(more) = decoder.read().unwrap() {
        samples += more.len();
    }
    samples as f64 * 1000.0 / f64::from(decoder.sample_rate())
}

/// A clock value such as `0:12:34.567` in milliseconds.
fn ms(clock: &str) -> u64 {
    let (seconds, ms) = clock.split_once('.').unwrap();
    let seconds = seconds.split(':').fold(0, |sum, part| sum * 60 + part.parse::<u64>().unwrap());
    seconds * 1000 + ms.parse::<u64>().unwrap()
}

/// The article in a text as a book.
fn book_of(folder: &TempDir, name: &str, article: &str, more: &[&str]) -> Book {
    let file = path(folder, name);
    fs::write(&file, article).unwrap();
    let out = file.with_extension("epub");
    let arguments = ["narrate", text(&file), "-o", text(&out), "--voice", "tone"];
    succeeds(&docbao(&[&arguments[..], more].concat()));
    Book::open(&out)
}

#[test]
fn an_article_becomes_a_book_whose_sentences_are_heard_when_the_marks_say() {
    let folder = TempDir::new().unwrap();
    let article = rich_article("Mưa lớn");
    let book = book_of(&folder, "a.md", &article, &["--captions", "json,vtt"]);
    assert_eq!(book.check(), 1);
    assert_eq!(names(folder.path()), ["a.epub", "a.json", "a.md", "a.vtt"]);
    let marks = fs::read(path(&folder, "a.json")).unwrap();
    let marks: serde_json::Value = serde_json::from_slice(&marks).unwrap();
    let starts = marks["sentences"].as_array().unwrap().iter();
    let starts: Vec<_> = starts.map(|it| it["start_ms"].as_f64().unwrap().round() as u64).collect();
    let overlay = book.document("chapter-1.smil");
    let clips = overlay.descendants().filter_map(|it| it.attribute("clipBegin")).map(ms);
    assert_eq!(clips.skip(1).collect::<Vec<_>>(), starts[1..]);

    let page = book.text("chapter-1.xhtml");
    for there in [
        "<h1><span id=\"s1\">Mưa lớn</span></h1>",
        "Nguyên nhân &lt;b&gt;",
        "<ul>\n<li>",
        "<blockquote><span",
        "class=\"row\"",
        "<p class=\"caption unread\">Cây đổ ở xã Mẫu</p>",
    ] {
        assert!(page.contains(there), "`{there}` is not in {page}");
    }
    let contents = book.document("nav.xhtml");
    let links = contents.descendants().filter(|it| it.has_tag_name_of("a"));
    let links: Vec<_> =
        links.map(|it| (it.text().unwrap(), it.attribute("href").unwrap())).collect();
    assert_eq!(links.len(), 3);
    assert_eq!(links[0], ("Mưa lớn", "chapter-1.xhtml"));
    assert!(links[1].0 == "Nguyên nhân <b>" && links[1].1.starts_with("chapter-1.xhtml#h"));
    assert_eq!(links[2].0, "Việc cần làm");
    let headings = book.document("chapter-1.xhtml");
    let ids: Vec<_> = headings.descendants().filter_map(|it| it.attribute("id")).collect();
    assert!(ids.contains(&links[1].1.split_once('#').unwrap().1));

    assert_eq!(book.said("title"), ["Mưa lớn"]);
    assert_eq!(book.said("creator"), ["Lan Mẫu", "Minh & Hoa"]);
    assert_eq!(book.said("language"), ["vi"]);
    assert_eq!(book.said("dcterms:modified"), ["2024-03-05T00:00:00Z"]);
    assert!(book.said("identifier")[0].starts_with("urn:uuid:"));
    assert!(book.said("description")[0].contains("Giọng đọc tổng hợp"));
    assert_eq!(book.said("media:active-class"), ["-epub-media-overlay-active"]);
    assert_eq!(book.said("schema:accessMode"), ["textual", "auditory"]);
    // The caption is not heard.
    assert_eq!(book.said("schema:accessModeSufficient"), ["textual"]);
    assert!(book.said("schema:accessibilityFeature").contains(&"synchronizedAudioText".to_owned()));
    assert_eq!(book.said("schema:accessibilityHazard"), ["none"]);
    assert_eq!(book.said("schema:accessibilitySummary").len(), 1);
}

#[test]
fn a_book_is_the_same_on_every_run() {
    let article = rich_article("Mưa lớn");
    let made = |jobs: &str, more: &[&str]| {
        let folder = TempDir::new().unwrap();
        book_of(&folder, "a.md", &article, &[&["--jobs", jobs], more].concat());
        fs::read(path(&folder, "a.epub")).unwrap()
    };
    let once = made("1", &[]);
    assert!(once == made("2", &[]), "another run differs");
    // What is heard is part of the identifier.
    let identifier = |bytes: &[u8]| {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut package = String::new();
        zip.by_name("EPUB/package.opf").unwrap().read_to_string(&mut package).unwrap();
        package.split("urn:uuid:").nth(1).unwrap().split('<').next().unwrap().to_owned()
    };
    assert_ne!(identifier(&once), identifier(&made("1", &["--loudness", "spotify"])));
}

#[test]
fn several_articles_are_the_chapters_of_a_book_and_it_can_be_read_back() {
    let folder = TempDir::new().unwrap();
    let articles = ["Đêm <mưa> & \"gió\"", "Ngày nắng", "Chợ quê"];
    let files: Vec<PathBuf> = (1..)
        .zip(articles)
        .map(|(at, title)| {
            let file = path(&folder, &format!("{at}.md"));
            fs::write(&file, rich_article(title)).unwrap();
            file
        })
        .collect();
    let cover = path(&folder, "bia.png");
    fs::write(&cover, b"\x89PNG\r\n\x1a\nno picture, but it begins as one").unwrap();
    let (first, third) = (path(&folder, "sach.epub"), path(&folder, "lai.epub"));
    let narrate =
        ["narrate", text(&files[0]), text(&files[1]), text(&files[2]), "-o", text(&first)];
    let tags = ["--voice", "tone", "--title", "Sách <\"&", "--cover", text(&cover)];
    let more = ["--loudness", "acx", "--author", "Hoa", "--album", "Bộ sách", "--captions", "json"];
    succeeds(&docbao(&[&narrate[..], &tags, &more].concat()));
    let book = Book::open(&first);
    assert_eq!(book.check(), 3);
    // Each sentence is heard where it is in the whole, but for whole milliseconds.
    let marks = fs::read(path(&folder, "sach.json")).unwrap();
    let marks: serde_json::Value = serde_json::from_slice(&marks).unwrap();
    let mut marks = marks["sentences"].as_array().unwrap().iter();
    let mut before = 0.0;
    for number in 1..=3 {
        let overlay = book.document(&format!("chapter-{number}.smil"));
        let clips = overlay.descendants().filter_map(|it| it.attribute("clipBegin")).map(ms);
        for (place, clip) in clips.enumerate() {
            let start = marks.next().unwrap()["start_ms"].as_f64().unwrap();
            let off = before + clip as f64 - start;
            assert!(place == 0 || off.abs() < 1.0, "{off} ms in chapter {number}");
        }
        let sound = book.files.iter().find(|(name, ..)| {
            let name = name.strip_prefix(&format!("EPUB/chapter-{number}."));
            name.is_some_and(|ending| ending != "xhtml" && ending != "smil")
        });
        before += length_ms(&sound.unwrap().2);
    }
    assert!(marks.next().is_none());
    assert_eq!(book.said("title"), ["Sách <\"&"]);
    assert_eq!(book.said("creator"), ["Hoa"]);
    assert_eq!(book.said("belongs-to-collection"), ["Bộ sách"]);
    assert_eq!(book.bytes("cover.png"), fs::read(&cover).unwrap());
    let contents = book.document("nav.xhtml");
    let links = contents.descendants().filter(|it| it.has_tag_name_of("a"));
    let chapters = links.filter(|it| !it.attribute("href").unwrap().contains('#'));
    assert_eq!(chapters.map(|it| it.text().unwrap()).collect::<Vec<_>>(), articles);

    // The book that was made is a book that can be narrated.
    succeeds(&docbao(&["narrate", text(&first), "-o", text(&third), "--voice", "tone"]));
    let again = Book::open(&third);
    assert_eq!(again.check(), 3);
    assert_eq!(again.said("title"), ["Sách <\"&"]);
    assert!(again.text("chapter-2.xhtml").contains(">Ngày nắng</span></h1>"));
}

#[test]
fn the_chapters_of_a_book_are_equally_loud_and_as_the_preset_asks() {
    let folder = TempDir::new().unwrap();
    let files: Vec<PathBuf> = (1..3)
        .map(|at| {
            let file = path(&folder, &format!("{at}.txt"));
            fs::write(&file, format!("Bài số {at} nói về mưa. Mưa đến rất nhanh trong đêm.\n"))
                .unwrap();
            file
        })
        .collect();
    let out = path(&folder, "sach.epub");
    let arguments = ["narrate", text(&files[0]), text(&files[1]), "-o", text(&out), "--json"];
    let output = docbao(&arguments);
    succeeds(&output);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let lufs = report["done"][0]["loudness"]["integrated_lufs"].as_f64().unwrap();
    assert!((lufs + 16.0).abs() < 0.5, "{lufs}");
    let book = Book::open(&out);
    let (mut all, mut whole) = (Vec::new(), 0.0);
    for (name, _, bytes) in &book.files {
        if name.contains("chapter-") && !name.ends_with("ml") && !name.ends_with(".smil") {
            let decoder = Decoder::new(name, Cursor::new(bytes.clone())).unwrap();
            all.push(docbao::sound::master::measure(decoder).unwrap().integrated_lufs);
            whole += length_ms(bytes);
        }
    }
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|one| (one - lufs).abs() < 1.5), "{all:?} of {lufs}");
    let seconds = report["done"][0]["speech_seconds"].as_f64().unwrap();
    assert!((whole / 1000.0 - seconds).abs() < 0.01, "{whole} ms of {seconds} s");
}

#[test]
fn what_xml_cannot_hold_is_shown_as_missing() {
    let folder = TempDir::new().unwrap();
    let article = "<!-- \u{1b}]]>\n\nMưa\u{8} to ]]> ở &lt;xã&gt; \u{fffe}Mẫu. Gió \u{7f}lớn.\n";
    let book = book_of(&folder, "x.txt", article, &["--title", "A\u{1}<b>&amp;"]);
    assert_eq!(book.check(), 1);
    assert_eq!(book.said("title"), ["A\u{fffd}<b>&amp;"]);
}

#[test]
fn a_book_is_listed_where_formats_are() {
    let help = docbao(&["narrate", "--help"]);
    let help = stdout(&help).split_whitespace().collect::<Vec<_>>().join(" ");
    for said in
        [".opus, .epub", "epub (a book with text and sound, read along)", "M4A, M4B, Opus and EPUB"]
    {
        assert!(help.contains(said), "{said}: {help}");
    }
    let folder = TempDir::new().unwrap();
    let article = super::short_article(&folder, "a.txt");
    let out = path(&folder, "a.pub");
    fails(&docbao(&["narrate", text(&article), "-o", text(&out)]), 2, &["a.pub", ".opus or .epub"]);
    let format = ["--format", "pub"];
    let narrate = ["narrate", text(&article), "-o", text(&out)];
    fails(&docbao(&[&narrate[..], &format].concat()), 2, &["opus and epub"]);
    let page = path(&folder, "a.html");
    let page = ["page", text(&article), "-o", text(&page), "--format", "epub"];
    fails(&docbao(&page), 2, &["page", "docbao narrate"]);
    let epub = path(&folder, "a.epub");
    let bitrate = ["narrate", text(&article), "-o", text(&epub), "--bitrate", "97"];
    fails(&docbao(&bitrate), 2, &["97 kbit/s"]);
    assert_eq!(names(folder.path()), ["a.txt"]);
    // Standard output gets what a file gets.
    let voice = ["--voice", "tone", "--format", "epub"];
    let narrate = ["narrate", text(&article), "--title", "Mưa", "-o"];
    succeeds(&docbao(&[&narrate[..], &[text(&epub)], &voice].concat()));
    let output = docbao(&[&narrate[..], &["-"], &voice].concat());
    assert!(output.stdout == fs::read(&epub).unwrap());
}

/// A zip archive of articles.
fn archive(folder: &TempDir, name: &str, articles: &[(&str, &str)]) -> PathBuf {
    let file = path(folder, name);
    let mut zip = zip::ZipWriter::new(fs::File::create(&file).unwrap());
    for (name, article) in articles {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(article.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    file
}

const FIRST: &str = "# Đêm 1/2: mưa\n\nTrời mưa to.\n";
const SECOND: &str = "# Ngày nắng\n\nTrời lại nắng. Cả nhà ra đồng.\n";

#[test]
fn a_book_becomes_a_folder_with_a_file_for_each_chapter_and_is_kept_up_to_date() {
    let folder = TempDir::new().unwrap();
    let (book, out) = (path(&folder, "sach.epub"), path(&folder, "thu-muc"));
    let make = |second: &str| {
        let (a, b) = (path(&folder, "1.md"), path(&folder, "2.md"));
        fs::write(&a, FIRST).unwrap();
        fs::write(&b, second).unwrap();
        let arguments = ["narrate", text(&a), text(&b), "-o", text(&book), "--voice", "tone"];
        succeeds(&docbao(&[&arguments[..], &["--title", "Sách"]].concat()));
    };
    make(SECOND);
    let chapters = |more: &[&str]| {
        let arguments = ["narrate", text(&book), "-o", text(&out), "--voice", "tone", "--no-cache"];
        let output = docbao(&[&arguments[..], &["--json", "--format", "opus"], more].concat());
        succeeds(&output);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let done = report["done"].as_array().unwrap().iter();
        done.map(|one| one["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(chapters(&["--captions", "vtt"]), ["made", "made"]);
    let files = [
        ".docbao",
        "01-Đêm 1-2- mưa.opus",
        "01-Đêm 1-2- mưa.vtt",
        "02-Ngày nắng.opus",
        "02-Ngày nắng.vtt",
    ];
    assert_eq!(names(&out), files);
    assert_eq!(chapters(&["--captions", "vtt"]), ["up-to-date", "up-to-date"]);
    // Only the chapter that has changed is made again.
    make("# Ngày nắng\n\nTrời lại nắng. Cả nhà ở lại.\n");
    assert_eq!(chapters(&["--captions", "vtt"]), ["up-to-date", "made"]);
    let title = ["narrate", text(&book), "-o", text(&out), "--title", "x"];
    fails(&docbao(&title), 2, &["--title"]);
    // A name with an ending is a file, with a chapter for each.
    let whole = path(&folder, "sach.opus");
    succeeds(&docbao(&["narrate", text(&book), "-o", text(&whole), "--voice", "tone"]));
    assert!(whole.is_file());
}

#[test]
fn an_archive_and_a_feed_become_folders_too_and_a_single_article_one_file() {
    let folder = TempDir::new().unwrap();
    let narrate = |input: &Path, out: &str| {
        let out = path(&folder, out);
        let arguments = ["narrate", text(input), "-o", text(&out), "--voice", "tone", "--no-cache"];
        succeeds(&docbao(&[&arguments[..], &["--format", "wav", "--jobs", "1"]].concat()));
        out
    };
    let zip = archive(&folder, "bai.zip", &[("b10.md", SECOND), ("b2.md", FIRST)]);
    let files = [".docbao", "01-Đêm 1-2- mưa.wav", "02-Ngày nắng.wav"];
    assert_eq!(names(&narrate(&zip, "tu-zip")), files);
    let feed = path(&folder, "tin.rss");
    let item = |title: &str, text: &str| {
        format!("<item><title>{title}</title><description>{text}</description></item>")
    };
    let items = item("Mưa", "Trời mưa to suốt đêm.") + &item("Nắng", "Trời nắng cả ngày.");
    fs::write(
        &feed,
        format!("<rss version=\"2.0\"><channel><title>Tin</title>{items}</channel></rss>"),
    )
    .unwrap();
    assert_eq!(names(&narrate(&feed, "tu-feed")), [".docbao", "01-Mưa.wav", "02-Nắng.wav"]);
    let single = path(&folder, "mot.md");
    fs::write(&single, FIRST).unwrap();
    assert!(narrate(&single, "mot").is_file());
    let there = path(&folder, "co-san");
    fs::create_dir(&there).unwrap();
    narrate(&single, "co-san");
    assert_eq!(names(&there), ["mot.wav"]);
}

#[test]
fn a_book_in_the_folder_of_its_articles_is_no_article_of_it() {
    let folder = TempDir::new().unwrap();
    fs::write(path(&folder, "a.md"), FIRST).unwrap();
    fs::write(path(&folder, "b.md"), SECOND).unwrap();
    let out = path(&folder, "sach.epub");
    let make = || {
        succeeds(&docbao(&["narrate", text(folder.path()), "-o", text(&out), "--voice", "tone"]));
        fs::read(&out).unwrap()
    };
    let first = make();
    assert!(first == make());
    assert_eq!(Book::open(&out).check(), 2);
}

#[test]
#[ignore = "needs epubcheck"]
fn epubcheck_has_nothing_to_say() {
    let folder = TempDir::new().unwrap();
    let narrate = |inputs: &[&Path], name: &str, more: &[&str]| {
        let out = path(&folder, name);
        let inputs = inputs.iter().map(|input| text(input));
        let arguments: Vec<_> = ["narrate"].into_iter().chain(inputs).collect();
        let voice = ["-o", text(&out), "--voice", "tone"];
        succeeds(&docbao(&[&arguments[..], &voice, more].concat()));
        out
    };
    let write = |name: &str, article: &str| {
        let file = path(&folder, name);
        fs::write(&file, article).unwrap();
        file
    };
    let cover = path(&folder, "bia.png");
    fs::write(&cover, STANDARD.decode(PICTURE).unwrap()).unwrap();
    let rich = write("1.md", &rich_article("Mưa <&\" lớn"));
    let plain = write("2.txt", POEM);
    let unread = write("3.md", "```\nlet a = \"<&\";\n```\n");
    let odd = [
        "--title",
        "<&\" ]]> \u{1}",
        "--author",
        "<&\"",
        "--album",
        "<&\"",
        "--source-url",
        "<&\"",
    ];
    let single = narrate(&[Path::new(ARTICLE)], "don.epub", &[]);
    let dressed = narrate(&[&rich], "mot.epub", &[&odd[..], &["--cover", text(&cover)]].concat());
    let several = narrate(&[&rich, &plain, &unread], "sach.epub", &["--date", "2024"]);
    let again = narrate(&[&several], "lai.epub", &["--format", "epub"]);
    for book in [single, dressed, several, again] {
        Book::open(&book).check();
        let jar = std::env::var("DOCBAO_EPUBCHECK");
        let jar = jar.unwrap_or_else(|_| "target/epubcheck/epubcheck/epubcheck.jar".to_owned());
        let output =
            Command::new("java").args(["-jar", &jar, "--failonwarnings"]).arg(&book).output();
        let output = output.expect("java runs");
        let said =
            String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}: {said}", book.display());
        assert!(said.contains("No errors or warnings"), "{said}");
    }
}
