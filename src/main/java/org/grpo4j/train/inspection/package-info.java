/**
 * A closer look at some groups of an update than learning needs. The trainers show every update to
 * an {@link org.grpo4j.train.inspection.UpdateInspector}; what it saw is an {@link
 * org.grpo4j.train.inspection.Inspection}. It only reads: an update has the same bits without it.
 */
@NullMarked
package org.grpo4j.train.inspection;

import org.jspecify.annotations.NullMarked;
