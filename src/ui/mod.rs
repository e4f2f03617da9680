//! What the learner sees and how they are asked: the only module that knows inquire and colors.

pub mod editor;
pub mod exam_prompt;
pub mod json;
pub mod look;
pub mod output;
pub mod plain_prompter;
pub mod progress_bar;
pub mod prompter;
pub mod rich_prompter;
pub mod screens;
pub mod styled_page;
pub mod terminal;
pub mod text;
