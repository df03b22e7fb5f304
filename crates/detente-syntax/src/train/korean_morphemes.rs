//! Learning to take Korean eojeol apart.

use std::collections::BTreeMap;

use detente_text::Span;

use super::korean_perceptron::{Averaged, Perceptron, Random};
use crate::Upos;
use crate::conllu::{TreebankSentence, TreebankWord};
use crate::korean::Work;
use crate::korean::flat::write_flat;
use crate::korean::morphemes::{Convention, write};
use crate::korean::restore::{Action, final_letter, letters};

/// Passes over the data.
const PASSES: usize = 5;
/// An action must be met this often to be learnt.
const LEAST_ACTIONS: usize = 3;
/// Of how many eojeol one gets a wrong part of speech, since the tagger in use makes mistakes too.
const ONE_WRONG_IN: u64 = 20;

/// An eojeol that is learnt from: the actions of its characters and the tags of its morphemes.
struct Right {
    /// Empty if the eojeol cannot be learnt from.
    actions: Vec<usize>,
    tags: Vec<usize>,
}

struct Example {
    text: String,
    spans: Vec<Span>,
    upos: Vec<Upos>,
    convention: Convention,
    rights: Vec<Right>,
}

/// Learns from sentences of UD Korean GSD and Kaist, in the forms of their present releases or as
/// [`modernise`](super::modernise_korean) leaves them; gives the section of a model that
/// [`Morphemes::read`](crate::korean::morphemes::Morphemes::read) reads.
pub(crate) fn train(
    sentences: &[TreebankSentence],
    seed: u64,
    progress: &mut dyn FnMut(&str),
) -> Vec<u8> {
    let (actions, tags, examples) = examples(sentences);
    progress(&format!("{} actions, {} tags", actions.len(), tags.len()));
    let (restoring, tagging) = std::thread::scope(|scope| {
        let restoring =
            scope.spawn(|| learn(&examples, &actions, tags.len(), seed, Pass::Restoring));
        let tagging = learn(&examples, &actions, tags.len(), seed, Pass::Tagging);
        (restoring.join().expect("training does not panic"), tagging)
    });
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let cut = restoring.cut(2, 75);
    progress(&format!("{} features of characters", cut.len()));
    write_flat(&mut first, actions.len(), &cut);
    let cut = tagging.cut(2, 75);
    progress(&format!("{} features of morphemes", cut.len()));
    write_flat(&mut second, tags.len(), &cut);
    write(&actions, &tags, &first, &second)
}

/// The morphemes of a word, which a copula or auxiliary keeps in the last column.
pub(crate) fn morphemes_of(word: &TreebankWord) -> &str {
    let noted = word.misc.split('|').find_map(|m| m.strip_prefix("MSeg="));
    noted.unwrap_or(&word.lemma)
}

fn examples(sentences: &[TreebankSentence]) -> (Vec<Action>, Vec<String>, Vec<Example>) {
    let mut aligned = Vec::new();
    let mut counts: BTreeMap<Action, usize> = BTreeMap::new();
    let mut tags: BTreeMap<String, usize> = BTreeMap::new();
    for word in sentences.iter().flat_map(|s| &s.words) {
        let found = align(word);
        if let Some(actions) = &found {
            for action in actions {
                *counts.entry(action.clone()).or_default() += 1;
            }
            for tag in word.xpos.split('+') {
                *tags.entry(tag.to_owned()).or_default() += 1;
            }
        }
        aligned.push(found);
    }
    let actions = commonest(counts, LEAST_ACTIONS);
    let tags = commonest(tags, LEAST_ACTIONS);
    let action_numbers: BTreeMap<&Action, usize> = actions.iter().zip(0..).collect();
    let tag_numbers: BTreeMap<&str, usize> = tags.iter().map(String::as_str).zip(0..).collect();
    let mut aligned = aligned.into_iter();
    let mut examples = Vec::new();
    for sentence in sentences {
        let (text, places) = sentence.text();
        let right = |word: &TreebankWord| {
            let actions = aligned.next().flatten().unwrap_or_default();
            let numbers: Option<Vec<usize>> = actions
                .iter()
                .map(|a| action_numbers.get(a).copied())
                .collect();
            let tags = word.xpos.split('+').map(|t| tag_numbers.get(t).copied());
            let tags: Option<Vec<usize>> = tags.collect();
            match (numbers, tags) {
                (Some(actions), Some(tags)) => Right { actions, tags },
                _ => Right {
                    actions: Vec::new(),
                    tags: Vec::new(),
                },
            }
        };
        let upos = |w: &TreebankWord| Upos::from_name(&w.upos).unwrap_or_default();
        let spans = places.iter().map(|&(s, e)| Span::new(s as u32, e as u32));
        let mut tagged = sentence.words.iter().map(|w| Convention::of_tag(&w.xpos));
        examples.push(Example {
            spans: spans.collect(),
            upos: sentence.words.iter().map(upos).collect(),
            convention: tagged.find_map(|c| c).unwrap_or_default(),
            rights: sentence.words.iter().map(right).collect(),
            text,
        });
    }
    (actions, tags, examples)
}

/// What was counted often enough, the commonest first, as many as a byte can number.
fn commonest<T: Ord>(counts: BTreeMap<T, usize>, least: usize) -> Vec<T> {
    let mut all: Vec<(T, usize)> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all.into_iter().map(|(t, _)| t).take(250).collect()
}

/// Shares the morphemes of a word out among its characters, so that as little as possible changes.
/// `None` if the word's columns contradict each other.
fn align(word: &TreebankWord) -> Option<Vec<Action>> {
    let morphemes: Vec<&str> = morphemes_of(word).split('+').collect();
    let empty = morphemes.iter().any(|m| m.is_empty());
    if empty || morphemes.len() != word.xpos.split('+').count() {
        return None;
    }
    let form: Vec<char> = word.form.chars().collect();
    let parts = morphemes.iter().flat_map(|m| m.chars().enumerate());
    let parts: Vec<(bool, char)> = parts.map(|(i, c)| (i == 0, c)).collect();
    let (n, m) = (form.len(), parts.len());
    if n == 0 || n > 60 || m > 80 {
        return None;
    }
    let mut costs = vec![vec![u32::MAX; m + 1]; n + 1];
    let mut lengths = vec![vec![0usize; m + 1]; n + 1];
    costs[0][0] = 0;
    for i in 0..n {
        for j in 0..=m {
            if costs[i][j] == u32::MAX {
                continue;
            }
            for k in 0..=4.min(m - j) {
                let cost = costs[i][j] + cost(form[i], &parts[j..j + k]);
                if cost < costs[i + 1][j + k] {
                    costs[i + 1][j + k] = cost;
                    lengths[i + 1][j + k] = k;
                }
            }
        }
    }
    if costs[n][m] == u32::MAX {
        return None;
    }
    let (mut actions, mut j) = (Vec::with_capacity(n), m);
    for i in (1..=n).rev() {
        let k = lengths[i][j];
        actions.push(Action::between(form[i - 1], &parts[j - k..j]));
        j -= k;
    }
    actions.reverse();
    Some(actions)
}

/// How unlikely it is that `from` becomes `piece`, in tenths.
fn cost(from: char, piece: &[(bool, char)]) -> u32 {
    let Some(&(_, to)) = piece.first() else {
        return 25;
    };
    let first = match (letters(from), letters(to)) {
        _ if from == to => 0,
        (Some(a), Some(b)) if a.0 == b.0 => {
            10 + 3 * u32::from(a.1 != b.1) + 3 * u32::from(a.2 != b.2)
        }
        _ if final_letter(from) == Some(to) => 18,
        _ => 22,
    };
    first + 6 * (piece.len() as u32 - 1)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    Restoring,
    Tagging,
}

fn learn(examples: &[Example], actions: &[Action], tags: usize, seed: u64, pass: Pass) -> Averaged {
    let classes = if pass == Pass::Tagging {
        tags
    } else {
        actions.len()
    };
    let mut perceptron = Perceptron::new(classes);
    let mut random = Random(seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut work = Work::default();
    let mut upos = Vec::new();
    for _ in 0..PASSES {
        random.shuffle(&mut order);
        for &i in &order {
            let example = &examples[i];
            upos.clone_from(&example.upos);
            for tag in &mut upos {
                let number = random.next();
                if number.is_multiple_of(ONE_WRONG_IN) && *tag != Upos::Punct {
                    let other = (number >> 32) as usize % examples[i].upos.len();
                    *tag = example.upos[other];
                }
            }
            work.start(&example.text, &example.spans, &upos, example.convention);
            for (word, right) in example.rights.iter().enumerate() {
                work.open(word);
                let known = !right.actions.is_empty() && right.actions.len() == work.len();
                for at in 0..work.len() {
                    if work.is_plain() || !known {
                        work.keep(at);
                        continue;
                    }
                    let mut action = right.actions[at];
                    if pass == Pass::Restoring {
                        work.restoring_features(at);
                        action = step(&mut work, &mut perceptron, classes, action);
                    }
                    work.restore(at, action, &actions[action]);
                }
                if pass == Pass::Tagging && known && work.pieces() == right.tags.len() {
                    for at in 0..work.pieces() {
                        work.tagging_features(at);
                        let tag = step(&mut work, &mut perceptron, classes, right.tags[at]);
                        work.choose(at, tag);
                    }
                }
                work.close(&[]);
            }
        }
    }
    perceptron.averaged()
}

/// Decides, learns if the decision is wrong, and gives it.
fn step(work: &mut Work, perceptron: &mut Perceptron, classes: usize, right: usize) -> usize {
    let predicted = work.best(perceptron, classes, |_| true);
    perceptron.tick();
    if predicted != right {
        perceptron.update(work.features(), right, 1);
        perceptron.update(work.features(), predicted, -1);
    }
    predicted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::korean::morphemes::Morphemes;

    /// Sentences of form, morphemes, part of speech and tags.
    fn treebank() -> Vec<TreebankSentence> {
        let rows = [
            "배가 배+가 NOUN NNG+JKS|왔다 오+았+다 VERB VV+EP+EF|. . PUNCT SF",
            "기차가 기차+가 NOUN NNG+JKS|갔다 가+았+다 VERB VV+EP+EF|. . PUNCT SF",
            "배를 배+를 NOUN NNG+JKO|보았다 보+았+다 VERB VV+EP+EF|. . PUNCT SF",
            "간 가+ㄴ VERB VV+ETM|기차를 기차+를 NOUN NNG+JKO|본 보+ㄴ VERB VV+ETM",
            "배가 배+가 NOUN ncn+jcs|왔다 오+았+다 VERB pvg+ep+ef|. . PUNCT sf",
        ];
        let word = |row: &str| {
            let columns: Vec<&str> = row.split(' ').collect();
            TreebankWord {
                form: columns[0].to_owned(),
                lemma: columns[1].to_owned(),
                upos: columns[2].to_owned(),
                xpos: columns[3].to_owned(),
                misc: "_".to_owned(),
                ..TreebankWord::default()
            }
        };
        let sentence = |row: &str| TreebankSentence {
            words: row.split('|').map(word).collect(),
            ..TreebankSentence::default()
        };
        rows.iter()
            .cycle()
            .take(20)
            .map(|row| sentence(row))
            .collect()
    }

    fn analyse(model: &Morphemes, text: &str, upos: &[Upos], convention: Convention) -> String {
        let mut spans = Vec::new();
        crate::korean::words::words(text, 0, text.len(), &mut spans);
        let mut work = Work::default();
        model.analyse(text, &spans, upos, convention, &mut work);
        let word = |i| format!("{} {}", work.morphemes(i), work.xpos(i));
        (0..spans.len()).map(word).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn learns_to_take_words_apart() {
        let bytes = train(&treebank(), 1, &mut |_| {});
        assert_eq!(
            bytes,
            train(&treebank(), 1, &mut |_| {}),
            "the same at every run"
        );
        let model = Morphemes::read(&bytes).unwrap();
        let tags = [Upos::Noun, Upos::Verb, Upos::Punct];
        let found = analyse(&model, "배가 갔다.", &tags, Convention::Gsd);
        assert_eq!(found, "배+가 NNG+JKS|가+았+다 VV+EP+EF|. SF");
        let found = analyse(&model, "배가 왔다.", &tags, Convention::Kaist);
        assert_eq!(found, "배+가 ncn+jcs|오+았+다 pvg+ep+ef|. sf");
        assert_eq!(analyse(&model, "", &[], Convention::Gsd), "");
        for cut in (0..bytes.len()).step_by(97) {
            assert!(Morphemes::read(&bytes[..cut]).is_err());
        }
    }

    #[test]
    fn shares_morphemes_out() {
        let word = |form: &str, lemma: &str, xpos: &str| TreebankWord {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            xpos: xpos.to_owned(),
            ..TreebankWord::default()
        };
        let lengths = |form, lemma, xpos| align(&word(form, lemma, xpos)).map(|a| a.len());
        assert_eq!(lengths("했다", "하+았+다", "VV+EP+EF"), Some(2));
        assert_eq!(lengths("했다", "하+았+다", "VV+EF"), None);
        assert_eq!(lengths("했다", "하++다", "VV+EP+EF"), None);
    }
}
