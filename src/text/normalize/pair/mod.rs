//! Two numbers and a sign between them: 12/6, 3-1, 30.4, 2:1. What they are is weighed: a day and a
//! month, a part of a whole, so many of so many, a score, or what the classes of single numbers or of
//! times make of them.

mod points;
mod settled;
pub(super) mod shape;
mod values;

use super::lex::Case;
use super::profiles::Profiles;
use super::reader::Reader;
use super::verbalization::Verbalization;
use super::weigh::{self, Feature, Flag, Kind, Proposal, Topic};
use super::word_sets as sets;
use super::{date, fraction, number, quantity, range, time};
use crate::model::spoken::Mark;
use points::verbalize_score;
use shape::{Pair, Sign};

/// Numbers of more digits than this are no pair that has to be weighed.
const LONGEST: usize = 3;

/// What two numbers with a sign between them could be.
fn kinds(sign: Sign) -> &'static [Kind] {
    match sign {
        Sign::Stroke => &[Kind::Date, Kind::NamedDate, Kind::Part, Kind::Ratio, Kind::StrokeScore],
        Sign::Hyphen | Sign::Dash => &[Kind::DashDate, Kind::NamedDate, Kind::Score, Kind::Rest],
        Sign::Point => &[Kind::PointDate, Kind::NamedDate, Kind::Rest],
        Sign::Colon => &[Kind::ColonScore, Kind::ColonRatio, Kind::Clock],
    }
}

impl<'a> Pair<'a> {
    /// The pair at `at`, if it is not a part of something longer.
    fn find(reader: &Reader<'a>, at: usize) -> Option<Pair<'a>> {
        let lexed = &reader.lexed;
        let first = lexed.digits(at).filter(|digits| digits.len() <= LONGEST)?;
        let sign = Sign::of(lexed.symbol(at + 1)?)?;
        let second = lexed.digits(at + 2).filter(|digits| digits.len() <= LONGEST)?;
        let glued = lexed.is_glued(at + 1) && lexed.is_glued(at + 2);
        // ngày 23–10: the long dash is a hyphen to some
        let sign = if sign == Sign::Dash && glued && date::is_led(reader, at) {
            Sign::Hyphen
        } else {
            sign
        };
        let free = !lexed.is_glued(at + 1) && !lexed.is_glued(at + 2);
        let fits = match sign {
            Sign::Stroke | Sign::Colon => glued,
            // ngày 24 -6: white space slipped in
            Sign::Hyphen | Sign::Dash => glued || free || sets::DAY_NAMES.has(lexed.before(at, 1)),
            Sign::Point => glued && first.len() <= 2 && second.len() <= 2,
        };
        let pair = Pair { at, first, sign, second };
        let ranges = sign == Sign::Stroke && range::are_ranges(reader, at + 1);
        (fits && !ranges && !pair.follows(reader) && !pair.goes_on(reader)).then_some(pair)
    }

    /// Whether something before the pair belongs to it.
    fn follows(&self, reader: &Reader<'_>) -> bool {
        let lexed = &reader.lexed;
        let Some(before) = self.at.checked_sub(1) else { return false };
        let dash = lexed.symbol(before).is_some_and(range::is_dash);
        let from_number = dash && before > 0 && lexed.digits(before - 1).is_some();
        let touches = lexed.is_glued(self.at)
            && (lexed.case(before).is_some()
                || matches!(lexed.symbol(before), Some('/' | '.' | ',' | '#' | '+' | ':'))
                || dash && self.sign != Sign::Stroke);
        touches || from_number && self.sign != Sign::Stroke
    }

    /// Whether something after the pair belongs to it.
    fn goes_on(&self, reader: &Reader<'_>) -> bool {
        let (lexed, end) = (&reader.lexed, self.end());
        let chained = matches!(lexed.glued_symbol(end), Some('/' | '.' | ',' | ':'))
            && lexed.glued_digits(end + 1).is_some();
        let range = lexed.symbol(end).is_some_and(range::is_dash)
            && lexed.digits(end + 1).is_some()
            && self.sign != Sign::Stroke;
        let sum = matches!(lexed.symbol(end), Some('=' | '^' | '²' | '³'));
        let lettered = lexed.is_glued(end)
            && lexed.case(end).is_some()
            && reader.tables.unit(lexed.rest(end)).is_none();
        chained || range || sum || lettered
    }

    /// Whether it can be of a kind.
    fn can_be(&self, reader: &Reader<'_>, kind: Kind) -> bool {
        match kind {
            Kind::Part | Kind::Ratio | Kind::Rest | Kind::Clock | Kind::ColonRatio => {}
            _ if self.is_measured(reader) => return false,
            _ => {}
        }
        match kind {
            Kind::Date | Kind::DashDate | Kind::PointDate | Kind::NamedDate => {
                date::is_possible(self)
                    && !reader.follows(self.at, &["độ", "lớn"]) // động đất có độ lớn 2.9
                    && !self.is_had(reader)
            }
            Kind::Part => fraction::is_part_possible(self) && !self.is_feast_of_year(reader),
            Kind::Ratio => !self.is_feast_of_year(reader),
            Kind::Clock => self.second.len() == 2 && !self.is_whole(),
            _ => true,
        }
    }

    /// Whether a unit touches it: 10-12°C, 60-70%, 0-50kWh, 4-6h, 5-7'. Neither days nor scores have one.
    fn is_measured(&self, reader: &Reader<'_>) -> bool {
        let (lexed, end) = (&reader.lexed, self.end());
        let sign = matches!(lexed.glued_symbol(end), Some('%' | '‰' | '°' | 'º' | '℃'));
        let letters = lexed.is_glued(end) && lexed.case(end).is_some() && !lexed.goes_on(end + 1);
        let time = matches!(lexed.text(end), "h" | "s" | "p" | "ph");
        let minutes = time::ends_minutes(reader, self.at, end);
        minutes || sign || letters && (time || reader.tables.unit(lexed.rest(end)).is_some())
    }

    /// Whether so many of so many are had, and what they are is behind them: có 5/11 mặt hàng giảm giá.
    fn is_had(&self, reader: &Reader<'_>) -> bool {
        let value = |digits: &str| digits.parse::<u16>().unwrap_or(0);
        self.sign == Sign::Stroke
            && reader.lexed.before(self.at, 1) == "có"
            && value(self.first) < value(self.second)
            && reader.counts_next(self.end())
            && !self.is_feast_of_year(reader)
    }

    /// Whether a feast is had, and what it falls on is behind it: Năm nay có 2/9 đúng chủ nhật.
    fn is_feast_of_year(&self, reader: &Reader<'_>) -> bool {
        self.sign == Sign::Stroke
            && reader.lexed.before(self.at, 1) == "có"
            && date::is_feast(self)
            && sets::BEHIND_FEASTS.has(reader.lexed.word(self.end()))
    }

    /// Whether it is one of two or more with the same sign and commas between, which are not all days of the
    /// calendar: (25-20, 22-25, 25-18).
    fn is_in_row(&self, reader: &Reader<'_>) -> bool {
        /// A row is followed over so many to either side, so that the work grows with the text alone.
        const MOST: usize = 6;
        /// How many lexemes one takes, with its comma.
        const STEP: usize = 4;
        let lexed = &reader.lexed;
        let joins = |at: usize| matches!(lexed.symbol(at), Some(',' | ';'));
        let like = |at: usize| {
            let pair = Pair {
                at,
                first: lexed.digits(at)?,
                sign: Sign::of(lexed.glued_symbol(at + 1)?)?,
                second: lexed.glued_digits(at + 2)?,
            };
            (pair.sign == self.sign).then_some(pair)
        };
        let mut first = self.at;
        for _ in 0..MOST {
            let joined = first >= STEP && joins(first - 1) && like(first - STEP).is_some();
            if !joined {
                break;
            }
            first -= STEP;
        }
        let mut row = 0;
        let mut days = true;
        for at in (first..).step_by(STEP).take(2 * MOST) {
            let Some(pair) = like(at) else { break };
            row += 1;
            days &= date::is_possible(&pair);
            if !joins(at + STEP - 1) {
                break;
            }
        }
        row > 1 && !days
    }

    /// Whether names as of two teams are on either side: one of another language, or any in an article about sport. Đến
    /// 15-8 Bộ Y tế and XE 8-12 CHỖ have none.
    fn is_between_names(&self, reader: &Reader<'_>) -> bool {
        let lexed = &reader.lexed;
        let (before, end) = (self.at.wrapping_sub(1), self.end());
        let name = |i: usize| matches!(lexed.case(i), Some(Case::Capital | Case::Mixed));
        let letters = |i: usize| {
            lexed.case(i) == Some(Case::Upper)
                && lexed.text(i).len() > 1
                && !reader.is_vietnamese(i)
        };
        let foreign = |i: usize| name(i) && !reader.is_vietnamese(i);
        let sport = Profiles::get().dash_is_score(reader.options.profile);
        let day =
            || sets::DAY_LEADS.has(lexed.word(before)) || sets::WEEKDAYS.has(lexed.word(before));
        let goals = self.first.len() == 1 && self.second.len() == 1;
        (name(before) || letters(before))
            && (name(end) || sport && letters(end))
            && !lexed.is_glued(end)
            && reader.tables.unit(lexed.rest(end)).is_none()
            && (goals && (foreign(before) || foreign(end)) || sport && !day())
    }

    /// Whether its numbers are parts of a hundred and no hours: 50:50, 70:30.
    fn is_whole(&self) -> bool {
        const HOURS: u16 = 24;
        let value = |digits: &str| digits.parse::<u16>().unwrap_or(0);
        value(self.first) > HOURS && value(self.first) + value(self.second) == 100
    }

    /// Whether its numbers, one after the other, would be heard as one: 10-8, 20-9, the votes 222-209.
    fn runs_together(&self) -> bool {
        run_together(self.first, self.second)
    }

    /// Puts the pair into words.
    fn verbalize(&self, kind: Kind, says_day: bool, out: &mut Verbalization) {
        match kind {
            Kind::Date | Kind::DashDate | Kind::PointDate => {
                date::push_pair(out, self, !says_day);
            }
            Kind::NamedDate => date::push_pair(out, self, false),
            Kind::Part => fraction::push_part(out, self),
            Kind::Ratio | Kind::ColonRatio => {
                number::cardinal(self.first, out);
                out.push("trên");
                number::cardinal(self.second, out);
            }
            Kind::Score
            | Kind::StrokeScore
            | Kind::ColonScore
            | Kind::Clock
            | Kind::Rest
            | Kind::Sense => {
                number::cardinal(self.first, out);
                number::cardinal(self.second, out);
            }
        }
    }

    /// What it looks like.
    fn shape(&self, reader: &Reader<'_>, features: &mut Vec<Feature>) {
        let value = |digits: &str| digits.parse::<u16>().unwrap_or(0);
        let (first, second) = (value(self.first), value(self.second));
        let flags = [
            (Flag::Stroke, self.sign == Sign::Stroke),
            (Flag::Hyphen, self.sign == Sign::Hyphen),
            (Flag::Dash, self.sign == Sign::Dash),
            (Flag::Point, self.sign == Sign::Point),
            (Flag::Colon, self.sign == Sign::Colon),
            (Flag::Spaced, !reader.lexed.is_glued(self.at + 1)),
            (Flag::Calendar, date::is_possible(self)),
            (Flag::Feast, date::is_feast(self)),
            (Flag::Ascends, first < second),
            (Flag::Equal, first == second),
            (Flag::Descends, first > second),
            (Flag::ZeroFirst, self.first.starts_with('0')),
            (Flag::ZeroSecond, self.second.starts_with('0')),
            (Flag::One, first == 1),
            (Flag::Small, first <= 7 && second <= 7),
            (Flag::OfTen, second == 10),
            (Flag::OfHundred, second == 100),
            (Flag::OfTwelve, second <= 12),
            (Flag::Long, self.first.len() > 2 || self.second.len() > 2),
            (Flag::Always, (first, second) == (24, 7)),
            (Flag::Minutes, self.second.len() == 2 && second < 60),
            (Flag::StartsRange, date::starts_range(reader, self)),
            (Flag::Listed, date::is_in_list(reader, self)),
            (Flag::Next, first + 1 == second),
            (Flag::Row, self.is_in_row(reader)),
            (Flag::AddsUp, matches!(first + second, 10 | 100)),
            (Flag::BetweenNames, self.is_between_names(reader)),
        ];
        let flags = flags.into_iter().filter(|(_, holds)| *holds);
        features.extend(flags.map(|(flag, _)| Feature::from(flag)));
    }
}

/// Whether two numbers of a score, one after the other, would be heard as one.
pub(super) fn run_together(first: &str, second: &str) -> bool {
    let tens = first.len() > 1 && first.ends_with('0') && second.len() == 1 && second != "0";
    tens || first.len() > 2 && second.len() > 1
}

/// Reads a pair.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let pair = Pair::find(reader, at)?;
    let settled = settled::ordinals(reader, &pair)
        .or_else(|| date::month_of_service(reader, &pair))
        .or_else(|| date::quarter_of_year(reader, &pair))
        .or_else(|| date::no_such_day(reader, &pair))
        .or_else(|| date::day_of_first_month(reader, &pair))
        .or_else(|| date::two_days(reader, &pair))
        .or_else(|| points::told_score(reader, &pair))
        .or_else(|| settled::one_of_as_many(reader, &pair))
        .or_else(|| points::points_of_rounds(reader, &pair))
        .or_else(|| values::range(reader, &pair))
        .or_else(|| values::told_ratio(reader, &pair))
        .or_else(|| values::day_of_price(reader, &pair))
        .or_else(|| settled::numbers_of_name(reader, &pair))
        .or_else(|| result_of_race(reader, &pair))
        .or_else(|| settled::always(reader, &pair))
        .or_else(|| settled::odds(reader, &pair))
        .or_else(|| settled::schooling(reader, &pair))
        .or_else(|| settled::aircraft(reader, &pair))
        .or_else(|| settled::mixed_number(reader, &pair))
        .or_else(|| settled::begins_term(reader, &pair));
    if let Some(end) = settled {
        return Some(end);
    }
    let says_day = date::says_day(reader, at);
    let whole = at > 0
        && reader.lexed.digits(at - 1).is_some()
        && reader.last_word().is_some_and(|word| word.class == "cardinal");
    let mut proposals = Vec::with_capacity(5);
    for &kind in kinds(pair.sign) {
        if !pair.can_be(reader, kind) {
            continue;
        }
        let said = match kind {
            Kind::Rest | Kind::Clock => {
                reader.rehearse(|reader| read_singly(reader, pair, kind).is_some())
            }
            _ => Some(reader.wording(|out| {
                if whole && kind == Kind::Part {
                    out.push("và"); // 2 1/2
                }
                pair.verbalize(kind, says_day, out);
            })),
        };
        proposals.extend(said.map(|said| Proposal { kind, said, own: Vec::new() }));
    }
    let mut features = Vec::with_capacity(64);
    pair.shape(reader, &mut features);
    if Profiles::get().dash_is_score(reader.options.profile) {
        features.push(Feature::from(Topic::Sport));
    }
    weigh::context(reader, at, pair.end(), &mut features);
    let choice = weigh::choose(reader, at, pair.end(), &proposals, &features);
    // A class is settled, but only after it was weighed: its lines teach what other pairs with a stroke are.
    let forced =
        reader.lexed.get(at).is_some_and(|first| reader.forced(first.span.start).is_some());
    if let Some(end) = (!forced).then(|| settled::class_of_school(reader, &pair)).flatten() {
        return Some(end);
    }
    let Proposal { kind, said, .. } = &proposals[choice.index];
    let class = match kind {
        Kind::Rest | Kind::Clock | Kind::Sense => {
            return reader.no_surer(choice.confidence, |reader| read_singly(reader, pair, *kind));
        }
        Kind::Date | Kind::DashDate | Kind::PointDate | Kind::NamedDate => "date",
        Kind::Score | Kind::StrokeScore | Kind::ColonScore => "score",
        Kind::Part | Kind::Ratio | Kind::ColonRatio => "fraction",
    };
    if class == "score" {
        points::part_set(reader, &pair);
        verbalize_score(reader, &pair, choice.confidence);
        part_results(reader, &pair);
        return Some(pair.end());
    }
    reader.verbalize_as(at, pair.end(), class, choice.confidence, said);
    match class {
        "fraction" => Some(fraction::read_unit(reader, pair.end())),
        _ => Some(pair.end()),
    }
}

/// Sets a pause behind the score of one match in a list: Porto – Zenit: 0-1 Marseille – Napoli: 1-2.
fn part_results(reader: &mut Reader<'_>, pair: &Pair<'_>) {
    const NEXT: usize = 16;
    let (lexed, end) = (&reader.lexed, pair.end());
    let name = |i: usize| lexed.case(i).is_some_and(|case| case != Case::Lower);
    let dash = |i: usize| lexed.symbol(i).is_some_and(range::is_dash);
    let result = |i: usize| {
        lexed.symbol(i) == Some(':')
            && lexed.digits(i + 1).is_some()
            && dash(i + 2)
            && lexed.digits(i + 3).is_some()
    };
    let listed = pair.at > 0
        && lexed.symbol(pair.at - 1) == Some(':')
        && name(end)
        && !lexed.is_glued(end)
        && (end..end + NEXT)
            .take_while(|&i| lexed.symbol(i) != Some('.') || lexed.is_glued(i + 1))
            .any(result);
    if listed {
        reader.mark_before(end, Mark::Semicolon);
    }
}

/// thành tích 10.05: the seconds of a race, and no day.
fn result_of_race(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    const REACH: usize = 3;
    let parts = pair.sign == Sign::Point && pair.second.len() == 2;
    if !parts || !reader.near_phrase(pair.at, REACH, ["thành", "tích"]) {
        return None;
    }
    read_singly(reader, *pair, Kind::Rest)
}

/// Reads a pair as a time, or its numbers and its sign one by one; gives the index after it and its
/// unit.
fn read_singly(reader: &mut Reader<'_>, pair: Pair<'_>, kind: Kind) -> Option<usize> {
    if kind == Kind::Clock {
        return time::read(reader, pair.at);
    }
    let mut at = pair.at;
    while at < pair.end() {
        at = match reader.lexed.digits(at) {
            // The end of a range of times carries their unit: 24-48h, 5-7'.
            Some(_) if at > pair.at => {
                time::read(reader, at).or_else(|| quantity::read(reader, at))
            }
            Some(_) => quantity::read(reader, at),
            None => range::read(reader, at),
        }
        .unwrap_or(at + 1);
    }
    Some(at)
}
