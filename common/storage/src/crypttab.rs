//! `/etc/crypttab`: which volumes are unlocked at boot, and how. See crypttab(5).

use crate::places::NAME;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name of the unlocked volume.
    pub name: String,
    /// The device or file, such as `UUID=...`.
    pub source: String,
    /// The key file, or `none`.
    pub key: String,
    /// Options with commas between.
    pub options: String,
}

impl Entry {
    /// The line in the file.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {} {} {}", self.name, self.source, self.key, self.options)
    }
}

/// The line of our volume, if there is one.
#[must_use]
pub fn find(text: &str) -> Option<Entry> {
    text.lines().filter_map(parse).find(|entry| entry.name == NAME)
}

fn parse(line: &str) -> Option<Entry> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let (name, source) = (words.next()?, words.next()?);
    let (key, options) = (words.next().unwrap_or_else(|| "none".into()), words.next().unwrap_or_default());
    Some(Entry { name, source, key, options })
}

/// The file with our volume's line put in, in the place of the one that was there. All other lines stay as they are.
#[must_use]
pub fn with(text: &str, entry: &Entry) -> String {
    let mut out = String::new();
    let mut put = false;
    for line in text.lines() {
        if parse(line).is_some_and(|other| other.name == entry.name) {
            if !put {
                out.push_str(&entry.line());
                out.push('\n');
                put = true;
            }
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    if !put {
        out.push_str(&entry.line());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Entry, find, with};

    fn ours(source: &str) -> Entry {
        Entry { name: "iseetutor".into(), source: source.into(), key: "/k".into(), options: "luks".into() }
    }

    #[test]
    fn our_line_is_found_added_and_replaced_and_the_others_are_left_alone() {
        let before = "# comment\nswap /dev/sda2 /dev/urandom swap\n\n  odd\tUUID=1   none";
        assert_eq!(find(before), None);
        let added = with(before, &ours("UUID=2"));
        assert_eq!(added, format!("{before}\niseetutor UUID=2 /k luks\n"));
        assert_eq!(find(&added), Some(ours("UUID=2")));
        assert_eq!(with(&added, &ours("UUID=3")), added.replace("UUID=2", "UUID=3"));
        // A line that is there twice would be an error for systemd.
        let twice = format!("{added}iseetutor UUID=9 none luks\n");
        assert_eq!(with(&twice, &ours("UUID=2")), added);
    }

    #[test]
    fn a_comment_is_no_entry_and_missing_words_have_defaults() {
        assert_eq!(find("#iseetutor UUID=1 none luks"), None);
        assert_eq!(find("iseetutor"), None);
        let short = find("iseetutor /dev/sdb");
        assert_eq!(short.map(|entry| (entry.key, entry.options)), Some(("none".into(), String::new())));
    }
}
