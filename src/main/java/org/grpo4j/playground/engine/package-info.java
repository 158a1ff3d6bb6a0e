/**
 * The engine of the playground: a run that is stepped, changed, taken back and forked while
 * somebody watches. Plain Java on the core alone, so that the same classes run on the JVM and,
 * compiled by {@code playground.browser}, in a browser's tab, with the same bits.
 *
 * <p>Begin with {@link org.grpo4j.playground.engine.PlaygroundRun}. What it is made of is a {@link
 * org.grpo4j.playground.engine.RunSettings}; {@link org.grpo4j.playground.engine.Catalogue} makes
 * its parts from their names. {@link org.grpo4j.playground.engine.TraceTree} is an update as its
 * line in a trace, without the library that writes files. {@link
 * org.grpo4j.playground.engine.Thought} is the policy's distribution at every prefix of a text.
 */
@NullMarked
package org.grpo4j.playground.engine;

import org.jspecify.annotations.NullMarked;
