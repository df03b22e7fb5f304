use detente_text::{Basis, Span, date::Edtf};

use crate::times::{TimeContext, TimeExpr, TimeKind, find};

fn all(text: &str, context: &TimeContext) -> Vec<TimeExpr> {
    find(text, Span::new(0, text.len() as u32), context)
}

fn context(date: &str) -> TimeContext {
    TimeContext::english(Some(date.parse().unwrap()))
}

fn shown(date: Option<Edtf>) -> String {
    date.map_or_else(|| "-".to_owned(), |d| d.to_string())
}

/// Each text with its words of time and their dates, read as past; the document is of Friday
/// 15 May 2015.
#[track_caller]
fn past(cases: &[(&str, &[(&str, &str)])]) {
    check(cases, true);
}

#[track_caller]
fn future(cases: &[(&str, &[(&str, &str)])]) {
    check(cases, false);
}

#[track_caller]
fn check(cases: &[(&str, &[(&str, &str)])], past: bool) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found: Vec<(String, String)> = all(text, &context("2015-05-15"))
            .iter()
            .map(|e| (e.span.of(text).to_owned(), shown(e.resolve(past))))
            .collect();
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        if found != *expected {
            wrong.push(format!(
                "{text}\n  found    {found:?}\n  expected {expected:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn days() {
    past(&[
        ("He left yesterday.", &[("yesterday", "2015-05-14")]),
        (
            "Talks began today and end tomorrow.",
            &[("today", "2015-05-15"), ("tomorrow", "2015-05-16")],
        ),
        ("They met on Monday.", &[("Monday", "2015-05-11")]),
        (
            "They met on Friday morning.",
            &[("Friday morning", "2015-05-15")],
        ),
        ("They met last Friday.", &[("last Friday", "2015-05-08")]),
        (
            "On Tuesday, May 12, 2015, he spoke.",
            &[("Tuesday, May 12, 2015", "2015-05-12")],
        ),
        (
            "He spoke on Tuesday of last week.",
            &[("Tuesday of last week", "2015-05-05")],
        ),
        ("It fell on the 7th and rose.", &[("the 7th", "2015-05-07")]),
        (
            "The day before yesterday it rained.",
            &[("The day before yesterday", "2015-05-13")],
        ),
        (
            "Talks on Monday and Tuesday failed.",
            &[("Monday and Tuesday", "2015-05-11/2015-05-12")],
        ),
        ("On Dec. 28 they agreed.", &[("Dec. 28", "2014-12-28")]),
    ]);
    future(&[
        ("They will meet on Monday.", &[("Monday", "2015-05-18")]),
        (
            "They will meet next Friday.",
            &[("next Friday", "2015-05-22")],
        ),
        ("On Feb. 3 they will meet.", &[("Feb. 3", "2016-02-03")]),
        ("In March they will meet.", &[("March", "2016-03")]),
    ]);
}

#[test]
fn weeks_months_and_years() {
    past(&[
        (
            "Last week and last month were calm.",
            &[
                ("Last week", "2015-05-04/2015-05-10"),
                ("last month", "2015-04"),
            ],
        ),
        ("Trade doubled last year.", &[("last year", "2014")]),
        (
            "The year before last it fell.",
            &[("The year before last", "2013")],
        ),
        ("It began last October.", &[("last October", "2014-10")]),
        ("It began in March.", &[("March", "2015-03")]),
        (
            "It began in October of last year.",
            &[("October of last year", "2014-10")],
        ),
        (
            "Earlier this month he came.",
            &[("Earlier this month", "2015-05")],
        ),
        (
            "Late last month he came.",
            &[("Late last month", "2015-04-21/2015-04-30")],
        ),
        (
            "At the end of 2014 he left.",
            &[("the end of 2014", "2014-12")],
        ),
        ("At present ties are bad.", &[("At present", "2015-05")]),
        ("Ties improved recently.", &[("recently", "2015")]),
        ("the summit this month", &[("this month", "2015-05")]),
        (
            "in fiscal 2014 Japan spent more",
            &[("fiscal 2014", "2014-04/2015-03")],
        ),
        (
            "in fiscal 2014 the U.S. spent more",
            &[("fiscal 2014", "2013-10/2014-09")],
        ),
        ("in FY2014 Korea spent more", &[("FY2014", "2014")]),
        (
            "Japan's budget this fiscal year",
            &[("this fiscal year", "2015-04/2016-03")],
        ),
    ]);
}

#[test]
fn counted() {
    past(&[
        (
            "It began three days ago.",
            &[("three days ago", "2015-05-12")],
        ),
        ("It began two years ago.", &[("two years ago", "2013")]),
        (
            "It began about 50 years ago.",
            &[("about 50 years ago", "1965~")],
        ),
        (
            "In the past four years or so ties froze.",
            &[("the past four years or so", "2011-05/2015-05")],
        ),
        (
            "over the last 12 years",
            &[("the last 12 years", "2003/2015")],
        ),
        (
            "In the coming weeks talks resume.",
            &[("the coming weeks", "-")],
        ),
        ("for two days of talks", &[("two days", "-")]),
        ("a two-day visit", &[("two-day", "-")]),
        ("a three-year-old girl, 20 years old", &[]),
        (
            "up 12 percent from a year earlier",
            &[("a year earlier", "2014")],
        ),
        (
            "On May 7 he came and left two days later.",
            &[("May 7", "2015-05-07"), ("two days later", "2015-05-09")],
        ),
        (
            "In 2012 he came; the following year he left.",
            &[("2012", "2012"), ("the following year", "2013")],
        ),
    ]);
    future(&[
        (
            "It will end in two weeks.",
            &[("in two weeks", "2015-05-25/2015-05-31")],
        ),
        (
            "It will end within three years.",
            &[("within three years", "2015-05/2018-05")],
        ),
        (
            "Over the next five years it will grow.",
            &[("the next five years", "2015-05/2020-05")],
        ),
        ("by the end of 2030", &[("by the end of 2030", "2030-12")]),
        (
            "within the year",
            &[("within the year", "2015-05-15/2015-12-31")],
        ),
        ("two years from now", &[("two years from now", "2017")]),
    ]);
}

#[test]
fn since_until_and_ranges() {
    past(&[
        ("Since 2019 it has tightened.", &[("Since 2019", "2019/..")]),
        (
            "ties since last October",
            &[("since last October", "2014-10/..")],
        ),
        (
            "since the turn of the century",
            &[("since the turn of the century", "2000/..")],
        ),
        (
            "It ran until May 2012.",
            &[("until May 2012", "../2012-05")],
        ),
        ("since World War II", &[("since World War II", "1945/..")]),
        ("during World War II", &[("World War II", "1939/1945")]),
        ("between 1910 and 1945", &[("1910 and 1945", "1910/1945")]),
        (
            "from May to July last year",
            &[("May to July last year", "2014-05/2014-07")],
        ),
        ("from 2012 to the present day", &[("2012", "2012")]),
        ("from 2019 onwards", &[("from 2019 onwards", "2019/..")]),
        ("around 1998", &[("around 1998", "1998~")]),
        ("the 1990s", &[("1990s", "1990/1999")]),
        ("in the late 1990s", &[("late 1990s", "1995/1999")]),
        ("the 19th century", &[("the 19th century", "1801/1900")]),
    ]);
}

#[test]
fn parts_of_the_year() {
    past(&[
        ("a poll last autumn", &[("last autumn", "2014-09/2014-11")]),
        (
            "the spring of 2014",
            &[("the spring of 2014", "2014-03/2014-05")],
        ),
        ("last winter", &[("last winter", "2014-12/2015-02")]),
        (
            "in the first quarter",
            &[("the first quarter", "2015-01/2015-03")],
        ),
        (
            "the second quarter of last year",
            &[("the second quarter of last year", "2014-04/2014-06")],
        ),
        (
            "the first half of 2014",
            &[("the first half of 2014", "2014-01/2014-06")],
        ),
        ("the fall of Seoul and a fall in exports", &[]),
        ("in Q3 2014", &[("Q3 2014", "2014-07/2014-09")]),
    ]);
}

#[test]
fn weeks_and_days_within_longer_times() {
    past(&[
        (
            "in the first week of May",
            &[("the first week of May", "2015-05-01/2015-05-07")],
        ),
        (
            "the last day of 2014",
            &[("the last day of 2014", "2014-12-31")],
        ),
        (
            "the second Friday of April",
            &[("the second Friday of April", "2015-04-10")],
        ),
        (
            "the week of April 15",
            &[("the week of April 15", "2015-04-13/2015-04-19")],
        ),
        (
            "over the weekend they met",
            &[("the weekend", "2015-05-09/2015-05-10")],
        ),
        (
            "for the rest of the year",
            &[("the rest of the year", "2015-05-15/2015-12-31")],
        ),
        (
            "two days after May 7",
            &[("two days after May 7", "2015-05-09")],
        ),
        ("a few days ago", &[("a few days ago", "-")]),
        (
            "earlier in the week",
            &[("earlier in the week", "2015-05-11/2015-05-17")],
        ),
        (
            "in the early eighties",
            &[("the early eighties", "1980/1984")],
        ),
        ("on Friday the 8th", &[("Friday the 8th", "2015-05-08")]),
    ]);
}

#[test]
fn anniversaries_and_gaps() {
    past(&[
        (
            "This year marks the 40th anniversary of the opening.",
            &[("This year", "2015"), ("the 40th anniversary", "1975")],
        ),
        (
            "In June 2015 falls the 50th anniversary of the treaty.",
            &[
                ("June 2015", "2015-06"),
                ("the 50th anniversary", "1965-06"),
            ],
        ),
        (
            "the first visit in six years",
            &[("six years", "2009/2015")],
        ),
        (
            "its lowest level in more than three decades",
            &[("more than three decades", "../2015")],
        ),
        (
            "for the first time in nearly two years",
            &[("nearly two years", "2013/2015")],
        ),
    ]);
    let text = "the first visit in nearly six years";
    let gap = all(text, &context("2015-05-15"))[0];
    assert_eq!(gap.kind, TimeKind::Gap);
    assert_eq!(gap.length.unwrap().count, 6);
}

#[test]
fn how_often_and_some_time() {
    past(&[
        (
            "They meet every year and twice a month.",
            &[("every year", "-"), ("twice a month", "-")],
        ),
        (
            "They will meet soon, in the near future.",
            &[("soon", "-"), ("in the near future", "-")],
        ),
        ("exports of 5 million tons a year", &[]),
    ]);
}

#[test]
fn without_a_document_date_nothing_is_counted() {
    let undated = TimeContext::english(None);
    for text in [
        "last year",
        "August 15",
        "recently",
        "on Monday",
        "three days ago",
        "the past two years",
        "this summer",
        "by the end of the year",
    ] {
        let found = all(text, &undated);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(
            (found[0].edtf, found[0].basis),
            (None, Basis::None),
            "{text}"
        );
    }
    let dated = all("in April of this year (2015)", &undated);
    assert_eq!(shown(dated[0].edtf), "2015-04");
    assert_eq!(dated[0].basis, Basis::Explicit);
}

#[test]
fn bases() {
    let basis = |text: &str, context: &TimeContext| all(text, context)[0].basis;
    let dated = context("2015-05-15");
    assert_eq!(basis("in May 2012", &dated), Basis::Explicit);
    assert_eq!(basis("on August 15", &dated), Basis::Explicit);
    assert_eq!(basis("in March", &dated), Basis::Relative);
    assert_eq!(basis("last year", &dated), Basis::Relative);
    assert_eq!(basis("during World War II", &dated), Basis::Derived);
    assert_eq!(basis("the 50th anniversary of it", &dated), Basis::Derived);
    let mut inferred = dated;
    inferred.inferred = true;
    assert_eq!(basis("last year", &inferred), Basis::Inferred);
    assert_eq!(basis("in May 2012", &inferred), Basis::Explicit);
}

#[test]
fn the_event_before_is_counted_from() {
    let mut told = context("2015-05-15");
    told.last_event = Some("2012-08-10".parse().unwrap());
    let dates = |text: &str| shown(all(text, &told)[0].edtf);
    assert_eq!(dates("The next day he left."), "2012-08-11");
    assert_eq!(dates("On the same day he left."), "2012-08-10");
    assert_eq!(dates("That year trade fell."), "2012");
    assert_eq!(dates("Two months later he left."), "2012-10");
    assert_eq!(dates("ties have cooled since then"), "2012-08-10/..");
}

#[test]
fn a_document_date_of_a_month_says_no_days() {
    let found = all("He came yesterday and last year.", &context("2015-05"));
    assert_eq!(found[0].edtf, None);
    assert_eq!(shown(found[1].edtf), "2014");
}

#[test]
fn hostile_text_is_read_without_a_panic() {
    for text in [
        "",
        "the",
        "since",
        "in 99999999999 years",
        "99999999 centuries ago",
        "the past 4000000000 days",
        "between between between",
        "from from",
        "早 last",
        "the 999999th anniversary",
        "every",
        "FY99999",
        "fy",
        "Q9",
        "the first 99 months of the year",
        "Monday-Monday-",
        "in the",
        "’s ’s year",
        "on the 99th",
    ] {
        for date in ["2015-05-15", "9999-12-31", "0001-01-01", "2015"] {
            for e in all(text, &context(date)) {
                assert!(!e.span.is_empty(), "{text}");
            }
        }
    }
    assert!(find("abc", Span::new(2, 90), &context("2015")).is_empty());
    let long: String = "early the first week of two days after ".repeat(2000);
    assert!(all(&long, &context("2015-05-15")).len() < 10_000);
}
