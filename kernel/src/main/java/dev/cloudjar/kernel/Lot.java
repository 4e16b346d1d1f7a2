package dev.cloudjar.kernel;

/// What belongs to one resource and goes with it: the leading component of the keys of all such rows.
///
/// A resource names its lot. One that is deleted, emptied or made anew under the same name begins another, so
/// what was in the old lot is out of sight at once, however much it is; [Kernel#drop] has it swept away in the
/// background.
///
/// @param number of the resource: whoever watches rows by it sees those of all its lots
/// @param emptied how often the resource has been emptied
public record Lot(long number, int emptied) {
    /// The next lot of the same resource.
    public Lot next() {
        return new Lot(number, emptied + 1);
    }

    @Override
    public String toString() {
        return number + "/" + emptied;
    }

    static Lot parse(String text) {
        int cut = text.indexOf('/');
        return new Lot(Long.parseLong(text.substring(0, cut)), Integer.parseInt(text.substring(cut + 1)));
    }
}
