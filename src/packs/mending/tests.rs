//! What is mended, and what is left.
