//! How fast the voices speak: run `cargo bench --bench synthesize`. The throughput is in
//! samples; divided by the sample rate it is the factor of real time on one core.

#[path = "../tests/support/sound.rs"]
#[allow(dead_code)] // The tests use more of it.
mod sound;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use docbao::voice::parametric::data::Voice;
use docbao::voice::parametric::prosody::{Prosody, Settings};
use docbao::voice::parametric::synthesize::{Builtin, Synthesizer};
use sound::phrase;

fn synthesize(criterion: &mut Criterion) {
    for name in Voice::list() {
        let voice = Voice::load(name).expect("the built-in voice loads");
        let prosody = Prosody::new(&voice, Settings::of(&voice)).expect("its tables load");
        let engine = Builtin::new(&voice).expect("its model loads");
        let phrase = phrase(2, 10, 250.0);
        let score = prosody.score(&phrase);
        let samples = engine.synthesize(&score).expect("the score is sound").len();
        criterion.bench_function(&format!("prosody/score/{name}"), |bench| {
            bench.iter(|| prosody.score(&phrase));
        });
        let mut group = criterion.benchmark_group("synthesize");
        group.throughput(Throughput::Elements(samples as u64));
        group.bench_function(name, |bench| bench.iter(|| engine.synthesize(&score)));
        group.finish();
        // What a listener waits for: from the voice's files to the samples of a first breath group.
        let first = sound::phrase(1, 10, 250.0);
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
