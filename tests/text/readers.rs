//! Formats of articles: what is found in them, and what of it is read.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use docbao::job;
use docbao::model::article::Article;
use docbao::model::direction::DirectionKind;
use docbao::model::request::{ReadingSettings, Source};
use docbao::text::readers::{self, Input};
use docbao::{Confidence, ReadingPolicy};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Article>, String> {
    readers::read(Input { name, bytes: bytes.into(), ..Input::default() })
        .map_err(|error| error.to_string())
}

/// Everything that a reader finds, as text: metadata, blocks, directions and notes.
fn listing(articles: &[Article]) -> String {
    let mut out = String::new();
    for (at, article) in articles.iter().enumerate() {
        if at > 0 {
            out.push_str("----\n");
        }
        let about = &article.metadata;
        for (name, value) in [
            ("title", about.title.clone()),
            ("authors", about.author()),
            ("date", about.date.map(|date| date.to_string())),
            ("section", about.section.clone()),
            ("address", about.address.clone()),
            ("collection", about.collection.clone()),
        ] {
            if let Some(value) = value {
                let _ = writeln!(out, "# {name}: {value}");
            }
        }
        article.notes.iter().for_each(|note| out.push_str(&format!("# note: {note}\n")));
        for direction in &article.directions {
            let asked = match &direction.kind {
                DirectionKind::Say(said) => format!("say {said}"),
                DirectionKind::Pause(milliseconds) => format!("pause {milliseconds} ms"),
                DirectionKind::Label(said) => format!("label {said}"),
                DirectionKind::Mark => "mark".to_owned(),
                DirectionKind::Skip => "skip".to_owned(),
                DirectionKind::Hyphen => "hyphen".to_owned(),
                _ => "other".to_owned(),
            };
            let text = direction.span.of(&article.text).replace('\n', "⏎");
            let _ = writeln!(out, "# {asked}: “{text}”");
        }
        out.push_str(&article.listing(&ReadingPolicy::default()));
    }
    out
}

#[test]
fn every_case_gives_its_listing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/readers");
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_none_or(|ending| ending != "blocks"));
    files.sort();
    assert!(files.len() >= 16, "the cases are gone");
    let mut failures = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let found = listing(&read(name, &fs::read(&file).unwrap()).unwrap());
        let expected = folder.join(format!("{name}.blocks"));
        if std::env::var_os("DOCBAO_BLESS").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        if found != wanted {
            let differs = found.lines().zip(wanted.lines()).find(|(found, wanted)| found != wanted);
            failures.push(format!("{name}: found, then wanted: {differs:#?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// An archive of these files.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        let method = if *path == "mimetype" {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*path, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A document of Word with this body.
fn docx(body: &str) -> Vec<u8> {
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"u1\"><w:name w:val=\"heading 1\"/></w:style>\
        <w:style w:styleId=\"Tiu\"><w:name w:val=\"Title\"/></w:style>\
        <w:style w:styleId=\"Ch\"><w:name w:val=\"caption\"/></w:style></w:styles>";
    let numbering = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">\
        <w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    let core = "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\" xmlns:dcterms=\"t\"><dc:title>Báo cáo</dc:title>\
        <dc:creator>Lan</dc:creator><dcterms:created>2024-03-05T06:30:00Z</dcterms:created></cp:coreProperties>";
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote><w:p><w:r><w:t>Theo số liệu tỉnh.</w:t></w:r></w:p>\
        </w:footnote></w:footnotes>";
    archive(&[
        (
            "word/document.xml",
            &format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"),
        ),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering),
        ("word/footnotes.xml", notes),
        ("docProps/core.xml", core),
    ])
}

#[test]
fn a_document_of_word_is_read_by_its_styles() {
    let paragraph = |properties: &str, text: &str| {
        format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = [
        paragraph("<w:pStyle w:val=\"Tiu\"/>", "Báo cáo mùa vụ"),
        paragraph("", "Lúa tốt &amp; đều."),
        paragraph("<w:pStyle w:val=\"u1\"/>", "Kế hoạch"),
        paragraph("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>", "Gặt lúa."),
        paragraph("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>", "Phơi thóc."),
        "<w:p><w:r><w:t>Giữ lại</w:t></w:r><w:del><w:r><w:delText> xóa</w:delText></w:r></w:del>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t> ẩn</w:t></w:r><w:r><w:t xml:space=\"preserve\"> phần này.</w:t></w:r></w:p>"
            .to_owned(),
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText></w:r></w:p>".to_owned(),
        paragraph("<w:pStyle w:val=\"Ch\"/>", "Cánh đồng buổi sáng"),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Xã</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Tấn</w:t></w:r></w:p></w:tc></w:tr>\
         <w:tr><w:tc><w:p><w:r><w:t>Mẫu</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>120</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            .to_owned(),
    ];
    let articles = read("a.docx", &docx(&body.concat())).unwrap();
    let expected = "\
# title: Báo cáo mùa vụ
# authors: Lan
# date: 2024-03-05T06:30:00Z
title\tread\thas the style of titles\tBáo cáo mùa vụ
paragraph\tread\trunning text\tLúa tốt & đều.
heading\tread\thas the style of headings\tKế hoạch
list\tread\tan item of a list\t1. Gặt lúa.
list\tread\tan item of a list\t2. Phơi thóc.
paragraph\tread\trunning text\tGiữ lại phần này.
caption\tskip\thas the style of captions\tCánh đồng buổi sáng
table\tread\ta row of a table\tXã: Mẫu; Tấn: 120
footnote\tskip\ta note\tTheo số liệu tỉnh.
";
    let found = listing(&articles);
    assert_eq!(found.replace("+00:00", "Z"), expected);
}

/// A book of these chapters: the path and the body of each, and its name in the table of contents.
fn epub(chapters: &[(&str, &str, Option<&str>)]) -> Vec<u8> {
    let mut manifest = String::new();
    let mut spine = String::new();
    let mut points = String::new();
    let mut files = vec![("mimetype".to_owned(), "application/epub+zip".to_owned())];
    for (at, (path, body, name)) in chapters.iter().enumerate() {
        let _ = write!(
            manifest,
            "<item id=\"c{at}\" href=\"{path}\" media-type=\"application/xhtml+xml\"/>"
        );
        let _ = write!(spine, "<itemref idref=\"c{at}\"/>");
        if let Some(name) = name {
            let _ = write!(
                points,
                "<navPoint id=\"p{at}\" playOrder=\"{at}\"><navLabel><text>{name}</text></navLabel>\
                 <content src=\"{path}\"/></navPoint>"
            );
        }
        let page = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><html xmlns=\"http://www.w3.org/1999/xhtml\" \
             xmlns:epub=\"http://www.idpf.org/2007/ops\"><head><title>x</title></head>{body}</html>"
        );
        files.push((format!("OEBPS/{path}"), page));
    }
    let container = "<?xml version=\"1.0\"?><container version=\"1.0\" \
        xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile \
        full-path=\"OEBPS/book.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>";
    let package = format!(
        "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" version=\"2.0\" \
         unique-identifier=\"id\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Con đường \
         làng</dc:title><dc:creator>Lan Mẫu</dc:creator><dc:language>vi</dc:language><dc:identifier \
         id=\"id\">x</dc:identifier></metadata><manifest>{manifest}<item id=\"ncx\" href=\"toc.ncx\" \
         media-type=\"application/x-dtbncx+xml\"/></manifest><spine toc=\"ncx\">{spine}</spine></package>"
    );
    let contents = format!(
        "<?xml version=\"1.0\"?><ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\"><head/>\
         <docTitle><text>x</text></docTitle><navMap>{points}</navMap></ncx>"
    );
    files.push(("META-INF/container.xml".to_owned(), container.to_owned()));
    files.push(("OEBPS/book.opf".to_owned(), package));
    files.push(("OEBPS/toc.ncx".to_owned(), contents));
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    archive(&files)
}

#[test]
fn a_book_is_its_chapters() {
    let book = epub(&[
        ("cover.xhtml", "<body epub:type=\"cover\"><p>Bìa sách</p></body>", None),
        (
            "toc.xhtml",
            "<body><h1>Mục lục</h1><p><a href=\"1.xhtml\">Chương một</a></p><p><a href=\"2.xhtml\">Chương hai</a></p>\
             <p><a href=\"3.xhtml\">Chương ba</a></p><p><a href=\"4.xhtml\">Chương bốn</a></p></body>",
            None,
        ),
        (
            "1.xhtml",
            "<body><h2>Chương 1</h2><h3>Đêm trăng</h3><p>Trời nhiều mây.</p></body>",
            Some("Chương 1"),
        ),
        ("1b.xhtml", "<body><p>Mưa đến rất nhanh.</p></body>", None),
        (
            "2.xhtml",
            "<body><p>Trời lại nắng<a epub:type=\"noteref\" href=\"#n\">1</a>.</p>\
             <aside epub:type=\"footnote\" id=\"n\"><p>Theo sách cũ.</p></aside></body>",
            Some("Ngày nắng"),
        ),
    ]);
    let articles = read("a.epub", &book).unwrap();
    let titles: Vec<_> = articles.iter().map(|a| a.metadata.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["Chương 1: Đêm trăng", "Ngày nắng"]);
    let read: Vec<String> = articles
        .iter()
        .flat_map(|article| {
            let policy = ReadingPolicy::default();
            let read = article.read(&policy).map(|block| article.line_of(block));
            read.collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(
        read,
        [
            "Chương 1 Đêm trăng",
            "Trời nhiều mây.",
            "Mưa đến rất nhanh.",
            "Ngày nắng",
            "Trời lại nắng."
        ]
    );
    assert!(articles.iter().all(|a| a.metadata.collection.as_deref() == Some("Con đường làng")));
}

#[test]
fn a_chapter_can_be_asked_for_and_is_the_same_whatever_became_of_the_others() {
    let book = |third: &str| {
        let body = |text: &str| format!("<body><h1>{text}</h1><p>Trời {text}.</p></body>");
        let bodies = ["mưa", "nắng", third].map(body);
        let chapters: Vec<_> = ["1.xhtml", "2.xhtml", "3.xhtml"].into_iter().zip(&bodies).collect();
        epub(&chapters.iter().map(|(path, body)| (*path, body.as_str(), None)).collect::<Vec<_>>())
    };
    let source = |bytes: Vec<u8>| Source::Bytes { name: "a.epub".to_owned(), bytes };
    let settings = ReadingSettings::default();
    let (old, new) = (source(book("gió")), source(book("bão")));
    let all = job::read_all(&old, &settings).unwrap();
    assert_eq!(all.len(), 3);
    let part = |of: &Source, number| {
        job::read(&Source::Part { of: Arc::new(of.clone()), number }, &settings)
    };
    for (number, article) in (1..).zip(&all) {
        assert_eq!(part(&old, number).unwrap(), *article);
        let same = part(&new, number).unwrap().origin.digest == article.origin.digest;
        assert_eq!(same, number < 3);
    }
    for number in [0, 4] {
        let error = part(&old, number).unwrap_err().to_string();
        assert!(error.contains(&format!("no article {number} in it, only 3")), "{error}");
    }
}

#[test]
fn an_archive_gives_its_articles_in_natural_order() {
    let zip = archive(&[
        ("bai-10.txt", "Bài mười nói về mưa.\n"),
        ("bai-2.md", "# Bài hai\n\nNói về nắng.\n"),
        ("anh.jpg", "x"),
        ("trong.zip", "x"),
    ]);
    let articles = read("a.zip", &zip).unwrap();
    let names: Vec<_> = articles.iter().map(|article| article.origin.name.as_str()).collect();
    assert_eq!(names, ["a.zip/bai-2.md", "a.zip/bai-10.txt"]);
    assert!(
        articles[0].notes[0].to_string().contains("anh.jpg, trong.zip"),
        "{:?}",
        articles[0].notes
    );
    assert!(read("a.zip", &archive(&[("anh.jpg", "x")])).unwrap_err().contains("without articles"));
}

#[test]
fn damaged_and_hostile_files_are_errors_or_bounded() {
    let bomb = "a".repeat(200 << 20);
    let bomb = archive(&[("word/document.xml", &bomb)]);
    assert!(bomb.len() < 1 << 20);
    assert!(read("a.docx", &bomb).unwrap_err().contains("more than 128 MiB"));
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><w:document xmlns:w=\"w\"><w:body><w:p>\
        <w:r><w:t>Mưa &b; gió</w:t></w:r></w:p></w:body></w:document>";
    let article = &read("a.docx", &archive(&[("word/document.xml", laughs)])).unwrap()[0];
    assert_eq!(article.text, "Mưa gió\n");
    for (name, bytes, expected) in [
        ("a.docx", archive(&[("x", "y")]), "no document of Word"),
        ("a.epub", archive(&[("x", "y")]), "damaged EPUB"),
        ("a.epub", b"PK\x03\x04 no archive".to_vec(), "damaged archive"),
        ("a.html", b"<html><body></body></html>".to_vec(), "without an article"),
        ("a.srt", "Không có giờ.\n".as_bytes().to_vec(), "no cue"),
        ("a.html", vec![b' '; (32 << 20) + 1], "more than 32 MiB"),
        ("a.html", "<p>".repeat(200_001).into_bytes(), "more than 200000 elements"),
        (
            "a.md",
            format!("{}Mưa.", "> ".repeat(5000)).into_bytes(),
            "elements of HTML in one another",
        ),
    ] {
        let error = read(name, &bytes).unwrap_err();
        assert!(error.contains(expected), "{name}: {error}");
    }
    let deep = format!("<html><body>{}<p>Mưa lớn.</p>", "<div>".repeat(3000));
    assert_eq!(read("a.html", deep.as_bytes()).unwrap()[0].text, "Mưa lớn.\n");
}

#[test]
fn letters_are_whole_though_their_marks_are_in_other_elements() {
    for (name, text, expected) in [
        ("a.ssml", "<speak>Ho<break time=\"2s\"/>&#x300; ơi</speak>", "Hò ơi\n"),
        ("a.md", "Me<b>&#x302;</b><i>&#x323;</i>t, &#x1100;&#x1161;.\n", "Mệt, 가.\n"),
        ("a.html", "<p>q&#x302;<b>&#x323;</b> Mo<break>&#x301;i</p>", "q\u{323}\u{302} Mói\n"),
    ] {
        let articles = read(name, text.as_bytes()).unwrap();
        assert_eq!(articles[0].text, expected, "{name}");
        crate::promises::check(
            articles,
            &crate::support::front_end(&docbao::ReadingSettings::default()),
        );
    }
}

#[test]
fn a_list_of_word_may_begin_at_any_number() {
    for start in [i64::MIN, -1, i64::MAX] {
        let numbering = format!(
            "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">\
             <w:start w:val=\"{start}\"/><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
        );
        let item = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>\
            <w:r><w:t>Gặt.</w:t></w:r></w:p>";
        let document =
            format!("<w:document xmlns:w=\"w\"><w:body>{item}{item}</w:body></w:document>");
        let parts = [("word/document.xml", &*document), ("word/numbering.xml", &*numbering)];
        let article = &read("a.docx", &archive(&parts)).unwrap()[0];
        assert_eq!(article.line_of(&article.blocks[0]), format!("{start}. Gặt."));
    }
}

#[test]
fn findings_have_the_line_of_the_file() {
    let prose = "Chợ phiên mở lại sau ba tháng sửa chữa, bà con trong vùng mang rau, cá và vải thổ cẩm \
                 xuống bán từ lúc trời còn mờ sương.";
    let page = format!(
        "<!doctype html>\n<html><head><title>Chợ phiên</title></head>\n<body><article>\n\
         <h1>Chợ phiên mở lại</h1>\n<p>{prose}</p>\n\n<p>{prose}</p>\n<p>Đơn vị QAZX\nlo việc \
         dọn dẹp, và {prose}</p>\n</article></body></html>"
    );
    let subtitles = "1\n00:00:01,000 --> 00:00:02,000\nTrời mưa to.\n\n2\n00:00:03,000 --> \
                     00:00:05,000\nĐơn vị QAZX đến.\n";
    let chat = "[10:30] Lan: Chào bạn\n[10:31] Lan: Đi đâu?\n[10:32] Nam: Đến\nđơn vị QAZX\n";
    for (name, text, line) in [
        ("a.txt", "Tin\n\nMột đoạn.\nĐơn vị QAZX đến.\n", 4),
        ("a.html", &page, 8),
        ("a.md", "---\ntitle: Tin\n---\n# Tin\n\n- một\n- hai dòng\n  của QAZX đây\n", 8),
        ("a.ssml", "<speak>\n<p>Một.</p>\n\n<p>Đơn vị QAZX đến.</p></speak>", 4),
        ("a.srt", subtitles, 7),
        ("a.txt", chat, 4),
    ] {
        let article = read(name, text.as_bytes()).unwrap().remove(0);
        let front_end = crate::support::front_end(&ReadingSettings::default());
        let findings = front_end.review(&article, Confidence::Unknown).findings;
        let found: Vec<_> =
            findings.iter().filter(|one| one.source == "QAZX").map(|one| one.line).collect();
        assert_eq!(found, [line], "{name}: {text}");
    }
}
