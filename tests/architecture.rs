//! Holds `docs/architecture.md` true: which room of `src/` may use which, and that inside a room no
//! files use each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// A module: the names on its path below the crate.
type Module = Vec<String>;

/// A source file as a module, with the paths it names and what it hands on from others.
#[derive(Default)]
struct Source {
    file: PathBuf,
    /// The paths that its code names, resolved to the crate's root.
    paths: Vec<Module>,
    /// The names it takes from elsewhere by `use`, with where they come from.
    uses: BTreeMap<String, Module>,
}

/// Gathers the paths of a file that begin at `crate`, `self` or `super`, or with a module inside its own.
struct Paths<'a> {
    module: &'a Module,
    source: Source,
}

impl Paths<'_> {
    /// A path from the crate's root, if it begins inside the crate.
    fn resolved(&self, path: &[String]) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        let mut base = match first.as_str() {
            "crate" => Vec::new(),
            "self" => self.module.clone(),
            "super" => self.module[..self.module.len().checked_sub(1)?].to_vec(),
            _ => return None,
        };
        for name in rest {
            if name == "super" {
                base.pop()?;
            } else if name != "self" {
                base.push(name.clone());
            }
        }
        Some(base)
    }

    fn add_use(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.add_use(&path.tree, &with(&path.ident)),
            syn::UseTree::Group(group) => group.items.iter().for_each(|t| self.add_use(t, before)),
            syn::UseTree::Name(name) => self.add_name(&with(&name.ident), None),
            syn::UseTree::Rename(name) => self.add_name(&with(&name.ident), Some(&name.rename)),
            syn::UseTree::Glob(_) => self.add_name(before, None),
        }
    }

    fn add_name(&mut self, path: &[String], rename: Option<&syn::Ident>) {
        // `use child::Item` in a module with that child.
        let local = [&["self".to_owned()], path].concat();
        let Some(found) = self.resolved(path).or_else(|| self.resolved(&local)) else { return };
        let name = rename.map_or_else(|| path.last().unwrap().clone(), ToString::to_string);
        self.source.uses.insert(name, found.clone());
        self.source.paths.push(found);
    }
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_use(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        // `child::item` in a module with that child: what is no module is of the module itself.
        let local = || self.resolved(&[&["self".to_owned()], &names[..]].concat());
        let local = || (names.len() > 1).then(local).flatten();
        self.source.paths.extend(self.resolved(&names).or_else(local));
        visit::visit_path(self, path);
    }

    /// `pub(super)` names a module and uses nothing of it.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        // Tests may use what they like.
        let is_test = |attribute: &syn::Attribute| match &attribute.meta {
            syn::Meta::List(list) if list.path.is_ident("cfg") => {
                let mut names = list.tokens.to_string();
                names.retain(|c| c.is_alphanumeric() || c == ',' || c == '(');
                names.split(['(', ',']).any(|name| name == "test")
            }
            _ => false,
        };
        if !item.attrs.iter().any(is_test) {
            visit::visit_item_mod(self, item);
        }
    }
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

/// All modules of `src/` by their paths.
fn sources() -> BTreeMap<Module, Source> {
    let mut files = Vec::new();
    rust_files(Path::new("src"), &mut files);
    let read = |file: PathBuf| {
        let below = file.strip_prefix("src").unwrap().with_extension("");
        let mut module: Module =
            below.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        if module.last().is_some_and(|last| last == "mod" || last == "lib") {
            module.pop();
        }
        (module, file)
    };
    let sources = files.into_iter().map(read).filter(|(module, _)| *module != ["main"]);
    sources
        .map(|(module, file)| {
            let code = syn::parse_file(&fs::read_to_string(&file).unwrap()).unwrap();
            let mut paths = Paths { module: &module, source: Source::default() };
            paths.visit_file(&code);
            let source = Source { file, ..paths.source };
            (module, source)
        })
        .collect()
}

/// The module whose file a path leads to, through what modules hand on.
fn home(sources: &BTreeMap<Module, Source>, path: &Module, depth: usize) -> Option<Module> {
    let mut at: Module = Vec::new();
    for (place, name) in path.iter().enumerate() {
        let inner = [&at[..], std::slice::from_ref(name)].concat();
        if sources.contains_key(&inner) {
            at = inner;
            continue;
        }
        let handed = sources.get(&at)?.uses.get(name).filter(|handed| **handed != inner);
        return match handed {
            Some(handed) if depth < 8 => {
                let rest = [&handed[..], &path[place + 1..]].concat();
                home(sources, &rest, depth + 1)
            }
            _ => Some(at),
        };
    }
    Some(at)
}

/// Which modules each module uses, itself left out.
fn edges(sources: &BTreeMap<Module, Source>) -> BTreeMap<Module, BTreeSet<Module>> {
    let of = |(module, source): (&Module, &Source)| {
        let homes = source.paths.iter().filter_map(|path| home(sources, path, 0));
        (module.clone(), homes.filter(|home| home != module && !home.is_empty()).collect())
    };
    sources.iter().map(of).collect()
}

/// The table of the page's rooms: which others each may use.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string("docs/architecture.md").unwrap();
    let table = page.split("## Rooms").nth(1).expect("the page has the table of rooms");
    let table = table.split("\n## ").next().unwrap();
    let names = |cell: &str| -> Vec<String> {
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| {
        let cells: Vec<_> = line.trim_matches('|').split('|').collect();
        let room = names(cells[0]).remove(0);
        (room, names(cells.last().unwrap()).into_iter().collect())
    })
    .collect()
}

#[test]
fn rooms_use_only_what_the_page_allows() {
    let allowed = allowed();
    let sources = sources();
    assert!(sources.len() > 100, "only {} files were looked at", sources.len());
    let mut faults = BTreeSet::new();
    for (module, used) in edges(&sources) {
        let Some(room) = module.first() else { continue };
        let Some(may) = allowed.get(room) else {
            faults.insert(format!("{room} is in no row of the page"));
            continue;
        };
        let others = used.iter().map(|used| &used[0]).filter(|used| *used != room);
        for other in others.filter(|other| !may.contains(*other)) {
            faults.insert(format!("{}: {room} may not use {other}", module.join("::")));
        }
    }
    let rooms: BTreeSet<_> = sources.keys().filter_map(|module| module.first()).collect();
    let named = allowed.keys().filter(|room| !rooms.contains(room));
    faults.extend(named.map(|room| format!("the page names {room}, which is not in src")));
    assert_eq!(faults, BTreeSet::new());
}

/// Every module that can be reached from `from`.
fn reached(edges: &BTreeMap<Module, BTreeSet<Module>>, from: &Module) -> BTreeSet<Module> {
    let mut found = BTreeSet::new();
    let mut left: Vec<&Module> = edges[from].iter().collect();
    while let Some(module) = left.pop() {
        if found.insert(module.clone()) {
            left.extend(edges.get(module).into_iter().flatten());
        }
    }
    found
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let sources = sources();
    let edges = edges(&sources);
    let reached: BTreeMap<_, _> =
        edges.keys().map(|module| (module, reached(&edges, module))).collect();
    let mut circles = BTreeSet::new();
    for (module, others) in &reached {
        if others.contains(*module) {
            let circle = others.iter().filter(|other| reached[other].contains(*module));
            let names: Vec<_> = circle.map(|m| sources[m].file.display().to_string()).collect();
            circles.insert(names.join(", "));
        }
    }
    assert_eq!(circles, BTreeSet::new());
}

/// Gathers the lists of words in a file: arrays and alternatives of patterns that hold more than three words,
/// one of them Vietnamese.
#[derive(Default)]
struct WordLists {
    found: Vec<String>,
}

impl WordLists {
    fn add<'a>(&mut self, literals: impl Iterator<Item = Option<&'a syn::Lit>>) {
        let words: Vec<_> = literals
            .filter_map(|literal| match literal {
                Some(syn::Lit::Str(text)) => Some(text.value()),
                _ => None,
            })
            .filter(|text| text.chars().count() > 1 && text.chars().all(char::is_alphabetic))
            .collect();
        if words.len() > 3 && words.iter().any(|word| !word.is_ascii()) {
            self.found.push(words.join(", "));
        }
    }
}

impl<'ast> Visit<'ast> for WordLists {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_expr_array(&mut self, array: &'ast syn::ExprArray) {
        self.add(array.elems.iter().map(|element| match element {
            syn::Expr::Lit(literal) => Some(&literal.lit),
            _ => None,
        }));
        visit::visit_expr_array(self, array);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        // matches!(word, "a" | "b")
        let parse = |input: syn::parse::ParseStream<'_>| {
            let _: syn::Expr = input.parse()?;
            let _: syn::Token![,] = input.parse()?;
            let pattern = syn::Pat::parse_multi_with_leading_vert(input)?;
            if input.parse::<Option<syn::Token![if]>>()?.is_some() {
                let _: syn::Expr = input.parse()?;
            }
            let _: Option<syn::Token![,]> = input.parse()?;
            Ok(pattern)
        };
        if let Ok(pattern) = call.parse_body_with(parse) {
            self.visit_pat(&pattern);
        }
    }

    fn visit_pat_or(&mut self, pattern: &'ast syn::PatOr) {
        self.add(pattern.cases.iter().map(|case| match case {
            syn::Pat::Lit(literal) => Some(&literal.lit),
            _ => None,
        }));
        visit::visit_pat_or(self, pattern);
    }
}

/// Words that tell what a piece of text is are data, `tables/word_sets.tsv` and `tables/cues.tsv`, and not code.
#[test]
fn the_normalizer_has_no_lists_of_words_in_code() {
    // The names of digits and letters stand in their order there.
    const ORDERED: [&str; 2] = ["number.rs", "letters.rs"];
    let mut files = Vec::new();
    rust_files(Path::new("src/text/normalize"), &mut files);
    let mut faults = Vec::new();
    for file in files {
        if ORDERED.iter().any(|name| file == Path::new("src/text/normalize").join(name)) {
            continue;
        }
        let mut lists = WordLists::default();
        lists.visit_file(&syn::parse_file(&fs::read_to_string(&file).unwrap()).unwrap());
        faults.extend(lists.found.iter().map(|words| format!("{}: {words}", file.display())));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_list_of_words_would_be_seen() {
    let lists = |code: &str| {
        let mut lists = WordLists::default();
        lists.visit_file(&syn::parse_file(code).unwrap());
        lists.found.len()
    };
    assert_eq!(lists(r#"const A: [&str; 4] = ["tỷ", "triệu", "nghìn", "ngàn"];"#), 1);
    assert_eq!(
        lists(r#"fn f(a: &str) -> bool { matches!(a, "tỷ" | "triệu" | "nghìn" | "ngàn") }"#),
        1
    );
    assert_eq!(
        lists(
            r#"fn f(a: &str) -> u8 { match a { "tỷ" | "triệu" | "con" | "ngàn" => 1, _ => 0 } }"#
        ),
        1
    );
    assert_eq!(lists(r#"fn f(a: &str) -> bool { matches!(a, "tỷ" | "triệu" | "nghìn") }"#), 0);
    assert_eq!(lists(r#"mod tests { const A: [&str; 4] = ["tỷ", "triệu", "nghìn", "ngàn"]; }"#), 0);
}

#[test]
fn a_circle_and_a_forbidden_edge_would_be_seen() {
    let parse = |module: &[&str], code: &str| {
        let module: Module = module.iter().map(|&name| name.to_owned()).collect();
        let mut paths = Paths { module: &module, source: Source::default() };
        paths.visit_file(&syn::parse_file(code).unwrap());
        (module.clone(), paths.source)
    };
    let sources = BTreeMap::from([
        parse(&[], "pub mod a; pub mod b;"),
        parse(&["a"], "mod inner; pub use inner::Thing; pub struct Own;"),
        parse(
            &["a", "inner"],
            "use super::Own; pub struct Thing; #[cfg(test)] mod t { use crate::b; }",
        ),
        parse(&["b"], "fn f() { crate::a::Thing::new(); }"),
    ]);
    let edges = edges(&sources);
    let module = |names: &[&str]| -> Module { names.iter().map(|&n| n.to_owned()).collect() };
    assert_eq!(edges[&module(&["b"])], BTreeSet::from([module(&["a", "inner"])]));
    assert_eq!(edges[&module(&["a", "inner"])], BTreeSet::from([module(&["a"])]));
    assert!(reached(&edges, &module(&["a"])).contains(&module(&["a"])));
}
