/// AWS Security Token Service: who a caller is, and credentials that do not last.
@NullMarked
package dev.cloudjar.services.sts;

import org.jspecify.annotations.NullMarked;
