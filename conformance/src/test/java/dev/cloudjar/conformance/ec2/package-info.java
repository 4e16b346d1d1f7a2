/// Amazon EC2 over the wire.
@NullMarked
package dev.cloudjar.conformance.ec2;

import org.jspecify.annotations.NullMarked;
