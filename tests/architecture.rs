//! Holds `docs/architecture.md` true: who may use whom among the modules of `src/`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The table of edges in docs/architecture.md: rows ``| `module` | `other`, `other` |`` under the
/// heading "Who may use whom".
fn allowed_edges() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string("docs/architecture.md").unwrap();
    let table = page.split("## Who may use whom").nth(1).expect("the page has the table of edges");
    let table = table.split("\n## ").next().unwrap();
    table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let mut cells = line.trim_matches('|').split('|');
            let names = |cell: &str| -> Vec<String> {
                cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
            };
            let module = names(cells.next().unwrap()).remove(0);
            (module, names(cells.next().unwrap()).into_iter().collect())
        })
        .collect()
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

/// The module a file belongs to: the first part of its path below src.
fn module_of(path: &Path) -> String {
    let below = path.strip_prefix("src").unwrap();
    let first = below.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that a file names as `crate::module`, comments left out.
fn used_modules(text: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let code = line.split(" // ").next().unwrap();
        for after in code.split("crate::").skip(1) {
            let end = after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len());
            used.insert(after[..end].to_owned());
        }
    }
    used
}

#[test]
fn modules_use_only_what_the_page_allows() {
    let allowed = allowed_edges();
    let mut files = Vec::new();
    rust_files(Path::new("src"), &mut files);
    let mut modules = BTreeSet::new();
    let mut faults = Vec::new();
    for path in &files {
        let module = module_of(path);
        if module == "lib" || module == "main" {
            continue;
        }
        modules.insert(module.clone());
        let Some(edges) = allowed.get(&module) else {
            faults.push(format!("{} is in no row of the page", path.display()));
            continue;
        };
        for used in used_modules(&fs::read_to_string(path).unwrap()) {
            if used != module && !edges.contains(&used) {
                faults.push(format!("{}: {module} may not use {used}", path.display()));
            }
        }
    }
    for module in allowed.keys().filter(|module| !modules.contains(*module)) {
        faults.push(format!("the page names {module}, which is not in src"));
    }
    assert!(files.len() > 20, "only {} files were looked at", files.len());
    assert_eq!(faults, [] as [String; 0]);
}

#[test]
fn a_forbidden_edge_would_be_seen() {
    let used = used_modules("use crate::normalize::x; // not crate::write\n// crate::cli\n");
    assert_eq!(used, BTreeSet::from(["normalize".to_owned()]));
}
