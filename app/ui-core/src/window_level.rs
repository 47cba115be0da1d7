//! Window and level: which greys of a film the screen spends its range on.

/// In the film's own greys, 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowLevel {
    /// Width of the range that is spread from black to white; at least 1.
    pub window: f64,
    /// Middle of that range.
    pub level: f64,
}

impl Default for WindowLevel {
    /// Shows a film as it is.
    fn default() -> Self {
        Self {
            window: 255.0,
            level: 127.5,
        }
    }
}

impl WindowLevel {
    /// The grey on the screen for each grey of the film.
    pub fn table(&self) -> [u8; 256] {
        let darkest = self.level - self.window / 2.0;
        std::array::from_fn(|grey| {
            let share = (grey as f64 - darkest) / self.window.max(1.0);
            (share * 255.0).round().clamp(0.0, 255.0) as u8
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_changes_nothing() {
        let table = WindowLevel::default().table();
        assert!(table.into_iter().eq(0..=255));
    }

    #[test]
    fn a_narrow_window_saturates_on_both_sides() {
        let table = WindowLevel {
            window: 10.0,
            level: 100.0,
        }
        .table();
        assert_eq!((table[95], table[105]), (0, 255));
        assert!((120..=135).contains(&table[100]));
    }
}
