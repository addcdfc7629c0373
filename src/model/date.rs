//! When something was published, as far as its text says.

use std::fmt;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

/// A day, with the time of day and the zone where the text has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicationDate {
    /// The day.
    pub day: Date,
    /// The time of that day.
    pub time: Option<Time>,
    /// How far the clock is from Universal Time.
    pub offset: Option<Offset>,
}

/// ISO 8601, as far as it is known: `2024-03-05`, `2024-03-05T06:30:00`,
/// `2024-03-05T06:30:00+07:00`.
impl fmt::Display for PublicationDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        if let Some(time) = self.time {
            write!(f, "T{time}")?;
        }
        self.offset.map_or(Ok(()), |offset| write!(f, "{}", zone(offset)))
    }
}

/// An offset as ISO 8601 writes it: `+07:00`.
fn zone(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// As its text form.
impl Serialize for PublicationDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// From its text form.
impl<'de> Deserialize<'de> for PublicationDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom(format!("`{text}` is not a date of ISO 8601"));
        let (day, rest) = text.split_at_checked("2024-03-05".len()).ok_or_else(wrong)?;
        let day = day.parse().map_err(|_| wrong())?;
        let at = rest.find(['+', '-']).unwrap_or(rest.len());
        let (time, zone) = rest.split_at(at);
        let time = match time.strip_prefix('T') {
            Some(time) => Some(time.parse().map_err(|_| wrong())?),
            None if time.is_empty() => None,
            None => return Err(wrong()),
        };
        let offset = match zone {
            "" => None,
            zone => Some(read_zone(zone).ok_or_else(wrong)?),
        };
        Ok(PublicationDate { day, time, offset })
    }
}

/// An offset from Universal Time: `+07:00`, `+0700`, `+7`, `Z`; no more than 14 hours.
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
    let number = |text: &str| -> Option<i32> {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if hours > 14 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_what_is_known_of_it() {
        for text in ["2024-03-05", "2024-03-05T06:30:00", "2024-03-05T06:30:15-05:30"] {
            let json = format!("\"{text}\"");
            let date: PublicationDate = serde_json::from_str(&json).unwrap();
            assert_eq!(date.to_string(), text);
            assert_eq!(serde_json::to_string(&date).unwrap(), json);
        }
        for text in ["", "2024", "2024-03-05X", "2024-02-31", "2024-03-05T25:00", "2024-03-05T+99"]
        {
            let found = serde_json::from_str::<PublicationDate>(&format!("\"{text}\""));
            assert!(found.is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_zone_is_none() {
        assert_eq!(read_zone("+0700"), read_zone("+7"));
        for text in ["", "+", "7", "+15:00", "+7:99", "++7", "é"] {
            assert_eq!(read_zone(text), None, "{text}");
        }
    }
}
