//! What becomes of foreign questions.

use super::*;
