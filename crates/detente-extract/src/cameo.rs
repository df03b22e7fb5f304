//! Which code of CAMEO an event has: the codebook's table, asked with the words of the sentence.

use detente_codebook::{EventBook, events::Coded};
use detente_syntax::Deprel;

use crate::{Modality, Root, scene::Scene};

/// Lemmas of the act's word, of the verb or adjective that it hangs on ("agreed to withdraw"), of
/// its object and passive subject, and of the nouns before these.
pub(crate) fn words<'a>(scene: &Scene<'a>, act: usize) -> Vec<&'a str> {
    let sentence = scene.sentence;
    let mut words = vec![scene.lemma(act)];
    let above = matches!(scene.deprel(act), Deprel::Xcomp | Deprel::Ccomp)
        .then(|| sentence.head(act))
        .flatten();
    words.extend(above.map(|above| scene.lemma(above)));
    for child in sentence.children(act) {
        let below = matches!(scene.deprel(child), Deprel::Xcomp | Deprel::Obj)
            || scene.deprel(child) == Deprel::NsubjPass;
        if below {
            words.push(scene.lemma(child));
            words.extend(
                sentence
                    .children(child)
                    .filter(|&c| matches!(scene.deprel(c), Deprel::Compound | Deprel::Amod))
                    .map(|c| scene.lemma(c)),
            );
        }
    }
    words
}

/// The code of an event whose word is token `act`.
pub(crate) fn code<'b>(
    book: &'b EventBook,
    scene: &Scene<'_>,
    act: Option<usize>,
    (root, modes): (Root, &[String]),
    modality: Modality,
    contexts: &[String],
) -> Option<&'b str> {
    let words = act.map_or_else(Vec::new, |act| words(scene, act));
    book.cameo.code(
        Coded {
            root: root.as_str(),
            modes,
            modality: modality.as_str(),
            contexts,
            words: &words,
        },
        &book.classes,
    )
}
