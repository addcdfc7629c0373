//! Speaking in parallel: utterances come in order whoever speaks them, and an error ends it.

use std::time::Duration;

use docbao::job::pipeline::{self, Engines, Narrator, Normalizer, TONE, VoiceSettings};
use docbao::model::error::Error;
use docbao::model::utterance::Utterance;
use docbao::text::readers;
use docbao::text::segment::Pauses;
use rayon::ThreadPoolBuilder;

const SENTENCES: usize = 60;

fn narrator() -> Narrator {
    Narrator::new(Engines::default().open(&VoiceSettings::of(TONE)).unwrap())
}

/// Sentences of one to nine words, so that some are spoken long before those ahead of them.
fn utterances() -> Vec<Utterance> {
    let sentence = |n: usize| format!("Sáng{}.", " nay mưa to".repeat(n * 5 % 3));
    let text = (0..SENTENCES).map(sentence).collect::<Vec<_>>().join(" ");
    let spoken = pipeline::spoken(&readers::plain(text), &Normalizer::default());
    let utterances = pipeline::utterances(&spoken, &Pauses::default());
    assert_eq!(utterances.len(), SENTENCES);
    utterances
}

/// On a pool of so many threads, or on none of its own.
fn on<T: Send>(threads: Option<usize>, work: impl FnOnce() -> T + Send) -> T {
    match threads {
        Some(count) => ThreadPoolBuilder::new().num_threads(count).build().unwrap().install(work),
        None => work(),
    }
}

#[test]
fn utterances_come_in_order_with_any_number_of_threads() {
    let (narrator, utterances) = (narrator(), utterances());
    let alone: Vec<_> =
        utterances.iter().map(|utterance| narrator.speak(utterance).unwrap().take).collect();
    for threads in [None, Some(1), Some(2), Some(5)] {
        let mut taken = Vec::new();
        let told = on(threads, || {
            narrator.narrate(&utterances, |utterance, speech| {
                assert_eq!(utterance, &utterances[taken.len()]);
                // Whoever takes is now and then slower than whoever speaks.
                std::thread::sleep(Duration::from_millis(taken.len() as u64 % 3));
                taken.push(speech.take);
                Ok(())
            })
        });
        told.unwrap();
        assert!(taken == alone, "{threads:?}");
    }
}

#[test]
fn the_first_error_ends_it() {
    let (narrator, utterances) = (narrator(), utterances());
    for threads in [None, Some(1), Some(3)] {
        let mut taken = 0;
        let told = on(threads, || {
            narrator.narrate(&utterances, |_, _| {
                taken += 1;
                if taken == 7 { Err(Error::stopped()) } else { Ok(()) }
            })
        });
        assert!(told.is_err_and(|error| error.is_stop()), "{threads:?}");
        assert_eq!(taken, 7, "{threads:?}");
    }
}

#[test]
fn nothing_to_say_is_no_error() {
    let told = narrator().narrate(&[], |_, _| panic!("nothing was said"));
    told.unwrap();
}
