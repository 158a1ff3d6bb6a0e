/**
 * The library's sources as material of the labs: what a student gets is made from them and so
 * cannot drift away from them.
 *
 * <p>Reading order: {@link org.grpo4j.course.source.RealSource} (the sources of the running
 * program), {@link org.grpo4j.course.source.Stub} (one of them without what a student writes),
 * {@link org.grpo4j.course.source.Patch} (a fault put into one of them), {@link
 * org.grpo4j.course.source.SourceCompiler} (from sources to classes).
 *
 * <p><b>To add a fault</b>, write an entry of {@code bugs.yaml} or {@code mutants.yaml}.
 */
@NullMarked
package org.grpo4j.course.source;

import org.jspecify.annotations.NullMarked;
