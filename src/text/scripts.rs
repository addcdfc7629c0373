//! The scripts of letters.

/// Whether a letter is of the Latin script (Unicode blocks Basic Latin to Latin Extended-B, Latin
/// Extended Additional, and combining marks).
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='ɏ' | 'Ḁ'..='ỿ' | '\u{300}'..='\u{36f}')
}

/// [`char::is_alphabetic`], without a search in tables for the letters of Latin scripts.
#[inline]
pub(super) fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        'À'..='ɏ' => c != '×' && c != '÷',
        'Ạ'..='ỹ' => true,
        _ => c.is_alphabetic(),
    }
}

/// [`char::is_alphanumeric`], in the same way.
pub(super) fn is_alphanumeric(c: char) -> bool {
    is_alphabetic(c) || if c.is_ascii() { c.is_ascii_digit() } else { c.is_numeric() }
}

/// A letter in lower case appended, the letters of Vietnamese without a search in tables.
pub(super) fn push_lower(out: &mut String, c: char) {
    match c {
        '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
        'à'..='ÿ' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => out.push(c),
        'Ạ'..='ỹ' => out.push(char::from_u32(u32::from(c) | 1).unwrap_or(c)),
        _ => out.extend(c.to_lowercase()),
    }
}

/// What the script of a letter is called, where it is not Latin.
pub(super) fn spoken_name(c: char) -> Option<&'static str> {
    script(c).map(|(name, _)| name)
}

/// The language that a letter is most likely of, where its script is not Latin: the primary subtag of
/// BCP 47.
pub(super) fn language(c: char) -> Option<&'static str> {
    script(c).map(|(_, language)| language)
}

/// The name of a letter's script and the language that is mostly written in it; by its ranges in the
/// Unicode Standard 16.0, chapter "Blocks".
fn script(c: char) -> Option<(&'static str, &'static str)> {
    Some(match c {
        // Nearly all there is: Latin letters, also those of Vietnamese, and their signs.
        '\0'..='\u{36f}' | 'Ḁ'..='ỿ' => return None,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => ("chữ Hy Lạp", "el"),
        '\u{400}'..='\u{52f}' => ("chữ Nga", "ru"),
        '\u{590}'..='\u{5ff}' => ("chữ Do Thái", "he"),
        '\u{600}'..='\u{65f}' | '\u{66e}'..='\u{6ef}' | '\u{6fa}'..='\u{77f}' => {
            ("chữ Ả Rập", "ar")
        }
        '\u{900}'..='\u{965}' | '\u{970}'..='\u{97f}' => ("chữ Ấn Độ", "hi"),
        '\u{e00}'..='\u{e4f}' => ("chữ Thái", "th"),
        '\u{e80}'..='\u{ecf}' | '\u{edc}'..='\u{edf}' => ("chữ Lào", "lo"),
        '\u{1780}'..='\u{17df}' => ("chữ Khơ me", "km"),
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9d}' => {
            ("chữ Nhật", "ja")
        }
        '\u{3005}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => ("chữ Hán", "zh"),
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => ("chữ Hán", "zh"),
        '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}' => {
            ("chữ Hàn", "ko")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_standard_library() {
        for c in ('\0'..='\u{3000}').chain('\u{ac00}'..='\u{ad00}') {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            let mut lower = String::new();
            push_lower(&mut lower, c);
            assert_eq!(lower, c.to_lowercase().collect::<String>(), "{c:?}");
        }
    }
}
