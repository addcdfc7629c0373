//! Sound that is heard while it is made: every format as bytes that are sent once and never changed.

use std::io::{self, Read, Seek, SeekFrom, Write};

use super::adts::{self, Adts};
use super::encoding::Encoding;
use super::format::Format;
use super::row::{AudioWriter, Order};
use crate::files::WriteFault;
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::tags::Tags;
use crate::model::take::to_pcm16;

/// What sound is streamed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamFormat {
    /// Its name.
    pub name: &'static str,
    /// Its media type.
    pub mime: &'static str,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Samples and nothing else.
    Pcm,
    Wav,
    Adts,
    /// The format of files of this name.
    File(&'static str),
}

/// Samples per second of bare samples, which do not say it: what OpenAI's interface sends.
const PCM_RATE: u32 = 24_000;

/// The formats, the usual one first.
pub const STREAM_FORMATS: [StreamFormat; 6] = [
    StreamFormat { name: "mp3", mime: "audio/mpeg", form: Form::File("mp3") },
    StreamFormat { name: "opus", mime: "audio/ogg", form: Form::File("opus") },
    StreamFormat { name: "aac", mime: "audio/aac", form: Form::Adts },
    StreamFormat { name: "flac", mime: "audio/flac", form: Form::File("flac") },
    StreamFormat { name: "wav", mime: "audio/wav", form: Form::Wav },
    StreamFormat { name: "pcm", mime: "audio/pcm", form: Form::Pcm },
];

impl StreamFormat {
    /// The format of a name, if this program was built to write it.
    ///
    /// # Errors
    /// `ErrorKind::Request` if there is none.
    pub fn of(name: &str) -> Result<StreamFormat, Error> {
        let Some(found) = STREAM_FORMATS.iter().find(|format| format.name == name) else {
            let names = STREAM_FORMATS.map(|format| format.name.to_owned());
            let names = Message::all_of(&names);
            return Err(Error::request(message!(
                "there is no format {name}: there are {names}",
                name,
                names
            )));
        };
        if let Form::File(name) = found.form {
            name.parse::<Format>()?.check_built()?;
        }
        Ok(*found)
    }

    /// Samples per second for a voice of `voice_rate`.
    ///
    /// # Errors
    /// As [`Encoding::new`].
    pub fn rate(self, voice_rate: u32) -> Result<u32, Error> {
        Ok(match self.form {
            Form::Pcm => PCM_RATE,
            Form::Wav => voice_rate,
            Form::Adts => adts::rate(voice_rate),
            Form::File(name) => Encoding::new(name.parse()?, None, None)?.output_rate(voice_rate),
        })
    }

    /// Starts a stream of mono sound, of [`StreamFormat::rate`] samples per second.
    ///
    /// # Errors
    /// As [`create`](super::create).
    pub fn start<'a>(
        self,
        out: &'a mut Stream<'_>,
        voice_rate: u32,
    ) -> Result<Box<dyn AudioWriter + 'a>, WriteFault> {
        let rate = self.rate(voice_rate)?;
        Ok(match self.form {
            Form::Pcm => Box::new(Pcm { out }),
            Form::Wav => {
                out.write_all(&endless_wav(rate))?;
                Box::new(Pcm { out })
            }
            Form::Adts => Box::new(Adts::new(out, rate)),
            Form::File(name) => {
                let encoding = Encoding::new(name.parse()?, None, None)?;
                let (bitrate, tags) = (encoding.bitrate().unwrap_or_default(), Tags::default());
                let order = Order { sample_rate: rate, bitrate, tags: &tags, chapters: &[] };
                (encoding.format().0.start)(out, &order)?
            }
        })
    }
}

/// The head of a WAV file whose length is not known: as long as one can be (RIFF MCI, "WAVE"; what is sent so
/// is read up to its end).
fn endless_wav(rate: u32) -> [u8; 44] {
    let mut head = *b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0........\x02\0\x10\0data\xff\xff\xff\xff";
    head[24..28].copy_from_slice(&rate.to_le_bytes());
    head[28..32].copy_from_slice(&(2 * rate).to_le_bytes());
    head
}

/// Samples of 16 bits, the lower byte first.
struct Pcm<'a, 'b> {
    out: &'a mut Stream<'b>,
}

impl AudioWriter for Pcm<'_, '_> {
    fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        let bytes: Vec<u8> =
            samples.iter().flat_map(|&sample| to_pcm16(sample).to_le_bytes()).collect();
        self.out.write_all(&bytes)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

/// An output whose bytes are sent as they come. Writers of formats go back to put in what they know at the
/// end only, such as the length; here that is dropped, and readers do without.
pub struct Stream<'a> {
    out: &'a mut (dyn Write + Send),
    at: u64,
    end: u64,
}

impl<'a> Stream<'a> {
    /// A stream that sends to `out`.
    pub fn new(out: &'a mut (dyn Write + Send)) -> Stream<'a> {
        Stream { out, at: 0, end: 0 }
    }
}

impl Write for Stream<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = if self.at < self.end {
            bytes.len().min(usize::try_from(self.end - self.at).unwrap_or(usize::MAX))
        } else {
            self.out.write(bytes)?
        };
        self.at += written as u64;
        self.end = self.end.max(self.at);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Seek for Stream<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at
            .filter(|at| *at <= self.end)
            .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "what was sent cannot be read back"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Decoder;
    use std::io::Cursor;
    use std::sync::{Arc, Mutex};

    #[test]
    fn what_is_put_in_later_is_dropped() {
        let mut bytes = Vec::new();
        let mut out = Stream::new(&mut bytes);
        out.write_all(b"head....body").unwrap();
        assert_eq!(out.seek(SeekFrom::Start(4)).unwrap(), 4);
        out.write_all(b"last").unwrap();
        assert_eq!(out.seek(SeekFrom::End(-1)).unwrap(), 11);
        out.write_all(b"y and more").unwrap();
        assert!(out.seek(SeekFrom::Current(1)).is_err() && out.read(&mut [0]).is_err());
        assert_eq!(bytes, b"head....body and more");
    }

    /// Bytes as they were sent, and can be read by a test at any time.
    #[derive(Clone, Default)]
    struct Sent(Arc<Mutex<Vec<u8>>>);

    impl Write for Sent {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What is heard of bytes, and samples per second.
    fn heard(name: &str, bytes: &[u8]) -> (Vec<f32>, usize) {
        let mut decoder = Decoder::new(name, Cursor::new(bytes.to_vec())).unwrap();
        let mut heard = Vec::new();
        while let Ok(Some(samples)) = decoder.read() {
            heard.extend_from_slice(samples);
        }
        (heard, decoder.sample_rate() as usize)
    }

    #[test]
    fn what_was_said_so_far_is_sent_when_it_is_handed_on() {
        let sentences: Vec<Vec<f32>> = (0..3)
            .map(|at| (0..36_000).map(|n| ((n * (at + 1)) as f32 * 0.05).sin() * 0.4).collect())
            .collect();
        for format in STREAM_FORMATS {
            if StreamFormat::of(format.name).is_err() || format.name == "pcm" {
                continue;
            }
            let rate = format.rate(24_000).unwrap() as usize;
            let sent = Sent::default();
            let mut copy = sent.clone();
            let mut out = Stream::new(&mut copy);
            let mut writer = format.start(&mut out, 24_000).unwrap();
            let mut samples = 0;
            for sentence in &sentences {
                writer.write(sentence).unwrap();
                writer.hand_on().unwrap();
                samples += sentence.len();
                if format.name != "wav" {
                    let (heard, at) = heard(format.name, &sent.0.lock().unwrap());
                    let late = samples as f64 / rate as f64 - heard.len() as f64 / at as f64;
                    assert!(late < 0.5, "{}: {late} s", format.name);
                }
            }
            writer.finish().unwrap();
            let sent = sent.0.lock().unwrap();
            if format.name == "wav" {
                assert_eq!(sent.len(), 44 + 2 * samples);
                continue;
            }
            let (heard, at) = heard(format.name, &sent);
            let excess = heard.len() as f64 / at as f64 - samples as f64 / rate as f64;
            assert!(excess.abs() < 0.1, "{}: {excess} s", format.name);
            // Where two sentences meet in the encoder there is no silence and no noise.
            let level = |samples: &[f32]| {
                let sum: f32 = samples.iter().map(|sample| sample * sample).sum();
                (sum / samples.len() as f32).sqrt()
            };
            let levels: Vec<_> = heard[4096..heard.len() - 4096].chunks(1024).map(level).collect();
            let even = levels.iter().all(|level| (0.2..0.35).contains(level));
            assert!(even, "{}: {levels:?}", format.name);
        }
    }

    #[test]
    fn what_is_streamed_is_heard() {
        let tone: Vec<f32> = (0..48_000).map(|at| (at as f32 * 0.1).sin() * 0.4).collect();
        for format in STREAM_FORMATS {
            if StreamFormat::of(format.name).is_err() {
                continue; // this program was built without it
            }
            let rate = format.rate(24_000).unwrap();
            let mut bytes = Vec::new();
            {
                let mut out = Stream::new(&mut bytes);
                let mut writer = format.start(&mut out, 24_000).unwrap();
                tone.chunks(5000).for_each(|samples| writer.write(samples).unwrap());
                writer.finish().unwrap();
            }
            let bare = [("pcm", 0), ("wav", 44)].into_iter().find(|(name, _)| *name == format.name);
            if let Some((_, head)) = bare {
                assert_eq!(bytes.len() - head, 96_000);
                continue;
            }
            let mut decoder = Decoder::new(format.name, Cursor::new(bytes)).unwrap();
            let mut heard = Vec::new();
            while let Some(samples) = decoder.read().unwrap() {
                heard.extend_from_slice(samples);
            }
            let seconds = heard.len() as f64 / f64::from(decoder.sample_rate());
            assert!(
                (seconds - 48_000.0 / f64::from(rate)).abs() < 0.1,
                "{}: {seconds}",
                format.name
            );
            let loudest = heard.iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
            assert!((0.3..0.5).contains(&loudest), "{}: {loudest}", format.name);
        }
    }
}
