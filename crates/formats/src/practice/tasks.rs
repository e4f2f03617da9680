//! Practice exams as task lists: a heading, `- [ ]` for wrong choices and `- [x]` for right ones.

use std::ops::Range;

use badgedex_domain::question::Kind;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::number::without_number;
use super::{key, labels, numbered, render};
use crate::draft::{QuestionDraft, choice, filled};
use crate::parsed::ParsedFile;
use crate::reason::Reason;
use crate::validate::is_blank;

/// How deep lists may be nested; deeper ones are text.
const MAX_LIST_DEPTH: usize = 3;

/// Reads the questions of this layout; returns the bytes that belong to them.
pub fn read(text: &str, contents: &mut ParsedFile) -> Vec<Range<usize>> {
    let mut reader =
        TaskReader { text, question: TaskQuestion::default(), taken: Vec::new(), contents, at: 0, line: 1 };
    for block in blocks(text) {
        reader.take(block);
    }
    reader.finish_question();
    reader.taken
}

/// A part of the document that does not contain other parts.
enum MarkdownBlock {
    Heading(Range<usize>),
    Task(Range<usize>, bool),
    /// An item of a numbered list that holds a task list.
    Numbered(Range<usize>),
    /// A numbered list of one item, and no task in it.
    Single(Range<usize>),
    Other(Range<usize>),
    Rule,
}

/// The document as a row of blocks.
fn blocks(text: &str) -> Vec<MarkdownBlock> {
    let mut walk = BlockScanner { text, blocks: Vec::new(), numbered: Vec::new(), skip_to: 0 };
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TASKLISTS).into_offset_iter() {
        walk.take(&event, range);
    }
    walk.blocks
}

/// On its way through a document.
struct BlockScanner<'a> {
    text: &'a str,
    blocks: Vec<MarkdownBlock>,
    /// Of the lists that are open, whether they are numbered.
    numbered: Vec<bool>,
    /// What begins before it is in a block already.
    skip_to: usize,
}

impl BlockScanner<'_> {
    fn take(&mut self, event: &Event, range: Range<usize>) {
        match event {
            Event::End(TagEnd::List(_)) => drop(self.numbered.pop()),
            Event::Start(Tag::List(first)) => {
                self.numbered.push(first.is_some());
                self.list(range, first.is_some());
            }
            _ if range.start < self.skip_to => {}
            Event::Start(Tag::Item) => self.item(range),
            Event::Start(Tag::Heading { .. }) => self.whole(MarkdownBlock::Heading, range),
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                self.whole(MarkdownBlock::Other, range);
            }
            Event::Rule => self.blocks.push(MarkdownBlock::Rule),
            Event::End(_) => {}
            _ => self.blocks.push(MarkdownBlock::Other(range)),
        }
    }

    fn whole(&mut self, block: fn(Range<usize>) -> MarkdownBlock, range: Range<usize>) {
        self.skip_to = range.end;
        self.blocks.push(block(range));
    }

    /// In some lists the parser reports the mark of a task before its words, in others after them.
    fn item(&mut self, range: Range<usize>) {
        let words = without_one_mark(&self.text[range.clone()]).trim_start();
        if is_task(words) {
            let start = range.end - words.len() + "[ ]".len();
            self.blocks.push(MarkdownBlock::Task(start..range.end, !words.starts_with("[ ]")));
            self.skip_to = range.end;
        } else if self.numbered == [true] {
            self.blocks.push(MarkdownBlock::Numbered(range.start..range.start));
        }
    }

    /// A list without tasks is one block: its marks belong to what it says.
    fn list(&mut self, range: Range<usize>, is_numbered: bool) {
        // Deeper lists are read line by line: each level is looked through as a whole.
        if range.start < self.skip_to || self.numbered.len() > MAX_LIST_DEPTH {
            return;
        }
        let lines = self.text[range.clone()].lines();
        if lines.clone().any(|line| is_task(without_mark(line))) {
            return;
        }
        let is_single =
            is_numbered && self.numbered.len() == 1 && lines.filter(|line| has_number(line)).count() == 1;
        self.whole(if is_single { MarkdownBlock::Single } else { MarkdownBlock::Other }, range);
    }
}

/// A line without the bullets and the numbers of items before it.
fn without_mark(line: &str) -> &str {
    let mut rest = line.trim_start();
    loop {
        let after = without_one_mark(rest);
        if after.len() == rest.len() {
            return rest;
        }
        rest = after.trim_start();
    }
}

fn without_one_mark(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marks: &[char] = if digits > 0 { &['.', ')'] } else { &['-', '*', '+'] };
    let after = text[digits..].strip_prefix(marks).filter(|after| after.starts_with([' ', '\t', '\n']));
    after.unwrap_or(text)
}

/// Whether an item of an outer numbered list begins here.
fn has_number(line: &str) -> bool {
    let text = line.trim_start();
    let is_outer = line.len() - text.len() < 3;
    is_outer && text.starts_with(|c: char| c.is_ascii_digit()) && without_mark(line).len() < text.len()
}

fn is_task(text: &str) -> bool {
    let text = text.trim_start();
    ["[ ]", "[x]", "[X]"].iter().any(|mark| text.starts_with(mark))
}

#[derive(Default)]
struct TaskQuestion {
    start: Option<usize>,
    stem: String,
    choices: Vec<(String, bool)>,
    /// The text below the last choice, block by block.
    rest: Vec<String>,
    /// How many choices have more below them.
    with_more: usize,
    /// What kind of heading began it; `None` if none did.
    heading: Option<HeadingRole>,
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum HeadingRole {
    /// One that asks, or has the number of a question.
    Asks,
    /// The title of a part of the file, for all that is known.
    Names,
}

impl TaskQuestion {
    /// Whether a numbered item is a part of it.
    fn holds_numbers(&self, with_tasks: bool) -> bool {
        match self.heading {
            Some(HeadingRole::Asks) => !with_tasks || self.choices.is_empty(),
            Some(HeadingRole::Names) => !with_tasks && !self.choices.is_empty(),
            None => false,
        }
    }

    /// What stood between two choices belongs to the first of them.
    fn give_rest_to_choice(&mut self, blocks: usize) {
        let blocks = self.rest.drain(..blocks.min(self.rest.len()));
        let more: Vec<String> = blocks.filter(|block| !block.trim().is_empty()).collect();
        if let Some((choice, _)) = self.choices.last_mut().filter(|_| !more.is_empty()) {
            self.with_more += 1;
            choice.push_str("\n\n");
            choice.push_str(&more.join("\n\n"));
        }
    }

    /// A task without words at the end is one that was never filled in.
    fn drop_empty_choice(&mut self, draft: &mut QuestionDraft) {
        let is_spare = |(choice, is_right): &(String, bool)| choice.trim().is_empty() && !is_right;
        if self.choices.len() > 2 && self.choices.last().is_some_and(is_spare) {
            self.choices.pop();
            draft.warnings.push("an empty choice at its end is left out".to_owned());
        }
    }

    /// The words of the last choice may be below it, as those of the others are.
    fn complete_last_choice(&mut self) {
        let Some((last, _)) = self.choices.last() else { return };
        let before = self.choices.len() - 1;
        let is_bare = !last.contains("![") && is_blank(&render::plain(last).text);
        if is_bare || (before > 0 && self.with_more == before) {
            self.give_rest_to_choice(1);
        }
    }
}

struct TaskReader<'a, 'b> {
    text: &'a str,
    question: TaskQuestion,
    taken: Vec<Range<usize>>,
    contents: &'b mut ParsedFile,
    at: usize,
    line: usize,
}

impl TaskReader<'_, '_> {
    fn take(&mut self, block: MarkdownBlock) {
        match block {
            MarkdownBlock::Heading(range)
                if self.question.start.is_some() && is_lettered(&self.text[range.clone()]) =>
            {
                self.other(range);
            }
            MarkdownBlock::Heading(range) => {
                self.finish_question();
                self.open(range);
            }
            MarkdownBlock::Numbered(range) => {
                if !self.question.holds_numbers(true) {
                    self.finish_question();
                    self.question.start = Some(range.start);
                }
            }
            MarkdownBlock::Single(range) => match self.question.holds_numbers(false) {
                true => self.other(range),
                false => {
                    self.finish_question();
                    self.question.start = Some(range.start);
                    self.question.stem = without_mark(&self.text[range.clone()]).to_owned();
                    self.question.end = range.end;
                }
            },
            MarkdownBlock::Rule => self.finish_question(),
            MarkdownBlock::Task(range, is_right) => {
                self.question.start.get_or_insert(range.start);
                self.question.end = range.end;
                self.question.give_rest_to_choice(usize::MAX);
                self.question.choices.push((self.text[range].to_owned(), is_right));
            }
            MarkdownBlock::Other(range) => self.other(range),
        }
    }

    fn open(&mut self, range: Range<usize>) {
        let heading = &self.text[range.clone()];
        let text = render::plain(heading).text;
        let asks = text.ends_with('?') || without_number(&text).len() < text.len();
        self.question.heading = Some(if asks { HeadingRole::Asks } else { HeadingRole::Names });
        self.question.stem = heading.to_owned();
        self.question.start = Some(range.start);
        self.question.end = range.end;
    }

    fn other(&mut self, range: Range<usize>) {
        if numbered::unfolds_a_question(&self.text[range.clone()]) {
            self.finish_question();
            return;
        }
        self.question.start.get_or_insert(range.start);
        self.question.end = range.end;
        let piece = &self.text[range.clone()];
        // Inline pieces follow each other on a line, blocks begin one.
        let begins_line = self.text[..range.start].ends_with('\n') || piece.ends_with('\n');
        if self.question.choices.is_empty() {
            if begins_line && !self.question.stem.is_empty() {
                self.question.stem.push_str("\n\n");
            }
            return self.question.stem.push_str(piece);
        }
        match self.question.rest.last_mut().filter(|_| !begins_line) {
            Some(last) => last.push_str(piece),
            None => self.question.rest.push(piece.to_owned()),
        }
    }

    fn finish_question(&mut self) {
        self.question.complete_last_choice();
        let mut question = std::mem::take(&mut self.question);
        let Some(start) = question.start.filter(|_| !question.choices.is_empty()) else { return };
        self.taken.push(start..question.end);
        let mut draft = QuestionDraft::at(self.line_of(start));
        question.drop_empty_choice(&mut draft);
        let stem = render::plain(&question.stem);
        draft.stem = without_number(&stem.text).to_owned();
        let mut rest = question.rest.join("\n\n");
        let told = match question.choices.iter().any(|(_, is_right)| *is_right) {
            true => None,
            false => labels::take_key(&mut rest),
        };
        draft.rationale = filled(labels::without_label(&render::plain(&rest).text));
        let kind = draft
            .leave_out_pictures(stem.pictures)
            .and_then(|()| kind(&question.choices, told.as_deref(), &mut draft));
        draft.finish(kind, self.contents);
    }

    fn line_of(&mut self, at: usize) -> usize {
        self.line += self.text.get(self.at..at).map_or(0, |t| t.matches('\n').count());
        self.at = self.at.max(at);
        self.line
    }
}

/// Whether a heading is one of the choices of a question: "#### B." or "#### B. Some words".
fn is_lettered(heading: &str) -> bool {
    let text = heading.trim_start_matches('#').trim().trim_matches(['*', '_']);
    let Some(rest) = text.strip_prefix(|c: char| ('A'..='H').contains(&c)) else { return false };
    rest.is_empty() || rest.strip_prefix(['.', ')', ':']).is_some_and(|r| r.is_empty() || r.starts_with(' '))
}

/// The choices, with the ticked ones as the right ones, else those that `told` names.
fn kind(tasks: &[(String, bool)], told: Option<&str>, draft: &mut QuestionDraft) -> Result<Kind, Reason> {
    let sources: Vec<&str> = tasks.iter().map(|(markdown, _)| markdown.as_str()).collect();
    let shown = render::choices(&sources);
    if shown.iter().any(|choice| is_blank(&choice.text) && choice.pictures > 0) {
        return Err(Reason::PictureAsChoice);
    }
    if shown.iter().any(|choice| choice.pictures > 0) {
        draft.warnings.push("a picture is left out of a choice".to_owned());
    }
    let choices: Vec<String> = shown.into_iter().map(|choice| choice.text).collect();
    let keys = match told {
        Some(told) => key::indexes(&render::plain(told).text, &choices, &key::in_order(choices.len()))?,
        None => tasks.iter().enumerate().filter(|(_, task)| task.1).map(|(place, _)| place).collect(),
    };
    choice(choices, keys).map(key::choice_or_truth)
}
