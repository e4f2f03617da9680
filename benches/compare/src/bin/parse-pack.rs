//! Parses the question files of all packs below a folder into owned structs, and counts the questions.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Questions {
    questions: Vec<Question>,
}

/// Held whole, as a program would that goes on to ask them.
#[derive(Deserialize)]
#[allow(dead_code)]
struct Question {
    id: String,
    topic: String,
    kind: String,
    stem: String,
    choices: Option<Vec<String>>,
    key: Option<Value>,
    accepted: Option<Vec<String>>,
    rationale: Option<String>,
    source: Option<String>,
    checked: Option<String>,
}

fn main() -> Result<()> {
    let path = env::args().nth(1).context("parse-pack FOLDER")?;
    let mut questions = Vec::new();
    for pack in fs::read_dir(path)? {
        read_pack(&pack?.path(), &mut questions)?;
    }
    println!("{} questions", questions.len());
    Ok(())
}

fn read_pack(folder: &Path, questions: &mut Vec<Question>) -> Result<()> {
    for file in fs::read_dir(folder)? {
        let file = file?;
        if file.file_name() != "pack.json" {
            let read: Questions = serde_json::from_str(&fs::read_to_string(file.path())?)?;
            questions.extend(read.questions);
        }
    }
    Ok(())
}
