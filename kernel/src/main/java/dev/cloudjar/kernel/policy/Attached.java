package dev.cloudjar.kernel.policy;

/// A policy where it is in force, under the name by which people find it: its ARN, or whose inline policy it is.
public record Attached(String name, Document document) {}
