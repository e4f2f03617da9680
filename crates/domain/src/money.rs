//! Fees: amounts of money in a currency.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What an exam costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fee {
    /// How much.
    pub amount: Money,
    /// In which currency.
    pub currency: Currency,
}

/// An amount in hundredths of a currency's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Money(pub i64);

impl Money {
    /// An amount from whole units: 12.5 are 1250 hundredths.
    pub fn from_units(units: f64) -> Money {
        Money((units * 100.0).round() as i64)
    }

    /// The amount in whole units.
    pub fn units(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 % 100 == 0 { write!(f, "{}", self.0 / 100) } else { write!(f, "{:.2}", self.units()) }
    }
}

/// A currency by its three-letter code of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Currency([u8; 3]);

impl Currency {
    /// A currency from three capital letters; `None` if it is something else.
    pub fn new(code: &str) -> Option<Currency> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Currency(bytes))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|&b| write!(f, "{}", b as char))
    }
}

impl fmt::Display for Fee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.amount == Money(0) {
            f.write_str("free")
        } else {
            write!(f, "{} {}", self.currency, self.amount)
        }
    }
}
