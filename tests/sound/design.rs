//! Sound design, measured on the sound: each piece of music is a tone of its own frequency, far above that
//! of the speech, so that it can be found wherever it is heard.

use std::f64::consts::TAU;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use docbao::files::AtomicFile;
use docbao::model::tags::Tags;
use docbao::sound::captions::read_marks;
use docbao::sound::formats::{self, Encoding};
use docbao::sound::marks::{SentenceMark, WordMark};
use docbao::sound::master::Meter;
use docbao::voice::TONE;
use docbao::{
    BedUnder, Content, Context, ErrorKind, MixSettings, Music, Outcome, Output, Performed,
    Produced, Request, Role, Source, Target, VoiceSettings, perform,
};
use hound::{SampleFormat, WavSpec, WavWriter};
use tempfile::TempDir;

use crate::sound::{decoded, format, noise};

/// Samples a second of everything that is heard here.
const RATE: u32 = 44_100;

const FIRST: &str = "Mưa lớn ở miền núi\n\nSáng nay mưa to ở nhiều nơi, có nơi trên 100 mm. Đường ngập sâu. \
    [nghỉ 5s] Dân đã đi tránh lũ an toàn.\n";
const SECOND: &str =
    "Giá vàng tăng mạnh\n\nGiá vàng trong nước tăng một triệu đồng. Người mua xếp hàng dài.\n";

/// A tone as samples.
fn tone(hertz: f64, seconds: f64, strength: f64, rate: u32) -> Vec<f32> {
    let step = TAU * hertz / f64::from(rate);
    let samples = (seconds * f64::from(rate)) as usize;
    (0..samples).map(|n| (strength * libm::sin(step * n as f64)) as f32).collect()
}

/// A WAV file with the same sound in all its channels.
fn wav(path: &Path, samples: &[f32], rate: u32, channels: u16) {
    let sample_format = SampleFormat::Int;
    let spec = WavSpec { channels, sample_rate: rate, bits_per_sample: 16, sample_format };
    let mut wav = WavWriter::create(path, spec).unwrap();
    for sample in samples {
        (0..channels).for_each(|_| wav.write_sample((sample * 32767.0) as i16).unwrap());
    }
    wav.finalize().unwrap();
}

/// A request for two articles in one recording, or for the first alone.
fn request(articles: &[&str]) -> Request {
    let source = |text: &&str| Source::Text { name: "a.txt".to_owned(), text: (*text).to_owned() };
    let mut request = Request::new(Source::Several(articles.iter().map(source).collect()));
    request.voice = VoiceSettings::of(TONE);
    let kept = |name: &str, content| Output { target: Target::Kept(name.to_owned()), content };
    let audio = Content::Audio { format: "wav".to_owned(), sample_rate: Some(RATE), bitrate: None };
    let json = Content::Captions { format: "json".to_owned() };
    request.outputs.files = vec![kept("wav", audio), kept("json", json)];
    request
}

/// The request with a file of music.
fn with(mut request: Request, role: Role, path: &Path) -> Request {
    let music = Music::of(role, path.to_owned(), None).unwrap();
    request.design.music.insert(role, music);
    request
}

/// What came of a request.
struct Made {
    samples: Vec<f32>,
    sentences: Vec<SentenceMark>,
    produced: Box<Produced>,
}

impl Made {
    fn of(request: &Request) -> Made {
        let performed = perform(&Context::default(), request, &mut |_| Ok(())).unwrap();
        let Performed { outcome: Outcome::Made(produced), kept } = performed else {
            panic!("{performed:?}")
        };
        let folder = tempfile::tempdir().unwrap();
        for mut kept in kept {
            let mut file = fs::File::create(folder.path().join(&kept.name)).unwrap();
            io::copy(&mut kept.content, &mut file).unwrap();
        }
        let (samples, rate) = decoded(&folder.path().join("wav"));
        assert_eq!(rate, RATE);
        let text = docbao::read(&request.source, &request.reading).unwrap().text;
        let sentences = read_marks(&folder.path().join("json"), &text).unwrap();
        assert!((produced.speech_seconds - samples.len() as f64 / f64::from(RATE)).abs() < 1e-4);
        Made { samples, sentences, produced }
    }

    fn words(&self) -> Vec<&WordMark> {
        self.sentences.iter().flat_map(|sentence| &sentence.words).collect()
    }

    /// When the first word of a text is heard, in seconds.
    fn start(&self, text: &str) -> f64 {
        let sentence = self.sentences.iter().find(|sentence| sentence.text.starts_with(text));
        sentence.unwrap_or_else(|| panic!("no sentence begins with {text}")).start_ms / 1000.0
    }

    /// When the last word before a sentence ends, in seconds; the last of all if there is none such.
    fn end_before(&self, text: &str) -> f64 {
        let at = self.sentences.iter().position(|sentence| sentence.text.starts_with(text));
        self.sentences[at.unwrap_or(self.sentences.len()) - 1].end_ms / 1000.0
    }

    fn seconds(&self) -> f64 {
        self.samples.len() as f64 / f64::from(RATE)
    }

    /// The strength of a frequency in the 40 ms around a time: Goertzel's filter with a Hann window.
    fn strength(&self, hertz: f64, seconds: f64) -> f64 {
        let half = f64::from(RATE) * 0.02;
        let middle = seconds * f64::from(RATE);
        let from = (middle - half).max(0.0) as usize;
        let to = ((middle + half) as usize).min(self.samples.len());
        let (mut real, mut imaginary, mut sum) = (0.0, 0.0, 0.0);
        for (n, sample) in self.samples[from..to].iter().enumerate() {
            let share = (n as f64 + 0.5) / (to - from) as f64;
            let window = 0.5 - 0.5 * libm::cos(TAU * share);
            let angle = TAU * hertz * n as f64 / f64::from(RATE);
            real += window * f64::from(*sample) * libm::cos(angle);
            imaginary += window * f64::from(*sample) * libm::sin(angle);
            sum += window;
        }
        2.0 * (real * real + imaginary * imaginary).sqrt() / sum
    }

    /// The loudness of a stretch, in LUFS.
    fn loudness(&self, from: f64, to: f64) -> f64 {
        let at = |seconds: f64| (seconds * f64::from(RATE)) as usize;
        let mut meter = Meter::new(RATE).unwrap();
        meter.add(&self.samples[at(from)..at(to)]);
        meter.finish().integrated_lufs
    }
}

/// The first article alone, and both, without music.
fn plain(articles: &[&str]) -> &'static Made {
    static ONE: OnceLock<Made> = OnceLock::new();
    static TWO: OnceLock<Made> = OnceLock::new();
    let (cell, all) =
        if articles.len() == 1 { (&ONE, &[FIRST][..]) } else { (&TWO, &[FIRST, SECOND][..]) };
    cell.get_or_init(|| Made::of(&request(all)))
}

fn decibels(ratio: f64) -> f64 {
    20.0 * ratio.log10()
}

/// A folder with an intro of 4 s at 3 kHz, a sting of 2 s at 4 kHz, an outro of 3 s at 5 kHz, and a bed of
/// 7 s at 6 kHz.
struct Tunes(TempDir);

const INTRO: f64 = 3000.0;
const STING: f64 = 4000.0;
const OUTRO: f64 = 5000.0;
const BED: f64 = 6000.0;

impl Tunes {
    fn new() -> Tunes {
        let tunes = Tunes(tempfile::tempdir().unwrap());
        for (name, hertz, seconds) in
            [("intro", INTRO, 4.0), ("sting", STING, 2.0), ("outro", OUTRO, 3.0), ("bed", BED, 7.0)]
        {
            wav(&tunes.path(name), &tone(hertz, seconds, 0.3, RATE), RATE, 1);
        }
        tunes
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(format!("{name}.wav"))
    }

    /// The request with all the jingles.
    fn jingles(&self, request: Request) -> Request {
        let request = with(request, Role::Intro, &self.path("intro"));
        let request = with(request, Role::Outro, &self.path("outro"));
        with(request, Role::Sting, &self.path("sting"))
    }

    fn bed(&self, request: Request) -> Request {
        with(request, Role::Bed, &self.path("bed"))
    }
}

#[test]
fn jingles_are_heard_in_their_places_and_words_as_much_later() {
    let tunes = Tunes::new();
    let mut asked = tunes.jingles(request(&[FIRST, SECOND]));
    asked.design.mix.crossfade = 1.0;
    let (made, plain) = (Made::of(&asked), plain(&[FIRST, SECOND]));
    let (first, second) = (made.start("Mưa lớn"), made.start("Giá vàng tăng"));
    let (over, last) = (made.end_before("Giá vàng tăng"), made.end_before("-"));

    // The intro is by itself for 3 s, and goes under the first second of speech.
    assert!((first - 3.0).abs() < 0.001, "{first}");
    let whole = made.strength(INTRO, 1.5);
    assert!(whole > 0.01, "{whole}");
    assert!(decibels(made.strength(INTRO, 0.03) / whole).abs() < 0.2);
    assert!(decibels(made.strength(INTRO, 2.9) / whole).abs() < 0.2);
    let half = decibels(made.strength(INTRO, 3.5) / whole);
    assert!((half + 12.04).abs() < 0.5, "{half} dB in the middle of the fade");
    assert!(decibels(made.strength(INTRO, 4.05) / whole) < -50.0);

    // The sting is between the articles, with silence after it.
    let sting = second - 0.4 - 2.0;
    assert!(sting > over + 0.3, "it begins at {sting}, and the last word ends at {over}");
    let whole = made.strength(STING, sting + 1.0);
    for (at, is_heard) in [
        (over, false),
        (sting - 0.03, false),
        (sting + 0.03, true),
        (sting + 1.97, true),
        (sting + 2.03, false),
        (second + 0.5, false),
    ] {
        let here = decibels(made.strength(STING, at) / whole);
        assert!(if is_heard { here.abs() < 0.2 } else { here < -50.0 }, "{at}: {here} dB");
    }

    // The outro begins a second before the last word ends, and the recording ends with it.
    let whole = made.strength(OUTRO, last + 1.0);
    assert!(decibels(made.strength(OUTRO, last - 1.05) / whole) < -50.0);
    let half = decibels(made.strength(OUTRO, last - 0.5) / whole);
    assert!((half + 12.04).abs() < 0.5, "{half} dB in the middle of the fade");
    assert!((made.seconds() - (last - 1.0 + 3.0)).abs() < 0.002, "{} {last}", made.seconds());

    // Every word is as much later as the music before it is long, and is heard there.
    let (words, before) = (made.words(), plain.words());
    assert_eq!(words.len(), before.len());
    let border = plain.start("Giá vàng tăng") * 1000.0;
    let shifts: [f64; 2] = [first - plain.start("Mưa"), second - plain.start("Giá vàng tăng")];
    for (word, before) in words.iter().zip(&before) {
        let shift = 1000.0 * shifts[usize::from(before.start_ms >= border)];
        assert!((word.start_ms - before.start_ms - shift).abs() < 0.06, "{word:?}, {before:?}");
        assert!((word.end_ms - before.end_ms - shift).abs() < 0.06, "{word:?}, {before:?}");
    }
    let sample = |seconds: f64| (seconds * f64::from(RATE)).round() as usize;
    for (shift, from, to) in [(shifts[0], first + 1.1, over), (shifts[1], second + 0.1, last - 1.1)]
    {
        let (from, to) = (sample(from), sample(to));
        let difference = |shift: usize| {
            let here = &made.samples[from..to];
            let there = &plain.samples[from - shift..to - shift];
            here.iter().zip(there).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
        };
        let shift = sample(shift);
        let least = (shift - 2..=shift + 2).map(difference).fold(f32::MAX, f32::min);
        assert!(least < 2.0 / 32767.0, "the speech differs by {least}");
    }

    // A chapter begins with its speech, the first with the recording; together they are all of it.
    let chapters = &made.produced.chapters;
    let times: Vec<_> = chapters.iter().map(|chapter| (chapter.start_ms, chapter.end_ms)).collect();
    assert_eq!(times.len(), 2);
    assert_eq!(times[0].0, 0.0);
    assert_eq!((times[0].1, times[1].0), (second * 1000.0, second * 1000.0));
    assert!((times[1].1 - made.seconds() * 1000.0).abs() < 0.1);
}

#[test]
fn a_jingle_is_as_loud_as_asked_whatever_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let sound = |rate: u32, strength: f64| tone(INTRO, 3.0, strength, rate);
    wav(&path("loud.wav"), &sound(8000, 0.9), 8000, 1);
    wav(&path("quiet-stereo.wav"), &sound(48_000, 0.01), 48_000, 2);
    wav(&path("high.wav"), &sound(96_000, 0.2), 96_000, 2);
    let mut files = vec!["loud.wav", "quiet-stereo.wav", "high.wav"];
    for (name, kind, rate) in [
        ("a.flac", "flac", 44_100),
        ("a.m4a", "m4a", 44_100),
        ("a.opus", "opus", 48_000),
        #[cfg(feature = "mp3")]
        ("a.mp3", "mp3", 44_100),
    ] {
        let encoding = Encoding::new(format(kind), None, None).unwrap();
        let mut file = AtomicFile::create(&path(name)).unwrap();
        let mut writer =
            formats::create(&mut file, &encoding, rate, &Tags::default(), &[]).unwrap();
        writer.write(&sound(rate, 0.5)).unwrap();
        writer.finish().unwrap();
        file.finish().unwrap();
        files.push(name);
    }
    let speech = plain(&[FIRST]);
    let speech = speech.loudness(0.0, speech.seconds());
    for (name, level) in files.into_iter().zip([-3.0, 0.0, -10.0].into_iter().cycle()) {
        let mut asked = with(request(&[FIRST]), Role::Intro, &path(name));
        asked.design.mix.jingle_level = level;
        let made = Made::of(&asked);
        // Fades are not measured.
        let heard = made.loudness(0.1, made.start("Mưa lớn")) - speech;
        assert!((heard - f64::from(level)).abs() < 0.3, "{name}: {heard} LU for {level}");
    }
}

#[test]
fn a_bed_is_soft_under_speech_and_comes_up_in_long_pauses() {
    let tunes = Tunes::new();
    let mut asked = tunes.bed(request(&[FIRST]));
    asked.design.mix.crossfade = 1.0;
    let made = Made::of(&asked);
    let (pause, back) = (made.end_before("Dân đã"), made.start("Dân đã"));
    assert!(back - pause > 4.5);
    let speech = plain(&[FIRST]);
    let speech = speech.loudness(0.0, speech.seconds());
    let mut meter = Meter::new(RATE).unwrap();
    meter.add(&tone(BED, 7.0, 0.3, RATE));
    let bed = meter.finish().integrated_lufs;
    let expected = |level: f64| 0.3 * libm::pow(10.0, (speech + level - bed) / 20.0);
    for (at, level) in [
        (made.start("Sáng nay") + 0.5, -18.0),
        (pause - 0.03, -18.0),
        (pause + 0.5, -14.0),
        (pause + 1.05, -10.0),
        (back - 0.35, -10.0),
        (back - 0.15, -14.0),
        (back + 0.03, -18.0),
        (back + 1.0, -18.0),
    ] {
        let off = decibels(made.strength(BED, at) / expected(level));
        // Where it begins anew, the tone meets itself in some phase.
        assert!(off.abs() < 0.7, "{at}: {off} dB beside {level} LU");
    }
    // It comes with the recording, and goes after the last word.
    let last = made.end_before("-");
    assert!(decibels(made.strength(BED, 0.03) / expected(-18.0)) < -20.0);
    let half = decibels(made.strength(BED, last + 0.5) / expected(-18.0));
    assert!((half + 6.0).abs() < 0.7, "{half}");
    assert!((made.seconds() - (last + 1.0)).abs() < 0.002);
}

#[test]
fn a_bed_begins_anew_without_click_or_hole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bed.wav");
    // As encoders leave it: with silence at both ends.
    let silence = vec![0.0; 5000];
    let bed: Vec<f32> = noise(3 * RATE as usize).iter().map(|sample| sample * 0.3).collect();
    wav(&path, &[&silence[..], &bed, &silence].concat(), RATE, 1);
    let mut asked = with(request(&[FIRST]), Role::Bed, &path);
    asked.design.mix = MixSettings {
        crossfade: 0.5,
        bed_level: -6.0,
        bed_pause_level: -6.0,
        ..MixSettings::default()
    };
    let made = Made::of(&asked);
    // What is left of the speech, all of which lies far below, does not matter.
    let high: Vec<f32> = made.samples.windows(3).map(|w| w[0] - 2.0 * w[1] + w[2]).collect();
    let power = |samples: &[f32]| samples.iter().map(|s| s * s).sum::<f32>() / samples.len() as f32;
    let at = |seconds: f64| (seconds * f64::from(RATE)) as usize;
    let inside = &high[at(0.6)..at(made.end_before("-"))];
    let mean = power(inside);
    for (number, frame) in inside.chunks_exact(at(0.05)).enumerate() {
        let off = 10.0 * (power(frame) / mean).log10();
        assert!(off.abs() < 1.5, "{off} dB, frame {number}");
    }
    // After 2.5 s it is the same again.
    let (one, again) = (at(0.6)..at(2.4), at(3.1)..at(4.9));
    let difference: Vec<f32> = high[one].iter().zip(&high[again]).map(|(a, b)| a - b).collect();
    assert!(power(&difference) < mean / 1000.0, "{} of {mean}", power(&difference));
}

#[test]
fn fades_do_not_click() {
    let tunes = Tunes::new();
    for crossfade in [0.0, 0.3, 1.5] {
        let mut asked = tunes.bed(tunes.jingles(request(&[FIRST, SECOND])));
        asked.design.mix.crossfade = crossfade;
        let made = Made::of(&asked);
        let speech = made.start("Sáng nay")..made.end_before("Dân đã");
        let bend = |from: f64, to: f64| {
            let at = |seconds: f64| (seconds * f64::from(RATE)) as usize;
            let stretch = &made.samples[at(from)..at(to).min(made.samples.len())];
            stretch.windows(3).map(|w| (w[0] - 2.0 * w[1] + w[2]).abs()).fold(0.0, f32::max)
        };
        let loudest = [
            bend(1.0, 2.0),
            bend(speech.start, speech.end),
            bend(made.seconds() - 1.5, made.seconds() - 0.5),
        ];
        let loudest = loudest.into_iter().sum::<f32>();
        let (first, last) = (made.start("Mưa lớn"), made.end_before("-"));
        for (from, to) in [(first - 0.2, first + 2.0), (last - 2.0, last + 0.3)] {
            assert!(bend(from, to) <= loudest, "{crossfade}: {} of {loudest}", bend(from, to));
        }
    }
}

#[test]
fn a_bed_is_under_what_was_asked() {
    let tunes = Tunes::new();
    let both = [FIRST, SECOND];
    let sound = |under| {
        let mut asked = tunes.bed(with(request(&both), Role::Sting, &tunes.path("sting")));
        asked.design.mix.bed_under = under;
        asked.design.mix.crossfade = 0.5;
        Made::of(&asked)
    };
    let heard = |made: &Made, at: f64| made.strength(BED, at) > 0.0003;
    for (under, title, text, second, rest) in [
        (BedUnder::All, true, true, true, true),
        (BedUnder::Headlines, true, false, true, false),
        (BedUnder::Opening, true, false, false, false),
    ] {
        let made = sound(under);
        let places = [
            (made.start("Mưa lớn") + 0.5, title),
            (made.start("Đường ngập") + 0.5, text),
            (made.start("Giá vàng tăng") + 0.5, second),
            (made.start("Người mua") + 0.5, rest),
            // It is gone while a sting is heard.
            (made.start("Giá vàng tăng") - 1.4, false),
        ];
        for (at, expected) in places {
            assert_eq!(heard(&made, at), expected, "{under:?} at {at}");
        }
    }
}

#[test]
fn a_sting_may_overlap() {
    let tunes = Tunes::new();
    let mut asked = with(request(&[FIRST, SECOND]), Role::Sting, &tunes.path("sting"));
    asked.design.mix.sting_overlap = 0.25;
    let made = Made::of(&asked);
    let (over, second) = (made.end_before("Giá vàng tăng"), made.start("Giá vàng tăng"));
    assert!((second - over - 1.5).abs() < 0.002, "{} s between the articles", second - over);
    let whole = made.strength(STING, over + 0.7);
    for at in [over - 0.12, second + 0.12] {
        let half = decibels(made.strength(STING, at) / whole);
        assert!((-16.0..-9.0).contains(&half), "{at}: {half}");
    }
    assert!(decibels(made.strength(STING, over - 0.3) / whole) < -50.0);
}

#[test]
fn the_loudness_and_the_peaks_of_a_preset_hold_with_music() {
    let tunes = Tunes::new();
    for preset in ["none", "apple", "spotify", "acx"] {
        let mut asked = tunes.bed(tunes.jingles(request(&[FIRST, SECOND])));
        asked.outputs.loudness = Some(preset.to_owned());
        asked.design.mix.jingle_level = 6.0;
        let made = Made::of(&asked);
        let loudness = &made.produced.loudness;
        assert!(loudness.true_peak_dbtp <= -0.95, "{preset}: {loudness}");
        let mut faults = made.produced.faults.clone();
        // Music is no room tone.
        faults.retain(|fault| !fault.to_string().contains("noise floor"));
        assert!(faults.is_empty(), "{preset}: {faults:?}");
    }
}

#[test]
fn the_same_bytes_come_out_at_any_number_of_threads() {
    let tunes = Tunes::new();
    let mut asked = tunes.bed(tunes.jingles(request(&[FIRST, SECOND])));
    let target = Target::Kept("opus".to_owned());
    asked.outputs.files.push(Output { target, content: Content::audio("opus") });
    asked.outputs.loudness = Some("apple".to_owned());
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let context = Context::default();
        let performed = pool.install(|| perform(&context, &asked, &mut |_| Ok(()))).unwrap();
        let read = |mut kept: docbao::Kept| {
            let mut bytes = Vec::new();
            io::copy(&mut kept.content, &mut bytes).unwrap();
            bytes
        };
        performed.kept.into_iter().map(read).collect::<Vec<_>>()
    };
    let one = bytes(1);
    assert_eq!(one.len(), 3);
    assert!(one == bytes(2), "two threads make other bytes than one");
}

#[test]
fn music_that_cannot_be_used_is_told_by_file_and_setting() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    wav(&path("silent.wav"), &vec![0.0; 20_000], 8000, 1);
    wav(&path("faint.wav"), &tone(1000.0, 2.0, 0.0002, 8000), 8000, 1);
    wav(&path("hour.wav"), &tone(1000.0, 301.0, 0.2, 8000), 8000, 1);
    wav(&path("short.wav"), &tone(1000.0, 2.9, 0.2, 8000), 8000, 1);
    wav(&path("slow.wav"), &tone(100.0, 2.0, 0.2, 4000), 4000, 1);
    fs::write(path("text.wav"), "RIFF? Mưa to.").unwrap();
    let whole = fs::read(path("short.wav")).unwrap();
    fs::write(path("empty.wav"), &whole[..44]).unwrap();
    for (name, role, reason) in [
        ("silent.wav", Role::Intro, "is silent"),
        ("faint.wav", Role::Outro, "is silent"),
        ("empty.wav", Role::Sting, ""),
        ("hour.wav", Role::Intro, "is longer than 5 minutes"),
        ("short.wav", Role::Bed, "at least twice as long as `crossfade`"),
        ("slow.wav", Role::Bed, "4000 samples per second"),
        ("text.wav", Role::Sting, "cannot be played"),
    ] {
        let asked = with(request(&[FIRST]), role, &path(name));
        let error = perform(&Context::default(), &asked, &mut |_| Ok(())).unwrap_err();
        let said = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Input, "{said}");
        let role = format!("`{role}`");
        assert!([name, &role, reason].iter().all(|part| said.contains(part)), "{name}: {said}");
    }
    // A bed may be as long as a jingle must not be.
    let asked = with(request(&[SECOND]), Role::Bed, &path("hour.wav"));
    assert!(Made::of(&asked).strength(1000.0, 2.0) > 0.0003);
}
