//! Searches that are kept under a name, and answers that are sent compressed.

use crate::shop::{Answer, Shop, documents, get, request, send};

/// Token and cookie of the form on a page.
fn form(page: &Answer) -> (String, String) {
    let cookie = page.header("set-cookie").split(';').next().unwrap();
    let html = page.text();
    let token = html.split("name=\"forgery\" value=\"").nth(1).unwrap();
    (
        token.split('"').next().unwrap().to_owned(),
        cookie.to_owned(),
    )
}

#[tokio::test]
async fn a_search_is_kept_found_again_and_forgotten_with_forms_alone() {
    let shop = Shop::new(&documents()[..4], false);
    let router = shop.router(|_| ());
    let found = get(&router, "/search?q=treaty&kind=event&from=2001").await;
    let link = "/searches?q=treaty&#38;from=2001&#38;kind=event";
    assert!(found.text().contains(link), "{}", found.text());

    let page = get(&router, &link.replace("&#38;", "&")).await;
    let (token, cookie) = form(&page);
    let post = async |cookie: &str, body: &str| {
        let headers = [
            ("cookie", cookie),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        send(
            &router,
            request("POST", "/searches", &headers, body.as_bytes()),
        )
        .await
    };
    let query = "query=q%3Dtreaty%26kind%3Devent%26from%3D2001";
    let keep = format!("name=Pacts+%3Cb%3E&{query}");
    assert_eq!(post("", &keep).await.status, 403);
    assert_eq!(
        post(&cookie, &format!("forgery=x&{keep}")).await.status,
        403
    );
    let kept = post(&cookie, &format!("forgery={token}&{keep}")).await;
    assert_eq!(kept.status, 303);
    assert_eq!(kept.header("location"), "/searches");

    let page = get(&router, "/searches").await.text();
    assert!(page.contains("/search?q=treaty&#38;kind=event&#38;from=2001"));
    assert!(page.contains("Pacts &#60;b&#62;"), "{page}");
    let list = get(&router, "/searches.json").await.json();
    assert_eq!(list["searches"][0]["name"], "Pacts <b>");
    let there = list["searches"][0]["page"].as_str().unwrap();
    assert_eq!(get(&router, there).await.status, 200);

    for wrong in [
        "name=&query=q%3Da",
        "name=a%0Ab&query=q%3Da",
        "name=a&query=",
        "name=a&query=order%3Ddate",
        "name=a&query=kind%3Dnothing",
        "name=a&query=unknown%3D1",
    ] {
        let answer = post(&cookie, &format!("forgery={token}&{wrong}")).await;
        assert_eq!(answer.status, 400, "{wrong}");
    }
    let forget = format!("forgery={token}&name=Pacts+%3Cb%3E");
    assert_eq!(post(&cookie, &forget).await.status, 303);
    assert_eq!(post(&cookie, &forget).await.status, 404);
    let list = get(&router, "/searches.json").await.json();
    assert_eq!(list["searches"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn programs_keep_searches_as_well() {
    let shop = Shop::new(&documents()[..2], false);
    let router = shop.router(|_| ());
    let body = br#"{"name": "a/b.json", "query": "?q=x"}"#;
    let good = br#"{"name": "a/b.json", "query": "q=x&limit=5&cursor=1.1"}"#;
    let ask = async |method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]| {
        send(&router, request(method, path, headers, body)).await
    };
    let path = "/api/v1/searches";
    assert_eq!(ask("POST", path, &[], good).await.status, 403);
    let own = [("x-detente", "1")];
    assert_eq!(ask("POST", path, &own, body).await.status, 400);
    assert_eq!(ask("POST", path, &own, b"{}").await.status, 400);
    let kept = ask("POST", path, &own, good).await;
    assert_eq!(kept.status, 201, "{}", kept.text());
    assert_eq!(kept.json()["query"], "q=x");
    let list = get(&router, path).await.json();
    assert_eq!(list["searches"].as_array().unwrap().len(), 1);
    let one = "/api/v1/searches/a%2Fb.json";
    assert_eq!(ask("DELETE", one, &own, b"").await.status, 204);
    assert_eq!(ask("DELETE", one, &own, b"").await.status, 404);
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_take_them_so() {
    let shop = Shop::new(&documents()[..4], false);
    let router = shop.router(|_| ());
    let headers = [("accept-encoding", "gzip"), ("accept", "text/html")];
    for page in ["/", "/documents", "/api/v1/facts?limit=50"] {
        let plain = get(&router, page).await;
        let packed = send(&router, request("GET", page, &headers, b"")).await;
        assert_eq!(packed.header("content-encoding"), "gzip", "{page}");
        assert!(2 * packed.body.len() < plain.body.len(), "{page}");
        let tag = packed.header("etag").to_owned();
        assert_eq!(tag, format!("W/{}", plain.header("etag")));
        let again = [("if-none-match", tag.as_str()), headers[0], headers[1]];
        let again = send(&router, request("GET", page, &again, b"")).await;
        assert_eq!(again.status, 304, "{page}");
    }
    // A page that carries a secret is not.
    let secret = send(&router, request("GET", "/searches?q=treaty", &headers, b"")).await;
    assert_eq!(secret.header("content-encoding"), "");
}

#[tokio::test]
async fn coverage_is_told_by_source_and_month() {
    let shop = Shop::new(&documents(), false);
    let router = shop.router(|_| ());
    let quality = get(&router, "/quality.json").await.json();
    let outlet = &quality["outlets"][0];
    let sum = |list: &serde_json::Value| -> u64 {
        let pairs = list.as_array().unwrap().iter();
        pairs.map(|pair| pair[1].as_u64().unwrap()).sum()
    };
    assert_eq!(sum(&outlet["years"]), outlet["documents"].as_u64().unwrap());
    let year = outlet["years"].as_array().unwrap().iter();
    let year = year.map(|pair| pair[0].as_i64().unwrap()).find(|y| *y > 0);
    let year = year.expect("documents have dates");
    let html = get(&router, "/quality").await.text();
    assert!(html.contains(&format!("/quality?year={year:04}#coverage")));
    let html = get(&router, &format!("/quality?year={year}")).await.text();
    assert!(html.contains(&format!("{year:04}-12</th>")), "{html}");
    assert_eq!(get(&router, "/quality?year=x").await.status, 400);
}

#[tokio::test]
async fn the_overview_leads_to_all_that_is_new_since_the_last_visit() {
    let shop = Shop::new(&documents(), false);
    let router = shop.router(|_| ());
    let seen = [("cookie", "seen=40.1"), ("accept", "text/html")];
    let overview = send(&router, request("GET", "/", &seen, b"")).await.text();
    assert!(overview.contains("href=\"/new?after=40\""), "{overview}");
    let mut met = 0;
    let mut page = "/new.json?after=40&limit=100".to_owned();
    loop {
        let new = get(&router, &page).await.json();
        met += new["facts"].as_array().unwrap().len();
        match new["next"].as_str() {
            Some(next) => page = format!("/new.json?after={next}&limit=100"),
            None => break,
        }
    }
    let index = send(&router, request("GET", "/index.json", &seen, b"")).await;
    assert_eq!(index.json()["fresh"], met);
    assert!(met > 100);
}
