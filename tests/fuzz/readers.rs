//! The readers of articles. A file is read or refused, and what is read keeps the promises of an article
//! and of its script.

use std::path::Path;

use docbao::text::readers::{self, Input};
use docbao::{FrontEnd, ReadingSettings};

use crate::archives;
use crate::campaign::{Attempt, Target};
use crate::promises;

/// The most bytes of a file: what takes too long in a larger one shows in this.
const LARGEST: usize = 1 << 14;

/// What the bytes of an input stand for.
type Meaning = fn(&[u8]) -> Vec<u8>;

/// Reads files of these names.
fn reads(names: &'static [&'static str], meaning: Meaning) -> Attempt {
    let front_end = FrontEnd::new(&ReadingSettings::default(), &|_| None).unwrap();
    Box::new(move |bytes| {
        let bytes = meaning(bytes);
        let said = names.iter().map(|name| {
            let input = Input { name, bytes: bytes[..].into(), ..Input::default() };
            match readers::read(input) {
                Ok(articles) => {
                    let kinds = articles.iter().flat_map(|article| &article.blocks);
                    let said: String =
                        kinds.take(12).map(|block| format!("{:?}", block.kind)).collect();
                    promises::check(articles, &front_end);
                    said
                }
                Err(error) => error.to_string(),
            }
        });
        said.collect()
    })
}

/// A target that reads files of some names; `=> MEANING` is what its bytes stand for.
macro_rules! target {
    ($name:literal, $names:expr, $seeds:expr) => {
        target!($name, $names, $seeds => <[u8]>::to_vec)
    };
    ($name:literal, $names:expr, $seeds:expr => $meaning:expr) => {
        Target {
            name: $name,
            largest: LARGEST,
            seeds: $seeds,
            made: |_| Vec::new(),
            open: |_| reads($names, $meaning),
        }
    };
}

pub(crate) fn targets() -> Vec<Target> {
    vec![
        target!(
            "plain",
            &["a.txt"],
            &["tests/cases/readers/bang-gia.txt", "tests/cases/readers/viqr.txt"]
        ),
        target!("markdown", &["a.md"], &["tests/cases/readers/bai-viet.md"]),
        target!("html", &["a.html"], &["tests/cases/readers/trang.html"]),
        target!("ssml", &["a.ssml"], &["tests/cases/readers/loi-doc.ssml"]),
        target!(
            "subtitles",
            &["a.srt", "a.vtt"],
            &["tests/cases/readers/ban-tin.srt", "tests/cases/readers/ban-tin.vtt"]
        ),
        target!("feed", &["a.rss"], &["tests/cases/readers/nguon-tin.rss"]),
        target!("email", &["a.eml"], &["tests/cases/readers/thu.eml"]),
        target!("chat", &["a.log"], &["tests/cases/readers/doan-chat.txt"]),
        target!("docx", &["a.docx"], &[] => archives::archive),
        target!("epub", &["a.epub"], &[] => archives::book),
        target!("bundle", &["a.zip"], &[] => archives::archive),
        target!("raw_archive", &["a.zip", "a.docx", "a.epub"], &[]),
        #[cfg(feature = "pdf")]
        target!("pdf", &["a.pdf"], &[]),
        Target {
            name: "sitemap",
            largest: LARGEST,
            seeds: &[],
            made: |_| Vec::new(),
            open: sitemap,
        },
    ]
}

fn sitemap(_: &Path) -> Attempt {
    Box::new(|bytes| {
        let input = Input { name: "sitemap.xml", bytes: bytes.into(), ..Input::default() };
        match readers::sitemap(&input) {
            Ok(found) => format!("{}", found.is_some()),
            Err(error) => error.to_string(),
        }
    })
}
