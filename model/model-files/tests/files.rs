//! What is written is read again, equal networks are equal files, and everything else is refused.

mod drawn;

use checkpoint::TrainedNetwork;
use drawn::{KINDS, Kind, card, images, network, weights};
use model_card::{PageWords, ReadError, WriteError};
use model_files::{Read, classifier::Classifier, onnx, page, read, weights_file};

fn kind(name: &str) -> &'static Kind {
    let mut kinds = KINDS.iter();
    kinds.find(|kind| kind.name == name).expect("a kind")
}

/// Bytes with the last place of `from` replaced.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places = bytes.windows(from.len());
    let place = places.enumerate().rfind(|(_, own)| *own == from);
    let (place, _) = place.expect("what is replaced");
    let mut bytes = bytes.to_vec();
    bytes[place..place + to.len()].copy_from_slice(to);
    bytes
}

fn bytes_of(values: &[f32]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect()
}

fn by_name(mut network: TrainedNetwork) -> TrainedNetwork {
    network.tensors.sort_by(|a, b| a.name.cmp(&b.name));
    network
}

#[test]
fn each_file_is_read_again_and_equal_networks_are_equal_files() {
    let weights = weights();
    for kind in &KINDS {
        let network = network(kind, &weights);
        let written = || {
            [
                onnx::write(&network, &weights, card()).expect("an ONNX file"),
                weights_file::write(&network, &weights, card()).expect("a safetensors file"),
            ]
        };
        let files = written();
        assert_eq!(files, written(), "{}", kind.name);
        for file in files {
            let Read {
                network: own,
                card: said,
            } = read(&file, &weights).expect(kind.name);
            assert_eq!(by_name(own), by_name(network.clone()), "{}", kind.name);
            assert_eq!(said, card());
        }
    }
}

#[test]
fn a_fine_tuned_network_is_small() {
    let weights = weights();
    for name in ["tuned-grid", "tuned-average"] {
        let network = network(kind(name), &weights);
        let file = onnx::write(&network, &weights, card()).expect("an ONNX file");
        assert!(file.len() < 10_000_000, "{name}: {} bytes", file.len());
    }
}

#[test]
fn the_classifier_tells_images_apart() {
    let weights = weights();
    let network = network(kind("small-grid"), &weights);
    let file = weights_file::write(&network, &weights, card()).expect("a safetensors file");
    let mut classifier = Classifier::new(&file).expect("a classifier");
    let rows: Vec<_> = images(2, 96)
        .iter()
        .map(|image| classifier.probabilities(image))
        .collect();
    for row in &rows {
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }
    assert_ne!(rows[0], rows[1]);
    assert!(classifier.probabilities(&[0.0; 4]).is_empty());
}

#[test]
fn what_is_not_finite_is_neither_written_nor_read() {
    let weights = weights();
    let mut network = network(kind("scratch-five"), &weights);
    let sound = [
        onnx::write(&network, &weights, card()).expect("an ONNX file"),
        weights_file::write(&network, &weights, card()).expect("a safetensors file"),
    ];
    let bias = network.tensors.last().expect("a bias").values.clone();
    let mut broken = bias.clone();
    broken[1] = f32::NAN;
    for file in sound {
        let file = replaced(&file, &bytes_of(&bias), &bytes_of(&broken));
        let tensor = "scratch.output.bias".to_owned();
        assert_eq!(read(&file, &weights), Err(ReadError::NotFinite { tensor }));
    }
    for odd in [f32::NAN, f32::INFINITY] {
        network.tensors[0].values[0] = odd;
        let tensor = "scratch.convolution.0.weight".to_owned();
        let refused = WriteError::NotFinite { tensor };
        let words = PageWords::default();
        for result in [
            onnx::write(&network, &weights, card()),
            weights_file::write(&network, &weights, card()),
            page::write(&network, &weights, card(), &words, &[]),
        ] {
            assert_eq!(result, Err(refused.clone()));
        }
    }
}

#[test]
fn files_of_others_are_refused_by_what_is_missing() {
    let weights = weights();
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../public/weights/mobilenetv2.safetensors"
    );
    let foreign = std::fs::read(path).expect("the weights");
    let refused = read(&foreign, &weights);
    assert!(
        matches!(refused, Err(ReadError::Foreign { .. })),
        "{refused:?}"
    );
    for bytes in [
        &b""[..],
        b"PK\x03\x04",
        b"hello, this is no network",
        &foreign[..1000],
    ] {
        let refused = read(bytes, &weights);
        assert!(
            matches!(refused, Err(ReadError::Damaged { .. })),
            "{refused:?}"
        );
    }
}

#[test]
fn a_changed_file_is_refused_by_what_was_changed() {
    let weights = weights();
    let network = network(kind("tuned-grid"), &weights);
    let onnx = onnx::write(&network, &weights, card()).expect("an ONNX file");
    let file = weights_file::write(&network, &weights, card()).expect("a safetensors file");
    // The text stands in another text in the second one.
    for (file, quote) in [(&onnx, "\""), (&file, "\\\"")] {
        let said = |key: &str, value: &str| format!("{key}{quote}:{value}").into_bytes();
        let later = replaced(file, &said("form", "1"), &said("form", "7"));
        assert_eq!(read(&later, &weights), Err(ReadError::Later { form: 7 }));

        let settings = replaced(file, &said("film_side", "224"), &said("film_side", "225"));
        let refused = read(&settings, &weights);
        assert!(
            matches!(refused, Err(ReadError::Settings { .. })),
            "{refused:?}"
        );

        let renamed = replaced(file, b"head.output.bias", b"head.output.bits");
        let refused = read(&renamed, &weights);
        assert!(
            matches!(refused, Err(ReadError::Unfit { .. })),
            "{refused:?}"
        );
    }
    // The last numbers are frozen ones.
    let mut other = file.clone();
    *other.last_mut().expect("numbers") ^= 1;
    let refused = read(&other, &weights);
    assert!(
        matches!(refused, Err(ReadError::OtherBackbone { .. })),
        "{refused:?}"
    );
    let other = replaced(&onnx, b"Softmax", b"Sigmoid");
    assert_eq!(read(&other, &weights), Err(ReadError::OtherGraph));
}

#[test]
fn the_page_asks_nothing_of_any_host() {
    let weights = weights();
    let network = network(kind("scratch-five"), &weights);
    let words = PageWords {
        language: "es".into(),
        title: "Cráneo & <tórax>".into(),
        ..PageWords::default()
    };
    let page = page::write(&network, &weights, card(), &words, b"program").expect("a page");
    let page = String::from_utf8(page).expect("text");
    assert!(page.contains(r#"<html lang="es">"#));
    assert!(page.contains("<title>Cráneo &amp; &lt;tórax&gt;</title>"));
    assert!(page.contains("default-src 'none'"));
    assert!(
        !page.contains("http:") && !page.contains("https:"),
        "an address"
    );
    assert!(
        !page.contains("Drawn </script>"),
        "an end of a script in the data"
    );
    assert_eq!(
        page.matches("<script").count(),
        page.matches("</script>").count()
    );
}
