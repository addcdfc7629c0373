//! The segmenter: where sentences end, where breaths fall, and how long the pauses are.

use crate::support::paragraph;
use docbao::model::article::{Article, Block, BlockKind};
use docbao::model::diag::Span;
use docbao::model::pauses::Pauses;
use docbao::model::phrase::GroupRole;
use docbao::model::source_place::SourcePlaces;
use docbao::model::units::Millis;
use docbao::model::utterance::Utterance;
use docbao::text::normalize::{Normalizer, normalize};
use docbao::text::readers;
use docbao::text::segment::segment;
use docbao::{Confidence, Input, ReadingSettings};
use proptest::prelude::*;

fn utterances(text: &str) -> Vec<Utterance> {
    segment(&normalize(&paragraph(text)), &Pauses::default())
}

#[test]
fn pauses_follow_the_structure() {
    let source = "Bão số ba\n\nMưa to, gió lớn; nước dâng. Dân đi tránh.";
    let span = Span::new(0, source.find("\n").unwrap());
    let title = Block::new(BlockKind::Title, span, "");
    let rest = Span::new(source.find("Mưa").unwrap(), source.len());
    let text = Block::new(BlockKind::Sapo, rest, "");
    assert_eq!(title.span.of(source), "Bão số ba");
    let blocks = vec![title, text];
    let document = Article { text: source.to_owned(), blocks, ..Article::default() };
    let pauses = Pauses { title: Millis(1.0), sapo: Millis(3000.0), ..Pauses::default() };
    let spoken = segment(&normalize(&document), &pauses);
    let found: Vec<f32> =
        spoken.iter().flat_map(|u| u.groups.iter().map(|group| group.pause.0)).collect();
    let usual = [1.0, pauses.phrase.0, pauses.clause.0, pauses.sentence.0, 3000.0];
    assert_eq!(found.len(), usual.len());
    for (found, usual) in found.iter().zip(usual) {
        assert!((0.65 * usual..=1.35 * usual).contains(found), "{found} for {usual}");
    }
}

/// The pauses in what is said for a text.
fn pauses(text: &str, pauses: &Pauses) -> Vec<f32> {
    let utterances = segment(&normalize(&paragraph(text)), pauses);
    utterances.iter().flat_map(|u| u.groups.iter().map(|group| group.pause.0)).collect()
}

#[test]
fn pauses_are_not_all_alike_and_always_the_same() {
    let text = "Sáng nay trời mưa to, nhiều tuyến đường trong thành phố bị ngập sâu. Đêm qua, gió mạnh. Bà con \
                nông dân đang vào vụ thu hoạch lúa, ai cũng vui vì được mùa.";
    let found = pauses(text, &Pauses::default());
    let commas = [found[0], found[2], found[4]];
    assert!(commas[0] != commas[1] && commas[1] != commas[2], "{commas:?}");
    assert!(
        commas[1] < commas[0] && commas[1] < commas[2],
        "short groups, short pause: {commas:?}"
    );
    assert_eq!(found, pauses(text, &Pauses::default()));
}

#[test]
fn the_items_of_a_list_are_nearer_than_clauses() {
    let list = pauses("Chợ bán cam, quýt, bưởi và táo.", &Pauses::default());
    let clauses = pauses("Chợ bán cam, nhưng người mua ít.", &Pauses::default());
    assert!(list[0] < 0.8 * clauses[0] && list[1] < 0.8 * clauses[0], "{list:?} {clauses:?}");
}

#[test]
fn pauses_follow_what_is_asked_for() {
    let text = "Mưa to, gió lớn; nước dâng. Dân đi tránh.";
    let usual = pauses(text, &Pauses::default());
    let phrase = Pauses::default().phrase.0;
    let longer = pauses(text, &Pauses { phrase: Millis(2.0 * phrase), ..Pauses::default() });
    assert!((longer[0] / usual[0] - 2.0).abs() < 0.02, "{longer:?} {usual:?}");
    assert_eq!(longer[1..], usual[1..]);
    let none = pauses(text, &Pauses { phrase: Millis(0.0), ..Pauses::default() });
    assert_eq!(none[0], 0.0);
}

#[test]
fn groups_have_their_roles() {
    use GroupRole::{Contrast, Item, Plain};
    let cases: [(&str, &[GroupRole]); 8] = [
        ("Cam, quýt và táo.", &[Item, Plain]),
        ("Chợ bán cam, quýt, bưởi hoặc táo.", &[Item, Item, Plain]),
        ("Chợ bán cam, quýt, bưởi, táo.", &[Item, Item, Item, Plain]),
        // An apposition is none.
        ("Ông Nam, chủ tịch xã, nói như vậy.", &[Plain, Plain, Plain]),
        ("Trời mưa, gió to.", &[Plain, Plain]),
        ("Trời mưa; cam, quýt và táo rụng.", &[Plain, Item, Plain]),
        ("Trời mưa, nhưng không to.", &[Plain, Contrast]),
        ("Nhưng trời mưa, đường ngập hết từ sáng và không ai đi.", &[Contrast, Plain]),
    ];
    for (text, roles) in cases {
        assert_eq!(utterances(text)[0].roles(), roles, "{text}");
    }
}

#[test]
fn quoted_words_and_ends_of_blocks_are_known() {
    let said = utterances("Ông nói “trời sắp mưa” rồi đi. Trời mưa.");
    let quoted: Vec<bool> = said[0].words.iter().map(|word| word.is_quoted).collect();
    assert_eq!(quoted, [false, false, true, true, true, false, false]);
    assert!(!said[0].delivery.ends_block && said[1].delivery.ends_block);
}

#[test]
fn an_endless_sentence_is_cut_at_breaths_and_keeps_its_number() {
    let text = format!("{}hết.", "người dân trong xã và cán bộ của huyện ".repeat(60));
    let spoken = utterances(&text);
    assert!(spoken.len() > 3);
    for utterance in &spoken {
        assert_eq!(utterance.sentence, 0);
        assert!(utterance.words.len() < 90, "{}", utterance.words.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    /// Groups cover the words of an utterance one after another, and no word is lost or empty.
    #[test]
    fn groups_cover_all_words(text in "[a-zA-Zà-ỹ0-9 .,;:!?…()“”-]{0,200}") {
        let spoken = normalize(&paragraph(&text));
        let said: Vec<_> = spoken.blocks.iter().flat_map(|block| &block.tokens).filter_map(|token| {
            match token {
                docbao::model::spoken::Token::Word(word) => Some(spoken.said(word)),
                docbao::model::spoken::Token::Mark(..)
                | docbao::model::spoken::Token::Pause(..) => None,
            }
        }).filter(|said| !said.is_empty()).collect();
        let utterances = segment(&spoken, &Pauses::default());
        let words: Vec<_> = utterances.iter().flat_map(|u| &u.words).map(|w| w.said.as_str()).collect();
        prop_assert_eq!(said, words);
        for utterance in &utterances {
            let mut next = 0;
            for group in &utterance.groups {
                prop_assert_eq!(group.words.start, next);
                prop_assert!(group.words.end > next);
                prop_assert!(group.pause.0 > 0.0);
                next = group.words.end;
            }
            prop_assert_eq!(next, utterance.words.len());
        }
    }
}

/// What is made stretch by stretch is what is made at once: sentences are counted on, a silence that is
/// asked for at the start of a stretch follows the one before, and what is warned of once is warned of
/// once.
#[test]
fn a_long_text_is_cut_as_if_it_were_short() {
    let paragraphs = [
        "Sáng 12/3, đội thắng 2-1. Anh Lê Văn Nam (SN 1990) kể: “Mưa to!”",
        "[nghỉ 2s] Ủy ban nhân dân (UBND) xã chi 1,5 tỷ đồng; QĐ số 5/QĐ-UBND ký ngày 3/4.",
        "[chậm] The quick brown fox jumps over the lazy dog every single day. [/chậm] Rồi thôi.",
        "- Liên hệ: 0912 345 678\n- Giá: 5-7 nghìn đồng/kg",
    ];
    // What a text has again and again is not read as an article.
    let paragraphs = paragraphs.iter().cycle().zip(1..1600);
    let text: Vec<_> = paragraphs.map(|(text, number)| format!("{text} Bài {number}.")).collect();
    let article = readers::read(Input {
        name: "a.txt",
        bytes: text.join("\n\n").into_bytes().into(),
        ..Input::default()
    });
    let article = article.unwrap().remove(0);
    let front_end = crate::support::front_end(&ReadingSettings::default());
    let stretches: Vec<_> = front_end.stretches(&article).collect();
    assert!(stretches.len() > 1, "{} bytes are one stretch", article.text.len());
    let whole = front_end.spoken(&article);
    let lines: String = stretches.iter().map(ToString::to_string).collect();
    assert_eq!(lines, whole.to_string());
    let warnings: Vec<_> = stretches.iter().flat_map(|spoken| &spoken.warnings).collect();
    assert_eq!(warnings, whole.warnings.iter().collect::<Vec<_>>());
    assert!(!warnings.is_empty());
    let utterances: Vec<_> = front_end.utterances(&article).collect();
    assert_eq!(utterances, segment(&whole, &front_end.settings().pauses));
    assert!(utterances.iter().any(|one| one.groups.iter().any(|group| group.pause.0 == 2000.0)));
    // Whoever waits may give up after any stretch.
    let mut checks = 0;
    let stopped = front_end.review_while(&article, Confidence::Doubtful, || {
        checks += 1;
        if checks == stretches.len() { Err("stopped") } else { Ok(()) }
    });
    assert_eq!((stopped.unwrap_err(), checks), ("stopped", stretches.len()));
    let review = front_end.review(&article, Confidence::Doubtful);
    assert_eq!(review.utterances, utterances.len());
    let normalizer = Normalizer::default();
    let places = &mut SourcePlaces::of(&article);
    assert_eq!(
        review.findings,
        normalizer.findings(&article, &whole, Confidence::Doubtful, places)
    );
}

#[test]
fn a_parted_utterance_says_the_same() {
    let whole = utterances("Sáng nay, mưa to, gió lớn; dân đi tránh?").remove(0);
    let parts = whole.clone().parted();
    assert_eq!(parts.len(), 2);
    let words: Vec<_> = parts.iter().flat_map(|part| part.words.clone()).collect();
    assert_eq!(words, whole.words);
    let groups: Vec<_> = parts.iter().flat_map(|part| &part.groups).map(|one| one.pause).collect();
    assert_eq!(groups, whole.groups.iter().map(|one| one.pause).collect::<Vec<_>>());
    assert_eq!(parts[0].groups[0].words, 0..2);
    assert_eq!(parts[1].groups[0].words, 0..2);
    assert_eq!(parts[1].intonation, whole.intonation);
    assert_ne!(parts[0].intonation, whole.intonation);
    assert!(!parts[0].delivery.ends_block && parts[1].delivery.ends_block);
    assert!(parts[0].delivery.goes_on && !parts[1].delivery.goes_on);
    let one = utterances("Mưa to.").remove(0);
    assert_eq!(one.clone().parted(), [one]);
    // An item of a list is one by itself too.
    let list = utterances("Chợ bán cam, quýt, bưởi hoặc táo.").remove(0);
    let roles: Vec<_> = list.clone().parted().iter().flat_map(Utterance::roles).collect();
    assert_eq!(roles, list.roles());
}

/// What of a text a voice for quotations would speak, utterance by utterance.
fn quotations(text: &str) -> Vec<String> {
    let settings = ReadingSettings { quotes: true, ..ReadingSettings::default() };
    let front_end = crate::support::front_end(&settings);
    let article = paragraph(text);
    let quoted = front_end
        .utterances(&article)
        .filter(|utterance| utterance.delivery.parts.iter().any(|part| part == "quote"));
    let said = |utterance: Utterance| {
        let words = utterance.words.iter().map(|word| word.said.as_str());
        words.collect::<Vec<_>>().join(" ")
    };
    quoted.map(said).collect()
}

#[test]
fn whole_sentences_between_quotation_marks_are_parts_of_their_own() {
    for (text, expected) in [
        ("“Tôi đi. Anh ở lại.” Ông nói vậy.", &["Tôi đi", "Anh ở lại"][..]),
        ("Ông Nam nói: “Chúng tôi đã ký hợp đồng rồi.”", &["Chúng tôi đã ký hợp đồng rồi"]),
        ("Ông nói: “Chúng tôi đã ký hợp đồng rồi”. Rồi ông đi.", &["Chúng tôi đã ký hợp đồng rồi"]),
        ("“Chúng tôi đã ký hợp đồng”, ông nói.", &["Chúng tôi đã ký hợp đồng"]),
        ("“Sao thế?” anh hỏi.", &["Sao thế"]),
        ("– “Sao thế?”", &["Sao thế"]),
        ("\"Trời mưa to quá đi thôi\" - bà nói.", &["Trời mưa to quá đi thôi"]),
        // A title, words that are set apart, and what a sentence goes on with.
        ("“Đất rừng phương Nam” là phim hay.", &[]),
        ("Phim mới: “Đất rừng”.", &[]),
        ("Ông nói rằng “chúng tôi đã ký hợp đồng rồi”.", &[]),
        ("“Trời… ơi” là một câu.", &[]),
        // The next paragraph goes on with it.
        ("“Chúng tôi đi. Họ ở lại.", &["Chúng tôi đi", "Họ ở lại"]),
    ] {
        assert_eq!(quotations(text), expected, "{text}");
    }
    let plain = utterances("“Tôi đi.” Ông nói vậy.");
    assert!(plain.iter().all(|utterance| utterance.delivery.parts.is_empty()));
}
