//! Any bytes, and models with damage, as a model file: an error or a model that works, and no more memory than the bytes
//! can account for.

#![no_main]

use std::alloc::System;

use cap::Cap;
use detente_fuzz::{damage, rules};
use detente_syntax::Analyser;
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Memory that reading a model of no bytes at all may take.
const LEAST: usize = 4 << 20;

/// Memory for each byte: a matrix of one column is filled up to a panel.
const FOR_EACH_BYTE: usize = 256;

const TEXT: &str = "Two envoys don't agree. 二人の使節は合意しない。두 특사는 합의하지 않았다.";

fuzz_target!(|data: &[u8]| {
    let bytes = damage::model(data);
    let most = MEMORY.allocated() + LEAST + FOR_EACH_BYTE * bytes.len();
    // More than that ends the process.
    MEMORY
        .set_limit(most)
        .expect("the limit is above what is in use");
    let analyser = Analyser::from_bytes(&bytes);
    MEMORY.set_limit(usize::MAX).expect("no limit");
    if let Ok(analyser) = analyser {
        let mut worker = analyser.worker();
        let parts = [(0..TEXT.len()).into()];
        let sentences = worker.analyse(TEXT, &parts);
        rules::words_in_order(TEXT, &parts, sentences);
        rules::nothing_lost(TEXT, &parts, sentences);
        rules::trees(TEXT, sentences);
    }
});
