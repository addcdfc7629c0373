//! Packs the table of words for the program: [`pack`] says how.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

#[path = "src/text/transliterate/pack.rs"]
mod pack;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={}", pack::FILE);
    let text = fs::read_to_string(pack::FILE)?;
    let packed = pack::pack(&text)?;
    let folder = env::var("OUT_DIR")?;
    let folder = Path::new(&folder);
    fs::write(folder.join("words.rows"), packed.rows)?;
    fs::write(folder.join("words.blocks"), packed.blocks)?;
    fs::write(folder.join("words.syllables"), packed.syllables)?;
    Ok(())
}
