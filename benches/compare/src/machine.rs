//! What the figures were measured on.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use crate::process;

/// Names and values for the head of the results.
pub fn facts(work: &Path) -> Vec<(&'static str, String)> {
    vec![
        ("Processor", field("/proc/cpuinfo", "model name")),
        ("Cores", thread::available_parallelism().map_or_else(|_| unknown(), |n| n.to_string())),
        ("Memory", memory()),
        ("Kernel", said(Command::new("uname").args(["-sr"]))),
        ("File system of the work folder", file_system(work)),
        ("Load when the run began", load()),
    ]
}

fn unknown() -> String {
    "unknown".to_owned()
}

fn said(command: &mut Command) -> String {
    process::said(command).unwrap_or_else(|_| unknown())
}

/// The first value of a name in a file of `name: value` lines.
fn field(path: &str, name: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_once(':')).map_or_else(unknown, |(_, value)| value.trim().to_owned())
}

fn memory() -> String {
    let kibibytes = field("/proc/meminfo", "MemTotal");
    let number = kibibytes.split(' ').next().and_then(|number| number.parse::<f64>().ok());
    number.map_or_else(unknown, |number| format!("{:.1} GiB", number / 1024.0 / 1024.0))
}

/// The second column of the second line of `df`: the file system's type without its mount point.
fn file_system(work: &Path) -> String {
    let table = said(Command::new("df").arg("-PT").arg(work));
    let kind = table.lines().nth(1).and_then(|line| line.split_whitespace().nth(1));
    kind.map_or_else(unknown, str::to_owned)
}

/// Other work on the machine makes every figure worse, and ratios less sure.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|load| !load.is_empty()).map_or_else(unknown, str::to_owned)
}
