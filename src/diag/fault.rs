//! Faults of the machine.
