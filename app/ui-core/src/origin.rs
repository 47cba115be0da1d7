//! Where the page was opened from, which decides what the browser lends it.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageOrigin {
    /// By https, or from this computer: everything that the browser has.
    Trusted,
    /// By plain http from another computer: no graphics processor, no camera, no offline copy.
    PlainHttp,
    /// A file on a disk: its address means nothing to others.
    Disk,
}

impl PageOrigin {
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
        assert_eq!(PageOrigin::of("https:", true), PageOrigin::Trusted);
        assert_eq!(PageOrigin::of("http:", true), PageOrigin::Trusted); // on this computer
        assert_eq!(PageOrigin::of("http:", false), PageOrigin::PlainHttp);
        assert_eq!(PageOrigin::of("file:", true), PageOrigin::Disk);
    }
}
