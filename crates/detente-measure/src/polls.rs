//! Polls as series in months: what [`detente_record::Record::polls`] keeps, as numbers to be drawn.

use detente_record::PollSeries as Kept;
use detente_text::date::Edtf;
use serde::Serialize;

use crate::{Month, index::round};

/// Figures of one wording over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PollSeries {
    /// Who asked.
    pub pollster: Option<String>,
    /// Who was asked.
    pub population: Option<String>,
    /// What was asked, if the text gives it.
    pub question: Option<String>,
    /// The answer that the figures count.
    pub answer: Option<String>,
    /// Unit of the values, such as `percent`.
    pub unit: Option<String>,
    /// In order of time.
    pub points: Vec<PollPoint>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PollPoint {
    /// First month of the fieldwork, else of the poll's date, else of the document's.
    pub month: Month,
    /// That date as EDTF.
    pub date: String,
    /// The figure.
    pub value: f64,
    /// How many were asked.
    pub n: Option<u32>,
    /// Half width of a 90 % interval in points of per cent, from `n` alone (a simple random sample).
    pub margin: Option<f64>,
    /// Ids of the facts that give this very figure.
    pub facts: Vec<String>,
}

/// The dated figures of the record's series, those with most points first. A figure that is no
/// number ("fell") has no point; of two figures for one time the one told first is the point, the
/// other stands in the record's series as differing.
pub fn polls(kept: &[Kept]) -> Vec<PollSeries> {
    let mut series: Vec<PollSeries> = kept
        .iter()
        .map(numbers)
        .filter(|s| !s.points.is_empty())
        .collect();
    series.sort_by_key(|s| std::cmp::Reverse(s.points.len()));
    series
}

fn numbers(kept: &Kept) -> PollSeries {
    let unit = kept.unit.as_deref();
    let mut points: Vec<PollPoint> = kept
        .points
        .iter()
        .filter_map(|point| {
            let value = point.value?;
            let date = point
                .date
                .as_ref()
                .or_else(|| point.mentions.first()?.document_date.as_ref())?;
            let first = date.parse::<Edtf>().ok()?.earliest()?;
            let n = point.n.and_then(|n| u32::try_from(n).ok());
            Some(PollPoint {
                month: Month::of(first),
                date: date.clone(),
                value,
                n,
                margin: n.and_then(|n| margin(value, n, unit)),
                facts: point.mentions.iter().map(|m| m.fact.clone()).collect(),
            })
        })
        .collect();
    points.sort_by(|a, b| a.date.cmp(&b.date).then(a.value.total_cmp(&b.value)));
    PollSeries {
        pollster: kept.pollster.clone(),
        population: kept.population.clone(),
        question: kept.question.clone(),
        answer: kept.answer.clone(),
        unit: kept.unit.clone(),
        points,
    }
}

/// Series that are drawn over an index; more make a chart that nobody reads.
const DRAWN: usize = 3;

/// Figures of a series that are drawn, about.
const MARKS: i32 = 60;

/// The series to be drawn over an index from one month to another: those in per cent with most
/// figures in that time, at least two, and of each month (or, where there are many, of several
/// months) the first figure.
pub fn drawn_polls(all: &[PollSeries], from: Month, to: Month) -> Vec<PollSeries> {
    let within = |month: Month| from <= month && month <= to;
    let mut series: Vec<(usize, &PollSeries)> = all
        .iter()
        .filter(|series| series.unit.as_deref() == Some("percent"))
        .map(|series| {
            let figures = series.points.iter().filter(|p| within(p.month));
            (figures.count(), series)
        })
        .filter(|(figures, _)| *figures > 1)
        .collect();
    series.sort_by_key(|(figures, _)| std::cmp::Reverse(*figures));
    series.truncate(DRAWN);
    let months = to.number() - from.number() + 1;
    let step = (months / MARKS).max(1);
    let thinned = |series: &PollSeries| {
        let mut last = None;
        let mut points = series.points.clone();
        points.retain(|point| {
            let place = Some((point.month.number() - from.number()).div_euclid(step));
            within(point.month) && std::mem::replace(&mut last, place) != place
        });
        PollSeries {
            points,
            ..series.clone()
        }
    };
    series.into_iter().map(|(_, one)| thinned(one)).collect()
}

fn margin(value: f64, n: u32, unit: Option<&str>) -> Option<f64> {
    let share = value / 100.0;
    (unit == Some("percent") && n > 0 && (0.0..=1.0).contains(&share))
        .then(|| round(164.485 * (share * (1.0 - share) / f64::from(n)).sqrt()))
}

#[cfg(test)]
mod tests {
    use detente_record::{Evidence, PollPoint as Told};

    use super::*;

    fn told(date: Option<&str>, value: Option<f64>, n: Option<i64>) -> Told {
        Told {
            date: date.map(ToOwned::to_owned),
            value,
            word: value.is_none().then(|| "decrease".to_owned()),
            n,
            mentions: vec![Evidence {
                fact: format!("f{date:?}"),
                document: "a".to_owned(),
                outlet: None,
                document_date: Some("2024-07-02".to_owned()),
                date: None,
                quote: "41%".to_owned(),
                language: "en".to_owned(),
            }],
            differing: Vec::new(),
        }
    }

    #[test]
    fn only_dated_numbers_make_points_in_order_of_time() {
        let kept = Kept {
            pollster: Some("Hanbit Daily".to_owned()),
            population: None,
            question: None,
            answer: Some("favourable".to_owned()),
            unit: Some("percent".to_owned()),
            issue: Vec::new(),
            points: vec![
                told(Some("2024-05"), Some(41.0), Some(1000)),
                told(Some("2023-05"), None, None),
                told(None, Some(44.0), None),
                told(Some("2022"), Some(30.0), None),
            ],
        };
        let series = polls(&[kept]);
        let points: Vec<(&str, f64)> = series[0]
            .points
            .iter()
            .map(|p| (p.date.as_str(), p.value))
            .collect();
        assert_eq!(
            points,
            [("2022", 30.0), ("2024-05", 41.0), ("2024-07-02", 44.0)]
        );
        let month = |text: &str| text.parse().unwrap();
        let drawn = drawn_polls(&series, month("2022-01"), month("2024-06"));
        assert_eq!(drawn[0].points.len(), 2);
        assert!(drawn_polls(&series, month("2022-01"), month("2022-12")).is_empty());
        // 1.645 · √(0.41 · 0.59 / 1000) of a hundred points.
        assert!((series[0].points[1].margin.unwrap_or_default() - 2.56).abs() < 0.01);
        assert_eq!(series[0].points[0].margin, None);
    }
}
