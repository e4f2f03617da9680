//! The number before a question: "12. ", "Question 3: ", "Q4) ".

/// Words before the number of a question.
const NUMBERED: [&str; 8] =
    ["question", "frage", "pregunta", "pergunta", "domanda", "questão", "вопрос", "питання"];

/// A stem without the number before it: "12. ", "Question 3: ", "Q4) ".
pub fn without_number(stem: &str) -> &str {
    let rest = stem.trim_start();
    let named = without_name(rest).trim_start_matches([' ', '#']);
    let digits = named.bytes().take_while(u8::is_ascii_digit).count();
    let after = &named[digits..];
    let marks = ['.', ')', ':', '。', '：', '、'];
    let has_mark = after.starts_with(marks) || (after.is_empty() || after.starts_with('\n'));
    match digits {
        1..=4 if has_mark => {
            let text = after.trim_start_matches(marks);
            // In "3.5 volts" it is not the number of a question.
            if text.starts_with(|c: char| c.is_ascii_digit()) { rest } else { text.trim_start() }
        }
        _ => rest,
    }
}

/// What follows "Question", or the one letter that is short for it: "P12. ".
fn without_name(text: &str) -> &str {
    let word = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(word);
    if NUMBERED.contains(&word.to_lowercase().as_str()) || word.eq_ignore_ascii_case("q") {
        return rest;
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_short = word.chars().count() == 1
        && digits > 0
        && [". ", "。"].iter().any(|mark| rest[digits..].starts_with(mark));
    if is_short { rest } else { text }
}
