/**
 * The door between the engine of the playground and the script of a web worker: objects of the page
 * in, objects of the page out. {@link org.grpo4j.playground.browser.Engine} has the functions; it
 * is compiled to WebAssembly, where floats are floats, so that a run in a tab has the bits of the
 * JVM.
 */
@NullMarked
package org.grpo4j.playground.browser;

import org.jspecify.annotations.NullMarked;
