//! What a link can ask for beside a run: which films, which question.

use model::task::Task;

use crate::protocol::Pack;

/// What a link calls the question that the films are asked.
pub fn task_key(task: Task) -> &'static str {
    match task {
        Task::Region => "region",
        Task::Mirrored => "mirrored",
    }
}

pub fn task_from_key(key: &str) -> Option<Task> {
    let own = |&task: &Task| task_key(task) == key;
    [Task::Region, Task::Mirrored].into_iter().find(own)
}

impl Pack {
    pub const ALL: [Self; 2] = [Self::BuiltIn, Self::Paediatric];

    pub fn key(self) -> &'static str {
        match self {
            Self::BuiltIn => "built-in",
            Self::Paediatric => "paediatric",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pack| pack.key() == key)
    }
}
