/**
 * Coursework: labs that are made from the library's own sources and solved by classes that stand
 * before the library's on the class path.
 *
 * <p>Reading order: {@link org.grpo4j.course.source} (the sources, stubs, faults put in).
 */
@NullMarked
package org.grpo4j.course;

import org.jspecify.annotations.NullMarked;
