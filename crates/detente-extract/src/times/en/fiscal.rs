//! Fiscal years: whose they are decides when they begin.

use detente_text::date::{DateForm, Edtf, Point};

use super::{Finder, Hit, Rests, hit::start_of, which::Which};
use crate::times::{
    table::{NamedBy, Table},
    words::Words,
};

impl Finder<'_> {
    /// `fiscal 2015`, `the 2015 fiscal year`, `FY2015`, `this fiscal year`
    pub(super) fn fiscal(&self, i: usize) -> Option<Hit> {
        let low = self.words.low(i);
        if let Some(year) = low.strip_prefix("fy").filter(|y| !y.is_empty()) {
            let year: i16 = year.parse().ok()?;
            let year = if year < 100 { year + 2000 } else { year };
            return (1900..2200)
                .contains(&year)
                .then(|| Hit::point(i, i + 1, self.fiscal_year(year), Rests::Calendar));
        }
        if matches!(low, "fiscal" | "fy" | "financial") {
            let at = i + 1 + usize::from(self.words.is(i + 1, "year"));
            if let Some(year) = self.full_year(at) {
                return Some(Hit::point(
                    i,
                    at + 1,
                    self.fiscal_year(year),
                    Rests::Calendar,
                ));
            }
            return None;
        }
        let article = i + usize::from(self.words.is(i, "the"));
        if let Some(year) = self.full_year(article)
            && self.words.any(article + 1, &["fiscal", "financial"])
            && self.words.is(article + 2, "year")
        {
            return Some(Hit::point(
                i,
                article + 3,
                self.fiscal_year(year),
                Rests::Calendar,
            ));
        }
        let (which, at, _) = self.which(i)?;
        if !self.words.any(at, &["fiscal", "financial"]) || !self.words.is(at + 1, "year") {
            return None;
        }
        let add = match which {
            Which::Last | Which::Past | Which::Previous => -1,
            Which::This | Which::Same => 0,
            Which::Next | Which::Coming | Which::Following => 1,
        };
        let date = self.document.and_then(|d| {
            let start = self.fiscal;
            let running = match (d.month, start) {
                (Some(month), (first, NamedBy::Start)) if month < first => d.year - 1,
                (Some(month), (first, NamedBy::End)) if month >= first && first > 1 => d.year + 1,
                _ => d.year,
            };
            self.fiscal_year(running + add)
        });
        Some(Hit::point(i, at + 2, date, Rests::Document))
    }

    pub(super) fn full_year(&self, i: usize) -> Option<i16> {
        let date = self
            .words
            .date(i)
            .filter(|d| d.form == DateForm::Year && d.complete)?;
        Some(start_of(date.edtf)?.year)
    }

    pub(super) fn fiscal_year(&self, name: i16) -> Option<Edtf> {
        let (first, named_by) = self.fiscal;
        if first == 1 {
            return Some(Edtf::year(name));
        }
        let start = if named_by == NamedBy::Start {
            name
        } else {
            name - 1
        };
        Some(Edtf::between(
            Point::month(start, first),
            Point::month(start + 1, first - 1),
        ))
    }
}

/// The fiscal year of the country that the sentence names; the calendar year if it names none of
/// the table.
pub(super) fn fiscal_start(words: &Words, table: &Table) -> (i8, NamedBy) {
    (0..words.len())
        .find_map(|i| {
            let low = words.low(i);
            table.fiscal.iter().find(|f| {
                // "us" is a pronoun unless written in capitals.
                f.words
                    .iter()
                    .any(|w| w == low && (low != "us" || words.raw(i) == "US"))
            })
        })
        .map_or((1, NamedBy::Start), |f| (f.first_month, f.named_by))
}
