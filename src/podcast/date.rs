//! When an episode was published, as feeds write it.

use std::fmt;

use jiff::civil::{Date, Time};
use jiff::fmt::rfc2822;
use jiff::tz::Offset;
use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Serialize};

use crate::model::date::PublicationDate;
use crate::model::message::{Message, message};
use crate::text::readers::dates;

/// A point in time with the clock it was read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PublicationTime(ZonedDateTime);

impl PublicationTime {
    /// A date with a zone; without a time it is midnight, and without a zone `offset` is used. `None`
    /// if the calendar does not reach so far.
    #[must_use]
    pub fn new(date: &PublicationDate, offset: Offset) -> Option<PublicationTime> {
        let zone = date.offset.unwrap_or(offset).to_time_zone();
        let civil = date.day.to_datetime(date.time.unwrap_or(Time::midnight()));
        civil.to_zoned_datetime(zone).ok().map(PublicationTime)
    }

    /// A date as feeds write it (RFC 2822, section 3.3).
    #[must_use]
    pub fn parse_rfc2822(text: &str) -> Option<PublicationTime> {
        rfc2822::parse(text).ok().map(PublicationTime)
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

    /// The day.
    #[must_use]
    pub fn date(&self) -> Date {
        self.0.date()
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
impl fmt::Display for PublicationTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.timestamp().display_with_offset(self.0.offset()))
    }
}

impl From<PublicationTime> for String {
    fn from(date: PublicationTime) -> String {
        date.to_string()
    }
}

impl TryFrom<String> for PublicationTime {
    type Error = Message;

    fn try_from(text: String) -> Result<PublicationTime, Message> {
        dates::read(&text)
            .and_then(|date| PublicationTime::new(&date, Offset::UTC))
            .ok_or_else(|| message!("`{text}` is no date", text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_write_it_by_the_rule() {
        let date = PublicationTime::try_from("2024-03-05T06:30:00+07:00".to_owned()).unwrap();
        assert_eq!(date.rfc2822(), "Tue, 5 Mar 2024 06:30:00 +0700");
        assert_eq!(PublicationTime::parse_rfc2822(&date.rfc2822()), Some(date.clone()));
        assert_eq!(
            (date.day(), date.day_in_vietnamese()),
            ("2024-03-05".into(), "5/3/2024".into())
        );
        let before: Timestamp = "2024-03-04T23:29:59Z".parse().unwrap();
        assert!(date.is_after(before));
        assert!(!date.is_after("2024-03-04T23:30:00Z".parse().unwrap()));
    }
}
