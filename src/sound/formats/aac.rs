//! AAC, in stretches: the encoder wants all sound at once, but each of its packets depends on
//! little of it.

use std::collections::VecDeque;
use std::io;

use rusty_aac::{AacEncoder, AacEncoderConfig};

/// Samples of a packet.
pub(super) const FRAME: usize = 1024;

/// Samples by which what is decoded is delayed: a packet is heard with the one after it.
pub(super) const DELAY: u32 = FRAME as u32;

/// Packets of a stretch.
const FRAMES: usize = 144;

/// Packets that are made with a stretch and with the next.
const OVERLAP: usize = 8;

/// What can go wrong while packets are made and stored.
pub(super) enum Fault {
    Encoder(rusty_aac::Error),
    Output(io::Error),
}

impl From<rusty_aac::Error> for Fault {
    fn from(error: rusty_aac::Error) -> Fault {
        Fault::Encoder(error)
    }
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> io::Error {
        match fault {
            Fault::Encoder(error) => io::Error::other(error.to_string()),
            Fault::Output(error) => error,
        }
    }
}

/// An encoder that takes samples as they come. A packet is a function of its own samples, of those
/// of the packet before and of its window sequence, which looks back a few packets for attacks. So
/// stretches that overlap give packets that go together; where the seam lies in the overlap, the
/// window sequences on its two sides are made sure to be ones that may follow each other.
pub(super) struct Stretches {
    rate: u32,
    bits: u32,
    /// Samples from one packet before the overlap with the stretch before.
    pending: Vec<f32>,
    /// Packets of the stretch before that lie in the overlap.
    overlap: VecDeque<Vec<u8>>,
    /// The packet before them.
    last: Option<Vec<u8>>,
}

impl Stretches {
    /// For `rate` samples per second and `bitrate` kbit/s.
    pub(super) fn new(rate: u32, bitrate: u32) -> Stretches {
        let (pending, overlap) = (Vec::new(), VecDeque::new());
        Stretches { rate, bits: bitrate * 1000, pending, overlap, last: None }
    }

    /// Takes samples; hands over the packets that are ready.
    pub(super) fn add<E: From<rusty_aac::Error>>(
        &mut self,
        samples: &[f32],
        mut take: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        self.pending.extend_from_slice(samples);
        while self.pending.len() >= FRAMES * FRAME {
            self.advance(FRAMES, &mut take)?;
        }
        Ok(())
    }

    /// Ends the stretch here, and hands over its packets but for the overlap, which is a third of a second
    /// or so.
    pub(super) fn hand_on<E: From<rusty_aac::Error>>(
        &mut self,
        mut take: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let frames = self.pending.len() / FRAME;
        if frames > OVERLAP + 2 { self.advance(frames, &mut take) } else { Ok(()) }
    }

    /// Makes a stretch of so many packets.
    fn advance<E: From<rusty_aac::Error>>(
        &mut self,
        frames: usize,
        take: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut packets = self.encode(&self.pending[..frames * FRAME])?;
        // The last was made without the samples after it.
        packets.pop();
        let overlap = packets.split_off(packets.len() - OVERLAP);
        self.join(packets, take)?;
        self.overlap = overlap.into();
        // The next stretch begins one packet before the overlap.
        self.pending.drain(..(frames - OVERLAP - 1) * FRAME);
        Ok(())
    }

    /// Hands over what is left, the end of the sound included.
    pub(super) fn finish<E: From<rusty_aac::Error>>(
        &mut self,
        mut take: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let packets = self.encode(&self.pending)?;
        self.join(packets, &mut take)
    }

    fn encode(&self, samples: &[f32]) -> Result<Vec<Vec<u8>>, rusty_aac::Error> {
        let config = AacEncoderConfig { bitrate_bps: self.bits, ..AacEncoderConfig::default() };
        let mut encoder = AacEncoder::new(config);
        encoder.push_pcm(samples, 1, self.rate)?;
        encoder.finish();
        let mut packets = Vec::new();
        while let Ok(packet) = encoder.next_packet() {
            packets.push(packet.data);
        }
        // A later stretch begins one packet before the overlap, made without what comes before it.
        if self.last.is_some() {
            packets.remove(0);
        }
        Ok(packets)
    }

    /// Hands over the packets of the overlap and of the stretch that begins with it, changing from
    /// one to the other at the first place where they go together.
    fn join<E>(
        &mut self,
        packets: Vec<Vec<u8>>,
        take: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let before = |at: usize| match at {
            0 => self.last.as_ref(),
            at => self.overlap.get(at - 1),
        };
        let fits = |at: &usize| match (before(*at), packets.get(*at)) {
            (Some(before), Some(packet)) => may_follow(before, packet),
            _ => true,
        };
        let seam = (0..=self.overlap.len()).find(fits).unwrap_or(0);
        let seam = seam.min(packets.len());
        for packet in self.overlap.drain(..).take(seam).chain(packets.into_iter().skip(seam)) {
            take(&packet)?;
            self.last = Some(packet);
        }
        Ok(())
    }
}

/// Whether the window of one packet ends as that of the next begins (ISO/IEC 14496-3, 4.6.11).
fn may_follow(before: &[u8], after: &[u8]) -> bool {
    let (_, ends_short) = slopes(before);
    let (begins_short, _) = slopes(after);
    ends_short == begins_short
}

/// Whether the window of a packet begins and ends with a short slope. Its sequence is in bits 16
/// and 17 of a packet of one channel (ibid., tables 4.4 to 4.6): only long, long start, eight short,
/// long stop.
fn slopes(packet: &[u8]) -> (bool, bool) {
    match packet.get(2).map(|byte| byte >> 6) {
        Some(1) => (false, true),
        Some(2) => (true, true),
        Some(3) => (true, false),
        _ => (false, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packets(samples: &[f32], chunk: usize) -> Vec<Vec<u8>> {
        let mut stretches = Stretches::new(44_100, 64);
        let mut packets = Vec::new();
        let mut take = |packet: &[u8]| {
            packets.push(packet.to_vec());
            Ok::<(), rusty_aac::Error>(())
        };
        for chunk in samples.chunks(chunk) {
            stretches.add(chunk, &mut take).unwrap();
        }
        stretches.finish(&mut take).unwrap();
        packets
    }

    /// Seconds of a tone with an attack every so often, among them at the seams.
    fn attacks(frames: usize) -> Vec<f32> {
        let sample = |n: usize| {
            let since = n % (17 * FRAME + 333);
            let decay = libm::expf(-(since as f32) / 3000.0);
            decay * 0.7 * libm::sinf(n as f32 * 0.09)
        };
        (0..frames * FRAME + 77).map(sample).collect()
    }

    #[test]
    fn stretches_give_the_packets_of_the_whole() {
        for frames in [0, 1, 100, 144, 145, 400, 1000] {
            let samples = attacks(frames);
            let mut whole = AacEncoder::new(AacEncoderConfig {
                bitrate_bps: 64_000,
                ..AacEncoderConfig::default()
            });
            whole.push_pcm(&samples, 1, 44_100).unwrap();
            whole.finish();
            let mut want = Vec::new();
            while let Ok(packet) = whole.next_packet() {
                want.push(packet.data);
            }
            let have = packets(&samples, 5000);
            assert_eq!(have.len(), want.len(), "{frames}");
            // The detector of attacks compares with the mean of all it is given, so a few may differ.
            let same = have.iter().zip(&want).filter(|(have, want)| have == want).count();
            assert!(same * 100 >= want.len() * 95, "{same} of {} for {frames}", want.len());
            assert!(have.windows(2).all(|pair| may_follow(&pair[0], &pair[1])));
            assert_eq!(packets(&samples, 333), have);
        }
    }
}
