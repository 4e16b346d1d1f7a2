package dev.cloudjar.services.s3;

import java.util.HashMap;
import java.util.Map;

/// How far regions are from each other, by the places that their names tell.
final class Distances {
    /// Region, latitude and longitude of its city.
    private static final String PLACES = """
            us-east-1 39 -77
            us-east-2 40 -83
            us-west-1 37 -122
            us-west-2 46 -120
            us-gov-east-1 40 -83
            us-gov-west-1 46 -120
            ca-central-1 46 -74
            ca-west-1 51 -114
            mx-central-1 21 -100
            sa-east-1 -24 -47
            eu-central-1 50 9
            eu-central-2 47 8
            eu-north-1 59 18
            eu-south-1 45 9
            eu-south-2 42 -1
            eu-west-1 53 -6
            eu-west-2 51 0
            eu-west-3 49 2
            af-south-1 -34 18
            il-central-1 32 35
            me-central-1 25 55
            me-south-1 26 51
            ap-east-1 22 114
            ap-east-2 25 121
            ap-northeast-1 36 140
            ap-northeast-2 37 127
            ap-northeast-3 35 135
            ap-south-1 19 73
            ap-south-2 17 78
            ap-southeast-1 1 104
            ap-southeast-2 -34 151
            ap-southeast-3 -6 107
            ap-southeast-4 -38 145
            ap-southeast-5 3 102
            ap-southeast-6 -37 175
            ap-southeast-7 14 100
            cn-north-1 40 116
            cn-northwest-1 37 105
            """;

    private static final Map<String, Place> KNOWN = read();

    private record Place(double latitude, double longitude) {
        /// The angle between two places seen from the centre of the earth.
        double angle(Place other) {
            double cosine = Math.sin(latitude) * Math.sin(other.latitude)
                    + Math.cos(latitude) * Math.cos(other.latitude) * Math.cos(longitude - other.longitude);
            return Math.acos(Math.clamp(cosine, -1, 1));
        }
    }

    private Distances() {}

    private static Map<String, Place> read() {
        Map<String, Place> places = new HashMap<>();
        PLACES.lines().map(line -> line.split(" ")).forEach(words -> {
            double latitude = Math.toRadians(Double.parseDouble(words[1]));
            double longitude = Math.toRadians(Double.parseDouble(words[2]));
            places.put(words[0], new Place(latitude, longitude));
        });
        return Map.copyOf(places);
    }

    /// Nothing is nearer than the region itself; one that nobody knows is far from all others.
    static double between(String from, String to) {
        if (from.equals(to)) {
            return -1;
        }
        Place start = KNOWN.get(from);
        Place end = KNOWN.get(to);
        return start == null || end == null ? Math.PI : start.angle(end);
    }
}
