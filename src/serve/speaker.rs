//! Who speaks for a client, whatever the protocol.

use std::sync::Arc;
use std::time::Instant;

use super::asked::Manner;
use super::state::Shared;
use crate::job::{Narrator, Speech};
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::take::Take;
use crate::model::utterance::Utterance;
use crate::text::FrontEnd;
use crate::voice::parametric::phonemize;

/// The voice that speaks for a client, and what it has spoken.
pub(super) struct Speaker<'a> {
    shared: &'a Shared,
    narrator: Narrator<'a>,
    front_end: Arc<FrontEnd>,
    speed: f32,
    asked_at: Instant,
    has_begun: bool,
    characters: usize,
}

impl<'a> Speaker<'a> {
    /// The voice for a client that asked at this time; it has as long as a request may be spoken.
    ///
    /// # Errors
    /// As [`Context::front_end`](crate::job::Context::front_end) and
    /// [`Context::narrator`](crate::job::Context::narrator).
    pub(super) fn new(
        shared: &'a Shared,
        manner: &Manner,
        asked_at: Instant,
    ) -> Result<Speaker<'a>, Error> {
        let Manner { request, speed, own_lexicon } = manner;
        let front_end = match own_lexicon {
            // What one client sends is not kept for others.
            true => Arc::new(FrontEnd::new(&request.reading, &phonemize::spelling)?),
            false => shared.context.front_end(&request.reading)?,
        };
        let narrator = shared.context.narrator(request)?;
        let (speed, has_begun, characters) = (*speed, false, 0);
        Ok(Speaker { shared, narrator, front_end, speed, asked_at, has_begun, characters })
    }

    /// Samples per second of what it speaks.
    pub(super) fn sample_rate(&self) -> u32 {
        self.narrator.info().sample_rate
    }

    /// How texts are read.
    pub(super) fn front_end(&self) -> Arc<FrontEnd> {
        Arc::clone(&self.front_end)
    }

    /// Whether anything was spoken.
    pub(super) fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// Characters of the text that was spoken.
    pub(super) fn characters(&self) -> usize {
        self.characters
    }

    /// Whether the time of the client is over.
    pub(super) fn is_late(&self) -> bool {
        self.asked_at.elapsed() > self.shared.longest
    }

    /// Speaks utterances of an article, and hands over each take in order. The first words of a client are
    /// ready soon, however long the first sentence is, and do not wait behind what others have asked for.
    ///
    /// # Errors
    /// What the voice and `take` say; of kind `Request` if its time is over.
    pub(super) fn speak(
        &mut self,
        article: &Article,
        utterances: impl Iterator<Item = Utterance>,
        mut take: impl FnMut(Take) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let speed = self.speed;
        let utterances = utterances.map(|mut utterance| {
            utterance.delivery.rate *= speed;
            utterance
        });
        let is_first = !self.has_begun;
        let Speaker { shared, narrator, asked_at, has_begun, characters, .. } = self;
        let hand_over = |utterance: &Utterance, speech: Speech| {
            if asked_at.elapsed() > shared.longest {
                return Err(Error::request("it takes longer than a request may"));
            }
            if !*has_begun {
                *has_begun = true;
                shared.metrics.first_sound(asked_at.elapsed());
            }
            let words = utterance.words.iter();
            let count = words.map(|word| word.source.of(&article.text).chars().count()).sum();
            *characters += count;
            shared.metrics.spoken(speech.take.seconds(), count);
            take(speech.take)
        };
        if is_first {
            narrator.narrate_live(utterances, hand_over)
        } else {
            narrator.narrate(utterances, hand_over)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::job::Context;
    use crate::model::request::{LexiconText, Request};
    use crate::serve::settings::Settings;

    #[test]
    fn the_lexicon_of_a_client_is_not_kept_for_others() {
        let settings = Settings {
            address: ([127, 0, 0, 1], 0).into(),
            wyoming: None,
            token: None,
            jobs: None,
            addresses: false,
            studio: false,
            lexicon: None,
            #[cfg(feature = "podcast")]
            show: None,
            manner: Request::text(""),
            most_requests: 1,
            largest_body: 1000,
            longest_request: Duration::from_secs(60),
            names: Vec::new(),
            origin: None,
        };
        let shared = Shared::new(Context::default(), &settings, None).unwrap();
        let usual = Manner::of(&shared, None).unwrap();
        let mut own = Manner::of(&shared, None).unwrap();
        let lexicon = LexiconText::new("lexicon", "written\tsaid\nA\ta\n");
        own.request.reading.lexicons.push(lexicon);
        own.own_lexicon = true;
        let front_end =
            |manner: &Manner| Speaker::new(&shared, manner, Instant::now()).unwrap().front_end();
        let before = front_end(&usual);
        assert_eq!(front_end(&own).settings().lexicons.len(), 1);
        assert!(Arc::ptr_eq(&before, &front_end(&usual)));
    }
}
