//! Chance from one seed, without state: a draw is a function of its place, so that threads,
//! machines and order make no difference and a script of a few lines can draw the same.

/// Draws of one seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws(u64);

/// The finishing step of SplitMix64 (Steele, Lea and Flood 2014).
const fn mix(state: u64) -> u64 {
    let z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Draws {
    /// Draws of that seed.
    pub const fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    /// The draws below a number: a month, a replicate.
    #[must_use]
    pub const fn at(self, number: u64) -> Self {
        Self(mix(self.0.wrapping_add(number)))
    }

    /// A whole number below `end`, which must not be 0.
    pub const fn below(self, end: usize) -> usize {
        (self.0 % end as u64) as usize
    }

    /// A number from 0 up to, but not including, 1.
    pub const fn unit(self) -> f64 {
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_even_and_depend_on_their_place_only() {
        let draws = Draws::new(1);
        let mut counts = [0; 4];
        for i in 0..40_000 {
            counts[draws.at(i).below(4)] += 1;
        }
        assert!(
            counts.iter().all(|n| (9_700..10_300).contains(n)),
            "{counts:?}"
        );
        assert_eq!(draws.at(7).at(3), Draws::new(1).at(7).at(3));
        assert_ne!(draws.at(7).at(3), draws.at(3).at(7));
    }
}
