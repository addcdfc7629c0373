//! How text is read, and what is doubtful in it.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{
    docbao, docbao_with_input, fails, names, path, short_article, stderr, stdout, succeeds, text,
};

#[test]
fn lines_are_normalized_one_by_one() {
    let output =
        docbao_with_input(&["normalize", "--lines"], "Có 21 em.\n\nNăm 2024\r\n".as_bytes());
    succeeds(&output);
    assert_eq!(stdout(&output), "Có hai mươi mốt em.\n\nNăm hai nghìn không trăm hai mươi tư\n");
}

#[test]
fn every_stage_can_be_looked_at() {
    let input = "Đội U23 thắng 2-0. Vui!".as_bytes();
    let segments = docbao_with_input(&["segment"], input);
    succeeds(&segments);
    assert!(stdout(&segments).starts_with("0. Đội U hai mươi ba thắng hai không. |"));
    let sounds = docbao_with_input(&["phonemize"], input);
    succeeds(&sounds);
    assert!(stdout(&sounds).starts_with("ɗ.o.j6 ʔ.u1"), "{}", stdout(&sounds));
    let southern = docbao_with_input(&["phonemize", "--dialect", "south"], "Vui".as_bytes());
    assert!(stdout(&southern).starts_with("j.u.j1"), "{}", stdout(&southern));
    let espeak = docbao_with_input(&["phonemize", "--notation", "espeak"], input);
    succeeds(&espeak);
    assert!(stdout(&espeak).starts_with("ɗˈo6j ˈu"), "{}", stdout(&espeak));
    let espeak = ["phonemize", "--notation", "espeak", "--json", "--dialect", "south"];
    let json = docbao_with_input(&espeak, "Vui, Messi?".as_bytes());
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let groups = &json["sentences"][0]["groups"];
    assert_eq!(groups[0]["words"][0]["ipa"], "ʝˈuj");
    assert_eq!(groups[1]["words"][0]["said"], "Messi");
    assert_eq!(groups[1]["sign"], "?");
    let reasons = docbao_with_input(&["explain"], input);
    succeeds(&reasons);
    assert!(stdout(&reasons).contains("1:15\t2-0\thai không\tscore\tsure"), "{}", stdout(&reasons));
    let json = docbao_with_input(&["explain", "--json"], input);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let word = &json["words"][4];
    assert_eq!((&word["source"], &word["said"]), (&"2-0".into(), &"hai không".into()));
    assert_eq!(word["confidence"], "sure");
}

/// A folder with an article that has an unknown abbreviation, a foreign name and an open comma.
fn doubtful_article(folder: &TempDir) -> PathBuf {
    let file = path(folder, "a.txt");
    let article = "Tin vắn\n\nQAZX xã An Hoà có 100,550 tấn thóc.\n\nMessi nhận 105.000 đồng.\n";
    fs::write(&file, article).unwrap();
    file
}

#[test]
fn check_lists_what_is_doubtful_with_its_place_and_ends_with_3() {
    let folder = TempDir::new().unwrap();
    let article = doubtful_article(&folder);
    let output = docbao(&["check", text(&article)]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let place = format!("{}:3:1: unknown: “QAZX”", article.display());
    assert!(stdout(&output).contains(&place), "{}", stdout(&output));
    assert!(stdout(&output).contains("or “một trăm phẩy năm năm không”"), "{}", stdout(&output));

    let output = docbao(&["check", "--level", "unknown", "--json", text(&article)]);
    assert_eq!(output.status.code(), Some(3));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = found["findings"].as_array().unwrap();
    assert!(found.iter().all(|finding| finding["confidence"] == "unknown"), "{found:?}");
    assert_eq!((&found[0]["line"], &found[0]["column"]), (&3.into(), &1.into()));

    let sure = short_article(&folder, "b.txt");
    succeeds(&docbao(&["check", text(&sure)]));
    fails(&docbao(&["check", text(&sure), "no-such-file.txt"]), 1, &["no-such-file.txt"]);
    fails(&docbao(&["check", "--level", "some", text(&sure)]), 2, &["unknown, doubtful"]);
}

#[test]
fn strict_narration_refuses_what_is_doubtful_until_a_lexicon_settles_it() {
    let folder = TempDir::new().unwrap();
    let article = doubtful_article(&folder);
    let (wav, lexicon) = (path(&folder, "a.wav"), path(&folder, "own.tsv"));
    let arguments = ["narrate", text(&article), "-o", text(&wav), "--voice", "tone", "--strict"];
    fails(&docbao(&arguments), 3, &["QAZX", "100,550", "--lexicon"]);
    assert_eq!(names(folder.path()), ["a.txt"]);

    fs::write(
        &lexicon,
        "written\tsaid\nQAZX\t/k.w.a1-x.u1/\n100,550\tmột trăm phẩy năm năm\nMessi\tmét xi\n",
    )
    .unwrap();
    let settled = [&arguments[..], &["--lexicon", text(&lexicon)]].concat();
    succeeds(&docbao(&settled));
    assert_eq!(names(folder.path()), ["a.txt", "a.wav", "own.tsv"]);
    let output = docbao(&["normalize", text(&article), "--lexicon", text(&lexicon)]);
    assert!(
        stdout(&output).contains("qua khu xã An Hoà có một trăm phẩy năm năm tấn"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_lexicon_is_a_table_or_a_pls_file_and_its_faults_have_places() {
    let folder = TempDir::new().unwrap();
    let article = path(&folder, "a.txt");
    fs::write(&article, "Đội an hòa thắng. Đội AN HÒA thua. An Hòa 2 mới.\n").unwrap();
    let pls = path(&folder, "own.pls");
    fs::write(&pls, "<lexicon version=\"1.0\" alphabet=\"ipa\" xml:lang=\"vi\">\n<lexeme><grapheme>An Hoà</grapheme><alias>an hòa xã</alias></lexeme></lexicon>").unwrap();
    let output = docbao(&["normalize", text(&article), "--lexicon", text(&pls)]);
    succeeds(&output);
    assert_eq!(stdout(&output), "Đội an hòa thắng. Đội AN HÒA thua. an hòa xã hai mới.\n");

    let table = path(&folder, "own.tsv");
    fs::write(&table, "written\tsaid\tcase\tbefore\nan hòa\tx\tany\tđội\n").unwrap();
    let output = docbao(&["normalize", text(&article), "--lexicon", text(&table)]);
    assert_eq!(stdout(&output), "Đội x thắng. Đội x thua. An Hòa hai mới.\n");

    fs::write(&table, "written\tsaid\nTP\tthành phố 1\n").unwrap();
    fails(
        &docbao(&["normalize", text(&article), "--lexicon", text(&table)]),
        1,
        &["own.tsv, line 2"],
    );
    fs::write(&pls, "<lexicon>").unwrap();
    fails(
        &docbao(&["normalize", text(&article), "--lexicon", text(&pls)]),
        1,
        &["own.pls, line 1"],
    );
}

#[test]
fn findings_in_single_lines_are_reported_with_their_line() {
    let lines = "Trời đẹp.\nTổ chức QAZX ra đời.\n";
    let output = docbao_with_input(&["normalize", "--lines"], lines.as_bytes());
    succeeds(&output);
    assert_eq!(stdout(&output).lines().count(), 2);
    assert!(stderr(&output).contains("standard input:2:9: "), "{}", stderr(&output));
}

#[test]
fn foreign_words_are_kept_transliterated_or_spelled() {
    for (how, said) in [
        ("keep", "Messi đến check-in.\n"),
        ("respell", "mét xi đến chếch in.\n"),
        ("spell", "mờ e ét ét i đến xê hát e xê ca i nờ.\n"),
    ] {
        let output =
            docbao_with_input(&["normalize", "--foreign", how], "Messi đến check-in.".as_bytes());
        assert_eq!(stdout(&output), said, "{how}");
    }
}

#[test]
fn the_topic_is_found_and_the_user_beats_it() {
    let text = "Thủ môn và tiền đạo của đội tuyển nghỉ, BĐ nghỉ.";
    for (profile, said) in [
        ("auto", "Thủ môn và tiền đạo của đội tuyển nghỉ, bóng đá nghỉ.\n"),
        ("news", "Thủ môn và tiền đạo của đội tuyển nghỉ, bộ đội nghỉ.\n"),
    ] {
        let output = docbao_with_input(&["normalize", "--profile", profile], text.as_bytes());
        assert_eq!(stdout(&output), said, "{profile}");
    }
}

#[test]
fn the_type_of_a_document_is_said_once_or_twice() {
    for (documents, said) in [
        ("short", "Nghị định năm năm hai nghìn không trăm hai mươi của chính phủ.\n"),
        ("full", "Nghị định năm năm hai nghìn không trăm hai mươi nghị định chính phủ.\n"),
    ] {
        let output = docbao_with_input(
            &["normalize", "--documents", documents],
            "Nghị định 5/2020/NĐ-CP.".as_bytes(),
        );
        assert_eq!(stdout(&output), said, "{documents}");
    }
}

#[test]
fn a_profile_chooses_among_readings() {
    for (profile, said) in [
        ("news", "ban tổ chức nói về chứng khoán.\n"),
        ("auto", "ban tổ chức nói về chứng khoán.\n"),
        ("finance", "Bộ Tài chính nói về chứng khoán.\n"),
        ("crypto", "bít coi nói về chứng khoán.\n"),
        ("sport", "ban tổ chức nói về chung kết.\n"),
    ] {
        let output =
            docbao_with_input(&["normalize", "--profile", profile], "BTC nói về CK.".as_bytes());
        assert_eq!(stdout(&output), said, "{profile}");
    }
}
