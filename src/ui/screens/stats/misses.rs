//! What the learner keeps after a miss, in words.

use super::numbers::counted;
use crate::ui::styled_page::StyledPage;
use badgedex_domain::memory::LEARNED_AFTER_MISS;
use badgedex_domain::overview::Overview;

/// Answers on later days to missed questions that it takes to say it.
const MIN_ANSWERS: u32 = 20;

/// Adds how much of what was missed is kept after one look at the answer, if enough is known.
pub fn misses(page: &mut StyledPage, overview: &Overview) {
    let learner = &overview.learner;
    if learner.answers_to_misses < MIN_ANSWERS {
        return;
    }
    let answers = counted(u64::from(learner.answers_to_misses), "answer", "answers");
    page.heading("What you keep after a miss", &answers);
    page.para(kept((10.0 * learner.term.shift(LEARNED_AFTER_MISS)).round() as u32));
    page.para(
        "It follows from your answers on later days to questions that you had missed. The less you keep, the \
         sooner every question that you missed comes back.",
    );
}

/// What is kept, in tenths.
fn kept(tenths: u32) -> String {
    match tenths {
        0 => "You keep hardly anything of what you got wrong after one look; the usual is 7 to 8 in 10."
            .to_owned(),
        1..=9 => {
            format!(
                "You keep about {tenths} in 10 of what you got wrong after one look; the usual is 7 to 8."
            )
        }
        _ => {
            "You keep nearly all of what you got wrong after one look; the usual is 7 to 8 in 10.".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_a_miss_is_said_in_tenths() {
        for (tenths, said) in [
            (0, "You keep hardly anything of what you got wrong after one look; the usual is 7 to 8 in 10."),
            (1, "You keep about 1 in 10 of what you got wrong after one look; the usual is 7 to 8."),
            (6, "You keep about 6 in 10 of what you got wrong after one look; the usual is 7 to 8."),
            (9, "You keep about 9 in 10 of what you got wrong after one look; the usual is 7 to 8."),
            (10, "You keep nearly all of what you got wrong after one look; the usual is 7 to 8 in 10."),
        ] {
            assert_eq!(kept(tenths), said);
        }
    }
}
