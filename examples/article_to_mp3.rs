//! An article becomes an MP3 file with captions, at the loudness of podcasts. A program that was built
//! without MP3 writes M4A.
//!
//!     cargo run --release --example article_to_mp3 -- samples/binh-luc.txt

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example shows what it does")]

use docbao::{Context, Outcome, Request, VoiceSettings, perform};

fn main() -> Result<(), docbao::Error> {
    let article = std::env::args().nth(1).unwrap_or_else(|| "samples/binh-luc.txt".to_owned());
    let folder = std::env::temp_dir();
    let format = if cfg!(feature = "mp3") { "mp3" } else { "m4a" };
    let sound = folder.join("docbao-article").with_extension(format);
    let mut request =
        Request::file(&article).output(&sound)?.output(sound.with_extension("vtt"))?;
    request.voice = VoiceSettings::of("bac-nu");
    request.outputs.loudness = Some("apple".to_owned());
    request.tags.album = Some("Đọc báo".to_owned());
    let performed = perform(&Context::default(), &request, &mut |progress| {
        eprint!("\r{} of {}", progress.spoken, progress.of);
        Ok(())
    })?;
    eprintln!();
    if let Outcome::Made(made) = performed.outcome {
        println!("{}: {:.0} s of speech", sound.display(), made.speech_seconds);
        for finding in &made.findings {
            println!("line {}: “{}”: {}", finding.line, finding.source, finding.message);
        }
    }
    Ok(())
}
