//! The page of a show: every episode with a player, for people without a podcast program, and for
//! directories that look for the feed.

use std::fmt::Write;

use super::feed::{VOICE_NOTE, html};
use super::item::Item;
use super::show::Show;

const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:1.05rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem}
header img{width:12rem;height:auto;border-radius:.5rem}
article{border-top:1px solid #8886;padding:1rem 0}
h2{font-size:1.2rem;margin:0}
audio{width:100%;margin-top:.5rem}
p{margin:.4rem 0}
.small{font-size:.9rem;opacity:.8}
ul{display:flex;flex-wrap:wrap;gap:0 1rem;list-style:none;padding:0;margin:.4rem 0}
";

/// The page in HTML. It needs nothing but the files beside it and runs no script.
pub(super) fn page(show: &Show, image: &str, items: &[Item]) -> String {
    let (title, language) = (html(&show.title), html(&show.language));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n\
         <meta name=\"description\" content=\"{}\">\n\
         <link rel=\"alternate\" type=\"application/rss+xml\" title=\"{title}\" href=\"feed.xml\">\n\
         <link rel=\"icon\" href=\"{image}\">\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n\
         <img src=\"{image}\" alt=\"\">\n<h1>{title}</h1>\n",
        html(&show.description)
    );
    for line in show.description.lines().filter(|line| !line.trim().is_empty()) {
        line_of(&mut page, format_args!("<p>{}</p>", html(line)));
    }
    line_of(
        &mut page,
        format_args!("<p class=\"small\">{} · {VOICE_NOTE}</p>", html(&show.author)),
    );
    line_of(&mut page, format_args!("<p><a href=\"feed.xml\">Theo dõi bằng RSS</a></p>"));
    page.push_str("</header>\n<main>\n");
    for item in items {
        episode(&mut page, item);
    }
    page.push_str("</main>\n");
    if let Some(copyright) = &show.copyright {
        line_of(&mut page, format_args!("<footer class=\"small\">{}</footer>", html(copyright)));
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn episode(page: &mut String, item: &Item) {
    let (said, name) = (&item.metadata, html(&item.name));
    let title = html(&said.title);
    line_of(page, format_args!("<article id=\"{name}\" aria-labelledby=\"{name}-title\">"));
    let heading = match &said.link {
        Some(link) => format!("<a href=\"{}\">{title}</a>", html(link)),
        None => title.clone(),
    };
    line_of(page, format_args!("<h2 id=\"{name}-title\">{heading}</h2>"));
    let (day, shown) = (said.date.to_string(), said.date.day_in_vietnamese());
    let length = length(item.seconds);
    line_of(
        page,
        format_args!("<p class=\"small\"><time datetime=\"{day}\">{shown}</time> · {length}</p>"),
    );
    for line in said.description.lines().filter(|line| !line.trim().is_empty()) {
        line_of(page, format_args!("<p>{}</p>", html(line)));
    }
    line_of(
        page,
        format_args!("<audio controls preload=\"none\" aria-labelledby=\"{name}-title\">"),
    );
    // The first that a browser can play is played: the smaller ones first.
    for sound in item.sounds.iter().rev() {
        let (path, mime) = (html(&sound.file.path), html(&sound.file.mime));
        line_of(page, format_args!("<source src=\"{path}\" type=\"{mime}\">"));
    }
    page.push_str("</audio>\n<ul class=\"small\">\n");
    let files = item.sounds.iter().map(|sound| (&sound.file.path, "Tải"));
    let files = files.chain(item.transcripts.iter().map(|file| (&file.path, "Lời")));
    for (path, what) in files {
        let extension = path.rsplit('.').next().unwrap_or_default().to_uppercase();
        let path = html(path);
        line_of(page, format_args!("<li><a href=\"{path}\">{what} {extension}</a></li>"));
    }
    page.push_str("</ul>\n</article>\n");
}

/// A line of the page. Writing to a text in memory does not fail.
fn line_of(page: &mut String, line: std::fmt::Arguments) {
    let _ = writeln!(page, "{line}");
}

/// A length in words: `3 phút 5 giây`.
fn length(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    let parts = [(seconds / 3600, "giờ"), (seconds / 60 % 60, "phút"), (seconds % 60, "giây")];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, unit)| format!("{count} {unit}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn lengths_are_in_words() {
        assert_eq!(super::length(3725.4), "1 giờ 2 phút 5 giây");
        assert_eq!(super::length(60.0), "1 phút");
    }
}
