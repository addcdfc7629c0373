//! Interviews: the letters that stand for a question and an answer.

use crate::model::article::Article;
use crate::model::diag::Span;
use crate::model::direction::{Direction, DirectionKind};

/// The labels that come in pairs, and what is said for them.
const PAIRS: [[(&str, &str); 2]; 2] =
    [[("Q:", "hỏi"), ("A:", "đáp")], [("H:", "hỏi"), ("Đ:", "đáp")]];

/// In an article with both letters of a pair at the start of blocks, they are said as words.
pub(super) fn expand(article: &mut Article) {
    let opens =
        |label: &str| article.blocks.iter().any(|block| article.text_of(block).starts_with(label));
    let pair = PAIRS.iter().find(|pair| pair.iter().all(|(label, _)| opens(label)));
    let Some(pair) = pair else { return };
    let mut found = Vec::new();
    for block in &article.blocks {
        let label = pair.iter().find(|(label, _)| article.text_of(block).starts_with(label));
        if let Some((label, said)) = label {
            let end = block.span.start + label.len() - 1;
            let span = Span::new(block.span.start, end);
            found.push(Direction { span, kind: DirectionKind::Say((*said).to_owned()) });
        }
    }
    article.directions.append(&mut found);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::readers::plain;

    #[test]
    fn letters_of_an_interview_are_words() {
        let said = |text: &str| {
            let mut article = plain::article(text.to_owned());
            expand(&mut article);
            article.directions.into_iter().map(|direction| direction.kind).collect::<Vec<_>>()
        };
        let words = ["hỏi", "đáp"].map(|said| DirectionKind::Say(said.to_owned()));
        assert_eq!(said("Q: Còn học bổng không?\nA: Có năm mươi suất.\n"), words);
        assert_eq!(said("Q: Còn học bổng không?\nCó năm mươi suất.\n"), []);
    }
}
