/// AWS Organizations: accounts, where they stand, and what is laid upon them.
@NullMarked
package dev.cloudjar.services.organizations;

import org.jspecify.annotations.NullMarked;
