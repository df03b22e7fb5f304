//! `detente index`, `forecast` and `brief`.

use super::shop::Shop;

#[test]
fn the_index_names_the_facts_behind_each_month_and_leaves_the_others_blank() {
    let shop = Shop::with_record();
    let json = shop.detente(&["index", "--json"]).ok().text();
    let index: serde_json::Value = serde_json::from_str(&json).unwrap();
    let points = index["series"][0]["points"].as_array().unwrap();
    let first = &points[0];
    assert_eq!(first["month"], "2012-08");
    assert!(first["mean"].as_f64().unwrap() < 0.0);
    assert!(!first["facts"].as_array().unwrap().is_empty());
    assert!(points[1]["mean"].is_null() && points[1]["sum"].is_null());
    // Two documents tell nothing of how far documents differ.
    assert!(first["mean_band"].is_null());
    assert_eq!(json, shop.detente(&["index", "--json"]).ok().text());
    let wrong = shop.detente(&["index", "--kind", "poll"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("error[D003]"), "{}", wrong.err);
}

#[test]
fn forecasts_stand_beside_baselines() {
    let text = Shop::with_record()
        .detente(&["forecast", "--csv"])
        .ok()
        .text();
    for method in ["last_value,1", "mean,1", "seasonal,1", "smoothing,0"] {
        assert!(text.contains(&format!("joint,{method}")), "{text}");
    }
}

#[test]
fn every_sentence_of_a_brief_has_evidence() {
    let shop = Shop::with_record();
    let ran = shop
        .detente(&["brief", "--since", "2012-08", "--until", "2012-08"])
        .ok();
    assert!(
        ran.err.contains("sentences without evidence: 0 of "),
        "{}",
        ran.err
    );
    let text = ran.text();
    assert!(
        text.contains("“Japan condemned South Korea on Friday”[^"),
        "{text}"
    );
    assert!(
        text.contains("2012-08-11\\_courier.txt, characters "),
        "{text}"
    );
    let page = shop
        .detente(&[
            "brief", "--since", "2012-08", "--until", "2012-08", "--format", "html",
        ])
        .ok()
        .text();
    assert!(
        page.contains("role=\"group\"") && page.contains("<q lang=\"en\">"),
        "{page}"
    );
    assert!(!page.contains("<script"));
}
