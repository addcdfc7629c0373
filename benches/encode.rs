//! What measuring, mastering and encoding cost: run `cargo bench --bench encode`. The throughput
//! is in samples of speech at 24 kHz; divided by 24 000 it is the factor of real time on one core
//! (AAC takes two).

#[path = "../tests/support/sound.rs"]
#[allow(dead_code)] // The tests use more of it.
mod sound;

use std::io::Cursor;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use docbao::decode::Decoder;
use docbao::model::tags::Tags;
use docbao::sound::formats::{self, Encoding};
use docbao::sound::master::{self, Master, Meter, Preset};
use sound::{RATE, formats, mastered, speech, spooled};

fn encode(criterion: &mut Criterion) {
    let speech = speech();
    let mut group = criterion.benchmark_group("encode");
    group.throughput(Throughput::Elements(speech.len() as u64)).sample_size(10);
    group.bench_function("measure", |bench| {
        bench.iter(|| {
            let mut meter = Meter::new(RATE).expect("a rate");
            meter.add(speech);
            meter.finish()
        });
    });
    for preset in ["none", "apple", "spotify"] {
        let preset: Preset = preset.parse().expect("a preset");
        group.bench_function(format!("master/{preset}"), |bench| {
            bench.iter_batched(
                || Master::new(spooled(speech)),
                |mut master| master.finish(&preset, 44_100, |_| Ok(())),
                BatchSize::PerIteration,
            );
        });
    }
    for format in formats() {
        let encoding = Encoding::new(format, None, None).expect("an encoding");
        let preset = "apple".parse().expect("a preset");
        let (sound, _) = mastered(speech, &preset, encoding.output_rate(RATE));
        let mut encoded = Vec::new();
        group.bench_function(format!("{format}"), |bench| {
            bench.iter(|| {
                let mut out = Cursor::new(Vec::new());
                let mut writer = formats::create(&mut out, &encoding, RATE, &Tags::default(), &[])
                    .expect("a writer");
                writer.write(&sound).expect("room in memory");
                writer.finish().expect("room in memory");
                encoded = out.into_inner();
            });
        });
        group.bench_function(format!("verify/{format}"), |bench| {
            bench.iter(|| {
                let decoder = Decoder::new("sound", Cursor::new(encoded.clone()))?;
                master::measure(decoder)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, encode);
criterion_main!(benches);
