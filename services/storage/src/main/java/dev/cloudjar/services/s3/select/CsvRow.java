package dev.cloudjar.services.s3.select;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A record of a CSV file: texts in their places, with names where the file begins with such.
record CsvRow(List<String> fields, List<String> headers) implements Row {
    @Override
    public Object column(String name, boolean exact) {
        int place = place(name);
        if (place >= 0 && !headers.contains(name)) {
            return field(place);
        }
        int found = headers.indexOf(name);
        if (found < 0 && !exact) {
            found = alike(name);
        }
        if (found < 0) {
            throw Fault.MISSING_HEADERS.error();
        }
        return field(found);
    }

    private Object field(int place) {
        return place < fields.size() ? fields.get(place) : Absent.MISSING;
    }

    private int alike(String name) {
        int found = -1;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                if (found >= 0) {
                    throw Fault.AMBIGUOUS_FIELD_NAME.error();
                }
                found = i;
            }
        }
        return found;
    }

    /// The place that a name like `_3` means, or -1.
    private static int place(String name) {
        int place = 0;
        if (name.length() < 2 || name.length() > 8 || name.charAt(0) != '_') {
            return -1;
        }
        for (int i = 1; i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            place = 10 * place + digit;
        }
        return place - 1;
    }

    @Override
    public Map<String, Object> columns() {
        Map<String, Object> columns = LinkedHashMap.newLinkedHashMap(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            String place = "_" + (i + 1);
            String name = i < headers.size() ? headers.get(i) : place;
            columns.put(columns.containsKey(name) ? place : name, fields.get(i));
        }
        return columns;
    }

    @Override
    public Object value() {
        return columns();
    }
}
