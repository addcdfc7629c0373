//! Samples as they are spoken, sentence by sentence, for a program that plays or sends them at once.
//!
//!     cargo run --release --example streaming | aplay -f S16_LE -r 24000

#![allow(clippy::print_stderr, reason = "an example shows what it does")]

use std::io::{self, IsTerminal, Write};

use docbao::{Context, Error, Request, read};

fn main() -> Result<(), Error> {
    let request = Request::text("Trời mưa to. Đường ngập sâu. Xe cộ đi lại khó khăn.");
    let context = Context::default();
    let article = read(&request.source, &request.reading)?;
    let front_end = context.front_end(&request.reading)?;
    let narrator = context.narrator(&request)?;
    let mut out = io::stdout().lock();
    let is_heard = !out.is_terminal();
    narrator.narrate(front_end.utterances(&article), |utterance, speech| {
        let take = speech.take;
        let seconds = take.samples.len() as f64 / f64::from(take.sample_rate);
        eprintln!("sentence {}: {seconds:.2} s", utterance.sentence + 1);
        if is_heard {
            let bytes: Vec<u8> = take.samples.iter().flat_map(|step| step.to_le_bytes()).collect();
            out.write_all(&bytes).map_err(|cause| Error::write("standard output", cause))?;
        }
        Ok(())
    })
}
