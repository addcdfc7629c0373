//! Folders of articles: what is up to date stays, what was killed continues, and no file ever has its
//! name before it is whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::kills::{FEW, Killer, MANY, assert_whole, leftovers, tree};
use crate::limits::limited;

/// A project: articles, the folder of their files, and a cache.
struct Project {
    root: TempDir,
    options: Vec<&'static str>,
}

impl Project {
    /// With articles of these names, each of a few sentences of its own.
    fn new(names: &[&str]) -> Project {
        let project =
            Project { root: TempDir::new().unwrap(), options: vec!["--voice", "tone", "--marks"] };
        for (at, name) in names.iter().enumerate() {
            project.write(name, &article(at));
        }
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn out(&self) -> PathBuf {
        self.path("out")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path("articles").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let path = self.path("articles").join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        fs::write(path, text.replace(from, to)).unwrap();
    }

    fn command(&self, out: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
        command.env("DOCBAO_LANG", "en");
        command.current_dir(self.root.path()).env("XDG_CONFIG_HOME", self.path("none"));
        command.arg("narrate").arg("articles").arg("-o").arg(out);
        for option in &self.options {
            command.arg(option);
            if *option == "--marks" {
                command.arg(out);
            }
        }
        command.arg("--cache").arg(self.path("cache"));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(&self.out()).args(arguments).output().unwrap()
    }

    /// The report of a run that ends with this status.
    fn report(&self, status: i32, arguments: &[&str]) -> Value {
        let output = self.command(&self.out()).arg("--json").args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

/// The states of the articles in a report.
fn states(report: &Value) -> Vec<&str> {
    report["done"].as_array().unwrap().iter().map(|done| done["state"].as_str().unwrap()).collect()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

/// A short article, different for each number.
fn article(number: usize) -> String {
    format!(
        "Bản tin số {number}\n\nSáng ngày {}/3, mưa to tại {} xã miền núi. Nước lên nhanh trong đêm, \
         nhiều đường ngập sâu.\n\nĐến {} giờ chiều, {} hộ dân đã được đưa đến nơi an toàn. Không ai \
         bị thương.\n\nDự báo mai trời còn mưa.\n",
        number % 28 + 1,
        number + 12,
        number % 6 + 1,
        number * 7 + 105,
    )
}

fn names(files: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<&str> {
    files.keys().map(|path| path.to_str().unwrap()).collect()
}

#[test]
fn folders_keep_their_structure_and_what_is_up_to_date_is_left() {
    let project = Project::new(&["a.txt", "sub/b.txt", "sub/deep/c.txt"]);
    let first = project.report(0, &[]);
    assert_eq!(states(&first), ["made"; 3]);
    let all = ["a.json", "a.wav", "sub/b.json", "sub/b.wav", "sub/deep/c.json", "sub/deep/c.wav"];
    let made = tree(&project.out());
    assert_eq!(names(&made), all);
    let modified = |name: &str| fs::metadata(project.out().join(name)).unwrap().modified().unwrap();
    let before = modified("a.wav");
    let second = project.report(0, &[]);
    assert_eq!(states(&second), ["up-to-date"; 3]);
    assert_eq!(modified("a.wav"), before);
    // What was reported about an article is reported again.
    for key in ["characters", "speech_seconds", "utterances", "not_read", "findings"] {
        assert!(!first["done"][1][key].is_null(), "{key}");
        assert_eq!(first["done"][1][key], second["done"][1][key], "{key}");
    }
    assert_eq!(second["totals"]["spoken"], 0);
    assert_eq!(states(&project.report(0, &["--force"])), ["made"; 3]);
    assert!(tree(&project.out()) == made);
    assert_eq!(leftovers(project.root.path()), [] as [&Path; 0]);
}

#[test]
fn one_corrected_sentence_is_one_utterance_spoken() {
    let project = Project::new(&["a.txt", "b.txt", "c.txt"]);
    let first = project.report(0, &[]);
    assert_eq!(
        first["totals"]["spoken"].as_u64().unwrap(),
        6 * 3 - 6,
        "three sentences are shared"
    );
    project.edit("b.txt", "Không ai bị thương", "Hai người bị thương nhẹ");
    let report = project.report(0, &[]);
    assert_eq!(states(&report), ["up-to-date", "made", "up-to-date"]);
    let totals = &report["totals"];
    assert_eq!((&totals["spoken"], &totals["from_cache"]), (&1.into(), &5.into()), "{totals}");

    // The same as if the sentence had always been so, and without a cache.
    let fresh = project.path("fresh");
    let output = project.command(&fresh).arg("--no-cache").output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(tree(&fresh) == tree(&project.out()));
}

#[test]
fn whatever_changes_is_made_again_and_nothing_else() {
    let project = Project::new(&["a.txt", "b.txt"]);
    project.report(0, &[]);
    let whole = tree(&project.out());
    let (sound, marks) = (project.out().join("a.wav"), project.out().join("a.json"));
    let altered = {
        let mut bytes = whole[Path::new("a.wav")].clone();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        bytes
    };
    let damages: [&dyn Fn(); 5] = [
        &|| fs::remove_file(&sound).unwrap(),
        &|| fs::remove_file(&marks).unwrap(),
        &|| fs::write(&sound, &altered).unwrap(),
        &|| fs::write(&sound, &altered[..1000]).unwrap(),
        &|| fs::write(project.out().join(".docbao/made/a.wav.json"), "{}").unwrap(),
    ];
    for (at, damage) in damages.into_iter().enumerate() {
        damage();
        let report = project.report(0, &[]);
        assert_eq!(states(&report), ["made", "up-to-date"], "damage {at}");
        assert_eq!(report["totals"]["spoken"], 0, "damage {at}");
        assert!(tree(&project.out()) == whole, "damage {at}");
    }
    fs::write(&sound, &whole[Path::new("a.wav")]).unwrap();
    assert_eq!(states(&project.report(0, &[])), ["up-to-date"; 2], "only its time is another");

    for settings in [
        &["--rate", "1.1"][..],
        &["--pause", "sentence=700"],
        &["--years", "short"],
        &["--skip", "title"],
        &["--voice", "bac"],
    ] {
        assert_eq!(states(&project.report(0, settings)), ["made"; 2], "{settings:?}");
        assert_eq!(states(&project.report(0, settings)), ["up-to-date"; 2], "{settings:?}");
    }
    let lexicon = project.path("own.tsv");
    fs::write(&lexicon, "written\tsaid\nmưa to\tmưa lớn\n").unwrap();
    let with = ["--lexicon", "own.tsv"];
    assert_eq!(states(&project.report(0, &with)), ["made"; 2]);
    assert_eq!(states(&project.report(0, &with)), ["up-to-date"; 2]);
    fs::write(&lexicon, "written\tsaid\nmưa to\tmưa rất lớn\n").unwrap();
    assert_eq!(states(&project.report(0, &with)), ["made"; 2]);
}

#[test]
fn one_bad_article_is_reported_and_stops_nothing() {
    let project = Project::new(&["a.txt", "z.txt"]);
    project.write("empty.txt", "");
    project.write("picture.txt", "");
    fs::write(project.path("articles/picture.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0").unwrap();
    // A folder where a file belongs.
    project.write("folder.txt", &article(9));
    fs::create_dir_all(project.out().join("folder.wav")).unwrap();
    let output = project.run(&["--report", "report.json"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    for name in ["empty.txt", "picture.txt", "folder.wav"] {
        assert!(stderr(&output).contains(name), "{name}: {}", stderr(&output));
    }
    let last = stdout(&output).lines().last().unwrap();
    assert!(
        last.starts_with("5 articles") && last.contains("2 made, 0 up to date, 3 failed"),
        "{last}"
    );
    let row = stdout(&output).lines().find(|line| line.contains("empty.txt")).unwrap();
    assert!(row.ends_with("failed"), "{row}");
    let report: Value =
        serde_json::from_slice(&fs::read(project.path("report.json")).unwrap()).unwrap();
    assert_eq!(report["totals"]["failed"], 3);
    assert_eq!(report["failed"].as_array().unwrap().len(), 3);
    assert!(report["done"][0]["characters"].as_u64().unwrap() > 100);
    assert!(report["done"][0]["seconds"].as_f64().unwrap() >= 0.0);
    // No marks of an article that has no sound.
    assert_eq!(names(&tree(&project.out())), ["a.json", "a.wav", "z.json", "z.wav"]);
    let output = project.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("0 made, 2 up to date, 3 failed"), "{}", stdout(&output));
}

#[test]
fn a_folder_is_worked_in_by_one_process_at_a_time() {
    let project = Project::new(&["a.txt"]);
    project.report(0, &[]);
    let before = tree(&project.out());
    let lock = fs::File::open(project.out().join(".docbao/lock")).unwrap();
    lock.lock().unwrap();
    let output = project.run(&["--force"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("another docbao is at work in"), "{}", stderr(&output));
    drop(lock);
    assert_eq!(states(&project.report(0, &[])), ["up-to-date"]);
    assert!(tree(&project.out()) == before);
}

#[test]
fn processes_share_a_cache() {
    let project = Project::new(&["a.txt", "b.txt", "c.txt"]);
    let outs: Vec<_> = (0..4).map(|n| project.path(&format!("out{n}"))).collect();
    let children: Vec<Child> =
        outs.iter().map(|out| project.command(out).spawn().unwrap()).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(!stderr(&output).contains("cache"), "{}", stderr(&output));
    }
    for out in &outs[1..] {
        assert!(tree(out) == tree(&outs[0]));
    }
}

#[test]
fn damaged_cache_entries_cost_a_note_and_no_more() {
    let project = Project::new(&["a.txt"]);
    project.report(0, &[]);
    let whole = tree(&project.out());
    for path in tree(&project.path("cache")).keys() {
        fs::write(project.path("cache").join(path), "damaged").unwrap();
    }
    fs::remove_dir_all(project.out()).unwrap();
    let output = project.run(&[]);
    assert!(output.status.success());
    assert!(
        stderr(&output).contains("is damaged, or is another entry; its utterance is spoken again"),
        "{}",
        stderr(&output)
    );
    assert!(tree(&project.out()) == whole);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_reported_and_a_rerun_makes_everything() {
    let project = Project::new(&["a.txt", "z.txt"]);
    project.write("long.txt", &article(3).repeat(4));
    project.report(0, &[]);
    let whole = tree(&project.out());
    let largest = |name: &str| whole[Path::new(name)].len() as u32 / 512;
    assert!(largest("long.wav") > 2 * largest("a.wav"));
    // Some outputs fit, some do not; while they are made they take twice as much.
    for blocks in [largest("a.wav") / 2, largest("a.wav") * 5 / 2] {
        fs::remove_dir_all(project.out()).unwrap();
        fs::remove_dir_all(project.path("cache")).unwrap();
        let command = project.command(&project.out());
        let output = limited(&command, &format!("-f {blocks}")).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(stderr(&output).contains("cannot write") && stderr(&output).contains("long.txt"));
        let fitted = tree(&project.out());
        assert!(fitted.len() < whole.len());
        assert!(fitted.iter().all(|(name, bytes)| whole[name] == *bytes));
        assert_eq!(leftovers(project.root.path()), [] as [&Path; 0]);
    }
    assert!(tree(&project.out()).len() >= 2, "what fits is made");
    project.report(0, &[]);
    assert!(tree(&project.out()) == whole);
}

#[test]
fn a_killed_run_leaves_nothing_partial_and_the_next_one_ends_the_same() {
    killed_runs(FEW, 6);
}

#[test]
#[ignore = "takes minutes: run it after a change of how files are written"]
fn runs_end_the_same_after_200_kills() {
    killed_runs(MANY, 12);
}

#[allow(clippy::print_stdout, reason = "a longer run is made to see the numbers")]
fn killed_runs(kills: usize, articles: usize) {
    let names: Vec<_> = (0..articles).map(|n| format!("{}/{n}.txt", n % 3)).collect();
    let project = Project::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let (clean, out) = (project.path("clean"), project.out());
    let mut killer = Killer::new(kills, &mut project.command(&clean));
    let whole = tree(&clean);
    let (mut unfinished, mut with_leftovers) = (0, 0);
    while killer.goes_on() {
        for folder in [&out, &project.path("cache")] {
            let _ = fs::remove_dir_all(folder);
        }
        loop {
            let again = killer.kill(&mut project.command(&out));
            let there = tree(&out);
            assert_whole(&there, &[&whole]);
            unfinished += usize::from(there.len() < whole.len());
            with_leftovers += usize::from(!leftovers(&out).is_empty());
            if !again {
                break;
            }
        }
        let report = project.report(0, &[]);
        assert_eq!(report["totals"]["failed"], 0);
        assert!(tree(&out) == whole);
        assert_eq!(leftovers(&out), [] as [&Path; 0]);
    }
    let Killer { killed, late, .. } = killer;
    println!(
        "{killed} kills, {late} came too late; {unfinished} left less than all, {with_leftovers} \
         temporary files"
    );
    assert!(unfinished > 0);
}

/// Waits until something is so; the limit only ends a test that would wait for ever.
fn eventually(what: &str, mut is: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < Duration::from_secs(600), "{what} has not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_cleans_up_and_the_next_one_goes_on() {
    let mut project = Project::new(&["a.txt"]);
    project.options.splice(..2, ["--voice", "bac", "--jobs", "1"]);
    project.write("long.txt", &(0..400).map(article).collect::<String>());
    let child = project.command(&project.out()).spawn().unwrap();
    eventually("the first article", || project.out().join("a.wav").exists());
    interrupt(&child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    assert!(stderr(&output).contains("stopped"), "{}", stderr(&output));
    assert_eq!(names(&tree(&project.out())), ["a.json", "a.wav"]);
    assert_eq!(leftovers(&project.out()), [] as [&Path; 0]);
    fs::remove_file(project.path("articles/long.txt")).unwrap();
    assert_eq!(states(&project.report(0, &[])), ["up-to-date"]);
}

#[cfg(unix)]
#[test]
fn watching_makes_again_what_changes() {
    let project = Project::new(&["a.txt", "b.txt"]);
    let child = project.command(&project.out()).arg("--watch").spawn().unwrap();
    let sound = |name: &str| fs::read(project.out().join(name)).unwrap_or_default();
    eventually("the first sound", || !sound("b.wav").is_empty());
    let (a, b) = (sound("a.wav"), sound("b.wav"));
    project.edit("b.txt", "Không ai", "Chưa ai");
    eventually("the changed sound", || sound("b.wav") != b);
    project.write("new.txt", &article(5));
    eventually("a new article", || !sound("new.wav").is_empty());
    project.write("empty.txt", "");
    // A settings file that was not there before.
    fs::write(project.path("docbao.toml"), "[voice]\nrate = 1.5\n").unwrap();
    eventually("the changed setting", || sound("a.wav") != a);
    interrupt(&child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("watching"), "{}", stderr(&output));
    assert_eq!(leftovers(project.root.path()), [] as [&Path; 0]);
}
