/// AWS Identity and Access Management: who there is in an account, and what they may do.
@NullMarked
package dev.cloudjar.services.iam;

import org.jspecify.annotations.NullMarked;
