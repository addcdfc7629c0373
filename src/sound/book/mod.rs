//! A book to read along: EPUB 3 with Media Overlays (W3C, EPUB 3.3). A reading system that knows them
//! shows the text and marks each sentence while it is heard; any other shows the text.
//!
//! Each chapter is a text (XHTML), its sound, and an overlay (SMIL) that says when each sentence is
//! heard. A chapter is written whole before the next, and its sound is copied from a file, so memory is
//! bounded however long the book is. The package document, which says what all of it is, comes last.
//! Nothing in a book depends on a clock or on chance.

mod chapter;
mod package;
mod time;

use std::io::{self, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

pub use self::chapter::ChapterText;
use self::chapter::{Chapter, Files};
pub use self::package::BookInfo;
use crate::files::Output;
use crate::model::digest::Digest;
use crate::sound::formats::Format;

/// How the names of books end.
pub const EXTENSION: &str = "epub";

/// What people call them.
pub const LABEL: &str = "EPUB";

/// What they are, in a few words.
pub const ABOUT: &str = "a book with text and sound, read along";

/// The folder of everything but what the archive itself needs.
const FOLDER: &str = "EPUB";

/// The sound of a chapter.
pub struct ChapterSound<'a> {
    /// The bytes of a file in the format of the book's sound.
    pub source: &'a mut dyn Output,
    /// How long it is heard, in whole milliseconds.
    pub length_ms: u64,
}

/// A book on its way into an output. Dropped before it is finished, it leaves there what cannot be
/// used.
pub struct BookWriter<'a> {
    zip: ZipWriter<&'a mut dyn Output>,
    about: &'a BookInfo<'a>,
    /// The format of its sound.
    format: Format,
    chapters: Vec<Chapter>,
    /// The digests of the files that were added.
    digests: Vec<Digest>,
}

impl<'a> BookWriter<'a> {
    /// Starts a book whose sound is in this format, in an empty output.
    ///
    /// # Errors
    /// As the output.
    pub fn start(
        out: &'a mut dyn Output,
        about: &'a BookInfo<'a>,
        format: Format,
    ) -> io::Result<BookWriter<'a>> {
        let (chapters, digests) = (Vec::new(), Vec::new());
        let mut book = BookWriter { zip: ZipWriter::new(out), about, format, chapters, digests };
        // By this file, the first and stored as it is, an archive is known as a book (OCF, 4.3).
        book.zip.start_file("mimetype", options(CompressionMethod::Stored))?;
        book.zip.write_all(b"application/epub+zip")?;
        book.zip.start_file("META-INF/container.xml", options(CompressionMethod::Deflated))?;
        book.zip.write_all(include_bytes!("container.xml"))?;
        book.add("book.css", include_bytes!("book.css"), CompressionMethod::Deflated)?;
        if let Some(cover) = &about.tags.cover {
            book.add(package::cover_name(cover), &cover.bytes, CompressionMethod::Stored)?;
        }
        Ok(book)
    }

    /// Adds the next chapter, with its sound if any of it is heard.
    ///
    /// # Errors
    /// As the output and the source of the sound.
    pub fn chapter(&mut self, text: &ChapterText, sound: Option<ChapterSound>) -> io::Result<()> {
        let number = self.chapters.len() + 1;
        let language = package::language(self.about.tags);
        let length_ms = sound.as_ref().map_or(0, |sound| sound.length_ms);
        let files = chapter::files(text, number, &language, length_ms, self.format);
        let Files { chapter, text, overlay } = files.map_err(io::Error::other)?;
        self.add(&chapter.text(), text.as_bytes(), CompressionMethod::Deflated)?;
        if let (Some(overlay), Some(sound)) = (overlay, sound) {
            self.add(&chapter.overlay(), overlay.as_bytes(), CompressionMethod::Deflated)?;
            self.copy(&chapter.sound(self.format), sound.source)?;
        }
        self.chapters.push(chapter);
        Ok(())
    }

    /// Completes the book.
    ///
    /// # Errors
    /// As the output.
    pub fn finish(mut self) -> io::Result<()> {
        let contents = package::contents(self.about, &self.chapters).map_err(io::Error::other)?;
        self.add("nav.xhtml", contents.as_bytes(), CompressionMethod::Deflated)?;
        let digests: Vec<&[u8]> = self.digests.iter().map(|digest| &digest.bytes()[..]).collect();
        let content = Digest::of_parts(&digests);
        let package = package::document(self.about, &self.chapters, self.format, &content);
        let package = package.map_err(io::Error::other)?;
        self.add("package.opf", package.as_bytes(), CompressionMethod::Deflated)?;
        self.zip.finish()?.flush()
    }

    /// Adds a file.
    fn add(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> io::Result<()> {
        self.digests.push(Digest::of(bytes));
        self.zip.start_file(format!("{FOLDER}/{name}"), options(method))?;
        self.zip.write_all(bytes)
    }

    /// Adds a file of sound. It is stored as it is: players search in it, and it does not get smaller.
    fn copy(&mut self, name: &str, mut source: &mut dyn Output) -> io::Result<()> {
        source.rewind()?;
        let (digest, bytes) = Digest::of_reader(&mut source)?;
        self.digests.push(digest);
        source.rewind()?;
        let is_large = bytes > u64::from(u32::MAX);
        let options = options(CompressionMethod::Stored).large_file(is_large);
        self.zip.start_file(format!("{FOLDER}/{name}"), options)?;
        io::copy(&mut source, &mut self.zip).map(drop)
    }
}

/// How a file is kept in the archive: without the time at which that happened.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    let options = SimpleFileOptions::default().compression_method(method);
    options.last_modified_time(DateTime::DEFAULT)
}
