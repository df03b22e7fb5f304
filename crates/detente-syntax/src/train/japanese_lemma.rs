//! From the table of UniDic's words to the table of Japanese lemmas.

use std::collections::BTreeMap;

use crate::japanese::chars::fold;
use crate::japanese::inflection::{dictionary_form, inflects};
use crate::japanese::lemma::{Lemmas, class, is_own_lemma, key};

/// Words that cost more than this keep their dictionary form as lemma.
const COST: i32 = 13_000;
/// A word that is its own lemma wins over a cheaper one by up to this.
const OWN: i32 = 1_500;

/// The lemmas that differ from the dictionary form, from the table of forms that
/// `scripts/unidic_ja.py` writes.
pub(crate) fn lemmas<'a>(unidic: &'a str) -> Lemmas {
    // Cheapest lemma by form and tag, and by dictionary form and part of speech.
    let mut of_tag: BTreeMap<(String, &'a str), (i32, String)> = BTreeMap::new();
    let mut of_class: BTreeMap<(String, &'a str), (i32, String)> = BTreeMap::new();
    for line in unidic.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        let &[form, cost, xpos, ending, lemma] = parts.as_slice() else {
            continue;
        };
        let Ok(cost) = cost.parse::<i32>() else {
            continue;
        };
        if cost > COST || is_own_lemma(form, xpos) {
            continue;
        }
        let form: String = form.chars().map(fold).collect();
        let lemma: String = lemma.chars().map(fold).collect();
        let lemma = lemma.split('-').next().unwrap_or("").to_owned();
        let cost = if lemma == form { cost - OWN } else { cost };
        let keep = |map: &mut BTreeMap<(String, &'a str), (i32, String)>, tag| {
            let entry = (cost, lemma.clone());
            let old = map.entry((form.clone(), tag)).or_insert(entry.clone());
            if entry < *old {
                *old = entry;
            }
        };
        if !inflects(xpos) || ending == "終止形-一般" {
            keep(&mut of_class, class(xpos));
        }
        keep(&mut of_tag, xpos);
    }
    let mut entries = Vec::new();
    for ((form, class), (_, lemma)) in &of_class {
        if form != lemma {
            entries.push((key(form, class), lemma.as_str()));
        }
    }
    for ((form, xpos), (_, lemma)) in &of_tag {
        let mut base = String::new();
        dictionary_form(form, xpos, &mut base);
        let found = of_class.get(&(base.clone(), class(xpos)));
        if found.map_or(&base, |f| &f.1) != lemma {
            entries.push((key(form, xpos), lemma.as_str()));
        }
    }
    Lemmas::new(&entries)
}
