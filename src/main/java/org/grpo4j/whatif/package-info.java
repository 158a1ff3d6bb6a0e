/**
 * "What if": one update's advantages, surrogates and coefficients under other settings, other
 * rewards or other log-probabilities. JDK only, because the report's page asks these questions too,
 * with the same classes compiled to JavaScript.
 *
 * <p>Read {@link org.grpo4j.whatif.WhatIf} first: it turns a {@link
 * org.grpo4j.whatif.WhatIfRequest} into a {@link org.grpo4j.whatif.WhatIfResult}, with nothing but
 * {@code advantage} and {@code objective}. A page makes the request from its data, {@code
 * experiment.trace} from the same trace for a terminal. What can be chosen is declared at the
 * records of the columns; {@link org.grpo4j.whatif.Variants} makes them of the page's values.
 *
 * <p>To add a variant: add the line that makes it to {@link org.grpo4j.whatif.Variants}; a test
 * compares what is made with what experiment files make, and says what is missing.
 */
@NullMarked
package org.grpo4j.whatif;

import org.jspecify.annotations.NullMarked;
