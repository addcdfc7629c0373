//! Archives made of texts, for fuzzing: a change to the bytes of an archive nearly always only damages it.
//! `tests/fuzz` uses them, and so do the fuzz targets in `fuzz/`.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The archive that a text stands for. Each of its files is the path on a line and below it what is in
/// the file, up to a form feed. The bytes of an archive itself would hardly ever survive a change.
pub(crate) fn archive(text: &[u8]) -> Vec<u8> {
    zip(&files(text))
}

/// The book that a text stands for, as [`archive`] reads it. What every book has is added where the
/// text does not give it: the type, the container, and a package that lists the chapters (`.xhtml`) and
/// the table of contents (`.ncx`).
pub(crate) fn book(text: &[u8]) -> Vec<u8> {
    const CONTAINER: &[u8] = b"<container version=\"1.0\" \
        xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile \
        full-path=\"book.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>";
    let given = files(text);
    let package = package(&given);
    let added: [(&str, &[u8]); 3] = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("book.opf", package.as_bytes()),
    ];
    let is_given = |path: &str| given.iter().any(|(other, _)| *other == path);
    let missing = added.into_iter().filter(|(path, _)| !is_given(path));
    zip(&missing.chain(given.iter().copied()).collect::<Vec<_>>())
}

/// The package document of a book with these files.
fn package(files: &[(&str, &[u8])]) -> String {
    let (mut manifest, mut spine) = (String::new(), String::new());
    for (at, (path, _)) in files.iter().enumerate() {
        // Writing to a string cannot fail.
        if path.ends_with(".xhtml") {
            let kind = "application/xhtml+xml";
            let _ = write!(manifest, "<item id=\"f{at}\" href=\"{path}\" media-type=\"{kind}\"/>");
            let _ = write!(spine, "<itemref idref=\"f{at}\"/>");
        } else if path.ends_with(".ncx") {
            let kind = "application/x-dtbncx+xml";
            let _ = write!(manifest, "<item id=\"ncx\" href=\"{path}\" media-type=\"{kind}\"/>");
        }
    }
    format!(
        "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"2.0\" unique-identifier=\"id\">\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Sách</dc:title>\
         <dc:language>vi</dc:language><dc:identifier id=\"id\">x</dc:identifier></metadata>\
         <manifest>{manifest}</manifest><spine toc=\"ncx\">{spine}</spine></package>"
    )
}

/// The files that a text stands for; of several with one path the first.
pub(crate) fn files(text: &[u8]) -> Vec<(&str, &[u8])> {
    let mut paths = HashSet::new();
    let parts = text.split(|&byte| byte == b'\x0C');
    let files = parts.filter_map(|part| {
        let end = part.iter().position(|&byte| byte == b'\n')?;
        Some((str::from_utf8(&part[..end]).ok()?, &part[end + 1..]))
    });
    files.filter(|(path, _)| paths.insert(*path)).collect()
}

/// An archive of files, stored as they are; a file that an archive cannot hold is left out.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        if zip.start_file(*path, options).is_ok() {
            zip.write_all(bytes).expect("memory takes what is written");
        }
    }
    zip.finish().expect("memory takes what is written").into_inner()
}
