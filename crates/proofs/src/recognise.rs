//! Which credential a badge is, if it is one: by its name, whatever its punctuation.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::found::Found;
use badgedex_domain::catalog::{Catalog, Credential};
use badgedex_domain::catalogs::Catalogs;

/// How a badge relates to the catalogs.
#[derive(Debug, Clone, PartialEq)]
pub enum Recognition<'a> {
    Known(&'a Credential),
    NotACredential(Because<'a>),
    /// Perhaps one that the catalogs do not have; with those of the nearest names.
    Unknown {
        nearest: Vec<&'a Credential>,
    },
}

/// Why a badge is no credential.
#[derive(Debug, Clone, PartialEq)]
pub enum Because<'a> {
    /// Its name has that of a credential in it, and says something else.
    SaysMore(&'a Credential),
    /// Its name says that one took part.
    TookPart(&'static str),
    /// Its issuer files it under something else.
    Kind(String),
    /// It is the issuer's, and nothing in the catalog begins like its name.
    NotInTheProgramme(&'a Catalog),
}

impl fmt::Display for Because<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Because::SaysMore(credential) => {
                write!(f, "it has the name of {} in it, but is another badge", credential.name)
            }
            Because::TookPart(words) => write!(f, "its name says \"{words}\""),
            Because::Kind(kind) => write!(f, "its issuer files it under \"{kind}\""),
            Because::NotInTheProgramme(catalog) => {
                write!(f, "no credential of {} is called like that", catalog.short)
            }
        }
    }
}

/// Badges that are given for taking part, as their names say.
const TOOK_PART: [&str; 6] = ["early adopter", "graduate", "attendee", "participant", "course", "training"];
/// What Credly and Open Badges call badges that are surely no credentials.
const OTHER_KINDS: [&str; 6] =
    ["learning", "experience", "membership", "course", "learning program", "community service"];
/// Shorter aliases are what a person types, and too common for a badge.
const FEWEST_ALIAS_WORDS: usize = 2;

/// Which credential a badge is.
///
/// It is one only if its name is the credential's own or an alias of it, or the own name with the level,
/// the code or the issuer added; any other word more makes it another badge. The slug counts where the
/// name says nothing.
pub fn recognise<'a>(found: &Found, catalogs: &'a Catalogs) -> Recognition<'a> {
    let badge = Badge::of(found);
    let by_name = badge.name.as_ref().and_then(|name| badge.named(name, catalogs));
    let by_slug = || badge.slug.as_ref().and_then(|slug| badge.named(slug, catalogs));
    if let Some(credential) = by_name {
        return Recognition::Known(credential);
    }
    if let Some(because) = badge.name.as_ref().and_then(|name| another(name, catalogs)) {
        return Recognition::NotACredential(because);
    }
    if let Some(credential) = by_slug() {
        return Recognition::Known(credential);
    }
    match badge.no_credential(catalogs) {
        Some(because) => Recognition::NotACredential(because),
        None => Recognition::Unknown { nearest: nearest(found, catalogs) },
    }
}

/// Lower-case words of a text, without punctuation and however its accents are written.
pub(super) fn folded(text: &str) -> String {
    let text: String = text.nfc().filter(|c| *c != '™').collect();
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

/// A slug's words; `.1` at its end only tells it from an older one.
pub(super) fn folded_slug(slug: &str) -> String {
    let bare = slug.rsplit_once('.').filter(|(_, n)| n.bytes().all(|b| b.is_ascii_digit()));
    folded(bare.map_or(slug, |(bare, _)| bare))
}

/// A badge's names, folded.
struct Badge<'f> {
    name: Option<String>,
    slug: Option<String>,
    issuer: Option<String>,
    kind: Option<&'f str>,
}

impl<'f> Badge<'f> {
    fn of(found: &'f Found) -> Badge<'f> {
        let some = |text: String| (!text.is_empty()).then_some(text);
        Badge {
            name: found.name.as_deref().map(folded).and_then(some),
            slug: found.slug.as_deref().map(folded_slug).and_then(some),
            issuer: found.issuer.as_deref().map(folded).and_then(some),
            kind: found.kind.as_deref(),
        }
    }

    /// The credential of that name: own names first, then aliases, then own names with additions.
    fn named<'a>(&self, name: &str, catalogs: &'a Catalogs) -> Option<&'a Credential> {
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

    fn no_credential<'a>(&self, catalogs: &'a Catalogs) -> Option<Because<'a>> {
        let of_slug = || self.slug.as_ref().filter(|_| self.name.is_none());
        of_slug().and_then(|slug| another(slug, catalogs)).or_else(|| self.of_another_kind()).or_else(|| {
            let name = self.name.as_ref().or_else(of_slug)?;
            let catalog = catalogs.iter().find(|k| self.is_outside(k, name))?;
            Some(Because::NotInTheProgramme(catalog))
        })
    }

    fn of_another_kind<'a>(&self) -> Option<Because<'a>> {
        let kind = self.kind.filter(|kind| OTHER_KINDS.contains(&folded(kind).as_str()))?;
        Some(Because::Kind(kind.to_owned()))
    }

    /// Whether it is the catalog's issuer's, and nothing in the catalog begins with the same two words.
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
    let is_it = |alias: &str| alias == name && alias.split(' ').count() >= FEWEST_ALIAS_WORDS;
    credential.aliases.iter().any(|alias| is_it(&folded(alias)))
}

fn has_phrase(text: &str, phrase: &str) -> bool {
    !phrase.is_empty() && format!(" {text} ").contains(&format!(" {phrase} "))
}

/// Whether a name is the credential's own with nothing added but its level, code, short name or issuer.
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

/// Why a name that is no credential's is surely that of another badge.
fn another<'a>(name: &str, catalogs: &'a Catalogs) -> Option<Because<'a>> {
    let longest =
        catalogs.credentials().filter(|c| has_phrase(name, &folded(&c.name))).max_by_key(|c| c.name.len());
    let words = || TOOK_PART.into_iter().find(|words| has_phrase(name, words));
    longest.map(Because::SaysMore).or_else(|| words().map(Because::TookPart))
}

/// The credentials whose names are nearest to a badge's, nearest first.
fn nearest<'a>(found: &Found, catalogs: &'a Catalogs) -> Vec<&'a Credential> {
    match found.name.as_deref().or(found.slug.as_deref()).map(|name| catalogs.find_credential(name)) {
        Some(Ok(credential)) => vec![credential],
        Some(Err(none)) => {
            let named = |id: &str| catalogs.credentials().find(|c| c.id.as_str() == id);
            none.nearest.iter().filter_map(|(id, _)| named(id)).collect()
        }
        None => vec![],
    }
}
