//! The dates of articles, in the ways that papers, sites and mail write them.

use jiff::ZonedDateTime;
use jiff::civil::{Date, Time};
use jiff::fmt::rfc2822;

use crate::model::date::{PublicationDate, read_zone};

/// The date that a text says: ISO 8601 (`2024-03-05`, `2024-03-05T06:30+07:00`), RFC 2822, or as
/// Vietnamese papers print it above an article, the day before the month (`Thứ Ba, 5/3/2024,
/// 06:30 (GMT+7)`, `ngày 5 tháng 3 năm 2024`). A year of four digits has to be there.
#[must_use]
pub fn read(text: &str) -> Option<PublicationDate> {
    if let Ok(date) = rfc2822::parse(text.trim()) {
        return Some(of(&date));
    }
    let lower = text.to_lowercase();
    let tokens: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || ",|()[]•·–—".contains(c))
        .map(|token| token.trim_end_matches(['.', ':']))
        .filter(|token| !token.is_empty())
        .collect();
    let (mut date, mut time, mut zone) = (None, None, None);
    for (at, token) in tokens.iter().enumerate() {
        let next = |step: usize| tokens.get(at + step).copied().unwrap_or_default();
        if let Some((day, clock)) = token.split_once('t').filter(|(day, _)| iso(day).is_some()) {
            date = date.or(iso(day));
            let split = clock.find(['+', '-', 'z']).unwrap_or(clock.len());
            time = time.or(clock_time(&clock[..split]));
            zone = zone.or(read_zone(&clock[split..]));
        } else if let Some(found) = iso(token).or(day_first(token)) {
            date = date.or(Some(found));
        } else if *token == "ngày" && next(2) == "tháng" {
            let (month, year) = match next(4) {
                "năm" => (next(3), next(5)),
                _ => next(3).split_once('/').unwrap_or_default(),
            };
            date = date.or(checked(year, month, next(1)));
        } else if let Some((hour, minute, second)) = clock_time(token) {
            let late = matches!(next(1), "pm" | "ch") && hour < 12;
            time = time.or(Some((if late { hour + 12 } else { hour }, minute, second)));
        } else if *token == "giờ" && at > 0 {
            let minute = if next(2) == "phút" { number(next(1)) } else { None };
            time = time.or(number(tokens[at - 1]).map(|hour| (hour, minute.unwrap_or(0), 0)));
        } else {
            let named = token.strip_prefix("gmt").or(token.strip_prefix("utc"));
            zone = zone.or(named.or(Some(token)).and_then(read_zone));
        }
    }
    let (hour, minute, second) = time.unwrap_or_default();
    let known = Time::new(hour, minute, second, 0).ok()?;
    Some(PublicationDate { day: date?, time: time.map(|_| known), offset: zone })
}

/// A moment as its day, time and zone.
fn of(date: &ZonedDateTime) -> PublicationDate {
    PublicationDate { day: date.date(), time: Some(date.time()), offset: Some(date.offset()) }
}

/// `2024-03-05`.
fn iso(token: &str) -> Option<Date> {
    let mut parts = token.splitn(3, '-');
    checked(parts.next()?, parts.next()?, parts.next()?)
}

/// `5/3/2024`, `05-03-2024`, `5.3.2024`.
fn day_first(token: &str) -> Option<Date> {
    ['/', '-', '.'].into_iter().find_map(|mark| {
        let mut parts = token.splitn(3, mark);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        checked(year, month, day)
    })
}

fn checked(year: &str, month: &str, day: &str) -> Option<Date> {
    let (year, month, day): (i16, i8, i8) = (number(year)?, number(month)?, number(day)?);
    Date::new(year, month, day).ok().filter(|_| (1900..=9998).contains(&year))
}

/// `19:14`, `19:14:05`, `19h14`, `19h`.
fn clock_time(token: &str) -> Option<(i8, i8, i8)> {
    let (hour, rest) = token.split_once([':', 'h'])?;
    let (minute, second) = rest.split_once(':').unwrap_or((rest, "0"));
    let second = second.split('.').next()?;
    let minute = if minute.is_empty() && token.ends_with('h') { "0" } else { minute };
    let time = (number(hour)?, number(minute)?, number(second)?);
    (time.0 < 24 && time.1 < 60 && time.2 < 60).then_some(time)
}

/// Only digits.
fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_they_are_written() {
        let cases = [
            ("2024-03-05", "2024-03-05"),
            ("2024-03-05T06:30", "2024-03-05T06:30:00"),
            ("2024-03-05 06:30:15", "2024-03-05T06:30:15"),
            ("2024-03-05T06:30:00Z", "2024-03-05T06:30:00+00:00"),
            ("2024-03-05T06:30:00.123-05:30", "2024-03-05T06:30:00-05:30"),
            ("2024-03-05 06:30:00 +0100", "2024-03-05T06:30:00+01:00"),
            ("Tue, 5 Mar 2024 06:30:00 +0900", "2024-03-05T06:30:00+09:00"),
            ("Thứ Ba, 05/03/2024, 19:14 (GMT+8)", "2024-03-05T19:14:00+08:00"),
            ("Cập nhật: 5-3-2024 8:30 PM", "2024-03-05T20:30:00"),
            ("05.03.2024 | 19h14", "2024-03-05T19:14:00"),
            ("Hà Nội, ngày 5 tháng 3 năm 2024", "2024-03-05"),
            ("19 giờ 14 phút ngày 5 tháng 3/2024", "2024-03-05T19:14:00"),
            ("23/10/2022 19:14 Tăng trưởng xanh", "2022-10-23T19:14:00"),
        ];
        for (text, expected) in cases {
            let found = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.to_string(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_date_is_none() {
        for text in [
            "",
            "5/3",
            "3 giờ trước",
            "31/02/2024",
            "19:14",
            "2024",
            "March 5 2024",
            "5/3/24",
            "é-é-é",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
