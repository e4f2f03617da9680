//! Whether a JSON text has so many values that what is read of it would not fit in memory.
//!
//! A list of three million empty lists is a text of nine megabytes, and takes a gigabyte as a tree. The values are
//! counted before anything else is done with a text that somebody else wrote.

use super::limits::{MAX_LIST, MAX_VALUES};

/// What there is too much of in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooMany {
    /// More values than [`MAX_VALUES`].
    #[error("it holds more than {MAX_VALUES} values: make several files of it")]
    Values,
    /// A list or an object with more entries than [`MAX_LIST`].
    #[error("it holds a list of more than {MAX_LIST} entries: make several files of it")]
    Entries,
}

/// The entries of deeper lists are not counted one by one: serde_json goes no deeper.
const MAX_DEPTH: usize = 128;

/// Counts the values of a text, which need not be JSON.
///
/// # Errors
///
/// [`TooMany`] as soon as there are too many.
pub fn count(text: &str) -> Result<usize, TooMany> {
    let mut values = 0;
    // The commas of each list and object that is open, and how many are open deeper than that.
    let mut open: Vec<usize> = Vec::new();
    let mut deeper: usize = 0;
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => skip_string(&mut bytes),
            b'[' | b'{' => {
                values += 1;
                if open.len() < MAX_DEPTH { open.push(0) } else { deeper += 1 }
            }
            b']' | b'}' if deeper > 0 => deeper -= 1,
            b']' | b'}' => {
                open.pop();
            }
            b',' => {
                values += 1;
                if let Some(commas) = open.last_mut().filter(|_| deeper == 0) {
                    *commas += 1;
                    if *commas >= MAX_LIST {
                        return Err(TooMany::Entries);
                    }
                }
            }
            b':' => values += 1,
            _ => {}
        }
        if values > MAX_VALUES {
            return Err(TooMany::Values);
        }
    }
    Ok(values)
}

/// Goes on behind the string that has begun.
fn skip_string(bytes: &mut std::str::Bytes) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_too_many_values_is_refused_and_one_with_as_many_as_allowed_is_not() {
        let list = |entries: usize| format!("[{}0]", "0,".repeat(entries - 1));
        for (text, found) in [
            (list(MAX_LIST), Ok(())),
            (list(MAX_LIST + 1), Err(TooMany::Entries)),
            (
                format!(
                    "[{}]",
                    list(MAX_LIST) + &format!(",{}", list(MAX_LIST)).repeat(MAX_VALUES / MAX_LIST)
                ),
                Err(TooMany::Values),
            ),
            ("[".repeat(MAX_VALUES), Ok(())),
            ("[".repeat(MAX_VALUES + 1), Err(TooMany::Values)),
            ("{\"a\":".repeat(MAX_VALUES), Err(TooMany::Values)),
            (format!("{}{}{}", "[".repeat(200), "]".repeat(200), list(MAX_LIST + 1)), Err(TooMany::Entries)),
            (format!("[\"{}\"]", "[\\\",".repeat(MAX_LIST)), Ok(())),
            ("\"".to_owned() + &"[".repeat(MAX_LIST), Ok(())),
            ("]".repeat(MAX_LIST), Ok(())),
        ] {
            assert_eq!(count(&text).map(drop), found, "{}", &text[..20]);
        }
    }
}
