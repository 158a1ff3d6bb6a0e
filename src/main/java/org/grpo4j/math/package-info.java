/**
 * Values and small mathematics: what everything else is made of. JDK only, without reflection,
 * streams, locale or files, because this package, {@code advantage}, {@code objective} and {@code
 * metric} are also compiled to JavaScript.
 *
 * <p>Read in this order: {@link org.grpo4j.math.DoubleVector} and {@link
 * org.grpo4j.math.TokenTable} (numbers per completion and per token), {@link
 * org.grpo4j.math.RowGroups} (which completions belong together), {@link org.grpo4j.math.Masks},
 * {@link org.grpo4j.math.Moments} and {@link org.grpo4j.math.Deviation} (means and the two standard
 * deviations), {@link org.grpo4j.math.Explanation} (every number can say how it came about), {@link
 * org.grpo4j.math.Elementary} (exponential and logarithm with the same bits everywhere) and {@link
 * org.grpo4j.math.RandomStreams} (random draws by key).
 */
@NullMarked
package org.grpo4j.math;

import org.jspecify.annotations.NullMarked;
