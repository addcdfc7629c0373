//! What the markup of a page says is not its article: menus, boxes, polls, the posts of others. It is
//! taken out before the article is looked for, since the extractor goes by how much text there is.

use dom_query::{Document, NodeRef};

use super::prose::{fullest, has_prose, prose};
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

/// Takes out of a page what is not its article. `titles` are what the page says its title is.
pub(super) fn remove(page: &Document, titles: &[&str]) {
    page.select(NEVER).remove();
    by_names(page);
    quotes_beside(page);
    posts_of_others(page);
    side_cells(page);
    fields(page);
    teasers(page);
    if let Some((title, _)) = title::shown(page, titles) {
        above(page, &title);
        below(page, &title);
    }
}

/// Takes out what stands above the title and is no prose: labels, paths, menus, other headlines.
fn above(page: &Document, title: &NodeRef) {
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
    // A page may show its title again below the text.
    let is_above =
        before.iter().map(prose).sum::<usize>() * 2 < page.body().map_or(0, |b| prose(&b));
    for element in before.iter().filter(|node| is_above && node.is_element() && !has_prose(node)) {
        element.remove_from_parent();
    }
}

/// Takes out what the names of classes say is the site's, and marks captions as HTML does, since the
/// extractor does not keep every element.
fn by_names(page: &Document) {
    let Some(body) = page.body() else { return };
    let most = SMALL.max((SHARE * body.normalized_char_count() as f64) as usize);
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
    let mut posts: Vec<NodeRef> = Vec::new();
    for element in body.descendants_it().filter(NodeRef::is_element) {
        let is_inside = || element.ancestors_it(None).any(|of| posts.iter().any(|p| p.id == of.id));
        if is_post(&element) && !is_inside() {
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

/// Takes out what stands below the smallest element that holds both the title and most of the text.
fn below(page: &Document, title: &NodeRef) {
    /// At most this share of the prose of a page is below its article.
    const SHARE: f64 = 0.3;
    let Some(body) = page.body() else { return };
    let fullest = fullest(&body);
    let holds_title = |node: &NodeRef| node.descendants_it().any(|inner| inner.id == title.id);
    let around = [fullest].into_iter().chain(fullest.ancestors_it(None));
    let mut after = Vec::new();
    for inside in around.skip_while(|node| !holds_title(node)) {
        if inside.has_name("body") {
            break;
        }
        let mut at = inside.next_sibling();
        while let Some(sibling) = at {
            at = sibling.next_sibling();
            after.push(sibling);
        }
    }
    if after.iter().map(prose).sum::<usize>() as f64 <= SHARE * prose(&body) as f64 {
        after.iter().filter(|node| node.is_element()).for_each(NodeRef::remove_from_parent);
    }
}

/// Takes out polls and boxes to sign up, which are known by their fields.
fn fields(page: &Document) {
    const FIELDS: &str =
        "input[type=radio], input[type=email], input[type=password], input[name*=mail]";
    /// A box with a question and its answers has at most so many characters.
    const BOX: usize = 300;
    for field in page.select(FIELDS).nodes() {
        // The largest box around a field that is small and has no other list in it.
        let mut found = None;
        for around in field.ancestors_it(None) {
            let length = around.normalized_char_count();
            let is_other = |list: &NodeRef| {
                (list.has_name("ul") || list.has_name("ol")) && !table::has(list, "input")
            };
            let is_article = ["article", "main", "body"].iter().any(|name| around.has_name(name));
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
/// teasers of other articles.
fn teasers(page: &Document) {
    let articles = page.select("article");
    let outer: Vec<NodeRef> = articles
        .nodes()
        .iter()
        .filter(|node| !node.ancestors_it(None).any(|of| of.has_name("article")))
        .copied()
        .collect();
    let most = outer.iter().map(prose).max().unwrap_or(0);
    for article in outer {
        if most > 0 && prose(&article) * 3 < most && !table::has(&article, "h1") {
            article.remove_from_parent();
        }
    }
}
