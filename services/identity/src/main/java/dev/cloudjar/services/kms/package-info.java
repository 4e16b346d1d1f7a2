/// AWS Key Management Service: keys, what they encrypt and sign, and who may use them.
@NullMarked
package dev.cloudjar.services.kms;

import org.jspecify.annotations.NullMarked;
