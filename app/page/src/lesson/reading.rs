//! Where a step's claims rest on others' work.

use crate::{I18n, say};
use ui_core::lesson::{Break, Step};

#[derive(Clone, Copy)]
enum Source {
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
    let sources: &[Source] = match step {
        Step::Start => &[Source::Wiggins],
        Step::Look => &[Source::Zech, Source::Rouzrokh],
        Step::Train => &[Source::Lakhani, Source::Rouzrokh],
        Step::Compare => &[Source::Wiggins, Source::Claim],
        Step::Test => &[Source::Claim],
        Step::Break(Break::Marker) => &[Source::DeGrave, Source::Zech],
        Step::Break(Break::Hospital) => &[Source::Zech, Source::Claim],
        Step::Break(Break::Leak) => &[Source::Rouzrokh, Source::Claim],
        Step::Break(Break::Odd) => &[Source::Claim],
        Step::Break(Break::Mirrored) => &[Source::Rouzrokh],
        Step::Where => &[Source::Adebayo, Source::Arun],
        Step::TakeAway => &[Source::Syllabus, Source::Claim],
    };
    sources.iter().map(|&source| told(i18n, source)).collect()
}

fn told(i18n: I18n, source: Source) -> (String, &'static str) {
    match source {
        Source::Wiggins => (
            say!(i18n, lesson.reading.wiggins),
            "doi 10.1007/s10278-021-00492-9",
        ),
        Source::Lakhani => (
            say!(i18n, lesson.reading.lakhani),
            "doi 10.1007/s10278-018-0079-6",
        ),
        Source::Zech => (
            say!(i18n, lesson.reading.zech),
            "doi 10.1371/journal.pmed.1002683",
        ),
        Source::DeGrave => (
            say!(i18n, lesson.reading.degrave),
            "doi 10.1038/s42256-021-00338-7",
        ),
        Source::Arun => (
            say!(i18n, lesson.reading.arun),
            "doi 10.1148/ryai.2021200267",
        ),
        Source::Adebayo => (say!(i18n, lesson.reading.adebayo), "arXiv 1810.03292"),
        Source::Claim => (say!(i18n, lesson.reading.claim), "doi 10.1148/ryai.240300"),
        Source::Rouzrokh => (
            say!(i18n, lesson.reading.rouzrokh),
            "doi 10.1148/ryai.210290",
        ),
        Source::Syllabus => (
            say!(i18n, lesson.reading.syllabus),
            "doi 10.1148/ryai.250137",
        ),
    }
}
