//! Groups of words that are used alike, made of word vectors.

use std::collections::BTreeMap;

/// For each word its fine and its coarse group, from 1.
pub(crate) type Groups = BTreeMap<String, (u16, u16)>;

/// Times that the centres are moved.
const ROUNDS: usize = 12;

/// Puts the words of `vectors` into `sizes.0` fine and `sizes.1` coarse groups (k-means on vectors
/// of length one). Sums are taken in the order of the words, so the result is the same everywhere.
pub(crate) fn clusters(vectors: &str, sizes: (usize, usize)) -> Groups {
    let mut words = Vec::new();
    let mut points: Vec<f32> = Vec::new();
    let mut dimension = 0;
    for line in vectors.lines() {
        let mut fields = line.split(' ');
        let Some(word) = fields.next() else { continue };
        let numbers: Vec<f32> = fields.filter_map(|f| f.parse().ok()).collect();
        let length = numbers.iter().map(|x| x * x).sum::<f32>().sqrt();
        if dimension == 0 {
            dimension = numbers.len();
        }
        if numbers.len() != dimension || length <= 0.0 || !length.is_finite() {
            continue;
        }
        words.push(word.to_owned());
        points.extend(numbers.iter().map(|x| x / length));
    }
    if words.is_empty() || dimension == 0 {
        return Groups::new();
    }
    let (fine, coarse) = std::thread::scope(|scope| {
        let coarse = scope.spawn(|| assign(&points, dimension, sizes.1));
        let fine = assign(&points, dimension, sizes.0);
        (fine, coarse.join().expect("clustering does not panic"))
    });
    let groups = fine.into_iter().zip(coarse);
    words.into_iter().zip(groups).collect()
}

/// The group of each point, from 1.
fn assign(points: &[f32], dimension: usize, groups: usize) -> Vec<u16> {
    let count = points.len() / dimension;
    let groups = groups.clamp(1, count.min(60_000));
    // The centres start at points spread evenly over the list, which is ordered by frequency.
    let mut centres: Vec<f32> = (0..groups)
        .flat_map(|g| {
            let at = g * count / groups * dimension;
            points[at..at + dimension].to_vec()
        })
        .collect();
    let mut of_point = vec![0u16; count];
    for _ in 0..ROUNDS {
        for (point, group) in points.chunks_exact(dimension).zip(&mut of_point) {
            let mut best = f32::MIN;
            for (g, centre) in centres.chunks_exact(dimension).enumerate() {
                let likeness = dot(point, centre);
                if likeness > best {
                    best = likeness;
                    *group = g as u16 + 1;
                }
            }
        }
        let mut sums = vec![0f32; centres.len()];
        for (point, &group) in points.chunks_exact(dimension).zip(&of_point) {
            let at = (group as usize - 1) * dimension;
            for (sum, x) in sums[at..at + dimension].iter_mut().zip(point) {
                *sum += x;
            }
        }
        for (centre, sum) in centres
            .chunks_exact_mut(dimension)
            .zip(sums.chunks_exact(dimension))
        {
            let length = dot(sum, sum).sqrt();
            if length > 0.0 {
                for (c, s) in centre.iter_mut().zip(sum) {
                    *c = s / length;
                }
            }
        }
    }
    of_point
}

/// The product in eight parallel sums, in an order that does not depend on the machine.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a8
        .remainder()
        .iter()
        .zip(b8.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in a8.zip(b8) {
        for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
            *sum += x * y;
        }
    }
    sums.iter().sum::<f32>() + rest
}
