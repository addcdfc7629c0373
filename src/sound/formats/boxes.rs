//! The boxes of an MP4 file (ISO/IEC 14496-12 and 14496-14, and Apple's QuickTime File Format for
//! chapters and tags).

use super::vorbis::VENDOR;
use crate::model::tags::{Chapter, Tags};

/// What the boxes say of the sound.
pub(super) struct Sound<'a> {
    /// Samples per second; also the unit of all times.
    pub rate: u32,
    /// Samples that are heard.
    pub samples: u32,
    /// Samples that come out of the decoder before them.
    pub delay: u32,
    /// Samples of each packet.
    pub frame: u32,
    /// Bytes of each packet, in order.
    pub sizes: &'a [u32],
    /// AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1).
    pub config: &'a [u8],
    /// An audiobook, not a song.
    pub book: bool,
}

/// Packets that are stored together; about one second of sound.
const CHUNK: usize = 40;

/// Units per second in the track of chapters.
const MILLISECONDS: u32 = 1000;

/// Media kinds in `stik` (as iTunes writes it): an audiobook.
const AUDIOBOOK: u8 = 2;

/// A box: its length, its name, what is in it.
fn boxed(name: &[u8; 4], content: &[&[u8]]) -> Vec<u8> {
    let length = 8 + content.iter().map(|part| part.len()).sum::<usize>();
    let mut bytes = Vec::with_capacity(length);
    bytes.extend_from_slice(&(length as u32).to_be_bytes());
    bytes.extend_from_slice(name);
    content.iter().for_each(|part| bytes.extend_from_slice(part));
    bytes
}

/// Numbers of 32 bits, one after the other.
fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// The unit matrix of 14496-12, 8.2.2.
const MATRIX: [u32; 9] = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000];

/// Everything before the bytes of the packets: `ftyp`, `moov` and the head of `mdat`. After the
/// packets come the [`chapter_samples`].
pub(super) fn head(sound: &Sound, tags: &Tags, chapters: &[Chapter]) -> Vec<u8> {
    let texts = chapter_samples(chapters);
    let packets: u64 = sound.sizes.iter().map(|size| u64::from(*size)).sum();
    let mdat = 8 + packets + texts.iter().map(|text| text.len() as u64).sum::<u64>();
    let brand: &[u8] = if sound.book { b"M4B " } else { b"M4A " };
    let mut bytes = boxed(b"ftyp", &[brand, &words(&[0x200]), brand, b"mp42isom"]);
    // The places of the packets depend on the length of `moov`, but not the other way round.
    let length = moov(sound, tags, chapters, &texts, 0).len();
    let start = bytes.len() + length + 8;
    bytes.extend(moov(sound, tags, chapters, &texts, start as u32));
    bytes.extend_from_slice(&(mdat as u32).to_be_bytes());
    bytes.extend_from_slice(b"mdat");
    bytes
}

/// The names of chapters as they lie in the file: each after its length in bytes, with a box that
/// says UTF-8.
pub(super) fn chapter_samples(chapters: &[Chapter]) -> Vec<Vec<u8>> {
    let sample = |chapter: &Chapter| {
        let title = short(&chapter.title, usize::from(u16::MAX));
        let mut sample = (title.len() as u16).to_be_bytes().to_vec();
        sample.extend_from_slice(title.as_bytes());
        sample.extend(boxed(b"encd", &[&words(&[0x100])]));
        sample
    };
    chapters.iter().map(sample).collect()
}

/// The start of a text that takes no more than `most` bytes.
fn short(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn moov(
    sound: &Sound,
    tags: &Tags,
    chapters: &[Chapter],
    texts: &[Vec<u8>],
    start: u32,
) -> Vec<u8> {
    let tracks = if chapters.is_empty() { 1 } else { 2 };
    // Times; speed 1 and full volume; reserved.
    let movie = words(&[0, 0, 0, sound.rate, sound.samples, 0x10000, 0x0100_0000, 0, 0]);
    let mvhd = boxed(b"mvhd", &[&movie, &words(&MATRIX), &words(&[0; 6]), &words(&[tracks + 1])]);
    let audio = audio_track(sound, tags, start, tracks == 2);
    let text = if tracks == 2 {
        let after = sound.sizes.iter().fold(start, |place, size| place.wrapping_add(*size));
        chapter_track(sound, tags, chapters, texts, after)
    } else {
        Vec::new()
    };
    boxed(b"moov", &[&mvhd, &audio, &text, &user_data(sound, tags, chapters)])
}

fn audio_track(sound: &Sound, tags: &Tags, start: u32, chapters: bool) -> Vec<u8> {
    let length = sound.sizes.len() as u32 * sound.frame;
    let edit = words(&[0, 1, sound.samples, sound.delay, 0x10000]);
    let edits = boxed(b"edts", &[&boxed(b"elst", &[&edit])]);
    let reference =
        if chapters { boxed(b"tref", &[&boxed(b"chap", &[&words(&[2])])]) } else { Vec::new() };

    let chunk_sizes = sound.sizes.chunks(CHUNK).map(|chunk| chunk.iter().sum::<u32>());
    let places: Vec<u32> = chunk_sizes
        .scan(start, |place, size| {
            let this = *place;
            *place = place.wrapping_add(size);
            Some(this)
        })
        .collect();
    let (whole, rest) = (sound.sizes.len() / CHUNK, sound.sizes.len() % CHUNK);
    let mut runs = Vec::new();
    if whole > 0 {
        runs.push([1, CHUNK as u32, 1]);
    }
    if rest > 0 {
        runs.push([whole as u32 + 1, rest as u32, 1]);
    }
    let tables = Tables {
        entry: sample_entry(sound),
        times: vec![[sound.sizes.len() as u32, sound.frame]],
        runs,
        sizes: sound.sizes,
        places: &places,
    };
    let sound_head = boxed(b"smhd", &[&words(&[0, 0])]);
    let media = media(sound.rate, length, tags, b"soun", &sound_head, &tables.boxed());
    boxed(b"trak", &[&track_head(1, 7, sound.samples, 0x0100), &edits, &reference, &media])
}

fn chapter_track(
    sound: &Sound,
    tags: &Tags,
    chapters: &[Chapter],
    texts: &[Vec<u8>],
    start: u32,
) -> Vec<u8> {
    let total = u64::from(sound.samples) * u64::from(MILLISECONDS) / u64::from(sound.rate.max(1));
    let total = total as u32;
    // Chapters of this kind follow one another without gaps, the first from the start on.
    let begin = |at: usize| match chapters.get(at) {
        Some(_) if at == 0 => 0,
        Some(chapter) => (chapter.start_ms.max(0.0).round() as u32).min(total),
        None => total,
    };
    let times =
        (0..chapters.len()).map(|at| [1, begin(at + 1).saturating_sub(begin(at))]).collect();
    let sizes: Vec<u32> = texts.iter().map(|text| text.len() as u32).collect();
    // A text of no looks (QuickTime File Format, "text sample description"): nobody draws it.
    let entry = boxed(b"text", &[&[0, 0, 0, 0, 0, 0, 0, 1], &[0; 43]]);
    let tables = Tables {
        entry,
        times,
        runs: vec![[1, texts.len() as u32, 1]],
        sizes: &sizes,
        places: &[start],
    };
    let matrix = boxed(b"text", &[&words(&MATRIX)]);
    let base = boxed(b"gmin", &[&words(&[0, 0x0040_8000, 0x8000_8000, 0])]);
    let media = media(
        MILLISECONDS,
        total,
        tags,
        b"text",
        &boxed(b"gmhd", &[&base, &matrix]),
        &tables.boxed(),
    );
    boxed(b"trak", &[&track_head(2, 2, sound.samples, 0), &media])
}

/// `flags`: 1 enabled, 2 in the movie, 4 in its preview. The volume is in 8.8 bits.
fn track_head(track: u32, flags: u32, duration: u32, volume: u16) -> Vec<u8> {
    let mut head = words(&[flags, 0, 0, track, 0, duration, 0, 0]);
    head.extend([0; 4]);
    head.extend(volume.to_be_bytes());
    head.extend([0; 2]);
    head.extend(words(&MATRIX));
    head.extend(words(&[0, 0]));
    boxed(b"tkhd", &[&head])
}

fn media(
    timescale: u32,
    duration: u32,
    tags: &Tags,
    handler: &[u8; 4],
    head: &[u8],
    tables: &[u8],
) -> Vec<u8> {
    let language = tags.language_639_2().unwrap_or_else(|| "und".to_owned());
    // Three letters of five bits (14496-12, 8.4.2).
    let packed = language.bytes().fold(0, |bits, letter| bits << 5 | u32::from(letter - 0x60));
    let media_head = boxed(b"mdhd", &[&words(&[0, 0, 0, timescale, duration, packed << 16])]);
    let kind = boxed(b"hdlr", &[&words(&[0, 0]), handler, &words(&[0, 0, 0]), &[0]]);
    let here = boxed(b"url ", &[&words(&[1])]);
    let data = boxed(b"dinf", &[&boxed(b"dref", &[&words(&[0, 1]), &here])]);
    boxed(b"mdia", &[&media_head, &kind, &boxed(b"minf", &[head, &data, tables])])
}

/// Where the samples of a track lie, and when each is due.
struct Tables<'a> {
    entry: Vec<u8>,
    /// Counts and durations.
    times: Vec<[u32; 2]>,
    /// First chunk, samples of a chunk, entry.
    runs: Vec<[u32; 3]>,
    sizes: &'a [u32],
    /// Of the chunks.
    places: &'a [u32],
}

impl Tables<'_> {
    fn boxed(&self) -> Vec<u8> {
        let table = |name: &[u8; 4], count: usize, head: &[u32], rows: &[u32]| {
            boxed(name, &[&words(&[0]), &words(head), &words(&[count as u32]), &words(rows)])
        };
        boxed(
            b"stbl",
            &[
                &boxed(b"stsd", &[&words(&[0, 1]), &self.entry]),
                &table(b"stts", self.times.len(), &[], self.times.as_flattened()),
                &table(b"stsc", self.runs.len(), &[], self.runs.as_flattened()),
                &table(b"stsz", self.sizes.len(), &[0], self.sizes),
                &table(b"stco", self.places.len(), &[], self.places),
            ],
        )
    }
}

/// `mp4a` with its decoder's configuration (14496-14, 5.6; 14496-1, 7.2.6).
fn sample_entry(sound: &Sound) -> Vec<u8> {
    let bits: u64 = sound.sizes.iter().map(|size| u64::from(*size) * 8).sum();
    let seconds = u64::from(sound.sizes.len() as u32) * u64::from(sound.frame);
    let average = (bits * u64::from(sound.rate)).checked_div(seconds).unwrap_or(0) as u32;
    let largest = sound.sizes.iter().copied().max().unwrap_or(0);
    let highest = (u64::from(largest) * 8 * u64::from(sound.rate) / u64::from(sound.frame)) as u32;

    let descriptor = |tag: u8, parts: &[&[u8]]| {
        let mut bytes = vec![tag, parts.iter().map(|part| part.len()).sum::<usize>() as u8];
        parts.iter().for_each(|part| bytes.extend_from_slice(part));
        bytes
    };
    let specific = descriptor(5, &[sound.config]);
    // MPEG-4 audio, an audio stream.
    let decoder = [&[0x40, 0x15][..], &largest.to_be_bytes()[1..]].concat();
    let decoder = descriptor(4, &[&decoder, &words(&[highest, average]), &specific]);
    let elementary = descriptor(3, &[&[0, 0, 0], &decoder, &descriptor(6, &[&[2]])]);
    let esds = boxed(b"esds", &[&words(&[0]), &elementary]);

    let mut entry = vec![0, 0, 0, 0, 0, 0, 0, 1];
    entry.extend(words(&[0, 0, 0x0001_0010, 0, sound.rate << 16]));
    boxed(b"mp4a", &[&entry, &esds])
}

/// Tags as iTunes has them, and chapters as Nero has them.
fn user_data(sound: &Sound, tags: &Tags, chapters: &[Chapter]) -> Vec<u8> {
    let mut items = Vec::new();
    let mut item = |name: &[u8; 4], kind: u32, data: &[u8]| {
        items.extend(boxed(name, &[&boxed(b"data", &[&words(&[kind, 0]), data])]));
    };
    const UTF_8: u32 = 1;
    let vendor = Some(VENDOR.to_owned());
    let texts = [
        (b"\xa9nam", &tags.title),
        (b"\xa9ART", &tags.author),
        (b"\xa9alb", &tags.album),
        (b"\xa9day", &tags.date),
        (b"\xa9cmt", &tags.comment),
        (b"purl", &tags.source_url),
        (b"\xa9too", &vendor),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            item(name, UTF_8, text.as_bytes());
        }
    }
    if let Some(track) = tags.track {
        let track = u16::try_from(track).unwrap_or(u16::MAX).to_be_bytes();
        item(b"trkn", 0, &[0, 0, track[0], track[1], 0, 0, 0, 0]);
    }
    if sound.book {
        item(b"stik", 21, &[AUDIOBOOK]);
    }
    if let Some(cover) = &tags.cover {
        let kind = if cover.mime == "image/png" { 14 } else { 13 };
        item(b"covr", kind, &cover.bytes);
    }
    let kind = boxed(b"hdlr", &[&words(&[0, 0]), b"mdirappl", &words(&[0, 0]), &[0]]);
    let meta = boxed(b"meta", &[&words(&[0]), &kind, &boxed(b"ilst", &[&items])]);
    let chapters = if chapters.is_empty() { Vec::new() } else { nero_chapters(chapters) };
    boxed(b"udta", &[&meta, &chapters])
}

/// `chpl`, which has room for 255.
fn nero_chapters(chapters: &[Chapter]) -> Vec<u8> {
    let listed = &chapters[..chapters.len().min(255)];
    let mut content = words(&[0x0100_0000, 0]);
    content.push(listed.len() as u8);
    for chapter in listed {
        // In units of 100 ns.
        content.extend(((chapter.start_ms.max(0.0) * 10_000.0).round() as u64).to_be_bytes());
        let title = short(&chapter.title, 255);
        content.push(title.len() as u8);
        content.extend_from_slice(title.as_bytes());
    }
    boxed(b"chpl", &[&content])
}
