//! Pages and interface by plain HTTP.

use std::{collections::BTreeSet, time::Duration};

use crate::shop::{Shop, documents, get, pages, request, send};

const LIMIT: usize = 150_000;

#[tokio::test]
async fn every_page_has_a_twin_an_etag_and_a_moderate_weight() {
    let shop = Shop::new(&documents(), false);
    let router = shop.router(|_| ());
    for page in pages(&router).await {
        let answer = get(&router, &page).await;
        assert_eq!(answer.status, 200, "{page}");
        assert!(answer.body.len() <= LIMIT, "{page}: {}", answer.body.len());
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        let html = answer.text();
        assert!(html.contains("<html lang=\"en\">"), "{page}");
        assert!(
            !html.contains(" style=\"") && !html.contains("<style"),
            "{page}"
        );
        assert!(
            !html.contains("onclick") && !html.contains("javascript:"),
            "{page}"
        );
        assert_eq!(html.matches("<script").count(), 1, "{page}");
        let tag = answer.header("etag").to_owned();
        let again = [("accept", "text/html"), ("if-none-match", tag.as_str())];
        let again = send(&router, request("GET", &page, &again, b"")).await;
        // The page of a form is made anew for each browser.
        assert!(
            again.status == 304 || page == "/runs" || page.starts_with("/searches"),
            "{page}: {}",
            again.status
        );

        let (path, query) = page.split_once('?').unwrap_or((&page, ""));
        let path = if path == "/" { "/index" } else { path };
        let twin = get(&router, &format!("{path}.json?{query}")).await;
        assert_eq!(twin.status, 200, "{page}");
        assert_eq!(twin.header("content-type"), "application/json");
        assert!(twin.json().is_object());
    }
}

#[tokio::test]
async fn the_interface_speaks_three_languages() {
    let shop = Shop::new(&documents(), false);
    let router = shop.router(|_| ());
    for (headers, lang, word) in [
        (vec![("accept-language", "ja")], "ja", "年表"),
        (vec![("accept-language", "ko-KR, en;q=0.5")], "ko", "연표"),
        (
            vec![("accept-language", "ja"), ("cookie", "lang=ko")],
            "ko",
            "연표",
        ),
        (vec![], "en", "Timeline"),
    ] {
        let answer = send(&router, request("GET", "/timeline", &headers, b"")).await;
        let html = answer.text();
        assert!(html.contains(&format!("<html lang=\"{lang}\">")) && html.contains(word));
    }
    let answer = get(&router, "/?lang=ja").await;
    assert!(answer.header("set-cookie").contains("lang=ja"));
}

#[tokio::test]
async fn cursors_reach_every_fact_once_in_order() {
    let shop = Shop::new(&documents(), false);
    let router = shop.router(|_| ());
    for query in [
        "",
        "kind=event",
        "issue=history",
        "actor=KOR",
        "from=2005&to=2010",
        "order=-date",
        "actor=KOR&kind=event,statement&order=-date",
        "q=treaty",
        "q=treaty&kind=event",
        "document=paper-03.txt",
        "from=2000-05&order=-date",
    ] {
        let whole = get(
            &router,
            &format!("/api/v1/facts?{query}&form=jsonl").replace("order=-date", ""),
        )
        .await;
        let ids = |text: &str| -> BTreeSet<String> {
            let lines = text.lines().filter(|line| !line.is_empty());
            lines
                .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
                .map(|fact| fact["id"].as_str().unwrap().to_owned())
                .collect()
        };
        let whole = ids(&whole.text());
        let mut met = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = get(&router, &format!("/api/v1/facts?{query}&limit=7{cursor}")).await;
            assert_eq!(page.status, 200, "{query}: {}", page.text());
            let page = page.json();
            for fact in page["facts"].as_array().unwrap() {
                met.push(fact["id"].as_str().unwrap().to_owned());
            }
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
            assert!(met.len() <= 360, "{query}");
        }
        assert!(!met.is_empty(), "{query}");
        assert_eq!(met.len(), whole.len(), "{query}: twice or not at all");
        assert_eq!(
            met.iter().cloned().collect::<BTreeSet<_>>(),
            whole,
            "{query}"
        );
    }
}

#[tokio::test]
async fn filters_find_what_the_command_line_finds() {
    let shop = Shop::new(&documents(), false);
    let router = shop.router(|_| ());
    let record = detente_record::Record::open(&shop.record()).unwrap();
    let filter = detente_record::Filter {
        actor: Some("KOR".to_owned()),
        from: "2004-03-01".parse().ok(),
        to: "2012-06-30".parse().ok(),
        ..detente_record::Filter::default()
    };
    let facts = record.facts(&filter, detente_record::Order::Date).unwrap();
    let page = get(
        &router,
        "/api/v1/facts?actor=KOR&from=2004-03&to=2012-06&limit=1000",
    )
    .await;
    let page = page.json();
    let met = page["facts"].as_array().unwrap();
    assert!(facts.len() > 20);
    assert_eq!(met.len(), facts.len());
    assert_eq!(page["total"]["facts"], facts.len());
}

#[tokio::test]
async fn forms_follow_the_accept_header() {
    let shop = Shop::new(&documents(), false);
    let router = shop.router(|_| ());
    for (accept, kind, begins) in [
        ("application/json", "application/json", &b"{\"facts\":["[..]),
        ("application/x-ndjson", "application/x-ndjson", b"{\"id\":"),
        (
            "text/csv;q=0.9, */*;q=0.1",
            "text/csv",
            b"id,document,kind,",
        ),
        (
            "application/vnd.apache.parquet",
            "application/vnd.apache.parquet",
            b"PAR1",
        ),
    ] {
        let answer = send(
            &router,
            request("GET", "/api/v1/facts", &[("accept", accept)], b""),
        )
        .await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), kind);
        assert!(answer.body.starts_with(begins), "{accept}");
        let tag = answer.header("etag").to_owned();
        let again = [("accept", accept), ("if-none-match", &tag)];
        assert_eq!(
            send(&router, request("GET", "/api/v1/facts", &again, b""))
                .await
                .status,
            304
        );
    }
    let none = send(
        &router,
        request("GET", "/api/v1/facts", &[("accept", "image/png")], b""),
    )
    .await;
    assert_eq!(none.status, 406);
}

#[tokio::test]
async fn mistakes_are_told_in_one_shape() {
    let shop = Shop::new(&documents(), false);
    let router = shop.router(|_| ());
    for (path, status) in [
        ("/api/v1/facts?kind=evnt", 400),
        ("/api/v1/facts?knd=event", 400),
        ("/api/v1/facts?from=yesterday", 400),
        ("/api/v1/facts?limit=0", 400),
        ("/api/v1/facts?cursor=x", 400),
        ("/api/v1/facts?q=%ff", 400),
        ("/api/v1/facts?q=-", 400),
        ("/api/v1/facts/0000", 404),
        ("/api/v1/facts/..%2f..%2fetc", 404),
        ("/api/v1/documents/..%2f..%2fetc%2fpasswd", 404),
        ("/api/v1/terms/nothing", 404),
        ("/static/..%2fCargo.toml", 404),
        ("/nothing.json", 404),
    ] {
        let answer = send(&router, request("GET", path, &[], b"")).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{path}"
        );
        let problem = answer.json();
        assert_eq!(problem["status"], status);
        assert!(problem["type"].as_str().unwrap().starts_with("/problems/"));
        assert!(!problem["detail"].as_str().unwrap().is_empty());
    }
    let page = get(&router, "/nothing").await;
    assert_eq!(page.status, 404);
    assert!(page.header("content-type").starts_with("text/html"));
    let method = send(
        &router,
        request("DELETE", "/api/v1/facts", &[("x-detente", "1")], b""),
    )
    .await;
    assert_eq!(method.status, 405);
    assert_eq!(method.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn others_are_kept_out() {
    let shop = Shop::new(&documents()[..2], false);
    let router = shop.router(|_| ());
    // A name that points at this machine but is not its own.
    let mut foreign = request("GET", "/", &[], b"");
    foreign
        .headers_mut()
        .insert("host", "evil.example:8080".parse().unwrap());
    assert_eq!(send(&router, foreign).await.status, 403);

    let guarded = shop.router(|settings| settings.token = Some("open sesame".to_owned()));
    let status = async |headers: &[(&str, &str)]| {
        send(&guarded, request("GET", "/api/v1", headers, b""))
            .await
            .status
    };
    assert_eq!(status(&[]).await, 401);
    assert_eq!(status(&[("authorization", "Bearer wrong")]).await, 401);
    assert_eq!(
        status(&[("authorization", "Bearer open sesame")]).await,
        200
    );
    assert_eq!(status(&[("cookie", "detente_session=1")]).await, 401);

    let form = get(&guarded, "/enter").await;
    let cookie = form
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let html = form.text();
    let forgery = html
        .split("name=\"forgery\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let enter = async |cookie: &str, body: String| {
        send(
            &guarded,
            request("POST", "/enter", &[("cookie", cookie)], body.as_bytes()),
        )
        .await
    };
    let token = "token=open+sesame";
    assert_eq!(
        enter("", format!("forgery={forgery}&{token}")).await.status,
        403
    );
    assert_eq!(
        enter(&cookie, format!("forgery=x&{token}")).await.status,
        403
    );
    assert_eq!(
        enter(&cookie, format!("forgery={forgery}&token=no"))
            .await
            .status,
        401
    );
    let entered = enter(&cookie, format!("forgery={forgery}&{token}")).await;
    assert_eq!(entered.status, 303);
    let session = entered
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(status(&[("cookie", &session)]).await, 200);

    let slow = shop.router(|settings| {
        settings.rate.burst = 3.0;
        settings.rate.a_second = 0.01;
    });
    for expected in [200, 200, 200, 429] {
        assert_eq!(get(&slow, "/api/v1").await.status, expected);
    }
}

#[tokio::test]
async fn changes_are_not_taken_from_other_sites() {
    let shop = Shop::new(&documents()[..2], false);
    let router = shop.router(|settings| settings.body_limit = 4000);
    let text = b"Title\nPaper\n\nThe ministers signed a pact on squid\n";
    let post = async |headers: &[(&str, &str)], body: &[u8]| {
        send(
            &router,
            request("POST", "/api/v1/documents?outlet=Wire", headers, body),
        )
        .await
    };
    let plain = ("content-type", "text/plain");
    assert_eq!(post(&[plain], text).await.status, 403);
    assert_eq!(
        post(
            &[plain, ("x-detente", "1"), ("sec-fetch-site", "cross-site")],
            text
        )
        .await
        .status,
        403
    );
    assert_eq!(
        post(
            &[plain, ("x-detente", "1"), ("origin", "http://evil.example")],
            text
        )
        .await
        .status,
        403
    );
    assert_eq!(
        post(&[("content-type", "image/png"), ("x-detente", "1")], text)
            .await
            .status,
        415
    );
    assert_eq!(post(&[plain, ("x-detente", "1")], b"").await.status, 400);
    assert_eq!(
        post(&[plain, ("x-detente", "1")], &[b'x'; 5000])
            .await
            .status,
        413
    );

    let taken = post(&[plain, ("x-detente", "1")], text).await;
    assert_eq!(taken.status, 202, "{}", taken.text());
    let page = taken.json()["page"].as_str().unwrap().to_owned();
    let mut found = get(&router, &page).await;
    // The run goes on in another thread; it is done within a moment.
    for _ in 0..200 {
        if found.status == 200
            && get(&router, "/api/v1/runs").await.json()["now"]["stage"] == "finished"
        {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        found = get(&router, &page).await;
    }
    assert_eq!(found.status, 200);
    let html = found.text();
    assert!(html.contains("pact on squid"));
    let sent = std::fs::read_dir(shop.folder.path().join("sent")).unwrap();
    let side_car = sent
        .map(|file| file.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "toml"));
    let side_car = std::fs::read_to_string(side_car.unwrap()).unwrap();
    assert_eq!(side_car.trim(), "outlet = \"Wire\"");
    let hits = get(&router, "/api/v1/facts?q=squid").await.json();
    assert_eq!(hits["total"]["facts"], 1);
}

#[tokio::test]
async fn the_interface_describes_itself() {
    let shop = Shop::new(&documents()[..1], false);
    let router = shop.router(|_| ());
    let document = get(&router, "/api/v1/openapi.json").await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for path in [
        "/api/v1/facts",
        "/api/v1/documents/{name}",
        "/api/v1/stream",
    ] {
        assert!(document["paths"][path]["get"].is_object(), "{path}");
    }
    // What is referred to is there.
    let text = document.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(
            document["components"]["schemas"][name].is_object(),
            "{name}"
        );
    }
    let names: Vec<&str> = document["paths"]["/api/v1/facts"]["get"]["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|parameter| parameter["name"].as_str().unwrap())
        .collect();
    for name in [
        "kind", "actor", "issue", "channel", "root", "modality", "document", "from", "to", "limit",
    ] {
        assert!(names.contains(&name), "{name}");
    }
}
