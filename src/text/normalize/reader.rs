//! What a class of non-standard words sees while it reads: the lexemes of a block, the tables, and
//! the place its readings go.

use super::word_sets::{self as sets, Words};
use std::collections::HashMap;
use std::sync::Arc;

use super::definitions::Definitions;
use super::lex::{Case, Kind, Lexed};
use super::tables::Tables;
use super::verbalization::Verbalization;
use crate::model::diag::{Span, Warning};
use crate::model::message::Message;
use crate::model::reading_options::Options;
use crate::model::spoken::{Confidence, Decision, Mark, OfLexicon, SpokenText, Token, Word};
use crate::text::lexicon::Lexicon;

/// How many lexemes back a clause is searched: farther than any cue can be, and a bound on the work
/// where there are no words for long.
const CLAUSE: usize = 64;

/// Which candidate to choose, by the offset where its stretch begins: how it is learned what each
/// candidate leads to.
pub(super) type Forced = HashMap<usize, usize>;

/// A kind of warning is looked for among this many, so that the work grows with the text alone.
pub(super) const MOST_WARNINGS: usize = 256;

/// One block on its way to being spoken.
pub(super) struct Reader<'a> {
    /// The block's lexemes.
    pub lexed: Lexed<'a>,
    /// The data tables.
    pub tables: &'static Tables,
    /// The abbreviations the document itself explains.
    pub definitions: &'a Definitions<'a>,
    /// How the user wants what newsreaders read differently.
    pub options: Options,
    /// The user's own readings.
    pub lexicon: &'a Lexicon,
    /// Whether the block is set in capitals, so that capitals say nothing about its words.
    pub all_capitals: bool,
    /// Decisions that were made elsewhere; where there may be some, reasons are kept.
    forced: Option<&'a Forced>,
    /// What was warned of in the document before its spoken text begins.
    warned: &'a [Warning],
    spoken: &'a mut SpokenText,
    tokens: Vec<Token>,
    scratch: Verbalization,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        lexed: Lexed<'a>,
        options: Options,
        lexicon: &'a Lexicon,
        definitions: &'a Definitions<'a>,
        spoken: &'a mut SpokenText,
    ) -> Reader<'a> {
        let all_capitals = is_all_capitals(&lexed);
        Reader {
            tokens: Vec::with_capacity(lexed.len()),
            lexed,
            tables: Tables::get(),
            definitions,
            options,
            lexicon,
            all_capitals,
            forced: None,
            warned: &[],
            spoken,
            scratch: Verbalization::new(options.style),
        }
    }

    /// The same, with reasons for every decision if some may have been made elsewhere.
    pub(super) fn explaining(self, forced: Option<&'a Forced>) -> Reader<'a> {
        Reader { forced, ..self }
    }

    /// The same, in a document that was warned of so before what is spoken begins.
    pub(super) fn after(self, warned: &'a [Warning]) -> Reader<'a> {
        Reader { warned, ..self }
    }

    /// Whether the reasons of decisions are kept.
    pub(super) fn explains(&self) -> bool {
        self.forced.is_some()
    }

    /// Which candidate was decided on elsewhere for the stretch that begins at an offset.
    pub(super) fn forced(&self, offset: usize) -> Option<usize> {
        self.forced?.get(&offset).copied()
    }

    /// Notes a decision.
    pub(super) fn decide(&mut self, decision: Decision) {
        self.spoken.decisions.push(decision);
    }

    /// What `read` would say, if it reads; nothing of it is kept.
    pub(super) fn rehearse(&mut self, read: impl FnOnce(&mut Self) -> bool) -> Option<String> {
        let spoken = &*self.spoken;
        let (text, warnings, decisions) =
            (spoken.text.len(), spoken.warnings.len(), spoken.decisions.len());
        let of_lexicons = spoken.of_lexicons.len();
        let tokens = self.tokens.len();
        let reads = read(self);
        let said = self.spoken.text[text..].trim_start().to_owned();
        self.spoken.text.truncate(text);
        self.spoken.warnings.truncate(warnings);
        self.spoken.decisions.truncate(decisions);
        self.spoken.of_lexicons.truncate(of_lexicons);
        self.tokens.truncate(tokens);
        reads.then_some(said)
    }

    /// Lets `read` say words that are no surer than `confidence`.
    pub(super) fn no_surer<T>(
        &mut self,
        confidence: Confidence,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let from = self.tokens.len();
        let result = read(self);
        for token in &mut self.tokens[from..] {
            if let Token::Word(word) = token {
                word.confidence = word.confidence.min(confidence);
            }
        }
        result
    }

    /// What `write` puts together, numbers in the user's style; nothing is said.
    pub(super) fn wording(&self, write: impl FnOnce(&mut Verbalization)) -> String {
        let mut said = Verbalization::new(self.options.style);
        write(&mut said);
        said.into_string()
    }

    /// The tokens read so far, when the block is done.
    pub(super) fn into_tokens(self) -> Vec<Token> {
        self.tokens
    }

    /// Says for the lexemes `from..to` the words that `write` puts together, numbers in the user's
    /// style.
    pub(super) fn verbalize(
        &mut self,
        from: usize,
        to: usize,
        class: &'static str,
        confidence: Confidence,
        write: impl FnOnce(&mut Verbalization),
    ) {
        let mut said = std::mem::take(&mut self.scratch);
        said.clear();
        write(&mut said);
        self.verbalize_as(from, to, class, confidence, said.as_str());
        self.scratch = said;
    }

    /// Says words of a table for the lexemes `from..to`: numbers among them in the user's style.
    pub(super) fn verbalize_listed(
        &mut self,
        from: usize,
        to: usize,
        class: &'static str,
        confidence: Confidence,
        said: &str,
    ) {
        self.verbalize(from, to, class, confidence, |out| out.push_styled(said));
    }

    /// Says a text as it is for the lexemes `from..to`.
    pub(super) fn verbalize_as(
        &mut self,
        from: usize,
        to: usize,
        class: &'static str,
        confidence: Confidence,
        said: &str,
    ) {
        self.say(self.lexed.span(from, to), class, confidence, said);
    }

    /// Says a text as it is for a span of the source, which need hold no lexeme.
    pub(super) fn say(
        &mut self,
        source: Span,
        class: &'static str,
        confidence: Confidence,
        said: &str,
    ) {
        let text = &mut self.spoken.text;
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(said);
        let spoken = start..text.len();
        self.tokens.push(Token::Word(Word { source, spoken, class, confidence }));
    }

    /// Says nothing for the lexemes `from..to`, on purpose.
    pub(super) fn pass(&mut self, from: usize, to: usize, class: &'static str) {
        let at = self.spoken.text.len();
        let source = self.lexed.span(from, to);
        let confidence = Confidence::Sure;
        self.tokens.push(Token::Word(Word { source, spoken: at..at, class, confidence }));
    }

    /// Says that the reading of the lexemes `from..to` is of this lexicon.
    pub(super) fn owe(&mut self, from: usize, to: usize, lexicon: &Arc<str>) {
        let (source, lexicon) = (self.lexed.span(from, to), Arc::clone(lexicon));
        self.spoken.of_lexicons.push(OfLexicon { source, lexicon });
    }

    /// Sets a mark for the lexemes `from..to`.
    pub(super) fn mark(&mut self, from: usize, to: usize, mark: Mark) {
        let span = self.lexed.span(from, to);
        self.tokens.push(Token::Mark(mark, span));
    }

    /// Sets a mark for the white space before a lexeme.
    pub(super) fn mark_before(&mut self, at: usize, mark: Mark) {
        let (before, after) = (self.lexed.span(at - 1, at), self.lexed.span(at, at + 1));
        self.tokens.push(Token::Mark(mark, Span::new(before.end, after.start)));
    }

    /// Sets a silence of at least so many milliseconds, which the author asks for under this span.
    pub(super) fn pause(&mut self, milliseconds: u32, span: Span) {
        self.tokens.push(Token::Pause(milliseconds, span));
    }

    /// Reports a doubt about the lexemes `from..to`.
    pub(super) fn warn(&mut self, from: usize, to: usize, message: Message) {
        let span = Some(self.lexed.span(from, to));
        self.spoken.warnings.push(Warning { message, span });
    }

    /// Reports a doubt about the lexemes `from..to` if the document has none of its kind, which its
    /// message begins with; gives whether it had none.
    pub(super) fn warn_once(
        &mut self,
        from: usize,
        to: usize,
        kind: &str,
        message: Message,
    ) -> bool {
        let mut earlier = self.warned.iter().chain(&self.spoken.warnings).take(MOST_WARNINGS);
        let first = !earlier.any(|warning| warning.message.to_string().starts_with(kind));
        if first {
            self.warn(from, to, message);
        }
        first
    }

    /// The span of the last token, if it is a word.
    pub(super) fn last_word(&self) -> Option<&Word> {
        match self.tokens.last() {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Up to `count` tokens before this place, the nearest first.
    pub(super) fn last_tokens(&self, count: usize) -> impl Iterator<Item = &Token> {
        self.tokens.iter().rev().take(count)
    }

    /// The last token.
    pub(super) fn last_token(&self) -> Option<&Token> {
        self.tokens.last()
    }

    /// Whether any of the `reach` words before `at` in the same clause (no stop, colon or bracket
    /// between) is one of `words`.
    pub(super) fn near_before(&self, at: usize, reach: usize, words: &impl Words) -> bool {
        self.words_before(at, reach).any(|word| words.has_word(word))
    }

    /// Whether two words are side by side among the `reach` words before `at` in the clause.
    pub(super) fn near_phrase(&self, at: usize, reach: usize, [first, second]: [&str; 2]) -> bool {
        let later = self.words_before(at, reach);
        let earlier = self.words_before(at, reach + 1).skip(1);
        later.zip(earlier).any(|(later, earlier)| later == second && earlier == first)
    }

    /// Whether two words stand side by side among the `reach` lexemes before `at`, whatever marks are between.
    pub(super) fn mentions(&self, at: usize, reach: usize, [first, second]: [&str; 2]) -> bool {
        (at.saturating_sub(reach)..at)
            .any(|i| self.lexed.word(i) == first && self.lexed.word(i + 1) == second)
    }

    /// The same of the pairs of a set.
    pub(super) fn mentions_any(&self, at: usize, reach: usize, pairs: &sets::WordSet) -> bool {
        let mut pairs = pairs.iter().filter_map(|pair| pair.split_once(' '));
        pairs.any(|(first, second)| self.mentions(at, reach, [first, second]))
    }

    /// Whether a share is announced before `at`, which a score may be called as well.
    pub(super) fn announces_ratio(&self, at: usize) -> bool {
        self.near_phrase(at, 4, ["tỷ", "lệ"]) || self.near_phrase(at, 4, ["tỉ", "lệ"])
    }

    /// Up to `reach` words before `at` in the same clause, the nearest first.
    pub(super) fn words_before(&self, at: usize, reach: usize) -> impl Iterator<Item = &str> {
        (at.saturating_sub(CLAUSE)..at)
            .rev()
            .take_while(|&i| {
                !matches!(self.lexed.symbol(i), Some('.' | ';' | ':' | '(' | ')' | '!'))
            })
            .filter(|&i| self.lexed.case(i).is_some())
            .take(reach)
            .map(|i| self.lexed.word(i))
    }

    /// The index after the signs from `at` on that belong together and touch.
    pub(super) fn run(&self, at: usize, belongs: impl Fn(char) -> bool) -> usize {
        let mut end = at + 1;
        while self.lexed.glued_symbol(end).is_some_and(&belongs) {
            end += 1;
        }
        end
    }

    /// Whether `word` is among the next `reach` lexemes.
    pub(super) fn near_after(&self, at: usize, reach: usize, word: &str) -> bool {
        (at..at + reach).any(|i| self.lexed.word(i) == word)
    }

    /// Whether a word of another language with a capital is right before `at`: iPhone 12, Honda City 1.5x.
    pub(super) fn follows_foreign_name(&self, at: usize) -> bool {
        at > 0
            && matches!(self.lexed.case(at - 1), Some(Case::Capital | Case::Mixed))
            && !self.is_vietnamese(at - 1)
    }

    /// Whether the grade of an invalid of war is at `at`: thương binh 3/4, bệnh binh hạng 2/3.
    pub(super) fn follows_grade(&self, at: usize) -> bool {
        // thương binh 27/7: a day
        if self.lexed.digits(at).is_some() && !matches!(self.lexed.digits(at + 2), Some("3" | "4"))
        {
            return false;
        }
        let graded = matches!(self.lexed.before(at, 1), "hạng" | "loại");
        let person = at - usize::from(graded);
        self.lexed.before(person, 1) == "binh"
            && matches!(self.lexed.before(person, 2), "thương" | "bệnh")
    }

    /// Whether the last word that was said is `joint`, and one of a class is before it: 8-5 và …
    pub(super) fn goes_on_from(&self, class: &str, joint: &str) -> bool {
        let mut last = self.last_tokens(2);
        matches!(last.next(), Some(Token::Word(word)) if self.said(word) == joint)
            && matches!(last.next(), Some(Token::Word(word)) if word.class == class)
    }

    /// Whether the words right before `at` are `words`, in that order.
    pub(super) fn follows(&self, at: usize, words: &[&str]) -> bool {
        at >= words.len()
            && words.iter().enumerate().all(|(i, &w)| self.lexed.word(at - words.len() + i) == w)
    }

    /// Whether the word at `at` is a syllable of Vietnamese.
    pub(super) fn is_vietnamese(&self, at: usize) -> bool {
        self.lexed.is_syllable(at)
    }

    /// Whether a word in lower case is at `at`, as if the number before it counted it.
    pub(super) fn counts_next(&self, at: usize) -> bool {
        self.lexed.case(at) == Some(Case::Lower) && !sets::FUNCTION_WORDS.has(self.lexed.word(at))
    }

    /// What is said for a word.
    pub(super) fn said(&self, word: &Word) -> &str {
        &self.spoken.text[word.spoken.clone()]
    }

    /// The source text under a span of the block.
    pub(super) fn source_of(&self, span: Span) -> &'a str {
        self.lexed.source_under(span)
    }
}

/// Whether at least three words, and most of all letters, are capitals.
fn is_all_capitals(lexed: &Lexed<'_>) -> bool {
    let (mut upper, mut other) = (0, 0);
    for at in 0..lexed.len() {
        match lexed.get(at).map(|l| l.kind) {
            Some(Kind::Word(Case::Upper)) => upper += 1,
            Some(Kind::Word(_)) => other += 1,
            _ => {}
        }
    }
    upper >= 3 && upper > 4 * other
}
