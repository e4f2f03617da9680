//! Practice exams as task lists: a heading, `- [ ]` for wrong choices and `- [x]` for right ones.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::super::draft::{Draft, choice, filled};
use super::super::{Content, Contents};
use super::{numbered, render};

/// Reads the questions of this layout; returns the bytes that belong to them.
pub fn read(text: &str, contents: &mut Contents) -> Vec<Range<usize>> {
    let mut reader =
        Reader { text, question: Question::default(), taken: Vec::new(), contents, at: 0, line: 1 };
    for block in blocks(text) {
        reader.take(block);
    }
    reader.settle();
    reader.taken
}

/// A part of the document that is no container of other parts.
enum Block {
    Heading(Range<usize>),
    Task(Range<usize>, bool),
    /// An item of a numbered list that may hold a task list.
    Numbered(Range<usize>),
    Other(Range<usize>),
    Rule,
}

/// The document as a row of blocks.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut numbered: Vec<bool> = Vec::new();
    let mut skip_to = 0;
    let mut item: Option<Range<usize>> = None;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TASKLISTS).into_offset_iter() {
        if let Event::End(TagEnd::List(_)) = event {
            numbered.pop();
        }
        if let Event::Start(Tag::List(first)) = event {
            numbered.push(first.is_some());
            continue;
        }
        if range.start < skip_to {
            continue;
        }
        match event {
            Event::TaskListMarker(is_right) => {
                let end = item.as_ref().map_or(range.end, |item| item.end);
                blocks.push(Block::Task(range.end..end, is_right));
                skip_to = end;
            }
            Event::Start(Tag::Item) => {
                if numbered == [true] {
                    blocks.push(Block::Numbered(range.start..range.start));
                }
                item = Some(range);
            }
            Event::Start(Tag::Heading { .. }) => {
                skip_to = range.end;
                blocks.push(Block::Heading(range));
            }
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                let is_task = text[range.clone()].trim_start().starts_with('[');
                if !is_task {
                    skip_to = range.end;
                    blocks.push(Block::Other(range));
                }
            }
            Event::Text(_) | Event::Code(_) | Event::Start(_) | Event::Html(_) | Event::InlineHtml(_) => {
                blocks.push(Block::Other(range));
            }
            Event::SoftBreak | Event::HardBreak => blocks.push(Block::Other(range)),
            Event::Rule => blocks.push(Block::Rule),
            _ => {}
        }
    }
    blocks
}

#[derive(Default)]
struct Question {
    start: Option<usize>,
    stem: String,
    choices: Vec<(String, bool)>,
    rest: String,
    end: usize,
}

struct Reader<'a, 'b> {
    text: &'a str,
    question: Question,
    taken: Vec<Range<usize>>,
    contents: &'b mut Contents,
    at: usize,
    line: usize,
}

impl Reader<'_, '_> {
    fn take(&mut self, block: Block) {
        match block {
            Block::Heading(range) => {
                self.settle();
                self.open(range);
            }
            Block::Numbered(range) => {
                if !self.question.choices.is_empty() || self.question.start.is_none() {
                    self.settle();
                    self.question.start = Some(range.start);
                }
            }
            Block::Rule => self.settle(),
            Block::Task(range, is_right) => {
                self.question.start.get_or_insert(range.start);
                self.question.end = range.end;
                self.give_rest_to_choice();
                self.question.choices.push((self.text[range].to_owned(), is_right));
            }
            Block::Other(range) => self.other(range),
        }
    }

    fn open(&mut self, range: Range<usize>) {
        self.question.stem = self.text[range.clone()].to_owned();
        self.question.start = Some(range.start);
        self.question.end = range.end;
    }

    fn other(&mut self, range: Range<usize>) {
        if numbered::unfolds_a_question(&self.text[range.clone()]) {
            self.settle();
            return;
        }
        self.question.start.get_or_insert(range.start);
        self.question.end = range.end;
        let piece = &self.text[range.clone()];
        let into = match self.question.choices.is_empty() {
            true => &mut self.question.stem,
            false => &mut self.question.rest,
        };
        // Inline pieces follow each other on a line, blocks begin one.
        let begins_line = self.text[..range.start].ends_with('\n') || piece.ends_with('\n');
        if begins_line && !into.is_empty() {
            into.push_str("\n\n");
        }
        into.push_str(piece);
    }

    /// What stood between two choices belongs to the first of them.
    fn give_rest_to_choice(&mut self) {
        if let Some((choice, _)) = self.question.choices.last_mut() {
            choice.push_str("\n\n");
            choice.push_str(&std::mem::take(&mut self.question.rest));
        }
    }

    fn settle(&mut self) {
        if self.question.choices.last().is_some_and(|(choice, _)| says_nothing(choice)) {
            let behind = self.question.rest.split_off(end_of_code(&self.question.rest));
            self.give_rest_to_choice();
            self.question.rest = behind;
        }
        let question = std::mem::take(&mut self.question);
        let Some(start) = question.start.filter(|_| !question.choices.is_empty()) else { return };
        self.taken.push(start..question.end);
        let mut draft = Draft::at(self.line_of(start));
        let stem = render::plain(&question.stem);
        draft.stem = super::without_number(&stem.text).to_owned();
        draft.rationale = filled(super::without_label(&render::plain(&question.rest).text));
        let content =
            draft.leave_pictures(stem.pictures).and_then(|()| content(&question.choices, &mut draft));
        draft.settle(content, self.contents);
    }

    fn line_of(&mut self, at: usize) -> usize {
        self.line += self.text.get(self.at..at).map_or(0, |t| t.matches('\n').count());
        self.at = self.at.max(at);
        self.line
    }
}

/// A mark of a choice whose words stand below it.
fn says_nothing(choice: &str) -> bool {
    !choice.chars().any(char::is_alphanumeric) && !choice.contains("![")
}

/// Where the block of code ends with which a text begins.
fn end_of_code(text: &str) -> usize {
    let text_before = text.len() - text.trim_start().len();
    let Some(code) = text.trim_start().strip_prefix("```") else { return text.len() };
    code.find("\n```").map_or(text.len(), |end| text_before + 3 + end + 4)
}

fn content(tasks: &[(String, bool)], draft: &mut Draft) -> Result<Content, String> {
    let mut choices = Vec::new();
    let mut pictures = 0;
    for (markdown, _) in tasks {
        let rendered = render::plain(markdown);
        if rendered.text.is_empty() && rendered.pictures > 0 {
            return Err("a choice is a picture, which cannot be shown here".to_owned());
        }
        pictures += rendered.pictures;
        choices.push(rendered.text);
    }
    if pictures > 0 {
        draft.warnings.push("a picture is left out of a choice".to_owned());
    }
    let keys = tasks.iter().enumerate().filter(|(_, task)| task.1).map(|(place, _)| place).collect();
    super::choice_or_truth(choice(choices, keys)?)
}
