//! From the fuzzer's bytes to texts, languages and spans.

use detente_text::{Language, Span};

/// Bytes before the text.
const HEADER: usize = 6;

/// Longest text (bytes) that is still worth its time.
const LONGEST: usize = 4096;

/// One input of the `analyse` target.
#[derive(Clone, Debug)]
pub struct Input {
    /// The language that the text is read in, whatever it is written in.
    pub language: Language,
    /// Whether the model that ships reads it, or a small one, which is many times quicker.
    pub shipped: bool,
    /// What is asked of the analyser.
    pub task: Task,
    /// The text.
    pub text: String,
    /// Parts of the text, or words.
    pub spans: Vec<Span>,
}

/// What is asked of the analyser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Parts in order, not overlapping, at character boundaries.
    Parts,
    /// The words of one sentence, in order.
    Words,
    /// Parts anywhere: overlapping, beyond the end, inside characters.
    WildParts,
    /// Words anywhere.
    WildWords,
}

impl Input {
    /// Reads a header of six bytes (language and task, number of cuts, four cuts) and a text, in
    /// which bytes that are not UTF-8 are replaced.
    pub fn of(data: &[u8]) -> Option<Self> {
        let (header, rest) = data.split_at_checked(HEADER)?;
        let rest = &rest[..rest.len().min(LONGEST)];
        let language = [Language::En, Language::Ja, Language::Ko][usize::from(header[0] % 3)];
        let task = match header[0] / 3 % 16 {
            0 | 1 => Task::Words,
            2 => Task::WildParts,
            3 => Task::WildWords,
            _ => Task::Parts,
        };
        let text = String::from_utf8_lossy(rest).into_owned();
        let places = header[2..].iter().take(usize::from(header[1] % 5));
        let mut places: Vec<usize> = places
            .map(|&place| text.len() * usize::from(place) / 255)
            .collect();
        let spans = match task {
            Task::Parts => {
                places.sort_unstable();
                let gap = header[1] & 0x80 != 0;
                parts(&text, &places, gap)
            }
            Task::Words => words(&text, header[2]),
            Task::WildParts | Task::WildWords => wild(&text, &places, rest),
        };
        Some(Self {
            language,
            shipped: header[1] & 0x20 != 0,
            task,
            text,
            spans,
        })
    }
}

/// The parts between the places; with gaps, every second one is left out.
fn parts(text: &str, places: &[usize], gap: bool) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for &place in places.iter().chain([&text.len()]) {
        let end = text.floor_char_boundary(place);
        spans.push(Span::from(start..end.max(start)));
        start = end.max(start);
    }
    if gap {
        let second = spans.into_iter().step_by(2);
        return second.collect();
    }
    spans
}

/// Words of changing length, white space and all.
fn words(text: &str, seed: u8) -> Vec<Span> {
    let mut spans = Vec::new();
    let (mut start, mut state) = (0, usize::from(seed));
    while start < text.len() {
        state = state.wrapping_mul(29).wrapping_add(7) % 256;
        let end = text.ceil_char_boundary((start + 1 + state % 11).min(text.len()));
        spans.push(Span::from(start..end));
        start = end;
    }
    spans
}

/// Spans that fit nothing.
fn wild(text: &str, places: &[usize], bytes: &[u8]) -> Vec<Span> {
    let mut spans: Vec<Span> = places
        .windows(2)
        .map(|w| Span::from(w[0].min(w[1])..w[0].max(w[1])))
        .collect();
    for pair in bytes.chunks_exact(2).take(12) {
        let at = u32::from(pair[0]);
        spans.push(Span::new(at, at + u32::from(pair[1] % 16)));
    }
    spans.push(Span::new(text.len() as u32, u32::MAX));
    spans.push(Span::new(u32::MAX, u32::MAX));
    spans.push(Span::default());
    spans
}
