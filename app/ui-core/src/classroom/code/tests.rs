use rand::{Rng, SeedableRng, seq::IndexedRandom, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::*;

fn score(rng: &mut ChaCha8Rng) -> Counted {
    let n = match rng.random_range(0..10) {
        0 => 1,
        1 => u32::MAX,
        _ => rng.random_range(1..200),
    };
    Counted {
        correct: rng.random_range(0..=n),
        n,
    }
}

fn any_code(rng: &mut ChaCha8Rng) -> Code {
    let splits = [Split::Image, Split::Patient, Split::Folder];
    let stages = [Stages::Frozen, Stages::FineTuned, Stages::Scratch];
    let own = FilmsOf::Own(rng.random_range(0..4096));
    let films = [FilmsOf::BuiltIn, FilmsOf::Paediatric, own];
    Code {
        arm: *Arm::ALL.choose(rng).expect("an arm"),
        usual: rng.random(),
        split: *splits.choose(rng).expect("a split"),
        task: *[Task::Region, Task::Mirrored].choose(rng).expect("a task"),
        films: *films.choose(rng).expect("films"),
        stages: *stages.choose(rng).expect("stages"),
        seed: match rng.random_range(0..10) {
            0 => 0,
            1 => u64::MAX,
            _ => rng.random_range(0..1_000_000),
        },
        validation: score(rng),
        test: rng.random::<bool>().then(|| score(rng)),
        arms_experiment: rng.random::<bool>().then(|| score(rng)),
    }
}

fn codes(n: usize) -> impl Iterator<Item = Code> {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    (0..n).map(move |_| any_code(&mut rng))
}

fn only(text: &str) -> Result<Code, Wrong> {
    let mut all = read_all(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all.remove(0).map_err(|unread| unread.why)
}

/// The letters of a shown code after its prefix, without dashes.
fn letters_of(text: &str) -> Vec<char> {
    text[PREFIX.len()..]
        .chars()
        .filter(|&letter| letter != '-')
        .collect()
}

/// As a code is shown.
fn grouped(letters: &[char]) -> String {
    let groups = letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>());
    std::iter::once(PREFIX.to_owned())
        .chain(groups)
        .collect::<Vec<_>>()
        .join("-")
}

/// A run of the lesson.
fn usual() -> Code {
    Code {
        arm: Arm {
            augmentation: true,
            dropout: true,
        },
        usual: true,
        split: Split::Image,
        task: Task::Region,
        films: FilmsOf::BuiltIn,
        stages: Stages::FineTuned,
        seed: 4711,
        validation: Counted { correct: 37, n: 38 },
        test: Some(Counted { correct: 36, n: 38 }),
        arms_experiment: None,
    }
}

#[test]
fn what_is_shown_is_read_again() {
    for code in codes(5000) {
        assert_eq!(only(&code.text()), Ok(code), "{code}");
    }
}

#[test]
fn codes_of_the_lesson_are_short_and_stay_as_they_are() {
    let text = usual().text();
    assert!(letters_of(&text).len() <= 20, "{text}");
    // Codes that have been handed out must stay readable.
    assert_eq!(text, "FR-7G7K-J89M-P9MG-06RY");
}

#[test]
fn no_single_wrong_letter_is_taken() {
    for code in codes(60) {
        let right = letters_of(&code.text());
        for place in 0..right.len() {
            for five in 0..32 {
                let mut wrong = right.clone();
                wrong[place] = letters::shown(five);
                if wrong != right {
                    assert!(only(&grouped(&wrong)).is_err(), "{code} {place} {five}");
                }
            }
        }
    }
}

#[test]
fn no_two_letters_that_changed_places_are_taken() {
    for code in codes(300) {
        let right = letters_of(&code.text());
        for first in 0..right.len() {
            for second in 0..first {
                let mut wrong = right.clone();
                wrong.swap(first, second);
                if wrong != right {
                    assert!(only(&grouped(&wrong)).is_err(), "{code} {first} {second}");
                }
            }
        }
    }
}

#[test]
fn nothing_that_is_cut_off_is_taken() {
    for code in codes(500) {
        let right = letters_of(&code.text());
        for end in 4..right.len() {
            assert!(only(&grouped(&right[..end])).is_err(), "{code} {end}");
        }
        let whole = grouped(&right[..8]);
        assert_eq!(only(&whole), Err(Wrong::Cut), "{code} {whole}");
    }
}

#[test]
fn what_cannot_be_read_is_told_with_what_stands_before_it() {
    let code = usual().text();
    let wrong = code.replace("RY", "RX");
    let chat = format!(
        "Ann: {code}\n[12/1/26, 10:33:12] Professor Benjamín Núñez: {wrong}\nCarla:\n{wrong} {wrong}\nDan-{wrong}"
    );
    let unread: Vec<String> = read_all(&chat)
        .into_iter()
        .filter_map(|one| one.err().map(|unread| unread.before))
        .collect();
    let told = ["…:12] Professor Benjamín Núñez:", "Carla:", "", ""];
    assert_eq!(unread, told);
}

#[test]
fn handwriting_is_forgiven() {
    for code in codes(1000) {
        let text = code.text();
        let sloppy = text.to_lowercase().replace('0', "O").replace('1', "l");
        let bare: String = letters_of(&text).into_iter().collect();
        for written in [
            sloppy.clone(),
            text.replace('1', "I"),
            text.replace('-', " "),
            text.replace('-', "–"),
            text.replace('-', " - "),
            text.replace('-', "\n"),
            format!("{PREFIX}{bare}"),
            format!("FR-{bare}"),
            format!("my code is {sloppy}, thanks"),
            format!("my code is {text} from Anna at home"),
            format!("1) Anna Frank: *{text}*"),
            format!("12. `{text}`."),
            format!("[10:45] Dr. Who: {text}\n[10:46] Fr. Smith: ok"),
            format!("https://example.org/a/?room&code={text}#x"),
            format!("| 3 | {text} | Bob |"),
            format!("\u{feff}\u{200b}{text}\u{a0}"),
            text[PREFIX.len() + 1..].to_owned(),
        ] {
            assert_eq!(only(&written), Ok(code), "{written}");
        }
        let half = text.len() / 2;
        let broken = format!("{}\n{}", &text[..half], &text[half..]);
        assert_eq!(only(&broken), Ok(code), "{broken}");
    }
}

#[test]
fn chats_without_codes_have_none() {
    for text in [
        "",
        "Hello from Fr. Smith, FR",
        "fr 23 nov 2026 at 10:45",
        "FRANCE frankly fr",
        "Call 555-1234 or 0123-4567",
        "The test is at 8.30 in room 4, see you there. 😀",
        "freundschaftsdienst friendship",
    ] {
        assert_eq!(read_all(text), [], "{text}");
    }
}

#[test]
fn forty_codes_in_one_paste_are_all_found_and_wrong_ones_named() {
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let all: Vec<Code> = codes(40).collect();
    let names = ["Anna", "Bob", "from Chloé", "Fr. Dee", "at home"];
    let mut lines: Vec<String> = all
        .iter()
        .enumerate()
        .map(|(n, code)| format!("{}. {}: {code}", n + 1, names[n % names.len()]))
        .collect();
    let mut mistyped = letters_of(&all[7].text());
    mistyped[5] = if mistyped[5] == 'A' { 'B' } else { 'A' };
    lines.push(format!("oops {} sorry", grouped(&mistyped)));
    lines.push(format!(
        "Eve: {}",
        grouped(&letters_of(&all[3].text())[..8])
    ));
    lines.push("Tom: FR-ABCU-0000-0000".to_owned());
    lines.shuffle(&mut rng);
    for between in ["\n", " ", "; ", "\r\n\r\n"] {
        let read = read_all(&lines.join(between));
        let mut found: Vec<Code> = read
            .iter()
            .filter_map(|one| one.as_ref().ok())
            .copied()
            .collect();
        found.sort_by_key(Code::text);
        let mut expected = all.clone();
        expected.sort_by_key(Code::text);
        assert_eq!(found, expected);
        let mut wrong: Vec<&UnreadCode> =
            read.iter().filter_map(|one| one.as_ref().err()).collect();
        wrong.sort_by_key(|unread| unread.written.clone());
        let mut names = [
            grouped(&mistyped),
            "FR-ABCU-0000-0000".to_owned(),
            grouped(&letters_of(&all[3].text())[..8]),
        ];
        names.sort();
        let written: Vec<&str> = wrong.iter().map(|unread| unread.written.as_str()).collect();
        assert_eq!(written, names);
        let letter = wrong
            .iter()
            .find(|unread| unread.written.contains('U'))
            .expect("named");
        assert_eq!(letter.why, Wrong::Letter('U'));
    }
}

#[test]
fn a_code_of_another_version_is_told_from_a_wrong_one() {
    let mut bits = Writer::default();
    bits.put(2, 3);
    bits.put(77, 40);
    let fives = letters::sealed(bits.fives());
    let letters: Vec<char> = fives.iter().map(|&five| letters::shown(five)).collect();
    assert_eq!(only(&grouped(&letters)), Err(Wrong::Version));
}

#[test]
fn any_text_is_read_without_harm() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let signs: Vec<char> = "FR-0123ABCUfrz \n–.:*é😀_".chars().collect();
    for _ in 0..3000 {
        let length = rng.random_range(0..200);
        let text: String = (0..length)
            .map(|_| *signs.choose(&mut rng).expect("a sign"))
            .collect();
        for one in read_all(&text) {
            assert!(
                one.is_err_and(|unread| !unread.written.is_empty()),
                "{text}"
            );
        }
    }
}

#[test]
fn packs_are_told_apart() {
    assert_eq!(fingerprint(["a", "b"]), fingerprint(["a", "b"]));
    assert_ne!(fingerprint(["a", "b"]), fingerprint(["ab"]));
    assert_ne!(fingerprint(["a", "b"]), fingerprint(["b", "a"]));
    assert!(fingerprint(["chest", "abdomen"]) < 4096);
}
