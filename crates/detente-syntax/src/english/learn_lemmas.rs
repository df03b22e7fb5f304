//! Learning dictionary forms from a treebank and a list of common words.

use std::collections::{BTreeMap, BTreeSet};

use super::inflection::{Ending, base_of, doubles_l};
use super::irregular::{NOUNS, VERB_PREFIXES, VERBS};
use super::lemmas::{ANY, Case, LONGEST, Script, capitals, keys, tag_key, write};
use crate::Upos;
use crate::conllu::TreebankSentence;

/// A form in small letters under its tags and capitals.
type Form = (String, Upos, String, u32);

/// How often each script makes a form's lemma.
type Votes = BTreeMap<Script, usize>;

/// Weight of a form in the table of irregular verbs, more than slips in a treebank have.
const CERTAIN: usize = 40;

/// The bytes of a lemmatiser. `vocabulary` holds common words in small letters, the most frequent
/// first: regular forms among them are traced to their dictionary form.
pub(crate) fn train(sentences: &[TreebankSentence], vocabulary: &[&str], out: &mut Vec<u8>) {
    let mut forms: BTreeMap<Form, Votes> = BTreeMap::new();
    let mut add = |form: &str, lemma: &str, upos: Upos, xpos: &str, initial: bool, n: usize| {
        let capitals = capitals(form, upos, xpos, initial);
        for (class, order) in [
            (
                capitals,
                if capitals == 1 {
                    [Case::Lower, Case::Keep, Case::Title]
                } else {
                    [Case::Lower, Case::Title, Case::Keep]
                },
            ),
            (ANY, [Case::Lower, Case::Title, Case::Keep]),
        ] {
            let key = (form.to_lowercase(), upos, xpos.to_owned(), class);
            *forms
                .entry(key)
                .or_default()
                .entry(Script::between(form, lemma, order))
                .or_default() += n;
        }
    };
    let mut verbs: BTreeSet<&str> = BTreeSet::new();
    let mut others: BTreeSet<&str> = BTreeSet::new();
    for sentence in sentences {
        for (i, word) in sentence.words.iter().enumerate() {
            if word.lemma == "_" && word.form != "_" {
                continue;
            }
            let upos = Upos::from_name(&word.upos).unwrap_or_default();
            add(&word.form, &word.lemma, upos, &word.xpos, i == 0, 4);
            match upos {
                Upos::Verb => verbs.insert(&word.lemma),
                Upos::Noun | Upos::Adj | Upos::Adv => others.insert(&word.lemma),
                _ => false,
            };
        }
    }
    for (base, past, participle) in VERBS {
        for prefix in [""].iter().chain(VERB_PREFIXES) {
            for (forms, tag) in [(past, "VBD"), (participle, "VBN")] {
                for form in forms.split('/') {
                    let form = format!("{prefix}{form}");
                    add(
                        &form,
                        &format!("{prefix}{base}"),
                        Upos::Verb,
                        tag,
                        false,
                        CERTAIN,
                    );
                }
            }
        }
    }
    for (base, plural) in NOUNS {
        add(plural, base, Upos::Noun, "NNS", false, 3);
    }
    let ranks: BTreeMap<&str, usize> = vocabulary
        .iter()
        .enumerate()
        .rev()
        .map(|(r, w)| (*w, r))
        .collect();
    let rank = |word: &str| {
        let verb_or_other = verbs.contains(word) || others.contains(word);
        ranks
            .get(word)
            .copied()
            .or(verb_or_other.then_some(vocabulary.len()))
    };
    let is_verb = |word: &str| verbs.contains(word);
    let is_other = |word: &str| others.contains(word);
    let all: BTreeSet<&str> = vocabulary.iter().copied().collect();
    for form in all {
        if !form.bytes().all(|b| b.is_ascii_lowercase()) {
            continue;
        }
        let single = ["ing", "ed"]
            .iter()
            .any(|e| ranks.contains_key(&*format!("{form}{e}")));
        if doubles_l(form) && single {
            for (tag, ending) in [("VBD", "led"), ("VBN", "led"), ("VBG", "ling")] {
                add(&format!("{form}{ending}"), form, Upos::Verb, tag, false, 1);
            }
        }
        let rows: &[(&str, Ending, Upos, &[&str])] = &[
            ("ed", Ending::Ed, Upos::Verb, &["VBD", "VBN"]),
            ("ing", Ending::Ing, Upos::Verb, &["VBG"]),
            ("s", Ending::S, Upos::Verb, &["VBZ"]),
            ("s", Ending::S, Upos::Noun, &["NNS"]),
            ("er", Ending::Er, Upos::Adj, &["JJR"]),
            ("est", Ending::Est, Upos::Adj, &["JJS"]),
        ];
        for (suffix, ending, upos, tags) in rows {
            if !form.ends_with(suffix) {
                continue;
            }
            // "severed" comes from the verb, not from the adjective.
            let verb_rank = |word: &str| {
                let other = others.contains(word) && !verbs.contains(word);
                rank(word).map(|r| if other { r * 30 } else { r })
            };
            let rank: &dyn Fn(&str) -> Option<usize> = if *upos == Upos::Verb {
                &verb_rank
            } else {
                &rank
            };
            let known: &dyn Fn(&str) -> bool = if *upos == Upos::Verb {
                &is_verb
            } else {
                &is_other
            };
            if let Some(base) = base_of(form, *ending, rank, known) {
                for tag in *tags {
                    add(form, &base, *upos, tag, false, 1);
                }
            }
        }
    }
    compress(&forms, out);
}

/// Keeps a row for an ending only where it says something else than the shorter ending, and for a
/// word where its endings are wrong.
fn compress(forms: &BTreeMap<Form, Votes>, out: &mut Vec<u8>) {
    let mut numbers: BTreeMap<&Script, u16> = BTreeMap::new();
    let mut scripts: Vec<Script> = Vec::new();
    // Votes of the endings of each length: every form counts once for its commonest script.
    let mut endings: Vec<BTreeMap<u32, BTreeMap<u16, usize>>> = vec![BTreeMap::new(); LONGEST + 1];
    let mut words: Vec<([u32; LONGEST + 2], usize, u16)> = Vec::new();
    let mut others = Vec::new();
    for ((form, upos, xpos, capitals), votes) in forms {
        let best = votes.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        let Some((script, _)) = best else { continue };
        let next = scripts.len() as u16;
        let number = *numbers.entry(script).or_insert_with(|| {
            scripts.push(script.clone());
            next
        });
        let mut found = [0; LONGEST + 2];
        let count = keys(form, tag_key(*upos, xpos, *capitals), &mut found);
        if *capitals == ANY {
            others.push((found[count - 1], number, script.clone(), *upos));
            continue;
        }
        for (length, key) in found[..count - 1].iter().enumerate() {
            *endings[length]
                .entry(*key)
                .or_default()
                .entry(number)
                .or_default() += 1;
        }
        words.push((found, count, number));
    }
    let mut rows: BTreeMap<u32, u16> = BTreeMap::new();
    // What is kept for an ending, by the longest first letters read: the shorter ending's answer
    // is known when the longer one is looked at, so lengths go upwards.
    for length in 0..=LONGEST {
        let mut parents: BTreeMap<u32, Option<u16>> = BTreeMap::new();
        for (found, count, _) in &words {
            if length < count - 1 {
                let parent = found[..length]
                    .iter()
                    .rev()
                    .find_map(|k| rows.get(k).copied());
                parents.insert(found[length], parent);
            }
        }
        for (key, votes) in &endings[length] {
            let total: usize = votes.values().sum();
            let best = votes.iter().max_by_key(|(s, n)| (**n, u16::MAX - **s));
            let Some((&script, &n)) = best else { continue };
            let parent = parents.get(key).copied().flatten();
            let agreed = length == 0 || (total >= 2 && n * 3 >= total * 2);
            if agreed && parent != Some(script) {
                rows.insert(*key, script);
            }
        }
    }
    let mut exceptions = Vec::new();
    for (found, count, number) in &words {
        let guess = found[..count - 1]
            .iter()
            .rev()
            .find_map(|k| rows.get(k).copied());
        if guess != Some(*number) {
            exceptions.push((found[count - 1], *number));
        }
    }
    rows.extend(exceptions);
    // Words in whatever capitals: what the endings of a name or noun cannot tell.
    let names = |upos| {
        matches!(
            upos,
            Upos::Propn | Upos::Noun | Upos::Adj | Upos::Num | Upos::X
        )
    };
    for (key, number, script, upos) in others {
        if names(upos) && script.case != Case::Lower && script.add.is_empty() {
            rows.entry(key).or_insert(number);
        }
    }
    write(&scripts, &rows, out);
}
