/// A Spring application under test.
@NullMarked
package dev.cloudjar.testkit.spring;

import org.jspecify.annotations.NullMarked;
