//! Tables that give phones a level.

use crate::model::error::Error;
use crate::model::phrase::Phone;
use crate::model::tables;

/// No level is further from 0, in dB.
const WIDEST: f32 = 24.0;

/// Reads a table of the columns `phone`, `db` and `source`: by [`Phone`] the level in dB, where it has a
/// row. All of `phones` must have one, and no others may.
///
/// # Errors
/// Of kind `Table` if a row is bad or is there twice, or a phone has none.
pub(super) fn read(file: &str, text: &str, phones: &[Phone]) -> Result<Vec<Option<f32>>, Error> {
    let mut levels = vec![None; Phone::ALL.len()];
    let mut end = 1;
    for (line, fields) in tables::rows(file, text, &["phone", "db", "source"])? {
        end = line;
        let bad = |reason: String| tables::bad_row(file, line, reason);
        let [symbol, level, _] = fields[..] else { continue };
        let phone = phones.iter().find(|phone| phone.symbol() == symbol);
        let phone = *phone.ok_or_else(|| bad(format!("no level is for {symbol}")))?;
        let level: f32 = level.parse().map_err(|_| bad(format!("not a number: {level}")))?;
        if !(-WIDEST..=WIDEST).contains(&level) {
            return Err(bad(format!("{level} is not between -{WIDEST} and {WIDEST}")));
        }
        if levels[phone as usize].replace(level).is_some() {
            return Err(bad(format!("{symbol} is here twice")));
        }
    }
    match phones.iter().find(|phone| levels[**phone as usize].is_none()) {
        Some(phone) => Err(tables::bad_row(file, end, format!("{phone} is missing"))),
        None => Ok(levels),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        let error = |rows: &str| {
            let text = format!("phone\tdb\tsource\n{rows}");
            read("l.tsv", &text, &[Phone::A, Phone::I]).unwrap_err().to_string()
        };
        assert_eq!(error("u\t1\tx\n"), "l.tsv, line 2: no level is for u");
        assert_eq!(error("a\tloud\tx\n"), "l.tsv, line 2: not a number: loud");
        assert_eq!(error("a\tNaN\tx\n"), "l.tsv, line 2: NaN is not between -24 and 24");
        assert_eq!(error("a\t1\tx\na\t1\tx\n"), "l.tsv, line 3: a is here twice");
        assert_eq!(error("a\t1\tx\n"), "l.tsv, line 2: i is missing");
    }
}
