//! What a feed says in words: authors that are none, descriptions that end in the middle.

use crate::model::message::{Message, message};
use crate::model::tables;

const TABLE: &str = include_str!("../tables/not_authors.tsv");
const COLUMNS: [&str; 3] = ["text", "how", "kind"];

/// Longer texts of one sentence end with a full stop.
const LONG: usize = 100;

/// Why this is no author, if it is known to be something else.
pub(super) fn author_fault(author: &str) -> Option<Message> {
    let said = author.to_lowercase();
    let said = said.trim_matches(|c: char| !c.is_alphanumeric());
    // The table is part of the program; a test reads all of it.
    let rows = tables::rows("not_authors.tsv", TABLE, &COLUMNS).unwrap_or_default();
    let found = rows.iter().find(|(_, fields)| {
        let text = fields[0].to_lowercase();
        match fields[1] {
            "is" => said == text,
            "begins" => said
                .strip_prefix(&*text)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)),
            _ => said.contains(&*text),
        }
    })?;
    let is = match found.1[2] {
        "place" => message!("a place"),
        _ => message!("a credit"),
    };
    Some(message!(
        "the author `{author}` is {is}; write who wrote it as `author:` in the front matter",
        author,
        is
    ))
}

/// Whether a description ends in the middle of a sentence: with an ellipsis, with a sign that something
/// follows, or without a full stop after a whole sentence or a long one.
pub(super) fn is_cut(text: &str) -> bool {
    let text = text.trim();
    let inner = text.trim_end_matches(['"', '”', '»', ')', ']']);
    if inner.ends_with('…')
        || inner.ends_with("...")
        || inner.ends_with([',', ';', ':', '-', '–', '—'])
    {
        return true;
    }
    let is_open = inner.ends_with(char::is_alphanumeric);
    let has_sentence = text.contains(". ") || text.contains("? ") || text.contains("! ");
    is_open && inner.len() == text.len() && (has_sentence || text.chars().count() > LONG)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_loads_whole() {
        let rows = tables::rows("not_authors.tsv", TABLE, &COLUMNS).unwrap();
        for (line, fields) in rows {
            assert!(["is", "begins", "holds"].contains(&fields[1]), "{line}");
            assert!(["place", "credit"].contains(&fields[2]), "{line}");
        }
    }

    #[test]
    fn places_and_credits_are_no_authors() {
        for author in ["Hà Nội", "TP.HCM", "Tin, ảnh: Minh", "Minh Phương thực hiện", "ảnh: TTXVN"]
        {
            assert!(
                author_fault(author).is_some_and(|it| it.to_string().contains(author)),
                "{author}"
            );
        }
        for author in ["Theo TTXVN", "Minh Phương", "Nguyễn Hà", "Huế Nguyễn", "Ánh Tuyết"]
        {
            assert_eq!(author_fault(author), None, "{author}");
        }
    }

    #[test]
    fn texts_that_stop_are_told_from_whole_ones() {
        for cut in ["Mưa to…", "Mưa to ở...", "Mưa to. Gió mạnh ở", "Mưa to,", &"mưa ".repeat(30)]
        {
            assert!(is_cut(cut), "{cut}");
        }
        for whole in
            ["Mưa to.", "Mưa to", "Mưa to. Gió mạnh!", "Ông nói: \"Mưa.\"", "Mưa (to. nhỏ)"]
        {
            assert!(!is_cut(whole), "{whole}");
        }
    }
}
