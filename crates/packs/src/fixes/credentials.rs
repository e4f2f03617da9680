//! Credentials by another name than their id.

use super::context::FixContext;
use super::edits::Edits;
use super::fix::FixKind;
use crate::json::Node;
use badgedex_domain::catalog::CredentialId;

/// Writes the ids of credentials that a list calls by a name that only one of them has.
pub fn fix(list: Option<&Node<'_>>, context: &FixContext, item: Option<&str>, edits: &mut Edits) {
    for part in list.and_then(Node::items).unwrap_or_default() {
        let Some(from) = part.string() else { continue };
        if context.known().contains(&CredentialId::new(from.as_str())) {
            continue;
        }
        if let Some(id) = context.called.unique(&from) {
            let to = id.to_string();
            let text = serde_json::Value::from(to.as_str()).to_string();
            edits.reported(part.range(), text, item, FixKind::Credential { from, to });
        }
    }
}
