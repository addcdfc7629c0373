//! An update that is killed at any time: the feed agrees with its files, and the next run ends the same.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::show::{Show, article};
use crate::copies::copy;
use crate::kills::{FEW, Killer, MANY, assert_whole, finish, leftovers, tree};

#[test]
fn a_killed_update_leaves_a_sound_feed_and_the_next_one_ends_the_same() {
    updates(FEW);
}

#[test]
#[ignore = "takes minutes: run it after a change of how shows are published"]
fn updates_end_the_same_after_200_kills() {
    updates(MANY);
}

fn build(show: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
    command.current_dir(show).env("XDG_CONFIG_HOME", show.join("none"));
    command.args(["podcast", "build", "--voice", "tone", "--no-cache", "--rate", "3"]);
    command.args(["--now", "2024-04-01T00:00:00Z"]);
    command
}

/// Several articles are changed, with one that has chapters, and one is new.
fn edit(show: &Path) {
    let write = |name: &str, text: String| fs::write(show.join(name), text).unwrap();
    write("tin-4.txt", article(4, "nắng to"));
    write("tin-6.txt", article(6, "sương mù dày"));
    write("tin-7.md", with_chapters("rét đậm"));
    write("tin-8.txt", article(8, "gió lớn"));
}

fn with_chapters(news: &str) -> String {
    format!(
        "---\ntitle: Tin ngày 7\ndate: 2024-03-07\n---\n# Tin ngày 7\n\n## Sáng\n\nTrời {news}.\n\n\
         ## Chiều\n\nTrời {news} hơn.\n"
    )
}

#[allow(clippy::print_stdout, reason = "a longer run is made to see the numbers")]
fn updates(kills: usize) {
    // Pages of two episodes: the feed is more than one file.
    let first = Show::new("page_size = 2");
    for day in 3..7 {
        first.article(&format!("tin-{day}.txt"), day, "mưa to");
    }
    first.write("tin-7.md", with_chapters("lạnh"));
    finish(&mut build(first.0.path()));
    let old = tree(first.0.path());
    let root = TempDir::new().unwrap();
    let clean = root.path().join("clean");
    copy(first.0.path(), &clean);
    edit(&clean);
    let mut killer = Killer::new(kills, &mut build(&clean));
    let new = tree(&clean);
    assert!(old.keys().filter(|path| path.extension().is_some_and(|e| e == "xml")).count() > 2);

    let show = root.path().join("show");
    let check = |when: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
        let output = command.args(["podcast", "check"]).arg(show.join("public")).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{when}: {said}");
    };
    let (mut between, mut untouched) = (0, None);
    while killer.goes_on() {
        let _ = fs::remove_dir_all(&show);
        copy(first.0.path(), &show);
        edit(&show);
        let untouched = untouched.get_or_insert_with(|| tree(&show));
        loop {
            let again = killer.kill(&mut build(&show));
            check(&format!("after kill {}", killer.killed));
            let there = tree(&show);
            assert_whole(&there, &[&old, &new]);
            between += usize::from(there != new && there != *untouched);
            if !again {
                break;
            }
        }
        finish(&mut build(&show));
        check("at the end");
        let there = tree(&show);
        assert!(there.keys().eq(new.keys()), "{:?}", there.keys());
        assert!(there == new);
        assert!(leftovers(&show).is_empty(), "{:?}", leftovers(&show));
    }
    println!("{} kills, {} came too late; {between} left a part", killer.killed, killer.late);
}
