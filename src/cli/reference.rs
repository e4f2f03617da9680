//! `docs/commands.md` follows from the types of the command line.

use std::fs;
use std::path::Path;

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::Cli;

/// Writes the file instead of comparing it.
const RENEW: &str = "BADGEDEX_RENEW_DOCS";

const HEAD: &str = "# Commands

`badgedex` alone opens the menu. Everything in it is also a command. This page is generated from the command line's
types (`BADGEDEX_RENEW_DOCS=1 cargo test reference` writes it); `badgedex COMMAND --help` says the same.

Credentials are named by their id, short name (`saa`), exam code (`SAA-C03`), or a part of their name. Exit codes: 0 done,
1 it could not be done, 2 the command line is wrong, 130 left by Ctrl-C.
";

/// The commands with all their options.
fn reference() -> String {
    let mut root = Cli::command();
    root.build();
    let mut page = HEAD.to_owned();
    page.push_str("\n## With every command\n\n| Option | Does |\n| --- | --- |\n");
    for arg in root.get_arguments().filter(|arg| is_shown(arg)) {
        page.push_str(&row(arg));
    }
    page.push_str("\n## The commands\n\n| Command | Does |\n| --- | --- |\n");
    let mut details = String::new();
    for command in root.get_subcommands() {
        add(&mut page, &mut details, "", command);
    }
    format!("{page}\n## Their options\n{details}")
}

/// Adds a command, and those below it.
fn add(page: &mut String, details: &mut String, above: &str, command: &Command) {
    let name = format!("{above}{}", command.get_name());
    if command.get_name() == "help" {
        return;
    }
    let below: Vec<&Command> = command.get_subcommands().filter(|below| below.get_name() != "help").collect();
    if below.is_empty() || !command.is_subcommand_required_set() {
        add_one(page, details, &name, command);
    }
    below.into_iter().for_each(|below| add(page, details, &format!("{name} "), below));
}

/// Adds one command that does something by itself.
fn add_one(page: &mut String, details: &mut String, name: &str, command: &Command) {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let values = command.get_positionals().map(|arg| match arg.is_required_set() {
        true => format!(" {}", value_of(arg)),
        false => format!(" [{}]", value_of(arg)),
    });
    let usage: String = values.collect();
    page.push_str(&format!("| `{name}{}` | {} |\n", escaped(&usage), escaped(&about)));
    let own = command.get_arguments().filter(|arg| is_shown(arg) && !arg.is_global_set());
    let rows: Vec<String> = own.filter(|arg| arg.get_help().is_some()).map(row).collect();
    if !rows.is_empty() {
        details.push_str(&format!("\n### {name}\n\n| Option | Does |\n| --- | --- |\n{}", rows.concat()));
    }
}

fn is_shown(arg: &Arg) -> bool {
    !arg.is_hide_set() && !matches!(arg.get_id().as_str(), "help" | "version")
}

fn row(arg: &Arg) -> String {
    let takes_value = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    let value = if takes_value { format!(" {}", value_of(arg)) } else { String::new() };
    let name = match arg.get_long() {
        Some(long) => format!("--{long}{value}"),
        None => value_of(arg),
    };
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    format!("| `{name}` | {} |\n", escaped(&help))
}

fn value_of(arg: &Arg) -> String {
    let named = arg.get_value_names().and_then(|names| names.first());
    let name = named.map_or_else(|| arg.get_id().to_string().to_uppercase(), ToString::to_string);
    let more = if matches!(arg.get_action(), ArgAction::Append) { ".." } else { "" };
    format!("{name}{more}")
}

/// A text in a cell of a table.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[test]
fn the_page_of_commands_is_that_of_the_command_line() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
    let page = reference();
    if std::env::var_os(RENEW).is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/commands.md is out of date: {RENEW}=1 cargo test reference writes it");
}
