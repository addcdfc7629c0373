//! Voices by role: where they can be set, what beats what, and which parts they speak.

use std::fs;

use tempfile::TempDir;

use super::{fails, path, program, stderr, succeeds};

/// A title, a heading, and a quotation of whole sentences among the narrator's.
const TEXT: &str = "Mưa lớn ở miền núi\n\nĐường ngập sâu từ đêm qua.\n\nÔng Nam nói: “Nước lên nhanh lắm. Bà \
                    con phải chạy.” Sau đó ông đi.\n";

/// Narrates a text with these arguments; gives its sound.
fn sound(folder: &TempDir, text: &str, arguments: &[&str]) -> Vec<u8> {
    fs::write(path(folder, "a.md"), text).unwrap();
    let mut command = program();
    command.current_dir(folder).env("XDG_CONFIG_HOME", path(folder, "user"));
    command.args(["narrate", "a.md", "-o", "a.wav", "--quiet", "--dry"]).args(arguments);
    succeeds(&command.output().unwrap());
    fs::read(path(folder, "a.wav")).unwrap()
}

#[test]
fn each_setting_of_a_voice_is_heard_and_the_nearer_one_beats_the_others() {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(path(&folder, "user/docbao")).unwrap();
    let write = |name: &str, voice: &str| {
        fs::write(path(&folder, name), format!("[voices]\n\"trích\" = \"{voice}\"\n")).unwrap();
    };
    let narrator = sound(&folder, TEXT, &["--voice", "tone"]);
    let quoted = |voice: &str| {
        sound(
            &folder,
            TEXT,
            &["--no-config", "--voice", "tone", "--voice-for", &format!("quote={voice}")],
        )
    };
    let (man, woman) = (quoted("bac"), quoted("bac-nu"));
    assert!(narrator != man && man != woman);

    write("user/docbao/docbao.toml", "bac");
    assert!(sound(&folder, TEXT, &["--voice", "tone"]) == man, "the user's file");
    write("docbao.toml", "bac-nu");
    assert!(sound(&folder, TEXT, &["--voice", "tone"]) == woman, "the project's beats the user's");
    let own = format!("---\nvoices:\n  trích dẫn: bac\n---\n{TEXT}");
    let own = |arguments: &[&str]| sound(&folder, &own, arguments);
    assert!(own(&["--voice", "tone"]) == man, "the front matter beats the files");
    let given = own(&["--voice", "tone", "--voice-for", "quote=bac-nu"]);
    assert!(given == woman, "the command line beats the front matter");
    // A mark beats all of them.
    let marked = TEXT.replace('“', "[giọng Lan]“").replace('”', "”[/giọng]");
    let lan = ["--voice", "tone", "--voice-for", "lan=tone"];
    let marked = sound(&folder, &marked, &lan);
    assert!(marked != woman && marked != man, "a mark");
}

#[test]
fn a_quotation_is_whole_sentences_and_a_heading_may_be_called_otherwise() {
    let folder = TempDir::new().unwrap();
    let both = |text: &str, part: &str| {
        let voice = ["--voice", "tone", "--voice-for", part];
        (sound(&folder, text, &["--voice", "tone"]), sound(&folder, text, &voice))
    };
    let words = "Ông Nam gọi đó là “mưa trắng trời” của miền núi.\n";
    let (one, two) = both(words, "quote=bac");
    assert!(one == two, "words in quotation marks stay in their sentence");
    let (one, two) = both("“Nước lên nhanh lắm, chúng tôi chạy”, ông Nam nói.\n", "trích=bac");
    assert!(one != two, "a quotation before who said it");
    let (one, two) = both("# Mưa lớn\n\n## Ở miền núi\n\nĐường ngập.\n", "tiêu đề=bac");
    let (_, title) = both("# Mưa lớn\n\n## Ở miền núi\n\nĐường ngập.\n", "title=bac");
    let (_, heading) = both("# Mưa lớn\n\n## Ở miền núi\n\nĐường ngập.\n", "heading=bac");
    assert!(one != two && two != title && two != heading, "titles and headings");
}

#[test]
fn a_voice_that_is_not_there_is_told_with_the_line_that_asks_for_it() {
    let folder = TempDir::new().unwrap();
    let told = |arguments: &[&str]| {
        let mut command = program();
        command.current_dir(&folder).args(["narrate", "a.md", "-o", "a.wav"]);
        command.args(arguments).output().unwrap()
    };
    fs::write(path(&folder, "a.md"), TEXT).unwrap();
    fs::write(path(&folder, "docbao.toml"), "# x\n[voices]\nquote = \"bac\"\nLan = \"nobody\"\n")
        .unwrap();
    fails(&told(&[]), 1, &["docbao.toml, line 4: `Lan = nobody`: there is no voice nobody"]);
    fs::write(path(&folder, "docbao.toml"), "[voices]\nquote = \"vi_VN-vivos-x_low\"\n").unwrap();
    let installs = "`docbao voices install vi_VN-vivos-x_low`";
    fails(&told(&[]), 1, &["docbao.toml, line 2: `quote = vi_VN-vivos-x_low`", installs]);
    fs::write(path(&folder, "docbao.toml"), "[voice]\nvoice = \"nobody\"\n").unwrap();
    fails(&told(&[]), 1, &["docbao.toml, line 2: `voice = nobody`: there is no voice nobody"]);
    fs::remove_file(path(&folder, "docbao.toml")).unwrap();
    let text = format!("---\ntitle: x\nvoices:\n  quote: bac\n  Lan: nobody\n---\n{TEXT}");
    fs::write(path(&folder, "a.md"), text).unwrap();
    fails(&told(&[]), 1, &["a.md, line 5: `Lan: nobody`: there is no voice nobody"]);
    let text = format!("---\nvoices: {{quote: ../x}}\n---\n{TEXT}");
    fs::write(path(&folder, "a.md"), text).unwrap();
    fails(&told(&[]), 1, &["a.md, line 2: `quote: ../x` is not the name of a voice"]);
    fails(&told(&["--voice-for", "lan=nobody"]), 1, &["there is no voice nobody"]);
    fs::write(path(&folder, "docbao.toml"), "[voices]\ntrích = \"bac\"\n").unwrap();
    fails(&told(&[]), 1, &["docbao.toml, line 2", "in quotation marks: \"trích\""]);
    fs::write(path(&folder, "docbao.toml"), "[voices]\nquote = true\n").unwrap();
    fails(&told(&[]), 1, &["docbao.toml, line 2"]);
    fs::write(path(&folder, "docbao.toml"), "[voice]\n[nothing]\nx = 1\n").unwrap();
    fails(&told(&[]), 1, &["there is no table [nothing]", "[voices]"]);
}

#[test]
fn each_article_of_one_file_is_heard_as_itself() {
    let folder = TempDir::new().unwrap();
    for (name, head) in [("a", "voice: bac"), ("b", "lang: vi"), ("c", "voices: {quote: bac-nu}")] {
        let text = format!("---\n{head}\n---\n{TEXT}");
        fs::write(path(&folder, &format!("{name}.txt")), text).unwrap();
        fs::write(path(&folder, &format!("plain-{name}.txt")), TEXT).unwrap();
    }
    // A title that stands nowhere in the text is said before it.
    fs::write(path(&folder, "d.txt"), "---\ntitle: >\n  Mưa\n  lớn\n---\nđường ngập.\n").unwrap();
    let make = |arguments: &[&str]| {
        let mut command = program();
        command
            .current_dir(&folder)
            .args(["narrate", "-o", "x.wav", "--marks", "x.json", "--quiet"]);
        let output = command.args(["--voice", "tone"]).args(arguments).output().unwrap();
        succeeds(&output);
        assert_eq!(stderr(&output), "");
        fs::read(path(&folder, "x.wav")).unwrap()
    };
    let plain = make(&["plain-a.txt", "plain-b.txt", "plain-c.txt"]);
    assert!(plain == make(&["a.txt", "b.txt", "plain-c.txt"]), "--voice beats `voice`");
    assert!(plain != make(&["a.txt", "b.txt", "c.txt"]), "the quotation of the third");
    let own = make(&["a.txt", "b.txt", "plain-c.txt", "d.txt", "--voice-for", "bài 1=bac"]);
    let given = ["plain-a.txt", "plain-b.txt", "plain-c.txt", "d.txt", "--voice-for", "item 1=bac"];
    assert!(own == make(&given) && own != plain);
    let marks = fs::read_to_string(path(&folder, "x.json")).unwrap();
    let marks: serde_json::Value = serde_json::from_str(&marks).unwrap();
    let sentences = marks["sentences"].as_array().unwrap();
    let said: Vec<_> = sentences.iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert_eq!(said[said.len() - 2..], ["Mưa lớn", "đường ngập."]);
}
