//! The structure of charts, and that nothing hostile comes through.

use detente_extract::Modality;
use detente_measure::chart::{
    Bar, Bars, Change, Lane, LaneMark, Lanes, Line, LineChart, LinePoint, PollLine, PollMark,
    Strip, StripRow, StripSpan,
};
use detente_measure::{Month, chart};

const HOSTILE: &str = "<script>alert(1)</script>\" onload='x' \u{202e}&";

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn line_chart() -> LineChart {
    let point = |at: &str, value: f64, href: Option<&str>| LinePoint {
        month: month(at),
        value,
        band: Some((value - 1.5, value + 1.5)),
        href: href.map(str::to_owned),
        label: format!("{HOSTILE} {at}"),
    };
    LineChart {
        id: "one".into(),
        title: HOSTILE.into(),
        description: HOSTILE.into(),
        axis: HOSTILE.into(),
        range: Some((-10.0, 10.0)),
        ends: ("cooperation".into(), "conflict".into()),
        lines: vec![Line {
            name: HOSTILE.into(),
            smooth: false,
            points: vec![
                point("2019-01", 2.0, Some("/events?month=2019-01&x=1")),
                point("2019-02", 1.0, Some("javascript:alert(1)")),
                point("2019-03", 1.5, None),
                point("2019-04", 0.5, None),
                point("2019-07", -6.0, None),
            ],
        }],
        polls: vec![PollLine {
            name: HOSTILE.into(),
            points: vec![PollMark {
                month: month("2019-05"),
                value: 31.7,
                href: Some("/polls/1".into()),
                label: HOSTILE.into(),
            }],
        }],
        changes: vec![Change {
            month: month("2019-07"),
            probability: 0.93,
            href: Some("/months/2019-07".into()),
            label: HOSTILE.into(),
        }],
        ..LineChart::default()
    }
}

fn all() -> Vec<String> {
    let strip = Strip {
        id: "two".into(),
        title: HOSTILE.into(),
        description: HOSTILE.into(),
        span: None,
        names: vec![("active".into(), HOSTILE.into())],
        rows: vec![StripRow {
            name: HOSTILE.into(),
            href: Some("/channels/summit".into()),
            spans: ["active", "halted", HOSTILE]
                .iter()
                .enumerate()
                .map(|(i, status)| StripSpan {
                    from: month("2011-01").plus(12 * i as i32),
                    to: month("2011-12").plus(12 * i as i32),
                    status: (*status).into(),
                    href: None,
                    label: HOSTILE.into(),
                })
                .collect(),
        }],
    };
    let lanes = Lanes {
        id: "three".into(),
        title: HOSTILE.into(),
        description: HOSTILE.into(),
        span: (month("2019-01"), month("2019-12")),
        lanes: vec![Lane {
            name: HOSTILE.into(),
            href: None,
            marks: Modality::ALL
                .iter()
                .map(|modality| LaneMark {
                    from: Some(24_230.0),
                    to: None,
                    modality: *modality,
                    intensity: -2.0,
                    uncertain: true,
                    href: Some("/facts/1".into()),
                    label: HOSTILE.into(),
                })
                .collect(),
        }],
    };
    let bars = Bars {
        id: "four".into(),
        title: HOSTILE.into(),
        description: HOSTILE.into(),
        bars: vec![Bar {
            name: HOSTILE.into(),
            value: 3.0,
            text: HOSTILE.into(),
            href: Some("data:text/html,x".into()),
        }],
    };
    vec![line_chart().svg(), strip.svg(), lanes.svg(), bars.svg()]
}

#[test]
fn every_chart_can_be_read_aloud_and_stands_under_a_strict_policy() {
    for svg in all() {
        assert!(
            svg.contains("role=\"group\"")
                && svg.contains("<title id=")
                && svg.contains("<desc id=")
        );
        assert!(!svg.contains("<script") && !svg.contains("style=") && !svg.contains("<style"));
        assert!(
            !svg.contains("onload='") && !svg.contains("javascript:") && !svg.contains("data:")
        );
        assert!(!svg.contains('\u{202e}'));
        assert!(svg.contains("&lt;script&gt;"));
        opened_and_closed(&svg);
    }
}

/// Every element that is opened is closed in its order.
fn opened_and_closed(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    for piece in svg.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap();
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap());
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn points_lead_where_they_should_and_gaps_are_gaps() {
    let svg = line_chart().svg();
    assert!(svg.contains("<a href=\"/events?month=2019-01&amp;x=1\">"));
    assert!(svg.contains("<a href=\"/months/2019-07\">") && svg.contains("<a href=\"/polls/1\">"));
    // January to April make a line with a band; July stands alone with a bar for its band.
    assert_eq!(svg.matches("fill-opacity=\"0.16\"").count(), 1);
    assert_eq!(svg.matches("stroke-opacity=\"0.22\"").count(), 1);
}

#[test]
fn what_did_not_take_place_looks_different() {
    let lanes = &all()[2];
    assert_eq!(lanes.matches("stroke-dasharray=\"3 2\"").count(), 1); // planned
    assert_eq!(lanes.matches("fill-opacity=\"0\"").count(), 2); // hypothetical, negated
    assert_eq!(lanes.matches("fill-opacity=\"0.45\"").count(), 1); // historical
}

#[test]
fn a_file_of_its_own_is_dark_where_the_reader_wants_it() {
    let file = chart::standalone(&line_chart().svg());
    assert!(file.starts_with("<?xml"));
    assert!(file.contains("prefers-color-scheme: dark"));
}
