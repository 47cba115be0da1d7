//! A graph that grows node by node.

use super::messages::{
    Attribute, FLOAT, FLOAT16, Graph, INT, INT8, INT64, INTS, Kind, Node, Shape, Side, Tensor,
    TensorKind, ValueInfo,
};

/// Names of nodes, values and tensors differ all: engines refuse doubled ones, some of them also across kinds.
#[derive(Default)]
pub(super) struct Growing {
    nodes: Vec<Node>,
    tensors: Vec<Tensor>,
}

impl Growing {
    /// A node on these inputs; the name of what it puts out.
    pub(super) fn add(
        &mut self,
        operation: &str,
        inputs: &[&str],
        attributes: Vec<Attribute>,
    ) -> String {
        let output = format!("value.{}", self.nodes.len());
        self.push(operation, inputs, &output, attributes);
        output
    }

    /// The last node, which puts out what the graph does.
    pub(super) fn end(
        &mut self,
        operation: &str,
        input: &str,
        output: &str,
        attributes: Vec<Attribute>,
    ) {
        self.push(operation, &[input], output, attributes);
    }

    fn push(&mut self, operation: &str, inputs: &[&str], output: &str, attributes: Vec<Attribute>) {
        self.nodes.push(Node {
            input: inputs.iter().map(|&input| input.to_owned()).collect(),
            output: vec![output.to_owned()],
            name: Some(format!("node.{}.{operation}", self.nodes.len())),
            op_type: Some(operation.to_owned()),
            attribute: attributes,
            domain: None,
        });
    }

    pub(super) fn floats(&mut self, name: &str, shape: &[usize], values: &[f32]) {
        let bytes = values.iter().flat_map(|value| value.to_le_bytes());
        self.tensor(name, shape, FLOAT, bytes.collect());
    }

    pub(super) fn whole_numbers(&mut self, name: &str, values: &[i64]) {
        let bytes = values.iter().flat_map(|value| value.to_le_bytes());
        self.tensor(name, &[values.len()], INT64, bytes.collect());
    }

    pub(super) fn singles(&mut self, name: &str, shape: &[usize], bytes: &[u8]) {
        self.tensor(name, shape, FLOAT, bytes.to_vec());
    }

    pub(super) fn halves(&mut self, name: &str, shape: &[usize], bytes: &[u8]) {
        self.tensor(name, shape, FLOAT16, bytes.to_vec());
    }

    pub(super) fn bytes(&mut self, name: &str, shape: &[usize], bytes: &[u8]) {
        self.tensor(name, shape, INT8, bytes.to_vec());
    }

    fn tensor(&mut self, name: &str, shape: &[usize], kind: i32, bytes: Vec<u8>) {
        self.tensors.push(Tensor {
            dims: shape.iter().map(|&side| side as i64).collect(),
            data_type: Some(kind),
            float_data: Vec::new(),
            name: Some(name.to_owned()),
            raw_data: Some(bytes),
        });
    }

    pub(super) fn finish(self, name: &str, input: ValueInfo, output: ValueInfo) -> Graph {
        Graph {
            node: self.nodes,
            name: Some(name.to_owned()),
            initializer: self.tensors,
            input: vec![input],
            output: vec![output],
        }
    }
}

pub(super) fn whole(name: &str, value: i64) -> Attribute {
    Attribute {
        name: Some(name.to_owned()),
        i: Some(value),
        ints: Vec::new(),
        kind: Some(INT),
    }
}

pub(super) fn wholes(name: &str, values: &[i64]) -> Attribute {
    Attribute {
        name: Some(name.to_owned()),
        i: None,
        ints: values.to_vec(),
        kind: Some(INTS),
    }
}

/// `[batch, sides]` of floats.
pub(super) fn floats(name: &str, doc: String, sides: &[usize]) -> ValueInfo {
    let batch = Side {
        value: None,
        name: Some("batch".into()),
    };
    let sides = sides.iter().map(|&side| Side {
        value: Some(side as i64),
        name: None,
    });
    ValueInfo {
        name: Some(name.to_owned()),
        doc_string: Some(doc),
        kind: Some(Kind {
            tensor: Some(TensorKind {
                elements: Some(FLOAT),
                shape: Some(Shape {
                    dim: [batch].into_iter().chain(sides).collect(),
                }),
            }),
        }),
    }
}

/// Whether two tensors hold the same, wherever their floats are written.
pub(super) fn same(one: &Tensor, other: &Tensor) -> bool {
    let floats = |tensor: &Tensor| {
        let bytes = tensor.float_data.iter();
        bytes.flat_map(|value| value.to_le_bytes()).collect()
    };
    let bytes = |tensor: &Tensor| tensor.raw_data.clone().unwrap_or_else(|| floats(tensor));
    one.name == other.name
        && one.dims == other.dims
        && one.data_type == other.data_type
        && bytes(one) == bytes(other)
}

/// Whether nodes compute the same. An absent domain and an empty one are the same, and the order of attributes tells nothing.
pub(super) fn same_nodes(one: &[Node], other: &[Node]) -> bool {
    let plain = |nodes: &[Node]| {
        let nodes = nodes.iter().cloned().map(|mut node| {
            node.attribute.sort_by(|a, b| a.name.cmp(&b.name));
            node.domain = node.domain.filter(|domain| !domain.is_empty());
            node
        });
        nodes.collect::<Vec<_>>()
    };
    plain(one) == plain(other)
}
