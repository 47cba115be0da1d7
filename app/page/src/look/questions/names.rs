//! Names of files that tell classes as those of a public set do.

use imaging::pack::{Answers, NameAnswer, NameLayout, NameQuestion};
use leptos::prelude::*;

use super::{against_folders, ways};
use crate::{I18n, i18n::use_i18n, say, words, workbench::Workbench};

pub fn names(workbench: Workbench, asked: NameQuestion) -> AnyView {
    let i18n = use_i18n();
    let NameQuestion {
        mut guess,
        counts,
        examples,
        folders,
        ..
    } = asked;
    guess.classes = classes(i18n, guess.layout);
    let lines = (0..guess.classes.len()).map(|place| {
        let (class, n) = (guess.classes[place].clone(), counts[place]);
        let example = examples[place].clone();
        let line = Signal::derive(move || {
            say!(
                i18n,
                question.named,
                class = class.clone(),
                images = words::films(i18n, n),
                example = example.clone()
            )
        });
        view! { <li>{line}</li> }.into_any()
    });
    let lines: Vec<AnyView> = lines.collect();
    let accepted = move || Answers {
        names: Some(NameAnswer::Use(guess.clone())),
        ..Answers::default()
    };
    let declined = Answers {
        names: Some(NameAnswer::Ignore),
        ..Answers::default()
    };
    view! {
        <ul>{lines}</ul>
        {against_folders(i18n, folders)}
        {ways(workbench, accepted, declined)}
    }
    .into_any()
}

/// Without and with the finding, in the visitor's language.
fn classes(i18n: I18n, layout: NameLayout) -> [String; 2] {
    let finding = match layout {
        NameLayout::Tuberculosis => say!(i18n, question.tuberculosis),
        NameLayout::Jsrt => say!(i18n, question.nodule),
        NameLayout::Mura => say!(i18n, question.abnormality),
    };
    [
        say!(i18n, question.without, finding = finding.clone()),
        finding,
    ]
}
