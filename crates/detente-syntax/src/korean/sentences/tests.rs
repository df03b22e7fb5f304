//! Sentences as they should be found, and texts that should do no harm.

use super::*;

fn split(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    sentences(text, 0, text.len(), &mut out);
    out.iter().map(|&(s, e)| &text[s..e]).collect()
}

#[test]
fn full_stops_end_sentences() {
    let text = "배가 왔다. 사람들이 내렸어요! 누가 왔을까? 모른다";
    let found = split(text);
    assert_eq!(
        found,
        ["배가 왔다.", "사람들이 내렸어요!", "누가 왔을까?", "모른다"]
    );
    assert_eq!(
        split("배가 왔다.사람들은 기뻤다."),
        ["배가 왔다.", "사람들은 기뻤다."]
    );
    assert_eq!(
        split("정말 맛있어요 또 올게요 필요 없다"),
        ["정말 맛있어요", "또 올게요", "필요 없다"]
    );
    assert_eq!(split("그는… 갔다. 정말…").len(), 2);
}

#[test]
fn numbers_names_and_items_do_not() {
    for text in [
        "물가가 3.5% 올랐다.",
        "2024. 5. 3. 회의가 열렸다.",
        "존 F. 케네디 공항에 내렸다.",
        "1. 목적은 평화이다.",
        "가. 목적은 평화이다.",
        "B.C. 5세기의 일이다.",
        "주소는 www.a.example 이다.",
    ] {
        assert_eq!(split(text), [text]);
    }
}

#[test]
fn quotations_go_on() {
    for text in [
        "그는 “배가 왔다. 모두 타라”고 말했다.",
        "그는 \"배가 왔다.\"라고 말했다.",
        "그는 \"왜 왔나?\" 라며 웃었다.",
        "'배가 왔다!'는 소식에 모두 기뻤다.",
        "배(큰 배. 흰 배)가 왔다.",
    ] {
        assert_eq!(split(text), [text]);
    }
    let found = split("“배가 왔다. 모두 타라.” 그는 웃었다.");
    assert_eq!(found.len(), 3);
    assert_eq!(
        split("“배가 왔다.” 그는 웃었다."),
        ["“배가 왔다.”", "그는 웃었다."]
    );
}

#[test]
fn open_quotations_swallow_nothing() {
    let text = "그는 “배가 왔다. 모두 탔다. 배가 갔다.";
    assert_eq!(split(text).len(), 3);
    let text = format!("그는 \"배가 왔다. {}", "모두 탔다. ".repeat(500));
    assert_eq!(split(&text).len(), 501);
}

#[test]
fn lines_end_sentences() {
    let found = split("두 나라 회담 열려\n\n두 나라가 만났다\n- 첫째\n- 둘째");
    assert_eq!(
        found,
        ["두 나라 회담 열려", "두 나라가 만났다", "- 첫째", "- 둘째"]
    );
    let text = "두 나라의 장관은 지난 월요일에 서울에서\n만나 무역과 안보에 관한 여러 문제를 두고 길\n\
                게 이야기한 뒤에 다음 회담을 부산에서 열기\n로 했다. 회담은 모레 끝난다.";
    assert_eq!(split(text).len(), 2);
}

#[test]
fn hostile_text_is_safe() {
    for text in [
        "",
        " ",
        ".",
        "\"\"\"\"",
        "(((((",
        ". . .",
        "\u{301}.\u{301}",
        "‘.’’.",
        "…\n…",
    ] {
        split(text);
    }
    let mut out = Vec::new();
    sentences("가나", 1, 3, &mut out);
    sentences("가나", 0, 99, &mut out);
    assert!(out.is_empty());
}
