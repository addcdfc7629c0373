//! Passages in other languages: sentences that are not Vietnamese.
//!
//! Our own test of syllables says what is not Vietnamese; which language it is, its script says or, for
//! Latin letters, its function words (`tables/function_words.tsv`), without which it is a row of names or
//! terms. A sentence is a passage, and so is a shorter stretch whose markup names a language and that does
//! not look Vietnamese: programs that write pages often name the wrong one.

use std::sync::LazyLock;

use crate::model::article::Article;
use crate::model::diag::Span;
use crate::model::error::Error;
use crate::model::manner::{self, Manner, MannerKind};
use crate::model::reading_policy::ReadingPolicy;
use crate::model::tables;
use crate::text::{orthography, scripts};

/// A sentence with fewer words may be a name or a title.
const FEWEST: usize = 5;

/// A passage has at least so many words in lower case that are no Vietnamese syllables: names do not
/// make one.
const FEWEST_COMMON: usize = 3;

/// At least this share of the words of a passage are no Vietnamese syllables. English has some that look
/// like such: `to`, `on`, `he`.
const FOREIGN: f64 = 0.5;

/// A passage in another script has at least so many letters; fewer are a name or a word that is
/// explained beside it.
const FEWEST_LETTERS: usize = 13;

const FILE: &str = "src/text/tables/function_words.tsv";

/// The function words of a language.
struct FunctionWords {
    language: &'static str,
    words: Vec<&'static str>,
}

static LANGUAGES: LazyLock<Vec<FunctionWords>> =
    LazyLock::new(|| load(include_str!("tables/function_words.tsv")).unwrap_or_default());

fn load(text: &'static str) -> Result<Vec<FunctionWords>, Error> {
    let rows = tables::rows(FILE, text, &["language", "words"])?.into_iter();
    rows.map(|(line, row)| {
        let words: Vec<_> = row[1].split(' ').collect();
        if words.iter().any(|word| word.is_empty() || *word != word.to_lowercase()) {
            return Err(tables::bad_row(FILE, line, "a word is empty or not in lower case"));
        }
        Ok(FunctionWords { language: row[0], words })
    })
    .collect()
}

/// The manners of an article, with a language for each passage in what is read of it.
pub(super) fn find(article: &Article, parts: &ReadingPolicy) -> Vec<Manner> {
    let is_believed = |manner: &&Manner| match &manner.kind {
        MannerKind::Language(language) => {
            language == "vi" || foreign_words(manner.span.of(&article.text), 1).is_some()
        }
        _ => true,
    };
    let mut manners: Vec<_> = article.manners.iter().filter(is_believed).cloned().collect();
    let named: Vec<Span> = manners
        .iter()
        .filter(|manner| matches!(manner.kind, MannerKind::Language(_)))
        .map(|manner| manner.span)
        .collect();
    for block in article.read(parts) {
        let mut last: Option<Passage> = None;
        for span in sentences(&article.text, block.span) {
            let is_named = named.iter().any(|of| of.start <= span.start && span.end <= of.end);
            let found = script_of(span.of(&article.text)).filter(|_| !is_named);
            match (&mut last, found) {
                // Sentences that follow one another in one script are one passage.
                (Some(last), Some(script)) if last.script == script => last.span.end = span.end,
                (last, found) => {
                    manners.extend(last.take().and_then(|passage| passage.manner(article)));
                    *last = found.map(|script| Passage { span, script });
                }
            }
        }
        manners.extend(last.and_then(|passage| passage.manner(article)));
    }
    manner::sort(&mut manners);
    manners
}

/// The sentences of a block, roughly: a stop or the end of a line ends one.
fn sentences(text: &str, block: Span) -> impl Iterator<Item = Span> {
    let mut start = block.start;
    std::iter::from_fn(move || {
        let rest = &text[start..block.end];
        let skipped = rest.len() - rest.trim_start().len();
        let (from, rest) = (start + skipped, rest.trim_start());
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len();
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let after = at + c.len_utf8();
            let is_spaced = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
            let ends = match c {
                '\n' | '。' | '！' | '？' => true,
                '.' => is_spaced && !is_short_for(&rest[..at]),
                '!' | '?' | '…' => is_spaced,
                '”' | '"' | '»' => is_spaced && rest[..at].ends_with(['.', '!', '?', '…']),
                // What is quoted is by itself.
                '“' | '«' => at > 0,
                _ => false,
            };
            if ends {
                end = if matches!(c, '“' | '«') { at } else { after };
                break;
            }
        }
        start = from + end;
        Some(Span::new(from, from + rest[..end].trim_end().len()))
    })
}

/// Whether what stands before a stop is an initial, or a title that European languages shorten.
fn is_short_for(before: &str) -> bool {
    const TITLES: [&str; 11] =
        ["Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Sr", "Jr", "Mme", "Mlle", "Sra"];
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    TITLES.contains(&word) || (word.chars().count() == 1 && word.starts_with(char::is_uppercase))
}

/// What a sentence that is not Vietnamese is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    /// A script of this language.
    Of(&'static str),
}

/// Sentences in one script that follow one another.
struct Passage {
    span: Span,
    script: Script,
}

impl Passage {
    /// Its language; none if its words are names or terms only.
    fn manner(self, article: &Article) -> Option<Manner> {
        let language = match self.script {
            Script::Of(language) => language,
            Script::Latin => by_function_words(self.span.of(&article.text))?,
        };
        Some(Manner { span: self.span, kind: MannerKind::Language(language.to_owned()) })
    }
}

/// What a sentence is written in, if it is not Vietnamese.
fn script_of(sentence: &str) -> Option<Script> {
    if let Some(language) = by_script(sentence) {
        return Some(Script::Of(language));
    }
    (foreign_words(sentence, FEWEST)? >= FEWEST_COMMON).then_some(Script::Latin)
}

/// The language whose function words a text has most of; none if it has too few for running text.
fn by_function_words(text: &str) -> Option<&'static str> {
    /// Every so many words there is at least one.
    const EVERY: usize = 10;
    // The A of a code (A19) is no article.
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            word.starts_with(char::is_alphabetic) && word.chars().all(char::is_alphabetic)
        })
        .map(str::to_lowercase)
        .collect();
    let count = |language: &FunctionWords| {
        words.iter().filter(|word| language.words.contains(&word.as_str())).count()
    };
    // Of equals the first in the table, which is the one that is quoted most.
    let counted = LANGUAGES.iter().rev().map(|language| (count(language), language.language));
    let most = counted.max_by_key(|(count, _)| *count);
    most.filter(|(count, _)| *count > 0 && count * EVERY >= words.len()).map(|(_, name)| name)
}

/// In a text of at least so many words that is not Vietnamese, how many words in lower case are no
/// Vietnamese syllables.
fn foreign_words(text: &str, fewest: usize) -> Option<usize> {
    // Units and the signs between numbers are of no language: 162.3 x 79 mm.
    let is_unit = |word: &str| {
        word.len() <= 2
            && word.starts_with(char::is_lowercase)
            && !word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
    };
    let words = || {
        let words = text.split(|c: char| !scripts::is_alphabetic(c) && c != '\'' && c != '’');
        words.filter(|word| word.starts_with(scripts::is_alphabetic) && !is_unit(word))
    };
    // What is Vietnamese is told by its letters, before any word is looked at more closely. Its names
    // may be in a text in any language.
    let is_common = |word: &&str| word.starts_with(char::is_lowercase);
    let (mut all, mut vietnamese) = (0, 0);
    for word in words() {
        all += 1;
        vietnamese += usize::from(is_common(&word) && word.contains(is_vietnamese_letter));
    }
    // Marks that other languages of Europe have too are weaker: là and à are French.
    let marked = words()
        .filter(is_common)
        .filter(|word| !word.is_ascii() && orthography::parse(&orthography::fold(word)).is_some());
    if all < fewest || vietnamese * 10 > all || marked.count() * 6 > all {
        return None;
    }
    let is_foreign = |word: &&str| orthography::parse(&orthography::fold(word)).is_none();
    let foreign: Vec<&str> = words().filter(is_foreign).collect();
    let common = foreign.iter().copied().filter(is_common).count();
    (foreign.len() as f64 >= FOREIGN * all as f64).then_some(common)
}

/// Whether a letter is one that of the languages of Europe only Vietnamese has.
fn is_vietnamese_letter(c: char) -> bool {
    matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1EA0}'..='\u{1EF9}')
}

/// The language of a text whose letters are nearly all of one script that is not Latin.
fn by_script(text: &str) -> Option<&'static str> {
    let mut letters = 0;
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for c in text.chars().filter(|&c| scripts::is_alphabetic(c)) {
        letters += 1;
        let Some(language) = scripts::language(c) else { continue };
        match counts.iter_mut().find(|(known, _)| *known == language) {
            Some((_, count)) => *count += 1,
            None => counts.push((language, 1)),
        }
    }
    let of =
        |language: &str| counts.iter().find(|(known, _)| *known == language).map_or(0, |c| c.1);
    // Japanese has Han among its own letters.
    let (language, count) = match of("ja") {
        0 => counts.iter().copied().max_by_key(|(_, count)| *count)?,
        kana => ("ja", kana + of("zh")),
    };
    (letters >= FEWEST_LETTERS && count * 5 >= letters * 4).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::readers;

    fn passages(text: &str) -> Vec<(String, String)> {
        let article = readers::paragraphs(text.to_owned());
        let manners = find(&article, &ReadingPolicy::default());
        let passage = |manner: &Manner| match &manner.kind {
            MannerKind::Language(language) => {
                (language.clone(), manner.span.of(&article.text).to_owned())
            }
            kind => panic!("{kind:?}"),
        };
        manners.iter().map(passage).collect()
    }

    #[test]
    fn the_table_loads_and_its_faults_have_their_line() {
        assert!(load(include_str!("tables/function_words.tsv")).unwrap().len() > 5);
        let error = load("language\twords\nen\tthe  of\n").err().unwrap().to_string();
        assert!(error.contains("line 2"), "{error}");
    }

    #[test]
    fn sentences_in_other_languages_are_found() {
        for (text, language, passage) in [
            (
                "Ông mở đầu bằng tiếng Anh. Ladies and gentlemen, welcome to the first summer fair. \
                 Please take your seats now. Sau đó ông nói tiếng Việt.",
                "en",
                "Ladies and gentlemen, welcome to the first summer fair. Please take your seats now.",
            ),
            (
                "Nous avons travaillé ensemble pendant toute la semaine.",
                "fr",
                "Nous avons travaillé ensemble pendant toute la semaine.",
            ),
            (
                "Bà viết: “The weather was lovely when we arrived.” Rồi bà về nước.",
                "en",
                "“The weather was lovely when we arrived.”",
            ),
            (
                "春風得意馬蹄疾，一日看盡長安花。 Đó là thơ cổ.",
                "zh",
                "春風得意馬蹄疾，一日看盡長安花。",
            ),
            (
                "今日はとても良い天気ですね、散歩に行きましょう。",
                "ja",
                "今日はとても良い天気ですね、散歩に行きましょう。",
            ),
            (
                "Mr. Nguyễn Văn Nam met the farmers of the region on Monday.",
                "en",
                "Mr. Nguyễn Văn Nam met the farmers of the region on Monday.",
            ),
            ("Сегодня хорошая погода в городе.", "ru", "Сегодня хорошая погода в городе."),
        ] {
            assert_eq!(passages(text), [(language.to_owned(), passage.to_owned())], "{text}");
        }
    }

    #[test]
    fn vietnamese_with_foreign_names_is_vietnamese() {
        for text in [
            "Các đội Manchester United, Chelsea, Arsenal và Liverpool dẫn đầu.",
            "Manchester United, Chelsea, Arsenal, Liverpool, Barcelona, Real Madrid.",
            "Công ty ra mắt smartphone Galaxy S25 Ultra với camera telephoto.",
            "Hom nay troi dep, chung ta di choi cong vien nhe cac ban oi.",
            "App này hot trend trên Facebook, TikTok và Instagram.",
            "Marketing Manager, Sales Executive, Content Creator",
            "Bài Yesterday của The Beatles.",
            "Kích thước: S24 Ultra 162.3 x 79 x 8.6 mm; S24 Plus 158.5 x 75.9 x 7.7 mm",
            "Tại New York, arabica giao tháng 12 thêm 6,35 US cent/pound, chạm 377,2 US cent/pound (1 pound = 0,4536 kg).",
            "Giá 5 USD/kg, ship free, inbox ngay.",
            "HELLO",
        ] {
            assert_eq!(passages(text), [], "{text}");
        }
    }

    #[test]
    fn what_markup_says_is_believed_where_it_can_be() {
        let text = "Khái niệm deep learning do một nhóm nghiên cứu ở Toronto đưa ra.";
        let mut article = readers::paragraphs(text.to_owned());
        let span = |part: &str| {
            let start = text.find(part).unwrap();
            Span::new(start, start + part.len())
        };
        article.manners = [span("deep learning"), span("do một nhóm nghiên cứu ở Toronto")]
            .map(|span| Manner::language(span, "en").unwrap())
            .to_vec();
        let found = find(&article, &ReadingPolicy::default());
        assert_eq!(found, article.manners[..1]);
    }
}
