//! The ways in which a sentence gives shares of answers.

use detente_text::Span;

use super::super::{
    Field, Line, PollDraft,
    amount::{Amount, AmountKind},
    clause,
    table::{Change, Rating, Table},
};
use super::{
    people::{self, People},
    survey::{self, Survey},
};
use crate::Value;

/// One sentence with what is known about the survey.
struct Reader<'l, 't> {
    line: &'l Line<'t>,
    table: &'static Table,
    survey: Option<&'l Survey>,
    /// The survey is told of in this paragraph.
    near: bool,
    /// This sentence speaks of a survey or of respondents.
    cue: bool,
    people: Vec<People>,
    question: Option<Field>,
}

/// Quote and answer of a share.
struct Answer {
    span: Span,
    answer: Option<Field>,
    population: Option<Field>,
    rule: &'static str,
    confidence: f64,
}

/// Words no answer goes back over: what stands before them is not part of its name.
const BEFORE_ANSWER: [&str; 34] = [
    "and",
    "or",
    "by",
    "between",
    "over",
    "was",
    "were",
    "is",
    "are",
    "to",
    "with",
    "than",
    "versus",
    "vs",
    "while",
    "but",
    "at",
    "in",
    "on",
    "followed",
    "being",
    "as",
    "that",
    "from",
    "be",
    "it",
    "then",
    "among",
    "against",
    "came",
    "include",
    "included",
    "including",
    "for",
];

/// Reads the shares of a sentence.
pub(super) fn read(
    line: &Line,
    table: &'static Table,
    survey: Option<&Survey>,
    near: bool,
    drafts: &mut Vec<PollDraft>,
) {
    let shares = line.amounts.iter().any(Amount::is_share);
    let words = &line.words;
    let rated = (0..words.len()).any(|i| table.ratings.at(words, i).is_some_and(|(r, _)| r.sure));
    if !shares && !rated {
        return;
    }
    let reader = Reader {
        line,
        table,
        survey,
        near,
        cue: (0..words.len()).any(|i| survey::is_cue(line, table, i)),
        people: people::all(line, table),
        question: survey::question(line),
    };
    let before = drafts.len();
    for (k, amount) in line.amounts.iter().enumerate() {
        if amount.is_share()
            && !reader.is_other(amount)
            && let Some(answer) = reader.answer(k, amount)
        {
            drafts.push(reader.draft(answer, amount.value(), Some("percent")));
        }
    }
    if drafts.len() == before && rated {
        drafts.extend(reader.rating_without_share());
    }
}

impl Reader<'_, '_> {
    /// A share that is no answer: a confidence level, a figure of an earlier survey, a change.
    fn is_other(&self, amount: &Amount) -> bool {
        let words = &self.line.words;
        let before = amount.first.checked_sub(1);
        let at = |back: usize, list: &[&str]| {
            amount.first >= back && words.any(amount.first - back, list)
        };
        let earlier = at(1, &["from", "than"])
            || at(1, &["with", "to"])
                && at(2, &["compared", "relative"])
                && !(words.is(amount.next, "of")
                    && self
                        .people_from(amount.next)
                        .is_some_and(|p| p.first <= amount.next + 3 && p.field.is_some()))
            || at(1, &["against", "versus"])
                && amount.first >= 2
                && words.is_sign(amount.first - 2, ",");
        let level = words.any(
            amount.next,
            &["confidence", "margin", "turnout", "response"],
        ) || words.any(amount.next, &["of"])
            && words.any(amount.next + 1, &["the"])
            && words.any(amount.next + 2, &["vote", "votes"])
            || (amount.first.saturating_sub(5)..amount.first).any(|k| {
                words.any(k, &["margin", "turnout"])
                    || words.all(k, &["response", "rate"])
                    || words.is(k, "±")
            })
            || before.is_some_and(|b| words.is_sign(b, "±"));
        // "exports rose 5 percent", "a 12 percent drop"
        let moved = before.is_some_and(|b| {
            self.table.change_verbs.at(words, b).is_some()
                || words.is(b, "by") && b > 0 && self.table.change_verbs.at(words, b - 1).is_some()
        }) || self.table.change_nouns.at(words, amount.next).is_some();
        let goods = words.is(amount.next, "of")
            && (amount.next + 1..amount.next + 5).any(|k| {
                self.table
                    .measures
                    .at(words, k)
                    .is_some_and(|(m, _)| !m.people)
            });
        earlier || level || moved || goods
    }

    fn answer(&self, k: usize, amount: &Amount) -> Option<Answer> {
        self.in_brackets(amount)
            .or_else(|| self.of_people(k, amount))
            .or_else(|| self.share_of_those_who(k, amount))
            .or_else(|| self.rating(k, amount))
            .or_else(|| self.who_answer(k, amount))
            .or_else(|| self.named_with(amount))
            .or_else(|| self.after_colon(amount))
    }

    /// The survey may be meant: this sentence or one close by tells of it.
    fn surveyed(&self) -> bool {
        self.cue || self.survey.is_some() && self.near
    }

    /// `A (55%)`
    fn in_brackets(&self, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let open = amount.first.checked_sub(1)?;
        if !words.is_sign(open, "(（[") || !self.surveyed() {
            return None;
        }
        let close = (amount.next..(amount.next + 12).min(words.len()))
            .find(|&i| words.is_sign(i, ")）]"))?;
        let first = self.name_before(open)?;
        Some(Answer {
            span: self.line.span(first, close + 1),
            answer: self.trimmed_answer(first, open),
            population: self.population_before(first),
            rule: "poll_brackets",
            confidence: 0.9,
        })
    }

    /// First word of the name or noun phrase that ends before `end`.
    fn name_before(&self, end: usize) -> Option<usize> {
        let words = &self.line.words;
        if end > 0 && words.is_sign(end - 1, "”\"’'") {
            let open = (0..end - 1)
                .rev()
                .take(40)
                .find(|&i| words.is_sign(i, "“\"‘'"))?;
            return Some(open);
        }
        let mut first = end;
        while first > 0 && end - first < 10 {
            let at = first - 1;
            let low = words.low(at);
            if matches!(low, "the" | "a" | "an") {
                first = at;
                break;
            }
            let joins = words.hyphen(at) || low == "'s";
            let stops = low.is_empty() && !joins
                || BEFORE_ANSWER.contains(&low)
                || self.table.chooses.contains(low)
                || self.table.level_verbs.contains(low) && low != "of"
                || self.table.answers.contains(low) && !words.capital(at);
            if stops || words.date(at).is_some() || self.line.amount_at(at).is_some() {
                break;
            }
            first = at;
        }
        // "of" opens no name.
        while first < end && (words.is(first, "of") || words.hyphen(first)) {
            first += 1;
        }
        (first < end).then_some(first)
    }

    /// The answer without article and quotation marks.
    fn trimmed_answer(&self, mut first: usize, mut end: usize) -> Option<Field> {
        let words = &self.line.words;
        while first < end
            && (words.any(first, &["the", "a", "an", "that"]) || words.is_sign(first, "“\"‘',"))
        {
            first += 1;
        }
        while end > first && words.is_sign(end - 1, "”\"’',.;") {
            end -= 1;
        }
        (first < end).then(|| self.line.field(first, end))
    }

    /// `41% of Koreans viewed Japan favourably`
    fn of_people(&self, k: usize, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        // "seven in ten South Koreans"
        let direct = self
            .people_from(amount.next)
            .is_some_and(|p| p.first == amount.next);
        if !words.is(amount.next, "of") && !direct {
            return None;
        }
        let mut i = amount.next + usize::from(!direct);
        i += usize::from(words.any(i, &["all", "the", "its", "our", "these"]));
        i += usize::from(words.any(i, &["the"]));
        // "52 percent of 1,000 adults polled"
        let counted = self
            .line
            .amount_at(i)
            .filter(|a| a.kind == AmountKind::Count);
        i = counted.map_or(i, |a| a.next);
        let people = self.people_from(i).filter(|p| p.first <= i + 2);
        let whom = words.any(i, &["them", "whom"]);
        let (next, field) = match people {
            Some(p) => (p.next, p.field.clone()),
            None if whom => (i + 1, None),
            None => return None,
        };
        let mut verb = next;
        // "41 percent of Koreans surveyed by X last week said"
        if words.any(
            verb,
            &["surveyed", "polled", "questioned", "asked", "interviewed"],
        ) {
            verb = (verb + 1..(verb + 14).min(words.len()))
                .find(|&v| self.is_answer_verb(v))
                .unwrap_or(verb);
        }
        // "55 percent of men and 48 percent of women support": the verb stands after the last.
        if words.is(verb, "and") || words.is_sign(verb, ",") {
            let answer = self.shared_answer(k, verb)?;
            return Some(Answer {
                span: self.line.span(amount.first, next),
                answer: Some(answer),
                population: field,
                rule: "poll_share_of_people",
                confidence: 0.75,
            });
        }
        let end = self.answer_end(k, verb)?;
        let verb = self.past_adverbs(verb);
        if !self.is_answer_verb(verb) && !self.surveyed() || end <= verb {
            return None;
        }
        Some(Answer {
            span: self.line.span(amount.first, end),
            answer: self.said(verb, end),
            population: field.or_else(|| self.population_before(amount.first)),
            rule: "poll_share_of_people",
            confidence: if self.surveyed() { 0.9 } else { 0.75 },
        })
    }

    /// The answer that a row of shares ends in; `from` is the "and" after the first.
    fn shared_answer(&self, k: usize, from: usize) -> Option<Field> {
        let words = &self.line.words;
        let next = self
            .line
            .amounts
            .get(k + 1)
            .filter(|a| a.is_share() && a.first <= from + 3)?;
        if !words.is(next.next, "of") {
            return None;
        }
        let people = self
            .people_from(next.next)
            .filter(|p| p.first <= next.next + 3)?;
        let end = self.answer_end(k + 1, people.next)?;
        let verb = self.past_adverbs(people.next);
        (self.is_answer_verb(verb) && end > verb).then(|| self.said(verb, end))?
    }

    /// The first population from word `i` on.
    fn people_from(&self, i: usize) -> Option<&People> {
        self.people
            .get(self.people.partition_point(|p| p.first < i))
    }

    fn past_adverbs(&self, mut i: usize) -> usize {
        let words = &self.line.words;
        for _ in 0..3 {
            let low = words.low(i);
            let skip = low.ends_with("ly")
                || matches!(low, "also" | "who" | "that" | "still" | "now" | "even");
            i += usize::from(skip && !low.is_empty());
        }
        i
    }

    fn is_answer_verb(&self, i: usize) -> bool {
        self.table.answers.contains(self.line.words.low(i)) && !self.line.words.capital(i)
    }

    /// What was said, without "said that".
    fn said(&self, verb: usize, end: usize) -> Option<Field> {
        let words = &self.line.words;
        let mut first = verb;
        if words.any(
            first,
            &[
                "said",
                "say",
                "saying",
                "says",
                "answered",
                "answering",
                "responded",
                "replied",
                "answer",
                "respond",
                "responding",
                "replying",
            ],
        ) {
            first += 1;
            first += usize::from(words.any(first, &["that"]));
            first += usize::from(words.is_sign(first, ","));
        }
        if first >= end {
            first = verb;
        }
        (first < end).then(|| self.line.field(first, end))
    }

    /// One past the last word of the answer whose verb is at `from`.
    fn answer_end(&self, k: usize, from: usize) -> Option<usize> {
        let words = &self.line.words;
        let next_share = self
            .line
            .amounts
            .get(k + 1..)?
            .iter()
            .find(|a| a.is_share())
            .map_or(words.len(), |a| a.first);
        let limit = next_share.min(words.len()).min(from + 60);
        let mut quoted = false;
        let mut end = from;
        while end < limit {
            if words.is_sign(end, "“\"”") {
                quoted = !quoted;
            }
            let low = words.low(end);
            let comma_ends = words.is_sign(end, ",")
                && (matches!(
                    words.low(end + 1),
                    "and"
                        | "while"
                        | "whereas"
                        | "but"
                        | "compared"
                        | "according"
                        | "up"
                        | "down"
                        | "followed"
                        | "which"
                        | "as"
                        | "with"
                        | "though"
                        | "although"
                        | "against"
                        | "versus"
                        | "only"
                        | "just"
                        | "a"
                        | "the"
                        | "far"
                        | "more"
                        | "less"
                        | "nearly"
                        | "about"
                        | "showing"
                        | "marking"
                        | "both"
                        | "said"
                        | "says"
                        | "showed"
                        | "an"
                ) || end + 3 >= next_share && next_share < words.len());
            let rest = words.is(end, "and")
                && words.is(end + 1, "the")
                && words.any(end + 2, &["rest", "remaining", "remainder", "others"]);
            let stops = words.is_sign(end, ";—:")
                || rest
                || words.is_sign(end, "(")
                || words.is_sign(end, ".!?")
                    && !quoted
                    && (end + 1 >= words.len() || words.list[end + 1].spaced)
                || comma_ends
                || matches!(low, "while" | "whereas" | "compared" | "versus");
            if stops && !quoted {
                break;
            }
            end += 1;
        }
        let mut end = end.min(limit);
        // What introduces the next share does not belong here.
        while end > from
            && (words.any(
                end - 1,
                &[
                    "and", "but", "only", "another", "while", "with", "just", "a", "further",
                    "the", "in", "among", "other", "some",
                ],
            ) || words.is_sign(end - 1, ",.;:“"))
        {
            end -= 1;
        }
        (end > from).then_some(end)
    }

    /// `the percentage of Japanese who feel no affinity stood at 66%`
    fn share_of_those_who(&self, k: usize, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let free = self.free_from(k);
        let noun = (free..amount.first).rev().take(45).find(|&i| {
            self.table.shares.at(words, i).is_some()
                && words.any(i + 1, &["of", "who", "in", "among", "for"])
        })?;
        let people = self.people_from(noun + 1).filter(|p| p.first <= noun + 4);
        let after = people.map_or(noun + 1, |p| p.next);
        let who = (after..(after + 14).min(amount.first)).find(|&i| {
            words.any(
                i,
                &[
                    "who",
                    "that",
                    "saying",
                    "answering",
                    "having",
                    "with",
                    "viewing",
                    "supporting",
                    "opposing",
                    "favoring",
                    "favouring",
                    "responding",
                    "expressing",
                ],
            )
        });
        if who.is_none() && !self.surveyed() {
            return None;
        }
        let answer = who.and_then(|w| {
            let link = self.link_before(amount.first);
            let first = if words.any(w, &["who", "that"]) {
                w + 1
            } else {
                w
            };
            (link > first).then(|| self.said(first, link)).flatten()
        });
        people?;
        let mut first = noun;
        first -= usize::from(first > 0 && words.any(first - 1, &["the", "a"]));
        Some(Answer {
            span: self.line.span(first, amount.next),
            answer,
            population: people.and_then(|p| p.field.clone()),
            rule: "poll_percentage_of_those_who",
            confidence: 0.85,
        })
    }

    /// The first word of what links an answer to its figure: "rose 5 points to", "stood at", "at an
    /// all-time high of".
    fn link_before(&self, figure: usize) -> usize {
        let words = &self.line.words;
        let mut at = figure;
        while at > 0 {
            let k = at - 1;
            let low = words.low(k);
            let links = matches!(
                low,
                "to" | "at"
                    | "of"
                    | "a"
                    | "an"
                    | "the"
                    | "record"
                    | "all"
                    | "time"
                    | "high"
                    | "low"
                    | "by"
                    | "from"
                    | "points"
                    | "percentage"
                    | "only"
                    | "just"
                    | "highest"
                    | "lowest"
                    | "ever"
                    | "level"
                    | "new"
                    | "over"
            ) || words.hyphen(k)
                || words.is_sign(k, ",")
                || self.table.change_verbs.at(words, k).is_some()
                || self.table.level_verbs.contains(low)
                || self.line.amount_at(k).is_some();
            if !links {
                break;
            }
            at = k;
        }
        at
    }

    /// Word after the last share before amount `k`.
    fn free_from(&self, k: usize) -> usize {
        let words = &self.line.words;
        self.line.amounts[..k]
            .iter()
            .rev()
            .find(|a| a.is_share() && !(a.first > 0 && words.is(a.first - 1, "from")))
            .map_or(0, |a| a.next)
    }

    /// `approval ratings fell to 45 percent`, `support for A rose 5 points to 45 percent`
    fn rating(&self, k: usize, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let free = self.free_from(k);
        let (noun, (rating, after)) = (free..amount.first)
            .rev()
            .take(25)
            .find_map(|i| Some((i, self.table.ratings.at(words, i)?)))?;
        let linked = self.link_before(amount.first) < amount.first;
        if !rating.sure && !self.surveyed() || !linked {
            return None;
        }
        // A longer name of the same rating may begin earlier: "job approval rating".
        let first = self.rating_start(noun);
        let link = self.link_before(amount.first);
        let answer = if rating.sure {
            Some(self.rated(rating, noun, after))
        } else {
            self.trimmed_answer(first, link.max(first))
        };
        Some(Answer {
            span: self.line.span(first, amount.next),
            answer,
            population: self
                .people_from(after)
                .filter(|p| {
                    p.next <= amount.first
                        && p.first > 0
                        && words.any(p.first - 1, &["among", "of", "in", "by"])
                })
                .and_then(|p| p.field.clone())
                .or_else(|| self.population_before(first)),
            rule: "poll_rating",
            confidence: 0.85,
        })
    }

    fn rated(&self, rating: Rating, first: usize, next: usize) -> Field {
        Field {
            text: rating.answer.to_owned(),
            span: self.line.span(first, next),
        }
    }

    /// With the words that say whose or what rating it is.
    fn rating_start(&self, noun: usize) -> usize {
        let words = &self.line.words;
        let mut first = noun;
        while first > 0 && noun - first < 10 {
            let k = first - 1;
            let goes_on = words.capital(k) && k > 0
                || words.any(
                    k,
                    &[
                        "'s",
                        "public",
                        "overall",
                        "his",
                        "her",
                        "its",
                        "their",
                        "job",
                        "cabinet",
                        "government",
                        "president",
                        "minister",
                        "prime",
                        "administration",
                    ],
                )
                || words.is_sign(k, "'’")
                || self.table.ratings.at(words, k).is_some();
            if words.any(k, &["the", "a"]) {
                return k;
            }
            // "the premier's rating": the owner belongs to it, whatever its case.
            let owner = words.any(first, &["'s"]) && !words.low(k).is_empty();
            if !goes_on && !owner || words.date(k).is_some() {
                break;
            }
            first = k;
        }
        // A first word of the sentence is taken in if it names something.
        if first == 1 && words.capital(0) && !words.any(0, &["in", "on", "at", "but", "and"]) {
            first = 0;
        }
        first
    }

    /// `Abe's approval ratings began to fall`
    fn rating_without_share(&self) -> Option<PollDraft> {
        let words = &self.line.words;
        let (noun, (rating, after)) = (0..words.len()).find_map(|i| {
            let (rating, next) = self.table.ratings.at(words, i)?;
            rating.sure.then_some((i, (rating, next)))
        })?;
        let first = self.rating_start(noun);
        let (at, (change, _)) = (after..(after + 7).min(words.len()))
            .find_map(|i| Some((i, self.table.change_verbs.at(words, i)?)))?;
        let value = direction(change)?;
        let end = clause::end(words, at);
        let answer = Answer {
            span: self.line.span(first, end),
            answer: Some(self.rated(rating, noun, after)),
            population: self.population_before(first),
            rule: "poll_rating_trend",
            confidence: 0.7,
        };
        let points = self
            .line
            .amounts
            .iter()
            .find(|a| a.kind == AmountKind::Points && a.first >= after && a.next <= end);
        Some(match points {
            Some(p) => {
                let sign = if change == Change::Down { -1.0 } else { 1.0 };
                self.draft(
                    answer,
                    Value::Number(sign * p.number),
                    Some("percentage points"),
                )
            }
            None => self.draft(answer, Value::Text(value.to_owned()), None),
        })
    }

    /// `52 percent said ...`, `30 percent disagreed`, `with 52 percent saying ...`
    fn who_answer(&self, k: usize, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let mut i = amount.next;
        // "52 percent of respondents" without a known population was no case of `of_people`.
        i += usize::from(words.is(i, "of")) * 2;
        let verb = self.past_adverbs(i);
        if !self.is_answer_verb(verb)
            || words.any(
                verb,
                &[
                    "is", "was", "are", "were", "put", "report", "rate", "would", "could",
                ],
            ) && !self.surveyed()
        {
            return None;
        }
        if self.survey.is_none() && !self.cue && self.people.is_empty() {
            return None;
        }
        let end = self.answer_end(k, verb)?;
        Some(Answer {
            span: self.line.span(amount.first, end),
            answer: self.said(verb, end),
            population: self.population_before(amount.first),
            rule: "poll_share_answers",
            confidence: if self.surveyed() { 0.85 } else { 0.65 },
        })
    }

    /// `followed by B at 29 percent`, `A with 55 percent`
    fn named_with(&self, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let at = amount.first.checked_sub(1)?;
        if !words.any(at, &["at", "with"]) || !self.surveyed() {
            return None;
        }
        let mut end = at;
        end -= usize::from(end > 0 && words.is_sign(end - 1, ","));
        let first = self.name_before(end)?;
        // "topped the list with 55 percent": the answer is the subject.
        let list = (first..end).any(|i| {
            words.any(
                i,
                &["list", "poll", "ranking", "rankings", "survey", "place"],
            )
        });
        let (first, end_of_answer) = if list {
            let start = clause::start(words, first);
            let verb = (start..first).find(|&i| {
                words.any(
                    i,
                    &[
                        "topped", "led", "headed", "came", "ranked", "took", "finished",
                    ],
                )
            })?;
            (start, verb)
        } else {
            (first, end)
        };
        Some(Answer {
            span: self.line.span(first, amount.next),
            answer: self.trimmed_answer(first, end_of_answer),
            population: self.population_before(first),
            rule: "poll_named_with_share",
            confidence: 0.7,
        })
    }

    /// `Yes: 52%`
    fn after_colon(&self, amount: &Amount) -> Option<Answer> {
        let words = &self.line.words;
        let colon = amount
            .first
            .checked_sub(1)
            .filter(|&c| words.is_sign(c, ":"))?;
        if self.survey.is_none() {
            return None;
        }
        let first = (0..colon)
            .rev()
            .take(12)
            .take_while(|&i| !words.is_sign(i, ",;.|"))
            .last()?;
        Some(Answer {
            span: self.line.span(first, amount.next),
            answer: self.trimmed_answer(first, colon),
            population: self.population_before(first),
            rule: "poll_list",
            confidence: 0.6,
        })
    }

    /// The population that the words before `i` name for what follows.
    fn population_before(&self, i: usize) -> Option<Field> {
        let words = &self.line.words;
        let mut at = self.people.partition_point(|p| p.next <= i);
        while at > 0 {
            at -= 1;
            let people = &self.people[at];
            // A population inside the words of an answer is what the answer speaks of.
            let share = self
                .line
                .amounts
                .iter()
                .rev()
                .find(|a| a.is_share() && a.next <= people.first);
            let inside = share.is_some_and(|share| {
                let directly = people.first <= share.next + 3 && words.is(share.next, "of");
                !directly
                    && !(share.next..people.first).any(|k| {
                        words.any(
                            k,
                            &[
                                "while", "whereas", "but", "compared", "among", "versus", "and",
                            ],
                        ) || words.is_sign(k, ";)")
                    })
            });
            // The sample is the population, unless the sentence names another after it.
            if !inside && people.field.is_some() {
                return people.field.clone();
            }
            if i - people.next > 80 {
                break;
            }
        }
        self.survey.and_then(|s| s.population.clone())
    }

    fn draft(&self, answer: Answer, value: Value, unit: Option<&'static str>) -> PollDraft {
        let question = self.question.clone().or_else(|| {
            // The question of the sentence before holds for the answers after it.
            self.survey
                .filter(|_| self.near)
                .and_then(|s| s.question.clone())
        });
        let issue = self.issues(question.as_ref(), answer.span);
        PollDraft {
            sentence: self.line.index,
            span: answer.span,
            value,
            unit,
            population: answer.population,
            question,
            answer: answer.answer,
            pollster: self.survey.and_then(|s| s.pollster.clone()),
            fieldwork: self.survey.and_then(|s| s.fieldwork),
            published: self.survey.and_then(|s| s.published),
            n: self.survey.and_then(|s| s.n),
            survey_mode: self.survey.and_then(|s| s.mode),
            issue,
            rule: answer.rule,
            confidence: answer.confidence,
        }
    }

    /// Issue ids by the words of the question, then of the quote, then of the sentence.
    fn issues(&self, question: Option<&Field>, quote: Span) -> Vec<&'static str> {
        let words = &self.line.words;
        let mut found: Vec<(usize, &'static str)> = Vec::new();
        let inside = |span: Span| {
            let at = |byte: u32| {
                words
                    .list
                    .partition_point(|w| (w.start as u32) < byte.saturating_sub(self.line.offset))
            };
            let mut found: Vec<(usize, &'static str)> = (at(span.start)..at(span.end))
                .filter_map(|i| self.table.topics.at(words, i).map(|(topic, _)| topic))
                .collect();
            found.sort_unstable();
            found
        };
        if let Some(question) = question {
            found = inside(question.span);
        }
        if found.is_empty() {
            found = inside(quote);
        }
        found.dedup();
        found.into_iter().map(|(_, issue)| issue).take(3).collect()
    }
}

fn direction(change: Change) -> Option<&'static str> {
    match change {
        Change::Up => Some("increase"),
        Change::Down => Some("decrease"),
        Change::Stable => Some("stable"),
        Change::Times(_) => None,
    }
}
