//! Sentences as they should be found, and texts that should do no harm.

use super::*;

fn split(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    sentences(text, 0, text.len(), &mut out);
    out.iter().map(|&(s, e)| &text[s..e]).collect()
}

#[test]
fn stops_end_sentences() {
    assert_eq!(
        split("首相は会見した。「行く」と述べた。なぜか？ 答えはない！！"),
        [
            "首相は会見した。",
            "「行く」と述べた。",
            "なぜか？",
            "答えはない！！"
        ]
    );
    assert_eq!(split("会談した｡次は釜山だ｡"), ["会談した｡", "次は釜山だ｡"]);
    assert_eq!(
        split("会談した．次は３．５％だ．"),
        ["会談した．", "次は３．５％だ．"]
    );
    assert_eq!(
        split("輸出は2.5%増えた. 輸入は減った."),
        ["輸出は2.5%増えた.", "輸入は減った."]
    );
}

#[test]
fn quotations_are_kept_whole_within_a_sentence() {
    let one = "外相は「会談は有益だった。次回も楽しみだ。」と語った。";
    assert_eq!(split(one), [one]);
    let one = "両国（前回は東京で会った。）は合意した。";
    assert_eq!(split(one), [one]);
}

#[test]
fn a_quotation_that_stands_alone_is_cut() {
    assert_eq!(
        split("「船は出た。港は静かだ。」\n記者はそう書いた。"),
        ["「船は出た。", "港は静かだ。」", "記者はそう書いた。"]
    );
}

#[test]
fn a_bracket_without_end_swallows_nothing() {
    assert_eq!(
        split("「船は出た。港は静かだ。記者は帰った。"),
        ["「船は出た。", "港は静かだ。", "記者は帰った。"]
    );
}

#[test]
fn questions_inside_a_sentence_do_not_end_it() {
    assert_eq!(
        split("本当か？と記者は聞いた。"),
        ["本当か？と記者は聞いた。"]
    );
    assert_eq!(split("Goal!ニュースを読む。"), ["Goal!ニュースを読む。"]);
}

#[test]
fn lines_and_lists_end_sentences() {
    assert_eq!(
        split("両国、漁業で合意\n　外相が発表した。\n・第一に船\n・第二に港"),
        [
            "両国、漁業で合意",
            "外相が発表した。",
            "・第一に船",
            "・第二に港"
        ]
    );
    assert_eq!(split("見出し ■本文の始まり"), ["見出し", "■本文の始まり"]);
}

#[test]
fn lines_cut_at_a_width_are_joined() {
    let text = "両国の外相は十日に会い、漁業\nの問題について話し合ったと発\n表した。会談は一時間に及び、\n次回は秋に開く。";
    let found = split(text);
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn ranges_fit_any_text() {
    let spaces = " ".repeat(20_000);
    let brackets = "「」（".repeat(20_000);
    let long = [spaces.as_str(), &brackets, &spaces, "。", &spaces].concat();
    for text in [
        long.as_str(),
        "",
        " \n",
        "。。。",
        "「「「「",
        "」。",
        "a.b.c",
        "\u{3000}。\r\n！",
        "（。）\n\n「。」",
    ] {
        let mut out = Vec::new();
        sentences(text, 0, text.len(), &mut out);
        let mut last = 0;
        for (s, e) in out {
            assert!(last <= s && s < e && text.is_char_boundary(s) && text.is_char_boundary(e));
            last = e;
        }
    }
}
