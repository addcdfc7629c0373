//! A lexicon of your own, which beats every rule.
//!
//!     cargo run --release --example own_lexicon

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use docbao::{Context, LexiconText, ReadingSettings, Request, read};

fn main() -> Result<(), docbao::Error> {
    let lexicon = "written\tsaid\nVNExpress\tvê nờ éc pét\nHTX\thợp tác xã\n";
    let settings = ReadingSettings {
        lexicons: vec![LexiconText::new("names.tsv", lexicon)],
        ..ReadingSettings::default()
    };
    let article = read(&Request::text("VNExpress viết về HTX.").source, &settings)?;
    let spoken = Context::default().front_end(&settings)?.spoken(&article).to_string();
    assert_eq!(spoken, "vê nờ éc pét viết về hợp tác xã.\n");
    print!("{spoken}");
    Ok(())
}
