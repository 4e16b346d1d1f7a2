/// AWS Secrets Manager: secrets, their versions, and how these change.
@NullMarked
package dev.cloudjar.services.secretsmanager;

import org.jspecify.annotations.NullMarked;
