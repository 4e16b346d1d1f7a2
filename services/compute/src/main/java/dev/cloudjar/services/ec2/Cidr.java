package dev.cloudjar.services.ec2;

import java.util.Optional;

/// A block of IPv4 addresses: its first address and how many bits are the same in all.
record Cidr(long first, int prefix) {
    private static final int BITS = 32;
    private static final int RESERVED = 5;

    /// The block that `text` names, from its first address on: `10.0.0.7/24` is `10.0.0.0/24`.
    static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        Optional<Integer> prefix = number(text.substring(slash + 1), BITS);
        String[] octets = text.substring(0, slash).split("\\.", -1);
        long address = 0;
        for (String octet : octets) {
            Optional<Integer> value = number(octet, 255);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            address = address << 8 | value.get();
        }
        return octets.length == 4 ? of(address, prefix) : Optional.empty();
    }

    private static Optional<Cidr> of(long address, Optional<Integer> prefix) {
        return prefix.map(bits -> new Cidr(address & -(1L << (BITS - bits)), bits));
    }

    private static Optional<Integer> number(String text, int most) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Optional.of(Integer.parseInt(text)).filter(n -> n <= most) : Optional.empty();
    }

    /// A block of a VPC or a subnet: 16 to 65,536 addresses.
    boolean isUsable() {
        return prefix >= 16 && prefix <= 28;
    }

    boolean contains(Cidr other) {
        return prefix <= other.prefix && (other.first & -size()) == first;
    }

    boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    /// Block number `index` of those with `bits` that lie in this one.
    Cidr part(int index, int bits) {
        return new Cidr(first + ((long) index << (BITS - bits)), bits);
    }

    private long size() {
        return 1L << (BITS - prefix);
    }

    /// AWS keeps the first four addresses and the last.
    int available() {
        return (int) size() - RESERVED;
    }

    @Override
    public String toString() {
        return (first >> 24) + "." + (first >> 16 & 255) + '.' + (first >> 8 & 255) + '.' + (first & 255) + '/'
                + prefix;
    }
}
