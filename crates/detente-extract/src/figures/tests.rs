use detente_syntax::Sentence;
use detente_text::Span;

use super::{IndicatorDraft, PollDraft, find, indicator, lines};
use crate::{Value, times::TimeContext};

/// Sentences of a text: one a line; an empty line parts paragraphs.
fn sentences(text: &str) -> (Vec<Sentence>, Vec<usize>) {
    let (mut list, mut paragraphs, mut paragraph, mut start) = (Vec::new(), Vec::new(), 0, 0);
    for line in text.split('\n') {
        if line.trim().is_empty() {
            paragraph += 1;
        } else {
            let mut sentence = Sentence::default();
            sentence.span = Span::from(start..start + line.len());
            list.push(sentence);
            paragraphs.push(paragraph);
        }
        start += line.len() + 1;
    }
    (list, paragraphs)
}

fn context() -> TimeContext {
    TimeContext::english(Some("2015-05-15".parse().unwrap()))
}

fn all_polls(text: &str) -> Vec<PollDraft> {
    let (sentences, paragraphs) = sentences(text);
    find(text, &sentences, &paragraphs, &context()).0
}

fn all_indicators(text: &str) -> Vec<IndicatorDraft> {
    let (sentences, _) = sentences(text);
    indicator::find(&sentences, &lines(text, &sentences, &context()), &[])
}

fn shown(value: &Value) -> String {
    match value {
        Value::Number(n) => n.to_string(),
        Value::Text(t) => t.clone(),
    }
}

/// Quote, value, population and answer of each draft.
#[track_caller]
fn poll(text: &str, expected: &[(&str, &str, &str, &str)]) {
    let found: Vec<(String, String, String, String)> = all_polls(text)
        .iter()
        .map(|d| {
            let field =
                |f: &Option<super::Field>| f.as_ref().map_or("-".to_owned(), |f| f.text.clone());
            (
                d.span.of(text).to_owned(),
                shown(&d.value),
                field(&d.population),
                field(&d.answer),
            )
        })
        .collect();
    let found: Vec<(&str, &str, &str, &str)> = found
        .iter()
        .map(|(a, b, c, d)| (a.as_str(), b.as_str(), c.as_str(), d.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

/// Quote, value, unit, sources and targets of each draft.
#[track_caller]
fn indicator(text: &str, expected: &[(&str, &str, &str, &str)]) {
    let found: Vec<(String, String, String, String)> = all_indicators(text)
        .iter()
        .map(|d| {
            let ends = |spans: &[Span]| {
                spans
                    .iter()
                    .map(|s| s.of(text))
                    .collect::<Vec<_>>()
                    .join("+")
            };
            (
                d.span.of(text).to_owned(),
                shown(&d.value),
                d.unit.clone().unwrap_or_else(|| "-".to_owned()),
                format!("{}>{}", ends(&d.source), ends(&d.target)),
            )
        })
        .collect();
    let found: Vec<(&str, &str, &str, &str)> = found
        .iter()
        .map(|(a, b, c, d)| (a.as_str(), b.as_str(), c.as_str(), d.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn shares_in_brackets_change_population_inside_a_sentence() {
    let text = "In a Norway-Sweden survey run by the Hanbit Daily in March-April 2016, the most frequent answer in Norway to “where would you like to study?” was Denmark (44%) followed by Finland (27%), while respondents in Sweden put Finland (39%) first, Denmark (30.5%) second, and Norway (12%) third.";
    poll(
        text,
        &[
            ("Denmark (44%)", "44", "Norwegian respondents", "Denmark"),
            ("Finland (27%)", "27", "Norwegian respondents", "Finland"),
            ("Finland (39%)", "39", "Swedish respondents", "Finland"),
            ("Denmark (30.5%)", "30.5", "Swedish respondents", "Denmark"),
            ("Norway (12%)", "12", "Swedish respondents", "Norway"),
        ],
    );
    let first = &all_polls(text)[0];
    assert_eq!(first.pollster.as_ref().unwrap().text, "Hanbit Daily");
    assert_eq!(
        first.question.as_ref().unwrap().text,
        "where would you like to study?"
    );
    assert_eq!(
        first.fieldwork.unwrap().edtf.unwrap().to_string(),
        "2016-03/2016-04"
    );
}

#[test]
fn a_joint_poll_with_two_peoples() {
    let text = "Asked “Should the tunnel be built?” in a joint Morgen Post-Hanbit Daily survey held in June 2017, Germans chose a bridge (58%) over the tunnel (19%), whereas South Koreans were divided between the tunnel (44%) and a bridge (41%).";
    poll(
        text,
        &[
            ("a bridge (58%)", "58", "German respondents", "bridge"),
            ("the tunnel (19%)", "19", "German respondents", "tunnel"),
            (
                "the tunnel (44%)",
                "44",
                "South Korean respondents",
                "tunnel",
            ),
            ("a bridge (41%)", "41", "South Korean respondents", "bridge"),
        ],
    );
    let first = &all_polls(text)[0];
    assert_eq!(
        first.pollster.as_ref().unwrap().text,
        "Morgen Post-Hanbit Daily"
    );
    assert_eq!(
        first.question.as_ref().unwrap().text,
        "Should the tunnel be built?"
    );
}

#[test]
fn shares_of_a_people() {
    poll(
        "In a May poll by Hanbit Daily, 41% of Koreans viewed Japan favourably.",
        &[(
            "41% of Koreans viewed Japan favourably",
            "41",
            "Korean respondents",
            "viewed Japan favourably",
        )],
    );
    poll(
        "Two-thirds of Japanese respondents said ties should improve, while six in ten Koreans agreed, according to the survey.",
        &[
            (
                "Two-thirds of Japanese respondents said ties should improve",
                "66.7",
                "Japanese respondents",
                "ties should improve",
            ),
            (
                "six in ten Koreans agreed",
                "60",
                "Korean respondents",
                "agreed",
            ),
        ],
    );
    poll(
        "More than half of the respondents opposed the plan, the survey showed.",
        &[(
            "More than half of the respondents opposed the plan",
            ">50",
            "-",
            "opposed the plan",
        )],
    );
}

#[test]
fn shares_that_follow_each_other() {
    let text = "Of 1,000 adults polled by Nordlys by phone on May 7-8, 52 percent said the deal was fair, 30 percent disagreed and the rest had no opinion.";
    poll(
        text,
        &[
            (
                "52 percent said the deal was fair",
                "52",
                "adults",
                "the deal was fair",
            ),
            ("30 percent disagreed", "30", "adults", "disagreed"),
        ],
    );
    let first = &all_polls(text)[0];
    assert_eq!(first.n, Some(1000));
    assert_eq!(first.survey_mode, Some("phone"));
    assert_eq!(first.pollster.as_ref().unwrap().text, "Nordlys");
    assert_eq!(
        first.fieldwork.unwrap().edtf.unwrap().to_string(),
        "2015-05-07/2015-05-08"
    );
}

#[test]
fn the_survey_may_stand_in_another_sentence() {
    let text = "Gallup Norge surveyed 1,003 adults nationwide online last week.\nAbout 38 percent supported the treaty, down from 45 percent a year earlier.\n\nOnly 12 percent said they had read it.";
    let drafts = all_polls(text);
    assert_eq!(drafts.len(), 3, "{drafts:#?}");
    for draft in &drafts {
        assert_eq!(draft.pollster.as_ref().unwrap().text, "Gallup Norge");
        let earlier = draft.rule == "poll_earlier_wave";
        assert_eq!(draft.n, (!earlier).then_some(1003));
        assert_eq!(draft.survey_mode, Some("online"));
    }
    assert_eq!(
        drafts[0].span.of(text),
        "About 38 percent supported the treaty"
    );
    assert_eq!(
        drafts[1].span.of(text),
        "down from 45 percent a year earlier"
    );
    let when = drafts[1].fieldwork.unwrap().edtf.unwrap();
    assert_eq!(when.to_string(), "2014");
}

#[test]
fn percentages_of_those_who_and_ratings() {
    poll(
        "A poll taken by the Interior Office last spring put the percentage of Danes who distrust the court at a record high of 58%.",
        &[(
            "the percentage of Danes who distrust the court at a record high of 58%",
            "58",
            "Danish respondents",
            "distrust the court",
        )],
    );
    poll(
        "The premier's approval rating fell 5 points to 45 percent.",
        &[(
            "The premier's approval rating fell 5 points to 45 percent",
            "45",
            "-",
            "approve",
        )],
    );
    poll(
        "Support for the pact rose from 40 percent to 45 percent in the survey.",
        &[(
            "Support for the pact rose from 40 percent to 45 percent",
            "45",
            "-",
            "Support for the pact",
        )],
    );
    poll(
        "His approval ratings began to fall after the scandal.",
        &[(
            "His approval ratings began to fall after the scandal",
            "decrease",
            "-",
            "approve",
        )],
    );
}

#[test]
fn tables_of_results() {
    let text = "The Hanbit Daily polled 1,000 people in each country.\n| Answer | Norway | Sweden |\n|---|---|---|\n| Agree | 52% | 31% |\n| Disagree | 40% | 60.5% |\n\nThe next meeting is in May.";
    poll(
        text,
        &[
            ("Agree | 52%", "52", "Norwegian respondents", "Agree"),
            ("Agree | 52% | 31%", "31", "Swedish respondents", "Agree"),
            ("Disagree | 40%", "40", "Norwegian respondents", "Disagree"),
            (
                "Disagree | 40% | 60.5%",
                "60.5",
                "Swedish respondents",
                "Disagree",
            ),
        ],
    );
    assert_eq!(
        all_polls(text)[0].pollster.as_ref().unwrap().text,
        "Hanbit Daily"
    );
    assert!(all_polls("| Goods | Share |\n| Steel | 52% |").is_empty());
}

#[test]
fn what_is_no_poll() {
    for text in [
        "Exports to Korea fell 12 percent from a year earlier.",
        "The poll had a margin of error of 3.1 percent at a 95 percent confidence level.",
        "About 30 percent of exports go to China.",
        "Turnout was 54 percent.",
        "The envoy, 52, spoke for 10 minutes.",
    ] {
        assert!(all_polls(text).is_empty(), "{text}: {:#?}", all_polls(text));
    }
}

#[test]
fn visitors_and_trade() {
    indicator(
        "Korean visitors to Japan rose 33% last year.",
        &[(
            "Korean visitors to Japan rose 33% last year",
            "33",
            "percent (year on year)",
            "Korean>Japan",
        )],
    );
    indicator(
        "Exports to Korea fell 12 percent from a year earlier.",
        &[(
            "Exports to Korea fell 12 percent from a year earlier",
            "-12",
            "percent (year on year)",
            ">Korea",
        )],
    );
    indicator(
        "Officials said that trade between Norway and Sweden doubled last year.",
        &[(
            "trade between Norway and Sweden doubled last year",
            "2",
            "times (year on year)",
            "Norway+Sweden>",
        )],
    );
    indicator(
        "The number of Danish visitors to Norway dropped due to worries about the weather.",
        &[(
            "The number of Danish visitors to Norway dropped due to worries about the weather",
            "decrease",
            "-",
            "Danish>Norway",
        )],
    );
    indicator(
        "Meanwhile, fewer Swedish people travelled to Norway because they feared storms.",
        &[(
            "fewer Swedish people travelled to Norway because they feared storms",
            "decrease",
            "-",
            "Swedish people>Norway",
        )],
    );
    indicator(
        "Norway bought exports worth $3.2 billion from Sweden.",
        &[(
            "Norway bought exports worth $3.2 billion from Sweden",
            "3200000000",
            "USD",
            "Norway>",
        )],
    );
    indicator(
        "Direct investment from Norway to Sweden tripled in 2014.",
        &[(
            "Direct investment from Norway to Sweden tripled in 2014",
            "3",
            "times (year on year)",
            "Norway>Sweden",
        )],
    );
}

#[test]
fn budgets_and_changes_in_nouns() {
    indicator(
        "Norway has slowly cut its defence spending over the past eight years.",
        &[(
            "Norway has slowly cut its defence spending over the past eight years",
            "decrease",
            "-",
            "Norway>",
        )],
    );
    indicator(
        "Norway's defence budget is 2.8 percent of GDP.",
        &[(
            "Norway's defence budget is 2.8 percent of GDP",
            "2.8",
            "percent of GDP",
            "Norway>",
        )],
    );
    indicator(
        "Norway will raise its defence budget this year.\nIt would be less than 2 percent of the GDP.",
        &[
            (
                "Norway will raise its defence budget this year",
                "increase",
                "-",
                "Norway>",
            ),
            (
                "It would be less than 2 percent of the GDP",
                "<2",
                "percent of GDP",
                "Norway>",
            ),
        ],
    );
    indicator(
        "The report blamed a 12 percent drop in exports to Sweden last year for the layoffs.",
        &[(
            "a 12 percent drop in exports to Sweden last year",
            "-12",
            "percent (year on year)",
            ">Sweden",
        )],
    );
    indicator(
        "The storm led to the increase in Norway's direct investment.",
        &[(
            "the increase in Norway's direct investment",
            "increase",
            "-",
            "Norway>",
        )],
    );
    indicator(
        "It is a modest figure compared with the defence spending of Norway.",
        &[(
            "a modest figure compared with the defence spending of Norway",
            "comparison",
            "-",
            "Norway>",
        )],
    );
}

#[test]
fn what_is_no_indicator() {
    for text in [
        "The trade minister, 52, led a delegation of 30 people on May 7.",
        "The two sides held talks on trade for 10 hours.",
        "Export controls were discussed 200 kilometres from Seoul.",
        "The investment treaty was signed in 2012.",
        "Some 200 students from 5 schools took part.",
        "Tourists took photographs.",
    ] {
        assert!(
            all_indicators(text).is_empty(),
            "{text}: {:#?}",
            all_indicators(text)
        );
    }
}

#[test]
fn hostile_text_is_read_without_a_panic() {
    let long = "52 percent of Koreans (55%) said exports fell ".repeat(3000);
    for text in [
        "(55%)",
        "% % (%)",
        "of 52 percent",
        "“52%",
        "52% of",
        "poll by",
        "the percentage of who 5%",
        long.as_str(),
    ] {
        for draft in all_polls(text) {
            assert!(!draft.span.of(text).is_empty());
        }
        for draft in all_indicators(text) {
            assert!(!draft.span.of(text).is_empty());
        }
    }
}
