//! The device's own certificate authority and the certificates that it serves with.

mod authority;
mod leaf;

pub use authority::Authority;
pub(crate) use authority::write_private;
pub use leaf::Leaves;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The name that the page is served under; the certificate authority certifies it and names below it.
pub const NAME: &str = "iseetutor.local";

/// The address blocks of a house: RFC 1918, RFC 3927 and RFC 4291 link-local, RFC 4193, loopback.
pub const HOUSE: [(IpAddr, u8); 8] = [
    (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8),
    (IpAddr::V4(Ipv4Addr::new(172, 16, 0, 0)), 12),
    (IpAddr::V4(Ipv4Addr::new(192, 168, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(169, 254, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
    (IpAddr::V6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0)), 7),
    (IpAddr::V6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0)), 10),
    (IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
];

/// Whether an address is one of the house; IPv4 addresses written as IPv6 are read as what they are.
#[must_use]
pub fn in_house(address: IpAddr) -> bool {
    let address = address.to_canonical();
    HOUSE.iter().any(|(block, prefix)| match (address, block) {
        (IpAddr::V4(address), IpAddr::V4(block)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(*prefix)).unwrap_or(0);
            address.to_bits() & mask == block.to_bits()
        }
        (IpAddr::V6(address), IpAddr::V6(block)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(*prefix)).unwrap_or(0);
            address.to_bits() & mask == block.to_bits()
        }
        _ => false,
    })
}

/// Whether the certificate authority certifies a name.
#[must_use]
pub fn certifiable(name: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
    };
    name == "localhost"
        || name == NAME
        || name
            .strip_suffix(NAME)
            .and_then(|rest| rest.strip_suffix('.'))
            .is_some_and(|rest| name.len() <= 253 && rest.split('.').all(label))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{certifiable, in_house};

    #[test]
    fn only_addresses_of_a_house_are_in_it() {
        for inside in [
            "10.0.0.1",
            "10.255.255.255",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.7",
            "169.254.3.4",
            "127.0.0.1",
            "127.9.9.9",
            "::1",
            "fd12:3456::1",
            "fc00::1",
            "fe80::1",
            "febf::1",
            "::ffff:192.168.1.7",
        ] {
            assert!(in_house(inside.parse().unwrap()), "{inside}");
        }
        for outside in [
            "0.0.0.0",
            "9.255.255.255",
            "11.0.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "192.169.0.0",
            "169.253.0.1",
            "100.64.0.1",
            "8.8.8.8",
            "::",
            "::2",
            "2001:db8::1",
            "fec0::1",
            "ff02::1",
            "::ffff:8.8.8.8",
            "255.255.255.255",
            "224.0.0.1",
        ] {
            assert!(!in_house(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn only_the_devices_names_are_certified() {
        for name in ["iseetutor.local", "parent.iseetutor.local", "a.b-c.iseetutor.local", "localhost"] {
            assert!(certifiable(name), "{name}");
        }
        for name in [
            "",
            "local",
            "example.com",
            "eviliseetutor.local",
            ".iseetutor.local",
            "a..iseetutor.local",
            "-a.iseetutor.local",
            "A.iseetutor.local",
            "*.iseetutor.local",
            "iseetutor.local.example.com",
        ] {
            assert!(!certifiable(name), "{name}");
        }
    }
}
