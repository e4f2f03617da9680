//! The two fonts that the program carries; no other is ever looked for.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Group, Node, Options, Text};

static REGULAR: &[u8] = include_bytes!("../assets/DejaVuSans.ttf");
static BOLD: &[u8] = include_bytes!("../assets/DejaVuSans-Bold.ttf");

static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    for font in [REGULAR, BOLD] {
        database.load_font_source(Source::Binary(Arc::new(font)));
    }
    for set in [Database::set_serif_family, Database::set_sans_serif_family, Database::set_monospace_family] {
        set(&mut database, NAME);
    }
    Arc::new(database)
});

const NAME: &str = "DejaVu Sans";

/// For `font-family`: ours, then fonts that are no wider.
pub const FAMILY: &str = "'DejaVu Sans', Verdana, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/// How a drawing is read: with our fonts, and without any file.
pub fn options() -> Options<'static> {
    Options { font_family: NAME.to_owned(), fontdb: Arc::clone(&DATABASE), ..Options::default() }
}

/// All texts of a drawing.
pub fn texts(group: &Group) -> Vec<&Text> {
    group
        .children()
        .iter()
        .flat_map(|node| match node {
            Node::Group(group) => texts(group),
            Node::Text(text) => vec![text.as_ref()],
            Node::Path(_) | Node::Image(_) => Vec::new(),
        })
        .collect()
}
