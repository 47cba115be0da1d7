//! Names of files that tell classes as those of a public set do.

use imaging::pack::{Answers, NameAnswer, NameQuestion};
use leptos::prelude::*;

use super::{against_folders, ways};
use crate::{i18n::use_i18n, say, words, workbench::Workbench};

pub fn names(workbench: Workbench, asked: NameQuestion) -> AnyView {
    let i18n = use_i18n();
    let NameQuestion {
        guess,
        counts,
        examples,
        folders,
        ..
    } = asked;
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
