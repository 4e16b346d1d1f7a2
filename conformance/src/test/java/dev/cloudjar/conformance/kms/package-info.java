/// KMS and Secrets Manager under AWS's SDK for Java.
@NullMarked
package dev.cloudjar.conformance.kms;

import org.jspecify.annotations.NullMarked;
