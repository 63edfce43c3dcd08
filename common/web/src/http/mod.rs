//! HTTP as this server speaks it: what is asked, what is replied, and what is refused before anything looks at it.

mod asked;
mod body;
mod fields;
mod guard;
mod io;
mod reply;

pub use asked::Asked;
pub use body::Body;
pub use fields::Fields;
pub(crate) use guard::{change_is_ours, fetch_is_ours, host_is_ours};
pub(crate) use io::{Patient, Timer};
pub use reply::{Reply, Trouble};
