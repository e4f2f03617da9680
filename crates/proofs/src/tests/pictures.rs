//! Badges baked into pictures, which the tests bake themselves.

use png::text_metadata::{EncodableTextChunk, ITXtChunk, TEXtChunk, ZTXtChunk};
use proptest::prelude::*;
use serde_json::json;

use super::super::{BadgeFormat, BadgeWarning};
use super::*;

/// A picture of one pixel with chunks before and after the pixels.
fn png_with(before: &[&dyn Bake], after: &[&dyn Bake]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().unwrap();
    before.iter().for_each(|chunk| chunk.bake(&mut writer));
    writer.write_image_data(&[1, 2, 3, 4]).unwrap();
    after.iter().for_each(|chunk| chunk.bake(&mut writer));
    writer.finish().unwrap();
    bytes
}

/// Any of the text chunks; the trait of the png crate is not for several kinds in one list.
trait Bake {
    fn bake(&self, writer: &mut png::Writer<&mut Vec<u8>>);
}

impl<T: EncodableTextChunk> Bake for T {
    fn bake(&self, writer: &mut png::Writer<&mut Vec<u8>>) {
        writer.write_text_chunk(self).unwrap();
    }
}

fn itxt(keyword: &str, text: &str) -> ITXtChunk {
    ITXtChunk::new(keyword, text)
}

fn packed(keyword: &str, text: &str) -> ITXtChunk {
    let mut chunk = itxt(keyword, text);
    chunk.compressed = true;
    chunk
}

/// UTF-8 as programs put it into chunks for Latin-1.
fn misplaced(text: &str) -> String {
    text.bytes().map(char::from).collect()
}

#[test]
fn a_badge_is_read_from_any_text_chunk_before_or_after_the_pixels() {
    let credential: Value = serde_json::from_str(CREDENTIAL_3).unwrap();
    let itxt_2 = itxt("openbadges", EMBEDDED_2);
    let packed_2 = packed("openbadges", EMBEDDED_2);
    let text_2 = TEXtChunk::new("openbadges", misplaced(EMBEDDED_2));
    let packed_text_2 = ZTXtChunk::new("openbadges", misplaced(EMBEDDED_2));
    let itxt_3 = itxt("openbadgecredential", CREDENTIAL_3);
    let token_3 = itxt("openbadgecredential", &token(&credential));
    let chunks: [(&dyn Bake, &str); 6] = [
        (&itxt_2, "AWS Certified Developer – Associate"),
        (&packed_2, "AWS Certified Developer – Associate"),
        (&text_2, "AWS Certified Developer – Associate"),
        (&packed_text_2, "AWS Certified Developer – Associate"),
        (&itxt_3, "AWS Certified Machine Learning Engineer – Associate"),
        (&token_3, "AWS Certified Machine Learning Engineer – Associate"),
    ];
    for (chunk, name) in chunks {
        for png in [png_with(&[chunk], &[]), png_with(&[], &[chunk])] {
            let reading = read(&png).unwrap();
            assert_eq!(reading.format, BadgeFormat::Picture);
            let found = only(reading);
            assert_eq!(found.name.as_deref(), Some(name));
            assert!(found.warnings == [BadgeWarning::NotVerified] && found.place == "badge 1");
        }
    }
}

#[test]
fn every_text_of_a_picture_is_read_once_and_a_broken_one_does_not_prevent_the_other() {
    let (two, three) = (itxt("openbadges", EMBEDDED_2), itxt("openbadgecredential", CREDENTIAL_3));
    let reading = read(&png_with(&[&two, &three], &[&two])).unwrap();
    assert_eq!((reading.badges.len(), reading.errors.len()), (2, 0));
    assert_eq!(reading.badges[1].place, "badge 2");
    let broken = itxt("openbadges", "{");
    let reading = read(&png_with(&[&broken, &three], &[])).unwrap();
    assert_eq!(reading.badges.len(), 1);
    assert_eq!(
        errors(&reading),
        ["the file: one of the texts inside is broken JSON (line 1: the text ends too early)"]
    );
}

#[test]
fn a_picture_without_a_badge_says_what_is_inside_instead() {
    let comment = itxt("Comment", EMBEDDED_2);
    let address = itxt("openbadges", "https://badges.example/assertions/11");
    let nonsense = itxt("openbadges", "none");
    for (png, is) in [
        (png_with(&[&comment], &[]), "a picture without a badge inside"),
        (
            png_with(&[&address], &[]),
            "a picture, and the text inside is only the address of a badge; save as a file what is there: \
             https://badges.example/assertions/11",
        ),
        (png_with(&[&nonsense], &[]), "a picture, and the text inside is plain text"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "a picture that is damaged or cut short"),
    ] {
        let problem = problem(&png);
        assert!(problem.starts_with(&format!("not a file of badges: {is}\n")), "{problem}");
    }
}

#[test]
fn a_picture_that_is_cut_short_gives_the_badges_before_the_cut() {
    let badge = itxt("openbadges", EMBEDDED_2);
    let whole = png_with(&[&badge], &[]);
    let cut = read(&whole[..whole.len() - 14]).unwrap();
    assert_eq!(cut.badges.len(), 1);
    assert_eq!(errors(&cut), ["the file: the picture is cut short; the badge inside was read"]);
    assert!(problem(&whole[..200]).contains("a picture that is damaged or cut short"));
    let late = png_with(&[], &[&badge]);
    assert!(
        problem(&late[..late.len() - 40]).contains("a picture that is cut short, before any badge in it")
    );
}

#[test]
fn a_text_that_unpacks_to_too_much_is_refused_with_the_limit() {
    let zeros = "0".repeat(20 * 1024 * 1024);
    let bomb = ZTXtChunk::new("openbadges", zeros.as_str());
    let bomb_2 = packed("openbadgecredential", &zeros);
    let harmless = ZTXtChunk::new("Comment", zeros.as_str());
    drop(zeros);
    let long = itxt("openbadges", &json!({"a": "x".repeat(1024 * 1024)}).to_string());
    let half = "x".repeat(600 * 1024);
    let (one, two) = (packed("openbadges", &half), packed("openbadgecredential", &format!("{half}y")));
    for png in [
        png_with(&[&bomb], &[]),
        png_with(&[], &[&bomb_2]),
        png_with(&[&long], &[]),
        png_with(&[&one, &two], &[]),
    ] {
        let problem = problem(&png);
        assert!(problem.contains("a picture whose text is damaged or longer than 1 MiB"), "{problem}");
    }
    let badge = itxt("openbadges", EMBEDDED_2);
    assert_eq!(read(&png_with(&[&harmless, &badge], &[])).unwrap().badges.len(), 1);
    let fat = itxt("Comment", &"x".repeat(17 * 1024 * 1024));
    assert!(
        problem(&png_with(&[&fat, &badge], &[])).contains("a picture that needs more than 16 MiB of memory")
    );
}

#[test]
fn a_picture_of_any_claimed_size_costs_nothing() {
    let mut png = png_with(&[&itxt("openbadges", EMBEDDED_2)], &[]);
    png[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    assert!(problem(&png).starts_with("not a file of badges: a picture that"));
}

proptest! {
    #[test]
    fn no_damage_to_a_picture_makes_it_panic(hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6), end in any::<prop::sample::Index>()) {
        let mut png = png_with(&[&packed("openbadges", EMBEDDED_2)], &[&itxt("openbadgecredential", CREDENTIAL_3)]);
        for (at, byte) in hits {
            let at = at.index(png.len());
            png[at] = byte;
        }
        png.truncate(end.index(png.len()) + 1);
        drop(read(&png));
    }
}
