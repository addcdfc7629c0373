//! The input stage: decoding, blocks of articles, and what holds for any text.
//!
//! A case is `cases/input/<name>.txt` with the expected blocks in `<name>.blocks`, the text form of
//! `Article`. After a change that is meant, `DOCBAO_ACCEPT=1 cargo test --test text input` writes them
//! again; read the difference before committing it.

use std::fs;
use std::path::{Path, PathBuf};

use docbao::model::article::{Article, BlockKind};
use docbao::model::encoding::Encoding;
use docbao::model::reading_policy::{ReadingPolicy, parse_kinds};
use docbao::text::readers::{self, article, decode, detect};
use proptest::prelude::*;

fn blocks(text: &str) -> Article {
    article(text.to_owned())
}

fn check(text: &Path, expected: &Path) -> Result<(), String> {
    let source = decode("case", &fs::read(text).unwrap(), None).unwrap();
    let found = blocks(&source).listing(&ReadingPolicy::default());
    if std::env::var_os("DOCBAO_ACCEPT").is_some() {
        fs::write(expected, &found).unwrap();
    }
    let wanted = fs::read_to_string(expected).unwrap_or_default();
    let differs = |(found, wanted): &(&str, &str)| found != wanted;
    if found == wanted {
        return Ok(());
    }
    let first = found.lines().zip(wanted.lines()).find(differs);
    Err(format!("{}: found, then wanted: {first:#?}", text.display()))
}

#[test]
fn every_case_gives_its_blocks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/input");
    let mut texts: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    texts.sort();
    assert!(texts.len() >= 16, "the cases are gone");
    let failures: Vec<_> =
        texts.iter().filter_map(|t| check(t, &t.with_extension("blocks")).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_sample_gives_its_blocks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected = root.join("tests/cases/input/sample-binh-luc.blocks");
    check(&root.join("samples/binh-luc.txt"), &expected).unwrap();
}

#[test]
fn the_same_text_comes_out_of_every_encoding() {
    let text = "Chính quyền xã đã họp bàn về đường, trường và trạm y tế";
    let utf16 = |bom: &[u8], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        bom.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    let cases: [(Vec<u8>, Encoding); 6] = [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), Encoding::Utf8),
        (utf16(&[0xFF, 0xFE], u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(&[0xFE, 0xFF], u16::to_be_bytes), Encoding::Utf16Be),
        (utf16(&[], u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(&[], u16::to_be_bytes), Encoding::Utf16Be),
    ];
    for (bytes, encoding) in cases {
        assert_eq!(detect("case", &bytes).unwrap(), encoding);
        assert_eq!(decode("case", &bytes, None).unwrap(), text, "{encoding}");
    }
}

#[test]
fn legacy_encodings_are_told_apart_by_their_syllables() {
    let text = "Việt Nam đất nước";
    let cases: [(&[u8], Encoding); 3] = [
        (b"Vi\xD6t Nam \xAE\xCAt n\xAD\xEDc", Encoding::Tcvn3),
        (b"Vie\xE4t Nam \xF1a\xE1t n\xF6\xF4\xF9c", Encoding::Vni),
        (b"Vi\xEA\xF2t Nam \xF0\xE2\xECt n\xFD\xF5\xECc", Encoding::Windows1258),
    ];
    for (bytes, encoding) in cases {
        assert_eq!(detect("case", bytes).unwrap(), encoding);
        assert_eq!(decode("case", bytes, None).unwrap(), text);
        assert_eq!(decode("case", bytes, Some(encoding)).unwrap(), text);
    }
    assert_eq!(
        decode("case", "ViÖt Nam, ®Êt n\u{AD}íc".as_bytes(), None).unwrap(),
        "Việt Nam, đất nước"
    );
}

#[test]
fn what_cannot_be_read_says_what_it_is_and_the_way_out() {
    let whole = "Xin chào các bạn đọc thân mến đến từ khắp nơi\nHà Nội";
    let cut = &whole.as_bytes()[..whole.len() - 2];
    let cases: [(&[u8], &str); 9] = [
        (b"", "empty"),
        (b" \n\t\r\n\xC2\xA0", "no text"),
        (b"\x89PNG\r\n\x1A\n....", "a PNG picture"),
        (b"PK\x03\x04....", "a ZIP archive"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"RIFF....WAVEfmt ", "a WAV sound"),
        (b"abc\0defgh", "binary"),
        (b"\x01\x02\x03\x04\x05abc", "control characters"),
        (cut, "line 2, column 5"),
    ];
    for (bytes, expected) in cases {
        let error = decode("bai.txt", bytes, None).unwrap_err().to_string();
        assert!(error.starts_with("bai.txt: ") && error.contains(expected), "{error}");
    }
    let error = decode("bai.txt", b"\xA1\xFE\xC1 \xFF\xE6\xD8 \xB4\xB4", None).unwrap_err();
    let error = error.to_string();
    assert!(error.contains("windows-1258") && error.contains("`encoding`"), "{error}");
}

#[test]
fn line_ends_spaces_and_invisible_characters_are_made_plain() {
    let text = "\u{FEFF}Một\u{A0}hai\r\nba\rbốn\u{AD}\u{200B} na\u{306}m\tsáu\u{7}\u{2028}hoà hòa";
    assert_eq!(decode("case", text.as_bytes(), None).unwrap(), "Một hai\nba\nbốn năm\tsáu hoà hòa");
}

#[test]
fn the_policy_decides_what_is_read() {
    let text = "Cầu mới thông xe sáng nay\n23/10/2022 19:14\n\nCầu dài một trăm mét đã thông xe.\n";
    let policy =
        ReadingPolicy::default().read(&parse_kinds("datelines").unwrap()).skip(&[BlockKind::Title]);
    let article = article(text.to_owned());
    let read: Vec<_> = article.read(&policy).map(|block| block.kind).collect();
    assert_eq!(read, [BlockKind::Dateline, BlockKind::Paragraph]);
    assert_eq!(article.read(&ReadingPolicy::all()).count(), article.blocks.len());
}

#[test]
fn plain_text_is_paragraphs_and_lines_are_lines() {
    let text = "Chia sẻ\nBình luận\n\nhết".to_owned();
    let lines = readers::lines(text.clone());
    assert_eq!(lines.blocks.len(), 3);
    let paragraphs = readers::paragraphs(text).blocks;
    assert!(lines.blocks.iter().chain(&paragraphs).all(|b| b.kind == BlockKind::Paragraph));
}

/// Blocks are in order, on character boundaries, trimmed, and only white space is between them.
fn covers(document: &Article) -> Result<(), TestCaseError> {
    let mut end = 0;
    for block in &document.blocks {
        let between = document.text.get(end..block.span.start);
        prop_assert!(between.is_some_and(|b| b.trim().is_empty()), "before {block:?}");
        let text = document.text.get(block.span.start..block.span.end).unwrap_or_default();
        prop_assert!(!text.is_empty() && text.trim() == text, "{block:?}");
        end = block.span.end;
    }
    prop_assert!(document.text[end..].trim().is_empty());
    Ok(())
}

/// Lines of the kinds the rules look for, in any order.
fn scraped() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("Cầu mới thông xe sáng nay trên sông".to_owned()),
        Just("23/10/2022 19:14 Thời sự".to_owned()),
        Just("(Chinhphu.vn) - Cầu dài một trăm mét đã thông xe sáng nay.".to_owned()),
        Just("TPO -   - Cầu dài một trăm mét, đã thông xe sáng nay.".to_owned()),
        Just("- Một việc".to_owned()),
        Just("1. Việc khác".to_owned()),
        Just("Tin liên quan".to_owned()),
        Just("Bình luận (3)".to_owned()),
        Just("Từ khóa:".to_owned()),
        Just("Minh Phú".to_owned()),
        Just("© Báo".to_owned()),
        Just("Ảnh: CTV".to_owned()),
        Just(String::new()),
        ".{0,40}",
        "[–—\"“”>.…() -]{0,8}",
    ];
    proptest::collection::vec(line, 0..24).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn any_bytes_are_text_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for encoding in Encoding::ALL.map(Some).into_iter().chain([None]) {
            if let Ok(text) = decode("case", &bytes, encoding) {
                prop_assert!(unicode_normalization::is_nfc(&text));
                prop_assert!(!text.contains(['\r', '\u{FEFF}', '\u{A0}', '\0']), "not clean");
                covers(&blocks(&text))?;
            }
        }
    }

    #[test]
    fn any_text_is_covered_by_its_blocks(text in "\\PC{0,200}|(.|\n){0,200}") {
        covers(&blocks(&text))?;
        covers(&readers::paragraphs(text.clone()))?;
        covers(&readers::lines(text))?;
    }

    #[test]
    fn any_scraped_text_is_covered_by_its_blocks(text in scraped()) {
        covers(&blocks(&text))?;
    }
}
