//! The normalizer: what must hold for any input, learning from the document, and findings.

use std::time::{Duration, Instant};

use crate::support::{heard, paragraph};
use docbao::model::article::BlockKind;
use docbao::model::source_place::SourcePlaces;
use docbao::model::spoken::{Confidence, SpokenText, Token, Word};
use docbao::text::normalize::{Normalizer, normalize};
use docbao::{Finding, ReadingPolicy};
use proptest::prelude::*;
use unicode_normalization::is_nfc;

fn spoken_line(text: &str) -> String {
    let spoken = normalize(&paragraph(text));
    spoken.blocks.iter().map(|block| spoken.line(block)).collect()
}

fn words(spoken: &SpokenText) -> impl Iterator<Item = &Word> {
    spoken.blocks.iter().flat_map(|block| &block.tokens).filter_map(|token| match token {
        Token::Word(word) => Some(word),
        Token::Mark(..) | Token::Pause(..) => None,
    })
}

/// What must hold of the reading of any text.
fn check_invariants(text: &str) {
    let document = paragraph(text);
    let spoken = normalize(&document);
    let mut last_end = 0;
    for token in spoken.blocks.iter().flat_map(|block| &block.tokens) {
        let span = match token {
            Token::Word(word) => word.source,
            Token::Mark(_, span) | Token::Pause(_, span) => *span,
        };
        assert!(span.start < span.end && span.end <= document.text.len(), "{span:?}");
        assert!(document.text.is_char_boundary(span.start));
        assert!(document.text.is_char_boundary(span.end));
        assert!(span.start >= last_end, "{span:?} overlaps what stands before it");
        let between = &document.text[last_end..span.start];
        assert!(between.trim().is_empty(), "`{between}` was dropped");
        last_end = span.end;
    }
    assert!(document.text[last_end..].trim().is_empty(), "the end was dropped");
    for word in words(&spoken) {
        let said = spoken.said(word);
        assert!(!said.contains(char::is_numeric), "a digit is left in `{said}`");
        assert!(said.is_empty() || said.split(' ').all(|part| !part.is_empty()), "`{said}`");
        assert!(is_nfc(said), "`{said}` is not in NFC");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_unicode_text_is_read_whole(text in "\\PC{0,80}") {
        check_invariants(&text.nfc_text());
    }

    #[test]
    fn any_mixture_of_what_newspapers_hold_is_read_whole(
        parts in proptest::collection::vec(newspaper_piece(), 0..14)
    ) {
        check_invariants(&parts.concat().nfc_text());
    }
}

/// Pieces that classes look for, so that chance puts them side by side.
fn newspaper_piece() -> impl Strategy<Value = String> {
    let fixed = [
        " ",
        " ",
        ".",
        ",",
        "-",
        " - ",
        "/",
        ":",
        "%",
        "(",
        ")",
        "“",
        "”",
        "\"",
        "'",
        "…",
        "./.",
        "$",
        "đ",
        "km",
        "m2",
        "°C",
        "h",
        "g",
        "k",
        "tr",
        "x",
        "ngày ",
        "tháng ",
        "số ",
        "thứ ",
        "HĐND",
        "UBND",
        "TP.",
        "v.v.",
        "XV",
        "I.",
        "NĐ-CP",
        "QĐi/TW",
        "tỷ số ",
        "COVID",
        "US$",
        "+84",
        "0912",
        "1.000",
        "2,5",
        "²",
        "½",
        "Ⅷ",
        "中",
        "😀",
        "\u{301}",
        "@",
        "www.",
        ".vn",
    ];
    prop_oneof![
        proptest::sample::select(fixed.to_vec()).prop_map(str::to_owned),
        "[0-9]{1,5}",
        "[a-zđăâêôơư]{1,4}",
    ]
}

trait NfcText {
    fn nfc_text(&self) -> String;
}

impl NfcText for str {
    fn nfc_text(&self) -> String {
        use unicode_normalization::UnicodeNormalization;
        self.nfc().collect()
    }
}

impl NfcText for String {
    fn nfc_text(&self) -> String {
        self.as_str().nfc_text()
    }
}

/// How long reading a text takes.
fn time_of(text: &str) -> Duration {
    let start = Instant::now();
    check_invariants(text);
    start.elapsed()
}

/// Work grows in proportion to the text, whatever the text is. A text is read whole and in 16 parts:
/// that takes about the same time, but 16 times as long for the whole if a search starts again at every
/// lexeme. The two are timed one right after the other, and again if the machine was busy with other
/// work during the first.
#[test]
fn long_runs_of_one_piece_are_read() {
    const PARTS: usize = 16;
    const MOST: u32 = 5;
    for piece in [
        "7",
        "-",
        "(",
        "((a ",
        "“(",
        ":",
        "@",
        "_",
        "a_b_",
        "A.",
        "A-",
        "v.v.",
        "TP.",
        "a.b",
        "1,",
        "1.",
        "1$",
        "1~",
        "1 ",
        "1 - ",
        "1+1=",
        "1,000,",
        "1/1/2020 ",
        "1%-",
        "AB ",
        "NĐ-CP",
        "日 ",
        "٣",
        "😀",
        "1:",
        "km/",
        "H2",
        "!",
        "'",
        "\"",
        "[",
    ] {
        let part = piece.repeat(120_000 / PARTS / piece.len());
        let whole = part.repeat(PARTS);
        let in_proportion = (0..5).any(|_| {
            let parts: Duration = (0..PARTS).map(|_| time_of(&part)).sum();
            time_of(&whole) < MOST * parts
        });
        assert!(in_proportion, "`{piece}` takes longer the more there is of it");
    }
}

#[test]
fn a_definition_holds_before_and_after_it() {
    for (text, said) in [
        (
            "BTV Huyện ủy họp. Ban Thường vụ (BTV) kết luận. Sau đó BTV báo cáo.",
            "Ban Thường vụ Huyện ủy họp. Ban Thường vụ kết luận. Sau đó Ban Thường vụ báo cáo.",
        ),
        (
            "Ban Tổ chức (BTC) giải chạy cho biết BTC đã trao thưởng.",
            "Ban Tổ chức giải chạy cho biết Ban Tổ chức đã trao thưởng.",
        ),
        (
            "Chỉ số VSMT (vệ sinh môi trường) tăng, VSMT tốt hơn.",
            "Chỉ số vệ sinh môi trường tăng, vệ sinh môi trường tốt hơn.",
        ),
    ] {
        assert_eq!(heard(&spoken_line(text)), heard(said), "{text}");
    }
}

#[test]
fn captions_are_announced_and_say_so_once() {
    let spoken = |text: &str, kind: BlockKind| {
        let mut document = paragraph(text);
        document.blocks[0].kind = kind;
        let policy = ReadingPolicy::default().read(&[BlockKind::Caption]);
        let spoken = Normalizer::default().normalize(&document, &policy);
        let places = &mut SourcePlaces::of(&document);
        let findings = Normalizer::default().findings(&document, &spoken, Confidence::Sure, places);
        assert!(findings.len() > 1);
        spoken.line(&spoken.blocks[0])
    };
    let caption = |text: &str| spoken(text, BlockKind::Caption);
    assert_eq!(caption("“Bến đò” lúc sáng"), "chú thích ảnh: “Bến đò” lúc sáng");
    assert_eq!(caption("Ảnh hưởng của bão"), "chú thích ảnh: Ảnh hưởng của bão");
    for text in ["Ảnh: Bến đò", "Chú thích: Bến đò", "(Ảnh minh họa)", "Hình 2. Bến đò"]
    {
        assert!(!caption(text).starts_with("chú thích ảnh"), "{text}");
    }
    assert_eq!(spoken("Bến đò", BlockKind::Paragraph), "Bến đò");
}

#[test]
fn doubt_is_reported_with_its_place() {
    let document = paragraph("Sản lượng đạt 100,550 tấn.");
    let spoken = normalize(&document);
    let [warning] = &spoken.warnings[..] else { panic!("{:?}", spoken.warnings) };
    assert_eq!(warning.span.unwrap().of(&document.text), "100,550");
    let doubtful = words(&spoken).find(|word| word.confidence == Confidence::Doubtful).unwrap();
    assert_eq!(spoken.said(doubtful), "một trăm nghìn năm trăm năm mươi");
}

#[test]
fn an_unknown_abbreviation_is_spelled_and_reported() {
    let spoken = normalize(&paragraph("Tổ chức QAZX vừa ra đời."));
    let word = words(&spoken).find(|word| word.confidence == Confidence::Unknown).unwrap();
    assert_eq!(word.class, "letters");
    assert_eq!(spoken.warnings.len(), 1);
}

#[test]
fn plain_text_keeps_its_words() {
    let text = "Sáng nay trời mưa to, nhiều tuyến đường trong thành phố bị ngập sâu.";
    assert_eq!(spoken_line(text), text);
}

/// What of a paragraph is no surer than `level`.
fn found(text: &str, level: Confidence) -> Vec<Finding> {
    let (document, normalizer) = (paragraph(text), Normalizer::default());
    normalizer.findings(
        &document,
        &normalizer.normalize(&document, &docbao::ReadingPolicy::default()),
        level,
        &mut SourcePlaces::of(&document),
    )
}

#[test]
fn a_comma_that_may_group_or_part_has_both_readings() {
    let findings = found("Sản lượng đạt 100,550 tấn.", Confidence::Doubtful);
    let [finding] = &findings[..] else { panic!("{findings:?}") };
    assert_eq!(finding.said, "một trăm nghìn năm trăm năm mươi");
    assert_eq!(finding.alternatives, ["một trăm phẩy năm năm không"]);
}

#[test]
fn an_unknown_abbreviation_has_its_letters_and_a_word() {
    let findings = found("Tổ chức QAZX vừa ra đời.", Confidence::Doubtful);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].confidence, Confidence::Unknown);
    assert!(findings[0].message.to_string().contains("QAZX"), "{findings:?}");
}

#[test]
fn an_ambiguous_abbreviation_shows_what_else_it_is_only_where_asked() {
    let text = "QH đã họp.";
    assert!(found(text, Confidence::Doubtful).is_empty());
    let findings = found(text, Confidence::Likely);
    assert_eq!(findings[0].said, "Quốc hội");
    assert!(findings[0].alternatives.contains(&"quy hoạch".to_owned()), "{findings:?}");
    // Nothing tells which of two that are about as usual.
    let findings = found("BTC đã họp.", Confidence::Doubtful);
    assert!(findings[0].alternatives.contains(&"Bộ Tài chính".to_owned()), "{findings:?}");
}

#[test]
fn plain_text_has_nothing_to_look_at() {
    assert!(found("Hôm nay trời đẹp.", Confidence::Likely).is_empty());
}
