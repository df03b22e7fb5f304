//! Every page in a real browser: opened, used by keyboard, looked at by axe, its picture taken.

use std::{net::SocketAddr, path::PathBuf, sync::mpsc};

use detente_codebook::Codebook;

use crate::{
    driver::Browser,
    hostile,
    shop::{self, Shop, pages},
};

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// A server with a socket; it ends with the tests.
fn served(shop: &Shop) -> SocketAddr {
    let (told, ready) = mpsc::channel();
    let mut settings = shop.settings();
    settings.rate.burst = 1e9;
    let intake = shop.intake();
    std::thread::spawn(move || {
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let book = Codebook::embedded();
        detente_server::serve(settings, listen, &book, Some(intake), |address| {
            told.send(address).unwrap();
        })
    });
    ready.recv().unwrap()
}

fn addresses(shop: &Shop) -> Vec<String> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { pages(&shop.router(|_| ())).await })
}

fn axe() -> Option<String> {
    let target = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target");
    let path = std::env::var_os("DETENTE_AXE").map_or_else(
        || target.join("npm/node_modules/axe-core/axe.min.js"),
        PathBuf::from,
    );
    let source = std::fs::read_to_string(&path).ok();
    if source.is_none() {
        let needed = std::env::var_os("DETENTE_BROWSER").is_some();
        assert!(!needed, "axe-core is not at {}", path.display());
        eprintln!(
            "SKIPPED: axe-core is not at {}; npm install --prefix target/npm axe-core",
            path.display()
        );
    }
    source
}

#[test]
fn every_page_opens_and_is_accessible_in_light_and_dark() {
    let shop = Shop::new(&shop::documents(), false);
    let address = served(&shop);
    let axe = axe();
    for dark in [false, true] {
        let Some(browser) = Browser::start(dark) else {
            return;
        };
        for page in addresses(&shop) {
            let url = format!("http://{address}{page}");
            browser.open(&url);
            assert_eq!(browser.complaints(), [""; 0], "{page}");
            let jump = browser.jump();
            assert!(jump < 0.02, "{page} jumps: {jump}");
            let wide =
                browser.run("return document.documentElement.scrollWidth <= window.innerWidth");
            assert_eq!(wide, true, "{page} is wider than its window");
            assert!(browser.picture().len() > 1000);
            if let Some(axe) = &axe {
                let found = browser.run_async(&format!(
                    "{axe};const done = arguments[arguments.length - 1];
                     axe.run().then(found => done(found.violations.map(v => v.impact + ' ' + v.id + ' '
                        + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | '))));"
                ));
                let grave: Vec<&str> = found
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter_map(|found| found.as_str())
                    .filter(|found| found.starts_with("serious") || found.starts_with("critical"))
                    .collect();
                assert_eq!(grave, [""; 0], "{page}, dark: {dark}");
            }
        }
    }
}

#[test]
fn pages_are_used_by_keyboard() {
    let Some(browser) = Browser::start(false) else {
        return;
    };
    let shop = Shop::new(&shop::documents(), false);
    let address = served(&shop);
    let base = format!("http://{address}");
    let at = |script: &str| {
        browser.run(&format!(
            "const at = document.activeElement; return {script}"
        ))
    };

    // The first stop leads past the head of the page.
    browser.open(&format!("{base}/"));
    browser.press_until(TAB, "document.activeElement !== document.body");
    assert_eq!(at("at.className"), "skip");
    browser.press(ENTER);
    browser.wait("location.hash === '#main'");

    // Search without a mouse: from anywhere, then through what was found.
    browser.open(&format!("{base}/timeline"));
    browser.press_until("/", "document.activeElement.id === 'find'");
    browser.press(&format!("treaty{ENTER}"));
    browser.wait("location.href.includes('/search?q=treaty')");
    browser.press_until("j", "document.activeElement.closest('.quote') !== null");
    browser.press(ENTER);
    browser.wait("location.pathname.startsWith('/fact/')");

    // A fact leads to its quote, a highlight to its fact.
    browser.run("document.querySelector('.source a').focus()");
    browser.press(ENTER);
    browser.wait("location.pathname.startsWith('/document/') && location.hash.startsWith('#f-')");
    browser.wait(
        "(() => { const r = document.querySelector(location.hash).getBoundingClientRect();
         return r.top >= 0 && r.top < window.innerHeight })()",
    );
    browser.run("document.querySelector('.hl').focus()");
    browser.press(ENTER);
    browser.wait("location.pathname.startsWith('/fact/')");

    // Every page has stops, each visible when it has the focus.
    for page in addresses(&shop) {
        browser.open(&format!("{base}{page}"));
        for _ in 0..12 {
            browser.press(TAB);
            let outlined =
                at("at === document.body || getComputedStyle(at).outlineStyle !== 'none'");
            assert_eq!(outlined, true, "{page}");
        }
    }

    // A zoom of the timeline.
    browser.open(&format!("{base}/timeline"));
    browser.press_until("+", "location.search.includes('from=')");
}

#[test]
fn hostile_documents_do_nothing() {
    let Some(browser) = Browser::start(false) else {
        return;
    };
    let shop = Shop::new(&hostile::documents(), true);
    let address = served(&shop);
    for page in addresses(&shop) {
        browser.open(&format!("http://{address}{page}"));
        assert_eq!(
            browser.run("return window.pwned === undefined"),
            true,
            "{page}"
        );
        let inside = browser.run(
            "return document.querySelectorAll('main script, main img, main iframe, main style').length",
        );
        assert_eq!(inside, 0, "{page}");
        assert_eq!(browser.complaints(), [""; 0], "{page}");
    }
}
