//! Packs and catalogs: what is read, and what is refused.
