//! Why a question cannot be imported.

use std::borrow::Cow;

/// Why a question cannot be imported, as part of a sentence: "line 12: it has no answer".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The stem is empty.
    #[error("it asks nothing")]
    NoStem,
    /// Nothing says what the answer is.
    #[error("it has no answer")]
    NoAnswer,
    /// The text asks something and is followed by nothing.
    #[error("it has no choices and no answer")]
    NothingToAnswer,
    /// There is a back to turn to, but nothing is on it.
    #[error("its back is empty")]
    EmptyBack,
    /// A cloze deletion deletes nothing.
    #[error("its deletion is empty")]
    EmptyDeletion,
    /// No choice is marked as right.
    #[error("no choice is marked as right")]
    NoRightChoice,
    /// Every choice is marked as right.
    #[error("every choice is marked as right")]
    EveryChoiceRight,
    /// The key is outside the choices.
    #[error("its key names no choice")]
    KeyNamesNoChoice,
    /// All texts together are longer than [`MAX_TEXT`](crate::limits::MAX_TEXT).
    #[error("it is longer than 64 KiB")]
    TooLong,
    /// Without its picture the text cannot be understood.
    #[error("its picture cannot be shown here")]
    NeedsPicture,
    /// The text is a sound.
    #[error("its sound cannot be played here")]
    NeedsSound,
    /// A choice is a picture.
    #[error("a choice is a picture, which cannot be shown here")]
    PictureAsChoice,
    /// The answer is a picture.
    #[error("its answer is a picture, which cannot be shown here")]
    PictureAsAnswer,
    /// What only one format can get wrong, in that format's words.
    #[error("{0}")]
    Format(Cow<'static, str>),
}

impl From<&'static str> for Reason {
    fn from(text: &'static str) -> Reason {
        Reason::Format(Cow::Borrowed(text))
    }
}

impl From<String> for Reason {
    fn from(text: String) -> Reason {
        Reason::Format(Cow::Owned(text))
    }
}
