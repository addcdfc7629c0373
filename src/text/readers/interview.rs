//! Interviews: who asks and who answers, so that each can have a voice, and the letters that stand for
//! them.

use crate::model::article::{Article, BlockKind};
use crate::model::diag::Span;
use crate::model::direction::{Direction, DirectionKind};
use crate::model::manner::Manner;

/// The letters that come in pairs, and what is said for them.
const PAIRS: [[(&str, &str); 2]; 2] =
    [[("Q:", "hỏi"), ("A:", "đáp")], [("H:", "hỏi"), ("Đ:", "đáp")]];

/// The labels of those who ask, in lower case.
const ASKING: [&str; 12] = [
    "pv",
    "p.v",
    "phóng viên",
    "nhà báo",
    "btv",
    "biên tập viên",
    "mc",
    "hỏi",
    "q",
    "h",
    "người dẫn chương trình",
    "bạn đọc",
];

/// The labels of those who answer whoever they are, in lower case.
const ANSWERING: [&str; 5] = ["đáp", "trả lời", "a", "đ", "tl"];

/// An interview has at least so many blocks that begin with the label of one who asks.
const FEWEST: usize = 2;

/// A label has at most so many words.
const LONGEST: usize = 8;

/// The names of the parts, by which a request gives them voices.
const QUESTION: &str = "question";
const ANSWER: &str = "answer";

/// Finds who speaks the blocks of an interview, and says the letters of its labels as words.
pub(super) fn find(article: &mut Article) {
    expand(article);
    parts(article);
}

/// In an article with both letters of a pair at the start of blocks, they are said as words.
fn expand(article: &mut Article) {
    let opens =
        |label: &str| article.blocks.iter().any(|block| article.text_of(block).starts_with(label));
    let pair = PAIRS.iter().find(|pair| pair.iter().all(|(label, _)| opens(label)));
    let Some(pair) = pair else { return };
    let mut found = Vec::new();
    for block in &article.blocks {
        let label = pair.iter().find(|(label, _)| article.text_of(block).starts_with(label));
        if let Some((label, said)) = label {
            let end = block.span.start + label.len() - 1;
            let span = Span::new(block.span.start, end);
            found.push(Direction { span, kind: DirectionKind::Say((*said).to_owned()) });
        }
    }
    article.directions.append(&mut found);
}

/// What a block of an interview begins with.
enum Opening {
    /// The label of one who asks, or a star, as some papers print it before each question.
    Asks,
    /// The label of one who answers, in lower case.
    Answers(String),
    /// A dash, as those papers print it before each answer.
    Dash,
    Text,
}

impl Opening {
    fn of(text: &str) -> Opening {
        match label(text) {
            Some(label) if ASKING.contains(&&*label) => Opening::Asks,
            Some(label) => Opening::Answers(label),
            None if text.starts_with('*') && text.trim_end().ends_with('?') => Opening::Asks,
            None if text.starts_with(['-', '–', '—']) => Opening::Dash,
            None => Opening::Text,
        }
    }
}

/// Names the parts of an interview: what follows a question is an answer, up to the next question or a
/// heading. A label of its own, such as `Ông Nam:`, names a part too.
fn parts(article: &mut Article) {
    let blocks = article.blocks.iter();
    let openings: Vec<_> = blocks.map(|block| Opening::of(article.text_of(block))).collect();
    let count = |is: fn(&Opening) -> bool| openings.iter().filter(|opening| is(opening)).count();
    let questions = count(|opening| matches!(opening, Opening::Asks));
    let answers = count(|opening| matches!(opening, Opening::Answers(_) | Opening::Dash));
    let unmarked = count(|opening| matches!(opening, Opening::Text));
    if questions < FEWEST || answers + unmarked < FEWEST {
        return;
    }
    let mut has_begun = false;
    let mut speaker = None;
    for (block, opening) in article.blocks.iter().zip(openings) {
        match block.kind {
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::List | BlockKind::Verse => {}
            BlockKind::Heading => {
                (has_begun, speaker) = (false, None);
                continue;
            }
            _ => continue,
        }
        match opening {
            Opening::Asks => {
                (has_begun, speaker) = (true, None);
                article.manners.push(Manner::part(block.span, QUESTION));
                continue;
            }
            Opening::Answers(label) => {
                has_begun = true;
                speaker = Some(label).filter(|label| !ANSWERING.contains(&&**label));
            }
            Opening::Dash | Opening::Text => {}
        }
        if has_begun {
            article.manners.push(Manner::part(block.span, ANSWER));
            article.manners.extend(speaker.as_deref().map(|name| Manner::part(block.span, name)));
        }
    }
}

/// The label that a block begins with, in lower case: `PV:`, `Ông Nguyễn Văn Nam:`.
fn label(text: &str) -> Option<String> {
    let text = text.trim_start_matches(['-', '–', '—', '*', ' ', '"', '“']);
    let (label, _) = text.split_once(':')?;
    let words = label.split_whitespace();
    let is_name = label.starts_with(char::is_uppercase)
        && !label.contains([',', ';', '?', '!', '\n', '(', '"', '“'])
        && words.clone().count() <= LONGEST;
    let label = words.collect::<Vec<_>>().join(" ").to_lowercase();
    is_name.then(|| label.trim_end_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::manner::{self, MannerKind};
    use crate::text::readers::plain;

    #[test]
    fn letters_of_an_interview_are_words() {
        let said = |text: &str| {
            let mut article = plain::article(text.to_owned());
            find(&mut article);
            article.directions.into_iter().map(|direction| direction.kind).collect::<Vec<_>>()
        };
        let words = ["hỏi", "đáp"].map(|said| DirectionKind::Say(said.to_owned()));
        assert_eq!(said("Q: Còn học bổng không?\nA: Có năm mươi suất.\n"), words);
        assert_eq!(said("Q: Còn học bổng không?\nCó năm mươi suất.\n"), []);
    }

    #[test]
    fn who_speaks_in_an_interview_is_known() {
        let text = "Cuộc trò chuyện diễn ra chiều qua tại trụ sở của hợp tác xã.\n\n\
                    PV: Thưa ông, vụ này được mùa không?\n\n\
                    Ông Lê Nam: Năm nay lúa tốt hơn năm ngoái nhiều.\n\n\
                    Giá cũng cao hơn, bà con rất phấn khởi với vụ mùa này.\n\n\
                    PV: Ông có lo đầu ra?\n\n\
                    Chúng tôi đã ký hợp đồng với ba công ty thu mua từ đầu vụ.\n";
        let mut article = plain::article(text.to_owned());
        find(&mut article);
        manner::sort(&mut article.manners);
        let parts = article.manners.iter().map(|manner| {
            let MannerKind::Part(name) = &manner.kind else { panic!("{manner:?}") };
            let first = manner.span.of(text).split(' ').next().unwrap_or_default();
            format!("{first} {name}")
        });
        let expected = [
            "PV: question",
            "Ông answer",
            "Ông ông lê nam",
            "Giá answer",
            "Giá ông lê nam",
            "PV: question",
            "Chúng answer",
        ];
        assert_eq!(parts.collect::<Vec<_>>(), expected);
        let starred = "* Nhưng phụ huynh phản ánh có khoản thu mới?\n\n- Đó là khoản tự nguyện.\n\n\
                       * Bao giờ trường công khai?\n\n- Trước ngày 30/9.\n";
        let mut article = plain::article(starred.to_owned());
        find(&mut article);
        let kinds: Vec<_> = article.manners.iter().map(|manner| manner.kind.clone()).collect();
        let part = |name: &str| MannerKind::Part(name.to_owned());
        assert_eq!(kinds, [QUESTION, ANSWER, QUESTION, ANSWER].map(part));
        let other = "Chương trình: khai mạc, họp, bế mạc.\n\nĐịa điểm: nhà văn hóa xã.\n";
        let mut article = plain::article(other.to_owned());
        find(&mut article);
        assert_eq!(article.manners, []);
    }
}
