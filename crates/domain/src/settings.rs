//! What the learner has set: target, role, retention, pace, goal, color.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::journal::{Deed, Event};
use super::target::Target;

/// The lowest and the highest desired retention.
pub const RETENTION_RANGE: (f64, f64) = (0.8, 0.97);
/// Upper limit of new questions and answers per day.
const MAX_PER_DAY: u32 = 1000;
/// Minutes of a day.
const MAX_MINUTES: u32 = 1440;
/// At most this much extra time is added to mock exams, in percent.
const MAX_EXTRA_TIME: u32 = 400;
/// At most this share of a day's answers goes to questions outside of the target.
pub const MAX_MIX: f64 = 0.2;

/// The learner's settings. The default is what holds before anything was set.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What the learner is preparing for.
    pub target: Option<Target>,
    /// The day of the target's exam, unless one is booked.
    pub target_date: Option<NaiveDate>,
    /// How many questions the learner answers on a day; `None` if they did not say.
    pub answers_per_day: Option<u32>,
    /// Share of a day's answers that goes to questions outside of the target, 0 to [`MAX_MIX`].
    pub mix: f64,
    /// Extra time in mock exams, in percent of the exam's minutes; 0 for none.
    pub extra_time: u32,
    /// The pack that comes first while there is no target: what was imported or chosen last.
    pub first_pack: Option<String>,
    /// The id of a role, in lower case.
    pub role: Option<String>,
    /// The id or issuer of the catalog whose path is followed; `None`: the first.
    pub issuer: Option<String>,
    /// Whether the learner works for a partner of the issuer.
    pub partner: Partnership,
    /// Chance of recall at which a question comes back, 0.8 to 0.97.
    pub retention: f64,
    /// New questions per day, 0 to 1000.
    pub new_per_day: u32,
    /// What a day of study should reach today; `None` if no goal is set.
    pub goal: Option<Goal>,
    /// Weekdays off, as they are set today.
    pub days_off: DaysOff,
    /// Goals and days off, each with the day from which they apply, in the journal's order.
    rules: Vec<(NaiveDate, Rule)>,
    /// Whether streak, levels and awards are shown.
    pub gamification: bool,
    /// Whether the terminal shows colors.
    pub color: Color,
    /// The ids of the packs that are switched off, installed or not.
    pub packs_off: BTreeSet<String>,
    /// Settings that were set at least once, to any value.
    set: Vec<SettingKey>,
}

/// What a day of study should reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rule {
    /// `None`: any answer is enough.
    pub goal: Option<Goal>,
    /// Weekdays on which nothing is expected.
    pub days_off: DaysOff,
}

/// A daily goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goal {
    /// This many answers.
    Answers(u32),
    /// This many minutes of thinking.
    Minutes(u32),
}

/// Weekdays on which nothing is expected; never all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DaysOff([bool; 7]);

impl DaysOff {
    /// These days off; `None` if no day would be left.
    pub fn of(days: &[Weekday]) -> Option<DaysOff> {
        let mut off = [false; 7];
        for day in days {
            off[day.num_days_from_monday() as usize] = true;
        }
        off.contains(&false).then_some(DaysOff(off))
    }

    /// Whether a weekday is off.
    pub fn has(self, day: Weekday) -> bool {
        self.0[day.num_days_from_monday() as usize]
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            target: None,
            target_date: None,
            answers_per_day: None,
            mix: 0.0,
            extra_time: 0,
            first_pack: None,
            role: None,
            issuer: None,
            partner: Partnership::NotAsked,
            retention: 0.9,
            new_per_day: 10,
            goal: None,
            days_off: DaysOff::default(),
            rules: Vec::new(),
            gamification: true,
            color: Color::Auto,
            packs_off: BTreeSet::new(),
            set: Vec::new(),
        }
    }
}

/// What the settings of packs are called: this and the id of the pack. "yes" means that it is off.
const OFF_PREFIX: &str = "off/";

/// The name of the setting that switches a pack off.
pub fn off_key(pack: &str) -> String {
    format!("{OFF_PREFIX}{pack}")
}

/// The pack that a setting switches off; `None` if it is another setting.
///
/// ```
/// use badgedex_domain::settings::pack_of_off_key;
///
/// assert_eq!(pack_of_off_key("off/article"), Some("article"));
/// assert_eq!(pack_of_off_key("goal"), None);
/// ```
pub fn pack_of_off_key(key: &str) -> Option<&str> {
    key.strip_prefix(OFF_PREFIX)
}

/// Yes or no, as a person or another version writes it.
pub fn yes_or_no(value: &str) -> Option<bool> {
    match value.trim().to_lowercase().as_str() {
        "yes" | "true" | "on" => Some(true),
        "no" | "false" | "off" => Some(false),
        _ => None,
    }
}

/// Whether the learner works for a partner of the issuer, and can earn what only partners can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Partnership {
    /// The learner was not asked.
    #[default]
    NotAsked,
    /// The learner was asked and did not say.
    LeftOpen,
    /// They do.
    Partner,
    /// They do not.
    NotPartner,
}

impl Partnership {
    /// `None` if the learner did not say.
    pub fn is_partner(self) -> Option<bool> {
        match self {
            Partnership::NotAsked | Partnership::LeftOpen => None,
            Partnership::Partner => Some(true),
            Partnership::NotPartner => Some(false),
        }
    }
}

/// Whether the terminal shows colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Color {
    /// On a terminal that can.
    #[default]
    Auto,
    /// Always, in a pipe too.
    Always,
    /// Never.
    Never,
}

/// The name of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKey {
    /// What the learner is preparing for.
    Target,
    /// The day of the target's exam.
    TargetDate,
    /// Answers per day.
    AnswersPerDay,
    /// Share of questions outside of the target.
    Mix,
    /// Extra time in mock exams.
    ExtraTime,
    /// The pack that comes first without a target.
    FirstPack,
    /// What the learner does.
    Role,
    /// The catalog whose path is followed.
    Issuer,
    /// Whether the learner is a partner of the issuer.
    Partner,
    /// The desired retention.
    Retention,
    /// New questions per day.
    NewPerDay,
    /// The daily goal.
    Goal,
    /// Weekdays off.
    DaysOff,
    /// Whether streak, levels and awards are shown.
    Gamification,
    /// Colors of the terminal.
    Color,
}

impl SettingKey {
    /// All settings, in the order in which they are shown.
    pub const ALL: [SettingKey; 15] = [
        SettingKey::Target,
        SettingKey::TargetDate,
        SettingKey::AnswersPerDay,
        SettingKey::Mix,
        SettingKey::ExtraTime,
        SettingKey::FirstPack,
        SettingKey::Role,
        SettingKey::Issuer,
        SettingKey::Retention,
        SettingKey::NewPerDay,
        SettingKey::Goal,
        SettingKey::DaysOff,
        SettingKey::Gamification,
        SettingKey::Color,
        SettingKey::Partner,
    ];

    /// The name in the journal and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            SettingKey::Target => "target",
            SettingKey::TargetDate => "target_date",
            SettingKey::AnswersPerDay => "answers_per_day",
            SettingKey::Mix => "mix",
            SettingKey::ExtraTime => "extra_time",
            SettingKey::FirstPack => "first_pack",
            SettingKey::Role => "role",
            SettingKey::Issuer => "issuer",
            SettingKey::Partner => "partner",
            SettingKey::Retention => "retention",
            SettingKey::NewPerDay => "new-per-day",
            SettingKey::Goal => "goal",
            SettingKey::DaysOff => "days-off",
            SettingKey::Gamification => "gamification",
            SettingKey::Color => "color",
        }
    }

    /// The values that it accepts, in words.
    pub fn values(self) -> &'static str {
        match self {
            SettingKey::Target => {
                "the credential you are preparing for, pack/ID for a pack of your own, or none"
            }
            SettingKey::TargetDate => "the day of its exam, such as 2027-03-14, or none",
            SettingKey::AnswersPerDay => "1 to 1000 answers, or none for what you usually do",
            SettingKey::Mix => "0 to 0.2: the share of each day that goes to other packs than the target's",
            SettingKey::ExtraTime => "0 to 400: extra time in mock exams, in percent",
            SettingKey::FirstPack => "the pack that comes first while you have no target, or none",
            SettingKey::Role => "a role of the catalog, or none",
            SettingKey::Issuer => "a catalog, or none for the first",
            SettingKey::Partner => "yes or no: whether you work for a partner of the issuer; or none",
            SettingKey::Retention => "0.8 to 0.97",
            SettingKey::NewPerDay => "0 to 1000",
            SettingKey::Goal => "a number of answers or minutes a day, such as 20 or \"15 minutes\", or none",
            SettingKey::DaysOff => "weekdays such as sat,sun, or none; at least one day stays",
            SettingKey::Gamification => "on or off: streak, levels and awards",
            SettingKey::Color => "auto, always or never",
        }
    }

    /// The setting with a name or a common synonym; `None` if there is none.
    pub fn named(name: &str) -> Option<SettingKey> {
        match name.to_lowercase().replace('_', "-").as_str() {
            "target" => Some(SettingKey::Target),
            "target-date" => Some(SettingKey::TargetDate),
            "answers-per-day" => Some(SettingKey::AnswersPerDay),
            "mix" => Some(SettingKey::Mix),
            "extra-time" => Some(SettingKey::ExtraTime),
            "first-pack" => Some(SettingKey::FirstPack),
            "role" => Some(SettingKey::Role),
            "issuer" | "catalog" => Some(SettingKey::Issuer),
            "partner" => Some(SettingKey::Partner),
            "retention" | "desired-retention" => Some(SettingKey::Retention),
            "new-per-day" | "new" | "new-a-day" => Some(SettingKey::NewPerDay),
            "goal" | "daily-goal" => Some(SettingKey::Goal),
            "days-off" | "rest-days" => Some(SettingKey::DaysOff),
            "gamification" => Some(SettingKey::Gamification),
            "color" | "colour" => Some(SettingKey::Color),
            _ => None,
        }
    }
}

/// The value cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidSetting {
    /// Which setting.
    pub key: SettingKey,
    /// What was given.
    pub value: String,
}

impl fmt::Display for InvalidSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be \"{}\": it is {}", self.key.name(), self.value, self.key.values())
    }
}

impl Settings {
    /// The settings after all events; invalid values are ignored.
    pub fn of(events: &[Event]) -> Settings {
        let mut settings = Settings::default();
        for event in events {
            let Deed::Set { key, value } = &event.deed else { continue };
            if let Some(pack) = pack_of_off_key(key) {
                settings.switch_pack(pack, &text_of(value));
            } else if let Some(key) = SettingKey::named(key) {
                // A newer version may know values that this one does not.
                let _ = settings.apply(key, &text_of(value));
                settings.set.push(key);
                if matches!(key, SettingKey::Goal | SettingKey::DaysOff) {
                    settings.rules.push((event.day(), settings.rule()));
                }
            }
        }
        settings
    }

    /// Switches a pack off (yes) or on (no); other values change nothing.
    fn switch_pack(&mut self, pack: &str, is_off: &str) {
        match yes_or_no(is_off) {
            Some(true) => drop(self.packs_off.insert(pack.to_owned())),
            Some(false) => drop(self.packs_off.remove(pack)),
            None => {}
        }
    }

    /// Whether a setting was ever set, to any value: the learner need not be asked again.
    pub fn was_set(&self, key: SettingKey) -> bool {
        self.set.contains(&key)
    }

    fn rule(&self) -> Rule {
        Rule { goal: self.goal, days_off: self.days_off }
    }

    /// The rule of a day: a goal applies from the day on which it was set, not before.
    pub fn rule_on(&self, day: NaiveDate) -> Rule {
        let holds = self.rules.iter().rev().find(|(from, _)| *from <= day);
        holds.map_or_else(Rule::default, |(_, rule)| *rule)
    }

    /// Sets one value, as a person writes it.
    ///
    /// # Errors
    ///
    /// The setting and the value if the setting does not accept it.
    pub fn apply(&mut self, key: SettingKey, value: &str) -> Result<(), InvalidSetting> {
        let value = value.trim();
        let unfit = || InvalidSetting { key, value: value.to_owned() };
        match key {
            SettingKey::Target => self.target = Target::named(value),
            SettingKey::TargetDate => {
                self.target_date = unless_none(value, |v| v.parse().ok()).ok_or_else(unfit)?
            }
            SettingKey::AnswersPerDay => {
                let number = |v: &str| v.parse().ok().filter(|n| (1..=MAX_PER_DAY).contains(n));
                self.answers_per_day = unless_none(value, number).ok_or_else(unfit)?;
            }
            SettingKey::Mix => self.mix = mix(value).ok_or_else(unfit)?,
            SettingKey::ExtraTime => {
                let percent = value.trim_end_matches('%').trim().parse().ok();
                self.extra_time = percent.filter(|n| *n <= MAX_EXTRA_TIME).ok_or_else(unfit)?;
            }
            SettingKey::FirstPack => self.first_pack = named(value),
            SettingKey::Role => self.role = named(value),
            SettingKey::Issuer => self.issuer = named(value),
            SettingKey::Partner => {
                self.partner = match yes_or_no(value) {
                    Some(true) => Partnership::Partner,
                    Some(false) => Partnership::NotPartner,
                    None if value.eq_ignore_ascii_case("none") => Partnership::LeftOpen,
                    None => return Err(unfit()),
                }
            }
            SettingKey::Retention => self.retention = retention(value).ok_or_else(unfit)?,
            SettingKey::NewPerDay => {
                let number = value.parse().ok().filter(|n| *n <= MAX_PER_DAY);
                self.new_per_day = number.ok_or_else(unfit)?;
            }
            SettingKey::Goal => self.goal = goal(value).ok_or_else(unfit)?,
            SettingKey::DaysOff => self.days_off = days_off(value).ok_or_else(unfit)?,
            SettingKey::Gamification => {
                self.gamification = yes_or_no(value).ok_or_else(unfit)?;
            }
            SettingKey::Color => {
                self.color = match value {
                    "auto" => Color::Auto,
                    "always" => Color::Always,
                    "never" => Color::Never,
                    _ => return Err(unfit()),
                }
            }
        }
        Ok(())
    }

    /// A setting as a person would write it.
    pub fn show(&self, key: SettingKey) -> String {
        let or_none = |shown: Option<String>| shown.unwrap_or_else(|| NONE.to_owned());
        match key {
            SettingKey::Target => or_none(self.target.as_ref().map(Target::to_string)),
            SettingKey::TargetDate => or_none(self.target_date.map(|day| day.to_string())),
            SettingKey::AnswersPerDay => or_none(self.answers_per_day.map(|number| number.to_string())),
            SettingKey::Mix => self.mix.to_string(),
            SettingKey::ExtraTime => self.extra_time.to_string(),
            SettingKey::FirstPack => or_none(self.first_pack.clone()),
            SettingKey::Role => or_none(self.role.clone()),
            SettingKey::Issuer => or_none(self.issuer.clone()),
            SettingKey::Partner => match self.partner.is_partner() {
                Some(true) => "yes",
                Some(false) => "no",
                None => "none",
            }
            .to_owned(),
            SettingKey::Retention => self.retention.to_string(),
            SettingKey::NewPerDay => self.new_per_day.to_string(),
            SettingKey::Goal => or_none(self.goal.map(|goal| goal.to_string())),
            SettingKey::DaysOff => self.days_off.to_string(),
            SettingKey::Gamification => if self.gamification { "on" } else { "off" }.to_owned(),
            SettingKey::Color => match self.color {
                Color::Auto => "auto",
                Color::Always => "always",
                Color::Never => "never",
            }
            .to_owned(),
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, one) = match self {
            Goal::Answers(number) => (number, "answer"),
            Goal::Minutes(number) => (number, "minute"),
        };
        write!(f, "{number} {one}{}", if *number == 1 { "" } else { "s" })
    }
}

impl fmt::Display for DaysOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = WEEKDAYS.iter().zip(self.0).filter(|(_, off)| *off).map(|(n, _)| *n).collect();
        f.write_str(&if names.is_empty() { "none".to_owned() } else { names.join(",") })
    }
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// `20`, `20 answers`, `15 minutes`, `15m` or `none`.
fn goal(value: &str) -> Option<Option<Goal>> {
    let lower = value.to_lowercase();
    if ["none", "off", "0"].contains(&lower.as_str()) {
        return Some(None);
    }
    let end = lower.find(|c: char| !c.is_ascii_digit()).unwrap_or(lower.len());
    let number: u32 = lower[..end].parse().ok().filter(|n| *n >= 1)?;
    match lower[end..].trim() {
        "" | "answer" | "answers" | "questions" => {
            (number <= MAX_PER_DAY).then_some(Some(Goal::Answers(number)))
        }
        "m" | "min" | "minute" | "minutes" => (number <= MAX_MINUTES).then_some(Some(Goal::Minutes(number))),
        _ => None,
    }
}

/// `sat,sun`, `Saturday and Sunday` or `none`; never all seven.
fn days_off(value: &str) -> Option<DaysOff> {
    let lower = value.to_lowercase();
    if lower == "none" {
        return Some(DaysOff::default());
    }
    let mut off = [false; 7];
    for word in lower.split([',', ' ', ';']).filter(|word| !word.is_empty() && *word != "and") {
        let place =
            WEEKDAYS.iter().position(|day| word.starts_with(day) && word.parse::<Weekday>().is_ok())?;
        off[place] = true;
    }
    (off.contains(&true) && off.contains(&false)).then_some(DaysOff(off))
}

/// What a person writes where nothing should be set.
const NONE: &str = "none";

/// `Some(None)` for "none"; `None` if the value cannot be read.
fn unless_none<T>(value: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if value == NONE { Some(None) } else { read(value).map(Some) }
}

/// `0.1`, `10` and `10 %` are the same.
fn mix(value: &str) -> Option<f64> {
    let number: f64 = value.trim_end_matches('%').trim().replace(',', ".").parse().ok()?;
    let share = if number >= 1.0 { number / 100.0 } else { number };
    (0.0..=MAX_MIX).contains(&share).then_some(share)
}

/// A name in lower case; `None` if it is empty or "none".
fn named(value: &str) -> Option<String> {
    (!value.is_empty() && value != "none").then(|| value.to_lowercase())
}

/// `0.9`, `90` and `90 %` are the same.
fn retention(value: &str) -> Option<f64> {
    let number: f64 = value.trim_end_matches('%').trim().replace(',', ".").parse().ok()?;
    let share = if number > 1.0 { number / 100.0 } else { number };
    let (low, high) = RETENTION_RANGE;
    (low..=high).contains(&share).then_some(share)
}

fn text_of(value: &Value) -> String {
    if value.is_null() {
        return NONE.to_owned();
    }
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::{Map, json};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn values_outside_their_range_are_refused() {
        let mut settings = Settings::default();
        for (key, value, fits) in [
            (SettingKey::Retention, "0.8", true),
            (SettingKey::Retention, "97 %", true),
            (SettingKey::Retention, "0.79", false),
            (SettingKey::Retention, "NaN", false),
            (SettingKey::NewPerDay, "0", true),
            (SettingKey::NewPerDay, "-1", false),
            (SettingKey::Goal, "20", true),
            (SettingKey::Goal, "15 minutes", true),
            (SettingKey::Goal, "none", true),
            (SettingKey::Goal, "1441 minutes", false),
            (SettingKey::Goal, "much", false),
            (SettingKey::DaysOff, "sat,sun", true),
            (SettingKey::DaysOff, "Sunday and Monday", true),
            (SettingKey::DaysOff, "mon,tue,wed,thu,fri,sat,sun", false),
            (SettingKey::DaysOff, "sunny", false),
            (SettingKey::Gamification, "off", true),
            (SettingKey::Gamification, "maybe", false),
            (SettingKey::Partner, "no", true),
            (SettingKey::Partner, "perhaps", false),
            (SettingKey::Color, "never", true),
            (SettingKey::Color, "pink", false),
            (SettingKey::Role, "Developer", true),
            (SettingKey::TargetDate, "2027-03-14", true),
            (SettingKey::TargetDate, "soon", false),
            (SettingKey::AnswersPerDay, "0", false),
            (SettingKey::AnswersPerDay, "none", true),
            (SettingKey::ExtraTime, "30", true),
            (SettingKey::ExtraTime, "30 %", true),
            (SettingKey::ExtraTime, "401", false),
            (SettingKey::Mix, "0.21", false),
            (SettingKey::Mix, "10 %", true),
        ] {
            assert_eq!(settings.apply(key, value).is_ok(), fits, "{key:?} {value}");
        }
        assert_eq!(settings.role.as_deref(), Some("developer"));
        assert_eq!(settings.retention, 0.97);
    }

    #[test]
    fn the_last_word_on_a_pack_decides_whether_it_is_off() {
        let set = |key: &str, value: Value| Event {
            id: Uuid::nil(),
            at: DateTime::parse_from_rfc3339("2026-11-23T10:00:00+01:00").unwrap(),
            device: "d".into(),
            deed: Deed::Set { key: key.into(), value },
            extra: Map::new(),
        };
        let off = |events: &[Event]| Settings::of(events).packs_off.into_iter().collect::<Vec<_>>();
        let mut events = vec![set("off/north", json!("yes")), set("off/south", json!(true))];
        assert_eq!(off(&events), ["north", "south"]);
        events.extend([set("off/north", json!("no")), set("off/south", json!("perhaps"))]);
        assert_eq!(off(&events), ["south"], "a value of another version changes nothing");
    }

    #[test]
    fn to_leave_it_open_whether_one_is_a_partner_is_an_answer_too() {
        let mut settings = Settings::default();
        assert_eq!(settings.partner, Partnership::NotAsked);
        for (value, partnership, is_partner) in [
            ("none", Partnership::LeftOpen, None),
            ("yes", Partnership::Partner, Some(true)),
            ("no", Partnership::NotPartner, Some(false)),
        ] {
            settings.apply(SettingKey::Partner, value).unwrap();
            assert_eq!((settings.partner, settings.partner.is_partner()), (partnership, is_partner));
            assert_eq!(settings.show(SettingKey::Partner), value);
        }
    }
}
