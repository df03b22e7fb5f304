//! Any text in any language, cut in any way: nothing panics and nothing is lost.

#![no_main]

use std::sync::OnceLock;

use detente_fuzz::input::{Input, Task};
use detente_fuzz::{rules, small};
use detente_syntax::{Analyser, Sentence};
use detente_text::Language;
use libfuzzer_sys::fuzz_target;

/// The analysers of English, Japanese and Korean: small ones, then those that ship.
static ANALYSERS: [OnceLock<Option<Analyser>>; 6] = [const { OnceLock::new() }; 6];

fn analyser(language: Language, shipped: bool) -> Option<&'static Analyser> {
    let place = match language {
        Language::En => 0,
        Language::Ja => 1,
        _ => 2,
    };
    let cell = &ANALYSERS[place + if shipped { 3 } else { 0 }];
    let make = || {
        if shipped {
            return Analyser::shipped(language);
        }
        let model = small::model(language);
        Some(Analyser::from_bytes(&model).expect("a model as it was written"))
    };
    cell.get_or_init(make).as_ref()
}

fuzz_target!(|data: &[u8]| {
    let Some(Input {
        language,
        shipped,
        task,
        text,
        spans,
    }) = Input::of(data)
    else {
        return;
    };
    let Some(analyser) = analyser(language, shipped) else {
        return;
    };
    let mut worker = analyser.worker();
    match task {
        Task::Parts => {
            let sentences = worker.analyse(&text, &spans);
            rules::words_in_order(&text, &spans, sentences);
            rules::nothing_lost(&text, &spans, sentences);
            rules::trees(&text, sentences);
            rules::survives_conllu(&text, sentences);
            // A worker that has read something else says the same.
            if data[1] & 0x40 != 0 {
                let first: Vec<Sentence> = sentences.to_vec();
                worker.analyse("One, two. 三つ 넷!", &[(0..10).into()]);
                assert_eq!(worker.analyse(&text, &spans), first);
            }
        }
        Task::Words => {
            let sentence = worker.analyse_words(&text, &spans);
            assert_eq!(sentence.len(), spans.len());
            if !spans.is_empty() {
                rules::trees(&text, std::slice::from_ref(sentence));
            }
        }
        Task::WildParts => rules::trees(&text, worker.analyse(&text, &spans)),
        Task::WildWords => {
            let sentence = worker.analyse_words(&text, &spans);
            assert_eq!(sentence.len(), spans.len());
            rules::trees(&text, std::slice::from_ref(sentence));
        }
    }
});
