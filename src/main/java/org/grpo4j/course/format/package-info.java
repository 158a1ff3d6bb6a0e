/**
 * The grade of a submission in the files that systems for coursework read.
 *
 * <p>Reading order: {@link org.grpo4j.course.format.GradedSubmission} (what all of them say),
 * {@link org.grpo4j.course.format.GradeFormat} (the list), {@link
 * org.grpo4j.course.format.JUnitXml}, which everything reads.
 *
 * <p><b>To add a format</b>, write a method like those of {@link
 * org.grpo4j.course.format.GradeJson} and name it in {@link org.grpo4j.course.format.GradeFormat}.
 * Texts in a grade are free of control characters already; escaping is left to the writers of XML
 * and JSON.
 */
@NullMarked
package org.grpo4j.course.format;

import org.jspecify.annotations.NullMarked;
