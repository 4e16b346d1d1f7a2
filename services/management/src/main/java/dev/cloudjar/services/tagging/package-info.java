/// The Resource Groups Tagging API: the tags of all services' resources in one place.
@NullMarked
package dev.cloudjar.services.tagging;

import org.jspecify.annotations.NullMarked;
