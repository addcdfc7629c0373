//! The segmenter: where sentences end, where breaths fall, and how long the pauses are.

mod support;

use std::path::Path;

use docbao::model::article::{Article, Block, BlockKind};
use docbao::model::diag::Span;
use docbao::model::pauses::Pauses;
use docbao::model::phrase::Intonation;
use docbao::model::units::Millis;
use docbao::model::utterance::Utterance;
use docbao::text::normalize::normalize;
use docbao::text::segment::segment;
use proptest::prelude::*;
use support::paragraph;

fn utterances(text: &str) -> Vec<Utterance> {
    segment(&normalize(&paragraph(text)), &Pauses::default())
}

/// Sentences apart by ` ‖ ` with their melody's sign at the end, breath groups by ` | `.
fn shape(utterances: &[Utterance]) -> String {
    let mut shape = String::new();
    for (at, utterance) in utterances.iter().enumerate() {
        let continues = at > 0 && utterances[at - 1].sentence == utterance.sentence;
        shape.push_str(if at == 0 {
            ""
        } else if continues {
            " | "
        } else {
            " ‖ "
        });
        let groups = utterance.groups.iter().map(|group| {
            let words = &utterance.words[group.words.clone()];
            words.iter().map(|word| word.said.as_str()).collect::<Vec<_>>().join(" ")
        });
        shape.push_str(&groups.collect::<Vec<_>>().join(" | "));
        shape.push_str(match utterance.intonation {
            Intonation::Statement => "",
            Intonation::Question => " ?",
            Intonation::Exclamation => " !",
        });
    }
    shape
}

#[test]
fn cases() {
    let cases =
        support::cases(Path::new("tests/cases/segment/cases.tsv"), &["text", "shape", "note"]);
    assert!(cases.len() >= 20);
    let mut faults = Vec::new();
    for case in &cases {
        let actual = shape(&utterances(&case.fields[0]));
        if actual != case.fields[1] {
            faults
                .push(format!("{}:\n  is:     {actual}\n  expect: {}", case.place, case.fields[1]));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
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
                docbao::model::spoken::Token::Mark(..) => None,
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
