//! A longer sound takes no more memory, in any format.

#![cfg(target_os = "linux")]

#[path = "support/memory.rs"]
mod memory;
#[path = "support/sound.rs"]
#[allow(dead_code)] // Other tests use more of it.
mod sound;

use docbao::files::AtomicFile;
use docbao::model::tags::Tags;
use docbao::sound::formats::{self, Encoding};
use docbao::sound::master::{self, Master, Spool};
use memory::peak;
use sound::{RATE, formats, noise};

/// Masters, encodes and measures this many seconds of noise in every format.
fn publish(seconds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let second: Vec<f32> = noise(RATE as usize).iter().map(|sample| sample * 0.3).collect();
    let mut spool = Spool::create(folder.path(), RATE).unwrap();
    (0..seconds).for_each(|_| spool.write(&second).unwrap());
    let mut master = Master::new(spool.finish().unwrap());
    for format in formats() {
        let encoding = Encoding::new(format, None, None).unwrap();
        let path = folder.path().join(format!("a.{format}"));
        let mut file = AtomicFile::create(&path).unwrap();
        let mut writer =
            formats::create(&mut file, &encoding, RATE, &Tags::default(), &[]).unwrap();
        let (preset, rate) = ("apple".parse().unwrap(), encoding.output_rate(RATE));
        let done = master.finish(&preset, rate, |samples| {
            writer.write(samples).unwrap();
            Ok(())
        });
        done.unwrap();
        writer.finish().unwrap();
        file.finish().unwrap();
        master::verify(&path).unwrap();
    }
}

#[test]
fn memory_does_not_grow_with_the_sound() {
    publish(10);
    let short = peak();
    publish(120);
    // The samples alone would be 11 MB at 24 kHz and 21 MB at 44.1 kHz.
    let grown = peak() - short;
    assert!(grown < 4000, "{grown} kB more for 120 s than for 10 s");
}
