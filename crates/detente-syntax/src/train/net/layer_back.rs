//! The way back through a layer.

use crate::net::math::{Wide, wide};
use crate::net::recurrent::{Gates, Layer, VECTORS};

/// The way back through a layer; `d_input` gets what passes by, `d_vectors` is added to.
#[allow(clippy::too_many_arguments)]
pub(super) fn layer_back(
    layer: Layer,
    vectors: &[f32],
    products: &[f32],
    input: &[f32],
    ends: &[usize],
    gates: &Gates,
    d_output: &[f32],
    d_products: &mut [f32],
    d_input: &mut [f32],
    d_vectors: &mut [f32],
) {
    wide(Back {
        layer,
        vectors,
        products,
        input,
        ends,
        gates,
        d_output,
        d_products,
        d_input,
        d_vectors,
    });
}

struct Back<'a> {
    layer: Layer,
    vectors: &'a [f32],
    products: &'a [f32],
    input: &'a [f32],
    ends: &'a [usize],
    gates: &'a Gates,
    d_output: &'a [f32],
    d_products: &'a mut [f32],
    d_input: &'a mut [f32],
    d_vectors: &'a mut [f32],
}

impl Wide for Back<'_> {
    #[inline(always)]
    fn work(self) {
        let Self {
            layer,
            vectors,
            products,
            input,
            ends,
            gates,
            d_output,
            d_products,
            d_input,
            d_vectors,
        } = self;
        let (h, parts, columns) = (layer.h, layer.parts(), layer.columns());
        let mut d_state = vec![0f32; h];
        let zeros = vec![0f32; h];
        for side in 0..2 {
            let vectors = &vectors[side * VECTORS * h..][..VECTORS * h];
            let d_vectors = &mut d_vectors[side * VECTORS * h..][..VECTORS * h];
            let (dv_forget, rest) = d_vectors.split_at_mut(h);
            let (dv_pass, rest) = rest.split_at_mut(h);
            let (db_forget, db_pass) = rest.split_at_mut(h);
            let mut start = 0;
            for &end in ends {
                d_state.fill(0.0);
                for step in 0..end - start {
                    let word = if side == 0 {
                        end - 1 - step
                    } else {
                        start + step
                    };
                    let first = step + 1 == end - start;
                    let last = if first {
                        &zeros[..]
                    } else {
                        let before = if side == 0 { word - 1 } else { word + 1 };
                        &gates.state[before * 2 * h + side * h..][..h]
                    };
                    let at = word * 2 * h + side * h;
                    let state = &gates.state[at..][..h];
                    let forget = &gates.forget[at..][..h];
                    let pass = &gates.pass[at..][..h];
                    let d_out = &d_output[at..][..h];
                    let base = word * columns + side * parts * h;
                    let candidate = &products[base..][..h];
                    let by = match parts {
                        3 => &input[at..][..h],
                        _ => &products[base + 3 * h..][..h],
                    };
                    let d = &mut d_products[base..][..parts * h];
                    let (d_candidate, rest) = d.split_at_mut(h);
                    let (d_forget, rest) = rest.split_at_mut(h);
                    let (d_pass, d_by) = rest.split_at_mut(h);
                    let d_by = match parts {
                        3 => &mut d_input[at..][..h],
                        _ => d_by,
                    };
                    let d_state = &mut d_state[..h];
                    let (v_forget, v_pass) = (&vectors[..h], &vectors[h..2 * h]);
                    for i in 0..h {
                        let r = pass[i];
                        let dr = d_out[i] * (state[i] - by[i]) * r * (1.0 - r);
                        d_by[i] = d_out[i] * (1.0 - r);
                        let dc = d_state[i] + d_out[i] * r;
                        let f = forget[i];
                        let df = dc * (last[i] - candidate[i]) * f * (1.0 - f);
                        d_candidate[i] = dc * (1.0 - f);
                        d_forget[i] = df;
                        d_pass[i] = dr;
                        d_state[i] = dc * f + dr * v_pass[i] + df * v_forget[i];
                    }
                    for i in 0..h {
                        dv_forget[i] += d_forget[i] * last[i];
                        dv_pass[i] += d_pass[i] * last[i];
                        db_forget[i] += d_forget[i];
                        db_pass[i] += d_pass[i];
                    }
                }
                start = end;
            }
        }
    }
}
