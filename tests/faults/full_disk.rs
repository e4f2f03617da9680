//! A full disk at every write: it is reported clearly, everything before is kept, and work continues with room.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::homes;
use super::kills::{many_answers, noisy_answers};
use super::random::SeededRandom;
use super::sittings::{self, Deed, acknowledged};
use super::tally::Tally;
use crate::support::{Learner, Ran};

/// Starts a program whose files cannot grow beyond `$1` blocks of 512 bytes, as POSIX has it (`sh` may
/// be a shell that counts 1,024 instead: then the limits are twice as far apart, and every write
/// still fails once). A write beyond fails with EFBIG instead of ending the program.
const LIMITED: &str = "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"";
/// Answers of a sitting that runs out of room.
const ANSWERS: usize = 6;

/// How room is limited.
#[derive(Clone, Copy)]
enum Room<'a> {
    /// No file may be larger than this many blocks of 512 bytes.
    Blocks(u64),
    /// A separate disk with this many free bytes.
    Disk(&'a Disk, u64),
}

#[test]
fn a_sitting_without_room_keeps_what_it_acknowledged() {
    let offset = SeededRandom::new("full disk").below(18) as u64;
    let limits: Vec<u64> = (0..10).map(|n| n * 18 + offset).collect();
    sittings_within(&limits).assert_clean();
}

#[test]
fn an_import_without_room_is_done_or_not_done() {
    imports_within(&[0, 66, 110, 170]).assert_clean();
}

#[test]
fn an_upgrade_without_room_keeps_the_old_journal() {
    upgrades_within(&[0, 41, 66, 80]).assert_clean();
}

#[test]
fn a_backup_without_room_leaves_no_half_backup() {
    backups_within(&[0, 66, 80]).assert_clean();
}

#[test]
fn a_restore_without_room_can_be_done_again() {
    restores_within(&[0, 66, 90]).assert_clean();
}

#[test]
fn a_sync_without_room_can_be_done_again() {
    syncs_within(&[0, 4, 66]).assert_clean();
}

#[test]
fn an_export_without_room_leaves_no_half_file() {
    exports_within(&[0, 66, 100]).assert_clean();
}

/// Each write of the longest of these commands fails once.
pub fn everywhere() -> Tally {
    let each: Vec<u64> = (0..260).collect();
    let some: Vec<u64> = (0..260).step_by(4).collect();
    let mut tally = sittings_within(&each).add(imports_within(&each)).add(upgrades_within(&each));
    for groups in [backups_within, restores_within, syncs_within, exports_within] {
        tally = tally.add(groups(&some));
    }
    tally.add(on_a_disk())
}

/// Sittings on a small disk that a file fills up to a limit.
fn on_a_disk() -> Tally {
    let mut tally = Tally::default();
    let disk = match Disk::mount() {
        Ok(disk) => disk,
        Err(why) => {
            homes::skip(&format!("no small disk: {why}"));
            return tally;
        }
    };
    let template = homes::studied(3);
    for left in (0..=400 * 1024).step_by(4096) {
        tally = tally.add(sitting_in(&template, Room::Disk(&disk, left)));
    }
    tally
}

fn sittings_within(limits: &[u64]) -> Tally {
    let template = homes::studied(3);
    let each = limits.iter().map(|limit| sitting_in(&template, Room::Blocks(*limit)));
    each.fold(Tally::default(), Tally::add)
}

/// Runs out of room in a sitting, makes room, and continues.
fn sitting_in(template: &Learner, room: Room) -> Tally {
    let mut tally = Tally::default();
    let learner = room.prepare(template);
    let before = learner.export();
    let count = ANSWERS.to_string();
    let ran = room.run(&learner, &["study", "--plain", "--count", &count], &"?\n".repeat(ANSWERS));
    let said = acknowledged(&ran.out);
    tally.acknowledged += said.len();
    tally.faults += usize::from(ran.code != Some(0));
    judge_end(&ran, &mut tally);
    room.lift();
    let check = learner.run(&["data", "check"]);
    tally.expect(check.code == Some(0), || format!("after {ran}\n{check}"));
    let export = learner.run(&["data", "export"]);
    if export.code != Some(0) || !homes::holds(&export.out, &before) {
        tally.lose(1, format!("{export}"));
    }
    if let Err(what) = sittings::check_recorded(&said, &deeds_after(&export.out, &before)) {
        tally.lose(1, what);
    }
    let more = learner.piped(&["study", "--plain", "--count", "1"], "?\n");
    tally.expect(acknowledged(&more.out).len() == 1, || format!("with room: {more}"));
    tally
}

fn deeds_after(export: &str, before: &str) -> Vec<Deed> {
    let events = export.lines().filter(|line| !before.contains(line));
    events.filter_map(|line| sittings::deed(&serde_json::from_str(line).expect("an event"))).collect()
}

/// The command succeeded, or reported that there is no room.
fn judge_end(ran: &Ran, tally: &mut Tally) {
    let quiet = ["panicked", "stack backtrace", ".rs:"].iter().all(|word| !ran.err.contains(word));
    let clear = ["no room", "no space", "full"].iter().any(|word| ran.err.to_lowercase().contains(word));
    let well = ran.code == Some(0) || (ran.code == Some(1) && clear);
    tally.expect(quiet && well, || format!("not clear: {ran}"));
}

fn imports_within(limits: &[u64]) -> Tally {
    let template = homes::studied(3);
    template.write("in.jsonl", many_answers(1, 200));
    let mut tally = Tally::default();
    for limit in limits {
        let learner = homes::copied(&template);
        let file = learner.path("in.jsonl");
        let line = ["data", "import", file.to_str().unwrap()];
        let before = learner.journal().len();
        let ran = tried(&learner, *limit, &line, &mut tally);
        let after = learner.journal().len() - before;
        let expected = if ran.code == Some(0) { 200 } else { 0 };
        if after != expected {
            tally.lose(1, format!("{after} of 200 lines: {ran}"));
        }
        let again = learner.run(&line);
        let all = learner.journal().len() - before == 200;
        tally.expect(again.code == Some(0) && all, || format!("with room: {again}"));
    }
    tally
}

fn upgrades_within(limits: &[u64]) -> Tally {
    let mut tally = Tally::default();
    for limit in limits {
        let (learner, expected) = homes::with_old_store(1);
        tried(&learner, *limit, &["due"], &mut tally);
        let export = learner.run(&["data", "export"]);
        if homes::lines(&export.out) != homes::lines(&expected) {
            tally.lose(1, format!("limit {limit}: {export}"));
        }
        judge_soundness(&learner, &mut tally);
    }
    tally
}

fn backups_within(limits: &[u64]) -> Tally {
    let template = homes::studied(3);
    template.piped(&["data", "import", "-"], noisy_answers(1_500)).done();
    let mut tally = Tally::default();
    for limit in limits {
        let learner = homes::copied(&template);
        let file = learner.path("mine.jsonl.gz");
        let line = ["data", "backup", file.to_str().unwrap()];
        let export = learner.export();
        for line in [&line[..2], &line] {
            let ran = tried(&learner, *limit, line, &mut tally);
            tally.expect(ran.code != Some(2), || ran.to_string());
        }
        let named = file.exists().then(|| file.clone());
        for backup in homes::backups(&learner).into_iter().chain(named) {
            let text = homes::unpacked(&backup);
            tally.expect(text.is_some_and(|text| homes::holds(&export, &text)), || {
                format!("limit {limit}: {} is an incomplete backup", backup.display())
            });
        }
        let again = learner.run(&line);
        tally.expect(again.code == Some(0), || format!("with room: {again}"));
        judge_soundness(&learner, &mut tally);
    }
    tally
}

fn restores_within(limits: &[u64]) -> Tally {
    let template = homes::studied(3);
    template.piped(&["data", "import", "-"], many_answers(1, 300)).done();
    let backup = template.path("mine.jsonl.gz");
    template.run(&["data", "backup", backup.to_str().unwrap()]).done();
    let kept = template.export();
    let mut tally = Tally::default();
    for limit in limits {
        let learner = Learner::new();
        let line = ["data", "restore", backup.to_str().unwrap()];
        tried(&learner, *limit, &line, &mut tally);
        let again = learner.run(&line);
        tally.expect(again.code == Some(0), || format!("with room: {again}"));
        if !homes::holds(&learner.run(&["data", "export"]).out, &kept) {
            tally.lose(1, format!("limit {limit}: not all was restored"));
        }
        judge_soundness(&learner, &mut tally);
    }
    tally
}

fn syncs_within(limits: &[u64]) -> Tally {
    let devices = [homes::studied(4), homes::studied(5)];
    devices[0].piped(&["data", "import", "-"], many_answers(1, 150)).done();
    let mut tally = Tally::default();
    for limit in limits {
        let folder = tempfile::tempdir().expect("a shared folder");
        let line = ["data", "sync", folder.path().to_str().unwrap()];
        let pair = devices.each_ref().map(homes::copied);
        for device in pair.iter().chain(&pair) {
            tried(device, *limit, &line, &mut tally);
        }
        for device in pair.iter().chain(&pair) {
            let ran = device.run(&line);
            tally.expect(ran.code == Some(0), || format!("with room: {ran}"));
        }
        let exports = pair.each_ref().map(|device| device.run(&["data", "export"]).out);
        if homes::lines(&exports[0]) != homes::lines(&exports[1]) {
            tally.lose(1, format!("limit {limit}: the devices do not agree"));
        }
    }
    tally
}

fn exports_within(limits: &[u64]) -> Tally {
    let learner = homes::studied(5);
    learner.piped(&["data", "import", "-"], many_answers(1, 200)).done();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("journal.jsonl");
    let export = learner.export();
    let mut tally = Tally::default();
    for limit in limits {
        let ran = tried(&learner, *limit, &["data", "export", "--out", file.to_str().unwrap()], &mut tally);
        let there = fs::read_to_string(&file).unwrap_or_default();
        let whole = if ran.code == Some(0) { there == export } else { there.is_empty() || there == export };
        tally.expect(whole, || format!("an incomplete export: {ran}"));
        let drafts = homes::names(folder.path(), ".", "");
        tally.expect(drafts.is_empty(), || format!("left behind: {drafts:?}"));
    }
    tally
}

/// Runs a command within a limit; it must succeed or report that there is no room.
fn tried(learner: &Learner, limit: u64, line: &[&str], tally: &mut Tally) -> Ran {
    let ran = Room::Blocks(limit).run(learner, line, "");
    tally.faults += usize::from(ran.code != Some(0));
    tally.acknowledged += usize::from(ran.code == Some(0));
    judge_end(&ran, tally);
    ran
}

fn judge_soundness(learner: &Learner, tally: &mut Tally) {
    let check = learner.run(&["data", "check"]);
    tally.expect(check.code == Some(0), || check.to_string());
}

impl Room<'_> {
    /// A learner with a copy of the template's home where room is limited.
    fn prepare(self, template: &Learner) -> Learner {
        match self {
            Room::Blocks(_) => homes::copied(template),
            Room::Disk(disk, left) => {
                let home = disk.empty();
                homes::copy(template.home(), &home);
                disk.fill(left);
                template.with("BADGEDEX_HOME", home.to_str().expect("a plain path"))
            }
        }
    }

    fn run(self, learner: &Learner, line: &[&str], input: &str) -> Ran {
        let command = learner.command(line);
        match self {
            Room::Blocks(limit) => {
                let limited = ["sh", "-c", LIMITED, "sh", &limit.to_string()];
                homes::ran(homes::under(&limited, &command), input)
            }
            Room::Disk(..) => homes::ran(command, input),
        }
    }

    /// Removes the limit.
    fn lift(self) {
        if let Room::Disk(disk, _) = self {
            fs::remove_file(disk.ballast()).expect("the ballast goes");
        }
    }
}

/// A disk in memory, unmounted on drop.
struct Disk(tempfile::TempDir);

impl Disk {
    fn mount() -> Result<Disk, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(folder.path());
        let output = mount.output().map_err(|error| error.to_string())?;
        match output.status.success() {
            true => Ok(Disk(folder)),
            false => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        }
    }

    /// An empty home on an empty disk.
    fn empty(&self) -> PathBuf {
        let home = self.0.path().join("home");
        for entry in fs::read_dir(self.0.path()).expect("the disk") {
            let path = entry.expect("an entry").path();
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.expect("an old entry goes");
        }
        fs::create_dir(&home).expect("a home");
        home
    }

    fn ballast(&self) -> PathBuf {
        self.0.path().join("ballast")
    }

    /// Fills the disk until this many bytes are free.
    fn fill(&self, left: u64) {
        let free = free(self.0.path());
        fs::write(self.ballast(), vec![0; free.saturating_sub(left) as usize]).expect("ballast");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(self.0.path()).status();
        if !unmounted.is_ok_and(|status| status.success()) {
            homes::skip(&format!("{} could not be unmounted", self.0.path().display()));
        }
    }
}

/// The number of free bytes on a disk.
fn free(path: &Path) -> u64 {
    let output = Command::new("df").args(["-P", "-k"]).arg(path).output().expect("df is there");
    let text = String::from_utf8(output.stdout).expect("text");
    let fields: Vec<&str> = text.lines().last().unwrap_or_default().split_whitespace().collect();
    fields[3].parse::<u64>().expect("a number") * 1024
}
