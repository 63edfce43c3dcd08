//! What is asked on the terminal.

use std::io::{IsTerminal, stdin};
use std::path::Path;

use iseetutor_storage::luks::recovery_opens;
use iseetutor_storage::recovery::RecoveryKey;

use crate::cli::storage::Manner;
use crate::error::{Error, Result};
use crate::output::tell;

/// How often a question is asked.
const TRIES: usize = 3;

/// Asks whether it is meant, by having `word` typed.
pub fn sure(manner: &Manner, what: &str, word: &str) -> Result<()> {
    if manner.yes {
        return Ok(());
    }
    terminal()?;
    tell(&format!("{what}. Type {word} to go on:"));
    if line()?.trim() == word {
        Ok(())
    } else {
        Err(Error::Usage("that was something else; nothing was changed".into()))
    }
}

/// Has a part of the recovery key typed back: the second and the fifth group, so that it was written down and not only seen.
pub fn written_down(manner: &Manner, key: &RecoveryKey) -> Result<()> {
    if manner.yes {
        return Ok(());
    }
    terminal()?;
    let groups = key.groups();
    for (number, group) in [(2, groups.get(1)), (5, groups.get(4))] {
        let Some(group) = group else { continue };
        let mut tries = 0;
        loop {
            tell(&format!("Type group {number} of the key from your paper:"));
            if same(&line()?, group) {
                break;
            }
            tries += 1;
            if tries == TRIES {
                return Err(Error::Usage(
                    "the key is not written down; nothing was changed, and this key opens nothing".into(),
                ));
            }
            tell("That is not what is on the screen; look again.");
        }
    }
    Ok(())
}

/// Whether a group was typed, read as leniently as a whole key is.
fn same(typed: &str, group: &str) -> bool {
    let read = |text: &str| -> String {
        let signs = text.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_uppercase());
        signs
            .map(|sign| match sign {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect()
    };
    read(typed) == read(group)
}

/// Asks for the recovery key of a volume until it opens it; from a file or pipe it is read once.
pub fn recovery_key(source: &Path) -> Result<RecoveryKey> {
    let tries = if stdin().is_terminal() { TRIES } else { 1 };
    for left in (0..tries).rev() {
        tell(&format!("The recovery key of {}, from the paper:", source.display()));
        let problem = match RecoveryKey::parse(&line()?) {
            Ok(key) if recovery_opens(source, &key)? => return Ok(key),
            Ok(_) => "it is the key of another storage".to_owned(),
            Err(error) => error.to_string(),
        };
        if left == 0 {
            return Err(Error::Failed(format!(
                "cannot unlock {}: {problem}; nothing was changed",
                source.display()
            )));
        }
        tell(&format!("{problem}; try again"));
    }
    Err(Error::Usage("no recovery key was given".into()))
}

fn terminal() -> Result<()> {
    if stdin().is_terminal() {
        return Ok(());
    }
    Err(Error::Usage(
        "nobody is there to be asked: run it in a terminal, or with --yes; nothing was changed".into(),
    ))
}

fn line() -> Result<String> {
    let mut typed = String::new();
    let read = stdin().read_line(&mut typed).map_err(Error::io("read", "the standard input"))?;
    if read == 0 { Err(Error::Usage("no answer was given; nothing was changed".into())) } else { Ok(typed) }
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn a_group_is_read_leniently() {
        assert!(
            same(" 01abc \n", "01ABC")
                && same("oiabc", "01ABC")
                && !same("01AB", "01ABC")
                && !same("", "01ABC")
        );
    }
}
