//! A browser, driven by the WebDriver protocol: JSON over HTTP, so a few lines are enough.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long the browser may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// Starts Chromium; `None`, with a message, where it is not installed. Where the tests must run
    /// (`DETENTE_BROWSER=1`, as `scripts/test` sets it) a missing browser is a failure.
    pub(crate) fn start(dark: bool) -> Option<Self> {
        let driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut driver) = driver else {
            assert!(
                std::env::var_os("DETENTE_BROWSER").is_none(),
                "chromedriver is not installed"
            );
            eprintln!(
                "SKIPPED: chromedriver is not installed; apt-get install chromium chromium-driver"
            );
            return None;
        };
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let port = line.split("started successfully on port ").nth(1)?;
            port.trim_end_matches('.').parse().ok()
        });
        // The driver must be able to go on writing.
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
        let mut arguments: Vec<String> = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,1000",
        ]
        .map(str::to_owned)
        .to_vec();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        if dark {
            arguments.push("--blink-settings=preferredColorScheme=0".to_owned());
        }
        let mut browser = Self {
            driver,
            port: port.expect("chromedriver tells its port"),
            session: String::new(),
            _profile: profile,
        };
        let answer = browser.call(
            "POST",
            "",
            &json!({"capabilities": {"alwaysMatch": {
                "browserName": "chrome",
                "goog:chromeOptions": {"args": arguments},
                "goog:loggingPrefs": {"browser": "ALL"},
            }}}),
        );
        browser.session = format!("/{}", answer["sessionId"].as_str().unwrap());
        Some(browser)
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let body = if method == "GET" {
            String::new()
        } else {
            body.to_string()
        };
        write!(
            stream,
            "{method} /session{}{path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.session, self.port, body.len()
        )
        .unwrap();
        // The driver leaves the connection open, so the length has to be believed.
        let mut stream = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).unwrap();
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut answer = vec![0; length];
        stream.read_exact(&mut answer).unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let value = answer["value"].clone();
        assert!(value["error"].is_null(), "{method} {path}: {value}");
        value
    }

    pub(crate) fn open(&self, url: &str) {
        self.call("POST", "/url", &json!({"url": url}));
    }

    /// Runs a script of ours in the page and gives what it returns.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.call(
            "POST",
            "/execute/sync",
            &json!({"script": script, "args": []}),
        )
    }

    /// The same; the script calls its last argument when it is done.
    pub(crate) fn run_async(&self, script: &str) -> Value {
        self.call(
            "POST",
            "/execute/async",
            &json!({"script": script, "args": []}),
        )
    }

    /// How much of the window has jumped since the page was opened: the sum of layout shifts that
    /// no key or touch has caused.
    pub(crate) fn jump(&self) -> f64 {
        let sum = self.run_async(
            "const done = arguments[arguments.length - 1];
             let sum = 0;
             const add = shifts => shifts.forEach(s => { if (!s.hadRecentInput) sum += s.value; });
             const observer = new PerformanceObserver(list => add(list.getEntries()));
             observer.observe({type: 'layout-shift', buffered: true});
             setTimeout(() => { add(observer.takeRecords()); done(sum); }, 150);",
        );
        sum.as_f64().unwrap()
    }

    /// Presses keys, one after the other; `\u{e004}` is Tab, `\u{e007}` Enter.
    pub(crate) fn press(&self, keys: &str) {
        let mut actions = Vec::new();
        for key in keys.chars() {
            actions.push(json!({"type": "keyDown", "value": key.to_string()}));
            actions.push(json!({"type": "keyUp", "value": key.to_string()}));
        }
        self.call(
            "POST",
            "/actions",
            &json!({"actions": [{"type": "key", "id": "k", "actions": actions}]}),
        );
    }

    /// True as soon as the expression is, within a second.
    fn becomes(&self, expression: &str) -> bool {
        let until = Instant::now() + Duration::from_secs(1);
        let script = format!("return document.readyState === 'complete' && ({expression})");
        loop {
            if self.run(&script) == true {
                return true;
            }
            if Instant::now() > until {
                return false;
            }
        }
    }

    /// Waits for the page that a key leads to.
    pub(crate) fn wait(&self, expression: &str) {
        let came = (0..10).any(|_| self.becomes(expression));
        assert!(came, "{expression} at {}", self.run("return location.href"));
    }

    /// Presses a key until it has its effect: one that comes while a page is being made ready is
    /// lost, for people as well.
    pub(crate) fn press_until(&self, key: &str, expression: &str) {
        let done = (0..10).any(|_| {
            self.wait("true");
            self.press(key);
            self.becomes(expression)
        });
        assert!(done, "{key:?} has no effect: {expression}");
    }

    /// A picture of the page as PNG, in base 64.
    pub(crate) fn picture(&self) -> String {
        self.call("GET", "/screenshot", &Value::Null)
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Errors that the console tells, such as what the policy of the page refused.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let log = self.call("POST", "/se/log", &json!({"type": "browser"}));
        let entries = log.as_array().cloned().unwrap_or_default();
        entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE")
            .map(|entry| entry["message"].to_string())
            .collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            // Without its end the browser would outlive the driver, after a failed test too.
            let end = std::panic::AssertUnwindSafe(|| self.call("DELETE", "", &json!({})));
            let _ = std::panic::catch_unwind(end);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
