//! Units of measure and money after a number, and below a stroke: 15km, 36,5°C, 23.450đ/lít,
//! người/km².

mod ages;
mod below;
mod letters;

use super::lex::Case;
use super::number;
use super::numeral::Numeral;
use super::range;
use super::reader::Reader;
use super::tables::{Spacing, Unit};
use crate::model::spoken::Confidence::{Likely, Sure};
use crate::text::normalize::word_sets as sets;
use ages::years_or_marks;
pub(super) use below::{is_currency_sign, read};
pub(super) use letters::is_hyphened_inch;
use letters::{
    area_apart, beats, carats, flow, inch_behind_hyphen, inch_sign, millions_sign,
    pages_or_distance, pressure, stopped_millions, thousands_apart, thousands_sign, tonnes_apart,
};

/// The unit at `at`, right after a number, and the index after it.
pub(super) fn after_number(
    reader: &Reader<'_>,
    at: usize,
    number: Option<&Numeral<'_>>,
) -> Option<(Unit, usize)> {
    let found = beats(reader, at)
        .or_else(|| inch_sign(reader, at))
        .or_else(|| inch_behind_hyphen(reader, at))
        .or_else(|| years_or_marks(reader, at, number))
        .or_else(|| pages_or_distance(reader, at))
        .or_else(|| pressure(reader, at))
        .or_else(|| flow(reader, at))
        .or_else(|| area_apart(reader, at, number))
        .or_else(|| stopped_millions(reader, at))
        .or_else(|| tonnes_apart(reader, at))
        .or_else(|| carats(reader, at, number))
        .or_else(|| thousands_apart(reader, at, number))
        .or_else(|| thousands_sign(reader, at, number))
        .or_else(|| millions_sign(reader, at, number))
        .or_else(|| reader.tables.unit(reader.lexed.rest(at)))?;
    let end = reader.lexed.after(at, found.symbol.len())?;
    let small = number.is_none_or(|number| number.integer.len() < 4);
    if found.spoken == "đồng" && reader.lexed.word(at + 2) == "c" && small {
        return None; // 56 đ/c: comrades, not money
    }
    if found.symbol == "A"
        && !reader.near_before(at, 6, &sets::CURRENTS)
        && !is_beside_voltage(reader, at)
    {
        return None; // lớp 9A
    }
    // Điều 54 HP 1992: the constitution of a year
    if found.symbol == "HP"
        && range::year(reader, end).is_some()
        && matches!(reader.lexed.before(at, 2), "điều" | "khoản" | "chương")
    {
        return None;
    }
    // hai phiên bản: 1.8V và 1.8G
    let trim = found.symbol == "V" && number.is_some_and(|number| number.point);
    // 205/55R16 91V: how fast a tyre may turn
    let tyre = found.symbol == "V"
        && at > 3
        && reader.lexed.text(at - 3) == "R"
        && reader.lexed.is_glued(at - 3)
        && reader.lexed.glued_digits(at - 2).is_some();
    if tyre || trim && follows_editions(reader, at) {
        return None;
    }
    // Km32+300 L=200m: a letter that something equals is no unit
    let letter = found.symbol.chars().nth(1).is_none();
    if letter && reader.lexed.symbol(end) == Some('=') && !reader.lexed.is_glued(at) {
        return None;
    }
    // lớp 12L, mã 51K: a capital after the number of what is named belongs to the name.
    let name = reader.lexed.case(at) == Some(super::lex::Case::Upper)
        && reader.lexed.text(at).chars().count() == 1
        && reader.lexed.is_glued(at)
        && at >= 2
        && sets::NAMED_BY_NUMBER.has(reader.lexed.before(at, 2))
        && reader.lexed.before(at, 3) != "dự"; // pin dự phòng 12V
    if name {
        return None;
    }
    // 209 g. Máy, 25.450 đ. Giá
    let goes_on = reader.lexed.case(at + 2) == Some(Case::Lower); // 18 đ. mỗi lượt
    let long = number.is_some_and(|number| number.grouped || number.integer.len() > 3);
    let litres = found.symbol == "L"
        && (number.is_some_and(|number| number.fraction.is_some())
            || reader.near_before(at, 4, &["tích"]));
    let surely = matches!(found.symbol, "g" | "m" | "l")
        || litres
        || found.spoken == "ken vin"
        || found.symbol == "đ" && (long || goes_on || found.spoken == "điểm");
    let fits = match found.spacing {
        Spacing::Any => {
            reader.lexed.is_glued(at)
                || surely
                || !is_common_word(reader, at, found.symbol)
                || is_electric(reader, at)
        }
        Spacing::Glued => reader.lexed.is_glued(at) || is_electric(reader, at),
        Spacing::Per => false,
    };
    fits.then_some((found, end))
}

/// Whether the A at `at`, behind its number, has a voltage, a power or phases right beside it: (250V, 10A), 7,4 kW (1 pha, 32A).
fn is_beside_voltage(reader: &Reader<'_>, at: usize) -> bool {
    /// The number of the A, its decimals and a mark are between.
    const REACH: usize = 5;
    let lexed = &reader.lexed;
    let electric =
        |i: usize| i > 0 && sets::ELECTRIC.has(lexed.text(i)) && lexed.digits(i - 1).is_some();
    let before = || (at.saturating_sub(REACH)..at).any(electric);
    let after = || (at + 1..=at + REACH - 1).any(electric);
    lexed.is_glued(at) && (before() || after())
}

/// Whether the number at `at` is of a car and its letter of the edition: Honda City 1.5x, bản 1.8G và 1.8x.
pub(super) fn is_of_car(reader: &Reader<'_>, at: usize) -> bool {
    reader.follows_foreign_name(at)
        || reader.lexed.before(at, 1) == "xe"
        || follows_editions(reader, at)
}

/// Whether the editions of a thing are announced before `at`: hai phiên bản: 1.8V và 1.8x.
fn follows_editions(reader: &Reader<'_>, at: usize) -> bool {
    /// So many lexemes before them at most.
    const REACH: usize = 14;
    (at.saturating_sub(REACH)..at).any(|i| reader.lexed.word(i) == "bản")
}

/// Whether the sign of an inch is at `at`, right after a number, or a hyphen and its name.
pub(super) fn is_inch(reader: &Reader<'_>, at: usize) -> bool {
    inch_sign(reader, at).is_some() || is_hyphened_inch(reader, at)
}

/// A lone letter with white space between it and its number is a unit only where nothing else is likely:
/// before a mark, a stroke or the end, or before a lower-case word.
fn is_common_word(reader: &Reader<'_>, at: usize, symbol: &str) -> bool {
    symbol.chars().count() == 1
        && symbol.chars().all(char::is_alphabetic)
        && reader.lexed.glued_symbol(at + 1).is_some_and(|s| matches!(s, '.' | ')'))
        && reader.lexed.case(at + 2).is_some()
}

/// Whether the letter at `at`, apart from its number, is a watt, a volt or an ampere, for the clause told of electricity before, and no
/// initial of the name behind it: điện áp 12 V, sạc nhanh 25 W. Sản phẩm.
fn is_electric(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 8;
    let told = match reader.lexed.text(at) {
        "W" => &sets::POWERED,
        "V" => &sets::UNDER_VOLTAGE,
        "A" => &sets::CURRENTS,
        _ => return false,
    };
    // lớp 9 A, phòng 12 V
    !sets::NAMED_BY_NUMBER.has(reader.lexed.before(at, 2)) && reader.near_before(at, REACH, told)
}

/// Says the unit that [`after_number`] found, and gives the index after it.
pub(super) fn verbalize(reader: &mut Reader<'_>, at: usize, unit: Option<(Unit, usize)>) -> usize {
    let Some((unit, end)) = unit else { return at };
    reader.verbalize_listed(at, end, "unit", Sure, unit.spoken);
    end
}

/// Whether a text is a unit of length, whose square and cube are units too.
pub(super) fn is_length(text: &str) -> bool {
    matches!(text, "m" | "km" | "cm" | "dm" | "mm")
}

/// Reads a unit in letters that does not follow digits: after a scale word (5 triệu km, 3 tỷ USD),
/// or anywhere if it is not a Vietnamese word (tính bằng km).
pub(super) fn read_word(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if let Some(end) = pole_of_place(reader, at).or_else(|| place_on_road(reader, at)) {
        return Some(end);
    }
    let letters = reader.lexed.text(at);
    // 2tr đ, 1,2 tr.m3
    let shortened = letters != "k"
        && (reader.lexed.before(at, 1) == "tr"
            || at > 1
                && reader.lexed.symbol(at - 1) == Some('.')
                && reader.lexed.word(at - 2) == "tr")
        && reader
            .last_word()
            .is_some_and(|word| word.class == "unit" && reader.said(word) == "triệu");
    let scaled = shortened || sets::SCALES_AND_SOME.has(reader.lexed.before(at, 1));
    // chiều cao (m), dung tích (l)
    let alone = at > 0
        && reader.lexed.symbol(at - 1) == Some('(')
        && reader.lexed.symbol(at + 1) == Some(')');
    // 600 triệu đồng mỗi m2
    let area = letters == "m"
        && !reader.lexed.is_glued(at)
        && matches!(reader.lexed.glued_digits(at + 1), Some("2" | "3"))
        && !reader.lexed.goes_on(at + 2)
        && sets::EVERY.has(reader.lexed.before(at, 1));
    if area {
        let cubed = reader.lexed.text(at + 1) == "3";
        let said = if cubed { "mét khối" } else { "mét vuông" };
        reader.verbalize_as(at, at + 2, "unit", Likely, said);
        return Some(at + 2);
    }
    // mỗi ha lúa
    let hectare = letters == "ha"
        && !reader.lexed.is_glued(at)
        && sets::EVERY.has(reader.lexed.before(at, 1))
        && reader.lexed.word(at + 1) != "ha";
    if hectare {
        reader.verbalize_as(at, at + 1, "unit", Likely, "héc ta");
        return Some(at + 1);
    }
    // cao m79: a metre and so many centimetres
    let height = letters == "m"
        && !reader.lexed.is_glued(at)
        && reader.lexed.before(at, 1) == "cao"
        && reader.lexed.glued_digits(at + 1).is_some_and(|digits| digits.len() == 2)
        && !reader.lexed.goes_on(at + 2);
    if height {
        reader.verbalize_as(at, at + 1, "unit", Likely, "mét");
        return Some(at + 1);
    }
    if let Some(end) = above_stroke(reader, at) {
        return Some(end);
    }
    let measure = match letters {
        "m" if alone && reader.near_before(at - 1, 3, &sets::DIMENSIONS) => "mét",
        "l" if alone && reader.near_before(at - 1, 3, &["tích", "lượng"]) => "lít",
        "g" if alone && reader.near_before(at - 1, 3, &["lượng", "nặng"]) => "gam",
        _ => "",
    };
    if !measure.is_empty() {
        reader.verbalize_as(at, at + 1, "unit", Likely, measure);
        return Some(at + 1);
    }
    if !scaled && (letters.len() < 2 || reader.is_vietnamese(at) || !letters.is_ascii()) {
        return None;
    }
    let unit = reader.tables.unit(reader.lexed.rest(at)).filter(|u| u.spacing == Spacing::Any)?;
    // quán karaoke, bar: no measure where none is counted
    let word = sets::UNITS_AND_WORDS.has(letters) && !scaled;
    let is_scale = word || matches!(unit.symbol, "k" | "tr" | "Tr" | "cp" | "CP" | "đ");
    let small = unit.symbol.starts_with(|c: char| c.is_lowercase()) || letters == "Km";
    let end = reader.lexed.after(at, unit.symbol.len());
    let end = end.filter(|_| scaled || (small && !is_scale))?;
    let bracketed =
        at > 0 && reader.lexed.symbol(at - 1) == Some('(') && reader.lexed.symbol(end) == Some(')'); // chiều dài (mm)
    let named = reader.lexed.is_glued(at) && !bracketed && !shortened
        || reader.lexed.glued_symbol(end) == Some('-');
    if named {
        return None;
    }
    reader.verbalize_listed(at, end, "unit", Sure, unit.spoken);
    Some(end)
}

/// The km of a place on a road, whose number is no raised digit: Km2+150, tại Km3.
fn place_on_road(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let numbered = lexed.word(at) == "km" && matches!(lexed.glued_digits(at + 1), Some("2" | "3"));
    let metres = lexed.glued_symbol(at + 2) == Some('+') && lexed.glued_digits(at + 3).is_some();
    let before = lexed.before(at, 1);
    // tại Km2 và Km3
    let second = || sets::JOINS.has(before) && at > 2 && lexed.word(at - 3) == "km";
    // tại km2 trung tâm: a square; tại Km2, tại km2 quốc lộ 1
    let road = || {
        lexed.text(at) == "Km"
            || matches!(before, "trình" | "cọc" | "mốc")
            || sets::ROADS_BEHIND_PLACES.has(lexed.word(at + 2))
    };
    let led =
        || !lexed.goes_on(at + 2) && (sets::ROAD_PLACE_LEADS.has(before) && road() || second());
    (numbered && (metres || led())).then_some(())?;
    reader.verbalize_as(at, at + 1, "unit", Likely, "ki lô mét");
    Some(at + 1)
}

/// A unit that opens a bracket and is above another: lưu lượng (m3/s), năng suất (kg/ha), giá (đ/kg).
fn above_stroke(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let opens = at > 0 && lexed.symbol(at - 1) == Some('(') && lexed.is_glued(at);
    (opens && lexed.case(at) == Some(Case::Lower)).then_some(())?;
    let unit = reader.tables.unit(lexed.rest(at)).filter(|unit| unit.spacing == Spacing::Any)?;
    let end = lexed.after(at, unit.symbol.len())?;
    let scale = matches!(unit.symbol, "k" | "tr" | "cp");
    let below = end + 1;
    let closed = |i: usize| lexed.symbol(i) == Some(')');
    let rate = lexed.glued_symbol(end) == Some('/')
        && lexed.is_glued(below)
        && (sets::OCCASIONS.has(lexed.word(below)) && closed(below + 1)
            || reader
                .tables
                .unit(lexed.rest(below))
                .is_some_and(|unit| lexed.after(below, unit.symbol.len()).is_some_and(closed)));
    (rate && !scale).then_some(())?;
    reader.verbalize_as(at, end, "unit", Likely, unit.spoken);
    Some(end)
}

/// The quarter of the sky that a letter glued to what is before it names, if the letter ends there.
pub(super) fn pole(reader: &Reader<'_>, at: usize) -> Option<&'static str> {
    let said = match reader.lexed.text(at) {
        "N" => "vĩ bắc",
        "S" => "vĩ nam",
        "E" => "kinh đông",
        "W" => "kinh tây",
        "B" => "vĩ bắc",
        "Đ" => "kinh đông",
        _ => return None,
    };
    let goes_on = reader.lexed.goes_on(at + 1);
    (reader.lexed.is_glued(at) && !goes_on).then_some(said)
}

/// 21°01'N: the letter behind minutes or seconds of a place.
fn pole_of_place(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = at.checked_sub(1).and_then(|before| reader.lexed.symbol(before));
    matches!(sign, Some('\'' | '′' | '’' | '"' | '″' | '”')).then_some(())?;
    // chữ "N" is a letter
    let minutes = at > 1 && reader.lexed.is_glued(at - 1) && reader.lexed.digits(at - 2).is_some();
    let twice = at > 2 // 21°01'30''N
        && reader.lexed.is_glued(at - 1)
        && reader.lexed.symbol(at - 2) == sign
        && reader.lexed.digits(at - 3).is_some();
    (minutes || twice).then_some(())?;
    let said = pole(reader, at)?;
    reader.verbalize_as(at, at + 1, "place", Likely, said);
    Some(at + 1)
}

/// Units whose next lower part may follow them as bare digits: 1m75, 1kg2, 1tr2, 1tr560k, 2t3. The digits
/// are a decimal part; after a price they are hundreds of the next scale word.
pub(super) fn split(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let longest = if matches!(reader.lexed.text(at), "tr" | "Tr" | "tỷ") { 3 } else { 2 };
    let part = reader.lexed.glued_digits(at + 1).filter(|digits| digits.len() <= longest)?;
    // 1tr560k
    let thousands = matches!(reader.lexed.text(at), "tr" | "Tr")
        && reader.lexed.word(at + 2) == "k"
        && reader.lexed.is_glued(at + 2);
    let end = at + 2 + usize::from(thousands);
    let goes_on = reader.lexed.goes_on(end);
    let squared = is_length(reader.lexed.text(at)) && matches!(part, "2" | "3");
    if !reader.lexed.is_glued(at) || goes_on || squared && !is_height(reader, at) {
        return None;
    }
    let (unit, below) = match reader.lexed.text(at) {
        "m" => ("mét", None),
        "kg" => ("ki lô gam", None),
        "tr" | "Tr" => ("triệu", Some("nghìn")),
        "tỷ" | "tỉ" => ("tỷ", Some("triệu")),
        _ => return None,
    };
    reader.verbalize_as(at, at + 1, "unit", Sure, unit);
    let small = at > 0 && reader.lexed.text(at - 1).len() == 1;
    if small && part == "5" && reader.lexed.text(at) == "kg" {
        reader.verbalize_as(at + 1, end, "cardinal", Sure, "rưỡi"); // 1kg5
        return Some(end);
    }
    reader.verbalize(at + 1, end, "cardinal", Sure, |out| {
        // 61m07: no seven tenths
        if below.is_none() && part.starts_with('0') {
            return number::one_by_one(part, out);
        }
        number::cardinal(part, out);
        if let Some(below) = below.filter(|_| thousands || part.len() != 2) {
            if part.len() == 1 && !thousands {
                out.push("trăm");
            }
            out.push_styled(below);
        }
    });
    Some(end)
}

/// Whether the number before the unit at `at` is the height, the length or the width of a thing, or the depth of water: cao 1m2,
/// ngập tới 1m2, tường cao 3m2, hẻm rộng 2m2, từ 1m2-1m4.
fn is_height(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let number = at.checked_sub(1).and_then(|number| lexed.digits(number));
    let whole = lexed.text(at) == "m" && lexed.before(at, 1).is_empty();
    let short = number.is_some_and(|number| number.len() == 1);
    let one = number == Some("1");
    let metre = |at: usize| lexed.digits(at).is_some() && lexed.text(at + 1) == "m";
    let range = lexed.glued_symbol(at + 2).is_some_and(range::is_dash)
        && metre(at + 3)
        && lexed.glued_digits(at + 5).is_some_and(|part| part > "3");
    let high = matches!(lexed.before(at, 2), "cao" | "sâu" | "dài")
        || lexed.before(at, 2) == "rộng" && reader.near_before(at, 3, &sets::PASSAGES);
    let area = reader.near_before(at, 8, &["tích", "giá", "tầng"]);
    whole
        && (short && (high && !area || range)
            || one
                && (reader.near_before(at, 2, &sets::HEIGHTS)
                    || reader.near_before(at, 6, &sets::CHILDREN)
                    || reader.near_before(at, 10, &sets::FLOODS)
                        && !reader.near_before(at, 10, &["tích"])))
}
