/// The checks of the house style that read the sources and classes of every module: sizes, words, arrows, copies.
@NullMarked
package dev.cloudjar.app.style;

import org.jspecify.annotations.NullMarked;
