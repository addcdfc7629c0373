//! Numbers of documents: 26-HD/TU, 11- QĐi/TW, 123/2020/NĐ-CP, 30a/2008/NQ-CP, 16/CT-TTg, Nghị định 168/2024.
//! Type and issuer are said in full.

use super::lex::Case;
use super::number;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::reading_options::Documents;
use crate::model::spoken::Confidence::{Likely, Sure};
use crate::model::spoken::{Mark, Token, Word};
use crate::text::transliterate;

/// Reads a document's number that starts with digits. At least one of its parts in letters must be
/// a known type or issuer.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let of_code = at > 0
        && reader.lexed.is_glued(at)
        && reader.lexed.case(at - 1).is_some_and(|case| case != Case::Lower);
    if of_code && !follows_its_type(reader, at) {
        return None; // CT1-CT2
    }
    let Serial { number: serial, letter, mut end } = serial(reader, at)?;
    let year = year(reader, end);
    let branch = branch(reader, end);
    if year.is_some() || branch.is_some() {
        end += 2;
    }
    let mut parts = Vec::new();
    // Scraped texts leave spaces after the signs: "11- QĐi/TW".
    while matches!(reader.lexed.symbol(end), Some('-' | '/' | '–'))
        && starts_part(reader, end + 1)
        && !(parts.is_empty() && is_free(reader, end))
    {
        parts.push(end + 1);
        end = part_end(reader, end + 1);
    }
    if parts.is_empty() && year.is_some() && is_titled(reader, at, end) {
        return Some(with_year(reader, (at, end), (&serial, letter), year.unwrap_or("")));
    }
    let is_known = |&part: &usize| reader.tables.document_part(written(reader, part)).is_some();
    let titled = !parts.is_empty() && reader.lexed.is_glued(parts[0]) && follows_title(reader, at);
    let named = parts.first().is_some_and(|&part| names_type(reader, at, part))
        || parts.len() > 1 && follows_type(reader, at) // Công văn số 5873/QĐ-BYT
        || follows_number(reader, at);
    let known = titled || named || parts.iter().any(is_known);
    let announced = titled || named || announced(reader, at);
    if !known || (parts.len() < 2 && year.is_none() && !announced) {
        return None;
    }
    let serial_is_name = serial.starts_with('0');
    let confidence = if parts.iter().all(is_known) { Sure } else { Likely };
    let mut readings: Vec<(String, Option<&str>)> = parts
        .iter()
        .map(|&part| {
            let number = reader.lexed.glued_digits(part + 1);
            match number.filter(|_| !sets::ASSEMBLIES.has(reader.lexed.text(part))) {
                Some(number) => (department(reader, part, number), None),
                None => (said(reader, part), number),
            }
        })
        .collect();
    // QĐ stands for quyết định and quy định, CT for chỉ thị, chương trình and cáo trạng.
    if let Some((said, _)) = readings.first_mut()
        && let Some(title) = title_of_letters(reader, at, parts[0])
    {
        *said = title;
    }
    // thay thế 153/2010/TT-BTC: nothing names the type, and so it is said first
    let bare = !titled
        && !named
        && parts.len() == 2
        && parts.iter().all(is_known)
        && is_office(&readings[1].0)
        && follows_bare_lead(reader, at, year.is_some());
    let mut kind = String::new();
    // The type was just named, and one issuer follows it: Thông tư số 64/2013/TT-BTC.
    let short = reader.options.documents == Documents::Short;
    let once = short && named && parts.len() > 1;
    let of_office = once && is_office(&readings[1].0);
    let unknown = once && parts.len() == 2 && !is_known(&parts[1]);
    if short && year.is_none() && !parts.is_empty() && repeats_kind(reader, at, (parts[0], end)) {
        parts.clear(); // Nghị quyết 57-NQ/TW, 59-NQ/TW
    } else if (of_office || unknown) && issuer_follows(reader, end) {
        parts.clear(); // the words after it say who: 49/2010/NĐ-CP của Chính phủ
    } else if of_office {
        "của".clone_into(&mut readings[0].0);
    } else if bare {
        kind = std::mem::replace(&mut readings[0].0, "của".to_owned());
        if issuer_follows(reader, end) {
            parts.clear();
        }
    } else if once && names_type(reader, at, parts[0]) {
        readings.remove(0);
        parts.remove(0); // Quyết định số 52/QĐ-XPHC: what follows the type says no office
    }
    // số 88/2014/QH13 của Quốc hội, with or without khóa XIII: the words after it say the same.
    let told = |(said, term): &(String, Option<&str>)| {
        term.is_some() && reader.lexed.word(end) == "của" && follows_in_full(reader, end + 1, said)
    };
    if short && readings.last().is_some_and(told) {
        parts.pop();
    }
    // Luật số 55/2024/QH15, Công văn số 56/UBND-KT: the type was named, and who issued it comes first
    let by_office = short
        && readings.first().is_some_and(|(said, term)| {
            is_office(said) && (titled || term.is_some() || follows_type(reader, at))
        });
    // UBND-NN&MT
    let parted = reader.lexed.glued_symbol(end) == Some('&') && reader.lexed.is_glued(end + 1);
    if by_office && parted && parts.len() > 1 && !parts.last().is_some_and(is_known) {
        end += 2;
    }
    if by_office && issuer_follows(reader, end) {
        parts.clear();
    } else if by_office {
        // 1786/BYT-DP: a department that nothing explains is not said
        while parts.len() > 1 && parts.last().is_some_and(|part| !is_known(part)) {
            parts.pop();
        }
    }
    // Quyết định số 85/QĐ-XPHC xử phạt vi phạm hành chính: the words after it say the same.
    readings.truncate(parts.len());
    if once && readings.last().is_some_and(|(said, _)| begins_alike(reader, end, said)) {
        readings.pop();
        parts.pop();
    }
    // TTLT-BCA-BQP-VKSNDTC: several bodies, with a pause between them
    let is_body = |(said, term): &&(String, Option<&str>)| term.is_none() && is_office(said);
    let bodies = readings.iter().rev().take_while(is_body).count();
    let joined = readings.split_off(readings.len() - bodies.saturating_sub(1));
    let rest = &parts[parts.len() - joined.len()..];
    let first_end = rest.first().map_or(end, |&part| part - 1);
    reader.verbalize(at, first_end, "document number", confidence, |out| {
        out.push(&kind);
        if serial_is_name {
            number::one_by_one(&serial, out);
        } else {
            number::cardinal(&serial, out);
        }
        if let Some(letter) = letter {
            out.push(&transliterate::spell_letters(letter));
        }
        if let Some(branch) = branch {
            out.push("gạch");
            number::cardinal(branch, out);
        }
        if let Some(year) = year {
            out.push("năm");
            number::year(year, out);
        }
        if by_office && !readings.is_empty() {
            out.push("của");
        }
        for (part, term) in &readings {
            out.push(part);
            if let Some(term) = term {
                out.push("khóa");
                number::cardinal(term, out);
            }
        }
    });
    for (i, (&part, (said, _))) in rest.iter().zip(&joined).enumerate() {
        reader.mark(part - 1, part, Mark::Comma);
        let part_end = rest.get(i + 1).map_or(end, |next| next - 1);
        reader.verbalize_as(part, part_end, "document number", confidence, said);
    }
    Some(end)
}

/// The year behind a serial number at `at`: 49/2016/TLST-DS. White space may be before its stroke, and a hyphen in its
/// place before a part that the table has: 217-2019-TB-UBND.
fn year<'a>(reader: &Reader<'a>, at: usize) -> Option<&'a str> {
    let lexed = &reader.lexed;
    let year = lexed.glued_digits(at + 1).filter(|year| year.len() == 4)?;
    let part = |sign: char| {
        lexed.glued_symbol(at + 2) == Some(sign)
            && lexed.is_glued(at + 3)
            && reader.tables.document_part(lexed.text(at + 3)).is_some()
    };
    let joined = match lexed.symbol(at)? {
        '/' => lexed.is_glued(at) || part('/'),
        '-' => lexed.is_glued(at) && year.starts_with(['1', '2']) && part('-'),
        _ => false,
    };
    joined.then_some(year)
}

/// Where a part that begins at `at` ends: two of letters with a stop between them are one where the table has them so
/// (TT.HĐND), and a number belongs to it (QH14, PV01).
fn part_end(reader: &Reader<'_>, at: usize) -> usize {
    let end = if is_joined(reader, at) { at + 3 } else { at + 1 };
    end + usize::from(reader.lexed.glued_digits(end).is_some())
}

/// Whether white space is on both sides of a dash at `at` and nothing goes on behind the letters after it: hạng vé CAT 5 - CAT 1,
/// but not 11 - QĐ/TW.
fn is_free(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let apart = !lexed.is_glued(at) && !lexed.is_glued(at + 1);
    apart && !matches!(lexed.glued_symbol(part_end(reader, at + 1)), Some('/' | '-'))
}

/// Whether the table has the two parts of letters at `at`, a stop between them, as one.
fn is_joined(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    lexed.glued_symbol(at + 1) == Some('.')
        && lexed.is_glued(at + 2)
        && lexed.case(at + 2) == Some(Case::Upper)
        && reader.tables.document_part(lexed.source(at, at + 3)).is_some()
}

/// A part as it is written.
fn written<'a>(reader: &Reader<'a>, part: usize) -> &'a str {
    reader.lexed.source(part, if is_joined(reader, part) { part + 3 } else { part + 1 })
}

/// A department by its letters and its number: PV01, PC45, C06.
fn department(reader: &Reader<'_>, part: usize, digits: &str) -> String {
    let letters = transliterate::spell_letters(reader.lexed.text(part));
    let said = reader.wording(|out| {
        if digits.starts_with('0') {
            number::one_by_one(digits, out);
        } else {
            number::cardinal(digits, out);
        }
    });
    format!("{letters} {said}")
}

/// Whether the words at `at` are what is said for an assembly: Quốc hội.
fn follows_in_full(reader: &Reader<'_>, at: usize, said: &str) -> bool {
    said.split(' ').enumerate().all(|(i, word)| reader.lexed.word(at + i) == word)
}

/// The second number of 3010-1/TB: of a document that belongs to another.
fn branch<'a>(reader: &Reader<'a>, at: usize) -> Option<&'a str> {
    let number = reader.lexed.glued_digits(at + 1).filter(|number| number.len() < 3)?;
    let joined = reader.lexed.glued_symbol(at) == Some('-')
        && reader.lexed.glued_symbol(at + 2) == Some('/')
        && starts_part(reader, at + 3);
    joined.then_some(number)
}

/// The number of a document, and the letter of one that was added between two: 30a/2008/NQ-CP.
struct Serial<'a> {
    number: String,
    letter: Option<&'a str>,
    /// The index after both.
    end: usize,
}

/// The number of a document at `at`. Thousands may be grouped: 4.236/QĐ-UBND.
fn serial<'a>(reader: &Reader<'a>, at: usize) -> Option<Serial<'a>> {
    let lexed = &reader.lexed;
    let digits = lexed.digits(at)?;
    let group = lexed.glued_digits(at + 2).filter(|group| group.len() == 3);
    let grouped = digits.len() <= 2
        && lexed.glued_symbol(at + 1) == Some('.')
        && lexed.glued_symbol(at + 3) == Some('/')
        && starts_part(reader, at + 4);
    if let Some(group) = group.filter(|_| grouped) {
        return Some(Serial { number: format!("{digits}{group}"), letter: None, end: at + 3 });
    }
    // 15A/28B is a house: behind a letter a year follows, or what begins the type
    let lettered = lexed.is_glued(at + 1)
        && matches!(lexed.text(at + 1), "a" | "b" | "c" | "d" | "A" | "B" | "C" | "D")
        && matches!(lexed.glued_symbol(at + 2), Some('/' | '-'))
        && (lexed.glued_digits(at + 3).is_some_and(|year| year.len() == 4)
            || lexed.is_glued(at + 3)
                && reader.tables.document_part(lexed.text(at + 3)).is_some()
                && starts_part(reader, at + 3));
    let letter = lettered.then(|| lexed.text(at + 1));
    Some(Serial { number: digits.to_owned(), letter, end: at + 1 + usize::from(lettered) })
}

/// Whether what is before `at` leads to a document and does not say of which type it is: thay thế 153/2010/TT-BTC,
/// theo 49/2010/NĐ-CP, or, before a number with its year, another and a comma or và.
fn follows_bare_lead(reader: &Reader<'_>, at: usize, has_year: bool) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let lexed = &reader.lexed;
    let listed = lexed.symbol(before) == Some(',') || sets::JOINS.has(lexed.word(before));
    sets::BARE_DOCUMENT_LEADS.has(lexed.word(before))
        || has_year && listed && is_behind_another(reader, 2)
}

/// Whether the number of another document was said within so many tokens before.
fn is_behind_another(reader: &Reader<'_>, reach: usize) -> bool {
    let another =
        |token: &Token| matches!(token, Token::Word(word) if word.class == "document number");
    reader.last_tokens(reach).any(another)
}

/// Whether the words at `at` begin as others do.
fn begins_alike(reader: &Reader<'_>, at: usize, said: &str) -> bool {
    let mut words = said.split(' ');
    let first = words.next().unwrap_or_default();
    words
        .next()
        .is_some_and(|second| reader.lexed.word(at) == first && reader.lexed.word(at + 1) == second)
}

/// Whether the letters of a document's number, `part..end`, are those of the one said just before, which a comma or và joins to
/// it: Nghị quyết số 57-NQ/TW, số 59-NQ/TW và 66-NQ/TW.
fn repeats_kind(reader: &Reader<'_>, at: usize, (part, end): (usize, usize)) -> bool {
    let lexed = &reader.lexed;
    let (name, _) = name_end(reader, at);
    let Some(joint) = name.checked_sub(1) else { return false };
    let joined = lexed.symbol(joint) == Some(',') || sets::JOINS.has(lexed.word(joint));
    let first = joint.checked_sub(end - part).filter(|_| joined && is_behind_another(reader, 3));
    first.is_some_and(|first| lexed.source(first, joint) == lexed.source(part, end))
}

/// Whether words after a document say who issued it, right behind it or behind its day: 6/2025/NĐ-CP ngày
/// 8/1/2025 của Chính phủ.
fn issuer_follows(reader: &Reader<'_>, end: usize) -> bool {
    const LONGEST_DAY: usize = 8;
    let of_day = |at: usize| {
        reader.lexed.digits(at).is_some()
            || sets::DATE_UNITS.has(reader.lexed.word(at))
            || matches!(reader.lexed.symbol(at), Some('/' | '-' | '.' | ','))
                && reader.lexed.digits(at + 1).is_some()
    };
    let after = (end..end + LONGEST_DAY).find(|&at| !of_day(at));
    after.is_some_and(|at| reader.lexed.word(at) == "của")
}

/// Whether the type of a document touches its number, and was said in full: TT22/2019/TT-NHNN.
fn follows_its_type(reader: &Reader<'_>, at: usize) -> bool {
    let said = reader.tables.document_part(reader.lexed.text(at - 1));
    let told = |word: &Word| Some(reader.said(word)) == said;
    reader.lexed.glued_symbol(at + 1) == Some('/') && reader.last_word().is_some_and(told)
}

/// Whether the number of another document is right before, joined to this one: 19/QĐ-BYT đến 29/QĐ-BYT.
fn follows_number(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.before(at, 1), "đến" | "tới") && is_behind_another(reader, 2)
}

/// Whether the type that a part stands for was just named, in words or by the same letters.
fn names_type(reader: &Reader<'_>, at: usize, part: usize) -> bool {
    let written = written(reader, part);
    let (name, _) = name_end(reader, at);
    name.checked_sub(1).is_some_and(|name| reader.lexed.text(name) == written)
        || reader.tables.document_part(written).is_some_and(|said| follows(reader, at, said))
        || title_of_letters(reader, at, part).is_some()
}

/// The two words right before the number of a document, if the letters of a part are theirs: quy định
/// 12-QĐ/TW. Where số is between, they may name a type that the table does not have: cáo trạng số 12/CT-VKS.
fn title_of_letters(reader: &Reader<'_>, at: usize, part: usize) -> Option<String> {
    let (name, numbered) = name_end(reader, at);
    let (first, second) = (reader.lexed.before(name, 2), reader.lexed.before(name, 1));
    // thay thế 153/2010/TT-BTC: no type of document
    let is_type = |words: &str| reader.tables.document_types().any(|said| said == words);
    if !numbered && !is_type(&format!("{first} {second}")) {
        return None;
    }
    let initials = first.chars().next().into_iter().chain(second.chars().next());
    let same = initials.flat_map(char::to_uppercase).eq(reader.lexed.text(part).chars());
    same.then(|| format!("{first} {second}"))
}

/// Where what is before the number of a document at `at` ends without số and the colon of Thông tư số: 21/2012/TT-BTC, and
/// whether số is there.
fn name_end(reader: &Reader<'_>, at: usize) -> (usize, bool) {
    let colon = |at: usize| at - usize::from(at > 0 && reader.lexed.symbol(at - 1) == Some(':'));
    let number = colon(at);
    let numbered = reader.lexed.before(number, 1) == "số";
    (colon(number - usize::from(numbered)), numbered)
}

/// Whether words, and perhaps số, are right before `at`.
fn follows(reader: &Reader<'_>, at: usize, words: &str) -> bool {
    let (name, _) = name_end(reader, at);
    words.split(' ').rev().enumerate().all(|(i, word)| reader.lexed.before(name, i + 1) == word)
}

/// Whether a document is named before `at`, and nothing else follows its year: Nghị định 168/2024.
fn is_titled(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let goes_on = matches!(reader.lexed.symbol(end), Some('-' | '/' | '–'))
        && reader.lexed.is_glued(end)
        && reader.lexed.is_glued(end + 1);
    !goes_on && follows_title(reader, at)
}

/// Whether any type of document that the table has is named right before `at`, số between.
fn follows_type(reader: &Reader<'_>, at: usize) -> bool {
    name_end(reader, at).1 && reader.tables.document_types().any(|said| follows(reader, at, said))
}

/// Whether the kind of a document, and perhaps số, are right before `at`.
fn follows_title(reader: &Reader<'_>, at: usize) -> bool {
    sets::DOCUMENT_TITLES.iter().any(|title| follows(reader, at, title))
}

/// 168/2024: the serial and the year of a document.
fn with_year(
    reader: &mut Reader<'_>,
    (at, end): (usize, usize),
    (serial, letter): (&str, Option<&str>),
    year: &str,
) -> usize {
    let said_zero = serial.starts_with('0');
    reader.verbalize(at, end, "document number", Likely, |out| {
        if said_zero {
            number::one_by_one(serial, out);
        } else {
            number::cardinal(serial, out);
        }
        if let Some(letter) = letter {
            out.push(&transliterate::spell_letters(letter));
        }
        out.push("năm");
        number::year(year, out);
    });
    end
}

/// Whether a part in letters is at `at`: capitals, perhaps with lower-case letters among them.
fn starts_part(reader: &Reader<'_>, at: usize) -> bool {
    let text = reader.lexed.text(at);
    text.chars().next().is_some_and(char::is_uppercase)
        && (reader.tables.document_part(text).is_some()
            || (text.chars().count() > 1 && text.chars().all(char::is_uppercase))
            || is_short_name(text))
}

/// Whether a word is letters of which most are capitals, as short names of firms and offices are: ĐLHTr.
fn is_short_name(text: &str) -> bool {
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    capitals > 2 && capitals > 2 * (letters - capitals) && letters == text.chars().count()
}

/// Whether the word before says that a number of a document follows.
fn announced(reader: &Reader<'_>, at: usize) -> bool {
    let colon = usize::from(reader.lexed.symbol(at.wrapping_sub(1)) == Some(':')); // Số: 12-6/TB
    sets::DOCUMENT_NUMBER_LEADS.has(reader.lexed.before(at - colon, 1))
}

/// What is said for a part: from the table of types and issuers, from the abbreviations if it is an
/// office that issues documents, or letter by letter.
fn said(reader: &Reader<'_>, part: usize) -> String {
    let written = written(reader, part);
    // 2115/QĐ-CT: who signs is the chairman.
    let signer = part > 1 && reader.lexed.is_glued(part) && reader.lexed.text(part - 2) == "QĐ";
    if written == "CT" && signer {
        return "chủ tịch".to_owned();
    }
    if written == "TU"
        && let Some(committee) = local_committee(reader, part)
    {
        return committee;
    }
    if let Some(said) = reader.tables.document_part(written) {
        return said.to_owned();
    }
    if let Some(expansion) = reader.definitions.expansion(written) {
        return expansion.to_owned();
    }
    reader
        .tables
        .abbreviations(written)
        .iter()
        .find(|row| {
            // Of four letters or more there is seldom another sense: 52/QĐ-XPHC.
            let long = written.chars().count() > 3 && !row.rivaled;
            row.written == written && row.is_usual() && (long || is_office(row.expansion))
        })
        .map_or_else(|| transliterate::spell_letters(written), |row| row.expansion.to_owned())
}

/// The committee of a town or a city that is named right behind the number of a document, or before it: 05-CT/TU, ngày
/// 25/12/2020 của Ban Thường vụ Thị ủy; Thành ủy ban hành Nghị quyết số 15-NQ/TU.
fn local_committee(reader: &Reader<'_>, part: usize) -> Option<String> {
    /// A day and the name of an office fit before it.
    const REACH: usize = 18;
    let is_committee = |&i: &usize| reader.lexed.word(i) == "ủy";
    let behind = (part + 1..part + REACH).find(is_committee);
    let committee =
        behind.or_else(|| (part.saturating_sub(REACH)..part).rev().find(is_committee))?;
    let level = reader.lexed.before(committee, 1);
    matches!(level, "thị" | "thành").then(|| format!("{level} ủy"))
}

/// Whether words name an office, by how they begin.
pub(super) fn is_office(said: &str) -> bool {
    let said = said.to_lowercase();
    sets::OFFICES.iter().any(|office| {
        said.strip_prefix(office).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}
