//! Abbreviations that the document itself explains: "Ban Thường vụ (BTV)", "NTM (nông thôn mới)".
//! What a document says of its own abbreviations beats every table, in the whole document.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::expansions::{
    contradicts, expansion_before, is_source, is_told_beside, listed, says_again,
};
use super::letters;
use super::lex::Lexed;
use super::senses::Senses;
use super::tables::Tables;
use super::written_out::WrittenOut;
use crate::model::article::Article;
use crate::model::diag::Span;
use crate::text::{orthography, scripts, transliterate};

/// More letters than this are a word in capitals, not an abbreviation.
const LONGEST_ABBREVIATION: usize = 10;

/// More bytes than this before the last word of a bracket are not an abbreviation.
const LONGEST_PHRASE: usize = 24;

/// How much text before a bracket can hold an expansion, in bytes.
const REACH: usize = 240;

/// The abbreviations a document explains.
#[derive(Default)]
pub(super) struct Definitions<'a> {
    expansions: HashMap<&'a str, &'a str>,
    /// What the words beside other abbreviations tell of them in the whole document.
    pub senses: Senses,
    /// What the document writes out of its abbreviations.
    pub written_out: WrittenOut<'a>,
    /// Letters that stand for none of the words that the table has for them.
    letters: HashSet<&'a str>,
    /// Whether an abbreviation of several words is among them: HTX RS.
    phrases: bool,
    /// Where each explaining bracket opens, and the offset after it closes.
    brackets: HashMap<usize, usize>,
}

impl<'a> Definitions<'a> {
    /// Finds the explanations in a document, wherever they are in it. One pass over the brackets.
    pub(super) fn of(document: &'a Article) -> Definitions<'a> {
        let written_out = WrittenOut::of(document);
        let mut found = Definitions { written_out, ..Definitions::default() };
        let source = document.text.as_str();
        let mut open_questions = HashMap::default();
        for block in &document.blocks {
            let text = document.text_of(block);
            for (at, _) in text.match_indices('(') {
                let open = block.span.start + at;
                if let Some(length) = closing(&text[at..]) {
                    let close = open + length;
                    if !found.learn(source, block.span.start, open, close) {
                        let inside = Span::new(open + 1, close).of(source).trim();
                        if is_abbreviation(inside) && open > block.span.start && !is_source(inside)
                        {
                            let (count, _, brackets) =
                                open_questions.entry(inside).or_insert((0, usize::MAX, vec![]));
                            *count -= 1;
                            brackets.push((open, close + 1));
                        }
                    }
                }
            }
        }
        // What is in a bracket and elsewhere too is a short name for what is before the
        // bracket, be its letters another language's: Tổ chức Y tế Thế giới (WHO). Where
        // it is spelled elsewhere, whoever listens must hear its letters here.
        if !open_questions.is_empty() {
            for word in
                source.split(|c: char| !(scripts::is_alphanumeric(c) || matches!(c, '&' | '-')))
            {
                let Some((count, first, _)) = open_questions.get_mut(word) else { continue };
                *count += 1;
                let used = word.as_ptr() as usize - source.as_ptr() as usize;
                if !source[..used].ends_with('(') {
                    *first = used.min(*first);
                }
            }
        }
        for (inside, (count, first, mut brackets)) in open_questions {
            if count > 0 && has_words(inside) {
                // An English name by its letters is heard once: Cơ quan An ninh quốc gia Mỹ (NSA), but not GDP or FDI,
                // bywords for a plain notion.
                let spelled = is_spelled(inside);
                brackets.retain(|&(open, _)| !(spelled && follows_name(source, open)));
                // What was used before is not explained behind a name: BTS … Jungkook (BTS).
                brackets.retain(|&(open, _)| open < first || !follows_foreign(source, open));
                brackets.retain(|&(open, _)| !is_told_beside(inside, &source[..open]));
                found.brackets.extend(brackets);
            }
        }
        found
    }

    /// The expansion of an abbreviation, as the document writes it.
    pub(super) fn expansion(&self, abbreviation: &str) -> Option<&'a str> {
        self.expansions.get(abbreviation).copied()
    }

    /// Whether the document says what an abbreviation is, and it is nothing that the table has, so that it is spelled.
    pub(super) fn is_letters(&self, abbreviation: &str) -> bool {
        self.letters.contains(abbreviation)
    }

    /// Whether an abbreviation of several words is explained.
    pub(super) fn has_phrases(&self) -> bool {
        self.phrases
    }

    /// The offset after the bracket that opens at `offset`, if the bracket only explains.
    pub(super) fn bracket(&self, offset: usize) -> Option<usize> {
        self.brackets.get(&offset).copied()
    }

    /// Looks at the bracket whose marks are at `open` and `close`, in the block that starts at
    /// `floor`; says whether it explains.
    fn learn(&mut self, source: &'a str, floor: usize, open: usize, close: usize) -> bool {
        let inside = Span::new(open + 1, close);
        let mut from = open.saturating_sub(REACH).max(floor);
        while !source.is_char_boundary(from) {
            from += 1;
        }
        if inside.of(source).contains([',', ';']) || inside.of(source).contains(" và ") {
            return self.learn_list(source, from, open, close);
        }
        let before = Lexed::new(source, Span::new(from, open));
        let abbreviation = inside.of(source).trim().trim_start_matches("gọi tắt là ");
        let abbreviation = abbreviation.trim_start_matches("viết tắt là ");
        if let Some((words, short)) = abbreviation.rsplit_once(' ') {
            // A bracket of several words: those in lower case must be before it too.
            let starts = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
            if is_abbreviation(short) && starts(words) && words.len() < LONGEST_PHRASE {
                return self.learn_phrase(&before, (words, short), abbreviation, open, close);
            }
        }
        if is_abbreviation(abbreviation) {
            let expansion =
                expansion_before(&before, abbreviation).or_else(|| listed(&before, abbreviation));
            let Some(expansion) = expansion else {
                if says_again(&before, abbreviation) {
                    self.brackets.insert(open, close + 1);
                    return true;
                }
                if contradicts(&before, abbreviation) {
                    self.letters.insert(abbreviation);
                }
                return false;
            };
            if is_foreign(expansion) {
                self.brackets.insert(open, close + 1); // its letters are spelled all the same
                if is_source(abbreviation) {
                    self.letters.insert(abbreviation); // Champions Queue (CQ) is no cơ quan
                }
            } else {
                self.insert(abbreviation, expansion, open, close);
            }
            return true;
        }
        let Some(last) = before.len().checked_sub(1) else { return false };
        let abbreviation = before.text(last);
        let words = Lexed::new(source, inside);
        let known = Tables::get().abbreviations(abbreviation).iter().any(|row| {
            row.written == abbreviation
                && row.expansion.to_lowercase() == inside.of(source).trim().to_lowercase()
        });
        if known && is_abbreviation(abbreviation) {
            self.insert(abbreviation, inside.of(source).trim(), open, close);
            return true;
        }
        let expands = is_abbreviation(abbreviation)
            && expansion_before(&words, abbreviation) == Some(inside.of(source).trim());
        if expands && is_foreign(inside.of(source).trim()) {
            // BTU (British Thermal Unit): the letters stay, and the words are read once.
            if is_source(abbreviation) {
                self.letters.insert(abbreviation);
            }
        } else if expands {
            self.insert(abbreviation, inside.of(source).trim(), open, close);
        }
        expands
    }

    /// Learns `(HTX RS)` or `(Quỹ BV&PTR)`: `words` are the words before the last, `short` the
    /// last. Words that are not in capitals must be said before the bracket as they are.
    fn learn_phrase(
        &mut self,
        before: &Lexed<'a>,
        (words, short): (&'a str, &'a str),
        whole: &'a str,
        open: usize,
        close: usize,
    ) -> bool {
        let Some(expansion) = expansion_before(before, short) else { return false };
        if words.split(' ').all(is_abbreviation) {
            let Some(expansion) = expansion_before(before, whole) else { return false };
            self.phrases = true;
            self.insert(whole, expansion, open, close);
            return true;
        }
        let text = before.rest(0);
        let same = text.rfind(expansion).is_some_and(|start| {
            text[..start].trim_end().to_lowercase().ends_with(&words.to_lowercase())
        });
        if same {
            self.insert(short, expansion, open, close);
        }
        same
    }

    /// Learns `đoàn viên, người lao động (ĐV, NLĐ)` or `(ĐV và NLĐ)`: as many abbreviations as there are names before the
    /// bracket, in the same order.
    fn learn_list(&mut self, source: &'a str, from: usize, open: usize, close: usize) -> bool {
        let inside = Span::new(open + 1, close).of(source);
        let mut end = open;
        let mut found = Vec::new();
        let parts = inside.split([',', ';']).flat_map(|part| part.split(" và ")).map(str::trim);
        for abbreviation in parts.collect::<Vec<_>>().into_iter().rev() {
            if !is_abbreviation(abbreviation) {
                return false;
            }
            let before = source[from..end].trim_end_matches([',', ';', ' ']);
            let before = before.strip_suffix(" và").unwrap_or(before);
            let before = Lexed::new(source, Span::new(from, from + before.len()));
            let expansion = expansion_before(&before, abbreviation);
            let Some(expansion) = expansion.filter(|expansion| !is_foreign(expansion)) else {
                return false;
            };
            end = expansion.as_ptr() as usize - source.as_ptr() as usize;
            found.push((abbreviation, expansion));
        }
        for (abbreviation, expansion) in found {
            self.insert(abbreviation, expansion, open, close);
        }
        true
    }

    fn insert(&mut self, abbreviation: &'a str, expansion: &'a str, open: usize, close: usize) {
        self.expansions.entry(abbreviation).or_insert(expansion);
        self.brackets.insert(open, close + 1);
    }
}

/// Whether the word before an offset is a name of another language.
fn follows_foreign(source: &str, offset: usize) -> bool {
    follows_name(source, offset)
        && orthography::parse(&orthography::fold(last_word(&source[..offset]))).is_none()
}

/// Whether the word before an offset is a name.
fn follows_name(source: &str, offset: usize) -> bool {
    last_word(&source[..offset]).starts_with(char::is_uppercase)
}

/// The last word of a text; empty if a sign is there.
fn last_word(text: &str) -> &str {
    text.trim_end().rsplit(|c: char| !scripts::is_alphanumeric(c)).next().unwrap_or_default()
}

/// Whether the table has more for an abbreviation than the names of its letters. English names are more
/// where they are a byword (GDP, FDI), which two letters are not (ID).
fn has_words(abbreviation: &str) -> bool {
    let letters = transliterate::spell_letters(abbreviation);
    let pair = abbreviation.chars().count() == 2;
    let rows = Tables::get().abbreviations(abbreviation);
    rows.iter()
        .filter(|row| row.written == abbreviation)
        .any(|row| row.expansion != letters && !(pair && letters::is_spelled(row.expansion)))
}

/// Whether the table has nothing but names of letters for an abbreviation: NSA, en ét ây.
fn is_spelled(abbreviation: &str) -> bool {
    let mut rows = Tables::get().abbreviations(abbreviation).iter();
    rows.all(|row| row.written != abbreviation || letters::is_spelled(row.expansion))
}

/// Whether an expansion is of another language: no letter of it has a mark, and most of its words are no syllables
/// of Vietnamese (Sun Protection Factor).
fn is_foreign(expansion: &str) -> bool {
    let words = expansion.split(' ').count();
    let syllables = expansion
        .split(' ')
        .filter(|word| orthography::parse(&word.to_lowercase()).is_some())
        .count();
    words > 1 && expansion.is_ascii() && 2 * syllables < words
}

/// Where the bracket that `text` starts with closes, if it does within reach.
fn closing(text: &str) -> Option<usize> {
    text.bytes().take(REACH + 1).position(|byte| byte == b')')
}

/// Two or more letters, mostly capitals, perhaps joined by `-`, `&`, `/` or `.`.
fn is_abbreviation(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    (2..=LONGEST_ABBREVIATION).contains(&letters)
        && capitals >= 2
        && capitals * 2 > letters
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '&' | '/' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::{Block, BlockKind};

    fn document(source: &str) -> Article {
        let span = Span::new(0, source.len());
        let blocks = vec![Block::new(BlockKind::Paragraph, span, "a test")];
        Article { text: source.to_owned(), blocks, ..Article::default() }
    }

    #[test]
    fn explanations_are_found() {
        for (text, abbreviation, expansion) in [
            ("Ban Thường vụ (BTV) Huyện ủy", "BTV", "Ban Thường vụ"),
            ("tiêu chí Nông thôn mới (NTM) nâng cao", "NTM", "Nông thôn mới"),
            ("Mặt trận Tổ quốc (MTTQ)", "MTTQ", "Mặt trận Tổ quốc"),
            ("Sở Giáo dục và Đào tạo (GD&ĐT)", "GD&ĐT", "Giáo dục và Đào tạo"),
            ("xây dựng NTM (nông thôn mới) kiểu mẫu", "NTM", "nông thôn mới"),
            ("kinh tế - xã hội (KT-XH)", "KT-XH", "kinh tế - xã hội"),
            ("an toàn thực phẩm (ATTP)", "ATTP", "an toàn thực phẩm"),
            ("Tổ chức Y tế thế giới (WHO)", "WHO", "Tổ chức Y tế thế giới"),
            ("Nhựa Thiếu niên Tiền Phong (NTP)", "NTP", "Nhựa Thiếu niên Tiền Phong"),
            ("Bitcoin (BTC)", "BTC", "Bitcoin"),
            ("Uỷ ban nhân dân (UBND)", "UBND", "Uỷ ban nhân dân"),
            ("những đoàn viên, người lao động (ĐV, NLĐ) khó khăn", "ĐV", "đoàn viên"),
            ("những đoàn viên và người lao động (ĐV, NLĐ) khó khăn", "NLĐ", "người lao động"),
            (
                "canh gác đêm, trồng rừng và làm đường, sửa cầu (CGĐTR và LĐSC)",
                "LĐSC",
                "làm đường, sửa cầu",
            ),
        ] {
            let document = document(text);
            let definitions = Definitions::of(&document);
            assert_eq!(definitions.expansion(abbreviation), Some(expansion), "{text}");
        }
    }

    #[test]
    fn other_brackets_explain_nothing() {
        for text in [
            "Huyện ủy Bình Lục (Hà Nam) cho biết",
            "khóa (XIII)",
            "nhà máy (BTV)",
            "(BTV)",
            "giải (USD)",
            "Continuous Integration (CI)",
            "người lao động (ĐV, NLĐ)",
            "tại Hà Nội. Khiếu Tư (TTXVN)",
        ] {
            assert!(Definitions::of(&document(text)).expansions.is_empty(), "{text}");
        }
    }
}
