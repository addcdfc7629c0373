//! A longer sound takes no more memory, in any format, nor does longer music under it.

#![cfg(target_os = "linux")]

#[path = "support/memory.rs"]
mod memory;
#[path = "support/sound.rs"]
#[allow(dead_code)] // Other tests use more of it.
mod sound;

use std::path::Path;

use docbao::files::AtomicFile;
use docbao::model::tags::Tags;
use docbao::sound::design::{BedStretch, Layout, Tracks};
use docbao::sound::formats::{self, Encoding};
use docbao::sound::master::{self, Master, Spool, Spooled};
use docbao::{Music, Role, SoundDesign};
use hound::{SampleFormat, WavSpec, WavWriter};
use memory::peak;
use sound::{RATE, formats, noise};

/// The sound with a bed under it that is as long, and has the same noise in two channels.
fn with_bed(mut sound: Spooled, second: &[f32], folder: &Path) -> Spooled {
    let seconds = sound.samples() / u64::from(RATE);
    let path = folder.join("bed.wav");
    let sample_format = SampleFormat::Float;
    let spec = WavSpec { channels: 2, sample_rate: RATE, bits_per_sample: 32, sample_format };
    let mut wav = WavWriter::create(&path, spec).unwrap();
    for _ in 0..seconds {
        second.iter().for_each(|sample| (0..2).for_each(|_| wav.write_sample(*sample).unwrap()));
    }
    wav.finalize().unwrap();
    let mut design = SoundDesign::default();
    design.music.insert(Role::Bed, Music::of(Role::Bed, path, None).unwrap());
    let mut tracks = Tracks::open(&design, Tracks::RATE, folder).unwrap();
    let length = seconds * u64::from(Tracks::RATE);
    let bed = vec![BedStretch { range: 0..length, fade_in: 1000, fade_out: 1000 }];
    let layout = Layout { bed, length, ..Layout::default() };
    tracks.mix(&mut sound, &layout, folder, &mut || Ok(())).unwrap()
}

/// Mixes, masters, encodes and measures this many seconds of noise in every format.
fn publish(seconds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let second: Vec<f32> = noise(RATE as usize).iter().map(|sample| sample * 0.3).collect();
    let mut spool = Spool::create(folder.path(), RATE).unwrap();
    (0..seconds).for_each(|_| spool.write(&second).unwrap());
    let mixed = with_bed(spool.finish().unwrap(), &second, folder.path());
    let rate = mixed.rate();
    let mut master = Master::new(mixed);
    for format in formats() {
        let encoding = Encoding::new(format, None, None).unwrap();
        let path = folder.path().join(format!("a.{format}"));
        let mut file = AtomicFile::create(&path).unwrap();
        let mut writer =
            formats::create(&mut file, &encoding, rate, &Tags::default(), &[]).unwrap();
        let (preset, rate) = ("apple".parse().unwrap(), encoding.output_rate(rate));
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
