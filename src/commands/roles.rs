//! The role that a person names.

use badgedex_domain::catalog::{Catalog, Role};
use badgedex_domain::catalogs::{NotFound, nearest_of};

/// A role by its id or name.
///
/// # Errors
/// No role is called like this.
pub fn find_role<'a>(catalog: &'a Catalog, named: &str) -> Result<&'a Role, NotFound> {
    let wanted = named.trim().to_lowercase().replace([' ', '_'], "-");
    let is_meant = |r: &&Role| r.id == wanted || r.name.to_lowercase().replace(' ', "-") == wanted;
    catalog
        .roles
        .iter()
        .find(is_meant)
        .ok_or_else(|| nearest_of("role", named, catalog.roles.iter().map(|r| (r.id.clone(), String::new()))))
}
