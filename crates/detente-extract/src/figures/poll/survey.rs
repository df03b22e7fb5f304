//! What a sentence says about the survey itself: who asked whom, when, how, what.

use super::super::{Field, Line, Period, amount::AmountKind, period, table::Table};
use super::{people, pollster};
use crate::times::TimeKind;
use detente_text::{
    Basis,
    date::{Edtf, MONTHS, Point},
};

/// A survey as far as it is told.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    pub(super) pollster: Option<Field>,
    pub(super) fieldwork: Option<Period>,
    pub(super) published: Option<Period>,
    pub(super) n: Option<u32>,
    /// Samples by population, where several were drawn.
    pub(super) samples: Vec<(String, u32)>,
    pub(super) mode: Option<&'static str>,
    /// Who was asked.
    pub(super) population: Option<Field>,
    pub(super) question: Option<Field>,
}

impl Survey {
    /// What `other` tells and this does not.
    pub(super) fn or(self, other: &Self) -> Self {
        Self {
            pollster: self.pollster.or_else(|| other.pollster.clone()),
            fieldwork: self.fieldwork.or(other.fieldwork),
            published: self.published.or(other.published),
            n: self.n.or(other.n),
            samples: if self.samples.is_empty() {
                other.samples.clone()
            } else {
                self.samples
            },
            mode: self.mode.or(other.mode),
            population: self.population.or_else(|| other.population.clone()),
            question: self.question,
        }
    }

    /// Names a pollster: not the survey told of before.
    pub(super) fn is_new(&self) -> bool {
        self.pollster.is_some()
    }

    pub(super) fn has_pollster(&self) -> bool {
        self.pollster.is_some()
    }
}

/// The survey that a sentence tells of; `None` if it tells of none.
pub(super) fn of(line: &Line, table: &Table) -> Option<Survey> {
    let words = &line.words;
    let Some(cue) = (0..words.len()).find(|&i| is_cue(line, table, i)) else {
        // "..., according to Gallup Korea" beside a share or a rating names the pollster.
        let rated =
            (0..words.len()).any(|i| table.ratings.at(words, i).is_some_and(|(r, _)| r.sure));
        let shares = line
            .amounts
            .iter()
            .any(super::super::amount::Amount::is_share);
        let pollster = (rated || shares).then(|| pollster::teller(line, table))??;
        return Some(Survey {
            pollster: Some(pollster),
            ..Survey::default()
        });
    };
    let (n, population) = people::sample(line, table);
    let (fieldwork, published) = dates(line, table, cue);
    Some(Survey {
        pollster: pollster::named(line, table).or_else(|| pollster::teller(line, table)),
        fieldwork,
        published,
        n,
        samples: people::samples(line, table),
        mode: mode(line, table),
        population,
        question: question(line),
    })
}

/// "poll", "survey"; "polled", "surveyed"; "respondents".
pub(super) fn is_cue(line: &Line, table: &Table, i: usize) -> bool {
    let words = &line.words;
    table.poll_nouns.at(words, i).is_some()
        || words.any(i, &["respondents", "pollees", "interviewees"])
        || table.poll_verbs.contains(words.low(i))
            && (line.amount_at(i + 1).is_some()
                || i > 0
                    && words.any(
                        i - 1,
                        &["were", "was", "those", "people", "adults", "voters"],
                    )
                || (i.saturating_sub(3)..i).any(|k| {
                    // "Of 1,012 Danes polled", "44 percent of Swedes surveyed"
                    line.amount_at(k)
                        .is_some_and(|a| a.is_share() || a.kind == AmountKind::Count)
                }))
}

/// When people were asked, and when the result was made known: times near the survey's name.
fn dates(line: &Line, table: &Table, cue: usize) -> (Option<Period>, Option<Period>) {
    let words = &line.words;
    let mut best: Option<(usize, Period)> = None;
    let mut published = None;
    let mut cue = cue;
    for i in 0..words.len() {
        if is_cue(line, table, i) {
            cue = i;
        }
        let Some(time) = line.time_at(i) else {
            continue;
        };
        if !matches!(time.kind, TimeKind::Point | TimeKind::Range) {
            continue;
        }
        // "The lowest score since the series started in 2009", "up from 30% in 2023".
        let history = (i.saturating_sub(4)..i).any(|k| {
            words.any(
                k,
                &[
                    "began", "begun", "started", "launched", "since", "than", "compared",
                    "previous",
                ],
            ) || words.is(k, "from") && k > 0 && words.any(k - 1, &["up", "down"])
        }) || line.amounts.iter().any(|a| {
            // What stands right behind an earlier share dates that share.
            a.is_share()
                && (a.next..a.next + 5).contains(&i)
                && a.first > 0
                && words.any(a.first - 1, &["from", "than", "against", "with", "to"])
        });
        if history {
            continue;
        }
        let told = (i.saturating_sub(3)..i).any(|k| {
            words.any(
                k,
                &["released", "published", "announced", "said", "unveiled"],
            )
        });
        if told {
            published = published.or(Some(period(time)));
            continue;
        }
        let distance = i.abs_diff(cue);
        let conducted = (i.saturating_sub(6)..i).any(|k| {
            words.any(
                k,
                &[
                    "conducted",
                    "taken",
                    "carried",
                    "held",
                    "done",
                    "polled",
                    "surveyed",
                    "interviewed",
                    "undertaken",
                ],
            )
        });
        // A time far from the survey, or in another clause, is that of something else.
        let low = i.min(cue);
        let parted = !conducted
            && (low..i.max(cue))
                .any(|k| words.any(k, &["showed", "shows", "found", "that", "said", "finds"]));
        if distance > 14 && !conducted || parted {
            continue;
        }
        let rank = if conducted { 0 } else { 1 + distance };
        if best.as_ref().is_none_or(|(r, _)| rank < *r) {
            best = Some((rank, period(time)));
        }
    }
    let best = best.map(|(_, p)| p).or_else(|| month_of(line, table));
    (best, published)
}

/// `a May survey`: the last May before the document's date.
fn month_of(line: &Line, table: &Table) -> Option<Period> {
    let words = &line.words;
    let document = line.document?.latest()?;
    let cue = (1..words.len()).find(|&i| {
        words.capital(i - 1)
            && MONTHS.contains(&words.low(i - 1))
            && (i..i + 4).any(|k| table.poll_nouns.at(words, k).is_some())
            && line.time_at(i - 1).is_none()
    })?;
    let month = MONTHS.iter().position(|m| words.is(cue - 1, m))? as i8 + 1;
    let year = document.year() - i16::from(month > document.month());
    let point = Point {
        month: Some(month),
        ..Point::year(year)
    };
    Some(Period {
        edtf: Some(Edtf::Point(point)),
        basis: Basis::Relative,
        span: line.span(cue - 1, cue),
    })
}

fn mode(line: &Line, table: &Table) -> Option<&'static str> {
    let mut found: Option<&'static str> = None;
    for i in 0..line.words.len() {
        if let Some((mode, _)) = table.modes.at(&line.words, i) {
            found = match found {
                Some(other) if other != mode => Some("mixed"),
                _ => Some(mode),
            };
        }
    }
    found
}

/// The survey's question: in quotation marks, or after "asked".
pub(super) fn question(line: &Line) -> Option<Field> {
    let words = &line.words;
    let is_open = |i: usize| words.is_sign(i, "“\"");
    let mut i = 0;
    while i < words.len() {
        if is_open(i) {
            let close = (i + 1..words.len()).find(|&k| words.is_sign(k, "”\""));
            let Some(close) = close else { break };
            let asks = words.is_sign(close - 1, "?")
                || (i.saturating_sub(4)..i).any(|k| {
                    words.any(
                        k,
                        &["asked", "question", "on", "about", "statement", "asking"],
                    )
                });
            let has_figure = (i..close).any(|k| {
                line.amount_at(k)
                    .is_some_and(super::super::amount::Amount::is_share)
            });
            if asks && close > i + 2 && !has_figure {
                let mut end = close;
                end -= usize::from(words.is_sign(end - 1, ",."));
                return Some(line.field(i + 1, end));
            }
            i = close + 1;
            continue;
        }
        if words.any(i, &["asked", "asking"]) {
            let mut first = i + 1;
            first += usize::from(words.any(
                first,
                &["respondents", "people", "participants", "them", "voters"],
            ));
            if words.any(
                first,
                &[
                    "about", "whether", "if", "which", "what", "how", "who", "why", "to",
                ],
            ) {
                let end = (first + 1..words.len().min(first + 50))
                    .find(|&k| {
                        words.is_sign(k, ",;.?")
                            || line
                                .amount_at(k)
                                .is_some_and(super::super::amount::Amount::is_share)
                    })
                    .unwrap_or(words.len().min(first + 50));
                if end > first + 1 {
                    return Some(line.field(first, end));
                }
            }
        }
        i += 1;
    }
    None
}
