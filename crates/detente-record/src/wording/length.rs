//! Lengths of time in words: "for more than a decade".

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Length {
    /// In days.
    pub(crate) days: f64,
    /// The words say "more than".
    pub(crate) more: bool,
}

impl Length {
    /// First day of the time of this length up to `now`, with some slack unless the words say more;
    /// and the day that the words count back to.
    pub(crate) fn before(self, now: i32) -> (i32, i32) {
        let slack = if self.more {
            0.0
        } else {
            (self.days * 0.08).max(45.0)
        };
        (now - (self.days - slack) as i32, now - self.days as i32)
    }
}

/// Numbers in words, from one.
const NUMBERS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// The first length of years, months or decades that stands behind "in" or "for".
pub(crate) fn length(text: &str) -> Option<Length> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.iter().enumerate().find_map(|(at, unit)| {
        let days = match unit.trim_end_matches('s') {
            "year" => 365.25,
            "month" => 30.44,
            "decade" => 3652.5,
            _ => return None,
        };
        let count = &words[at.checked_sub(1)?];
        let number = NUMBERS.iter().position(|word| word == count);
        let number = match number {
            Some(place) => place as f64 + 1.0,
            None if matches!(count.as_str(), "a" | "an") => 1.0,
            None => count.parse().ok()?,
        };
        let before: Vec<&str> = words[at.saturating_sub(4)..at - 1]
            .iter()
            .map(String::as_str)
            .collect();
        let more = before.ends_with(&["more", "than"])
            || matches!(before.last(), Some(&("over" | "least")));
        let stands = before.iter().any(|word| matches!(*word, "in" | "for"));
        stands.then_some(Length {
            days: number * days,
            more,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lengths() {
        let read = |text| length(text).map(|length| (length.days.round(), length.more));
        assert_eq!(read("not held in more than a decade"), Some((3653.0, true)));
        assert_eq!(read("have not met for five years"), Some((1826.0, false)));
        assert_eq!(read("the five years before"), None);
    }
}
