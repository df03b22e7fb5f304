//! Reports of the same event, and passages printed twice.

use detente_record::{Act, Filter, Order};

use crate::desk::Desk;

fn events(desk: &Desk) -> Vec<(String, u64)> {
    let record = desk.record();
    let once = Filter {
        once: true,
        ..Filter::default()
    };
    let mut events: Vec<(String, u64)> = Vec::new();
    for entry in record.facts(&once, Order::Date).unwrap() {
        let Some(event) = entry.event else { continue };
        match events.iter_mut().find(|(id, _)| *id == event) {
            Some((_, reports)) => *reports += 1,
            None => events.push((event, 1)),
        }
    }
    events
}

#[test]
fn one_event_told_by_two_papers() {
    let desk = Desk::new(&[
        ("a.txt", "JPN ACCUSE KOR 2012-08-10 dokdo_takeshima"),
        ("b.txt", "JPN REQUEST KOR 2012-08-10 dokdo_takeshima"),
        ("c.txt", "KOR ACCUSE JPN 2012-08-10 dokdo_takeshima"),
        ("d.txt", "JPN ACCUSE KOR 2012-08-10 textbooks"),
        ("e.txt", "JPN ACCUSE KOR 2012-08-11 dokdo_takeshima"),
    ]);
    desk.run();
    let mut reports: Vec<u64> = events(&desk).into_iter().map(|(_, n)| n).collect();
    reports.sort_unstable();
    assert_eq!(reports, [1, 1, 1, 2]);
    let record = desk.record();
    let first = &record.facts(&Filter::default(), Order::Document).unwrap()[0];
    let told = record.reports(first.event.as_ref().unwrap()).unwrap();
    assert_eq!(told[0].reason, "first report");
    assert_eq!(
        told[1].reason,
        "REQUEST and ACCUSE are of one family, same time, same parties (JPN → KOR), 2 common words"
    );
    assert_eq!(first.fact.same_event, first.event);
}

#[test]
fn a_month_joins_the_only_day_in_it() {
    let desk = Desk::new(&[
        ("a.txt", "JPN CONSULT KOR 2012-08-10"),
        ("b.txt", "KOR CONSULT JPN 2012-08"),
    ]);
    desk.run();
    assert_eq!(events(&desk).len(), 1);
    desk.put("c.txt", "JPN CONSULT KOR 2012-08-20");
    desk.run();
    let reports: Vec<u64> = events(&desk).into_iter().map(|(_, n)| n).collect();
    assert_eq!(reports, [1, 1, 1]);
}

#[test]
fn a_reprint_counts_once_where_it_stood_first() {
    let desk = Desk::new(&[
        ("a.txt", "date: 2012-08-12\nJPN ACCUSE KOR 2012-08-10"),
        ("b.txt", "date: 2012-08-11\nJPN ACCUSE KOR 2012-08-10"),
        ("c.txt", "date: 2012-08-13\nJPN ACCUSE KOR 2012-08-10"),
    ]);
    let report = desk.run();
    assert_eq!(
        (report.duplicates, report.events, report.reports),
        (2, 1, 1)
    );
    let record = desk.record();
    let facts = record.facts(&Filter::default(), Order::Document).unwrap();
    let first = facts.iter().find(|f| f.duplicate_of.is_none()).unwrap();
    assert_eq!(first.fact.document, "b.txt");
    let copies: Vec<String> = record
        .copies(first.fact_id)
        .unwrap()
        .into_iter()
        .map(|copy| copy.document)
        .collect();
    assert_eq!(copies, ["a.txt", "c.txt"]);
}

/// Whatever the order in which documents came in, the same events come out.
#[test]
fn the_order_of_arrival_does_not_matter() {
    let files = [
        (
            "a.txt",
            "JPN CONSULT KOR 2012-08-10\nJPN ACCUSE KOR 2012-08-12",
        ),
        (
            "b.txt",
            "KOR CONSULT JPN 2012-08\nJPN ACCUSE KOR 2012-08-12",
        ),
        ("c.txt", "date: 2012-08-11\nKOR CONSULT JPN 2012-08-10"),
    ];
    let all = |order: &[usize]| {
        let desk = Desk::new(&[]);
        for i in order {
            desk.put(files[*i].0, files[*i].1);
            desk.run();
        }
        let facts = desk
            .record()
            .facts(&Filter::default(), Order::Document)
            .unwrap();
        facts
            .into_iter()
            .map(|entry| (entry.fact, entry.event, entry.duplicate_of))
            .collect::<Vec<_>>()
    };
    let expected = all(&[0, 1, 2]);
    assert_eq!(all(&[2, 1, 0]), expected);
    assert_eq!(all(&[1, 0, 2]), expected);
}

/// A reviewer puts two reports together, or takes one out; it holds on later runs and can be undone.
#[test]
fn a_merge_can_be_decided_and_undone() {
    let desk = Desk::new(&[
        ("a.txt", "JPN ACCUSE KOR 2012-08-10 dokdo_takeshima"),
        ("b.txt", "JPN ACCUSE KOR 2012-08-10 dokdo_takeshima again"),
        ("c.txt", "JPN ACCUSE KOR 2012-08-20 textbooks"),
    ]);
    desk.run();
    let sizes = |desk: &Desk| {
        let mut sizes: Vec<u64> = events(desk).into_iter().map(|(_, n)| n).collect();
        sizes.sort_unstable();
        sizes
    };
    assert_eq!(sizes(&desk), [1, 2]);
    let ids: Vec<String> = desk
        .record()
        .facts(&Filter::default(), Order::Document)
        .unwrap()
        .into_iter()
        .map(|entry| entry.fact.id)
        .collect();
    let book = detente_codebook::Codebook::embedded();
    let record = detente_record::Record::create(&desk.record_path(), "JPN-KOR").unwrap();
    let decide = |act: Act| {
        let number = record.resolve(&act, "Han", None).unwrap();
        record.settle(&book).unwrap();
        number
    };
    let apart = decide(Act::Apart(ids[0].clone(), ids[1].clone()));
    assert_eq!(sizes(&desk), [1, 1, 1]);
    decide(Act::Same(ids[1].clone(), ids[2].clone()));
    assert_eq!(sizes(&desk), [1, 2]);
    desk.put("d.txt", "PRK MOBILIZE JPN 2012-08-30");
    desk.run();
    assert_eq!(sizes(&desk), [1, 1, 2]);
    decide(Act::Undo(apart));
    assert_eq!(sizes(&desk), [1, 3]);
    assert_eq!(record.decisions().unwrap().len(), 3);
}
