/// Laws that hold for every operation and every kind of resource, made from the models, from what the services
/// declare and from a few lines of data a service. A [Subject] is a service under law, a [Scene] an account in
/// which something happens, a [Law] makes [Case]s, and a [Survey] says what cases there are.
@NullMarked
package dev.cloudjar.conformance.laws;

import org.jspecify.annotations.NullMarked;
