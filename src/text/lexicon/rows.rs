//! Lexicons as tables of text: separated by tabs, commas or semicolons, as editors and spreadsheets write
//! them.

use super::entry::Row;
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::tables::bad_row;

/// The columns that say something.
pub(super) const COLUMNS: [&str; 5] = ["written", "said", "case", "before", "after"];

/// Columns for people, which change nothing.
pub(super) const REMARKS: [&str; 5] = ["times", "others", "place", "sentence", "note"];

/// More lines than this in one field are a quotation mark that was not closed.
const MOST_LINES: usize = 100;

/// Whether a line is no comment.
pub(super) fn is_row(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with("# ")
}

/// What parts the fields of a table whose first line, which names the columns, is this.
pub(super) fn delimiter(header: &str) -> char {
    ['\t', ';', ','].into_iter().find(|&mark| header.contains(mark)).unwrap_or('\t')
}

/// The rows of a table, the columns in the order its first line gives.
pub(super) fn rows(file: &str, text: &str) -> Result<Vec<Row>, Error> {
    let mut lines =
        text.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| is_row(line));
    let (line, header) = lines.next().unwrap_or((1, ""));
    let mark = delimiter(header);
    let columns: Vec<String> =
        fields(header, mark).iter().map(|column| column.trim().to_lowercase()).collect();
    let has = |name: &str| columns.iter().any(|column| column == name);
    let is_known =
        |column: &String| COLUMNS.contains(&column.as_str()) || REMARKS.contains(&column.as_str());
    if !columns.iter().all(is_known) || !has("written") || !has("said") {
        let reason = "the first line names the columns, separated by tabs, commas or semicolons: written, \
                      said and optionally case, before, after";
        return Err(bad_row(file, line, reason));
    }
    let mut rows = Vec::new();
    while let Some((line, text)) = lines.next() {
        let mut text = text.to_owned();
        let mut count = 1;
        while is_open(&text, mark) && mark != '\t' {
            let next = lines.next().filter(|_| count < MOST_LINES);
            let Some((_, next)) = next else {
                return Err(bad_row(file, line, "a quotation mark is not closed"));
            };
            count += 1;
            text.push('\n');
            text.push_str(next);
        }
        let fields = fields(&text, mark);
        if fields.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if fields.len() > columns.len() {
            let (have, want) = (fields.len(), columns.len());
            return Err(bad_row(
                file,
                line,
                message!("{have} fields under {want} columns", have, want),
            ));
        }
        let mut row = Row { line, ..Row::default() };
        for (column, field) in columns.iter().zip(fields) {
            match column.as_str() {
                "written" => row.written = field,
                "said" => row.said = field,
                "case" => row.case = field,
                "before" => row.before = field,
                "after" => row.after = field,
                _ => {}
            }
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Whether the last field of a row is quoted and does not end in it.
fn is_open(row: &str, mark: char) -> bool {
    let begins = row.starts_with('"') || row.contains(&format!("{mark}\""));
    begins && row.matches('"').count() % 2 == 1
}

/// The fields of a row, without quotation marks around them. In a row that tabs separate, those that are
/// not closed are text.
fn fields(row: &str, mark: char) -> Vec<String> {
    let literal = || row.split(mark).map(str::to_owned).collect();
    if !row.contains('"') || is_open(row, mark) {
        return literal();
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(mark as u8)
        .has_headers(false)
        .from_reader(row.as_bytes());
    match reader.records().next() {
        Some(Ok(record)) => record.iter().map(str::to_owned).collect(),
        _ => literal(),
    }
}

/// A row of fields that tabs separate, which is read back as it is.
pub(super) fn line(fields: &[&str]) -> String {
    let quoted = |field: &&str| match field.starts_with('"') {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => (*field).to_owned(),
    };
    fields.iter().map(quoted).collect::<Vec<_>>().join("\t").trim_end_matches('\t').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, String, String)> {
        let rows = rows("a.csv", text).unwrap();
        rows.into_iter().map(|row| (row.line, row.written, row.said)).collect()
    }

    #[test]
    fn tables_of_spreadsheets_are_read_with_the_lines_of_their_rows() {
        let row = |line, written: &str, said: &str| (line, written.to_owned(), said.to_owned());
        for text in [
            "# x\n\nwritten\tsaid\nTP\tthành phố\n\t\n\"A \"\"B\"\"\"\ta bê\n",
            "# x\n\nWritten,said\nTP,thành phố\n,\n\"A \"\"B\"\"\",a bê\n",
            "# x\n\n\"written\";\"said\"\nTP;thành phố\n;\n\"A \"\"B\"\"\";\"a bê\"\n",
            "# x\r\n\r\nnote;written;said\r\n;TP;thành phố\r\n;;\r\nx;\"A \"\"B\"\"\";a bê\r\n",
        ] {
            assert_eq!(
                read(text),
                [row(4, "TP", "thành phố"), row(6, "A \"B\"", "a bê")],
                "{text}"
            );
        }
        assert_eq!(
            read("written,said\n\"A\nB\",\"a, bê\"\nC,xê\n"),
            [row(2, "A\nB", "a, bê"), row(4, "C", "xê")]
        );
        // What was never quoted is as it was.
        assert_eq!(read("written\tsaid\n\"\ta\n5\"\tb\n"), [row(2, "\"", "a"), row(3, "5\"", "b")]);
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_is_an_error_with_its_line() {
        let text = format!("written,said\nTP,a\n\"B,b\n{}", "c,d\n".repeat(200));
        let error = rows("a.csv", &text).unwrap_err().to_string();
        assert_eq!(error, "a.csv, line 3: a quotation mark is not closed");
    }

    #[test]
    fn a_row_is_read_back_as_it_was_written() {
        for written in ["TP", "\"A\" B", "5\"", "a,b;c"] {
            let text = format!("written\tsaid\n{}\n", line(&[written, "lời"]));
            assert_eq!(read(&text), [(2, written.to_owned(), "lời".to_owned())]);
        }
    }
}
