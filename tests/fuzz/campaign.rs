//! Gives a target inputs until its time is over, and keeps those at which it fails.

use std::cell::RefCell;
use std::collections::HashSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::fs::{self, File};
use std::io::{Seek, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use docbao::Digest;

use crate::mutator::{Mutator, Random, dictionary};

/// An input that takes longer than this, and [`TIMES`] as long as the middle one of the target's, is
/// too slow.
const SLOW: Duration = Duration::from_secs(5);
const TIMES: u32 = 10;

/// A target that has not answered for so long hangs.
const HANGS: Duration = Duration::from_secs(60);

/// The most inputs that are kept because the target said something new.
const MOST_KEPT: usize = 1000;

/// The most tries to make an input at which a target fails smaller.
const MOST_TRIES: usize = 3000;

/// Gives a target an input; gives back what the target made of it, in words: inputs about which it says
/// something new are changed further.
pub(crate) type Attempt = Box<dyn FnMut(&[u8]) -> String>;

/// What is fuzzed.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    pub name: &'static str,
    /// The most bytes of an input.
    pub largest: usize,
    /// Files and folders with seeds, beside `seeds/NAME` here and in `fuzz/`.
    pub seeds: &'static [&'static str],
    /// Seeds that are made when the target starts.
    pub made: fn(&Path) -> Vec<Vec<u8>>,
    /// Starts the target, with a folder to work in.
    pub open: fn(&Path) -> Attempt,
}

/// How long targets run, and on what.
#[derive(Clone)]
pub(crate) struct Plan {
    pub time: Duration,
    pub seed: u64,
    /// The only input to run, if one is named.
    pub input: Option<PathBuf>,
}

/// What was done.
#[derive(Default)]
pub(crate) struct Tally {
    pub inputs: usize,
    pub kept: usize,
    pub middle: Duration,
    pub slowest: Duration,
    /// What went wrong, by where.
    pub failures: BTreeMap<String, String>,
}

thread_local! {
    /// What the last panic of this thread said, and where.
    static PANIC: RefCell<(String, String)> = RefCell::default();
}

/// Keeps what panics say, in place of printing it for each of thousands of inputs.
pub(crate) fn hear_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        PANIC.with_borrow_mut(|heard| *heard = (place, info.to_string()));
    }));
}

/// Runs a target in a thread of its own, and watches whether it goes on.
pub(crate) fn run(target: Target, plan: &Plan) -> Result<Tally, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz").join(target.name);
    let work = folder.join("work");
    let _ = fs::remove_dir_all(&work);
    fs::create_dir_all(&work).map_err(|error| format!("{}: {error}", work.display()))?;
    let start = Instant::now();
    // When the input at hand began, in milliseconds from the start.
    let begun = Arc::new(AtomicU64::new(0));
    let (beat, plan, of) = (Arc::clone(&begun), plan.clone(), folder.clone());
    let worker = thread::spawn(move || {
        let runner =
            Runner { last: File::create(of.join("last")).unwrap(), folder: of, start, begun: beat };
        let done = panic::catch_unwind(AssertUnwindSafe(|| runner.run(&target, &work, &plan)));
        done.map_err(|_| PANIC.with_borrow(|(_, said)| said.clone()))
    });
    while !worker.is_finished() {
        thread::sleep(Duration::from_millis(20));
        let begun = Duration::from_millis(begun.load(Ordering::Relaxed));
        if start.elapsed().saturating_sub(begun) > HANGS {
            let last = folder.join("last");
            return Err(format!("hangs; {}", reproduction(target.name, &last)));
        }
    }
    worker.join().map_err(|_| "the target did not start".to_owned())?
}

/// How to see a failure again, and what to do about it.
fn reproduction(target: &str, input: &Path) -> String {
    format!(
        "the input is in {path}; `DOCBAO_FUZZ_INPUT={path} cargo test --test fuzz -- --exact {target}` \
         runs it alone; keep it in tests/fuzz/found/{target}/ once its cause is mended",
        path = input.display()
    )
}

struct Runner {
    /// The input at hand: if the whole program dies, this is what it died of.
    last: File,
    folder: PathBuf,
    start: Instant,
    begun: Arc<AtomicU64>,
}

impl Runner {
    fn run(&self, target: &Target, work: &Path, plan: &Plan) -> Tally {
        let mut tally = Tally::default();
        let mut attempt = (target.open)(work);
        if let Some(input) = &plan.input {
            let bytes = fs::read(input).unwrap();
            self.one(target, &mut attempt, &bytes, &mut Vec::new(), &mut tally);
            return tally;
        }
        let own = |of: &str| [of, target.name].join("/");
        let found = files(&own("tests/fuzz/found"));
        let folders = [own("tests/fuzz/seeds"), own("fuzz/seeds")];
        let named = folders.iter().map(String::as_str).chain(target.seeds.iter().copied());
        let mut seeds: Vec<Vec<u8>> = named.flat_map(files).collect();
        seeds.extend((target.made)(work));
        assert!(!seeds.is_empty(), "{} has no seeds", target.name);
        seeds.retain(|seed| seed.len() <= target.largest);
        assert!(!seeds.is_empty(), "all seeds of {} are too large for it", target.name);
        let tokens = ["fuzz/dictionaries", "tests/fuzz/dictionaries"].map(|of| own(of) + ".dict");
        let tokens = tokens.iter().filter_map(|path| fs::read_to_string(at(path)).ok());
        let dictionary = tokens.flat_map(|text| dictionary(&text)).collect();
        let random = Random::new(plan.seed ^ target.name.bytes().map(u64::from).sum::<u64>());
        let mut mutator = Mutator { random, dictionary, largest: target.largest };
        let mut times = Vec::new();
        let mut heard = HashSet::new();
        let known = [found, seeds.clone()].concat();
        for bytes in &known {
            let said = self.one(target, &mut attempt, bytes, &mut times, &mut tally);
            heard.extend(said.as_deref().map(shape));
        }
        let end = Instant::now() + plan.time;
        while Instant::now() < end {
            let bytes = mutator.input(&seeds);
            let said = self.one(target, &mut attempt, &bytes, &mut times, &mut tally);
            if said.is_some_and(|said| heard.insert(shape(&said))) && tally.kept < MOST_KEPT {
                tally.kept += 1;
                seeds.push(bytes);
            }
        }
        times.sort_unstable();
        tally.middle = times.get(times.len() / 2).copied().unwrap_or_default();
        tally.slowest = times.last().copied().unwrap_or_default();
        tally
    }

    /// Runs one input; gives what the target said of it, if it did not fail.
    fn one(
        &self,
        target: &Target,
        attempt: &mut Attempt,
        bytes: &[u8],
        times: &mut Vec<Duration>,
        tally: &mut Tally,
    ) -> Option<String> {
        (&self.last).rewind().unwrap();
        (&self.last).write_all(bytes).unwrap();
        self.last.set_len(bytes.len() as u64).unwrap();
        tally.inputs += 1;
        let (mut time, result) = self.timed(attempt, bytes);
        let said = match result {
            Ok(said) => said,
            Err((place, said)) => {
                if let Entry::Vacant(failure) = tally.failures.entry(place) {
                    let small = self.smaller(attempt, bytes.to_vec(), failure.key());
                    let how = self.keep(target, &small);
                    failure.insert(format!("{said}\n  {how}"));
                }
                return None;
            }
        };
        if time > SLOW {
            // Another program may have had the processor: the best of two more counts.
            for _ in 0..2 {
                let before = processor_time();
                let again = self.timed(attempt, bytes).0;
                let used = processor_time().zip(before).map(|(after, before)| after - before);
                time = time.min(used.unwrap_or(again));
            }
            let mut sorted = times.clone();
            sorted.sort_unstable();
            let middle = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
            if time > SLOW && time > middle * TIMES {
                let how = self.keep(target, bytes);
                let place = format!("slow: {}", shape(&said));
                let said = format!("took {time:?}, and the middle one {middle:?}\n  {how}");
                tally.failures.entry(place).or_insert(said);
            }
        }
        times.push(time);
        Some(said)
    }

    /// How long the target takes for an input, and what it says, or where it fails and how.
    fn timed(
        &self,
        attempt: &mut Attempt,
        bytes: &[u8],
    ) -> (Duration, Result<String, (String, String)>) {
        let begun = self.start.elapsed().as_millis() as u64;
        self.begun.store(begun, Ordering::Relaxed);
        let start = Instant::now();
        PANIC.take();
        let result = panic::catch_unwind(AssertUnwindSafe(|| attempt(bytes)));
        let result = result.map_err(|payload| match PANIC.take() {
            // It was in a thread of a pool.
            (place, said) if place.is_empty() && said.is_empty() => {
                let said = payload.downcast_ref::<String>().cloned();
                let said = said.or_else(|| payload.downcast_ref::<&str>().map(ToString::to_string));
                let said = said.unwrap_or_default();
                (shape(&said), said)
            }
            heard => heard,
        });
        (start.elapsed(), result)
    }

    /// A smaller input that fails at the same place, if one is soon found.
    fn smaller(&self, attempt: &mut Attempt, mut bytes: Vec<u8>, place: &str) -> Vec<u8> {
        let (mut piece, mut tries) = (bytes.len().div_ceil(2), 0);
        while piece > 0 && tries < MOST_TRIES {
            let (mut at, before) = (0, bytes.len());
            while at < bytes.len() && tries < MOST_TRIES {
                let end = (at + piece).min(bytes.len());
                let less = [&bytes[..at], &bytes[end..]].concat();
                tries += 1;
                match self.timed(attempt, &less).1 {
                    Err((other, _)) if other == place => bytes = less,
                    _ => at = end,
                }
            }
            if piece > 1 || bytes.len() == before {
                piece /= 2;
            }
        }
        bytes
    }

    /// Keeps an input; says how to run it again.
    fn keep(&self, target: &Target, bytes: &[u8]) -> String {
        let name = Digest::of(bytes).to_string();
        let path = self.folder.join(&name[..16]);
        fs::write(&path, bytes).unwrap();
        reproduction(target.name, &path)
    }
}

/// The time this thread has had a processor, where the system tells it (Linux).
fn processor_time() -> Option<Duration> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split(' ').next()?.parse().ok()?))
}

/// What a message has in common with others of its kind: its ASCII letters, what is quoted left out.
fn shape(said: &str) -> String {
    let own = said.split(['`', '"', '“', '”']).step_by(2).flat_map(str::chars);
    own.filter(char::is_ascii_alphabetic).take(100).collect()
}

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The content of a file, or of all files of a folder in the order of their names.
fn files(path: &str) -> Vec<Vec<u8>> {
    let path = at(path);
    if path.is_file() {
        return vec![fs::read(path).unwrap()];
    }
    let entries = fs::read_dir(path).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().filter(|path| path.is_file()).map(|path| fs::read(path).unwrap()).collect()
}
