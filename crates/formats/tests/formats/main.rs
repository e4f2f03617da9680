//! Every reader on sample files and on spoilt ones.

mod corrupted;
mod properties;
mod samples;
