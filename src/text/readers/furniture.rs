//! What the markup of a page says is not its article: menus, boxes, polls, the posts of others. It is
//! taken out before the article is looked for, since the extractor goes by how much text there is.

use std::collections::HashSet;

use dom_query::{Document, NodeRef};

use super::element::is_initial;
use super::prose::{fullest, has_prose, held, paragraphs, prose};
use super::{markup, table, title};
use crate::model::article::BlockKind;

/// Elements in which no article is.
const NEVER: &str = "nav, [role=navigation], [role=search], [role=contentinfo], \
    [role=complementary], [role=dialog], dialog, script, style, noscript, template, \
    [itemprop=comment]";

/// What classes call furniture is no larger than this, in characters, or this share of the page's text:
/// a larger element is a layout around the article.
const SMALL: usize = 600;
const SHARE: f64 = 0.15;

/// Elements that hold a piece of text each.
const TEXTS: [&str; 8] = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote"];

/// Takes out of a page what is not its article. `titles` are what the page says its title is; gives the
/// element that shows one of them.
pub(super) fn remove<'a>(page: &'a Document, titles: &[&str]) -> Option<NodeRef<'a>> {
    page.select(NEVER).remove();
    for initial in page.select("[aria-hidden]").nodes().iter().filter(|node| is_initial(node)) {
        initial.remove_attr("aria-hidden");
    }
    by_names(page);
    quotes_beside(page);
    posts_of_others(page);
    side_cells(page);
    fields(page);
    let title = title::shown(page, titles).map(|(title, _)| title);
    other_articles(page, title.as_ref());
    if let Some(title) = &title {
        above(page, title);
    }
    below(page, title.as_ref());
    title
}

/// Takes out what stands above the title: labels, paths, menus, requests for consent. An opening
/// paragraph among it is found by what the page says of itself.
fn above(page: &Document, title: &NodeRef) {
    /// At most this share of the prose of a page is above its title; with more, what looks like the
    /// title stands below the text.
    const SHARE: f64 = 0.35;
    let mut before = Vec::new();
    for inside in [*title].into_iter().chain(title.ancestors_it(None)) {
        if inside.has_name("body") {
            break;
        }
        let mut at = inside.prev_sibling();
        while let Some(sibling) = at {
            at = sibling.prev_sibling();
            before.push(sibling);
        }
    }
    let all = page.body().map_or(0, |body| prose(&body));
    if held(&before) as f64 <= SHARE * all as f64 {
        before.iter().filter(|node| node.is_element()).for_each(NodeRef::remove_from_parent);
    }
}

/// Takes out what stands below the smallest element that holds both the title and most of the text, and
/// the small boxes right below the text.
fn below(page: &Document, title: Option<&NodeRef>) {
    /// At most this share of the prose of a page is below its article.
    const SHARE: f64 = 0.3;
    /// A box below the text has at most so many characters.
    const BOX: usize = 300;
    /// An element with so much prose, in characters, and this share of it all, is all of the text.
    const TEXT: usize = 300;
    const MOST: f64 = 0.8;
    let Some(body) = page.body() else { return };
    let all = prose(&body) as f64;
    let text = fullest(&body);
    let inside = held(&[text]);
    // One paragraph alone is not the text, whatever its length.
    let breaks = text.descendants_it().filter(|node| node.has_name("br")).count();
    let is_whole =
        paragraphs(&text).count().max(breaks) > 1 && inside >= TEXT && inside as f64 >= MOST * all;
    let holds_title = |node: &NodeRef| {
        title.is_some_and(|title| node.descendants_it().any(|inner| inner.id == title.id))
    };
    let (mut boxes, mut after) = (Vec::new(), Vec::new());
    let mut is_outside = false;
    for inside in [text].into_iter().chain(text.ancestors_it(None)) {
        if inside.has_name("body") {
            break;
        }
        is_outside |= holds_title(&inside);
        let mut at = inside.next_sibling();
        while let Some(sibling) = at {
            at = sibling.next_sibling();
            if is_outside {
                after.push(sibling);
            } else if is_whole && sibling.normalized_char_count() <= BOX && !has_prose(&sibling) {
                boxes.push(sibling);
            }
        }
    }
    if held(&after) as f64 > SHARE * all {
        after.clear();
    }
    let all = boxes.iter().chain(&after).filter(|node| node.is_element());
    all.for_each(NodeRef::remove_from_parent);
}

/// Takes out what the names of classes say is the site's, and marks captions as HTML does, since the
/// extractor does not keep every element.
fn by_names(page: &Document) {
    let Some(body) = page.body() else { return };
    let most = SMALL.max((SHARE * body.normalized_char_count() as f64) as usize);
    let all = prose(&body);
    let elements: Vec<NodeRef> = body.descendants_it().filter(NodeRef::is_element).collect();
    for element in elements {
        let is_quoted = || element.ancestors_it(None).any(|of| of.has_name("blockquote"));
        if element.has_name("footer") {
            if is_quoted() {
                element.rename("p");
            } else {
                element.remove_from_parent();
            }
            continue;
        }
        if element.has_name("form") && prose(&element) == 0 {
            element.remove_from_parent();
            continue;
        }
        let named = if element.has_name("span") || element.has_name("a") || element.has_name("b") {
            markup::kind_in_line(&element)
        } else {
            markup::kind_of(&element)
        };
        let Some((kind, _)) = named else {
            // The extractor drops what classes such as `header-anchor` or `extra` are on.
            let is_text = TEXTS.iter().any(|name| element.has_name(name));
            if is_text {
                element.remove_attr("class");
                element.remove_attr("id");
            }
            continue;
        };
        let length = element.normalized_char_count();
        // A short article may be in a layout of such a name.
        if length <= most && held(&[element]) * 2 > all {
            element.remove_attr("class");
            element.remove_attr("id");
            continue;
        }
        match kind {
            BlockKind::Boilerplate | BlockKind::Related
                if length <= most && !table::has(&element, "h1") =>
            {
                element.remove_from_parent();
            }
            BlockKind::Caption | BlockKind::Credit
                if length <= SMALL && !element.has_name("figure") && !element.has_name("table") =>
            {
                element.rename("figcaption");
            }
            _ => {}
        }
    }
}

/// Quotations that a page sets beside its text are part of the text.
fn quotes_beside(page: &Document) {
    for aside in page.select("aside:has(blockquote)").nodes() {
        if aside.normalized_char_count() <= SMALL && !table::has(aside, "a") {
            let inside: Vec<NodeRef> = aside.descendants_it().collect();
            let quotes = inside.iter().filter(|inner| inner.has_name("blockquote"));
            quotes.for_each(|quote| quote.rename("p"));
            aside.rename("blockquote");
        }
    }
}

/// Of the posts of a forum or a blog, the article is the one that has the title, or else the first.
fn posts_of_others(page: &Document) {
    let Some(body) = page.body() else { return };
    let (mut posts, mut known) = (Vec::new(), HashSet::new());
    for element in body.descendants_it().filter(NodeRef::is_element) {
        let is_inside = || element.ancestors_it(None).any(|of| known.contains(&of.id));
        if is_post(&element) && !is_inside() {
            known.insert(element.id);
            posts.push(element);
        }
    }
    let titled = posts.iter().position(|post| table::has(post, "h1"));
    let Some(main) = titled.or_else(|| posts.iter().position(has_prose)) else { return };
    for (at, post) in posts.iter().enumerate() {
        if at != main {
            post.remove_from_parent();
        }
    }
}

/// Whether an element says that it is one of several posts: by a number in its name (`post_1234`), and
/// by its class. What is told as it happens has numbers too, and belongs together.
fn is_post(element: &NodeRef) -> bool {
    const STEMS: [&str; 7] = ["post", "p", "js-post", "msg", "message", "article", "topic"];
    const CLASSES: [&str; 3] = ["post", "message", "article"];
    let Some(id) = element.attr("id") else { return false };
    let id = id.to_lowercase();
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let class = element.attr("class").unwrap_or_default().to_lowercase();
    let is_live = || {
        let mut around = element.ancestors_it(None).filter_map(|of| of.attr("class"));
        class.contains("live") || around.any(|class| class.to_lowercase().contains("live"))
    };
    stem.len() < id.len()
        && STEMS.contains(&stem.trim_end_matches(['-', '_']))
        && CLASSES.iter().any(|part| class.contains(part))
        && !element.has_name("p")
        && !is_live()
}

/// In a table that lays a page out, the cells beside the one that holds most of its text are the
/// site's if they hold none.
fn side_cells(page: &Document) {
    /// So much of the prose of a page is in the cell of its article.
    const MOST: f64 = 0.75;
    let Some(body) = page.body() else { return };
    let all = prose(&body);
    let cells: Vec<NodeRef> = page.select("td").nodes().to_vec();
    let mains = cells.iter().filter(|cell| {
        all > 0 && cell.normalized_char_count() > SMALL && prose(cell) as f64 >= MOST * all as f64
    });
    for main in mains {
        let Some(row) = main.parent() else { continue };
        let row: Vec<NodeRef> = row.children_it(false).collect();
        let others = row.iter().filter(|cell| cell.has_name("td") && cell.id != main.id);
        others.filter(|cell| !has_prose(cell)).for_each(NodeRef::remove_from_parent);
    }
}

/// Takes out polls and boxes to sign up, which are known by their fields.
fn fields(page: &Document) {
    const FIELDS: &str =
        "input[type=radio], input[type=email], input[type=password], input[name*=mail]";
    /// A box with a question and its answers has at most so many characters.
    const BOX: usize = 300;
    /// Pages have no more such fields, but hostile ones.
    const MOST: usize = 200;
    let all = page.body().map_or(0, |body| prose(&body));
    for field in page.select(FIELDS).nodes().iter().take(MOST) {
        // The largest box around a field that is small and has no other list and no article in it.
        let mut found = None;
        for around in field.ancestors_it(None) {
            let length = around.normalized_char_count();
            let is_other = |list: &NodeRef| {
                (list.has_name("ul") || list.has_name("ol")) && !table::has(list, "input")
            };
            let is_article = ["article", "main", "body"].iter().any(|name| around.has_name(name));
            let is_article = is_article || length <= BOX && held(&[around]) * 2 > all;
            if length > BOX || is_article || around.descendants_it().any(|list| is_other(&list)) {
                break;
            }
            let is_answer = around.has_name("label") || around.has_name("span");
            if length > 0 && !is_answer && !table::has(&around, "h1") {
                found = Some(around);
            }
        }
        if let Some(found) = found {
            found.remove_from_parent();
        }
    }
}

/// Of several elements `article`, none inside another, those with much less prose than the fullest are
/// teasers of other articles. Those with a title of their own beside the one with the page's are the
/// next to read.
fn other_articles(page: &Document, title: Option<&NodeRef>) {
    let articles = page.select("article");
    let outer: Vec<NodeRef> = articles
        .nodes()
        .iter()
        .filter(|node| !node.ancestors_it(None).any(|of| of.has_name("article")))
        .copied()
        .collect();
    let holds = |article: &NodeRef| {
        title.is_some_and(|title| title.ancestors_it(None).any(|of| of.id == article.id))
    };
    let has_main = outer.iter().any(holds);
    let most = outer.iter().map(prose).max().unwrap_or(0);
    for article in outer.into_iter().filter(|article| !holds(article)) {
        let has_title = table::has(&article, "h1");
        if (has_main && has_title) || (most > 0 && prose(&article) * 3 < most && !has_title) {
            article.remove_from_parent();
        }
    }
}
