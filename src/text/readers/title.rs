//! The title that a web page shows.

use dom_query::{Document, NodeRef};

use super::words::words;
use super::{builder, dom, similar};

/// Titles are no longer than this, in characters.
const LONGEST: usize = 300;

/// A label before a title has at most so many words.
const LABEL: usize = 3;

/// Where a page may show its title, the likeliest first.
const HEADINGS: [&str; 2] =
    ["h1, [itemprop=headline]", "h2, h3, h4, [class*=title], [class*=Title]"];

/// The element that shows one of the titles a page says it has, with its line.
pub(super) fn shown<'a>(page: &'a Document, titles: &[&str]) -> Option<(NodeRef<'a>, String)> {
    let candidates: Vec<_> = HEADINGS.iter().flat_map(|&headings| lines(page, headings)).collect();
    titles.iter().find_map(|told| {
        let (node, line) = candidates.iter().find(|(_, line)| similar::is_same(told, line))?;
        // A label may stand before it: `Chủ đề: …`.
        let is_labelled = words(line).before(&words(told)).is_some_and(|label| label <= LABEL);
        let line = if is_labelled { (*told).to_owned() } else { line.clone() };
        Some((*node, line))
    })
}

/// The title that a page shows, and why it is taken for that. `told` is what its metadata say, `weak`
/// what its element `title` does.
pub(super) fn displayed(
    page: &Document,
    told: Option<&str>,
    weak: Option<&str>,
) -> Option<(String, &'static str)> {
    /// A title that only its class calls so has at least so many words.
    const FEWEST: usize = 6;
    let known: Vec<&str> = [told, weak].into_iter().flatten().collect();
    if let Some((_, shown)) = shown(page, &known) {
        return Some((shown, "the heading that the page has for its title"));
    }
    if let Some(told) = told {
        return Some((without_site(told).to_owned(), "what the page says its title is"));
    }
    if let Some((_, first)) = lines(page, "h1").next() {
        return Some((first, "the first heading of the page"));
    }
    let mut classed = lines(page, "[class*=title], [class*=Title]");
    let first = classed.find(|(_, line)| line.split_whitespace().count() >= FEWEST);
    first.map(|(_, first)| (first, "the first text that the page calls a title"))
}

/// The text of the element `title`.
pub(super) fn weak(page: &Document) -> Option<String> {
    let title = page.select("head title").nodes().first()?.text();
    Some(builder::line(&title)).filter(|title| !title.is_empty())
}

/// A title without the name of the site after it: `Mưa lớn - Báo Lào Cai`.
pub(super) fn without_site(title: &str) -> &str {
    const FEWEST: usize = 4;
    let cut =
        [" | ", " - ", " – ", " — ", " :: "].iter().filter_map(|mark| title.rfind(mark)).max();
    match cut.map(|at| title[..at].trim_end()) {
        Some(short) if short.split_whitespace().count() >= FEWEST => short,
        _ => title,
    }
}

/// The elements of a page that may show its title, with their lines.
fn lines<'a>(
    page: &'a Document,
    selector: &str,
) -> impl Iterator<Item = (NodeRef<'a>, String)> + use<'a> {
    let found: Vec<NodeRef<'a>> = page.select(selector).nodes().to_vec();
    found
        .into_iter()
        .filter(|node| node.normalized_char_count() <= LONGEST)
        .map(|node| (node, dom::line(&node)))
        .filter(|(_, line)| !line.is_empty())
}
