//! The front end: from an article to its script, under the settings of a request.

use std::borrow::Cow;

use crate::model::article::{Article, BlockKind};
use crate::model::diag::Span;
use crate::model::direction::DirectionKind;
use crate::model::error::Error;
use crate::model::manner::MannerKind;
use crate::model::request::ReadingSettings;
use crate::model::script::{Finding, Script, Skipped};
use crate::model::source_place::SourcePlaces;
use crate::model::spoken::{Confidence, SpokenText};
use crate::model::utterance::Utterance;
use crate::text::lexicon::Lexicon;
use crate::text::normalize::Normalizer;
use crate::text::segment;

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
        let mut spoken = self.normalizer.normalize(article, &self.settings.parts);
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

    /// The utterances of a spoken text.
    #[must_use]
    pub fn utterances(&self, spoken: &SpokenText) -> Vec<Utterance> {
        segment::segment(spoken, &self.settings.pauses)
    }

    /// The script of an article. Its findings are the readings that are no surer than `level`.
    #[must_use]
    pub fn script(&self, article: &Article, level: Confidence) -> Script {
        let spoken = self.spoken(article);
        let findings = self.normalizer.findings(article, &spoken, level);
        let mut utterances = self.utterances(&spoken);
        add_alternatives(&mut utterances, &findings);
        let read = article.read(&self.settings.parts);
        let not_read = self.not_read(article);
        let mut notes = article.notes.clone();
        notes.extend(much_is_not_read(article, &not_read));
        Script {
            version: Script::VERSION,
            metadata: article.metadata.clone(),
            characters: read.map(|block| article.text_of(block).chars().count()).sum(),
            not_read,
            notes,
            utterances,
            findings,
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
            skipped.map(|block| skip(block.span, block.kind, block.reason.clone())).collect();
        let asked = article.directions.iter().filter(|one| one.kind == DirectionKind::Skip);
        skipped.extend(asked.map(|one| {
            let after = article.blocks.partition_point(|block| block.span.start <= one.span.start);
            let kind = after.checked_sub(1).map(|at| article.blocks[at].kind);
            let reason = Cow::Borrowed("the author marks it as not to be read");
            skip(one.span, kind.unwrap_or(BlockKind::Paragraph), reason)
        }));
        skipped
    }
}

/// A warning if so much of an article is not read that it may be a mistake.
fn much_is_not_read(article: &Article, not_read: &[Skipped]) -> Option<String> {
    /// Of shorter texts any share may be left out.
    const FEWEST: usize = 100;
    let words = |text: &str| text.split_whitespace().count();
    let all: usize = article.blocks.iter().map(|block| words(article.text_of(block))).sum();
    let left: usize = not_read.iter().map(|skipped| words(&skipped.text)).sum();
    (all >= FEWEST && left * 3 > all).then(|| {
        format!(
            "{left} of its {all} words are not read: see which parts are, and change it if needed"
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
