//! The words that docs/words.md refuses are on no screen and in no message.

use std::fs;
use std::path::Path;

/// The texts between quotes of the files in a folder, with their files.
fn quoted(folder: &Path, texts: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = path.display().to_string();
        if path.is_dir() {
            quoted(&path, texts);
        } else if name.ends_with(".rs") && !name.contains("/tests") {
            let source = fs::read_to_string(&path).unwrap();
            let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code = code.collect::<Vec<_>>().join("\n");
            texts.extend(code.split('"').skip(1).step_by(2).map(|text| (name.clone(), text.to_owned())));
        } else if name.ends_with(".snap") {
            texts.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn the_old_words_are_on_no_screen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let words = fs::read_to_string(root.join("docs/words.md")).unwrap();
    let (_, refused) = words.split_once("## Words that are not used").unwrap();
    let refused: Vec<&str> = refused.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    assert!(refused.len() > 10, "{refused:?}");
    let mut texts = Vec::new();
    for folder in ["src", "crates/domain/src", "crates/store/src", "crates/packs/src", "crates/share/src"] {
        quoted(&root.join(folder), &mut texts);
    }
    for (file, text) in texts {
        for word in &refused {
            assert!(!text.contains(word), "{file}: \"{word}\" is refused by docs/words.md: {text:.200}");
        }
    }
}
