//! How many choices a stem says to choose: "Choose two.", "(Select THREE)", "Which TWO actions ...".

const VERBS: [&str; 4] = ["choose", "select", "pick", "mark"];
const NUMBERS: [(&str, usize); 6] =
    [("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6)];

/// The number of right choices that a stem announces; `None` if it announces none.
///
/// An instruction begins a sentence or a bracket; elsewhere a company may choose two of anything. After
/// "which" only a number in capitals is one, as exams write it.
pub fn stated_number(stem: &str) -> Option<usize> {
    let mut instructions = stem.split(['.', '?', '!', ':', ';', '(', '[', '\n']).filter_map(|sentence| {
        let mut words = words(sentence);
        words.next().filter(|verb| VERBS.contains(&verb.to_lowercase().as_str()))?;
        words.find(|word| !["the", "any", "exactly"].contains(&word.to_lowercase().as_str())).and_then(number)
    });
    let shouted = || {
        let all: Vec<&str> = words(stem).collect();
        let which = all.windows(2).find(|pair| pair[0].eq_ignore_ascii_case("which"))?;
        number(which[1]).filter(|_| which[1].len() > 1 && which[1].bytes().all(|b| b.is_ascii_uppercase()))
    };
    instructions.next_back().or_else(shouted)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn number(word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    let named = NUMBERS.iter().find(|(name, _)| *name == lower).map(|(_, number)| *number);
    named.or_else(|| lower.parse().ok().filter(|number| (1..=6).contains(number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_instruction_states_a_number() {
        for (stem, number) in [
            ("Which two are pillars? Choose two.", Some(2)),
            ("Which actions meet these requirements? (Choose TWO.)", Some(2)),
            ("What applies? (Select three)", Some(3)),
            ("Pick the 2 correct answers:", Some(2)),
            ("Which TWO actions should the company take?", Some(2)),
            ("Which two costs does it no longer pay?", None),
            ("A company must choose two Regions. Which service replicates the data?", None),
            ("Between which two numbers do the scores lie?", None),
            ("Choose the service that stores objects.", None),
            ("Select all that apply.", None),
            ("", None),
        ] {
            assert_eq!(stated_number(stem), number, "{stem}");
        }
    }
}
