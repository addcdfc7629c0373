//! The front end: from an article to its script, under the settings of a request.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::vec;

use crate::model::article::{Article, Block, BlockKind};
use crate::model::diag::Span;
use crate::model::direction::DirectionKind;
use crate::model::error::Error;
use crate::model::manner::MannerKind;
use crate::model::message::{Message, message};
use crate::model::request::ReadingSettings;
use crate::model::script::{Finding, Review, Script, Skipped};
use crate::model::source_place::SourcePlaces;
use crate::model::spoken::{Confidence, SpokenText};
use crate::model::units::Millis;
use crate::model::utterance::Utterance;
use crate::text::lexicon::Lexicon;
use crate::text::normalize::Normalizer;
use crate::text::segment::Segmentation;

/// Turns articles into scripts, all under the same settings.
#[derive(Debug)]
pub struct FrontEnd {
    settings: ReadingSettings,
    normalizer: Normalizer,
}

impl FrontEnd {
    /// A front end with these settings. `spelling` gives the Vietnamese spelling of sounds, for
    /// lexicons that write readings in phonemes.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::model::error::ErrorKind::Table) if a row of a lexicon cannot be
    /// understood.
    pub fn new(
        settings: &ReadingSettings,
        spelling: &dyn Fn(&str) -> Option<String>,
    ) -> Result<FrontEnd, Error> {
        let mut lexicon = Lexicon::default();
        for text in &settings.lexicons {
            lexicon.add(text.name(), text.text(), spelling)?;
        }
        let normalizer =
            Normalizer::new(settings.options, lexicon).with_languages(settings.languages.clone());
        Ok(FrontEnd { settings: settings.clone(), normalizer })
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &ReadingSettings {
        &self.settings
    }

    /// The parts of an article that are read, as they are said.
    #[must_use]
    pub fn spoken(&self, article: &Article) -> SpokenText {
        self.without_cues(self.normalizer.normalize(article, &self.settings.parts))
    }

    /// [`FrontEnd::spoken`], a stretch of the article after the other: little of a long one is in memory.
    pub fn stretches<'a>(
        &'a self,
        article: &'a Article,
    ) -> impl Iterator<Item = SpokenText> + use<'a> {
        let policy = &self.settings.parts;
        let is_one = !article.has_separate_parts;
        let whole = is_one.then(|| self.normalizer.stretches(article, policy));
        let each = 0..if is_one { 0 } else { article.parts.len() };
        let each = each.map(|at| self.normalizer.normalize(&article.part_alone(at), policy));
        whole.into_iter().flatten().chain(each).map(|spoken| self.without_cues(spoken))
    }

    /// A spoken text whose subtitles need not be heard when they are shown, unless that is asked for.
    fn without_cues(&self, mut spoken: SpokenText) -> SpokenText {
        if !self.settings.fit {
            spoken.manners.retain(|manner| !matches!(manner.kind, MannerKind::Cue(_)));
        }
        spoken
    }

    /// [`FrontEnd::spoken`] with the reasons of every decision: [`Normalizer::explain`].
    #[must_use]
    pub fn explained(&self, article: &Article) -> SpokenText {
        self.normalizer.explain(article, &self.settings.parts)
    }

    /// The utterances of an article, in order. They are made as they are asked for: of a long article
    /// few are in memory.
    #[must_use]
    pub fn utterances<'a>(&'a self, article: &'a Article) -> Utterances<'a> {
        let stretches = Box::new(self.stretches(article));
        let segmentation = self.segmentation();
        let (ready, pauses) = (Vec::new().into_iter(), &self.settings.edits.pauses);
        Utterances { stretches, segmentation: Some(segmentation), ready, pauses }
    }

    /// What cuts the spoken text of an article into utterances.
    fn segmentation(&self) -> Segmentation<'_> {
        Segmentation::new(&self.settings.pauses).with_quotes(self.settings.quotes)
    }

    /// What a person should know of an article before it is spoken. Its findings are the readings that
    /// are no surer than `level`.
    #[must_use]
    pub fn review(&self, article: &Article, level: Confidence) -> Review {
        let Ok(review) = self.review_while(article, level, || Ok::<_, Infallible>(()));
        review
    }

    /// [`FrontEnd::review`] as long as `check` lets it go on: it is asked before each stretch of the
    /// article.
    ///
    /// # Errors
    /// What `check` says.
    pub fn review_while<E>(
        &self,
        article: &Article,
        level: Confidence,
        mut check: impl FnMut() -> Result<(), E>,
    ) -> Result<Review, E> {
        let mut places = SourcePlaces::of(article);
        let mut segmentation = self.segmentation();
        let (mut findings, mut utterances) = (Vec::new(), 0);
        for spoken in self.stretches(article) {
            check()?;
            findings.extend(self.normalizer.findings(article, &spoken, level, &mut places));
            utterances += segmentation.add(&spoken).len();
        }
        utterances += usize::from(segmentation.finish().is_some());
        let read = article.read(&self.settings.parts);
        let not_read = self.not_read(article);
        let mut notes = article.notes.clone();
        notes.extend(much_is_not_read(article, &not_read));
        let characters = read.map(|block| article.text_of(block).chars().count()).sum();
        Ok(Review { utterances, findings, not_read, notes, characters })
    }

    /// The script of an article: all that is said, and [`FrontEnd::review`].
    #[must_use]
    pub fn script(&self, article: &Article, level: Confidence) -> Script {
        let review = self.review(article, level);
        let mut utterances: Vec<_> = self.utterances(article).collect();
        add_alternatives(&mut utterances, &review.findings);
        Script {
            version: Script::VERSION,
            metadata: article.metadata.clone(),
            findings: review.findings,
            not_read: review.not_read,
            notes: review.notes,
            characters: review.characters,
            utterances,
        }
    }

    /// The parts of an article that are not read.
    fn not_read(&self, article: &Article) -> Vec<Skipped> {
        let mut places = SourcePlaces::of(article);
        let skipped = article.blocks.iter().filter(|b| !article.is_read(b, &self.settings.parts));
        let mut skip = |span: Span, kind, reason| {
            let place = places.at(span.start);
            let part = place.part.map(str::to_owned);
            let text = span.of(&article.text).replace('\n', " ");
            Skipped { part, line: place.line, kind, reason, text }
        };
        let mut skipped: Vec<_> =
            skipped.map(|block| skip(block.span, block.kind, reason(block))).collect();
        let asked = article.directions.iter().filter(|one| one.kind == DirectionKind::Skip);
        skipped.extend(asked.map(|one| {
            let after = article.blocks.partition_point(|block| block.span.start <= one.span.start);
            let kind = after.checked_sub(1).map(|at| article.blocks[at].kind);
            let reason = Cow::Borrowed("the author marks it as not to be read");
            skip(one.span, kind.unwrap_or(BlockKind::Paragraph), reason)
        }));
        let decided = article.readings.iter().filter(|one| one.words().next().is_none());
        skipped.extend(decided.map(|one| {
            let after = article.blocks.partition_point(|block| block.span.start <= one.span.start);
            let kind = after.checked_sub(1).map(|at| article.blocks[at].kind);
            let reason = Cow::Borrowed("a person has decided that it is not read");
            skip(one.span, kind.unwrap_or(BlockKind::Paragraph), reason)
        }));
        skipped
    }
}

/// The utterances of an article, in order: see [`FrontEnd::utterances`].
pub struct Utterances<'a> {
    stretches: Box<dyn Iterator<Item = SpokenText> + 'a>,
    /// `None` at the end.
    segmentation: Option<Segmentation<'a>>,
    ready: vec::IntoIter<Utterance>,
    /// The pauses that a person chose, by the places where the words before them end.
    pauses: &'a BTreeMap<usize, Millis>,
}

impl Iterator for Utterances<'_> {
    type Item = Utterance;

    fn next(&mut self) -> Option<Utterance> {
        let mut utterance = self.next_usual()?;
        if !self.pauses.is_empty() {
            let Utterance { words, groups, .. } = &mut utterance;
            for group in groups {
                let end = words[group.words.clone()].iter().map(|word| word.source.end).max();
                let chosen = end.and_then(|end| self.pauses.get(&end));
                group.pause = chosen.copied().unwrap_or(group.pause);
            }
        }
        Some(utterance)
    }
}

impl Utterances<'_> {
    /// The next utterance with its usual pauses.
    fn next_usual(&mut self) -> Option<Utterance> {
        loop {
            if let Some(utterance) = self.ready.next() {
                return Some(utterance);
            }
            match self.stretches.next() {
                Some(spoken) => self.ready = self.segmentation.as_mut()?.add(&spoken).into_iter(),
                None => return self.segmentation.take()?.finish(),
            }
        }
    }
}

/// Why a block is not read.
fn reason(block: &Block) -> Cow<'static, str> {
    match block.choice {
        Some(_) => Cow::Borrowed("it was chosen not to be read"),
        None => block.reason.clone(),
    }
}

/// A warning if so much of an article is not read that it may be a mistake.
fn much_is_not_read(article: &Article, not_read: &[Skipped]) -> Option<Message> {
    /// Of shorter texts any share may be left out.
    const FEWEST: usize = 100;
    let words = |text: &str| text.split_whitespace().count();
    let all: usize = article.blocks.iter().map(|block| words(article.text_of(block))).sum();
    let left: usize = not_read.iter().map(|skipped| words(&skipped.text)).sum();
    (all >= FEWEST && left * 3 > all).then(|| {
        message!(
            "{left} of its {all} words are not read: see which parts are, and change it if needed",
            left,
            all
        )
    })
}

/// Gives the words that were found doubtful what else they could be.
fn add_alternatives(utterances: &mut [Utterance], findings: &[Finding]) {
    let mut findings = findings.iter().peekable();
    for word in utterances.iter_mut().flat_map(|utterance| &mut utterance.words) {
        while findings.next_if(|finding| finding.span.start < word.source.start).is_some() {}
        if let Some(finding) = findings.peek().filter(|finding| finding.span == word.source) {
            word.alternatives.clone_from(&finding.alternatives);
        }
    }
}
