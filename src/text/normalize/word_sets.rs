//! Sets of words that the classes ask for by name; the words are in `tables/word_sets.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::error::Error;
use crate::model::tables::{bad_row, rows};

const FILE: &str = "src/text/normalize/tables/word_sets.tsv";

/// A set of the table.
pub(super) struct WordSet(LazyLock<&'static Set>);

impl WordSet {
    /// Whether `word` belongs to the set, written as the table has it.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.has(word)
    }

    /// The words of the set, sorted by bytes.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.words.iter().copied()
    }
}

/// Words, and what tells at once that most others are not among them: classes ask several sets about every
/// word near a number.
#[derive(Debug, Default)]
struct Set {
    /// Sorted by bytes.
    words: Vec<&'static str>,
    /// One bit for the [`mark`] of each word.
    marks: [u64; 4],
}

impl Set {
    fn of(mut words: Vec<&'static str>) -> Set {
        words.sort_unstable();
        let mut marks = [0; 4];
        for word in &words {
            let mark = mark(word);
            marks[usize::from(mark >> 6)] |= 1 << (mark & 63);
        }
        Set { words, marks }
    }

    fn has(&self, word: &str) -> bool {
        let mark = mark(word);
        self.marks[usize::from(mark >> 6)] >> (mark & 63) & 1 == 1
            && self.words.binary_search(&word).is_ok()
    }
}

/// A number that few words share, of the first and last byte and the length.
fn mark(word: &str) -> u8 {
    let [first, last] =
        [word.bytes().next(), word.bytes().next_back()].map(Option::unwrap_or_default);
    first.wrapping_mul(31) ^ last.wrapping_mul(7) ^ (word.len() as u8)
}

/// What words can be looked for in.
pub(super) trait Words {
    /// Whether `word` is one of them.
    fn has_word(&self, word: &str) -> bool;
}

impl Words for WordSet {
    fn has_word(&self, word: &str) -> bool {
        self.has(word)
    }
}

impl<const N: usize> Words for [&str; N] {
    fn has_word(&self, word: &str) -> bool {
        self.contains(&word)
    }
}

/// Declares the sets. A name is that of the table in capitals, `_` for `-`.
macro_rules! word_sets {
    ($($name:ident,)*) => {
        $(pub(super) static $name: WordSet =
            WordSet(LazyLock::new(|| &TABLE[&set_name(stringify!($name))]));)*

        /// The names of all sets, for a test of the table.
        #[cfg(test)]
        const NAMES: &[&str] = &[$(stringify!($name),)*];
    };
}

word_sets! {
    ABOUT_GASES,
    ABOUT_PESTICIDES,
    ACCOUNT_LEADS,
    ADDRESS_LABELS,
    ADDRESS_PARTS,
    AFTER_AGES,
    AFTER_HOURS,
    AFTER_MODELS,
    AFTER_PERIODS,
    AFTER_TITLES,
    AGED,
    AGE_BOUNDS,
    AIRBUSES,
    AIRCRAFT,
    AIRLINE_CODES,
    AIRPORTS,
    AIRPORT_LEADS,
    ALONE_LEADS,
    ALWAYS_OPEN,
    AMOUNTS_AND_NO_DAYS,
    ANIONS,
    ASSEMBLIES,
    BANDS,
    BARE_DOCUMENT_LEADS,
    BARE_PLATES,
    BEFORE_GRADES,
    BEFORE_NO_CLASS,
    BEFORE_ORDINALS,
    BEHIND_FEASTS,
    BETS,
    BLOOD,
    BODIES,
    BRANCHES,
    BUDDHIST_YEARS,
    BUTTON_LEADS,
    CALCULATED,
    CALIBRES,
    CALLED_AT,
    CALL_VERBS,
    CAPTION_BEGINNINGS,
    CARRIERS,
    CAR_EDITIONS,
    CAR_RACES,
    CERTIFIERS,
    CHANGES_TOLD,
    CHANGE_VERBS,
    CHARGES,
    CHEAP,
    CHILDREN,
    CHILD_WORDS,
    CHIPS,
    CLASSES_IN_BRACKETS,
    CLAUSE_OPENERS,
    CLIMBED,
    CODED_KINDS,
    CODES_OF_BODIES,
    CODE_CARRIERS,
    CODE_LEADS_WITH_H,
    COMPARED,
    CONNECTIVES,
    CONTAINERS,
    COORDINATE_LEADS,
    COUNTED_AFTER_CODE,
    COUNTED_AFTER_PHONE,
    COUNTED_AIRCRAFT,
    COUNTED_AND_MORE,
    COUNTED_BEFORE_NUMBER,
    COUNTED_BY_BN,
    COUNTED_BY_FIRMS,
    COUNTED_CHANGES,
    COUNTED_IN_MILLIONS,
    COUNTED_LONG,
    COUNTED_OFF,
    COUNTED_WHOLE,
    COUNTED_WITH_CHANGES,
    COUNTING_VERBS,
    COUNTRIES,
    CREDITS,
    CURRENCY_CODES,
    CURRENTS,
    DATE_UNITS,
    DAYS_OFF,
    DAY_LEADS,
    DAY_NAMES,
    DAY_NUMBERED,
    DAY_OR_FRACTION_LEADS,
    DECADE_LEADS,
    DECIMAL_AFTER,
    DECIMAL_MEASURES,
    DECIMAL_RANGE_UNITS,
    DECIMAL_SCALES,
    DEFINES,
    DEVICE_NAMES,
    DEVICE_SIZES,
    DIMENSIONS,
    DIMENSION_WORDS,
    DISTRICT_LEADS,
    DIVISIONS_ALONE,
    DIVISIONS_OF_COUNTRY,
    DIVISIONS_OF_WORK,
    DOCUMENT_NUMBER_LEADS,
    DOCUMENT_TITLES,
    DONE_AT_ALL_HOURS,
    DONE_BY_PERSONS,
    DONE_ONCE,
    DOSED,
    DOSED_IN,
    DOSES,
    DOUBLED,
    DOUBTFUL_TOP_LEVEL,
    EACH,
    ELECTRIC,
    ELECTRIC_UNITS,
    ELEMENTS,
    EMERGENCY_BODIES,
    EMERGENCY_LEADS,
    EMERGENCY_NUMBERS,
    ENDINGS_SAID_WHOLE,
    ENGINE_UNITS,
    ENGLISH_BEFORE_I,
    ENGLISH_GIVEN_NAMES,
    EVERY,
    EXAMS,
    EXCHANGES,
    EXCHANGES_ABROAD,
    EXCHANGE_LETTERS,
    FALLS,
    FALLS_DUE,
    FAMILIES,
    FEATURED,
    FIGURES_COMPARED,
    FIGURES_OF_MONTHS,
    FIGURES_OF_RATIOS,
    FIGURE_VERBS,
    FILE_ENDINGS,
    FILMS,
    FIRM_LEADS,
    FIRM_VERBS,
    FLIGHTS,
    FLIGHT_CODES,
    FLOODS,
    FLOWS_OF_BODY,
    FLOW_TIMES,
    FORMULATIONS,
    FORM_LEADS,
    FOUND_IN_FOOD,
    FREIGHT,
    FUNCTIONS,
    FUNCTION_WORDS,
    FUTURES,
    GLUED_MEASURES,
    GOINGS,
    GOLD,
    GOLD_DEALERS,
    GOODS,
    GROWS,
    HEIGHTS,
    HOUR_HEADINGS,
    HOUR_LEADS,
    HOUR_OR_LENGTH_LEADS,
    HOUR_SETTLED,
    HOUSE_LEADS,
    HOUSE_NUMBER_LEADS,
    HYBRIDS,
    IDENTIFIER_LEADS,
    INDEX_FIGURES,
    INDICES,
    INFANT_CARE,
    INTERVALS,
    INTERVAL_LEADS,
    ISSUES,
    JOINS,
    KEEPING_SIGNS,
    KEPT_BACK_OR_FLATS,
    KEYS_OF_MUSIC,
    KEYWORD_LABELS,
    LAMPS,
    LARGE_ROMAN_LEADS,
    LASTING,
    LAST_ELEMENTS,
    LATITUDES,
    LAWSUITS,
    LAW_BEGINNINGS,
    LAW_ENDS,
    LAYERS,
    LEADS_TO_ENDS,
    LEARNED_TITLES,
    LEFTOVER_HEADINGS,
    LEFTOVER_LINKS,
    LENGTHS_OF_TIME,
    LENSES,
    LETTERED_GROUPS,
    LETTERED_ROMAN_LEADS,
    LETTERED_THINGS,
    LETTER_LEADS,
    LINK_VERBS,
    LIST_MEASURES,
    LOANS,
    LONGITUDES,
    LOTTERIES,
    LUNAR_MONTHS,
    LUNAR_SIGNS,
    MADE_OF_GOLD,
    MAJORITIES,
    MAKERS_OF_TYPES,
    MARK_LEADS,
    MATCH,
    MEASURED_AT_ENDS,
    MEASURED_BELOW_ZERO,
    MEASURED_IN_INCHES,
    MEASURE_WORDS,
    MENUS,
    MIDDLE_NAMES,
    MINUTES,
    MONEY_CODES,
    MONEY_WORDS,
    MONTHLY_FIGURES,
    MONTHS_FIGURES,
    MONTH_LEADS,
    MONTH_OR_ISSUE_LEADS,
    MONTH_SPAN_LEADS,
    MOODYS,
    MULTIPLIERS,
    NAMED_BY_NUMBER,
    NAMED_BY_WORDS,
    NAMED_CHANGES,
    NAMED_ENDS,
    NAMED_WORKS,
    NAMES_OF_RULERS,
    NEEDS,
    NETWORKS,
    NOT_BEFORE_CODES,
    NOT_BEHIND_TYPES,
    NOT_BELOW,
    NOT_CALLED,
    NOT_CODES_AFTER,
    NOT_NUMBERED,
    NOT_ROOMS,
    NOT_WORK,
    NO_LINK_WORDS,
    NO_PARTS_OF_WHOLES,
    NO_PATIENTS,
    NO_SHORT_DATES,
    NUMBERED_DIVISIONS,
    NUMBERED_NOUNS,
    NUMBERED_PLACES,
    NUMBERED_THINGS,
    NUMBERED_WORKS,
    NUMBERS_OF_SETS,
    OCCASIONS,
    OFFICES,
    OFFICES_OF_PERSONS,
    OF_MANY,
    OPENINGS,
    OPENS_OR_RESTS,
    ORDINAL_TIMES,
    PACES,
    PAGED,
    PAID,
    PAID_IN,
    PAID_IN_MILLIONS,
    PARTED_WHOLES,
    PARTICLES,
    PARTS_OF_DAY,
    PARTS_OF_DAY_AND_DAY,
    PASSAGES,
    PASSWORD_LEADS,
    PATIENTS,
    PERIODS,
    PERSONS,
    PHONES,
    PHONE_LEADS,
    PLACE_LEADS,
    PLAIN_FORMULAS,
    PLANT_PARTS,
    PLATES,
    PLATE_BEARERS,
    PLAYED_IN,
    PLAYERS,
    POINTS_OF_MATCHES,
    PORTIONS,
    POSTS,
    POWERED,
    PRESSURES,
    PRESSURES_OF_BODY,
    PRICED,
    PRICES_OVER_TIME,
    PRICE_LEADS,
    PRICE_LEADS_SHORT,
    PRICE_MOVES,
    PRICE_VERBS,
    PRICE_WANDERS,
    PRODUCT_CODES,
    PULSES,
    QUANTITY_LEADS,
    Q_MODELS,
    RACERS,
    RACES,
    RACE_ROUNDS,
    RACE_TIME_LEADS,
    RANGE_LEADS,
    RANGE_UNITS,
    RANK_LEADS,
    RATED_IN_PARTS,
    RATE_LEADS,
    RATE_MONEY,
    RATIOS,
    READ_BY_DIGITS,
    REBATES,
    ROADS,
    ROADS_BEHIND_PLACES,
    ROADS_BY_NUMBER,
    ROAD_PLACE_LEADS,
    ROMAN_JOINS,
    ROMAN_LEADS,
    ROUNDS,
    ROUTES,
    RULERS,
    RUNS,
    RUN_ON_CONNECTIVES,
    RUN_ON_DENIALS,
    RUN_ON_NAME_SECONDS,
    RUN_ON_OPENERS,
    SCALES,
    SCALES_AND_SOME,
    SCORED,
    SCORED_IN_MARKS,
    SCREENS,
    SEASONS,
    SECONDS_LEADS,
    SECTIONS,
    SEEDS,
    SEND_TO,
    SENTENCE_BEGINNINGS,
    SENTENCE_OPENERS,
    SENTENCE_OPENERS_AFTER_PLACES,
    SERIAL_LEADS,
    SERVICE_LEADS,
    SETS_OF_MATCHES,
    SEVERAL,
    SHARED,
    SHARES_LIKE_ROMAN,
    SHARE_LEADS,
    SHORTENED_NUMBERED,
    SHORT_DATE_LEADS,
    SIGN_OF_KIND,
    SINGLE_ROMAN_LEADS,
    SIZED_BY_LETTER,
    SIZES,
    SMALL_PLACES,
    SMALL_ROMAN_LEADS,
    SOLAR_SIGNS,
    SOLD_BY,
    SOLD_FOR,
    SOURCES_IN_BRACKETS,
    SPAN_LEADS,
    SPEAKERS,
    SPORTS_OF_WEIGHT,
    STANDARD_BODIES,
    STEMS_OF_YEARS,
    STOREYED,
    STREETS,
    SUM_LEADS,
    TAKEN_DAILY,
    TAKEN_IN,
    TEAM_MARKS,
    TERMS,
    TERMS_BEFORE_MONTHS,
    TERMS_OF_DAYS,
    TERMS_OF_MONTHS,
    TERM_LEADS,
    TESTED,
    TESTED_VOLUMES,
    THINGS_NUMBERED,
    TIMED,
    TIMES_OF_PERSONS,
    TITLES_OF_OFFICE,
    TOLD_OF_NAMES,
    TOP_LEVEL,
    TOTALS,
    TOWERS,
    TROOPS,
    TURNS,
    TWO_LETTER_ONSETS,
    TYPES_OF_CARS,
    TYRES,
    UNDER_VOLTAGE,
    UNITS_AND_WORDS,
    VALUED,
    VALUED_OR_VERSIONED,
    VERSION_LEADS,
    WARD_LEADS,
    WEEKDAYS,
    WEEKDAY_LEADS,
    WEEKLY,
    WEIGHED,
    WEIGHT_OF_PARTS,
    WHOLES,
    WINS_AND_LOSSES,
    WIRELESS,
    WIRELESS_STANDARDS,
    WORDS_AS_TOP_LEVEL,
    WRITERS,
    X_LEADS,
    YEARS_TOLD,
    YEAR_BEFORE_PHONE,
    YEAR_LEADS_SHORT,
    YEAR_NAMED,
}

type Table = HashMap<String, Set>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    load(include_str!("tables/word_sets.tsv")).expect("the embedded table is read in a test")
});

/// The name of a set in the table.
fn set_name(constant: &str) -> String {
    constant.to_lowercase().replace('_', "-")
}

fn load(text: &'static str) -> Result<Table, Error> {
    let mut table = Table::new();
    for (line, row) in rows(FILE, text, &["set", "words", "about"])? {
        let set = Set::of(row[1].split(", ").collect());
        if let Some(pair) = set.words.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(bad_row(FILE, line, format!("{} is listed twice in its set", pair[0])));
        }
        if set.words.iter().any(|word| word.is_empty() || word.contains(',')) {
            return Err(bad_row(FILE, line, "an empty word".to_owned()));
        }
        if row[2].is_empty() {
            return Err(bad_row(
                FILE,
                line,
                "what its words have in common is not said".to_owned(),
            ));
        }
        if table.insert(row[0].to_owned(), set).is_some() {
            return Err(bad_row(FILE, line, format!("the set {} has two rows", row[0])));
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_has_the_sets_that_are_declared_and_no_other() {
        let declared: BTreeSet<_> = NAMES.iter().map(|name| set_name(name)).collect();
        let listed: BTreeSet<_> = TABLE.keys().cloned().collect();
        assert_eq!(declared, listed);
    }

    #[test]
    fn a_word_is_found_only_as_the_table_has_it() {
        assert!(SCALES.has("tỷ") && SCALES.has("nghìn"));
        assert!(!SCALES.has("Tỷ") && !SCALES.has("đồng") && !SCALES.has(""));
        assert!(SCALES.iter().any(|word| word == "triệu"));
    }

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        for row in ["a\tx, x\tb", "a\t\tb", "a\tx,y\tb", "a\tx\t", "a\tx\tb\na\ty\tb"] {
            let text = format!("set\twords\tabout\n{row}\n").leak();
            let error = load(text).unwrap_err().to_string();
            assert!(error.contains("line 2") || error.contains("line 3"), "{error}");
        }
    }
}
