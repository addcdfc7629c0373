//! Chinese names in Hanyu Pinyin: Zhengzhou, Shenyang, Xiaoping.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::rules::{self, Sound};
use super::syllabify;
use crate::model::error::Error;
use crate::model::tables;

/// The parts of syllables.
static PINYIN: LazyLock<Pinyin> = LazyLock::new(|| {
    read(include_str!("tables/pinyin.tsv")).expect("the embedded table is read in a test")
});

/// What syllables are made of, and how each part sounds.
#[derive(Debug, Default)]
struct Pinyin {
    initials: HashMap<&'static str, Vec<Sound>>,
    finals: HashMap<&'static str, Vec<Sound>>,
    syllables: HashMap<&'static str, Vec<Sound>>,
}

/// The longest syllable is zhuang.
const LONGEST_SYLLABLE: usize = 6;
/// A longer word is no name.
const LONGEST_WORD: usize = 24;

/// How a word of the letters a to z is said if it is one in Pinyin, syllable by syllable; `None` if it
/// is not, or if nothing in it shows that it is.
pub(super) fn spell(word: &str) -> Option<String> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) || word.len() > LONGEST_WORD {
        return None;
    }
    let syllables = divide(word)?;
    let tells = |at: usize| {
        let syllable = syllables[at];
        // Shanxi and Wuxi, but not Mexi.
        let after_plain_end = at == 0 || syllables[at - 1].ends_with(['g', 'n', 'u']);
        is_telling(syllable)
            || after_plain_end && ["qi", "xi", "xu"].contains(&syllable)
            || syllables.len() <= 2 && syllable.ends_with("eng")
            || syllables.len() == 2 && at == 1 && begins_with_h(syllables[0], syllable)
    };
    if !(0..syllables.len()).any(tells) {
        return None;
    }
    let said: Vec<String> = syllables
        .iter()
        .filter_map(|syllable| sounds(syllable))
        .map(|sounds| syllabify::spell(&sounds))
        .collect();
    Some(said.join(" "))
}

/// The syllables of a word, each as long as it can be.
fn divide(word: &str) -> Option<Vec<&str>> {
    // ends[i]: where the syllable that starts at i ends, if the word from i on is all syllables.
    let mut ends = vec![None; word.len()];
    for start in (0..word.len()).rev() {
        let candidates = (start + 1..=word.len().min(start + LONGEST_SYLLABLE)).rev();
        ends[start] = candidates.into_iter().find(|&end| {
            // Another syllable that starts with a vowel would have an apostrophe before it (Chang'an).
            let rest_fits = end == word.len()
                || ends[end].is_some() && !word[end..].starts_with(['a', 'e', 'o']);
            rest_fits && sounds(&word[start..end]).is_some()
        });
    }
    let mut syllables = Vec::new();
    let mut at = 0;
    while at < word.len() {
        let end = ends[at]?;
        syllables.push(&word[at..end]);
        at = end;
    }
    (!syllables.is_empty()).then_some(syllables)
}

/// Whether the second syllable of a name begins with h, where the rules for other languages would cut it elsewhere:
/// Honghui, Wenhui, Ronghua, Yonghao. Bangha and Danha may be of others.
fn begins_with_h(first: &str, second: &str) -> bool {
    second == "hui"
        || second == "hua" && first.ends_with(['g', 'n', 'o'])
        || first.ends_with("ng") && second.starts_with('h') && second != "ha"
}

/// Whether no other language would write a syllable so.
fn is_telling(syllable: &str) -> bool {
    let is_soft =
        syllable.len() > 2 && ["qi", "x", "quan"].iter().any(|start| syllable.starts_with(start));
    is_soft
        || syllable.starts_with("zh")
        || ["iang", "uang", "yang", "yuan"].iter().any(|end| syllable.ends_with(end))
}

fn sounds(syllable: &str) -> Option<Vec<Sound>> {
    if let Some(sounds) = PINYIN.syllables.get(syllable) {
        return Some(sounds.clone());
    }
    let join = |initial: &str, last: &str| {
        // bo, but dong; xi, but not xa.
        let is_labial = matches!(initial, "-" | "b" | "p" | "m" | "f" | "w");
        let is_soft = matches!(initial, "j" | "q" | "x");
        if is_labial && last == "ong"
            || !is_labial && last == "o"
            || is_soft && !last.starts_with(['i', 'u'])
        {
            return None;
        }
        let (initial, last) = (PINYIN.initials.get(initial)?, PINYIN.finals.get(last)?);
        Some(initial.iter().chain(last).copied().collect::<Vec<_>>())
    };
    let starts = syllable.len().min(3);
    (1..starts).rev().find_map(|at| join(&syllable[..at], &syllable[at..])).or_else(|| {
        // i, u and ü are written y and w where no initial is before them.
        let starts_alone = syllable.starts_with(['a', 'e', 'o']);
        starts_alone.then(|| join("-", syllable))?
    })
}

fn read(text: &'static str) -> Result<Pinyin, Error> {
    const FILE: &str = "src/text/transliterate/tables/pinyin.tsv";
    let mut pinyin = Pinyin::default();
    for (line, fields) in tables::rows(FILE, text, &["part", "letters", "sounds"])? {
        let letters = fields[1];
        let bad = |reason: &str| tables::bad_row(FILE, line, format!("{letters}: {reason}"));
        let parts = match fields[0] {
            "initial" => &mut pinyin.initials,
            "final" => &mut pinyin.finals,
            "syllable" => &mut pinyin.syllables,
            _ => return Err(bad("the part is initial, final or syllable")),
        };
        if letters != "-" && !letters.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(bad("write it in lower-case letters of a to z"));
        }
        let sounds = rules::parse_sounds(fields[2]).ok_or_else(|| bad("a sound is unknown"))?;
        if parts.insert(letters, sounds).is_some() {
            return Err(bad("is listed twice"));
        }
    }
    Ok(pinyin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_syllable_by_syllable() {
        for (word, said) in [
            ("zhengzhou", Some("giâng giâu")),
            ("shenyang", Some("sen dang")),
            ("xiaoping", Some("xi ao pinh")),
            ("qiang", Some("chi ang")),
            ("guangzhou", Some("quang giâu")),
            ("meng", Some("mâng")),
            ("benghazi", None),
            ("kengo", None),
            ("milan", None),
            ("mexico", None),
            ("alexi", None),
            ("henrique", None),
            ("teixeira", None),
            ("shanxi", Some("san xi")),
            ("honghui", Some("hông huy")),
            ("wenhui", Some("oen huy")),
            ("minghao", Some("minh hao")),
            ("singha", None),
            ("cunha", None),
            ("joshua", None),
            ("naomi", None),
            ("maxi", None),
            ("", None),
        ] {
            assert_eq!(spell(word).as_deref(), said, "{word}");
        }
    }

    #[test]
    fn the_table_is_sound() {
        assert!(!read(include_str!("tables/pinyin.tsv")).unwrap().initials.is_empty());
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        for (row, reason) in [
            ("end\ta\ta", "line 2: a: the part is initial, final or syllable"),
            ("final\tA\ta", "line 2: A: write it in lower-case letters"),
            ("final\ta\tan", "line 2: a: a sound is unknown"),
            ("final\ta\ta\nfinal\ta\ta", "line 3: a: is listed twice"),
        ] {
            let text = format!("part\tletters\tsounds\n{row}\n").leak();
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
