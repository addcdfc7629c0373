//! Updates that are killed at any time, or for which there is no room: the feed agrees with its files,
//! and the next build ends as if nothing had been.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::show::{Show, article};
use crate::copies::copy;
use crate::kills::{FEW, Killer, MANY, assert_whole, finish, killed_at, leftovers, tree};
use crate::limits::limited;

/// A show that is to be updated, and how it is before and after.
struct Update {
    first: Show,
    old: BTreeMap<PathBuf, Vec<u8>>,
    new: BTreeMap<PathBuf, Vec<u8>>,
    /// A folder with the show that is worked on, `show`, and one that was updated undisturbed.
    root: TempDir,
}

impl Update {
    /// Several articles are changed, one of them with chapters, one is new, and one is gone. The feed has
    /// pages of two episodes, so it is more than one file.
    fn new() -> Update {
        let first = Show::new("page_size = 2");
        for day in 2..7 {
            first.article(&format!("tin-{day}.txt"), day, "mưa to");
        }
        first.write("tin-7.md", with_chapters("lạnh"));
        finish(&mut build(first.0.path()));
        let old = tree(first.0.path());
        let root = TempDir::new().unwrap();
        let clean = root.path().join("clean");
        copy(first.0.path(), &clean);
        edit(&clean);
        finish(&mut build(&clean));
        Update { first, old, new: tree(&clean), root }
    }

    fn show(&self) -> PathBuf {
        self.root.path().join("show")
    }

    /// The show as it was, with articles that have changed.
    fn begin(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let _ = fs::remove_dir_all(self.show());
        copy(self.first.0.path(), &self.show());
        edit(&self.show());
        tree(&self.show())
    }

    /// The feed is without faults.
    fn check_feed(&self, when: &str) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
        command.env("DOCBAO_LANG", "en");
        let check = command.args(["podcast", "check"]).arg(self.show().join("public"));
        let output = check.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{when}: {said}");
    }

    /// Besides, all files are those of the old feed or of the new one.
    fn check(&self, when: &str) {
        self.check_feed(when);
        assert_whole(&tree(&self.show()), &[&self.old, &self.new]);
    }

    /// A build that is left alone ends as the undisturbed one did.
    fn end(&self, when: &str) {
        finish(&mut build(&self.show()));
        self.check(when);
        let there = tree(&self.show());
        assert!(there.keys().eq(self.new.keys()), "{when}: {:?}", there.keys());
        assert!(there == self.new, "{when}");
        assert!(leftovers(&self.show()).is_empty(), "{when}: {:?}", leftovers(&self.show()));
    }
}

fn build(show: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
    command.env("DOCBAO_LANG", "en");
    command.current_dir(show).env("XDG_CONFIG_HOME", show.join("none"));
    command.args(["podcast", "build", "--voice", "tone", "--no-cache", "--rate", "3"]);
    command.args(["--now", "2024-04-01T00:00:00Z"]);
    command
}

fn edit(show: &Path) {
    let write = |name: &str, text: String| fs::write(show.join(name), text).unwrap();
    write("tin-4.txt", article(4, "nắng to"));
    write("tin-6.txt", article(6, "sương mù dày"));
    write("tin-7.md", with_chapters("rét đậm"));
    write("tin-8.txt", article(8, "gió lớn"));
    fs::remove_file(show.join("tin-3.txt")).unwrap();
}

fn with_chapters(news: &str) -> String {
    format!(
        "---\ntitle: Tin ngày 7\ndate: 2024-03-07\n---\n# Tin ngày 7\n\n## Sáng\n\nTrời {news}.\n\n\
         ## Chiều\n\nTrời {news} hơn.\n"
    )
}

#[test]
fn a_killed_update_leaves_a_sound_feed_and_the_next_one_ends_the_same() {
    kills(FEW);
}

#[test]
#[ignore = "takes minutes: run it after a change of how shows are published"]
fn updates_end_the_same_after_200_kills() {
    kills(MANY);
}

#[allow(clippy::print_stdout, reason = "a longer run is made to see the numbers")]
fn kills(kills: usize) {
    let update = Update::new();
    update.begin();
    let mut killer = Killer::new(kills, &mut build(&update.show()));
    let mut between = 0;
    while killer.goes_on() {
        let untouched = update.begin();
        loop {
            let again = killer.kill(&mut build(&update.show()));
            update.check(&format!("after kill {}", killer.killed));
            let there = tree(&update.show());
            between += usize::from(there != update.new && there != untouched);
            if !again {
                break;
            }
        }
        update.end(&format!("after kill {} and another build", killer.killed));
    }
    println!("{} kills, {} came too late; {between} left a part", killer.killed, killer.late);
}

/// As times do not hit every state of a folder, each call that changes it is one at which the build is
/// killed.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace"]
#[allow(clippy::print_stdout, reason = "a longer run is made to see the numbers")]
fn updates_end_the_same_wherever_they_are_killed() {
    let update = Update::new();
    let mut killed = 0;
    for calls in ["?rename,?renameat,?renameat2", "?unlink,?unlinkat", "fsync"] {
        for number in 1.. {
            update.begin();
            if !killed_at(&build(&update.show()), calls, number) {
                assert!(number > 1, "there is no call of {calls}");
                break;
            }
            killed += 1;
            let when = format!("killed at call {number} of {calls}");
            update.check(&when);
            update.end(&when);
        }
    }
    println!("{killed} calls");
}

#[test]
fn a_full_disk_is_told_and_leaves_a_sound_feed() {
    let update = Update::new();
    // Not even the register fits; only small files do; some sounds do not.
    let sounds = update.new.iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "mp3"));
    let largest = sounds.map(|(_, bytes)| bytes.len() / 512).max().unwrap();
    for blocks in [0, 2, largest / 2, largest - 1] {
        update.begin();
        let build = build(&update.show());
        let output = limited(&build, &format!("-f {blocks}")).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{blocks}: {said}");
        assert!(said.contains("cannot write"), "{blocks}: {said}");
        update.check_feed(&format!("with {blocks} blocks"));
        assert!(leftovers(&update.show()).is_empty(), "{:?}", leftovers(&update.show()));
        // What fitted was published; in the end all is.
        finish(&mut self::build(&update.show()));
        update.check_feed(&format!("after {blocks} blocks"));
        let there = tree(&update.show());
        let is_named =
            |path: &&PathBuf| path.starts_with("public/episodes") || path.ends_with("feed.xml");
        for path in update.new.keys().filter(is_named) {
            assert!(there.get(path) == update.new.get(path), "{}", path.display());
        }
    }
}
