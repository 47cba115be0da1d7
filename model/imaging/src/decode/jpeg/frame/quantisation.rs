//! Tables of quantisation, ITU-T T.81, B.2.4.1: the decoder reads them itself; here they tell how strongly a file was compressed.

use super::Component;

/// Each as it was defined first.
#[derive(Default)]
pub(super) struct Quantisation([Option<[u16; 64]>; 4]);

impl Quantisation {
    /// A segment may define several tables; one that is cut off ends it.
    pub(super) fn define(&mut self, mut content: &[u8]) {
        while let Some((&head, rest)) = content.split_first() {
            let size = if head >> 4 == 0 { 1 } else { 2 };
            let Some(steps) = rest.get(..64 * size) else {
                return;
            };
            content = &rest[64 * size..];
            let mut table = [0; 64];
            for (step, bytes) in table.iter_mut().zip(steps.chunks_exact(size)) {
                *step = bytes
                    .iter()
                    .fold(0, |high, &low| high << 8 | u16::from(low));
            }
            if let Some(place) = self.0.get_mut(usize::from(head & 15)) {
                place.get_or_insert(table);
            }
        }
    }

    pub(super) fn of(&self, component: &Component) -> Option<&[u16; 64]> {
        self.0.get(usize::from(component.quantisation))?.as_ref()
    }
}
