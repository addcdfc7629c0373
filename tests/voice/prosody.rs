//! `prosody`: durations and pitch of a phrase.

use docbao::model::manner::Delivery;
use docbao::model::phrase::{
    Dialect, GroupRole, Intonation, Phone, Phrase, PhraseGroup, PhraseWord, Syllable, Tone,
};
use docbao::model::tables;
use docbao::model::units::{Millis, Semitones};
use docbao::voice::parametric::data::Voice;
use docbao::voice::parametric::prosody::{Prosody, Settings};
use docbao::voice::parametric::score::{Note, Score};

/// A syllable as `Phrase` prints it.
fn syllable(text: &str) -> Syllable {
    let (sounds, tone) = text.split_at(text.len() - 1);
    let tone = Tone::ALL[tone.parse::<usize>().unwrap() - 1];
    let mut phones = sounds
        .split('.')
        .map(|symbol| *Phone::ALL.iter().find(|phone| phone.symbol() == symbol).unwrap())
        .collect::<Vec<_>>();
    let onset = phones.remove(0);
    let glide = phones.len() > 1 && phones[0] == Phone::W;
    if glide {
        phones.remove(0);
    }
    Syllable { onset, glide, nucleus: phones[0], coda: phones.get(1).copied(), tone }
}

/// Breath groups of words apart by spaces, their syllables by `-`; each group with its pause.
fn phrase(groups: &[(&str, f32)], intonation: Intonation) -> Phrase {
    let mut word = 0;
    let groups = groups
        .iter()
        .map(|(text, pause)| PhraseGroup {
            words: text
                .split(' ')
                .map(|text| {
                    word += 1;
                    let syllables = text.split('-').map(syllable).collect();
                    PhraseWord { word: word - 1, syllables, is_emphasized: false, is_quoted: false }
                })
                .collect(),
            role: GroupRole::Plain,
            pause: Millis(*pause),
        })
        .collect();
    Phrase { groups, intonation }
}

fn voice() -> Voice {
    Voice::load("bac").unwrap()
}

fn read_at(groups: &[(&str, f32)], intonation: Intonation, rate: f32) -> Score {
    let voice = voice();
    let settings = Settings { rate, ..Settings::of(&voice) };
    Prosody::new(&voice, settings).unwrap().score(&phrase(groups, intonation))
}

fn read(groups: &[(&str, f32)], intonation: Intonation) -> Score {
    read_at(groups, intonation, 1.0)
}

fn semitones(note: &Note) -> Vec<f32> {
    note.f0.iter().map(|f0| 12.0 * (f0.0 / 100.0).log2()).collect()
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len() as f32
}

#[test]
fn tones_run_as_their_dialect_has_them() {
    let file = "tests/cases/prosody/tones.tsv";
    let text = include_str!("../cases/prosody/tones.tsv");
    let columns = ["dialect", "syllable", "feature", "low", "high"];
    let rows = tables::rows(file, text, &columns).unwrap();
    assert!(rows.len() > 10);
    let voice = voice();
    for (line, row) in rows {
        let dialect: Dialect = row[0].parse().unwrap();
        let prosody = Prosody::new(&voice, Settings { dialect, ..Settings::of(&voice) }).unwrap();
        let middle = |syllable: &str| {
            let text = format!("m.a1 m.a1 {syllable} m.a1 m.a1");
            let score = prosody.score(&phrase(&[(&text, 300.0)], Intonation::Statement));
            semitones(&score.notes[2])
        };
        let points = middle(row[1]);
        let lowest = points.iter().copied().fold(f32::INFINITY, f32::min);
        let highest = points.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let value = match row[2] {
            "span" => highest - lowest,
            "change" => points[7] - points[0],
            "dip" => lowest - points[0].min(points[7]),
            "level" => mean(&points) - mean(&middle("m.a1")),
            other => panic!("line {line}: no feature {other}"),
        };
        let (low, high): (f32, f32) = (row[3].parse().unwrap(), row[4].parse().unwrap());
        assert!((low..=high).contains(&value), "line {line}: {value} in {points:?}");
    }
}

#[test]
fn a_broken_tone_creaks_in_the_north_and_not_in_the_south() {
    let voice = voice();
    let creak = |dialect| {
        let prosody = Prosody::new(&voice, Settings { dialect, ..Settings::of(&voice) }).unwrap();
        let score = prosody.score(&phrase(&[("m.a4 m.a1", 0.0)], Intonation::Statement));
        score.notes[0].creak.iter().copied().fold(0.0, f32::max)
    };
    assert!(creak(Dialect::Northern) > 0.2);
    assert!(creak(Dialect::Southern) == 0.0);
}

#[test]
fn each_word_keeps_its_number_and_each_syllable_makes_a_note() {
    let score = read(&[("h.a1-n.o6 l.a2", 200.0), ("t.u1 ɗ.o1", 400.0)], Intonation::Statement);
    let words: Vec<_> = score.notes.iter().map(|note| note.word).collect();
    assert_eq!(words, [0, 0, 1, 2, 3]);
    let pauses: Vec<_> = score.notes.iter().map(|note| note.pause.0).collect();
    assert_eq!(pauses, [0.0, 0.0, 200.0, 0.0, 400.0]);
}

#[test]
fn parts_that_a_syllable_lacks_last_no_time() {
    let score = read(&[("h.w.a.n2 ʔ.i1", 0.0)], Intonation::Statement);
    let [full, bare] = &score.notes[..] else { panic!("{score}") };
    for part in [full.onset, full.glide, full.nucleus, full.coda, bare.onset, bare.nucleus] {
        assert!(part.0 >= 15.0, "{score}");
    }
    assert_eq!((bare.glide.0, bare.coda.0), (0.0, 0.0));
}

#[test]
fn the_last_syllable_before_a_pause_is_longer() {
    let score = read(&[("m.a1 m.a1 m.a1", 300.0), ("m.a1 m.a1", 0.0)], Intonation::Statement);
    let length: Vec<_> = score.notes.iter().map(|note| note.sounding().0).collect();
    assert!(length[2] > 1.15 * length[0], "{length:?}");
    assert!(length[4] > 1.15 * length[3], "{length:?}");
}

#[test]
fn a_group_that_runs_into_the_next_is_not_lengthened() {
    let score = read(&[("m.a1 m.a1 m.a1", 0.0), ("m.a1 m.a1", 0.0)], Intonation::Statement);
    assert!(score.notes[2].sounding().0 < 1.1 * score.notes[0].sounding().0);
}

#[test]
fn stopped_vowels_are_shorter_than_open_ones() {
    let score = read(&[("m.a.t5 m.a5 m.a1", 300.0)], Intonation::Statement);
    assert!(score.notes[0].nucleus.0 < 0.85 * score.notes[1].nucleus.0, "{score}");
}

#[test]
fn pitch_declines_through_a_group_and_is_reset_after_it() {
    let group = "m.a1 m.a1 m.a1 m.a1 m.a1 m.a1 m.a1";
    let score = read(&[(group, 300.0), (group, 300.0)], Intonation::Statement);
    let level: Vec<_> = score.notes.iter().map(|note| mean(&semitones(note))).collect();
    for at in 1..6 {
        assert!(level[at] < level[at - 1], "{level:?}");
    }
    assert!(level[7] > level[5] + 0.1, "the second group starts anew: {level:?}");
    assert!(level[7] < level[0], "but lower than the first: {level:?}");
}

#[test]
fn a_tone_starts_nearer_to_where_the_last_one_ended() {
    let after = |first: &str| {
        let text = format!("{first} m.a1 m.a1");
        semitones(&read(&[(&text, 300.0)], Intonation::Statement).notes[1])
    };
    let (low, high) = (after("m.a2"), after("m.a5"));
    assert!(high[0] - low[0] > 0.3, "{high:?} {low:?}");
    assert!((high[7] - low[7]).abs() < 0.3, "{high:?} {low:?}");
}

#[test]
fn a_question_ends_higher_than_a_statement() {
    let end = |intonation| {
        let score = read(&[("m.a1 m.a1 m.a1", 400.0)], intonation);
        semitones(&score.notes[2])[7]
    };
    let (statement, question) = (end(Intonation::Statement), end(Intonation::Question));
    assert!(question > statement + 2.0, "{question} {statement}");
}

#[test]
fn an_exclamation_is_wider_and_louder() {
    let reading = |intonation| {
        let score = read(&[("m.a2 m.a5 m.a1", 400.0)], intonation);
        let points = score.notes[..2].iter().flat_map(semitones).collect::<Vec<_>>();
        let lowest = points.iter().copied().fold(f32::INFINITY, f32::min);
        let highest = points.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        (highest - lowest, score.notes[0].gain)
    };
    let (statement, exclamation) =
        (reading(Intonation::Statement), reading(Intonation::Exclamation));
    assert!(exclamation.0 > statement.0 * 1.05, "{exclamation:?} {statement:?}");
    assert!(exclamation.1 > statement.1, "{exclamation:?} {statement:?}");
}

#[test]
fn rate_moves_vowels_more_than_consonants_and_pauses() {
    let groups = [("m.a1 t.a.t5 m.a1", 500.0)];
    let (slow, fast) = (
        read_at(&groups, Intonation::Statement, 1.0),
        read_at(&groups, Intonation::Statement, 1.5),
    );
    let ratio = |of: fn(&Note) -> f32, at: usize| of(&slow.notes[at]) / of(&fast.notes[at]);
    let vowel = ratio(|note| note.nucleus.0, 1);
    let onset = ratio(|note| note.onset.0, 1);
    let stop = ratio(|note| note.coda.0, 1);
    let pause = ratio(|note| note.pause.0, 2);
    assert!(vowel > onset && onset > 1.1, "{vowel} {onset}");
    assert!((onset - stop).abs() < 1e-4, "{onset} {stop}");
    assert!(pause > 1.1 && pause < vowel, "{pause}");
    let whole = slow.duration().0 / fast.duration().0;
    assert!((1.3..1.7).contains(&whole), "{whole}");
}

#[test]
fn pitch_stays_within_the_voice() {
    let voice = voice();
    let pitch = voice.manifest.pitch;
    for shift in [-12.0, 0.0, 12.0] {
        let settings = Settings { pitch_shift: Semitones(shift), ..Settings::of(&voice) };
        let prosody = Prosody::new(&voice, settings).unwrap();
        let text = "m.a5 m.a6 m.a4 m.a3 m.a5";
        let score = prosody.score(&phrase(&[(text, 300.0)], Intonation::Exclamation));
        for f0 in score.notes.iter().flat_map(|note| note.f0) {
            assert!(f0 >= pitch.lowest && f0 <= pitch.highest, "{f0:?} at {shift}");
        }
    }
}

#[test]
fn a_shift_of_pitch_moves_every_tone_alike() {
    let voice = voice();
    let at = |shift| {
        let settings = Settings { pitch_shift: Semitones(shift), ..Settings::of(&voice) };
        let prosody = Prosody::new(&voice, settings).unwrap();
        let score = prosody.score(&phrase(&[("m.a1 m.a1", 300.0)], Intonation::Statement));
        semitones(&score.notes[0])
    };
    for (plain, raised) in at(0.0).iter().zip(at(2.0)) {
        assert!((raised - plain - 2.0).abs() < 0.01, "{plain} {raised}");
    }
}

#[test]
fn settings_out_of_range_are_refused() {
    let voice = voice();
    for rate in [0.0, -1.0, 10.0, f32::NAN] {
        let error = Prosody::new(&voice, Settings { rate, ..Settings::of(&voice) }).unwrap_err();
        assert!(error.to_string().contains("between 0.25 and 4"), "{error}");
    }
    let settings = Settings { pitch_shift: Semitones(f32::NAN), ..Settings::of(&voice) };
    assert!(Prosody::new(&voice, settings).is_err());
}

/// The message for the voice with one of its tables changed.
fn error_with(change: impl Fn(&mut Voice)) -> String {
    let mut voice = voice();
    change(&mut voice);
    Prosody::new(&voice, Settings::of(&voice)).unwrap_err().to_string()
}

#[test]
fn bad_rows_of_a_voice_are_errors_with_file_and_line() {
    let durations = |rows: &str| {
        let text = format!("part\tphone\trime\tplace\tms\tcount\n{rows}");
        error_with(move |voice| voice.durations.text = text.clone().into())
    };
    assert_eq!(
        durations("onset\tqq\tany\tmedial\t80\t0\n"),
        "bac/durations.tsv, line 2: no phone qq"
    );
    assert_eq!(
        durations("onset\tt\tany\tmedial\t-5\t0\n"),
        "bac/durations.tsv, line 2: -5 is not above 0 and up to 2000"
    );
    assert_eq!(
        durations("factor\ttone7\tany\tany\t1\t0\n"),
        "bac/durations.tsv, line 2: no factor tone7"
    );
    assert_eq!(
        durations("onset\t*\tany\tany\t80\t0\n"),
        "bac/durations.tsv, line 2: no row for any glide, rime open, place medial"
    );
    let tones = |rows: &str| {
        let text = format!("dialect\ttone\trime\tplace\tf0\tcreak\tcount\n{rows}");
        error_with(move |voice| voice.tones.text = text.clone().into())
    };
    assert_eq!(
        tones("north\t1\topen\tany\t0,0,0\t0,0,0,0,0,0,0,0\t0\n"),
        "bac/tones.tsv, line 2: 0,0,0 is not eight numbers"
    );
    assert_eq!(
        tones("north\t1\topen\tany\t0,0,0,0,0,0,0,NaN\t0,0,0,0,0,0,0,0\t0\n"),
        "bac/tones.tsv, line 2: NaN is not between -24 and 24"
    );
    assert_eq!(
        tones("north\t1\topen\tany\t0,0,0,0,0,0,0,0\t0,0,0,0,0,0,0,0\t0\n"),
        "bac/tones.tsv, line 2: no open contour of tone 2 for north"
    );
}

#[test]
fn any_syllable_gets_a_score() {
    let voice = voice();
    let prosody = Prosody::new(&voice, Settings::of(&voice)).unwrap();
    for &onset in Phone::ALL {
        for &nucleus in Phone::ALL {
            let codas = Phone::ALL.iter().map(|coda| Some(*coda)).chain([None]);
            let syllables: Vec<_> = codas
                .flat_map(|coda| {
                    Tone::ALL.map(|tone| Syllable { onset, glide: true, nucleus, coda, tone })
                })
                .collect();
            let words =
                vec![PhraseWord { word: 0, syllables, is_emphasized: false, is_quoted: false }];
            let groups = vec![PhraseGroup { words, role: GroupRole::Plain, pause: Millis(-3.0) }];
            let score = prosody.score(&Phrase { groups, intonation: Intonation::Question });
            for note in &score.notes {
                assert!(note.sounding().0.is_finite() && note.sounding().0 > 0.0, "{score}");
                assert!(note.pause.0 >= 0.0);
                assert!(note.f0.iter().all(|f0| f0.0.is_finite()));
            }
        }
    }
    let nothing = Phrase { groups: Vec::new(), intonation: Intonation::Statement };
    assert!(prosody.score(&nothing).notes.is_empty());
}

#[test]
fn an_emphasized_word_is_longer_louder_and_higher_and_the_others_are_not() {
    let mut said = phrase(&[("m.a1 m.a4-m.a2 m.a1", 300.0)], Intonation::Statement);
    let voice = Voice::load("bac").unwrap();
    let prosody = Prosody::new(&voice, Settings::of(&voice)).unwrap();
    let usual = prosody.score(&said).notes;
    said.groups[0].words[1].is_emphasized = true;
    let stressed = prosody.score(&said).notes;
    for (at, (usual, stressed)) in usual.iter().zip(&stressed).enumerate() {
        if (1..=2).contains(&at) {
            assert!(stressed.nucleus.0 > usual.nucleus.0 * 1.1, "{at}");
            assert!(stressed.gain > usual.gain, "{at}");
            assert!(stressed.f0[2].0 > usual.f0[2].0, "{at}");
        } else {
            assert_eq!(stressed.nucleus, usual.nucleus, "{at}");
            assert_eq!(stressed.gain, usual.gain, "{at}");
        }
    }
}

/// The mean pitch of each note, in semitones.
fn levels(score: &Score) -> Vec<f32> {
    score.notes.iter().map(|note| mean(&semitones(note))).collect()
}

#[test]
fn groups_are_set_apart_by_what_they_are() {
    let voice = voice();
    let prosody = Prosody::new(&voice, Settings::of(&voice)).unwrap();
    let with = |change: &dyn Fn(&mut Phrase)| {
        let groups = [("m.a1 m.a1 m.a1", 300.0), ("m.a1 m.a1 m.a1", 300.0)];
        let mut said = phrase(&groups, Intonation::Statement);
        change(&mut said);
        prosody.score(&said)
    };
    let plain = with(&|_| {});
    let item = with(&|said| said.groups[0].role = GroupRole::Item);
    let end = |score: &Score| semitones(&score.notes[2])[7];
    assert!(end(&item) > end(&plain) + 0.4, "an item of a list rises: {item}{plain}");
    assert_eq!(item.notes[0], plain.notes[0]);
    let contrast = with(&|said| said.groups[1].role = GroupRole::Contrast);
    assert_eq!(contrast.notes[..3], plain.notes[..3]);
    assert!(levels(&contrast)[3] > levels(&plain)[3] + 0.5, "{contrast}{plain}");
    let quoted = with(&|said| said.groups[0].words[1].is_quoted = true);
    let higher: Vec<bool> =
        levels(&quoted).iter().zip(levels(&plain)).map(|(a, b)| *a > b + 0.5).collect();
    assert_eq!(higher, [false, true, false, false, false, false]);
}

#[test]
fn kinds_of_blocks_and_their_ends_are_set_apart() {
    let voice = voice();
    let prosody = Prosody::new(&voice, Settings::of(&voice)).unwrap();
    let said = phrase(&[("m.a1 m.a1 m.a1 m.a1 m.a1", 600.0)], Intonation::Statement);
    let plain = prosody.score(&said);
    for kind in ["title", "heading", "quote"] {
        let score =
            prosody.score_as(&said, &Delivery { parts: vec![kind.into()], ..Delivery::default() });
        assert!(levels(&score)[0] > levels(&plain)[0] + 0.5, "{kind}: {score}");
    }
    let last = prosody.score_as(&said, &Delivery { ends_block: true, ..Delivery::default() });
    assert!(levels(&last)[4] < levels(&plain)[4] - 0.7, "lower: {last}{plain}");
    assert!((levels(&last)[0] - levels(&plain)[0]).abs() < 0.3, "{last}{plain}");
    assert!(last.notes[4].nucleus.0 > 1.05 * plain.notes[4].nucleus.0, "slower: {last}{plain}");
    assert_eq!(last.notes[0].nucleus, plain.notes[0].nucleus);
}
