//! Tables in plain text: lines whose cells are separated by tabs or bars.

use crate::model::article::{Article, Block, BlockKind};
use crate::model::diag::Span;
use crate::model::direction::{Direction, DirectionKind};

/// The silence between two cells, in milliseconds.
const PAUSE: u32 = 400;

/// Cells are no longer than this, in characters.
const LONGEST_CELL: usize = 80;

/// Finds rows of tables among the blocks of a text, and sets a pause between their cells.
pub(super) fn find(article: &mut Article) {
    let counts: Vec<usize> = article.blocks.iter().map(|block| cells(article, block)).collect();
    let is_ruled =
        |at: usize| !article.text_of(&article.blocks[at]).contains(char::is_alphanumeric);
    let mut rows = Vec::new();
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
            rows.append(&mut run);
        }
        at = next;
    }
    for at in rows {
        let block = &mut article.blocks[at];
        (block.kind, block.reason) = (BlockKind::Table, "a row of a table".into());
        let text = block.span.of(&article.text);
        for (offset, mark) in text.match_indices(['\t', '|']) {
            let start = block.span.start + offset;
            let span = Span::new(start, start + mark.len());
            article.directions.push(Direction { span, kind: DirectionKind::Pause(PAUSE) });
        }
    }
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
    let mark = if text.contains('\t') { '\t' } else { '|' };
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
    fn rows_are_known_by_their_cells() {
        let text = "Bảng giá vàng sáng 5/3\n\nLoại\tMua\tBán\nSJC\t81.300\t83.320\nNhẫn\t67.650\t68.850\n\n\
            +-----+------+\n| Món | Giá  |\n+-----+------+\n| Phở | 50k  |\n+-----+------+\n";
        assert_eq!(rows(text).len(), 5, "{:?}", rows(text));
        assert!(rows("Một đoạn văn | có một vạch.\n\nMột đoạn khác không có gì.\n").is_empty());
    }
}
