//! A document is read a stretch of its blocks after the other, so that what is said of a long one need
//! not be in memory at once. What counts for all of it (its topic, the abbreviations that it explains,
//! the passages in other languages) is found before.

use super::definitions::Definitions;
use super::leftover::Leftovers;
use super::lex::Lexed;
use super::passage::Passages;
use super::reader::{Forced, MOST_WARNINGS, Reader};
use super::{announcement, classes, directions, places, sense, topic, unmarked};
use crate::model::article::Article;
use crate::model::diag::Warning;
use crate::model::manner::Manner;
use crate::model::reading_options::Options;
use crate::model::reading_policy::ReadingPolicy;
use crate::model::spoken::{SpokenBlock, SpokenText};
use crate::text::lexicon::Lexicon;
use crate::text::passages;

/// A stretch ends with the block that makes it so long, in bytes of the document.
const STRETCH: usize = 1 << 16;

/// A document as it is said: an iterator over its stretches, in order. A document of which nothing is
/// read has none.
pub struct Stretches<'a> {
    document: &'a Article,
    parts: &'a ReadingPolicy,
    options: Options,
    lexicon: &'a Lexicon,
    forced: Option<&'a Forced>,
    definitions: Definitions<'a>,
    passages: Passages<'a>,
    manners: Vec<Manner>,
    /// How many of them began in the stretches that were read.
    begun: usize,
    /// Those that began there and reach into the next stretch.
    open: Vec<Manner>,
    /// The block to look at next.
    block: usize,
    /// The first warnings of the document.
    warned: Vec<Warning>,
}

impl<'a> Stretches<'a> {
    /// A document, under the choices and with the readings of a user; passages in `languages` are said as
    /// they are written.
    pub(super) fn new(
        document: &'a Article,
        parts: &'a ReadingPolicy,
        chosen: Options,
        lexicon: &'a Lexicon,
        languages: &'a [String],
    ) -> Stretches<'a> {
        let options = topic::settle(chosen, document);
        let mut definitions = Definitions::of(document);
        definitions.senses = sense::of_article(document, parts, options, &definitions);
        let manners = passages::find(document, parts);
        Stretches {
            document,
            parts,
            options,
            lexicon,
            forced: None,
            definitions,
            passages: Passages::new(&manners, languages, chosen.passages),
            manners,
            begun: 0,
            open: Vec::new(),
            block: 0,
            warned: Vec::new(),
        }
    }

    /// The same, with the reasons of every decision if some may be forced.
    pub(super) fn explaining(self, forced: Option<&'a Forced>) -> Stretches<'a> {
        Stretches { forced, ..self }
    }

    /// All of the document as one stretch.
    pub(super) fn whole(mut self) -> SpokenText {
        self.read(usize::MAX).unwrap_or_else(|| {
            let manners = std::mem::take(&mut self.manners);
            SpokenText { manners, ..SpokenText::default() }
        })
    }

    /// The next stretch, which ends with the block that makes it `most` bytes long or longer.
    fn read(&mut self, most: usize) -> Option<SpokenText> {
        let document = self.document;
        let is_first = self.block == 0;
        let mut spoken = SpokenText::default();
        spoken.text.reserve(document.text.len().min(most) * 5 / 4);
        let mut left = most;
        while let Some(block) = document.blocks.get(self.block).filter(|_| left > 0) {
            self.block += 1;
            if !document.is_read(block, self.parts) {
                continue;
            }
            left = left.saturating_sub((block.span.end - block.span.start).max(1));
            let (kind, text) = (block.kind, document.text_of(block));
            let announced = announcement::before(kind, text, block.span.start, &mut spoken);
            let begin = spoken.text.len();
            let lexed = Lexed::new(&document.text, block.span);
            let (lexicon, definitions) = (self.lexicon, &self.definitions);
            let mut reader = Reader::new(lexed, self.options, lexicon, definitions, &mut spoken)
                .explaining(self.forced)
                .after(&self.warned);
            let mut directions = directions::inside(document, block.span);
            let leftovers = Leftovers::of(&reader);
            let mut at = 0;
            while at < reader.lexed.len() {
                at = directions
                    .follow(&mut reader, at)
                    .or_else(|| leftovers.read(&mut reader, at))
                    .or_else(|| self.passages.read(&mut reader, at))
                    .unwrap_or_else(|| classes::read_one(&mut reader, at));
            }
            directions.finish(&mut reader);
            let mut tokens = reader.into_tokens();
            places::decide(document, block.span, begin, &mut tokens, &mut spoken);
            let tokens = announced.into_iter().flatten().chain(tokens).collect();
            spoken.blocks.push(SpokenBlock { kind, tokens });
        }
        if spoken.blocks.is_empty() {
            return None;
        }
        spoken.manners = self.manners_of_stretch();
        if is_first {
            unmarked::report(document, &mut spoken);
        }
        let known = MOST_WARNINGS.saturating_sub(self.warned.len());
        self.warned.extend(spoken.warnings.iter().take(known).cloned());
        Some(spoken)
    }

    /// The manners that reach into the stretch that was just read.
    fn manners_of_stretch(&mut self) -> Vec<Manner> {
        let blocks = &self.document.blocks;
        let end = blocks.get(self.block).map_or(usize::MAX, |next| next.span.start);
        let later = &self.manners[self.begun..];
        let begun = later.partition_point(|manner| manner.span.start < end);
        let mut found = std::mem::take(&mut self.open);
        found.extend_from_slice(&later[..begun]);
        self.begun += begun;
        self.open = found.iter().filter(|manner| manner.span.end > end).cloned().collect();
        found
    }
}

impl Iterator for Stretches<'_> {
    type Item = SpokenText;

    fn next(&mut self) -> Option<SpokenText> {
        self.read(STRETCH)
    }
}
