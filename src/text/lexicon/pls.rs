//! The W3C Pronunciation Lexicon Specification, version 1.0 (Recommendation of 14 October 2008).

use roxmltree::{Document, Node};

use super::entry::Row;
use crate::model::diag::Places;
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::tables::bad_row;
use crate::model::xml;

/// One row for every grapheme: with the lexeme's first alias, or else its first phoneme.
pub(super) fn rows(file: &str, text: &str) -> Result<Vec<Row>, Error> {
    xml::check(text).map_err(|(line, reason)| bad_row(file, line, reason))?;
    let document = Document::parse(text).map_err(|error| {
        bad_row(
            file,
            error.pos().row as usize,
            message!("not sound XML: {error}", error = error.to_string()),
        )
    })?;
    let mut places = Places::new(text);
    let mut line = |node: Node<'_, '_>| places.at(node.range().start).0;
    let root = document.root_element();
    if root.tag_name().name() != "lexicon" {
        return Err(bad_row(file, line(root), "the outermost element is not <lexicon>"));
    }
    let alphabet = root.attribute("alphabet").unwrap_or("ipa");
    let mut rows = Vec::new();
    for lexeme in root.children().filter(|node| node.has_tag_name_of("lexeme")) {
        let first = |name: &str| lexeme.children().find(|node| node.has_tag_name_of(name));
        let said = match (first("alias"), first("phoneme")) {
            (Some(alias), _) => alias.text().unwrap_or_default().to_owned(),
            (None, Some(phoneme)) => {
                let alphabet = phoneme.attribute("alphabet").unwrap_or(alphabet);
                if alphabet != "ipa" {
                    let reason = message!("phonemes are read in ipa, not in {alphabet}", alphabet);
                    return Err(bad_row(file, line(phoneme), reason));
                }
                format!("/{}/", phoneme.text().unwrap_or_default().trim())
            }
            (None, None) => {
                let reason = "the lexeme has neither <alias> nor <phoneme>";
                return Err(bad_row(file, line(lexeme), reason));
            }
        };
        for grapheme in lexeme.children().filter(|node| node.has_tag_name_of("grapheme")) {
            rows.push(Row {
                line: line(grapheme),
                written: grapheme.text().unwrap_or_default().to_owned(),
                said: said.clone(),
                ..Row::default()
            });
        }
    }
    Ok(rows)
}

/// Elements by their local name: files in the wild leave the namespace out.
trait LocalName {
    fn has_tag_name_of(&self, name: &str) -> bool;
}

impl LocalName for Node<'_, '_> {
    fn has_tag_name_of(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="vi">
"#;

    #[test]
    fn graphemes_take_the_alias_before_the_phoneme() {
        let text = format!(
            "{HEAD}<lexeme><grapheme>HĐND</grapheme><grapheme>HDND</grapheme><alias>Hội đồng nhân dân\
             </alias><phoneme>x</phoneme></lexeme>\n<lexeme><grapheme>Hà</grapheme><phoneme>h.a2\
             </phoneme></lexeme></lexicon>"
        );
        let rows = rows("a.pls", &text).unwrap();
        let said: Vec<_> =
            rows.iter().map(|r| (r.line, r.written.as_str(), r.said.as_str())).collect();
        assert_eq!(
            said,
            [
                (3, "HĐND", "Hội đồng nhân dân"),
                (3, "HDND", "Hội đồng nhân dân"),
                (4, "Hà", "/h.a2/")
            ]
        );
    }

    #[test]
    fn work_grows_with_the_file_alone() {
        const ROWS: usize = 200_000;
        let lexeme = "<lexeme><grapheme>a</grapheme><alias>b</alias></lexeme>\n";
        let text = format!("{HEAD}{}</lexicon>", lexeme.repeat(ROWS));
        let rows = rows("a.pls", &text).unwrap();
        assert_eq!((rows.len(), rows[ROWS - 1].line), (ROWS, ROWS + 2));
        let many: String = (0..ROWS).map(|at| format!(" a{at}=\"\"")).collect();
        let error = super::rows("a.pls", &format!("{HEAD}<lexeme{many}/></lexicon>")).unwrap_err();
        assert!(
            error.to_string().starts_with("a.pls, line 3: an element has more than"),
            "{error}"
        );
    }

    #[test]
    fn what_cannot_be_read_is_an_error_with_its_line() {
        for (body, line, reason) in [
            ("<lexeme></lexicon>", 3, "XML"),
            ("\n<lexeme><grapheme>a</grapheme></lexeme></lexicon>", 4, "neither"),
            (
                "<lexeme><grapheme>a</grapheme><phoneme alphabet=\"x-sampa\">a</phoneme></lexeme></lexicon>",
                3,
                "x-sampa",
            ),
        ] {
            let error = rows("a.pls", &format!("{HEAD}{body}")).unwrap_err().to_string();
            assert!(error.starts_with(&format!("a.pls, line {line}: ")), "{error}");
            assert!(error.contains(reason), "{error}");
        }
    }
}
