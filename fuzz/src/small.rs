//! Small models of our own sentences: quick to read with, and quick to damage.

use std::path::PathBuf;

use detente_syntax::conllu::{self, TreebankSentence};
use detente_syntax::train::{self, NetOptions, Order};
use detente_text::Language;

const ENGLISH: &str = "\
1\tJapan\tJapan\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\t_
2\tprotests\tprotest\tVERB\tVBZ\tMood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

1\tEnvoys\tenvoy\tNOUN\tNNS\tNumber=Plur\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\tPolarity=Neg\t4\tadvmod\t_\t_
4\tagree\tagree\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

";

const JAPANESE: &str = "\
1\t外相\t外相\tNOUN\t名詞-普通名詞-一般\t_\t5\tnsubj\t_\tSpaceAfter=No
2\tは\tは\tADP\t助詞-係助詞\t_\t1\tcase\t_\tSpaceAfter=No
3\t港\t港\tNOUN\t名詞-普通名詞-一般\t_\t5\tobj\t_\tSpaceAfter=No
4\tを\tを\tADP\t助詞-格助詞\t_\t3\tcase\t_\tSpaceAfter=No
5\t見\t見る\tVERB\t動詞-一般-上一段-マ行\t_\t0\troot\t_\tSpaceAfter=No
6\tた\tた\tAUX\t助動詞-助動詞-タ\t_\t5\taux\t_\tSpaceAfter=No
7\t。\t。\tPUNCT\t補助記号-句点\t_\t5\tpunct\t_\tSpaceAfter=No

";

const UNIDIC: &str = "\
は\t2000\t助詞-係助詞\t\tは
を\t2000\t助詞-格助詞\t\tを
た\t2000\t助動詞-助動詞-タ\t終止形-一般\tた
外相\t6000\t名詞-普通名詞-一般\t\t外相
港\t6000\t名詞-普通名詞-一般\t\t港
これ\t4631\t代名詞\t\t此れ
会っ\t7000\t動詞-一般-五段-ワア行\t連用形-促音便\t会う
";

const KOREAN: &str = "\
1\t특사는\t특사+는\tNOUN\tNNG+JX\t_\t3\tnsubj\t_\t_
2\t항구를\t항구+를\tNOUN\tNNG+JKO\t_\t3\tobj\t_\t_
3\t보았다\t보+았+다\tVERB\tVV+EP+EF\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\tSF\t_\t3\tpunct\t_\t_

";

/// A model with a network of next to nothing. It is read from the folder that the variable
/// `SMALL_MODELS` names, where the example `small_models` writes it, or else learnt in some seconds.
pub fn model(language: Language) -> Vec<u8> {
    let folder = std::env::var_os("SMALL_MODELS");
    let path = folder.map(|folder| PathBuf::from(folder).join(language.code()));
    path.and_then(|path| std::fs::read(path).ok())
        .unwrap_or_else(|| learn(language))
}

fn learn(language: Language) -> Vec<u8> {
    let (treebank, dictionary) = match language {
        Language::Ja => (JAPANESE, Some(UNIDIC.to_owned())),
        Language::Ko => (KOREAN, None),
        _ => (ENGLISH, None),
    };
    let read = |text: &str| -> Vec<TreebankSentence> {
        conllu::read(text).expect("our sentences can be read")
    };
    let net = NetOptions {
        threads: 1,
        epochs: 20,
        width: 4,
        h: 4,
        layers: 1,
        arc: 4,
        rel: 4,
        batch: 16,
        rate: 2e-2,
        ..NetOptions::of(language)
    };
    let order = Order {
        language,
        treebanks: vec![read(&treebank.repeat(4))],
        vectors: None,
        dictionary,
        net,
    };
    train::train(&order, &mut |_| {}).expect("a model")
}
