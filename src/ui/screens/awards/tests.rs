//! What the awards' words and pictures promise.

use std::collections::BTreeSet;

use super::*;
use crate::ui::text::display_width;

const LOOK: Look = Look { width: 80, color: false, unicode: true, plain: false, wrap: true, links: false };

fn state(award: Award, earned: bool) -> AwardState {
    let earned_on = earned.then(|| "2026-11-20".parse().unwrap());
    AwardState { award, have: 3, need: 25, earned_on }
}

#[test]
fn every_award_has_its_own_title_sentence_and_picture() {
    let all = |of: fn(Award) -> String| Award::ALL.into_iter().map(of).collect::<BTreeSet<_>>().len();
    assert_eq!(all(|award| title(award).to_owned()), 24);
    assert_eq!(all(|award| how(award).to_owned()), 24);
    assert_eq!(all(|award| format!("{:?}", picture(award, true))), 24);
    assert_eq!(all(|award| format!("{:?}", picture(award, false))), 24);
}

#[test]
fn pictures_fit_their_place_and_ascii_is_ascii() {
    for award in Award::ALL {
        for unicode in [true, false] {
            for line in picture(award, unicode) {
                assert!(display_width(line) <= PICTURE, "{award:?} {line:?}");
                assert!(unicode || line.is_ascii(), "{award:?} {line:?}");
            }
        }
    }
}

#[test]
fn an_announcement_takes_two_lines_at_most() {
    let all: Vec<AwardState> = Award::ALL.iter().map(|award| state(*award, true)).collect();
    assert_eq!(announcement(&LOOK, &[]), "");
    for first in 0..all.len() {
        for number in 1..4 {
            let told = announcement(&LOOK, &all[first..(first + number).min(all.len())]);
            assert!(told.lines().count() <= 2 && told.contains("ew award"), "{told}");
            assert!(told.lines().all(|line| display_width(line) <= 80), "{told}");
        }
    }
}

#[test]
fn a_secret_is_kept_until_it_is_earned() {
    for plain in [true, false] {
        let look = Look { plain, ..LOOK };
        let page = |earned| awards(&look, &Award::ALL.map(|award| state(award, earned)));
        assert!(!page(false).contains(title(Award::LeapDay)), "{plain}");
        assert!(!page(false).contains(how(Award::LeapDay)), "{plain}");
        assert!(page(true).contains(title(Award::LeapDay)), "{plain}");
        assert!(!page(true).contains("???"), "{plain}");
    }
}
