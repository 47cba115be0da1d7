//! Checkpoints in bytes and back, and what is refused.

use checkpoint::{
    Checkpoint, CheckpointError, EpochSoFar, Moments, NamedTensor, Origin, Position,
    RandomPositions, TrainedNetwork,
};
use imaging::settings::Settings;

fn tensor(name: &str, shape: &[usize], first: f32) -> NamedTensor {
    let n: usize = shape.iter().product();
    NamedTensor {
        name: name.into(),
        shape: shape.to_vec(),
        values: (0..n).map(|at| first + at as f32).collect(),
    }
}

fn checkpoint() -> Checkpoint {
    Checkpoint {
        network: TrainedNetwork {
            settings: Settings::default(),
            classes: vec!["chest".into(), "abdomen".into()],
            tensors: vec![
                tensor("head.hidden.weight", &[3, 2], -1.5),
                tensor("head.hidden.bias", &[2], 1e-30),
            ],
        },
        films: 0xfeed_beef_1234_5678,
        origin: Origin::UnknownFilms,
        optimiser: vec![Moments {
            name: "head.hidden.bias".into(),
            steps: 7,
            first: vec![-0.1, 0.2],
            second: vec![0.0, 3e-20],
        }],
        position: Position {
            stage: 1,
            epoch: 2,
            steps_done: 33,
            seen: 5,
        },
        random: RandomPositions {
            order: 12,
            dropout: 9_999,
        },
        epoch_so_far: EpochSoFar {
            loss: 0.1 + 0.2,
            correct: 3,
            n: 5,
        },
    }
}

#[test]
fn comes_back_bit_for_bit() {
    let whole = checkpoint();
    let bytes = whole.to_bytes().expect("bytes");
    assert_eq!(Checkpoint::parse(&bytes), Ok(whole));
}

/// The first form had no origin: the directory ends without it.
#[test]
fn the_first_form_is_read_still() {
    let drawn = Checkpoint {
        origin: Origin::Drawn,
        ..checkpoint()
    };
    let mut bytes = drawn.to_bytes().expect("bytes");
    let length = u32::from_le_bytes(bytes[12..16].try_into().expect("a length"));
    bytes[8] = 1;
    bytes[12..16].copy_from_slice(&(length - 1).to_le_bytes());
    bytes.remove(16 + length as usize - 1);
    assert_eq!(Checkpoint::parse(&bytes), Ok(drawn));
}

#[test]
fn cut_at_any_place_it_is_refused() {
    let bytes = checkpoint().to_bytes().expect("bytes");
    for length in 0..bytes.len() {
        assert!(Checkpoint::parse(&bytes[..length]).is_err(), "{length}");
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert!(Checkpoint::parse(&longer).is_err());
}

#[test]
fn any_changed_byte_is_refused_or_a_checkpoint() {
    let bytes = checkpoint().to_bytes().expect("bytes");
    for at in 0..bytes.len() {
        for flip in [1, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] ^= flip;
            if let Ok(parsed) = Checkpoint::parse(&changed) {
                assert_eq!(parsed.validate(), Ok(()));
            }
        }
    }
}

#[test]
fn later_forms_and_other_files_are_told_apart() {
    let bytes = checkpoint().to_bytes().expect("bytes");
    let mut later = bytes.clone();
    later[8] = 9;
    let error = CheckpointError::Later { version: 9 };
    assert_eq!(Checkpoint::parse(&later), Err(error));
    assert_eq!(
        Checkpoint::parse(b"PK\x03\x04"),
        Err(CheckpointError::Foreign)
    );
    assert_eq!(Checkpoint::parse(b""), Err(CheckpointError::Foreign));
}

#[test]
fn what_no_run_can_have_written_is_refused() {
    let refused = |change: fn(&mut Checkpoint)| {
        let mut changed = checkpoint();
        change(&mut changed);
        assert!(changed.validate().is_err(), "{changed:?}");
        let bytes = changed.to_bytes().expect("bytes");
        assert!(Checkpoint::parse(&bytes).is_err(), "{changed:?}");
    };
    refused(|own| own.network.settings.batch_size = 0);
    refused(|own| own.network.tensors[0].values[1] = f32::NAN);
    refused(|own| own.network.tensors[0].values[1] = f32::INFINITY);
    refused(|own| own.network.tensors[0].name = "head.hidden.bias".into());
    refused(|own| own.network.tensors[0].shape = vec![usize::MAX, 2]);
    refused(|own| own.network.tensors[0].shape = vec![1 << 20, 1 << 20]);
    refused(|own| own.optimiser[0].steps = 0);
    refused(|own| own.optimiser[0].first[0] = f32::NAN);
    refused(|own| own.optimiser[0].second[0] = -1.0);
    refused(|own| own.random.dropout = u64::MAX);
    refused(|own| own.epoch_so_far.loss = f64::NAN);
    refused(|own| own.epoch_so_far.correct = 6);
    refused(|own| own.position.seen = 4);
}
