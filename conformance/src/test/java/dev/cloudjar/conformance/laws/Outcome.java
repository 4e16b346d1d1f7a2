package dev.cloudjar.conformance.laws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What came of a call: the output by the members' names, or the code of the refusal.
record Outcome(int status, String code, String message, Map<String, Object> output) {
    private static final Pattern ID = Pattern.compile("-[0-9a-f]{17}\\b|\\b[0-9a-f]{64}\\b");

    /// A success.
    static Outcome of(Map<String, Object> output) {
        return new Outcome(200, "", "", output);
    }

    boolean succeeded() {
        return status < 400;
    }

    boolean refused() {
        return status >= 400 && status < 500;
    }

    /// Every scalar by its path: `Attributes.QueueArn`, `Messages[0].Body`.
    Map<String, String> leaves() {
        var leaves = new TreeMap<String, String>();
        if (!succeeded()) {
            leaves.put("", (status + " " + code + " " + message).strip());
        }
        collect("", output, leaves);
        return leaves;
    }

    private static void collect(String path, Object value, Map<String, String> into) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((name, one) -> collect(path.isEmpty() ? "" + name : path + "." + name, one, into));
            case List<?> list -> {
                List<?> steady = ordered(list);
                for (int i = 0; i < steady.size(); i++) {
                    collect(path + "[" + i + "]", steady.get(i), into);
                }
            }
            default -> into.put(path, value.toString());
        }
    }

    /// What stands in the order of ids that were made by chance is put in the order of what it says beside them.
    private static List<?> ordered(List<?> list) {
        boolean any = list.size() > 1 && list.stream().allMatch(one -> ID.matcher(one.toString()).find());
        return any
                ? list.stream()
                        .sorted(Comparator.comparing(
                                one -> ID.matcher(one.toString()).replaceAll("")))
                        .toList()
                : list;
    }

    /// The lists of the output by their paths, without those within elements of others.
    Map<String, List<Object>> lists() {
        var lists = new TreeMap<String, List<Object>>();
        collect("", output, lists, 0);
        return lists;
    }

    private static void collect(String path, Object value, Map<String, List<Object>> into, int depth) {
        if (value instanceof List<?> list) {
            into.put(path, List.copyOf(list));
        } else if (value instanceof Map<?, ?> map && depth < 3) {
            map.forEach((name, one) -> collect(path.isEmpty() ? "" + name : path + "." + name, one, into, depth + 1));
        }
    }

    /// The list at `path`, empty where there is none.
    List<Object> list(String path) {
        return lists().getOrDefault(path, List.of());
    }

    /// All texts within `value`.
    static List<String> texts(Object value) {
        var leaves = new TreeMap<String, String>();
        collect("", value, leaves);
        return new ArrayList<>(leaves.values());
    }

    @Override
    public String toString() {
        return succeeded() ? status + " " + output : status + " " + code + " " + message;
    }
}
