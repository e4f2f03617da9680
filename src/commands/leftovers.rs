//! Large values that nobody frees: the program ends, and the system takes back all memory at once.

use std::any::Any;

/// What a command has read and needs no more. Freeing a hundred thousand questions one by one would be
/// noticed at the prompt, so `main` forgets them.
#[derive(Default)]
pub struct Leftovers(Vec<Box<dyn Any>>);

impl Leftovers {
    /// Hands over a value that is not needed any more.
    pub fn push(&mut self, value: impl Any) {
        self.0.push(Box::new(value));
    }
}
