//! Do two reports tell of the same event? A sum of what speaks for it and against it, with the
//! reason in words.
//!
//! | speaks for it | | speaks against it | |
//! |---|---|---|---|
//! | the same day or stretch of time | 3 | different issues, both named | −1.5 |
//! | a stretch that lies in the other | 2 | different channels | −2 |
//! | stretches that overlap | 1.5 | countries of the place that differ | −3 |
//! | days beside each other, one of them counted from the day of the paper | 1 | different persons of one side | −2 |
//! | the other has no date, and was told within six weeks | 0.5 | words of which none is common, and no topic | −1 |
//! | the same root (else: of one family) | 1 | | |
//! | both sides named and the same | 0.5 | | |
//! | a common issue; a common channel | 1 each | | |
//! | common words, by their share of the shorter | up to 3 | | |
//!
//! Four points make the same event ([`ENOUGH`]); where the times differ, words must be common too.

use super::report::Report;
use crate::wording::{overlap, shared};

/// Points from which two reports are one event.
pub(crate) const ENOUGH: f64 = 4.0;

/// Days between the day of an undated report's paper and the event.
pub(crate) const UNDATED: i32 = 45;

/// Roots that different papers give to the same act.
const FAMILIES: &[&[&str]] = &[
    &["ACCUSE", "REQUEST", "REJECT"],
    &["COOPERATE", "AID"],
    &["SANCTION", "COERCE"],
];

/// Roots with two equal sides.
const MUTUAL: &[&str] = &["CONSULT", "AGREE", "COOPERATE"];

/// A number for the family of a root; roots outside families have one of their own.
pub(crate) fn family(root: Option<&str>) -> u32 {
    let Some(root) = root else { return 0 };
    if let Some(family) = FAMILIES.iter().position(|family| family.contains(&root)) {
        return 1 + family as u32;
    }
    let all = detente_extract::Root::ALL;
    100 + all
        .iter()
        .position(|other| other.as_str() == root)
        .unwrap_or(99) as u32
}

pub(crate) fn is_mutual(root: Option<&str>) -> bool {
    root.is_some_and(|root| MUTUAL.contains(&root))
}

/// How two times stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Time {
    Same,
    Within,
    Overlap,
    Near,
    Undated,
}

impl Time {
    fn points(self) -> f64 {
        match self {
            Self::Same => 3.0,
            Self::Within => 2.0,
            Self::Overlap => 1.5,
            Self::Near => 1.0,
            Self::Undated => 0.5,
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::Same => "same time",
            Self::Within => "one time lies within the other",
            Self::Overlap => "times overlap",
            Self::Near => "days beside each other",
            Self::Undated => "one bears no date",
        }
    }
}

/// What was found in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Common {
    pub(crate) points: f64,
    pub(crate) time: Time,
    same_root: bool,
    words: usize,
}

/// Compares the times of two reports.
pub(crate) fn time(a: &Report, b: &Report) -> Option<Time> {
    let (Some(a_from), Some(a_to)) = (a.from, a.to) else {
        let undated = a.date.is_none() && b.date.is_some();
        return (undated && within_reach(a, b)).then_some(Time::Undated);
    };
    let (Some(b_from), Some(b_to)) = (b.from, b.to) else {
        let undated = b.date.is_none();
        return (undated && within_reach(b, a)).then_some(Time::Undated);
    };
    if (a_from, a_to) == (b_from, b_to) {
        return Some(Time::Same);
    }
    let contains = |from: i32, to: i32, f: i32, t: i32| from <= f && t <= to;
    if contains(a_from, a_to, b_from, b_to) || contains(b_from, b_to, a_from, a_to) {
        return Some(Time::Within);
    }
    if a_from <= b_to && b_from <= a_to {
        return Some(Time::Overlap);
    }
    let days = a_from == a_to && b_from == b_to && (a_from - b_from).abs() == 1;
    (days && !(a.firm && b.firm)).then_some(Time::Near)
}

fn within_reach(undated: &Report, dated: &Report) -> bool {
    match (undated.told, dated.from) {
        (Some(told), Some(from)) => (-1..=UNDATED).contains(&(told - from)),
        _ => false,
    }
}

/// What two reports of one family have in common, if they tell of the same event.
pub(crate) fn same(a: &Report, b: &Report) -> Option<Common> {
    let time = time(a, b)?;
    // Most candidates have other parties: these are told apart first.
    let both = if a.root.is_some() {
        parties(a, b)?
    } else {
        0.0
    };
    let words = shared(&a.words.content, &b.words.content);
    let share = overlap(&a.words.content, &b.words.content);
    let common_issue = shared(&a.issue, &b.issue) > 0;
    let common_channel = a.channel.is_some() && a.channel == b.channel;
    let same_root = a.root == b.root;
    if a.root.is_none() {
        let said = a.same_words == b.same_words || (words >= 3 && share >= 0.8);
        let fits = said && matches!(time, Time::Same | Time::Within);
        return fits.then_some(Common {
            points: ENOUGH,
            time,
            same_root,
            words,
        });
    }
    if !same_root && !common_issue && !common_channel {
        return None;
    }
    let mut points = time.points() + f64::from(u8::from(same_root)) + both;
    points += f64::from(u8::from(common_issue)) + f64::from(u8::from(common_channel));
    points += if words >= 2 { 3.0 * share } else { share };
    let issues_differ = !a.issue.is_empty() && !b.issue.is_empty() && !common_issue;
    let channels_differ = a.channel.is_some() && b.channel.is_some() && !common_channel;
    let places_differ = a.place.is_some() && b.place.is_some() && a.place != b.place;
    let persons_differ = !is_mutual(a.root.as_deref())
        && !a.persons.is_empty()
        && !b.persons.is_empty()
        && shared(&a.persons, &b.persons) == 0;
    let nothing_common = words == 0
        && a.words.content.len() >= 2
        && b.words.content.len() >= 2
        && !common_issue
        && !common_channel;
    for (against, weight) in [
        (issues_differ, 1.5),
        (channels_differ, 2.0),
        (places_differ, 3.0),
        (persons_differ, 2.0),
        (nothing_common, 1.0),
    ] {
        if against {
            points -= weight;
        }
    }
    let enough = match time {
        Time::Same => true,
        // A month and a day in it: the parties, or a topic, or words must say more.
        Time::Within => points + 0.5 >= ENOUGH,
        Time::Overlap => words >= 1 || common_issue || common_channel,
        Time::Near => same_root && words >= 2 && share >= 0.5 && !channels_differ,
        Time::Undated => same_root && words >= 3 && share >= 0.6 && !channels_differ,
    };
    let wanted = match time {
        Time::Within => ENOUGH - 0.5,
        Time::Undated => ENOUGH - 0.5,
        _ => ENOUGH,
    };
    (enough && points >= wanted).then_some(Common {
        points,
        time,
        same_root,
        words,
    })
}

/// 0.5 if both sides are named and the same, 0 if one is open, `None` if they differ.
fn parties(a: &Report, b: &Report) -> Option<f64> {
    if is_mutual(a.root.as_deref()) {
        let side = |r: &Report| {
            let mut all = [r.source.as_slice(), &r.target].concat();
            all.sort_unstable();
            all.dedup();
            all
        };
        let (ours, theirs) = (side(a), side(b));
        let common = shared(&ours, &theirs);
        if common >= 2 {
            return Some(0.5);
        }
        return (common == 1 && (ours.len() == 1 || theirs.len() == 1)).then_some(0.0);
    }
    let source = shared(&a.source, &b.source);
    let target = shared(&a.target, &b.target);
    let open = a.target.is_empty() || b.target.is_empty();
    if target > 0 && (a.source.is_empty() || b.source.is_empty()) {
        // An act told without its doer ("the envoy was called in"): more must be common.
        let words = shared(&a.words.content, &b.words.content);
        return (words >= 2 && shared(&a.issue, &b.issue) > 0).then_some(0.0);
    }
    if source == 0 || (target == 0 && !open) {
        return None;
    }
    Some(if target > 0 { 0.5 } else { 0.0 })
}

/// The reason in words. `name` gives the name of a party's number.
pub(crate) fn reason<'n>(
    report: &Report,
    first: &Report,
    common: &Common,
    name: impl Fn(u32) -> &'n str,
) -> String {
    let Some(root) = &report.root else {
        return "same words, same time".to_owned();
    };
    let roots = match &first.root {
        Some(other) if !common.same_root => format!("{root} and {other} are of one family"),
        _ => format!("same root {root}"),
    };
    let time = match common.time {
        Time::Within => {
            let wide = |r: &Report| r.to.unwrap_or(0) - r.from.unwrap_or(0);
            let (outer, inner) = if wide(report) >= wide(first) {
                (report, first)
            } else {
                (first, report)
            };
            let date = |r: &Report| r.date.clone().unwrap_or_default();
            format!("{} contains {}", date(outer), date(inner))
        }
        time => time.reason().to_owned(),
    };
    let names = |numbers: &mut dyn Iterator<Item = u32>| -> String {
        numbers.map(&name).collect::<Vec<_>>().join(", ")
    };
    let parties = if is_mutual(report.root.as_deref()) {
        let mut ours = [report.source.as_slice(), &report.target].concat();
        ours.retain(|n| first.source.contains(n) || first.target.contains(n));
        let mut common: Vec<&str> = ours.into_iter().map(&name).collect();
        common.sort_unstable();
        common.join(", ")
    } else {
        let source = names(&mut crate::wording::common(&report.source, &first.source));
        let target = names(&mut crate::wording::common(&report.target, &first.target));
        if target.is_empty() {
            source
        } else {
            format!("{source} → {target}")
        }
    };
    let words = match common.words {
        0 => String::new(),
        1 => ", 1 common word".to_owned(),
        n => format!(", {n} common words"),
    };
    format!("{roots}, {time}, same parties ({parties}){words}")
}

#[cfg(test)]
mod tests {
    use detente_codebook::Codebook;

    use super::*;
    use crate::{merge::report::Reader, parties::Parties, wording::Wording};

    fn reports(texts: &[(&str, &str, &str, bool, &str)]) -> Vec<Report> {
        let book = Codebook::embedded();
        let parties = Parties::of(&book.actors);
        let mut reader = Reader::new(&parties, Wording::new(&book));
        texts
            .iter()
            .map(|(who, root, date, firm, quote)| {
                let edtf: Option<detente_text::date::Edtf> = date.parse().ok();
                let (from, to) = edtf.map_or((None, None), super::super::report::days);
                reader.finish(Report {
                    who: vec![(*who).to_owned()],
                    root: Some((*root).to_owned()),
                    date: edtf.map(|date| date.to_string()),
                    from,
                    to,
                    firm: *firm,
                    told: Some(18_000),
                    quote: (*quote).to_owned(),
                    ..Report::default()
                })
            })
            .collect()
    }

    #[test]
    fn a_day_apart_needs_common_words_and_a_counted_day() {
        let told = reports(&[
            (
                "JPN",
                "SANCTION",
                "2019-07-01",
                true,
                "Tokyo curbed exports of chip materials",
            ),
            (
                "JPN",
                "SANCTION",
                "2019-07-02",
                false,
                "Japan limited the export of materials for chips",
            ),
            (
                "JPN",
                "SANCTION",
                "2019-07-02",
                true,
                "Japan limited the export of materials for chips",
            ),
            (
                "JPN",
                "SANCTION",
                "2019-07-02",
                false,
                "Japan recalled its envoy",
            ),
        ]);
        assert!(same(&told[0], &told[1]).is_some());
        assert_eq!(
            same(&told[0], &told[2]),
            None,
            "two calendar days are two events"
        );
        assert_eq!(same(&told[0], &told[3]), None, "other words");
    }

    #[test]
    fn different_ministers_do_different_things() {
        let told = reports(&[
            (
                "Kono Taro",
                "ACCUSE",
                "2018-10-30",
                true,
                "Kono called the ruling unacceptable",
            ),
            (
                "Abe Shinzo",
                "ACCUSE",
                "2018-10-30",
                true,
                "Abe criticised the drill near the islets",
            ),
            (
                "JPN",
                "ACCUSE",
                "2018-10-30",
                true,
                "Tokyo protested against the ruling",
            ),
        ]);
        assert_eq!(same(&told[0], &told[1]), None);
        assert!(same(&told[0], &told[2]).is_some());
    }
}
