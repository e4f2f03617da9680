//! The learner's own editor: which one it is, and waiting until it is closed.

use std::env;
use std::io;
use std::path::Path;
use std::process::Command;

use super::terminal;

/// Why no editor could be used.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    #[error("no editor is set: give VISUAL or EDITOR the name of one, such as EDITOR=nano")]
    Unset,
    #[error("the editor \"{0}\" has a quote that is not closed: fix VISUAL or EDITOR")]
    Unclosed(String),
    #[error("the editor \"{0}\" cannot be started ({1}): give VISUAL or EDITOR the name of another")]
    Unstarted(String, io::Error),
    #[error("the editor \"{0}\" reported that it failed: nothing was changed")]
    Failed(String),
}

/// Opens a file in the learner's editor and waits until it is closed.
///
/// # Errors
///
/// If no editor is set, it cannot be started, or it reports a failure.
pub fn open(path: &Path) -> Result<(), EditorError> {
    let set = |name| env::var(name).ok().filter(|text: &String| !text.trim().is_empty());
    let line = set("VISUAL").or_else(|| set("EDITOR")).ok_or(EditorError::Unset)?;
    let words = words(&line).ok_or_else(|| EditorError::Unclosed(line.clone()))?;
    let (program, arguments) = words.split_first().ok_or(EditorError::Unset)?;
    terminal::restore();
    let status = Command::new(program).args(arguments).arg(path).status();
    terminal::restore();
    match status {
        Err(error) => Err(EditorError::Unstarted(line, error)),
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(EditorError::Failed(line)),
    }
}

/// The words of a command line, split as a shell does; `None` if a quote is not closed.
fn words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\\', None | Some('"')) => word.get_or_insert_default().push(rest.next()?),
            (c, Some(_)) => word.get_or_insert_default().push(c),
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, None) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_with_arguments_is_parted_as_a_shell_does() {
        for (line, expected) in [
            ("vi", Some(vec!["vi"])),
            ("code  --wait", Some(vec!["code", "--wait"])),
            ("'my editor' -x", Some(vec!["my editor", "-x"])),
            (r#""a \"b\"" c\ d"#, Some(vec![r#"a "b""#, "c d"])),
            ("vi ''", Some(vec!["vi", ""])),
            ("'vi", None),
        ] {
            let expected = expected.map(|words| words.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(words(line), expected, "{line}");
        }
    }
}
