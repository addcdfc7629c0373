//! A longer text takes no more memory than itself: what is said of it is made as it is needed.

#![cfg(target_os = "linux")]

#[path = "support/memory.rs"]
mod memory;

use docbao::text::FrontEnd;
use docbao::{Confidence, Context, ReadingSettings, Request, read};
use memory::peak;

/// Reads an article of about so many kilobytes; gives how many utterances it has.
fn narrate(front_end: &FrontEnd, kilobytes: usize) -> usize {
    let paragraph = |number: usize| {
        format!(
            "Sáng 12/3, HĐND xã Bình Lục họp phiên thứ {number}, chi 1,5 tỷ đồng để sửa 3 km đường. Tỷ \
             lệ hộ nghèo còn 2,1%, giảm 0,4 điểm phần trăm so với năm trước.\n\n"
        )
    };
    let text: String = (0..kilobytes * 6).map(paragraph).collect();
    let article = read(&Request::text(text).source, front_end.settings()).unwrap();
    let review = front_end.review(&article, Confidence::Doubtful);
    let spoken: usize = front_end.stretches(&article).map(|spoken| spoken.text.len()).sum();
    assert!(article.text.len() > kilobytes * 1000 && spoken > article.text.len());
    let utterances = front_end.utterances(&article).count();
    assert_eq!(utterances, review.utterances);
    utterances
}

#[test]
fn memory_grows_by_the_text_alone() {
    let front_end = Context::default().front_end(&ReadingSettings::default()).unwrap();
    narrate(&front_end, 300);
    let short = peak();
    narrate(&front_end, 2300);
    // The text is there up to three times, as it was given and while it is decoded, with its blocks; its
    // utterances would take 78 MB.
    let grown = peak() - short;
    assert!(grown < 20_000, "{grown} kB more for 2,000 kB of text");
}
