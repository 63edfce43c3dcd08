//! Place holder.
fn main() {}
