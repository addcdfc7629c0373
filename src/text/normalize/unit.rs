//! Units of measure and money after a number, and below a stroke: 15km, 36,5°C, 23.450đ/lít,
//! người/km².

use super::lex::Case;
use super::number;
use super::numeral::Numeral;
use super::profiles::Profiles;
use super::punctuation;
use super::reader::Reader;
use super::tables::{Spacing, Unit};
use super::time;
use crate::model::reading_options::Per;
use crate::model::spoken::Confidence::{Likely, Sure};
use crate::model::spoken::{Mark, Token};

/// The unit at `at`, right after a number, and the index after it.
pub(super) fn after_number(
    reader: &Reader<'_>,
    at: usize,
    number: Option<&Numeral<'_>>,
) -> Option<(Unit, usize)> {
    let found = beats(reader, at)
        .or_else(|| inch_sign(reader, at))
        .or_else(|| years_or_marks(reader, at, number))
        .or_else(|| pages_or_distance(reader, at))
        .or_else(|| thousands_sign(reader, at, number))
        .or_else(|| millions_sign(reader, at, number))
        .or_else(|| reader.tables.unit(reader.lexed.rest(at)))?;
    let end = reader.lexed.after(at, found.symbol.len())?;
    let small = number.is_none_or(|number| number.integer.len() < 4);
    if found.spoken == "đồng" && reader.lexed.word(at + 2) == "c" && small {
        return None; // 56 đ/c: comrades, not money
    }
    const CURRENTS: [&str; 12] = [
        "dòng", "điện", "sạc", "cường", "tải", "dao", "cắm", "aptomat", "attomat", "cb", "biến",
        "pin",
    ];
    if found.symbol == "A" && !reader.near_before(at, 6, &CURRENTS) {
        return None; // lớp 9A
    }
    // lớp 12L, mã 51K: a capital after the number of what is named belongs to the name.
    const NAMED: [&str; 14] = [
        "lớp", "khối", "tổ", "phòng", "mã", "số", "tuyến", "dãy", "lô", "nhà", "tòa", "căn", "hẻm",
        "ngõ",
    ];
    let name = reader.lexed.case(at) == Some(super::lex::Case::Upper)
        && reader.lexed.text(at).chars().count() == 1
        && reader.lexed.is_glued(at)
        && at >= 2
        && NAMED.contains(&reader.lexed.before(at, 2))
        && reader.lexed.before(at, 3) != "dự"; // pin dự phòng 12V
    if name {
        return None;
    }
    // 209 g. Máy, 25.450 đ. Giá
    let goes_on = reader.lexed.case(at + 2) == Some(Case::Lower); // 18 đ. mỗi lượt
    let long = number.is_some_and(|number| number.grouped || number.integer.len() > 3);
    let surely = matches!(found.symbol, "g" | "m" | "l")
        || found.symbol == "đ" && (long || goes_on || found.spoken == "điểm");
    let fits = match found.spacing {
        Spacing::Any => {
            reader.lexed.is_glued(at) || surely || !is_common_word(reader, at, found.symbol)
        }
        Spacing::Glued => reader.lexed.is_glued(at),
        Spacing::Per => false,
    };
    fits.then_some((found, end))
}

/// 120 l/ph of a pulse: so many times, not litres.
fn beats(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    let minute = matches!(reader.lexed.text(at + 2), "ph" | "phút" | "p");
    let pulse = reader.lexed.text(at) == "l"
        && reader.lexed.glued_symbol(at + 1) == Some('/')
        && minute
        && reader.near_before(at, 3, &["mạch", "nhịp", "tim"]);
    pulse.then_some(Unit { symbol: "l", spoken: "lần", spacing: Spacing::Any })
}

/// The inch of screens and wheels: màn hình 55", 6,7″. Elsewhere the sign closes a quotation.
fn inch_sign(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    const MEASURED: [&str; 21] = [
        "màn", "hình", "tivi", "tv", "inch", "laptop", "thoại", "vành", "mâm", "lốp", "bánh", "xe",
        "ống", "thước", "iphone", "ipad", "cỡ", "loại", "dài", "oled", "lcd",
    ];
    let symbol = match reader.lexed.glued_symbol(at)? {
        '"' => "\"",
        '”' => "”",
        '″' => "″",
        '\'' if reader.lexed.glued_symbol(at + 1) == Some('\'') => "''",
        _ => return None,
    };
    let opened = reader.last_tokens(24).find_map(|token| match token {
        Token::Mark(Mark::OpenQuote, _) => Some(true),
        Token::Mark(Mark::CloseQuote, _) => Some(false),
        _ => None,
    });
    // Màn hình: 6,9"
    let labelled = (1..=6).any(|back| {
        reader.lexed.symbol(at.wrapping_sub(back)) == Some(':')
            && MEASURED.contains(&reader.lexed.before(at, back + 1))
    });
    // Lưỡi cưa 12" cắt: no quotation mark is before it that it could close.
    let goes_on = reader.lexed.goes_on(at + symbol.len().min(2));
    let alone = symbol != "”"
        && at > 1
        && !goes_on
        && reader.lexed.digits(at - 1).is_some_and(|digits| digits.len() <= 2)
        && !time::has_open_quotation(reader, at);
    let plain = opened != Some(true) && (labelled || reader.near_before(at, 5, &MEASURED)) || alone;
    plain.then_some(Unit { symbol, spoken: "inh", spacing: Spacing::Glued })
}

/// 25t in a bracket after a person is an age; 27,5đ are marks of an examination; the T of 3,5T is a
/// tonne, but not that of a name (Xiaomi 14T).
fn years_or_marks(reader: &Reader<'_>, at: usize, number: Option<&Numeral<'_>>) -> Option<Unit> {
    let (number, lexed) = (number?, &reader.lexed);
    let age = lexed.text(at) == "t"
        && number.fraction.is_none()
        && number.integer.len() <= 2
        && at > 1
        && (lexed.symbol(at - 2) == Some('(')
            || is_apposition(reader, at - 2)
            || reader.near_before(
                at,
                5,
                &[
                    "nhân", "trẻ", "tuổi", "ông", "bà", "anh", "chị", "em", "bé", "cháu", "cụ",
                    "hắn", "gã", "nam", "nữ",
                ],
            ));
    const PRICES: [&str; 10] =
        ["giá", "tiền", "mua", "bán", "trả", "lãi", "vé", "phí", "cước", "nhắn"];
    const SCORES: [&str; 15] = [
        "ghi", "kém", "hơn", "cộng", "trừ", "fc", "clb", "bxh", "hạng", "môn", "chuẩn", "tuyển",
        "thi", "điểm", "đội",
    ];
    // No price has parts of a đồng.
    let scored = number.fraction.is_some()
        || Profiles::get().dash_is_score(reader.options.profile)
        || reader.near_before(at, 6, &SCORES)
        // Hà Nội FC (32đ)
        || at > 2 && lexed.symbol(at - 2) == Some('(') && reader.near_before(at - 2, 6, &SCORES)
        // được 18 đ. môn toán
        || matches!(lexed.word(at + 2), "môn" | "khối");
    let marks = lexed.text(at) == "đ"
        && scored
        && !number.grouped
        && number.integer.len() <= 3
        && !reader.near_before(at, 4, &PRICES);
    let young = lexed.text(at) == "T"
        && number.fraction.is_none()
        && number.integer.len() <= 2
        && reader.near_before(at, 5, &["nhi", "trẻ", "bé", "cháu", "nhân"]);
    let tonnes = lexed.text(at) == "T"
        && (number.fraction.is_some()
            || number.grouped
            || reader.near_before(at, 3, &["tải", "trọng", "hàng", "kho"]));
    let (symbol, spoken) = match (age, marks, tonnes) {
        (true, ..) => ("t", "tuổi"),
        _ if young => ("T", "tuổi"),
        (_, true, _) => ("đ", "điểm"),
        (.., true) => ("T", "tấn"),
        _ => return None,
    };
    let stopped = spoken == "điểm" && lexed.glued_symbol(at + 1) == Some('.');
    let spacing = if stopped { Spacing::Any } else { Spacing::Glued };
    (lexed.is_glued(at) || stopped).then_some(Unit { symbol, spoken, spacing })
}

/// Whether the comma at `at` is between a name, or a letter for one, and what is told of it: ông K., 67t.
fn is_apposition(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let stop = usize::from(lexed.symbol(at.wrapping_sub(1)) == Some('.'));
    let name = at.checked_sub(1 + stop).and_then(|name| lexed.case(name));
    lexed.symbol(at) == Some(',') && matches!(name, Some(Case::Capital | Case::Upper))
}

/// 6 tr. of a book are pages; 10k of a race are kilometres.
fn pages_or_distance(reader: &Reader<'_>, at: usize) -> Option<Unit> {
    let lexed = &reader.lexed;
    let pages = lexed.text(at) == "tr"
        && !lexed.is_glued(at)
        && lexed.glued_symbol(at + 1) == Some('.')
        && reader.near_before(at, 6, &["dài", "sách", "cuốn", "báo", "tập", "gồm", "nxb"]);
    let race = matches!(lexed.text(at), "k" | "K")
        && lexed.is_glued(at)
        && reader.near_before(at, 3, &["chạy", "cự", "marathon"])
        && lexed.word(at + 1) != "cây";
    let (symbol, spoken) = match (pages, race) {
        (true, _) => ("tr.", "trang"),
        (_, true) if lexed.text(at) == "k" => ("k", "ki lô mét"),
        (_, true) => ("K", "ki lô mét"),
        _ => return None,
    };
    Some(Unit { symbol, spoken, spacing: Spacing::Any })
}

/// A capital M or B as English writes millions and billions, after decimals or before what is
/// counted: 1,2B, 5M lượt xem.
fn millions_sign(reader: &Reader<'_>, at: usize, number: Option<&Numeral<'_>>) -> Option<Unit> {
    let (symbol, spoken) = match reader.lexed.text(at) {
        "M" => ("M", "triệu"),
        "B" => ("B", "tỷ"),
        _ => return None,
    };
    let decimals = number.is_some_and(|number| number.fraction.is_some());
    let counted = matches!(
        reader.lexed.word(at + 1),
        "lượt" | "người" | "đồng" | "usd" | "view" | "sub" | "follow" | "vnd" | "đô"
    );
    (reader.lexed.is_glued(at) && (decimals || counted)).then_some(Unit {
        symbol,
        spoken,
        spacing: Spacing::Glued,
    })
}

/// A capital K after a round price (500K) is a thousand; after a single digit (4K) it is a name, and
/// after gold (vàng 24K) a carat, and inside a name or a plate (KD-55X75K, 51K-888) a letter.
fn thousands_sign(reader: &Reader<'_>, at: usize, number: Option<&Numeral<'_>>) -> Option<Unit> {
    let gold = reader.near_before(at, 10, &["vàng", "nhẫn", "karat", "sjc", "pnj", "doji"])
        || reader.near_phrase(at, 8, ["trang", "sức"])
        || reader.near_phrase(at, 8, ["nữ", "trang"]);
    let price = number.is_some_and(|number| number.integer.len() > 1)
        && !gold
        && !(at > 1 && reader.lexed.is_glued(at - 1) && reader.lexed.case(at - 2).is_some())
        && !(reader.lexed.glued_symbol(at + 1) == Some('-')
            && reader.lexed.glued_digits(at + 2).is_some())
        && !reader.near_before(at, 4, &["core", "ultra", "ryzen", "intel", "cpu"]); // a chip's name
    (reader.lexed.text(at) == "K" && reader.lexed.is_glued(at) && price).then_some(Unit {
        symbol: "K",
        spoken: "nghìn",
        spacing: Spacing::Glued,
    })
}

/// A lone letter with white space between it and its number is a unit only where nothing else is likely:
/// before a mark, a stroke or the end, or before a lower-case word.
fn is_common_word(reader: &Reader<'_>, at: usize, symbol: &str) -> bool {
    symbol.chars().count() == 1
        && symbol.chars().all(char::is_alphabetic)
        && reader.lexed.glued_symbol(at + 1).is_some_and(|s| matches!(s, '.' | ')'))
        && reader.lexed.case(at + 2).is_some()
}

/// Says the unit that [`after_number`] found, and gives the index after it.
pub(super) fn verbalize(reader: &mut Reader<'_>, at: usize, unit: Option<(Unit, usize)>) -> usize {
    let Some((unit, end)) = unit else { return at };
    reader.verbalize_listed(at, end, "unit", Sure, unit.spoken);
    end
}

/// Reads the stroke of a compound unit, and the unit below it: /kg, /h, /người. It needs a number
/// or a unit shortly before it.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let heads_a_list = at == 1 && !reader.lexed.is_glued(2); // 4/ Phương hướng
    let each = reader.lexed.glued_symbol(at) == Some('@')
        && reader.last_word().is_some_and(|word| matches!(word.class, "unit" | "cardinal"))
        && reader.tables.unit(reader.lexed.rest(at + 1)).is_some(); // 18.000đ@kg
    // Nợ/VCSH is a ratio, whatever number is before it.
    let rate = punctuation::is_rate(reader, at) || reader.lexed.before(at, 1) == "nợ";
    if reader.lexed.symbol(at) != Some('/') && !each || heads_a_list || rate {
        return unit_after_scale(reader, at);
    }
    let below = at + 1;
    let paid = matches!(reader.lexed.before(at, 1), "đồng" | "la" | "usd"); // hàng triệu đồng/năm
    let divides = measures(reader) || lasts(reader, below) || paid && is_share(reader, below);
    if !divides {
        return unit_after_scale(reader, at);
    }
    let per = per(reader, below);
    let said = per.unwrap_or(Per::Over).word();
    if let Some(unit) = reader.tables.unit(reader.lexed.rest(below)) {
        let end = reader.lexed.after(below, unit.symbol.len())?;
        reader.verbalize_as(at, below, "per", Sure, said);
        reader.verbalize_listed(below, end, "unit", Sure, unit.spoken);
        return Some(end);
    }
    // khu vực 72/Quân khu 7: a name is not a measure.
    reader.lexed.case(below).filter(|&case| case != Case::Capital)?;
    // Note 3/S3
    if reader.lexed.glued_digits(below + 1).is_some() {
        return None;
    }
    // chuyến đi/đến, đội/nhóm: what is counted has two names.
    let counted = reader.last_word().is_some_and(|word| word.class == "word");
    let scored = matches!(
        reader.lexed.before(at, 1),
        "điểm" | "tỷ" | "tỉ" | "triệu" | "nghìn" | "ngàn" | "tiết" | "trang" | "bài"
    );
    if counted && scored {
        let said = reader.options.style.per.word();
        reader.verbalize_as(at, below, "per", Likely, said);
        return Some(below);
    }
    // 2 Thunderbolt/USB: two names of one thing.
    let named = reader.last_word().is_some_and(|word| {
        matches!(word.class, "foreign word" | "respelled word" | "letters")
            || word.class == "abbreviation" && reader.lexed.case(below) == Some(Case::Upper)
    });
    if (counted || named) && per.is_none() && !is_share(reader, below) {
        reader.pass(at, below, "stroke");
        return Some(below);
    }
    reader.verbalize_as(at, below, "per", Likely, said);
    Some(below)
}

/// What a length of time or an occasion is called.
const TIMES: [&str; 15] = [
    "ngày", "tuần", "tháng", "năm", "quý", "đêm", "buổi", "lần", "đợt", "vụ", "ca", "mùa", "lượt",
    "phiên", "lứa",
];

/// Whether a length of time was said and the word at `below` is what it is spent in: 2h/ngày, but not
/// the 7h/ngày 5 of a day and its hour.
fn lasts(reader: &Reader<'_>, below: usize) -> bool {
    let time = reader.last_word().is_some_and(|word| word.class == "time");
    time && TIMES.contains(&reader.lexed.word(below)) && reader.lexed.digits(below + 1).is_none()
}

/// The word for a stroke above `below`. What is paid for one of something, or done in one stretch of
/// time, is said with the user's word (đồng một lít, hai giờ một ngày); speeds and densities with trên.
fn per(reader: &Reader<'_>, below: usize) -> Option<Per> {
    const MONEY: [&str; 9] = ["đồng", "la", "mỹ", "rô", "bảng", "yên", "tệ", "nghìn", "triệu"];
    let (word, chosen) = (reader.lexed.word(below), reader.options.style.per);
    let above = reader.last_tokens(3).find_map(|token| match token {
        Token::Word(word) if word.class != "hyphen" => Some(reader.said(word).to_lowercase()),
        _ => None,
    });
    let paid = above
        .is_some_and(|said| said.split(' ').next_back().is_some_and(|last| MONEY.contains(&last)));
    let again = reader.last_tokens(3).any(|token| match token {
        Token::Word(word) => word.class == "per" && reader.said(word) == chosen.word(),
        _ => false,
    });
    (paid || again || TIMES.contains(&word)).then_some(chosen)
}

/// Whether what a number is divided by is at `at`, in words: 30 học sinh/lớp, 5 bác sĩ/vạn dân.
fn is_share(reader: &Reader<'_>, at: usize) -> bool {
    const SHARES: [&str; 40] = [
        "người",
        "hộ",
        "lớp",
        "trường",
        "xã",
        "thôn",
        "huyện",
        "tỉnh",
        "phòng",
        "giường",
        "em",
        "trẻ",
        "con",
        "cây",
        "cái",
        "chiếc",
        "căn",
        "xe",
        "chuyến",
        "viên",
        "chai",
        "hộp",
        "gói",
        "trận",
        "mét",
        "tấn",
        "tạ",
        "kg",
        "ha",
        "sào",
        "công",
        "mẫu",
        "vạn",
        "nghìn",
        "ngàn",
        "triệu",
        "trăm",
        "tổng",
        "đầu",
        "nhân",
    ];
    let word = reader.lexed.word(at);
    let room = word == "phòng" && matches!(reader.lexed.word(at + 1), "khám" | "ban" | "thí");
    let vehicle =
        word == "công" && matches!(reader.lexed.word(at + 1), "ty" | "sở" | "an" | "chức");
    let other = word == "nhân" && reader.lexed.word(at + 1) != "khẩu";
    TIMES.contains(&word) || !other && SHARES.contains(&word) && !room && !vehicle
}

/// Whether a sign is that of a currency.
pub(super) fn is_currency_sign(sign: char) -> bool {
    matches!(sign, '$' | '€' | '£' | '¥' | '₫' | '₩' | '₹' | '฿' | '₽')
}

/// Whether a text is a unit of length, whose square and cube are units too.
pub(super) fn is_length(text: &str) -> bool {
    matches!(text, "m" | "km" | "cm" | "dm" | "mm")
}

/// `%` or a currency sign after a scale word: 5 triệu $, 3 nghìn tỷ ₫.
fn unit_after_scale(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = reader.lexed.symbol(at)?;
    if !is_currency_sign(sign) {
        return None;
    }
    let unit = reader.tables.unit(reader.lexed.rest(at))?;
    let end = reader.lexed.after(at, unit.symbol.len())?;
    reader.verbalize_listed(at, end, "unit", Sure, unit.spoken);
    Some(end)
}

/// Reads a unit in letters that does not follow digits: after a scale word (5 triệu km, 3 tỷ USD),
/// or anywhere if it is not a Vietnamese word (tính bằng km).
pub(super) fn read_word(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if let Some(end) = pole_of_place(reader, at) {
        return Some(end);
    }
    let scaled = matches!(
        reader.lexed.before(at, 1),
        "nghìn" | "ngàn" | "triệu" | "tỷ" | "tỉ" | "vạn" | "trăm" | "chục" | "mấy" | "vài"
    );
    let letters = reader.lexed.text(at);
    if !scaled && (letters.len() < 2 || reader.is_vietnamese(at) || !letters.is_ascii()) {
        return None;
    }
    let unit = reader.tables.unit(reader.lexed.rest(at)).filter(|u| u.spacing == Spacing::Any)?;
    let is_scale = matches!(unit.symbol, "k" | "tr" | "Tr" | "cp" | "CP" | "đ");
    let small = unit.symbol.starts_with(|c: char| c.is_lowercase()) || letters == "Km";
    let end = reader.lexed.after(at, unit.symbol.len());
    let end = end.filter(|_| scaled || (small && !is_scale))?;
    let named = reader.lexed.is_glued(at) || reader.lexed.glued_symbol(end) == Some('-');
    if named {
        return None;
    }
    reader.verbalize_listed(at, end, "unit", Sure, unit.spoken);
    Some(end)
}

/// The quarter of the sky that a letter glued to what is before it names, if the letter ends there.
pub(super) fn pole(reader: &Reader<'_>, at: usize) -> Option<&'static str> {
    let said = match reader.lexed.text(at) {
        "N" => "vĩ bắc",
        "S" => "vĩ nam",
        "E" => "kinh đông",
        "W" => "kinh tây",
        _ => return None,
    };
    let goes_on = reader.lexed.goes_on(at + 1);
    (reader.lexed.is_glued(at) && !goes_on).then_some(said)
}

/// 21°01'N: the letter behind minutes or seconds of a place.
fn pole_of_place(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = at.checked_sub(1).and_then(|before| reader.lexed.symbol(before));
    matches!(sign, Some('\'' | '′' | '’' | '"' | '″' | '”')).then_some(())?;
    let said = pole(reader, at)?;
    reader.verbalize_as(at, at + 1, "place", Likely, said);
    Some(at + 1)
}

/// Units whose next lower part may follow them as bare digits: 1m75, 1kg2, 1tr2, 2t3. The digits
/// are a decimal part; after a price they are hundreds of the next scale word.
pub(super) fn split(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let longest = if matches!(reader.lexed.text(at), "tr" | "Tr" | "tỷ") { 3 } else { 2 };
    let part = reader.lexed.glued_digits(at + 1).filter(|digits| digits.len() <= longest)?;
    let goes_on = reader.lexed.goes_on(at + 2);
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
    reader.verbalize(at + 1, at + 2, "cardinal", Sure, |out| {
        number::cardinal(part, out);
        if let (Some(below), 1 | 3) = (below, part.len()) {
            if part.len() == 1 {
                out.push("trăm");
            }
            out.push_styled(below);
        }
    });
    Some(at + 2)
}

/// Whether what was said last is a unit or a number, or a plain word that a number precedes
/// closely: 48.400 đồng/cổ phần, 5 triệu đồng/tháng.
fn measures(reader: &Reader<'_>) -> bool {
    reader.last_tokens(4).any(|token| match token {
        Token::Word(word) => {
            matches!(word.class, "unit" | "cardinal" | "decimal" | "money" | "per")
        }
        Token::Mark(..) | Token::Pause(..) => false,
    })
}

/// Whether the number before the unit at `at` is the height of a person or the depth of water: cao 1m2,
/// ngập tới 1m2.
fn is_height(reader: &Reader<'_>, at: usize) -> bool {
    const DEEP: [&str; 3] = ["ngập", "sâu", "lụt"];
    reader.lexed.text(at) == "m"
        && reader.lexed.before(at, 1).is_empty()
        && at.checked_sub(1).is_some_and(|number| reader.lexed.text(number) == "1")
        && (reader.near_before(at, 2, &["cao", "sâu", "dài", "rộng"])
            || reader.near_before(at, 10, &DEEP) && !reader.near_before(at, 10, &["tích"]))
}
