//! A simple recurrent unit (Lei and others 2018) in both directions: all products with the input
//! are made for the whole text at once, only single numbers are carried from word to word.

use super::math::{Wide, sigmoid, wide};

/// Numbers of one layer besides its matrix, for both directions one after the other.
///
/// Each direction has four vectors of `h` numbers: what the state adds to the forget gate, to the
/// output gate, and the two gates' biases.
pub(crate) const VECTORS: usize = 4;

/// States that are brought forward side by side: a vector of the widest kind. They are copied
/// first, so that it is plain that nothing that is written is read again.
const LANES: usize = 16;

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
struct Lanes([[f32; LANES]; 9]);

impl Lanes {
    #[inline(always)]
    fn load(&mut self, part: Part, numbers: &[f32]) {
        let to = &mut self.0[part as usize];
        match <&[f32; LANES]>::try_from(numbers) {
            Ok(full) => *to = *full,
            Err(_) => to[..numbers.len()].copy_from_slice(numbers),
        }
    }

    /// Forget gates, output gates, states and outputs. With nothing before, the state before is 0.
    #[inline(always)]
    fn step(&self) -> [[f32; LANES]; 4] {
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

#[inline(always)]
fn store(lanes: &[f32; LANES], to: &mut [f32]) {
    match <&mut [f32; LANES]>::try_from(&mut *to) {
        Ok(full) => *full = *lanes,
        Err(_) => to.copy_from_slice(&lanes[..to.len()]),
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

/// States and gates of a layer, `2h` numbers a word; kept for the way back in training.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gates {
    pub(crate) state: Vec<f32>,
    pub(crate) forget: Vec<f32>,
    pub(crate) pass: Vec<f32>,
}

impl Gates {
    pub(crate) fn fit(&mut self, numbers: usize) {
        self.state.resize(numbers, 0.0);
        self.forget.resize(numbers, 0.0);
        self.pass.resize(numbers, 0.0);
    }
}

/// Runs a layer over sentences that stand one after the other, `ends[i]` being where the i-th ends.
///
/// `products` is input times matrix, `input` what passes by, `output` gets `2h` numbers a word.
pub(crate) fn forward(
    layer: Layer,
    vectors: &[f32],
    products: &[f32],
    input: &[f32],
    ends: &[usize],
    gates: &mut Gates,
    output: &mut [f32],
) {
    gates.fit(output.len());
    wide(Forward {
        layer,
        vectors,
        products,
        input,
        ends,
        gates,
        output,
    });
}

struct Forward<'a> {
    layer: Layer,
    vectors: &'a [f32],
    products: &'a [f32],
    input: &'a [f32],
    ends: &'a [usize],
    gates: &'a mut Gates,
    output: &'a mut [f32],
}

impl Wide for Forward<'_> {
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

impl Forward<'_> {
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
            let forget = &mut gates.forget[at..][..h];
            let pass = &mut gates.pass[at..][..h];
            let output = &mut output[at..][..h];
            let mut i = 0;
            while i < h {
                let here = i..h.min(i + LANES);
                let mut own = Lanes::default();
                own.load(Part::Candidate, &candidate[here.clone()]);
                own.load(Part::Forget, &forget_in[here.clone()]);
                own.load(Part::ForgetBias, &forget_bias[here.clone()]);
                own.load(Part::Pass, &pass_in[here.clone()]);
                own.load(Part::PassBias, &pass_bias[here.clone()]);
                own.load(Part::By, &by[here.clone()]);
                if !last.is_empty() {
                    own.load(Part::Last, &last[here.clone()]);
                    own.load(Part::ToForget, &to_forget[here.clone()]);
                    own.load(Part::ToPass, &to_pass[here.clone()]);
                }
                let [f, r, c, out] = own.step();
                store(&f, &mut forget[here.clone()]);
                store(&r, &mut pass[here.clone()]);
                store(&c, &mut state[here.clone()]);
                store(&out, &mut output[here]);
                i += LANES;
            }
            before = Some(at);
        }
    }
}
