//! Every reader on sample files and on spoilt ones.

mod laws;
mod samples;
mod spoilt;
