//! The full form: all faults, many times, with a table of the results.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use super::tally::Tally;
use super::{backups, bit_flips, concurrency, devices, full_disk, kills, machines};

/// The number of kills unless `FAULTS_KILLS` is set.
const KILLS: usize = 1000;

/// The number of flipped bits.
const FLIPS: usize = 500;

/// One row of the table.
struct Row {
    what: &'static str,
    tally: Tally,
    seconds: u64,
}

#[test]
#[ignore = "takes minutes: cargo test --release --test main faults -- --ignored --nocapture --test-threads=1"]
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
        row("one flipped bit in the store", || bit_flips::flips(FLIPS)),
        row("no room, at every write", full_disk::everywhere),
        row("eight processes answering", || concurrency::answering(500)),
        row("eight processes importing", || concurrency::importing(5_000)),
        row("three machines, one folder", || devices::share(12, 10)),
        row("3 to 12 machines: conflict copies, clones, homes set back", || {
            (3..=12).map(|number| machines::sharing(number, 40)).fold(Tally::default(), Tally::add)
        }),
        row("journals in any order", exchanges),
        row("400 days of backups", || {
            backups::many_days(400);
            Tally { acknowledged: 400, ..Tally::default() }
        }),
    ];
    print(&rows);
    rows.iter().for_each(|row| row.tally.assert_clean());
}

fn exchanges() -> Tally {
    (0..10).for_each(|_| devices::exchange(20));
    Tally { acknowledged: 200, ..Tally::default() }
}

/// Runs a group; one that panics has a row in the table, too.
fn row(what: &'static str, group: impl FnOnce() -> Tally) -> Row {
    let began = Instant::now();
    let tally = catch_unwind(AssertUnwindSafe(group)).unwrap_or_else(|_| {
        let mut broken = Tally::default();
        broken.break_down(format!("{what}: panicked"));
        broken
    });
    Row { what, tally, seconds: began.elapsed().as_secs() }
}

fn print(rows: &[Row]) {
    println!("\n| Fault | Faults | Acknowledged | Lost | Unsound | Longest wait | Seconds |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for Row { what, tally, seconds } in rows {
        println!("| {what} | {tally} | {seconds} |");
    }
    let all = rows.iter().map(|row| row.tally.clone()).fold(Tally::default(), Tally::add);
    println!("| all | {all} | {} |\n", rows.iter().map(|row| row.seconds).sum::<u64>());
    all.wrong.iter().take(20).for_each(|what| println!("- {what}"));
}
