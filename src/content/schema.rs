//! The schema of each kind, derived from its struct: what the reader checks against and what `new` explains.
