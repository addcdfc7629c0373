//! Speaking in parallel: utterances come in order whoever speaks them, and an error ends it.

use std::time::Duration;

use docbao::job::Speech;
use docbao::model::error::Error;
use docbao::model::manner::{Cue, Delivery};
use docbao::model::utterance::Utterance;
use docbao::text::readers;
use docbao::voice::TONE;
use docbao::{Engines, Narrator, VoiceSettings};
use rayon::ThreadPoolBuilder;

const SENTENCES: usize = 60;

fn narrator() -> Narrator<'static> {
    Narrator::new(Engines::default().open(&VoiceSettings::of(TONE)).unwrap(), None)
}

/// Sentences of one to nine words, so that some are spoken long before those ahead of them.
fn utterances() -> Vec<Utterance> {
    let sentence = |n: usize| format!("Sáng{}.", " nay mưa to".repeat(n * 5 % 3));
    let text = (0..SENTENCES).map(sentence).collect::<Vec<_>>().join(" ");
    let utterances = crate::support::utterances(&readers::paragraphs(text));
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
            narrator.narrate(utterances.iter().cloned(), |utterance, speech| {
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
            narrator.narrate(utterances.iter().cloned(), |_, _| {
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
    let told = narrator().narrate([], |_, _| panic!("nothing was said"));
    told.unwrap();
}

#[test]
fn a_part_has_its_own_voice_at_the_narrators_sample_rate() {
    let engines = Engines::default();
    let other = engines.open(&VoiceSettings::of("bac")).unwrap();
    let narrator = narrator().with_others([("answer".to_owned(), other)].into()).unwrap();
    let mut utterance = utterances().swap_remove(0);
    let tone = narrator.speak(&utterance).unwrap().take;
    utterance.delivery.parts = vec!["en".into(), "answer".into(), "quote".into()];
    let voice = narrator.speak(&utterance).unwrap().take;
    assert_eq!(voice.sample_rate, tone.sample_rate);
    assert_ne!(voice.samples, tone.samples);
    utterance.delivery.parts = vec!["question".into()];
    assert_eq!(narrator.speak(&utterance).unwrap().take, tone);
}

#[test]
fn an_utterance_is_as_fast_as_it_is_asked_for_and_as_its_cue_needs() {
    let narrator = narrator();
    let at = |delivery: Delivery| {
        let utterance = Utterance { delivery, ..utterances().swap_remove(1) };
        narrator.speak(&utterance).unwrap()
    };
    let usual = at(Delivery::default());
    assert_eq!(usual.hurry, 1.0);
    let slow = at(Delivery { rate: 0.5, ..Delivery::default() }).take.seconds();
    assert!(slow > usual.take.seconds() * 1.4, "{slow}");
    let within = |share: f64| {
        let end_ms = (usual.take.seconds() * share * 1000.0) as u32 + 5000;
        at(Delivery { cue: Some(Cue { start_ms: 5000, end_ms }), ..Delivery::default() })
    };
    assert_eq!(within(1.2), usual);
    let Speech { take, hurry, .. } = within(0.8);
    assert!(take.seconds() <= usual.take.seconds() * 0.8, "{}", take.seconds());
    assert!((1.2..1.7).contains(&hurry), "{hurry}");
    assert_eq!(within(0.1).hurry, 2.0, "faster is not understood");
}
