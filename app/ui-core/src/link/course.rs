//! What a link can ask for beside a run: which films, which question.

use imaging::task::Task;

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
