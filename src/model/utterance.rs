//! `Utterance`: a sentence, or a part of a long one, cut into breath groups.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::model::diag::Span;
use crate::model::manner::Delivery;
use crate::model::phrase::{GroupRole, Intonation};
use crate::model::spoken::{Confidence, Mark};
use crate::model::units::Millis;

/// A word of an utterance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UtteranceWord {
    /// What is said: one or more words separated by single spaces.
    pub said: String,
    /// The text it is said for.
    pub source: Span,
    /// The semiotic class that made the reading.
    pub class: Cow<'static, str>,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// What it could be instead, if that was asked for, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
    /// Whether it is stressed. Parametric voices do it; a neural voice cannot be asked to.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_emphasized: bool,
    /// Whether it is between quotation marks.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_quoted: bool,
}

impl UtteranceWord {
    /// A word that is surely said so.
    #[must_use]
    pub fn new(said: impl Into<String>, source: Span) -> UtteranceWord {
        UtteranceWord {
            said: said.into(),
            source,
            class: Cow::Borrowed("word"),
            confidence: Confidence::Sure,
            alternatives: Vec::new(),
            is_emphasized: false,
            is_quoted: false,
        }
    }

    /// How many syllables are said.
    #[must_use]
    pub fn syllables(&self) -> usize {
        self.said.split(' ').count()
    }
}

/// Words said in one breath.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BreathGroup {
    /// Which of [`Utterance::words`]; never empty.
    pub words: Range<usize>,
    /// The mark that closes it; `None` at a breath in a long stretch without marks, and where a block
    /// ends without one.
    pub mark: Option<Mark>,
    /// Silence that follows.
    pub pause: Millis,
    /// What it is in its sentence; `None` if that is seen from the groups beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<GroupRole>,
}

/// What one call of the engine speaks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// Number of the sentence in the document, from 0. A very long sentence makes several
    /// utterances with the same number.
    pub sentence: usize,
    /// The words in order.
    pub words: Vec<UtteranceWord>,
    /// The breath groups in order; together they cover `words`.
    pub groups: Vec<BreathGroup>,
    /// The melody.
    pub intonation: Intonation,
    /// Who speaks it, how fast, and when.
    #[serde(default)]
    pub delivery: Delivery,
}

/// An item of a list has no more syllables than this.
const LONGEST_ITEM: usize = 6;
/// Nor has the last one before the word that joins it.
const LONGEST_JOINED: usize = 3;
/// Words that join the last item of a list to the others.
const JOINERS: [&str; 5] = ["và", "hoặc", "hay", "cùng", "vân"];
/// Words that set what they begin against what was said before.
const CONTRASTS: [&str; 4] = ["nhưng", "song", "tuy", "còn"];

impl Utterance {
    /// The utterance as two, parted after its first breath group, so that the first can be heard while the
    /// rest is spoken; as it is if it has one group.
    #[must_use]
    pub fn parted(mut self) -> Vec<Utterance> {
        if self.groups.len() < 2 {
            return vec![self];
        }
        for (at, role) in self.roles().into_iter().enumerate() {
            self.groups[at].role = Some(role);
        }
        let rest = self.groups.split_off(1);
        let at = self.groups[0].words.end;
        let moved = |group: BreathGroup| BreathGroup {
            words: group.words.start - at..group.words.end - at,
            ..group
        };
        let rest = Utterance {
            words: self.words.split_off(at),
            groups: rest.into_iter().map(moved).collect(),
            delivery: self.delivery.clone(),
            ..self
        };
        self.intonation = Intonation::Statement;
        self.delivery.ends_block = false;
        self.delivery.goes_on = true;
        vec![self, rest]
    }

    /// What each breath group is in its sentence. Groups that commas close are items of a list where at
    /// least three follow one another, or fewer before a last one that `và` or its like joins.
    #[must_use]
    pub fn roles(&self) -> Vec<GroupRole> {
        let mut roles: Vec<_> = self.groups.iter().map(|group| self.role(group)).collect();
        let is_short = |group: &BreathGroup| self.syllables(group) <= LONGEST_ITEM;
        let mut first = 0;
        while first < self.groups.len() {
            let more = self.groups[first..].windows(2).enumerate();
            let items = more
                .take_while(|(at, two)| {
                    two[0].mark == Some(Mark::Comma) && (*at == 0 || is_short(&two[0]))
                })
                .count();
            let last = first + items;
            if items >= 3 && is_short(&self.groups[last])
                || items > 0 && self.is_joined(&self.groups[last])
            {
                roles[first..last].fill(GroupRole::Item);
            }
            first = last + 1;
        }
        for (role, group) in roles.iter_mut().zip(&self.groups) {
            *role = group.role.unwrap_or(*role);
        }
        roles
    }

    fn role(&self, group: &BreathGroup) -> GroupRole {
        let first = self.words.get(group.words.start).map(|word| word.said.to_lowercase());
        match first {
            Some(first) if CONTRASTS.contains(&first.as_str()) => GroupRole::Contrast,
            _ => GroupRole::Plain,
        }
    }

    fn syllables(&self, group: &BreathGroup) -> usize {
        self.words[group.words.clone()].iter().map(UtteranceWord::syllables).sum()
    }

    /// Whether a group is the last item of a list: a few syllables, or none, before a word that joins.
    fn is_joined(&self, group: &BreathGroup) -> bool {
        let mut before = 0;
        for word in &self.words[group.words.clone()] {
            let first = word.said.split(' ').next().unwrap_or_default();
            if JOINERS.contains(&first) {
                return true;
            }
            before += word.syllables();
            if before > LONGEST_JOINED {
                return false;
            }
        }
        false
    }
}

/// One line for each utterance: its sentence's number, its melody, and its breath groups, each followed
/// by its mark and, between bars, its pause in ms.
impl fmt::Display for Utterance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let melody = match self.intonation {
            Intonation::Statement => '.',
            Intonation::Question => '?',
            Intonation::Exclamation => '!',
        };
        write!(f, "{}{melody}", self.sentence)?;
        for group in &self.groups {
            for word in &self.words[group.words.clone()] {
                write!(f, " {}", word.said)?;
            }
            if let Some(mark) = group.mark {
                let space = if mark.opens() || mark == Mark::Dash { " " } else { "" };
                write!(f, "{space}{}", mark.symbol())?;
            }
            write!(f, " |{}|", group.pause.0)?;
        }
        Ok(())
    }
}
