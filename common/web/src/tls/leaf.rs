//! The certificates that connections are served with: one for each address of the device, kept in memory only and made anew
//! long before they expire.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use rcgen::KeyPair;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

use super::authority::{LEAF_DAYS, certificate};
use super::{Authority, certifiable};
use crate::error::WebError;

/// Addresses of the device that certificates are kept for; a house has fewer.
const MOST: usize = 16;
/// When a third of its life is left, a certificate is made anew.
const RENEW_S: i64 = LEAF_DAYS * 86_400 * 2 / 3;

/// Makes TLS configurations, each for one address of the device.
#[derive(Debug)]
pub struct Leaves {
    authority: Authority,
    names: Vec<String>,
    made: Mutex<HashMap<IpAddr, (i64, Arc<ServerConfig>)>>,
}

impl Leaves {
    /// For a device of these names.
    ///
    /// # Errors
    /// [`WebError::Name`] for a name that cannot be certified.
    pub fn new(authority: Authority, names: &[String]) -> Result<Self, WebError> {
        match names.iter().find(|name| !certifiable(name)) {
            Some(name) => Err(WebError::Name { name: name.clone() }),
            None => Ok(Self { authority, names: names.to_vec(), made: Mutex::default() }),
        }
    }

    /// The authority.
    #[must_use]
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How to serve a connection that came to `address`, at `now_s` (Unix time): TLS 1.3 and nothing older.
    ///
    /// # Errors
    /// [`WebError::Certificate`].
    pub fn serve(&self, address: IpAddr, now_s: i64) -> Result<Arc<ServerConfig>, WebError> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, config)) = made.get(&address)
            // Also when the clock was set back.
            && (0..RENEW_S).contains(&(now_s - at))
        {
            return Ok(Arc::clone(config));
        }
        let config = Arc::new(self.make(address, now_s)?);
        if made.len() >= MOST {
            made.clear();
        }
        made.insert(address, (now_s, Arc::clone(&config)));
        Ok(config)
    }

    fn make(&self, address: IpAddr, now_s: i64) -> Result<ServerConfig, WebError> {
        configure(&self.authority, &self.names, address, now_s)
    }
}

fn configure(
    authority: &Authority,
    names: &[String],
    address: IpAddr,
    now_s: i64,
) -> Result<ServerConfig, WebError> {
    let key = KeyPair::generate().map_err(certificate)?;
    let leaf = authority.certify(&key, names, address, now_s)?;
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let tls = |error: rustls::Error| WebError::Certificate(error.to_string());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(tls)?
        .with_no_client_auth()
        // The authority is sent too: who does not trust it yet can look at it.
        .with_single_cert(vec![leaf, authority.certificate().clone()], key)
        .map_err(tls)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::net::IpAddr;
    use std::sync::Arc;

    use rustls::pki_types::ServerName;
    use rustls::{ClientConfig, ClientConnection, Error, RootCertStore, ServerConnection};

    use super::{Authority, Leaves, RENEW_S, configure};

    /// What a browser that trusts the authority makes of a server that has a certificate of it for a name and an address.
    fn handshake(authority: &Authority, named: &str, address: &str, asked: &str) -> Result<(), Error> {
        let address: IpAddr = address.parse().unwrap();
        let now_s = jiff::Timestamp::now().as_second();
        let server = configure(authority, &[named.to_owned()], address, now_s).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(authority.certificate().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let client = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(asked.to_owned()).unwrap();
        let mut client = ClientConnection::new(Arc::new(client), name).unwrap();
        let mut server = ServerConnection::new(Arc::new(server)).unwrap();
        while client.is_handshaking() {
            let mut bytes = Vec::new();
            client.write_tls(&mut bytes).unwrap();
            server.read_tls(&mut bytes.as_slice()).unwrap();
            server.process_new_packets()?;
            let mut bytes = Vec::new();
            server.write_tls(&mut bytes).unwrap();
            client.read_tls(&mut bytes.as_slice()).unwrap();
            client.process_new_packets()?;
        }
        Ok(())
    }

    #[test]
    fn even_with_its_key_the_authority_vouches_for_nothing_but_the_device_and_a_house() {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::open(folder.path()).unwrap();
        for (name, address, asked) in [
            ("iseetutor.local", "192.168.1.9", "iseetutor.local"),
            ("parent.iseetutor.local", "10.1.2.3", "10.1.2.3"),
            ("localhost", "fd00::9", "fd00::9"),
        ] {
            assert_eq!(handshake(&authority, name, address, asked), Ok(()), "{name} {address}");
        }
        for (name, address, asked) in [
            ("bank.example", "192.168.1.9", "bank.example"),
            ("other.local", "192.168.1.9", "other.local"),
            ("iseetutor.local", "8.8.8.8", "8.8.8.8"),
            ("iseetutor.local", "2001:db8::1", "2001:db8::1"),
        ] {
            let refused = handshake(&authority, name, address, asked);
            assert!(
                refused.is_err() && format!("{refused:?}").contains("NameConstraint"),
                "{asked}: {refused:?}"
            );
        }
    }

    #[test]
    fn a_certificate_is_kept_per_address_and_renewed_before_it_expires() {
        let folder = tempfile::tempdir().unwrap();
        let leaves =
            Leaves::new(Authority::open(folder.path()).unwrap(), &["iseetutor.local".to_owned()]).unwrap();
        let (one, other) = ("192.168.1.5".parse().unwrap(), "fe80::1".parse().unwrap());
        let now = 1_790_000_000;
        let first = leaves.serve(one, now).unwrap();
        assert!(Arc::ptr_eq(&first, &leaves.serve(one, now + RENEW_S - 1).unwrap()));
        assert!(!Arc::ptr_eq(&first, &leaves.serve(other, now).unwrap()));
        assert!(!Arc::ptr_eq(&first, &leaves.serve(one, now + RENEW_S).unwrap()));
        const { assert!(RENEW_S < super::LEAF_DAYS * 86_400 - 30 * 86_400) };
    }

    #[test]
    fn names_of_others_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let refused = Leaves::new(Authority::open(folder.path()).unwrap(), &["bank.example".to_owned()]);
        assert!(refused.unwrap_err().to_string().contains("bank.example"));
    }
}
