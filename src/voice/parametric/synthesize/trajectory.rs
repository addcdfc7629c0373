//! Smooth trajectories from the means and variances of a parameter and of its change.
//!
//! The most probable sequence given both: Tokuda, K., Yoshimura, T., Masuko, T., Kobayashi, T.,
//! Kitamura, T. (2000), "Speech parameter generation algorithms for HMM-based speech synthesis",
//! ICASSP. The change at frame `t` is `(c[t+1] - c[t-1]) / 2`.

/// Solves for one parameter. `mean` and `change` have a value a frame; `precision` and
/// `change_precision` are the reciprocals of their variances. Frames before the first and after
/// the last count as equal to those. The result takes the place of `mean`.
pub(super) fn smooth(mean: &mut [f64], change: &[f64], precision: f64, change_precision: f64) {
    let n = mean.len();
    if n < 3 || change.len() != n {
        return;
    }
    // W'PW is symmetric with entries on the diagonal, beside it (at the ends only) and two off.
    let quarter = change_precision / 4.0;
    let mut diagonal = vec![precision; n];
    let mut beside = vec![0.0; n];
    let mut second = vec![0.0; n];
    for value in mean.iter_mut() {
        *value *= precision;
    }
    for (t, change) in change.iter().enumerate() {
        let (before, after) = (t.saturating_sub(1), (t + 1).min(n - 1));
        diagonal[before] += quarter;
        diagonal[after] += quarter;
        match after - before {
            1 => beside[before] -= quarter,
            _ => second[before] -= quarter,
        }
        let pull = change_precision * change / 2.0;
        mean[after] += pull;
        mean[before] -= pull;
    }
    solve(&mut diagonal, &mut beside, &mut second, mean);
}

/// Solves a symmetric positive definite system with two bands above its diagonal, by L D L'.
fn solve(diagonal: &mut [f64], beside: &mut [f64], second: &mut [f64], right: &mut [f64]) {
    let n = diagonal.len();
    for t in 0..n {
        let (d, b, s) = (diagonal[t], beside[t], second[t]);
        if t + 1 < n {
            let l = b / d;
            diagonal[t + 1] -= l * b;
            if t + 2 < n {
                beside[t + 1] -= l * s;
            }
            right[t + 1] -= l * right[t];
            beside[t] = l;
        }
        if t + 2 < n {
            let l = s / d;
            diagonal[t + 2] -= l * s;
            right[t + 2] -= l * right[t];
            second[t] = l;
        }
    }
    for t in (0..n).rev() {
        let mut value = right[t] / diagonal[t];
        if t + 1 < n {
            value -= beside[t] * right[t + 1];
        }
        if t + 2 < n {
            value -= second[t] * right[t + 2];
        }
        right[t] = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_weight_on_change_the_means_stand() {
        let mut mean = [1.0, 5.0, 2.0, 7.0, 3.0];
        smooth(&mut mean, &[0.0; 5], 2.0, 0.0);
        for (have, want) in mean.iter().zip([1.0, 5.0, 2.0, 7.0, 3.0]) {
            assert!((have - want).abs() < 1e-12, "{mean:?}");
        }
    }

    #[test]
    fn the_solution_is_the_least_weighted_error() {
        let (means, changes) = ([0.0, 1.0, 0.0, 4.0, 4.0, 1.0], [0.5, 0.1, 0.9, 1.0, -1.0, -2.0]);
        let (p, q) = (1.5, 20.0);
        let error = |c: &[f64]| -> f64 {
            (0..6)
                .map(|t: usize| {
                    let slope = (c[(t + 1).min(5)] - c[t.saturating_sub(1)]) / 2.0;
                    p * (c[t] - means[t]).powi(2) + q * (slope - changes[t]).powi(2)
                })
                .sum()
        };
        let mut best = means;
        smooth(&mut best, &changes, p, q);
        let least = error(&best);
        for t in 0..6 {
            for step in [-1e-3, 1e-3] {
                let mut other = best;
                other[t] += step;
                assert!(error(&other) > least, "frame {t} moved by {step}");
            }
        }
    }
}
