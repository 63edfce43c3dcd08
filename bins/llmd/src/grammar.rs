//! Grammars for answers: GBNF, or a JSON schema turned into it.

use iseetutor_wire::message::Sampling;
use llama_cpp_2::json_schema_to_grammar;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::sampling::LlamaSampler;

/// Longest grammar in bytes. llama.cpp repeats parts of rules up to 2000 times while it reads them, so
/// what is short on the wire can be long in memory.
pub const MAX_GRAMMAR: usize = 16 * 1024;

/// Deepest nesting of parentheses. llama.cpp's reader is recursive and has no limit of its own.
pub const MAX_NESTING: usize = 64;

/// Why a grammar cannot be used. It concerns only the request that brought it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GrammarError {
    /// Both a grammar and a schema came.
    #[error("a request may have `grammar` or `json_schema`, not both; leave one out")]
    Both,
    /// It is too long.
    #[error("the {what} is {length} bytes long; at most {MAX_GRAMMAR} are read: make it shorter")]
    TooLong {
        /// `grammar` or `JSON schema`.
        what: &'static str,
        /// Its length in bytes.
        length: usize,
    },
    /// It is nested too deeply.
    #[error(
        "the grammar nests parentheses deeper than {MAX_NESTING}; give the inner ones rules of their own"
    )]
    TooDeep,
    /// The schema is not JSON.
    #[error("the JSON schema is not JSON: {0}")]
    NotJson(String),
    /// llama.cpp cannot express the schema.
    #[error(
        "the JSON schema cannot be turned into a grammar; it may use a reference or a pattern that llama.cpp does not know"
    )]
    Schema,
    /// llama.cpp cannot read the grammar.
    #[error(
        "the grammar is not valid GBNF: it needs a rule `root ::= ...`, every rule it names must exist, and none may begin with itself"
    )]
    Syntax,
}

/// Compiles what the request asks for, if it asks for a grammar.
///
/// # Errors
/// [`GrammarError`].
pub fn compile(model: &LlamaModel, sampling: &Sampling) -> Result<Option<LlamaSampler>, GrammarError> {
    let text = match (&sampling.grammar, &sampling.json_schema) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => return Err(GrammarError::Both),
        (Some(grammar), None) => {
            check_length("grammar", grammar)?;
            grammar.clone()
        }
        (None, Some(schema)) => from_schema(schema)?,
    };
    if nesting(&text) > MAX_NESTING {
        return Err(GrammarError::TooDeep);
    }
    LlamaSampler::grammar(model, &text, "root").map(Some).map_err(|_| GrammarError::Syntax)
}

fn from_schema(schema: &str) -> Result<String, GrammarError> {
    check_length("JSON schema", schema)?;
    // Read here first: this reader limits the nesting and says where the mistake is. llama.cpp gets the
    // original, because the order of its properties is the order in the answer.
    serde_json::from_str::<serde_json::Value>(schema)
        .map_err(|error| GrammarError::NotJson(error.to_string()))?;
    let grammar = json_schema_to_grammar(schema).map_err(|_| GrammarError::Schema)?;
    check_length("JSON schema's grammar", &grammar)?;
    Ok(grammar)
}

fn check_length(what: &'static str, text: &str) -> Result<(), GrammarError> {
    match text.len() {
        length if length > MAX_GRAMMAR => Err(GrammarError::TooLong { what, length }),
        _ => Ok(()),
    }
}

/// Deepest nesting of parentheses outside of quotes, character classes and comments.
fn nesting(grammar: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut characters = grammar.chars();
    while let Some(character) = characters.next() {
        let end = match character {
            '"' => '"',
            '[' => ']',
            '#' => '\n',
            '(' => {
                depth += 1;
                deepest = deepest.max(depth);
                continue;
            }
            ')' => {
                depth = depth.saturating_sub(1);
                continue;
            }
            _ => continue,
        };
        while let Some(inner) = characters.next() {
            if inner == end {
                break;
            }
            if inner == '\\' && end != '\n' {
                characters.next();
            }
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_counts_groups_and_nothing_else() {
        assert_eq!(nesting(r#"root ::= ("a" ("b" | "c"))+ ("d")"#), 2);
        assert_eq!(nesting(r#"root ::= "((((" [()\](] # (((("#), 0);
        assert_eq!(nesting(r#"root ::= "\"(" ("x")"#), 1);
        assert_eq!(nesting(&"(".repeat(1000)), 1000);
    }

    #[test]
    fn schemas_become_grammars_or_a_clear_error() {
        let grammar =
            from_schema(r#"{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}"#);
        assert!(grammar.is_ok_and(|grammar| grammar.contains("root ::=")));
        assert!(matches!(from_schema("{"), Err(GrammarError::NotJson(_))));
        assert_eq!(from_schema(r##"{"$ref":"#/nowhere"}"##), Err(GrammarError::Schema));
        let deep = format!("{}{}", r#"{"items":"#.repeat(1000), "}".repeat(1000));
        assert!(matches!(from_schema(&deep), Err(GrammarError::NotJson(_))));
        assert!(matches!(from_schema(&" ".repeat(MAX_GRAMMAR + 1)), Err(GrammarError::TooLong { .. })));
    }
}
