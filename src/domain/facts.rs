//! The questions that a catalog asks by itself, from its facts and for a day.
//!
//! Ids are `facts/kind/subject`. A fact is asked while it is verified; a key that the calendar changes
//! (retired, renamed, one more in a tier) is a new id that names the old one in `replaces`. Wrong
//! choices are siblings from the same catalog, drawn afresh each time.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::catalog::{Catalog, Credential, CredentialId, Fee, Needs, Pool, Step, Tier, Validity};
use super::period::{Offer, months_later};
use super::question::{Kind, Pack, Question, QuestionId, Teaches, Topic};

/// The id of the virtual pack.
pub const PACK: &str = "facts";
/// How many choices a drawn question shows.
const SHOWN: usize = 4;
/// A fact that was last read so long ago is no longer asked.
const VERIFIED_FOR_MONTHS: u32 = 36;

/// The virtual pack of all catalogs on a day.
pub fn pack(catalogs: &[Catalog], today: NaiveDate) -> Pack {
    let questions: Vec<Question> =
        catalogs.iter().flat_map(|catalog| Asker { catalog, today }.questions()).collect();
    let named = [
        ("tiers", "Catalog: tiers"),
        ("costs", "Catalog: fees"),
        ("proctoring", "Catalog: proctoring"),
        ("expiry", "Catalog: validity"),
        ("offer", "Catalog: on offer"),
        ("path", "Catalog: the path"),
    ];
    let topics = named
        .into_iter()
        .filter(|(id, _)| questions.iter().any(|q| q.topic == *id))
        .map(|(id, name)| Topic { id: id.to_owned(), name: name.to_owned(), weight: None })
        .collect();
    Pack {
        id: PACK.to_owned(),
        title: "What the catalogs say".to_owned(),
        description: "Asked by the catalogs themselves: tiers, fees, validity, what is on offer.".to_owned(),
        licence: None,
        source: None,
        teaches: Teaches::About,
        credentials: Vec::new(),
        topics,
        facts: Vec::new(),
        questions,
    }
}

struct Asker<'a> {
    catalog: &'a Catalog,
    today: NaiveDate,
}

/// What all drawn questions have to say of themselves.
struct Draft<'a> {
    id: String,
    topic: &'static str,
    credentials: Vec<CredentialId>,
    stem: String,
    kind: Kind,
    rationale: String,
    origin: Option<(&'a Credential, &'static str)>,
    replaces: Vec<String>,
}

impl Draft<'_> {
    fn question(self, catalog: &Catalog) -> Question {
        let origin = self.origin.and_then(|(credential, fact)| match fact {
            "offered" => Some((credential.offered.checked, credential.offered.source.clone())),
            fact => credential.origin(fact).map(|o| (o.checked, o.source.clone())),
        });
        let (checked, source) = origin.unwrap_or((None, None));
        Question {
            id: QuestionId::new(format!("{PACK}/{}", self.id)),
            topic: self.topic.to_owned(),
            credentials: self.credentials,
            facts: Vec::new(),
            stem: self.stem,
            kind: self.kind,
            hint: None,
            rationale: Some(self.rationale),
            source: source.or_else(|| Some(format!("The catalog of {}", catalog.issuer))),
            checked,
            was: Vec::new(),
            replaces: self.replaces.into_iter().map(|id| QuestionId::new(format!("{PACK}/{id}"))).collect(),
        }
    }
}

impl<'a> Asker<'a> {
    fn questions(&self) -> Vec<Question> {
        let credentials = self.catalog.credentials.iter().flat_map(|c| self.of_credential(c));
        let tiers = self.catalog.tiers.iter().flat_map(|t| self.of_tier(t));
        let steps = self.catalog.path.windows(2).map(|pair| self.next_step(&pair[0], &pair[1]));
        let drafts = credentials.chain(tiers).chain(steps);
        drafts.map(|draft| draft.question(self.catalog)).collect()
    }

    fn of_credential(&self, credential: &'a Credential) -> Vec<Draft<'a>> {
        match credential.offer(self.today) {
            Offer::Announced => Vec::new(),
            Offer::Unverified => self.tier(credential).into_iter().collect(),
            Offer::Retired => {
                [self.tier(credential), Some(self.retired(credential)), self.successor(credential)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Offer::OnOffer => [
                self.tier(credential),
                self.fee(credential),
                self.proctored(credential),
                self.validity(credential),
                self.renewed_by(credential),
                Some(self.offered(credential)),
            ]
            .into_iter()
            .flatten()
            .collect(),
        }
    }

    fn of_tier(&self, tier: &'a Tier) -> Vec<Draft<'a>> {
        [self.family(tier), self.which_is(tier), self.which_is_not(tier), self.how_many(tier)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Whether a fact was read within the last three years.
    fn is_verified(&self, credential: &Credential, fact: &str) -> bool {
        let checked = credential.origin(fact).and_then(|o| o.checked);
        checked.is_some_and(|day| self.today <= months_later(day, VERIFIED_FOR_MONTHS))
    }

    fn on_offer(&self) -> impl Iterator<Item = &'a Credential> {
        let today = self.today;
        self.catalog.credentials.iter().filter(move |c| c.offer(today) == Offer::OnOffer)
    }

    fn tier(&self, credential: &'a Credential) -> Option<Draft<'a>> {
        let tier = self.catalog.tier(&credential.tier)?;
        let wrong: Vec<String> =
            self.catalog.tiers.iter().filter(|t| t.id != tier.id).map(|t| t.name.clone()).collect();
        if wrong.is_empty() {
            return None;
        }
        Some(Draft {
            id: format!("tier/{}", credential.id),
            topic: "tiers",
            credentials: vec![credential.id.clone()],
            stem: format!("Which tier does {} belong to?", self.riddle(credential)),
            kind: drawn(vec![tier.name.clone()], wrong),
            rationale: format!("{} is {}.\n{}", credential.name, self.one_of_tier(tier), self.examples(tier)),
            origin: Some((credential, "offered")),
            replaces: Vec::new(),
        })
    }

    /// A credential's name without the tier's, which would give it away; the exam code tells apart
    /// two credentials that then have the same name.
    fn riddle(&self, credential: &Credential) -> String {
        let bare = self.bare_name(credential);
        let same = |c: &&Credential| self.bare_name(c) == bare;
        if self.catalog.credentials.iter().filter(same).count() < 2 {
            return bare;
        }
        format!("{bare} ({})", credential.code.as_deref().unwrap_or(&credential.short))
    }

    fn bare_name(&self, credential: &Credential) -> String {
        let tier = self.catalog.tier(&credential.tier).map_or("", |t| t.name.as_str());
        let bare = credential.name.strip_suffix(tier).unwrap_or(&credential.name);
        bare.trim_end_matches([' ', '-', ':', '–']).to_owned()
    }

    /// "an Associate certification", or "an accreditation" where tier and family share a name.
    fn one_of_tier(&self, tier: &Tier) -> String {
        let family = self.catalog.family_of(tier).map_or("credential", |f| f.name.as_str());
        if tier.name.eq_ignore_ascii_case(family) {
            format!("{} {family}", article(family))
        } else {
            format!("{} {} {family}", article(&tier.name), tier.name)
        }
    }

    /// What the other tiers hold, so that a wrong choice is right for something.
    fn examples(&self, but: &Tier) -> String {
        let example = |tier: &Tier| {
            let first = self.catalog.in_tier(&tier.id).find(|c| c.offer(self.today) == Offer::OnOffer)?;
            Some(format!("{}: {}", tier.name, first.name))
        };
        let others = self.catalog.tiers.iter().filter(|t| t.id != but.id).filter_map(example);
        let listed: Vec<String> = others.collect();
        if listed.is_empty() { String::new() } else { format!("{}.", listed.join("; ")) }
    }

    fn fee(&self, credential: &'a Credential) -> Option<Draft<'a>> {
        let fee = credential.fee.filter(|_| self.is_verified(credential, "fee"))?;
        let mut others: Vec<Fee> = self.on_offer().filter_map(|c| c.fee).filter(|f| *f != fee).collect();
        others.sort_by_key(|f| f.amount);
        others.dedup();
        let wrong: Vec<String> = others.iter().map(Fee::to_string).collect();
        let meanings: Vec<String> = others.iter().filter_map(|f| self.who_costs(*f)).collect();
        (!wrong.is_empty()).then(|| Draft {
            id: format!("fee/{}", credential.id),
            topic: "costs",
            credentials: vec![credential.id.clone()],
            stem: format!("What does {} cost?", credential.name),
            kind: drawn(vec![fee.to_string()], wrong),
            rationale: format!("{}: {fee}. {}", credential.name, meanings.join(" ")),
            origin: Some((credential, "fee")),
            replaces: Vec::new(),
        })
    }

    /// "USD 150: Associate."
    fn who_costs(&self, fee: Fee) -> Option<String> {
        let costs = |tier: &&Tier| self.on_offer().any(|c| c.tier == tier.id && c.fee == Some(fee));
        let tiers: Vec<&str> = self.catalog.tiers.iter().filter(costs).map(|t| t.name.as_str()).collect();
        (!tiers.is_empty()).then(|| format!("{fee}: {}.", tiers.join(", ")))
    }

    fn proctored(&self, credential: &'a Credential) -> Option<Draft<'a>> {
        let proctored = credential.proctored.filter(|_| self.is_verified(credential, "proctored"))?;
        let how = if proctored {
            "is a proctored exam: somebody watches, in a test centre or on line"
        } else {
            "is taken without a proctor"
        };
        Some(Draft {
            id: format!("proctored/{}", credential.id),
            topic: "proctoring",
            credentials: vec![credential.id.clone()],
            stem: format!("{} is taken under the eyes of a proctor.", credential.name),
            kind: Kind::TrueFalse { key: proctored },
            rationale: format!("{} {how}.", credential.name),
            origin: Some((credential, "proctored")),
            replaces: Vec::new(),
        })
    }

    fn validity(&self, credential: &'a Credential) -> Option<Draft<'a>> {
        let validity = credential.validity.as_ref().filter(|_| self.is_verified(credential, "validity"))?;
        let months = validity.months_on(self.today);
        let (stem, kind, rationale) = match months {
            Some(months) => {
                let (value, unit) =
                    if months % 12 == 0 { (months / 12, "years") } else { (months, "months") };
                (
                    format!("You pass {} today. For how many {unit} is it valid?", credential.name),
                    Kind::Number { value: f64::from(value), unit: unit.to_owned(), tolerance: 0.0 },
                    format!(
                        "It is valid for {value} {unit} from the day of the pass; then it has to be renewed."
                    ),
                )
            }
            None if *validity == Validity::Never => (
                format!("{} stays valid for ever.", credential.name),
                Kind::TrueFalse { key: true },
                "It does not expire: once passed it needs no renewal.".to_owned(),
            ),
            None => return None,
        };
        Some(Draft {
            id: format!("validity/{}", credential.id),
            topic: "expiry",
            credentials: vec![credential.id.clone()],
            stem,
            kind,
            rationale,
            origin: Some((credential, "validity")),
            replaces: Vec::new(),
        })
    }

    fn renewed_by(&self, credential: &'a Credential) -> Option<Draft<'a>> {
        let ways = credential.renewed_by.as_ref().filter(|_| self.is_verified(credential, "renewed_by"))?;
        let renews = |c: &Credential| {
            ways.iter().any(|w| w.credential == c.id && w.from.is_none_or(|f| f <= self.today))
        };
        let others = || self.on_offer().filter(|c| c.id != credential.id);
        let right: Vec<String> = others().filter(|c| renews(c)).map(|c| c.name.clone()).collect();
        let wrong: Vec<String> = others().filter(|c| !renews(c)).map(|c| c.name.clone()).collect();
        (!right.is_empty() && wrong.len() >= 2).then(|| Draft {
            id: format!("renewed-by/{}", credential.id),
            topic: "expiry",
            credentials: vec![credential.id.clone()],
            stem: format!("Which of these, when passed, also renews a valid {}?", credential.name),
            rationale: format!(
                "Besides its own exam it is renewed by {}. The others do not count for it.",
                and(&right)
            ),
            kind: drawn(right, wrong),
            origin: Some((credential, "renewed_by")),
            replaces: Vec::new(),
        })
    }

    fn can_be_earned(&self, credential: &Credential) -> String {
        format!("{} can still be earned.", credential.name)
    }

    fn offered(&self, credential: &'a Credential) -> Draft<'a> {
        let until = credential.offered.last_sure();
        let rationale = match until {
            Some(day) => format!("It is on offer, but not for ever: its last day is {day}."),
            None => "It is on offer; no last day has been announced.".to_owned(),
        };
        Draft {
            id: format!("offered/{}", credential.id),
            topic: "offer",
            credentials: vec![credential.id.clone()],
            stem: self.can_be_earned(credential),
            kind: Kind::TrueFalse { key: true },
            rationale,
            origin: Some((credential, "offered")),
            replaces: Vec::new(),
        }
    }

    fn retired(&self, credential: &'a Credential) -> Draft<'a> {
        let ended = match credential.offered.until {
            Some(super::period::Moment::At(date)) => format!("It ended: {date} was the last of it."),
            _ => "It is no longer on offer.".to_owned(),
        };
        let heirs = credential.successor.iter().chain(&credential.followed_by);
        let heirs: Vec<String> =
            heirs.filter_map(|id| self.catalog.credential(id)).map(|c| c.name.clone()).collect();
        let heirs =
            if heirs.is_empty() { String::new() } else { format!(" What came after: {}.", and(&heirs)) };
        Draft {
            id: format!("retired/{}", credential.id),
            topic: "offer",
            credentials: vec![credential.id.clone()],
            stem: self.can_be_earned(credential),
            kind: Kind::TrueFalse { key: false },
            rationale: format!("{ended}{heirs}"),
            origin: Some((credential, "offered")),
            replaces: vec![format!("offered/{}", credential.id)],
        }
    }

    fn successor(&self, credential: &'a Credential) -> Option<Draft<'a>> {
        let heir = self.catalog.credential(credential.successor.as_ref()?)?;
        let siblings = self.catalog.in_tier(&credential.tier);
        let wrong: Vec<String> =
            siblings.filter(|c| c.id != heir.id && c.id != credential.id).map(|c| c.name.clone()).collect();
        (heir.offer(self.today) != Offer::Announced && wrong.len() >= 2).then(|| Draft {
            id: format!("successor/{}", credential.id),
            topic: "offer",
            credentials: vec![credential.id.clone(), heir.id.clone()],
            stem: format!("{} got a new name. Which?", credential.name),
            kind: drawn(vec![heir.name.clone()], wrong),
            rationale: format!(
                "{} goes on as {}; the old one still counts while it is valid.",
                credential.name, heir.name
            ),
            origin: Some((credential, "offered")),
            replaces: Vec::new(),
        })
    }

    /// A tier's name over all catalogs.
    fn subject(&self, tier: &Tier) -> String {
        format!("{}-{}", self.catalog.id, tier.id)
    }

    fn how_many_id(&self, tier: &Tier, count: usize) -> String {
        format!("how-many/{}-{count}", self.subject(tier))
    }

    fn in_tier(&self, tier: &Tier) -> Vec<&'a Credential> {
        self.on_offer().filter(|c| c.tier == tier.id).collect()
    }

    fn ids(credentials: &[&Credential]) -> Vec<CredentialId> {
        credentials.iter().map(|c| c.id.clone()).collect()
    }

    fn family(&self, tier: &'a Tier) -> Option<Draft<'a>> {
        let family = self.catalog.family_of(tier)?;
        let wrong: Vec<String> =
            self.catalog.families.iter().filter(|f| f.id != family.id).map(|f| f.name.clone()).collect();
        let members = self.in_tier(tier);
        let member = *members.first()?;
        if wrong.is_empty() || tier.name.eq_ignore_ascii_case(&family.name) {
            return None;
        }
        Some(Draft {
            id: format!("family/{}", self.subject(tier)),
            topic: "tiers",
            credentials: Self::ids(&members),
            stem: format!("In the {} tier of {}: what does one earn?", tier.name, self.catalog.short),
            kind: drawn(vec![with_article(&family.name)], wrong.iter().map(|w| with_article(w)).collect()),
            rationale: format!(
                "Each credential of that tier is {}, such as {}.",
                self.one_of_tier(tier),
                member.name
            ),
            origin: Some((member, "offered")),
            replaces: Vec::new(),
        })
    }

    /// Names that do not say their tier.
    fn telling_nothing(&self, credentials: &[&'a Credential]) -> Vec<String> {
        let unique = |c: &&&Credential| self.riddle(c) == self.bare_name(c);
        credentials.iter().filter(unique).map(|c| self.bare_name(c)).collect()
    }

    fn which_is(&self, tier: &'a Tier) -> Option<Draft<'a>> {
        let members = self.in_tier(tier);
        let others: Vec<&Credential> = self.on_offer().filter(|c| c.tier != tier.id).collect();
        let (right, wrong) = (self.telling_nothing(&members), self.telling_nothing(&others));
        (!right.is_empty() && wrong.len() >= SHOWN - 1).then(|| Draft {
            id: format!("which-is/{}", self.subject(tier)),
            topic: "tiers",
            credentials: Self::ids(&members),
            stem: format!("Which of these is {}?", self.one_of_tier(tier)),
            rationale: format!(
                "{} on offer: {}. The other three belong to other tiers.",
                tier.plural,
                and(&right)
            ),
            kind: drawn(right, wrong),
            origin: members.first().map(|c| (*c, "offered")),
            replaces: Vec::new(),
        })
    }

    fn which_is_not(&self, tier: &'a Tier) -> Option<Draft<'a>> {
        let members = self.in_tier(tier);
        let others: Vec<&Credential> = self.on_offer().filter(|c| c.tier != tier.id).collect();
        let (wrong, right) = (self.telling_nothing(&members), self.telling_nothing(&others));
        (!right.is_empty() && wrong.len() >= SHOWN - 1).then(|| Draft {
            id: format!("which-is-not/{}", self.subject(tier)),
            topic: "tiers",
            credentials: Self::ids(&members),
            stem: format!(
                "Three of these are {}. Which one belongs to another tier?",
                self.many_of_tier(tier)
            ),
            rationale: format!("{} on offer: {}.", tier.plural, and(&wrong)),
            kind: drawn(right, wrong),
            origin: members.first().map(|c| (*c, "offered")),
            replaces: Vec::new(),
        })
    }

    fn many_of_tier(&self, tier: &Tier) -> String {
        let plural = self.catalog.family_of(tier).map_or("credentials", |f| f.plural.as_str());
        if tier.plural.eq_ignore_ascii_case(plural) {
            plural.to_owned()
        } else {
            format!("{} {plural}", tier.name)
        }
    }

    /// How many a tier has, where no doubtful one clouds the count.
    fn count(&self, tier: &Tier, day: NaiveDate) -> Option<usize> {
        let members = || self.catalog.in_tier(&tier.id).map(|c| c.offer(day));
        let clear = !members().any(|offer| offer == Offer::Unverified);
        clear.then(|| members().filter(|offer| *offer == Offer::OnOffer).count())
    }

    fn how_many(&self, tier: &'a Tier) -> Option<Draft<'a>> {
        let count = self.count(tier, self.today).filter(|count| *count > 0)?;
        let members = self.in_tier(tier);
        let names: Vec<String> = members.iter().map(|c| self.bare_name(c)).collect();
        Some(Draft {
            id: self.how_many_id(tier, count),
            topic: "tiers",
            credentials: Self::ids(&members),
            stem: format!("How many {} does {} offer?", self.many_of_tier(tier), self.catalog.short),
            kind: Kind::Number { value: count as f64, unit: String::new(), tolerance: 0.0 },
            rationale: format!("{count}: {}.", and(&names)),
            origin: members.iter().max_by_key(|c| c.offered.checked).map(|c| (*c, "offered")),
            replaces: self.earlier_counts(tier, count),
        })
    }

    /// The ids under which other counts were asked on earlier days.
    fn earlier_counts(&self, tier: &Tier, now: usize) -> Vec<String> {
        let turns = self.catalog.in_tier(&tier.id).flat_map(|c| c.offered.turns());
        let counts: BTreeSet<usize> = turns
            .filter(|day| *day <= self.today)
            .filter_map(|day| self.count(tier, day))
            .filter(|count| *count > 0 && *count != now)
            .collect();
        counts.into_iter().map(|count| self.how_many_id(tier, count)).collect()
    }

    fn next_step(&self, step: &'a Step, next: &'a Step) -> Draft<'a> {
        let others = self.catalog.path.iter().filter(|s| s.number != next.number && s.number != step.number);
        let pool: Vec<&Credential> = match &step.from {
            Pool::Tier(tier) => self.on_offer().filter(|c| c.tier == *tier).collect(),
            Pool::Credentials(ids) => ids.iter().filter_map(|id| self.catalog.credential(id)).collect(),
            Pool::Rest => Vec::new(),
        };
        let asks = match step.needs {
            Needs::All => "all of it",
            Needs::AtLeast(_) => "enough of it",
        };
        Draft {
            id: format!("path/{}-step-{}", self.catalog.id, step.number),
            topic: "path",
            credentials: Self::ids(&pool),
            stem: format!(
                "On the recommended path of {}, what comes right after step {}, \"{}\"?",
                self.catalog.short, step.number, step.title
            ),
            kind: drawn(vec![next.title.clone()], others.map(|s| s.title.clone()).collect()),
            rationale: format!(
                "With {asks} done, step {} follows: {}. {}",
                next.number, next.title, next.why
            ),
            origin: None,
            replaces: Vec::new(),
        }
    }
}

fn drawn(right: Vec<String>, wrong: Vec<String>) -> Kind {
    Kind::Drawn { right, wrong, shown: SHOWN }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}

fn with_article(word: &str) -> String {
    format!("{} {word}", article(word))
}

/// "a", "a and b", "a, b and c".
fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests;
