//! Work on several threads, results in the order of the input, a bounded number under way.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, Read},
    sync::{
        Mutex,
        mpsc::{channel, sync_channel},
    },
    thread,
};

use crate::{
    console,
    failure::{Failure, Result},
};

/// Jobs under way or waiting to be written, per thread.
const AHEAD: usize = 16;

/// As many threads as there are processors, if not given.
pub(crate) fn threads(given: Option<u16>) -> usize {
    given.map_or_else(
        || thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    )
}

/// Takes each job of `feed` through one thread's `work` and hands the results to `write` in order.
///
/// `feed` gets a function that takes a job, and returns false when no more are wanted. If `write`
/// fails the program ends: `feed` may be waiting for input that never comes.
pub(crate) fn in_order<J: Send, R: Send, W: FnMut(J) -> R>(
    threads: usize,
    feed: impl FnOnce(&mut dyn FnMut(J) -> bool) + Send,
    worker: impl Fn() -> W + Sync,
    mut write: impl FnMut(R) -> Result<()>,
) {
    let (job_in, job_out) = sync_channel::<(u64, J)>(threads);
    let (done_in, done_out) = sync_channel::<(u64, R)>(threads);
    // One for each job that may be under way; given back when its result is written.
    let (slot_in, slot_out) = channel::<()>();
    for _ in 0..threads * AHEAD {
        let _ = slot_in.send(());
    }
    let job_out = Mutex::new(job_out);
    let (job_out, worker) = (&job_out, &worker);
    thread::scope(|scope| {
        for _ in 0..threads {
            let done_in = done_in.clone();
            scope.spawn(move || {
                let mut work = worker();
                loop {
                    let next = job_out
                        .lock()
                        .expect("no thread panics with the lock")
                        .recv();
                    let Ok((number, job)) = next else { return };
                    if done_in.send((number, work(job))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done_in);
        scope.spawn(move || {
            let mut number = 0;
            feed(&mut |job| {
                let sent = slot_out.recv().is_ok() && job_in.send((number, job)).is_ok();
                number += 1;
                sent
            });
        });

        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (number, result) in done_out {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                if let Err(failure) = write(result) {
                    end(&failure);
                }
                let _ = slot_in.send(());
            }
        }
    });
}

fn end(failure: &Failure) -> ! {
    if failure.is_broken_pipe() {
        std::process::exit(0);
    }
    console::tell_failure(failure);
    std::process::exit(1);
}

/// The next line; of one over the limit only so much that it is seen to be.
pub(crate) fn read_line(input: &mut impl BufRead, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = input.take(limit + 1).read_until(b'\n', &mut line)?;
    if read as u64 > limit && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok((read > 0).then_some(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        let mut seen = Vec::new();
        in_order(
            3,
            |send| {
                for i in 0..1000u64 {
                    assert!(send(i));
                }
            },
            || {
                let mut mine = 0u64;
                move |i: u64| {
                    // Uneven work, so that later jobs are often ready first.
                    for _ in 0..(i % 7) * 1000 {
                        mine = mine.wrapping_mul(31).wrapping_add(i);
                    }
                    (i, mine % 2)
                }
            },
            |(i, _)| {
                seen.push(i);
                Ok(())
            },
        );
        assert!(seen.iter().copied().eq(0..1000));
    }
}
