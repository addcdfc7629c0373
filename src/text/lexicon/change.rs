//! A reading put into the text of a lexicon, or taken out of it, with nothing else lost: comments, rows
//! and columns that are there stay as they are.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::entry::{Row, SpellSounds};
use super::rows::{self, is_row};
use crate::model::error::{Error, Hint};
use crate::model::message::message;

/// The line that parts what a user wrote from what is changed here.
const MARK: &str = "# Kept by docbao, which changes rows after this line.";

/// The same line as earlier versions wrote it.
const EARLIER_MARK: &str = "# Kept by the studio of docbao, which changes rows after this line.";

/// What a new lexicon begins with.
const HEADER: &str = "written\tsaid";

/// What is to become of the reading of a written form.
#[derive(Debug, Clone, Copy)]
pub(in crate::text) struct Change<'a> {
    pub written: &'a str,
    /// As it is said from now on; `None` if its reading is taken out.
    pub said: Option<&'a str>,
}

/// A lexicon of tab-separated values with a reading of a written form, which beats earlier ones; with
/// `None`, without it. Only rows after a line of comment that says so are ever changed or removed; new ones
/// are put at the end. `name` is the file's, for messages.
///
/// # Errors
/// [`ErrorKind::Table`](crate::model::error::ErrorKind::Table) if a row, the new one included, cannot be
/// understood; [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) if the written form cannot
/// be a row, a row that is the user's own is to be taken out, or tabs do not separate the values.
pub fn with_reading(
    name: &str,
    text: &str,
    written: &str,
    said: Option<&str>,
    spell: SpellSounds<'_>,
) -> Result<String, Error> {
    with_changes(name, text, &[Change { written, said }], spell)
}

/// As [`with_reading`], for several, one after another.
pub(in crate::text) fn with_changes(
    name: &str,
    text: &str,
    changes: &[Change<'_>],
    spell: SpellSounds<'_>,
) -> Result<String, Error> {
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let end = if body.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<String> = body.lines().map(str::to_owned).collect();
    if !lines.iter().any(|line| is_row(line)) {
        lines.push(HEADER.to_owned());
    }
    let header = lines.iter().find(|line| is_row(line)).map_or(HEADER, String::as_str).to_owned();
    if header.contains([',', ';']) && rows::delimiter(&header) != '\t' {
        let reason =
            message!("{name} is not separated by tabs, and only such lexicons are changed", name);
        let hint =
            Hint::run(&["lexicon", "import", name], "to take its readings into your lexicon");
        return Err(Error::request(reason).with_hint(hint));
    }
    let mut known = Known::of(&rows::rows(name, &lines.join("\n"))?, &lines);
    let mut gone = Vec::new();
    for Change { written, said } in changes {
        let written = single_spaced(written);
        if written.is_empty() || written.starts_with("# ") {
            let reason = message!("`{written}` cannot be the written form of a reading", written);
            return Err(Error::request(reason));
        }
        let by_user = known.by_user.get(&written);
        match said.map(single_spaced) {
            Some(said) => {
                let row = row(&header, &written, &said);
                match known.here.get(&written).and_then(|lines| lines.last()) {
                    Some(&last) => lines[last] = row,
                    None if by_user.is_some_and(|(_, already)| *already == said) => {}
                    None => {
                        if known.own == lines.len() && !lines.last().is_some_and(|it| is_mark(it)) {
                            lines.push(MARK.to_owned());
                        }
                        known.here.insert(written, vec![lines.len()]);
                        lines.push(row);
                    }
                }
            }
            None => match (known.here.remove(&written), by_user) {
                (None, Some((line, _))) => {
                    let reason = message!(
                        "line {line} of {name} says how `{written}` is read",
                        line,
                        name,
                        written
                    );
                    return Err(Error::request(message!(
                        "{reason}; it is yours to change",
                        reason
                    )));
                }
                (lines, _) => gone.extend(lines.unwrap_or_default()),
            },
        }
    }
    if lines.len() == body.lines().count() && gone.is_empty() && lines.iter().eq(body.lines()) {
        return Ok(text.to_owned());
    }
    let mut at = 0..;
    lines.retain(|_| at.next().is_none_or(|at| !gone.contains(&at)));
    let mut changed = mark.to_owned();
    changed.extend(lines.iter().flat_map(|line| [line.as_str(), end]));
    for row in rows::rows(name, &changed[mark.len()..])? {
        row.entry(name, spell)?;
    }
    Ok(changed)
}

/// Where a lexicon says how written forms are read wherever they are written so.
struct Known {
    /// How many lines are the user's own.
    own: usize,
    /// In the user's own lines: the number of the line, from 1, and what is said.
    by_user: HashMap<String, (usize, String)>,
    /// In the lines after them: their places.
    here: HashMap<String, Vec<usize>>,
}

impl Known {
    fn of(rows: &[Row], lines: &[String]) -> Known {
        let own = lines.iter().position(|line| is_mark(line)).map_or(lines.len(), |at| at + 1);
        let mut known = Known { own, by_user: HashMap::new(), here: HashMap::new() };
        let is_empty = |field: &str| field.trim().is_empty();
        for row in rows {
            let is_free = is_empty(&row.before) && is_empty(&row.after);
            if !is_free || row.case.trim() == "any" {
                continue;
            }
            let written = single_spaced(&row.written);
            if row.line <= own {
                known.by_user.insert(written, (row.line, single_spaced(&row.said)));
            } else {
                known.here.entry(written).or_default().push(row.line - 1);
            }
        }
        known
    }
}

/// Whether a line parts what a user wrote from what is changed here.
fn is_mark(line: &str) -> bool {
    [MARK, EARLIER_MARK].contains(&line.trim())
}

/// A new row, in the columns of the lexicon.
fn row(header: &str, written: &str, said: &str) -> String {
    let fields = header.split('\t').map(|column| match column.trim().to_lowercase().as_str() {
        "written" => written,
        "said" => said,
        _ => "",
    });
    rows::line(&fields.collect::<Vec<_>>())
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
        let error = put("written;said\n", "a", Some("a")).unwrap_err();
        assert!(error.contains("not separated by tabs") && error.contains("import"), "{error}");
    }

    #[test]
    fn a_lexicon_of_an_earlier_version_goes_on() {
        let earlier = format!("written\tsaid\nA\ta\n{EARLIER_MARK}\nB\tbê\n");
        let changed = put(&earlier, "B", Some("bờ")).unwrap();
        assert_eq!(changed, earlier.replace("bê", "bờ"));
        assert_eq!(put(&changed, "C", Some("xê")).unwrap(), format!("{changed}C\txê\n"));
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
