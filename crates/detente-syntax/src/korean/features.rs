//! Features of predicates and nouns, read off their morphemes once the tree is known.
//!
//! A predicate of several eojeol (체결하지 않았다, 갈 수 없을 것이다) gets what its auxiliaries say.

use super::kind::{Kind, backwards, morphemes};
use crate::japanese::features::Words;
use crate::{Deprel, Feats, Mood, Number, Tense, Upos, VerbForm};

/// Verbs whose passive suffix belongs to the stem.
const PASSIVE_STEMS: [&str; 44] = [
    "갇히",
    "걸리",
    "꺾이",
    "깎이",
    "꼽히",
    "꽂히",
    "끊기",
    "끌리",
    "나뉘",
    "놓이",
    "눌리",
    "닫히",
    "담기",
    "덮이",
    "들리",
    "떠밀리",
    "뒤집히",
    "막히",
    "먹히",
    "묶이",
    "묻히",
    "밀리",
    "밝히어지",
    "밟히",
    "붙잡히",
    "불리",
    "빼앗기",
    "뽑히",
    "섞이",
    "실리",
    "쌓이",
    "쓰이",
    "얽히",
    "열리",
    "읽히",
    "잘리",
    "잡히",
    "적히",
    "쫓기",
    "찍히",
    "찔리",
    "팔리",
    "풀리",
    "휩쓸리",
];

/// Verbs that stand for a relation before a noun (에 대한, 를 통한) and have no tense there.
const RELATIONAL: [&str; 8] = [
    "대하", "위하", "관하", "통하", "의하", "따르", "인하", "비하",
];

/// Steps from an auxiliary to its predicate at most; trees that need more are broken.
const STEPS: usize = 8;

/// Sets `out` to the features of each word.
///
/// [`Words::lemma`] must give all morphemes of a word, of auxiliaries too. Tense is past with 았,
/// or with ㄴ or 던 before a noun; it is present with ㄴ다 or a bare final ending, or with 는 before
/// a noun. Mood is the imperative, or [`Mood::Sub`] for what is not stated as a fact: 겠, ㄹ,
/// conditions, wishes, obligations, proposals. Two negations cancel each other (않을 수 없다), and
/// 뿐만 아니라 denies nothing.
pub(crate) fn features(words: &impl Words, out: &mut Vec<Feats>) {
    out.clear();
    out.resize(words.len(), Feats::default());
    for i in 0..words.len() {
        let (forms, tags) = (words.lemma(i), words.xpos(i));
        if tags.is_empty() || words.upos(i) == Upos::Punct {
            continue;
        }
        nominal(words, i, &mut out[i]);
        let at = predicate(words, i);
        if morphemes(forms, tags).any(|(_, kind)| kind.is_predicate()) {
            inflection(forms, tags, next(words, i), &mut out[at]);
            if modal(words, i) {
                out[at].mood = Mood::Sub;
            }
            if is_only_way(words, i) {
                out[at].mood = Mood::Ind;
            }
        }
        if let Some(denied) = denied(words, i) {
            out[denied].negative = !out[denied].negative;
        }
        if words.deprel(i) == Deprel::NsubjPass && words.head(i) < words.len() {
            out[words.head(i)].passive = true;
        }
    }
}

/// The first morpheme of a word and its kind.
fn first(words: &impl Words, i: usize) -> (&str, Kind) {
    let mut all = morphemes(words.lemma(i), words.xpos(i));
    all.next().unwrap_or(("", Kind::Other))
}

/// What stands after word `i`.
fn next(words: &impl Words, i: usize) -> Next {
    if i + 1 >= words.len() || words.upos(i + 1) == Upos::Punct {
        return Next::Pause;
    }
    match first(words, i + 1).0 {
        // 할 때, 할 정도: what is done, not what may be.
        "때" | "정도" | "만큼" | "뿐" => Next::Measure,
        _ => Next::Other,
    }
}

/// What the ending of a word is read by besides itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A mark or the sentence's end.
    Pause,
    /// A noun of time or measure.
    Measure,
    Other,
}

/// 할 수밖에 없다: it is done.
fn is_only_way(words: &impl Words, i: usize) -> bool {
    i > 0 && first(words, i).0 == "없" && words.lemma(i - 1).ends_with("밖에")
}

/// The last morpheme of a word that is no particle.
fn ending(words: &impl Words, i: usize) -> (&str, Kind) {
    let all = backwards(words.lemma(i), words.xpos(i));
    let mut endings = all.skip_while(|(_, kind)| *kind == Kind::Particle);
    endings.next().unwrap_or(("", Kind::Other))
}

/// True for a word that only adds to the predicate before it.
fn is_auxiliary(words: &impl Words, i: usize) -> bool {
    if i == 0 {
        return false;
    }
    let before = ending(words, i - 1);
    match first(words, i) {
        (_, Kind::Auxiliary) => true,
        // 하지 않다, 해야 한다, 하고 있다, whatever the tag.
        ("않" | "못하" | "말" | "있" | "하" | "되" | "싶", _) if before.1 == Kind::Connective => {
            matches!(before.0, "지" | "고") && !matches!(first(words, i).0, "하" | "되")
                || before.0.ends_with('야')
        }
        // 할 수 있다, 할 것이다.
        ("있" | "없", _) => first(words, i - 1).0 == "수" && i > 1,
        ("것" | "거", Kind::BoundNoun) => {
            let copula = |(_, kind)| kind == Kind::Copula;
            before.1 == Kind::Adnominal && morphemes(words.lemma(i), words.xpos(i)).any(copula)
        }
        ("수", Kind::BoundNoun) => before.1 == Kind::Adnominal,
        _ => false,
    }
}

/// The word that an auxiliary adds to; of any other word itself.
fn predicate(words: &impl Words, i: usize) -> usize {
    let mut at = i;
    for _ in 0..STEPS {
        if !is_auxiliary(words, at) {
            break;
        }
        at -= 1;
    }
    at
}

/// Tense, mood, form and voice as the endings of a word have them.
fn inflection(forms: &str, tags: &str, next: Next, feats: &mut Feats) {
    let mut kind_before = Kind::Other;
    let (mut stative, mut relational) = (false, false);
    for (form, kind) in morphemes(forms, tags) {
        match kind {
            Kind::Verb => {
                stative = false;
                relational = RELATIONAL.contains(&form);
                feats.passive |= PASSIVE_STEMS.contains(&form);
            }
            Kind::VerbSuffix => {
                stative = false;
                feats.passive |= matches!(form, "되" | "당하" | "받");
            }
            Kind::Auxiliary => feats.passive |= form == "지" && kind_before == Kind::Connective,
            Kind::Adjective | Kind::Copula | Kind::AdjectiveSuffix => stative = true,
            Kind::PreFinal if is_past(form) => feats.tense = Tense::Past,
            Kind::PreFinal if form == "겠" => feats.mood = Mood::Sub,
            Kind::Final => {
                feats.verb_form = VerbForm::Fin;
                finite(form, stative, feats);
            }
            // GSD has no tag of its own for many an ending of a sentence.
            Kind::Connective if ends_sentence(form, next) => {
                feats.verb_form = VerbForm::Fin;
                finite(form, stative, feats);
            }
            Kind::Connective => connective(form, feats),
            Kind::Adnominal => {
                feats.verb_form = VerbForm::Part;
                if !relational {
                    adnominal(form, stative, next, feats);
                }
            }
            Kind::Nominal => feats.verb_form = VerbForm::Ger,
            _ => {}
        }
        kind_before = kind;
    }
}

fn is_past(form: &str) -> bool {
    matches!(form, "았" | "었" | "였" | "ㅆ" | "았었" | "었었" | "였었")
        || form.ends_with(['았', '었', '였'])
}

/// True for a final ending under the tag of others.
fn ends_sentence(form: &str, next: Next) -> bool {
    form.ends_with("니다")
        || next == Next::Pause && form.ends_with(['다', '요', '까', '냐', '네', '죠', '군'])
}

/// The ending of a sentence.
fn finite(form: &str, stative: bool, feats: &mut Feats) {
    match form {
        // 이라고, 아니라고: a statement in a quotation.
        "라" if stative => {
            feats.mood = feats.mood.max(Mood::Ind);
            feats.tense = Tense::Pres;
        }
        "라" | "아라" | "어라" | "여라" | "거라" | "십시오" | "시오" | "세요" | "으라"
        | "으십시오" | "소서" => {
            feats.mood = Mood::Imp;
        }
        "자" | "ㅂ시다" | "읍시다" | "ㄹ까" | "을까" | "ㄹ까요" | "을까요" | "ㄹ게" | "ㄹ게요" =>
        {
            feats.mood = Mood::Sub;
        }
        _ => {
            feats.mood = feats.mood.max(Mood::Ind);
            if feats.tense == Tense::None {
                feats.tense = Tense::Pres;
            }
        }
    }
}

/// The ending before another clause; some of them quote a sentence.
fn connective(form: &str, feats: &mut Feats) {
    let quotes = ["다고", "다며", "다면서", "라고", "냐고"];
    if form.starts_with("ㄴ다") || form.starts_with("는다") || quotes.contains(&form) {
        feats.verb_form = VerbForm::Fin;
        if feats.tense == Tense::None {
            feats.tense = Tense::Pres;
        }
    }
    let unreal = form.ends_with('면')
        || matches!(
            form,
            "자고" | "으라고" | "려고" | "으려고" | "고자" | "려면" | "거든" | "더라도"
        );
    if unreal {
        feats.mood = Mood::Sub;
    }
}

/// The ending before a noun.
fn adnominal(form: &str, stative: bool, next: Next, feats: &mut Feats) {
    match form {
        // 했을 때 is no less past for its ㄹ.
        "ㄹ" | "을" if feats.tense != Tense::Past && next != Next::Measure => {
            feats.mood = Mood::Sub;
        }
        "ㄴ" | "은" if !stative => feats.tense = Tense::Past,
        "던" => feats.tense = Tense::Past,
        "는" if feats.tense == Tense::None => feats.tense = Tense::Pres,
        _ => {}
    }
}

/// True for an auxiliary that says that something should, might or is wished to be.
fn modal(words: &impl Words, i: usize) -> bool {
    if !is_auxiliary(words, i) {
        return false;
    }
    let before = ending(words, i - 1);
    match first(words, i).0 {
        "하" | "되" => {
            before.0.ends_with('야') || matches!(before.0, "고자" | "려" | "려고" | "으려")
        }
        "싶" => true,
        "것" | "거" => matches!(before.0, "ㄹ" | "을"),
        _ => false,
    }
}

/// The predicate that a word denies.
fn denied(words: &impl Words, i: usize) -> Option<usize> {
    let before = |n: usize| i.checked_sub(n).map(|at| first(words, at));
    match first(words, i) {
        ("않" | "못하" | "말", _) if is_auxiliary(words, i) => Some(predicate(words, i)),
        ("없", _) => (!is_only_way(words, i)).then(|| predicate(words, i)),
        ("아니", Kind::Adjective | Kind::Auxiliary) => {
            let only = before(1).is_some_and(|(form, _)| form.starts_with('뿐'));
            (!only).then_some(i)
        }
        ("안" | "못", Kind::Adverb) => {
            let next = (i + 1 < words.len()).then_some(i + 1)?;
            // 하지 않으면 안 된다: it must be done.
            let must =
                first(words, next).0 == "되" && i > 0 && ending(words, i - 1).0.ends_with('면');
            Some(if must { predicate(words, i - 1) } else { next })
        }
        _ => None,
    }
}

/// Number and person.
fn nominal(words: &impl Words, i: usize, feats: &mut Feats) {
    let plural = |(form, kind)| kind == Kind::Suffix && form == "들";
    if morphemes(words.lemma(i), words.xpos(i)).any(plural) {
        feats.number = Number::Plur;
    }
    if words.upos(i) != Upos::Pron {
        return;
    }
    let (form, _) = first(words, i);
    feats.person = match form {
        "나" | "저" | "내" | "제" | "우리" | "저희" => 1,
        "너" | "당신" | "그대" | "너희" | "자네" => 2,
        "그" | "그녀" | "그들" | "이들" => 3,
        _ => 0,
    };
    if matches!(form, "우리" | "저희" | "너희" | "그들" | "이들") {
        feats.number = Number::Plur;
    }
}

#[cfg(test)]
mod tests;
