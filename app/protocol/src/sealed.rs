//! A message within a message.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What the page seldom looks into: only the part of it that does, and is fetched for that, needs the code to read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Sealed<T> {
    bytes: Vec<u8>,
    of: PhantomData<T>,
}

impl<T: Serialize> Sealed<T> {
    pub fn of(content: &T) -> Self {
        Self {
            // Fails only for types that postcard cannot write, of which there are none here.
            bytes: postcard::to_allocvec(content).unwrap_or_default(),
            of: PhantomData,
        }
    }
}

impl<T: DeserializeOwned> Sealed<T> {
    /// `None` only if it comes from another build.
    pub fn open(&self) -> Option<T> {
        postcard::from_bytes(&self.bytes).ok()
    }
}
