//! Which manners hold at each word, as one delivery.

use std::borrow::Cow;

use crate::model::block::BlockKind;
use crate::model::manner::{Cue, Delivery, Manner, MannerKind};
use crate::model::roles;

/// The deliveries of a text, found in one pass over its words. They are known by their numbers: words
/// with the same number are delivered alike.
pub(super) struct Deliveries<'a> {
    /// The manners that have not begun, by their beginnings.
    later: &'a [Manner],
    /// Those that hold, the innermost last.
    open: Vec<&'a Manner>,
    /// The kind of the block, and whether the place is in a quotation.
    place: Option<(BlockKind, bool)>,
    known: Vec<Delivery>,
}

impl<'a> Deliveries<'a> {
    /// The deliveries under these manners, which are in the order in which they begin.
    pub(super) fn new(manners: &'a [Manner]) -> Deliveries<'a> {
        Deliveries { later: manners, open: Vec::new(), place: None, known: Vec::new() }
    }

    /// The number of the delivery at a place in a block of this kind, and whether it is in a quotation that
    /// is a part of its own; places ascend.
    pub(super) fn at(&mut self, place: usize, kind: BlockKind, is_quote: bool) -> usize {
        let before = self.open.len();
        self.open.retain(|manner| manner.span.end > place);
        let mut is_other = self.open.len() < before
            || self.place.replace((kind, is_quote)) != Some((kind, is_quote));
        while let Some((next, rest)) =
            self.later.split_first().filter(|(m, _)| m.span.start <= place)
        {
            self.later = rest;
            if next.span.end > place {
                self.open.push(next);
                is_other = true;
            }
        }
        if is_other {
            let delivery = self.delivery(kind, is_quote);
            if self.known.last() != Some(&delivery) {
                self.known.push(delivery);
            }
        }
        self.known.len() - 1
    }

    fn delivery(&self, kind: BlockKind, is_quote: bool) -> Delivery {
        let mut delivery = Delivery::default();
        let mut item = None;
        for manner in &self.open {
            match &manner.kind {
                MannerKind::Part(name) | MannerKind::Language(name) => {
                    delivery.parts.insert(0, Cow::Owned(name.clone()));
                }
                MannerKind::Item(number) => item = Some(roles::item(*number)),
                MannerKind::Rate(percent) => delivery.rate = f32::from(*percent) / 100.0,
                MannerKind::Pitch(cents) => delivery.pitch = f32::from(*cents) / 100.0,
                MannerKind::Volume(tenths) => delivery.gain = f32::from(*tenths) / 10.0,
                MannerKind::Cue(cue) => delivery.cue = Some(*cue),
                MannerKind::Emphasis => {}
            }
        }
        if is_quote && kind != BlockKind::Quote {
            delivery.parts.push(Cow::Borrowed(roles::QUOTE));
        }
        // A paragraph is what the narrator speaks anyway.
        if kind != BlockKind::Paragraph {
            delivery.parts.push(Cow::Borrowed(kind.name()));
        }
        delivery.parts.extend(item.map(Cow::Owned));
        delivery
    }

    /// Whether the word that [`Deliveries::at`] was asked for last is stressed.
    pub(super) fn is_emphasized(&self) -> bool {
        self.open.iter().any(|manner| manner.kind == MannerKind::Emphasis)
    }

    /// The delivery of a number.
    pub(super) fn get(&self, number: usize) -> &Delivery {
        &self.known[number]
    }

    /// The cue of a delivery.
    pub(super) fn cue(&self, number: usize) -> Option<Cue> {
        self.known[number].cue
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diag::Span;

    #[test]
    fn the_inner_manner_counts_and_ends() {
        let manners = [
            Manner::part(Span::new(2, 20), "answer"),
            Manner { span: Span::new(2, 9), kind: MannerKind::Rate(80) },
            Manner::language(Span::new(5, 8), "en").unwrap(),
            Manner::part(Span::new(9, 9), "nothing"),
        ];
        let mut deliveries = Deliveries::new(&manners);
        let mut seen = Vec::new();
        for (place, kind) in [
            (0, BlockKind::Paragraph),
            (2, BlockKind::Paragraph),
            (6, BlockKind::Paragraph),
            (8, BlockKind::Paragraph),
            (9, BlockKind::Paragraph),
            (10, BlockKind::Paragraph),
            (12, BlockKind::Quote),
            (20, BlockKind::Quote),
        ] {
            let number = deliveries.at(place, kind, place == 10);
            let Delivery { parts, rate, .. } = deliveries.get(number);
            seen.push((parts.join(" "), *rate));
        }
        let expected = [
            ("", 1.0),
            ("answer", 0.8),
            ("en answer", 0.8),
            ("answer", 0.8),
            ("answer", 1.0),
            ("answer quote", 1.0),
            ("answer quote", 1.0),
            ("quote", 1.0),
        ];
        assert_eq!(seen, expected.map(|(parts, rate)| (parts.to_owned(), rate)));
    }
}
