//! The trained network as a file that the visitor takes along: how far it has come.

use protocol::ExportError;

/// In what form a network leaves, without the words of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileForm {
    Onnx,
    Safetensors,
    Page,
}

impl FileForm {
    pub const ALL: [Self; 3] = [Self::Onnx, Self::Safetensors, Self::Page];

    /// Also in the names of the buttons.
    pub fn key(self) -> &'static str {
        match self {
            Self::Onnx => "onnx",
            Self::Safetensors => "safetensors",
            Self::Page => "page",
        }
    }

    /// What a file of this form is called on the disk.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Onnx => "firstread-network.onnx",
            Self::Safetensors => "firstread-network.safetensors",
            Self::Page => "firstread-network.html",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Exporting {
    #[default]
    NotYet,
    Asked(FileForm),
    /// The browser has the file, of so many bytes.
    Ready(FileForm, u64),
    Failed(ExportError),
}

impl Exporting {
    /// What nobody waits for changes nothing.
    pub fn ended(&mut self, result: Result<u64, ExportError>) {
        if let Self::Asked(form) = *self {
            *self = match result {
                Ok(bytes) => Self::Ready(form, bytes),
                Err(error) => Self::Failed(error),
            };
        }
    }

    pub(super) fn fail_pending(&mut self, detail: &str) {
        if let Self::Asked(_) = self {
            let detail = detail.to_owned();
            *self = Self::Failed(ExportError::Failed { detail });
        }
    }
}
