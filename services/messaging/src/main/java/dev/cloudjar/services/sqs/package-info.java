@NullMarked
package dev.cloudjar.services.sqs;

import org.jspecify.annotations.NullMarked;
