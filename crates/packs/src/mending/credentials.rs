//! Credentials by another name than their id.

use super::splice::Splices;
use super::{Around, What};
use crate::parts::Part;
use badgedex_domain::catalog::CredentialId;

/// Writes the ids of credentials that a list calls by a name that only one of them has.
pub fn mend(list: Option<Part<'_>>, around: &Around, item: Option<&str>, splices: &mut Splices) {
    for part in list.and_then(Part::items).into_iter().flatten() {
        let Some(from) = part.string() else { continue };
        if around.known.contains(&CredentialId::new(from.as_str())) {
            continue;
        }
        if let Some(id) = around.called.unique(&from) {
            let to = id.to_string();
            let text = serde_json::Value::from(to.as_str()).to_string();
            splices.told(part.range(), text, item, What::Credential { from, to });
        }
    }
}
