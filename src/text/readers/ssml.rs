//! SSML 1.1: the text of a document that was marked up for speech.
//!
//! Paragraphs, sentences, breaks, substitutes (`sub`), sounds in IPA (`phoneme`), spelled text (`say-as`),
//! voices, languages, the rate, pitch and volume of `prosody` and emphasis are followed. A note says what
//! is not.

use std::collections::BTreeSet;

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};

use super::attributes::attributes;
use super::builder::Builder;
use super::decode::{self, Decoded};
use super::marks;
use super::reader::{Input, Reader};
use crate::model::article::{Article, BlockKind};
use crate::model::diag::{Places, Span};
use crate::model::direction::DirectionKind;
use crate::model::error::Error;
use crate::model::manner::{Manner, MannerKind};
use crate::model::message::message;
use crate::text::transliterate;

/// The reader of SSML.
pub(super) struct Ssml;

/// Elements whose effect is not heard.
const NOT_FOLLOWED: &[&str] = &["audio"];

/// The attributes of `prosody` whose effect is not heard.
const UNHEARD_PROSODY: &[&str] = &["contour", "range", "duration"];

/// The least and the greatest speed, in percent.
const RATES: (f64, f64) = (50.0, 200.0);

/// The lowest and the highest pitch, in hundredths of a semitone from the voice's own.
const PITCHES: (f64, f64) = (-1200.0, 1200.0);

/// The softest and the loudest, in tenths of a decibel from the voice's own. The softest is silence.
const VOLUMES: (f64, f64) = (-960.0, 120.0);

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

    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error> {
        let name = input.name;
        let Decoded { text, mut notes } = decode::text(input)?;
        let damaged = |at: u64, cause: String| {
            let line = text[..(at as usize).min(text.len())].matches('\n').count() + 1;
            Error::input(name, message!("is no whole SSML, at line {line}: {cause}", line, cause))
        };
        let mut speech = Speech::default();
        let mut reader = XmlReader::from_str(&text);
        let mut places = Places::new(&text);
        loop {
            let at = text.floor_char_boundary(reader.buffer_position() as usize);
            speech.builder.at_line(places.at(at).0);
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
            notes.push(message!(
                "what SSML asks for by {names} is not followed",
                names = names.join(", ")
            ));
        }
        let article = speech.builder.finish();
        if article.text.is_empty() {
            return Err(Error::input(name, "is SSML without text"));
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
    /// The `phoneme` elements that are open: where their text begins, and what is said for it.
    phonemes: Vec<(usize, Option<String>)>,
    ignored: BTreeSet<&'static str>,
}

impl Speech {
    fn start(&mut self, element: &BytesStart) {
        let value = |name: &str| {
            let mut all = attributes(element).flatten();
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
            "phoneme" => {
                let alphabet = value("alphabet").unwrap_or_else(|| "ipa".to_owned());
                let said = value("ph").filter(|_| alphabet == "ipa");
                let said = said.and_then(|sounds| transliterate::spell_ipa(&sounds));
                if said.is_none() {
                    self.ignored.insert("phoneme");
                }
                self.phonemes.push((self.builder.position(), said));
            }
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
            let pitch = value("pitch").filter(|_| name == "prosody");
            let pitch = pitch.and_then(|pitch| self.pitch(pitch.trim())).map(MannerKind::Pitch);
            let volume = value("volume").filter(|_| name == "prosody");
            let volume = volume.and_then(|volume| self.volume(volume.trim()));
            let volume = volume.map(MannerKind::Volume);
            let voice = voice.map(|voice| Manner::part(nowhere, &voice).kind);
            let is_weak = |level: &str| matches!(level, "none" | "reduced");
            let is_stressed = name == "emphasis" && !value("level").as_deref().is_some_and(is_weak);
            let stress = is_stressed.then_some(MannerKind::Emphasis);
            let language = language.map(|manner| manner.kind);
            let prosody = rate.into_iter().chain(pitch).chain(volume);
            let kinds = language.into_iter().chain(voice).chain(prosody).chain(stress);
            let from = self.builder.position();
            self.manners.push((name.to_owned(), from, kinds.collect()));
        }
    }

    /// The speed that a `rate` asks for, in percent of the narrator's own: a word or a percentage of the
    /// speed around it (SSML 1.1, 3.2.4).
    fn rate(&self, rate: &str) -> Option<u16> {
        let around = self.around(|kind| match kind {
            MannerKind::Rate(percent) => Some(f64::from(*percent)),
            _ => None,
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

    /// How much higher than the voice's own a `pitch` asks for, in hundredths of a semitone: a word, or
    /// semitones or a percentage from what is around it. `None` for one in hertz: each voice has its own.
    fn pitch(&mut self, pitch: &str) -> Option<i16> {
        let around = self.around(|kind| match kind {
            MannerKind::Pitch(cents) => Some(f64::from(*cents)),
            _ => None,
        });
        let around = around.unwrap_or(0.0);
        let cents = match pitch {
            "x-low" => -600.0,
            "low" => -300.0,
            "medium" | "default" => 0.0,
            "high" => 300.0,
            "x-high" => 600.0,
            _ => {
                let semitones = pitch.strip_suffix("st").and_then(|number| number.parse().ok());
                let percent = || pitch.strip_suffix('%')?.parse::<f64>().ok();
                let of_percent = |percent: f64| 12.0 * libm::log2(1.0 + percent / 100.0);
                match semitones.or_else(|| percent().map(of_percent)) {
                    Some(semitones) => around + 100.0 * semitones,
                    None => {
                        self.ignored.insert("pitch");
                        return None;
                    }
                }
            }
        };
        cents.is_finite().then(|| cents.clamp(PITCHES.0, PITCHES.1).round() as i16)
    }

    /// How much louder than the voice's own a `volume` asks for, in tenths of a decibel: a word, decibels
    /// from what is around it, or, as in SSML 1.0, a number from 0 (silent) to 100 (as loud as elsewhere).
    fn volume(&mut self, volume: &str) -> Option<i16> {
        let around = self.around(|kind| match kind {
            MannerKind::Volume(tenths) => Some(f64::from(*tenths)),
            _ => None,
        });
        let around = around.unwrap_or(0.0);
        let tenths = match volume {
            "silent" => VOLUMES.0,
            "x-soft" => -120.0,
            "soft" => -60.0,
            "medium" | "default" => 0.0,
            "loud" => 40.0,
            "x-loud" => 80.0,
            _ => {
                let decibels = volume.strip_suffix("dB").map(str::parse::<f64>);
                let share = || Some(20.0 * libm::log10(volume.parse::<f64>().ok()? / 100.0));
                match decibels.map_or_else(share, Result::ok) {
                    Some(decibels) => around + 10.0 * decibels,
                    None => {
                        self.ignored.insert("volume");
                        return None;
                    }
                }
            }
        };
        (!tenths.is_nan()).then(|| tenths.clamp(VOLUMES.0, VOLUMES.1).round() as i16)
    }

    /// What the innermost open element asks for that asks for such a thing.
    fn around(&self, of: impl Fn(&MannerKind) -> Option<f64>) -> Option<f64> {
        self.manners.iter().rev().flat_map(|(.., kinds)| kinds).find_map(of)
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
            "phoneme" => {
                let Some((from, Some(said))) = self.phonemes.pop() else { return };
                if self.builder.position() == from {
                    self.text(&said);
                } else {
                    self.builder.direct(from, DirectionKind::Say(said));
                }
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
        let input = Input { name: "a.ssml", bytes: text.as_bytes().into(), ..Input::default() };
        Ssml.read(input).map(|mut articles| articles.remove(0))
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
            "<speak><voice name=\"Lan\">Chào <prosody rate=\"80%\" pitch=\"high\">các <prosody              rate=\"+50%\">bạn</prosody></prosody></voice> và <lang xml:lang=\"en-GB\">good              bye</lang> <emphasis>ngay</emphasis>.<audio/></speak>",
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
            ("các bạn", MannerKind::Pitch(300)),
            ("Chào các bạn", MannerKind::Part("lan".to_owned())),
            ("good bye", MannerKind::Language("en".to_owned())),
            ("ngay", MannerKind::Emphasis),
        ];
        assert_eq!(manners, expected);
        assert_eq!(article.notes, ["what SSML asks for by audio is not followed"]);
    }

    #[test]
    fn pitch_and_volume_are_words_or_from_what_is_around() {
        let article = read(
            "<speak><prosody pitch=\"+2st\" volume=\"soft\">một <prosody pitch=\"+100%\" volume=\"+6dB\">hai\
             </prosody></prosody> <prosody volume=\"50\" pitch=\"120Hz\">ba</prosody> \
             <prosody volume=\"silent\" pitch=\"x-low\">bốn</prosody></speak>",
        )
        .unwrap();
        let manners: Vec<_> = article
            .manners
            .iter()
            .map(|manner| (manner.span.of(&article.text).trim(), manner.kind.clone()))
            .collect();
        let expected = [
            ("hai", MannerKind::Pitch(1200)),
            ("hai", MannerKind::Volume(0)),
            ("một hai", MannerKind::Pitch(200)),
            ("một hai", MannerKind::Volume(-60)),
            ("ba", MannerKind::Volume(-60)),
            ("bốn", MannerKind::Pitch(-600)),
            ("bốn", MannerKind::Volume(-960)),
        ];
        assert_eq!(manners, expected);
        assert_eq!(article.notes, ["what SSML asks for by pitch is not followed"]);
    }

    #[test]
    fn sounds_in_ipa_are_said() {
        let article = read(
            "<speak>Ở <phoneme alphabet=\"ipa\" ph=\"ˈlʌndən\">London</phoneme>, \
             <phoneme ph=\"ˈbɜːlɪn\"/> và <phoneme alphabet=\"x-sampa\" ph=\"r@Um\">Rome</phoneme></speak>",
        )
        .unwrap();
        assert_eq!(article.text, "Ở London, bơ lin và Rome\n");
        let said: Vec<_> = article.directions.iter().map(|one| one.kind.clone()).collect();
        assert_eq!(said, [DirectionKind::Say("lan đơn".to_owned())]);
        assert_eq!(article.notes, ["what SSML asks for by phoneme is not followed"]);
    }

    #[test]
    fn damaged_speech_has_its_line() {
        let error = read("<speak>\n<p>Mưa</s></speak>").unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
        assert!(read("<speak></speak>").is_err());
    }
}
