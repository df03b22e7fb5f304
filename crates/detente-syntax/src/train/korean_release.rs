//! Older releases of the Korean treebanks, brought to the conventions of the present ones.
//!
//! The rules were found by comparing the present development part of Kaist with the same sentences
//! in the release of 2018, and by comparing how often what occurs in the parts of GSD.

use crate::conllu::{ConlluError, TreebankSentence, TreebankWord, read};

/// Auxiliaries that have the part of speech AUX and a lemma without endings; all others are verbs.
const AUXILIARIES: [&str; 4] = ["있", "하", "않", "싶"];

/// Reads a treebank file: CoNLL-U, or the form of Kaist's whole corpus of 2018, which lacks the
/// column of features and has the morphemes with their tags in the last one.
///
/// # Errors
/// The first line that is neither.
pub fn read_treebank(text: &str) -> Result<Vec<TreebankSentence>, ConlluError> {
    if !text.lines().any(|line| columns_of_2018(line).is_some()) {
        return read(text);
    }
    let mut upright = String::with_capacity(text.len());
    for line in text.lines() {
        match columns_of_2018(line) {
            Some(c) => {
                let tags = tags_of(c[9]);
                let row = [c[0], c[1], c[2], c[3], &tags, "_", c[5], c[6], "_", "_"];
                upright.push_str(&row.join("\t"));
            }
            None => upright.push_str(line),
        }
        upright.push('\n');
    }
    let mut sentences = read(&upright)?;
    sentences.iter_mut().for_each(join_marks);
    Ok(sentences)
}

/// The columns of a word's row if head and relation stand one too far to the left.
fn columns_of_2018(line: &str) -> Option<Vec<&str>> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [_, _, _, _, "_", head, deprel, _, _, _] = columns[..] else {
        return None;
    };
    let shifted = head.parse::<usize>().is_ok() && deprel.parse::<usize>().is_err();
    shifted.then_some(columns)
}

/// `짐승/ncn+도/jxc` → `ncn+jxc`.
fn tags_of(analysis: &str) -> String {
    let is_tag = |t: &&str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_lowercase());
    let tag = |part: &str| part.rsplit_once('/').map(|(_, tag)| tag.to_owned());
    let tags = analysis.split('+').filter_map(tag);
    let tags: Vec<String> = tags.filter(|t| is_tag(&t.as_str())).collect();
    if tags.is_empty() {
        return "_".to_owned();
    }
    tags.join("+")
}

/// No space before full stops, commas and closing marks, none after opening ones.
fn join_marks(sentence: &mut TreebankSentence) {
    for i in 0..sentence.words.len() {
        let word = &sentence.words[i];
        if word.upos != "PUNCT" {
            continue;
        }
        let glued = match word.xpos.as_str() {
            "sl" => Some(i),
            "sf" | "sp" | "sr" => i.checked_sub(1),
            _ => None,
        };
        if let Some(before) = glued {
            sentence.words[before].misc = "SpaceAfter=No".to_owned();
        }
    }
}

/// Brings a sentence of an older release of Kaist or GSD to the present conventions; sentences
/// that follow them, and those of other treebanks, stay as they are.
pub fn modernise(sentence: &mut TreebankSentence) {
    let tagged = |test: fn(u8) -> bool| {
        let tags = sentence.words.iter().map(|w| w.xpos.as_str());
        tags.filter(|x| *x != "_")
            .all(|x| x.bytes().all(|b| test(b) || b == b'+'))
            && sentence.words.iter().any(|w| hangul(&w.form))
    };
    if tagged(|b| b.is_ascii_lowercase()) {
        kaist(&mut sentence.words);
    } else if tagged(|b| b.is_ascii_uppercase()) {
        gsd(&mut sentence.words);
    }
}

fn hangul(form: &str) -> bool {
    form.chars().any(|c| ('가'..='힣').contains(&c))
}

fn nominal(word: &TreebankWord) -> bool {
    ["NOUN", "PROPN", "PRON", "NUM"].contains(&word.upos.as_str())
}

fn first_of(column: &str) -> &str {
    column.split('+').next().unwrap_or(column)
}

/// A copula or auxiliary of its own: its lemma is the bare stem. The other morphemes are noted in
/// the last column.
fn bare(word: &mut TreebankWord) {
    word.upos = "AUX".to_owned();
    if word.lemma.contains('+') {
        let noted = format!("MSeg={}", word.lemma);
        word.misc = match word.misc.as_str() {
            "_" | "" => noted,
            other => format!("{noted}|{other}"),
        };
    }
    word.lemma = first_of(&word.lemma).to_owned();
}

fn set(column: &mut String, value: &str) {
    value.clone_into(column);
}

fn gsd(words: &mut [TreebankWord]) {
    measures(words);
    for word in words {
        let tag = first_of(&word.xpos);
        let auxiliary = AUXILIARIES.contains(&first_of(&word.lemma)) && tag == "VX";
        match word.deprel.as_str() {
            "cop" if tag == "VCP" => bare(word),
            "aux" if auxiliary => bare(word),
            "aux" => set(&mut word.deprel, "compound"),
            "det:poss" if nominal(word) && word.upos != "PRON" => {
                set(&mut word.deprel, "nmod:poss");
            }
            "advmod" | "mark" if nominal(word) => set(&mut word.deprel, "obl"),
            "advmod" if word.upos == "VERB" => set(&mut word.deprel, "advcl"),
            "punct" if word.upos == "SYM" => set(&mut word.upos, "PUNCT"),
            _ => {}
        }
        if word.upos == "AUX" && !["aux", "cop"].contains(&word.deprel.as_str()) {
            set(&mut word.upos, "VERB");
        }
    }
}

fn kaist(words: &mut [TreebankWord]) {
    measures(words);
    let before: Vec<usize> = words.iter().map(|w| w.head).collect();
    for relation in ["fixed", "flat"] {
        lead_from_the_left(words, relation);
    }
    let next = lead_from_the_left(words, "conj");
    commas(words, &before, &next);
    for i in 0..words.len() {
        let host = words[i].head.checked_sub(1).map(|h| words[h].upos.clone());
        auxiliaries(&mut words[i], host.as_deref().unwrap_or("_"));
    }
}

/// A number depends on the sign of measure after it, not the sign on the number. What hangs on the
/// number stays there.
fn measures(words: &mut [TreebankWord]) {
    for i in 1..words.len() {
        let (left, right) = words.split_at_mut(i);
        let (number, sign) = (&mut left[i - 1], &mut right[0]);
        let counted = number.upos == "NUM" && sign.upos == "SYM";
        if counted && sign.deprel == "punct" && sign.head == i {
            sign.head = number.head;
            std::mem::swap(&mut sign.deprel, &mut number.deprel);
            number.head = i + 1;
            set(&mut number.deprel, "nummod");
        }
    }
}

/// Where words hang on a later one by `relation`, the first of them takes its place and the others
/// hang on the first. Gives, for every word of such a group, the word that leads what follows.
fn lead_from_the_left(words: &mut [TreebankWord], relation: &str) -> Vec<Option<usize>> {
    let n = words.len();
    let coordination = relation == "conj";
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); n];
    for (i, word) in words.iter().enumerate() {
        if word.deprel == relation && word.head > i + 1 {
            members[word.head - 1].push(i);
        }
    }
    let mut next = vec![None; n];
    // Which word stands where this one stood. Members come before their head, so that inner groups
    // are done first.
    let mut stands: Vec<usize> = (0..n).collect();
    for head in 0..n {
        if members[head].is_empty() {
            continue;
        }
        let inner: Vec<usize> = members[head].iter().map(|&m| stands[m]).collect();
        let (first, last) = (inner[0], inner[inner.len() - 1]);
        // Now and then the whole coordination hangs on the full stop.
        let on_mark = coordination && words[head].upos == "PUNCT";
        words[first].head = words[head].head;
        words[first].deprel = words[head].deprel.clone();
        for pair in inner.windows(2) {
            words[pair[1]].head = 1 + if coordination { pair[0] } else { first };
            set(&mut words[pair[1]].deprel, relation);
        }
        words[head].head = 1 + if coordination { last } else { first };
        set(
            &mut words[head].deprel,
            if on_mark { "punct" } else { relation },
        );
        for (i, word) in words.iter_mut().enumerate() {
            if word.head != head + 1 || inner.contains(&i) {
                continue;
            }
            if on_mark {
                word.head = last + 1;
            } else if !coordination && (i < first || i > head) {
                word.head = first + 1;
            }
        }
        for pair in members[head].windows(2) {
            next[pair[0]] = Some(stands[pair[1]]);
        }
        next[*members[head].last().expect("not empty")] = Some(head);
        stands[head] = first;
    }
    next
}

/// A comma between conjuncts hangs on the one after it, but only one comma on each.
fn commas(words: &mut [TreebankWord], before: &[usize], next: &[Option<usize>]) {
    let mut taken = vec![false; words.len()];
    for i in 0..words.len() {
        let (comma, head) = (&mut words[i], before[i]);
        if comma.xpos != "sp" || comma.deprel != "punct" || head == 0 || head > i {
            continue;
        }
        if let Some(after) = next[head - 1].filter(|&a| a > i && !taken[head - 1]) {
            comma.head = after + 1;
            taken[after] = true;
        }
    }
}

/// What stood as an auxiliary, by its part of speech.
fn auxiliaries(word: &mut TreebankWord, host: &str) {
    let tag = first_of(&word.xpos);
    let own = AUXILIARIES.contains(&first_of(&word.lemma)) && tag == "px";
    if word.deprel == "aux" && own || word.deprel == "cop" && tag == "jp" {
        return bare(word);
    }
    if word.upos == "AUX" {
        set(&mut word.upos, "VERB");
    }
    let relation = match (word.deprel.as_str(), word.upos.as_str()) {
        ("aux", "VERB") if tag == "nbn" || host == "ADJ" => "advcl",
        ("aux", "VERB") if host == "NOUN" => "acl",
        ("aux", "VERB" | "ADJ") => "compound",
        ("aux", "SCONJ") => "mark",
        ("aux", "CCONJ") => "cc",
        ("aux", "ADV") => "advmod",
        ("aux", _) => "obl",
        ("advmod" | "mark", _) if nominal(word) => "obl",
        ("advmod" | "mark", "VERB") => "advcl",
        _ => return,
    };
    set(&mut word.deprel, relation);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of form, lemma, part of speech, tag, head and relation.
    fn sentence(rows: &[[&str; 6]]) -> TreebankSentence {
        let word = |r: &[&str; 6]| TreebankWord {
            form: r[0].to_owned(),
            lemma: r[1].to_owned(),
            upos: r[2].to_owned(),
            xpos: r[3].to_owned(),
            head: r[4].parse().unwrap(),
            deprel: r[5].to_owned(),
            ..TreebankWord::default()
        };
        TreebankSentence {
            words: rows.iter().map(word).collect(),
            ..TreebankSentence::default()
        }
    }

    fn modern(rows: &[[&str; 6]]) -> Vec<String> {
        let mut sentence = sentence(rows);
        modernise(&mut sentence);
        let once = sentence.clone();
        modernise(&mut sentence);
        assert_eq!(sentence, once, "a modern sentence stays as it is");
        let row = |w: &TreebankWord| format!("{} {} {} {}", w.lemma, w.upos, w.head, w.deprel);
        sentence.words.iter().map(row).collect()
    }

    #[test]
    fn reads_the_release_of_2018() {
        let text = "# 배가 왔다 .\n\
            1\t배가\t배+가\tNOUN\t_\t2\tnsubj\t_\t_\t배/ncn+가/jcs\n\
            2\t왔다\t오+았+다\tVERB\t_\t0\troot\t_\t_\t오/pvg+았/ep+다/ef\n\
            3\t.\t.\tPUNCT\t_\t2\tpunct\t_\t_\t./sf\n";
        let sentences = read_treebank(text).unwrap();
        let words = &sentences[0].words;
        let tags: Vec<&str> = words.iter().map(|w| w.xpos.as_str()).collect();
        assert_eq!(tags, ["ncn+jcs", "pvg+ep+ef", "sf"]);
        assert_eq!(words[0].head, 2);
        assert_eq!(sentences[0].text().0.trim_end(), "배가 왔다.");
        assert_eq!(
            read_treebank(&crate::conllu::write(&sentences)),
            Ok(sentences)
        );
    }

    #[test]
    fn coordinations_lead_from_the_left() {
        let rows = [
            ["배와", "배+와", "CCONJ", "ncn+jcj", "3", "conj"],
            [",", ",", "PUNCT", "sp", "1", "punct"],
            ["기차가", "기차+가", "NOUN", "ncn+jcs", "4", "nsubj"],
            ["왔다", "오+았+다", "VERB", "pvg+ep+ef", "0", "root"],
        ];
        let expected = [
            "배+와 CCONJ 4 nsubj",
            ", PUNCT 3 punct",
            "기차+가 NOUN 1 conj",
            "오+았+다 VERB 0 root",
        ];
        assert_eq!(modern(&rows), expected);
    }

    #[test]
    fn few_auxiliaries_remain() {
        let rows = [
            ["볼", "보+ㄹ", "VERB", "pvg+etm", "0", "root"],
            ["수", "수", "NOUN", "nbn", "3", "fixed"],
            ["있게", "있+게", "ADJ", "paa+ecx", "1", "aux"],
            ["되었다", "되+었+다", "AUX", "px+ep+ef", "1", "aux"],
            [".", ".", "PUNCT", "sf", "3", "punct"],
        ];
        let expected = [
            "보+ㄹ VERB 0 root",
            "수 NOUN 1 obl",
            "있+게 ADJ 2 fixed",
            "되+었+다 VERB 1 compound",
            ". PUNCT 2 punct",
        ];
        assert_eq!(modern(&rows), expected);
        let rows = [
            ["보고", "보+고", "VERB", "VV+EC", "0", "root"],
            ["있다", "있+다", "AUX", "VX+EF", "1", "aux"],
            ["뒤", "뒤", "NOUN", "NNG", "1", "mark"],
        ];
        let expected = ["보+고 VERB 0 root", "있 AUX 1 aux", "뒤 NOUN 1 obl"];
        assert_eq!(modern(&rows), expected);
    }

    #[test]
    fn other_treebanks_stay() {
        let rows = [["dogs", "dog", "AUX", "NNS", "0", "root"]];
        assert_eq!(modern(&rows), ["dog AUX 0 root"]);
    }

    #[test]
    fn percent_signs_are_counted() {
        let rows = [
            ["8", "8", "NUM", "nnc", "3", "obj"],
            ["%", "%", "SYM", "su", "1", "punct"],
            ["본", "보+ㄴ", "VERB", "pvg+etm", "0", "root"],
        ];
        let expected = ["8 NUM 2 nummod", "% SYM 3 obj", "보+ㄴ VERB 0 root"];
        assert_eq!(modern(&rows), expected);
        let rows = [
            ["8", "8", "NUM", "SN", "3", "advmod"],
            ["%", "%", "SYM", "SW", "1", "punct"],
            ["올랐다", "오르+았+다", "VERB", "VV+EP+EF", "0", "root"],
            ["!", "!", "SYM", "SW", "3", "punct"],
        ];
        let expected = [
            "8 NUM 2 nummod",
            "% SYM 3 advmod",
            "오르+았+다 VERB 0 root",
            "! PUNCT 3 punct",
        ];
        assert_eq!(modern(&rows), expected);
    }
}
