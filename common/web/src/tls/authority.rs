//! The certificate authority: one key, made on the device, which certifies this device's names and addresses of a house and
//! nothing else (RFC 5280, 4.2.1.10), so that a family that trusts it lends nobody the rest of the internet.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, PublicKeyData, SanType,
    SerialNumber,
};
use rustls::pki_types::CertificateDer;
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use super::{HOUSE, NAME};
use crate::error::WebError;
use crate::random;

const KEY_FILE: &str = "authority.key";
const CERTIFICATE_FILE: &str = "authority.crt";
const REMEDY: &str =
    "remove authority.key and authority.crt, start again, and trust the new certificate on each device";
/// From when to when the authority is valid. Fixed, because a device without a battery for its clock may not know the day
/// when it makes it: 2026-01-01 and 2046-01-01.
const VALID: (i64, i64) = (1_767_225_600, 2_398_377_600);
/// How long a served certificate is valid; Apple's devices take at most 825 days, also from an authority of one's own.
pub(super) const LEAF_DAYS: i64 = 397;

/// The certificate authority of the device.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the key.
        f.debug_struct("Authority").field("fingerprint", &self.fingerprint()).finish_non_exhaustive()
    }
}

impl Authority {
    /// The authority whose key is in `folder`, made there (readable by this user only) when there is none.
    ///
    /// # Errors
    /// [`WebError::File`], [`WebError::Damaged`] when key and certificate do not belong together.
    pub fn open(folder: &Path) -> Result<Self, WebError> {
        let (key_path, certificate_path) = (folder.join(KEY_FILE), folder.join(CERTIFICATE_FILE));
        if !key_path.exists() {
            let key = KeyPair::generate().map_err(certificate)?;
            let made = parameters(&key)?.self_signed(&key).map_err(certificate)?;
            // The key last: its being there says that both are whole.
            write_private(&certificate_path, &made.pem())?;
            write_private(&key_path, &key.serialize_pem())?;
        }
        let damaged =
            |path: &Path, reason: String| WebError::Damaged { path: path.to_owned(), reason, remedy: REMEDY };
        let key =
            KeyPair::from_pem(&read(&key_path)?).map_err(|error| damaged(&key_path, error.to_string()))?;
        let pem = read(&certificate_path)?;
        let der = <CertificateDer<'_> as rustls::pki_types::pem::PemObject>::from_pem_slice(pem.as_bytes())
            .map_err(|error| damaged(&certificate_path, error.to_string()))?
            .into_owned();
        // The public key stands in the certificate as it is (RFC 5280, 4.1.2.7).
        let public = key.subject_public_key_info();
        if !der.windows(public.len()).any(|window| window == public) {
            return Err(damaged(&certificate_path, "it is not the certificate of authority.key".to_owned()));
        }
        let issuer = Issuer::new(parameters(&key)?, key);
        Ok(Self { issuer, certificate: der })
    }

    /// The authority's certificate, as it is downloaded.
    #[must_use]
    pub fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// The SHA-256 of the certificate as devices show it: `AB:CD:...`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(&self.certificate);
        digest.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
    }

    /// A certificate for a key, for these names and addresses, valid from the day before `now_s` (Unix time).
    ///
    /// # Errors
    /// [`WebError::Certificate`].
    pub(super) fn certify(
        &self,
        key: &KeyPair,
        names: &[String],
        address: std::net::IpAddr,
        now_s: i64,
    ) -> Result<CertificateDer<'static>, WebError> {
        let mut params = CertificateParams::new(names.to_vec()).map_err(certificate)?;
        params.subject_alt_names.push(SanType::IpAddress(address));
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, NAME);
        let now = moment(now_s)?;
        params.not_before = now - Duration::days(1);
        params.not_after = now + Duration::days(LEAF_DAYS - 1);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        params.serial_number = Some(serial()?);
        let signed = params.signed_by(key, &self.issuer).map_err(certificate)?;
        Ok(signed.der().clone())
    }
}

/// The authority's parameters; the same for the same key.
fn parameters(key: &KeyPair) -> Result<CertificateParams, WebError> {
    let mut params = CertificateParams::default();
    // Named after its key, so that a device that trusted an earlier one does not take them for the same.
    let mark = random::hex(&Sha256::digest(key.subject_public_key_info())[..3]).to_uppercase();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, format!("ISEE Tutor at home {mark}"));
    params.not_before = moment(VALID.0)?;
    params.not_after = moment(VALID.1)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.serial_number = Some(serial()?);
    let names = [NAME, "localhost"].map(|name| GeneralSubtree::DnsName(name.to_owned()));
    let addresses =
        HOUSE.map(|(block, prefix)| GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(block, prefix)));
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: names.into_iter().chain(addresses).collect(),
        excluded_subtrees: Vec::new(),
    });
    Ok(params)
}

fn serial() -> Result<SerialNumber, WebError> {
    let mut serial = random::bytes::<16>()?;
    // Positive and of full length (RFC 5280, 4.1.2.2).
    serial[0] = serial[0] & 0x7f | 0x40;
    Ok(SerialNumber::from_slice(&serial))
}

fn moment(unix_s: i64) -> Result<OffsetDateTime, WebError> {
    OffsetDateTime::from_unix_timestamp(unix_s).map_err(|error| WebError::Certificate(error.to_string()))
}

pub(super) fn certificate(error: rcgen::Error) -> WebError {
    WebError::Certificate(error.to_string())
}

fn read(path: &Path) -> Result<String, WebError> {
    std::fs::read_to_string(path).map_err(|source| WebError::File {
        operation: "read",
        path: path.to_owned(),
        source,
    })
}

/// Writes a file that only this user can read: whole or not at all, and on disk when this returns.
pub fn write_private(path: &Path, text: &str) -> Result<(), WebError> {
    let new = PathBuf::from(format!("{}.new", path.display()));
    let write = || -> std::io::Result<()> {
        // One left over from a power cut may have another mode.
        match std::fs::remove_file(&new) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, path)?;
        path.parent().map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
    };
    write().map_err(|source| WebError::File { operation: "write", path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::os::unix::fs::PermissionsExt;

    use super::{Authority, CERTIFICATE_FILE, KEY_FILE};

    #[test]
    fn it_is_made_once_and_kept_private() {
        let folder = tempfile::tempdir().unwrap();
        let first = Authority::open(folder.path()).unwrap();
        for file in [KEY_FILE, CERTIFICATE_FILE] {
            let mode = std::fs::metadata(folder.path().join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
        let again = Authority::open(folder.path()).unwrap();
        assert_eq!(first.fingerprint(), again.fingerprint());
        assert_eq!(first.fingerprint().len(), 32 * 3 - 1);
        assert!(!format!("{first:?}").contains("PRIVATE"));
    }

    #[test]
    fn damage_is_named_with_its_remedy() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        Authority::open(one.path()).unwrap();
        Authority::open(other.path()).unwrap();
        std::fs::copy(other.path().join(CERTIFICATE_FILE), one.path().join(CERTIFICATE_FILE)).unwrap();
        let told = Authority::open(one.path()).unwrap_err().to_string();
        assert!(told.contains(CERTIFICATE_FILE) && told.contains("remove authority.key"), "{told}");
        std::fs::write(other.path().join(KEY_FILE), "nonsense").unwrap();
        assert!(Authority::open(other.path()).unwrap_err().to_string().contains(KEY_FILE));
    }
}
