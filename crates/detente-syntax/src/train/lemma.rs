//! Learning dictionary forms.

use std::collections::BTreeMap;

use super::examples::Example;
use crate::lemma::{LONGEST, Lemmatiser, Script, ending_key, own_capital, word_key};

/// Collects scripts for words and endings under their tags.
pub(crate) fn train(examples: &[Example]) -> Lemmatiser {
    let mut numbers: BTreeMap<Script, u16> = BTreeMap::new();
    let mut scripts = Vec::new();
    let mut words: BTreeMap<u32, BTreeMap<u16, usize>> = BTreeMap::new();
    let mut endings: Vec<BTreeMap<u32, BTreeMap<u16, usize>>> = vec![BTreeMap::new(); LONGEST + 1];
    for example in examples {
        let rows = example.forms.iter().zip(&example.lemmas).zip(&example.tags);
        for (i, ((form, lemma), &tag)) in rows.enumerate() {
            if lemma == "_" && form != "_" {
                continue;
            }
            let script = Script::between(form, lemma);
            let number = *numbers.entry(script.clone()).or_insert_with(|| {
                scripts.push(script);
                (scripts.len() - 1) as u16
            });
            let capital = own_capital(form, i == 0);
            let word = words.entry(word_key(form, tag, capital)).or_default();
            *word.entry(number).or_default() += 1;
            for (length, table) in endings.iter_mut().enumerate().take(form.len() + 1) {
                let key = ending_key(form, length, tag, capital);
                *table.entry(key).or_default().entry(number).or_default() += 1;
            }
        }
    }
    let commonest = |counts: &BTreeMap<u16, usize>| {
        let best = counts.iter().max_by_key(|(s, n)| (**n, u16::MAX - **s));
        best.map(|(&script, &n)| (script, n))
    };
    let mut lemmatiser = Lemmatiser {
        scripts,
        ..Lemmatiser::default()
    };
    for (length, table) in endings.iter().enumerate() {
        for (&key, counts) in table {
            let total: usize = counts.values().sum();
            let Some((script, n)) = commonest(counts) else {
                continue;
            };
            // Long endings count only if several words agree.
            if length <= 2 || (total >= 2 && n * 3 >= total * 2) {
                lemmatiser.table.insert(key, script);
            }
        }
    }
    for (key, counts) in &words {
        if let Some((script, _)) = commonest(counts) {
            lemmatiser.table.insert(*key, script);
        }
    }
    lemmatiser
}
