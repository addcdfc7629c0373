//! Words as sounds in each dialect.

use docbao::model::diag::Span;
use docbao::model::manner::Delivery;
use docbao::model::phrase::{Dialect, Intonation, Phone, Tone};
use docbao::model::units::Millis;
use docbao::model::utterance::{BreathGroup, Utterance, UtteranceWord};
use docbao::text::orthography::legal_syllables;
use docbao::voice::parametric::phonemize::{Phonemizer, load_sounds};
use proptest::prelude::*;

fn said(dialect: Dialect, word: &str) -> String {
    let syllables = Phonemizer::new(dialect).syllables(word);
    syllables.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_table_loads() {
    for dialect in Dialect::ALL {
        load_sounds(dialect).unwrap();
    }
}

#[test]
fn every_legal_syllable_sounds_in_every_dialect() {
    use Phone::{J, Kh, Kp, Ng, Ngm, Nh, R, Sh, Tr, W, Z};
    for dialect in Dialect::ALL {
        let absent: &[Phone] = match dialect {
            Dialect::Northern => &[Tr, Sh, R, J],
            Dialect::Central | Dialect::Southern => &[Z],
        };
        let phonemizer = Phonemizer::new(dialect);
        for written in legal_syllables() {
            let spelling = written.to_string();
            let [syllable] = phonemizer.syllables(&spelling)[..] else {
                panic!("{spelling} is not one syllable");
            };
            let stopped = matches!(syllable.tone, Tone::Sac | Tone::Nang);
            assert!(stopped || !syllable.is_stopped(), "{spelling}: {syllable}");
            assert!(!absent.contains(&syllable.onset), "{spelling}: {syllable}");
            assert!(!syllable.glide || syllable.onset != W, "{spelling}: {syllable}");
            let codas: &[Phone] = match dialect {
                Dialect::Northern => &[],
                Dialect::Central | Dialect::Southern => &[Nh, Kh],
            };
            assert!(syllable.coda.is_none_or(|coda| !codas.contains(&coda)), "{spelling}");
            if let Some(Ngm | Kp) = syllable.coda {
                let round = matches!(syllable.nucleus, Phone::OShort | Phone::Oo | Phone::U);
                assert!(round, "{spelling}: {syllable}");
            }
            assert_ne!((syllable.nucleus, syllable.coda), (Phone::U, Some(Ng)), "{spelling}");
            let merges = dialect != Dialect::Northern && written.tone == Tone::Nga;
            let tone = if merges { Tone::Hoi } else { written.tone };
            assert_eq!(syllable.tone, tone, "{spelling}");
        }
    }
}

#[test]
fn homophones_are_as_each_dialect_has_them() {
    let same = |dialect, one, other| said(dialect, one) == said(dialect, other);
    for (one, other, dialects) in [
        ("da", "ra", "north"),
        ("da", "gia", "north central south"),
        ("va", "gia", "south"),
        ("tra", "cha", "north"),
        ("sa", "xa", "north"),
        ("mẻ", "mẽ", "central south"),
        ("tin", "tinh", "south"),
        ("lan", "lang", "central south"),
        ("mặt", "mặc", "central south"),
        ("bún", "búng", "central south"),
        ("hưu", "hiu", "north"),
        ("hươu", "hiêu", "north"),
        ("tiêm", "tim", "south"),
        ("tai", "tay", ""),
        ("con", "cong", ""),
        ("bốn", "bống", ""),
        ("kĩ", "kỹ", "north central south"),
        ("quốc", "cuốc", "north"),
    ] {
        for dialect in Dialect::ALL {
            let expected = dialects.contains(dialect.name());
            assert_eq!(same(dialect, one, other), expected, "{one} {other} in the {dialect}");
        }
    }
}

#[test]
fn words_that_are_not_vietnamese_are_transliterated() {
    let north = |word| said(Dialect::Northern, word);
    assert_eq!(north("Facebook"), north("phây búc"));
    assert_eq!(north("FPT"), north("ép pê tê"));
    assert_eq!(north("top"), north("tốp"));
    assert_eq!(north("2"), north("hai"));
    assert_eq!(north("Ho\u{300}a Bi\u{300}nh"), north("Hòa Bình"), "decomposed text");
    assert_eq!(north("Thành phố"), "tʰ.ɛ̆.ɲ2 f.o5");
    assert_eq!(north("字"), north("ký tự lạ"));
    assert_eq!(north("  "), "");
}

#[test]
fn a_phrase_keeps_groups_pauses_and_word_numbers() {
    let word = |said: &str| UtteranceWord::new(said, Span::default());
    let utterance = Utterance {
        sentence: 3,
        words: vec![word("hai mươi"), word("Messi"), word(""), word("về")],
        groups: vec![
            BreathGroup { words: 0..2, mark: None, pause: Millis(120.0), role: None },
            BreathGroup { words: 2..4, mark: None, pause: Millis(400.0), role: None },
        ],
        intonation: Intonation::Question,
        delivery: Delivery::default(),
    };
    let phrase = Phonemizer::new(Dialect::Northern).phonemize(&utterance);
    assert_eq!(phrase.intonation, Intonation::Question);
    assert_eq!(phrase.to_string(), "h.a.j1-m.ɨə.j1 m.ɛ.t5-s.i1 |120\nv.e2 |400\n");
    let numbers: Vec<_> =
        phrase.groups.iter().flat_map(|group| &group.words).map(|word| word.word).collect();
    assert_eq!(numbers, [0, 1, 3], "a blank word has nothing to say");
}

#[test]
fn an_utterance_that_contradicts_itself_is_no_panic() {
    let utterance = Utterance {
        sentence: 0,
        words: Vec::new(),
        groups: vec![BreathGroup { words: 0..9, mark: None, pause: Millis(0.0), role: None }],
        intonation: Intonation::Statement,
        delivery: Delivery::default(),
    };
    assert!(Phonemizer::new(Dialect::Southern).phonemize(&utterance).groups.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_word_with_a_letter_or_digit_is_heard(text in any::<String>()) {
        for dialect in Dialect::ALL {
            let syllables = Phonemizer::new(dialect).syllables(&text);
            if text.chars().any(char::is_alphanumeric) {
                prop_assert!(!syllables.is_empty());
            }
            for syllable in syllables {
                let stopped = matches!(syllable.tone, Tone::Sac | Tone::Nang);
                prop_assert!(stopped || !syllable.is_stopped());
            }
        }
    }
}
