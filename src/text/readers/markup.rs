//! What the names of classes say about the elements of a web page; `tables/markup.tsv` has them.

use std::sync::OnceLock;

use dom_query::NodeRef;

use crate::model::article::BlockKind;
use crate::model::error::Error;
use crate::model::tables;

/// A row of the table.
struct Name {
    part: &'static str,
    kind: BlockKind,
    why: &'static str,
}

const FILE: &str = "src/text/readers/tables/markup.tsv";

fn names() -> &'static [Name] {
    static TABLE: OnceLock<Vec<Name>> = OnceLock::new();
    TABLE.get_or_init(|| load(include_str!("tables/markup.tsv")).unwrap_or_default())
}

fn load(text: &'static str) -> Result<Vec<Name>, Error> {
    let rows = tables::rows(FILE, text, &["name", "kind", "why"])?;
    let name = |(line, row): (usize, Vec<&'static str>)| {
        let kind = BlockKind::ALL.into_iter().find(|kind| kind.name() == row[1]);
        let kind =
            kind.ok_or_else(|| tables::bad_row(FILE, line, "there is no such kind of block"))?;
        let is_lower = !row[0].is_empty() && row[0] == row[0].to_lowercase();
        if !is_lower {
            return Err(tables::bad_row(FILE, line, "the name is empty or not in lower case"));
        }
        Ok(Name { part: row[0], kind, why: row[2] })
    };
    rows.into_iter().map(name).collect()
}

/// What an element is by the names of its classes, and why.
pub(super) fn kind_of(node: &NodeRef) -> Option<(BlockKind, &'static str)> {
    let values = ["class", "id"].map(|attribute| node.attr(attribute));
    values.iter().flatten().find_map(|value| {
        let value = value.to_lowercase();
        let name = names().iter().find(|name| value.contains(name.part))?;
        Some((name.kind, name.why))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_loads_and_a_bad_row_has_its_line() {
        assert!(load(include_str!("tables/markup.tsv")).unwrap().len() > 20);
        let bad = |text| load(text).err().unwrap().to_string();
        assert!(bad("name\tkind\twhy\nx\tnothing\ty\n").contains("line 2"));
        assert!(bad("name\tkind\twhy\nX\tcaption\ty\n").contains("line 2"));
    }
}
