//! What the coder knows, as data.
