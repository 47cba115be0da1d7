//! Small copies of the tables of public sets, and of names that tell classes.

use imaging::{
    pack::{
        Answers, ClassRule, FileError, LoadError, PatientAnswer, PatientRule, TableLayout,
        patient_rules,
    },
    split::Subset,
};

use crate::tables::{accepted, counts, errors, load, named, pack, patients, question, using};

#[test]
fn nih_has_several_findings_in_a_cell_and_is_divided_by_one() {
    let header = "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y],\n";
    let rows = [
        "00000001_000.png,Cardiomegaly",
        "00000001_001.png,Cardiomegaly|Emphysema",
        "00000001_002.png,Cardiomegaly|Effusion",
        "00000002_000.png,No Finding",
        "00000003_000.png,Hernia",
        "00000004_000.png,No Finding",
        "00000005_000.png,Cardiomegaly",
        "00000006_000.png,Infiltration",
    ];
    let rows = rows.iter().enumerate().map(|(at, row)| {
        let patient = row[..8].parse::<u32>().unwrap();
        format!("{row},{at},{patient},5{at},F,PA,2682,2749,0.143,0.143,\n")
    });
    let text: String = [header.to_owned()].into_iter().chain(rows).collect();
    let films = [1, 1, 1, 2, 3, 4, 5].iter().zip([0, 1, 2, 0, 0, 0, 0]);
    let films: Vec<String> = films
        .map(|(patient, at)| format!("images_00{}/images/{patient:08}_{at:03}.png", at % 2 + 1))
        .collect();
    let source = pack(&films, &[("Data_Entry_2017.csv", &text)]);
    let (asked, _, data) = accepted(&source);
    assert_eq!(asked[0].layout, Some(TableLayout::Nih));
    assert_eq!((asked[0].named, asked[0].rows_elsewhere), (7, 1));
    let rule = ClassRule::Finding {
        column: 1,
        finding: "Cardiomegaly".into(),
        rest: "No Cardiomegaly".into(),
    };
    assert_eq!((asked[0].guess.file, &asked[0].guess.classes), (0, &rule));
    assert_eq!(
        counts(&data),
        [("Cardiomegaly", 4), ("No Cardiomegaly", 3)].into()
    );
    assert_eq!(patients(&data), 5);

    // Each value a class: what has two is in none.
    let mut columns = asked[0].guess.clone();
    columns.classes = ClassRule::Values {
        column: 1,
        names: vec![("Hernia".into(), "No Finding".into())],
    };
    match load(&source, &using("Data_Entry_2017.csv", columns)) {
        Err(LoadError::TooFewFilms {
            class, n, problems, ..
        }) => {
            assert_eq!((&*class, n, problems.len()), ("Cardiomegaly", 2, 2));
            let several = FileError::SeveralClasses {
                classes: vec!["Cardiomegaly".into(), "Effusion".into()],
            };
            assert_eq!(problems[0].error, several);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn chexpert_leaves_out_the_uncertain_and_its_patients_are_in_the_path() {
    let header =
        "Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Cardiomegaly,Edema,Support Devices\n";
    let row = |part: &str, patient: usize, cells: &str| {
        let name = format!("{part}/patient{patient:05}/study1/view1_frontal.jpg");
        (
            name.replace(".jpg", ".png"),
            format!("CheXpert-v1.0-small/{name},Female,6{patient},Frontal,AP,{cells}\n"),
        )
    };
    let train: Vec<_> = [
        (1, ",1.0,,1.0"),
        (2, ",1.0,1.0,1.0"),
        (3, ",1.0,,1.0"),
        (4, "1.0,,,"),
        (5, ",0.0,1.0,1.0"),
        (6, ",,,1.0"),
        (7, ",-1.0,,1.0"),
    ]
    .iter()
    .map(|(patient, cells)| row("train", *patient, cells))
    .collect();
    let valid = [
        row("valid", 90, ",1.0,0.0,0.0"),
        row("valid", 91, "1.0,0.0,0.0,0.0"),
    ];
    let text = |rows: &[(String, String)]| {
        let rows = rows.iter().map(|(_, row)| row.as_str());
        [header].into_iter().chain(rows).collect::<String>()
    };
    let films = train
        .iter()
        .chain(&valid)
        .map(|(path, _)| format!("chexpert/{path}"));
    let source = pack(
        &films.collect::<Vec<_>>(),
        &[
            ("chexpert/train.csv", &text(&train)),
            ("chexpert/valid.csv", &text(&valid)),
        ],
    );
    let (asked, mut answers, data) = accepted(&source);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].layout, Some(TableLayout::CheXpert));
    assert_eq!(
        (&*asked[0].table, &*asked[0].alike),
        ("chexpert/train.csv", &["chexpert/valid.csv".to_owned()][..])
    );
    assert!(asked[0].columns[6].finding && !asked[0].columns[2].finding);
    assert!(
        matches!(&asked[0].guess.classes, ClassRule::Columns { findings, rest: Some(_) } if findings[0].column == 6)
    );
    assert_eq!(
        counts(&data),
        [("Cardiomegaly", 4), ("No Cardiomegaly", 4)].into()
    );
    let uncertain = "train/patient00007/study1/view1_frontal.png";
    assert_eq!(errors(&data), [(uncertain, &FileError::Uncertain)]);
    let tried = data
        .samples
        .iter()
        .filter(|film| film.part == Some(Subset::Validation));
    assert_eq!(tried.count(), 2);

    let names: Vec<&str> = data.samples.iter().map(|film| &*film.name).collect();
    assert_eq!(patient_rules(&names), [], "a patient for each film");
    let rule = PatientRule::DigitsAfter {
        word: "patient".into(),
    };
    answers.patients = Some(PatientAnswer::ByName { rule, all: false });
    assert_eq!(patients(&load(&source, &answers).unwrap()), 8);
}

#[test]
fn rsna_has_a_row_for_each_box_and_names_without_an_ending() {
    let ids = named(6, |at| format!("0004cfab-14fd-4e49-80ba-63a80b6bdd{at:02}"));
    let mut boxes = "patientId,x,y,width,height,Target\n".to_owned();
    let mut classes = "patientId,class\n".to_owned();
    for (at, id) in ids.iter().enumerate() {
        if at < 3 {
            boxes += &format!("{id},264.0,152.0,213.0,379.0,1\n{id},562.0,152.0,256.0,453.0,1\n");
            classes += &format!("{id},Lung Opacity\n{id},Lung Opacity\n");
        } else {
            boxes += &format!("{id},,,,,0\n");
            classes += &format!("{id},Normal\n");
        }
    }
    let films: Vec<String> = ids
        .iter()
        .map(|id| format!("stage_2_train_images/{id}.png"))
        .collect();
    let source = pack(
        &films,
        &[
            ("stage_2_detailed_class_info.csv", &classes),
            ("stage_2_train_labels.csv", &boxes),
        ],
    );
    let (asked, _, data) = accepted(&source);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].layout, Some(TableLayout::Rsna));
    assert_eq!(counts(&data), [("Lung Opacity", 3), ("Normal", 3)].into());
    assert_eq!(patients(&data), 6);
    // The other one, and the names that the user gives its values.
    let declined = LoadError::UnsureTable(Box::new(asked[0].clone()))
        .declined()
        .unwrap();
    let other = question(&source, &declined);
    assert_eq!(
        (&*other.table, other.named),
        ("stage_2_train_labels.csv", 6)
    );
    let mut columns = other.guess;
    assert_eq!(
        columns.classes,
        ClassRule::Values {
            column: 5,
            names: vec![]
        }
    );
    columns.classes = ClassRule::Values {
        column: 5,
        names: vec![
            ("1".into(), "pneumonia".into()),
            ("0".into(), "none".into()),
        ],
    };
    let data = load(&source, &declined.and(using(&other.table, columns))).unwrap();
    assert_eq!(counts(&data), [("none", 3), ("pneumonia", 3)].into());
}

#[test]
fn vindr_has_several_readers_and_no_majority_is_taken() {
    let header = "image_id,class_name,class_id,rad_id,x_min,y_min,x_max,y_max\n";
    let mut text = header.to_owned();
    for film in 0..7 {
        for reader in ["R8", "R9", "R10"] {
            match film {
                // Two boxes of each reader; one reader disagrees about the last.
                0..3 => {
                    text += &format!("f{film},Cardiomegaly,3,{reader},691,1375,1653,1831\n");
                    text += &format!("f{film},Aortic enlargement,0,{reader},1,2,3,4\n");
                }
                6 if reader == "R8" => text += "f6,Cardiomegaly,3,R8,1,2,3,4\n",
                _ => text += &format!("f{film},No finding,14,{reader},,,,\n"),
            }
        }
    }
    let films = named(7, |at| format!("train/f{at}.png"));
    let source = pack(&films, &[("train.csv", &text)]);
    let (asked, _, data) = accepted(&source);
    assert_eq!(asked[0].layout, Some(TableLayout::VinDr));
    assert_eq!(asked[0].guess.reader, Some(3));
    assert!(
        matches!(&asked[0].guess.classes, ClassRule::Finding { column: 1, finding, .. } if finding == "Cardiomegaly")
    );
    assert_eq!(data.samples.len(), 6);

    let mut columns = asked[0].guess.clone();
    columns.classes = ClassRule::Finding {
        column: 1,
        finding: "cardiomegaly".into(),
        rest: "keine".into(),
    };
    let data = load(&source, &using("train.csv", columns)).unwrap();
    assert_eq!(counts(&data), [("cardiomegaly", 3), ("keine", 3)].into());
    let several = FileError::SeveralClasses {
        classes: vec!["cardiomegaly".into(), "keine".into()],
    };
    assert_eq!(errors(&data), [("train/f6.png", &several)]);
}

#[test]
fn padchest_has_lists_in_its_cells() {
    let mut text =
        ",ImageID,ImageDir,StudyDate_DICOM,StudyID,PatientID,Projection,Report,Labels,LabelCUIS\n"
            .to_owned();
    let cells = [
        "['normal']",
        "['nodule', 'normal']",
        "['nodule', 'scoliosis']",
        "['normal']",
        "['scoliosis', 'nodule']",
        "['unchanged']",
    ];
    for (at, cell) in cells.iter().enumerate() {
        text += &format!(
            "{at},{at}_img.png,1,2010,S{at},P{},PA,\"sin hallazgos, {at}\",\"{cell}\",[]\n",
            at / 2
        );
    }
    let films = named(6, |at| format!("1/{at}_img.png"));
    let source = pack(&films, &[("PADCHEST.csv", &text)]);
    let (asked, _, data) = accepted(&source);
    assert_eq!(asked[0].layout, Some(TableLayout::PadChest));
    assert_eq!(asked[0].guess.file, 1);
    assert_eq!(counts(&data), [("No nodule", 3), ("nodule", 3)].into());
    assert_eq!(patients(&data), 3);
}

#[test]
fn mimic_tells_labels_by_study_and_parts_in_a_table_of_their_own() {
    let mut labels = "subject_id,study_id,Atelectasis,Edema,No Finding\n".to_owned();
    let mut split = "dicom_id,study_id,subject_id,split\n".to_owned();
    let mut films = Vec::new();
    for study in 0..6 {
        let (patient, number) = (10_000_032 + study / 2, 50_414_267 + study);
        let has = ["1.0,1.0,", "1.0,,", "1.0,,", ",,1.0", ",,", ",1.0,"][study];
        labels += &format!("{patient},{number},{has}\n");
        for view in ["02aa804e-bde0afdd", "174413ec-4ec4c1f7"] {
            let id = format!("{view}-{study}");
            let part = ["train", "validate", "test"][study % 3];
            split += &format!("{id},{number},{patient},{part}\n");
            films.push(format!("files/p10/p{patient}/s{number}/{id}.png"));
        }
    }
    let source = pack(
        &films,
        &[
            ("mimic-cxr-2.0.0-chexpert.csv", &labels),
            ("mimic-cxr-2.0.0-split.csv", &split),
        ],
    );
    let (asked, _, data) = accepted(&source);
    let layouts: Vec<_> = asked.iter().map(|one| one.layout).collect();
    assert_eq!(
        layouts,
        [
            Some(TableLayout::MimicLabels),
            Some(TableLayout::MimicSplit)
        ]
    );
    assert_eq!((asked[0].guess.file, asked[0].guess.patient), (1, Some(0)));
    assert_eq!((asked[0].named, asked[0].rows), (12, 6));
    assert_eq!(asked[1].guess.classes, ClassRule::Elsewhere);
    assert_eq!(
        counts(&data),
        [("Atelectasis", 6), ("No Atelectasis", 6)].into()
    );
    assert_eq!(patients(&data), 3);
    for part in Subset::ALL {
        let own = data.samples.iter().filter(|film| film.part == Some(part));
        assert_eq!(own.count(), 4);
    }
}

#[test]
fn mura_has_no_header_and_labels_folders() {
    let mut text = String::new();
    let mut films = Vec::new();
    for patient in 0..6 {
        let word = ["negative", "positive"][patient % 2];
        let study = format!("MURA-v1.1/train/XR_ELBOW/patient{patient:05}/study1_{word}/");
        text += &format!("{study},{}\n", patient % 2);
        films.extend(named(2, |at| format!("{study}image{}.png", at + 1)));
    }
    let paths: String = films.iter().map(|path| format!("{path}\n")).collect();
    let tables = [
        ("MURA-v1.1/train_image_paths.csv", &*paths),
        ("MURA-v1.1/train_labeled_studies.csv", &*text),
    ];
    let source = pack(&films, &tables);
    let (asked, answers, data) = accepted(&source);
    assert_eq!(asked.len(), 1);
    assert_eq!(
        (asked[0].layout, &*asked[0].columns[1].name),
        (Some(TableLayout::Mura), "")
    );
    assert_eq!(counts(&data), [("0", 6), ("1", 6)].into());
    let names: Vec<&str> = data.samples.iter().map(|film| &*film.name).collect();
    let rule = patient_rules(&names).swap_remove(0).rule;
    let answers = answers.and(Answers {
        patients: Some(PatientAnswer::ByName { rule, all: false }),
        ..Answers::default()
    });
    assert_eq!(patients(&load(&source, &answers).unwrap()), 6);

    // Without a table the folders of studies tell it.
    let source = pack(&films, &[]);
    let (asked, _, data) = accepted(&source);
    assert_eq!(asked, []);
    assert_eq!(counts(&data), [("negative", 6), ("positive", 6)].into());
}

#[test]
fn names_of_shenzhen_montgomery_and_jsrt_tell_classes_and_are_asked_about() {
    let tuberculosis = named(8, |at| match at % 4 {
        0 | 1 => format!("CXR_png/CHNCXR_000{at}_{}.png", at % 2),
        _ => format!("CXR_png/MCUCXR_000{at}_{}.png", at % 2),
    });
    let jsrt = named(8, |at| format!("JPC{}N00{at}.png", ["L", "N"][at % 2]));
    for (films, classes) in [
        (tuberculosis, [("normal", 4), ("tuberculosis", 4)]),
        (jsrt, [("no nodule", 4), ("nodule", 4)]),
    ] {
        let source = pack(&films, &[]);
        let asked = match load(&source, &Answers::default()) {
            Err(LoadError::UnsureNames(asked)) => *asked,
            other => panic!("{other:?}"),
        };
        assert_eq!((asked.images, asked.counts), (8, [4, 4]));
        assert_eq!(counts(&accepted(&source).2), classes.into());
        // Left out by the user: nothing tells anything.
        let declined = LoadError::UnsureNames(Box::new(asked)).declined().unwrap();
        let error = load(&source, &declined).unwrap_err();
        assert!(matches!(
            error,
            LoadError::NoLabels { n: 8, .. } | LoadError::OneClass { n: 8, .. }
        ));
    }
}

#[test]
fn mura_with_two_regions_is_asked_about_though_its_folders_are_classes() {
    let films: Vec<String> = named(12, |at| {
        let region = ["XR_ELBOW", "XR_HAND"][at / 6];
        let word = ["negative", "positive"][at % 2];
        format!("MURA-v1.1/train/{region}/patient{at:05}/study1_{word}/image1.png")
    });
    let source = pack(&films, &[]);
    match load(&source, &Answers::default()) {
        Err(LoadError::UnsureNames(asked)) => {
            let folders = asked.folders.unwrap();
            assert_eq!(folders.classes, ["XR_ELBOW", "XR_HAND"]);
            assert_eq!((folders.agree, folders.differ), (6, 6));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        counts(&accepted(&source).2),
        [("negative", 6), ("positive", 6)].into()
    );
}
