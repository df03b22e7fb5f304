//! Which issues are written about, month by month, and how many there are in effect.

use std::collections::BTreeMap;

use detente_record::Entry;
use detente_text::date::Edtf;
use serde::Serialize;

use crate::{Month, index::round};

/// An issue in a month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IssueShare {
    /// Issue id.
    pub issue: String,
    /// Facts about it; one about three issues counts a third for each.
    pub weight: f64,
    /// Its share of the month, 0 to 1.
    pub share: f64,
    /// Ids of these facts.
    pub facts: Vec<String>,
}

/// The issues of a month in which something with an issue was written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MonthOfIssues {
    /// Month of the documents, not of what they tell.
    pub month: Month,
    /// Facts with an issue.
    pub facts: usize,
    /// Documents that hold them.
    pub documents: usize,
    /// Shannon's entropy of the shares, in bits.
    pub shannon: f64,
    /// Inverse of Simpson's index: the number of equally great issues of the same concentration.
    pub inverse_simpson: f64,
    /// The issues, greatest share first, then by name.
    pub issues: Vec<IssueShare>,
}

/// Salience by month of publication. Copies of what another document printed first, and facts of
/// documents without a date to the month, do not count.
pub fn salience(entries: &[Entry]) -> Vec<MonthOfIssues> {
    let mut months: BTreeMap<Month, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        let date = entry
            .document_date
            .as_deref()
            .and_then(|d| d.parse::<Edtf>().ok());
        if let Some(month) = date.and_then(Month::holding)
            && entry.duplicate_of.is_none()
            && !entry.fact.issue.is_empty()
        {
            months.entry(month).or_default().push(entry);
        }
    }
    months
        .into_iter()
        .map(|(month, entries)| {
            let mut issues: BTreeMap<&str, (f64, Vec<String>)> = BTreeMap::new();
            let mut documents: Vec<&str> = Vec::new();
            for entry in &entries {
                documents.push(&entry.fact.document);
                for issue in &entry.fact.issue {
                    let here = issues.entry(issue).or_default();
                    here.0 += 1.0 / entry.fact.issue.len() as f64;
                    here.1.push(entry.fact.id.clone());
                }
            }
            documents.sort_unstable();
            documents.dedup();
            let all: f64 = issues.values().map(|(weight, _)| weight).sum();
            let (shannon, squares) = issues.values().fold((0.0, 0.0), |(h, s), (weight, _)| {
                let share = weight / all;
                (h - share * libm::log2(share), s + share * share)
            });
            let mut issues: Vec<IssueShare> = issues
                .into_iter()
                .map(|(issue, (weight, facts))| IssueShare {
                    issue: issue.to_owned(),
                    weight: round(weight),
                    share: round(weight / all),
                    facts,
                })
                .collect();
            issues.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            MonthOfIssues {
                month,
                facts: entries.len(),
                documents: documents.len(),
                shannon: round(shannon),
                inverse_simpson: round(1.0 / squares),
                issues,
            }
        })
        .collect()
}
