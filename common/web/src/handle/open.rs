//! What everybody in the house may see: how to trust the device, what is kept, and the files of pages.

use hyper::StatusCode;
use hyper::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use qrcode::{Color, EcLevel, QrCode};

use super::{Outcome, Visit};
use crate::assets;
use crate::http::{Reply, Trouble};
use crate::pages::{esc, form};
use crate::tls::NAME;

/// Three steps, with a QR code that leads to this very page and the fingerprint to compare.
pub(super) fn trust(visit: &Visit<'_>) -> Outcome {
    let authority = visit.web.leaves.authority();
    let address = format!("https://{}/trust", visit.asked.host);
    let mut main = format!(
        "<p>Browsers know the web's big names; they do not know a device in your home until you tell them. Its certificate \
         can vouch for <strong>{NAME}</strong> and addresses of a home network, and for nothing else on the internet.</p>\
         <ol><li><strong>Load it.</strong> Open this page on each phone, tablet and computer that should trust the \
         device, and <a href=\"/trust/iseetutor.crt\">load the certificate</a>.{}</li>\
         <li><strong>Compare it.</strong> On the device, run <code>tutorctl parent fingerprint</code>. It has to be \
         this, letter for letter:<br><code class=\"fingerprint\">{}</code></li>\
         <li><strong>Trust it.</strong> iPhone and iPad: Settings, Profile Downloaded, Install; then General, About, \
         Certificate Trust Settings. Android: Settings, Security, Install a certificate, CA certificate. Windows: open \
         the file, Install Certificate, Trusted Root Certification Authorities. Mac: open it in Keychain Access, set \
         to Always Trust. Firefox has its own list: Settings, Certificates, Authorities, Import.</li></ol>",
        picture(&address),
        esc(&authority.fingerprint())
    );
    if visit.session.is_some() {
        let (now, label, to) = if visit.web.door.insists() {
            ("Browsers are told to open this page only with a trusted certificate.", "Do not insist", "off")
        } else {
            (
                "Once every browser of yours trusts it, you can have them insist: they then refuse anything that only \
                 pretends to be this device.",
                "All my browsers trust it: insist",
                "on",
            )
        };
        let inner = format!("<p>{now}</p><input type=\"hidden\" name=\"insist\" value=\"{to}\">");
        main.push_str(&form("/trust", &visit.csrf(), label, &inner));
    }
    Ok(visit.page("Trust this device", &main))
}

/// A QR code as a picture with words.
fn picture(text: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return String::new() };
    let width = code.width();
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            // Four modules of light around it (ISO/IEC 18004).
            path.push_str(&format!("M{} {}h1v1h-1z", place % width + 4, place / width + 4));
        }
    }
    let side = width + 8;
    format!(
        "<figure><svg class=\"qr\" role=\"img\" aria-label=\"QR code of {}\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>\
         <figcaption>This leads to <span>{}</span></figcaption></figure>",
        esc(text),
        esc(text)
    )
}

/// The certificate of the authority.
pub(super) fn certificate(visit: &Visit<'_>) -> Outcome {
    let der = visit.web.leaves.authority().certificate().to_vec();
    Ok(Reply::text("application/x-x509-ca-cert", der).attachment("iseetutor.crt"))
}

/// Has browsers insist on a trusted certificate, or not any more.
pub(super) async fn insist(visit: &Visit<'_>) -> Outcome {
    let insist = match visit.form("insist") {
        "on" => true,
        "off" => false,
        _ => {
            return Err(
                Trouble::new(StatusCode::BAD_REQUEST, "On or off?", "Go back, and use the button.").into()
            );
        }
    };
    visit.web.door.insist(insist).await?;
    visit
        .note(if insist { "browsers insist on a trusted certificate" } else { "browsers do not insist" })
        .await;
    Ok(Reply::see("/trust"))
}

/// What is kept, in plain words.
pub(super) fn privacy(visit: &Visit<'_>) -> Outcome {
    let main = "<p>What a child says stays in your home. Nothing is sent anywhere: there is no account, no advertising and no \
         cloud service.</p><ul>\
         <li><strong>Answers and progress</strong> are kept on the device until you erase the child.</li>\
         <li><strong>What was said</strong>, as text, is kept on the device until you erase the child. You can read it, and \
         children should know that you can.</li>\
         <li><strong>The sound</strong> of a voice is never written to disk.</li>\
         <li><strong>This page</strong> is served in your home only. It keeps who signed in, from which address, and what was \
         changed; you can read that in its log.</li></ul>\
         <p>You can load everything on record of a child, and erase it for ever, with a proof of when and how much.</p>";
    Ok(visit.page("What is kept", main))
}

/// A file that pages load.
pub(super) fn asset(visit: &Visit<'_>) -> Outcome {
    let name = visit.named.first().map(String::as_str).unwrap_or_default();
    let Some(asset) = assets::find(name) else {
        return Err(Trouble::new(
            StatusCode::NOT_FOUND,
            "There is no such file.",
            "Load the page again: the device may have been updated.",
        )
        .into());
    };
    let known = visit
        .asked
        .header(&IF_NONE_MATCH)
        .is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == asset.etag));
    let reply =
        if known { Reply::bare(StatusCode::NOT_MODIFIED) } else { Reply::text(asset.kind, asset.bytes) };
    Ok(reply.header(ETAG, &asset.etag).header(CACHE_CONTROL, "public, max-age=31536000, immutable"))
}
