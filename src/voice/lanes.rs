//! Numbers eight at once. The lanes are written out, so that what computes sound does not depend on how well a
//! compiler is asked to optimize: the program is built to be small.

use wide::f32x8;

/// How many numbers are computed together.
pub(super) const LANES: usize = 8;

/// A number in every lane. Where a program is built to be small this is a loop, if the number is not known
/// when it is built: not to be done inside another.
pub(super) const fn all(x: f32) -> f32x8 {
    f32x8::splat(x)
}

/// Numbers, at most eight; the lanes beyond them are 0.
#[inline]
pub(super) fn lanes(numbers: &[f32]) -> f32x8 {
    match numbers.try_into() {
        Ok(numbers) => f32x8::new(numbers),
        Err(_) => {
            let mut padded = [0.0; LANES];
            padded[..numbers.len()].copy_from_slice(numbers);
            f32x8::new(padded)
        }
    }
}

/// Puts lanes in the place of numbers, at most eight.
#[inline]
pub(super) fn put(numbers: &mut [f32], lanes: f32x8) {
    numbers.copy_from_slice(&lanes.to_array()[..numbers.len()]);
}

/// Changes each of some numbers.
#[inline]
pub(super) fn change(numbers: &mut [f32], by: impl Fn(f32x8) -> f32x8) {
    for numbers in numbers.chunks_mut(LANES) {
        put(numbers, by(lanes(numbers)));
    }
}

/// Adds to each of some sums the product of two factors.
#[inline]
pub(super) fn add_products(sums: &mut [f32], first: &[f32], second: &[f32]) {
    let factors = first.chunks(LANES).zip(second.chunks(LANES));
    for (sums, (first, second)) in sums.chunks_mut(LANES).zip(factors) {
        put(sums, lanes(sums) + lanes(first) * lanes(second));
    }
}

/// Adds to each of some sums another number.
#[inline]
pub(super) fn add(sums: &mut [f32], others: &[f32]) {
    for (sums, others) in sums.chunks_mut(LANES).zip(others.chunks(LANES)) {
        put(sums, lanes(sums) + lanes(others));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_multiple_of_eight_is_changed_whole() {
        let mut numbers: Vec<f32> = (0..11).map(|i| i as f32).collect();
        change(&mut numbers, |x| x + all(1.0));
        let ones = [1.0; 11];
        add_products(&mut numbers, &ones, &ones);
        add(&mut numbers, &ones);
        assert!(numbers.iter().enumerate().all(|(i, &number)| number == i as f32 + 3.0));
    }
}
