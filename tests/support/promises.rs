//! What holds of every article that a reader gives, and of its script, whatever was in the file.
//! `tests/readers.rs` checks it, and so do the fuzz targets in `fuzz/`.

use docbao::model::spoken::Token;
use docbao::{Article, Confidence, FrontEnd, Origin, Span};
use unicode_normalization::is_nfc;

/// Checks the articles of a source, each by itself and all joined to one.
///
/// # Panics
/// If one of them breaks a promise.
pub(crate) fn check(articles: Vec<Article>, front_end: &FrontEnd) {
    assert!(!articles.is_empty(), "a source that is read has no article");
    for article in &articles {
        check_article(article);
        check_script(article, front_end);
    }
    if articles.len() > 1 {
        let whole = Article::join(articles, Origin::default());
        check_article(&whole);
        check_script(&whole, front_end);
    }
}

/// A text is in NFC with `\n` line ends; its blocks are in order and hold all of it but white space;
/// its directions and manners are in order.
fn check_article(article: &Article) {
    let text = &*article.text;
    assert!(is_nfc(text), "the text is not in NFC: {text:?}");
    assert!(!text.contains(['\r', '\u{FEFF}']), "{text:?}");
    let mut last = 0;
    for block in &article.blocks {
        let said = within(text, block.span);
        assert!(!said.trim().is_empty(), "a block is empty: {block:?}");
        assert!(block.span.start >= last, "two blocks overlap at {last}: {block:?} in {text:?}");
        let between = &text[last..block.span.start];
        assert!(between.trim().is_empty(), "{between:?} is in no block of {text:?}");
        last = block.span.end;
    }
    assert!(text[last..].trim().is_empty(), "{:?} is in no block of {text:?}", &text[last..]);
    for direction in &article.directions {
        within(text, direction.span);
    }
    assert!(article.directions.is_sorted_by_key(|one| one.span.start), "{:?}", article.directions);
    for manner in &article.manners {
        within(text, manner.span);
    }
    assert!(article.manners.is_sorted_by_key(|one| one.span.start), "{:?}", article.manners);
    let front = article.front_matter.as_ref().map_or(0, |front| front.end);
    within(text, Span { start: 0, end: front });
    for part in &article.parts {
        within(text, Span { start: part.start, end: part.front_end });
    }
    assert!(article.parts.is_sorted_by_key(|part| part.start), "{:?}", article.parts);
}

/// What is said is said for places in the text, in their order, and no text that is read is dropped.
fn check_script(article: &Article, front_end: &FrontEnd) {
    let text = &*article.text;
    let spoken = front_end.spoken(article);
    let read: Vec<_> = article.read(&front_end.settings().parts).collect();
    assert_eq!(read.len(), spoken.blocks.len());
    for (block, said) in read.into_iter().zip(&spoken.blocks) {
        let mut last = block.span.start;
        for token in &said.tokens {
            let span = match token {
                Token::Word(word) => word.source,
                Token::Mark(_, span) | Token::Pause(_, span) => *span,
            };
            within(text, span);
            let is_pause = matches!(token, Token::Pause(..));
            assert!(is_pause || span.start < span.end, "{token:?} is said for nothing");
            assert!(is_pause || span.start >= last, "{token:?} is said again of {text:?}");
            if span.start > last {
                let dropped = &text[last..span.start];
                assert!(dropped.trim().is_empty(), "{dropped:?} is dropped of {text:?}");
            }
            last = last.max(span.end);
        }
        let dropped = &text[last.min(block.span.end)..block.span.end];
        assert!(dropped.trim().is_empty(), "{dropped:?} is dropped of {text:?}");
    }
    let script = front_end.script(article, Confidence::Likely);
    assert!(script.characters <= text.chars().count());
    for utterance in &script.utterances {
        let mut covered = 0;
        for group in &utterance.groups {
            assert!(group.words.start == covered && group.words.end > covered, "{utterance:?}");
            covered = group.words.end;
        }
        assert_eq!(covered, utterance.words.len(), "{utterance:?}");
        for word in &utterance.words {
            within(text, word.source);
            assert!(!word.said.is_empty(), "{word:?}");
        }
    }
    for finding in &script.findings {
        within(text, finding.span);
    }
}

/// The text of a span, which lies in it on the boundaries of characters.
fn within(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_else(|| panic!("{span:?} is no part of {text:?}"))
}
