//! Inputs made of others: bytes changed, left out, repeated, taken from another input or from a
//! dictionary.

/// Random numbers that are the same on every run (xorshift64*; Vigna 2016).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        // Zero would stay zero, and seeds that are alike are to give other numbers.
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..8 {
            random.next();
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `limit`, or 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        ((self.next() >> 11) % limit.max(1) as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

/// Numbers and signs at which programs go wrong, in every format.
const TOKENS: [&[u8]; 12] = [
    b"\0\0\0\0",
    b"\xFF\xFF\xFF\xFF",
    b"\x7F\xFF\xFF\xFF",
    b"\xFF\xFF\xFF\x7F",
    b"\x80\0\0\0",
    b"18446744073709551616",
    b"-9223372036854775808",
    b"1e400",
    b"NaN",
    b"\xEF\xBB\xBF",
    b"\xCC\x81",
    b"\xED\xA0\x80",
];

/// Makes inputs of a target.
pub(crate) struct Mutator {
    pub random: Random,
    /// What is put into inputs, beside [`TOKENS`].
    pub dictionary: Vec<Vec<u8>>,
    /// The most bytes of an input.
    pub largest: usize,
}

impl Mutator {
    /// A new input made of one or two of these.
    pub(crate) fn input(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.random.one(seeds).cloned().unwrap_or_default();
        for _ in 0..1 + self.random.below(6) {
            self.change(&mut bytes, seeds);
            bytes.truncate(self.largest);
        }
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let random = &mut self.random;
        let at = random.below(bytes.len() + 1);
        let reach = [4, 64, bytes.len()][random.below(3)];
        let end = (at + random.below(reach + 1)).min(bytes.len());
        match random.below(10) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 if at < bytes.len() => bytes[at] = random.next() as u8,
            2 => {
                let more: Vec<u8> = (0..1 + random.below(8)).map(|_| random.next() as u8).collect();
                bytes.splice(at..at, more);
            }
            3 => drop(bytes.drain(at..end)),
            4 => {
                let piece = bytes[at..end].to_vec();
                // Seldom so often that what is read again and again for each piece shows.
                let most = if random.below(8) == 0 { self.largest / piece.len().max(1) } else { 4 };
                let times = 1 + random.below(most);
                let room = self.largest.saturating_sub(bytes.len()) / piece.len().max(1);
                bytes.splice(at..at, piece.repeat(times.min(room)));
            }
            5 => {
                let other = random.one(seeds).map_or(&[][..], Vec::as_slice);
                let from = random.below(other.len() + 1);
                let to = (from + random.below(other.len() + 1)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            6 => bytes.truncate(at),
            7 => {
                let other = random.one(seeds).map_or(&[][..], Vec::as_slice);
                let from = random.below(other.len() + 1);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
            choice => {
                let own = random.below(4) > 0 && !self.dictionary.is_empty();
                let token = if own {
                    random.one(&self.dictionary).map_or(&[][..], Vec::as_slice)
                } else {
                    random.one(&TOKENS).copied().unwrap_or_default()
                };
                // Beside what is there, or in its place.
                let end = if choice == 8 { at } else { (at + token.len()).min(bytes.len()) };
                bytes.splice(at..end, token.iter().copied());
            }
        }
    }
}

/// The tokens of a dictionary of libFuzzer: one a line, in quotation marks, bytes as `\xNN`.
pub(crate) fn dictionary(text: &str) -> Vec<Vec<u8>> {
    let tokens = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let token = line.trim().strip_prefix('"')?.strip_suffix('"')?;
        let mut bytes = Vec::new();
        let mut rest = token.as_bytes();
        while let Some((&first, more)) = rest.split_first() {
            rest = more;
            match (first, more) {
                (b'\\', [b'x', high, low, ..]) => {
                    let digits = [*high, *low];
                    bytes.push(u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?);
                    rest = &more[3..];
                }
                (b'\\', [escaped, ..]) => {
                    bytes.push(*escaped);
                    rest = &more[1..];
                }
                _ => bytes.push(first),
            }
        }
        Some(bytes)
    });
    tokens.collect()
}
