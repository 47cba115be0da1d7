//! What the header of a column promises, and the tables of public sets.

use super::TableLayout;
use crate::pack::{name::fold, role::plain};

/// What a column is by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    File,
    Class,
    Patient,
    Split,
    Reader,
    /// Neither of these, nor a finding: age, sex, date, box.
    Other,
}

const FILE: [&str; 37] = [
    "file",
    "files",
    "filename",
    "filepath",
    "filenames",
    "path",
    "imagepath",
    "relativepath",
    "image",
    "images",
    "imageid",
    "imageindex",
    "imagename",
    "imagefile",
    "imagefilename",
    "img",
    "imgname",
    "imgpath",
    "dicomid",
    "dicom",
    "studyid",
    "sopinstanceuid",
    "uid",
    "archivo",
    "archivos",
    "fichero",
    "ficheros",
    "imagen",
    "imagenes",
    "nombrearchivo",
    "nombredearchivo",
    "nombreimagen",
    "ruta",
    "rutaimagen",
    "idimagen",
    "id",
    "index",
];
const CLASS: [&str; 40] = [
    "class",
    "classes",
    "classname",
    "label",
    "labels",
    "category",
    "categories",
    "diagnosis",
    "diagnoses",
    "dx",
    "target",
    "finding",
    "findings",
    "findinglabel",
    "findinglabels",
    "result",
    "outcome",
    "grade",
    "pathology",
    "condition",
    "disease",
    "truth",
    "groundtruth",
    "clase",
    "clases",
    "etiqueta",
    "etiquetas",
    "categoria",
    "diagnostico",
    "diagnosticos",
    "hallazgo",
    "hallazgos",
    "resultado",
    "grado",
    "patologia",
    "enfermedad",
    "klasse",
    "diagnose",
    "classe",
    "rotulo",
];
const PATIENT: [&str; 24] = [
    "patient",
    "patients",
    "patientid",
    "patientno",
    "patientnumber",
    "pid",
    "subject",
    "subjectid",
    "subj",
    "mrn",
    "person",
    "personid",
    "paciente",
    "pacientes",
    "idpaciente",
    "pacienteid",
    "codigopaciente",
    "numeropaciente",
    "idpatient",
    "sujeto",
    "idsujeto",
    "historia",
    "nhc",
    "caso",
];
const SPLIT: [&str; 22] = [
    "split",
    "splits",
    "set",
    "subset",
    "part",
    "partition",
    "dataset",
    "datasplit",
    "dataset_type",
    "phase",
    "usage",
    "fold",
    "conjunto",
    "particion",
    "division",
    "parte",
    "subconjunto",
    "grupo",
    "group",
    "tipo",
    "uso",
    "datasettype",
];
const READER: [&str; 14] = [
    "radid",
    "reader",
    "readerid",
    "radiologist",
    "radiologistid",
    "annotator",
    "annotatorid",
    "observer",
    "rater",
    "lector",
    "lectora",
    "radiologo",
    "radiologa",
    "observador",
];
const OTHER: [&str; 41] = [
    "age",
    "patientage",
    "sex",
    "patientsex",
    "gender",
    "patientgender",
    "view",
    "viewposition",
    "projection",
    "frontallateral",
    "appa",
    "modality",
    "date",
    "studydate",
    "year",
    "time",
    "studytime",
    "laterality",
    "side",
    "followup",
    "width",
    "height",
    "x",
    "y",
    "xmin",
    "ymin",
    "xmax",
    "ymax",
    "rows",
    "columns",
    "classid",
    "edad",
    "sexo",
    "genero",
    "proyeccion",
    "vista",
    "fecha",
    "lateralidad",
    "lado",
    "hospital",
    "manufacturer",
];

/// A header without case, accents, spaces and signs: "Patient ID", "patient_id" and "patientId" are the same.
pub(super) fn plain_header(header: &str) -> String {
    let letters = fold(header);
    let letters = letters.chars().map(plain);
    letters.filter(|letter| letter.is_alphanumeric()).collect()
}

/// Whether a header promises what stands below it.
pub(super) fn is_known(header: &str) -> bool {
    meaning(header).is_some()
}

pub(super) fn meaning(header: &str) -> Option<Meaning> {
    let header = plain_header(header);
    let is_in = |list: &[&str]| list.contains(&&*header);
    match () {
        () if is_in(&PATIENT) => Some(Meaning::Patient),
        () if is_in(&FILE) => Some(Meaning::File),
        () if is_in(&CLASS) => Some(Meaning::Class),
        () if is_in(&SPLIT) => Some(Meaning::Split),
        () if is_in(&READER) => Some(Meaning::Reader),
        () if is_in(&OTHER) => Some(Meaning::Other),
        () => None,
    }
}

/// The public set that has these columns.
pub(super) fn layout(header: &[String], examples: &[Vec<String>]) -> Option<TableLayout> {
    let names: Vec<String> = header.iter().map(|name| plain_header(name)).collect();
    let has = |wanted: &[&str]| {
        wanted
            .iter()
            .all(|name| names.iter().any(|own| own == name))
    };
    let is_only = |wanted: &[&str]| names.len() == wanted.len() && has(wanted);
    match () {
        () if has(&["imageindex", "findinglabels"]) => Some(TableLayout::Nih),
        () if has(&["path", "frontallateral", "nofinding"]) => Some(TableLayout::CheXpert),
        () if has(&["patientid", "x", "y", "width", "height", "target"])
            || is_only(&["patientid", "class"]) =>
        {
            Some(TableLayout::Rsna)
        }
        () if has(&["imageid", "radid"]) => Some(TableLayout::VinDr),
        () if has(&["imageid", "patientid", "labels"]) => Some(TableLayout::PadChest),
        () if has(&["dicomid", "subjectid", "split"]) => Some(TableLayout::MimicSplit),
        () if has(&["subjectid", "studyid", "nofinding"]) => Some(TableLayout::MimicLabels),
        () if header.is_empty() && examples.first().is_some_and(|cells| is_mura(cells)) => {
            Some(TableLayout::Mura)
        }
        () => None,
    }
}

fn is_mura(cells: &[String]) -> bool {
    let like = |cell: &String| cell.contains("/XR_") && cell.contains("/study");
    !cells.is_empty() && cells.iter().all(like)
}
