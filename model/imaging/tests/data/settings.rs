//! Settings that no network can be trained by are refused, with the setting, its value and what it may be.

use imaging::settings::{
    Augmentation, FineTuning, Network, Pooling, Settings, SettingsError,
    limits::{self, nearest, nearest_side},
};

type Change = fn(&mut Settings);

fn changed(change: Change) -> Settings {
    let mut settings = Settings {
        augmentation: Some(Augmentation::default()),
        ..Settings::default()
    };
    change(&mut settings);
    settings
}

fn tuning(settings: &mut Settings) -> &mut FineTuning {
    settings.fine_tuning.as_mut().unwrap()
}

fn views(settings: &mut Settings) -> &mut Augmentation {
    settings.augmentation.as_mut().unwrap()
}

#[test]
fn the_usual_settings_are_valid_for_every_network() {
    for network in [
        Network::Pretrained(Pooling::GlobalAverage),
        Network::Pretrained(Pooling::Grid),
        Network::Scratch,
    ] {
        let usual = Settings {
            network,
            ..Settings::default()
        };
        assert_eq!(usual.validate(), Ok(()));
    }
    assert_eq!(changed(|_| ()).validate(), Ok(()));
}

#[test]
fn both_ends_of_every_range_are_valid() {
    let lowest: Change = |settings| {
        *settings = Settings {
            film_side: 32,
            dropout: 0.0,
            batch_size: 1,
            learning_rate: 1e-6,
            epochs: 1,
            fine_tuning: Some(FineTuning {
                stages: 1,
                epochs: 1,
                learning_rate: 1e-6,
            }),
            augmentation: Some(Augmentation {
                rotation: 0.0,
                shift: 0.0,
                shear: 0.0,
                zoom: 0.0,
                flip: true,
            }),
            ..settings.clone()
        };
    };
    let highest: Change = |settings| {
        *settings = Settings {
            film_side: 448,
            dropout: 0.9,
            batch_size: 64,
            learning_rate: 1.0,
            epochs: 100,
            fine_tuning: Some(FineTuning {
                stages: 19,
                epochs: 50,
                learning_rate: 1.0,
            }),
            augmentation: Some(Augmentation {
                rotation: 90.0,
                shift: 0.5,
                shear: 0.8,
                zoom: 0.5,
                flip: false,
            }),
            ..settings.clone()
        };
    };
    assert_eq!(changed(lowest).validate(), Ok(()));
    assert_eq!(changed(highest).validate(), Ok(()));
}

#[test]
fn what_is_out_of_range_is_refused_by_its_name_its_value_and_its_range() {
    #[rustfmt::skip]
    let cases: [(Change, &str); 26] = [
        (|s| s.dropout = 1.5, "dropout cannot be 1.5: choose from 0 to 0.9"),
        (|s| s.dropout = 1.0, "dropout cannot be 1: choose from 0 to 0.9"),
        (|s| s.dropout = -0.1, "dropout cannot be -0.1: choose from 0 to 0.9"),
        (|s| s.dropout = f64::NAN, "dropout cannot be NaN: choose from 0 to 0.9"),
        (|s| s.epochs = 0, "epochs cannot be 0: choose from 1 to 100"),
        (|s| s.epochs = 101, "epochs cannot be 101: choose from 1 to 100"),
        (|s| s.batch_size = 0, "batch size cannot be 0: choose from 1 to 64"),
        (|s| s.batch_size = 65, "batch size cannot be 65: choose from 1 to 64"),
        (|s| s.learning_rate = 0.0, "learning rate cannot be 0: choose from 0.000001 to 1"),
        (|s| s.learning_rate = -1e-3, "learning rate cannot be -0.001: choose from 0.000001 to 1"),
        (|s| s.learning_rate = f64::INFINITY, "learning rate cannot be inf: choose from 0.000001 to 1"),
        (|s| s.learning_rate = f64::NAN, "learning rate cannot be NaN: choose from 0.000001 to 1"),
        (|s| s.film_side = 0, "film side cannot be 0: choose from 32 to 448"),
        (|s| s.film_side = 480, "film side cannot be 480: choose from 32 to 448"),
        (|s| s.film_side = 100, "film side cannot be 100 pixels: choose a multiple of 32, such as 96"),
        (|s| tuning(s).stages = 0, "unfrozen stages cannot be 0: choose from 1 to 19"),
        (|s| tuning(s).stages = 20, "unfrozen stages cannot be 20: choose from 1 to 19"),
        (|s| tuning(s).epochs = 0, "fine-tuning epochs cannot be 0: choose from 1 to 50"),
        (|s| tuning(s).epochs = 51, "fine-tuning epochs cannot be 51: choose from 1 to 50"),
        (|s| tuning(s).learning_rate = -1.0, "fine-tuning rate cannot be -1: choose from 0.000001 to 1"),
        (|s| tuning(s).learning_rate = f64::NEG_INFINITY, "fine-tuning rate cannot be -inf: choose from 0.000001 to 1"),
        (|s| views(s).rotation = 91.0, "rotation cannot be 91: choose from 0 to 90"),
        (|s| views(s).rotation = f64::NAN, "rotation cannot be NaN: choose from 0 to 90"),
        (|s| views(s).shift = 1.0, "shift cannot be 1: choose from 0 to 0.5"),
        (|s| views(s).shear = -0.2, "shear cannot be -0.2: choose from 0 to 0.8"),
        (|s| views(s).zoom = 1.0, "zoom cannot be 1: choose from 0 to 0.5"),
    ];
    for (change, sentence) in cases {
        let refused = changed(change).validate().expect_err(sentence);
        assert_eq!(refused.to_string(), sentence);
    }
}

#[test]
fn a_huge_number_is_refused_and_not_cut_short() {
    let huge = changed(|settings| settings.batch_size = usize::MAX);
    assert!(matches!(
        huge.validate(),
        Err(SettingsError::OutOfRange { value, .. }) if value > 1e9
    ));
    assert_eq!(nearest_side(usize::MAX), 448);
}

#[test]
fn a_number_is_put_right_to_the_nearest_that_is_valid() {
    assert_eq!(nearest(1.5, &limits::DROPOUT), Some(0.9));
    assert_eq!(nearest(f64::NEG_INFINITY, &limits::DROPOUT), Some(0.0));
    assert_eq!(nearest(0.3, &limits::DROPOUT), Some(0.3));
    assert_eq!(nearest(f64::NAN, &limits::DROPOUT), None);
    assert_eq!(nearest(0, &limits::EPOCHS), Some(1));
    assert_eq!(nearest(1000, &limits::EPOCHS), Some(100));
    let sides = [0, 47, 48, 224, 9999].map(nearest_side);
    assert_eq!(sides, [32, 32, 64, 224, 448]);
}
