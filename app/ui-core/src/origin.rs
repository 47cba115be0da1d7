//! Where the page was opened from, which decides what the browser lends it.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// By https, or from this computer: everything that the browser has.
    Trusted,
    /// By plain http from another computer: no graphics processor, no camera, no offline copy.
    PlainHttp,
    /// A file on a disk: its address means nothing to others.
    Disk,
}

impl Place {
    /// By the protocol of the page's address, and by what the browser calls a secure context.
    pub fn of(protocol: &str, secure: bool) -> Self {
        match (protocol, secure) {
            ("file:", _) => Self::Disk,
            (_, true) => Self::Trusted,
            (_, false) => Self::PlainHttp,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_known_by_its_protocol_and_by_the_browsers_word() {
        assert_eq!(Place::of("https:", true), Place::Trusted);
        assert_eq!(Place::of("http:", true), Place::Trusted); // on this computer
        assert_eq!(Place::of("http:", false), Place::PlainHttp);
        assert_eq!(Place::of("file:", true), Place::Disk);
    }
}
