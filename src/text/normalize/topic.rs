//! What an article is about, from its own words: data of `tables/topics.tsv`. It decides among the
//! senses of an abbreviation where nothing nearer does.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::reading_options::{Options, Profile};
use crate::model::tables::{bad_row, rows};
use crate::text::{orthography, scripts};

/// At most this much of an article is looked at, in bytes.
const REACH: usize = 20_000;

/// A word counts this often at most, so that many words make a topic, not one.
const MOST: usize = 3;

/// A topic has this many of its words, and twice as many hits as any other.
const FEWEST_WORDS: usize = 3;

/// The words of the topics: by their first syllable, their further syllables and the topic.
#[derive(Debug, Default)]
struct Topics(HashMap<&'static str, Vec<(Vec<&'static str>, Profile)>>);

impl Topics {
    /// Those built into the program.
    fn get() -> &'static Topics {
        static TOPICS: LazyLock<Topics> = LazyLock::new(|| {
            load(include_str!("tables/topics.tsv")).expect("the embedded table is read in a test")
        });
        &TOPICS
    }

    /// What a text is about, if it is clear. One pass over its words.
    fn of(&self, text: &str) -> Option<Profile> {
        let text = orthography::fold(text);
        let words: Vec<&str> = text
            .split(|c: char| !scripts::is_alphanumeric(c))
            .filter(|word| !word.is_empty())
            .collect();
        let mut hits: HashMap<(&str, &[&str]), (Profile, usize)> = HashMap::new();
        for (at, &word) in words.iter().enumerate() {
            let found = self.0.get(word).into_iter().flatten();
            for (more, topic) in found.filter(|(more, _)| words[at + 1..].starts_with(more)) {
                hits.entry((word, more)).or_insert((*topic, 0)).1 += 1;
            }
        }
        let mut scores: HashMap<Profile, (usize, usize)> = HashMap::new();
        for (topic, count) in hits.into_values() {
            let (kinds, total) = scores.entry(topic).or_default();
            *kinds += 1;
            *total += count.min(MOST);
        }
        let (&topic, &(kinds, total)) = scores.iter().max_by_key(|(_, score)| score.1)?;
        let clear = scores.iter().all(|(&other, score)| other == topic || 2 * score.1 <= total);
        (kinds >= FEWEST_WORDS && clear).then_some(topic)
    }
}

/// The user's choices, with the topic of the article where the profile is to be found.
pub(super) fn settle(options: Options, article: &Article) -> Options {
    if options.profile != Profile::Auto {
        return options;
    }
    let start = article.blocks.first().map_or(0, |block| block.span.start);
    let end = article.blocks.last().map_or(article.text.len(), |block| block.span.end);
    let text = &article.text[start..end];
    let text = &text[..text.floor_char_boundary(REACH)];
    Options { profile: Topics::get().of(text).unwrap_or(Profile::News), ..options }
}

fn load(text: &'static str) -> Result<Topics, Error> {
    const FILE: &str = "src/text/normalize/tables/topics.tsv";
    let mut topics = Topics::default();
    let mut known = HashSet::new();
    for (line, row) in rows(FILE, text, &["profile", "words"])? {
        let profile: Profile =
            row[0].parse().map_err(|error| bad_row(FILE, line, format!("{error}")))?;
        for word in row[1].split(',') {
            let mut syllables = word.split(' ');
            let first = syllables.next().unwrap_or("");
            if first.is_empty() || orthography::fold(word) != word {
                return Err(bad_row(FILE, line, format!("`{word}` is no word in lower case")));
            }
            if !known.insert(word) {
                return Err(bad_row(FILE, line, format!("{word} is listed twice")));
            }
            topics.0.entry(first).or_default().push((syllables.collect(), profile));
        }
    }
    Ok(topics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_topic_is_that_of_most_words() {
        let topics = Topics::get();
        for (text, topic) in [
            ("Cổ phiếu ngân hàng kéo VN-Index lên, khối ngoại mua ròng.", Some(Profile::Finance)),
            ("HLV thay tiền đạo, đội khách ghi bàn ở hiệp hai.", Some(Profile::Sport)),
            ("Bão số 5 suy yếu thành áp thấp, biển động, gió giật cấp 9.", Some(Profile::Weather)),
            ("Trường làng có thêm một giếng nước.", None),
            ("Cầu thủ mua cổ phiếu, HLV bán chứng khoán, trọng tài gửi lãi suất.", None),
        ] {
            assert_eq!(topics.of(text), topic, "{text}");
        }
    }

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        for row in ["spot\tx", "sport\tX", "sport\tx,x"] {
            let text = format!("profile\twords\n{row}\n").leak();
            let error = load(text).unwrap_err().to_string();
            assert!(error.contains("line 2"), "{error}");
        }
    }
}
