//! `Edits`: what a person has decided of one article after looking at it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::model::article::Article;
use crate::model::diag::Span;
use crate::model::direction::Direction;
use crate::model::error::Error;
use crate::model::manner::{self, Manner, MannerKind};
use crate::model::message::{Message, ToValue, message};
use crate::model::place_reading::PlaceReading;
use crate::model::units::Millis;

/// What a person has decided of one article after looking at it. Places are those of
/// [`Article::text`], so they hold for the same bytes of the same source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Edits {
    /// Whether a block is read, whatever its kind; by its number in the article, from 0.
    pub blocks: BTreeMap<usize, bool>,
    /// How stretches are to be spoken, as if the author had asked for it.
    pub manners: Vec<Manner>,
    /// The silence after the word that ends at a place, in ms, instead of the usual one; where words
    /// are not followed by any, it has no effect.
    pub pauses: BTreeMap<usize, Millis>,
    /// How words are read at their place alone.
    pub readings: Vec<PlaceReading>,
}

/// The speeds of a stretch, in percent of the narrator's own.
const RATES: RangeInclusive<u16> = 50..=200;

/// How much higher a stretch may be, in hundredths of a semitone.
const PITCHES: RangeInclusive<i16> = -1200..=1200;

/// How much louder a stretch may be, in tenths of a decibel.
const VOLUMES: RangeInclusive<i16> = -960..=120;

impl Edits {
    /// Whether nothing is decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Edits { blocks, manners, pauses, readings } = self;
        blocks.is_empty() && manners.is_empty() && pauses.is_empty() && readings.is_empty()
    }

    /// The article as it is to be read under them.
    ///
    /// # Errors
    /// [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) if they are not about this
    /// article: a block or a place that it does not have; or if a manner is beyond its range.
    pub fn apply<'a>(&self, article: &'a Article) -> Result<Cow<'a, Article>, Error> {
        if self.is_empty() {
            return Ok(Cow::Borrowed(article));
        }
        let wrong = |what: Message| Error::request(message!("edits: {what}", what));
        let is_place = |at: usize| article.text.is_char_boundary(at);
        let mut edited = article.clone();
        for (&number, &is_read) in &self.blocks {
            let count = edited.blocks.len();
            let block = edited.blocks.get_mut(number);
            let block = block.ok_or_else(|| {
                wrong(message!(
                    "there is no block {number}: the article has {count}, from 0 on",
                    number,
                    count
                ))
            })?;
            block.choice = Some(is_read);
        }
        for Manner { span, kind } in &self.manners {
            if span.start > span.end || !is_place(span.start) || !is_place(span.end) {
                let (start, end) = (span.start, span.end);
                return Err(wrong(message!(
                    "{start} to {end} is no stretch of the article's text",
                    start,
                    end
                )));
            }
            check(kind).map_err(wrong)?;
        }
        for (&at, pause) in &self.pauses {
            if !is_place(at) {
                return Err(wrong(message!("{at} is no place in the article's text", at)));
            }
            if !(0.0..=Direction::LONGEST_PAUSE as f32).contains(&pause.0) {
                let (pause, most) = (pause.0, Direction::LONGEST_PAUSE);
                return Err(wrong(message!(
                    "a pause is {pause} ms: it must be from 0 to {most}",
                    pause,
                    most
                )));
            }
        }
        edited.manners.extend(self.manners.iter().cloned());
        manner::sort(&mut edited.manners);
        for reading in &self.readings {
            let Span { start, end } = reading.span;
            if start >= end || !is_place(start) || !is_place(end) {
                return Err(wrong(message!(
                    "{start} to {end} is no stretch of the article's text",
                    start,
                    end
                )));
            }
            reading.check().map_err(wrong)?;
        }
        edited.readings.extend(self.readings.iter().cloned());
        edited.readings.sort_by_key(|reading| reading.span.start);
        let mut neighbours = edited.readings.array_windows();
        if let Some([one, other]) = neighbours.find(|[a, b]| b.span.start < a.span.end) {
            let (one, other) = (one.span.start, other.span.start);
            return Err(wrong(message!(
                "the readings at {one} and {other} are for the same words",
                one,
                other
            )));
        }
        Ok(Cow::Owned(edited))
    }
}

/// Whether a person may ask for a manner.
fn check(kind: &MannerKind) -> Result<(), Message> {
    fn within<T: PartialOrd + ToValue>(
        what: &'static str,
        value: T,
        range: RangeInclusive<T>,
    ) -> Result<(), Message> {
        if range.contains(&value) {
            return Ok(());
        }
        let (least, most) = range.into_inner();
        Err(message!(
            "{what} is {value}: it must be from {least} to {most}",
            what = Message::from(what),
            value,
            least,
            most
        ))
    }
    match *kind {
        MannerKind::Rate(percent) => within("a rate", percent, RATES),
        MannerKind::Pitch(cents) => within("a pitch", cents, PITCHES),
        MannerKind::Volume(tenths) => within("a volume", tenths, VOLUMES),
        MannerKind::Cue(_) => Err("only subtitles have a time".into()),
        MannerKind::Item(_) => Err("only articles of several have a number".into()),
        MannerKind::Part(_) | MannerKind::Language(_) | MannerKind::Emphasis => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::article::{Block, BlockKind};
    use crate::model::reading_policy::ReadingPolicy;

    fn article() -> Article {
        let text = "Bão.\nẢnh: Lan\n".to_owned();
        let caption = Span::new("Bão.\n".len(), text.len() - 1);
        let blocks = vec![
            Block::new(BlockKind::Paragraph, Span::new(0, "Bão.".len()), "a test"),
            Block::new(BlockKind::Caption, caption, "a test"),
        ];
        Article { text, blocks, ..Article::default() }
    }

    fn edits(value: serde_json::Value) -> Edits {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_choice_beats_the_kind_of_a_block() {
        let article = article();
        let read = |edits: &Edits| {
            let edited = edits.apply(&article).unwrap();
            let policy = ReadingPolicy::default();
            edited.blocks.iter().map(|block| edited.is_read(block, &policy)).collect::<Vec<_>>()
        };
        assert_eq!(read(&Edits::default()), [true, false]);
        assert_eq!(read(&edits(json!({"blocks": {"0": false, "1": true}}))), [false, true]);
    }

    #[test]
    fn what_is_not_of_the_article_is_refused() {
        let article = article();
        let rate = |start: usize, end: usize, rate: u16| json!({"manners": [{"span": {"start": start, "end": end}, "kind": {"rate": rate}}]});
        let reading = |start: usize, end: usize, said: &str| json!({"readings": [{"span": {"start": start, "end": end}, "said": said}]});
        assert!(edits(rate(0, 3, 120)).apply(&article).is_ok());
        assert!(edits(reading(0, 4, "cơn  bão")).apply(&article).is_ok());
        for (value, expected) in [
            (json!({"blocks": {"2": true}}), "no block 2"),
            (rate(0, 2, 120), "0 to 2 is no stretch"),
            (rate(5, 900, 120), "5 to 900 is no stretch"),
            (rate(4, 0, 120), "4 to 0 is no stretch"),
            (rate(0, 3, 300), "from 50 to 200"),
            (json!({"pauses": {"900": 100}}), "no place"),
            (json!({"pauses": {"0": -1}}), "from 0 to 60000"),
            (reading(0, 900, "lũ"), "0 to 900 is no stretch"),
            (reading(0, 0, "lũ"), "0 to 0 is no stretch"),
            (reading(0, 4, "3"), "write numbers in words"),
            (reading(0, 4, " "), "is empty"),
        ] {
            let error = edits(value.clone()).apply(&article).unwrap_err().to_string();
            assert!(error.contains(expected), "{value}: {error}");
        }
    }
}
