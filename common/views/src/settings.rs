//! Pages with which a parent sets things: children, what each may do and when, the device, what leaves it, erasing.

use askama::Template;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_learner::profile::{Learner, Pace, USUAL_MINUTES};

use crate::facts::{Kind, Proof, Setting};
use crate::overview::{Tab, child_page};
use crate::shell::{ChildLink, Html, Notice, PageHead, Parent, shell};
use crate::summary::level_title;
use crate::when;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

struct Profile<'a> {
    id: String,
    path: String,
    name: &'a str,
    level: Level,
    pace: Pace,
    weekly_minutes: u32,
    test_day: String,
}

impl<'a> Profile<'a> {
    fn of(learner: &'a Learner, number: usize) -> Self {
        let link = ChildLink { id: learner.id.clone(), name: String::new() };
        Self {
            id: format!("c{number}"),
            path: link.path(),
            name: &learner.name,
            level: learner.level,
            pace: learner.pace,
            weekly_minutes: learner.weekly_minutes,
            test_day: learner.test_day.map_or_else(String::new, when::iso),
        }
    }

    fn new() -> Self {
        Self {
            id: "new".to_owned(),
            path: "/children".to_owned(),
            name: "",
            level: Level::Lower,
            pace: Pace::Steady,
            weekly_minutes: USUAL_MINUTES,
            test_day: String::new(),
        }
    }

    fn levels(&self) -> Vec<(&'static str, &'static str, bool)> {
        Level::ALL.into_iter().map(|one| (one.as_str(), level_title(one), one == self.level)).collect()
    }

    fn paces(&self) -> Vec<(&'static str, &'static str, bool)> {
        let all = [
            ("calm", "Calm: slower speech, longer pauses", Pace::Calm),
            ("steady", "Steady", Pace::Steady),
            ("quick", "Quick", Pace::Quick),
        ];
        all.into_iter().map(|(value, title, pace)| (value, title, pace == self.pace)).collect()
    }
}

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfileForm<'a> {
    profile: &'a Profile<'a>,
    csrf: &'a str,
    button: &'static str,
}

#[derive(Template)]
#[template(path = "children.html")]
struct ChildrenBody<'a> {
    children: Vec<(Profile<'a>, Html)>,
    new: Html,
}

/// The children, with forms to change and add them: POST `/child/{id}` and `/children` with `name`, `level`, `pace`,
/// `weekly_minutes`, `test_day`, and `told` (`yes`) for a new one.
#[must_use]
pub fn children(parent: &Parent, learners: &[Learner], notice: Option<&Notice>) -> String {
    let form = |profile: &Profile<'_>, button| Html::of(&ProfileForm { profile, csrf: &parent.csrf, button });
    let children = learners.iter().enumerate().map(|(number, learner)| {
        let profile = Profile::of(learner, number);
        let form = form(&profile, "Save");
        (profile, form)
    });
    let body = ChildrenBody { children: children.collect(), new: form(&Profile::new(), "Add") };
    shell(&PageHead::parent("Children", "/children", parent).with(notice), &Html::of(&body))
}

struct Control<'a> {
    setting: &'a Setting,
    id: String,
    /// The day of the week, for a setting that is one of seven.
    day: Option<String>,
}

impl Control<'_> {
    fn on(&self) -> bool {
        self.setting.value == "on"
    }

    fn label(&self) -> &str {
        self.day.as_deref().unwrap_or(&self.setting.label)
    }
}

struct Group<'a> {
    heading: &'a str,
    help: Option<&'a str>,
    week: Vec<Control<'a>>,
    rest: Vec<Control<'a>>,
}

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsBody<'a> {
    child: &'a ChildLink,
    path: String,
    action: String,
    csrf: &'a str,
    groups: Vec<Group<'a>>,
    sections: Vec<(&'static str, &'static str)>,
}

#[derive(Template)]
#[template(path = "control.html")]
struct ControlForm<'a> {
    action: &'a str,
    csrf: &'a str,
    control: &'a Control<'a>,
}

fn control(action: &str, csrf: &str, control: &Control<'_>) -> Html {
    Html::of(&ControlForm { action, csrf, control })
}

/// Settings whose key ends in a day of the week (`limit.monday`) stand side by side.
fn groups(settings: &[Setting]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (number, setting) in settings.iter().enumerate() {
        let day = setting.key.rsplit('.').next().filter(|end| WEEKDAYS.contains(end));
        let day = day
            .map(|day| day.chars().take(1).flat_map(char::to_uppercase).chain(day.chars().skip(1)).collect());
        if groups.last().is_none_or(|group| group.heading != setting.heading) {
            groups.push(Group { heading: &setting.heading, help: None, week: Vec::new(), rest: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            let one = Control { setting, id: format!("set-{number}"), day };
            if one.day.is_some() {
                group.help = group.help.or(Some(&setting.help));
                group.week.push(one);
            } else {
                group.rest.push(one);
            }
        }
    }
    groups
}

/// What can be set for a child. POST `/child/{id}/settings` with `key` and `value`; an official score goes to
/// `/child/{id}/score` with `section`, `day`, `scaled`, `percentile`, `stanine`; POST `/child/{id}/board` pairs a screen.
#[must_use]
pub fn settings(parent: &Parent, child: &ChildLink, settings: &[Setting], notice: Option<&Notice>) -> String {
    let sections =
        Section::ALL.into_iter().filter(|one| *one != Section::Essay).map(|one| (one.as_str(), one.title()));
    let body = SettingsBody {
        child,
        path: child.path(),
        action: child.path() + "/settings",
        csrf: &parent.csrf,
        groups: groups(settings),
        sections: sections.collect(),
    };
    child_page(parent, child, Tab::Settings, notice, &Html::of(&body))
}

#[derive(Template)]
#[template(path = "pairing.html")]
struct PairingBody<'a> {
    child: &'a ChildLink,
    code: &'a str,
    address: &'a str,
    picture: Html,
}

/// The code with which a screen is paired with a child's board at `address`.
#[must_use]
pub fn pairing(parent: &Parent, child: &ChildLink, code: &str, address: &str) -> String {
    let picture = crate::door::qr(address, "QR code of the board's address");
    let body = Html::of(&PairingBody { child, code, address, picture });
    child_page(parent, child, Tab::Settings, None, &body)
}

#[derive(Template)]
#[template(path = "erase.html")]
struct EraseBody<'a> {
    child: &'a ChildLink,
    path: String,
    csrf: &'a str,
    wrong: Option<&'a str>,
}

/// Asks once more before a child is erased: POST `/child/{id}/erase` with `name` and `passphrase`.
#[must_use]
pub fn erase(parent: &Parent, child: &ChildLink, wrong: Option<&str>) -> String {
    let body = Html::of(&EraseBody { child, path: child.path(), csrf: &parent.csrf, wrong });
    child_page(parent, child, Tab::Settings, None, &body)
}

#[derive(Template)]
#[template(path = "erased.html")]
struct ErasedBody<'a> {
    proof: &'a Proof,
    when: String,
}

/// That everything of a child is gone.
#[must_use]
pub fn erased(parent: &Parent, proof: &Proof, offset_ms: i64) -> String {
    let body = Html::of(&ErasedBody { proof, when: when::moment(proof.at_ms, offset_ms) });
    shell(&PageHead::parent("Erased", "/device", parent), &body)
}

/// How a part of the device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// As it should be.
    Good,
    /// It works, and something should be looked at.
    Care,
    /// It does not work.
    Bad,
    /// It is off, as it was set.
    Off,
}

impl Health {
    fn tag(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Care => "care",
            Self::Bad => "bad",
            Self::Off => "none",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Care => "look at it",
            Self::Bad => "not working",
            Self::Off => "off",
        }
    }
}

/// A part of the device: a daemon, a model, the disk, the backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Under which heading it stands.
    pub heading: String,
    /// What it is.
    pub name: String,
    /// How it is.
    pub health: Health,
    /// In words, with what mends it.
    pub words: String,
}

/// A service outside of the house, off unless a parent turned it on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cloud {
    /// By which it is set.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What it is good for.
    pub purpose: String,
    /// What exactly would be sent, thing by thing.
    pub sends: Vec<String>,
    /// To whom.
    pub to: String,
    /// What is never sent.
    pub never: String,
    /// Whether it is on.
    pub on: bool,
}

#[derive(Template)]
#[template(path = "device.html")]
struct DeviceBody<'a> {
    csrf: &'a str,
    groups: Vec<(&'a str, Vec<&'a Part>)>,
    paused: bool,
    clouds: &'a [Cloud],
    erased: Vec<(String, &'a Proof)>,
}

/// The device: its health, pausing everything, what would leave the house, what was erased. POST `/device/pause` with
/// `value` (`on` or `off`), `/device/cloud` with `key` and `value`.
#[must_use]
pub fn device(
    parent: &Parent,
    parts: &[Part],
    paused: bool,
    clouds: &[Cloud],
    proofs: &[Proof],
    offset_ms: i64,
    notice: Option<&Notice>,
) -> String {
    let mut groups: Vec<(&str, Vec<&Part>)> = Vec::new();
    for part in parts {
        match groups.iter_mut().find(|(heading, _)| *heading == part.heading) {
            Some((_, parts)) => parts.push(part),
            None => groups.push((&part.heading, vec![part])),
        }
    }
    let erased = proofs.iter().map(|one| (when::moment(one.at_ms, offset_ms), one)).collect();
    let body = Html::of(&DeviceBody { csrf: &parent.csrf, groups, paused, clouds, erased });
    shell(&PageHead::parent("Device", "/device", parent).with(notice), &body)
}
