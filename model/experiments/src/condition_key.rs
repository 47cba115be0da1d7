//! The names of the conditions: one that does not exist does not compile.

use serde::{Serialize, Serializer};

macro_rules! keys {
    ($($name:ident = $key:literal,)*) => {
        /// Names a condition, in the locale files and in tables.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ConditionKey {
            $($name,)*
        }

        impl ConditionKey {
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

keys! {
    Pixels1 = "pixels_1",
    Pixels2 = "pixels_2",
    Pixels4 = "pixels_4",
    Pixels8 = "pixels_8",
    Network = "network",
    Neither = "neither",
    Dropout = "dropout",
    Augmentation = "augmentation",
    Both = "both",
    Films2 = "films_2",
    Films5 = "films_5",
    Films10 = "films_10",
    Films20 = "films_20",
    Wrong0 = "wrong_0",
    Wrong10 = "wrong_10",
    Wrong20 = "wrong_20",
    Wrong40 = "wrong_40",
    TrueClasses = "true_classes",
    ShuffledClasses = "shuffled_classes",
    ByImage = "by_image",
    ByPatient = "by_patient",
    Marked0 = "marked_0",
    Marked25 = "marked_25",
    Marked50 = "marked_50",
    Marked75 = "marked_75",
    Marked90 = "marked_90",
    Marked100 = "marked_100",
    AsTheyAre = "as_they_are",
    Moved = "moved",
    Matched = "matched",
    Average = "average",
    Grid = "grid",
    GridFlips = "grid_flips",
    Frozen = "frozen",
    RateE5 = "rate_1e-5",
    RateE4 = "rate_1e-4",
    RateE3 = "rate_1e-3",
    RateE2 = "rate_1e-2",
    Right = "right",
    AugmentedValidation = "augmented_validation",
    DroppedBatch = "dropped_batch",
    ScalingInUse = "scaling_in_use",
    ScalingThroughout = "scaling_throughout",
    NoSignal = "no_signal",
    ThresholdOnTest = "threshold_on_test",
    ThresholdElsewhere = "threshold_elsewhere",
}

impl Serialize for ConditionKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
