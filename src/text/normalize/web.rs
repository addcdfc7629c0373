//! Addresses of the web and of e-mail, names of files, folders and accounts, and hashtags:
//! `https://vnexpress.net/thoi-su`, `abc@gmail.com`, `don_xin.pdf`, `@bep_nha`, `#SongXanh`.

use super::lex::Case;
use super::number;
use super::numeral;
use super::reader::Reader;
use super::tables::Tables;
use super::verbalization::Verbalization;
use super::web_labels::{guesses, push_label, words_of};
use super::word_sets as sets;
use crate::model::reading_options::Addresses;
use crate::model::spoken::Confidence::{Doubtful, Likely};
use crate::text::orthography;
use crate::text::transliterate;

/// More lexemes than this are not an address.
const LONGEST: usize = 512;

/// Reads an address as a whole. A scheme is not said; a stop at the end belongs to the sentence.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let sign = lexed.symbol(at);
    let followed =
        matches!(lexed.glued_symbol(at + 1), Some('.' | '@' | ':' | '_' | '-' | '/' | '\\'));
    // hoinghi2025@gmail.com, ts10.hcm.edu.vn
    let numbered = lexed.glued_digits(at + 1).is_some()
        && (lexed.glued_symbol(at + 2) == Some('@')
            || lexed.glued_symbol(at + 2) == Some('.') && lexed.case(at) == Some(Case::Lower));
    let may_start = match sign {
        None => followed || numbered,
        Some(sign) => matches!(sign, '@' | '#' | '.' | '/' | '\\') && lexed.is_glued(at + 1),
    };
    if !may_start {
        return None;
    }
    // An address starts where white space or a sign that ends one is before it.
    let starts = !lexed.is_glued(at)
        || at.checked_sub(1).and_then(|before| lexed.symbol(before)).is_some_and(may_precede);
    if !starts {
        return None;
    }
    if sign == Some('#') {
        return hashtag(reader, at);
    }
    let mut end = at + 1;
    while end < at + LONGEST && lexed.is_glued(end) && !lexed.symbol(end).is_some_and(is_outside) {
        end += 1;
    }
    while lexed.symbol(end - 1).is_some_and(|s| matches!(s, '.' | ':' | '-' | '@' | '?' | '\'')) {
        end -= 1;
        if end == at {
            return None;
        }
    }
    let text = lexed.source(at, end);
    let kind = match kind_of(text) {
        None if sign == Some('.') && is_listed_ending(reader, at) => Kind::Web,
        kind => kind?,
    };
    let without_scheme = text.find("://").map_or(text, |at| &text[at + 3..]);
    let quiet_joints = kind == Kind::Handle;
    let is_page = kind == Kind::Web && !text.contains('@') && !text.starts_with('.');
    let site_alone = match reader.options.addresses {
        Addresses::Whole => is_long(without_scheme),
        Addresses::Domain | Addresses::Skip => true,
    };
    let without_scheme = match reader.options.addresses {
        Addresses::Skip if is_page => {
            reader.pass(at, end, "address");
            return Some(end);
        }
        _ if is_page && site_alone => {
            let host = without_scheme.split(['/', '?', '#', ':']).next().unwrap_or_default();
            host.strip_prefix("www.").unwrap_or(host)
        }
        _ => without_scheme,
    };
    let confidence = if guesses(without_scheme) { Doubtful } else { Likely };
    reader.verbalize(at, end, "address", confidence, |out| match without_scheme {
        "" => out.push(&transliterate::spell_letters(text.trim_end_matches([':', '/']))), // https://
        _ => push_address(out, without_scheme, quiet_joints),
    });
    Some(end)
}

/// Reads the name of a site that begins with digits: 24h.com.vn, 2banh.vn.
pub(super) fn read_numbered(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let named = lexed.is_glued(at + 1)
        && lexed.case(at + 1) == Some(Case::Lower)
        && lexed.glued_symbol(at + 2) == Some('.')
        && lexed.is_glued(at + 3)
        && sets::TOP_LEVEL.has(lexed.text(at + 3))
        && !(lexed.is_glued(at) && at > 0 && lexed.symbol(at - 1).is_none());
    if !named {
        return None;
    }
    let mut end = at + 4;
    while lexed.glued_symbol(end) == Some('.')
        && lexed.is_glued(end + 1)
        && sets::TOP_LEVEL.has(lexed.text(end + 1))
    {
        end += 2;
    }
    let digits = lexed.text(at);
    let letters = lexed.text(at + 1);
    let domain = lexed.source(at + 2, end);
    let hours = letters == "h" && digits.len() <= 2;
    reader.verbalize(at, end, "address", Likely, |out| {
        if digits.starts_with('0') || digits.len() > 3 {
            number::one_by_one(digits, out);
        } else {
            number::cardinal(digits, out);
        }
        if hours {
            out.push("giờ");
        } else {
            push_label(out, letters);
        }
        push_address(out, domain, false);
    });
    Some(end)
}

/// Whether a dot is before the ending of addresses that words name, alone or in a list: đuôi .vip, .top và .cc.
fn is_listed_ending(reader: &Reader<'_>, at: usize) -> bool {
    /// So many endings in a list.
    const MOST: usize = 6;
    let lexed = &reader.lexed;
    let ending = |at: usize| {
        lexed.symbol(at) == Some('.')
            && lexed.is_glued(at + 1)
            && lexed.case(at + 1) == Some(Case::Lower)
            && lexed.text(at + 1).is_ascii()
            && !lexed.goes_on(at + 2)
    };
    let mut at = at;
    for _ in 0..MOST {
        if !ending(at) {
            return false;
        }
        if matches!(lexed.before(at, 1), "đuôi" | "miền") {
            return true;
        }
        let joined =
            at > 2 && (lexed.symbol(at - 1) == Some(',') || sets::JOINS.has(lexed.word(at - 1)));
        if !joined {
            return false;
        }
        at -= 3;
        while at > 1 && lexed.is_glued(at) && lexed.symbol(at - 2) == Some('.') {
            at -= 2; // .edu.vn
        }
    }
    false
}

/// Whether an address is that of a page deep in a site, with a path that nobody would write down: of it
/// the site is said.
fn is_long(address: &str) -> bool {
    const LONGEST_PATH: usize = 24;
    let Some((_, path)) = address.split_once('/') else { return false };
    let path = path.trim_end_matches('/');
    path.chars().count() > LONGEST_PATH || path.matches(['-', '/', '=', '&', '%']).count() > 2
}

/// A word, or a number, after #.
fn hashtag(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if let Some(digits) = reader.lexed.glued_digits(at + 1) {
        if reader.lexed.goes_on(at + 2) {
            return None;
        }
        // #1,8 tỷ USD, #1.000 tỷ/km: about so much
        let number = numeral::parse(&reader.lexed, at + 1);
        let about = number.is_some_and(|number| {
            let scaled = sets::SCALES.has(reader.lexed.word(number.end));
            let unit = number.end + usize::from(scaled);
            let paid = sets::MONEY_WORDS.has(reader.lexed.word(unit))
                || sets::CURRENCY_CODES.has(reader.lexed.word(unit))
                || reader.lexed.symbol(unit) == Some('/');
            let parts = number.end > at + 2;
            scaled && (paid || parts) || parts && paid
        });
        if about {
            reader.verbalize_as(at, at + 1, "sign", Likely, "khoảng");
            return Some(at + 1);
        }
        let named = matches!(reader.lexed.before(at, 1), "số" | "hạng");
        reader.verbalize(at, at + 2, "number sign", Likely, |out| {
            if !named {
                out.push("số");
            }
            if digits.starts_with('0') || digits.len() > 3 {
                number::one_by_one(digits, out);
            } else {
                number::cardinal(digits, out);
            }
        });
        return Some(at + 2);
    }
    reader.lexed.case(at + 1)?;
    let mut end = at + 2;
    while end < at + LONGEST
        && reader.lexed.is_glued(end)
        && reader.lexed.symbol(end).is_none_or(|sign| sign == '_')
    {
        end += 1;
    }
    let text = reader.lexed.source(at + 1, end);
    let named = reader.lexed.before(at, 1) == "hashtag";
    reader.verbalize(at, end, "hashtag", Likely, |out| {
        if !named {
            out.push("hát tắc");
        }
        push_tag(out, text);
    });
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

/// What an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Web,
    Handle,
    File,
}

fn kind_of(text: &str) -> Option<Kind> {
    let host = text.split(['/', '?', ':', '#']).next().unwrap_or(text);
    let club = text.len() <= 6 && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'.');
    if club {
        return None; // HA.GL
    }
    let goes_on = host.len() < text.len();
    let is_word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric());
    let has_known_top = |host: &str| {
        host.rsplit_once('.').is_some_and(|(name, top)| {
            let top_small = top.to_ascii_lowercase();
            let doubtful = sets::DOUBTFUL_TOP_LEVEL.has(top)
                && name.chars().all(|c| !c.is_ascii_uppercase())
                && (goes_on || name.contains(['.', '-']));
            let odd = sets::WORDS_AS_TOP_LEVEL.has(top_small.as_str());
            let known = sets::TOP_LEVEL.has(top_small.as_str()) && (!odd || top == top_small);
            !name.is_empty() && (known || doubtful)
        })
    };
    let mail =
        text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if let Some(name) = text.strip_prefix('@') {
        return name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(Kind::Handle);
    }
    if text.contains("://")
        || text.starts_with("www.")
        || mail
        || (host.is_ascii() && !host.starts_with('.') && has_known_top(host))
    {
        return Some(Kind::Web);
    }
    if let Some(labels) = text.strip_prefix('.') {
        // A bare ending: .vn, .com.vn, .exe
        let known = labels.split('.').all(|label| {
            is_word(label)
                && (sets::TOP_LEVEL.has(label)
                    || sets::DOUBTFUL_TOP_LEVEL.has(label)
                    || sets::FILE_ENDINGS.has(label))
        });
        return known.then_some(Kind::Web);
    }
    let file = text.rsplit(['/', '\\']).next().unwrap_or(text);
    let has_ending = file.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty() && sets::FILE_ENDINGS.has(ending.to_ascii_lowercase().as_str())
    });
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '\\' | ':');
    if has_ending && text.chars().all(plain) {
        return Some(Kind::File);
    }
    let tail = text.get(1..).unwrap_or_default();
    let folder = |sign: char| text.starts_with(sign) && tail.contains(sign) && text.len() > 3;
    let drive = text.len() > 3 && tail.starts_with(":\\");
    let ascii = text.is_ascii() && text.chars().all(plain);
    let path = ascii && (folder('/') || folder('\\') || drive);
    let joined = ascii
        && text.contains('_')
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.split('_').all(is_word);
    (path || joined).then_some(Kind::File)
}

/// Words as they are, signs by their names, digits one by one. In the name of an account what joins
/// its words is not said.
fn push_address(out: &mut Verbalization, address: &str, quiet_joints: bool) {
    const LONGEST_ACRONYM: usize = 5;
    let mut rest = address;
    while let Some(first) = rest.chars().next() {
        let run = |same: fn(char) -> bool| rest.find(|c: char| !same(c)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            number::one_by_one(&rest[..length], out);
            length
        } else if first.is_alphabetic() && !first.is_numeric() {
            let length = run(|c| c.is_alphabetic() && !c.is_numeric());
            // ump.edu.vn: schools are named by their letters
            let letters = rest[..length].to_ascii_lowercase();
            let of_school = rest[length..].starts_with(".edu")
                && letters.len() <= LONGEST_ACRONYM
                && orthography::parse(&letters).is_none()
                && !transliterate::is_listed(&letters);
            if let Some(said) = Tables::get().web_label(&letters) {
                out.push(said); // VnExpress.net, ThanhNien.vn
            } else if of_school {
                out.push(&transliterate::spell_letters(&letters));
            } else {
                words_of(&rest[..length]).into_iter().for_each(|part| push_label(out, part));
            }
            length
        } else {
            if let Some(said) = sign_name(first).filter(|_| !quiet_joints || first != '_') {
                out.push(said);
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
}

/// The words of a hashtag: those separated by capitals, numbers as numbers.
fn push_tag(out: &mut Verbalization, tag: &str) {
    let mut rest = tag;
    while let Some(first) = rest.chars().next() {
        let is_same = |c: char| match first {
            digit if digit.is_ascii_digit() => c.is_ascii_digit(),
            letter if letter.is_alphabetic() => c.is_alphabetic() && !c.is_numeric(),
            _ => false,
        };
        let length = rest.find(|c| !is_same(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let run = &rest[..length];
        if first.is_ascii_digit() {
            if run.len() <= 4 {
                number::cardinal(run, out);
            } else {
                number::one_by_one(run, out);
            }
        } else if let Some(said) = Tables::get().web_label(&run.to_lowercase()) {
            out.push(said);
        } else if first.is_alphabetic() {
            words_of(run).into_iter().for_each(|word| push_label(out, word));
        }
        rest = &rest[length..];
    }
}

fn sign_name(sign: char) -> Option<&'static str> {
    Some(match sign {
        '.' => "chấm",
        '/' | '\\' => "gạch chéo",
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
