//! Where a step's claims rest on others' work.

use crate::{I18n, say};
use ui_core::lesson::{Break, Step};

#[derive(Clone, Copy)]
enum Citation {
    Wiggins,
    Lakhani,
    Zech,
    DeGrave,
    Arun,
    Adebayo,
    Claim,
    Rouzrokh,
    Syllabus,
}

/// What it is about, and where it is found.
pub fn of(i18n: I18n, step: Step) -> Vec<(String, &'static str)> {
    let sources: &[Citation] = match step {
        Step::Start => &[Citation::Wiggins],
        Step::Look => &[Citation::Zech, Citation::Rouzrokh],
        Step::Train => &[Citation::Lakhani, Citation::Rouzrokh],
        Step::Compare => &[Citation::Wiggins, Citation::Claim],
        Step::Test => &[Citation::Claim],
        Step::Break(Break::Marker) => &[Citation::DeGrave, Citation::Zech],
        Step::Break(Break::Hospital) => &[Citation::Zech, Citation::Claim],
        Step::Break(Break::Leak) => &[Citation::Rouzrokh, Citation::Claim],
        Step::Break(Break::Odd) => &[Citation::Claim],
        Step::Break(Break::Mirrored) => &[Citation::Rouzrokh],
        Step::Where => &[Citation::Adebayo, Citation::Arun],
        Step::TakeAway | Step::LookBack => &[Citation::Syllabus, Citation::Claim],
    };
    sources.iter().map(|&source| told(i18n, source)).collect()
}

fn told(i18n: I18n, source: Citation) -> (String, &'static str) {
    match source {
        Citation::Wiggins => (
            say!(i18n, lesson.reading.wiggins),
            "doi 10.1007/s10278-021-00492-9",
        ),
        Citation::Lakhani => (
            say!(i18n, lesson.reading.lakhani),
            "doi 10.1007/s10278-018-0079-6",
        ),
        Citation::Zech => (
            say!(i18n, lesson.reading.zech),
            "doi 10.1371/journal.pmed.1002683",
        ),
        Citation::DeGrave => (
            say!(i18n, lesson.reading.degrave),
            "doi 10.1038/s42256-021-00338-7",
        ),
        Citation::Arun => (
            say!(i18n, lesson.reading.arun),
            "doi 10.1148/ryai.2021200267",
        ),
        Citation::Adebayo => (say!(i18n, lesson.reading.adebayo), "arXiv 1810.03292"),
        Citation::Claim => (say!(i18n, lesson.reading.claim), "doi 10.1148/ryai.240300"),
        Citation::Rouzrokh => (
            say!(i18n, lesson.reading.rouzrokh),
            "doi 10.1148/ryai.210290",
        ),
        Citation::Syllabus => (
            say!(i18n, lesson.reading.syllabus),
            "doi 10.1148/ryai.250137",
        ),
    }
}
