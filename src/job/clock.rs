//! When sentences and words are heard in a whole narration.

use crate::job::extent;
use crate::job::times::Times;
use crate::model::article::Article;
use crate::model::utterance::Utterance;
use crate::sound::marks::{PhoneMark, SentenceMark, WordMark, milliseconds};
use crate::voice::PhoneLength;

/// Keeps the time of utterances that follow one another, and makes the marks of each sentence from
/// those of its utterances.
#[derive(Debug)]
pub(super) struct Clock {
    sample_rate: u32,
    samples: u64,
    sentence: Option<SentenceMark>,
    /// Where the text of the sentence before ends.
    before: usize,
}

impl Clock {
    /// A clock at the start of the first utterance; `lead_ms` is how much silence is before it, in
    /// milliseconds.
    #[must_use]
    pub(super) fn new(sample_rate: u32, lead_ms: f64) -> Clock {
        let samples = (lead_ms * f64::from(sample_rate) / 1000.0).round() as u64;
        Clock { sample_rate, samples, sentence: None, before: 0 }
    }

    /// Samples that have passed.
    #[must_use]
    pub(super) fn samples(&self) -> u64 {
        self.samples
    }

    /// Takes the next utterance of a document, with the sounds of its words if they are known; gives the
    /// sentence before, once it is whole.
    pub(super) fn take(
        &mut self,
        article: &Article,
        utterance: &Utterance,
        times: &Times,
        phones: &[Vec<PhoneLength>],
    ) -> Option<SentenceMark> {
        let time = |sample: u64| milliseconds(self.samples + sample, self.sample_rate);
        let words = utterance.words.iter().zip(&times.words).enumerate();
        let words = words.map(|(at, (word, heard))| {
            let (start_ms, end_ms) = (time(heard.start), time(heard.end));
            WordMark {
                start_ms,
                end_ms,
                span: word.source,
                text: word.source.of(&article.text).to_owned(),
                spoken: word.said.clone(),
                phones: phones.get(at).map_or(Vec::new(), |it| within(it, start_ms, end_ms)),
            }
        });
        let words: Vec<_> = words.collect();
        self.samples += times.samples;
        let (first, last) = (words.first()?, words.last()?);
        let span = first.span.to(last.span);
        let breaths = utterance.groups.iter().map(|group| group.words.start);
        let mut whole = None;
        match &mut self.sentence {
            Some(sentence) if sentence.sentence == utterance.sentence => {
                sentence.end_ms = last.end_ms;
                sentence.span = sentence.span.to(span);
                let before = sentence.words.len();
                sentence.breaths.extend(breaths.map(|word| before + word));
                sentence.words.extend(words);
            }
            sentence => {
                whole = sentence.take();
                *sentence = Some(SentenceMark {
                    sentence: utterance.sentence,
                    start_ms: first.start_ms,
                    end_ms: last.end_ms,
                    span,
                    text: String::new(),
                    spoken: String::new(),
                    words,
                    breaths: breaths.collect(),
                });
            }
        }
        whole.map(|sentence| self.completed(article, sentence, Some(span.start)))
    }

    /// The last sentence.
    #[must_use]
    pub(super) fn finish(&mut self, article: &Article) -> Option<SentenceMark> {
        let sentence = self.sentence.take()?;
        Some(self.completed(article, sentence, None))
    }

    /// A sentence whose words are all there, with its texts; `next` is where the first word after it
    /// begins.
    fn completed(
        &mut self,
        article: &Article,
        sentence: SentenceMark,
        next: Option<usize>,
    ) -> SentenceMark {
        let spoken: Vec<_> = sentence.words.iter().map(|word| word.spoken.as_str()).collect();
        let span = extent::of_sentence(article, sentence.span, self.before, next);
        self.before = span.end;
        let text = span.of(&article.text).to_owned();
        SentenceMark { span, text, spoken: spoken.join(" "), ..sentence }
    }
}
/// The sounds of a word, from its start to its end: it may have been spoken faster or slower.
fn within(phones: &[PhoneLength], start_ms: f64, end_ms: f64) -> Vec<PhoneMark> {
    let length =
        |phones: &[PhoneLength]| phones.iter().map(|it| f64::from(it.length.0)).sum::<f64>();
    let scale = (end_ms - start_ms) / length(phones).max(f64::MIN_POSITIVE);
    let mark = |(at, phone): (usize, &PhoneLength)| PhoneMark {
        phone: phone.symbol.to_owned(),
        end_ms: match at + 1 == phones.len() {
            true => end_ms,
            false => start_ms + length(&phones[..=at]) * scale,
        },
    };
    phones.iter().enumerate().map(mark).collect()
}
