//! The network's matrices in the forms in which a step needs them.

use crate::net::math::Packed;
use crate::net::shape::Shape;

/// The network's matrices, packed for the way there and the way back.
#[derive(Default)]
pub(crate) struct Ready {
    pub(super) layers: Vec<(Packed, Packed)>,
    pub(super) roles: (Packed, Packed),
    pub(super) arcs: (Packed, Packed),
    pub(super) tags: (Packed, Packed),
    pub(super) relations: (Packed, Packed),
    pub(super) projection: Packed,
}

impl Ready {
    pub(crate) fn make(&mut self, shape: &Shape, dense: &[f32], vectors: usize) {
        let parts = shape.parts();
        let both = |pair: &mut (Packed, Packed), numbers: &[f32], k: usize, n: usize| {
            pair.0.rows(numbers, k, n);
            pair.1.columns(numbers, n, k);
        };
        self.layers.resize_with(shape.layers, Default::default);
        for (i, (m, _)) in parts.layers.iter().enumerate() {
            let layer = shape.layer(i);
            both(
                &mut self.layers[i],
                &dense[m.clone()],
                layer.input,
                layer.columns(),
            );
        }
        both(
            &mut self.roles,
            &dense[parts.roles.clone()],
            shape.output(),
            shape.roles(),
        );
        both(
            &mut self.arcs,
            &dense[parts.arcs.clone()],
            shape.arc,
            shape.arc,
        );
        both(
            &mut self.tags,
            &dense[parts.tags.clone()],
            shape.output(),
            shape.tags,
        );
        both(
            &mut self.relations,
            &dense[parts.relations.clone()],
            shape.rel,
            shape.relations,
        );
        self.projection
            .rows(&dense[parts.count..], vectors, shape.width);
    }
}
