//! Features of predicates, read off their auxiliaries once the tree is known.
//!
//! Japanese marks tense, polarity and voice in words of their own: 結ば + れ + なかっ + た. Each of
//! them counts for the word that it hangs from, over the relations of function words, so that the
//! head of a clause carries what is said of it.

use crate::{Deprel, Feats, Mood, Number, Tense, Upos, VerbForm};

use super::inflection::{dictionary_form, inflects};

/// A parsed sentence as the rules see it.
pub(crate) trait Words {
    /// Number of words.
    fn len(&self) -> usize;
    /// The word as written.
    fn form(&self, i: usize) -> &str;
    /// Its lemma.
    fn lemma(&self, i: usize) -> &str;
    /// Its part of speech.
    fn upos(&self, i: usize) -> Upos;
    /// The treebank's own tag.
    fn xpos(&self, i: usize) -> &str;
    /// Its head; the root is its own.
    fn head(&self, i: usize) -> usize;
    /// Its relation.
    fn deprel(&self, i: usize) -> Deprel;
}

/// Steps from a function word to its predicate at most; trees that need more are broken.
const STEPS: usize = 8;

/// Sets `out` to the features of each word.
///
/// Tense is past with た, else present for a predicate that ends in its dictionary form. Mood is
/// the imperative, or [`Mood::Sub`] for what is not stated as a fact: volition, conjecture, wish,
/// obligation. Two negations cancel each other (なければならない), and those that deny nothing are
/// left out (かもしれない, だけでなく, にもかかわらず, ではないか).
pub(crate) fn features(words: &impl Words, out: &mut Vec<Feats>) {
    out.clear();
    out.resize(words.len(), Feats::default());
    let mut base = String::new();
    for i in 0..words.len() {
        nominal(words, i, &mut out[i]);
        let Some(at) = predicate(words, i) else {
            continue;
        };
        let (form, xpos) = (words.form(i), words.xpos(i));
        let feats = &mut out[at];
        if xpos == "助動詞-助動詞-タ" && !form.ends_with('ら') {
            feats.tense = Tense::Past;
            feats.verb_form = VerbForm::Fin;
            feats.mood = feats.mood.max(Mood::Ind);
        }
        if denies(words, i) {
            feats.negative = !feats.negative;
        }
        feats.passive |= xpos == "助動詞-助動詞-レル";
        if !inflects(xpos) {
            continue;
        }
        base.clear();
        dictionary_form(form, xpos, &mut base);
        let last = i + 1 == words.len() || !inflects(words.xpos(i + 1));
        if is_unreal(form, &base, xpos) {
            feats.mood = Mood::Sub;
        } else if last && is_imperative(form, xpos) {
            feats.mood = Mood::Imp;
            feats.verb_form = VerbForm::Fin;
        } else if last && feats.tense == Tense::None && is_listed(form, &base) {
            feats.tense = Tense::Pres;
            feats.verb_form = VerbForm::Fin;
            feats.mood = feats.mood.max(Mood::Ind);
        }
    }
}

/// The word that a function word belongs to; of any other word itself. Verbs inside of a compound
/// particle (による, に過ぎない) say nothing of their noun.
fn predicate(words: &impl Words, i: usize) -> Option<usize> {
    let mut at = i;
    for _ in 0..STEPS {
        let head = words.head(at);
        match words.deprel(at) {
            Deprel::Case if at != i => return None,
            Deprel::Aux
            | Deprel::AuxPass
            | Deprel::Cop
            | Deprel::Mark
            | Deprel::Fixed
            | Deprel::Case
                if head < words.len() && head != at =>
            {
                at = head;
            }
            _ => break,
        }
    }
    Some(at)
}

/// True if the word makes its predicate a denial.
fn denies(words: &impl Words, i: usize) -> bool {
    let xpos = words.xpos(i);
    let negation = matches!(
        xpos,
        "助動詞-助動詞-ナイ" | "助動詞-助動詞-ヌ" | "助動詞-助動詞-マイ"
    ) || xpos.starts_with("形容詞-非自立可能")
        && matches!(words.lemma(i), "無い" | "ない");
    if !negation {
        return false;
    }
    let before = |back: usize| i.checked_sub(back).map_or("", |at| words.form(at));
    let after = |on: usize| (i + on < words.len()).then_some(i + on);
    let after = |on: usize| after(on).map_or("", |at| words.form(at));
    let last = before(1);
    // かもしれない
    let may = matches!(last, "しれ" | "知れ") && before(2) == "も";
    // にもかかわらず
    let although = last.ends_with("かかわら") || last.ends_with("拘ら");
    // だけでなく, のみならず
    let only =
        matches!(last, "で" | "じゃ" | "なら") && matches!(before(2), "だけ" | "のみ" | "ばかり");
    // ではないか, ではないでしょうか
    let asks = after(1) == "か" || matches!(after(1), "でしょう" | "だろう") && after(2) == "か";
    let question = matches!(last, "は" | "じゃ") && asks;
    !(may || although || only || question)
}

/// True for volition and conjecture (行こう, だろう), wish (たい), duty (べし), hearsay (らしい) and まい.
fn is_unreal(form: &str, base: &str, xpos: &str) -> bool {
    // Verbs that are listed with う end in it in their dictionary form too.
    let auxiliary = xpos.starts_with("助動詞-助動詞");
    form.ends_with('う') && (auxiliary || base != form)
        || matches!(
            xpos,
            "助動詞-助動詞-タイ"
                | "助動詞-文語助動詞-ベシ"
                | "助動詞-助動詞-ラシイ"
                | "助動詞-助動詞-マイ"
        )
}

/// True for the form that dictionaries list, which ends sentences.
fn is_listed(form: &str, base: &str) -> bool {
    const ENDS: [char; 11] = [
        'う', 'く', 'ぐ', 'す', 'つ', 'ぬ', 'ぶ', 'む', 'る', 'い', 'だ',
    ];
    base == form && form.ends_with(ENDS) || form == "ん"
}

fn is_imperative(form: &str, xpos: &str) -> bool {
    (xpos.contains("一段-") && (form.ends_with('ろ') || form.ends_with('よ')))
        || xpos.contains("サ行変格") && matches!(form, "しろ" | "せよ")
        || form == "ください"
        || form == "下さい"
}

/// Number and person of pronouns and of nouns with a suffix for more than one.
fn nominal(words: &impl Words, i: usize, feats: &mut Feats) {
    let lemma = words.lemma(i);
    if words.upos(i) == Upos::Pron {
        feats.person = match lemma {
            "私" | "僕" | "俺" | "我々" | "我" | "私-代名詞" => 1,
            "貴方" | "君" | "御前" => 2,
            "彼" | "彼女" | "彼等" => 3,
            _ => 0,
        };
        if matches!(lemma, "我々" | "彼等") {
            feats.number = Number::Plur;
        }
    }
    if words.xpos(i).starts_with("接尾辞-名詞的") && matches!(lemma, "等" | "達" | "ら" | "たち")
    {
        feats.number = Number::Plur;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Form, lemma, tag, head (from 0), relation.
    struct Given(Vec<(&'static str, &'static str, &'static str, usize, Deprel)>);

    impl Words for Given {
        fn len(&self) -> usize {
            self.0.len()
        }
        fn form(&self, i: usize) -> &str {
            self.0[i].0
        }
        fn lemma(&self, i: usize) -> &str {
            self.0[i].1
        }
        fn upos(&self, i: usize) -> Upos {
            if self.0[i].2 == "代名詞" {
                Upos::Pron
            } else {
                Upos::Verb
            }
        }
        fn xpos(&self, i: usize) -> &str {
            self.0[i].2
        }
        fn head(&self, i: usize) -> usize {
            self.0[i].3
        }
        fn deprel(&self, i: usize) -> Deprel {
            self.0[i].4
        }
    }

    fn of(words: Vec<(&'static str, &'static str, &'static str, usize, Deprel)>) -> Vec<Feats> {
        let mut out = Vec::new();
        features(&Given(words), &mut out);
        out
    }

    const RERU: &str = "助動詞-助動詞-レル";
    const NAI: &str = "助動詞-助動詞-ナイ";
    const TA: &str = "助動詞-助動詞-タ";

    #[test]
    fn auxiliaries_count_for_their_verb() {
        let found = of(vec![
            ("結ば", "結ぶ", "動詞-一般-五段-バ行", 0, Deprel::Root),
            ("れ", "れる", RERU, 0, Deprel::Aux),
            ("なかっ", "ない", NAI, 0, Deprel::Aux),
            ("た", "た", TA, 0, Deprel::Aux),
        ]);
        let verb = found[0];
        assert!(verb.passive && verb.negative);
        assert_eq!((verb.tense, verb.mood), (Tense::Past, Mood::Ind));
        assert_eq!(found[1], Feats::default());
    }

    #[test]
    fn negations_that_deny_nothing_are_left_out() {
        let must = of(vec![
            ("行か", "行く", "動詞-非自立可能-五段-カ行", 0, Deprel::Root),
            ("なけれ", "ない", NAI, 0, Deprel::Aux),
            ("ば", "ば", "助詞-接続助詞", 1, Deprel::Fixed),
            (
                "なら",
                "成る",
                "動詞-非自立可能-五段-ラ行",
                1,
                Deprel::Fixed,
            ),
            ("ない", "ない", NAI, 1, Deprel::Fixed),
        ]);
        assert!(!must[0].negative);
        let may = of(vec![
            ("行く", "行く", "動詞-非自立可能-五段-カ行", 0, Deprel::Root),
            ("か", "か", "助詞-副助詞", 0, Deprel::Mark),
            ("も", "も", "助詞-係助詞", 1, Deprel::Fixed),
            ("しれ", "知れる", "動詞-一般-下一段-ラ行", 1, Deprel::Fixed),
            ("ない", "ない", NAI, 1, Deprel::Fixed),
        ]);
        assert!(!may[0].negative);
    }

    #[test]
    fn mood_and_present_tense() {
        let found = of(vec![(
            "進めよう",
            "進める",
            "動詞-一般-下一段-マ行",
            0,
            Deprel::Root,
        )]);
        assert_eq!(found[0].mood, Mood::Sub);
        let found = of(vec![
            ("会談", "会談", "名詞-普通名詞-サ変可能", 0, Deprel::Root),
            ("する", "為る", "動詞-非自立可能-サ行変格", 0, Deprel::Aux),
        ]);
        assert_eq!(
            (found[0].tense, found[0].verb_form),
            (Tense::Pres, VerbForm::Fin)
        );
        let found = of(vec![(
            "急げ",
            "急ぐ",
            "動詞-一般-五段-ガ行",
            0,
            Deprel::Root,
        )]);
        assert_eq!(found[0].tense, Tense::None);
    }
}
