//! A string becomes a WAV file.
//!
//!     cargo run --release --example string_to_wav

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

fn main() -> Result<(), docbao::Error> {
    let path = std::env::temp_dir().join("docbao-string.wav");
    docbao::Request::text("Hôm nay, 18/02/2019, Hà Nội 25°C.").output(&path)?.perform()?;
    println!("{}", path.display());
    Ok(())
}
