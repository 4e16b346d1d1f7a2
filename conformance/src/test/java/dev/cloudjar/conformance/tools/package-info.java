/// The clients that people have on their machines, unmodified: the aws command, boto3, Terraform, the JavaScript SDK.
/// One that is missing is reported as not run, by name.
@NullMarked
package dev.cloudjar.conformance.tools;

import org.jspecify.annotations.NullMarked;
