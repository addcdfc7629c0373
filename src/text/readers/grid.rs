//! Tables in plain text: lines whose cells are separated by tabs or bars. Where the first line has the
//! headings of columns, each cell behind the first is read with its heading; the first names the row.

use crate::model::article::{Article, Block, BlockKind};
use crate::model::diag::Span;
use crate::model::direction::{Direction, DirectionKind};
use crate::text::orthography;

/// The silence between two cells, in milliseconds.
const PAUSE: u32 = 400;

/// Cells are no longer than this, in characters.
const LONGEST_CELL: usize = 80;

/// The heading of a column has so many words at most.
const LONGEST_HEADING: usize = 6;

/// Finds rows of tables among the blocks of a text, and sets a pause between their cells.
pub(super) fn find(article: &mut Article) {
    let counts: Vec<usize> = article.blocks.iter().map(|block| cells(article, block)).collect();
    let is_ruled =
        |at: usize| !article.text_of(&article.blocks[at]).contains(char::is_alphanumeric);
    let mut rows = Vec::new();
    let mut labels = Vec::new();
    let mut at = 0;
    while at < counts.len() {
        let width = counts[at];
        let mut run = vec![at];
        let mut next = at + 1;
        // Ruled lines may be between the rows.
        while width > 1 && next < counts.len() && (counts[next] == width || is_ruled(next)) {
            if counts[next] == width {
                run.push(next);
            }
            next += 1;
        }
        if run.len() > 1 {
            let found = headed(article, &run);
            rows.extend(run.iter().enumerate().map(|(at, &row)| (row, at > 0 || found.is_empty())));
            labels.extend(found);
        }
        at = next;
    }
    for (at, is_said) in rows {
        let block = &mut article.blocks[at];
        (block.kind, block.reason) = (BlockKind::Table, "a row of a table".into());
        let text = if is_said { block.span.of(&article.text) } else { "" };
        for (offset, mark) in text.match_indices(['\t', '|']) {
            let start = block.span.start + offset;
            // Where a label is said for the sign, the pause is before it.
            let is_label = labels.binary_search_by_key(&start, |label| label.span.start).is_ok();
            let span = Span::new(start, if is_label { start } else { start + mark.len() });
            article.directions.push(Direction { span, kind: DirectionKind::Pause(PAUSE) });
        }
    }
    article.directions.append(&mut labels);
}

/// The headings of a table's columns, each for the sign before every cell of its column; nothing if the
/// first row has none. The row itself is then not said.
fn headed(article: &Article, rows: &[usize]) -> Vec<Direction> {
    let Some((&head, rows)) = rows.split_first() else { return Vec::new() };
    let headings = spans(article, head);
    let text = |span: &Span| span.of(&article.text);
    let has_digit = |span: &Span| text(span).contains(|c: char| c.is_ascii_digit());
    let is_heading = |span: &Span| {
        let words: Vec<&str> = text(span).split_whitespace().collect();
        let is_word = |word: &&str| orthography::parse(word).is_some();
        (1..=LONGEST_HEADING).contains(&words.len()) && words.iter().all(is_word)
    };
    let cells: Vec<Vec<Span>> = rows.iter().map(|&row| spans(article, row)).collect();
    let whole = cells.iter().all(|row| row.len() == headings.len());
    let measures = cells.iter().flatten().any(has_digit);
    if !whole || !measures || !headings.iter().all(is_heading) {
        return Vec::new();
    }
    let mark = Direction { span: article.blocks[head].span, kind: DirectionKind::Mark };
    let label = |(cell, heading): (&Span, &Span)| Direction {
        span: before(article, *cell),
        kind: DirectionKind::Label(text(heading).to_owned()),
    };
    let is_filled = |cell: &&Span| !text(cell).is_empty();
    let labels = cells.iter().flat_map(|row| {
        let cells = row.iter().zip(&headings).skip(1).filter(|(cell, _)| is_filled(cell));
        cells.map(label)
    });
    std::iter::once(mark).chain(labels).collect()
}

/// The sign before a cell.
fn before(article: &Article, cell: Span) -> Span {
    let end = article.text[..cell.start].trim_end_matches(' ').len();
    Span::new(end - 1, end)
}

/// The cells of a row, without the white space around them.
fn spans(article: &Article, row: usize) -> Vec<Span> {
    let block = article.blocks[row].span;
    let text = block.of(&article.text);
    let mark = separator(text);
    let outer = text.trim_matches(mark);
    let mut at = block.start + (text.len() - text.trim_start_matches(mark).len());
    let cell = |cell: &str| {
        let start = at + (cell.len() - cell.trim_start().len());
        at += cell.len() + mark.len_utf8();
        Span::new(start, start + cell.trim().len())
    };
    outer.split(mark).map(cell).collect()
}

/// What separates the cells of a line.
fn separator(line: &str) -> char {
    if line.contains('\t') { '\t' } else { '|' }
}

/// How many cells a line has; 0 if it is no row.
fn cells(article: &Article, block: &Block) -> usize {
    let is_text = matches!(
        block.kind,
        BlockKind::Paragraph
            | BlockKind::Heading
            | BlockKind::List
            | BlockKind::Sapo
            | BlockKind::Verse
            | BlockKind::Boilerplate
            | BlockKind::Related
    );
    let text = article.text_of(block);
    if !is_text || text.contains('\n') || !text.contains(char::is_alphanumeric) {
        return 0;
    }
    let mark = separator(text);
    let cells: Vec<&str> = text.trim_matches(mark).split(mark).collect();
    let fits = cells.iter().all(|cell| cell.chars().count() <= LONGEST_CELL);
    if fits && cells.len() > 1 { cells.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::readers::plain;

    fn rows(text: &str) -> Vec<String> {
        let article = plain::article(text.to_owned());
        let rows = article.blocks.iter().filter(|block| block.kind == BlockKind::Table);
        rows.map(|block| article.text_of(block).to_owned()).collect()
    }

    #[test]
    fn cells_have_the_headings_of_their_columns() {
        let labels = |text: &str| -> Vec<String> {
            let article = plain::article(text.to_owned());
            let label = |direction: &Direction| match &direction.kind {
                DirectionKind::Label(said) => {
                    let rest = &article.text[direction.span.end..];
                    let cell = rest.split(['\t', '|', '\n']).next().unwrap_or_default();
                    Some(format!("{said}: {}", cell.trim()))
                }
                _ => None,
            };
            article.directions.iter().filter_map(label).collect()
        };
        let gold = "Giá vàng sáng nay\n\nLoại\tMua vào\tBán ra\nSJC\t81.300\t83.320\n";
        assert_eq!(labels(gold), ["Mua vào: 81.300", "Bán ra: 83.320"]);
        let menu = "Bữa trưa\n\n| Món | Giá |\n|-----|-----|\n| Phở | 50.000 |\n| Bún | |\n";
        assert_eq!(labels(menu), ["Giá: 50.000"]);
        // Nothing is measured, or the first row has figures or abbreviations too.
        for text in [
            "Danh sách\n\nTên\tNghề\nAn\tThợ\n",
            "Giá\n\nSJC\t81.300\nNhẫn\t67.650\n",
            "Giá\n\nSL\tGiá\n5\t81.300\n",
        ] {
            assert_eq!(labels(text), [] as [String; 0], "{text}");
        }
    }

    #[test]
    fn rows_are_known_by_their_cells() {
        let text = "Bảng giá vàng sáng 5/3\n\nLoại\tMua\tBán\nSJC\t81.300\t83.320\nNhẫn\t67.650\t68.850\n\n\
            +-----+------+\n| Món | Giá  |\n+-----+------+\n| Phở | 50k  |\n+-----+------+\n";
        assert_eq!(rows(text).len(), 5, "{:?}", rows(text));
        assert!(rows("Một đoạn văn | có một vạch.\n\nMột đoạn khác không có gì.\n").is_empty());
    }
}
