//! The smallest program: what starting a process costs.

fn main() {}
