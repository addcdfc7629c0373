//! Chats, as messengers export them or as they are copied: every message begins with its time and who
//! wrote it. Said are the names and the messages.

use super::builder::Builder;
use super::decode::{self, Decoded};
use super::reader::{Input, Reader};
use crate::model::article::{Article, BlockKind};
use crate::model::error::Error;
use crate::model::manner::Manner;

/// A text is a chat if so many lines, and this share of those that are not blank, begin as messages do.
const FEWEST: usize = 3;
const SHARE: f64 = 0.6;

/// The reader of chats.
pub(super) struct Chat;

impl Reader for Chat {
    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        let is_text = matches!(&*input.extension(), "" | "txt" | "log");
        is_text && input.opening().is_some_and(is_chat)
    }

    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error> {
        let Decoded { text, notes } = decode::text(input)?;
        Ok(vec![Article { notes, ..article(&text) }])
    }
}

fn is_chat(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty()).take(200);
    let messages = lines().filter(|line| message(line).is_some()).count();
    messages >= FEWEST && messages as f64 >= SHARE * lines().count() as f64
}

/// Who wrote a message and what, if a line begins one.
fn message(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches(['\u{200E}', '\u{FEFF}']);
    let (time, rest) = match line.strip_prefix('[') {
        Some(inside) => inside.split_once(']')?,
        None => line.split_once(" - ")?,
    };
    let is_time = |text: &str| {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let signs = |c: char| c.is_ascii_digit() || "/.-:, \u{202F}".contains(c);
        let rest =
            text.trim_end_matches(|c: char| c.is_alphabetic() || c == '\u{202F}' || c == ' ');
        digits >= 3 && text.len() <= 40 && text.contains(':') && rest.chars().all(signs)
    };
    let (name, said) = rest.trim_start().split_once(": ")?;
    let is_name = !name.is_empty() && name.chars().count() <= 40 && !name.contains(['.', '?', '!']);
    (is_time(time) && is_name).then_some((name.trim(), said.trim()))
}

fn article(text: &str) -> Article {
    let mut builder = Builder::default();
    let mut last = None;
    let lines = (1..).zip(text.lines().map(str::trim));
    for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
        builder.at_line(number);
        match message(line) {
            Some((name, said)) => {
                builder.open(BlockKind::Paragraph, "a message of a chat");
                let from = builder.position();
                if last != Some(name) {
                    builder.push(name);
                    builder.push(": ");
                }
                builder.push(said);
                builder.speak(Manner::part(builder.since(from), name));
                last = Some(name);
            }
            None if builder.is_open() => {
                builder.line_break();
                let from = builder.position();
                builder.push(line);
                if let Some(name) = last {
                    builder.speak(Manner::part(builder.since(from), name));
                }
            }
            None => builder.block(BlockKind::Paragraph, "a line before the chat", line),
        }
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_said_without_their_times() {
        let chats = [
            "12/05/2024, 10:30 - Lan: Chào bạn\n12/05/2024, 10:31 - Lan: Đi đâu đấy?\n12/05/2024, 10:32 - Nam: Đi chợ\nmua rau\n",
            "[12/05/2024, 10:30:15] Lan: Chào bạn\n[12/05/2024, 10:31:02] Lan: Đi đâu đấy?\n[12/05/2024, 10:32:44] Nam: Đi chợ\nmua rau\n",
            "[10:30] Lan: Chào bạn\n[10:31] Lan: Đi đâu đấy?\n[10:32] Nam: Đi chợ\nmua rau\n",
        ];
        for chat in chats {
            assert!(is_chat(chat), "{chat}");
            assert_eq!(
                article(chat).text,
                "Lan: Chào bạn\n\nĐi đâu đấy?\n\nNam: Đi chợ\nmua rau\n"
            );
        }
    }

    #[test]
    fn other_texts_are_no_chats() {
        for text in [
            "8:00 - Khai mạc: Nhà hát lớn\n9:00 - Họp\nTrưa: ăn cơm\nChiều: về\n",
            "PV: Thưa ông?\nÔng Nam: Vâng.\nPV: Cảm ơn ông.\n",
            "",
        ] {
            assert!(!is_chat(text), "{text}");
        }
    }
}
