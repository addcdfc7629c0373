//! When an episode was published: the ways articles write it, and the way feeds do.

use std::fmt;

use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::Offset;
use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Serialize};

/// A point in time with the clock it was read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Published(ZonedDateTime);

impl Published {
    /// The date that a text tells: ISO 8601 (`2024-03-05`, `2024-03-05T06:30+07:00`), RFC 2822, or as
    /// Vietnamese papers print it above an article, the day before the month (`Thứ Ba, 5/3/2024,
    /// 06:30 (GMT+7)`, `ngày 5 tháng 3 năm 2024`). A year of four digits has to be there. Without a
    /// time it is midnight, and without a zone `offset` holds.
    #[must_use]
    pub fn read(text: &str, offset: Offset) -> Option<Published> {
        if let Ok(date) = rfc2822::parse(text.trim()) {
            return Some(Published(date));
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
            if let Some((day, clock)) = token.split_once('t').filter(|(day, _)| iso(day).is_some())
            {
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
        let (year, month, day) = date?;
        let (hour, minute, second) = time.unwrap_or_default();
        let civil = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
        let zone = zone.unwrap_or(offset).to_time_zone();
        civil.to_zoned_datetime(zone).ok().map(Published)
    }

    /// A date as feeds write it (RFC 2822, section 3.3).
    #[must_use]
    pub fn parse_rfc2822(text: &str) -> Option<Published> {
        rfc2822::parse(text).ok().map(Published)
    }

    /// Whether it is later than a point in time.
    #[must_use]
    pub fn is_after(&self, now: Timestamp) -> bool {
        self.0.timestamp() > now
    }

    /// As feeds write it: `Tue, 5 Mar 2024 06:30:00 +0700`.
    #[must_use]
    pub fn rfc2822(&self) -> String {
        // Its years are those that were read, of four digits.
        rfc2822::to_string(&self.0).unwrap_or_default()
    }

    /// Only the day: `2024-03-05`.
    #[must_use]
    pub fn day(&self) -> String {
        self.0.date().to_string()
    }

    /// The day as readers of Vietnamese write it: `5/3/2024`.
    #[must_use]
    pub fn day_in_vietnamese(&self) -> String {
        format!("{}/{}/{}", self.0.day(), self.0.month(), self.0.year())
    }
}

/// ISO 8601 and RFC 3339: `2024-03-05T06:30:00+07:00`.
impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.timestamp().display_with_offset(self.0.offset()))
    }
}

impl From<Published> for String {
    fn from(date: Published) -> String {
        date.to_string()
    }
}

impl TryFrom<String> for Published {
    type Error = String;

    fn try_from(text: String) -> Result<Published, String> {
        Published::read(&text, Offset::UTC).ok_or_else(|| format!("`{text}` is no date"))
    }
}

/// An offset from Universal Time: `+07:00`, `+0700`, `+7`, `Z`.
#[must_use]
pub fn read_zone(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some(parts), _) => parts,
        (None, 4) if digits.is_ascii() => digits.split_at(2),
        _ => (digits, "0"),
    };
    let (hours, minutes): (i8, i8) = (number(hours)?, number(minutes)?);
    if hours > 14 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)).ok()
}

type Day = (i16, i8, i8);

/// `2024-03-05`.
fn iso(token: &str) -> Option<Day> {
    let mut parts = token.splitn(3, '-');
    checked(parts.next()?, parts.next()?, parts.next()?)
}

/// `5/3/2024`, `05-03-2024`, `5.3.2024`.
fn day_first(token: &str) -> Option<Day> {
    ['/', '-', '.'].into_iter().find_map(|mark| {
        let mut parts = token.splitn(3, mark);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        checked(year, month, day)
    })
}

fn checked(year: &str, month: &str, day: &str) -> Option<Day> {
    let (year, month, day): (i16, i8, i8) = (number(year)?, number(month)?, number(day)?);
    let sound = (1900..=9998).contains(&year) && (1..=12).contains(&month);
    (sound && (1..=31).contains(&day)).then_some((year, month, day))
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

/// Digits and nothing else.
fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_they_are_written() {
        let hanoi = read_zone("+07:00").unwrap();
        let cases = [
            ("2024-03-05", "2024-03-05T00:00:00+07:00"),
            ("2024-03-05T06:30", "2024-03-05T06:30:00+07:00"),
            ("2024-03-05 06:30:15", "2024-03-05T06:30:15+07:00"),
            ("2024-03-05T06:30:00Z", "2024-03-05T06:30:00+00:00"),
            ("2024-03-05T06:30:00.123-05:30", "2024-03-05T06:30:00-05:30"),
            ("2024-03-05 06:30:00 +0100", "2024-03-05T06:30:00+01:00"),
            ("Tue, 5 Mar 2024 06:30:00 +0900", "2024-03-05T06:30:00+09:00"),
            ("Thứ Ba, 05/03/2024, 19:14 (GMT+8)", "2024-03-05T19:14:00+08:00"),
            ("Cập nhật: 5-3-2024 8:30 PM", "2024-03-05T20:30:00+07:00"),
            ("05.03.2024 | 19h14", "2024-03-05T19:14:00+07:00"),
            ("Hà Nội, ngày 5 tháng 3 năm 2024", "2024-03-05T00:00:00+07:00"),
            ("19 giờ 14 phút ngày 5 tháng 3/2024", "2024-03-05T19:14:00+07:00"),
            ("23/10/2022 19:14 Tăng trưởng xanh", "2022-10-23T19:14:00+07:00"),
        ];
        for (text, expected) in cases {
            let found = Published::read(text, hanoi).unwrap_or_else(|| panic!("{text}"));
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
            assert_eq!(Published::read(text, Offset::UTC), None, "{text}");
        }
        for text in ["", "+", "7", "+15:00", "+7:99", "++7", "é"] {
            assert_eq!(read_zone(text), None, "{text}");
        }
    }

    #[test]
    fn feeds_write_it_by_the_rule() {
        let date = Published::read("2024-03-05T06:30:00+07:00", Offset::UTC).unwrap();
        assert_eq!(date.rfc2822(), "Tue, 5 Mar 2024 06:30:00 +0700");
        assert_eq!(Published::parse_rfc2822(&date.rfc2822()), Some(date.clone()));
        assert_eq!(
            (date.day(), date.day_in_vietnamese()),
            ("2024-03-05".into(), "5/3/2024".into())
        );
        let before: Timestamp = "2024-03-04T23:29:59Z".parse().unwrap();
        assert!(date.is_after(before));
        assert!(!date.is_after("2024-03-04T23:30:00Z".parse().unwrap()));
    }
}
