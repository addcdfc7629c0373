//! Sentences of a text that is still being written: each is ready as soon as it is seen to be whole.

use std::sync::Arc;

use crate::job::read_text;
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::utterance::Utterance;
use crate::text::FrontEnd;

/// What could begin the next sentence. Where it would be taken into the one before, as after an abbreviation
/// (TP. Vinh), that one is not over.
const NEXT: &str = "Và";

/// A text without an end of a sentence is not waited for any longer than this, in bytes.
const LONGEST: usize = 8 << 10;

/// The part of a text that was not yet spoken.
pub(super) struct Sentences {
    front_end: Arc<FrontEnd>,
    text: String,
    /// How many places in it have been looked at where a sentence could end.
    looked_at: usize,
}

/// Sentences to be spoken.
pub(super) struct Ready {
    pub article: Article,
    pub utterances: Vec<Utterance>,
}

impl Sentences {
    /// Nothing yet; it will be read so.
    pub(super) fn new(front_end: Arc<FrontEnd>) -> Sentences {
        Sentences { front_end, text: String::new(), looked_at: 0 }
    }

    /// Takes a piece of a text that is spoken when all of it is there.
    pub(super) fn put(&mut self, piece: &str) {
        self.text.push_str(piece);
    }

    /// Takes the next piece of the text; gives the sentences that are whole now.
    ///
    /// # Errors
    /// As [`read_text`].
    pub(super) fn add(&mut self, piece: &str) -> Result<Option<Ready>, Error> {
        self.text.push_str(piece);
        let ends = ends(&self.text);
        if ends == self.looked_at {
            return if self.text.len() > LONGEST { self.rest() } else { Ok(None) };
        }
        self.looked_at = ends;
        let is_open = !self.text.ends_with(char::is_whitespace);
        let next = if is_open { "" } else { NEXT };
        let article = read_text("text", &format!("{}{next}", self.text))?;
        let mut utterances: Vec<_> = self.front_end.utterances(&article).collect();
        let Some(last) = utterances.last().map(|utterance| utterance.sentence) else {
            return Ok(None);
        };
        let whole = utterances.partition_point(|utterance| utterance.sentence < last);
        let edge = |utterance: &Utterance, word: usize| Some(utterance.words.get(word)?.source);
        let before = whole.checked_sub(1).and_then(|at| {
            let utterance = &utterances[at];
            edge(utterance, utterance.words.len().checked_sub(1)?)
        });
        let (Some(before), Some(after)) = (before, edge(&utterances[whole], 0)) else {
            return Ok(None);
        };
        // Marks that open the next sentence are its own.
        let Some(gap) = article.text.get(before.end..after.start) else { return Ok(None) };
        let space = gap.char_indices().rfind(|(_, sign)| sign.is_whitespace());
        let start = space.map_or(after.start, |(at, sign)| before.end + at + sign.len_utf8());
        let Some(left) = article.text[start..].strip_suffix(next) else { return Ok(None) };
        self.text = left.to_owned();
        self.looked_at = self::ends(&self.text);
        utterances.truncate(whole);
        Ok(Some(Ready { article, utterances }))
    }

    /// What is left.
    ///
    /// # Errors
    /// As [`read_text`].
    pub(super) fn rest(&mut self) -> Result<Option<Ready>, Error> {
        let text = std::mem::take(&mut self.text);
        self.looked_at = 0;
        if text.trim().is_empty() {
            return Ok(None);
        }
        let article = read_text("text", &text)?;
        let utterances = self.front_end.utterances(&article).collect();
        Ok(Some(Ready { article, utterances }))
    }
}

/// How many places there are where a sentence could end: a line, or a mark with a space after it.
fn ends(text: &str) -> usize {
    let mut after_mark = false;
    let mut count = 0;
    for sign in text.chars() {
        if sign == '\n' || (after_mark && sign.is_whitespace()) {
            count += 1;
        }
        let closes = matches!(sign, '"' | '”' | '’' | '»' | ')' | ']');
        after_mark = matches!(sign, '.' | '!' | '?' | '…') || (after_mark && closes);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::request::ReadingSettings;

    const TEXT: &str = "Sáng 12/3, ông Lê Văn A. ở TP. Vinh nói: “Giá tăng 3.5%. Ai cũng lo!” Mưa to.\n\n\
                        Gió cấp 8… Sóng cao 2,5 m? Không ai rõ";

    fn words(utterances: &[Utterance]) -> Vec<String> {
        let words = utterances.iter().flat_map(|utterance| &utterance.words);
        words.map(|word| word.said.clone()).collect()
    }

    fn front_end() -> Arc<FrontEnd> {
        Arc::new(FrontEnd::new(&ReadingSettings::default(), &|_| None).unwrap())
    }

    #[test]
    fn however_a_text_comes_the_same_is_said() {
        let mut all = Sentences::new(front_end());
        all.text = TEXT.to_owned();
        let expected = words(&all.rest().unwrap().unwrap().utterances);
        let signs: Vec<char> = TEXT.chars().collect();
        for length in [1, 2, 3, 7, 20, 1000] {
            let mut sentences = Sentences::new(front_end());
            let mut said = Vec::new();
            let mut times = 0;
            for piece in signs.chunks(length) {
                if let Some(ready) = sentences.add(&piece.iter().collect::<String>()).unwrap() {
                    said.extend(words(&ready.utterances));
                    times += 1;
                }
            }
            assert!(times > 0, "{length}");
            said.extend(words(&sentences.rest().unwrap().unwrap().utterances));
            assert_eq!(said, expected, "{length}");
        }
    }

    #[test]
    fn a_sentence_is_ready_when_it_is_whole_and_no_sooner() {
        let mut sentences = Sentences::new(front_end());
        for (piece, expected) in [
            ("Mưa to", ""),
            (".", ""),
            (" ", "Mưa to"),
            ("Bão vào TP. ", ""),
            ("Vinh. Gió", "Bão vào thành phố Vinh"),
            (" mạnh\n", "Gió mạnh"),
            (" \n", ""),
        ] {
            let ready = sentences.add(piece).unwrap();
            let said = ready.map(|ready| words(&ready.utterances).join(" ")).unwrap_or_default();
            assert_eq!(said, expected, "{piece:?}");
        }
        assert!(sentences.rest().unwrap().is_none());
    }

    #[test]
    fn a_text_without_an_end_is_not_kept_for_ever() {
        let mut sentences = Sentences::new(front_end());
        let mut ready = 0;
        for _ in 0..3000 {
            ready += usize::from(sentences.add("mưa to ").unwrap().is_some());
        }
        assert!(ready > 1 && sentences.text.len() <= LONGEST);
    }
}
