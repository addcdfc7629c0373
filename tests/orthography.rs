//! Every legal syllable has one analysis and is spelled back from it.

use std::collections::HashMap;

use docbao::orthography::{legal_syllables, parse};

#[test]
fn every_legal_syllable_is_read_back_from_its_spelling() {
    let mut analyses = HashMap::new();
    for syllable in legal_syllables() {
        let spelling = syllable.to_string();
        assert_eq!(parse(&spelling), Some(syllable), "{spelling}");
        if let Some(other) = analyses.insert(spelling.clone(), syllable) {
            panic!("{spelling} is both {other:?} and {syllable:?}");
        }
    }
    assert_eq!(analyses.len(), 18158);
}
