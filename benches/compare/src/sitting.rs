//! A sitting over pipes, as `study --plain` holds it.

use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::race::median;

/// Fits the choices, the statements and the typed questions that are generated.
const REPLY: &[u8] = b"1\n";

/// The word on the keys: it comes once, right after the choices of the first question.
pub fn is_first_prompt(line: &str) -> bool {
    line.starts_with("Type your answer.")
}

/// "3 of 20. Costs.": the line that opens a question.
fn is_question(line: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let parts = line.split_once(" of ").and_then(|(nth, rest)| Some((nth, rest.split_once(". ")?.0)));
    parts.is_some_and(|(nth, all)| number(nth) && number(all))
}

/// What is said to a reply that does not fit, and no question would ever follow.
fn is_refusal(line: &str) -> bool {
    let begins = ["Choose ", "Put all ", "Type a number", "Type an answer", "Type 1 or t", "Type all "];
    begins.iter().any(|begin| line.starts_with(begin))
}

/// Answers the given number of questions; the median seconds from a reply to the next question, with the
/// verdict.
pub fn seconds_an_answer(command: &mut Command, answers: usize) -> Result<f64> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().with_context(|| format!("cannot start {command:?}"))?;
    let mut input = child.stdin.take().context("a pipe has two ends")?;
    let mut output = BufReader::new(child.stdout.take().context("a pipe has two ends")?).lines();
    let seconds = answer_all(&mut input, &mut output, answers);
    drop(input);
    output.for_each(drop);
    child.wait()?;
    seconds
}

fn answer_all(
    input: &mut ChildStdin,
    output: &mut Lines<BufReader<ChildStdout>>,
    answers: usize,
) -> Result<f64> {
    wait_for(output, is_first_prompt)?;
    let mut seconds = Vec::with_capacity(answers);
    // The last reply has no question after it.
    for _ in 1..answers {
        let started = Instant::now();
        input.write_all(REPLY)?;
        wait_for(output, is_question)?;
        seconds.push(started.elapsed().as_secs_f64());
    }
    median(&seconds).context("a sitting of one answer has no next question")
}

fn wait_for(output: &mut Lines<BufReader<ChildStdout>>, is_it: impl Fn(&str) -> bool) -> Result<()> {
    let line = output.map_while(Result::ok).find(|line| is_it(line) || is_refusal(line));
    let line = line.context("the sitting ended before the question that was waited for")?;
    ensure!(is_it(&line), "the sitting wants another reply: {line}");
    Ok(())
}
