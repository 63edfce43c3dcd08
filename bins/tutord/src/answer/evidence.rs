//! What an answer rests on.

/// A place in a source that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The source: a book's title, or "WordNet 3.0".
    pub title: String,
    /// The page, where the source has pages.
    pub page: Option<u32>,
    /// The source's own words.
    pub quote: String,
}

impl Evidence {
    /// Evidence from a source without pages.
    #[must_use]
    pub fn of(title: &str, quote: impl Into<String>) -> Self {
        Self { title: title.to_owned(), page: None, quote: quote.into() }
    }
}

/// An answer from a source: what is said, and what it rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Sentences to say, one after the other.
    pub sentences: Vec<String>,
    /// What they rest on; nothing where the answer is only that there is none.
    pub evidence: Vec<Evidence>,
}

impl Told {
    /// One sentence that rests on nothing yet.
    #[must_use]
    pub fn say(sentence: impl Into<String>) -> Self {
        Self { sentences: vec![sentence.into()], evidence: Vec::new() }
    }

    /// And another sentence.
    #[must_use]
    pub fn and(mut self, sentence: impl Into<String>) -> Self {
        self.sentences.push(sentence.into());
        self
    }

    /// Resting on this, too.
    #[must_use]
    pub fn based_on(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// The sentences as one text.
    #[must_use]
    pub fn text(&self) -> String {
        self.sentences.join(" ")
    }
}
