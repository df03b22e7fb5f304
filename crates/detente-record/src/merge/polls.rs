//! Are two poll figures of one survey? Papers name the same survey in different words: they leave out
//! who asked, shorten the question, give the month for the days of fieldwork.

use std::collections::BTreeMap;

use detente_text::date::Edtf;
use rustc_hash::FxHashMap;

use super::{even, report::days};

/// Longest fieldwork, in days, that tells one survey from the next of the same house.
const FIELDWORK: i32 = 62;

/// Share of the words of the shorter question that the other has, if both ask the same.
const ALIKE: f64 = 0.6;

/// What tells a survey from others, in evened-out words; empty where it is not told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Survey {
    pub(crate) pollster: String,
    pub(crate) population: String,
    pub(crate) question: String,
    pub(crate) answer: String,
    pub(crate) unit: String,
}

impl Survey {
    /// From the fields of a fact, in the order of this structure.
    pub(crate) fn new(fields: [Option<&str>; 5]) -> Self {
        let [pollster, population, question, answer, unit] =
            fields.map(|field| even(field.unwrap_or("")));
        Self {
            pollster,
            population,
            question,
            answer,
            unit,
        }
    }

    /// The same population giving the same answer to the same question of the same house.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        // What is left out does not differ; but somebody must have asked something.
        let open = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
        let told = !self.pollster.is_empty() || !self.question.is_empty();
        self.answer == other.answer
            && self.unit == other.unit
            && self.pollster == other.pollster
            && open(&self.population, &other.population)
            && told
            && are_alike(&self.question, &other.question)
    }
}

fn are_alike(a: &str, b: &str) -> bool {
    if a.is_empty() || b.is_empty() || a == b {
        return true;
    }
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| word.len() > 2)
            .map(str::to_owned)
            .collect()
    };
    let (ours, theirs) = (words(a), words(b));
    let common = ours.iter().filter(|word| theirs.contains(word)).count();
    common as f64 >= ALIKE * ours.len().min(theirs.len()).max(1) as f64
}

/// First and last day of fieldwork, if it is not so long that it holds several surveys.
fn span(date: &str) -> Option<(i32, i32)> {
    let (from, to) = days(date.parse::<Edtf>().ok()?);
    Some((from?, to?)).filter(|(from, to)| to - from <= FIELDWORK)
}

/// The times of fieldwork overlap, and neither is so long that it holds several surveys.
pub(crate) fn same_time(a: Option<&str>, b: Option<&str>) -> bool {
    if a == b {
        return true;
    }
    match (a.and_then(span), b.and_then(span)) {
        (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
        _ => false,
    }
}

/// Times of fieldwork, none of which is the [`same_time`] as another, each with its place in a list.
#[derive(Debug, Default)]
pub(crate) struct Times {
    /// By the first day; as they do not overlap, in order of their last days as well.
    spans: BTreeMap<i32, (i32, usize)>,
    /// Those without a span, by their text.
    others: FxHashMap<Option<String>, usize>,
}

impl Times {
    /// The place of the first one that is the same time, or else `place`, which is then its own.
    pub(crate) fn place(&mut self, date: Option<&str>, place: usize) -> usize {
        let Some((from, to)) = date.and_then(span) else {
            return *self.others.entry(date.map(str::to_owned)).or_insert(place);
        };
        let overlapping = self.spans.range(..=to).rev();
        let known = overlapping
            .take_while(|(_, (last, _))| *last >= from)
            .map(|(_, (_, place))| *place)
            .min();
        known.unwrap_or_else(|| {
            self.spans.insert(from, (to, place));
            place
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_survey_told_in_two_ways() {
        let one = Survey::new([
            Some("Hanbit Daily"),
            Some("KOR adults"),
            Some("Do you trust Japan?"),
            Some("trust"),
            Some("percent"),
        ]);
        let other = Survey::new([
            Some("hanbit daily"),
            None,
            Some("whether they trust Japan"),
            Some("trust"),
            Some("percent"),
        ]);
        assert!(one.is_like(&other));
        let another = Survey::new([
            Some("Hanbit Daily"),
            None,
            Some("Should visas be waived?"),
            Some("trust"),
            Some("percent"),
        ]);
        assert!(!one.is_like(&another));
        assert!(same_time(Some("2023-05"), Some("2023-05-12/2023-05-14")));
        assert!(!same_time(Some("2023"), Some("2023-05-12/2023-05-14")));
        assert!(!same_time(Some("2023-05"), None));
    }

    #[test]
    fn times_are_found_as_by_comparing_all() {
        let dates = [
            Some("2023-05-12"),
            None,
            Some("2023"),
            Some("2023-05"),
            Some("2023-04-28/2023-05-02"),
            Some("2023-06-01"),
            Some("soon"),
            Some("2023-04-20/2023-06-10"),
            Some("2023-04"),
            Some("2023-05-12"),
            Some("2024-05-12"),
            Some("2023"),
            Some("soon"),
            None,
            Some("2023-06"),
            Some("2023-07-01"),
        ];
        for shift in 0..dates.len() {
            let mut times = Times::default();
            let mut list: Vec<Option<&str>> = Vec::new();
            for at in 0..dates.len() {
                let date = dates[(at + shift) % dates.len()];
                let known = list.iter().position(|known| same_time(*known, date));
                let place = times.place(date, list.len());
                assert_eq!(place, known.unwrap_or(list.len()), "{date:?} in {list:?}");
                if known.is_none() {
                    list.push(date);
                }
            }
        }
    }
}
