//! Files that are not text, known by their first bytes.

use std::sync::OnceLock;

use crate::model::error::Error;
use crate::model::tables;

struct Signature {
    offset: usize,
    bytes: Vec<u8>,
    what: &'static str,
}

const FILE: &str = "src/text/readers/tables/signatures.tsv";

/// What the file is, as a phrase such as `a PNG picture`, if its first bytes say it.
pub(super) fn recognize(bytes: &[u8]) -> Option<&'static str> {
    static TABLE: OnceLock<Vec<Signature>> = OnceLock::new();
    let table =
        TABLE.get_or_init(|| load(include_str!("tables/signatures.tsv")).unwrap_or_default());
    let found = |bytes: &[u8]| {
        table
            .iter()
            .find(|s| bytes.get(s.offset..).is_some_and(|rest| rest.starts_with(&s.bytes)))
            .map(|s| s.what)
    };
    found(bytes).or_else(|| found(bytes.trim_ascii_start()))
}

fn load(text: &'static str) -> Result<Vec<Signature>, Error> {
    tables::rows(FILE, text, &["offset", "bytes", "what"])?
        .into_iter()
        .map(|(line, row)| {
            let bad = |reason: &str| tables::bad_row(FILE, line, reason);
            let offset = row[0].parse().map_err(|_| bad("the offset is not a number"))?;
            let hex = row[1].as_bytes();
            let bytes = hex
                .chunks(2)
                .map(|pair| {
                    let digits = std::str::from_utf8(pair).ok().filter(|d| d.len() == 2)?;
                    u8::from_str_radix(digits, 16).ok()
                })
                .collect::<Option<Vec<u8>>>()
                .filter(|bytes| bytes.len() >= 2)
                .ok_or_else(|| bad("the bytes are not two or more pairs of hexadecimal digits"))?;
            Ok(Signature { offset, bytes, what: row[2] })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_loads() {
        assert!(load(include_str!("tables/signatures.tsv")).unwrap().len() > 20);
    }

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        let error = load("offset\tbytes\twhat\n0\t5\tx\n").err().unwrap();
        assert!(error.to_string().contains("line 2"), "{error}");
    }

    #[test]
    fn files_are_known_by_their_first_bytes() {
        assert!(recognize(b"%PDF-1.7").unwrap().starts_with("a PDF document"));
        assert_eq!(recognize(b"\n <html><p>"), Some("a web page (HTML)"));
        assert_eq!(recognize("Bài viết".as_bytes()), None);
    }
}
