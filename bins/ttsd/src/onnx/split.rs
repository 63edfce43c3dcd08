//! Where a voice is cut, and the two halves.

use std::collections::{HashMap, HashSet};

use super::graph::{Model, Node};
use super::proto::{Broken, put_bytes, put_int};

/// The input that names the speaker, in voices of several.
pub const SPEAKER: &str = "sid";

/// Why a voice cannot be cut. It can still be run whole.
#[derive(Debug, thiserror::Error)]
pub enum SplitError {
    /// Not an ONNX file, or a damaged one.
    #[error("not an ONNX model: {0}")]
    Broken(#[from] Broken),
    /// The graph is not that of a VITS voice.
    #[error("the graph has no HiFi-GAN decoder at its end: {0}")]
    NoDecoder(String),
    /// The decoder has an operation of which it is not known how far it looks.
    #[error("the decoder's node {node:?} ({op}) looks further than is known")]
    Unknown {
        /// The node's name.
        node: String,
        /// What it does.
        op: String,
    },
}

/// A voice cut in two.
pub struct Halves<'a> {
    model: Model<'a>,
    encoder: Vec<usize>,
    decoder: Vec<usize>,
    cut: &'a str,
    output: (&'a str, &'a [u8]),
    /// Samples that one column of the latent becomes.
    pub hop: usize,
    /// Columns to either side of a column that its samples depend on.
    pub reach: usize,
}

/// Finds the decoder of a voice and cuts there.
///
/// # Errors
/// [`SplitError`]; the voice can then only be run whole.
pub fn split(bytes: &[u8]) -> Result<Halves<'_>, SplitError> {
    let model = Model::parse(bytes)?;
    let none = |what: &str| SplitError::NoDecoder(what.to_owned());
    let mut producer = HashMap::new();
    for (i, node) in model.nodes.iter().enumerate() {
        for output in &node.outputs {
            producer.insert(*output, i);
        }
    }
    let cut =
        find_cut(&model, &producer).ok_or_else(|| none("no convolution before the first upsampling"))?;
    let output = *model.outputs.first().ok_or_else(|| none("no output"))?;
    let decoder = ancestors(&model, &producer, output.0, Some(cut));
    let encoder = ancestors(&model, &producer, cut, None);
    // The speaker may be asked for again; anything else beside the latent would vary along the sound.
    let beside =
        decoder.iter().filter_map(|i| model.nodes.get(*i)).flat_map(Node::needs).any(|name| {
            name != cut && name != SPEAKER && model.inputs.iter().any(|(input, _)| *input == name)
        });
    let random = |i: &usize| model.nodes.get(*i).is_some_and(|n| n.op.starts_with("Random"));
    if beside || decoder.iter().any(random) || encoder.is_empty() {
        return Err(none("sound depends on more than the latent"));
    }
    let (hop, reach) = field_of_view(&model, &decoder, cut, output.0)?;
    Ok(Halves { model, encoder, decoder, cut, output, hop, reach })
}

/// The latent: what the last convolution before the first transposed convolution reads.
fn find_cut<'a>(model: &Model<'a>, producer: &HashMap<&str, usize>) -> Option<&'a str> {
    let upsampling = model.nodes.iter().find(|n| n.op == "ConvTranspose")?;
    let mut at = *upsampling.inputs.first()?;
    // An activation and, in voices of several speakers, the addition of the speaker lie between.
    for _ in 0..8 {
        let node = model.nodes.get(*producer.get(at)?)?;
        at = *node.inputs.first()?;
        if node.op == "Conv" {
            return Some(at);
        }
    }
    None
}

/// The nodes that `target` depends on, not going beyond `stop`, in the file's order.
fn ancestors(
    model: &Model<'_>,
    producer: &HashMap<&str, usize>,
    target: &str,
    stop: Option<&str>,
) -> Vec<usize> {
    let mut seen = HashSet::new();
    let mut open = vec![target];
    while let Some(name) = open.pop() {
        if Some(name) == stop {
            continue;
        }
        let Some(i) = producer.get(name).filter(|i| seen.insert(**i)) else { continue };
        if let Some(node) = model.nodes.get(*i) {
            open.extend(node.needs());
        }
    }
    let mut nodes: Vec<usize> = seen.into_iter().collect();
    nodes.sort_unstable();
    nodes
}

/// How a tensor of the decoder lies over the latent.
#[derive(Clone, Copy)]
struct View {
    /// Positions for one column.
    scale: i64,
    /// Columns to either side that a position depends on.
    reach: f64,
}

/// Samples for one column, and columns of context that make a piece exact.
fn field_of_view<'a>(
    model: &Model<'a>,
    decoder: &[usize],
    cut: &'a str,
    output: &str,
) -> Result<(usize, usize), SplitError> {
    let mut views: HashMap<&str, View> = HashMap::from([(cut, View { scale: 1, reach: 0.0 })]);
    for node in decoder.iter().filter_map(|i| model.nodes.get(*i)) {
        let seen: Vec<View> = node.needs().filter_map(|name| views.get(name).copied()).collect();
        // Constants, and what is made of the speaker alone.
        let Some(first) = seen.first().copied() else { continue };
        let even = seen.iter().all(|v| v.scale == first.scale);
        let reach = seen.iter().map(|v| v.reach).fold(0.0, f64::max);
        let view = after(node, View { reach, ..first }).filter(|_| even);
        let Some(view) = view else {
            return Err(SplitError::Unknown { node: node.name.to_owned(), op: node.op.to_owned() });
        };
        for name in &node.outputs {
            views.insert(name, view);
        }
    }
    let view = views
        .get(output)
        .ok_or_else(|| SplitError::NoDecoder("the output is not made of the latent".into()))?;
    let hop = usize::try_from(view.scale).unwrap_or(0);
    let reach = view.reach.ceil() as usize;
    if hop == 0 || reach > 1024 {
        return Err(SplitError::NoDecoder(format!("{hop} samples a column, {reach} columns of context")));
    }
    Ok((hop, reach))
}

/// The view after a node; nothing if it is not known.
fn after(node: &Node<'_>, view: View) -> Option<View> {
    let list = |name: &str, default: &[i64]| match node.ints.get(name) {
        Some(values) if !values.is_empty() => values.clone(),
        _ => default.to_vec(),
    };
    let single = |name: &str, default: i64| match list(name, &[default]).as_slice() {
        [value] => Some(*value),
        _ => None,
    };
    let padded = || match list("pads", &[0, 0]).as_slice() {
        [left, right] => Some((*left, *right)),
        _ => None,
    };
    let plain_padding = node.auto_pad.is_none_or(|mode| mode == "NOTSET");
    let scale = view.scale as f64;
    match node.op {
        "LeakyRelu" | "Relu" | "Add" | "Sub" | "Mul" | "Div" | "Tanh" | "Sigmoid" | "Identity" | "Cast"
        | "Clip" | "Unsqueeze" | "Squeeze" => Some(view),
        "Conv" if plain_padding => {
            let (kernel, dilation, stride) =
                (single("kernel_shape", 0)?, single("dilations", 1)?, single("strides", 1)?);
            let (left, right) = padded()?;
            let same_length = left.checked_add(right)? == kernel.checked_sub(1)?.checked_mul(dilation)?;
            (stride == 1 && kernel > 0 && same_length && left >= 0 && right >= 0)
                .then_some(View { reach: view.reach + left.max(right) as f64 / scale, ..view })
        }
        "ConvTranspose" if plain_padding => {
            let (kernel, dilation, stride) =
                (single("kernel_shape", 0)?, single("dilations", 1)?, single("strides", 1)?);
            let (left, right) = padded()?;
            let extra = single("output_padding", 0)?;
            // The output is exactly `stride` times as long.
            let exact =
                left >= 0 && kernel.checked_sub(left)?.checked_sub(right)?.checked_add(extra)? == stride;
            if dilation != 1 || !(1..=1024).contains(&stride) || !exact || !(1..=4096).contains(&kernel) {
                return None;
            }
            // Position `o` is made of the positions from (o + left - kernel + 1) / stride, rounded up, to
            // (o + left) / stride, rounded down; the extremes are at the first and the last `o` of a column.
            let reach = ((kernel - 1 - left) / stride).max((stride - 1 + left) / stride).max(0);
            Some(View { scale: view.scale.checked_mul(stride)?, reach: view.reach + reach as f64 / scale })
        }
        _ => None,
    }
}

impl Halves<'_> {
    /// The name of the latent: the encoder's output and the decoder's first input. Its shape is
    /// 1 x channels x columns.
    #[must_use]
    pub fn latent(&self) -> &str {
        self.cut
    }

    /// The name of the decoder's output.
    #[must_use]
    pub fn output(&self) -> &str {
        self.output.0
    }

    /// The first half as a model file: from the voice's inputs to the latent.
    #[must_use]
    pub fn encoder(&self) -> Vec<u8> {
        let mut graph = self.part(&self.encoder, None);
        put_bytes(&mut graph, 12, &float_tensor(self.cut));
        self.file(&graph)
    }

    /// The second half as a model file: from the latent (and the speaker, if the decoder needs to know) to sound.
    #[must_use]
    pub fn decoder(&self) -> Vec<u8> {
        let mut graph = self.part(&self.decoder, Some(&float_tensor(self.cut)));
        graph.extend_from_slice(self.output.1);
        self.file(&graph)
    }

    /// Nodes, the weights they need, and the inputs they need; `first` is put before the other inputs.
    fn part(&self, nodes: &[usize], first: Option<&[u8]>) -> Vec<u8> {
        let nodes: Vec<&Node<'_>> = nodes.iter().filter_map(|i| self.model.nodes.get(*i)).collect();
        let mut needed: Vec<&str> = nodes.iter().flat_map(|n| n.needs()).collect();
        needed.sort_unstable();
        needed.dedup();
        let mut graph = Vec::new();
        for node in &nodes {
            graph.extend_from_slice(node.raw);
        }
        put_bytes(&mut graph, 2, b"half of a voice");
        for weight in needed.iter().filter_map(|name| self.model.initializers.get(name)) {
            graph.extend_from_slice(weight);
        }
        if let Some(first) = first {
            put_bytes(&mut graph, 11, first);
        }
        for (_, raw) in self.model.inputs.iter().filter(|(name, _)| needed.binary_search(name).is_ok()) {
            graph.extend_from_slice(raw);
        }
        graph
    }

    fn file(&self, graph: &[u8]) -> Vec<u8> {
        let mut file = Vec::with_capacity(graph.len() + 1024);
        for field in &self.model.others {
            file.extend_from_slice(field);
        }
        put_bytes(&mut file, 7, graph);
        file
    }
}

/// A `ValueInfoProto`: a tensor of 32-bit floats with three dimensions of any size.
fn float_tensor(name: &str) -> Vec<u8> {
    let mut shape = Vec::new();
    for _ in 0..3 {
        put_bytes(&mut shape, 1, &[]);
    }
    let mut tensor = Vec::new();
    put_int(&mut tensor, 1, 1);
    put_bytes(&mut tensor, 2, &shape);
    let mut kind = Vec::new();
    put_bytes(&mut kind, 1, &tensor);
    let mut info = Vec::new();
    put_bytes(&mut info, 1, name.as_bytes());
    put_bytes(&mut info, 2, &kind);
    info
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn node(op: &str, inputs: &[&str], output: &str, attributes: &[(&str, &[i64])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for input in inputs {
            put_bytes(&mut bytes, 1, input.as_bytes());
        }
        put_bytes(&mut bytes, 2, output.as_bytes());
        put_bytes(&mut bytes, 3, output.as_bytes());
        put_bytes(&mut bytes, 4, op.as_bytes());
        for (name, values) in attributes {
            let mut attribute = Vec::new();
            put_bytes(&mut attribute, 1, name.as_bytes());
            for value in *values {
                put_int(&mut attribute, 8, value.cast_unsigned());
            }
            put_bytes(&mut bytes, 5, &attribute);
        }
        bytes
    }

    /// A toy voice: one node of encoder, two convolutions around one upsampling of 4.
    fn voice(last: Vec<u8>) -> Vec<u8> {
        let conv: &[(&str, &[i64])] = &[("kernel_shape", &[7]), ("pads", &[3, 3])];
        let up: &[(&str, &[i64])] = &[("kernel_shape", &[8]), ("pads", &[2, 2]), ("strides", &[4])];
        let nodes = [
            node("Exp", &["input"], "latent", &[]),
            node("Conv", &["latent", "w1"], "a", conv),
            node("LeakyRelu", &["a"], "b", &[]),
            node("ConvTranspose", &["b", "w2"], "c", up),
            last,
        ];
        let mut graph = Vec::new();
        for node in &nodes {
            put_bytes(&mut graph, 1, node);
        }
        for weight in ["w1", "w2", "w3"] {
            let mut tensor = Vec::new();
            put_bytes(&mut tensor, 8, weight.as_bytes());
            put_bytes(&mut graph, 5, &tensor);
        }
        put_bytes(&mut graph, 11, &float_tensor("input"));
        put_bytes(&mut graph, 12, &float_tensor("sound"));
        let mut file = Vec::new();
        put_int(&mut file, 1, 8);
        put_bytes(&mut file, 7, &graph);
        file
    }

    fn good() -> Vec<u8> {
        voice(node(
            "Conv",
            &["c", "w3"],
            "sound",
            &[("kernel_shape", &[3]), ("dilations", &[12]), ("pads", &[12, 12])],
        ))
    }

    #[test]
    fn a_voice_is_cut_before_its_decoder() {
        let file = good();
        let halves = split(&file).unwrap();
        assert_eq!((halves.latent(), halves.output(), halves.hop), ("latent", "sound", 4));
        // 3 columns of the first convolution, 1 of the upsampling, 12/4 of the last.
        assert_eq!(halves.reach, 3 + 1 + 3);
        let encoder_file = halves.encoder();
        let encoder = Model::parse(&encoder_file).unwrap();
        assert_eq!(encoder.nodes.iter().map(|n| n.op).collect::<Vec<_>>(), ["Exp"]);
        assert_eq!((encoder.inputs[0].0, encoder.outputs[0].0), ("input", "latent"));
        assert!(encoder.initializers.is_empty());
        let decoder_file = halves.decoder();
        let decoder = Model::parse(&decoder_file).unwrap();
        assert_eq!(decoder.nodes.len(), 4);
        assert_eq!((decoder.inputs[0].0, decoder.outputs[0].0), ("latent", "sound"));
        assert_eq!(decoder.initializers.len(), 3);
        assert_eq!(decoder.others.len(), 1);
    }

    #[test]
    fn what_cannot_be_cut_says_why() {
        let attention = voice(node("Softmax", &["c"], "sound", &[]));
        assert!(matches!(split(&attention), Err(SplitError::Unknown { op, .. }) if op == "Softmax"));
        let shorter = voice(node("Conv", &["c", "w3"], "sound", &[("kernel_shape", &[3])]));
        assert!(matches!(split(&shorter), Err(SplitError::Unknown { .. })));
        let around = voice(node("Add", &["c", "input"], "sound", &[]));
        assert!(matches!(split(&around), Err(SplitError::NoDecoder(_))));
        assert!(matches!(split(b""), Err(SplitError::NoDecoder(_))));
        assert!(split(&[0xff; 64]).is_err());
    }

    #[test]
    fn a_cut_file_is_an_error_and_never_a_panic() {
        let file = good();
        for length in 0..file.len() {
            assert!(split(&file[..length]).is_err(), "cut at {length}");
        }
    }
}
