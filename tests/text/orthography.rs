//! The orthography: every legal syllable has one analysis and is spelled back from it, wherever its
//! tone mark is, and nothing else is taken for a syllable.

use std::collections::HashMap;

use docbao::model::phrase::Tone;
use docbao::text::orthography::{WrittenSyllable, legal_syllables, parse, parse_unmarked_stop};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// The combining marks of the tones but ngang, in the order of `Tone::ALL`.
const MARKS: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

#[test]
fn every_legal_syllable_is_read_back_from_its_spelling() {
    let mut analyses = HashMap::new();
    for syllable in legal_syllables() {
        let spelling = syllable.to_string();
        assert_eq!(parse(&spelling), Some(syllable), "{spelling}");
        assert_eq!(parse(&spelling.to_uppercase()), Some(syllable), "{spelling}");
        if let Some(other) = analyses.insert(spelling.clone(), syllable) {
            panic!("{spelling} is both {other:?} and {syllable:?}");
        }
    }
    assert_eq!(analyses.len(), 18_158);
}

#[test]
fn the_tone_mark_may_stand_on_any_vowel_letter() {
    let mut moved = 0;
    for syllable in legal_syllables().filter(|syllable| syllable.tone != Tone::Ngang) {
        let bare = WrittenSyllable { tone: Tone::Ngang, ..syllable }.to_string();
        let mark = MARKS[usize::from(syllable.tone.number()) - 2];
        for (at, letter) in bare.char_indices().filter(|(_, c)| "aăâeêioôơuưy".contains(*c)) {
            let end = at + letter.len_utf8();
            let spelling: String =
                format!("{}{mark}{}", &bare[..end], &bare[end..]).nfc().collect();
            assert_eq!(parse(&spelling), Some(syllable), "{spelling}");
            moved += usize::from(spelling != syllable.to_string());
        }
    }
    assert!(moved > 10_000, "{moved} spellings differ from the default one");
}

#[test]
fn what_is_spelled_otherwise_is_spelled_back_in_the_standard_way() {
    for (word, standard) in [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("qúy", "quý"),
        ("nghành", "ngành"),
        ("Kạn", "cạn"),
        ("Đăk", "đắc"),
        ("kỹ", "kỹ"),
        ("kĩ", "kĩ"),
        ("quýt", "quýt"),
        ("quít", "quít"),
    ] {
        assert_eq!(parse(word).unwrap().to_string(), standard);
    }
}

#[test]
fn other_spellings_are_no_syllables() {
    for word in [
        "",
        "b",
        "fpt",
        "cet",
        "ci",
        "kò1",
        "ge",
        "gê",
        "gy",
        "giy",
        "qu",
        "q",
        "quu",
        "quô",
        "coa",
        "kuân",
        "tyên",
        "yên1",
        "ya",
        "hoaa",
        "tàá",
        "cat",
        "net",
        "hỏt",
        "hòc",
        "mãp",
        "anhh",
        "ăy",
        "ă",
        "â",
        "ơng",
        "facebook",
        "book",
        "and",
        "zin",
        "wa",
        "js",
        "à á",
        "nghiêngg",
        "ng",
        "n",
        "ñ",
        "a-b",
        "漢",
        "uơu",
        "iên u",
        "giêt",
        "uyêu",
        "quyêu",
        "oô",
    ] {
        assert_eq!(parse(word), None, "{word}");
    }
}

#[test]
fn a_stop_without_its_tone_mark_is_read_on_request_only() {
    for (word, standard) in [("net", "nét"), ("top", "tóp"), ("chat", "chát"), ("nam", "nam")] {
        assert_eq!(parse_unmarked_stop(word).unwrap().to_string(), standard);
    }
    assert_eq!(parse_unmarked_stop("nèt"), None);
}

proptest! {
    #[test]
    fn any_text_is_parsed_without_panic(text in any::<String>()) {
        if let Some(syllable) = parse(&text) {
            prop_assert_eq!(parse(&syllable.to_string()).map(|s| s.rime), Some(syllable.rime));
        }
    }

    #[test]
    fn what_is_parsed_is_spelled_back_to_the_same(word in "[a-yăâđêôơưáàảãạếềứừộốịíụỏ]{1,7}") {
        if let Some(syllable) = parse(&word) {
            prop_assert_eq!(parse(&syllable.to_string()), Some(syllable));
        }
    }
}
