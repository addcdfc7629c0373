//! How fast the voices speak: run `cargo bench --bench synthesize`. The throughput counted is
//! samples; divided by the sample rate it is the factor of real time on one core.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use docbao::phrase::{Intonation, Phone, Phrase, PhraseGroup, PhraseWord, Syllable, Tone};
use docbao::prosody::{Prosody, Settings};
use docbao::synthesize::{Builtin, Synthesizer};
use docbao::units::Millis;
use docbao::voice::Voice;

/// Twenty syllables in two breath groups.
fn phrase() -> Phrase {
    let onsets = [Phone::T, Phone::M, Phone::S, Phone::D, Phone::K];
    let nuclei = [Phone::A, Phone::Ie, Phone::Oo, Phone::I];
    let codas = [None, Some(Phone::N), Some(Phone::J)];
    let word = |word: usize| PhraseWord {
        word,
        syllables: vec![Syllable {
            onset: onsets[word % onsets.len()],
            glide: false,
            nucleus: nuclei[word % nuclei.len()],
            coda: codas[word % codas.len()],
            tone: Tone::ALL[word % Tone::ALL.len()],
        }],
    };
    let group = |from: usize| PhraseGroup {
        words: (from..from + 10).map(word).collect(),
        pause: Millis(250.0),
    };
    Phrase { groups: vec![group(0), group(10)], intonation: Intonation::Statement }
}

/// The first breath group alone.
fn first_group() -> Phrase {
    let whole = phrase();
    Phrase { groups: whole.groups[..1].to_vec(), intonation: whole.intonation }
}

fn synthesize(criterion: &mut Criterion) {
    for name in Voice::list() {
        let voice = Voice::load(name).expect("the built-in voice loads");
        let prosody = Prosody::new(&voice, Settings::of(&voice)).expect("its tables load");
        let engine = Builtin::new(&voice).expect("its model loads");
        let phrase = phrase();
        let score = prosody.score(&phrase);
        let samples = engine.synthesize(&score).expect("the score is sound").samples.len();
        criterion.bench_function(&format!("prosody/score/{name}"), |bench| {
            bench.iter(|| prosody.score(&phrase));
        });
        let mut group = criterion.benchmark_group("synthesize");
        group.throughput(Throughput::Elements(samples as u64));
        group.bench_function(name, |bench| bench.iter(|| engine.synthesize(&score)));
        group.finish();
        // What a listener waits for: from the voice's files to the samples of a first breath group.
        let first = first_group();
        criterion.bench_function(&format!("first audio/{name}"), |bench| {
            bench.iter(|| {
                let voice = Voice::load(name).expect("the built-in voice loads");
                let prosody = Prosody::new(&voice, Settings::of(&voice)).expect("its tables load");
                let engine = Builtin::new(&voice).expect("its model loads");
                engine.synthesize(&prosody.score(&first))
            });
        });
    }
}

criterion_group!(benches, synthesize);
criterion_main!(benches);
