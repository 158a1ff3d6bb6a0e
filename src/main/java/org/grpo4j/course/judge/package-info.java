/**
 * The judge of the labs: a submission is a {@link org.grpo4j.course.catalogue.Pieces}, wherever its
 * methods run, and what comes back is one {@link org.grpo4j.course.judge.Finding} a question.
 *
 * <p>Reading order: {@link org.grpo4j.course.judge.Judge}, {@code Exercise} (a question with its
 * cases, the smallest first, and the properties that are tried where an answer is wrong), then one
 * class for each lab, such as {@code AdvantageLab}. An answer is right if it is the library's up to
 * rounding; so nothing here says twice how a quantity is computed.
 *
 * <p><b>To add a question</b>: an {@code Exercise} in the class of its lab, or a new such class and
 * its line in {@code Judge}. A property is a claim that the right answer fulfils in every case; the
 * tests hold it to that.
 */
@NullMarked
package org.grpo4j.course.judge;

import org.jspecify.annotations.NullMarked;
