/// The AWS cloud inside a test: [CloudTest] for JUnit, [Cloud] for everything else. The only public Java API.
@NullMarked
package dev.cloudjar.testkit;

import org.jspecify.annotations.NullMarked;
