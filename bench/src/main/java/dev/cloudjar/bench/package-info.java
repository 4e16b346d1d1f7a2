/// What the cloud costs: start-up, memory, throughput, latency and processor time, measured and written down.
@NullMarked
package dev.cloudjar.bench;

import org.jspecify.annotations.NullMarked;
