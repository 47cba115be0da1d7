//! The graph of a network.

use checkpoint::TrainedNetwork;
use imaging::settings::Network;
use mobilenet::{
    architecture::{GRID_CHANNELS, PHOTOGRAPH_DEVIATION, PHOTOGRAPH_MEAN, input_shape},
    frozen::{GRID, Reading},
    weights::{Stored, Weights},
};
use model_card::WriteError;

use super::{
    graph::{Growing, floats, whole, wholes},
    messages::{FLOAT, Graph},
};
use crate::network::{
    Convolution, HIDDEN, Numbers, Stage, Whole, dense_layers, reading, scratch_convolutions, stages,
};

const INPUT: &str = "image";
const OUTPUT: &str = "probabilities";

/// Limits of ReLU6, which many nodes share.
const ZERO: &str = "relu6.zero";
const SIX: &str = "relu6.six";

/// # Errors
/// [`WriteError`] when a part of the network is missing or not finite.
pub(super) fn graph(network: &TrainedNetwork, weights: &Weights) -> Result<Graph, WriteError> {
    let whole_network = Whole::new(network, weights)?;
    let mut graph = Growing::default();
    let side = network.settings.film_side;
    let features = match network.settings.network {
        Network::Pretrained(pooling) => {
            let reading = reading(pooling);
            let mut x = normalised(&mut graph);
            graph.floats(ZERO, &[], &[0.0]);
            graph.floats(SIX, &[], &[6.0]);
            for stage in stages(reading) {
                x = add_stage(&mut graph, &whole_network, &stage, &x)?;
            }
            match reading {
                Reading::GlobalAverage => averaged(&mut graph, &x),
                Reading::Grid => in_cells(&mut graph, &x, input_shape(reading.depth(), side)[1]),
            }
        }
        Network::Scratch => {
            let mut x = INPUT.to_owned();
            for (name, shape) in scratch_convolutions() {
                let convolution = Convolution {
                    name,
                    shape,
                    stride: 1,
                    depthwise: false,
                    bounded: false,
                };
                x = convolved(&mut graph, &whole_network, &convolution, &x)?;
                x = graph.add("Relu", &[&x], Vec::new());
                let halved = vec![
                    wholes("kernel_shape", &[2, 2]),
                    wholes("pads", &[0; 4]),
                    wholes("strides", &[2, 2]),
                ];
                x = graph.add("MaxPool", &[&x], halved);
            }
            averaged(&mut graph, &x)
        }
    };
    let classes = network.classes.len();
    let layers = dense_layers(network.settings.network, HIDDEN, classes);
    let last = layers.len() - 1;
    let mut x = features;
    for (place, (name, input, output)) in layers.into_iter().enumerate() {
        let weight = tensor(
            &mut graph,
            &whole_network,
            &format!("{name}.weight"),
            &[input, output],
        )?;
        let bias = tensor(
            &mut graph,
            &whole_network,
            &format!("{name}.bias"),
            &[output],
        )?;
        x = graph.add("Gemm", &[&x, &weight, &bias], Vec::new());
        if place < last {
            x = graph.add("Relu", &[&x], Vec::new());
        }
    }
    graph.end("Softmax", &x, OUTPUT, vec![whole("axis", -1)]);
    let image = format!("Grey pixels, 0 black to 1 white, {side} x {side}, row-major.");
    let probabilities = format!("In the order of: {}.", network.classes.join(", "));
    Ok(graph.finish(
        "firstread",
        floats(INPUT, image, &[1, side, side]),
        floats(OUTPUT, probabilities, &[classes]),
    ))
}

/// Three equal channels as the backbone expects its photographs.
fn normalised(graph: &mut Growing) -> String {
    let channels = graph.add("Concat", &[INPUT, INPUT, INPUT], vec![whole("axis", 1)]);
    graph.floats("photographs.mean", &[1, 3, 1, 1], &PHOTOGRAPH_MEAN);
    graph.floats(
        "photographs.deviation",
        &[1, 3, 1, 1],
        &PHOTOGRAPH_DEVIATION,
    );
    let centred = graph.add("Sub", &[&channels, "photographs.mean"], Vec::new());
    graph.add("Div", &[&centred, "photographs.deviation"], Vec::new())
}

fn add_stage(
    graph: &mut Growing,
    network: &Whole<'_>,
    stage: &Stage,
    entering: &str,
) -> Result<String, WriteError> {
    let mut x = entering.to_owned();
    for convolution in &stage.convolutions {
        x = convolved(graph, network, convolution, &x)?;
        if convolution.bounded {
            x = graph.add("Clip", &[&x, ZERO, SIX], Vec::new());
        }
    }
    Ok(match stage.residual {
        true => graph.add("Add", &[entering, &x], Vec::new()),
        false => x,
    })
}

fn convolved(
    graph: &mut Growing,
    network: &Whole<'_>,
    convolution: &Convolution,
    x: &str,
) -> Result<String, WriteError> {
    let [output, _, kernel, _] = convolution.shape;
    let weight = tensor(graph, network, &convolution.weight(), &convolution.shape)?;
    let bias = tensor(graph, network, &convolution.bias(), &[output])?;
    let groups = if convolution.depthwise { output } else { 1 };
    let [kernel, stride] = [kernel, convolution.stride].map(|side| side as i64);
    let attributes = vec![
        wholes("dilations", &[1, 1]),
        whole("group", groups as i64),
        wholes("kernel_shape", &[kernel, kernel]),
        wholes("pads", &[kernel / 2; 4]),
        wholes("strides", &[stride, stride]),
    ];
    Ok(graph.add("Conv", &[x, &weight, &bias], attributes))
}

/// The name under which a part's numbers are found in 32 bit.
fn tensor(
    graph: &mut Growing,
    network: &Whole<'_>,
    name: &str,
    shape: &[usize],
) -> Result<String, WriteError> {
    let single = |graph: &mut Growing, stored: &str| {
        graph.add("Cast", &[stored], vec![whole("to", i64::from(FLOAT))])
    };
    Ok(match network.numbers(name, shape)? {
        Numbers::Learnt(values) => {
            graph.floats(name, shape, values);
            name.to_owned()
        }
        Numbers::Frozen(Stored::Single(bytes)) => {
            graph.singles(name, shape, bytes);
            name.to_owned()
        }
        Numbers::Frozen(Stored::Half(bytes)) => {
            graph.halves(name, shape, bytes);
            single(graph, name)
        }
        Numbers::Frozen(Stored::Whole { numbers, scales }) => {
            let scale = name.replace(".weight", ".scale");
            let mut one_a_channel = vec![1; shape.len()];
            one_a_channel[0] = shape[0];
            graph.bytes(name, shape, numbers);
            graph.halves(&scale, &one_a_channel, scales);
            let [numbers, scales] = [name, &scale].map(|stored| single(graph, stored));
            graph.add("Mul", &[&numbers, &scales], Vec::new())
        }
    })
}

/// The average of each channel.
fn averaged(graph: &mut Growing, maps: &str) -> String {
    let averages = graph.add("GlobalAveragePool", &[maps], Vec::new());
    graph.add("Flatten", &[&averages], vec![whole("axis", 1)])
}

/// The averages of 4 x 4 cells, which overlap unless they divide the side: as a product with each cell's shares of the
/// places, since no pooling of ONNX has such cells.
fn in_cells(graph: &mut Growing, maps: &str, side: usize) -> String {
    let (places, cells) = (side * side, GRID * GRID);
    let cell = |index: usize| index * side / GRID..((index + 1) * side).div_ceil(GRID);
    let mut shares = vec![0.0; places * cells];
    for index in 0..cells {
        let (rows, columns) = (cell(index / GRID), cell(index % GRID));
        let share = 1.0 / (rows.len() * columns.len()) as f32;
        for row in rows {
            for column in columns.clone() {
                shares[(row * side + column) * cells + index] = share;
            }
        }
    }
    graph.floats("grid.shares", &[places, cells], &shares);
    graph.whole_numbers("grid.places", &[0, GRID_CHANNELS as i64, places as i64]);
    graph.whole_numbers("grid.features", &[0, (GRID_CHANNELS * cells) as i64]);
    let by_place = graph.add("Reshape", &[maps, "grid.places"], Vec::new());
    let by_cell = graph.add("MatMul", &[&by_place, "grid.shares"], Vec::new());
    graph.add("Reshape", &[&by_cell, "grid.features"], Vec::new())
}
