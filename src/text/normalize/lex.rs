//! Cuts text into lexemes: words, runs of digits and single symbols, in one pass.

use super::word_sets as sets;
use std::cell::Cell;
use std::ops::Range;

use crate::model::diag::Span;
use crate::text::orthography::{self, settle_tone_mark};
use crate::text::scripts::{self, push_lower};

/// What a lexeme is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with apostrophes between letters.
    Word(Case),
    /// ASCII digits.
    Digits,
    /// One character that is neither a letter, a digit nor white space.
    Symbol(char),
}

/// How a word is capitalized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// No capital.
    Lower,
    /// One capital, the first letter, and more letters.
    Capital,
    /// All letters are capitals (a single capital letter too).
    Upper,
    /// Anything else: `iPhone`, `QĐi`, `ThS`.
    Mixed,
}

/// A piece of the text.
#[derive(Debug, Clone)]
pub(super) struct Lexeme {
    /// Where it is in the source.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
    /// Whether it follows the lexeme before it without white space.
    pub glued: bool,
    /// Where a word's folded form is in [`Lexed::folded`]; empty for other kinds.
    folded: Range<u32>,
    /// Whether it is a syllable of Vietnamese, once somebody asked: many classes ask of each word.
    syllable: Cell<Option<bool>>,
}

/// The word that the number of a day follows.
const DAY: &str = "ngày";

/// A stretch of text cut into lexemes.
pub(super) struct Lexed<'a> {
    source: &'a str,
    lexemes: Vec<Lexeme>,
    /// Whether numbers are written as in English: a percentage has a decimal point, and no number a
    /// decimal comma.
    pub points_decimals: bool,
    /// Whether what is measured or paid has a decimal point, and no number a decimal comma.
    pub points_measure: bool,
    /// The words in lower case with the tone mark in its older place (khoá → khóa), so that equal
    /// words compare equal.
    folded: String,
}

impl<'a> Lexed<'a> {
    /// Cuts the part of `source` under `span`.
    pub(super) fn new(source: &'a str, span: Span) -> Lexed<'a> {
        let text = span.of(source);
        let mut lexed = Lexed {
            source,
            lexemes: Vec::with_capacity(text.len() / 5),
            folded: String::with_capacity(text.len()),
            points_decimals: false,
            points_measure: false,
        };
        let mut rest = text.char_indices().peekable();
        let mut glued = false;
        while let Some((at, first)) = rest.next() {
            if first.is_whitespace() {
                glued = false;
                continue;
            }
            let start = span.start + at;
            let mut end = start + first.len_utf8();
            let folded_start = lexed.folded.len() as u32;
            let kind = if first.is_ascii_digit() {
                while let Some((_, digit)) = rest.next_if(|(_, c)| c.is_ascii_digit()) {
                    end += digit.len_utf8();
                }
                glued = glued && !lexed.ends_with_day();
                Kind::Digits
            } else if is_letter(first) {
                let mut case = CaseScan::new(first);
                push_lower(&mut lexed.folded, first);
                while let Some(&(offset, c)) = rest.peek() {
                    if is_letter(c) {
                        case.see(c);
                    } else if !(matches!(c, '\'' | '’')
                        && text[offset + c.len_utf8()..].chars().next().is_some_and(is_letter))
                    {
                        break;
                    }
                    push_lower(&mut lexed.folded, c);
                    end += c.len_utf8();
                    rest.next();
                }
                settle_tone_mark(&mut lexed.folded, folded_start as usize);
                let word = &source[start..end];
                if let Some(name) = word.strip_suffix(DAY).filter(|name| !name.is_empty())
                    && text[end - span.start..]
                        .trim_start()
                        .starts_with(|c: char| c.is_ascii_digit())
                {
                    lexed.push_day(Span::new(start, end), name, folded_start, glued);
                    glued = true;
                    continue;
                }
                Kind::Word(case.result())
            } else {
                Kind::Symbol(first)
            };
            lexed.lexemes.push(Lexeme {
                span: Span::new(start, end),
                kind,
                glued,
                folded: folded_start..lexed.folded.len() as u32,
                syllable: Cell::new(None),
            });
            glued = true;
        }
        let percent = |at: usize| lexed.symbol(at) == Some('%');
        let measured = |at: usize| percent(at) || sets::MEASURED_AT_ENDS.has(lexed.word(at));
        let points = (lexed.has_english_decimals(percent), lexed.has_english_decimals(measured));
        (lexed.points_decimals, lexed.points_measure) = points;
        lexed
    }

    /// Puts in a name and the ngày that touches it, before a number, as two words: Philippinesngày 10.11.
    fn push_day(&mut self, span: Span, name: &str, folded: u32, glued: bool) {
        let mut letters = name.chars();
        let mut case = letters.next().map_or(CaseScan::new('a'), CaseScan::new);
        letters.for_each(|letter| case.see(letter));
        let cut = span.start + name.len();
        let folded_end = self.folded.len() as u32;
        let folded_cut = folded_end - DAY.len() as u32;
        let kinds = [(span.start, cut, folded, folded_cut, glued, case.result())];
        let day = (cut, span.end, folded_cut, folded_end, false, Case::Lower);
        for (start, end, from, to, glued, case) in kinds.into_iter().chain([day]) {
            self.lexemes.push(Lexeme {
                span: Span::new(start, end),
                kind: Kind::Word(case),
                glued,
                folded: from..to,
                syllable: Cell::new(None),
            });
        }
    }

    /// Whether the last lexeme is ngày or a part of the day, so that a number which touches it stands apart: Ngày10.11,
    /// sáng9-11.
    fn ends_with_day(&self) -> bool {
        self.len()
            .checked_sub(1)
            .is_some_and(|last| sets::PARTS_OF_DAY_AND_DAY.has(self.word(last)))
    }

    /// Whether a decimal point is before what `measure` tells, and there is no decimal comma.
    fn has_english_decimals(&self, measure: impl Fn(usize) -> bool) -> bool {
        let decimals = |at: usize, sign: char| {
            self.symbol(at) == Some(sign)
                && self.is_glued(at)
                && at > 0
                && self.digits(at - 1).is_some()
                && self.glued_digits(at + 1).is_some_and(|digits| digits.len() != 3)
        };
        let mut found = false;
        for at in 0..self.len() {
            if decimals(at, ',') {
                return false;
            }
            found |= decimals(at, '.') && measure(at + 2);
        }
        found
    }

    /// How many lexemes there are.
    pub(super) fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// Whether the text stands alone at the end of an article: sentences before it, and nothing but
    /// a line after it.
    pub(super) fn ends_article(&self) -> bool {
        const LINE: usize = 120;
        let (Some(first), Some(last)) = (self.lexemes.first(), self.lexemes.last()) else {
            return false;
        };
        let before = self.source[..first.span.start].trim_end();
        before.ends_with(['.', '!', '?', '…', '”', '"', ')'])
            && self.source[last.span.end..].trim().len() < LINE
    }

    /// Whether nothing of the article follows the text.
    pub(super) fn is_last(&self) -> bool {
        self.lexemes.last().is_some_and(|last| self.source[last.span.end..].trim().is_empty())
    }

    /// The lexeme at an index.
    pub(super) fn get(&self, at: usize) -> Option<&Lexeme> {
        self.lexemes.get(at)
    }

    /// The source text of the lexemes `from..to`, what is between them included.
    pub(super) fn source(&self, from: usize, to: usize) -> &'a str {
        self.span(from, to).of(self.source)
    }

    /// The span of the lexemes `from..to`, which must be a non-empty range of them.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        self.lexemes[from].span.to(self.lexemes[to - 1].span)
    }

    /// The source text under a span.
    pub(super) fn source_under(&self, span: Span) -> &'a str {
        span.of(self.source)
    }

    /// The text from a lexeme to the end of the block; empty past the end.
    pub(super) fn rest(&self, at: usize) -> &'a str {
        match (self.get(at), self.lexemes.last()) {
            (Some(first), Some(last)) => first.span.to(last.span).of(self.source),
            _ => "",
        }
    }

    /// The index after the lexemes that cover the first `length` bytes of [`Self::rest`], if a
    /// lexeme ends there.
    pub(super) fn after(&self, at: usize, length: usize) -> Option<usize> {
        let end = self.get(at)?.span.start + length;
        let covered = self.lexemes[at..].iter().take_while(|l| l.span.end <= end).count();
        (covered > 0 && self.lexemes[at + covered - 1].span.end == end).then_some(at + covered)
    }

    /// The text of one lexeme; empty past the end.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.get(at).map_or("", |lexeme| lexeme.span.of(self.source))
    }

    /// The folded form of a word; empty for other kinds and past the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.get(at).map_or("", |l| &self.folded[l.folded.start as usize..l.folded.end as usize])
    }

    /// Whether a word is a syllable of Vietnamese.
    pub(super) fn is_syllable(&self, at: usize) -> bool {
        let Some(lexeme) = self.get(at) else { return false };
        lexeme.syllable.get().unwrap_or_else(|| {
            let is_one = orthography::parse(self.word(at)).is_some();
            lexeme.syllable.set(Some(is_one));
            is_one
        })
    }

    /// The folded word `back` lexemes before `at`; empty where there is none.
    pub(super) fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// Whether letters or digits at an index touch what is before them, so that it does not end
    /// there.
    pub(super) fn goes_on(&self, at: usize) -> bool {
        self.is_glued(at) && self.symbol(at).is_none()
    }

    /// The digits at an index, if it is a run of digits.
    pub(super) fn digits(&self, at: usize) -> Option<&'a str> {
        self.get(at).filter(|l| l.kind == Kind::Digits).map(|l| l.span.of(self.source))
    }

    /// The value of the digits at an index, if it is no more than 65,535.
    pub(super) fn value(&self, at: usize) -> Option<u16> {
        self.digits(at)?.parse().ok()
    }

    /// The symbol at an index.
    pub(super) fn symbol(&self, at: usize) -> Option<char> {
        match self.get(at)?.kind {
            Kind::Symbol(symbol) => Some(symbol),
            _ => None,
        }
    }

    /// The case of the word at an index.
    pub(super) fn case(&self, at: usize) -> Option<Case> {
        match self.get(at)?.kind {
            Kind::Word(case) => Some(case),
            _ => None,
        }
    }

    /// Whether the lexeme at an index follows the one before it without white space.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(|lexeme| lexeme.glued)
    }

    /// The symbol at an index, if it is glued to what is before it.
    pub(super) fn glued_symbol(&self, at: usize) -> Option<char> {
        self.symbol(at).filter(|_| self.is_glued(at))
    }

    /// The digits at an index, if they are glued to what is before them.
    pub(super) fn glued_digits(&self, at: usize) -> Option<&'a str> {
        self.digits(at).filter(|_| self.is_glued(at))
    }
}

fn is_letter(c: char) -> bool {
    if scripts::is_latin(c) {
        return scripts::is_alphabetic(c) || matches!(c, '\u{300}'..='\u{36f}');
    }
    !c.is_ascii() && c.is_alphabetic() && !c.is_numeric()
}

/// Follows the case of a word letter by letter.
struct CaseScan {
    first_upper: bool,
    uppers: u32,
    letters: u32,
}

impl CaseScan {
    fn new(first: char) -> CaseScan {
        let upper = first.is_uppercase();
        CaseScan { first_upper: upper, uppers: u32::from(upper), letters: 1 }
    }

    fn see(&mut self, letter: char) {
        self.uppers += u32::from(letter.is_uppercase());
        self.letters += 1;
    }

    fn result(&self) -> Case {
        match self.uppers {
            0 => Case::Lower,
            n if n == self.letters => Case::Upper,
            1 if self.first_upper => Case::Capital,
            _ => Case::Mixed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        let lexed = Lexed::new(text, Span::new(0, text.len()));
        (0..lexed.len()).map(|at| lexed.word(at).to_owned()).collect()
    }

    #[test]
    fn words_digits_and_symbols_come_apart() {
        let text = "Covid-19, O'Brien 2.405đ";
        let lexed = Lexed::new(text, Span::new(0, text.len()));
        let texts: Vec<_> = (0..lexed.len()).map(|at| lexed.text(at)).collect();
        assert_eq!(texts, ["Covid", "-", "19", ",", "O'Brien", "2", ".", "405", "đ"]);
        let glued: Vec<_> = (0..lexed.len()).map(|at| lexed.is_glued(at)).collect();
        assert_eq!(glued, [false, true, true, true, false, false, true, true, true]);
    }

    #[test]
    fn tone_marks_fold_to_one_place() {
        assert_eq!(folded("Khoá hoà THUỶ Quý hoàn"), ["khóa", "hòa", "thủy", "quý", "hoàn"]);
    }

    #[test]
    fn cases_are_told_apart() {
        let text = "an An AN A iPhone QĐi Đ";
        let lexed = Lexed::new(text, Span::new(0, text.len()));
        let cases: Vec<_> = (0..lexed.len()).map(|at| lexed.case(at).unwrap()).collect();
        use Case::*;
        assert_eq!(cases, [Lower, Capital, Upper, Upper, Mixed, Mixed, Upper]);
    }
}
