//! Articles that are to be narrated, and those whose files would have the same names.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::files::Folding;
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::request::Request;

/// One of several articles to be narrated.
#[derive(Debug, Clone)]
pub struct Job {
    /// What is asked for.
    pub request: Request,
    /// The path of its sound below the output folder.
    pub set: PathBuf,
    /// The article, if it was already read.
    pub article: Option<Article>,
}

impl Job {
    /// A job whose article is still to be read.
    #[must_use]
    pub fn new(request: Request, set: PathBuf) -> Job {
        Job { request, set, article: None }
    }

    /// The name of its article in messages.
    #[must_use]
    pub fn name(&self) -> String {
        let read = self.article.as_ref().map(|article| article.origin.name.clone());
        read.unwrap_or_else(|| self.request.source.name())
    }
}

/// The jobs whose files have names of their own, in a folder whose file system folds names so; and the
/// names of the articles of the others, with the error of each.
#[must_use]
pub fn without_twins(jobs: Vec<Job>, folding: Folding) -> (Vec<Job>, Vec<(String, Error)>) {
    let mut owners: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
    for (at, job) in jobs.iter().enumerate() {
        for path in job.request.outputs.paths() {
            let owners = owners.entry(folding.fold(path)).or_default();
            if owners.last() != Some(&at) {
                owners.push(at);
            }
        }
    }
    let names: Vec<String> = jobs.iter().map(Job::name).collect();
    let twin = |at: usize, path: &PathBuf| {
        let owners = owners.get(&folding.fold(path))?;
        let other = owners.iter().find(|other| **other != at)?;
        let (other, path) = (&names[*other], path.display());
        let reason = message!(
            "it and {other} would both be written to {path}; rename one, or narrate them separately",
            other,
            path
        );
        Some(Error::input(names[at].clone(), reason))
    };
    let (mut kept, mut failed) = (Vec::new(), Vec::new());
    for (at, job) in jobs.into_iter().enumerate() {
        let error = job.request.outputs.paths().find_map(|path| twin(at, path));
        match error {
            Some(error) => failed.push((names[at].clone(), error)),
            None => kept.push(job),
        }
    }
    (kept, failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::request::{Content, Output, Target};

    fn job(article: &str, outputs: &[&str]) -> Job {
        let mut request = Request::file(article);
        let output = |path: &&str| Output {
            target: Target::File(PathBuf::from("out").join(path)),
            content: Content::audio("wav"),
        };
        request.outputs.files = outputs.iter().map(output).collect();
        Job::new(request, PathBuf::from(outputs[0]))
    }

    #[test]
    fn twins_fail_and_all_others_are_kept() {
        let jobs = || {
            vec![
                job("a.txt", &["a.wav", "a.json"]),
                job("b.txt", &["b.wav"]),
                job("A.txt", &["A.wav", "x.json"]),
                job("a.md", &["other.wav", "a.json"]),
                job("\u{e9}.txt", &["\u{e9}.wav"]),
                job("e\u{301}.txt", &["e\u{301}.wav"]),
            ]
        };
        for (case, forms, twins) in [
            (false, false, &["a.txt", "a.md"][..]),
            (true, false, &["a.txt", "A.txt", "a.md"]),
            (false, true, &["a.txt", "a.md", "\u{e9}.txt", "e\u{301}.txt"]),
        ] {
            let (kept, failed) = without_twins(jobs(), Folding { case, forms });
            let names: Vec<_> = failed.iter().map(|(name, _)| &name[..]).collect();
            assert_eq!(names, twins);
            assert_eq!(kept.len() + failed.len(), jobs().len());
            let said = failed[0].1.to_string();
            assert!(said.starts_with("a.txt: it and ") && said.contains("rename one"), "{said}");
        }
    }
}
