//! `GET /studio`: the page.
//!
//! It is one file and asks nothing of any other server. Its policy allows the one script and the one style
//! sheet that are in it, by their digests, and requests to where it comes from; so whatever an article holds,
//! nothing of it can run.

use std::sync::LazyLock;

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::model::digest::Digest;
use crate::serve::refusal::Refusal;

const STYLE: &str = concat!(
    include_str!("../../sound/page/palette.css"),
    include_str!("page/base.css"),
    include_str!("page/article.css"),
    include_str!("page/script.css"),
    include_str!("page/render.css"),
);

/// The script: one function, whose parts are in files by what they are about.
const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("page/words.js"),
    include_str!("page/state.js"),
    include_str!("page/server.js"),
    include_str!("page/article.js"),
    include_str!("page/sentence.js"),
    include_str!("page/script.js"),
    include_str!("page/render.js"),
    include_str!("page/player.js"),
    include_str!("page/publish.js"),
    include_str!("page/main.js"),
    "})();\n",
);

/// What the page says, by language.
const VIETNAMESE: &str = include_str!("page/vi.json");
const ENGLISH: &str = include_str!("page/en.json");

/// What the template is filled with.
#[derive(Template)]
#[template(path = "studio.html")]
struct Page {
    style: &'static str,
    script: &'static str,
    vietnamese: &'static str,
    english: &'static str,
}

/// The page and its policy.
struct Served {
    page: String,
    policy: String,
}

static SERVED: LazyLock<Option<Served>> = LazyLock::new(|| {
    let (style, script) = (STYLE, SCRIPT);
    let page = Page { style, script, vietnamese: VIETNAMESE, english: ENGLISH };
    let digest = |text: &str| BASE64_STANDARD.encode(Digest::of(text.as_bytes()).bytes());
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; connect-src 'self'; media-src blob:; \
         img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        digest(SCRIPT),
        digest(STYLE)
    );
    page.render().ok().map(|page| Served { page, policy })
});

/// `GET /`.
pub(super) async fn lead() -> Redirect {
    Redirect::temporary("/studio")
}

/// `GET /studio`.
pub(super) async fn page() -> Result<Response, Refusal> {
    let served = SERVED.as_ref().ok_or_else(Refusal::failed)?;
    let fields = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, &*served.policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    Ok((fields, &*served.page).into_response())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::article::code;
    use super::*;

    fn words(text: &str) -> BTreeMap<String, String> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn every_reason_of_a_block_has_a_message() {
        let english = words(ENGLISH);
        let mut folders = vec![std::path::PathBuf::from("tests/cases")];
        let mut found = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "blocks") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    let rows = text.lines().filter(|line| !line.starts_with('#'));
                    for reason in rows.filter_map(|row| row.split('\t').nth(2)) {
                        let name = format!("reason.{}", code(reason));
                        assert!(english.contains_key(&name), "{name}, in {}", path.display());
                        found += 1;
                    }
                }
            }
        }
        assert!(found > 200, "{found}");
    }

    #[test]
    fn both_languages_say_the_same_things_and_all_that_the_page_says() {
        let (vietnamese, english) = (words(VIETNAMESE), words(ENGLISH));
        let names = |words: &BTreeMap<String, String>| words.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&vietnamese), names(&english));
        let page = &SERVED.as_ref().unwrap().page;
        for quoted in ["data-say=\"", "data-label=\"", "data-hint=\"", "say(\""] {
            for rest in page.split(quoted).skip(1) {
                let name = rest.split('"').next().unwrap();
                // A name that ends in a full stop goes on in what the page is given.
                let is_known = match name.ends_with('.') {
                    true => english.keys().any(|key| key.starts_with(name)),
                    false => english.contains_key(name),
                };
                assert!(is_known, "{quoted}{name}");
            }
        }
        // What takes something in takes in the same in both.
        let slots = |text: &str| {
            let mut slots: Vec<_> =
                text.split('{').skip(1).map(|it| it.split('}').next()).collect();
            slots.sort();
            slots.into_iter().map(|it| it.unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        for (name, text) in &english {
            assert_eq!(slots(text), slots(&vietnamese[name]), "{name}");
            assert!(!text.contains("</"), "{name}");
        }
    }
}
