//! Comparing texts without the difference of upper and lower case.

/// Whether two texts are the same except for case.
pub fn is_same(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// A text without the difference of upper and lower case: what is the same for `is_same` is equal.
pub fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_whatever_their_case() {
        for (a, b, same) in
            [("Ant", "aNT", true), ("ÉTÉ", "été", true), ("a", "b", false), ("ß", "ss", false)]
        {
            assert_eq!((is_same(a, b), folded(a) == folded(b)), (same, same), "{a} {b}");
        }
    }
}
