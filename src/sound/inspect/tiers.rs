//! What is said when, below a spectrogram: the tiers of a TextGrid, or the words of our own marks.

use std::path::Path;

use encoding_rs::Encoding;

use crate::files::bounded;
use crate::model::error::Error;
use crate::sound::captions;
use crate::sound::marks::SentenceMark;

/// The most tiers of a file.
const MOST_TIERS: f64 = 64.0;

/// Intervals with labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// Its name.
    pub name: String,
    /// Its intervals in order; those without a label are left out.
    pub intervals: Vec<Interval>,
}

/// A stretch of time with a label.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// Where it starts, in seconds.
    pub start: f64,
    /// Where it ends, in seconds.
    pub end: f64,
    /// What is said.
    pub label: String,
}

impl Tier {
    /// The tiers of a file: those of intervals of a TextGrid (long or short form, UTF-8 or UTF-16), or the
    /// words of marks, the format of captions `json`.
    ///
    /// # Errors
    /// `ErrorKind::Read` if it cannot be read; `ErrorKind::Input` if it is neither.
    pub fn read(path: &Path) -> Result<Vec<Tier>, Error> {
        let bytes =
            bounded::read(path, bounded::TIMES).map_err(|cause| Error::read(path, cause))?;
        let wrong = |reason: &str| Error::input(path.display().to_string(), reason);
        let (encoding, _) = Encoding::for_bom(&bytes).unwrap_or((encoding_rs::UTF_8, 0));
        let (text, _, is_damaged) = encoding.decode(&bytes);
        if is_damaged {
            return Err(wrong("is neither in UTF-8 nor in UTF-16"));
        }
        if text.trim_start().starts_with('{') {
            let sentences = captions::sentences(path)?;
            return Ok(vec![words(&sentences)]);
        }
        let reason = "is neither a TextGrid nor a file of marks, as `--captions textgrid` and `--captions \
                      json` write them";
        tiers(&text).ok_or_else(|| wrong(reason))
    }

    /// Those of its intervals that are heard in a stretch of time.
    pub(super) fn between(&self, start: f64, end: f64) -> impl Iterator<Item = &Interval> {
        self.intervals.iter().filter(move |it| it.end > start && it.start < end)
    }
}

/// The words of marks as they are said.
fn words(sentences: &[SentenceMark]) -> Tier {
    let words = sentences.iter().flat_map(|sentence| &sentence.words);
    let interval = words.map(|word| Interval {
        start: word.start_ms / 1000.0,
        end: word.end_ms / 1000.0,
        label: word.spoken.clone(),
    });
    Tier { name: "words".to_owned(), intervals: interval.collect() }
}

/// What counts in a TextGrid: texts between quotation marks, and numbers that stand alone ("TextGrid file
/// formats" in the manual of Praat). All else is for people.
#[derive(Debug, PartialEq)]
enum Token {
    Text(String),
    Number(f64),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while !rest.is_empty() {
        if let Some(mut inner) = rest.strip_prefix('"') {
            let mut value = String::new();
            loop {
                let Some(end) = inner.find('"') else { return tokens };
                value.push_str(&inner[..end]);
                inner = &inner[end + 1..];
                let Some(more) = inner.strip_prefix('"') else { break };
                value.push('"');
                inner = more;
            }
            tokens.push(Token::Text(value));
            rest = inner.trim_start();
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(rest.len());
            tokens.extend(
                rest[..end].parse().ok().filter(|it: &f64| it.is_finite()).map(Token::Number),
            );
            rest = rest[end..].trim_start();
        }
    }
    tokens
}

/// The tiers of intervals of a TextGrid; `None` if it is none.
fn tiers(text: &str) -> Option<Vec<Tier>> {
    let mut tokens = tokens(text).into_iter();
    let is_text =
        |token: Option<Token>, want: &str| matches!(token, Some(Token::Text(it)) if it == want);
    if !is_text(tokens.next(), "ooTextFile") || !is_text(tokens.next(), "TextGrid") {
        return None;
    }
    let mut next = || tokens.next();
    let number =
        |token: Option<Token>| if let Some(Token::Number(it)) = token { Some(it) } else { None };
    let label =
        |token: Option<Token>| if let Some(Token::Text(it)) = token { Some(it) } else { None };
    let _extent = (number(next())?, number(next())?);
    let count = number(next())?.clamp(0.0, MOST_TIERS) as usize;
    let mut tiers = Vec::new();
    for _ in 0..count {
        let (class, name) = (label(next())?, label(next())?);
        let _extent = (number(next())?, number(next())?);
        let count = number(next())?.max(0.0) as usize;
        let mut intervals = Vec::new();
        for _ in 0..count {
            let start = number(next())?;
            let end = if class == "IntervalTier" { number(next())? } else { start };
            let label = label(next())?;
            if end > start && !label.trim().is_empty() {
                intervals.push(Interval { start, end, label });
            }
        }
        if class == "IntervalTier" {
            tiers.push(Tier { name, intervals });
        }
    }
    Some(tiers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_textgrid_are_read() {
        let short = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n2\n<exists>\n2\n\
                     \"IntervalTier\"\n\"từ\"\n0\n2\n2\n0\n1.5\n\"nói \"\"a\"\"\"\n1.5\n2\n\"\"\n\
                     \"TextTier\"\n\"điểm\"\n0\n2\n1\n1\n\"x\"\n";
        let long = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = 2\n\
                    tiers? <exists>\nsize = 1\nitem []:\n item [1]:\n class = \"IntervalTier\"\n\
                    name = \"từ\"\nxmin = 0\nxmax = 2\nintervals: size = 2\nintervals [1]:\n\
                    xmin = 0\nxmax = 1.5\ntext = \"nói \"\"a\"\"\"\nintervals [2]:\nxmin = 1.5\n\
                    xmax = 2\ntext = \"\"\n";
        let interval = Interval { start: 0.0, end: 1.5, label: "nói \"a\"".to_owned() };
        let tier = Tier { name: "từ".to_owned(), intervals: vec![interval] };
        for text in [short, long] {
            assert_eq!(tiers(text), Some(vec![tier.clone()]), "{text}");
        }
        for text in ["", "words", "\"ooTextFile\" \"Pitch\" 0 1", &long[..long.len() - 20]] {
            assert_eq!(tiers(text), None, "{text}");
        }
    }
}
