//! The workers' program is compiled twice: browsers without relaxed SIMD refuse a program that has it.

/// The program of the workers that compute features.
pub const FEATURE_WORKER: &str = "feature-worker";

/// How products are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// A product is rounded before it is added: the same numbers in every browser.
    Plain,
    /// Where the processor can do both at once, it does, and rounds once.
    Relaxed,
}

impl Arithmetic {
    pub const ALL: [Self; 2] = [Self::Plain, Self::Relaxed];

    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Relaxed => "relaxed",
        }
    }

    /// Beside those of the workspace. Without loop strength reduction, loads keep the constant offsets that WebAssembly has
    /// room for; with it each address is computed, which costs 6 to 7 % (measured).
    pub fn rustflags(self) -> String {
        let features = match self {
            Self::Plain => "+simd128,+bulk-memory",
            Self::Relaxed => "+simd128,+bulk-memory,+relaxed-simd",
        };
        format!(
            "target.wasm32-unknown-unknown.rustflags=[\"-C\",\"target-feature={features}\",\
             \"-C\",\"llvm-args=-disable-lsr\"]"
        )
    }
}
