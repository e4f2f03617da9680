//! Awards as tables, and their laws.
