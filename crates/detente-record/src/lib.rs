//! The record of a relationship in one SQLite file.
