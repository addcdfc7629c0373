//! The text of an utterance as a server gets it, and how much of its time each word takes.

use crate::model::spoken::Mark;
use crate::model::utterance::Utterance;

/// The words that are said, with punctuation as in print. What is in quotation marks or brackets is
/// between commas, for some servers say the names of such signs; and what is sent always ends with a
/// mark, so that its melody ends too.
pub(super) fn text(utterance: &Utterance) -> String {
    let mut text = String::new();
    for group in &utterance.groups {
        for word in utterance.words.get(group.words.clone()).unwrap_or_default() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&word.said);
        }
        text.push_str(group.mark.map_or("", sign));
    }
    if text.ends_with(char::is_alphanumeric) {
        text.push(if utterance.delivery.goes_on { ',' } else { '.' });
    }
    text
}

fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Semicolon | Mark::Colon | Mark::Period | Mark::Question | Mark::Exclamation => {
            mark.symbol()
        }
        Mark::Ellipsis => "...",
        Mark::Comma
        | Mark::Dash
        | Mark::OpenQuote
        | Mark::CloseQuote
        | Mark::OpenBracket
        | Mark::CloseBracket => ",",
    }
}

/// How much of the time each word takes, in shares: its letters, and one for each of its syllables, for
/// short syllables are not as much shorter as they are written.
pub(super) fn weights(utterance: &Utterance) -> Vec<usize> {
    let weight = |said: &str| said.chars().filter(|c| c.is_alphanumeric()).count();
    utterance.words.iter().map(|word| weight(&word.said) + word.syllables()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diag::Span;
    use crate::model::manner::Delivery;
    use crate::model::phrase::Intonation;
    use crate::model::units::Millis;
    use crate::model::utterance::{BreathGroup, UtteranceWord};

    fn utterance(groups: &[(&str, Option<Mark>)], goes_on: bool) -> Utterance {
        let mut words = Vec::new();
        let mut made = Vec::new();
        for (said, mark) in groups {
            let start = words.len();
            words.extend(said.split(' ').map(|word| UtteranceWord::new(word, Span::new(0, 0))));
            let (pause, role) = (Millis(0.0), None);
            made.push(BreathGroup { words: start..words.len(), mark: *mark, pause, role });
        }
        let delivery = Delivery { goes_on, ..Delivery::default() };
        Utterance { sentence: 0, words, groups: made, intonation: Intonation::Statement, delivery }
    }

    #[test]
    fn words_are_sent_with_their_punctuation() {
        for (groups, goes_on, expected) in [
            (&[("mưa to", Some(Mark::Period))][..], false, "mưa to."),
            (
                &[("ông nói", Some(Mark::OpenQuote)), ("mưa", Some(Mark::Question))],
                false,
                "ông nói, mưa?",
            ),
            (&[("mưa", None), ("to", None)], false, "mưa to."),
            (&[("mưa", Some(Mark::Ellipsis)), ("to", None)], true, "mưa... to,"),
        ] {
            assert_eq!(text(&utterance(groups, goes_on)), expected);
        }
        assert_eq!(weights(&utterance(&[("nghiêng ở", None)], false)), [8, 2]);
    }
}
