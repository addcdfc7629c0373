//! The normalizer alone: what is said for a text, and what it is not sure of.
//!
//!     cargo run --release --example normalize -- "Giá vàng tăng 1,5% lên 82,3 triệu đồng/lượng."

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use docbao::{Confidence, Context, ReadingSettings, Request, read};

fn main() -> Result<(), docbao::Error> {
    let given = std::env::args().nth(1);
    let text = given.unwrap_or_else(|| "HĐND TP.HCM họp ngày 18/02/2019, lúc 7h30.".to_owned());
    let settings = ReadingSettings::default();
    let front_end = Context::default().front_end(&settings)?;
    let article = read(&Request::text(text).source, &settings)?;
    print!("{}", front_end.spoken(&article));
    for finding in front_end.review(&article, Confidence::Doubtful).findings {
        println!("“{}” is read “{}”: {}", finding.source, finding.said, finding.message);
    }
    Ok(())
}
