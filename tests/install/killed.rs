//! Installing that is killed at any time: no file is partial, and the next run ends the same.

use std::fs;

use super::{Place, WHOLE, good, model};
use crate::kills::{FEW, Killer, MANY, assert_whole, finish, leftovers, tree};

#[test]
fn a_killed_installation_leaves_nothing_partial_and_the_next_one_ends_the_same() {
    installations(FEW);
}

#[test]
#[ignore = "takes minutes: run it after a change of how voices are installed"]
fn installations_end_the_same_after_200_kills() {
    installations(MANY);
}

#[allow(clippy::print_stdout, reason = "a longer run is made to see the numbers")]
fn installations(kills: usize) {
    let (place, model) = (Place::new(), model(2_000_000));
    let server = good(&model);
    let catalogue = place.knowing(&server.url("nu.onnx"), &model);
    let voices = place.path("voices");
    let install = || place.command(&["install", "nu", "--catalogue", &catalogue]);
    let mut killer = Killer::new(kills, &mut install());
    let whole = tree(&voices);
    let mut between = 0;
    while killer.goes_on() {
        fs::remove_dir_all(&voices).unwrap();
        loop {
            let again = killer.kill(&mut install());
            let there = tree(&voices);
            assert_whole(&there, &[&whole]);
            between += usize::from(there != whole && there.len() > 1);
            if !again {
                break;
            }
        }
        finish(&mut install());
        let there = tree(&voices);
        assert!(there.keys().eq(whole.keys()), "{:?}", there.keys());
        assert!(there == whole);
        assert_eq!(place.names(), WHOLE);
        assert!(leftovers(&voices).is_empty());
    }
    println!("{} kills, {} came too late; {between} left a part", killer.killed, killer.late);
}
