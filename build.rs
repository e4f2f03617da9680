//! Rebuilds when the shipped questions change: they are embedded in the binary.

fn main() {
    println!("cargo:rerun-if-changed=questions");
}
