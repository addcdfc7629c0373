//! Units below a stroke: đồng/lít, người/km², 2h/ngày.

use crate::model::reading_options::Per;
use crate::model::spoken::Confidence::{Likely, Sure};
use crate::model::spoken::Token;
use crate::text::normalize::lex::Case;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::stroke;
use crate::text::normalize::word_sets as sets;

/// Reads the stroke of a compound unit, and the unit below it: /kg, /h, /người. It needs a number
/// or a unit shortly before it.
pub(in crate::text::normalize) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let heads_a_list = stroke::ends_index(reader, at); // 4/ Phương hướng
    let each = reader.lexed.glued_symbol(at) == Some('@')
        && reader.last_word().is_some_and(|word| matches!(word.class, "unit" | "cardinal"))
        && reader.tables.unit(reader.lexed.rest(at + 1)).is_some(); // 18.000đ@kg
    // Nợ/VCSH is a ratio, whatever number is before it.
    let rate = stroke::is_rate(reader, at) || reader.lexed.before(at, 1) == "nợ";
    if reader.lexed.symbol(at) != Some('/') && !each || heads_a_list || rate {
        return unit_after_scale(reader, at);
    }
    if names_market(reader, at) || stroke::is_of_committee(reader, at) {
        return None;
    }
    let below = at + 1;
    let paid = sets::PAID_IN.has(reader.lexed.before(at, 1)); // hàng triệu đồng/năm
    // trăm triệu/m2
    let area = || {
        let unit = reader.tables.unit(reader.lexed.rest(below));
        unit.is_some_and(|unit| unit.spoken.ends_with("vuông"))
    };
    let scaled = sets::SCALES.has(reader.lexed.before(at, 1)) && area();
    let hours = reader.last_word().is_some_and(|word| word.class == "time");
    // nửa tỷ/năm, vài trăm triệu/tháng
    let income = sets::SCALES.has(reader.lexed.before(at, 1))
        && sets::OCCASIONS.has(reader.lexed.word(below));
    let divides = measures(reader, below)
        || income
        || hours && short_share(reader, below).is_some()
        || lasts(reader, below)
        || paces(reader, below)
        || falls_to_one(reader, at)
        || scaled
        || paid && is_share(reader, below)
        || names_rate(reader, at);
    if !divides {
        return unit_after_scale(reader, at);
    }
    if let Some((end, said)) = short_share(reader, below) {
        let per = reader.options.style.per.word();
        reader.verbalize_as(at, below, "per", Likely, per);
        reader.verbalize_as(below, end, "unit", Likely, said);
        return Some(end);
    }
    let lasting = reader.lexed.glued_digits(below).is_some()
        && match reader.lexed.text(below + 1) {
            "h" | "giờ" => reader.lexed.is_glued(below + 1),
            "phút" => reader.lexed.before(at, 1) == "độ", // nướng 180 độ/15 phút
            _ => false,
        };
    if lasting {
        reader.verbalize_as(at, below, "per", Likely, "trong"); // mưa 150mm/24h
        return Some(below);
    }
    // 445 km/sạc: for what is done once
    if sets::DONE_ONCE.has(reader.lexed.word(below)) {
        let said = format!("{} lần", reader.options.style.per.word());
        reader.verbalize_as(at, below, "per", Likely, &said);
        return Some(below);
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
    let scored = sets::SCORED.has(reader.lexed.before(at, 1));
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
        return None; // two that are side by side
    }
    reader.verbalize_as(at, below, "per", Likely, said);
    Some(below)
}

/// Whether a stroke is before the letter of a market behind the two letters of a model: iPhone 13 bản LL/A.
fn names_market(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let Some(model) = at.checked_sub(1) else { return false };
    lexed.text(at + 1) == "A"
        && lexed.is_glued(at)
        && lexed.is_glued(at + 1)
        && lexed.case(model) == Some(Case::Upper)
        && lexed.text(model).len() == 2
        && !lexed.is_glued(model)
        && model.checked_sub(1).is_none_or(|number| lexed.digits(number).is_none())
}

/// Whether a stroke is in the name of a rate that has no number, as above a table: giá bán (đồng/lít), tính theo triệu
/// đồng/lượng, mật độ (người/km2).
fn names_rate(reader: &Reader<'_>, at: usize) -> bool {
    let (lexed, below) = (&reader.lexed, at + 1);
    let Some(above) = at.checked_sub(1) else { return false };
    if lexed.symbol(at) != Some('/') || !lexed.is_glued(at) || !lexed.is_glued(below) {
        return false;
    }
    let unit = || reader.tables.unit(lexed.rest(below)).map(|unit| unit.spoken);
    // hợp đồng/phụ lục, dây đồng/nhôm: no money
    let scaled = above > 0 && sets::SCALES.has(lexed.word(above - 1));
    let led = scaled
        || above == 0
        || matches!(lexed.symbol(above - 1), Some('(' | ':' | ','))
        || sets::RATE_LEADS.has(lexed.word(above - 1));
    let money = led && sets::RATE_MONEY.has(lexed.word(above));
    let dong = lexed.word(above) == "đồng";
    let sold = || {
        let word = lexed.word(below);
        // (USD/container): what closes the bracket; trả bằng USD/thẻ and hàng tỷ đồng/bắt 5 người are lists
        let alone = above > 0
            && lexed.symbol(above - 1) == Some('(')
            && lexed.symbol(below + 1) == Some(')');
        let thing = !dong && alone && lexed.case(below) == Some(Case::Lower) && word != "vàng";
        let shared = scaled && (sets::SHARED.has(word) || sets::OCCASIONS.has(word));
        thing && !sets::PAID.has(word)
            || shared
            || sets::SOLD_BY.has(word)
            || is_share(reader, below)
    };
    // giá đất/m2
    let plain = || {
        (lexed.case(above) == Some(Case::Lower) || above == 0)
            && reader.is_vietnamese(above)
            && lexed.text(above).chars().nth(1).is_some()
    };
    let of_size = |spoken: &str| {
        spoken.ends_with("vuông") || spoken.ends_with("khối") || sets::SIZES.has(spoken)
    };
    // nút giao/Km 45
    let place = lexed.digits(below + 1).is_some() && !lexed.is_glued(below + 1);
    money && (unit().is_some() || sold())
        || !place && unit().is_some_and(of_size) && plain()
        || charges_one(reader, at)
}

/// Whether a stroke is between what is charged or earned and one of those whom it is for, or the time that it is for:
/// chi phí/người, học phí/tháng, giá vé/khách; or what is counted, and in what: số mạng/trận, sát thương/phút.
fn charges_one(reader: &Reader<'_>, at: usize) -> bool {
    let (lexed, below) = (&reader.lexed, at + 1);
    let word = lexed.word(below);
    let joined = lexed.symbol(at) == Some('/') && lexed.is_glued(at) && lexed.is_glued(below);
    if !joined || lexed.case(below) != Some(Case::Lower) {
        return false;
    }
    let occasion = sets::OCCASIONS.has(word);
    let one = occasion || sets::TIMED.has(word) || sets::EACH.has(word) && word != "nước";
    // giá vé/khách, but not tiền điện/nước, giá dịch vụ/sản phẩm
    let of_thing = (occasion || matches!(word, "người" | "khách"))
        && matches!(lexed.before(at, 2), "giá" | "tiền" | "phí")
        && lexed.case(at - 1) == Some(Case::Lower);
    // sát thương/phút, số mạng/trận
    let counted = lexed.before(at, 2) == "số" && reader.is_vietnamese(at - 1)
        || lexed.before(at, 2) == "sát" && lexed.before(at, 1) == "thương";
    let played = occasion || sets::LENGTHS_OF_TIME.has(word) || sets::PLAYED_IN.has(word);
    one && sets::CHARGES.has(lexed.before(at, 1)) || of_thing || counted && played
}

/// Whether what a number before a stroke counts falls to one of what is below it: 30 phút/thí sinh, 3 con/tép.
fn falls_to_one(reader: &Reader<'_>, at: usize) -> bool {
    let (lexed, below) = (&reader.lexed, at + 1);
    if lexed.symbol(at) != Some('/') || lexed.case(below) != Some(Case::Lower) {
        return false;
    }
    let counted = at > 1 && lexed.digits(at - 2).is_some() && lexed.case(at - 1).is_some();
    let glued = lexed.is_glued(at) && lexed.is_glued(below);
    let single = lexed.digits(below + 1).is_none() && lexed.symbol(below + 1) != Some('/');
    if !counted || !glued || !single {
        return false;
    }
    let timed = || {
        sets::LENGTHS_OF_TIME.has(lexed.word(at - 1))
            && sets::TIMED.has(lexed.word(below))
            && (lexed.word(below) != "thí" || lexed.word(below + 1) == "sinh")
    };
    timed() || sets::PLANT_PARTS.has(lexed.word(below)) && reader.is_vietnamese(at - 1)
}

/// What letters below a stroke stand for that are a unit elsewhere, and the index after them: m2/ng, h/ng, m3/ngđ,
/// m3/ng.đ.
fn short_share(reader: &Reader<'_>, below: usize) -> Option<(usize, &'static str)> {
    let lexed = &reader.lexed;
    if lexed.text(below) == "ngđ" {
        return Some((below + 1, "ngày đêm"));
    }
    let person = lexed.text(below) == "ng" && !lexed.goes_on(below + 1);
    let night = lexed.text(below) == "ng"
        && lexed.glued_symbol(below + 1) == Some('.')
        && matches!(lexed.text(below + 2), "đ" | "đêm" | "ngđ");
    if night {
        return Some((below + 3, "ngày đêm"));
    }
    // 12h/ng, 2 viên/ng
    let daily = reader
        .last_word()
        .is_some_and(|word| word.class == "time" || sets::TAKEN_DAILY.has(reader.said(word)));
    let water = reader.last_word().is_some_and(|word| reader.said(word).ends_with("khối"));
    if person && water {
        return Some((below + 1, "ngày đêm")); // 50.000 m3/ng
    }
    person.then_some((below + 1, if daily { "ngày" } else { "người" }))
}

/// Whether a length of time was said and the word at `below` is what it is spent in: 2h/ngày, but not
/// the 7h/ngày 5 of a day and its hour.
fn lasts(reader: &Reader<'_>, below: usize) -> bool {
    let time = reader.last_word().is_some_and(|word| word.class == "time");
    time && sets::OCCASIONS.has(reader.lexed.word(below))
        && reader.lexed.digits(below + 1).is_none()
}

/// Whether a time was said and the distance that it takes is at `below`: 2:59/km.
fn paces(reader: &Reader<'_>, below: usize) -> bool {
    const DISTANCES: [&str; 2] = ["km", "mile"];
    let time = reader.last_word().is_some_and(|word| word.class == "time");
    time && DISTANCES.contains(&reader.lexed.text(below))
}

/// The word for a stroke above `below`. What is paid for one of something, or done in one stretch of
/// time, is said with the user's word (đồng một lít, hai giờ một ngày); speeds and densities with trên.
fn per(reader: &Reader<'_>, below: usize) -> Option<Per> {
    let (word, chosen) = (reader.lexed.word(below), reader.options.style.per);
    let above = reader.last_tokens(3).find_map(|token| match token {
        Token::Word(word) if word.class != "hyphen" => Some(reader.said(word).to_lowercase()),
        _ => None,
    });
    let paid = above
        .is_some_and(|said| said.split(' ').next_back().is_some_and(|last| sets::PAID.has(last)));
    // 28.000/mm3: so many in so small a volume
    let tiny = || {
        let unit = reader.tables.unit(reader.lexed.rest(below));
        unit.is_some_and(|unit| matches!(unit.spoken, "mi li mét khối" | "mi crô lít"))
    };
    if tiny() && !reader.near_before(below, 3, &["đồng", "giá"]) {
        return None;
    }
    let again = reader.last_tokens(3).any(|token| match token {
        Token::Word(word) => word.class == "per" && reader.said(word) == chosen.word(),
        _ => false,
    });
    // tôm 40 con/kg: how many weigh so much; doses stay trên (5 mg/kg)
    let weighed = || {
        reader.last_word().is_some_and(|word| word.class == "word")
            && reader.tables.unit(reader.lexed.rest(below)).is_some_and(|unit| unit.symbol == "kg")
    };
    let stroke = below - 1;
    let one = paid
        || weighed()
        || again
        || falls_to_one(reader, stroke)
        || charges_one(reader, stroke)
        || paces(reader, below)
        || sets::OCCASIONS.has(word)
        || sets::EACH.has(word)
            && is_share(reader, below)
            && reader.lexed.digits(below + 1).is_none();
    one.then_some(chosen)
}

/// Whether what a number is divided by is at `at`, in words: 30 học sinh/lớp, 5 bác sĩ/vạn dân.
fn is_share(reader: &Reader<'_>, at: usize) -> bool {
    let word = reader.lexed.word(at);
    let room = word == "phòng" && sets::NOT_ROOMS.has(reader.lexed.word(at + 1));
    let vehicle = word == "công" && sets::NOT_WORK.has(reader.lexed.word(at + 1));
    let other = word == "nhân" && reader.lexed.word(at + 1) != "khẩu";
    sets::OCCASIONS.has(word) || !other && sets::SHARED.has(word) && !room && !vehicle
}

/// Whether a sign is that of a currency.
pub(in crate::text::normalize) fn is_currency_sign(sign: char) -> bool {
    matches!(sign, '$' | '€' | '£' | '¥' | '₫' | '₩' | '₹' | '฿' | '₽')
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

/// Whether what was said last is a unit or a number, or a plain word that a number precedes
/// closely: 48.400 đồng/cổ phần, 5 triệu đồng/tháng.
fn measures(reader: &Reader<'_>, below: usize) -> bool {
    // 1,2 triệu tấn hàng hóa/năm
    // 300 g lân (P2O5)/cây: a bracket may be between
    let bracket = below > 1 && reader.lexed.symbol(below - 2) == Some(')');
    let reach = if bracket || sets::OCCASIONS.has(reader.lexed.word(below)) { 8 } else { 4 };
    reader.last_tokens(reach).any(|token| match token {
        Token::Word(word) => {
            matches!(word.class, "unit" | "cardinal" | "decimal" | "money" | "per" | "months")
                // AST/ALT 65/78 U/L
                || word.class == "fraction" && reader.lexed.text(below) == "L"
        }
        Token::Mark(..) | Token::Pause(..) => false,
    })
}
