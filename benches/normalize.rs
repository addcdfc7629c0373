//! Speed of the normalizer, in characters per second, on the sample article and on texts that would
//! make a careless one slow.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use docbao::text::normalize::normalize;
use docbao::text::readers;

fn normalizer(criterion: &mut Criterion) {
    let article = include_str!("../samples/binh-luc.txt");
    let megabyte = article.repeat(1_000_000 / article.len());
    let mut group = criterion.benchmark_group("normalize");
    group.sample_size(20);
    for (name, text) in [
        ("article", article.to_owned()),
        ("article to 1 MB", megabyte),
        ("1 MB of one digit", "7".repeat(1_000_000)),
        ("1 MB of hyphens", "-".repeat(1_000_000)),
        ("1 MB of brackets", "(".repeat(1_000_000)),
    ] {
        let document = readers::paragraphs(text);
        group.throughput(Throughput::Elements(document.text.chars().count() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || (),
                |()| normalize(black_box(&document)),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, normalizer);
criterion_main!(benches);
