//! A narration as a book: the text and the sound of each part of the article, one after another.

use std::fs::File;
use std::path::Path;

use crate::decode::Decoder;
use crate::job::destination::Destination;
use crate::job::timeline::{Stretch, Timeline};
use crate::model::article::{Article, Block};
use crate::model::error::Error;
use crate::model::metadata::Metadata;
use crate::model::tags::Tags;
use crate::sound::book::{BookInfo, BookWriter, ChapterSound, ChapterText};
use crate::sound::formats::{self, Encoding};
use crate::sound::master::{self, Master, Measured, Meter, Preset};

/// What a book is made of.
pub(super) struct Narration<'a> {
    pub timeline: &'a Timeline<'a>,
    pub sound: &'a mut Master,
    /// A folder on a disk with room for the sound of a chapter.
    pub folder: &'a Path,
}

/// What a book says of itself. `title` is for an article that has none.
pub(super) fn about<'a>(
    title: &str,
    tags: &'a Tags,
    metadata: &Metadata,
    voice: &'a str,
) -> BookInfo<'a> {
    let creators = match &tags.author {
        // The tags have all authors of the article in one text.
        author if *author == metadata.author() => metadata.authors.clone(),
        author => author.iter().cloned().collect(),
    };
    // A book must have a title (EPUB 3.3, 5.5.3.1.2).
    let titles = [tags.title.as_deref().unwrap_or_default(), title, "docbao"];
    let title = titles.into_iter().find(|title| !title.trim().is_empty()).unwrap_or_default();
    BookInfo { title: title.to_owned(), creators, tags, voice }
}

/// Writes a book; gives how all of it sounds. `check` is called now and then with the seconds that were
/// written since, and may stop the work.
///
/// # Errors
/// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if the disk is full, and what `check`
/// says.
pub(super) fn write(
    destination: &mut Destination,
    about: &BookInfo,
    encoding: &Encoding,
    preset: &Preset,
    narration: Narration,
    check: &mut dyn FnMut(f64) -> Result<(), Error>,
) -> Result<Measured, Error> {
    let Narration { timeline, sound, folder } = narration;
    let name = destination.name();
    let failed = |cause| Error::write(&name, cause);
    let mut meter = Meter::new(encoding.output_rate(sound.rate()))?;
    let mut book =
        BookWriter::start(destination.out(), about, encoding.format()).map_err(failed)?;
    let stretches = timeline.stretches()?;
    let mut spoken = timeline.sentences();
    for (part, (title, blocks)) in parts(timeline.article, &about.title).into_iter().enumerate() {
        let article = timeline.article;
        let Some(stretch) = stretches.iter().find(|stretch| stretch.part == part) else {
            let text = ChapterText { article, blocks, title, sentences: &[] };
            book.chapter(&text, None).map_err(failed)?;
            continue;
        };
        let sentences = spoken.of(stretch)?;
        let mut file = tempfile::tempfile_in(folder).map_err(failed)?;
        let length_ms = encode(&mut file, &name, encoding, preset, sound, stretch, check)?;
        let copy = file.try_clone().map_err(failed)?;
        master::listen(&mut meter, Decoder::new(&*name, copy)?)?;
        let text = ChapterText { article, blocks, title, sentences: &sentences };
        let sound = ChapterSound { source: &mut file, length_ms };
        book.chapter(&text, Some(sound)).map_err(failed)?;
    }
    book.finish().map_err(failed)?;
    Ok(meter.finish())
}

/// The parts of an article, each with its title and its blocks; one of this title if it has no parts.
fn parts<'a>(article: &'a Article, title: &'a str) -> Vec<(&'a str, &'a [Block])> {
    if article.parts.is_empty() {
        return vec![(title, &article.blocks[..])];
    }
    let place = |at: usize| article.blocks.partition_point(|block| block.span.start < at);
    let starts = article.parts.iter().map(|part| place(part.start));
    let starts: Vec<usize> = starts.chain([article.blocks.len()]).collect();
    let blocks = starts.windows(2).map(|pair| &article.blocks[pair[0]..pair[1]]);
    article.parts.iter().map(|part| &*part.title).zip(blocks).collect()
}

/// Writes the sound of a stretch; gives its length in whole milliseconds.
fn encode(
    file: &mut File,
    name: &str,
    encoding: &Encoding,
    preset: &Preset,
    sound: &mut Master,
    stretch: &Stretch,
    check: &mut dyn FnMut(f64) -> Result<(), Error>,
) -> Result<u64, Error> {
    let rate = encoding.output_rate(sound.rate());
    // What the sound says of itself, the book says.
    let writer = formats::create(file, encoding, sound.rate(), &Tags::default(), &[]);
    let mut writer = writer.map_err(|fault| fault.in_file(Path::new(name)))?;
    let samples = sound.finish_stretch(preset, rate, &stretch.samples, |samples| {
        check(samples.len() as f64 / f64::from(rate))?;
        writer.write(samples).map_err(|cause| Error::write(name, cause))
    })?;
    writer.finish().map_err(|cause| Error::write(name, cause))?;
    Ok(samples * 1000 / u64::from(rate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::{ArticlePart, BlockKind};
    use crate::model::diag::Span;

    #[test]
    fn every_block_is_in_one_part() {
        let block = |at| Block::new(BlockKind::Paragraph, Span::new(at, at + 1), "a test");
        let part = |title: &str, start| ArticlePart {
            name: String::new(),
            title: title.to_owned(),
            start,
            front_end: start,
            ..ArticlePart::default()
        };
        let mut article =
            Article { blocks: vec![block(0), block(2), block(4)], ..Article::default() };
        let found = |article: &Article| {
            let parts = parts(article, "Sách").into_iter();
            parts.map(|(title, blocks)| (title.to_owned(), blocks.len())).collect::<Vec<_>>()
        };
        assert_eq!(found(&article), [("Sách".to_owned(), 3)]);
        article.parts = vec![part("Một", 0), part("Hai", 4), part("Ba", 6)];
        let three = [("Một".to_owned(), 2), ("Hai".to_owned(), 1), ("Ba".to_owned(), 0)];
        assert_eq!(found(&article), three);
    }

    #[test]
    fn authors_are_separate_unless_they_were_given() {
        let authors = vec!["Lan".to_owned(), "Minh".to_owned()];
        let metadata = Metadata { authors: authors.clone(), ..Metadata::default() };
        let tags =
            |author: Option<&str>| Tags { author: author.map(str::to_owned), ..Tags::default() };
        let creators = |tags: &Tags, metadata| about("Sách", tags, metadata, "bac").creators;
        assert_eq!(creators(&tags(Some("Lan, Minh")), &metadata), authors);
        assert_eq!(creators(&tags(Some("Hoa")), &metadata), ["Hoa"]);
        assert_eq!(creators(&tags(None), &Metadata::default()), [] as [&str; 0]);
    }
}
