//! Whole pages of our own writing, in three languages.

use crate::{Basis, Document, DropReason, ReadOptions, read};

fn document(text: &str) -> Document {
    read("page.txt", text.as_bytes(), &ReadOptions::default())
        .documents
        .remove(0)
}

fn why(document: &Document, part: &str) -> Option<DropReason> {
    let at = document.text.find(part).expect(part) as u32;
    document
        .dropped
        .iter()
        .find(|d| d.span.start <= at && at < d.span.end)
        .map(|d| d.reason)
}

const NEWS: &str = "Skip to main content\n\nPolitics\n\nEnvoys return to their posts after a year\n\
    Envoys return to their posts after a year\n\nMarch 04, 2019\nBy Anna Weber\n  • twitter\n  • Facebook\n\n\
    FILE - A flag flies over the embassy in the old town, Dec. 2, 2018.\n\n\
    Harbor City, March 3: The envoys of both countries went back to their posts on Sunday.\n\
    A spokesman said that the talks on visas would go on in May.\nNo word on trade\n\
    Neither side said when the talks on trade would be taken up again.\n\n\
    Also read: Ferries run again\n\nAnna Weber is a correspondent in Harbor City. She holds a doctorate in history.\n\n\
    The views expressed are those of the author.\n© 2019 The Harbor Times. All rights reserved.\n\nXS\nSM\nMD\nLG\n";

#[test]
fn a_news_page_is_told_apart() {
    let d = document(NEWS);
    for (part, reason) in [
        ("Skip to", DropReason::Navigation),
        ("Politics", DropReason::Label),
        ("Envoys return", DropReason::Headline),
        ("March 04", DropReason::Byline),
        ("By Anna", DropReason::Byline),
        ("• Facebook", DropReason::Controls),
        ("FILE", DropReason::Caption),
        ("Harbor City, March 3", DropReason::Byline),
        ("No word", DropReason::Headline),
        ("Also read", DropReason::Related),
        ("Anna Weber is", DropReason::Biography),
        ("The views", DropReason::Disclaimer),
        ("© 2019", DropReason::Notice),
        ("XS", DropReason::Controls),
    ] {
        assert_eq!(why(&d, part), Some(reason), "{part}");
    }
    for part in ["The envoys of both", "A spokesman", "Neither side"] {
        assert_eq!(why(&d, part), None, "{part}");
    }
    let meta = &d.metadata;
    assert_eq!(
        meta.title.as_ref().unwrap().value,
        "Envoys return to their posts after a year"
    );
    assert_eq!(meta.authors[0].value, "Anna Weber");
    assert_eq!(meta.place.as_ref().unwrap().value, "Harbor City");
    assert_eq!(meta.outlet.as_ref().unwrap().value, "The Harbor Times");
    let date = meta.date.as_ref().unwrap();
    assert_eq!(
        (date.edtf.to_string().as_str(), date.basis),
        ("2019-03-04", Basis::Explicit)
    );
    assert_eq!(date.span.unwrap().of(&d.text), "March 04, 2019");
}

#[test]
fn a_japanese_page_is_told_apart() {
    let d = document(
        "本文へ\n国際\n両外相、対話継続で一致\n2019年3月4日 5時00分\n田中花子記者\nシェア\n\n\
         【ソウル＝田中花子】両国の外相は3日、ソウルで会談し、対話を続けることで一致した。\n\
         次回は5月に東京で開く。\n\n関連記事\n・フェリー再開\n・首相が訪問へ\n無断転載を禁じます。\n",
    );
    for (part, reason) in [
        ("本文へ", DropReason::Navigation),
        ("国際", DropReason::Label),
        ("両外相、", DropReason::Headline),
        ("2019年", DropReason::Byline),
        ("シェア", DropReason::Controls),
        ("【ソウル", DropReason::Byline),
        ("関連記事", DropReason::Related),
        ("・フェリー", DropReason::Related),
        ("無断転載", DropReason::Notice),
    ] {
        assert_eq!(why(&d, part), Some(reason), "{part}");
    }
    assert_eq!(why(&d, "両国の外相は"), None);
    assert_eq!(why(&d, "次回は"), None);
    assert_eq!(d.metadata.authors[0].value, "田中花子");
    assert_eq!(d.metadata.place.as_ref().unwrap().value, "ソウル");
    assert_eq!(
        d.metadata.date.as_ref().unwrap().edtf.to_string(),
        "2019-03-04"
    );
}

#[test]
fn a_korean_page_is_told_apart() {
    let d = document(
        "본문 바로가기\n정치\n양국 외교장관 대화 지속하기로\n입력 2019.03.04. 오전 5:00\n수정 2019.03.05. 오전 7:12\n글자크기\n\n\
         (도쿄=한빛통신) 박서준 특파원 = 양국 외교장관은 3일 도쿄에서 회담을 열고 대화를 이어가기로 했다.\n\
         다음 회담은 5월 서울에서 열린다.\n\n박서준 기자 park@example.kr\n무단 전재 및 재배포 금지\n",
    );
    for (part, reason) in [
        ("본문 바로", DropReason::Navigation),
        ("정치", DropReason::Label),
        ("양국 외교장관 대화", DropReason::Headline),
        ("입력", DropReason::Byline),
        ("글자크기", DropReason::Controls),
        ("(도쿄", DropReason::Byline),
        ("박서준 기자", DropReason::Byline),
        ("무단", DropReason::Notice),
    ] {
        assert_eq!(why(&d, part), Some(reason), "{part}");
    }
    assert_eq!(why(&d, "양국 외교장관은"), None);
    assert_eq!(why(&d, "다음 회담은"), None);
    assert_eq!(d.metadata.authors[0].value, "박서준");
    assert_eq!(d.metadata.outlet.as_ref().unwrap().value, "한빛통신");
    assert_eq!(
        d.metadata.date.as_ref().unwrap().edtf.to_string(),
        "2019-03-04"
    );
}

#[test]
fn content_is_not_lost_to_the_rules() {
    for text in [
        "Tokyo condemned Seoul.",
        "Seoul lodged a protest. Tokyo rejected it.",
        "  1. hold talks on visas,\n  2. open the ferry line, and\n  3. meet again in May.",
        "Both sides agreed on the following steps:\n\n• hold talks on visas\n• open the ferry line\n\nThe next round is in May.",
        "両国は対話を続けることで一致した。",
        "양국은 대화를 이어가기로 했다.",
        "Talks resume in Seoul",
    ] {
        let d = document(text);
        let kept: String = d.content().iter().map(|s| s.of(&d.text)).collect();
        assert_eq!(kept.trim(), text.trim(), "{:?}", d.dropped);
    }
}

#[test]
fn a_name_that_the_text_tells_of_is_no_author() {
    let body = "The envoy Mira Holt spoke about visas before three hundred guests.\n\
        She said that Mira Holt was not a name that anybody would remember for long.\nThe guests laughed.\nThey went home.\n";
    let d = document(&format!(
        "A speech about visas and ferries\n\nMira Holt, envoy of the north\n\n{body}"
    ));
    assert_eq!(why(&d, "Mira Holt, envoy"), Some(DropReason::Caption));
    assert!(d.metadata.authors.is_empty());
    let d = document(&format!(
        "A speech about visas and ferries\n\nRolf Egger, envoy of the south\n\n{body}"
    ));
    assert_eq!(d.metadata.authors[0].value, "Rolf Egger");
}

#[test]
fn an_ambiguous_date_is_settled_by_the_text() {
    let date = |text: &str| document(text).metadata.date.map(|d| d.edtf.to_string());
    let body = "The envoys of both countries went back to their posts on Sunday.";
    let head = "Envoys return to their posts\n\n05/06/2015\n\n";
    assert_eq!(date(&format!("{head}{body}")).as_deref(), Some("2015"));
    assert_eq!(
        date(&format!("{head}{body} They had met on June 4.")).as_deref(),
        Some("2015-06-05")
    );
    assert_eq!(
        date(&format!("{head}SEOUL, May 6 - {body}")).as_deref(),
        Some("2015-05-06")
    );
}
