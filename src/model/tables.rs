//! Reads the project's data tables: tab-separated values with `#` comment lines and a header row.

use std::collections::HashSet;

use crate::model::error::Error;
use crate::model::message::{Message, message};

/// The rows of a table, each with its line number (from 1) and as many fields as `columns`.
/// Lines that are empty or start with `# ` are comments; the first other line is the header.
///
/// # Errors
/// Of kind `Table` if the header does not name exactly `columns`, or a row has another number of
/// fields.
pub fn rows<'a>(
    file: &str,
    text: &'a str,
    columns: &[&str],
) -> Result<Vec<(usize, Vec<&'a str>)>, Error> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with("# "));
    let (line, header) = lines.next().unwrap_or((1, ""));
    if header.split('\t').ne(columns.iter().copied()) {
        let expected = columns.join(" ⇥ ");
        return Err(bad_row(
            file,
            line,
            message!("the header row must read: {expected}", expected),
        ));
    }
    lines
        .map(|(line, row)| {
            let fields: Vec<_> = row.split('\t').collect();
            if fields.len() == columns.len() {
                Ok((line, fields))
            } else {
                let (have, want) = (fields.len(), columns.len());
                Err(bad_row(
                    file,
                    line,
                    message!("{have} fields where the header has {want}", have, want),
                ))
            }
        })
        .collect()
}

/// The words of a table of one column. `fault` says what is wrong with a word, if anything.
///
/// # Errors
/// As [`rows`]; of kind `Table` if a word is faulty or is listed twice.
pub fn words<'a>(
    file: &str,
    text: &'a str,
    column: &str,
    fault: impl Fn(&str) -> Option<&'static str>,
) -> Result<HashSet<&'a str>, Error> {
    let mut words = HashSet::new();
    for (line, row) in rows(file, text, &[column])? {
        let word = row[0];
        if let Some(reason) = fault(word) {
            return Err(bad_row(file, line, format!("{word}: {reason}")));
        }
        if !words.insert(word) {
            return Err(bad_row(file, line, message!("{word} is listed twice", word)));
        }
    }
    Ok(words)
}

/// The error for a row with a wrong value.
pub fn bad_row(file: &str, line: usize, reason: impl Into<Message>) -> Error {
    Error::table(file.to_owned(), line, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_carry_their_line_numbers() {
        let table = "# source\nname\tvalue\na\t1\n\nb\t2\n";
        let rows = rows("t.tsv", table, &["name", "value"]).unwrap();
        assert_eq!(rows, [(3, vec!["a", "1"]), (5, vec!["b", "2"])]);
    }

    #[test]
    fn a_short_row_is_an_error_with_its_line() {
        let error = rows("t.tsv", "name\tvalue\na\t1\nb\n", &["name", "value"]).unwrap_err();
        assert_eq!(error.to_string(), "t.tsv, line 3: 1 fields where the header has 2");
    }

    #[test]
    fn a_wrong_header_is_an_error() {
        let error = rows("t.tsv", "x\ty\n", &["name", "value"]).unwrap_err();
        assert!(error.to_string().contains("name ⇥ value"), "{error}");
    }
}
