//! Levels, sections and strands of the exam.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A level of the exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Entering grade 2.
    Primary2,
    /// Entering grade 3.
    Primary3,
    /// Entering grade 4.
    Primary4,
    /// Entering grades 5 and 6.
    Lower,
    /// Entering grades 7 and 8.
    Middle,
    /// Entering grades 9 to 12.
    Upper,
}

impl Level {
    /// Every level, youngest first.
    pub const ALL: [Self; 6] =
        [Self::Primary2, Self::Primary3, Self::Primary4, Self::Lower, Self::Middle, Self::Upper];

    /// Its name in files and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Primary2 => "primary2",
            Self::Primary3 => "primary3",
            Self::Primary4 => "primary4",
            Self::Lower => "lower",
            Self::Middle => "middle",
            Self::Upper => "upper",
        }
    }
}

/// A section of the exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// Auditory Comprehension, at Primary 2.
    Auditory,
    /// Verbal Reasoning.
    Verbal,
    /// Quantitative Reasoning.
    Quantitative,
    /// Reading Comprehension; at the Primary levels Reading.
    Reading,
    /// Mathematics Achievement; at the Primary levels Mathematics.
    Mathematics,
    /// The essay, which is not scored.
    Essay,
}

impl Section {
    /// Every section, in the order of the exam.
    pub const ALL: [Self; 6] =
        [Self::Auditory, Self::Verbal, Self::Quantitative, Self::Reading, Self::Mathematics, Self::Essay];

    /// Its name in files and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auditory => "auditory",
            Self::Verbal => "verbal",
            Self::Quantitative => "quantitative",
            Self::Reading => "reading",
            Self::Mathematics => "mathematics",
            Self::Essay => "essay",
        }
    }

    /// Its name as the exam gives it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Auditory => "Auditory Comprehension",
            Self::Verbal => "Verbal Reasoning",
            Self::Quantitative => "Quantitative Reasoning",
            Self::Reading => "Reading Comprehension",
            Self::Mathematics => "Mathematics Achievement",
            Self::Essay => "Essay",
        }
    }
}

/// A strand of the mathematics sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strand {
    /// Numbers and Operations.
    Numbers,
    /// Algebraic Concepts.
    Algebra,
    /// Geometry.
    Geometry,
    /// Measurement.
    Measurement,
    /// Data Analysis and Probability.
    Data,
    /// Problem Solving.
    Problems,
}

impl Strand {
    /// Every strand.
    pub const ALL: [Self; 6] =
        [Self::Numbers, Self::Algebra, Self::Geometry, Self::Measurement, Self::Data, Self::Problems];

    /// Its name in files and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Algebra => "algebra",
            Self::Geometry => "geometry",
            Self::Measurement => "measurement",
            Self::Data => "data",
            Self::Problems => "problems",
        }
    }
}

/// A name that is not one of those there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no {what} '{name}'; choose one of {choices}")]
pub struct UnknownName {
    what: &'static str,
    name: String,
    choices: String,
}

macro_rules! named {
    ($type:ty, $what:literal) => {
        impl FromStr for $type {
            type Err = UnknownName;

            fn from_str(name: &str) -> Result<Self, UnknownName> {
                Self::ALL.into_iter().find(|one| one.as_str().eq_ignore_ascii_case(name)).ok_or_else(|| {
                    UnknownName {
                        what: $what,
                        name: name.to_owned(),
                        choices: Self::ALL.map(Self::as_str).join(", "),
                    }
                })
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

named!(Level, "level");
named!(Section, "section");
named!(Strand, "strand");
