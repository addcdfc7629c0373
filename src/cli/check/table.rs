//! Doubtful readings as a table that is a lexicon: a row for each written form.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::file_finding::FileFinding;
use crate::files::AtomicFile;
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::source_place::SourcePlace;
use crate::text::lexicon::is_possible;
use crate::voice::parametric::phonemize;

/// The columns: those of a lexicon, and what a person should know.
const COLUMNS: [&str; 5] = ["written", "said", "times", "others", "place"];

/// A table that is still to be written.
pub(super) struct Table {
    path: PathBuf,
    mark: u8,
}

/// What is known of a written form.
struct Row<'a> {
    written: String,
    /// What is said for it, and how often, in the order of the articles.
    said: Vec<(&'a str, usize)>,
    first: &'a FileFinding,
    times: usize,
}

impl Table {
    /// A table in a new file.
    ///
    /// # Errors
    /// Of kind `Request` if the file is there already: it may have corrections in it.
    pub(super) fn new(path: &Path) -> Result<Table, Error> {
        if path.exists() {
            let reason = message!(
                "{path} is there already and may have corrections in it: give another name, or remove it",
                path = path.display()
            );
            return Err(Error::request(reason));
        }
        let is_csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        Ok(Table { path: path.to_owned(), mark: if is_csv { b',' } else { b'\t' } })
    }

    /// Writes the readings, those first that are there most often; gives what to tell of it.
    ///
    /// # Errors
    /// Of kind `Write`.
    pub(super) fn write(&self, findings: &[FileFinding]) -> Result<Message, Error> {
        let rows = rows(findings);
        let mut file = AtomicFile::create(&self.path)?;
        let mut text = Vec::new();
        if self.mark == b',' {
            // Spreadsheets take it for another encoding without.
            text.extend_from_slice("\u{feff}".as_bytes());
        }
        let mut left_out = 0;
        {
            let mut out = csv::WriterBuilder::new().delimiter(self.mark).from_writer(&mut text);
            let failed = |error: csv::Error| Error::write(&self.path, error.into());
            out.write_record(COLUMNS).map_err(failed)?;
            for row in &rows {
                let said = if row.said[0].0.is_empty() { "-" } else { row.said[0].0 };
                if !is_possible(&row.written, said, &phonemize::spelling) {
                    left_out += 1;
                    continue;
                }
                let times = row.times.to_string();
                let fields = [&row.written, said, &times, &row.others(), &row.place()];
                out.write_record(fields).map_err(failed)?;
            }
            out.flush().map_err(|cause| Error::write(&self.path, cause))?;
        }
        file.write_all(&text).map_err(|cause| file.error(cause))?;
        file.finish()?;
        let (name, count) = (self.path.display(), rows.len() - left_out);
        Ok(match left_out {
            0 => message!(
                "{name}: {count} readings; correct what is wrong in the column said, and give \
                 --lexicon {name}",
                name,
                count
            ),
            left_out => message!(
                "{name}: {count} readings; {left_out} that no row can stand for are left out; \
                 correct what is wrong in the column said, and give --lexicon {name}",
                name,
                count,
                left_out
            ),
        })
    }
}

impl Row<'_> {
    /// What else it could be, and what else is said for it.
    fn others(&self) -> String {
        let said = self.said[1..].iter().map(|(said, _)| *said);
        let alternatives = self.first.finding.alternatives.iter().map(String::as_str);
        let mut others: Vec<&str> = Vec::new();
        for other in said.chain(alternatives) {
            if other != self.said[0].0 && !others.contains(&other) {
                others.push(other);
            }
        }
        others.join(" | ")
    }

    /// Where it is first.
    fn place(&self) -> String {
        let FileFinding { file, finding } = self.first;
        let file = finding.part.as_deref().unwrap_or(file);
        let place = SourcePlace { part: None, line: finding.line, column: finding.column };
        format!("{file}:{place}")
    }
}

/// The written forms, those first that are there most often.
fn rows(findings: &[FileFinding]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for found in findings {
        let finding = &found.finding;
        let written = finding.source.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = *places.entry(written.clone()).or_insert(rows.len());
        if place == rows.len() {
            rows.push(Row { written, said: Vec::new(), first: found, times: 0 });
        }
        let row = &mut rows[place];
        row.times += 1;
        match row.said.iter_mut().find(|(said, _)| *said == finding.said) {
            Some((_, times)) => *times += 1,
            None => row.said.push((&finding.said, 1)),
        }
    }
    for row in &mut rows {
        row.said.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.times));
    rows
}
