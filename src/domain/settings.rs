//! What the learner has set: role, retention, pace, colour.

use std::fmt;

use serde_json::Value;

use super::journal::{Deed, Event};

/// The least and the greatest desired retention.
pub const RETENTION_RANGE: (f64, f64) = (0.8, 0.97);
/// As many new questions a day as anybody can want.
const MOST_NEW_A_DAY: u32 = 1000;

#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub role: Option<String>,
    /// The catalog whose path is followed; none: the first.
    pub issuer: Option<String>,
    /// Chance of recall at which a question comes back, 0.8 to 0.97.
    pub retention: f64,
    pub new_per_day: u32,
    pub color: Color,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { role: None, issuer: None, retention: 0.9, new_per_day: 10, color: Color::Auto }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// Something that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Role,
    Issuer,
    Retention,
    NewPerDay,
    Color,
}

impl Key {
    pub const ALL: [Key; 5] = [Key::Role, Key::Issuer, Key::Retention, Key::NewPerDay, Key::Color];

    pub fn name(self) -> &'static str {
        match self {
            Key::Role => "role",
            Key::Issuer => "issuer",
            Key::Retention => "retention",
            Key::NewPerDay => "new-per-day",
            Key::Color => "color",
        }
    }

    /// What may be set, in words.
    pub fn values(self) -> &'static str {
        match self {
            Key::Role => "a role of the catalog, or none",
            Key::Issuer => "a catalog, or none for the first",
            Key::Retention => "0.8 to 0.97",
            Key::NewPerDay => "0 to 1000",
            Key::Color => "auto, always or never",
        }
    }

    /// The key by its name or by what people also call it.
    pub fn named(name: &str) -> Option<Key> {
        match name.to_lowercase().replace('_', "-").as_str() {
            "role" => Some(Key::Role),
            "issuer" | "catalog" => Some(Key::Issuer),
            "retention" | "desired-retention" => Some(Key::Retention),
            "new-per-day" | "new" | "new-a-day" => Some(Key::NewPerDay),
            "color" | "colour" => Some(Key::Color),
            _ => None,
        }
    }
}

/// The value cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    pub key: Key,
    pub value: String,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be \"{}\": it is {}", self.key.name(), self.value, self.key.values())
    }
}

impl Settings {
    /// The settings after all events; a value that does not fit is passed over.
    pub fn of(events: &[Event]) -> Settings {
        let mut settings = Settings::default();
        for event in events {
            if let Deed::Set { key, value } = &event.deed
                && let Some(key) = Key::named(key)
            {
                // A newer version may know values that this one does not.
                let _ = settings.apply(key, &text_of(value));
            }
        }
        settings
    }

    /// Sets one value, as a person writes it.
    pub fn apply(&mut self, key: Key, value: &str) -> Result<(), Unfit> {
        let value = value.trim();
        let unfit = || Unfit { key, value: value.to_owned() };
        match key {
            Key::Role => self.role = named(value),
            Key::Issuer => self.issuer = named(value),
            Key::Retention => self.retention = retention(value).ok_or_else(unfit)?,
            Key::NewPerDay => {
                let number = value.parse().ok().filter(|n| *n <= MOST_NEW_A_DAY);
                self.new_per_day = number.ok_or_else(unfit)?;
            }
            Key::Color => {
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
    pub fn show(&self, key: Key) -> String {
        match key {
            Key::Role => self.role.clone().unwrap_or_else(|| "none".to_owned()),
            Key::Issuer => self.issuer.clone().unwrap_or_else(|| "none".to_owned()),
            Key::Retention => self.retention.to_string(),
            Key::NewPerDay => self.new_per_day.to_string(),
            Key::Color => match self.color {
                Color::Auto => "auto",
                Color::Always => "always",
                Color::Never => "never",
            }
            .to_owned(),
        }
    }
}

/// A name, or none where it says so.
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
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_outside_their_range_are_refused() {
        let mut settings = Settings::default();
        for (key, value, fits) in [
            (Key::Retention, "0.8", true),
            (Key::Retention, "97 %", true),
            (Key::Retention, "0.79", false),
            (Key::Retention, "NaN", false),
            (Key::NewPerDay, "0", true),
            (Key::NewPerDay, "-1", false),
            (Key::Color, "never", true),
            (Key::Color, "pink", false),
            (Key::Role, "Developer", true),
        ] {
            assert_eq!(settings.apply(key, value).is_ok(), fits, "{key:?} {value}");
        }
        assert_eq!(settings.role.as_deref(), Some("developer"));
        assert_eq!(settings.retention, 0.97);
    }
}
