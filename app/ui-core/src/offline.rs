//! What the page knows of its copy for offline use, which `public/offline.js` looks after.

/// How the copy stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Stored {
    /// The browser is asked what an earlier visit has left.
    #[default]
    Checking,
    /// Nothing is done about it before the visitor has all else.
    NotYet,
    /// It cannot be here.
    Never(Reason),
    /// `done` is the share that is stored, if something is known of it.
    Storing {
        done: Option<f64>,
    },
    /// All of it, so many bytes.
    Ready {
        bytes: f64,
    },
    /// So many bytes of this version, and a newer one waits beside it.
    Newer {
        bytes: f64,
    },
    Failed(OfflineFailure),
    /// The visitor has erased it.
    Erased,
}

/// Why there can be no copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The page is a file on this computer.
    Disk,
    /// It came over plain http.
    Insecure,
    /// The browser has nothing for it, or does not allow it now.
    Browser,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfflineFailure {
    /// No room.
    Full,
    /// A file did not arrive, or not as it was made.
    Files,
}

/// What came of looking for a newer version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionCheck {
    Looking,
    Same,
    Newer,
    /// There is one, but it did not arrive whole.
    Broken,
    Unreachable,
}

impl Stored {
    /// Reads what `public/offline.js` says: a word, bytes stored, bytes in all.
    pub fn read(kind: &str, stored: f64, bytes: f64) -> Self {
        match kind {
            "checking" => Self::Checking,
            "disk" => Self::Never(Reason::Disk),
            "insecure" => Self::Never(Reason::Insecure),
            "browser" => Self::Never(Reason::Browser),
            "storing" => Self::Storing {
                done: (bytes > 0.0).then(|| (stored / bytes).clamp(0.0, 1.0)),
            },
            "ready" => Self::Ready { bytes },
            "waiting" => Self::Newer { bytes },
            "full" => Self::Failed(OfflineFailure::Full),
            "files" => Self::Failed(OfflineFailure::Files),
            "erased" => Self::Erased,
            _ => Self::NotYet,
        }
    }

    /// Bytes of a whole copy.
    pub fn bytes(self) -> Option<f64> {
        match self {
            Self::Ready { bytes } | Self::Newer { bytes } => Some(bytes),
            _ => None,
        }
    }
}

impl VersionCheck {
    pub fn read(outcome: &str) -> Self {
        match outcome {
            "same" => Self::Same,
            "newer" => Self::Newer,
            "broken" => Self::Broken,
            _ => Self::Unreachable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_a_share_once_the_whole_is_known() {
        assert_eq!(
            Stored::read("storing", 0.0, 0.0),
            Stored::Storing { done: None }
        );
        assert_eq!(
            Stored::read("storing", 10.0, 40.0),
            Stored::Storing { done: Some(0.25) }
        );
    }

    #[test]
    fn only_a_whole_copy_has_a_size() {
        assert_eq!(Stored::read("ready", 7.0, 7.0).bytes(), Some(7.0));
        assert_eq!(Stored::read("waiting", 7.0, 7.0).bytes(), Some(7.0));
        for other in [
            "checking", "storing", "full", "files", "erased", "disk", "anything",
        ] {
            assert_eq!(Stored::read(other, 7.0, 7.0).bytes(), None);
        }
    }

    #[test]
    fn a_look_that_says_nothing_has_not_reached_the_site() {
        assert_eq!(VersionCheck::read("same"), VersionCheck::Same);
        assert_eq!(VersionCheck::read(""), VersionCheck::Unreachable);
    }
}
