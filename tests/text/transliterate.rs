//! Foreign words, initialisms and anything else get legal Vietnamese syllables.

use docbao::text::orthography::parse;
use docbao::text::transliterate::{is_listed, spell_letters, transliterate};
use proptest::prelude::*;

#[test]
fn a_listed_word_is_found_with_its_accents_signs_and_endings() {
    for (word, said) in [
        ("Beyoncé", "bi on xê"),
        ("CHECK-IN", "chếch in"),
        ("e-commerce", "i com mớt"),
        ("pop-up", "pốp ắp"),
        ("Coca-Cola", "cô ca cô la"),
        ("Rolls-Royce", "rôn roi"),
        ("McDonald’s", "mác đô nan"),
        ("L'Oréal", "lô rê an"),
        ("H’leo", "hờ leo"),
        ("K'Nia", "cờ nia"),
        ("H’Linh", "hờ linh"),
        ("startups", "xờ tát ắp"),
        ("Trump's", "trăm"),
        ("HDBank", "hát dê băng"),
        ("McGrath", "mác gờ rát"),
        ("VNPAY", "vi en pây"),
        ("TechBank", "téc băng"),
        ("BlackBerry", "bờ lách be ri"),
        ("MicroCloud", "mai cờ rô cờ lao"),
        ("iMovie", "ai mu vi"),
        ("eToro", "i tô rô"),
        ("sập", "sập"),
    ] {
        assert_eq!(transliterate(word), said, "{word}");
    }
    for (word, listed) in
        [("facebook", true), ("iphone", true), ("beyoncé", true), ("games", true), ("", false)]
    {
        assert_eq!(is_listed(word), listed, "{word}");
    }
}

#[test]
fn initialisms_are_spelled_by_the_names_of_their_letters() {
    for (initialism, said) in [
        ("FPT", "ép pê tê"),
        ("UBND", "u bê nờ đê"),
        ("D", "dê"),
        ("THCS", "tê hát xê ét"),
        ("HĐND", "hát đê nờ dê"),
        ("QĐ", "quy đê"),
        ("WTO", "vê kép tê ô"),
        ("XYZ", "ích i dét"),
        ("KH&CN", "ca hát xê nờ"),
        ("G7", "gờ bảy"),
        ("Â", "ớ"),
        ("-", ""),
    ] {
        assert_eq!(spell_letters(initialism), said);
    }
}

#[test]
fn vietnamese_syllables_stay_as_they_are() {
    for (word, said) in [
        ("Nam", "nam"),
        ("Hà-Nội", "hà nội"),
        ("hoà", "hòa"),
        ("AI", "ai"),
        ("ô-tô", "ô tô"),
        ("«Huế»", "huế"),
    ] {
        assert_eq!(transliterate(word), said);
    }
}

#[test]
fn nothing_is_left_without_a_reading() {
    for (word, said) in [
        ("", ""),
        (" ", ""),
        ("漢字", "ký tự lạ"),
        ("…", "ký tự lạ"),
        ("漢A字", "ký tự lạ a ký tự lạ"),
        ("4K", "bốn ca"),
        ("½", "một hai"),
        ("٣", "ký tự lạ"),
        ("Ｆ", "ép"),
        ("b", "bê"),
        ("\u{301}", "ký tự lạ"),
        ("ь", "ký tự lạ"),
    ] {
        assert_eq!(transliterate(word), said, "{word:?}");
    }
}

#[test]
fn a_very_long_word_is_read_in_time() {
    let syllables = transliterate(&"aB".repeat(50_000)).split(' ').count();
    assert_eq!(syllables, 50_001, "a, then ba again and again, then b");
}

fn assert_legal(word: &str) -> Result<(), TestCaseError> {
    let said = transliterate(word);
    if word.trim().is_empty() {
        prop_assert_eq!(&said, "");
        return Ok(());
    }
    for syllable in said.split(' ') {
        let spelled = parse(syllable).map(|parsed| parsed.to_string());
        prop_assert_eq!(spelled.as_deref(), Some(syllable), "{} in {}", word, said);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read_as_legal_syllables(text in any::<String>()) {
        assert_legal(&text)?;
    }

    #[test]
    fn any_latin_word_is_read_as_legal_syllables(word in "[a-zA-Zçñăâđêôơưéüö'0-9-]{1,12}") {
        assert_legal(&word)?;
    }

    #[test]
    fn spelled_letters_are_legal_syllables(word in "\\PC{0,8}") {
        for syllable in spell_letters(&word).split_whitespace() {
            prop_assert!(parse(syllable).is_some(), "{}", syllable);
        }
    }
}
