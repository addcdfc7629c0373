//! How far a sentence reaches in print. Its words are what is said; around and among them are marks
//! and unspoken signs, each of which belongs to one sentence.

use crate::model::article::Article;
use crate::model::diag::Span;

/// The whole of a sentence whose words cover `words`: in its block, after the sentence before, which
/// ends at `before`, and up to what belongs to the word at `next`, the first of the sentence after.
pub(super) fn of_sentence(
    article: &Article,
    words: Span,
    before: usize,
    next: Option<usize>,
) -> Span {
    let after = article.blocks.partition_point(|block| block.span.start <= words.start);
    let Some(block) = after.checked_sub(1).map(|at| article.blocks[at].span) else {
        return words;
    };
    let end = match next {
        Some(next) if (words.end..block.end).contains(&next) => {
            words.end + owned(&article.text[words.end..next])
        }
        _ => block.end.max(words.end),
    };
    let start = before.clamp(block.start.min(words.start), words.start);
    let source = article.text.as_str();
    let leading = &source[start..words.start];
    let trailing = &source[words.end..end];
    Span::new(words.start - leading.trim_start().len(), words.end + trailing.trim_end().len())
}

/// How much of the text between two sentences belongs to the first: all but the signs that open the
/// second.
fn owned(between: &str) -> usize {
    let kept = between.trim_end_matches(leads);
    // A straight quotation mark opens what follows it only if it does not touch what is before it:
    // said."Then does not, said. "Then does.
    let kept = match kept.strip_suffix(['"', '\'']) {
        Some(rest) if rest.ends_with(char::is_whitespace) => rest,
        _ => kept,
    };
    // Dashes and bullets open what follows them, if white space is before them.
    let trimmed = kept.trim_end();
    match trimmed.strip_suffix(bullets) {
        Some(rest) if rest.ends_with(char::is_whitespace) => rest.trim_end().len(),
        _ => trimmed.len(),
    }
}

fn leads(c: char) -> bool {
    matches!(c, '“' | '‘' | '„' | '«' | '‹' | '(' | '[' | '{' | '<' | '¿' | '¡' | '#' | '@')
}

fn bullets(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '•' | '+' | '*' | '●' | '○' | '▪' | '■' | '►' | '→')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::{Block, BlockKind};

    /// `first` and `second` together are the text between two sentences; the first part goes to the
    /// first.
    #[test]
    fn what_stands_between_two_sentences_is_shared_out() {
        for (first, second) in [
            (".", " "),
            ("…", ""),
            ("./.", " "),
            (".”", " "),
            (".", " “"),
            ("…", "“"),
            (".\"", " "),
            (".", " \""),
            (".\"", ""),
            (" (BTV).", " "),
            (".", " – "),
            (".", " - (“"),
            (" ☂ !", "\n"),
            ("", ""),
        ] {
            let between = format!("{first}{second}");
            assert_eq!(&between[..owned(&between)], first, "{between:?}");
        }
    }

    #[test]
    fn a_sentence_keeps_to_its_block() {
        let source = "\n- Một (*). “Hai”?\n\nẢnh: ba.\n";
        let block = |text: &str| {
            let start = source.find(text).unwrap();
            let span = Span::new(start, start + text.len());
            Block::new(BlockKind::Paragraph, span, "")
        };
        let blocks = vec![block("- Một (*). “Hai”?"), block("Ảnh: ba.")];
        let article = Article { text: source.to_owned(), blocks, ..Article::default() };
        let place = |word: &str| {
            let start = source.find(word).unwrap();
            Span::new(start, start + word.len())
        };
        let (one, two, three) = (place("Một"), place("Hai"), place("ba"));
        let first = of_sentence(&article, one, 0, Some(two.start));
        assert_eq!(first.of(source), "- Một (*).");
        let second = of_sentence(&article, two, first.end, Some(three.start));
        assert_eq!(second.of(source), "“Hai”?");
        assert_eq!(of_sentence(&article, three, second.end, None).of(source), "Ảnh: ba.");
    }
}
