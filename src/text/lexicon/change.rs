//! A reading put into the text of a lexicon, or taken out of it, with nothing else lost: comments, rows
//! and columns that are there stay as they are.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::entry::{Row, SpellSounds};
use super::tsv;
use crate::model::error::Error;

/// The line that parts what a user wrote from what is changed here.
const MARK: &str = "# Kept by the studio of docbao, which changes rows after this line.";

/// What a new lexicon begins with.
const HEADER: &str = "written\tsaid";

/// A lexicon of tab-separated values with a reading of a written form, which beats earlier ones; with
/// `None`, without it. Only rows after a line of comment that says so are ever changed or removed; new ones
/// are put at the end. `name` is the file's, for messages.
///
/// # Errors
/// [`ErrorKind::Table`](crate::model::error::ErrorKind::Table) if a row, the new one included, cannot be
/// understood; [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) if the written form cannot
/// be a row, or a row that is the user's own is to be taken out.
pub fn with_reading(
    name: &str,
    text: &str,
    written: &str,
    said: Option<&str>,
    spell: SpellSounds<'_>,
) -> Result<String, Error> {
    let written = single_spaced(written);
    if written.is_empty() || written.starts_with("# ") {
        return Err(Error::request(format!("`{written}` cannot be the written form of a reading")));
    }
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let end = if body.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<String> = body.lines().map(str::to_owned).collect();
    if !lines.iter().any(|line| is_row(line)) {
        lines.push(HEADER.to_owned());
    }
    let rows = tsv::rows(name, &lines.join("\n"))?;
    let own = lines.iter().position(|line| line.trim() == MARK).map_or(lines.len(), |at| at + 1);
    let same = |lines: Range<usize>| {
        let is_same = |row: &&Row| lines.contains(&(row.line - 1)) && is_of(row, &written);
        rows.iter().filter(is_same).collect::<Vec<_>>()
    };
    let (by_user, here) = (same(0..own), same(own..lines.len()));
    match said.map(single_spaced) {
        Some(said) => {
            let row = row(&lines, &written, &said);
            match here.last() {
                Some(last) => lines[last.line - 1] = row,
                None if by_user.last().is_some_and(|last| single_spaced(&last.said) == said) => {
                    return Ok(text.to_owned());
                }
                None => {
                    if own == lines.len() && lines.last().is_none_or(|last| last.trim() != MARK) {
                        lines.push(MARK.to_owned());
                    }
                    lines.push(row);
                }
            }
        }
        None => {
            if let Some(last) = by_user.last().filter(|_| here.is_empty()) {
                let line = last.line;
                let reason = format!("line {line} of {name} says how `{written}` is read");
                return Err(Error::request(format!("{reason}; it is yours to change")));
            }
            let gone: Vec<usize> = here.iter().map(|row| row.line - 1).collect();
            let mut at = 0..;
            lines.retain(|_| at.next().is_none_or(|at| !gone.contains(&at)));
        }
    }
    let mut changed = mark.to_owned();
    changed.extend(lines.iter().flat_map(|line| [line.as_str(), end]));
    for row in tsv::rows(name, &changed[mark.len()..])? {
        row.entry(name, spell)?;
    }
    Ok(changed)
}

/// Whether a line is no comment.
fn is_row(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with("# ")
}

/// Whether a row says how this form is read wherever it is written so.
fn is_of(row: &Row, written: &str) -> bool {
    let is_empty = |field: &str| field.trim().is_empty();
    let is_free = is_empty(&row.before) && is_empty(&row.after);
    is_free && row.case.trim() != "any" && single_spaced(&row.written) == written
}

/// A new row, in the columns of the lexicon.
fn row(lines: &[String], written: &str, said: &str) -> String {
    let header = lines.iter().find(|line| is_row(line)).map_or(HEADER, String::as_str);
    let fields = header.split('\t').map(|column| match column.trim() {
        "written" => written,
        "said" => said,
        _ => "",
    });
    fields.collect::<Vec<_>>().join("\t").trim_end_matches('\t').to_owned()
}

fn single_spaced(text: &str) -> String {
    text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    fn put(text: &str, written: &str, said: Option<&str>) -> Result<String, String> {
        with_reading("a.tsv", text, written, said, &|_| None).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_there_stays_and_what_was_put_there_changes() {
        let own =
            "# Tên riêng\r\nsaid\tcase\twritten\r\n\r\nmét xi\tany\tMessi\r\n# hết\r\nhát đê\t\tHĐ";
        let once = put(own, "HĐND", Some("hội  đồng nhân dân")).unwrap();
        assert_eq!(once, format!("{own}\r\n{MARK}\r\nhội đồng nhân dân\t\tHĐND\r\n"));
        let twice = put(&once, "TP", Some("thành phố")).unwrap();
        let changed = put(&twice, "HĐND", Some("hội đồng")).unwrap();
        let expected = format!("{own}\r\n{MARK}\r\nhội đồng\t\tHĐND\r\nthành phố\t\tTP\r\n");
        assert_eq!(changed, expected);
        // A row of the user's is beaten and not changed.
        let beaten = put(&changed, "HĐ", Some("hợp đồng")).unwrap();
        assert_eq!(beaten, format!("{expected}hợp đồng\t\tHĐ\r\n"));
        assert_eq!(put(&beaten, "TP", None).unwrap(), beaten.replace("thành phố\t\tTP\r\n", ""));
        assert_eq!(put(&beaten, "HĐ", None).unwrap(), changed);
        let refused = put(&changed, "HĐ", None).unwrap_err();
        assert!(refused.contains("line 6 of a.tsv") && refused.contains("yours"), "{refused}");
        // One that says the same already needs none.
        assert_eq!(put(own, "HĐ", Some("hát đê")).unwrap(), own);
    }

    #[test]
    fn a_lexicon_begins_with_its_columns() {
        for empty in ["", "\n", "# Của tôi\n", "\u{feff}"] {
            let text = put(empty, "A/B", Some("a hoặc bê")).unwrap();
            assert_eq!(text, format!("{empty}{HEADER}\n{MARK}\nA/B\ta hoặc bê\n"));
            let none = put(&text, "A/B", None).unwrap();
            assert_eq!(put(&none, "A/B", Some("a hoặc bê")).unwrap(), text);
        }
    }

    #[test]
    fn what_cannot_be_a_reading_changes_nothing() {
        for (written, said, expected) in [
            ("", "a", "cannot be the written form"),
            ("# a", "a", "cannot be the written form"),
            ("a", "1", "write numbers in words"),
            ("a", "", "is not words"),
            ("a", "/x/", "is not the sounds"),
        ] {
            let error = put("written\tsaid\n", written, Some(said)).unwrap_err();
            assert!(error.contains(expected), "{written}: {error}");
        }
        assert!(put("written\n", "a", Some("a")).unwrap_err().contains("names the columns"));
    }

    proptest! {
        #[test]
        fn whatever_is_changed_what_a_user_wrote_is_still_there(
            lines in vec(select(vec!["", "# Của tôi", "Messi\tmét xi", "HĐ\thát đê", "TP HCM\tsài gòn", " "]), 0..8),
            end in select(vec!["\n", "\r\n"]),
            changes in vec((select(vec!["HĐ", "Messi", "TP HCM", "XQ"]), option::of(select(vec!["a", "bê xê"]))), 0..12),
        ) {
            let own: String = ["written\tsaid"].iter().chain(&lines).flat_map(|line| [line, end]).collect();
            let mut text = own.clone();
            for (written, said) in changes {
                let Ok(changed) = put(&text, written, said) else { continue };
                text = changed;
                prop_assert!(text.starts_with(&own));
                let last = text.lines().rev().find(|line| line.starts_with(&format!("{written}\t")));
                if let Some(said) = said {
                    prop_assert_eq!(last, Some(&*format!("{written}\t{said}")));
                }
            }
            let rows = text[own.len()..].lines().count();
            prop_assert!(rows <= 1 + 4, "{}", text);
        }
    }
}
