//! A simple recurrent unit (Lei and others 2018) in both directions: all products with the input
//! are made for the whole text at once, only single numbers are carried from word to word.

use std::ops::Range;

use super::math::{Wide, sigmoid, wide};

/// Numbers of one layer besides its matrix, for both directions one after the other.
///
/// Each direction has four vectors of `h` numbers: what the state adds to the forget gate, to the
/// output gate, and the two gates' biases.
pub(crate) const VECTORS: usize = 4;

/// States that are brought forward side by side: a vector of the widest kind. They are copied
/// first, so that it is plain that nothing that is written is read again.
const LANES: usize = 16;

/// A step's numbers of as many states.
type Lane = [f32; LANES];

/// What a step needs of each state.
#[derive(Clone, Copy)]
enum Part {
    Candidate,
    Forget,
    ForgetBias,
    Pass,
    PassBias,
    By,
    Last,
    ToForget,
    ToPass,
}

#[derive(Default)]
struct Lanes([Lane; 9]);

/// How numbers come into vectors and out of them. Two ways instead of one that looks at the length:
/// the common one is a plain move then, not a call.
trait Moves {
    fn load(numbers: &[f32]) -> Lane;
    fn store(lane: &Lane, to: &mut [f32]);
}

/// As many numbers as a vector has.
struct Full;

impl Moves for Full {
    #[inline(always)]
    fn load(numbers: &[f32]) -> Lane {
        numbers.try_into().expect("a full vector")
    }

    #[inline(always)]
    fn store(lane: &Lane, to: &mut [f32]) {
        let to: &mut Lane = to.try_into().expect("a full vector");
        *to = *lane;
    }
}

/// Fewer.
struct Rest;

impl Moves for Rest {
    #[inline(always)]
    fn load(numbers: &[f32]) -> Lane {
        let mut lane = [0.0; LANES];
        lane[..numbers.len()].copy_from_slice(numbers);
        lane
    }

    #[inline(always)]
    fn store(lane: &Lane, to: &mut [f32]) {
        to.copy_from_slice(&lane[..to.len()]);
    }
}

impl Lanes {
    #[inline(always)]
    fn load<M: Moves>(&mut self, part: Part, numbers: &[f32]) {
        self.0[part as usize] = M::load(numbers);
    }

    /// Forget gates, output gates, states and outputs. With nothing before, the state before is 0.
    #[inline(always)]
    fn step(&self) -> [Lane; 4] {
        let of = |part: Part, i: usize| self.0[part as usize][i];
        let mut found = [[0.0; LANES]; 4];
        let [forget, pass, state, output] = &mut found;
        for i in 0..LANES {
            let last = of(Part::Last, i);
            let f = of(Part::Forget, i) + of(Part::ForgetBias, i);
            let r = of(Part::Pass, i) + of(Part::PassBias, i);
            let f = sigmoid(of(Part::ToForget, i).mul_add(last, f));
            let r = sigmoid(of(Part::ToPass, i).mul_add(last, r));
            let c = f * last + (1.0 - f) * of(Part::Candidate, i);
            forget[i] = f;
            pass[i] = r;
            state[i] = c;
            output[i] = r * c + (1.0 - r) * of(Part::By, i);
        }
        found
    }
}

/// Sizes of a layer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layer {
    /// Width of the input.
    pub(crate) input: usize,
    /// States of one direction; the output is twice as wide.
    pub(crate) h: usize,
}

impl Layer {
    /// Products per state: candidate, forget gate, output gate, and where the input cannot pass
    /// unchanged (it is not as wide as the output) what passes instead.
    pub(crate) fn parts(self) -> usize {
        if self.input == 2 * self.h { 3 } else { 4 }
    }

    /// Columns of the layer's matrix.
    pub(crate) fn columns(self) -> usize {
        2 * self.parts() * self.h
    }
}

/// States and gates of a layer, `2h` numbers a word; the gates are kept only for the way back in
/// training.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gates {
    pub(crate) state: Vec<f32>,
    pub(crate) forget: Vec<f32>,
    pub(crate) pass: Vec<f32>,
}

impl Gates {
    fn fit(&mut self, numbers: usize, keep: bool) {
        self.state.resize(numbers, 0.0);
        if keep {
            self.forget.resize(numbers, 0.0);
            self.pass.resize(numbers, 0.0);
        }
    }
}

/// Runs a layer over sentences that stand one after the other, `ends[i]` being where the i-th ends.
///
/// `products` is input times matrix, `input` what passes by, `output` gets `2h` numbers a word. The
/// gates are kept where `KEEP`.
pub(crate) fn forward<const KEEP: bool>(
    layer: Layer,
    vectors: &[f32],
    products: &[f32],
    input: &[f32],
    ends: &[usize],
    gates: &mut Gates,
    output: &mut [f32],
) {
    gates.fit(output.len(), KEEP);
    wide(Forward::<KEEP> {
        layer,
        vectors,
        products,
        input,
        ends,
        gates,
        output,
    });
}

struct Forward<'a, const KEEP: bool> {
    layer: Layer,
    vectors: &'a [f32],
    products: &'a [f32],
    input: &'a [f32],
    ends: &'a [usize],
    gates: &'a mut Gates,
    output: &'a mut [f32],
}

impl<const KEEP: bool> Wide for Forward<'_, KEEP> {
    #[inline(always)]
    fn work(mut self) {
        let mut start = 0;
        for &end in self.ends {
            self.direction(0, start..end);
            self.direction(1, (start..end).rev());
            start = end;
        }
    }
}

impl<const KEEP: bool> Forward<'_, KEEP> {
    #[inline(always)]
    fn direction(&mut self, side: usize, words: impl Iterator<Item = usize>) {
        let Self {
            layer,
            vectors,
            products,
            input,
            gates,
            output,
            ..
        } = self;
        let (h, parts, columns) = (layer.h, layer.parts(), layer.columns());
        let vectors = &vectors[side * VECTORS * h..][..VECTORS * h];
        let (to_forget, rest) = vectors.split_at(h);
        let (to_pass, rest) = rest.split_at(h);
        let (forget_bias, pass_bias) = rest.split_at(h);
        let mut before: Option<usize> = None;
        for word in words {
            let at = word * 2 * h + side * h;
            let products = &products[word * columns + side * parts * h..][..parts * h];
            let candidate = &products[..h];
            let forget_in = &products[h..][..h];
            let pass_in = &products[2 * h..][..h];
            let by = match parts {
                3 => &input[at..][..h],
                _ => &products[3 * h..][..h],
            };
            // The state before: the one of the word just read, nothing at the sentence's edge.
            let (low, high) = gates.state.split_at_mut(at.max(before.unwrap_or(0)));
            let (state, last): (&mut [f32], &[f32]) = match before {
                None => (&mut high[..h], &[]),
                Some(b) if b < at => (&mut high[..h], &low[b..][..h]),
                Some(_) => (&mut low[at..][..h], &high[..h]),
            };
            let (forget, pass): (&mut [f32], &mut [f32]) = if KEEP {
                (&mut gates.forget[at..][..h], &mut gates.pass[at..][..h])
            } else {
                (&mut [], &mut [])
            };
            let output = &mut output[at..][..h];
            let mut block = Block {
                candidate,
                forget_in,
                forget_bias,
                pass_in,
                pass_bias,
                by,
                last,
                to_forget,
                to_pass,
                forget,
                pass,
                state,
                output,
            };
            let full = h - h % LANES;
            for i in (0..full).step_by(LANES) {
                block.step::<Full, KEEP>(i..i + LANES);
            }
            if full < h {
                block.step::<Rest, KEEP>(full..h);
            }
            before = Some(at);
        }
    }
}

/// What a step of all states of a word reads and writes.
struct Block<'a> {
    candidate: &'a [f32],
    forget_in: &'a [f32],
    forget_bias: &'a [f32],
    pass_in: &'a [f32],
    pass_bias: &'a [f32],
    by: &'a [f32],
    /// Empty at the sentence's edge.
    last: &'a [f32],
    to_forget: &'a [f32],
    to_pass: &'a [f32],
    forget: &'a mut [f32],
    pass: &'a mut [f32],
    state: &'a mut [f32],
    output: &'a mut [f32],
}

impl Block<'_> {
    #[inline(always)]
    fn step<M: Moves, const KEEP: bool>(&mut self, here: Range<usize>) {
        let mut own = Lanes::default();
        own.load::<M>(Part::Candidate, &self.candidate[here.clone()]);
        own.load::<M>(Part::Forget, &self.forget_in[here.clone()]);
        own.load::<M>(Part::ForgetBias, &self.forget_bias[here.clone()]);
        own.load::<M>(Part::Pass, &self.pass_in[here.clone()]);
        own.load::<M>(Part::PassBias, &self.pass_bias[here.clone()]);
        own.load::<M>(Part::By, &self.by[here.clone()]);
        if !self.last.is_empty() {
            own.load::<M>(Part::Last, &self.last[here.clone()]);
            own.load::<M>(Part::ToForget, &self.to_forget[here.clone()]);
            own.load::<M>(Part::ToPass, &self.to_pass[here.clone()]);
        }
        let [forget, pass, state, output] = own.step();
        if KEEP {
            M::store(&forget, &mut self.forget[here.clone()]);
            M::store(&pass, &mut self.pass[here.clone()]);
        }
        M::store(&state, &mut self.state[here.clone()]);
        M::store(&output, &mut self.output[here]);
    }
}
