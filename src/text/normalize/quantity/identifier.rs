//! What makes a number the name of something, to be read digit by digit: mã giao dịch 9704, số 05,
//! tài khoản 1234.5678.

use crate::model::spoken::Confidence::Likely;
use crate::text::normalize::lex::Case;
use crate::text::normalize::number;
use crate::text::normalize::numeral::Numeral;
use crate::text::normalize::range;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;
use crate::text::transliterate;

/// A number of fewer digits than this is not read singly after the word for a code.
pub(super) const SHORTEST_CODE: usize = 4;

/// The number of an account is so many lexemes behind the word at most.
const ACCOUNT_REACH: usize = 16;

/// Pairs of words that do the same.
const CODE_PHRASES: [[&str; 2]; 16] = [
    ["tài", "khoản"],
    ["mật", "khẩu"],
    ["hợp", "đồng"],
    ["vận", "đơn"],
    ["hóa", "đơn"],
    ["số", "đơn"],
    ["đơn", "hàng"],
    ["số", "hiệu"],
    ["sê", "ri"],
    ["căn", "cước"],
    ["chứng", "minh"],
    ["hộ", "chiếu"],
    ["báo", "danh"],
    ["giao", "dịch"],
    ["định", "danh"],
    ["bảo", "hiểm"],
];

/// Whether digits with a point in the middle are the number of an account: 1234.5678 after a word
/// that announces one.
pub(super) fn is_account(reader: &Reader<'_>, at: usize, numeral: &Numeral<'_>) -> bool {
    numeral.integer.len() >= SHORTEST_CODE
        && numeral.fraction.is_some_and(|fraction| fraction.len() >= SHORTEST_CODE)
        && is_long_code(reader, at)
}

/// Where the words before a number end: before the colon of "Mã: 1234", the sign of "#1234", the
/// verb of "mật khẩu là 1234".
fn words_end(reader: &Reader<'_>, at: usize) -> usize {
    if reader.lexed.before(at, 1) == "là" {
        return at - 1;
    }
    match at.checked_sub(1).and_then(|sign| reader.lexed.symbol(sign)) {
        Some(':' | '#') => at - 1,
        _ => at,
    }
}

/// Whether the word right before `at` leads to a quantity: hơn 1234567 lượt.
pub(super) fn leads_quantity(reader: &Reader<'_>, at: usize) -> bool {
    sets::QUANTITY_LEADS.has(reader.lexed.before(at, 1))
}

/// Whether the word mã is shortly before `at` and means a code, not the stocks of an exchange
/// (mã giảm), a virus (mã độc) or power (mã lực).
fn has_code_word(reader: &Reader<'_>, at: usize) -> bool {
    let mut after = "";
    for word in reader.words_before(at, 3) {
        let other = sets::NOT_CODES_AFTER.has(after);
        if word == "mã" && !other {
            return true;
        }
        after = word;
    }
    false
}

/// Whether the words before `at` say that a long number is a code.
pub(super) fn is_long_code(reader: &Reader<'_>, at: usize) -> bool {
    if leads_quantity(reader, at) {
        return false;
    }
    let from = words_end(reader, at);
    let hash = reader.lexed.symbol(at.wrapping_sub(1)) == Some('#');
    let called = reader.lexed.before(from, 1) == "số"
        && !sets::COUNTED_BEFORE_NUMBER.has(reader.lexed.before(from, 2));
    // Chủ tài khoản: Hội Khuyến học tỉnh: 3100231438
    let told = from < at && reader.mentions(from, ACCOUNT_REACH, ["tài", "khoản"]);
    hash || called
        || told
        || reader.near_before(from, 5, &sets::IDENTIFIER_LEADS)
        || CODE_PHRASES.iter().any(|&phrase| reader.near_phrase(from, 5, phrase))
}

/// Whether the words right before `at` say that a number of four to six digits is a code: mã giao
/// dịch 9704, mật khẩu 123456, xe biển 5678, tàu QNg 90123.
pub(super) fn is_short_code(reader: &Reader<'_>, at: usize) -> bool {
    let from = words_end(reader, at);
    let before = reader.lexed.before(from, 1);
    if sets::YEAR_LEADS_SHORT.has(before) || leads_quantity(reader, at) {
        return false;
    }
    let years = range::year(reader, at).is_some()
        && reader.lexed.symbol(at + 1).is_some_and(range::is_dash); // lúa ĐX 2013-2014
    // giống lúa OM 5451: letters of a variety may pass for a syllable
    let of_law = range::year(reader, at).is_some()
        && reader.tables.is_abbreviation(reader.lexed.text(from.wrapping_sub(1))); // BLDS 2015
    let lettered = before != "iso"
        && !years
        && !of_law
        && reader.lexed.case(from.wrapping_sub(1)).is_some_and(is_capitals)
        && (!reader.is_vietnamese(from - 1) || reader.near_before(from, 4, &sets::SEEDS))
        && reader.near_before(from, 4, &sets::CODE_CARRIERS);
    // OM 5451: lines of rice are known by their letters
    let rice = matches!(reader.lexed.text(from.wrapping_sub(1)), "OM" | "IR")
        && reader.lexed.text(at).len() > 3;
    // NA 93362 TS: a boat that fishes
    let boat = reader.lexed.text(at + 1) == "TS"
        && matches!(reader.lexed.case(from.wrapping_sub(1)), Some(Case::Upper | Case::Mixed));
    let plate = before == "biển" && reader.near_before(from, 5, &sets::PLATE_BEARERS);
    let drawn = reader.lexed.text(at).len() > SHORTEST_CODE
        && (reader.follows(from, &["đặc", "biệt"])
            || reader.lexed.before(from, 2) == "giải"
            || reader.follows(from, &["dãy", "số"]));
    let drawn = drawn
        || reader.lexed.text(at).len() > SHORTEST_CODE
            && (reader.follows(from, &["vé", "số"]) || reader.follows(from, &["số", "lô"]));
    // GCN số BK 482913: the letters of a series are before its number
    let serial = reader.lexed.text(at).len() > SHORTEST_CODE
        && reader.lexed.case(from.wrapping_sub(1)) == Some(Case::Upper)
        && reader.lexed.text(from - 1).chars().count() <= 2
        && sets::SERIAL_LEADS.has(reader.lexed.before(from, 2));
    let pure = before == "vàng" && reader.lexed.text(at) == "9999";
    let last = reader.follows(from, &["số", "cuối"]) || before == "đuôi";
    // cổng 3389 of a server; a gate has fewer digits
    let port = before == "cổng" && reader.lexed.text(at).len() >= SHORTEST_CODE;
    // (KRX: 352820)
    let share = from < at && sets::EXCHANGES_ABROAD.has(before);
    // số BIB 40016, mang số áo 40016
    let starter = before == "bib" || reader.follows(from, &["số", "áo"]);
    pure || rice
        || share
        || starter
        || boat
        || last
        || port
        || lettered
        || serial
        || plate
        || drawn
        || reader.lexed.symbol(at.wrapping_sub(1)) == Some('#')
        || has_code_word(reader, from)
        || reader.near_before(from, 3, &["otp", "sbd"])
        || reader.near_phrase(from, 5, ["đầu", "số"])
        || sets::PASSWORD_LEADS.has(before)
        || [["mật", "khẩu"], ["biển", "số"], ["báo", "danh"], ["số", "hiệu"], ["sê", "ri"]]
            .iter()
            .any(|phrase| reader.follows(from, phrase))
}

/// Whether the number at `at` names a force of the police: lực lượng 141, tổ công tác 363.
pub(super) fn is_force(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.text(at), "141" | "363")
        && (!reader.lexed.is_glued(at) || is_behind_team(reader, at))
        && (reader.lexed.before(at, 1) == "tổ"
            || is_behind_team(reader, at)
            || reader.follows(at, &["lực", "lượng"])
            || reader.follows(at, &["tổ", "công", "tác"]))
        && !sets::COUNTED_WHOLE.has(reader.lexed.word(at + 1))
        && !reader.lexed.goes_on(at + 1)
}

/// Whether the number of a team and a stroke are before the number of a force: tổ công tác Y5/141.
fn is_behind_team(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    at > 3
        && lexed.glued_symbol(at - 1) == Some('/')
        && lexed.glued_digits(at - 2).is_some()
        && lexed.case(at - 3) == Some(Case::Upper)
        && (lexed.before(at - 3, 1) == "tổ" || reader.follows(at - 3, &["tổ", "công", "tác"]))
}

/// 9988.HK: the code of a share and the letters of its exchange abroad.
pub(super) fn share_abroad(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let code = lexed.digits(at).filter(|code| (4..=6).contains(&code.len()))?;
    let exchange = at + 2;
    let joined = lexed.glued_symbol(at + 1) == Some('.')
        && lexed.is_glued(exchange)
        && sets::EXCHANGE_LETTERS.has(lexed.text(exchange))
        && !lexed.goes_on(exchange + 1);
    joined.then_some(())?;
    let letters = transliterate::spell_letters(lexed.text(exchange));
    reader.verbalize(at, exchange + 1, "digits", Likely, |out| {
        number::one_by_one(code, out);
        out.push(&letters);
    });
    Some(exchange + 1)
}

fn is_capitals(case: Case) -> bool {
    matches!(case, Case::Upper | Case::Mixed)
}

/// Whether the number at `at` names something rather than counting it: số 05, Nghị quyết 02. The
/// zero of a name is said, that of a count is not (02 Nghị quyết).
pub(super) fn is_name(reader: &Reader<'_>, at: usize) -> bool {
    let before = reader.lexed.before(at, 1);
    sets::NUMBERED_THINGS.has(before)
        || is_drawn(reader, at)
        || reader.near_before(at, 2, &["mã"])
        || reader.near_phrase(at, 8, ["mã", "vùng"])
        || [
            ["nghị", "quyết"],
            ["quyết", "định"],
            ["chỉ", "thị"],
            ["thông", "tư"],
            ["thông", "tri"],
            ["nghị", "định"],
            ["kết", "luận"],
            ["quy", "định"],
            ["hướng", "dẫn"],
            ["kế", "hoạch"],
            ["đề", "án"],
            ["công", "điện"],
            ["chuyên", "án"],
            ["tờ", "trình"],
        ]
        .iter()
        .any(|name| reader.follows(at, name))
}

/// Whether a number of two digits is beside another: 05 12 23 34, as they are drawn.
fn is_drawn(reader: &Reader<'_>, at: usize) -> bool {
    let pair = |at: usize| reader.lexed.digits(at).is_some_and(|digits| digits.len() == 2);
    pair(at) && (pair(at + 1) || at > 0 && pair(at - 1))
}
