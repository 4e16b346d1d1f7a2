/// What the tests of this family share: services in a world of their own.
@NullMarked
package dev.cloudjar.services.trial;

import org.jspecify.annotations.NullMarked;
