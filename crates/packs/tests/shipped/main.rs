//! The rules on the shipped questions and catalogs: the advice they give, the plans, the awards.

mod advice;
mod facts;
mod library;
mod plan;
mod renewals;
mod title;
mod typed_answers;
