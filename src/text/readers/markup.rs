//! What the names of classes say about the elements of a web page; `tables/markup.tsv` has them.

use std::sync::OnceLock;

use dom_query::NodeRef;

use crate::model::article::BlockKind;
use crate::model::error::Error;
use crate::model::tables;

/// A row of the table.
struct Name {
    part: &'static str,
    /// Whether it counts for parts of lines too.
    is_anywhere: bool,
    kind: BlockKind,
    why: &'static str,
}

const FILE: &str = "src/text/readers/tables/markup.tsv";

fn names() -> &'static [Name] {
    static TABLE: OnceLock<Vec<Name>> = OnceLock::new();
    TABLE.get_or_init(|| load(include_str!("tables/markup.tsv")).unwrap_or_default())
}

fn load(text: &'static str) -> Result<Vec<Name>, Error> {
    let rows = tables::rows(FILE, text, &["name", "where", "kind", "why"])?;
    let name = |(line, row): (usize, Vec<&'static str>)| {
        let kind = BlockKind::ALL.into_iter().find(|kind| kind.name() == row[2]);
        let kind =
            kind.ok_or_else(|| tables::bad_row(FILE, line, "there is no such kind of block"))?;
        let is_lower = !row[0].is_empty() && row[0] == row[0].to_lowercase();
        if !is_lower {
            return Err(tables::bad_row(FILE, line, "the name is empty or not in lower case"));
        }
        let is_anywhere = match row[1] {
            "any" => true,
            "block" => false,
            _ => return Err(tables::bad_row(FILE, line, "`where` is neither any nor block")),
        };
        Ok(Name { part: row[0], is_anywhere, kind, why: row[3] })
    };
    rows.into_iter().map(name).collect()
}

/// What an element is by the names of its classes and the like, and why.
pub(super) fn kind_of(node: &NodeRef) -> Option<(BlockKind, &'static str)> {
    named(node).map(|name| (name.kind, name.why))
}

/// As [`kind_of`], for an element that is part of a line.
pub(super) fn kind_in_line(node: &NodeRef) -> Option<(BlockKind, &'static str)> {
    named(node).filter(|name| name.is_anywhere).map(|name| (name.kind, name.why))
}

/// The row of the table that an element's names fit.
fn named(node: &NodeRef) -> Option<&'static Name> {
    const ATTRIBUTES: [&str; 5] = ["class", "id", "aria-labelledby", "data-component", "data-e2e"];
    let values = ATTRIBUTES.map(|attribute| node.attr(attribute));
    values.iter().flatten().find_map(|value| {
        let value = value.to_lowercase();
        names().iter().find(|name| value.contains(name.part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_loads_and_a_bad_row_has_its_line() {
        assert!(load(include_str!("tables/markup.tsv")).unwrap().len() > 20);
        let bad = |text| load(text).err().unwrap().to_string();
        assert!(bad("name\twhere\tkind\twhy\nx\tany\tnothing\ty\n").contains("line 2"));
        assert!(bad("name\twhere\tkind\twhy\nX\tany\tcaption\ty\n").contains("line 2"));
    }
}
