//! SSML 1.1: the text of a document that was marked up for speech.
//!
//! Paragraphs, sentences, breaks, substitutes (`sub`), spelled text (`say-as`), voices, languages and the
//! rate of `prosody` are followed, and so is emphasis. Pitch, volume and phonemes are not, and a note says
//! so.

use std::collections::BTreeSet;

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};

use super::builder::Builder;
use super::decode::{self, Decoded};
use super::marks;
use super::reader::{Input, Reader};
use crate::model::article::{Article, BlockKind};
use crate::model::diag::Span;
use crate::model::direction::DirectionKind;
use crate::model::error::Error;
use crate::model::manner::{Manner, MannerKind};

/// The reader of SSML.
pub(super) struct Ssml;

/// Elements whose effect is not heard.
const NOT_FOLLOWED: &[&str] = &["phoneme", "audio"];

/// The attributes of `prosody` whose effect is not heard.
const UNHEARD_PROSODY: &[&str] = &["pitch", "contour", "range", "duration", "volume"];

/// The least and the greatest speed, in percent.
const RATES: (f64, f64) = (50.0, 200.0);

impl Reader for Ssml {
    fn extensions(&self) -> &'static [&'static str] {
        &["ssml"]
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        let start = String::from_utf8_lossy(&input.bytes[..input.bytes.len().min(1024)]);
        let start = start.trim_start_matches('\u{FEFF}').trim_start();
        let is_document =
            start.starts_with("<speak") || (start.starts_with("<?xml") && start.contains("<speak"));
        is_document || input.extension() == "ssml"
    }

    fn read(&self, input: &Input<'_>) -> Result<Vec<Article>, Error> {
        let Decoded { text, mut notes } = decode::text(input)?;
        let damaged = |at: u64, cause: String| {
            let line = text[..(at as usize).min(text.len())].matches('\n').count() + 1;
            Error::input(input.name, format!("is no whole SSML, at line {line}: {cause}"))
        };
        let mut speech = Speech::default();
        let mut reader = XmlReader::from_str(&text);
        loop {
            let event = reader.read_event();
            match event.map_err(|cause| damaged(reader.error_position(), cause.to_string()))? {
                Event::Start(element) => speech.start(&element),
                Event::Empty(element) => {
                    speech.start(&element);
                    speech.end(element.local_name().as_ref());
                }
                Event::End(element) => speech.end(element.local_name().as_ref()),
                Event::Text(part) => speech.text(&part),
                Event::CData(part) => speech.text(&part),
                Event::GeneralRef(entity) => {
                    speech.text(&super::builder::decoded(&format!("&{};", &*entity)));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        if !speech.ignored.is_empty() {
            let names: Vec<_> = speech.ignored.iter().copied().collect();
            notes.push(format!("what SSML asks for by {} is not followed", names.join(", ")));
        }
        let article = speech.builder.finish();
        if article.text.is_empty() {
            return Err(Error::input(input.name, "is SSML without text"));
        }
        Ok(vec![Article { notes, ..article }])
    }
}

/// The text of a document while it is read.
#[derive(Default)]
struct Speech {
    builder: Builder,
    /// How many elements are open in which nothing is said.
    silent: usize,
    /// How many elements are open whose text is spelled.
    spelled: usize,
    /// The elements that are open and say how their text is spoken: their names, where their text
    /// begins, and how; the outermost first.
    manners: Vec<(String, usize, Vec<MannerKind>)>,
    ignored: BTreeSet<&'static str>,
}

impl Speech {
    fn start(&mut self, element: &BytesStart) {
        let value = |name: &str| {
            let mut all = element.attributes().flatten();
            let found = all.find(|one| one.key.local_name().as_ref() == name)?;
            Some(super::builder::decoded(&found.value).into_owned())
        };
        let name = element.local_name();
        match name.as_ref() {
            "p" | "speak" => self.builder.close(),
            "break" => {
                let attributes = ["time", "strength"]
                    .iter()
                    .filter_map(|name| Some(format!("{name}=\"{}\"", value(name)?)));
                let attributes = attributes.collect::<Vec<_>>().join(" ");
                if let Some(pause) = marks::ssml_break(&attributes) {
                    let here = self.builder.position();
                    self.builder.direct(here, DirectionKind::Pause(pause));
                }
            }
            "sub" => {
                if let Some(alias) = value("alias") {
                    self.text(&alias);
                }
                self.silent += 1;
            }
            "say-as" => {
                let spells = value("interpret-as").is_some_and(|how| {
                    matches!(&*how, "characters" | "spell-out" | "digits" | "verbatim")
                });
                self.spelled += usize::from(spells);
            }
            "metadata" | "meta" | "desc" => self.silent += 1,
            "prosody" => {
                let heard = |name: &&&str| value(name).is_some();
                self.ignored.extend(UNHEARD_PROSODY.iter().filter(heard));
            }
            name => self.ignored.extend(NOT_FOLLOWED.iter().find(|known| **known == name)),
        }
        let name = name.as_ref();
        if matches!(name, "p" | "s" | "voice" | "lang" | "prosody" | "emphasis") {
            let voice = value("name").filter(|_| name == "voice");
            let nowhere = Span::new(0, 0);
            let language = value("lang").and_then(|tag| Manner::language(nowhere, &tag));
            let rate = value("rate").filter(|_| name == "prosody");
            let rate = rate.and_then(|rate| self.rate(rate.trim())).map(MannerKind::Rate);
            let voice = voice.map(|voice| Manner::part(nowhere, &voice).kind);
            let is_weak = |level: &str| matches!(level, "none" | "reduced");
            let is_stressed = name == "emphasis" && !value("level").as_deref().is_some_and(is_weak);
            let stress = is_stressed.then_some(MannerKind::Emphasis);
            let language = language.map(|manner| manner.kind);
            let kinds = language.into_iter().chain(voice).chain(rate).chain(stress);
            let from = self.builder.position();
            self.manners.push((name.to_owned(), from, kinds.collect()));
        }
    }

    /// The speed that a `rate` asks for, in percent of the narrator's own: a word or a percentage of the
    /// speed around it (SSML 1.1, 3.2.4).
    fn rate(&self, rate: &str) -> Option<u16> {
        let around = self.manners.iter().rev().flat_map(|(.., kinds)| kinds).find_map(|kind| {
            if let MannerKind::Rate(percent) = kind { Some(f64::from(*percent)) } else { None }
        });
        let around = around.unwrap_or(100.0);
        let percent = match rate {
            "x-slow" => 50.0,
            "slow" => 75.0,
            "medium" | "default" => 100.0,
            "fast" => 125.0,
            "x-fast" => 160.0,
            _ => {
                let number: f64 = rate.trim_end_matches('%').parse().ok()?;
                let is_relative = rate.starts_with(['+', '-']);
                let factor = match (rate.ends_with('%'), is_relative) {
                    (true, true) => 1.0 + number / 100.0,
                    (true, false) => number / 100.0,
                    // SSML 1.0 has a factor.
                    (false, _) => number,
                };
                around * factor
            }
        };
        percent.is_finite().then(|| percent.clamp(RATES.0, RATES.1).round() as u16)
    }

    fn end(&mut self, name: &str) {
        if let Some((_, from, kinds)) = self.manners.pop_if(|(open, ..)| open == name) {
            let span = self.builder.since(from);
            kinds.into_iter().for_each(|kind| self.builder.speak(Manner { span, kind }));
        }
        match name {
            "p" | "speak" => self.builder.close(),
            "s" => {
                let is_whole =
                    self.builder.current().trim_end().ends_with(['.', '!', '?', '…', ':']);
                if self.builder.is_open() && !is_whole {
                    self.builder.push(".");
                }
                self.text(" ");
            }
            "sub" | "metadata" | "meta" | "desc" => self.silent = self.silent.saturating_sub(1),
            "say-as" => self.spelled = self.spelled.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.silent > 0 || (text.trim().is_empty() && !self.builder.is_open()) {
            return;
        }
        if !self.builder.is_open() {
            self.builder.open(BlockKind::Paragraph, "a paragraph of SSML");
        }
        if self.spelled > 0 {
            for c in text.chars().filter(|c| !c.is_whitespace()) {
                self.builder.push(&format!(" {c} "));
            }
        } else {
            self.builder.push(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Article, Error> {
        let input = Input { name: "a.ssml", bytes: text.as_bytes(), ..Input::default() };
        Ssml.read(&input).map(|mut articles| articles.remove(0))
    }

    #[test]
    fn speech_is_read() {
        let article = read(
            "<?xml version=\"1.0\"?><speak><metadata>x</metadata><p><s>Giá <sub alias=\"đô la\">USD</sub> \
             tăng</s><s>Mã <say-as interpret-as=\"characters\">A1</say-as>.</s></p>\
             <p>Chờ<break time=\"2s\"/> đã &amp; <prosody rate=\"slow\">nghe</prosody>.</p></speak>",
        )
        .unwrap();
        assert_eq!(article.text, "Giá đô la tăng. Mã A 1 .\n\nChờ đã & nghe.\n");
        assert_eq!(article.directions.len(), 1);
        assert_eq!(article.directions[0].kind, DirectionKind::Pause(2000));
        assert_eq!(article.manners.len(), 1);
        assert_eq!(article.manners[0].kind, MannerKind::Rate(75));
        assert_eq!(article.manners[0].span.of(&article.text).trim(), "nghe");
        assert!(article.notes.is_empty(), "{:?}", article.notes);
    }

    #[test]
    fn voices_languages_and_speeds_are_kept() {
        let article = read(
            "<speak><voice name=\"Lan\">Chào <prosody rate=\"80%\" pitch=\"high\">các <prosody              rate=\"+50%\">bạn</prosody></prosody></voice> và <lang xml:lang=\"en-GB\">good              bye</lang> <emphasis>ngay</emphasis>.<phoneme/></speak>",
        )
        .unwrap();
        let manners: Vec<_> = article
            .manners
            .iter()
            .map(|manner| (manner.span.of(&article.text).trim(), manner.kind.clone()))
            .collect();
        let expected = [
            ("bạn", MannerKind::Rate(120)),
            ("các bạn", MannerKind::Rate(80)),
            ("Chào các bạn", MannerKind::Part("lan".to_owned())),
            ("good bye", MannerKind::Language("en".to_owned())),
            ("ngay", MannerKind::Emphasis),
        ];
        assert_eq!(manners, expected);
        assert_eq!(article.notes, ["what SSML asks for by phoneme, pitch is not followed"]);
    }

    #[test]
    fn damaged_speech_has_its_line() {
        let error = read("<speak>\n<p>Mưa</s></speak>").unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
        assert!(read("<speak></speak>").is_err());
    }
}
