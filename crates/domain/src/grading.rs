//! Grades answers. Typed ones are read as a lenient teacher would read them.

use serde_json::{Value, json};

use super::question::{Asked, Key, TRUE_FALSE};
use super::typed_answer;

/// What the learner gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The place of a choice; for true-false 0 is true.
    Choice(usize),
    /// Places of choices, in any order.
    Choices(Vec<usize>),
    /// A typed answer.
    Text(String),
    /// Places of the items, in the order that the learner gave them.
    Order(Vec<usize>),
    /// How well a self-checked answer was known.
    Recalled(Recall),
    /// "I don't know": wrong.
    DontKnow,
}

/// What a learner says of an answer that only they can check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recall {
    /// Not recalled.
    Forgot,
    /// Recalled with effort: counts like a right answer after a hint.
    Hard,
    /// Recalled without effort.
    Knew,
}

impl Reply {
    /// What was given, as an answer in the journal has it: the texts of choices, not their places, so that it means the
    /// same when the choices have changed.
    pub fn given(&self, key: &Key) -> Value {
        let shown: Vec<&str> = match key {
            Key::OneOf { choices, .. } | Key::AnyOf { choices, .. } => texts(choices),
            Key::TrueFalse { .. } => TRUE_FALSE.to_vec(),
            Key::Order { shown, .. } => texts(shown),
            Key::Typed { .. } | Key::Number { .. } | Key::Reveal { .. } => Vec::new(),
        };
        match self {
            Reply::Choice(place) => json!(shown.get(*place)),
            Reply::Choices(places) | Reply::Order(places) => {
                places.iter().filter_map(|&place| shown.get(place)).map(|text| json!(text)).collect()
            }
            Reply::Text(text) => json!(text),
            Reply::Recalled(recall) => json!(recall.name()),
            Reply::DontKnow => Value::Null,
        }
    }
}

fn texts(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

impl Recall {
    /// The name in the journal.
    pub fn name(self) -> &'static str {
        match self {
            Recall::Forgot => "forgot",
            Recall::Hard => "hard",
            Recall::Knew => "knew",
        }
    }
}

/// Is it right?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The answer is right.
    Right,
    /// The answer is wrong, or there is none.
    Wrong,
}

/// Grades a reply. A reply of another form than the question's is wrong.
///
/// ```
/// use badgedex_domain::grading::{Reply, Verdict, grade};
/// use badgedex_domain::question::{Kind, Question, QuestionId};
///
/// let kind = Kind::Number { value: 3.0, unit: "years".into(), tolerance: 0.0 };
/// let id = QuestionId::new("pack/validity");
/// let asked = Question::new(id, "expiry", "How long is it valid?", kind).draw(false, &mut rand::rng());
/// assert_eq!(grade(&asked, &Reply::Text("three years".into())), Verdict::Right);
/// assert_eq!(grade(&asked, &Reply::Text("36 months".into())), Verdict::Wrong);
/// assert_eq!(grade(&asked, &Reply::DontKnow), Verdict::Wrong);
/// ```
pub fn grade(asked: &Asked, reply: &Reply) -> Verdict {
    // By key first, so that a new kind of question does not compile until it is graded.
    let right = match &asked.answer {
        Key::OneOf { key, .. } => *reply == Reply::Choice(*key),
        Key::TrueFalse { key } => matches!(reply, Reply::Choice(given) if (*given == 0) == *key),
        Key::AnyOf { keys, .. } => matches!(reply, Reply::Choices(given) if is_same_set(given, keys)),
        Key::Typed { accepted } => {
            matches!(reply, Reply::Text(given) if accepted.iter().any(|a| typed_answer::is_same(a, given)))
        }
        Key::Number { value, unit, tolerance } => {
            // A margin for decimal fractions that binary ones cannot hold.
            let is_near = |n: f64| (n - value).abs() <= tolerance + 1e-9;
            matches!(reply, Reply::Text(given) if read_number(given, unit).is_some_and(is_near))
        }
        Key::Order { shown, order } => {
            matches!(reply, Reply::Order(given) if is_same_order(shown, given, order))
        }
        Key::Reveal { .. } => matches!(reply, Reply::Recalled(Recall::Hard | Recall::Knew)),
    };
    if right { Verdict::Right } else { Verdict::Wrong }
}

/// Whether the given places, in any order and however often, are exactly `keys` (ascending).
fn is_same_set(given: &[usize], keys: &[usize]) -> bool {
    let mut given = given.to_vec();
    given.sort_unstable();
    given.dedup();
    given == keys
}

/// Whether two orders show the same texts; equal items may change places.
fn is_same_order(shown: &[String], given: &[usize], order: &[usize]) -> bool {
    given.len() == order.len() && given.iter().zip(order).all(|(g, o)| shown[*g] == shown[*o])
}

/// The accepted answer that a wrong typed one misses by a single typo; `None` if there is none.
pub fn near_miss<'a>(asked: &'a Asked, given: &str) -> Option<&'a str> {
    let accepted = match &asked.answer {
        Key::Typed { accepted } => accepted,
        Key::OneOf { .. } | Key::AnyOf { .. } | Key::TrueFalse { .. } => return None,
        Key::Number { .. } | Key::Order { .. } | Key::Reveal { .. } => return None,
    };
    if accepted.iter().any(|a| typed_answer::is_same(a, given)) {
        return None;
    }
    accepted.iter().map(String::as_str).find(|a| typed_answer::is_near_miss(a, given))
}

/// Reads a number with or without its unit: `3`, `three`, `3 years`, `USD 1,000`, `$100`, `12.5 %`. `None` if
/// it is not a number, or has another unit.
pub fn read_number(text: &str, unit: &str) -> Option<f64> {
    let text = text.trim();
    let (number, rest) = match text.find(|c: char| c.is_ascii_digit() || c == '.') {
        Some(start) => {
            let sign = if text[..start].ends_with('-') { -1.0 } else { 1.0 };
            let end = text[start..]
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '_')))
                .map_or(text.len(), |end| start + end);
            let before = text[..start].trim_end_matches('-');
            (sign * decimal(&text[start..end])?, format!("{before} {}", &text[end..]))
        }
        None => {
            let mut words = text.split_whitespace();
            let number = number_word(&words.next()?.to_lowercase())?;
            (number, words.collect::<Vec<_>>().join(" "))
        }
    };
    is_unit(&rest, unit).then_some(number)
}

/// Reads digits with commas between thousands, and a point or comma before decimals.
fn decimal(digits: &str) -> Option<f64> {
    let digits: String = digits.trim_end_matches(['.', ',']).replace(['\'', '_'], "");
    let groups: Vec<&str> = digits.split(',').collect();
    let thousands =
        groups.len() > 1 && groups[1..].iter().all(|g| g.split('.').next().is_some_and(|g| g.len() == 3));
    let plain = if thousands { digits.replace(',', "") } else { digits.replace(',', ".") };
    plain.parse().ok()
}

fn number_word(word: &str) -> Option<f64> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if word == "none" || word == "free" {
        return Some(0.0);
    }
    WORDS.iter().position(|w| *w == word).map(|n| n as f64)
}

/// Whether the text around a number is empty or its unit: singular, plural or as a symbol.
fn is_unit(rest: &str, unit: &str) -> bool {
    let rest = rest.trim();
    let sign: &[&str] = match unit.to_uppercase().as_str() {
        "USD" | "DOLLARS" | "US DOLLARS" => &["$", "usd", "us dollars", "dollars", "us$", "dollar"],
        "%" | "PER CENT" | "PERCENT" => &["%", "per cent", "percent"],
        _ => &[],
    };
    rest.is_empty() || sign.contains(&&*rest.to_lowercase()) || typed_answer::is_same_unit(unit, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(accepted: &[&str]) -> Asked {
        let accepted = accepted.iter().map(|a| (*a).to_owned()).collect();
        asked(Key::Typed { accepted })
    }

    fn asked(answer: Key) -> Asked {
        Asked { stem: "?".into(), answer, guess: 0.0, revision: String::new(), reasons: vec![] }
    }

    #[test]
    fn typed_answers_ignore_case_articles_accents_and_punctuation_around_words() {
        let question = typed(&["the certified lounge", "Pokémon", "pay-as-you-go", "C++", "re:Invent"]);
        for given in
            ["Certified Lounge", "  certified  lounge! ", "POKEMON", "pay as you go", "c++", "re:invent"]
        {
            assert_eq!(grade(&question, &Reply::Text(given.into())), Verdict::Right, "{given}");
        }
        for given in ["", "the", "lounge", "C", "C#", "pokemons", "reinvent"] {
            assert_eq!(grade(&question, &Reply::Text(given.into())), Verdict::Wrong, "{given}");
        }
    }

    #[test]
    fn one_slip_is_noticed_but_a_digit_is_never_a_slip() {
        let question = typed(&["Specialty", "3 years", "SAA"]);
        for (given, near) in [
            ("Speciality", Some("Specialty")),
            ("Specilaty", Some("Specialty")),
            ("Specialty", None),
            ("Special", None),
            ("2 years", None),
            ("3 yeras", Some("3 years")),
            ("SAB", None),
        ] {
            assert_eq!(near_miss(&question, given), near, "{given}");
        }
    }

    #[test]
    fn numbers_are_read_with_and_without_their_unit() {
        for (text, unit, number) in [
            ("3", "years", Some(3.0)),
            ("3 years", "years", Some(3.0)),
            ("three", "years", Some(3.0)),
            ("1 year", "years", Some(1.0)),
            ("$100", "USD", Some(100.0)),
            ("USD 1,000", "USD", Some(1000.0)),
            ("1,000.50", "USD", Some(1000.5)),
            ("12,5 %", "%", Some(12.5)),
            ("-4", "", Some(-4.0)),
            ("free", "USD", Some(0.0)),
            ("36 months", "years", None),
            ("5 GB", "GB", Some(5.0)),
            ("5 Gb", "GB", None),
            ("10 ms", "m", None),
            ("Three Years", "years", Some(3.0)),
            ("many", "years", None),
            ("", "years", None),
        ] {
            assert_eq!(read_number(text, unit), number, "{text}");
        }
    }

    #[test]
    fn every_form_has_its_right_reply() {
        let texts = |t: &[&str]| t.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let order = Key::Order { shown: texts(&["c", "a", "b"]), order: vec![1, 2, 0] };
        let reveal = Key::Reveal { answer: "a".into() };
        let any = Key::AnyOf { choices: texts(&["a", "b", "c"]), keys: vec![0, 2], size: Some(2) };
        for (key, reply, verdict) in [
            (Key::OneOf { choices: texts(&["a", "b"]), key: 1 }, Reply::Choice(1), Verdict::Right),
            (Key::OneOf { choices: texts(&["a", "b"]), key: 1 }, Reply::Choice(0), Verdict::Wrong),
            (Key::OneOf { choices: texts(&["a", "b"]), key: 1 }, Reply::DontKnow, Verdict::Wrong),
            (any.clone(), Reply::Choices(vec![2, 0]), Verdict::Right),
            (any.clone(), Reply::Choices(vec![0]), Verdict::Wrong),
            (any, Reply::Choices(vec![0, 1, 2]), Verdict::Wrong),
            (Key::TrueFalse { key: false }, Reply::Choice(1), Verdict::Right),
            (Key::TrueFalse { key: false }, Reply::Choice(0), Verdict::Wrong),
            (order.clone(), Reply::Order(vec![1, 2, 0]), Verdict::Right),
            (order, Reply::Order(vec![0, 1, 2]), Verdict::Wrong),
            (reveal.clone(), Reply::Recalled(Recall::Knew), Verdict::Right),
            (reveal.clone(), Reply::Recalled(Recall::Hard), Verdict::Right),
            (reveal.clone(), Reply::Recalled(Recall::Forgot), Verdict::Wrong),
            (reveal.clone(), Reply::Text("a".into()), Verdict::Wrong),
            (reveal, Reply::DontKnow, Verdict::Wrong),
            (Key::TrueFalse { key: true }, Reply::Recalled(Recall::Knew), Verdict::Wrong),
            (
                Key::Number { value: 3.0, unit: "years".into(), tolerance: 0.0 },
                Reply::Text("3 years".into()),
                Verdict::Right,
            ),
            (
                Key::Number { value: 3.0, unit: "years".into(), tolerance: 0.5 },
                Reply::Text("3.6".into()),
                Verdict::Wrong,
            ),
        ] {
            assert_eq!(grade(&asked(key), &reply), verdict);
        }
    }

    #[test]
    fn what_was_given_is_kept_in_words() {
        let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let one = Key::OneOf { choices: texts(&["a", "b"]), key: 0 };
        let any = Key::AnyOf { choices: texts(&["a", "b", "c"]), keys: vec![0, 1], size: Some(2) };
        let order = Key::Order { shown: texts(&["c", "a", "b"]), order: vec![1, 2, 0] };
        for (key, reply, kept) in [
            (&one, Reply::Choice(1), json!("b")),
            (&one, Reply::DontKnow, Value::Null),
            (&any, Reply::Choices(vec![0, 2]), json!(["a", "c"])),
            (&order, Reply::Order(vec![1, 0, 2]), json!(["a", "c", "b"])),
            (&Key::TrueFalse { key: true }, Reply::Choice(1), json!("False")),
            (&Key::Typed { accepted: texts(&["x"]) }, Reply::Text("y".into()), json!("y")),
            (&Key::Reveal { answer: "a".into() }, Reply::Recalled(Recall::Hard), json!("hard")),
            (&Key::Reveal { answer: "a".into() }, Reply::DontKnow, Value::Null),
        ] {
            assert_eq!(reply.given(key), kept);
        }
    }
}
