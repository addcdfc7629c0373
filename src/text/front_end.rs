//! The front end: from an article to its script, under the settings of a request.

use crate::model::article::Article;
use crate::model::diag::Places;
use crate::model::error::Error;
use crate::model::request::ReadingSettings;
use crate::model::script::{Finding, Script, Skipped};
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
        let normalizer = Normalizer::new(settings.options, lexicon);
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
        self.normalizer.normalize(article, &self.settings.parts)
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
        Script {
            version: Script::VERSION,
            metadata: article.metadata.clone(),
            characters: read.map(|block| article.text_of(block).chars().count()).sum(),
            not_read: self.not_read(article),
            utterances,
            findings,
        }
    }

    /// The parts of an article that are not read.
    fn not_read(&self, article: &Article) -> Vec<Skipped> {
        let mut places = Places::new(&article.text);
        let skipped = article.blocks.iter().filter(|b| !article.is_read(b, &self.settings.parts));
        let skipped = skipped.map(|block| Skipped {
            line: places.at(block.span.start).0,
            kind: block.kind,
            reason: block.reason.clone(),
            text: article.text_of(block).replace('\n', " "),
        });
        skipped.collect()
    }
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
