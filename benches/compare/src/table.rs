//! One bound as a table: what was measured, and what it must not exceed.

use crate::race::Outcome;

/// What figures count.
#[derive(Debug, Clone, Copy)]
pub enum Unit {
    Seconds,
    Bytes,
}

impl Unit {
    pub fn written(self, figure: f64) -> String {
        match self {
            Unit::Bytes => format!("{:.1} MB", figure / 1e6),
            Unit::Seconds if figure < 1e-3 => format!("{:.0} µs", figure * 1e6),
            Unit::Seconds if figure < 1.0 => format!("{:.2} ms", figure * 1e3),
            Unit::Seconds => format!("{figure:.2} s"),
        }
    }
}

/// An upper bound for a contestant: a multiple of another one, or a number of units.
#[derive(Debug, Clone)]
pub struct Claim {
    pub what: String,
    pub most: f64,
    pub of: Option<String>,
}

impl Claim {
    pub fn times(what: &str, most: f64, of: &str) -> Claim {
        Claim { what: what.to_owned(), most, of: Some(of.to_owned()) }
    }

    pub fn at_most(what: &str, most: f64) -> Claim {
        Claim { what: what.to_owned(), most, of: None }
    }
}

pub struct Table {
    pub title: String,
    pub unit: Unit,
    pub outcomes: Vec<Outcome>,
    pub claims: Vec<Claim>,
}

impl Table {
    /// Why something in it has no figure.
    pub fn gaps(&self) -> impl Iterator<Item = (&str, &str)> {
        self.outcomes.iter().filter_map(|o| Some((o.name.as_str(), o.figures.as_ref().err()?.as_str())))
    }

    /// The table as Markdown: a row a claim, and one for what nothing is claimed of.
    pub fn markdown(&self) -> String {
        let mut text = format!("### {}\n\n", self.title);
        text.push_str("| What | Median | Ratio | Bound | Kept | Rounds |\n");
        text.push_str("| --- | ---: | --- | --- | --- | ---: |\n");
        for outcome in &self.outcomes {
            let claims: Vec<&Claim> = self.claims.iter().filter(|c| c.what == outcome.name).collect();
            if claims.is_empty() {
                text.push_str(&self.row(outcome, None));
            }
            for claim in claims {
                text.push_str(&self.row(outcome, Some(claim)));
            }
        }
        text
    }

    fn row(&self, outcome: &Outcome, claim: Option<&Claim>) -> String {
        let median = outcome.median();
        let rounds = outcome.figures.as_ref().map_or(0, Vec::len);
        let written = median.map_or_else(|| "not measured".to_owned(), |median| self.unit.written(median));
        let (ratio, bound, kept) = match claim {
            None => Default::default(),
            Some(claim) => self.judged(median, claim),
        };
        format!("| {} | {written} | {ratio} | {bound} | {kept} | {rounds} |\n", outcome.name)
    }

    /// Ratio, bound, and whether it was kept.
    fn judged(&self, median: Option<f64>, claim: &Claim) -> (String, String, String) {
        let Some(of) = &claim.of else {
            let kept = median.map(|median| median <= claim.most);
            return (String::new(), format!("at most {}", self.unit.written(claim.most)), said(kept));
        };
        let against = self.outcomes.iter().find(|o| o.name == *of).and_then(Outcome::median);
        let ratio = median.zip(against).map(|(ours, theirs)| ours / theirs);
        let written =
            ratio.map_or_else(String::new, |ratio| format!("{} × {}", significant(ratio), short(of)));
        (written, format!("at most {}", claim.most), said(ratio.map(|ratio| ratio <= claim.most)))
    }
}

fn said(kept: Option<bool>) -> String {
    let word = match kept {
        Some(true) => "yes",
        Some(false) => "**no**",
        None => "not measured",
    };
    word.to_owned()
}

/// A contestant's name without what it does.
fn short(name: &str) -> &str {
    name.split_once(": ").map_or(name, |(short, _)| short)
}

/// Three digits that count, and no more of them than that.
fn significant(ratio: f64) -> String {
    match ratio {
        small if small < 0.1 => format!("{small:.4}"),
        small if small < 10.0 => format!("{small:.2}"),
        large => format!("{large:.0}"),
    }
}
