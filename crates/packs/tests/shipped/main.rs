//! The rules on the shipped questions and catalogs: the advice they give, the plans, the awards.

mod advice;
mod awards;
mod facts;
mod library;
mod plan;
mod record;
mod renewals;
mod title;
