//! WAV files: 16-bit PCM, mono.

use std::io::{self, BufWriter};

use hound::{SampleFormat, WavSpec};

use super::row::{AudioWriter, Order, Row, SAMPLE_RATES, UsualRate};
use crate::files::{Output, WriteFault};
use crate::model::message::message;
use crate::model::take::to_pcm16;

/// The row of the table.
pub(super) static ROW: Row = Row {
    name: "wav",
    label: "WAV",
    extensions: &["wav"],
    mime: "audio/wav",
    about: "uncompressed",
    lossy: false,
    universal: false,
    headroom_db: 0.0,
    sample_rates: SAMPLE_RATES,
    usual_rate: UsualRate::Voice,
    bitrates: &[],
    missing_feature: None,
    start,
};

/// A WAV file gives sizes in 32 bits: what is left for samples after 44 bytes of headers.
const MOST_SAMPLES: u64 = (u32::MAX as u64 - 44) / 2;

/// Samples handed to the file at a time.
const CHUNK: usize = 8192;

/// A WAV file that takes samples as they come and holds none of them.
struct WavWriter<'a> {
    wav: hound::WavWriter<BufWriter<&'a mut dyn Output>>,
    samples: u64,
}

fn start<'a>(
    out: &'a mut dyn Output,
    order: &Order,
) -> Result<Box<dyn AudioWriter + 'a>, WriteFault> {
    let spec = WavSpec {
        channels: 1,
        sample_rate: order.sample_rate,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let wav = hound::WavWriter::new(BufWriter::new(out), spec).map_err(cause)?;
    Ok(Box::new(WavWriter { wav, samples: 0 }))
}

impl AudioWriter for WavWriter<'_> {
    fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        let total = self.samples + samples.len() as u64;
        if total > MOST_SAMPLES {
            return Err(too_long(self.wav.spec().sample_rate));
        }
        for chunk in samples.chunks(CHUNK) {
            let mut out = self.wav.get_i16_writer(chunk.len() as u32);
            chunk.iter().for_each(|&sample| out.write_sample(to_pcm16(sample)));
            out.flush().map_err(cause)?;
        }
        self.samples = total;
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.wav.finalize().map_err(cause)
    }
}

fn too_long(sample_rate: u32) -> io::Error {
    let hours = MOST_SAMPLES / u64::from(sample_rate.max(1)) / 3600;
    io::Error::other(message!(
        "a WAV file holds at most 4 GB, which is {hours} hours at {sample_rate} samples per second; \
         split the text into parts",
        hours,
        sample_rate
    ))
}

fn cause(error: hound::Error) -> io::Error {
    match error {
        hound::Error::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn more_than_four_gigabytes_is_refused() {
        let mut out = Cursor::new(Vec::new());
        let out: &mut dyn Output = &mut out;
        let spec = WavSpec {
            channels: 1,
            sample_rate: 22_050,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let wav = hound::WavWriter::new(BufWriter::new(out), spec).unwrap();
        let mut wav = WavWriter { wav, samples: MOST_SAMPLES };
        let error = wav.write(&[0.0]).unwrap_err().to_string();
        assert!(error.contains("27 hours"), "{error}");
        wav.write(&[]).unwrap();
    }
}
