//! The phonemes of espeak-ng: ours against a table and, in the tests that are ignored unless they are
//! asked for, against the program itself.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::support::paragraph;
use docbao::model::diag::Span;
use docbao::model::manner::Delivery;
use docbao::model::pauses::Pauses;
use docbao::model::phrase::{Dialect, Intonation, Tone};
use docbao::model::spoken::Mark;
use docbao::model::units::Millis;
use docbao::model::utterance::{BreathGroup, Utterance, UtteranceWord};
use docbao::text::normalize::normalize;
use docbao::text::orthography::{legal_syllables, parse};
use docbao::text::segment::segment;
use docbao::text::transliterate;
use docbao::voice::espeak::{self, command, phonemes, voice_of, word_phonemes};
use docbao::{ReadingPolicy, ReadingSettings};

/// Syllables that espeak-ng always reads in English or letter by letter.
const READ_BADLY: [&str; 13] = [
    "buy", "buya", "buyn", "buynh", "buyên", "buyến", "buyết", "buyền", "buyển", "buyễn", "buyện",
    "buyệt", "veo",
];

#[test]
fn every_table_loads() {
    espeak::load_sounds().unwrap();
}

#[test]
fn words_sound_as_the_table_says() {
    let columns = ["word", "north", "central", "south"];
    let cases = crate::support::cases(Path::new("tests/cases/espeak/words.tsv"), &columns);
    assert!(cases.len() > 300);
    for case in &cases {
        for (dialect, expected) in Dialect::ALL.into_iter().zip(&case.fields[1..]) {
            let ours = word_phonemes(&case.fields[0], dialect);
            assert_eq!(ours, *expected, "{}: {} in the {dialect}", case.place, case.fields[0]);
        }
    }
}

#[test]
fn what_espeak_reads_badly_sounds_as_it_is_respelled() {
    let cases =
        crate::support::cases(Path::new("tests/cases/espeak/own.tsv"), &["word", "as", "note"]);
    for case in &cases {
        for dialect in Dialect::ALL {
            let ours = word_phonemes(&case.fields[0], dialect);
            assert_eq!(ours, word_phonemes(&case.fields[1], dialect), "{}", case.place);
        }
    }
    assert_eq!(word_phonemes("veo buyên", Dialect::Northern), "vˈɛw bwˈiɛn");
}

#[test]
fn every_legal_syllable_has_its_sounds_and_its_tone() {
    let sign = ["", "2", "4", "5", "ɜ", "6"];
    for dialect in Dialect::ALL {
        for written in legal_syllables() {
            let spelling = written.to_string();
            let ipa = word_phonemes(&spelling, dialect);
            assert!(!ipa.is_empty() && !ipa.contains(['_', '/', ' ', '=']), "{spelling}: {ipa}");
            // huyu, which the South's voice hears without a vowel, has no tone either.
            let toneless = dialect == Dialect::Southern && ipa == "wjw";
            assert!(toneless || ipa.contains(sign[written.tone as usize]), "{spelling}: {ipa}");
            let others = sign[1..].iter().filter(|other| ipa.contains(**other)).count();
            let signed = usize::from(written.tone != Tone::Ngang && !toneless);
            assert_eq!(others, signed, "{spelling}: {ipa}");
        }
    }
}

fn word(said: &str) -> UtteranceWord {
    UtteranceWord::new(said, Span::default())
}

#[test]
fn groups_keep_their_words_and_their_signs() {
    let group = |words, mark| BreathGroup { words, mark, pause: Millis(1.0), role: None };
    let utterance = Utterance {
        sentence: 0,
        words: vec![word("hai mươi"), word("Messi"), word(" "), word("và"), word("Hoa")],
        groups: vec![
            group(0..2, Some(Mark::Comma)),
            group(2..3, Some(Mark::CloseBracket)),
            group(3..9, None),
            group(3..5, Some(Mark::Question)),
        ],
        intonation: Intonation::Question,
        delivery: Delivery::default(),
    };
    let groups = phonemes(&utterance, Dialect::Northern);
    let texts: Vec<_> = groups.iter().map(espeak::Group::text).collect();
    assert_eq!(texts, ["hˈaːj mˈyəj mˈɛɜt̪ sˈi,", "", "", "vˌaː2 hwˈaː?"]);
    let numbers: Vec<_> = groups.iter().flat_map(|group| &group.words).map(|w| w.word).collect();
    assert_eq!(numbers, [0, 1, 3, 4]);
}

#[test]
fn signs_are_those_that_the_library_reports() {
    let text = "Mưa, gió; bão: lũ (to), hạn. Ông Huy – Bí thư – nói. Sao? Ôi! Thế là… hết.";
    let signs: Vec<_> = segment(&normalize(&paragraph(text)), &Pauses::default())
        .iter()
        .flat_map(|utterance| phonemes(utterance, Dialect::Northern))
        .map(|group| group.sign.unwrap_or('-'))
        .collect();
    assert_eq!(signs, [',', ';', ':', '-', ',', '.', ';', ';', '.', '?', '!', '-', '.']);
}

/// What the program says for each line. Speed and pauses change nothing but how long it takes.
fn program_says(voice: &str, lines: &[String]) -> Vec<String> {
    let mut child = Command::new(command::PROGRAM)
        .args(["-q", "-z", "-s", "400", "--ipa", "-v", voice])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let text = lines.join("\n") + "\n";
    let output = thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(text.as_bytes()).unwrap());
        child.wait_with_output().unwrap()
    });
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    let said: Vec<_> = said.lines().map(|line| line.trim().to_owned()).collect();
    assert_eq!(said.len(), lines.len(), "{voice}: not one clause a line");
    said
}

/// Whether ours is what the library gives Piper where the program shows `said` for a clause of one
/// word. The level tone, which has no sign there, the program shows: as 7 at the end of the clause, as
/// 1 in the further vowels of a word it takes for a longer one and under secondary stress.
fn is_said(ours: &str, said: &str) -> bool {
    let further = said.contains(['7', 'ˌ']) && ours == said.replace(['1', '7'], "");
    further || ours == said.replace('7', "")
}

#[test]
#[ignore = "needs espeak-ng"]
fn every_legal_syllable_is_what_the_program_says() {
    let mut spellings: Vec<String> = legal_syllables().map(|written| written.to_string()).collect();
    // The newer place of the tone mark: hoạ beside họa.
    let newer: Vec<_> = spellings.iter().filter_map(|spelling| newer_tone_mark(spelling)).collect();
    assert_eq!((spellings.len(), newer.len()), (18_158, 23 * 3 * 5));
    spellings.extend(newer);
    thread::scope(|scope| {
        for dialect in Dialect::ALL {
            let spellings = &spellings;
            scope.spawn(move || compare_syllables(spellings, dialect));
        }
    });
}

fn compare_syllables(spellings: &[String], dialect: Dialect) {
    let said = program_says(voice_of(dialect), spellings);
    let mut unlike = BTreeSet::new();
    for (spelling, said) in spellings.iter().zip(&said) {
        if !is_said(&word_phonemes(spelling, dialect), said) {
            unlike.insert(spelling.as_str());
        }
    }
    let mut known = BTreeSet::from(READ_BADLY);
    if dialect == Dialect::Southern {
        known.insert("huyu");
    }
    assert_eq!(unlike, known, "in the {dialect}");
}

/// A final òa, òe or ùy with its mark where newer spelling puts it; `None` for others.
fn newer_tone_mark(spelling: &str) -> Option<String> {
    const FINALS: [(&str, &str); 15] = [
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("õa", "oã"),
        ("ọa", "oạ"),
        ("òe", "oè"),
        ("óe", "oé"),
        ("ỏe", "oẻ"),
        ("õe", "oẽ"),
        ("ọe", "oẹ"),
        ("ùy", "uỳ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ũy", "uỹ"),
        ("ụy", "uỵ"),
    ];
    let (older, newer) = FINALS.iter().find(|(older, _)| spelling.ends_with(older))?;
    Some(spelling.replace(older, newer))
}

/// Words of up to three capitals, which espeak-ng takes for initialisms among words in lower case.
fn is_short_in_capitals(word: &str) -> bool {
    word.chars().all(char::is_uppercase) && word.chars().count() <= 3
}

/// Names of the Highlands, whose final k espeak-ng takes for English: Đăk Lăk.
fn ends_in_k(word: &str) -> bool {
    word.ends_with('k')
}

/// Articles and news-like texts of the other tests, as they are said.
fn news() -> Vec<Utterance> {
    let mut articles = vec![std::path::PathBuf::from("samples/binh-luc.txt")];
    let mut lines = Vec::new();
    for entry in std::fs::read_dir("tests/cases/input").unwrap() {
        articles.push(entry.unwrap().path());
    }
    for entry in std::fs::read_dir("tests/cases/normalize").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "tsv") {
            let text = std::fs::read_to_string(&path).unwrap();
            let texts = text.lines().filter(|line| !line.starts_with('#')).skip(1);
            lines.extend(texts.map(|line| line.split('\t').next().unwrap().to_owned()));
        }
    }
    articles.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    articles.sort();
    lines.sort();
    // About every eighth makes enough of them, the same however many others there are.
    let sum = |line: &str| {
        line.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
    };
    lines.retain(|line| sum(line).is_multiple_of(8));
    let articles = articles.iter().map(|path| crate::support::article(path.to_str().unwrap()));
    let articles = articles.chain(lines.iter().map(|line| paragraph(line)));
    let parts = ReadingPolicy::all();
    let front_end =
        crate::support::front_end(&ReadingSettings { parts, ..ReadingSettings::default() });
    articles.flat_map(|article| front_end.utterances(&article).collect::<Vec<_>>()).collect()
}

#[test]
#[ignore = "needs espeak-ng"]
fn words_in_sentences_are_what_the_program_says() {
    let utterances = news();
    thread::scope(|scope| {
        for dialect in Dialect::ALL {
            let utterances = &utterances;
            scope.spawn(move || compare_sentences(utterances, dialect));
        }
    });
}

/// Breath groups go to the program as they are said, with foreign words transliterated: that is the
/// deliberate difference.
fn compare_sentences(utterances: &[Utterance], dialect: Dialect) {
    let mut lines = Vec::new();
    let mut ours = Vec::new();
    let (mut words, mut foreign) = (0, 0);
    for utterance in utterances {
        for (group, phonemes) in utterance.groups.iter().zip(phonemes(utterance, dialect)) {
            let mut line = Vec::new();
            for word in &utterance.words[group.words.clone()] {
                words += word.said.split(' ').count();
                foreign += word.said.split(' ').filter(|word| parse(word).is_none()).count();
                transliterate::syllables(&word.said, |spelled, _| line.push(spelled.to_owned()));
            }
            lines.push(line.join(" "));
            let ipa: Vec<_> = phonemes.words.iter().map(|word| word.ipa.as_str()).collect();
            ours.push(ipa.join(" "));
        }
    }
    let said = program_says(voice_of(dialect), &lines);
    let mut unlike = Vec::new();
    let mut syllables = 0;
    for ((line, ours), said) in lines.iter().zip(&ours).zip(&said) {
        assert_eq!(ours.split(' ').count(), said.split(' ').count(), "{line}: {said}");
        for ((spelled, ours), said) in line.split(' ').zip(ours.split(' ')).zip(said.split(' ')) {
            syllables += 1;
            let level = ['1', '7'];
            let same = ours.replace(level, "") == said.replace(level, "");
            let known = READ_BADLY.contains(&spelled) || ends_in_k(spelled);
            if !same && !known && !is_short_in_capitals(spelled) {
                unlike.push(format!("{spelled} in `{line}`: {ours}, not {said}"));
            }
        }
    }
    let size = format!("{words} words, {foreign} of them foreign; {syllables} syllables");
    assert!(words - foreign > 5_000, "only {size}");
    assert_eq!(unlike, [] as [String; 0], "in the {dialect}, of {size}");
}

#[test]
#[ignore = "needs espeak-ng"]
fn the_command_gives_clauses_or_says_why_not() {
    let clauses = |voice, text| command::clauses(voice, text);
    assert_eq!(clauses("en-us", "Good morning, world.").unwrap().len(), 2);
    let mixed = clauses("vi", "xem Facebook").unwrap();
    assert!(mixed[0].ends_with('k') && !mixed[0].contains('('), "{mixed:?}");
    assert_eq!(clauses("de", " \n").unwrap(), [] as [String; 0]);
    let long = "and so it goes on ".repeat(20_000);
    assert!(clauses("en-us", &long[..30_000]).unwrap().len() > 10);
    let error = clauses("qqq", "hello").unwrap_err().to_string();
    assert!(error.starts_with("espeak-ng: fails for the voice `qqq`"), "{error}");
}
