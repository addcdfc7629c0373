//! Shares and points with a sign that say how much things have changed: (bắp cải +35,9%, su hào -3%), VN-Index -1,00 điểm.

use super::lex::Case;
use super::numeral;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::reading_options::Profile;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Token;

/// The code of a share has so many letters.
const SHARE_CODE: usize = 3;

/// Whether a sign and a number alone in a bracket, mostly behind a name, say how much it has changed: giảm nhiều nhất: Tây Ninh
/// (-138), tăng: Sóc Trăng (+110), chỉ số PCI đạt 65 điểm (+3), xếp thứ 20 (-4 bậc). A sentence that tells of changes, or what is
/// counted, says so; degrees, goals, odds, strokes of golf and zones of time have their signs.
fn is_in_bracket(reader: &Reader<'_>, at: usize) -> bool {
    /// The words of the change may be so many lexemes before, those of what keeps its sign so many around.
    const REACH: usize = 40;
    const AROUND: usize = 24;
    /// Another of the list is so near.
    const LIST: usize = 16;
    let lexed = &reader.lexed;
    let opened = at > 1 && lexed.symbol(at - 1) == Some('(') && lexed.is_glued(at);
    let Some(number) = numeral::parse(lexed, at + 1).filter(|_| opened) else { return false };
    let counted = sets::COUNTED_CHANGES.has(lexed.word(number.end));
    if lexed.symbol(number.end + usize::from(counted)) != Some(')') {
        return false;
    }
    let stop =
        |i: usize| matches!(lexed.symbol(i), Some('.' | '!' | '?')) && !lexed.is_glued(i + 1);
    let before = |reach: usize| (at.saturating_sub(reach)..at).rev().take_while(|&i| !stop(i));
    // -5 độ, hiệu số (+7); Ấn Độ (+110) is a country
    let keeps_sign = |i: usize| match lexed.word(i) {
        "độ" => lexed.before(i, 1) == "nhiệt" || i > 0 && lexed.digits(i - 1).is_some(),
        "số" => lexed.before(i, 1) == "hiệu",
        word => sets::KEEPING_SIGNS.has(word) || matches!(lexed.symbol(i), Some('°' | '℃')),
    };
    let signed = before(AROUND).chain(at..at + AROUND).any(keeps_sign);
    if signed || reader.options.profile == Profile::Sport {
        return false;
    }
    // x (-2): a value
    if lexed.text(at - 2).chars().nth(1).is_none() && lexed.digits(at - 2).is_none() {
        return false;
    }
    let name = at - 2;
    // Y khoa (+1,5), Quận 1 (-20): what is in a list is named as it may be
    let another = |i: usize| {
        i != at
            && lexed.symbol(i - 1) == Some('(')
            && matches!(lexed.glued_symbol(i), Some('+' | '-' | '–' | '−'))
            && lexed.glued_digits(i + 1).is_some()
    };
    let named = lexed.case(name).is_some_and(|case| case != Case::Lower)
        || (at.saturating_sub(LIST).max(1)..at + LIST).any(another);
    let changed = || before(REACH).any(|i| sets::CHANGES_TOLD.has(lexed.word(i)));
    // xếp thứ 20 (-4 bậc)
    let ranked = || counted && matches!(lexed.word(number.end), "bậc" | "hạng");
    let rated = || {
        lexed.word(name) == "điểm"
            && lexed.digits(name.saturating_sub(1)).is_some()
            && reader.near_phrase(at - 1, AROUND, ["chỉ", "số"])
    };
    // 45 vụ (-5), 120 ghế (+2), 12 người chết (+2)
    let of_count = || {
        sets::COUNTED_WITH_CHANGES.has(lexed.word(name))
            && (1..=2).any(|back| name >= back && lexed.digits(name - back).is_some())
    };
    (named || counted) && changed() || ranked() || rated() || of_count()
}

/// CK and n/n, t/t and q/q behind a share that grew or fell: doanh thu tăng 12% CK, giảm 3% n/n.
pub(super) fn read_compared(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 10;
    let lexed = &reader.lexed;
    let (end, said) = match lexed.text(at) {
        "CK" => (at + 1, "so với cùng kỳ"),
        letter @ ("n" | "t" | "q" | "m")
            if lexed.glued_symbol(at + 1) == Some('/') && lexed.text(at + 2) == letter =>
        {
            let said = match letter {
                "n" => "so với năm trước",
                "q" => "so với quý trước",
                _ => "so với tháng trước",
            };
            (at + 3, said)
        }
        _ => return None,
    };
    let share = at > 1 && lexed.symbol(at - 1) == Some('%') && !lexed.goes_on(end);
    // tăng tỷ trọng 50% CK: shares of firms; what grew is a figure of a firm or a country
    let figure = || {
        (lexed.case(end).is_none() || sets::JOINS.has(lexed.word(end)))
            && reader.near_before(at, 2 * REACH, &sets::FIGURES_COMPARED)
    };
    let grows = share
        && (end > at + 1 || figure())
        && reader.near_before(at, REACH, &["tăng", "giảm", "trưởng"])
        && !reader.near_before(at, REACH, &sets::REBATES);
    grows.then(|| reader.verbalize_as(at, end, "abbreviation", Likely, said))?;
    Some(end)
}

/// Whether a sign and a per cent say how much what is named before them has changed, in a bracket that says so of several things:
/// (bắp cải +35,9%, su hào -3%).
fn is_listed(reader: &Reader<'_>, at: usize) -> bool {
    /// The bracket opens, and another share is given, so many lexemes away at most.
    const REACH: usize = 16;
    let lexed = &reader.lexed;
    let is_sign = |i: usize| matches!(lexed.symbol(i), Some('+' | '-' | '–' | '−'));
    let changes = |i: usize| {
        let name = i.checked_sub(1).is_some_and(|name| {
            let share = lexed.case(name) == Some(Case::Upper)
                && lexed.text(name).len() == SHARE_CODE
                && lexed.text(name).is_ascii(); // GVR +3,1%, VCB -0,5%
            let thing = lexed.case(name) == Some(Case::Lower)
                && reader.is_vietnamese(name)
                && !sets::NAMED_CHANGES.has(lexed.word(name));
            share || thing
        });
        let free = name && is_sign(i) && !lexed.is_glued(i) && lexed.is_glued(i + 1);
        free && numeral::parse(lexed, i + 1)
            .is_some_and(|number| lexed.symbol(number.end) == Some('%'))
    };
    if !changes(at) {
        return false;
    }
    let closed = |i: &usize| matches!(lexed.symbol(*i), Some('(' | ')'));
    let open = (at.saturating_sub(REACH * 2)..at).rev().find(closed);
    let Some(open) = open.filter(|&open| lexed.symbol(open) == Some('(')) else {
        return is_in_list(reader, at, changes);
    };
    // tăng 0,92% (thực phẩm +1,31%)
    if reader.near_before(open, 5, &["tăng", "giảm"]) && lexed.symbol(at) == Some('+') {
        return true;
    }
    // sai số (trục dọc -5%, trục ngang +5%)
    if reader.near_before(open, 3, &["sai", "lệch", "biên"]) {
        return false;
    }
    let end = (at..at + REACH).find(closed).unwrap_or(at + REACH);
    // (nam -60%, nữ -40%): shares behind a dash
    let grows = (open..end).any(|i| lexed.symbol(i) == Some('+') && changes(i));
    grows && (open..end).any(|i| i != at && changes(i))
}

/// Whether a share with its sign is behind a comma that closes another such share, or before a comma and another:
/// giao thông -1,07%, thực phẩm +1,31%.
fn is_in_list(reader: &Reader<'_>, at: usize, changes: impl Fn(usize) -> bool) -> bool {
    /// The next share, or the one before, is so many lexemes away at most.
    const REACH: usize = 10;
    let lexed = &reader.lexed;
    let goes_on =
        |i: &usize| !matches!(lexed.symbol(*i), Some('.' | ';' | ':') if !lexed.is_glued(i + 1));
    let comma = |from: usize, to: usize| {
        (from..to).any(|i| lexed.symbol(i) == Some(',') && !lexed.is_glued(i + 1))
    };
    let before = (at.saturating_sub(REACH)..at).rev().take_while(goes_on).find(|&i| changes(i));
    let after = (at + 1..at + REACH).take_while(goes_on).find(|&i| changes(i));
    let deviates = reader.near_before(at, 10, &["sai", "lệch", "biên"]);
    !deviates && (before.is_some_and(|i| comma(i, at)) || after.is_some_and(|i| comma(at, i)))
}

/// Whether a sign before points or a share says how an index or a figure of finance has changed: a plus behind its name or a
/// word of figures, or a minus right behind the name of an index (VN-Index -1,00 điểm, UPCoM: -0,42 điểm). Clubs lose whole points.
fn is_of_index(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let Some(number) = numeral::parse(lexed, at + 1) else { return false };
    let points = lexed.word(number.end) == "điểm";
    if !points && lexed.symbol(number.end) != Some('%') {
        return false;
    }
    let end = at - usize::from(at > 0 && lexed.symbol(at - 1) == Some(':'));
    points && number.fraction.is_some() && ends_index_name(reader, end)
        || reader.near_before(end, 6, &sets::INDEX_FIGURES)
            && (lexed.symbol(at) == Some('+') || lexed.before(end, 1) == "index")
}

/// Whether a foreign name or letters that are those of an index end before `end`: Nasdaq +12,5 điểm.
fn ends_index_name(reader: &Reader<'_>, end: usize) -> bool {
    let lexed = &reader.lexed;
    end.checked_sub(1).is_some_and(|name| {
        lexed.case(name).is_some_and(|case| case != Case::Lower)
            && lexed.text(name).len() > 2
            && !reader.is_vietnamese(name)
            && (lexed.word(name) == "index"
                || reader.near_before(name, 12, &["index"])
                || sets::EXCHANGES.has(lexed.word(name))
                || reader.options.profile == Profile::Finance)
    })
}

/// Whether a sign and a number alone in brackets say how much a price or an amount has changed: 21.320
/// đồng/lít (-1.040 đồng), 1.250 điểm (+0,8%).
pub(super) fn is_change(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    // 5.600 đồng/kg (-100)
    let priced = |at: usize| {
        at > 3
            && (lexed.symbol(at - 3) == Some('/') || lexed.word(at - 2) == "đồng")
            && reader.near_before(at - 1, 3, &sets::MONEY_WORDS)
    };
    let alone = || {
        let end = numeral::parse(lexed, at + 1)?.end;
        let counted = sets::MONEY_WORDS.has(lexed.word(end)) || lexed.word(end) == "điểm";
        let after = end + usize::from(counted || lexed.glued_symbol(end) == Some('%'));
        let closes = lexed.symbol(after) == Some(')') && (after > end || priced(at));
        closes.then_some(())
    };
    let opened = at > 1 && lexed.symbol(at - 1) == Some('(') && lexed.is_glued(at);
    // 5% (-2%): what changed is a number, or it is named.
    let of_number = opened
        && (at - 2..at.saturating_sub(1)).chain([at.saturating_sub(3)]).any(|i| {
            lexed.digits(i).is_some() || lexed.symbol(i) == Some('%') || lexed.case(i).is_some()
        });
    // A row of a table has signs before its brackets too: -100 (-1,1%).
    let signed = reader.last_tokens(8).any(|token| match token {
        Token::Word(word) => matches!(reader.said(word), "âm" | "cộng"),
        _ => false,
    });
    // 412.000 tấn, +41% so với cùng kỳ; Nasdaq -0,2%
    let share = !lexed.is_glued(at) || at == 0 || lexed.symbol(at - 1) == Some('(');
    if share && of_share(reader, at) || is_in_bracket(reader, at) {
        return true;
    }
    // VN-Index +12,5 điểm, lãi +15,3% so với cùng kỳ, VN-Index -1,00 điểm
    let of_index = || !lexed.is_glued(at) && is_of_index(reader, at);
    !signed && (of_index() || of_number && alone().is_some() || is_listed(reader, at))
}

/// Whether a sign and a per cent are compared with what was, or are told in an article about finance.
fn of_share(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let Some(number) = numeral::parse(lexed, at + 1) else { return false };
    let end = number.end + 1;
    let compared = sets::COMPARED.has(lexed.word(end))
        || lexed.word(end) == "so" && lexed.word(end + 1) == "với";
    lexed.symbol(number.end) == Some('%')
        && (compared || reader.options.profile == Profile::Finance)
}
