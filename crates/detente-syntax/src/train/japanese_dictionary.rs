//! From the table of UniDic's words to the kinds of forms that the Japanese segmenter knows.

use std::collections::BTreeMap;

use crate::japanese::chars::fold;
use crate::japanese::dictionary::LONGEST;
use crate::japanese::path::FIRST_KIND;

/// Words whose cost is above this are so rare that they do more harm than good.
const COST: i32 = 13_000;

/// What a form can be.
#[derive(Clone, Default)]
struct Form {
    /// Least cost and its group.
    best: Option<(i32, u8)>,
    /// All groups, as bits of [`coarse`].
    coarse: u8,
}

/// Folded forms with their kind, from [`FIRST_KIND`]. A kind is the group of the cheapest word of that form, how
/// cheap it is, and what else the form can be; rare kinds are merged into one for the group.
pub(crate) fn kinds(unidic: &str) -> Vec<(String, u8)> {
    let mut forms: BTreeMap<String, Form> = BTreeMap::new();
    for line in unidic.lines() {
        let mut parts = line.split('\t');
        let (Some(form), Some(cost), Some(kind), Some(ending)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let Ok(cost) = cost.parse::<i32>() else {
            continue;
        };
        let archaic = kind.contains("文語") && cost > 8_000;
        let long = form.chars().count() > LONGEST;
        if cost > COST
            || archaic
            || long
            || kind.contains("顔文字")
            || form.contains(char::is_whitespace)
        {
            continue;
        }
        let group = group(kind, ending);
        let entry = forms.entry(form.chars().map(fold).collect()).or_default();
        entry.coarse |= 1 << coarse(group);
        if entry.best.is_none_or(|best| (cost, group) < best) {
            entry.best = Some((cost, group));
        }
    }
    let signature = |form: &Form| {
        let (cost, group) = form.best.unwrap_or_default();
        let cost = (cost.clamp(2_000, 11_999) - 2_000) / 2_500;
        let others = form.coarse & !(1 << coarse(group));
        (group, cost, others)
    };
    let mut counts: BTreeMap<(u8, i32, u8), usize> = BTreeMap::new();
    for form in forms.values() {
        *counts.entry(signature(form)).or_default() += 1;
    }
    let mut order: Vec<_> = counts.into_iter().collect();
    order.sort_by_key(|&(signature, count)| (std::cmp::Reverse(count), signature));
    // The first numbers are for the groups alone.
    let first = usize::from(FIRST_KIND + GROUPS);
    let numbers: BTreeMap<_, u8> = order
        .into_iter()
        .take(255 - first)
        .enumerate()
        .map(|(i, (signature, _))| (signature, (first + i) as u8))
        .collect();
    forms
        .iter()
        .map(|(form, entry)| {
            let signature = signature(entry);
            let kind = numbers.get(&signature).copied();
            (form.clone(), kind.unwrap_or(FIRST_KIND + signature.0))
        })
        .collect()
}

/// Number of groups.
const GROUPS: u8 = 32;

/// Group of a part of speech with its inflected form.
fn group(kind: &str, ending: &str) -> u8 {
    let starts = |prefix: &str| kind.starts_with(prefix);
    let inflected = |first: u8| {
        first
            + match ending.split('-').next().unwrap_or("") {
                "終止形" | "連体形" => 0,
                "連用形" => 1,
                "未然形" | "意志推量形" => 2,
                "仮定形" | "命令形" => 3,
                _ => 4,
            }
    };
    if starts("名詞-普通名詞-一般") {
        0
    } else if starts("名詞-普通名詞-サ変") {
        1
    } else if starts("名詞-普通名詞") {
        2
    } else if starts("名詞-数詞") {
        3
    } else if starts("名詞-固有名詞-人名-姓") {
        4
    } else if starts("名詞-固有名詞-人名") {
        5
    } else if starts("名詞-固有名詞-地名") {
        6
    } else if starts("名詞") {
        7
    } else if starts("代名詞") || starts("連体詞") {
        8
    } else if starts("副詞") || starts("接続詞") || starts("感動詞") {
        9
    } else if starts("形状詞") {
        10
    } else if starts("接頭辞") {
        11
    } else if starts("接尾辞") {
        12
    } else if starts("動詞-一般") {
        inflected(13)
    } else if starts("動詞") {
        inflected(18)
    } else if starts("形容詞") {
        inflected(23)
    } else if starts("助動詞") {
        28
    } else if starts("助詞-格助詞") || starts("助詞-係助詞") {
        29
    } else if starts("助詞") {
        30
    } else {
        31
    }
}

/// Coarser groups, 0–7.
fn coarse(group: u8) -> u8 {
    match group {
        0..=3 => 0,
        4..=7 => 1,
        8..=10 => 2,
        11..=12 => 3,
        13..=22 => 4,
        23..=27 => 5,
        28..=30 => 6,
        _ => 7,
    }
}
