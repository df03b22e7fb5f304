//! Records of older versions are brought up to date when they are opened.

use detente_record::{Facet, Filter, Record, Term, Tie};
use rusqlite::Connection;

use crate::desk::Desk;

/// What the lists of version 3 say.
type Lists = (Vec<Term>, Vec<(i64, u64)>, Vec<Tie>, Vec<String>);

fn lists(record: &Record) -> Lists {
    let filter = Filter {
        actor: Some("KOR".to_owned()),
        ..Filter::default()
    };
    let page = record.page(&filter, None, true).unwrap();
    (
        record.terms(Facet::Root, 10).unwrap(),
        record.months(Facet::Root, "ACCUSE", 0, 999_999).unwrap(),
        record.ties(0, 9999, 10).unwrap(),
        page.entries.into_iter().map(|e| e.fact.quote).collect(),
    )
}

#[test]
fn lists_for_pages_are_made_from_the_facts_of_an_older_record() {
    let desk = Desk::new(&[
        (
            "a.txt",
            "JPN ACCUSE KOR 2012-08-10\nKOR REJECT JPN 2012-08-11",
        ),
        ("b.txt", "KOR ACCUSE JPN 2013-01-05"),
        ("c.txt", "USA CONSULT JPN 2013-02-01"),
    ]);
    desk.run();
    // A document read anew leaves facts that no longer hold: they belong into no list.
    desk.put("b.txt", "KOR ACCUSE JPN 2013-03-05");
    desk.run();
    let before = lists(&desk.record());
    assert_eq!(before.3.len(), 3);

    let old = Connection::open(desk.record_path()).unwrap();
    let earlier = "DROP TABLE term; DROP TABLE posting; DROP TABLE month; DROP TABLE tie;
        DROP INDEX document_by_date; DROP INDEX document_coverage; DROP INDEX dropped_reason;
        DROP INDEX diagnostic_code; DROP INDEX event_by_date; DROP TABLE issue_mark;
        DROP TABLE saved_search; ALTER TABLE fact DROP COLUMN cameo;
        PRAGMA user_version = 2;";
    old.execute_batch(earlier).unwrap();
    old.close().unwrap();

    let record = desk.record();
    assert_eq!(lists(&record), before);
    // The writer goes on with them.
    drop(record);
    desk.put("d.txt", "JPN ACCUSE KOR 2014-01-01");
    desk.run();
    let after = lists(&desk.record());
    assert_eq!(after.0[0].facts, before.0[0].facts + 1);
    assert_eq!(after.3[0], "JPN ACCUSE KOR 2014-01-01");
}
