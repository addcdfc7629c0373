//! Texts changed line by line, in their own memory: there may be hundreds of megabytes of them.

use encoding_rs::UTF_8;

/// The text with each of its lines, which have their `\n`, as `change` gives it; `None` leaves a line as it
/// is. A second buffer is needed only where lines become longer than all before them became shorter.
pub(super) fn by_lines(text: String, change: impl Fn(&str) -> Option<String>) -> String {
    let mut lines = text.split_inclusive('\n');
    let unchanged = lines.by_ref().take_while(|line| change(line).is_none()).map(str::len).sum();
    if unchanged == text.len() {
        return text;
    }
    let mut bytes = text.into_bytes();
    let (mut read, mut written) = (unchanged, unchanged);
    while read < bytes.len() {
        let end = bytes[read..].iter().position(|&byte| byte == b'\n');
        let end = end.map_or(bytes.len(), |at| read + at + 1);
        // A part of a text between two line ends is a text.
        let line = UTF_8.decode_without_bom_handling_and_without_replacement(&bytes[read..end]);
        match line.as_deref().and_then(&change) {
            None if read == written => written = end,
            None => {
                bytes.copy_within(read..end, written);
                written += end - read;
            }
            Some(line) if written + line.len() <= end => {
                bytes[written..written + line.len()].copy_from_slice(line.as_bytes());
                written += line.len();
            }
            Some(line) => {
                let rest = text_of(bytes.split_off(end));
                bytes.truncate(written);
                let mut longer = text_of(bytes) + &line;
                longer.reserve(rest.len());
                for line in rest.split_inclusive('\n') {
                    match change(line) {
                        Some(line) => longer.push_str(&line),
                        None => longer.push_str(line),
                    }
                }
                return longer;
            }
        }
        read = end;
    }
    bytes.truncate(written);
    text_of(bytes)
}

fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("whole lines of a text are a text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_shorter_and_longer() {
        let change = |line: &str| match line.trim_end_matches('\n') {
            "dài" => Some("dài hơn nhiều\n".to_owned()),
            "ngắn" => Some("n\n".to_owned()),
            "bỏ" => Some(String::new()),
            _ => None,
        };
        for text in [
            "",
            "\n",
            "một",
            "một\nhai\n",
            "ngắn\nmột\nbỏ\nhai",
            "bỏ\nbỏ",
            "ngắn\nngắn\nngắn\nngắn\ndài\ndài\nmột",
            "dài\nngắn\nmột\n\nbỏ\ndài\n",
        ] {
            let lines = text.split_inclusive('\n');
            let expected: String =
                lines.map(|line| change(line).unwrap_or_else(|| line.to_owned())).collect();
            assert_eq!(by_lines(text.to_owned(), change), expected, "{text:?}");
        }
    }
}
