//! Pages written after the markup of Vietnamese sites: what of them is read, and what is not.
//! `tests/pages/README.md` says how an expectation is written.

use std::fs;
use std::path::{Path, PathBuf};

use docbao::ReadingPolicy;
use docbao::model::article::BlockKind;
use docbao::text::readers::{self, Input};

/// The words of a text, in lower case.
fn words(text: &str) -> Vec<String> {
    // Raised and lowered digits are digits.
    let plain = |c: char| match c {
        '²' => '2',
        '³' => '3',
        '₀'..='₉' => char::from(b'0' + (u32::from(c) - u32::from('₀')) as u8),
        c => c,
    };
    let text: String = text.chars().map(plain).collect();
    let split = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    split.map(str::to_lowercase).collect()
}

/// Where `part` is in `whole`, from a place on.
fn find(whole: &[String], part: &[String], from: usize) -> Option<usize> {
    let from = from.min(whole.len());
    let place = whole[from..].windows(part.len().max(1)).position(|window| window == part);
    place.map(|place| from + place)
}

/// What is wrong with what is read of a page.
fn faults(page: &Path) -> Vec<String> {
    let name = page.file_name().unwrap().to_str().unwrap();
    let expected = fs::read_to_string(page.with_extension("txt")).unwrap();
    let bytes = fs::read(page).unwrap();
    let articles = readers::read(Input { name, bytes: bytes.into(), ..Input::default() });
    let article = match articles {
        Ok(mut articles) => articles.remove(0),
        Err(error) => return vec![error.to_string()],
    };
    let policy = ReadingPolicy::default();
    let blocks: Vec<_> = article.read(&policy).collect();
    let read: Vec<String> = blocks.iter().flat_map(|block| words(article.text_of(block))).collect();
    let is_wanted = |line: &&str| !line.starts_with(['#', '!', '=', '~']);
    let wanted: Vec<String> = expected.lines().filter(is_wanted).flat_map(words).collect();
    let mut faults = Vec::new();
    let mut allowed = Vec::new();
    let mut place = 0;
    for line in expected.lines().filter(|line| !line.starts_with("# ") && !line.trim().is_empty()) {
        if let Some(forbidden) = line.strip_prefix("! ") {
            let forbidden = words(forbidden);
            // A keyword may be in the article too.
            if find(&wanted, &forbidden, 0).is_none() && find(&read, &forbidden, 0).is_some() {
                faults.push(format!("is read: {line}"));
            }
        } else if let Some(row) = line.strip_prefix("= ") {
            let missing: Vec<_> =
                words(row).into_iter().filter(|word| !read.contains(word)).collect();
            if !missing.is_empty() {
                faults.push(format!("of a row is not read: {}", missing.join(" ")));
            }
        } else if let Some(may) = line.strip_prefix("~ ") {
            allowed.extend(words(may));
        } else {
            let wanted = words(line);
            match find(&read, &wanted, place) {
                Some(at) => place = at + wanted.len(),
                None if find(&read, &wanted, 0).is_some() => {
                    faults.push(format!("is read out of order: {line}"));
                }
                None => faults.push(format!("is not read: {line}")),
            }
            allowed.extend(wanted);
        }
    }
    for block in blocks.iter().filter(|block| block.kind != BlockKind::Table) {
        let found = words(article.text_of(block));
        // The numbers of ordered lists are said, and stand in no text.
        let bare = match found.split_first() {
            Some((first, rest)) if first.bytes().all(|b| b.is_ascii_digit()) => rest,
            _ => &found[..],
        };
        if find(&allowed, &found, 0).is_none() && find(&allowed, bare, 0).is_none() {
            faults.push(format!("is read too: {}", article.line_of(block)));
        }
    }
    faults
}

#[test]
fn of_every_page_the_article_is_read_and_nothing_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut pages: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    pages.sort();
    assert!(pages.len() >= 59, "the pages are gone");
    // Pages on which something is known to be wrong, each with what it is.
    let open = include_str!("../pages/open.txt");
    let open: Vec<&str> = open
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .map(|(page, _)| page)
        .collect();
    let mut wrong = Vec::new();
    for page in &pages {
        let faults = faults(page);
        let name = page.file_stem().unwrap().to_string_lossy().into_owned();
        if open.contains(&name.as_str()) {
            if faults.is_empty() {
                wrong.push(format!("{name}: nothing is wrong any more; take it out of open.txt"));
            }
        } else if !faults.is_empty() {
            wrong.push(format!("{name}:\n  {}", faults.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), pages.len(), wrong.join("\n"));
}
