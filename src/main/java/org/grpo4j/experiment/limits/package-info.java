/**
 * The memory and time that a configuration needs, by arithmetic, before anything runs.
 *
 * <p>Reading order: {@link org.grpo4j.experiment.limits.MemoryEstimate} (which arrays there are,
 * how many and how large), {@link org.grpo4j.experiment.limits.TimeEstimate} (operations, and how
 * many of them a second), {@link org.grpo4j.experiment.limits.Limits} (whether that is there, and
 * the sum as a refusal shows it). Constants were measured with the kernels; {@code LimitsTest}
 * holds that no experiment of the project is refused, and that what is far too large is.
 *
 * <p><b>To add a part</b> of a run that takes memory, add its {@link
 * org.grpo4j.experiment.limits.Limits.Need} to the phase it is in.
 */
@NullMarked
package org.grpo4j.experiment.limits;

import org.jspecify.annotations.NullMarked;
