//! Compares the finder of time expressions with a file of dated sentences.
//!
//! ```text
//! cargo run --release -p detente-extract --example score_times -- FILE.json … [--show]
//! ```
//!
//! Each file is a JSON list of `{Input, Context: {ReferenceDateTime}, Results: […]}` as in the
//! specifications of Microsoft's Recognizers-Text. Only results of type date and date range count:
//! times of day and sets are no matter of the record. An expected value agrees if one of our two
//! readings has the same first and last day; it is covered if ours contains it (we answer in the
//! unit of the words: "two years ago" is a year).

use detente_extract::times::{TimeContext, TimeExpr, find};
use detente_text::{Span, date::Edtf};
use jiff::{ToSpan, civil::Date};
use serde_json::Value;

#[derive(Default)]
struct Tally {
    expected: usize,
    found: usize,
    agree: usize,
    covered: usize,
}

fn main() {
    let (flags, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let show = flags.iter().any(|f| f == "--show");
    let mut all = Tally::default();
    for file in &files {
        let bytes = std::fs::read(file).expect("the file can be read");
        let text = String::from_utf8_lossy(&bytes);
        let cases: Vec<Value> =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("a JSON list");
        let mut tally = Tally::default();
        for case in &cases {
            compare(case, &mut tally, show);
        }
        print(file, &tally);
        all.expected += tally.expected;
        all.found += tally.found;
        all.agree += tally.agree;
        all.covered += tally.covered;
    }
    print("all", &all);
}

fn print(name: &str, t: &Tally) {
    let share = |n: usize| 100.0 * n as f64 / t.expected.max(1) as f64;
    println!(
        "{name}: {} expected, found {:.1}%, same days {:.1}%, same days or containing them {:.1}%",
        t.expected,
        share(t.found),
        share(t.agree),
        share(t.agree + t.covered)
    );
}

fn compare(case: &Value, tally: &mut Tally, show: bool) {
    let (Some(input), Some(reference)) = (
        case["Input"].as_str(),
        case["Context"]["ReferenceDateTime"].as_str(),
    ) else {
        return;
    };
    let Ok(day) = reference[..reference.len().min(10)].parse::<Date>() else {
        return;
    };
    let found = find(
        input,
        Span::new(0, input.len() as u32),
        &TimeContext::english(Some(Edtf::day(day))),
    );
    for result in case["Results"].as_array().into_iter().flatten() {
        let expected = ranges(result);
        let words = result["Text"].as_str().unwrap_or("").to_lowercase();
        let Some(start) = input
            .to_lowercase()
            .find(&words)
            .filter(|_| !expected.is_empty())
        else {
            continue;
        };
        let place = Span::new(start as u32, (start + words.len()) as u32);
        tally.expected += 1;
        let ours: Vec<&TimeExpr> = found.iter().filter(|e| e.span.overlaps(place)).collect();
        tally.found += usize::from(!ours.is_empty());
        let readings: Vec<(Date, Date)> = ours
            .iter()
            .flat_map(|e| [e.resolve(true), e.resolve(false)])
            .flatten()
            .filter_map(|d| Some((d.earliest()?, d.latest()?)))
            .collect();
        // The file's ranges leave out their last day even where the words include it.
        let same = |(a, b): &(Date, Date)| {
            expected
                .iter()
                .any(|(c, d)| a == c && (b == d || a != b && before(*b) == Some(*d)))
        };
        if readings.iter().any(same) {
            tally.agree += 1;
        } else if readings
            .iter()
            .any(|(a, b)| expected.iter().any(|(c, d)| a <= c && d <= b))
        {
            tally.covered += 1;
        } else if show {
            println!("{reference} | {input} | {words} | {expected:?} | {readings:?}");
        }
    }
}

fn before(day: Date) -> Option<Date> {
    day.checked_sub(1.day()).ok()
}

/// First and last day of each reading of a date or date range.
fn ranges(result: &Value) -> Vec<(Date, Date)> {
    let kind = result["Type"]
        .as_str()
        .or(result["TypeName"].as_str())
        .unwrap_or("");
    if !(kind.ends_with("date") || kind.ends_with("daterange")) {
        return Vec::new();
    }
    let date = |v: &Value| v.as_str().and_then(|t| t.get(..10)?.parse::<Date>().ok());
    let read = |v: &Value| {
        let day = date(&v["date"]).or_else(|| date(&v["value"]));
        if let Some(day) = day {
            return Some((day, day));
        }
        let from = date(&v["startDate"]).or_else(|| date(&v["start"]))?;
        let to = date(&v["endDate"]).or_else(|| date(&v["end"]))?;
        Some((from, before(to)?.max(from)))
    };
    let value = &result["Value"];
    let mut out: Vec<(Date, Date)> = ["PastResolution", "FutureResolution"]
        .iter()
        .filter_map(|k| read(&value[*k]))
        .collect();
    for list in [&value["values"], &result["Resolution"]["values"]] {
        out.extend(list.as_array().into_iter().flatten().filter_map(read));
    }
    out
}
