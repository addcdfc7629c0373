//! Lexicons of tab-separated values.

use super::entry::Row;
use crate::model::error::Error;
use crate::model::tables::bad_row;

/// The rows of a file of tab-separated values, the columns in the order its first line gives.
pub(super) fn rows(file: &str, text: &str) -> Result<Vec<Row>, Error> {
    const COLUMNS: [&str; 5] = ["written", "said", "case", "before", "after"];
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with("# "));
    let (line, header) = lines.next().unwrap_or((1, ""));
    let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
    let known = columns.iter().all(|column| COLUMNS.contains(column));
    if !known || !columns.contains(&"written") || !columns.contains(&"said") {
        let reason = "the first line names the columns, separated by tabs: written, said and \
                      optionally case, before, after";
        return Err(bad_row(file, line, reason));
    }
    lines
        .map(|(line, text)| {
            let fields: Vec<&str> = text.split('\t').collect();
            if fields.len() > columns.len() {
                let (have, want) = (fields.len(), columns.len());
                return Err(bad_row(file, line, format!("{have} fields under {want} columns")));
            }
            let mut row = Row { line, ..Row::default() };
            for (column, field) in columns.iter().zip(fields) {
                let place = match *column {
                    "written" => &mut row.written,
                    "said" => &mut row.said,
                    "case" => &mut row.case,
                    "before" => &mut row.before,
                    _ => &mut row.after,
                };
                field.clone_into(place);
            }
            Ok(row)
        })
        .collect()
}
