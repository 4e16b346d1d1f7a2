/// AWS Security Token Service: who a caller is.
@NullMarked
package dev.cloudjar.services.sts;

import org.jspecify.annotations.NullMarked;
