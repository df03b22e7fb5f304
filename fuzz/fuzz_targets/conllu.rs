//! Any bytes as a CoNLL-U file: what is read can be written and read again, and put on a text.

#![no_main]

use detente_fuzz::rules;
use detente_syntax::{conllu, score};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let Ok(trees) = conllu::read(&text) else {
        return;
    };
    let written = conllu::write(&trees);
    let again = conllu::read(&written).expect("what is written can be read");
    assert_eq!(again, trees);
    // On the text that its words give, and on one that has nothing to do with it.
    let own: String = trees.iter().map(|tree| tree.text().0).collect();
    for text in [&own, &*text] {
        let placed = conllu::place(text, &trees);
        assert_eq!(placed.sentences.len() + placed.misfits.len(), trees.len());
        rules::heads(&placed.sentences);
    }
    let documents = score::documents(&trees);
    let sentences: usize = documents.iter().map(|d| d.sentences.len()).sum();
    assert_eq!(sentences, trees.len());
});
