/// The store in a database that speaks PostgreSQL's protocol, so that several Cloudjar nodes serve one cloud.
@NullMarked
package dev.cloudjar.engines.postgresql;

import org.jspecify.annotations.NullMarked;
