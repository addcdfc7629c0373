//! Addresses of the web and of e-mail: `https://vnexpress.net/thoi-su`, `abc@gmail.com`.

use super::number;
use super::reader::Reader;
use super::tables::Tables;
use crate::orthography;
use crate::respell;
use crate::spoken::Confidence::Likely;

/// Last labels of host names that make `a.b` an address; others need `www.`, `@` or `://`.
const TOP_LEVEL: [&str; 12] =
    ["vn", "com", "net", "org", "gov", "edu", "info", "io", "gl", "ly", "biz", "asia"];

/// More lexemes than this are no address.
const LONGEST: usize = 512;

/// Reads an address as a whole. A scheme is not said; a stop at the end belongs to the sentence.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    if !matches!(lexed.glued_symbol(at + 1), Some('.' | '@' | ':' | '_' | '-'))
        && lexed.symbol(at) != Some('@')
    {
        return None;
    }
    // An address starts where white space or a sign that ends one stands before it.
    let starts = !lexed.is_glued(at)
        || at.checked_sub(1).and_then(|before| lexed.symbol(before)).is_some_and(may_precede);
    if !starts {
        return None;
    }
    let mut end = at + 1;
    while end < at + LONGEST && lexed.is_glued(end) && !lexed.symbol(end).is_some_and(is_outside) {
        end += 1;
    }
    while lexed.symbol(end - 1).is_some_and(|sign| matches!(sign, '.' | ':' | '-' | '@')) {
        end -= 1;
        if end == at {
            return None;
        }
    }
    let text = lexed.source(at, end);
    if !is_address(text) {
        return None;
    }
    let without_scheme = text.find("://").map_or(text, |at| &text[at + 3..]);
    reader.say(at, end, "address", Likely, |out| push_address(out, without_scheme));
    Some(end)
}

/// Signs that may touch the start of an address.
fn may_precede(sign: char) -> bool {
    is_outside(sign) || matches!(sign, ':' | '/' | '|' | '-' | '–' | '.' | '=')
}

/// Signs that end an address.
fn is_outside(sign: char) -> bool {
    matches!(sign, ',' | ';' | '(' | ')' | '"' | '“' | '”' | '!' | '…' | '<' | '>' | '[' | ']')
}

fn is_address(text: &str) -> bool {
    let host = text.split('/').next().unwrap_or(text);
    let has_known_top = |host: &str| {
        host.rsplit_once('.').is_some_and(|(name, top)| {
            !name.is_empty() && TOP_LEVEL.contains(&top.to_ascii_lowercase().as_str())
        })
    };
    let mail =
        text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let handle = text.starts_with('@')
        && text.len() > 1
        && text[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    text.contains("://")
        || text.starts_with("www.")
        || mail
        || handle
        || (host.is_ascii() && has_known_top(host))
}

/// Words as they are, signs by their names, digits one by one.
fn push_address(out: &mut String, address: &str) {
    let mut rest = address;
    while let Some(first) = rest.chars().next() {
        let run = |same: fn(char) -> bool| rest.find(|c: char| !same(c)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            number::one_by_one(&rest[..length], out);
            length
        } else if first.is_alphabetic() && !first.is_numeric() {
            let length = run(|c| c.is_alphabetic() && !c.is_numeric());
            push_label(out, &rest[..length]);
            length
        } else {
            if let Some(said) = sign_name(first) {
                number::push(out, said);
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
}

/// Short labels without a vowel are spelled (www, gov is said).
fn push_label(out: &mut String, label: &str) {
    let small = label.to_lowercase();
    if let Some(said) = Tables::get().web_label(&small) {
        return number::push(out, said);
    }
    if let Some(syllables) = vietnamese_syllables(&small) {
        return syllables.iter().for_each(|syllable| number::push(out, syllable));
    }
    let has_vowel = label.to_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if has_vowel && label != "io" || orthography::parse(label).is_some() {
        number::push(out, label);
    } else {
        number::push(out, &respell::spell_letters(label));
    }
}

/// The Vietnamese syllables that a label without tone marks is written of (chinhphu, toasoan), each
/// of two letters or more, the longest first; `None` where it is not.
fn vietnamese_syllables(label: &str) -> Option<Vec<&str>> {
    const LONGEST_SYLLABLE: usize = 7;
    const LONGEST_LABEL: usize = 40;
    if !label.is_ascii() || label.len() > LONGEST_LABEL {
        return None;
    }
    // best[i]: where the syllable that starts at i ends, if the label from i on is all syllables.
    let mut best = vec![None; label.len()];
    for start in (0..label.len()).rev() {
        let ends = (start + 2..=label.len().min(start + LONGEST_SYLLABLE)).rev();
        best[start] = ends.clone().find(|&end| {
            let rest_fits = end == label.len() || best[end].is_some();
            rest_fits && orthography::parse_unmarked_stop(&label[start..end]).is_some()
        });
    }
    let mut syllables = Vec::new();
    let mut at = 0;
    while at < label.len() {
        let end = best[at]?;
        syllables.push(&label[at..end]);
        at = end;
    }
    Some(syllables)
}

fn sign_name(sign: char) -> Option<&'static str> {
    Some(match sign {
        '.' => "chấm",
        '/' => "gạch chéo",
        '-' => "gạch ngang",
        '_' => "gạch dưới",
        '@' => "a còng",
        ':' => "hai chấm",
        '?' => "hỏi chấm",
        '=' => "bằng",
        '&' => "và",
        '#' => "thăng",
        '%' => "phần trăm",
        '+' => "cộng",
        '~' => "ngã",
        _ => return None,
    })
}
