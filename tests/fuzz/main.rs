//! Fuzzing on stable Rust: readers, loaders and checkers get files that were changed at random, and must
//! read or refuse each, without a panic and in reasonable time. `tests/README.md` says how to run it for
//! longer, and what to do when it finds something.

mod campaign;
mod checkers;
mod loaders;
mod mutator;
mod readers;

#[path = "../support/archives.rs"]
mod archives;
#[path = "../support/copies.rs"]
mod copies;
#[path = "../support/promises.rs"]
mod promises;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};

use campaign::{Plan, Target};

#[allow(clippy::print_stdout, reason = "a longer run is made to see the numbers")]
fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let seconds: Option<f64> = setting("DOCBAO_FUZZ_SECONDS");
    let plan = Plan {
        time: Duration::from_secs_f64(seconds.unwrap_or(2.0)),
        seed: setting("DOCBAO_FUZZ_SEED").unwrap_or(1),
        input: env::var_os("DOCBAO_FUZZ_INPUT").map(PathBuf::from),
    };
    campaign::hear_panics();
    let targets = [readers::targets(), loaders::targets(), checkers::targets()].concat();
    let trial = |target: Target| {
        let plan = plan.clone();
        Trial::test(target.name, move || fuzz(target, &plan, seconds.is_some()))
    };
    libtest_mimic::run(&arguments, targets.into_iter().map(trial).collect()).exit_code()
}

/// A number from the environment.
fn setting<T: FromStr>(name: &str) -> Option<T> {
    let value = env::var(name).ok()?;
    let number = value.parse().unwrap_or_else(|_| panic!("{name} is {value}, and not a number"));
    Some(number)
}

#[allow(clippy::print_stdout, reason = "a longer run is made to see the numbers")]
fn fuzz(target: Target, plan: &Plan, tells: bool) -> Result<(), Failed> {
    let tally = campaign::run(target, plan)?;
    if tells {
        println!(
            "{}: {} inputs, {} of them kept; the middle one {:?}, the slowest {:?}; {} failures",
            target.name,
            tally.inputs,
            tally.kept,
            tally.middle,
            tally.slowest,
            tally.failures.len()
        );
    }
    if tally.failures.is_empty() {
        return Ok(());
    }
    let said: Vec<String> = tally.failures.into_values().collect();
    Err(format!("with seed {}: {}", plan.seed, said.join("\n")).into())
}
