//! VIQR: Vietnamese in ASCII, marks after their letters (RFC 1456): `Vie^.t Nam` for `Việt Nam`.

use unicode_normalization::UnicodeNormalization;

use super::legacy;

/// So many words with marks show that a text is VIQR, if this share of them is Vietnamese.
const EVIDENCE: usize = 4;
const BELIEVED: f64 = 0.8;

/// The text that is written so; `None` if it is not VIQR.
pub(super) fn read(text: &str) -> Option<String> {
    if !text.is_ascii() || !text.contains(['^', '+', '(', '~', '`']) {
        return None;
    }
    let (mut marked, mut valid) = (0usize, 0usize);
    for word in text.split_ascii_whitespace() {
        let word = word.trim_end_matches(['.', ',', '?', '!', ':', ';']);
        let read = decoded(word);
        // Shape marks stand in no other writing; tone marks alone look like punctuation.
        if read != word && word.contains(['^', '+', '(', '~', '`']) {
            marked += 1;
            valid += usize::from(legacy::is_vietnamese(&read.to_lowercase()));
        }
    }
    let is_viqr = marked >= EVIDENCE && valid as f64 >= BELIEVED * marked as f64;
    is_viqr.then(|| decoded(text))
}

/// A text with its marks put on its letters. A backslash keeps a sign as it is.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            'd' | 'D' if chars.peek().is_some_and(|next| next.eq_ignore_ascii_case(&'d')) => {
                chars.next();
                out.push(if c == 'd' { 'đ' } else { 'Đ' });
            }
            _ if is_vowel(c) => {
                out.push(c);
                if let Some(shape) = chars.peek().and_then(|&mark| shape_of(c, mark)) {
                    chars.next();
                    out.push(shape);
                }
                // A full stop is a tone only inside a word or before another mark of a sentence's end.
                let mut ahead = chars.clone();
                if let Some(tone) = ahead.next().and_then(tone_of) {
                    let is_stop = chars.peek().is_some_and(|mark| matches!(mark, '.' | '?'));
                    let goes_on = ahead.next().is_some_and(|next| next.is_ascii_alphabetic());
                    let ends = ahead_is_stop(&chars);
                    if !is_stop || goes_on || ends {
                        chars.next();
                        out.push(tone);
                    }
                }
            }
            _ => out.push(c),
        }
    }
    out.nfc().collect()
}

/// Whether the sign that comes is followed by another stop: then it is a tone.
fn ahead_is_stop(chars: &std::iter::Peekable<std::str::Chars>) -> bool {
    let mut ahead = chars.clone();
    ahead.next();
    ahead.next().is_some_and(|next| matches!(next, '.' | ',' | '?' | '!'))
}

fn is_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// The combining mark of a vowel's shape: circumflex, breve, horn.
fn shape_of(vowel: char, mark: char) -> Option<char> {
    match (vowel.to_ascii_lowercase(), mark) {
        ('a' | 'e' | 'o', '^') => Some('\u{302}'),
        ('a', '(') => Some('\u{306}'),
        ('o' | 'u', '+' | '*') => Some('\u{31B}'),
        _ => None,
    }
}

/// The combining mark of a tone.
fn tone_of(mark: char) -> Option<char> {
    Some(match mark {
        '`' => '\u{300}',
        '\'' => '\u{301}',
        '?' => '\u{309}',
        '~' => '\u{303}',
        '.' => '\u{323}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn viqr_is_read() {
        let text = "Vie^.t Nam dda^'t nu+o+'c me^'n ye^u, ngu+o+`i da^n Ha` No^.i.\n";
        let expected = "Việt Nam đất nước mến yêu, người dân Hà Nội.\n";
        assert_eq!(read(text).as_deref(), Some(expected));
    }

    #[test]
    fn other_ascii_is_not() {
        for text in [
            "He said: \"don't go.\" (a+b)^2 = c",
            "x^2 + y^2 = z^2, a^b o^p",
            "Toi di hoc. Ban co khoe khong?",
            "ls ~/a `pwd` (e.g. $HOME) a(b) o+p u+v e^x",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
