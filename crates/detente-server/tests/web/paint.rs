//! When pages of a large record are painted, whether they jump, and what they weigh. Measured on a
//! server that runs already, since tests are built without the optimizer:
//!
//! ```text
//! target/release/detente serve --record big.db --listen 127.0.0.1:8773
//! DETENTE_PAINT=http://127.0.0.1:8773 DETENTE_PAINT_RECORD=big.db \
//!     cargo test -p detente-server --test web paint -- --nocapture
//! ```

use std::{path::PathBuf, time::Duration};

use detente_codebook::Codebook;
use detente_server::Settings;

use crate::{driver::Browser, shop::pages};

/// First paint, in milliseconds after the address was given.
const PAINT: f64 = 200.0;

/// Page, style and script, in bytes.
const WEIGHT: f64 = 150_000.0;

#[test]
fn pages_of_a_large_record_are_painted_at_once_and_stay() {
    let (Some(base), Some(record)) = (
        std::env::var("DETENTE_PAINT").ok(),
        std::env::var_os("DETENTE_PAINT_RECORD").map(PathBuf::from),
    ) else {
        eprintln!("SKIPPED: DETENTE_PAINT and DETENTE_PAINT_RECORD name no server and its record");
        return;
    };
    let Some(browser) = Browser::start(false) else {
        return;
    };
    let mut settings = Settings::new(&record);
    settings.patience = Duration::from_secs(600);
    let router = detente_server::router(settings, &Codebook::embedded(), None).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let pages = runtime.block_on(pages(&router));
    // Style and script are in the browser after the first page, as for everybody who reads on.
    browser.open(&format!("{base}/enter"));
    let mut over = Vec::new();
    for page in pages {
        browser.open(&format!("{base}{page}"));
        let jump = browser.jump();
        let paint = browser.run(
            "return performance.getEntriesByName('first-paint').map(entry => entry.startTime)[0]",
        );
        let weight = browser.run(
            "return performance.getEntriesByType('navigation')
                .concat(performance.getEntriesByType('resource'))
                .reduce((sum, entry) => sum + entry.encodedBodySize, 0)",
        );
        let (paint, weight) = (paint.as_f64().unwrap(), weight.as_f64().unwrap());
        let line = format!("{paint:6.0} ms {jump:6.3} {weight:7.0} B  {page}");
        println!("{line}");
        if paint > PAINT || jump >= 0.02 || weight > WEIGHT {
            over.push(line);
        }
    }
    assert!(over.is_empty(), "over the limits:\n{}", over.join("\n"));
}
