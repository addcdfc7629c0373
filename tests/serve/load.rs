//! Many clients at once for a while: nobody is refused, all get their share, and the memory stays as it is.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::server::Server;

/// Clients that ask at once, each again as soon as it is answered.
const CLIENTS: usize = 50;

/// By how much the memory may grow from the middle of the time to its end, once a minute was long enough for
/// everybody to have been served several times.
const GROWTH: f64 = 1.2;
const MINUTE: Duration = Duration::from_secs(60);

/// The bytes that it may have at any time.
const MOST: f64 = 300e6;

/// The texts of a client are of this kind, each another.
fn text(client: usize, at: usize) -> String {
    let (homes, price) = (100 + (client * 37 + at * 11) % 900, 2 + (client + at) % 90);
    format!(
        "Sáng nay {homes} hộ dân ở xã ven sông nhận được nước sạch. Công trình trị giá {price},5 tỷ đồng, làm xong \
         trước hạn 3 tháng."
    )
}

/// `DOCBAO_LOAD_SECONDS` says how long; `DOCBAO` may name another program, such as a release build.
#[test]
#[ignore = "keeps all processors busy"]
#[allow(clippy::print_stdout, reason = "a longer run is made to see the numbers")]
fn fifty_clients_at_once_are_served_alike() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let time = Duration::from_secs(number("DOCBAO_LOAD_SECONDS").unwrap_or(10));
    let program = std::env::var("DOCBAO").unwrap_or(env!("CARGO_BIN_EXE_docbao").to_owned());
    let server = Server::start_program(&program, &["--log", "none", "--most-requests", "64"]);
    let begun = Instant::now();
    let is_over = AtomicBool::new(false);
    let (errors, waits) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let client = |number: usize| {
        let mut done = 0;
        // Everybody is served once, however slow the machine is.
        while done == 0 || !is_over.load(Ordering::Relaxed) {
            let asked = json!({"model": "docbao", "input": text(number, done), "voice": "bac"});
            let since = Instant::now();
            let answer = server.speak(&asked);
            if answer.status != 200 || answer.body.len() < 20_000 {
                let told =
                    String::from_utf8_lossy(&answer.body).chars().take(200).collect::<String>();
                errors.lock().unwrap().push(format!("{}: {told}", answer.status));
                return done;
            }
            done += 1;
            waits.lock().unwrap().push(since.elapsed());
        }
        done
    };
    let (counts, middle, end) = thread::scope(|scope| {
        let clients: Vec<_> =
            (0..CLIENTS).map(|number| scope.spawn(move || client(number))).collect();
        let memory = || {
            // What it takes is asked while all are being served.
            thread::sleep(time / 2);
            server.memory()
        };
        let (middle, end) = (memory(), memory());
        is_over.store(true, Ordering::Relaxed);
        let counts: Vec<_> = clients.into_iter().map(|client| client.join().unwrap()).collect();
        (counts, middle, end)
    });
    let took = begun.elapsed();
    let (least, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
    let mut waits = waits.into_inner().unwrap();
    waits.sort();
    let at = |share: usize| waits[(waits.len() - 1) * share / 100].as_secs_f64();
    println!(
        "{CLIENTS} clients, {took:.0?}: {} requests, {least} to {most} for each; whole answers after {:.2} s (half of \
         them) and {:.2} s (99 in 100); memory {:.0} MB in the middle, {:.0} MB at the end",
        waits.len(),
        at(50),
        at(99),
        middle / 1e6,
        end / 1e6
    );
    let errors = errors.into_inner().unwrap();
    assert!(errors.is_empty(), "{} errors, {:?}", errors.len(), errors.first());
    assert!(least * 2 + 2 >= *most, "{counts:?}");
    assert!(end < MOST, "{end} bytes");
    assert!(time < MINUTE || end < middle * GROWTH, "{middle} and then {end} bytes");
}
