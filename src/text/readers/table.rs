//! Tables of a page as lines that can be read aloud: each row by itself, each cell after its heading.

use dom_query::NodeRef;

/// A cell that is longer, in characters, is a column of a layout.
const LONGEST_CELL: usize = 400;

/// The name of a column is no longer than this, in characters.
const LONGEST_HEAD: usize = 50;

/// Larger tables are read without their headings, which would be said thousands of times.
const MOST_CELLS: usize = 20_000;

/// The rows of a table that holds data; `None` if it only lays a page out. Cells are separated by
/// semicolons, and each follows the heading of its column where there is one. `line_of` gives the text of
/// a cell.
pub(super) fn rows(table: &NodeRef, line_of: fn(&NodeRef) -> String) -> Option<Vec<String>> {
    let rows: Vec<NodeRef> =
        table.descendants_it().filter(|node| node.has_name("tr") && belongs(node, table)).collect();
    let grid: Vec<Vec<NodeRef>> = rows.iter().map(cells).filter(|row| !row.is_empty()).collect();
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    let is_layout = width < 2
        || grid.len() < 2
        || grid
            .iter()
            .flatten()
            .any(|cell| cell.normalized_char_count() > LONGEST_CELL || has(cell, "table"));
    if is_layout || holds_picture(table) {
        return None;
    }
    let texts: Vec<Vec<String>> =
        grid.iter().map(|row| row.iter().map(line_of).collect()).collect();
    let is_head = |cell: &NodeRef| {
        let group = cell.parent().and_then(|row| row.parent());
        cell.has_name("th") || group.is_some_and(|group| group.has_name("thead"))
    };
    let says_head = grid[0].iter().all(is_head);
    Some(if says_head { with_head(&texts) } else { lines(&texts) })
}

/// The rows of a table as lines. The first names the columns if it alone has no numbers in any column
/// but the first.
pub(super) fn lines(rows: &[Vec<String>]) -> Vec<String> {
    let Some((first, others)) = rows.split_first() else { return Vec::new() };
    let has_digit = |text: &&String| text.contains(|c: char| c.is_ascii_digit());
    let numbers = |row: &[String]| row.iter().skip(1).filter(has_digit).count();
    let names = first.len() > 1 && first.iter().all(|text| !text.is_empty()) && numbers(first) == 0;
    let counted = others.iter().filter(|row| numbers(row) > 0).count();
    let is_even = others.iter().all(|row| row.len() == first.len());
    let is_short = first.iter().all(|text| text.chars().count() <= LONGEST_HEAD);
    if names && is_short && is_even && counted * 2 > others.len() {
        return with_head(rows);
    }
    rows.iter().map(|row| line(&[], row)).filter(|line| !line.is_empty()).collect()
}

/// The rows of a table whose first names the columns.
fn with_head(rows: &[Vec<String>]) -> Vec<String> {
    let (head, body) = rows.split_first().map_or((&[][..], rows), |(head, body)| (&head[..], body));
    let is_small = rows.iter().map(Vec::len).sum::<usize>() <= MOST_CELLS;
    let head = if is_small { head } else { &[] };
    body.iter().map(|row| line(head, row)).filter(|line| !line.is_empty()).collect()
}

/// The cells of a row.
fn cells<'a>(row: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    row.children_it(false).filter(|cell| cell.has_name("td") || cell.has_name("th")).collect()
}

/// Whether a table has a picture in it and little text.
fn holds_picture(table: &NodeRef) -> bool {
    let has_picture = has(table, "img");
    has_picture && table.normalized_char_count() <= LONGEST_CELL
}

/// Whether a table is there for one picture and one line of text in a row below it.
/// `blocks_in` counts the blocks of text in an element.
pub(super) fn is_picture(table: &NodeRef, blocks_in: fn(&NodeRef) -> usize) -> bool {
    if !holds_picture(table) {
        return false;
    }
    let mut has_picture = false;
    let mut text = None;
    for row in table.descendants_it().filter(|node| node.has_name("tr")) {
        let is_silent = row.text().trim().is_empty();
        let shows = has(&row, "img");
        match (is_silent, shows) {
            (true, _) => has_picture |= shows,
            (false, false) if has_picture && text.is_none() => text = Some(row),
            // Text beside or above a picture is what the picture illustrates.
            (false, _) => return false,
        }
    }
    text.is_some_and(|row| blocks_in(&row) == 1)
}

/// Whether there is an element of this name inside another.
pub(super) fn has(node: &NodeRef, name: &str) -> bool {
    node.descendants_it().any(|inner| inner.has_name(name))
}

/// Whether a row is one of this table, not of one inside it.
fn belongs(row: &NodeRef, table: &NodeRef) -> bool {
    row.ancestors_it(None).find(|node| node.has_name("table")).is_some_and(|of| of.id == table.id)
}

/// A row as a line.
fn line(head: &[String], row: &[String]) -> String {
    let cells = row.iter().enumerate().filter(|(_, text)| !text.is_empty());
    let cells = cells.map(|(at, text)| match head.get(at).filter(|head| !head.is_empty()) {
        Some(head) => format!("{}: {text}", head.trim_end_matches(':')),
        None => text.clone(),
    });
    cells.collect::<Vec<_>>().join("; ")
}
