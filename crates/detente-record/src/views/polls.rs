//! Polls as series: one pollster, one population, one question, one answer.

use rusqlite::params;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::{EVIDENCE, Evidence, LedgerFilter, evidence, first_day, list};
use crate::{
    Record, RecordError,
    merge::polls::{Survey, Times},
};

/// Figures of one wording over time.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PollSeries {
    /// Who asked.
    pub pollster: Option<String>,
    /// Who was asked.
    pub population: Option<String>,
    /// What.
    pub question: Option<String>,
    /// Which answer.
    pub answer: Option<String>,
    /// `percent`, mostly.
    pub unit: Option<String>,
    /// Issues of all points.
    pub issue: Vec<String>,
    /// The figures, oldest first.
    pub points: Vec<PollPoint>,
}

/// A figure with all places that tell it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PollPoint {
    /// Fieldwork, else date of the fact, EDTF.
    pub date: Option<String>,
    /// The figure, if it is a number.
    pub value: Option<f64>,
    /// The figure as given, if it is none: `decrease`, `<1`.
    pub word: Option<String>,
    /// How many were asked.
    pub n: Option<i64>,
    /// Places that give this figure for this time.
    pub mentions: Vec<Evidence>,
    /// Places that give another figure for the same time.
    pub differing: Vec<Evidence>,
}

impl Record {
    /// Series of poll figures, in order of pollster, population, question and answer.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn polls(&self, filter: &LedgerFilter) -> Result<Vec<PollSeries>, RecordError> {
        let sql = format!(
            "SELECT f.pollster, f.population, f.question, f.answer, f.unit, f.issue, f.fieldwork,
                    f.value, f.n, {EVIDENCE}
             FROM fact f JOIN document d USING (document_id)
             WHERE f.kind = 'poll' AND f.superseded_run IS NULL AND d.state <> 'superseded'
               AND coalesce(f.date_from, d.date_from, '') <= ?1
               AND (?2 IS NULL OR EXISTS
                    (SELECT 1 FROM fact_issue i WHERE i.fact_id = f.fact_id AND i.issue = ?2))
             ORDER BY coalesce(f.date_from, d.date_from), d.name, f.start_char, f.id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![filter.until(), filter.issue])?;
        let mut series: Vec<(Survey, Times, PollSeries)> = Vec::new();
        let mut by_answer: FxHashMap<(String, String), Vec<usize>> = FxHashMap::default();
        let mut places: FxHashMap<Survey, usize> = FxHashMap::default();
        while let Some(row) = rows.next()? {
            let field = |at: usize| row.get::<_, Option<String>>(at);
            let fields = [field(0)?, field(1)?, field(2)?, field(3)?, field(4)?];
            let survey = Survey::new(fields.each_ref().map(Option::as_deref));
            let [pollster, population, question, answer, unit] = fields;
            if let Some(asked) = &filter.actor {
                let asked = asked.to_lowercase();
                let fits = [&pollster, &population].iter().any(|name| {
                    name.as_ref()
                        .is_some_and(|name| name.to_lowercase().contains(&asked))
                });
                if !fits {
                    continue;
                }
            }
            let place = match places.get(&survey) {
                Some(place) => *place,
                None => {
                    let key = (survey.pollster.clone(), survey.answer.clone());
                    let like = by_answer.entry(key).or_default();
                    let known = like.iter().find(|known| series[**known].0.is_like(&survey));
                    let place = known.copied().unwrap_or_else(|| {
                        like.push(series.len());
                        series.push((survey.clone(), Times::default(), PollSeries::default()));
                        series.len() - 1
                    });
                    places.insert(survey, place);
                    place
                }
            };
            let (_, times, one) = &mut series[place];
            one.pollster = one.pollster.take().or(pollster);
            one.population = one.population.take().or(population);
            one.question = one.question.take().or(question);
            one.answer = one.answer.take().or(answer);
            one.unit = one.unit.take().or(unit);
            for issue in list(&row.get::<_, String>(5)?) {
                if !one.issue.contains(&issue) {
                    one.issue.push(issue);
                }
            }
            let shown = evidence(row, 9)?;
            let date = field(6)?.or_else(|| shown.date.clone());
            if let Some(from) = filter.from
                && first_day(date.as_deref()).is_some_and(|day| day < from.to_string())
            {
                continue;
            }
            let (value, word) = match row.get_ref(7)? {
                rusqlite::types::ValueRef::Integer(n) => (Some(n as f64), None),
                rusqlite::types::ValueRef::Real(x) => (Some(x), None),
                rusqlite::types::ValueRef::Text(text) => {
                    (None, Some(String::from_utf8_lossy(text).into_owned()))
                }
                _ => (None, None),
            };
            let n: Option<i64> = row.get(8)?;
            let point = PollPoint {
                date,
                value,
                word,
                n,
                mentions: vec![shown],
                differing: Vec::new(),
            };
            let place = times.place(point.date.as_deref(), one.points.len());
            one.add(place, point);
        }
        let order = |(one, ..): &(Survey, Times, PollSeries)| {
            let one = one.clone();
            [
                one.pollster,
                one.population,
                one.question,
                one.answer,
                one.unit,
            ]
        };
        series.sort_by_cached_key(order);
        let mut found: Vec<PollSeries> = series.into_iter().map(|(.., one)| one).collect();
        found.retain(|one| !one.points.is_empty());
        found.truncate(filter.limit());
        Ok(found)
    }
}

impl PollSeries {
    /// The same figure of the same time, which has this place, is one point; another figure stands
    /// beside it.
    fn add(&mut self, place: usize, point: PollPoint) {
        match self.points.get_mut(place) {
            Some(known) if known.value == point.value && known.word == point.word => {
                known.n = known.n.or(point.n);
                known.mentions.extend(point.mentions);
            }
            Some(known) => known.differing.extend(point.mentions),
            None => self.points.push(point),
        }
    }
}
