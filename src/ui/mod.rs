//! What the learner sees and how they are asked: the only room that knows inquire and colour.

pub mod editor;
pub mod lines;
pub mod look;
pub mod output;
pub mod progress;
pub mod prompter;
pub mod rich;
pub mod screens;
pub mod sheet;
pub mod terminal;
pub mod text;
