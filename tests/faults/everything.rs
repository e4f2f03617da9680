//! The full form: everything, many times, with a table of what came of it at its end.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use super::figures::Figures;
use super::{backups, crowds, full_disk, kills, machines};

/// How many kills, where `FAULTS_KILLS` says nothing else.
const KILLS: usize = 1000;

/// One line of the table.
struct Row {
    what: &'static str,
    figures: Figures,
    seconds: u64,
}

#[test]
#[ignore = "takes minutes: cargo test --release --test faults -- --ignored --nocapture --test-threads=1"]
fn a_thousand_kills_and_every_other_fault_lose_nothing() {
    let kills = env::var("FAULTS_KILLS").ok().map_or(KILLS, |kills| kills.parse().expect("a number"));
    let part = |percent: usize| kills * percent / 100;
    let rows = [
        row("kill -9 in sittings", || kills::in_sittings(part(40))),
        row("kill -9 in imports", || kills::in_imports(part(20), 2_000)),
        row("kill -9 in upgrades", || kills::in_upgrades(part(15))),
        row("kill -9 in backups", || kills::in_backups(part(15))),
        row("kill -9 in restores", || kills::in_restores(part(5))),
        row("kill -9 in syncs", || kills::in_syncs(part(5))),
        row("no room, at every write", full_disk::everywhere),
        row("eight processes answering", || crowds::answering(500)),
        row("eight processes importing", || crowds::importing(5_000)),
        row("three machines, one folder", || machines::share(12, 10)),
        row("journals in any order", exchanges),
        row("400 days of backups", || {
            backups::many_days(400);
            Figures { acknowledged: 400, ..Figures::default() }
        }),
    ];
    print(&rows);
    rows.iter().for_each(|row| row.figures.assert_clean());
}

fn exchanges() -> Figures {
    (0..10).for_each(|_| machines::exchange(20));
    Figures { acknowledged: 200, ..Figures::default() }
}

/// Runs a group to its end; what breaks off is a line of the table too.
fn row(what: &'static str, group: impl FnOnce() -> Figures) -> Row {
    let began = Instant::now();
    let figures = catch_unwind(AssertUnwindSafe(group)).unwrap_or_else(|_| {
        let mut broken = Figures::default();
        broken.break_down(format!("{what}: broke off"));
        broken
    });
    Row { what, figures, seconds: began.elapsed().as_secs() }
}

fn print(rows: &[Row]) {
    println!("\n| Fault | Faults | Acknowledged | Lost | Unsound | Longest wait | Seconds |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for Row { what, figures, seconds } in rows {
        println!("| {what} | {figures} | {seconds} |");
    }
    let all = rows.iter().map(|row| row.figures.clone()).fold(Figures::default(), Figures::add);
    println!("| all | {all} | {} |\n", rows.iter().map(|row| row.seconds).sum::<u64>());
    all.wrong.iter().take(20).for_each(|what| println!("- {what}"));
}
