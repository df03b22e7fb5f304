//! Numbers in figures and in words.

use detente_text::date::DateForm;

use super::words::{WordKind, Words};

impl Words<'_> {
    /// A figure: digits, or a number in words up to the thousands ("twenty-one", "a hundred",
    /// "a dozen", "half a million"). The value and the index after it.
    pub(crate) fn number(&self, index: usize) -> Option<(f64, usize)> {
        if let Some(date) = self.date(index)
            && date.form == DateForm::Year
            && date.span.len() == 4
        {
            // A figure that was taken for a year.
            let value = self.raw(index).parse().ok()?;
            return Some(self.scaled(value, index + 1));
        }
        if let WordKind::Number(value) = self.list.get(index)?.kind {
            return Some(self.scaled(value, index + 1));
        }
        if self.all(index, &["half", "a"]) && scale(self.low(index + 2)).is_some() {
            return Some(self.scaled(0.5, index + 2));
        }
        if self.any(index, &["a", "an"]) {
            if self.is(index + 1, "couple") {
                let next = index + 2 + usize::from(self.is(index + 2, "of"));
                return Some((2.0, next));
            }
            if self.is(index + 1, "dozen") {
                return Some((12.0, index + 2));
            }
            return scale(self.low(index + 1)).map(|_| self.scaled(1.0, index + 1));
        }
        let first = small_number(self.low(index))?;
        let mut next = index + 1;
        let mut value = first;
        if (20..100).contains(&first) {
            let unit_at = next + usize::from(self.hyphen(next));
            if let Some(unit) = small_number(self.low(unit_at)).filter(|u| (1..10).contains(u)) {
                value += unit;
                next = unit_at + 1;
            }
        }
        Some(self.scaled(f64::from(value), next))
    }

    /// "3.2 billion", "two hundred and fifty thousand".
    fn scaled(&self, mut value: f64, mut next: usize) -> (f64, usize) {
        while let Some(factor) = scale(self.low(next)) {
            value *= factor;
            next += 1;
            let more = next + usize::from(self.is(next, "and"));
            if factor <= 1000.0
                && let Some(rest) = small_number(self.low(more)).filter(|n| f64::from(*n) < factor)
            {
                value += f64::from(rest);
                next = more + 1;
                if self.hyphen(next)
                    && let Some(unit) =
                        small_number(self.low(next + 1)).filter(|u| (1..10).contains(u))
                {
                    value += f64::from(unit);
                    next += 2;
                }
            }
        }
        (value, next)
    }

    /// A whole number above zero that counts something.
    pub(crate) fn count(&self, index: usize) -> Option<(u32, usize)> {
        let (value, next) = self.number(index)?;
        (value.fract() == 0.0 && (1.0..1e9).contains(&value)).then_some((value as u32, next))
    }

    /// `50th`, `fiftieth`, `twenty-first`.
    pub(crate) fn ordinal(&self, index: usize) -> Option<(u32, usize)> {
        if let WordKind::Ordinal(n) = self.list.get(index)?.kind {
            return Some((n, index + 1));
        }
        let low = self.low(index);
        if let Some(tens) = small_number(low).filter(|n| *n >= 20)
            && self.hyphen(index + 1)
            && let Some(unit) = small_ordinal(self.low(index + 2)).filter(|n| *n < 10)
        {
            return Some((tens + unit, index + 3));
        }
        small_ordinal(low).map(|n| (n, index + 1))
    }
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => return None,
    })
}

fn small_number(word: &str) -> Option<u32> {
    let at = |list: &[&str]| list.iter().position(|w| *w == word).map(|p| p as u32);
    at(&SMALL).or_else(|| at(&TENS).map(|p| p * 10 + 20))
}

fn small_ordinal(word: &str) -> Option<u32> {
    if let Some(p) = ORDINALS.iter().position(|w| *w == word) {
        return Some(p as u32);
    }
    if word == "hundredth" {
        return Some(100);
    }
    let tens = word.strip_suffix("ieth")?;
    TENS.iter()
        .position(|t| t.strip_suffix('y') == Some(tens))
        .map(|p| p as u32 * 10 + 20)
}

#[cfg(test)]
mod tests {
    use detente_text::date::DayMonthOrder;

    use super::*;

    #[test]
    fn reads_numbers_in_figures_and_words() {
        let numbers = [
            ("1,234.5", 1234.5),
            ("twenty-one", 21.0),
            ("a hundred", 100.0),
            ("two hundred and fifty thousand", 250_000.0),
            ("3.2 billion", 3.2e9),
            ("half a million", 5e5),
            ("a couple of", 2.0),
            ("2015", 2015.0),
        ];
        for (text, value) in numbers {
            let words = Words::new(text, DayMonthOrder::Unknown);
            assert_eq!(words.number(0), Some((value, words.len())), "{text}");
        }
    }

    #[test]
    fn reads_ordinals() {
        for (text, n) in [
            ("50th", 50),
            ("fiftieth", 50),
            ("twenty-first", 21),
            ("third", 3),
        ] {
            assert_eq!(
                Words::plain(text).ordinal(0).map(|o| o.0),
                Some(n),
                "{text}"
            );
        }
    }
}
