//! Whether a typed answer says the same as an accepted one: generous with spelling, strict with signs.
//!
//! Case, accents and articles do not matter, nor whether a compound is written with a hyphen, a blank or
//! nothing. Signs do: `1.3` is not `13`, `-A` is not `a`, `99.99 %` is not `9999`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Signs of an answer in which a full stop at the end may matter, as it does in a domain name.
const SIGNS: &str = "#+^~@*:=_$%/.-";
/// A near miss needs an accepted answer of at least this length, in characters.
const MIN_NEAR_MISS: usize = 5;
/// Unit symbols of one letter whose meaning depends on its case.
const ONE_LETTER_UNITS: &str = "aAbBcCfFgGhHjJkKmMnNsStTvVwW";
/// Longer unit symbols that are neither bits nor bytes, in lower case.
const UNITS: [&str; 12] = ["hz", "khz", "mhz", "ghz", "ms", "ns", "us", "mw", "kw", "gw", "db", "mv"];

/// Whether a given answer says the same as an accepted one.
///
/// ```
/// use badgedex_domain::typed_answer::is_same;
///
/// assert!(is_same("pay-as-you-go", "Pay as you go"));
/// assert!(is_same("24 hours", "24hours"));
/// assert!(!is_same("1.3", "13"));
/// assert!(!is_same("-v", "-V"));
/// ```
pub fn is_same(accepted: &str, given: &str) -> bool {
    let wanted = canonical(accepted);
    let said = canonical(given);
    if wanted.is_empty() {
        return accepted.trim() == given.trim();
    }
    wanted == said || said.strip_suffix('.').is_some_and(|said| said == wanted && !accepted.contains(is_sign))
}

/// Whether a given answer misses an accepted one by one typing error: a character too many, missing, wrong
/// or swapped, in a word without a digit. Two years are not three, and `t3` is not `t2`.
pub fn is_near_miss(accepted: &str, given: &str) -> bool {
    if accepted.chars().count() < MIN_NEAR_MISS || is_same(accepted, given) {
        return false;
    }
    let (wanted, said) = (plain(accepted).to_lowercase(), plain(given).to_lowercase());
    let (wanted, said): (Vec<&str>, Vec<&str>) =
        (wanted.split_whitespace().collect(), said.split_whitespace().collect());
    let mut differing = wanted.iter().zip(&said).filter(|(a, b)| a != b);
    let has_digit = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    wanted.len() == said.len()
        && differing
            .next()
            .is_some_and(|(a, b)| !has_digit(a) && !has_digit(b) && strsim::osa_distance(a, b) == 1)
        && differing.next().is_none()
}

/// What is around a number, compared with the unit that it should have: in the singular or plural, a symbol
/// with its case.
pub(crate) fn is_same_unit(unit: &str, given: &str) -> bool {
    // Symbols have no plural: ms are not m.
    let singular = |text: &str| {
        let text = canonical(&format!("1 {}", text.trim()));
        let word = text.strip_suffix('s').filter(|word| word.chars().count() > 3);
        word.map_or(text.clone(), str::to_owned)
    };
    singular(unit) == singular(given)
}

fn is_sign(c: char) -> bool {
    SIGNS.contains(c)
}

/// A piece of an answer.
#[derive(Debug, Clone, PartialEq)]
enum Atom {
    Letters(String),
    Digits(String),
    Sign(char),
    /// A flag such as `-A` or `--all`: whatever follows a hyphen at the beginning of a word, as it is.
    Flag(String),
}

/// What separates an atom from the one before.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Gap {
    Nothing,
    Blank,
    Hyphen,
}

/// A text in which everything that does not matter is the same: equal for answers that say the same.
fn canonical(text: &str) -> String {
    let plain = plain(text);
    let words: Vec<&str> =
        plain.split_whitespace().map(without_punctuation).filter(|w| !w.is_empty()).collect();
    let mut atoms: Vec<(Gap, Atom)> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        if is_article(word) && place + 1 < words.len() {
            continue;
        }
        let first = atoms.len();
        push_atoms(word, &mut atoms);
        if let (true, Some(atom)) = (first > 0, atoms.get_mut(first)) {
            atom.0 = Gap::Blank;
        }
    }
    let mut out = String::new();
    for (place, (gap, atom)) in atoms.iter().enumerate() {
        if let Some((_, before)) = place.checked_sub(1).and_then(|before| atoms.get(before)) {
            out.push_str(separator(before, *gap, atom));
        }
        match atom {
            Atom::Letters(letters) if is_unit_at(&atoms[..=place]) => out.push_str(letters),
            Atom::Letters(letters) => out.extend(letters.chars().flat_map(char::to_lowercase)),
            Atom::Digits(digits) => out.push_str(digits),
            Atom::Sign(sign) => out.push(*sign),
            Atom::Flag(flag) => out.push_str(flag),
        }
    }
    out
}

/// What of the gap between two atoms matters.
fn separator(before: &Atom, gap: Gap, after: &Atom) -> &'static str {
    let is_word = |letters: &str| letters.chars().nth(1).is_some();
    match (before, gap, after) {
        (_, Gap::Nothing, _) => "",
        // Two words may be written as one, but letters on their own never make a word.
        (Atom::Letters(a), _, Atom::Letters(b)) if is_word(a) && is_word(b) => "",
        (Atom::Letters(_), _, Atom::Letters(_)) => " ",
        (Atom::Letters(_), _, Atom::Digits(_)) | (Atom::Digits(_), _, Atom::Letters(_)) => "",
        (Atom::Digits(_), Gap::Blank, Atom::Sign('%' | '°')) => "",
        (Atom::Sign('$' | '€' | '£'), Gap::Blank, Atom::Digits(_)) => "",
        (_, Gap::Blank, _) => " ",
        (_, Gap::Hyphen, _) => "-",
    }
}

/// Whether the last of these atoms is the symbol of a unit: it follows a number that begins a word.
fn is_unit_at(atoms: &[(Gap, Atom)]) -> bool {
    let [rest @ .., (number_gap, Atom::Digits(_)), (_, Atom::Letters(letters))] = atoms else { return false };
    let begins_word = match rest.last() {
        None => true,
        // A fraction, an amount or a range: 1.5 GB, 10-20 GB.
        Some((_, Atom::Sign(_) | Atom::Digits(_))) => true,
        Some(_) => *number_gap != Gap::Nothing,
    };
    begins_word && is_unit_symbol(letters)
}

/// `MB`, `Mbps`, `KiB`, `ms`, `m`: symbols, not words such as "years".
fn is_unit_symbol(letters: &str) -> bool {
    let lower = letters.to_lowercase();
    if letters.chars().count() == 1 {
        return ONE_LETTER_UNITS.contains(letters);
    }
    let bits = lower.strip_suffix("ps").unwrap_or(&lower);
    let scale = bits.strip_suffix(['b']).map(|scale| scale.strip_suffix('i').unwrap_or(scale));
    scale.is_some_and(|scale| matches!(scale, "" | "k" | "m" | "g" | "t" | "p" | "e"))
        || UNITS.contains(&&*lower)
}

fn is_article(word: &str) -> bool {
    ["a", "an", "the"].iter().any(|article| word.eq_ignore_ascii_case(article))
}

/// Letters without their marks, one kind of hyphen, no quotation marks.
fn plain(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .filter(|c| !matches!(c, '\'' | '"' | '`' | '‘' | '’' | '“' | '”' | '«' | '»'))
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            other => other,
        })
        .collect()
}

/// A word without the brackets around it and the punctuation of a sentence behind it.
fn without_punctuation(word: &str) -> &str {
    let mut word = word.strip_prefix('(').unwrap_or(word);
    while let Some(rest) = word.strip_suffix([',', ';', '!', '?', ')']) {
        let is_bracket_inside = word.ends_with(')') && rest.contains('(');
        if is_bracket_inside || !rest.contains(char::is_alphanumeric) {
            break;
        }
        word = rest;
    }
    word
}

fn push_atoms(word: &str, atoms: &mut Vec<(Gap, Atom)>) {
    if word == "&" {
        return atoms.push((Gap::Nothing, Atom::Letters("and".to_owned())));
    }
    if word.len() > 1 && word.starts_with('-') {
        return atoms.push((Gap::Nothing, Atom::Flag(word.to_owned())));
    }
    let word = match word.strip_prefix('.') {
        Some(rest) if rest.starts_with(char::is_alphabetic) => rest,
        _ => word,
    };
    let chars: Vec<char> = word.chars().collect();
    let mut gap = Gap::Nothing;
    let mut place = 0;
    while let Some(&c) = chars.get(place) {
        let run = |is_in: fn(char) -> bool| -> String {
            chars[place..].iter().copied().take_while(|c| is_in(*c)).collect()
        };
        let after = chars.get(place + 1);
        if c == '-' && place > 0 && after.is_some_and(|c| c.is_alphanumeric()) {
            gap = Gap::Hyphen;
            place += 1;
            continue;
        }
        let atom = if c.is_ascii_digit() {
            let digits = digits(&chars[place..]);
            place += digits.1;
            Atom::Digits(digits.0)
        } else if c.is_alphanumeric() {
            let letters = run(|c| c.is_alphanumeric() && !c.is_ascii_digit());
            place += letters.chars().count();
            Atom::Letters(letters)
        } else {
            place += 1;
            Atom::Sign(c)
        };
        atoms.push((gap, atom));
        gap = Gap::Nothing;
    }
}

/// The digits at the beginning, without the commas between thousands; and how many characters they take.
fn digits(chars: &[char]) -> (String, usize) {
    let is_digit = |place: usize| chars.get(place).is_some_and(char::is_ascii_digit);
    let (mut digits, mut place) = (String::new(), 0);
    loop {
        if is_digit(place) {
            digits.push(chars[place]);
            place += 1;
        } else if chars.get(place) == Some(&',')
            && (1..=3).all(|ahead| is_digit(place + ahead))
            && !is_digit(place + 4)
        {
            place += 1;
        } else {
            return (digits, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter() {
        for (accepted, given) in [
            ("the certified lounge", "Certified Lounge"),
            ("the certified lounge", "  certified  lounge! "),
            ("Pokémon", "POKEMON"),
            ("pay-as-you-go", "pay as you go"),
            ("pay-as-you-go", "payasyougo"),
            ("CloudWatch", "Cloud Watch"),
            ("EC2", "EC-2"),
            ("EC2", "ec 2"),
            ("SAA-C03", "saa c03"),
            ("24 hours", "24hours"),
            ("24 hours", "24 Hours"),
            ("3-tier", "3 tier"),
            (".gitignore", "gitignore"),
            (".NET", "net"),
            ("99.99 %", "99.99%"),
            ("$100", "$ 100"),
            ("1,000", "1000"),
            ("an organization", "organization"),
            ("Identity & Access Management", "identity and access management"),
            ("Simple Storage Service (S3)", "simple storage service s3"),
            ("Amazon S3", "Amazon S3."),
            ("what's new", "whats new"),
            ("5 GB", "5GB"),
            ("A", "a"),
            ("the", "The"),
            ("--all", "--all"),
            ("*", " * "),
        ] {
            assert!(is_same(accepted, given), "{accepted} / {given}");
            assert!(is_same(accepted, accepted) && is_same(given, given));
        }
    }

    #[test]
    fn signs_flags_units_and_gaps_between_digits_matter() {
        for (accepted, given) in [
            ("1.3", "13"),
            ("1.5", "15"),
            ("127.0.0.1", "12 7.001"),
            ("10.0.0.0/8", "100008"),
            ("99.99 %", "9999"),
            ("99.99 %", "9999 %"),
            ("-A", "a"),
            ("-v", "-V"),
            ("kubectl get pods", "kubectl get pods -A"),
            ("--all-namespaces", "--allnamespaces"),
            ("C", "C++"),
            ("C#", "C"),
            ("re:Invent", "reinvent"),
            ("node.js", "nodejs"),
            ("IAM", "I AM"),
            ("e-mail", "email"),
            ("5 GB", "5 Gb"),
            ("10 Mbps", "10 MBps"),
            ("1-2", "12"),
            ("1-2", "1 2"),
            ("1,5", "15"),
            ("~/.ssh", "/.ssh"),
            ("example.com.", "example.com"),
            ("rm *.txt", "rm * .txt"),
            ("snake_case", "snake case"),
            ("Plan A", "Plan"),
            ("", "the"),
            ("lounge", ""),
            ("*", "**"),
            ("!=", "="),
        ] {
            assert!(!is_same(accepted, given), "{accepted} / {given}");
            assert!(!is_same(given, accepted), "{given} / {accepted}");
        }
    }

    #[test]
    fn one_typing_error_is_a_near_miss_but_never_beside_a_digit() {
        for (accepted, given, near) in [
            ("Specialty", "Speciality", true),
            ("Specialty", "Specilaty", true),
            ("Specialty", "Specialty", false),
            ("Specialty", "Special", false),
            ("3 years", "2 years", false),
            ("3 years", "3 yeras", true),
            ("SAA", "SAB", false),
            ("t3.micro", "t2.micro", false),
            ("t3.micro", "t3.mirco", false),
            ("node.js", "nodejs", true),
            ("10.0.0.0/8", "10.0.0.08", false),
        ] {
            assert_eq!(is_near_miss(accepted, given), near, "{accepted} / {given}");
        }
    }
}
