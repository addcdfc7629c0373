//! What a person is asked about a reading, and what they may answer.

use crate::model::message::{Message, message};
use crate::model::script::Finding;

/// What a person wants.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// This reading is kept.
    Keep(String),
    /// The sentence is heard, with this reading or as it is read now.
    Hear(Option<String>),
    /// The next question.
    Skip,
    /// The question before.
    Back,
    /// What was kept here is taken out again.
    Undo,
    /// What can be answered is shown.
    Help,
    /// No more questions.
    Quit,
    /// It means nothing; this is why.
    Unclear(Message),
}

/// What can be answered.
pub(super) const HELP: &str = "\
  1, 2, …     keep this reading        other words  keep them as the reading
  h           hear the sentence        h 2, h WORDS hear it with this reading
  Enter       leave it as it is        b            back to the one before
  u           take the reading out     =WORDS       keep WORDS, whatever they are
  q           end                      ?            show this";

/// The readings that have numbers: the one that is said now, and what else it could be.
pub(super) fn readings(finding: &Finding) -> Vec<&str> {
    let others = finding.alternatives.iter().map(String::as_str);
    std::iter::once(finding.said.as_str()).chain(others).collect()
}

/// What an answer means where these readings have numbers.
pub(super) fn answer(line: &str, readings: &[&str]) -> Answer {
    let line = line.trim();
    let reading = |text: &str| -> Result<String, Answer> {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            let found = text.parse::<usize>().ok().and_then(|at| readings.get(at.checked_sub(1)?));
            return found.map(|said| said_or_nothing(said)).ok_or_else(|| {
                Answer::Unclear(message!(
                    "there is no reading {text}: there are 1 to {readings}",
                    text,
                    readings = readings.len()
                ))
            });
        }
        Ok(text.to_owned())
    };
    if let Some(own) = line.strip_prefix('=') {
        return Answer::Keep(own.trim().to_owned());
    }
    match line {
        "" => return Answer::Skip,
        "b" => return Answer::Back,
        "u" => return Answer::Undo,
        "?" => return Answer::Help,
        "q" => return Answer::Quit,
        "h" => return Answer::Hear(None),
        _ => {}
    }
    if let Some(own) = line.strip_prefix("h ") {
        return reading(own.trim()).map_or_else(|unclear| unclear, |said| Answer::Hear(Some(said)));
    }
    if line.len() == 1 && !line.as_bytes()[0].is_ascii_digit() {
        return Answer::Unclear(message!(
            "`{line}` is no answer; ={line} would keep it as the reading",
            line
        ));
    }
    reading(line).map_or_else(|unclear| unclear, Answer::Keep)
}

/// A reading as a lexicon has it.
fn said_or_nothing(said: &str) -> String {
    if said.is_empty() { "-".to_owned() } else { said.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_understood() {
        let readings = ["một", ""];
        let keep = |said: &str| Answer::Keep(said.to_owned());
        let hear = |said: &str| Answer::Hear(Some(said.to_owned()));
        for (line, expected) in [
            ("", Answer::Skip),
            (" \n", Answer::Skip),
            ("1", keep("một")),
            ("2", keep("-")),
            ("mét xi\n", keep("mét xi")),
            ("hà nội", keep("hà nội")),
            ("=h", keep("h")),
            ("à", keep("à")),
            ("h", Answer::Hear(None)),
            ("h 1", hear("một")),
            ("h mét xi", hear("mét xi")),
            ("b", Answer::Back),
            ("u", Answer::Undo),
            ("?", Answer::Help),
            ("q", Answer::Quit),
        ] {
            assert_eq!(answer(line, &readings), expected, "{line}");
        }
        for line in ["0", "3", "h 9", "x", "99999999999999999999999"] {
            assert!(matches!(answer(line, &readings), Answer::Unclear(_)), "{line}");
        }
    }
}
