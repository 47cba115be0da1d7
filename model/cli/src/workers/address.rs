//! Where workers are, and how much of a batch each takes.

use std::{fmt, str::FromStr};

/// Where a worker listens if nobody says otherwise.
pub const PORT: u16 = 7440;

/// What stands for the driver itself.
const HERE: &str = "here";

/// `host:port`, `host`, or `here`, the driver itself; with `*3` behind it three times as much of each batch as one without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// With a port, or [`HERE`].
    pub(super) place: String,
    pub(super) weight: usize,
}

impl Address {
    pub(super) fn is_here(&self) -> bool {
        self.place == HERE
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("\"{text}\" is no address: give it as host:port, or host:port*3");
        let (place, weight) = match text.trim().split_once('*') {
            Some((place, weight)) => (place, weight.parse().map_err(|_| wrong())?),
            None => (text.trim(), 1),
        };
        if !(1..=1_000).contains(&weight) || place.is_empty() || place.starts_with(':') {
            return Err(wrong());
        }
        if place == HERE {
            let place = place.to_owned();
            return Ok(Self { place, weight });
        }
        let has_port = match place.rsplit_once(':') {
            Some((_, port)) if port.parse::<u16>().is_ok_and(|port| port > 0) => true,
            Some(_) if place.ends_with(']') => false,
            Some(_) => return Err(wrong()),
            None => false,
        };
        let place = match has_port {
            true => place.to_owned(),
            false => format!("{place}:{PORT}"),
        };
        Ok(Self { place, weight })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place)?;
        match self.weight {
            1 => Ok(()),
            weight => write!(f, "*{weight}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_have_a_port_and_a_weight() {
        let said = |text: &str| text.parse::<Address>().map(|own| own.to_string());
        assert_eq!(said("room-3:9000"), Ok("room-3:9000".to_owned()));
        assert_eq!(said("room-3"), Ok(format!("room-3:{PORT}")));
        assert_eq!(said("10.0.0.7*3"), Ok(format!("10.0.0.7:{PORT}*3")));
        assert_eq!(said("here*2"), Ok("here*2".to_owned()));
        assert_eq!(said("[::1]"), Ok(format!("[::1]:{PORT}")));
        for wrong in ["", ":9000", "a:b", "a*0", "a*b", "a:99999"] {
            assert!(said(wrong).is_err(), "{wrong}");
        }
    }
}
