/**
 * Golden vectors: small numeric problems with their answers, computed elsewhere, that this
 * library's classes must reproduce. {@link org.grpo4j.verify.Verifier} reads files of them, lets
 * the check of each case's kind compute the answers and compares. The same code serves the tests
 * and the command {@code verify}.
 *
 * <p>To add a kind: a method that turns a {@link org.grpo4j.verify.VectorCase} into {@link
 * org.grpo4j.verify.Answers}, named in the {@code kinds} of one of the {@code ...Checks} classes. A
 * kind that is in none of them is reported as unsupported.
 */
@NullMarked
package org.grpo4j.verify;

import org.jspecify.annotations.NullMarked;
