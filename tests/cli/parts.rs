//! Parts of an article that are spoken in their own way: other voices, subtitles at their times,
//! passages in other languages.

use std::fs;

use tempfile::TempDir;

use super::{docbao, docbao_with_input, fails, path, stderr, stdout, succeeds, text};

const INTERVIEW: &str = "PV: Thưa ông, vụ này được mùa không?\n\nÔng Lê Nam: Lúa tốt hơn năm ngoái.\n\n\
                         PV: Ông có lo đầu ra?\n\nÔng Lê Nam: Không, chúng tôi đã ký hợp đồng rồi.\n";

#[test]
fn each_part_can_have_its_voice() {
    let folder = TempDir::new().unwrap();
    let article = path(&folder, "phong-van.txt");
    fs::write(&article, INTERVIEW).unwrap();
    let sound = |arguments: &[&str]| {
        let wav = path(&folder, "x.wav");
        let mut all = vec!["narrate", text(&article), "-o", text(&wav), "--dry"];
        all.extend(arguments);
        succeeds(&docbao(&all));
        fs::read(wav).unwrap()
    };
    let one = sound(&[]);
    let two = sound(&["--voice-for", "question=bac-nu"]);
    let by_name = sound(&["--voice-for", "Ông Lê  Nam=bac-nu"]);
    let both = sound(&["--voice-for", "question=bac-nu", "--voice-for", "answer=bac-nu"]);
    assert!(one != two && one != by_name && two != by_name && both != two);
    // All of it is one of the two, as loud as the other.
    assert_eq!(both.len(), sound(&["--voice", "bac-nu"]).len());
    assert!(one == sound(&["--voice-for", "nobody=bac-nu"]), "a part that is not there");

    let wav = path(&folder, "y.wav");
    let all = ["narrate", text(&article), "-o", text(&wav), "--voice-for", "question=ai đó"];
    fails(&docbao(&all), 1, &["no voice ai đó"]);
    let all = ["narrate", text(&article), "-o", text(&wav), "--voice-for", "question"];
    fails(&docbao(&all), 2, &["PART=VOICE"]);
    assert!(!wav.exists());
}

#[test]
fn marks_change_voice_and_speed() {
    let folder = TempDir::new().unwrap();
    let sound = |written: &str| {
        let (article, wav) = (path(&folder, "a.txt"), path(&folder, "a.wav"));
        fs::write(&article, written).unwrap();
        let voice = ["--voice", "tone", "--voice-for", "lan=bac"];
        let all = [&["narrate", text(&article), "-o", text(&wav)], &voice[..]].concat();
        succeeds(&docbao(&all));
        fs::read(&wav).unwrap()
    };
    let plain = sound("Trời mưa to. Trời lại nắng to. Trời mưa.\n");
    let other = sound("Trời mưa to. [giọng Lan] Trời lại nắng to. [/giọng] Trời mưa.\n");
    let slow = sound("Trời mưa to. [chậm] Trời lại nắng to. [/chậm] Trời mưa.\n");
    assert!(plain != other, "another voice");
    assert!(slow.len() > plain.len(), "{} {}", slow.len(), plain.len());
}

#[test]
fn subtitles_are_heard_at_their_times() {
    let folder = TempDir::new().unwrap();
    let (srt, wav, marks) =
        (path(&folder, "a.srt"), path(&folder, "a.wav"), path(&folder, "a.json"));
    fs::write(
        &srt,
        "1\n00:00:01,000 --> 00:00:04,000\nHôm nay trời mưa. Mưa rất to.\n\n\
         2\n00:00:06,500 --> 00:00:07,400\nNước sông lên nhanh và ngập bãi\n\n\
         3\n00:00:09,000 --> 00:00:09,300\nnên bà con phải dời đồ đạc lên cao từ chiều hôm qua.\n",
    )
    .unwrap();
    let narrate =
        ["narrate", text(&srt), "-o", text(&wav), "--marks", text(&marks), "--voice", "tone"];
    succeeds(&docbao(&narrate));
    let starts = || {
        let marks: serde_json::Value = serde_json::from_slice(&fs::read(&marks).unwrap()).unwrap();
        let sentences = marks["sentences"].as_array().unwrap().clone();
        sentences.iter().map(|one| one["start_ms"].as_f64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(starts().len(), 3, "sentences");
    let output = docbao(&[&narrate[..], &["--fit"]].concat());
    succeeds(&output);
    let fitted = starts();
    assert_eq!(fitted.len(), 3, "cues");
    for (start, shown) in fitted.iter().zip([1000.0, 6500.0, 9000.0]) {
        assert!((start - shown).abs() < 60.0, "{fitted:?}");
    }
    let said = stderr(&output);
    assert!(said.contains("2 of 3 subtitles are spoken faster"), "{said}");
    assert!(said.contains("1 of 3 subtitles are too long"), "{said}");
    let reader = hound::WavReader::open(&wav).unwrap();
    let seconds = f64::from(reader.duration()) / f64::from(reader.spec().sample_rate);
    assert!((9.5..13.0).contains(&seconds), "{seconds}");
}

#[test]
fn passages_in_other_languages_are_reported() {
    let article = "Ông mở đầu bằng tiếng Anh. Ladies and gentlemen, welcome to the first summer fair \
                   of our town. Sau đó ông nói tiếng Việt.";
    let check = docbao_with_input(&["check", "-"], article.as_bytes());
    let (status, said) = (check.status.code(), format!("{}{}", stdout(&check), stderr(&check)));
    assert_eq!(status, Some(3), "{said}");
    assert!(said.contains("a passage of 12 words in another language (en) begins here"), "{said}");
    let spoken = docbao_with_input(&["normalize", "--passages", "skip", "-"], article.as_bytes());
    succeeds(&spoken);
    assert_eq!(stdout(&spoken).trim_end(), "Ông mở đầu bằng tiếng Anh. Sau đó ông nói tiếng Việt.");
}

#[test]
fn the_parts_of_an_article_are_shown_on_a_page_beside_what_is_said() {
    let folder = TempDir::new().unwrap();
    let (article, page) = (path(&folder, "a.html"), path(&folder, "parts.html"));
    let written = "<html lang=\"vi\"><head><title>Mưa <b></title></head><body><article>\
                   <h1>Mưa lớn ở miền núi</h1><p>Sáng 5/3, mưa rất to tại 12 xã, đường ngập sâu.</p>\
                   <figure><img src=\"a.jpg\"><figcaption>Đường ngập sáng qua.</figcaption></figure>\
                   <p>Xã QAZX đã đưa dân đi tránh; &lt;script&gt; không phải là thẻ.</p>\
                   </article></body></html>";
    fs::write(&article, written).unwrap();
    let lines = docbao(&["inspect-article", text(&article)]);
    succeeds(&lines);
    let lines = stdout(&lines);
    assert!(lines.contains("title, read"), "{lines}");
    assert!(lines.contains("caption, not read"), "{lines}");
    assert!(lines.contains("“QAZX” is read"), "{lines}");
    assert!(!lines.contains('\u{1b}'), "colours go to terminals only");
    let output = docbao(&["inspect-article", text(&article), "--html", text(&page)]);
    succeeds(&output);
    assert_eq!(stdout(&output), "");
    let page = fs::read_to_string(&page).unwrap();
    assert!(page.contains("Sáng ngày năm tháng ba, mưa rất to tại mười hai xã"), "{page}");
    assert!(page.contains("&lt;script&gt; không"), "{page}");
    assert!(page.contains("Đường ngập sáng qua."), "{page}");
}
