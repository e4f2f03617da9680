//! Recognizes the credential that a badge stands for by its name, whatever its punctuation.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::badge::Badge;
use badgedex_domain::catalog::{Catalog, Credential};
use badgedex_domain::catalogs::Catalogs;

/// How a badge relates to the catalogs.
#[derive(Debug, Clone, PartialEq)]
pub enum Recognition<'a> {
    /// It is this credential.
    Known(&'a Credential),
    /// It is not a credential.
    NotACredential(NonCredentialReason<'a>),
    /// It may be a credential that the catalogs do not have.
    Unknown {
        /// The credentials with the nearest names, nearest first.
        nearest: Vec<&'a Credential>,
    },
}

/// Why a badge is not a credential.
#[derive(Debug, Clone, PartialEq)]
pub enum NonCredentialReason<'a> {
    /// Its name contains the name of a credential, and says something else.
    SaysMore(&'a Credential),
    /// Its name says in these words that somebody took part.
    TookPart(&'static str),
    /// Its issuer's category, which is not one of credentials.
    Kind(String),
    /// It is of this catalog's issuer, and no name in the catalog begins like its name.
    NotInCatalog(&'a Catalog),
}

impl fmt::Display for NonCredentialReason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NonCredentialReason::SaysMore(credential) => {
                write!(f, "its name contains {}, but it is another badge", credential.name)
            }
            NonCredentialReason::TookPart(words) => write!(f, "its name says \"{words}\""),
            NonCredentialReason::Kind(kind) => write!(f, "its issuer files it under \"{kind}\""),
            NonCredentialReason::NotInCatalog(catalog) => {
                write!(f, "no credential of {} has that name", catalog.short)
            }
        }
    }
}

/// Words in the names of badges for taking part.
const PARTICIPATION_WORDS: [&str; 6] =
    ["early adopter", "graduate", "attendee", "participant", "course", "training"];
/// Categories of Credly and Open Badges for badges that are certainly not credentials.
const OTHER_KINDS: [&str; 6] =
    ["learning", "experience", "membership", "course", "learning program", "community service"];
/// Shorter aliases are for typing, and too common to recognize a badge by.
const MIN_ALIAS_WORDS: usize = 2;

/// Recognizes the credential that a badge stands for.
///
/// A badge is a credential only if its name is the credential's name or an alias, or the name with the level,
/// code or issuer added. Any other additional word makes it another badge. The slug decides only if the name
/// does not.
pub fn recognize<'a>(badge: &Badge, catalogs: &'a Catalogs) -> Recognition<'a> {
    let names = FoldedNames::of(badge);
    let by_name = names.name.as_ref().and_then(|name| names.credential_named(name, catalogs));
    let by_slug = || names.slug.as_ref().and_then(|slug| names.credential_named(slug, catalogs));
    if let Some(credential) = by_name {
        return Recognition::Known(credential);
    }
    if let Some(reason) = names.name.as_ref().and_then(|name| other_badge_reason(name, catalogs)) {
        return Recognition::NotACredential(reason);
    }
    if let Some(credential) = by_slug() {
        return Recognition::Known(credential);
    }
    match names.non_credential_reason(catalogs) {
        Some(reason) => Recognition::NotACredential(reason),
        None => Recognition::Unknown { nearest: nearest(badge, catalogs) },
    }
}

/// The words of a text in lower case, without punctuation, and with accents in one form.
pub(super) fn folded(text: &str) -> String {
    let text: String = text.nfc().filter(|c| *c != '™').collect();
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

/// The words of a slug. A `.1` at its end only distinguishes it from an older one.
pub(super) fn folded_slug(slug: &str) -> String {
    let bare = slug.rsplit_once('.').filter(|(_, n)| n.bytes().all(|b| b.is_ascii_digit()));
    folded(bare.map_or(slug, |(bare, _)| bare))
}

/// A badge's names, folded.
struct FoldedNames<'f> {
    name: Option<String>,
    slug: Option<String>,
    issuer: Option<String>,
    kind: Option<&'f str>,
}

impl<'f> FoldedNames<'f> {
    fn of(badge: &'f Badge) -> FoldedNames<'f> {
        let some = |text: String| (!text.is_empty()).then_some(text);
        FoldedNames {
            name: badge.name.as_deref().map(folded).and_then(some),
            slug: badge.slug.as_deref().map(folded_slug).and_then(some),
            issuer: badge.issuer.as_deref().map(folded).and_then(some),
            kind: badge.kind.as_deref(),
        }
    }

    /// The credential of that name: by its own name, else by an alias, else by its own name with additions.
    fn credential_named<'a>(&self, name: &str, catalogs: &'a Catalogs) -> Option<&'a Credential> {
        let all = || catalogs.iter().flat_map(|k| k.credentials.iter().map(move |c| (k, c)));
        let own = all().find(|(_, c)| folded(&c.name) == name);
        let alias = || all().find(|(k, c)| self.may_use_aliases_of(k) && has_alias(c, name));
        let longer = || {
            let longest = all().filter(|(k, c)| says_the_same(name, k, c));
            longest.max_by_key(|(_, c)| c.name.len())
        };
        own.or_else(alias).or_else(longer).map(|(_, credential)| credential)
    }

    fn may_use_aliases_of(&self, catalog: &Catalog) -> bool {
        self.issuer.is_none() || self.is_issued_by(catalog)
    }

    /// Issuers sign as a department too: "Amazon Web Services Training and Certification".
    fn is_issued_by(&self, catalog: &Catalog) -> bool {
        let (full, short) = (folded(&catalog.issuer), folded(&catalog.short));
        self.issuer
            .as_ref()
            .is_some_and(|issuer| *issuer == short || has_phrase(issuer, &full) || has_phrase(&full, issuer))
    }

    fn non_credential_reason<'a>(&self, catalogs: &'a Catalogs) -> Option<NonCredentialReason<'a>> {
        let of_slug = || self.slug.as_ref().filter(|_| self.name.is_none());
        of_slug()
            .and_then(|slug| other_badge_reason(slug, catalogs))
            .or_else(|| self.of_another_kind())
            .or_else(|| {
                let name = self.name.as_ref().or_else(of_slug)?;
                let catalog = catalogs.iter().find(|k| self.is_outside(k, name))?;
                Some(NonCredentialReason::NotInCatalog(catalog))
            })
    }

    fn of_another_kind<'a>(&self) -> Option<NonCredentialReason<'a>> {
        let kind = self.kind.filter(|kind| OTHER_KINDS.contains(&folded(kind).as_str()))?;
        Some(NonCredentialReason::Kind(kind.to_owned()))
    }

    /// Whether it is of the catalog's issuer, and no name in the catalog begins with the same two words.
    fn is_outside(&self, catalog: &Catalog, name: &str) -> bool {
        let is_theirs = self.is_issued_by(catalog) || first_words(name, 1) == folded(&catalog.short);
        let names = |c: &Credential| [c.name.clone()].into_iter().chain(c.aliases.clone());
        is_theirs
            && !catalog
                .credentials
                .iter()
                .flat_map(names)
                .any(|other| first_words(&folded(&other), 2) == first_words(name, 2))
    }
}

fn first_words(name: &str, count: usize) -> String {
    name.split(' ').take(count).collect::<Vec<_>>().join(" ")
}

fn has_alias(credential: &Credential, name: &str) -> bool {
    let is_it = |alias: &str| alias == name && alias.split(' ').count() >= MIN_ALIAS_WORDS;
    credential.aliases.iter().any(|alias| is_it(&folded(alias)))
}

fn has_phrase(text: &str, phrase: &str) -> bool {
    !phrase.is_empty() && format!(" {text} ").contains(&format!(" {phrase} "))
}

/// Whether a name is the credential's own, with only its level, code, short name or issuer added.
fn says_the_same(name: &str, catalog: &Catalog, credential: &Credential) -> bool {
    let own = folded(&credential.name);
    if !has_phrase(name, &own) {
        return false;
    }
    let allowed = designations(catalog, credential);
    let rest = format!(" {name} ").replacen(&format!(" {own} "), " ", 1);
    rest.split_whitespace().all(|word| allowed.split(' ').any(|a| a == word))
}

/// The words that may be added to a credential's name without making it another one.
fn designations(catalog: &Catalog, credential: &Credential) -> String {
    let tier = catalog.tier(&credential.tier);
    let texts = [credential.short.as_str(), &catalog.issuer, &catalog.short]
        .into_iter()
        .chain(credential.code.as_deref())
        .chain(credential.versions.iter().map(|v| v.code.as_str()))
        .chain(tier.map(|t| t.name.as_str()))
        .chain(tier.and_then(|t| catalog.family_of(t)).map(|f| f.name.as_str()));
    folded(&texts.collect::<Vec<_>>().join(" "))
}

/// Why a name that is not a credential's certainly belongs to another badge.
fn other_badge_reason<'a>(name: &str, catalogs: &'a Catalogs) -> Option<NonCredentialReason<'a>> {
    let longest =
        catalogs.credentials().filter(|c| has_phrase(name, &folded(&c.name))).max_by_key(|c| c.name.len());
    let words = || PARTICIPATION_WORDS.into_iter().find(|words| has_phrase(name, words));
    longest.map(NonCredentialReason::SaysMore).or_else(|| words().map(NonCredentialReason::TookPart))
}

/// The credentials whose names are nearest to a badge's, nearest first.
fn nearest<'a>(badge: &Badge, catalogs: &'a Catalogs) -> Vec<&'a Credential> {
    match badge.name.as_deref().or(badge.slug.as_deref()).map(|name| catalogs.find_credential(name)) {
        Some(Ok(credential)) => vec![credential],
        Some(Err(none)) => {
            let named = |id: &str| catalogs.credentials().find(|c| c.id.as_str() == id);
            none.nearest.iter().filter_map(|(id, _)| named(id)).collect()
        }
        None => vec![],
    }
}
