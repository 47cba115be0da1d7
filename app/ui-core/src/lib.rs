//! What the page knows and decides, without a browser: state, lesson, classroom, kiosk, reports and what a test tells.
//!
//! [`state`] is the fold of the engine's events over what was there before; everything else answers questions of the
//! views. Nothing here draws on a screen, reads a clock or keeps anything: the page does.

pub mod altered;
pub mod classroom;
pub mod curves;
pub mod embedding_map;
pub mod evaluation;
pub mod handout;
pub mod insight;
pub mod kept;
pub mod kiosk;
pub mod lesson;
pub mod link;
pub mod loads;
pub mod network_file;
pub mod offline;
pub mod origin;
pub mod robustness;
pub mod runs;
pub mod site_packs;
pub mod sorting;
pub mod state;
pub mod viewer;
pub mod winners_curse;
