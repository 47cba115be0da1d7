//! The processes that train.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use cli::{Problem, progress::Progress};

use crate::{
    Sweep,
    job::{Job, Jobs},
    write,
};

/// Who does a sweep's jobs.
pub struct Workers<'a> {
    pub sweep: &'a Sweep,
    pub runs: &'a Path,
}

impl Workers<'_> {
    /// Does what is not done, each by `train`, which goes on where an earlier one was cut off. Returns what went wrong with single
    /// jobs: the others go on.
    ///
    /// # Errors
    /// A sentence when there is no such program.
    pub fn work(&self, jobs: &Jobs) -> Result<Vec<String>, Problem> {
        let program =
            env::current_exe()?.with_file_name(format!("train{}", env::consts::EXE_SUFFIX));
        if !program.exists() {
            return Err(format!(
                "{} is missing: `cargo build --release -p cli` makes it",
                program.display()
            )
            .into());
        }
        let open: Vec<&Job> = jobs
            .different()
            .into_iter()
            .filter(|job| !job.told(self.runs).exists())
            .collect();
        let mut progress = Progress::begin("runs done", open.len());
        let next = AtomicUsize::new(0);
        let (send, receive) = mpsc::channel();
        let mut failed = Vec::new();
        thread::scope(|scope| {
            for _ in 0..self.sweep.processes.clamp(1, open.len().max(1)) {
                let (send, next, open, program) = (send.clone(), &next, &open, &program);
                scope.spawn(move || {
                    while let Some(job) = open.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let done = self.train(program, job);
                        let done = done.map_err(|problem| {
                            format!(
                                "{}, {}, seed {}: {problem}",
                                job.settings, job.split, job.seed
                            )
                        });
                        if send.send(done).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(send);
            for done in receive {
                progress.one_more();
                if let Err(problem) = done {
                    eprintln!("{problem}");
                    failed.push(problem);
                }
            }
        });
        Ok(failed)
    }

    fn train(&self, program: &PathBuf, job: &Job) -> Result<(), String> {
        let keeping = &self.sweep.keeping;
        let mut command = Command::new(program);
        // A network that is there without what was told of it: it was cut off in between.
        command
            .args(&job.arguments)
            .args(["--json", "--resume", "--force", "--out"])
            .arg(job.network(self.runs))
            .arg("--memory")
            .arg((keeping.memory / self.sweep.processes.max(1)).to_string());
        if let Some(cache) = &keeping.cache {
            command.arg("--cache").arg(cache);
        }
        if keeping.no_cache {
            command.arg("--no-cache");
        }
        let output = command.stdin(Stdio::null()).output();
        let output = output.map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            let problems = String::from_utf8_lossy(&output.stderr);
            let last = problems.lines().last().unwrap_or("it was ended");
            return Err(last.trim_start_matches("error: ").to_owned());
        }
        let told = said.lines().last().unwrap_or_default();
        write(&job.told(self.runs), told).map_err(|problem| problem.to_string())
    }
}
