/**
 * What if: one update's advantages, surrogates and coefficients under other settings, other rewards
 * or other log-probabilities. JDK only, because the report's page asks these questions too, with
 * the same classes compiled to JavaScript.
 *
 * <p>Read {@link org.grpo4j.whatif.WhatIf} first: it turns a {@link
 * org.grpo4j.whatif.WhatIfRequest} into a {@link org.grpo4j.whatif.WhatIfResult}, with nothing but
 * {@code advantage} and {@code objective}. What can be chosen, under which names and with which
 * parameters, is in {@link org.grpo4j.whatif.AdvantageColumn} and {@link
 * org.grpo4j.whatif.ObjectiveColumns}; the names are those of experiment files.
 *
 * <p>To add a variant of a column: add it to the column's list; a test compares the list with what
 * experiment files offer.
 */
@NullMarked
package org.grpo4j.whatif;

import org.jspecify.annotations.NullMarked;
