//! Which known name a misspelled one is likely to mean.

/// A name is similar to another one from this Jaro-Winkler similarity on, which lets one or two typos pass
/// in the short names of keys and topics.
const MIN_SIMILARITY: f64 = 0.8;
/// Longer names, in bytes, are not compared.
const MAX_NAME: usize = 100;

/// The known name that is most similar to `key`; `None` if none is similar enough to be meant.
pub fn nearest<'a>(key: &str, known: &[&'a str]) -> Option<&'a str> {
    if key.len() > MAX_NAME {
        return None;
    }
    let near = known.iter().map(|name| (strsim::jaro_winkler(key, name), *name));
    near.filter(|(similarity, _)| *similarity >= MIN_SIMILARITY)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelled_name_means_the_most_similar_one() {
        let known = ["rationale", "stem", "typed"];
        for (name, meant) in [
            ("rational", Some("rationale")),
            ("typd", Some("typed")),
            ("stm", Some("stem")),
            ("colour", None),
        ] {
            assert_eq!(nearest(name, &known), meant, "{name}");
        }
        assert_eq!(nearest(&"stem".repeat(100), &known), None);
    }
}
