//! JSON values that the program prints: as `serde_json::json!`, but what holds a path does not compile in it.
//!
//! A path need not be UTF-8, and `serde_json::json!` panics at one that is not. [`set_path`] writes any path.

use std::path::{Path, PathBuf};

use serde_json::{Value, json as unchecked_json};

/// The key that names those keys of an object whose paths could not be written as they are.
const LOSSY: &str = "lossy";

/// A JSON value, written as JSON with expressions in it; see the module.
macro_rules! json {
    (@members $object:ident) => {};
    (@members $object:ident $key:tt : null $(, $($rest:tt)*)?) => {
        $object.insert(String::from($key), serde_json::Value::Null);
        $crate::ui::json::json!(@members $object $($($rest)*)?);
    };
    (@members $object:ident $key:tt : { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $object.insert(String::from($key), $crate::ui::json::json!({ $($inner)* }));
        $crate::ui::json::json!(@members $object $($($rest)*)?);
    };
    (@members $object:ident $key:tt : [ $($inner:tt)* ] $(, $($rest:tt)*)?) => {
        $object.insert(String::from($key), $crate::ui::json::json!([ $($inner)* ]));
        $crate::ui::json::json!(@members $object $($($rest)*)?);
    };
    (@members $object:ident $key:tt : $value:expr $(, $($rest:tt)*)?) => {
        $object.insert(String::from($key), $crate::ui::json::json!($value));
        $crate::ui::json::json!(@members $object $($($rest)*)?);
    };
    ({ $($members:tt)* }) => {{
        #[allow(unused_mut, reason = "an object may be empty")]
        let mut object = serde_json::Map::new();
        $crate::ui::json::json!(@members object $($members)*);
        serde_json::Value::Object(object)
    }};
    ([ $($item:expr),* $(,)? ]) => {
        serde_json::Value::Array(vec![$($crate::ui::json::json!($item)),*])
    };
    ($value:expr) => {
        match &$value {
            value => {
                $crate::ui::json::NoPath::check(value);
                serde_json::json!(value)
            }
        }
    };
}
pub(crate) use json;

/// What is implemented once for every type, and once more for those that hold a path: so it is ambiguous for these,
/// and `NoPath::check` does not compile.
pub trait NoPath<Marker> {
    /// Does nothing.
    fn check(&self) {}
}

impl<T: ?Sized> NoPath<()> for T {}

/// Marks the second implementation, for types that hold a path.
pub struct HoldsPath;

impl NoPath<HoldsPath> for Path {}
impl NoPath<HoldsPath> for PathBuf {}
impl<T: NoPath<HoldsPath> + ?Sized> NoPath<HoldsPath> for &T {}
impl<T: NoPath<HoldsPath>> NoPath<HoldsPath> for Option<T> {}
impl<T: NoPath<HoldsPath>> NoPath<HoldsPath> for Vec<T> {}
impl<T: NoPath<HoldsPath>> NoPath<HoldsPath> for [T] {}

/// A path as JSON; what is not UTF-8 in it is replaced. [`set_path`] also marks it.
pub fn path(path: &Path) -> Value {
    path.to_string_lossy().into()
}

/// Sets a key of an object to a path. If that is not UTF-8, what cannot be written is replaced by "\u{fffd}", and the
/// list `"lossy"` names the key.
pub fn set_path(object: &mut Value, key: &str, path: &Path) {
    object[key] = self::path(path);
    if path.to_str().is_none() {
        match object[LOSSY].as_array_mut() {
            Some(keys) => keys.push(key.into()),
            None => object[LOSSY] = unchecked_json!([key]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn it_is_what_serde_json_makes_of_it() {
        let (text, list, key) = ("a".to_owned(), [1, 2], "named");
        assert_eq!(
            json!({ "a": text, "b": { "c": null, "d": [] }, "e": list[0], "f": [list, text.as_str()], key: Some(1.5) }),
            unchecked_json!({
                "a": text, "b": { "c": null, "d": [] }, "e": list[0], "f": [list, text.as_str()], key: Some(1.5)
            })
        );
        assert_eq!((json!({}), json!([])), (unchecked_json!({}), unchecked_json!([])));
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_utf_8_is_written_and_marked() {
        use std::os::unix::ffi::OsStrExt;
        let odd = Path::new(std::ffi::OsStr::from_bytes(b"caf\xe9"));
        let mut value = json!({ "format": 1 });
        set_path(&mut value, "home", Path::new("café"));
        assert_eq!(value, unchecked_json!({ "format": 1, "home": "café" }));
        set_path(&mut value, "home", odd);
        set_path(&mut value, "store", &odd.join("journal.db"));
        assert_eq!(
            value,
            unchecked_json!({
                "format": 1, "home": "caf\u{fffd}", "store": "caf\u{fffd}/journal.db", "lossy": ["home", "store"]
            })
        );
    }

    /// The source files below a folder.
    fn sources(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let all = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
        all.filter(|path| path.extension().is_some_and(|end| end == "rs")).collect()
    }

    #[test]
    fn no_other_file_of_the_program_uses_the_json_of_serde_json() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let here = root.join("ui/json.rs");
        for file in sources(&root).into_iter().filter(|file| *file != here) {
            let text = fs::read_to_string(&file).unwrap();
            let is_used = text.split("serde_json::").skip(1).any(|rest| {
                let used = rest.strip_prefix('{').map_or_else(
                    || &rest[..rest.len().min(5)],
                    |list| list.split('}').next().unwrap_or_default(),
                );
                used.split(|c: char| !c.is_alphanumeric() && c != '_').any(|name| name == "json")
            });
            assert!(!is_used, "{}: write crate::ui::json::json", file.display());
        }
    }
}
