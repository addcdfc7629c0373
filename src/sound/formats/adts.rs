//! AAC packets one after another, each with a head of its own (ADTS, ISO/IEC 13818-7, 6.2).

use std::io::{self, BufWriter, Write};

use super::aac::{Fault, Stretches};
use super::row::AudioWriter;

/// The sample rates in the order of their numbers (ISO/IEC 14496-3, table 1.18).
const RATES: [u32; 13] = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
];

/// In kbit/s: that of M4A files of one voice.
const BITRATE: u32 = 64;

/// A head, in bytes.
const HEAD: usize = 7;

/// The number of 24,000, which is taken for every rate that has none.
const USUAL: usize = 6;

/// The number of the sample rate of a stream for a voice of this rate.
fn number(voice_rate: u32) -> usize {
    RATES.iter().position(|&rate| rate == voice_rate).unwrap_or(USUAL)
}

/// The sample rate of a stream for a voice of this one.
pub(super) fn rate(voice_rate: u32) -> u32 {
    RATES[number(voice_rate)]
}

/// A stream that takes samples as they come.
pub(super) struct Adts<'a> {
    out: BufWriter<&'a mut dyn Write>,
    packets: Stretches,
    /// The number of the sample rate.
    rate: u8,
}

impl<'a> Adts<'a> {
    /// A stream of `rate` samples per second, one of [`rate`].
    pub(super) fn new(out: &'a mut dyn Write, rate: u32) -> Adts<'a> {
        let packets = Stretches::new(rate, BITRATE);
        Adts { out: BufWriter::new(out), packets, rate: number(rate) as u8 }
    }
}

/// Sends a packet.
fn send(out: &mut dyn Write, rate: u8, packet: &[u8]) -> io::Result<()> {
    let length = packet.len() + HEAD;
    // MPEG-4, AAC LC, one channel, a buffer of any fullness, one block.
    let head = [
        0xff,
        0xf1,
        0b0100_0000 | rate << 2,
        0b0100_0000 | (length >> 11) as u8,
        (length >> 3) as u8,
        (length << 5) as u8 | 0x1f,
        0xfc,
    ];
    out.write_all(&[&head[..], packet].concat())
}

impl AudioWriter for Adts<'_> {
    fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        let Adts { out, packets, rate } = self;
        packets.add(samples, |packet| send(out, *rate, packet).map_err(Fault::Output))?;
        Ok(())
    }

    fn hand_on(&mut self) -> io::Result<()> {
        let Adts { out, packets, rate } = self;
        packets.hand_on(|packet| send(out, *rate, packet).map_err(Fault::Output))?;
        out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        let Adts { out, packets, rate } = &mut *self;
        packets.finish(|packet| send(out, *rate, packet).map_err(Fault::Output))?;
        out.flush()
    }
}
