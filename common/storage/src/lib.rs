//! Where the children's records and the models live: an encrypted volume, and how one is made.
//!
//! Nothing here is done at once. What is there is looked at ([`survey`]), what is to be done is written down as a
//! [`Plan`] ([`setup`]), which can be shown, and then done step by step ([`run`]). A step that is done already is not in the
//! plan, so a set-up that broke off goes on where it stopped.
//!
//! The volume is LUKS2 with the label `iseetutor`. Its key slot 0 has the machine's own key, slot 1 the recovery key of the
//! parent ([`recovery`]); a TPM's key has a slot of its own. Both keys have at least 128 bits, so stretching them adds
//! nothing: they are stored with the least iterations that cryptsetup allows, as systemd-cryptenroll does with its own
//! recovery keys, and unlocking at boot takes neither the time nor the gigabyte of memory that Argon2 is for.

pub mod crypttab;
pub mod disk;
pub mod error;
pub mod layout;
pub mod luks;
pub mod places;
pub mod plan;
pub mod recovery;
pub mod run;
pub mod setup;
pub mod status;
pub mod survey;

pub use error::{Error, Result};
pub use places::Places;
pub use plan::{Action, Plan, Step};
