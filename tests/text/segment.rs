//! The segmenter: where sentences end, where breaths fall, and how long the pauses are.

use crate::support::paragraph;
use docbao::model::article::{Article, Block, BlockKind};
use docbao::model::diag::Span;
use docbao::model::pauses::Pauses;
use docbao::model::units::Millis;
use docbao::model::utterance::Utterance;
use docbao::text::normalize::normalize;
use docbao::text::segment::segment;
use proptest::prelude::*;

fn utterances(text: &str) -> Vec<Utterance> {
    segment(&normalize(&paragraph(text)), &Pauses::default())
}

#[test]
fn pauses_follow_the_structure() {
    let source = "Bão số ba\n\nMưa to, gió lớn; nước dâng. Dân đi tránh.";
    let span = Span::new(0, source.find("\n").unwrap());
    let title = Block::new(BlockKind::Title, span, "");
    let rest = Span::new(source.find("Mưa").unwrap(), source.len());
    let text = Block::new(BlockKind::Sapo, rest, "");
    assert_eq!(title.span.of(source), "Bão số ba");
    let blocks = vec![title, text];
    let document = Article { text: source.to_owned(), blocks, ..Article::default() };
    let pauses = Pauses { title: Millis(1.0), sapo: Millis(2.0), ..Pauses::default() };
    let spoken = segment(&normalize(&document), &pauses);
    let found: Vec<f32> =
        spoken.iter().flat_map(|u| u.groups.iter().map(|group| group.pause.0)).collect();
    assert_eq!(found, [1.0, pauses.phrase.0, pauses.clause.0, pauses.sentence.0, 2.0]);
}

#[test]
fn an_endless_sentence_is_cut_at_breaths_and_keeps_its_number() {
    let text = format!("{}hết.", "người dân trong xã và cán bộ của huyện ".repeat(60));
    let spoken = utterances(&text);
    assert!(spoken.len() > 3);
    for utterance in &spoken {
        assert_eq!(utterance.sentence, 0);
        assert!(utterance.words.len() < 90, "{}", utterance.words.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    /// Groups cover the words of an utterance one after another, and no word is lost or empty.
    #[test]
    fn groups_cover_all_words(text in "[a-zA-Zà-ỹ0-9 .,;:!?…()“”-]{0,200}") {
        let spoken = normalize(&paragraph(&text));
        let said: Vec<_> = spoken.blocks.iter().flat_map(|block| &block.tokens).filter_map(|token| {
            match token {
                docbao::model::spoken::Token::Word(word) => Some(spoken.said(word)),
                docbao::model::spoken::Token::Mark(..)
                | docbao::model::spoken::Token::Pause(..) => None,
            }
        }).filter(|said| !said.is_empty()).collect();
        let utterances = segment(&spoken, &Pauses::default());
        let words: Vec<_> = utterances.iter().flat_map(|u| &u.words).map(|w| w.said.as_str()).collect();
        prop_assert_eq!(said, words);
        for utterance in &utterances {
            let mut next = 0;
            for group in &utterance.groups {
                prop_assert_eq!(group.words.start, next);
                prop_assert!(group.words.end > next);
                prop_assert!(group.pause.0 > 0.0);
                next = group.words.end;
            }
            prop_assert_eq!(next, utterance.words.len());
        }
    }
}
