//! Mock exams: before one begins, its questions in plain lines, the overview, the result, the list and the review.

mod list;
mod overview;
mod question;
mod result;
mod review;
mod start;

pub use list::{ExamLine, list, one_line};
pub use overview::{cell_symbol, legend, overview, tally};
pub use question::question;
pub use result::{ChanceChange, DomainLine, Earlier, ExamResultView, PassLine, open_or_left, result};
pub use review::{ReviewView, review};
pub use start::{OpenView, StartView, go_on, start};
