//! A fuzzer for any compiler: it changes inputs of the corpus at random, and knows nothing of what they cover.

use crate::Target;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, io};

/// The largest input that it makes.
const LONGEST: usize = 1 << 16;

/// Checks changed inputs for so long; gives how many. `before` is told each, for it may be the last.
///
/// # Errors
/// Passes on that the corpus cannot be read or is empty, and the errors of `before`.
pub fn run(
    target: Target,
    corpus: &Path,
    time: Duration,
    seed: u64,
    mut before: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<u64> {
    let mut inputs = Vec::new();
    for entry in fs::read_dir(corpus)? {
        inputs.push(fs::read(entry?.path())?);
    }
    inputs.sort();
    if inputs.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "the corpus is empty"));
    }
    let mut random = Random(seed);
    let started = Instant::now();
    let mut checked = 0;
    for input in &inputs {
        before(input)?;
        (target.1)(input);
        checked += 1;
    }
    while started.elapsed() < time {
        let input = changed(&inputs, &mut random);
        before(&input)?;
        (target.1)(&input);
        checked += 1;
    }
    Ok(checked)
}

/// An input with one to eight changes.
fn changed(inputs: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = inputs[random.below(inputs.len())].clone();
    for _ in 0..=random.below(8) {
        let at = random.below(input.len() + 1);
        let end = (at + random.below(32)).min(input.len());
        match random.below(6) {
            0 if at < input.len() => input[at] ^= 1 << random.below(8),
            1 if at < input.len() => input[at] = b"\"\\{}[]:,0-e.\0\xFF"[random.below(14)],
            2 => drop(input.drain(at..end)),
            3 => {
                let piece = input[at..end].to_vec();
                let times = random.below(64);
                (0..times).for_each(|_| drop(input.splice(at..at, piece.iter().copied())));
            }
            4 => {
                let other = &inputs[random.below(inputs.len())];
                let from = random.below(other.len() + 1);
                input.truncate(at);
                input.extend_from_slice(&other[from..]);
            }
            _ => input.insert(at, random.next() as u8),
        }
    }
    input.truncate(LONGEST);
    input
}

/// Splitmix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}
