//! Pages as they are put together: everything that is not ours is escaped on its way in.

use std::fmt::Write;

use hyper::StatusCode;

use crate::assets;
use crate::http::{Reply, Trouble};

/// A text as it may stand in a page and in an attribute.
#[must_use]
pub(crate) fn esc(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A whole page. With the mark of the session's forms for somebody who is signed in.
#[must_use]
pub(crate) fn page(title: &str, mark: Option<&str>, main: &str) -> String {
    let mut html = String::with_capacity(main.len() + 2_048);
    let _ = write!(
        html,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{} - ISEE Tutor</title><link rel=\"stylesheet\" href=\"{}\"></head><body>\
         <a class=\"skip\" href=\"#main\">Skip to the page</a>",
        esc(title),
        assets::STYLE.href()
    );
    if let Some(mark) = mark {
        let links = [
            ("/", "Overview"),
            ("/children", "Children"),
            ("/device", "Device"),
            ("/sessions", "Sessions"),
            ("/audit", "Log"),
        ];
        html.push_str("<nav aria-label=\"Pages\"><ul>");
        for (to, label) in links {
            let _ = write!(html, "<li><a href=\"{to}\">{label}</a></li>");
        }
        let _ = write!(html, "</ul>{}</nav>", form("/sign-out", mark, "Sign out", ""));
    }
    let _ = write!(html, "<main id=\"main\"><h1>{}</h1>{main}</main></body></html>", esc(title));
    html
}

/// A page that says what is wrong and what mends it.
#[must_use]
pub(crate) fn trouble(trouble: &Trouble, more: Option<&str>) -> Reply {
    let main = format!(
        "<p role=\"alert\">{}</p>{}<p><a href=\"/\">To the overview</a></p>",
        esc(&trouble.remedy),
        more.unwrap_or_default()
    );
    Reply::page(trouble.status, page(&trouble.title, None, &main))
}

/// A form of a session; `inner` is markup.
#[must_use]
pub(crate) fn form(action: &str, mark: &str, button: &str, inner: &str) -> String {
    format!(
        "<form method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"mark\" value=\"{}\">{inner}\
         <button>{}</button></form>",
        esc(action),
        esc(mark),
        esc(button)
    )
}

/// A field with its label. `more` is markup for the input, such as `required`.
#[must_use]
pub(crate) fn field(label: &str, name: &str, kind: &str, value: &str, more: &str) -> String {
    format!(
        "<label>{} <input type=\"{kind}\" name=\"{}\" value=\"{}\" {more}></label>",
        esc(label),
        esc(name),
        esc(value)
    )
}

/// A choice among some, with its label.
#[must_use]
pub(crate) fn select(label: &str, name: &str, options: &[(String, String)], chosen: &str) -> String {
    let mut html = format!("<label>{} <select name=\"{}\">", esc(label), esc(name));
    for (value, label) in options {
        let selected = if value == chosen { " selected" } else { "" };
        let _ = write!(html, "<option value=\"{}\"{selected}>{}</option>", esc(value), esc(label));
    }
    html.push_str("</select></label>");
    html
}

/// A table; the cells are texts.
#[must_use]
pub(crate) fn table(caption: &str, heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut html = format!("<table><caption>{}</caption><thead><tr>", esc(caption));
    for head in heads {
        let _ = write!(html, "<th scope=\"col\">{}</th>", esc(head));
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let cell = esc(cell);
            let _ = if column == 0 {
                write!(html, "<th scope=\"row\">{cell}</th>")
            } else {
                write!(html, "<td>{cell}</td>")
            };
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
    html
}

/// The sign-in page.
#[must_use]
pub(crate) fn sign_in(next: &str, wrong: Option<&str>) -> Reply {
    let wrong = wrong.map_or_else(String::new, |wrong| format!("<p role=\"alert\">{}</p>", esc(wrong)));
    let passphrase =
        field("Passphrase", "passphrase", "password", "", "required autocomplete=\"current-password\"");
    let main = format!(
        "{wrong}<form method=\"post\" action=\"/sign-in\"><input type=\"hidden\" name=\"next\" value=\"{}\">{passphrase}\
         <button>Sign in</button></form><p>Forgotten? On the device, run <code>tutorctl parent reset</code>.</p>\
         <p><a href=\"/trust\">Does your browser warn you of this page?</a> <a href=\"/privacy\">What is kept</a></p>",
        esc(next)
    );
    Reply::page(StatusCode::UNAUTHORIZED, page("Sign in", None, &main))
}

/// The page of the first visit.
#[must_use]
pub(crate) fn setup(status: StatusCode, wrong: Option<&str>) -> Reply {
    let wrong = wrong.map_or_else(String::new, |wrong| format!("<p role=\"alert\">{}</p>", esc(wrong)));
    let fields = [
        field(
            "Setup code",
            "code",
            "text",
            "",
            "required autocomplete=\"one-time-code\" autocapitalize=\"characters\" spellcheck=\"false\"",
        ),
        field(
            "Passphrase (12 characters or more)",
            "passphrase",
            "password",
            "",
            "required autocomplete=\"new-password\"",
        ),
        field("The same again", "again", "password", "", "required autocomplete=\"new-password\""),
    ]
    .concat();
    let main = format!(
        "{wrong}<p>Nobody has set this device up yet. On the device, run <code>tutorctl parent code</code>: it shows a code \
         that works once, for an hour. Then choose a passphrase: four or five words that do not belong together.</p>\
         <form method=\"post\" action=\"/setup\">{fields}<button>Set up</button></form>\
         <p><a href=\"/trust\">Does your browser warn you of this page?</a> <a href=\"/privacy\">What is kept</a></p>"
    );
    Reply::page(status, page("First visit", None, &main))
}
