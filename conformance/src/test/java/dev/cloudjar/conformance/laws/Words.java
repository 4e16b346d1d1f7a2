package dev.cloudjar.conformance.laws;

import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The words of which AWS makes names of operations and members, and what they tell.
final class Words {
    private static final List<String> CREATING = List.of(
            "Create",
            "Register",
            "Allocate",
            "Run",
            "Import",
            "Request",
            "Put",
            "Generate",
            "Upload",
            "Start",
            "Send",
            "Publish",
            "Add");
    private static final List<String> READING = List.of(
            "Describe",
            "List",
            "Get",
            "Head",
            "BatchGet",
            "Query",
            "Scan",
            "Search",
            "Lookup",
            "Select",
            "Filter",
            "Receive",
            "TransactGet",
            "View",
            "Check",
            "Count");
    private static final Set<String> MAKING_MORE = Set.of("Create", "Register", "Allocate", "Run", "Import", "Request");
    private static final Set<String> DELETING = Set.of("Delete", "Remove", "Terminate", "Release", "Deregister");
    private static final List<String> SUFFIXES =
            List.of("Identifier", "Name", "Arn", "ARN", "Url", "URL", "Id", "ID", "Key", "Handle", "Token", "Version");
    private static final Set<String> NO_REFERENCE =
            Set.of("NextToken", "ClientToken", "ClientRequestToken", "Description", "Type", "Status", "State");

    private Words() {}

    /// `Queue` of `CreateQueue`: all but the first word.
    static String noun(OperationSchema operation) {
        String name = operation.name();
        int at = 1;
        while (at < name.length() && !Character.isUpperCase(name.charAt(at))) {
            at++;
        }
        return name.substring(at);
    }

    static String verb(OperationSchema operation) {
        return operation
                .name()
                .substring(0, operation.name().length() - noun(operation).length());
    }

    /// How good an operation is at making things: 0 for one that makes none.
    static int making(OperationSchema operation) {
        int at = CREATING.indexOf(verb(operation));
        return at < 0 ? 0 : CREATING.size() - at;
    }

    /// Whether each call makes one more.
    static boolean creates(OperationSchema operation) {
        return MAKING_MORE.contains(verb(operation));
    }

    static boolean reads(OperationSchema operation) {
        return operation.facts().readOnly()
                || READING.stream().anyMatch(word -> operation.name().startsWith(word));
    }

    /// Whether what it reads is the same if it is read again.
    static boolean readsOnly(OperationSchema operation) {
        return reads(operation) && !operation.name().startsWith("Receive");
    }

    static boolean deletes(OperationSchema operation) {
        return DELETING.contains(verb(operation));
    }

    /// `Queue` of `QueueUrl`; empty where the name says nothing but its suffix.
    static String stem(String member) {
        for (String suffix : SUFFIXES) {
            if (member.equalsIgnoreCase(suffix)) {
                return "";
            }
            if (member.endsWith(suffix)) {
                return member.substring(0, member.length() - suffix.length());
            }
        }
        return member;
    }

    /// Whether a member of this name points to something that another operation made.
    static boolean refers(String member) {
        return !NO_REFERENCE.contains(member) && SUFFIXES.stream().anyMatch(suffix -> endsWith(member, suffix));
    }

    private static boolean endsWith(String member, String suffix) {
        return member.equalsIgnoreCase(suffix) || member.endsWith(suffix);
    }

    /// Whether two operations have to do with each other: a word of their names is the same, or a required
    /// member.
    static boolean related(OperationSchema one, OperationSchema other) {
        boolean members = one.input().members().stream()
                .anyMatch(member -> member.is(Trait.REQUIRED)
                        && other.input().member(member.name()).isPresent());
        return members || !Collections.disjoint(words(one), words(other));
    }

    private static Set<String> words(OperationSchema operation) {
        return Stream.of(noun(operation).split("(?=[A-Z][a-z])"))
                .map(Words::singular)
                .collect(Collectors.toSet());
    }

    /// The same noun but for case and number.
    static boolean same(String one, String other) {
        return !one.isEmpty() && singular(one).equals(singular(other));
    }

    static String singular(String noun) {
        String lower = noun.toLowerCase(Locale.ROOT);
        return lower.endsWith("s") && !lower.endsWith("ss") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
