//! The order of files.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;

/// The order in which people number things: `2.txt` is before `10.txt`.
#[must_use]
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut one, mut other) = (a.chars().peekable(), b.chars().peekable());
    let number = |chars: &mut Peekable<Chars>| -> String {
        let digits = std::iter::from_fn(|| chars.next_if(char::is_ascii_digit));
        let digits: String = digits.collect();
        digits.trim_start_matches('0').to_owned()
    };
    loop {
        let order = match (one.peek(), other.peek()) {
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (x, y) = (number(&mut one), number(&mut other));
                x.len().cmp(&y.len()).then_with(|| x.cmp(&y))
            }
            (Some(_), Some(_)) => one.next().cmp(&other.next()),
            // Equal but for zeros before numbers.
            (None, None) => return a.cmp(b),
            (x, y) => return x.is_some().cmp(&y.is_some()),
        };
        if order.is_ne() {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_by_their_value() {
        let mut names =
            ["chuong-10", "chuong-2", "b/1", "chuong-1", "chuong-01", "a", "chuong-1b", "2", "10"];
        names.sort_by(|a, b| natural(a, b));
        let expected =
            ["2", "10", "a", "b/1", "chuong-01", "chuong-1", "chuong-1b", "chuong-2", "chuong-10"];
        assert_eq!(names, expected);
    }
}
