//! The last step of a job: its files are written.

use std::cell::Cell;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use crate::files;
use crate::job::book::{self, Narration};
use crate::job::chapters::Chapters;
use crate::job::destination::{Destination, Whole};
use crate::job::outcome::{Kept, Progress, Watcher};
use crate::job::plan::{Plan, Sound};
use crate::job::timeline::Timeline;
use crate::model::error::Error;
use crate::model::request::Target;
use crate::model::tags::{Chapter, Tags};
use crate::sound::captions::{self, CaptionInfo};
use crate::sound::formats;
use crate::sound::master::{Master, Measured, Preset};
use crate::sound::page::{self, PageInfo, PageSound};
use crate::voice::EngineInfo;

/// The most by which the peaks are lowered for what the encoder adds to them, in dB. If an encoder
/// adds more, that is reported.
const MOST_HEADROOM: f64 = 3.0;

/// By how much lower than needed the next try is made, in dB.
const MARGIN: f64 = 0.1;

/// Files that are whole, and what is known of the sound.
pub(super) struct Written {
    /// In the order in which they take their names.
    files: Vec<Whole>,
    /// How the main sound measures.
    pub loudness: Measured,
    /// Its chapters.
    pub chapters: Vec<Chapter>,
}

impl Written {
    /// Gives the files their names, in order; what is not a file is handed back.
    ///
    /// # Errors
    /// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if a file cannot be renamed.
    pub(super) fn publish(self) -> Result<Vec<Kept>, Error> {
        let (mut sealed, mut kept) = (Vec::new(), Vec::new());
        for file in self.files {
            match file {
                Whole::File(file) => sealed.push(file),
                Whole::Kept(one) => kept.push(one),
            }
        }
        files::publish(sealed)?;
        Ok(kept)
    }
}

/// Writes all files of a plan; none has its name yet.
///
/// # Errors
/// As the writers of the formats, and what `watcher` says, which is called now and then.
pub(super) fn all(
    plan: &Plan,
    tags: &Tags,
    timeline: &Timeline,
    sound: &mut Master,
    info: &EngineInfo,
    watcher: &mut Watcher,
) -> Result<Written, Error> {
    let utterances = timeline.utterances();
    let sounds = 1 + plan.others.len();
    let all = (timeline.seconds() * sounds as f64).max(f64::MIN_POSITIVE);
    // How many seconds of how many sounds are written.
    let (written, mut begun) = (Cell::new(0.0), 0);
    let mut check = |seconds: f64| {
        written.set(written.get() + seconds);
        let share = (100.0 * written.get() / all).min(99.0) as u8;
        watcher(Progress { spoken: utterances, of: utterances, written: share })
    };
    let (mut files, chapters) = write_captions(plan, tags, timeline, info, &mut check)?;
    for target in &plan.scripts {
        let mut destination = Destination::create(target)?;
        let failed = |cause| Error::write(target.name(), cause);
        let mut out = BufWriter::new(destination.out());
        serde_json::to_writer(&mut out, &timeline.script()).map_err(|it| failed(it.into()))?;
        out.flush().map_err(failed)?;
        drop(out);
        files.push(destination.finish()?);
    }
    let folder = plan.spool_folder();
    let mut write = |wanted: &Sound| {
        let before = timeline.seconds() * f64::from(begun);
        begun += 1;
        within_peaks(wanted, &plan.preset, |destination, preset| {
            // It may be written more than once.
            written.set(before);
            let Some(title) = wanted.book else {
                return encode(destination, wanted, preset, sound, tags, &chapters, &mut check);
            };
            let about = book::about(title, tags, &timeline.article.metadata, &info.name);
            let narration = Narration { timeline, sound, folder: &folder };
            book::write(destination, &about, &wanted.encoding, preset, narration, &mut check)
        })
    };
    let (mut main, loudness) = write(&plan.main)?;
    let others = plan.others.iter().map(write).collect::<Result<Vec<_>, Error>>()?;
    let mut others: Vec<Whole> = others.into_iter().map(|(file, _)| file).collect();
    files.extend(pages(plan, timeline, &mut main, &mut others)?);
    files.extend(others);
    files.push(main);
    Ok(Written { files, loudness, chapters })
}

/// The captions, and the chapters, in one pass over the sentences.
fn write_captions(
    plan: &Plan,
    tags: &Tags,
    timeline: &Timeline,
    info: &EngineInfo,
    check: &mut dyn FnMut(f64) -> Result<(), Error>,
) -> Result<(Vec<Whole>, Vec<Chapter>), Error> {
    let about = CaptionInfo {
        title: tags.title.clone(),
        author: tags.author.clone(),
        album: tags.album.clone(),
        speaker: Some(info.name.clone()),
        language: tags.language.clone().unwrap_or_else(|| "vi".to_owned()),
        times: info.times,
        seconds: Some(timeline.seconds()),
    };
    let create = |(_, target): &(_, &Target)| Destination::create(target);
    let mut destinations = plan.captions.iter().map(create).collect::<Result<Vec<_>, _>>()?;
    let mut writers = Vec::new();
    for ((format, target), destination) in plan.captions.iter().zip(&mut destinations) {
        let name = target.name();
        match captions::create(destination.out(), *format, timeline.rate(), &about) {
            Ok(writer) => writers.push((name, writer)),
            Err(cause) => return Err(Error::write(name, cause)),
        }
    }
    let mut chapters = Chapters::new(timeline.article, tags.title.as_deref());
    timeline.sentences().rest(|sentence| {
        check(0.0)?;
        chapters.take(sentence);
        writers.iter_mut().try_for_each(|(name, writer)| {
            writer.write(sentence).map_err(|cause| Error::write(&*name, cause))
        })
    })?;
    for (name, writer) in writers {
        writer.finish().map_err(|cause| Error::write(name, cause))?;
    }
    let whole = destinations.into_iter().map(Destination::finish).collect::<Result<_, _>>()?;
    Ok((whole, chapters.finish(timeline.seconds() * 1000.0)))
}

/// An output with sound in it, and how it sounds. `attempt` writes it, with the peaks lower than asked
/// for by what its encoder adds to them; where that adds more, once more.
fn within_peaks(
    wanted: &Sound,
    preset: &Preset,
    mut attempt: impl FnMut(&mut Destination, &Preset) -> Result<Measured, Error>,
) -> Result<(Whole, Measured), Error> {
    let mut headroom = wanted.encoding.format().headroom_db();
    loop {
        let mut destination = Destination::create(wanted.target)?;
        let heard = attempt(&mut destination, &preset.with_headroom(headroom))?;
        match preset.excess(&heard) {
            Some(excess) if headroom < MOST_HEADROOM => headroom += excess + MARGIN,
            _ => return Ok((destination.finish()?, heard)),
        }
    }
}

/// Writes a recording as a file of sound; gives how it sounds. `check` is called now and then with the
/// seconds that were written since, and may stop the work.
fn encode(
    destination: &mut Destination,
    wanted: &Sound,
    preset: &Preset,
    sound: &mut Master,
    tags: &Tags,
    chapters: &[Chapter],
    check: &mut dyn FnMut(f64) -> Result<(), Error>,
) -> Result<Measured, Error> {
    let Sound { encoding, target, .. } = wanted;
    let name = target.name();
    let rate = encoding.output_rate(sound.rate());
    let writer = formats::create(destination.out(), encoding, sound.rate(), tags, chapters);
    let mut writer = writer.map_err(|fault| fault.in_file(Path::new(&name)))?;
    let mastered = sound.finish(preset, rate, |samples| {
        check(samples.len() as f64 / f64::from(rate))?;
        writer.write(samples).map_err(|cause| Error::write(&name, cause))
    })?;
    writer.finish().map_err(|cause| Error::write(&name, cause))?;
    // Without loss, what is heard is what was measured on the way.
    if encoding.format().is_lossy() { destination.measure() } else { Ok(mastered.after) }
}

/// The pages to read along. Each has the main sound in it if that is handed back, or else a link to its
/// file; and before it, as they are smaller, those others that not every browser plays.
fn pages(
    plan: &Plan,
    timeline: &Timeline,
    main: &mut Whole,
    others: &mut [Whole],
) -> Result<Vec<Whole>, Error> {
    if plan.pages.is_empty() {
        return Ok(Vec::new());
    }
    let mut sentences = Vec::new();
    timeline.sentences().rest(|sentence| {
        sentences.push(sentence.clone());
        Ok(())
    })?;
    let is_small = |sound: &Sound| {
        let format = sound.encoding.format();
        sound.book.is_none() && format.is_lossy() && !format.is_universal()
    };
    let page = |(title, target): &(&str, &Target)| {
        let mut destination = Destination::create(target)?;
        let small = plan.others.iter().zip(others.iter_mut()).filter(|(sound, _)| is_small(sound));
        let sounds = small.chain([(&plan.main, &mut *main)]);
        let sounds =
            sounds.map(|(sound, whole)| page_sound(whole, sound.encoding.format().mime(), target));
        let sounds = sounds.collect::<Result<Vec<_>, Error>>()?;
        let info = PageInfo { title, ..PageInfo::default() };
        page::write(destination.out(), timeline.article, &sentences, sounds, &info)
            .map_err(|fault| fault.in_file(Path::new(&target.name())))?;
        destination.finish()
    };
    plan.pages.iter().map(page).collect()
}

/// Where the page at `target` has this sound from.
fn page_sound<'a>(
    whole: &'a mut Whole,
    mime: &'a str,
    target: &Target,
) -> Result<PageSound<'a>, Error> {
    Ok(match (whole, target) {
        (Whole::Kept(Kept { name, content }), _) => {
            let length = content.seek(SeekFrom::End(0)).and_then(|length| {
                content.rewind()?;
                Ok(length)
            });
            let length = length.map_err(|cause| Error::read(&*name, cause))?;
            PageSound::Embedded { name, source: content, length, mime }
        }
        (Whole::File(file), Target::File(page)) => {
            PageSound::Linked { address: page::address(page, file.path())?, mime }
        }
        (Whole::File(file), Target::Kept(_)) => {
            let name = file.path().file_name().unwrap_or_default().to_string_lossy();
            PageSound::Linked { address: name.into_owned(), mime }
        }
    })
}
