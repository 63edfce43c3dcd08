//! The parts of a model that the split needs, pointing into the file's bytes.
//!
//! Field numbers are those of onnx.proto (<https://github.com/onnx/onnx/blob/main/onnx/onnx.proto>).

use std::collections::HashMap;

use super::proto::{Broken, Field, fields, ints};

/// How deep subgraphs may lie in each other.
const MAX_DEPTH: usize = 8;

/// A model: its graph taken apart, everything else as it is in the file.
pub struct Model<'a> {
    /// Every field of the model but the graph, one after the other.
    pub others: Vec<&'a [u8]>,
    /// Nodes in the file's order, which is an order of execution.
    pub nodes: Vec<Node<'a>>,
    /// Weights by name, as whole fields.
    pub initializers: HashMap<&'a str, &'a [u8]>,
    /// Names of the inputs that are no weights, with their whole fields.
    pub inputs: Vec<(&'a str, &'a [u8])>,
    /// Names of the outputs, with their whole fields.
    pub outputs: Vec<(&'a str, &'a [u8])>,
}

/// An operation.
pub struct Node<'a> {
    /// The whole field.
    pub raw: &'a [u8],
    /// What it does.
    pub op: &'a str,
    /// Its name, for errors.
    pub name: &'a str,
    /// Names of the tensors it reads, in order; an optional one left out is empty.
    pub inputs: Vec<&'a str>,
    /// Names of further tensors that its subgraphs read.
    pub captured: Vec<&'a str>,
    /// Names of the tensors it writes.
    pub outputs: Vec<&'a str>,
    /// Its integer attributes, single ones as lists of one.
    pub ints: HashMap<&'a str, Vec<i64>>,
    /// The value of its attribute `auto_pad`, if it has one.
    pub auto_pad: Option<&'a str>,
}

impl Node<'_> {
    /// Every tensor it needs.
    pub fn needs(&self) -> impl Iterator<Item = &str> {
        self.inputs.iter().chain(&self.captured).copied().filter(|name| !name.is_empty())
    }
}

impl<'a> Model<'a> {
    /// Takes a model file apart.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Broken> {
        let mut model = Self {
            others: Vec::new(),
            nodes: Vec::new(),
            initializers: HashMap::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
        };
        for field in fields(bytes) {
            let field = field?;
            match field.number {
                7 => model.graph(field.bytes())?,
                _ => model.others.push(field.raw),
            }
        }
        let weights = &model.initializers;
        model.inputs.retain(|(name, _)| !weights.contains_key(name));
        Ok(model)
    }

    fn graph(&mut self, bytes: &'a [u8]) -> Result<(), Broken> {
        for field in fields(bytes) {
            let field = field?;
            match field.number {
                1 => self.nodes.push(node(&field, 0)?),
                5 => {
                    self.initializers.insert(text_of(field.bytes(), 8)?, field.raw);
                }
                11 => self.inputs.push((text_of(field.bytes(), 1)?, field.raw)),
                12 => self.outputs.push((text_of(field.bytes(), 1)?, field.raw)),
                // Names, documentation and the shapes of inner tensors, which the runtime works out again.
                _ => {}
            }
        }
        Ok(())
    }
}

fn text_of(message: &[u8], number: u64) -> Result<&str, Broken> {
    let mut text = "";
    for field in fields(message) {
        let field = field?;
        if field.number == number {
            text = field.text();
            break;
        }
    }
    Ok(text)
}

fn node<'a>(field: &Field<'a>, depth: usize) -> Result<Node<'a>, Broken> {
    let mut node = Node {
        raw: field.raw,
        op: "",
        name: "",
        inputs: Vec::new(),
        captured: Vec::new(),
        outputs: Vec::new(),
        ints: HashMap::new(),
        auto_pad: None,
    };
    for field in fields(field.bytes()) {
        let field = field?;
        match field.number {
            1 => node.inputs.push(field.text()),
            2 => node.outputs.push(field.text()),
            3 => node.name = field.text(),
            4 => node.op = field.text(),
            5 => attribute(field.bytes(), &mut node, depth)?,
            _ => {}
        }
    }
    Ok(node)
}

fn attribute<'a>(bytes: &'a [u8], node: &mut Node<'a>, depth: usize) -> Result<(), Broken> {
    let mut name = "";
    let mut values = Vec::new();
    for field in fields(bytes) {
        let field = field?;
        match field.number {
            1 => name = field.text(),
            3 | 8 => ints(&field, &mut values),
            4 if name == "auto_pad" => node.auto_pad = Some(field.text()),
            // A subgraph (of If, Loop or Scan) reads tensors of the graph around it by name.
            6 | 11 if depth < MAX_DEPTH => {
                for inner in fields(field.bytes()) {
                    let inner = inner?;
                    if inner.number == 1 {
                        let inner = self::node(&inner, depth + 1)?;
                        node.captured.extend(inner.inputs);
                        node.captured.extend(inner.captured);
                    }
                }
            }
            6 | 11 => return Err(Broken { at: 0 }),
            _ => {}
        }
    }
    node.ints.insert(name, values);
    Ok(())
}
