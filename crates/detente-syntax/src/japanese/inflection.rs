//! From an inflected form to the form that dictionaries list, by the class in the treebank's tag.

/// Rows of the syllabary that consonant verbs inflect through: name, the five syllables from a to
/// o, and the changed endings.
const ROWS: [(&str, [char; 5], &str); 9] = [
    ("カ行", ['か', 'き', 'く', 'け', 'こ'], "いっ"),
    ("ガ行", ['が', 'ぎ', 'ぐ', 'げ', 'ご'], "い"),
    ("サ行", ['さ', 'し', 'す', 'せ', 'そ'], "い"),
    ("タ行", ['た', 'ち', 'つ', 'て', 'と'], "っ"),
    ("ナ行", ['な', 'に', 'ぬ', 'ね', 'の'], "ん"),
    ("バ行", ['ば', 'び', 'ぶ', 'べ', 'ぼ'], "ん"),
    ("マ行", ['ま', 'み', 'む', 'め', 'も'], "ん"),
    ("ラ行", ['ら', 'り', 'る', 'れ', 'ろ'], "っんい"),
    ("ワア行", ['わ', 'い', 'う', 'え', 'お'], "っう"),
];

/// Endings of adjectives other than い, the longest first.
const ADJECTIVE: [&str; 9] = [
    "かろう",
    "けれ",
    "かっ",
    "かろ",
    "から",
    "かれ",
    "く",
    "き",
    "う",
];

/// Endings of する and of ずる, the longest first.
const SURU: [&str; 8] = ["しよう", "すれ", "しろ", "せよ", "する", "し", "せ", "さ"];
const ZURU: [&str; 6] = ["じよう", "ずれ", "じろ", "ぜよ", "ずる", "じ"];

/// True if words of that tag inflect.
pub(crate) fn inflects(xpos: &str) -> bool {
    [
        "動詞-",
        "形容詞-",
        "助動詞-",
        "接尾辞-動詞的",
        "接尾辞-形容詞的",
    ]
    .iter()
    .any(|prefix| xpos.starts_with(prefix))
}

/// Appends the dictionary form of a word with that tag; of one that does not inflect, the word.
pub(crate) fn dictionary_form(form: &str, xpos: &str, out: &mut String) {
    if !inflects(xpos) {
        out.push_str(form);
    } else if xpos.contains("五段-") {
        consonant_verb(form, xpos, out);
    } else if xpos.contains("一段-") {
        vowel_verb(form, xpos, out);
    } else if xpos.contains("サ行変格") {
        irregular(form, out);
    } else if xpos.ends_with("形容詞") {
        let stem = ADJECTIVE.iter().find_map(|e| form.strip_suffix(e));
        let stem = stem.or_else(|| form.strip_suffix('い')).unwrap_or(form);
        out.push_str(stem);
        out.push('い');
    } else {
        out.push_str(form);
    }
}

fn consonant_verb(form: &str, xpos: &str, out: &mut String) {
    let row = ROWS.iter().find(|row| {
        let class = xpos.rsplit('-').next().unwrap_or("");
        class == row.0
    });
    // 行こう, 行こー
    let body = form.strip_suffix(['う', 'ー']);
    let Some((_, row, changed)) = row else {
        out.push_str(form);
        return;
    };
    let ends_in_o = |s: &str| s.ends_with(row[4]);
    let body = body.filter(|s| ends_in_o(s)).unwrap_or(form);
    let Some(last) = body.chars().next_back() else {
        return;
    };
    if row.contains(&last) || changed.contains(last) {
        out.push_str(&body[..body.len() - last.len_utf8()]);
        out.push(row[2]);
    } else {
        out.push_str(form);
    }
}

fn vowel_verb(form: &str, xpos: &str, out: &mut String) {
    let of_ra = xpos.ends_with("ラ行");
    let strip = |ending: &str| form.strip_suffix(ending).filter(|stem| !stem.is_empty());
    let stem = strip("よう")
        .or_else(|| strip("ろ"))
        .or_else(|| strip("よ"))
        .or_else(|| {
            if of_ra {
                strip("れれ").map(|s| &form[..s.len() + 3])
            } else {
                strip("れ")
            }
        })
        .or_else(|| strip("る"))
        .unwrap_or(form);
    out.push_str(stem);
    out.push('る');
}

fn irregular(form: &str, out: &mut String) {
    let ending = |list: &[&str]| list.iter().find_map(|e| form.strip_suffix(e));
    if let Some(stem) = ending(&ZURU) {
        out.push_str(stem);
        out.push_str("ずる");
    } else if let Some(stem) = ending(&SURU) {
        out.push_str(stem);
        out.push_str("する");
    } else {
        out.push_str(form);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_are_undone() {
        let cases = [
            ("行っ", "動詞-非自立可能-五段-カ行", "行く"),
            ("述べ", "動詞-一般-下一段-バ行", "述べる"),
            ("述べれ", "動詞-一般-下一段-バ行", "述べる"),
            ("流れ", "動詞-一般-下一段-ラ行", "流れる"),
            ("流れれ", "動詞-一般-下一段-ラ行", "流れる"),
            ("話そう", "動詞-一般-五段-サ行", "話す"),
            ("会わ", "動詞-一般-五段-ワア行", "会う"),
            ("論じ", "動詞-一般-サ行変格", "論ずる"),
            ("対し", "動詞-一般-サ行変格", "対する"),
            ("強かっ", "形容詞-一般-形容詞", "強い"),
            ("会談", "名詞-普通名詞-サ変可能", "会談"),
        ];
        for (form, xpos, expected) in cases {
            let mut found = String::new();
            dictionary_form(form, xpos, &mut found);
            assert_eq!(found, expected, "{form}");
        }
    }
}
