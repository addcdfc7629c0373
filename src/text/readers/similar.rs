//! How much of one text is in another.

use std::collections::HashSet;

use super::words::words;

/// The share of the pairs of neighbouring words of `part` that are in `whole` too, 0 to 1; 1 if it has
/// none.
pub(super) fn share(part: &str, whole: &str) -> f64 {
    let (part, whole) = (words(part), words(whole));
    let pairs = |text: &'_ str| -> Vec<(String, String)> {
        let list: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        list.windows(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect()
    };
    let known: HashSet<_> = pairs(&whole.0).into_iter().collect();
    let asked = pairs(&part.0);
    if asked.is_empty() {
        return 1.0;
    }
    asked.iter().filter(|pair| known.contains(*pair)).count() as f64 / asked.len() as f64
}

/// Whether nearly all of `part` is in `whole`.
pub(super) fn holds(whole: &str, part: &str) -> bool {
    !words(part).0.is_empty() && share(part, whole) >= 0.8
}

/// Whether two titles are one: what one shows is in the other, and most of the other in it. Sites add
/// their names, and shorten.
pub(super) fn is_same(told: &str, shown: &str) -> bool {
    words(told).same(&words(shown))
        || (words(shown).len() >= 3 && holds(told, shown) && share(told, shown) >= 0.5)
}
