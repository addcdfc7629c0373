//! What the sources say to a person.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// Files whose texts are not for a person who uses the program: tables that are inside of it, and what servers
/// and machines of a farm tell each other, which is the same in every language.
const NOT_TOLD: [&str; 25] = [
    "src/cli/language/",
    "src/farm/",
    "src/lib.rs",
    "src/model/date.rs",
    "src/model/error.rs",
    "src/model/message.rs",
    "src/model/phrase.rs",
    "src/model/request.rs",
    "src/serve/",
    "src/sound/captions/textgrid.rs",
    "src/sound/inspect/picture.rs",
    "src/sound/master/meter.rs",
    "src/text/normalize/english_words.rs",
    "src/text/normalize/profiles.rs",
    "src/text/normalize/tables.rs",
    "src/text/normalize/topic.rs",
    "src/text/normalize/weigh/",
    "src/text/normalize/word_sets.rs",
    "src/text/orthography/",
    "src/text/readers/signature.rs",
    "src/text/segment/",
    "src/text/transliterate/",
    "src/voice/espeak/sounds.rs",
    "src/voice/parametric/",
    "src/voice/piper/",
];

/// The texts of the sources.
#[derive(Default)]
pub(super) struct Sources {
    /// Patterns of messages.
    pub patterns: BTreeSet<String>,
    /// Whole sentences, which are said to somebody.
    pub sentences: BTreeSet<String>,
    /// Sentences that are put together before they can be said in another language, each with its file.
    pub formatted: BTreeSet<String>,
    /// Every text there is.
    pub all: BTreeSet<String>,
    file: String,
}

impl Sources {
    /// The texts of all files.
    pub(super) fn read() -> Sources {
        let mut files = Vec::new();
        rust_files(Path::new("src"), &mut files);
        assert!(files.len() > 100, "only {} files were looked at", files.len());
        let mut sources = Sources::default();
        for file in files {
            sources.file = file.to_string_lossy().replace('\\', "/");
            let code = syn::parse_file(&fs::read_to_string(&file).unwrap()).unwrap();
            sources.visit_file(&code);
        }
        sources
    }

    fn is_told(&self) -> bool {
        !NOT_TOLD.iter().any(|place| self.file.starts_with(place))
    }

    fn add(&mut self, text: &str) {
        self.all.insert(text.to_owned());
        if self.is_told() && is_sentence(text) {
            self.sentences.insert(text.to_owned());
        }
    }

    fn add_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            if let [TokenTree::Ident(name), TokenTree::Punct(mark), TokenTree::Group(group), ..] =
                &tokens[at..]
                && mark.as_char() == '!'
            {
                self.add_call(&name.to_string(), group.stream());
                at += 3;
                continue;
            }
            match &tokens[at] {
                TokenTree::Group(group) => self.add_tokens(group.stream()),
                token => {
                    if let Some(text) = text_of(token) {
                        self.add(&text);
                    }
                }
            }
            at += 1;
        }
    }

    /// Adds what a macro is called with.
    fn add_call(&mut self, name: &str, tokens: TokenStream) {
        let first = tokens.clone().into_iter().find_map(|token| text_of(&token));
        match (name, first) {
            ("message" | "told", Some(pattern)) => {
                self.all.insert(pattern.clone());
                self.patterns.insert(pattern);
                self.add_tokens(without_first(tokens));
            }
            ("format" | "format_args" | "write" | "writeln" | "print" | "println", Some(text)) => {
                if self.is_told() && words(&text) >= 2 {
                    self.formatted.insert(format!("{}: {text}", self.file));
                }
                self.add_tokens(without_first(tokens));
            }
            (
                "assert" | "assert_eq" | "debug_assert" | "panic" | "unreachable" | "include_str",
                _,
            ) => {}
            _ => self.add_tokens(tokens),
        }
    }
}

impl<'ast> Visit<'ast> for Sources {
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_macro(&mut self, _: &'ast syn::ItemMacro) {}

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.add(&text.value());
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name = call.path.segments.last().map(|name| name.ident.to_string());
        self.add_call(&name.unwrap_or_default(), call.tokens.clone());
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        // What is expected is no message.
        if call.method == "expect" {
            self.visit_expr(&call.receiver);
        } else {
            visit::visit_expr_method_call(self, call);
        }
    }
}

fn without_first(tokens: TokenStream) -> TokenStream {
    let mut is_found = false;
    let is_kept = |token: &TokenTree| {
        let is_first = !is_found && text_of(token).is_some();
        is_found |= is_first;
        !is_first
    };
    tokens.into_iter().filter(is_kept).collect()
}

fn text_of(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Literal(literal) => {
            syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value())
        }
        // A literal that a macro hands on.
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            group.stream().into_iter().find_map(|token| text_of(&token))
        }
        _ => None,
    }
}

/// How many English words a text has outside of its placeholders.
fn words(text: &str) -> usize {
    let mut outside = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let is_word = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphabetic());
        word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || c == '\'')
    };
    outside.split(' ').filter(is_word).count()
}

/// Whether a text reads as English prose: three words and more, of letters.
fn is_sentence(text: &str) -> bool {
    let is_code = text.contains(['<', '=', '/', '[', '_']) && words(text) < 5;
    words(text) >= 3 && !is_code
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}
