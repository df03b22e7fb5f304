//! Features of single words and of words beside others.

use super::*;

/// Morphemes and tags of the eojeol in order.
struct Given(Vec<(&'static str, &'static str)>);

impl Words for Given {
    fn len(&self) -> usize {
        self.0.len()
    }
    fn form(&self, _: usize) -> &str {
        ""
    }
    fn lemma(&self, i: usize) -> &str {
        self.0[i].0
    }
    fn upos(&self, i: usize) -> Upos {
        match self.0[i].1 {
            tag if tag.starts_with("NP") => Upos::Pron,
            _ => Upos::Verb,
        }
    }
    fn xpos(&self, i: usize) -> &str {
        self.0[i].1
    }
    fn head(&self, _: usize) -> usize {
        0
    }
    fn deprel(&self, _: usize) -> Deprel {
        Deprel::Dep
    }
}

fn of(words: &[(&'static str, &'static str)]) -> Vec<Feats> {
    let mut out = Vec::new();
    features(&Given(words.to_vec()), &mut out);
    out
}

#[test]
fn endings_say_when() {
    let found = of(&[("가+았+다", "VV+EP+EF")])[0];
    let expected = (Tense::Past, Mood::Ind, VerbForm::Fin);
    assert_eq!((found.tense, found.mood, found.verb_form), expected);
    assert_eq!(of(&[("가+ㄴ다", "pvg+ef")])[0].tense, Tense::Pres);
    assert_eq!(of(&[("가+ㄴ", "pvg+etm")])[0].tense, Tense::Past);
    assert_eq!(of(&[("크+ㄴ", "paa+etm")])[0].tense, Tense::None);
    assert_eq!(of(&[("가+겠+다", "VV+EP+EF")])[0].mood, Mood::Sub);
    assert_eq!(of(&[("가+아라", "VV+EF")])[0].mood, Mood::Imp);
    assert_eq!(of(&[("가+면", "VV+EC")])[0].mood, Mood::Sub);
    assert_eq!(of(&[("가+ㅂ니다", "VV+EC")])[0].verb_form, VerbForm::Fin);
    assert_eq!(
        of(&[("대하+ㄴ", "VV+ETM"), ("일", "NNG")])[0].tense,
        Tense::None
    );
    assert_eq!(
        of(&[("가+ㄹ", "VV+ETM"), ("때", "NNG")])[0].mood,
        Mood::None
    );
    assert_eq!(of(&[("일+이+라+고", "ncn+jp+ef+jcr")])[0].mood, Mood::Ind);
}

#[test]
fn auxiliaries_count_for_their_verb() {
    let found = of(&[("맺+지", "VV+EC"), ("않+았+다", "VX+EP+EF")]);
    assert!(found[0].negative && !found[1].negative);
    assert_eq!(found[0].tense, Tense::Past);
    let found = of(&[("맺+어야", "pvg+ecx"), ("하+ㄴ다", "px+ef")]);
    assert_eq!(found[0].mood, Mood::Sub);
    let found = of(&[("가+ㄹ", "VV+ETM"), ("것+이+다", "NNB+VCP+EF")]);
    assert_eq!(found[0].mood, Mood::Sub);
    assert_eq!(found[0].verb_form, VerbForm::Fin);
}

#[test]
fn negations_cancel_each_other() {
    let found = of(&[
        ("가+지", "pvg+ecx"),
        ("않+을", "px+etm"),
        ("수", "nbn"),
        ("없+다", "paa+ef"),
    ]);
    assert!(!found[0].negative);
    assert!(of(&[("안", "MAG"), ("가+ㄴ다", "VV+EF")])[1].negative);
    assert!(of(&[("아니+다", "VCN+EF")])[0].negative);
    assert!(!of(&[("뿐+만", "NNB+JX"), ("아니+라", "VCN+EC")])[1].negative);
    let only = of(&[
        ("가+ㄹ", "VV+ETM"),
        ("수+밖에", "NNB+JX"),
        ("없+다", "VA+EF"),
    ]);
    assert!(!only[0].negative && only[0].mood == Mood::Ind);
    let must = of(&[
        ("가+지", "VV+EC"),
        ("않+으면", "VX+EC"),
        ("안", "MAG"),
        ("되+ㄴ다", "VV+EF"),
    ]);
    assert!(!must[0].negative && !must[3].negative);
}

#[test]
fn voice_and_number() {
    assert!(of(&[("체결+되+었+다", "NNG+XSV+EP+EF")])[0].passive);
    assert!(of(&[("잡히+었+다", "VV+EP+EF")])[0].passive);
    assert!(!of(&[("체결+하+았+다", "NNG+XSV+EP+EF")])[0].passive);
    assert!(of(&[("알리+어+지+었+다", "pvg+ecx+px+ep+ef")])[0].passive);
    let found = of(&[("그+들+은", "NP+XSN+JX"), ("우리+가", "NP+JKS")]);
    assert_eq!((found[0].number, found[0].person), (Number::Plur, 3));
    assert_eq!((found[1].number, found[1].person), (Number::Plur, 1));
}

#[test]
fn odd_columns_do_no_harm() {
    for row in [
        ("", ""),
        ("+", "+"),
        ("있", "px+ef"),
        ("_", "_"),
        ("수", "nbn"),
    ] {
        assert_eq!(of(&[row, row, row]).len(), 3);
    }
}
