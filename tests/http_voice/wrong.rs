//! A server that lies: every answer becomes the right sound or a clear error, and no file is left unfinished.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use hound::{SampleFormat, WavSpec};

use super::liar::{Liar, USUAL, answer, sound, tone};
use super::{Place, TOKEN, failed, told};

const TEXT: &str = "Mưa to ở miền núi.\n";

/// Checks that an article is narrated: a second of a tone of 220 Hz at half of full scale.
fn check_tone(place: &Place, rate: u32, what: &str) {
    let (samples, found) = place.sound();
    assert_eq!(found, rate, "{what}");
    let heard: Vec<usize> =
        (0..samples.len()).filter(|at| samples[*at].unsigned_abs() > 400).collect();
    let (first, last) = (heard[0], heard[heard.len() - 1]);
    let length = (last - first) as f64 / f64::from(rate);
    assert!((length - 1.0).abs() < 0.03, "{what}: {length} s");
    let peak = samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap();
    assert!((15_900..16_900).contains(&peak), "{what}: {peak}");
    let loud: Vec<i16> =
        samples.into_iter().filter(|sample| sample.unsigned_abs() > 2000).collect();
    let cycles = loud.windows(2).filter(|two| two[0] < 0 && two[1] > 0).count();
    assert!((215..=225).contains(&cycles), "{what}: {cycles} Hz");
}

#[test]
fn sound_of_every_kind_is_the_same_sound() {
    let stereo = WavSpec { channels: 2, ..USUAL };
    let float = WavSpec { sample_format: SampleFormat::Float, bits_per_sample: 32, ..USUAL };
    let rate = |sample_rate| WavSpec { sample_rate, ..USUAL };
    let fine = WavSpec { bits_per_sample: 24, ..rate(44_100) };
    for (what, spec) in [
        ("usual", USUAL),
        ("stereo", stereo),
        ("float", float),
        ("48 kHz", rate(48_000)),
        ("8 kHz", rate(8000)),
        ("24 bits", fine),
    ] {
        let liar = Liar::start(move |_, _, stream| sound(stream, &tone(1.0, spec)));
        let place = Place::new(TEXT);
        told(place.narrate(&liar.voice(), &[]));
        check_tone(&place, 24_000, what);
        told(place.narrate(&format!("{}&sample_rate=48000", liar.voice()), &[]));
        check_tone(&place, 48_000, what);
    }
}

#[test]
fn what_is_asked_for_is_what_is_said() {
    let liar = Liar::start(|_, _, stream| sound(stream, &tone(1.0, USUAL)));
    let place = Place::new("Ngày 12/3, ông nói: “Mưa to”.\n");
    let voice = format!("{}/#lan%20anh&model=m%2B1", liar.base());
    told(place.narrate(&voice, &["--rate", "1.5", "--dialect", "south"]));
    let seen = liar.seen();
    assert_eq!(seen.len(), 1);
    let (head, body) = (&seen[0].head, &seen[0].body);
    assert!(head.starts_with("post /v1/audio/speech http/1.1:"), "{head}");
    assert!(head.contains(&format!("authorization: Bearer {TOKEN}\n")), "{head}");
    assert_eq!(seen[0].input(), "Ngày mười hai tháng ba, ông nói: Mưa to.");
    assert_eq!((&body["voice"], &body["model"]), (&"lan anh".into(), &"m+1".into()));
    assert_eq!((&body["response_format"], &body["speed"]), (&"wav".into(), &1.5.into()));
    assert_eq!(body["dialect"], "south");
    let refused = failed(place.narrate(&voice, &["--pitch", "2", "--noise", "1"]));
    assert!(refused.contains("leave out --pitch and --noise"), "{refused}");
    assert_eq!(liar.seen().len(), 1);
}

#[test]
fn what_passes_is_asked_again() {
    let good = tone(1.0, USUAL);
    type Bad = fn(&mut std::net::TcpStream);
    let bad: [(&str, Bad); 6] = [
        ("429", |stream| answer(stream, "429 Too Many", "Retry-After: 1\r\n", b"busy")),
        ("503", |stream| answer(stream, "503 Loading", "", b"")),
        ("reset", |_| {}),
        ("cut", |stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\nRIFF");
        }),
        ("truncated", |stream| sound(stream, &tone(1.0, USUAL)[..20_000])),
        ("silence", |stream| sound(stream, &tone(0.0, USUAL))),
    ];
    for (what, bad) in bad {
        let good = good.clone();
        let liar = Liar::start(move |_, before, stream| match before {
            0 => bad(stream),
            _ => sound(stream, &good),
        });
        let place = Place::new(TEXT);
        told(place.narrate(&liar.voice(), &[]));
        assert_eq!(liar.seen().len(), 2, "{what}");
        check_tone(&place, 24_000, what);
    }
}

#[test]
fn a_server_without_wav_sends_samples() {
    let liar = Liar::start(|seen, _, stream| match seen.body["response_format"].as_str() {
        Some("pcm") => {
            let wav = tone(1.0, WavSpec { sample_rate: 16_000, ..USUAL });
            answer(stream, "200 OK", "Content-Type: audio/pcm; rate=16000\r\n", &wav[44..]);
        }
        _ => {
            let said = br#"{"detail": "response_format must be mp3 or pcm"}"#;
            answer(stream, "422 Unprocessable", "Content-Type: application/json\r\n", said);
        }
    });
    let place = Place::new(TEXT);
    told(place.narrate(&liar.voice(), &[]));
    check_tone(&place, 24_000, "pcm");
}

#[test]
fn what_does_not_pass_is_a_clear_error_and_leaves_nothing() {
    type Bad = fn(&mut std::net::TcpStream);
    let cases: [(&str, usize, Bad, &[&str]); 11] = [
        (
            "500 for ever",
            5,
            |stream| {
                let said = format!(r#"{{"error": {{"message": "model {TOKEN}\n fell over"}}}}"#);
                answer(stream, "500 Oh", "Content-Type: application/json\r\n", said.as_bytes());
            },
            &["status 500: model … fell over", "asked 5 times"],
        ),
        (
            "a long wait",
            1,
            |stream| answer(stream, "429 No", "Retry-After: 7200\r\n", b""),
            &["status 429", "wait for 7200 seconds", "--voice-requests 1"],
        ),
        (
            "a page",
            1,
            |stream| answer(stream, "200 OK", "Content-Type: text/html\r\n", b"<html>Xin ch\xe0o"),
            &["sends text/html, not sound", "is this the address of speech?"],
        ),
        (
            "no sound",
            5,
            |stream| answer(stream, "200 OK", "Content-Type: audio/wav\r\n", &[7; 9000]),
            &["cannot be played"],
        ),
        (
            "always cut",
            5,
            |stream| sound(stream, &tone(1.0, USUAL)[..20_000]),
            &["its sound ends early: 19956 of 67200 bytes came"],
        ),
        (
            "endless",
            1,
            |stream| {
                let mut sent =
                    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\n\r\n");
                while sent.is_ok() {
                    sent = stream.write_all(&[0; 1 << 16]);
                }
            },
            &["its answer is longer than 64 MiB"],
        ),
        (
            "a huge length",
            1,
            |stream| {
                let _ =
                    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nRIFF");
                thread::sleep(Duration::from_secs(60));
            },
            &["its answer is longer than 64 MiB"],
        ),
        (
            "a huge head",
            1,
            |stream| {
                let mut sent = stream.write_all(b"HTTP/1.1 200 OK\r\n");
                for _ in 0..100_000 {
                    sent = sent.and_then(|()| stream.write_all(b"X-A: bbbbbbbbbbbbbbbbbbbbbb\r\n"));
                }
            },
            &["voice lan of http://127.0.0.1"],
        ),
        (
            "slow",
            1,
            |stream| {
                let mut sent = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n");
                while sent.is_ok() {
                    thread::sleep(Duration::from_millis(100));
                    sent = stream.write_all(b"R");
                }
            },
            &["no whole answer after 2 seconds", "--voice-timeout"],
        ),
        (
            "silence for ever",
            5,
            |stream| sound(stream, &tone(0.0, USUAL)),
            &["nothing but silence"],
        ),
        (
            "a password",
            1,
            |stream| answer(stream, "401 No", "", b"who?"),
            &["status 401: who?", "is the token in DOCBAO_VOICE_TOKEN right?"],
        ),
    ];
    // They mostly wait.
    thread::scope(|scope| {
        for (what, asked, bad, expected) in cases {
            scope.spawn(move || {
                let liar = Liar::start(move |_, _, stream| bad(stream));
                let place = Place::new(TEXT);
                let timeout = if what == "slow" { "2" } else { "120" };
                let more = ["--captions", "vtt", "--voice-timeout", timeout];
                let error = failed(place.narrate(&liar.voice(), &more));
                assert!(
                    error.contains(&format!("voice lan of {}: ", liar.base())),
                    "{what}: {error}"
                );
                for part in expected {
                    assert!(error.contains(part), "{what}: {error}");
                }
                assert!(!error.contains(TOKEN), "{what}: {error}");
                assert!(liar.seen().len() == asked || what == "a huge head", "{what}: {error}");
                assert!(place.outputs().is_empty(), "{what}: {:?}", place.outputs());
            });
        }
    });
}

#[test]
fn nothing_is_sent_on() {
    let other = Liar::start(|_, _, stream| sound(stream, &tone(1.0, USUAL)));
    let to = format!("Location: {}/audio/speech\r\n", other.base());
    for status in ["301 Moved", "307 Temporary", "308 Permanent"] {
        let to = to.clone();
        let liar = Liar::start(move |_, _, stream| answer(stream, status, &to, b""));
        let place = Place::new(TEXT);
        let error = failed(place.narrate(&liar.voice(), &[]));
        assert!(error.contains(&format!("sends on to {}", other.base())), "{error}");
    }
    assert!(other.seen().is_empty());
}

#[test]
fn no_more_is_asked_at_once_than_is_allowed() {
    let now = Arc::new((Mutex::new(0), Condvar::new()));
    let most = Arc::new(AtomicUsize::new(0));
    let (inside, highest) = (Arc::clone(&now), Arc::clone(&most));
    let liar = Liar::start(move |_, before, stream| {
        let (count, changed) = &*inside;
        let mut asking = count.lock().unwrap();
        *asking += 1;
        highest.fetch_max(*asking, Ordering::SeqCst);
        changed.notify_all();
        if before < 2 {
            // The first two wait for one another, so that two are there at once.
            let long = Duration::from_secs(60);
            asking = changed
                .wait_timeout_while(asking, long, |_| highest.load(Ordering::SeqCst) < 2)
                .unwrap()
                .0;
        }
        drop(asking);
        // Others that may be there have time to come.
        thread::sleep(Duration::from_millis(20));
        *count.lock().unwrap() -= 1;
        sound(stream, &tone(0.2, USUAL));
    });
    let place = Place::new(&"Mưa to. Nắng gắt. Gió mạnh. Trời rét. ".repeat(4));
    told(place.narrate(&liar.voice(), &["--jobs", "6", "--voice-requests", "2"]));
    assert_eq!(most.load(Ordering::SeqCst), 2);
    assert_eq!(liar.seen().len(), 16);
}

#[test]
fn a_name_that_is_no_voice_says_how_to_write_one() {
    let place = Place::new(TEXT);
    for (name, expected) in [
        ("http://127.0.0.1:1/v1", "write it as http://HOST:PORT/v1#VOICE"),
        ("http://lan:mat@127.0.0.1:1/v1#a", "a token comes from the environment"),
    ] {
        let error = failed(place.narrate(name, &[]));
        assert!(error.contains(expected) && !error.contains(":mat@"), "{error}");
    }
}
