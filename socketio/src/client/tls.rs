//! TLS to the server: whom to believe, decided once.

use std::sync::Arc;

use rustls_platform_verifier::BuilderVerifierExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::stream::Stream;

/// Who the server must be, and how that is found out.
#[derive(Clone, Debug)]
pub(crate) struct Tls {
    name: ServerName<'static>,
    config: Arc<ClientConfig>,
}

impl Tls {
    /// For a server of this name or address; `roots` are certificates in PEM, instead of those that the system believes.
    pub(crate) fn new(host: &str, roots: Option<&str>) -> Result<Self, String> {
        let name = ServerName::try_from(host.to_owned()).map_err(|_| {
            format!("{host:?} is neither a name nor an address that a certificate could be for")
        })?;
        let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|why| format!("no version of TLS to speak: {why}"))?;
        let builder = match roots {
            Some(pem) => builder.with_root_certificates(parse(pem)?),
            None => builder
                .with_platform_verifier()
                .map_err(|why| format!("the certificates that the system believes cannot be had: {why}"))?,
        };
        let mut config = builder.with_no_client_auth();
        // Nothing else is spoken here, and some servers prefer HTTP/2 to whoever does not say so.
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { name, config: Arc::new(config) })
    }

    /// Agrees on keys with the server, and finds out whether it is the one.
    pub(crate) async fn connect(&self, stream: TcpStream) -> Result<Stream, std::io::Error> {
        let connector = TlsConnector::from(Arc::clone(&self.config));
        let stream = connector.connect(self.name.clone(), stream).await?;
        Ok(Stream::Tls(Box::new(stream)))
    }
}

/// Certificates to believe, of which there is at least one.
fn parse(pem: &str) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    for (index, certificate) in CertificateDer::pem_slice_iter(pem.as_bytes()).enumerate() {
        let number = index + 1;
        let certificate =
            certificate.map_err(|why| format!("`roots`: certificate {number} is no PEM: {why}"))?;
        roots
            .add(certificate)
            .map_err(|why| format!("`roots`: certificate {number} cannot be used: {why}"))?;
    }
    if roots.is_empty() {
        return Err("`roots` has no certificate: it should be PEM, like -----BEGIN CERTIFICATE-----".into());
    }
    Ok(roots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_believed_is_told_before_anything_is_tried() {
        let why = |host: &str, roots: &str| Tls::new(host, Some(roots)).unwrap_err();
        assert!(why("a", "").contains("no certificate"));
        assert!(
            why("a", "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----")
                .contains("certificate 1 is no PEM")
        );
        assert!(
            why("a", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")
                .contains("cannot be used")
        );
        assert!(why("a b", "").contains("neither a name nor an address"));
    }
}
