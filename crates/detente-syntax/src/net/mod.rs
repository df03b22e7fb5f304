//! The network that tags and parses: rows of features are summed for each word, simple recurrent
//! units read the sentence in both directions, and from their states come the tag, the head (by
//! comparing each word with each other one) and the relation to the head.

pub(crate) mod features;
pub(crate) mod habits;
pub(crate) mod math;
pub(crate) mod recurrent;
pub(crate) mod shape;
pub(crate) mod small;
pub(crate) mod table;
pub(crate) mod tree;

use habits::Habits;
use math::{Packed, multiply};
use recurrent::{Gates, VECTORS};
use shape::Shape;
use small::{Small, Whole};
use table::Table;
use tree::TreeWork;

use crate::model::{ModelError, Reader};

/// A network ready to read.
pub(crate) struct Network {
    shape: Shape,
    pub(crate) table: Table,
    layers: Vec<(Small, Vec<f32>)>,
    roles: Small,
    roles_bias: Vec<f32>,
    arcs: Small,
    arcs_bias: Vec<f32>,
    root: Vec<f32>,
    tags: Small,
    tags_bias: Vec<f32>,
    relations: Small,
    relations_bias: Vec<f32>,
    /// What is known of the relations; without, heads are chosen by themselves.
    pub(crate) habits: Option<Habits>,
}

/// Buffers of one thread, and what the network found.
#[derive(Default)]
pub(crate) struct Reading {
    /// Sum of rows, [`Shape::width`] numbers a word; to be filled before [`Network::read`].
    pub(crate) words: Vec<f32>,
    /// Where each sentence ends, in words.
    pub(crate) ends: Vec<usize>,
    /// A number that the caller keeps for each sentence.
    pub(crate) offsets: Vec<u32>,
    /// Which quotation mark each word is, where the network has [`Habits`]: [`habits::quote`].
    pub(crate) quotes: Vec<u8>,
    /// Tag of each word.
    pub(crate) tags: Vec<u16>,
    /// Head of each word in its sentence: 0 is the root, `i` its i-th word from 1.
    pub(crate) heads: Vec<u32>,
    /// Relation of each word.
    pub(crate) relations: Vec<u16>,
    products: Vec<f32>,
    states: [Vec<f32>; 2],
    gates: Gates,
    roles: Vec<f32>,
    compared: Vec<f32>,
    candidates: Vec<f32>,
    packed: Packed,
    scores: Vec<f32>,
    sentence: Vec<u32>,
    tree: TreeWork,
    whole: Whole,
}

impl Reading {
    /// Forgets the words and keeps the buffers.
    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.ends.clear();
        self.offsets.clear();
        self.quotes.clear();
    }
}

impl Network {
    /// Writes a network of these numbers, laid out as [`Shape::parts`] says, for
    /// [`read_from`](Self::read_from).
    pub(crate) fn write(shape: &Shape, numbers: &[f32], out: &mut Vec<u8>) {
        let parts = shape.parts();
        for (i, (matrix, vectors)) in parts.layers.iter().enumerate() {
            Small::write(&numbers[matrix.clone()], shape.layer(i).columns(), out);
            write_vector(&numbers[vectors.clone()], out);
        }
        for (matrix, n, bias) in [
            (parts.roles, shape.roles(), parts.roles_bias),
            (parts.arcs, shape.arc, parts.arcs_bias),
            (parts.tags, shape.tags, parts.tags_bias),
            (parts.relations, shape.relations, parts.relations_bias),
        ] {
            Small::write(&numbers[matrix], n, out);
            write_vector(&numbers[bias], out);
        }
        write_vector(&numbers[parts.root], out);
    }

    /// Reads what [`write`](Self::write) wrote.
    pub(crate) fn read_from(
        reader: &mut Reader<'_>,
        shape: Shape,
        table: Table,
    ) -> Result<Self, ModelError> {
        let mut layers = Vec::new();
        for i in 0..shape.layers {
            let layer = shape.layer(i);
            let matrix = Small::read(reader, layer.input, layer.columns())?;
            layers.push((matrix, reader.floats(2 * VECTORS * shape.h)?));
        }
        Ok(Self {
            layers,
            roles: Small::read(reader, shape.output(), shape.roles())?,
            roles_bias: reader.floats(shape.roles())?,
            arcs: Small::read(reader, shape.arc, shape.arc)?,
            arcs_bias: reader.floats(shape.arc)?,
            tags: Small::read(reader, shape.output(), shape.tags)?,
            tags_bias: reader.floats(shape.tags)?,
            relations: Small::read(reader, shape.rel, shape.relations)?,
            relations_bias: reader.floats(shape.relations)?,
            root: reader.floats(shape.arc + shape.rel)?,
            habits: None,
            shape,
            table,
        })
    }

    /// Sizes.
    pub(crate) fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Reads the sentences of `reading`. Time and memory grow with the square of a sentence's length:
    /// longer ones are to be given in stretches.
    pub(crate) fn read(&self, reading: &mut Reading) {
        let shape = &self.shape;
        let count = reading.words.len() / shape.width;
        let Reading {
            words,
            ends,
            offsets: _,
            quotes,
            tags,
            heads,
            relations,
            products,
            states,
            gates,
            roles,
            compared,
            candidates,
            packed,
            scores,
            sentence,
            tree,
            whole,
        } = reading;
        tags.clear();
        heads.clear();
        relations.clear();
        if count == 0 {
            return;
        }
        let [from, to] = states;
        for (i, (matrix, vectors)) in self.layers.iter().enumerate() {
            let layer = shape.layer(i);
            let input: &[f32] = if i == 0 { words } else { from };
            products.resize(count * layer.columns(), 0.0);
            matrix.multiply(input, products, whole);
            to.resize(count * shape.output(), 0.0);
            recurrent::forward::<false>(layer, vectors, products, input, ends, gates, to);
            std::mem::swap(from, to);
        }
        // Tags.
        products.resize(count * shape.tags, 0.0);
        self.tags.multiply(from, products, whole);
        tags.extend(
            products
                .chunks_exact(shape.tags)
                .map(|row| best(row, &self.tags_bias)),
        );
        // What each word is as a dependent and as a head.
        roles.resize(count * shape.roles(), 0.0);
        self.roles.multiply(from, roles, whole);
        for row in roles.chunks_exact_mut(shape.roles()) {
            for (i, (x, b)) in row.iter_mut().zip(&self.roles_bias).enumerate() {
                *x += b;
                if i < 2 * shape.arc {
                    *x = x.max(0.0);
                }
            }
        }
        // Heads.
        let mut start = 0;
        for &end in ends.iter() {
            let roles = &roles[start * shape.roles()..end * shape.roles()];
            self.compare(roles, compared, candidates, packed, scores, whole);
            sentence.clear();
            sentence.resize(end - start, 0);
            if let Some(habits) = &self.habits {
                self.weigh(habits, roles, candidates, products, scores, whole);
            }
            tree::heads(scores, tree, sentence);
            if let Some(habits) = &self.habits {
                let first = relations.len();
                self.relate(roles, sentence, candidates, products, whole, relations);
                habits.mend(scores, &relations[first..], sentence);
                habits.pair(scores, &relations[first..], &quotes[start..end], sentence);
                relations.truncate(first);
                self.relate(roles, sentence, candidates, products, whole, relations);
            }
            heads.extend_from_slice(sentence);
            start = end;
        }
        if self.habits.is_none() {
            let mut start = 0;
            for &end in ends.iter() {
                let roles = &roles[start * shape.roles()..end * shape.roles()];
                let heads = &heads[start..end];
                self.relate(roles, heads, candidates, products, whole, relations);
                start = end;
            }
        }
    }

    /// Puts behind `pairs` what the relation of word `word` of a sentence to `head` is told from.
    fn pair(&self, roles: &[f32], word: usize, head: usize, pairs: &mut Vec<f32>) {
        let (arc, rel, wide) = (self.shape.arc, self.shape.rel, self.shape.roles());
        let own = &roles[(word - 1) * wide + 2 * arc..][..rel];
        let head = match head {
            0 => &self.root[arc..],
            h => &roles[(h - 1) * wide + 2 * arc + rel..][..rel],
        };
        pairs.extend(own.iter().zip(head).map(|(a, b)| (a + b).max(0.0)));
    }

    /// Appends the relation of each word of a sentence to its head.
    fn relate(
        &self,
        roles: &[f32],
        heads: &[u32],
        pairs: &mut Vec<f32>,
        products: &mut Vec<f32>,
        whole: &mut Whole,
        relations: &mut Vec<u16>,
    ) {
        pairs.clear();
        for (word, &head) in (1..).zip(heads) {
            self.pair(roles, word, head as usize, pairs);
        }
        products.resize(heads.len() * self.shape.relations, 0.0);
        self.relations.multiply(pairs, products, whole);
        let rows = products.chunks_exact(self.shape.relations);
        let bias = &self.relations_bias;
        let words = (1..).zip(heads).zip(rows);
        relations.extend(words.map(|((word, &head), row)| match &self.habits {
            Some(habits) => habits.relation(word, head as usize, row, bias).0,
            None => best(row, bias),
        }));
    }

    /// Adds to the scores of likely heads how likely the relation is that each would bring.
    fn weigh(
        &self,
        habits: &Habits,
        roles: &[f32],
        pairs: &mut Vec<f32>,
        products: &mut Vec<f32>,
        scores: &mut [f32],
        whole: &mut Whole,
    ) {
        let (n, relations) = (roles.len() / self.shape.roles(), self.shape.relations);
        pairs.clear();
        habits::likely(scores, n, |word, head| self.pair(roles, word, head, pairs));
        products.resize(pairs.len() / self.shape.rel * relations, 0.0);
        self.relations.multiply(pairs, products, whole);
        let mut rows = products.chunks_exact(relations);
        habits::weigh(scores, n, |word, head| {
            let row = rows.next().unwrap_or_default();
            habits.relation(word, head, row, &self.relations_bias).1
        });
    }

    /// Scores of all heads for all words of a sentence.
    fn compare(
        &self,
        roles: &[f32],
        compared: &mut Vec<f32>,
        candidates: &mut Vec<f32>,
        packed: &mut Packed,
        scores: &mut Vec<f32>,
        whole: &mut Whole,
    ) {
        let (arc, wide) = (self.shape.arc, self.shape.roles());
        let count = roles.len() / wide;
        candidates.clear();
        for row in roles.chunks_exact(wide) {
            candidates.extend_from_slice(&row[..arc]);
        }
        compared.resize(count * arc, 0.0);
        self.arcs.multiply(candidates, compared, whole);
        for row in compared.chunks_exact_mut(arc) {
            for (x, b) in row.iter_mut().zip(&self.arcs_bias) {
                *x += b;
            }
        }
        candidates.clear();
        candidates.extend_from_slice(&self.root[..arc]);
        for row in roles.chunks_exact(wide) {
            candidates.extend_from_slice(&row[arc..2 * arc]);
        }
        packed.columns(candidates, arc, count + 1);
        scores.resize(count * (count + 1), 0.0);
        multiply(compared, packed, scores, false);
    }
}

fn write_vector(numbers: &[f32], out: &mut Vec<u8>) {
    out.extend(numbers.iter().flat_map(|x| x.to_le_bytes()));
}

/// Index of the largest sum; the first of equal ones.
fn best(row: &[f32], bias: &[f32]) -> u16 {
    let mut best = (0, f32::NEG_INFINITY);
    for (i, (x, b)) in row.iter().zip(bias).enumerate() {
        if x + b > best.1 {
            best = (i, x + b);
        }
    }
    best.0 as u16
}
