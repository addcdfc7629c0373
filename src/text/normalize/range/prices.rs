//! Two prices of one thing, what a dealer pays for it and what he asks: SJC 37,25 - 37,45 triệu đồng/lượng, USD 21.085/21.130
//! đồng. They are told one after the other; no range goes from the first to the second.

use super::parts::{is_dash, number_from_to, value};
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Mark;
use crate::text::normalize::numeral::{self, Numeral};
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;

/// What is asked is more than what is paid by this share at most.
const SPREAD: f64 = 0.03;

/// The words of an amount and what it is paid for are so many lexemes at most: triệu đồng/lượng.
const UNIT: usize = 5;

/// What a sentence tells of a deal is so many lexemes away at most.
const REACH: usize = 48;

/// What a clause tells of two prices is so many words before them at most, and what names them so many.
const CLAUSE: usize = 12;
const PRICE_REACH: usize = 8;

/// Whether a dash is between the price that is paid and the one that is asked, as a bracket behind them or words before them say:
/// 84,5 - 86,5 triệu đồng/lượng (mua vào - bán ra).
pub(super) fn are_explained(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    /// A number, a sum's words and a unit fit before the bracket.
    const BRACKET: usize = 12;
    let lexed = &reader.lexed;
    let bracket = (right..right + BRACKET).find(|&i| lexed.symbol(i) == Some('('));
    let told = bracket.is_some_and(|open| {
        lexed.word(open + 1) == "mua" && (open + 2..open + 6).any(|i| lexed.word(i) == "bán")
    });
    told || reader.near_phrase(at, BRACKET, ["mua", "vào"])
        && reader.near_phrase(at, BRACKET, ["bán", "ra"])
        && !reader.near_before(at, 2, &["bán", "vào"])
}

/// Whether two numbers are prices of gold or of a currency that a dealer posts, as the sentence around them tells.
pub(super) fn are_posted(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let last = (at.saturating_sub(UNIT)..at).rev().find(|&i| reader.lexed.digits(i).is_some());
    let bid = last.and_then(|last| number_from_to(reader, last));
    let Some((from, bid)) = bid else { return false };
    // 37,25 triệu đồng/lượng - 37,45 triệu đồng/lượng
    let counted = bid.end == at || paid_end(reader, bid.end).is_some_and(|(end, _)| at <= end + 2);
    if !counted {
        return false;
    }
    let Some(ask) = numeral::parse(&reader.lexed, right) else { return false };
    // lần lượt là 36,65 - 37,15 và 34,15 - 37,40 triệu đồng/lượng: the second may have slipped
    let first = pair_before(reader, from);
    let last = ends_at(reader, ask.end);
    let paid = paid_end(reader, last).filter(|&(_, money)| money);
    let near = are_near(&bid, &ask) || first.is_some() && value(&bid) < value(&ask);
    let Some((end, _)) = paid.filter(|_| near) else { return false };
    let scale = scale_at(reader, last);
    let from = first.unwrap_or(from);
    let before = reader.lexed.before(from, 1);
    let wanders = matches!(before, "tăng" | "giảm" | "thêm")
        || reader.near_before(from, 5, &sets::PRICE_WANDERS)
        || reader.near_before(from, CLAUSE, &sets::PRICES_OVER_TIME)
        || is_one_side(reader, from, end);
    if wanders {
        return false;
    }
    let deal = Deal::around(reader, from, end);
    let gold = deal.gold && is_price_of_gold(&bid, scale);
    let currency = deal.currency && scale.is_empty();
    let of_gold = gold && reader.lexed.symbol(end) == Some('/');
    let led = sets::PRICE_LEADS.has(before) && (of_gold || currency);
    let told = deal.buys && deal.sells || deal.dealer;
    let priced = of_gold || currency || reader.near_before(from, CLAUSE, &["giá"]);
    (gold || currency) && priced && (told || led)
}

/// Where the two prices begin that are told before `from`, with và between: 36,65 - 37,15 và 34,15 - 37,40.
fn pair_before(reader: &Reader<'_>, from: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let last = from.checked_sub(2).filter(|_| lexed.word(from - 1) == "và")?;
    let (middle, ask) = number_from_to(reader, last)?;
    let dash = middle.checked_sub(2).filter(|&i| lexed.symbol(i + 1).is_some_and(is_dash))?;
    let (first, bid) = number_from_to(reader, dash)?;
    are_near(&bid, &ask).then_some(first)
}

/// Where the numbers end that go on at `end` with và and two more prices, or `end` itself.
fn ends_at(reader: &Reader<'_>, end: usize) -> usize {
    let lexed = &reader.lexed;
    let more = (lexed.word(end) == "và").then(|| numeral::parse(lexed, end + 1)).flatten();
    let dash = more.map(|bid| bid.end).filter(|&dash| lexed.symbol(dash).is_some_and(is_dash));
    dash.and_then(|dash| numeral::parse(lexed, dash + 1)).map_or(end, |ask| ask.end)
}

/// Whether so much may be paid for an ounce of gold: 37,25 triệu, 82.500 nghìn, 37.250.000 đồng. A currency has no scale.
fn is_price_of_gold(bid: &Numeral<'_>, scale: &str) -> bool {
    match scale {
        "" => value(bid) >= 1_000_000.0,
        "tỷ" | "tỉ" => false,
        _ => true,
    }
}

/// The word that multiplies an amount, at `at`, or nothing.
fn scale_at<'a>(reader: &'a Reader<'_>, at: usize) -> &'a str {
    let word = reader.lexed.word(at);
    if sets::SCALES.has(word) { word } else { "" }
}

/// Reads two prices with a stroke between: 37,23/37,31 triệu đồng/lượng.
pub(in crate::text::normalize) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    reader.lexed.glued_symbol(at + 1)?;
    let bid = numeral::parse(&reader.lexed, at)?;
    let sign = bid.end;
    let stroke = reader.lexed.glued_symbol(sign) == Some('/')
        && reader.lexed.glued_digits(sign + 1).is_some();
    stroke.then_some(())?;
    let ask = numeral::parse(&reader.lexed, sign + 1).filter(|ask| are_near(&bid, ask))?;
    let lexed = &reader.lexed;
    // Giá vàng SJC (mua/bán): 37,10/37,20
    let labelled = (at.saturating_sub(PRICE_REACH)..at).find(|&i| {
        lexed.word(i) == "mua"
            && matches!(lexed.symbol(i + 1), Some('/' | '-' | '–'))
            && lexed.word(i + 2) == "bán"
    });
    let bare = || labelled.map(|_| (ask.end, false));
    let (end, _) = paid_end(reader, ask.end).or_else(bare)?;
    let scale = scale_at(reader, ask.end);
    let near = |word: &str| reader.near_before(at, PRICE_REACH, &[word]);
    let both = labelled.is_some() || near("mua") && near("bán");
    let gold = || {
        let priced = lexed.symbol(end) == Some('/') || near("giá");
        is_price_of_gold(&bid, scale) && priced && Deal::around(reader, at, end).gold
    };
    let currency = || {
        let names = |i: usize| {
            let word = lexed.word(i);
            sets::CURRENCY_CODES.has(word) && !is_dong(word)
                || word == "giá" && matches!(lexed.before(i, 1), "tỷ" | "tỉ")
        };
        scale.is_empty() && (at.saturating_sub(PRICE_REACH)..at).any(names)
    };
    let posted = !matches!(scale, "tỷ" | "tỉ")
        && !is_one_side(reader, at, end)
        && !reader.near_before(at, CLAUSE, &sets::PRICES_OVER_TIME)
        && (both || currency() || gold());
    posted.then_some(())?;
    let class = if bid.fraction.is_some() { "decimal" } else { "cardinal" };
    reader.verbalize(at, sign, class, Likely, |out| bid.verbalize(out));
    reader.mark(sign, sign + 1, Mark::Comma);
    Some(sign + 1)
}

/// Whether two numbers are of one shape, and the second is a little more than the first.
fn are_near(bid: &Numeral<'_>, ask: &Numeral<'_>) -> bool {
    let shaped = |n: &Numeral<'_>| n.fraction.is_some() || n.grouped;
    let (low, high) = (value(bid), value(ask));
    (shaped(bid) || shaped(ask))
        && bid.grouped == ask.grouped
        && low < high
        && high - low <= SPREAD * low
}

/// The index after the words of an amount in đồng at `at`, and whether they say the money or the ounce, not a scale alone.
fn paid_end(reader: &Reader<'_>, at: usize) -> Option<(usize, bool)> {
    let lexed = &reader.lexed;
    let scaled = at + usize::from(sets::SCALES.has(lexed.word(at)));
    let money = is_dong(lexed.word(scaled));
    let end = scaled + usize::from(money);
    let by_weight = lexed.symbol(end) == Some('/') && lexed.word(end + 1) == "lượng";
    (end > at).then_some((end, money || by_weight))
}

fn is_dong(word: &str) -> bool {
    matches!(word, "đồng" | "đ" | "vnd" | "vnđ")
}

/// Whether the numbers are only paid or only asked, by several dealers: mua vào 21.080-21.085 đồng, 21.110-21.120 đồng (mua vào).
fn is_one_side(reader: &Reader<'_>, from: usize, end: usize) -> bool {
    /// A bracket is so near, and the words of the sides are so far, with no number and no stop between.
    const NEAR: usize = 4;
    const FAR: usize = 12;
    let lexed = &reader.lexed;
    let before = |word: &str| {
        let clause = (from.saturating_sub(FAR)..from).rev();
        let goes_on = |&i: &usize| {
            lexed.digits(i).is_none() && !matches!(lexed.symbol(i), Some('.' | ';' | '!' | '?'))
        };
        clause.take_while(goes_on).any(|i| lexed.word(i) == word)
    };
    let bracket = (end..end + NEAR).find(|&i| lexed.symbol(i) == Some('('));
    let inside = |word: &str| {
        bracket.is_some_and(|open| (open + 1..open + 6).any(|i| lexed.word(i) == word))
    };
    before("mua") != before("bán") || inside("mua") != inside("bán")
}

/// What a sentence tells of a deal.
#[derive(Default)]
struct Deal {
    gold: bool,
    currency: bool,
    dealer: bool,
    buys: bool,
    sells: bool,
}

impl Deal {
    /// What the sentence around the numbers from `from` to `end` tells.
    fn around(reader: &Reader<'_>, from: usize, end: usize) -> Deal {
        let lexed = &reader.lexed;
        let goes_on = |i: &usize| {
            *i < lexed.len()
                && !matches!(lexed.symbol(*i), Some('.' | '!' | '?') if !lexed.is_glued(i + 1))
        };
        let mut deal = Deal::default();
        let before = (from.saturating_sub(REACH)..from).rev().take_while(goes_on);
        for i in before.chain((end..end + REACH).take_while(goes_on)) {
            if lexed.case(i).is_none() {
                continue;
            }
            let word = lexed.word(i);
            match word {
                "mua" => deal.buys = true,
                "bán" => deal.sells = true,
                "yết" => deal.dealer |= lexed.before(i, 1) == "niêm",
                "hàng" => deal.dealer |= lexed.before(i, 1) == "ngân",
                "tệ" => deal.currency |= lexed.before(i, 1) == "ngoại",
                "giá" => deal.currency |= matches!(lexed.before(i, 1), "tỷ" | "tỉ"),
                _ => {
                    deal.gold |= sets::GOLD.has(word);
                    deal.currency |= sets::CURRENCY_CODES.has(word) && !is_dong(word);
                    deal.dealer |= sets::GOLD_DEALERS.has(word) || word.ends_with("bank");
                }
            }
        }
        deal
    }
}
