//! What everybody in the house may see: how to trust the device, what is kept, and the files of pages.

use hyper::StatusCode;
use hyper::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use iseetutor_views::door;

use super::{Outcome, Visit};
use crate::http::{Asked, Reply, Trouble};
use crate::pages::{self, form};
use crate::server::Web;

/// Where the certificate is, and its fingerprint.
pub(super) fn authority(web: &Web, asked: &Asked) -> (String, String) {
    (format!("https://{}/trust/iseetutor.crt", asked.host), web.fingerprint())
}

/// Three steps, with a QR code of where the certificate is and the fingerprint to compare.
pub(super) fn trust(visit: &Visit<'_>) -> Outcome {
    let (address, fingerprint) = authority(visit.web, &visit.asked);
    let page = door::trust(door::Trust { address: &address, fingerprint: &fingerprint });
    Ok(Reply::page(StatusCode::OK, page))
}

/// Whether browsers insist on a trusted certificate.
pub(super) fn show_insist(visit: &Visit<'_>) -> Outcome {
    let (now, label, to) = if visit.web.door.insists() {
        ("Browsers are told to open this page only with a trusted certificate.", "Do not insist", "off")
    } else {
        (
            "Once every browser of yours trusts the certificate, you can have them insist: they then refuse anything \
             that only pretends to be this device.",
            "All my browsers trust it: insist",
            "on",
        )
    };
    let inner = format!("<p>{now}</p><input type=\"hidden\" name=\"insist\" value=\"{to}\">");
    let form = form("/trust", &visit.csrf(), label, &inner);
    Ok(visit.page(
        "Certificate",
        &format!("<div class=\"card\">{form}<p><a href=\"/trust\">How to trust it</a></p></div>"),
    ))
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
    Ok(Reply::see("/certificate"))
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
    let page = if visit.session.is_some() {
        visit.page("What is kept", main)
    } else {
        Reply::page(StatusCode::OK, pages::open_page("What is kept", main))
    };
    Ok(page)
}

/// A file that pages load.
pub(super) fn asset(visit: &Visit<'_>) -> Outcome {
    let name = visit.named.first().map(String::as_str).unwrap_or_default();
    let Some(asset) = iseetutor_views::assets::asset(name) else {
        return Err(Trouble::new(
            StatusCode::NOT_FOUND,
            "There is no such file.",
            "Load the page again: the device may have been updated.",
        )
        .into());
    };
    let tag = format!("\"{}\"", asset.version());
    let tags = visit.asked.header(&IF_NONE_MATCH).unwrap_or_default();
    let reply = if tags.split(',').any(|one| one.trim() == tag) {
        Reply::bare(StatusCode::NOT_MODIFIED)
    } else {
        Reply::text(asset.content_type, asset.body)
    };
    // For ever under its mark; without it the browser asks again.
    let marked = visit.asked.query.get("v") == asset.version();
    let keep = if marked { "public, max-age=31536000, immutable" } else { "no-cache" };
    Ok(reply.header(ETAG, &tag).header(CACHE_CONTROL, keep))
}
