/// The cloud inside the test of a Spring Boot application: one annotation, and Spring Cloud AWS talks to it.
@NullMarked
package dev.cloudjar.testkit.spring;

import org.jspecify.annotations.NullMarked;
