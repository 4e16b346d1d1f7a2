/// AWS Account Management: how to reach the owners of an account, and where it may work.
@NullMarked
package dev.cloudjar.services.account;

import org.jspecify.annotations.NullMarked;
