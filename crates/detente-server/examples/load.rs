//! Asks a server many mixed questions and says how long answers took:
//! `cargo run --release -p detente-server --example load -- 127.0.0.1:8080 2000 30`
//! (address, requests a second, seconds). Requests leave by the clock, whether or not the answers
//! before have come, so that a slow server is not asked more slowly; waiting counts.

#[path = "synthetic/lists.rs"]
mod lists;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

const CONNECTIONS: u64 = 32;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().ok_or("which address?")?;
    let rate: u64 = arguments.next().ok_or("how many a second?")?.parse()?;
    let seconds: u64 = arguments.next().ok_or("how many seconds?")?.parse()?;
    let ids = ids(&address)?;
    let all = rate * seconds;
    let (next, bad) = (AtomicU64::new(0), AtomicU64::new(0));
    let times = Mutex::new(Vec::with_capacity(all as usize));
    let ids = Arc::new(ids);
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let mut own = Vec::new();
                let mut connection = None;
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= all {
                        break;
                    }
                    let due = began + Duration::from_nanos(n * 1_000_000_000 / rate);
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    let path = path(n, &ids);
                    match ask(&mut connection, &address, &path) {
                        Ok(200) => {}
                        other => {
                            if bad.fetch_add(1, Ordering::Relaxed) < 5 {
                                eprintln!("{path}: {other:?}");
                            }
                            connection = None;
                        }
                    }
                    own.push((due.elapsed(), n % 12));
                }
                times.lock().unwrap().extend(own);
            });
        }
    });
    let took = began.elapsed().as_secs_f64();
    let mut times = times.into_inner()?;
    times.sort();
    let at = |times: &[(Duration, u64)], share: f64| {
        let index = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
        times.get(index).map_or(0.0, |t| t.0.as_secs_f64() * 1000.0)
    };
    println!(
        "{} answers in {took:.1} s ({:.0}/s), p50 {:.1} ms, p90 {:.1} ms, p99 {:.1} ms, worst {:.1} ms, {} not 200",
        times.len(),
        times.len() as f64 / took,
        at(&times, 0.5),
        at(&times, 0.9),
        at(&times, 0.99),
        at(&times, 1.0),
        bad.load(Ordering::Relaxed)
    );
    for kind in 0..12 {
        let own: Vec<_> = times.iter().filter(|t| t.1 == kind).copied().collect();
        println!(
            "  {:<60} p50 {:>7.1} p99 {:>7.1}",
            path(kind, &ids),
            at(&own, 0.5),
            at(&own, 0.99)
        );
    }
    Ok(())
}

/// The mix: pages and questions of programs.
fn path(n: u64, ids: &[String]) -> String {
    let id = &ids[(n / 12) as usize % ids.len()];
    let pick = |list: &[&'static str]| list[(n / 12) as usize % list.len()];
    let year = 1998 + n / 12 % 28;
    match n % 12 {
        0 => "/".to_owned(),
        1 => format!("/fact/{id}"),
        2 => format!("/api/v1/facts/{id}"),
        3 => format!("/api/v1/facts?issue={}&limit=20", pick(&lists::ISSUES)),
        4 => format!(
            "/search?q=islets+{}&limit=20",
            pick(&["treaty", "poll", "drill", "border"])
        ),
        5 => format!("/issue/{}", pick(&lists::ISSUES)),
        6 => format!("/timeline?by=issue&from={year}-03&to={year}-04"),
        7 => format!("/api/v1/facts?kind=event&actor=KOR&from={year}&limit=20"),
        8 => "/documents?limit=20".to_owned(),
        9 => format!("/network?from={year}&to={year}"),
        10 => format!("/channel/{}", pick(&lists::CHANNELS)),
        _ => format!(
            "/search?kind=event&channel={}&limit=20",
            pick(&lists::CHANNELS)
        ),
    }
}

fn ids(address: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut ids = Vec::new();
    for year in 1998..2026 {
        let path = format!("/api/v1/facts?from={year}&to={year}&limit=50");
        let (_, body) = get(&mut None, address, &path)?;
        let value: serde_json::Value = serde_json::from_slice(&body)?;
        let facts = value["facts"].as_array().cloned().unwrap_or_default();
        ids.extend(
            facts
                .iter()
                .filter_map(|fact| Some(fact["id"].as_str()?.to_owned())),
        );
    }
    if ids.is_empty() {
        Err("the record is empty".into())
    } else {
        Ok(ids)
    }
}

type Connection = Option<BufReader<TcpStream>>;

fn ask(connection: &mut Connection, address: &str, path: &str) -> std::io::Result<u16> {
    Ok(get(connection, address, path)?.0)
}

fn get(connection: &mut Connection, address: &str, path: &str) -> std::io::Result<(u16, Vec<u8>)> {
    let stream = match connection {
        Some(stream) => stream,
        None => {
            let stream = TcpStream::connect(address)?;
            stream.set_nodelay(true)?;
            connection.insert(BufReader::new(stream))
        }
    };
    write!(
        stream.get_mut(),
        "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n"
    )?;
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line
        .split(' ')
        .nth(1)
        .and_then(|s| s.parse().ok())
        .unwrap_or(0);
    let mut length = 0;
    loop {
        line.clear();
        if stream.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok((status, body))
}
