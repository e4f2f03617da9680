//! Which credential next, and why: a pure function of catalog, record, knowledge, role and day.

mod availability;
mod path;
mod rank;
mod reasons;
mod renewal;

use chrono::NaiveDate;

use super::catalog::{Catalog, Credential, CredentialId, Prerequisite, RenewalWindow, Role, Step, Validity};
use super::catalogs::Catalogs;
use super::mastery::{Mastery, StudyStage};
use super::money::Fee;
use super::overview::Overview;
use super::period::Offer;
use super::record::{Record, Standing};

/// An exam retires soon if at most this many days are left.
pub const MAX_RETIRES_SOON_DAYS: i64 = 180;

/// Days of study before an exam, by our estimate: what retires earlier comes last in its step.
pub const STUDY_DAYS: i64 = 60;

/// A new version of an exam is mentioned if it begins within this many days.
pub const EXAM_CHANGES_WITHIN_DAYS: u64 = 60;

/// Everything that decides the advice.
#[derive(Debug, Clone, Copy)]
pub struct Advisor<'a> {
    /// The catalog whose path is followed.
    pub catalog: &'a Catalog,
    /// All catalogs, for what a pass renews.
    pub catalogs: &'a Catalogs,
    /// What the learner knows.
    pub overview: &'a Overview,
    /// What is held, booked and skipped.
    pub record: &'a Record,
    /// What the learner does; it decides between candidates of one step.
    pub role: Option<&'a Role>,
    /// Whether the learner can earn what only partners of the issuer can; `None` if that was not asked.
    pub is_partner: Option<bool>,
    /// The calendar day.
    pub today: NaiveDate,
}

/// What to do about a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Its exam is booked.
    Sit,
    /// It, or something that its pass renews, is held and expires soon.
    Renew,
    /// It has expired.
    Retake,
    /// Not mastered.
    Study,
    /// Mastered; free and not proctored.
    Take,
    /// Facts about it are mastered, but no installed pack teaches its content.
    Prepare,
    /// Mastered, content included.
    Book,
}

impl Action {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Action::Sit => "sit",
            Action::Renew => "renew",
            Action::Retake => "retake",
            Action::Study => "study",
            Action::Take => "take",
            Action::Prepare => "prepare",
            Action::Book => "book",
        }
    }
}

/// A credential to work on, with what to do about it and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion<'a> {
    /// What is suggested.
    pub credential: &'a Credential,
    /// What to do about it today.
    pub action: Action,
    /// The step for which it counts.
    pub step: Option<u32>,
    /// What the learner knows of it.
    pub mastery: Mastery,
    /// Why it is suggested, the most important first.
    pub reasons: Vec<Reason>,
}

/// Why a credential is suggested, or why it comes second: facts that the screens put into words.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// An exam is booked.
    Booked {
        /// The day of the exam.
        on: NaiveDate,
        /// Days from today, 0 for today.
        days: i64,
    },
    /// It is held and expires within [`EXPIRING_DAYS`](crate::record::EXPIRING_DAYS).
    Expires {
        /// The last valid day.
        on: NaiveDate,
        /// Days from today to the last valid one.
        days_left: i64,
    },
    /// A pass in time renews something else that expires soon.
    RenewsExpiring {
        /// What expires.
        credential: CredentialId,
        /// Its last valid day.
        on: NaiveDate,
        /// Days from today to the last valid one.
        days_left: i64,
        /// Whether its own exam is no longer on offer.
        own_exam_is_gone: bool,
    },
    /// What expires can be renewed without an exam.
    RenewableWithoutExam {
        /// What that is called.
        name: String,
        /// What it costs; `None` if it is not known.
        fee: Option<Fee>,
        /// The first day on which it can be completed; `None`: it has always been possible.
        from: Option<NaiveDate>,
        /// The last day on which it can be completed.
        until: NaiveDate,
    },
    /// It was held and is no longer valid.
    Expired {
        /// The last valid day.
        on: NaiveDate,
    },
    /// It counts for a step of the path.
    Step {
        /// The step's number, from 1.
        number: u32,
        /// The step's title.
        title: String,
        /// How many credentials of the step are held.
        have: usize,
        /// How many it needs.
        needed: usize,
    },
    /// What the learner knows of it.
    Mastery {
        /// Mean retrievability, 0 to 1; `None` if there are no questions.
        mean: Option<f64>,
        /// Questions that are not mastered yet.
        open: usize,
    },
    /// All installed questions are facts about it; none teaches the content of its exam.
    NoContent,
    /// The role prefers it.
    RolePrefers {
        /// The role's name.
        role: String,
    },
    /// The role takes it earlier than the path asks for it.
    RoleFirst {
        /// Why, and whose idea that is, as the catalog says it.
        why: String,
    },
    /// A pass renews others that are held.
    Renews {
        /// What it renews.
        credentials: Vec<CredentialId>,
    },
    /// What it costs.
    Fee {
        /// The fee; `None` if it is not known.
        fee: Option<Fee>,
        /// Whether a proctor watches; `None` if it is not known.
        proctored: Option<bool>,
    },
    /// How long a pass is valid.
    Valid {
        /// `None` if it is not known.
        validity: Option<Validity>,
    },
    /// It is on offer for at most [`MAX_RETIRES_SOON_DAYS`] more days.
    RetiresSoon {
        /// The last day on which it is certainly on offer.
        last_day: NaiveDate,
        /// Days from today to that day.
        days_left: i64,
        /// Whether a failed try leaves time for another; `None` if the wait is not known.
        second_try: Option<bool>,
        /// The last day for a first try that leaves time for another; `None` if it is past, or the wait is not known.
        first_try_by: Option<NaiveDate>,
    },
    /// What a pass of an exam that retires soon would be worth.
    Worth {
        /// Until when a pass on the last day would be valid; `None` if it never expires or that is not known.
        valid_until: Option<NaiveDate>,
        /// Whether something would then renew it, as far as is known.
        is_renewable: bool,
    },
    /// The last try failed, and the next one is not possible yet.
    Failed {
        /// The day of the failed try.
        on: NaiveDate,
        /// The first day of the next one.
        again_from: NaiveDate,
    },
    /// A new version of its exam begins within [`EXAM_CHANGES_WITHIN_DAYS`].
    ExamChanges {
        /// The code of today's version; `None` if it is not known.
        code: Option<String>,
        /// The last day of today's version; `None` if it is not known.
        last_day: Option<NaiveDate>,
        /// The code of the new version.
        next_code: String,
        /// The first day of the new version.
        first_day: NaiveDate,
    },
    /// Its exam is a beta.
    Beta {
        /// The code under which it is booked; `None` if it is not known.
        code: Option<String>,
        /// What it costs; `None` if it is not known.
        fee: Option<Fee>,
        /// Languages in which it is a beta; empty: all.
        languages: Vec<String>,
    },
    /// No recent source confirms that it is on offer.
    Unverified,
    /// Only partners of the issuer can earn it, and whether the learner is one was not asked.
    PartnersOnly,
    /// It requires another credential that is not held.
    PrerequisiteOpen {
        /// The required credential.
        credential: CredentialId,
    },
    /// It is a runner-up.
    Second(RunnerUpReason),
}

impl Reason {
    /// Whether it is a day of this credential: booked, expiring, expired.
    fn is_date(&self) -> bool {
        matches!(self, Reason::Booked { .. } | Reason::Expires { .. } | Reason::Expired { .. })
    }

    /// The same reason, if it says anything else than that `named_already` is renewed.
    fn without_renewal_of(self, named_already: Option<&CredentialId>) -> Option<Reason> {
        match self {
            Reason::Renews { mut credentials } => {
                credentials.retain(|renewed| Some(renewed) != named_already);
                (!credentials.is_empty()).then_some(Reason::Renews { credentials })
            }
            other => Some(other),
        }
    }

    /// The kind of reason, as JSON names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Reason::Booked { .. } => "booked",
            Reason::Expires { .. } => "expires",
            Reason::RenewsExpiring { .. } => "renews_expiring",
            Reason::RenewableWithoutExam { .. } => "without_exam",
            Reason::Expired { .. } => "expired",
            Reason::Step { .. } => "step",
            Reason::Mastery { .. } => "mastery",
            Reason::NoContent => "no_content",
            Reason::RolePrefers { .. } => "role",
            Reason::RoleFirst { .. } => "role_first",
            Reason::Renews { .. } => "renews",
            Reason::Fee { .. } => "fee",
            Reason::Valid { .. } => "validity",
            Reason::RetiresSoon { .. } => "retires_soon",
            Reason::Worth { .. } => "worth",
            Reason::Failed { .. } => "failed",
            Reason::ExamChanges { .. } => "exam_changes",
            Reason::Beta { .. } => "beta",
            Reason::Unverified => "unverified",
            Reason::PartnersOnly => "partners_only",
            Reason::PrerequisiteOpen { .. } => "prerequisite_open",
            Reason::Second(_) => "comes_second",
        }
    }
}

/// What puts a runner-up behind the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunnerUpReason {
    /// The first choice expires soon.
    RenewalFirst,
    /// The exam of the first choice is booked.
    BookedFirst,
    /// The role takes the first choice before the step that it belongs to.
    RoleFirst,
    /// It belongs to a later step.
    LaterStep,
    /// No source confirms that it is on offer.
    Unverified,
    /// Its exam is only a beta.
    OnlyBeta,
    /// Only partners of the issuer can earn it; the first choice is open to everybody.
    PartnersOnly,
    /// A prerequisite is not met.
    Prerequisite,
    /// It retires before it could be studied for.
    RetiresFirst,
    /// The first choice is mastered.
    NotMastered,
    /// The role prefers the first choice.
    RolePrefersFirst,
    /// The first choice is known better.
    LessMastery,
    /// Only the order of the catalog decides.
    LaterInCatalog,
}

/// The state of a step of the path.
#[derive(Debug, Clone, PartialEq)]
pub struct StepState<'a> {
    /// The step of the path.
    pub step: &'a Step,
    /// How many credentials it needs, at most as many as are held or available.
    pub needed: usize,
    /// How many of them are held.
    pub have: usize,
    /// It asks for something, but nothing is held or available.
    pub closed: bool,
    /// Its places, in the catalog's order.
    pub slots: Vec<Slot<'a>>,
}

impl<'a> StepState<'a> {
    /// What could fill its places but is not counted, because nothing confirms that it is on offer.
    pub fn unconfirmed(&self, today: NaiveDate) -> impl Iterator<Item = &'a Credential> {
        let open = self.slots.iter().filter(|slot| slot.held.is_none()).filter_map(|slot| slot.candidate);
        open.filter(move |c| c.offer(today) == Offer::Unverified)
    }

    /// Whether something is still needed.
    pub fn is_open(&self) -> bool {
        self.have < self.needed
    }
}

/// One place of a step: a credential and what it is called today.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot<'a> {
    /// As the step names it.
    pub named: &'a Credential,
    /// What fills it; `None` if nothing held does.
    pub held: Option<&'a Credential>,
    /// What could be earned to fill it: on offer or unverified. `None` if nothing is left.
    pub candidate: Option<&'a Credential>,
}

impl<'a> Slot<'a> {
    /// The credential in this place today: what is held, else what could be earned, else as it is named.
    pub fn current(&self) -> &'a Credential {
        self.held.or(self.candidate).unwrap_or(self.named)
    }
}

/// A holding that expires soon.
#[derive(Debug, Clone, PartialEq)]
pub struct RenewalDue<'a> {
    /// What is held.
    pub credential: &'a Credential,
    /// The last valid day.
    pub expires_on: NaiveDate,
    /// Days from today to the last valid one, 0 to 180.
    pub days_left: i64,
    /// Exams on offer that renew it.
    pub renewed_by: Vec<CredentialId>,
    /// What renews it without an exam, with the days on which it can be completed.
    pub without_exam: Vec<RenewalWindow<'a>>,
}

/// The answer to "which credential next?".
#[derive(Debug, Clone, PartialEq)]
pub struct Advice<'a> {
    /// Whether every credential on offer today is held.
    pub complete: bool,
    /// `None` if nothing is left, or nothing is available.
    pub suggestion: Option<Suggestion<'a>>,
    /// The runner-ups, the best first; never a renewal.
    pub alternatives: Vec<Suggestion<'a>>,
    /// Holdings that expire soon, the most urgent first.
    pub renewals: Vec<RenewalDue<'a>>,
    /// All steps of the path, in order.
    pub steps: Vec<StepState<'a>>,
    /// What only partners of the issuer can earn and is not held: not suggested to others, and last in its step while
    /// it was not asked whether the learner is a partner.
    pub partners_only: Vec<&'a Credential>,
    /// What has only a beta exam so far and is neither held nor skipped: it keeps no step open.
    pub betas: Vec<&'a Credential>,
}

/// What is suggested first.
struct FirstChoice<'a, 'd> {
    credential: &'a Credential,
    /// The step for which it counts.
    step: Option<u32>,
    /// What it keeps valid, if that is why it comes first.
    renewal: Option<&'d RenewalDue<'a>>,
}

impl<'a> Advisor<'a> {
    /// The suggestion, its runner-ups, and what they are based on.
    ///
    /// ```
    /// use badgedex_domain::advice::{Action, Advisor};
    /// use badgedex_domain::catalog::{Catalog, Credential, CredentialId, Needs, Pool, Step};
    /// use badgedex_domain::catalogs::Catalogs;
    /// use badgedex_domain::overview::Overview;
    /// use badgedex_domain::period::Offered;
    /// use badgedex_domain::record::Record;
    ///
    /// let today = "2026-11-23".parse().unwrap();
    /// let offered = Offered { seen: "2026-11-01".parse().ok(), ..Offered::default() };
    /// let builder = Credential::new(CredentialId::new("north-builder"), "North Builder", "associate");
    /// let step = Step {
    ///     number: 1,
    ///     title: "One associate".into(),
    ///     why: String::new(),
    ///     needs: Needs::AtLeast(1),
    ///     from: Pool::Tier("associate".into()),
    /// };
    /// let catalogs = Catalogs::from(vec![Catalog {
    ///     credentials: vec![Credential { offered, ..builder }],
    ///     path: vec![step],
    ///     ..Catalog::new("north", "North Institute")
    /// }]);
    /// let (overview, record) = (Overview::empty(today), Record::default());
    /// let catalog = &catalogs[0];
    /// let advisor = Advisor { catalog, catalogs: &catalogs, overview: &overview, record: &record, role: None, is_partner: None, today };
    ///
    /// let suggestion = advisor.advise().suggestion.unwrap();
    /// assert_eq!((suggestion.credential.name.as_str(), suggestion.action), ("North Builder", Action::Study));
    /// ```
    pub fn advise(&self) -> Advice<'a> {
        let steps = self.steps();
        let renewals = self.renewals();
        let on_offer = |c: &&Credential| self.is_on_offer(c);
        let held = |c: &Credential| self.record.holds(&c.id, self.today);
        let mut offered = self.catalog.credentials.iter().filter(on_offer).peekable();
        let complete = offered.peek().is_some() && offered.all(held);
        let first = self.first(&steps, &renewals, complete);
        let alternatives = first.as_ref().map_or_else(Vec::new, |first| self.alternatives(&steps, first));
        Advice {
            complete,
            suggestion: first
                .map(|first| self.suggestion(first.credential, first.step, &steps, first.renewal, None)),
            alternatives,
            renewals,
            steps,
            partners_only: self.partners_only(),
            betas: self.betas(),
        }
    }

    /// The most urgent renewal; else the nearest booking; else the best of the first open step. `None` with everything
    /// held: what expires is then only listed in `renewals`.
    fn first<'d>(
        &self,
        steps: &[StepState<'a>],
        renewals: &'d [RenewalDue<'a>],
        complete: bool,
    ) -> Option<FirstChoice<'a, 'd>> {
        if complete {
            return None;
        }
        if let Some((credential, renewal)) = self.renewal_exam(renewals) {
            let step = self.step_of(steps, credential);
            return Some(FirstChoice { credential, step, renewal: Some(renewal) });
        }
        if let Some(credential) = self.nearest_booking() {
            let step = self.step_of(steps, credential);
            return Some(FirstChoice { credential, step, renewal: None });
        }
        let step = steps.iter().find(|s| s.is_open())?;
        if let Some(credential) = self.role_first(step).into_iter().next() {
            return Some(FirstChoice { credential, step: self.step_of(steps, credential), renewal: None });
        }
        let credential = self.ranked(step).into_iter().next()?;
        Some(FirstChoice { credential, step: Some(step.step.number), renewal: None })
    }

    fn nearest_booking(&self) -> Option<&'a Credential> {
        self.catalog
            .credentials
            .iter()
            .filter(|c| self.may_be_available(c) && !self.record.has_skipped(&c.id))
            .filter_map(|c| Some((self.record.upcoming(&c.id, self.today)?.on, c)))
            .min_by_key(|(on, _)| *on)
            .map(|(_, credential)| credential)
    }

    /// The others of the same step in their order, then the first choices of the next open steps.
    fn alternatives(&self, steps: &[StepState<'a>], first: &FirstChoice<'a, '_>) -> Vec<Suggestion<'a>> {
        let leader = first.credential;
        let mut open = steps.iter().filter(|s| s.is_open());
        let mut listed: Vec<(&Credential, u32)> = Vec::new();
        let mut add = |credential: &'a Credential, number: u32| {
            if credential.id != leader.id && !listed.iter().any(|(c, _)| c.id == credential.id) {
                listed.push((credential, number));
            }
        };
        if let Some(step) = open.next() {
            for credential in self.role_first(step) {
                add(credential, self.step_of(steps, credential).unwrap_or(step.step.number));
            }
            self.ranked(step).into_iter().for_each(|c| add(c, step.step.number));
        }
        for step in open {
            if let Some(best) = self.ranked(step).into_iter().next() {
                add(best, step.step.number);
            }
        }
        let second = |c, number| Some(self.second(first, c, number, steps));
        listed
            .into_iter()
            .map(|(c, number)| self.suggestion(c, Some(number), steps, None, second(c, number)))
            .collect()
    }

    /// The first step that asks for a credential, even if that step is done; `None` if no step does.
    pub fn step_of(&self, steps: &[StepState], credential: &Credential) -> Option<u32> {
        let asks =
            |s: &&StepState| s.slots.iter().any(|slot| self.catalog.line(slot.named).contains(&credential));
        steps.iter().find(asks).map(|s| s.step.number)
    }

    fn is_met(&self, prerequisite: &Prerequisite) -> bool {
        match prerequisite.active {
            true => self.record.holds(&prerequisite.credential, self.today),
            false => self.record.holding(&prerequisite.credential).is_some(),
        }
    }

    /// The first prerequisite that is not met; `None` if all are.
    fn open_prerequisite(&self, credential: &Credential) -> Option<&CredentialId> {
        let listed = self.catalog.credential(&credential.id)?.prerequisites.iter().flatten();
        listed.filter(|p| !self.is_met(p)).map(|p| &p.credential).next()
    }

    /// What has to be earned before a credential and is missing, in an order in which it can be earned.
    pub fn missing_for(&self, credential: &'a Credential) -> Vec<&'a Credential> {
        let mut missing = vec![credential];
        let mut seen = 0;
        while let Some(next) = missing.get(seen) {
            let open = next.prerequisites.iter().flatten().filter(|p| !self.is_met(p));
            let required: Vec<&Credential> =
                open.filter_map(|p| self.catalog.credential(&p.credential)).collect();
            seen += 1;
            for credential in required {
                if !missing.contains(&credential) {
                    missing.push(credential);
                }
            }
        }
        missing.remove(0);
        missing.reverse();
        missing
    }

    /// Whether it can be taken: available, not skipped, not held, and all prerequisites are met.
    pub fn is_ready(&self, credential: &Credential) -> bool {
        self.may_be_available(credential)
            && !self.record.has_skipped(&credential.id)
            && !self.record.holds(&credential.id, self.today)
            && self.open_prerequisite(credential).is_none()
    }

    /// What to do about a credential today.
    pub fn action_for(&self, credential: &Credential) -> Action {
        self.action(credential, &self.overview.of_credential(&credential.id))
    }

    fn action(&self, credential: &Credential, mastery: &Mastery) -> Action {
        if self.record.upcoming(&credential.id, self.today).is_some() {
            return Action::Sit;
        }
        match self.record.standing(&credential.id, self.today) {
            Some(Standing::Expiring) => Action::Renew,
            Some(Standing::Expired) => Action::Retake,
            Some(Standing::Held | Standing::Scheduled) | None => self.action_by_mastery(credential, mastery),
        }
    }

    fn action_by_mastery(&self, credential: &Credential, mastery: &Mastery) -> Action {
        if mastery.study != StudyStage::Mastered {
            Action::Study
        } else if credential.is_open_to_all() {
            Action::Take
        } else if !self.overview.has_content_for(&credential.id) {
            Action::Prepare
        } else {
            Action::Book
        }
    }

    fn suggestion(
        &self,
        credential: &'a Credential,
        step: Option<u32>,
        steps: &[StepState],
        renewal: Option<&RenewalDue>,
        second: Option<RunnerUpReason>,
    ) -> Suggestion<'a> {
        let mastery = self.overview.of_credential(&credential.id);
        let action = self.action(credential, &mastery);
        let action = if renewal.is_some() && action != Action::Sit { Action::Renew } else { action };
        let state = steps.iter().find(|s| Some(s.step.number) == step);
        let named_already = renewal.map(|renewal| &renewal.credential.id);
        let plain = self.reasons(credential, action, &mastery, state, second);
        let mut reasons: Vec<Reason> =
            plain.into_iter().filter_map(|reason| reason.without_renewal_of(named_already)).collect();
        let mut urgent = renewal.map_or_else(Vec::new, |renewal| self.renewal_reasons(credential, renewal));
        let next = steps.iter().find(|step| step.is_open());
        if next.is_some_and(|step| self.role_first(step).contains(&credential)) {
            let first = self.role.and_then(|role| role.first.as_ref());
            urgent.extend(first.map(|first| Reason::RoleFirst { why: first.why.clone() }));
        }
        // That it expires is said before the ways to renew it.
        let after_dates = reasons.iter().take_while(|reason| reason.is_date()).count();
        reasons.splice(after_dates..after_dates, urgent);
        Suggestion { credential, action, step, mastery, reasons }
    }
}

#[cfg(test)]
mod tests;
