//! Datelines as agencies write them, and what only looks like one.

use super::*;

fn cut(line: &str) -> Option<(String, String, String)> {
    let d = read(
        line,
        Span::new(0, line.len() as u32),
        DayMonthOrder::Unknown,
    )?;
    Some((
        d.place.map(|p| p.of(line).to_owned()).unwrap_or_default(),
        d.date
            .map(|d| d.span.of(line).to_owned())
            .unwrap_or_default(),
        line[d.span.end as usize..].to_owned(),
    ))
}

fn parts(place: &str, date: &str, rest: &str) -> Option<(String, String, String)> {
    Some((place.to_owned(), date.to_owned(), rest.to_owned()))
}

#[test]
fn reads_datelines() {
    assert_eq!(
        cut("BUSAN, March 3, 2019  The envoy spoke."),
        parts("BUSAN", "March 3, 2019", "The envoy spoke.")
    );
    assert_eq!(
        cut("Busan [South Korea], March 3: The envoy spoke."),
        parts("Busan", "March 3", "The envoy spoke.")
    );
    assert_eq!(
        cut("TOKYO (AP) — The envoy spoke."),
        parts("TOKYO", "", "The envoy spoke.")
    );
    assert_eq!(
        cut("NEW DELHI, Oct. 4 (Yonhap) -- He left."),
        parts("NEW DELHI", "Oct. 4", "He left.")
    );
    assert_eq!(
        cut("SAPPORO, Japan — He left."),
        parts("SAPPORO", "", "He left.")
    );
    assert_eq!(
        cut("Tokyo, 5 May (Kyodo) - He left."),
        parts("Tokyo", "5 May", "He left.")
    );
    assert_eq!(
        cut("(도쿄=한빛통신) 박서준 기자 = 총리는 말했다."),
        parts("도쿄", "", "총리는 말했다.")
    );
    assert_eq!(
        cut("【ソウル＝田中花子】首相は述べた。"),
        parts("ソウル", "", "首相は述べた。")
    );
    assert_eq!(
        cut("【ソウル】首相は述べた。"),
        parts("ソウル", "", "首相は述べた。")
    );
    assert_eq!(
        cut("(서울) 총리는 말했다."),
        parts("서울", "", "총리는 말했다.")
    );
    assert_eq!(
        cut("［東京 ７日 ロイター］ - 首相は述べた。"),
        parts("東京", "", "首相は述べた。")
    );
}

#[test]
fn leaves_sentences_alone() {
    for line in [
        "Tokyo and Seoul agreed.",
        "KIM: I would say so.",
        "Seoul-based analysts agreed.",
        "Tokyo — and Seoul — agreed.",
        "NATO said it would wait.",
        "On May 7, 2023, they met.",
        "(1) The parties agree.",
    ] {
        assert_eq!(cut(line), None, "{line}");
    }
}
