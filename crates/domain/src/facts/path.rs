//! Questions on the path: which step comes next.

use super::{CatalogQuestions, FactDraft, drawn, spread, wrong};
use crate::catalog::{Credential, Pool, Step};

impl<'a> CatalogQuestions<'a> {
    pub(super) fn next_step(&self, step: &'a Step, next: &'a Step) -> FactDraft<'a> {
        let others = self.catalog.path.iter().filter(|s| s.number != next.number && s.number != step.number);
        let wrong =
            others.map(|s| wrong(&s.title, format!("\"{}\" is step {}.", s.title, s.number))).collect();
        let author = self.catalog.path_by.as_ref();
        let recommends = author.map_or("the catalog", |by| by.name.as_str());
        let id = format!("path/{}-step-{}", self.catalog.id, step.number);
        FactDraft {
            credentials: self.pool(step).into_iter().map(|c| c.id.clone()).collect(),
            source: author.and_then(|by| by.source.clone()),
            ..FactDraft::new("path", id, "path")
        }
        .asks(
            format!(
                "{} recommends a path through the credentials of {}. What comes right after step {}, \"{}\"?",
                capitalized(recommends),
                self.catalog.short,
                step.number,
                step.title
            ),
            drawn(vec![next.title.clone()], spread(wrong)),
            format!("Step {} is \"{}\". {}", next.number, next.title, next.why),
        )
    }

    /// What a step chooses from; nothing for the last one, which takes everything.
    fn pool(&self, step: &Step) -> Vec<&'a Credential> {
        match &step.from {
            Pool::Tier(tier) => self.index.on_offer(tier).to_vec(),
            Pool::Credentials(ids) => ids.iter().filter_map(|id| self.index.credential(id)).collect(),
            Pool::Rest => Vec::new(),
        }
    }
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
