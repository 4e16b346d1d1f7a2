/// How fast a cloud starts and answers, and what it costs: measured from outside, beside a server that does nothing.
@NullMarked
package dev.cloudjar.bench;

import org.jspecify.annotations.NullMarked;
