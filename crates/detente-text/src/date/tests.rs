use super::{DayMonthOrder, find_explicit};

fn found(text: &str) -> Vec<(String, String)> {
    find_explicit(text, DayMonthOrder::Unknown)
        .iter()
        .map(|f| {
            (
                f.span.of(text).to_owned(),
                f.near(2015).map_or_else(String::new, |e| e.to_string()),
            )
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect();
    assert_eq!(found(text), expected, "{text}");
}

#[test]
fn english_days_and_months() {
    check(
        "On January 15, 2013, he came.",
        &[("January 15, 2013", "2013-01-15")],
    );
    check(
        "It began on 15 January 2013.",
        &[("15 January 2013", "2013-01-15")],
    );
    check(
        "the 1st of March, 1919",
        &[("1st of March, 1919", "1919-03-01")],
    );
    check("SEOUL, Jan. 15 (Desk) --", &[("Jan. 15", "2015-01-15")]);
    check("since May 2012 it may rain", &[("May 2012", "2012-05")]);
    check(
        "a poll of February-March 2014",
        &[("February-March 2014", "2014-02/2014-03")],
    );
    check(
        "February and March 2014",
        &[("February and March 2014", "2014-02/2014-03")],
    );
    check(
        "talks on May 7-8 in Jeju",
        &[("May 7-8", "2015-05-07/2015-05-08")],
    );
    check(
        "from May 30 to June 2, 2014",
        &[("May 30 to June 2, 2014", "2014-05-30/2014-06-02")],
    );
    check(
        "Dec. 28 to Jan. 3",
        &[("Dec. 28 to Jan. 3", "2015-12-28/2016-01-03")],
    );
    check("7-8 May 2013", &[("7-8 May 2013", "2013-05-07/2013-05-08")]);
    check(
        "from May 2012 to March 2014",
        &[("May 2012 to March 2014", "2012-05/2014-03")],
    );
    check(
        "They march in May. May 15 saw 15.5 percent, 15 percent",
        &[("May", "2015-05"), ("May 15", "2015-05-15")],
    );
    check("February 29", &[("February 29", "")]);
    check("You may 15 times ask; March on.", &[]);
}

#[test]
fn english_parts_of_months_years_and_decades() {
    check("in the 1990s", &[("1990s", "1990/1999")]);
    check(
        "the mid-1990s and late 1990's",
        &[("mid-1990s", "1994/1996"), ("late 1990's", "1995/1999")],
    );
    check("men in their 60s of the '60s", &[("'60s", "1960/1969")]);
    check(
        "early August 2014",
        &[("early August 2014", "2014-08-01/2014-08-10")],
    );
    check(
        "late February 2012",
        &[("late February 2012", "2012-02-21/2012-02-29")],
    );
    check("late 2012", &[("late 2012", "2012-09/2012-12")]);
}

#[test]
fn years() {
    check(
        "in 2015 and 1910-1945",
        &[("2015", "2015"), ("1910-1945", "1910/1945")],
    );
    check("between 1910 and 1945", &[("1910 and 1945", "1910/1945")]);
    check(
        "the 2012-13 season; 2012–2013",
        &[("2012-13", "2012/2013"), ("2012–2013", "2012/2013")],
    );
    check("$2015, 2,015, 2015.5, more than 2000 people, A2015", &[]);
}

#[test]
fn figures() {
    check("05-15-2015", &[("05-15-2015", "2015-05-15")]);
    check("15/05/2015", &[("15/05/2015", "2015-05-15")]);
    check("05-06-2015", &[("05-06-2015", "2015")]);
    assert!(find_explicit("05-06-2015", DayMonthOrder::Unknown)[0].ambiguous);
    let us = find_explicit("05-06-2015", DayMonthOrder::MonthFirst);
    assert_eq!(us[0].edtf.to_string(), "2015-05-06");
    let eu = find_explicit("05/06/15", DayMonthOrder::DayFirst);
    assert_eq!(eu[0].near(2015).unwrap().to_string(), "2015-06-05");
    check(
        "2015/06/22 2015-06-22",
        &[("2015/06/22", "2015-06-22"), ("2015-06-22", "2015-06-22")],
    );
    check(
        "2015-06-22T10:00:00.5+09:00.",
        &[("2015-06-22T10:00:00.5+09:00", "2015-06-22")],
    );
    check("2015-13-40 1.2.3 192.168.10.2015", &[]);
}

#[test]
fn japanese() {
    check("2023年5月7日に", &[("2023年5月7日", "2023-05-07")]);
    check(
        "令和5年5月7日、平成31年、昭和64年",
        &[
            ("令和5年5月7日", "2023-05-07"),
            ("平成31年", "2019-01/2019-04"),
            ("昭和64年", "1989-01"),
        ],
    );
    check("令和元年", &[("令和元年", "2019-05/2019-12")]);
    check("令和5年", &[("令和5年", "2023")]);
    check(
        "二〇二三年五月七日",
        &[("二〇二三年五月七日", "2023-05-07")],
    );
    check(
        "２０２３年十二月三十一日",
        &[("２０２３年十二月三十一日", "2023-12-31")],
    );
    check(
        "5月7～8日、8月下旬",
        &[
            ("5月7～8日", "2015-05-07/2015-05-08"),
            ("8月下旬", "2015-08-21/2015-08-31"),
        ],
    );
    check(
        "2023年度、1990年代、R5.5.7、30年ぶり",
        &[
            ("2023年度", "2023-04/2024-03"),
            ("1990年代", "1990/1999"),
            ("R5.5.7", "2023-05-07"),
        ],
    );
    check(
        "5月7日から9日まで、2012年から2014年",
        &[("5月7日", "2015-05-07"), ("2012年から2014年", "2012/2014")],
    );
}

#[test]
fn korean() {
    check(
        "2023년 5월 7일과 5월 7일",
        &[("2023년 5월 7일", "2023-05-07"), ("5월 7일", "2015-05-07")],
    );
    check(
        "2023.5.7. 발표, 2023. 5. 7. 서울",
        &[("2023.5.7", "2023-05-07"), ("2023. 5. 7.", "2023-05-07")],
    );
    check(
        "'12년 8월, 단기 4288년, 주체112(2023)년",
        &[
            ("'12년 8월", "2012-08"),
            ("단기 4288년", "1955"),
            ("주체112(2023)년", "2023"),
        ],
    );
    check(
        "98년 5월, 30년 만에, 2012~2013년",
        &[("98년 5월", "1998-05"), ("2012~2013년", "2012/2013")],
    );
    check("2015년 초등학교", &[("2015년", "2015")]);
    check("8월 중순, 5개월", &[("8월 중순", "2015-08-11/2015-08-20")]);
}

#[test]
fn hostile_text_is_read_without_a_panic() {
    for text in [
        "99999999999999999999年9月9日",
        "年月日",
        "令和",
        "'",
        "May",
        "2015-",
        "-2015",
        "1/",
        "R5.",
        "99月99日",
        "平成9999年",
        "단기1년",
        "early",
        "mid-",
    ] {
        for date in find_explicit(text, DayMonthOrder::Unknown) {
            assert!(!date.span.of(text).is_empty(), "{text}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn spans_fit_any_text(text in "[0-9A-Za-z年月日년월일令和平成 .,/'’~-]{0,60}|.{0,40}") {
        let mut end = 0;
        for date in find_explicit(&text, DayMonthOrder::Unknown) {
            proptest::prop_assert!(text.get(date.span.range()).is_some_and(|t| !t.is_empty()));
            proptest::prop_assert!(date.span.start >= end);
            end = date.span.end;
            if let Some(edtf) = date.near(2015) {
                proptest::prop_assert!(edtf.to_string().parse::<super::Edtf>().is_ok(), "{}", edtf);
            }
        }
    }
}
