package dev.cloudjar.services.sqs;

/// What a queue has held since it was created or last purged: the leading part of the keys of all its rows. A
/// purged or deleted queue just begins another lot; the old one is swept away in the background.
record Lot(long queue, int purges) {
    Lot purged() {
        return new Lot(queue, purges + 1);
    }

    @Override
    public String toString() {
        return queue + "/" + purges;
    }

    static Lot parse(String text) {
        int cut = text.indexOf('/');
        return new Lot(Long.parseLong(text.substring(0, cut)), Integer.parseInt(text.substring(cut + 1)));
    }
}
