//! Speaking: utterances become takes, in parallel, and come in order.
//!
//! Of several voices each utterance has the one that is there for the part it belongs to; all are brought
//! to the sample rate and the loudness of the narrator's.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use rayon::Yield;

use crate::job::cache::Cache;
use crate::job::level;
use crate::model::error::Error;
use crate::model::manner::Delivery;
use crate::model::roles;
use crate::model::take::Take;
use crate::model::utterance::Utterance;
use crate::sound::at_rate;
use crate::voice::{Engine, EngineInfo, PhoneLength};

/// Utterances that are spoken ahead of the one being taken, for each thread. It limits the memory of
/// a run, however long the text is.
const WINDOW: usize = 4;

/// How long a thread that has nothing to speak waits before it looks again.
const PATIENCE: Duration = Duration::from_millis(5);

/// The highest speed at which an utterance is spoken so that it is over when its subtitle is, as a
/// factor of the voice's own: what is faster is not understood.
const FASTEST: f32 = 2.0;

/// How often an utterance is spoken again because it was still too long.
const TRIES: usize = 3;

/// The voices that speak, and the cache of what they have spoken.
pub struct Narrator<'a> {
    engine: Arc<dyn Engine>,
    /// Who speaks parts of an article instead.
    others: BTreeMap<String, Other>,
    cache: Option<&'a Cache>,
}

/// Who speaks a part of an article instead of the narrator.
struct Other {
    engine: Arc<dyn Engine>,
    /// By what factor it is made louder, so that it is as loud as the narrator.
    gain: f32,
}

/// An utterance that has been spoken.
#[derive(Debug, Clone, PartialEq)]
pub struct Speech {
    /// Its sound and the times of its words.
    pub take: Take,
    /// Whether it came from the cache.
    pub from_cache: bool,
    /// How many times as fast it was spoken as asked for, so that it is over when its subtitle is.
    pub hurry: f32,
}

impl<'a> Narrator<'a> {
    /// A narrator with this voice. It takes from the cache what was spoken before, and adds to it; the
    /// sound is the same with and without.
    #[must_use]
    pub fn new(engine: Arc<dyn Engine>, cache: Option<&'a Cache>) -> Narrator<'a> {
        Narrator { engine, others: BTreeMap::new(), cache }
    }

    /// The same narrator, with these voices for parts of articles: see
    /// [`Request::voices`](crate::Request::voices). Each says a few words, by which it is made as loud as
    /// the narrator.
    ///
    /// # Errors
    /// What the engines say.
    pub fn with_others(
        mut self,
        others: BTreeMap<String, Arc<dyn Engine>>,
    ) -> Result<Narrator<'a>, Error> {
        if others.is_empty() {
            return Ok(self);
        }
        let level = |engine: &dyn Engine| Ok(level::of(&self.take(engine, &level::measure())?.0));
        let own = level(&*self.engine)?;
        // One who speaks several parts is listened to once.
        let mut known: Vec<(Arc<dyn Engine>, f32)> = Vec::new();
        let other = |(part, engine): (String, Arc<dyn Engine>)| {
            let same = known.iter().find(|(other, _)| Arc::ptr_eq(other, &engine));
            let gain = match same {
                Some((_, gain)) => *gain,
                None => level::gain(level(&*engine)?, own),
            };
            known.push((Arc::clone(&engine), gain));
            Ok((part, Other { engine, gain }))
        };
        self.others = others.into_iter().map(other).collect::<Result<_, Error>>()?;
        Ok(self)
    }

    /// What is known about the narrator's voice.
    #[must_use]
    pub fn info(&self) -> &EngineInfo {
        self.engine.info()
    }

    /// The sounds of each word of an utterance, where the voice that speaks it knows them: see
    /// [`Engine::phones`].
    #[must_use]
    pub fn phones(&self, utterance: &Utterance) -> Vec<Vec<PhoneLength>> {
        let mut parts = utterance.delivery.parts.iter();
        let other = parts.find_map(|part| self.others.get(&**part));
        other.map_or(&self.engine, |other| &other.engine).phones(utterance)
    }

    /// Speaks one utterance. One that has its time, because it is a subtitle, is spoken faster if it is
    /// too long for that, at most twice as fast.
    ///
    /// # Errors
    /// What the engine says.
    pub fn speak(&self, utterance: &Utterance) -> Result<Speech, Error> {
        let mut speech = self.speak_at(utterance, 1.0)?;
        let Some(cue) = utterance.delivery.cue else { return Ok(speech) };
        let time = f64::from(cue.end_ms.saturating_sub(cue.start_ms)) / 1000.0;
        for _ in 0..TRIES {
            let excess = speech.take.seconds() / time.max(f64::MIN_POSITIVE);
            if excess <= 1.0 || speech.hurry >= FASTEST {
                break;
            }
            // In steps of a twentieth, so that the cache serves cues of nearly the same length.
            let hurry = (f64::from(speech.hurry) * excess * 20.0).ceil() / 20.0;
            speech = self.speak_at(utterance, (hurry as f32).min(FASTEST))?;
        }
        Ok(speech)
    }

    /// Speaks an utterance so many times as fast as it asks for.
    fn speak_at(&self, utterance: &Utterance, hurry: f32) -> Result<Speech, Error> {
        let hurried;
        let utterance = if hurry == 1.0 {
            utterance
        } else {
            let rate = utterance.delivery.rate * hurry;
            let delivery = Delivery { rate, ..utterance.delivery.clone() };
            hurried = Utterance { delivery, ..utterance.clone() };
            &hurried
        };
        let Some(other) = self.other(&utterance.delivery) else {
            let (take, from_cache) = self.take(&*self.engine, utterance)?;
            let take = level::louder(take, utterance.delivery.gain);
            return Ok(Speech { take, from_cache, hurry });
        };
        let (take, from_cache) = self.take(&*other.engine, utterance)?;
        let take = level::at_level(at_rate(take, self.info().sample_rate), other.gain);
        let take = level::louder(take, utterance.delivery.gain);
        Ok(Speech { take, from_cache, hurry })
    }

    /// Who speaks what is delivered so, if not the narrator: of each of its parts first who does it in the
    /// article of several that it is in.
    fn other(&self, delivery: &Delivery) -> Option<&Other> {
        let item = delivery.parts.last().filter(|part| roles::is_of_item(part));
        delivery.parts.iter().find_map(|part| {
            let own = item.and_then(|item| self.others.get(&format!("{item} {part}")));
            own.or_else(|| self.others.get(&**part))
        })
    }

    /// What an engine makes of an utterance, and whether it is from the cache.
    fn take(&self, engine: &dyn Engine, utterance: &Utterance) -> Result<(Take, bool), Error> {
        let rate = engine.info().sample_rate;
        let Some(cache) = self.cache else {
            return Ok((at_rate(engine.speak(utterance)?, rate), false));
        };
        let key = engine.key(utterance)?;
        if let Some(take) = cache.get(&key, rate) {
            return Ok((take, true));
        }
        let take = at_rate(engine.speak(utterance)?, rate);
        cache.put(&key, &take);
        Ok((take, false))
    }

    /// As [`Narrator::narrate`], for who listens while it is spoken: the first utterance comes in two
    /// parts, and its first words are spoken before anything else is begun.
    ///
    /// # Errors
    /// As [`Narrator::narrate`].
    pub fn narrate_live(
        &self,
        utterances: impl IntoIterator<Item = Utterance>,
        mut take: impl FnMut(&Utterance, Speech) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut utterances = utterances.into_iter();
        let first = utterances.next().into_iter().flat_map(Utterance::parted);
        let mut first = first.collect::<Vec<_>>().into_iter();
        // On this thread, while those that all share have work to do.
        if let Some(utterance) = first.next() {
            take(&utterance, self.speak(&utterance)?)?;
        }
        self.narrate(first.chain(utterances), take)
    }

    /// Speaks utterances in parallel on the current thread pool and hands each to `take`, in order,
    /// while others are being spoken. They are asked for a few ahead of the one that is taken.
    ///
    /// # Errors
    /// The first error of the engine or of `take`; later utterances are not taken.
    pub fn narrate(
        &self,
        utterances: impl IntoIterator<Item = Utterance>,
        mut take: impl FnMut(&Utterance, Speech) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let ahead = WINDOW * rayon::current_num_threads();
        let (sender, receiver) = mpsc::channel();
        let is_over = AtomicBool::new(false);
        let mut utterances = utterances.into_iter();
        rayon::in_place_scope_fifo(|scope| {
            // Begun, the next to be taken first.
            let mut begun = VecDeque::new();
            // Spoken before their turn.
            let mut early = BTreeMap::new();
            let next = |turn: usize| {
                while begun.len() < ahead
                    && let Some(utterance) = utterances.next()
                {
                    let place = turn + begun.len();
                    let utterance = Arc::new(utterance);
                    begun.push_back(Arc::clone(&utterance));
                    let (sender, is_over) = (sender.clone(), &is_over);
                    scope.spawn_fifo(move |_| {
                        if !is_over.load(Ordering::Relaxed) {
                            let speak = AssertUnwindSafe(|| self.speak(&utterance));
                            // Nobody waits for it once all is over.
                            let _ = sender.send((place, panic::catch_unwind(speak)));
                        }
                    });
                }
                let utterance = begun.pop_front()?;
                loop {
                    early.extend(receiver.try_iter());
                    match early.remove(&turn) {
                        Some(Ok(speech)) => return Some((utterance, speech)),
                        Some(Err(cause)) => panic::resume_unwind(cause),
                        // This thread speaks too; if nothing is left to begin, it waits for the others.
                        None if rayon::yield_now() == Some(Yield::Executed) => {}
                        None => early.extend(receiver.recv_timeout(PATIENCE)),
                    }
                }
            };
            let mut turns = (0..).map_while(next);
            let result = turns.try_for_each(|(utterance, speech)| take(&utterance, speech?));
            is_over.store(true, Ordering::Relaxed);
            result
        })
    }
}
