//! Looking for the cues of the ledger book in the stems of a quote.

use detente_codebook::ledger::Cue;
use rust_stemmers::{Algorithm, Stemmer};

/// Words that may stand between two words of one cue.
const BETWEEN: usize = 3;

/// A cue, ready to be looked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matcher {
    words: Vec<Vec<String>>,
    with: Vec<Vec<String>>,
    without: Vec<Vec<String>>,
    roots: Vec<String>,
}

impl Matcher {
    pub(crate) fn new(cue: &Cue) -> Self {
        Self {
            words: phrases(&cue.words),
            with: phrases(&cue.with),
            without: phrases(&cue.without),
            roots: cue.roots.iter().map(|root| root.to_string()).collect(),
        }
    }

    /// One of `words`, and nothing else asked.
    pub(crate) fn of_words(words: &[Box<str>]) -> Self {
        Self {
            words: phrases(words),
            ..Self::default()
        }
    }

    /// The words of `quote` that show the cue, if it is there; `root` is that of the event.
    pub(crate) fn find(&self, quote: &Plain, root: Option<&str>) -> Option<String> {
        if let Some(root) = root
            && !self.roots.is_empty()
            && !self.roots.iter().any(|wanted| wanted == root)
        {
            return None;
        }
        let at = self.words.iter().find_map(|phrase| quote.find(phrase))?;
        if !self.with.is_empty() && !self.with.iter().any(|phrase| quote.find(phrase).is_some()) {
            return None;
        }
        if self
            .without
            .iter()
            .any(|phrase| quote.find(phrase).is_some())
        {
            return None;
        }
        Some(at)
    }
}

fn phrases(words: &[Box<str>]) -> Vec<Vec<String>> {
    words.iter().map(|words| Plain::new(words).stems).collect()
}

/// The stems of a text in their order, words for the same thing kept apart: to lift a ban and to
/// ease it are different things.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plain {
    stems: Vec<String>,
    forms: Vec<String>,
}

impl Plain {
    pub(crate) fn new(text: &str) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut plain = Self::default();
        for form in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
            let lower = form.to_lowercase();
            let bare = lower.trim_end_matches("'s").trim_end_matches("’s");
            if bare.is_empty() {
                continue;
            }
            plain.stems.push(stemmer.stem(irregular(bare)).into_owned());
            plain.forms.push(bare.to_owned());
        }
        plain
    }

    /// The words of the text in which the phrase stands.
    fn find(&self, phrase: &[String]) -> Option<String> {
        let (first, rest) = phrase.split_first()?;
        'start: for start in 0..self.stems.len() {
            if self.stems[start] != *first {
                continue;
            }
            let mut at = start;
            for word in rest {
                let until = (at + 2 + BETWEEN).min(self.stems.len());
                match (at + 1..until).find(|&i| self.stems[i] == *word) {
                    Some(next) => at = next,
                    None => continue 'start,
                }
            }
            return Some(self.forms[start..=at].join(" "));
        }
        None
    }
}

/// The base of a strong verb that a stemmer does not find.
pub(super) fn irregular(word: &str) -> &str {
    match word {
        "broke" | "broken" => "break",
        "tore" | "torn" => "tear",
        "froze" | "frozen" => "freeze",
        "withdrew" | "withdrawn" => "withdraw",
        "went" | "gone" => "go",
        "took" | "taken" => "take",
        "gave" | "given" => "give",
        "kept" => "keep",
        "met" => "meet",
        "held" => "hold",
        "paid" => "pay",
        "came" => "come",
        "began" | "begun" => "begin",
        "struck" | "stricken" => "strike",
        "stuck" => "stick",
        "made" => "make",
        "said" => "say",
        "wound" => "wind",
        "built" => "build",
        "sent" => "send",
        "rose" | "risen" => "rise",
        "fell" | "fallen" => "fall",
        "sold" => "sell",
        "bought" => "buy",
        "freed" => "free",
        "brought" => "bring",
        "wrote" | "written" => "write",
        "sought" => "seek",
        "left" => "leave",
        "spoke" | "spoken" => "speak",
        "drew" | "drawn" => "draw",
        "grew" | "grown" => "grow",
        "fought" => "fight",
        "laid" => "lay",
        "led" => "lead",
        "lent" => "lend",
        "rid" => "rid",
        "spent" => "spend",
        "swore" | "sworn" => "swear",
        "taught" => "teach",
        "told" => "tell",
        word => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_phrases_with_words_between() {
        let cue = Cue {
            words: vec!["tear up".into(), "go back on".into()],
            without: vec!["accuse".into()],
            ..Cue::default()
        };
        let matcher = Matcher::new(&cue);
        let find = |text: &str| matcher.find(&Plain::new(text), None);
        assert_eq!(
            find("Seoul tore the pact up on Monday").as_deref(),
            Some("tore the pact up")
        );
        assert_eq!(
            find("the ministry went back on its word").as_deref(),
            Some("went back on")
        );
        assert_eq!(find("Seoul accused Tokyo of tearing up the pact"), None);
        assert_eq!(find("up went the flags"), None);
    }
}
