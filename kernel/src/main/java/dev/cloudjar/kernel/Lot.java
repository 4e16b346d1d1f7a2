package dev.cloudjar.kernel;

/// What belongs to one resource and goes with it: the leading component of the keys of all such rows.
///
/// A resource names its lot. One that is deleted, emptied or made anew under the same name begins another, so
/// what was in the old lot is out of sight at once, however much it is; [Kernel#drop] has it swept away in the
/// background.
public record Lot(long number) {}
