//! Reads `tables/melody.tsv`.

use crate::model::error::Error;
use crate::model::tables;

const FILE: &str = "src/voice/parametric/prosody/tables/melody.tsv";
const TEXT: &str = include_str!("tables/melody.tsv");

macro_rules! melody {
    ($($name:ident $low:literal $high:literal;)*) => {
        /// The values of `tables/melody.tsv`, which explains each.
        #[derive(Debug, Clone, Copy)]
        pub(super) struct Melody { $(pub $name: f32,)* }

        impl Melody {
            /// # Errors
            /// Of kind `Table` if a row is unknown, repeated, missing, or out of its range.
            fn parse(file: &str, text: &str) -> Result<Melody, Error> {
                $(let mut $name: Option<f32> = None;)*
                let mut end = 1;
                for (line, fields) in tables::rows(file, text, &["name", "value", "source"])? {
                    end = line;
                    let bad = |reason: String| tables::bad_row(file, line, reason);
                    let (slot, low, high) = match fields[0] {
                        $(stringify!($name) => (&mut $name, $low, $high),)*
                        other => return Err(bad(format!("no such value: {other}"))),
                    };
                    let value: f32 = fields[1].parse()
                        .map_err(|_| bad(format!("not a number: {}", fields[1])))?;
                    if !(low..=high).contains(&value) {
                        return Err(bad(format!("{value} is not between {low} and {high}")));
                    }
                    if slot.replace(value).is_some() {
                        return Err(bad(format!("{} is here twice", fields[0])));
                    }
                }
                let missing =
                    |name: &str| tables::bad_row(file, end, format!("{name} is missing"));
                Ok(Melody { $($name: $name.ok_or_else(|| missing(stringify!($name)))?,)* })
            }
        }
    };
}

melody! {
    declination_rate 0.0 10.0;
    declination_span 0.0 12.0;
    group_step 0.0 6.0;
    group_floor 0.0 12.0;
    carry_over 0.0 1.0;
    carry_over_reach 0.01 1.0;
    statement_fall 0.0 12.0;
    block_fall 0.0 12.0;
    block_length 1.0 1.5;
    question_register 0.0 12.0;
    question_rise 0.0 12.0;
    exclamation_register 0.0 12.0;
    exclamation_range 0.5 2.0;
    exclamation_gain 0.5 2.0;
    continuation_rise 0.0 12.0;
    item_rise 0.0 12.0;
    contrast_register 0.0 6.0;
    quoted_register 0.0 6.0;
    heading_register 0.0 6.0;
    group_fade 0.1 1.0;
    emphasis_length 1.0 2.0;
    emphasis_gain 1.0 2.0;
    emphasis_register 0.0 6.0;
    rate_vowel 0.0 2.0;
    rate_consonant 0.0 2.0;
    rate_pause 0.0 2.0;
    shortest_part 1.0 100.0;
}

impl Melody {
    /// The program's own table.
    pub(super) fn built_in() -> Result<Melody, Error> {
        Melody::parse(FILE, TEXT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_loads() {
        Melody::built_in().unwrap();
    }

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        let error = |rows: &str| {
            let text = format!("name\tvalue\tsource\n{rows}");
            Melody::parse("m.tsv", &text).unwrap_err().to_string()
        };
        assert_eq!(error("tempo\t1\tx\n"), "m.tsv, line 2: no such value: tempo");
        assert_eq!(error("carry_over\tlots\tx\n"), "m.tsv, line 2: not a number: lots");
        assert_eq!(error("carry_over\tNaN\tx\n"), "m.tsv, line 2: NaN is not between 0 and 1");
        assert_eq!(
            error("carry_over\t0.1\tx\ncarry_over\t0.1\tx\n"),
            "m.tsv, line 3: carry_over is here twice"
        );
        assert_eq!(error("carry_over\t0.1\tx\n"), "m.tsv, line 2: declination_rate is missing");
    }
}
